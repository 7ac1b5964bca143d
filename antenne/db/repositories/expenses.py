"""Vouchers: number, copies, cancellation, what became of an advance, the pictures of supporting documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from antenne.db.models.expenses import DocumentScanModel, ExpenseModel
from antenne.domain.expenses import Advance, Expense
from antenne.domain.voucher_faces import VoucherKind

_SAME = (
    "year", "number", "day", "entry_id", "cash_day_id", "box_id", "to_box_id", "actor_id", "person_id", "beneficiary",
    "purpose", "account_id", "amount", "budget_line_id", "document", "document_ref", "advance_id", "justify_by",
    "printed_at", "copies", "cancelled_on", "cancelled_reason", "cancelled_by", "cashier",
)  # fmt: skip


class ExpenseRepository:
    """Vouchers, found by id, number, entry or advance."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def last_number(self, year: int) -> int:
        """The last number of a year; 0 for none."""
        return self._session.scalar(select(func.max(ExpenseModel.number)).where(ExpenseModel.year == year)) or 0

    def add(self, expense: Expense) -> int:
        """Write a voucher that has its number; its id."""
        result = self._session.execute(insert(ExpenseModel).returning(ExpenseModel.id), _values(expense))
        return result.scalar_one()

    def write(self, expenses: Sequence[Expense]) -> None:
        """Write many that have their ids (the demonstration, a benchmark)."""
        self._session.execute(insert(ExpenseModel), [{"id": one.id, **_values(one)} for one in expenses])

    def get(self, expense_id: int) -> Expense | None:
        """One voucher."""
        return next(iter(self.many((expense_id,))), None)

    def many(self, ids: Sequence[int]) -> tuple[Expense, ...]:
        """These vouchers, by id."""
        return self._records(ExpenseModel.id.in_(ids))

    def by_number(self, year: int, number: int) -> Expense | None:
        """One voucher by its number."""
        return next(iter(self._records(ExpenseModel.year == year, ExpenseModel.number == number)), None)

    def of_advance(self, advance_id: int) -> tuple[Expense, ...]:
        """What justifies, gives back or completes an advance, oldest first, cancelled ones too."""
        return self._records(ExpenseModel.advance_id == advance_id)

    def unprinted(self) -> tuple[Expense, ...]:
        """« À imprimer »: vouchers whose original never came out, oldest first."""
        return self._records(ExpenseModel.printed_at.is_(None), ExpenseModel.cancelled_on.is_(None))

    def numbers(self, year: int) -> frozenset[int]:
        """Numbers given in a year."""
        return frozenset(self._session.scalars(select(ExpenseModel.number).where(ExpenseModel.year == year)))

    def years(self) -> tuple[int, ...]:
        """Years that have vouchers."""
        return tuple(self._session.scalars(select(ExpenseModel.year).distinct().order_by(ExpenseModel.year)))

    def advance(self, advance_id: int) -> Advance | None:
        """An advance and what has become of it; None for another kind of voucher."""
        return next(iter(self._advances(ExpenseModel.id == advance_id)), None)

    def open_advances(self) -> tuple[Advance, ...]:
        """Those with something left to justify, the earliest due first."""
        found = self._advances(ExpenseModel.cancelled_on.is_(None), only_open=True)
        return tuple(sorted(found, key=lambda one: (one.expense.justify_by or dt.date.max, one.expense.id)))

    def note_print(self, expense_id: int, at: dt.datetime) -> None:
        """One more copy came out: the original first, then the DUPLICATA."""
        change = update(ExpenseModel).where(ExpenseModel.id == expense_id)
        printed = self._session.scalar(select(ExpenseModel.printed_at).where(ExpenseModel.id == expense_id))
        again = change.values(copies=ExpenseModel.copies + 1)
        self._session.execute(change.values(printed_at=at) if printed is None else again)

    def cancel(self, expense: Expense) -> None:
        """Note the cancellation."""
        names = ("cancelled_on", "cancelled_reason", "cancelled_by")
        self._session.execute(
            update(ExpenseModel)
            .where(ExpenseModel.id == expense.id)
            .values({name: getattr(expense, name) for name in names})
        )

    def put_scan(self, expense_id: int, on: dt.date, jpeg: bytes) -> None:
        """Keep the picture of a supporting document, in place of one before."""
        self._session.execute(delete(DocumentScanModel).where(DocumentScanModel.expense_id == expense_id))
        self._session.execute(insert(DocumentScanModel), {"expense_id": expense_id, "added_on": on, "jpeg": jpeg})

    def scan(self, expense_id: int) -> bytes | None:
        """The picture, or None."""
        return self._session.scalar(select(DocumentScanModel.jpeg).where(DocumentScanModel.expense_id == expense_id))

    def has_scan(self, expense_id: int) -> bool:
        """Whether there is one; it is not read."""
        query = select(DocumentScanModel.expense_id).where(DocumentScanModel.expense_id == expense_id)
        return self._session.scalar(query) is not None

    def erase_scans_of(self, person_id: int) -> None:
        """Forget the pictures of one person's documents: they bear her name. Vouchers and entries stay."""
        own = select(ExpenseModel.id).where(ExpenseModel.person_id == person_id)
        self._session.execute(delete(DocumentScanModel).where(DocumentScanModel.expense_id.in_(own)))

    def _advances(self, *conditions: Any, only_open: bool = False) -> tuple[Advance, ...]:
        """One statement: each advance with the sums of what followed it, cancelled ones left out."""
        after = aliased(ExpenseModel)

        def summed(kind: VoucherKind) -> Any:
            total = func.sum(after.amount).filter(after.kind == kind.value, after.cancelled_on.is_(None))
            return func.coalesce(total, 0)

        kinds = (VoucherKind.ADVANCE, VoucherKind.JUSTIFICATION, VoucherKind.RETURN)
        completed, justified, returned = (summed(kind) for kind in kinds)
        query = (
            select(ExpenseModel, completed, justified, returned)
            .outerjoin(after, after.advance_id == ExpenseModel.id)
            .where(ExpenseModel.kind == VoucherKind.ADVANCE.value, ExpenseModel.advance_id.is_(None), *conditions)
            .group_by(ExpenseModel.id)
            .order_by(ExpenseModel.id)
        )
        if only_open:
            query = query.having(ExpenseModel.amount + completed - justified - returned > 0)
        return tuple(_advance(tuple(row)) for row in self._session.execute(query))

    def _records(self, *conditions: Any) -> tuple[Expense, ...]:
        query = select(ExpenseModel).where(*conditions).order_by(ExpenseModel.id)
        return tuple(_expense(row) for row in self._session.scalars(query.execution_options(populate_existing=True)))


def _advance(row: tuple[Any, ...]) -> Advance:
    model, completed, justified, returned = row
    return Advance(expense=_expense(model), completed=completed, justified=justified, returned=returned)


def _values(expense: Expense) -> dict[str, object]:
    return {"kind": expense.kind.value, **{name: getattr(expense, name) for name in _SAME}}


def _expense(row: ExpenseModel) -> Expense:
    return Expense(id=row.id, kind=VoucherKind(row.kind), **{name: getattr(row, name) for name in _SAME})
