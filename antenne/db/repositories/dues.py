"""Dues, what a woman is subscribed to or exempt from, cards that were paid; the late list in one aggregate.

The conditions of :data:`_OPEN` are written out, never bound, and ``+due_on`` keeps the index of days aside (nearly
every due of three years is past): SQLite then reads the table in order, or a partial index with these conditions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from antenne.db.models.receipts import CardSaleModel, DueModel, SubscriptionModel
from antenne.domain.card_sales import CardSale
from antenne.domain.dues import (
    Debtor,
    Due,
    DueKind,
    DuesRow,
    LateFigures,
    Period,
    Standing,
    Subscription,
)

_SAME: Final = (
    "id", "person_id", "due_on", "amount", "exempt", "exempt_reason", "paid", "cancelled_on", "cancelled_reason",
)  # fmt: skip
_SALE: Final = ("person_id", "card_id", "receipt_id", "sold_on", "price", "cancelled")

Made = frozenset[tuple[DueKind, dt.date]]
"""Kind and first day of dues that exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesQuery:
    """One list of members.

    Attributes:
        today: What is late is late on this day.
        kept_since: The office keeps dues from this day on: no adhesion before it is asked for.
        joining: What adhesion cost, the newest first: from which day on, FCFA.
        standing: Only those who stand there, or None.
        kind: Only dues of that kind, or None.
        year: Only periods that begin in that year, or None.
        person_ids: Only these persons (a search), or None.
        sort: ``name``, ``number``, ``quarter``, ``since``, ``late``; ``name`` where unknown.
        descending: Its direction.
    """

    today: dt.date
    kept_since: dt.date
    joining: tuple[tuple[dt.date, int], ...]
    standing: Standing | None = None
    kind: DueKind | None = None
    year: int | None = None
    person_ids: tuple[int, ...] | None = None
    sort: str = "name"
    descending: bool = False

    @property
    def asks_joining(self) -> bool:
        """Whether adhesions count in it."""
        return self.kind in {None, DueKind.JOINING} and bool(self.joining)


