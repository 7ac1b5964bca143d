"""Receipts: number, lines, copies, cancellation, and the ranges to be keyed again after a restore."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from antenne.db.models.base import table_of
from antenne.db.models.receipts import ReceiptLineModel, ReceiptModel, StubRangeModel
from antenne.domain.receipts import ORDINARY, Receipt, ReceiptLine, StubRange

_SAME = (
    "series", "year", "number", "day", "issued_at", "entry_id", "cash_day_id", "box_id", "actor_id", "person_id",
    "payer", "total", "handed", "change_given", "change_due", "reference", "note", "control", "printed_at", "copies",
    "cancelled_on", "cancelled_reason", "cancelled_by", "replaced_by", "cashier",
)  # fmt: skip
_LINE = ("kind", "label", "amount", "subject_id", "account_id", "budget_line_id")


_LAST_NUMBER = text(
    "SELECT (SELECT max(number) FROM receipt WHERE series = :series AND year = :year),"
    " (SELECT max(last) FROM stub_range WHERE year = :year)"
)
_ADD = insert(table_of(ReceiptModel)).returning(table_of(ReceiptModel).c.id)  # plain: the ORM costs as much as the disk


class ReceiptRepository:
    """Receipts, found by id, number, code, person or day."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def last_number(self, year: int) -> int:
        """The last ordinary number of a year, kept ranges of another branch included; 0 for none."""
        given, kept = self._session.execute(_LAST_NUMBER, {"series": ORDINARY, "year": year}).one()
        return max(given or 0, kept or 0)

    def last_name(self) -> str:
        """« 2026-01473 »: the last ordinary receipt, or empty."""
        query = select(ReceiptModel.year, ReceiptModel.number).where(ReceiptModel.series == ORDINARY)
        row = self._session.execute(
            query.order_by(ReceiptModel.year.desc(), ReceiptModel.number.desc()).limit(1)
        ).first()
        return "" if row is None else f"{row.year}-{row.number:05d}"

    def add(self, receipt: Receipt) -> Receipt:
        """Write a receipt that has its number."""
        values = {name: getattr(receipt, name) for name in _SAME}
        result = self._session.execute(_ADD, values)
        saved = replace(receipt, id=result.scalar_one())
        self._session.execute(insert(table_of(ReceiptLineModel)), _lines(saved))
        return saved

    def write(self, receipts: Sequence[Receipt]) -> None:
        """Write many that have their ids (the demonstration, a benchmark)."""
        rows = [{"id": one.id, **{name: getattr(one, name) for name in _SAME}} for one in receipts]
        self._session.execute(insert(table_of(ReceiptModel)), rows)
        self._session.execute(insert(table_of(ReceiptLineModel)), [line for one in receipts for line in _lines(one)])

    def get(self, receipt_id: int) -> Receipt | None:
        """One receipt."""
        return next(iter(self._records(ReceiptModel.id == receipt_id)), None)

    def many(self, ids: Sequence[int]) -> tuple[Receipt, ...]:
        """These receipts, by id."""
        return self._records(ReceiptModel.id.in_(ids))

    def by_number(self, series: str, year: int, number: int) -> Receipt | None:
        """One receipt by its number."""
        found = self._records(ReceiptModel.series == series, ReceiptModel.year == year, ReceiptModel.number == number)
        return next(iter(found), None)

    def by_control(self, control: str) -> Receipt | None:
        """The receipt that bears this control code."""
        return next(iter(self._records(ReceiptModel.control == control)), None) if control else None

    def by_entry(self, entry_id: int) -> Receipt | None:
        """The receipt of an entry."""
        return next(iter(self._records(ReceiptModel.entry_id == entry_id)), None)

    def of_person(self, person_id: int, limit: int = 50) -> tuple[Receipt, ...]:
        """Her receipts, the newest first."""
        ids = self._session.scalars(
            select(ReceiptModel.id)
            .where(ReceiptModel.person_id == person_id)
            .order_by(ReceiptModel.id.desc())
            .limit(limit)
        )
        return tuple(reversed(self._records(ReceiptModel.id.in_(list(ids)))))

    def of_days(self, cash_day_ids: Sequence[int]) -> tuple[Receipt, ...]:
        """Receipts entered in these cash days, oldest first."""
        return self._records(ReceiptModel.cash_day_id.in_(cash_day_ids))

    def unprinted(self) -> tuple[Receipt, ...]:
        """« À imprimer »: ordinary receipts whose original never came out, oldest first."""
        return self._records(
            ReceiptModel.series == ORDINARY, ReceiptModel.printed_at.is_(None), ReceiptModel.cancelled_on.is_(None)
        )

    def note_print(self, receipt_id: int, at: dt.datetime) -> None:
        """One more copy came out: the original first, then the DUPLICATA."""
        row = self._session.execute(
            select(ReceiptModel.printed_at, ReceiptModel.series).where(ReceiptModel.id == receipt_id)
        ).one()
        change = update(ReceiptModel).where(ReceiptModel.id == receipt_id)
        first = row.printed_at is None and row.series == ORDINARY
        self._session.execute(change.values(printed_at=at) if first else change.values(copies=ReceiptModel.copies + 1))

    def cancel(self, receipt: Receipt) -> None:
        """Note the cancellation and what takes its place."""
        names = ("cancelled_on", "cancelled_reason", "cancelled_by", "replaced_by")
        self._session.execute(
            update(ReceiptModel)
            .where(ReceiptModel.id == receipt.id)
            .values({name: getattr(receipt, name) for name in names})
        )

    def erase_payer(self, person_id: int) -> tuple[int, ...]:
        """Forget the name of who paid for one person; number, total and entry stay. Ids of what bore such a name."""
        theirs = (ReceiptModel.person_id == person_id, ReceiptModel.payer != "")
        ids = tuple(self._session.scalars(select(ReceiptModel.id).where(*theirs).order_by(ReceiptModel.id)))
        self._session.execute(update(ReceiptModel).where(*theirs).values(payer=""))
        return ids

    def ranges(self) -> tuple[StubRange, ...]:
        """Numbers given by another branch of the base, oldest first."""
        rows = self._session.scalars(select(StubRangeModel).order_by(StubRangeModel.id))
        return tuple(StubRange(row.year, row.first, row.last, row.opened_at) for row in rows)

    def add_range(self, kept: StubRange) -> None:
        """Open a « Reprise des souches »."""
        values = {"year": kept.year, "first": kept.first, "last": kept.last, "opened_at": kept.opened_at}
        self._session.execute(insert(table_of(StubRangeModel)), values)

    def numbers(self, year: int) -> frozenset[int]:
        """Ordinary numbers given in a year."""
        query = select(ReceiptModel.number).where(ReceiptModel.series == ORDINARY, ReceiptModel.year == year)
        return frozenset(self._session.scalars(query))

    def years(self) -> tuple[int, ...]:
        """Years that have ordinary receipts."""
        query = select(ReceiptModel.year).where(ReceiptModel.series == ORDINARY).distinct()
        return tuple(self._session.scalars(query.order_by(ReceiptModel.year)))

    def _records(self, *conditions: object) -> tuple[Receipt, ...]:
        query = select(ReceiptModel).where(*conditions).order_by(ReceiptModel.id)  # type: ignore[arg-type]  # conditions of SQLAlchemy
        rows = list(self._session.scalars(query))
        lines = self._lines_of([row.id for row in rows])
        return tuple(
            Receipt(id=row.id, lines=lines.get(row.id, ()), **{name: getattr(row, name) for name in _SAME})
            for row in rows
        )

    def _lines_of(self, ids: Sequence[int]) -> Mapping[int, tuple[ReceiptLine, ...]]:
        query = select(ReceiptLineModel).where(ReceiptLineModel.receipt_id.in_(ids))
        rows = self._session.scalars(query.order_by(ReceiptLineModel.receipt_id, ReceiptLineModel.position))
        return {
            number: tuple(ReceiptLine(**{name: getattr(line, name) for name in _LINE}) for line in group)
            for number, group in groupby(rows, key=lambda line: line.receipt_id)
        }


def _lines(receipt: Receipt) -> list[dict[str, object]]:
    return [
        {"receipt_id": receipt.id, "position": position, **{name: getattr(line, name) for name in _LINE}}
        for position, line in enumerate(receipt.lines)
    ]
