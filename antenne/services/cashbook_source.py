"""What the caisse itself brings to « Encaisser »: dues, cards, fees and other income, as one source."""

from __future__ import annotations

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.basket import BasketLine, Owed, Settled
from antenne.domain.receipts import Receipt, ReceiptLine
from antenne.services import card_sales, dues, fees
from antenne.services.basket import BasketSource, source_of
from antenne.services.desk import Desk

PARTS = (dues.SOURCE, card_sales.SOURCE, fees.SOURCE)


def _owed(desk: Desk, uow: UnitOfWork, person_id: int) -> tuple[Owed, ...]:
    return tuple(one for part in PARTS for one in part.owed(desk, uow, person_id))


def _settle(desk: Desk, uow: UnitOfWork, line: BasketLine) -> Settled:
    return source_of(PARTS, line.kind).settle(desk, uow, line)


def _record(desk: Desk, uow: UnitOfWork, receipt: Receipt, line: ReceiptLine) -> None:
    source_of(PARTS, line.kind).record(desk, uow, receipt, line)


def _undo(desk: Desk, uow: UnitOfWork, receipt: Receipt, line: ReceiptLine) -> None:
    source_of(PARTS, line.kind).undo(desk, uow, receipt, line)


SOURCE = BasketSource(
    kinds=frozenset().union(*(part.kinds for part in PARTS)), owed=_owed, settle=_settle, record=_record, undo=_undo
)
"""Dues first: what is late stands on top."""