class DueRepository:
    """Dues by person, by period, in lists; subscriptions; card sales."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    # --- Dues ------------------------------------------------------------------------------------------------------

    def get(self, due_id: int) -> Due | None:
        """One due."""
        return next(iter(self._dues(DueModel.id == due_id)), None)

    def of_period(self, person_id: int, kind: DueKind, start: dt.date) -> Due | None:
        """Her due of the period that begins on that day, cancelled or not."""
        conditions = (DueModel.person_id == person_id, DueModel.kind == kind.value, DueModel.period_start == start)
        return next(iter(self._dues(*conditions)), None)

    def of_person(self, person_id: int) -> tuple[Due, ...]:
        """Every due of hers, by period, then by kind."""
        return self._dues(DueModel.person_id == person_id)

    def add(self, due: Due) -> Due:
        """Write a new due."""
        made = self._session.execute(insert(DueModel).returning(DueModel.id), _values(due)).scalar_one()
        found = self.get(made)
        assert found is not None
        return found

    def write(self, dues: Sequence[Due]) -> None:
        """Write many new dues at once (a year's batch, the demonstration); those that have an id keep it."""
        if dues:
            self._session.execute(insert(DueModel), [_values(due) for due in dues])

    def change(self, due: Due) -> None:
        """Note what may change: paid, exempt, cancelled. Period and amount never do."""
        names = ("paid", "exempt", "exempt_reason", "cancelled_on", "cancelled_reason")
        values = {name: getattr(due, name) for name in names}
        self._session.execute(update(DueModel).where(DueModel.id == due.id).values(values))

    def erase_reasons(self, person_id: int) -> None:
        """Forget the words about one person; periods, amounts and days stay."""
        due = update(DueModel).where(DueModel.person_id == person_id)
        self._session.execute(due.values(exempt_reason="", cancelled_reason=""))
        stretches = update(SubscriptionModel).where(SubscriptionModel.person_id == person_id)
        self._session.execute(stretches.values(reason=""))

    def made_in(self, first: dt.date, last: dt.date, kinds: Collection[DueKind]) -> dict[int, Made]:
        """By person: the dues of these kinds whose period begins between two days, cancelled ones included."""
        query = select(DueModel.person_id, DueModel.kind, DueModel.period_start).where(
            DueModel.period_start.between(first, last), DueModel.kind.in_([kind.value for kind in kinds])
        )
        found: dict[int, set[tuple[DueKind, dt.date]]] = {}
        for person_id, kind, start in self._session.execute(query):
            found.setdefault(person_id, set()).add((DueKind(kind), start))
        return {person_id: frozenset(made) for person_id, made in found.items()}

    # --- Who owes --------------------------------------------------------------------------------------------------

    def debtors(self, person_id: int | None = None) -> Iterator[Debtor]:
        """Every member as one who owes, or one of them; without her names and phones."""
        where = "" if person_id is None else " WHERE m.person_id = :person"
        stretches: dict[int, list[Subscription]] = {}
        chosen = select(SubscriptionModel).order_by(SubscriptionModel.since)
        if person_id is not None:
            chosen = chosen.where(SubscriptionModel.person_id == person_id)
        for row in self._session.scalars(chosen):
            stretches.setdefault(row.person_id, []).append(_subscription(row))
        rows = self._session.execute(text(_DEBTORS + where), {} if person_id is None else {"person": person_id})
        for number, joined, exempt, stopped in rows:
            yield Debtor(
                person_id=number,
                joined_on=dt.date.fromisoformat(joined),
                stopped_on=None if stopped is None else dt.date.fromisoformat(stopped),
                exempt=bool(exempt),
                subscriptions=tuple(stretches.get(number, ())),
            )

    def count_unprepared(self, today: dt.date, kinds: Collection[DueKind]) -> int:
        """Members who owe this year's due, or insured ones who owe this month's, and have none; of these kinds."""
        values = {
            "today": today.isoformat(),
            "first": f"{today.year:04d}-01-01",
            "last": f"{today.year:04d}-12-31",
            "month": today.replace(day=1).isoformat(),
            "yearly": int(DueKind.MEMBERSHIP in kinds),
            "monthly": int(DueKind.INSURANCE in kinds),
        }
        found: int = self._session.execute(text(_UNPREPARED), values).scalar_one()
        return found

    def save_subscription(self, person_id: int, one: Subscription) -> None:
        """Begin a stretch, or change the one that begins on that day."""
        key = (person_id, one.kind.value, one.since)
        model = self._session.get(SubscriptionModel, key)
        if model is None:
            model = SubscriptionModel(person_id=person_id, kind=one.kind.value, since=one.since)
            self._session.add(model)
        model.until, model.exempt, model.reason = one.until, one.exempt, one.reason
        self._session.flush()

    def first_cash_day(self) -> dt.date | None:
        """The first day on which the caisse was opened, or None."""
        found = self._session.execute(text("SELECT min(day) FROM cash_day")).scalar_one()
        return None if found is None else dt.date.fromisoformat(found)

    # --- Lists -----------------------------------------------------------------------------------------------------

    def page(self, query: DuesQuery, offset: int = 0, limit: int | None = None) -> tuple[DuesRow, ...]:
        """Lines of the list, in its order."""
        sql, values = _listed(query)
        order = _SORTS.get(query.sort, _SORTS["name"])
        way = " DESC" if query.descending else ""
        sql += f" ORDER BY {', '.join(one + way for one in order)}, p.id LIMIT :limit OFFSET :offset"
        values |= {"limit": -1 if limit is None else limit, "offset": offset}
        rows = self._session.execute(text(sql), values).all()
        sums = self._sums(query, [row.id for row in rows])
        return tuple(_row(row, *sums.get(row.id, (0, 0))) for row in rows)

    def count(self, query: DuesQuery) -> int:
        """How many lines the list has."""
        sql, values = _listed(query)
        found: int = self._session.execute(text(f"SELECT count(*) FROM ({sql})"), values).scalar_one()  # noqa: S608 - own text, values are bound
        return found

    def count_standings(self, query: DuesQuery) -> dict[Standing, int]:
        """How many members stand where, in one reading."""
        sql, values = _listed(query)
        grouped = f"SELECT standing, count(*) FROM ({sql}) GROUP BY standing"  # noqa: S608 - own text, values are bound
        found = {Standing(row[0]): row[1] for row in self._session.execute(text(grouped), values)}
        return {standing: found.get(standing, 0) for standing in Standing}

    def late_figures(self, query: DuesQuery) -> LateFigures:
        """How many women are late and with how much, whatever standing the query asks."""
        sql, values = _listed(query, Standing.LATE)
        summed = f"SELECT count(*), coalesce(sum(late), 0) FROM ({sql})"  # noqa: S608 - own text, values are bound
        women, amount = self._session.execute(text(summed), values).one()
        return LateFigures(women, amount)

    def _sums(self, query: DuesQuery, person_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
        """What was asked and paid, for the persons of one page."""
        narrowed, values = _narrowed(query)
        ids = ",".join(str(int(one)) for one in person_ids)
        rows = (
            "SELECT person_id, amount, paid FROM due"  # noqa: S608 - own text and whole numbers
            f" WHERE person_id IN ({ids}) AND cancelled_on IS NULL AND exempt = 0{narrowed}"
        )
        if query.asks_joining:
            unmade, further = _unmade_joining(query)
            rows += f" UNION ALL SELECT person_id, owed, 0 FROM ({unmade}) WHERE person_id IN ({ids})"  # noqa: S608 - own text
            values |= further
        summed = f"SELECT person_id, sum(amount), sum(paid) FROM ({rows}) GROUP BY person_id"  # noqa: S608 - own text
        return {row[0]: (row[1], row[2]) for row in self._session.execute(text(summed), values)}

    # --- Cards that were paid --------------------------------------------------------------------------------------

    def sales_of(self, person_id: int) -> tuple[CardSale, ...]:
        """Cards that she paid, oldest first; cancelled ones too."""
        query = select(CardSaleModel).where(CardSaleModel.person_id == person_id).order_by(CardSaleModel.id)
        return tuple(
            CardSale(id=row.id, **{name: getattr(row, name) for name in _SALE}) for row in self._session.scalars(query)
        )

    def add_sale(self, sale: CardSale) -> None:
        """Note a card that was paid."""
        self._session.execute(insert(CardSaleModel), {name: getattr(sale, name) for name in _SALE})

    def cancel_sales(self, receipt_id: int, card_id: int | None) -> None:
        """The receipt that paid this card was cancelled."""
        same = CardSaleModel.card_id.is_(None) if card_id is None else CardSaleModel.card_id == card_id
        change = update(CardSaleModel).where(CardSaleModel.receipt_id == receipt_id, same)
        self._session.execute(change.values(cancelled=True))

    def _dues(self, *conditions: Any) -> tuple[Due, ...]:
        query = select(DueModel).where(*conditions).order_by(DueModel.period_start, DueModel.kind)
        rows = self._session.scalars(query.execution_options(populate_existing=True))
        return tuple(
            Due(
                kind=DueKind(row.kind),
                period=Period(row.period_start, row.period_end),
                **{name: getattr(row, name) for name in _SAME},
            )
            for row in rows
        )


def _values(due: Due) -> dict[str, object]:
    values = {name: getattr(due, name) for name in _SAME if name != "id" or due.id}
    return {
        **values,
        "kind": due.kind.value,
        "period_start": due.period.start,
        "period_end": due.period.end,
    }


def _subscription(row: SubscriptionModel) -> Subscription:
    return Subscription(kind=DueKind(row.kind), since=row.since, until=row.until, exempt=row.exempt, reason=row.reason)


_DEBTORS: Final = (
    "SELECT m.person_id, m.joined_on, m.exempt,"
    " nullif(min(coalesce(m.left_on, '9999'), coalesce(p.died_on, '9999'), coalesce(p.erased_on, '9999')), '9999')"
    " FROM membership m JOIN person p ON p.id = m.person_id"
)

_UNPREPARED: Final = (
    "SELECT count(*) FROM membership m JOIN person p ON p.id = m.person_id"
    " WHERE m.left_on IS NULL AND p.died_on IS NULL AND p.erased_on IS NULL AND m.exempt = 0"
    " AND m.joined_on <= :last AND ((:yearly AND NOT EXISTS (SELECT 1 FROM due d WHERE d.person_id = m.person_id"
    " AND d.kind = 'membership' AND d.period_start = :first) AND NOT EXISTS (SELECT 1 FROM subscription s"
    " WHERE s.person_id = m.person_id AND s.kind = 'membership' AND s.exempt = 1 AND s.since <= :last"
    " AND (s.until IS NULL OR (s.until >= :first AND s.until >= s.since))))"
    " OR (:monthly AND EXISTS (SELECT 1 FROM subscription s WHERE s.person_id = m.person_id AND s.kind = 'insurance'"
    " AND s.exempt = 0 AND s.since <= :today AND (s.until IS NULL OR s.until >= :today))"
    " AND NOT EXISTS (SELECT 1 FROM subscription s WHERE s.person_id = m.person_id AND s.kind = 'insurance'"
    " AND s.exempt = 1 AND s.until >= :month AND s.until >= s.since)"
    " AND NOT EXISTS (SELECT 1 FROM due d WHERE d.person_id = m.person_id AND d.kind = 'insurance'"
    " AND d.period_start = :month)))"
)

_OPEN: Final = "cancelled_on IS NULL AND exempt = 0 AND paid < amount"

_SORTS: Final = {
    "name": ("p.name_norm",),
    "number": ("m.number",),
    "quarter": ("p.quarter", "p.name_norm"),
    "since": ("l.since IS NULL", "l.since", "p.name_norm"),
    "late": ("coalesce(l.late, 0)", "p.name_norm"),
}

_STANDS: Final = {
    Standing.EXEMPT: "(m.exempt = 1 OR ({exempt} AND l.late IS NULL))",
    Standing.LATE: "(m.exempt = 0 AND l.late IS NOT NULL)",
    Standing.UP_TO_DATE: "(m.exempt = 0 AND l.late IS NULL AND NOT {exempt})",
}


def _narrowed(query: DuesQuery) -> tuple[str, dict[str, Any]]:
    """The condition of kind and year on ``due``, with its values."""
    said, values = "", {}
    if query.kind is not None:
        said += " AND kind = :kind"
        values["kind"] = query.kind.value
    if query.year is not None:
        said += " AND period_start BETWEEN :first AND :last"
        values |= {"first": f"{query.year:04d}-01-01", "last": f"{query.year:04d}-12-31"}
    return said, values


def _unmade_joining(query: DuesQuery) -> tuple[str, dict[str, Any]]:
    """Adhesions whose due does not exist yet: owed from the day of adhesion, at the tariff of that day."""
    first, last = query.kept_since, query.today - dt.timedelta(days=1)
    if query.year is not None:
        first, last = max(first, dt.date(query.year, 1, 1)), min(last, dt.date(query.year, 12, 31))
    steps = "".join(f" WHEN j.joined_on >= :from{n} THEN :fee{n}" for n in range(len(query.joining)))
    values: dict[str, Any] = {"joined_from": first.isoformat(), "joined_to": last.isoformat()}
    for n, (since, fee) in enumerate(query.joining):
        values |= {f"from{n}": since.isoformat(), f"fee{n}": fee}
    sql = (
        f"SELECT j.person_id, j.joined_on AS due_on, CASE{steps} ELSE 0 END AS owed FROM membership j"  # noqa: S608 - own text
        " WHERE j.joined_on BETWEEN :joined_from AND :joined_to AND NOT EXISTS"
        " (SELECT 1 FROM due d WHERE d.person_id = j.person_id AND d.kind = 'joining')"
    )
    return sql, values


def _listed(query: DuesQuery, standing: Standing | None = None) -> tuple[str, dict[str, Any]]:
    """The lines of the list, in no order."""
    narrowed, values = _narrowed(query)
    values["today"] = query.today.isoformat()
    ids = None if query.person_ids is None else ",".join(str(int(one)) for one in query.person_ids)
    if ids is not None:
        narrowed += f" AND person_id IN ({ids})"
    owed = f"SELECT person_id, due_on, amount - paid AS owed FROM due WHERE {_OPEN} AND +due_on < :today{narrowed}"  # noqa: S608 - own text, values are bound
    if query.asks_joining:
        more, further = _unmade_joining(query)
        owed += f" UNION ALL {more}"
        values |= further
    of_kind = "" if query.kind is None else " AND s.kind = :kind"
    exempt = (
        "EXISTS (SELECT 1 FROM subscription s WHERE s.person_id = p.id AND s.exempt = 1 AND s.since <= :today"  # noqa: S608 - own text, values are bound
        f" AND (s.until IS NULL OR s.until >= :today){of_kind})"
    )
    stands = {which: said.format(exempt=exempt) for which, said in _STANDS.items()}
    wanted = standing or query.standing
    sql = (
        "SELECT p.id, m.number, p.last_name, p.first_name, p.quarter, l.since, l.late,"  # noqa: S608 - own text, values are bound
        f" CASE WHEN {stands[Standing.EXEMPT]} THEN 'exempt' WHEN l.late IS NOT NULL THEN 'late'"
        " ELSE 'up_to_date' END AS standing"
        " FROM person p JOIN membership m ON m.person_id = p.id LEFT JOIN"
        f" (SELECT person_id, min(due_on) AS since, sum(owed) AS late FROM ({owed}) WHERE owed > 0"
        " GROUP BY person_id) l ON l.person_id = p.id"
        " WHERE m.left_on IS NULL AND p.died_on IS NULL AND p.erased_on IS NULL"
    )
    if wanted is not None:
        sql += f" AND {stands[wanted]}"
    if ids is not None:
        sql += f" AND p.id IN ({ids})"
    return sql, values


def _row(row: Any, due: int, paid: int) -> DuesRow:
    """A line; of an exempt woman nothing is asked but what she paid."""
    standing = Standing(row.standing)
    late = standing is Standing.LATE
    return DuesRow(
        person_id=row.id,
        number=row.number,
        last_name=row.last_name,
        first_name=row.first_name,
        quarter=row.quarter,
        standing=standing,
        late_since=dt.date.fromisoformat(row.since) if late else None,
        late=row.late if late else 0,
        due=paid if standing is Standing.EXEMPT else due,
        paid=paid,
    )
