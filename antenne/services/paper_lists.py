"""What the lists of receipts and of vouchers share: one page of a list, as it is searched and sorted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from antenne.services.desk import Desk

W = TypeVar("W")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperQuery:
    """What a list is asked.

    Attributes:
        typed: What she typed: a number, a day (« 23/11 », « hier »), an amount, a name…; empty for everything.
        box: Code of a box, or empty.
        sort: Key of a column; empty for the order of entry.
    """

    typed: str = ""
    box: str = ""
    sort: str = ""
    descending: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSql(Generic[W]):
    """How such a list is read; every text is one of ours, what she typed stands in the values.

    Attributes:
        columns: « SELECT … ».
        source: « FROM … WHERE ».
        which: Condition of each list.
        box: Condition for ``:box``.
        sorts: Order of each column, with ``{0}`` for the direction; ``order`` for none of them.
        typed: Condition and values for what she typed.
    """

    columns: str
    source: str
    which: Mapping[W, str]
    box: str
    sorts: Mapping[str, str]
    order: str
    typed: Callable[[Desk, str], tuple[str, dict[str, object]]]


def read_page(
    desk: Desk, sql: PaperSql[W], which: W, query: PaperQuery, offset: int, limit: int
) -> tuple[list[tuple[Any, ...]], int]:
    """Rows of one list, and how many there are in all."""
    parts, values = [sql.which[which]], dict[str, object]()
    if query.box:
        parts.append(sql.box)
        values["box"] = query.box
    typed = query.typed.strip()
    if typed:
        found, more = sql.typed(desk, typed)
        parts.append(found)
        values |= more
    where = " AND ".join(parts)
    order = sql.sorts.get(query.sort, sql.order).format("DESC" if query.descending else "ASC")
    with desk.read() as uow:
        total = uow.rows(f"SELECT count(*){sql.source}{where}", **values)[0][0]
        rows = uow.rows(
            f"{sql.columns}{sql.source}{where} ORDER BY {order} LIMIT :limit OFFSET :offset",
            limit=limit,
            offset=offset,
            **values,
        )
    return rows, total
