"""What an area brings to « Encaisser »: what a woman owes it, how a line is settled, recorded, undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.basket import BasketLine, Owed, Settled
from antenne.domain.receipts import Receipt, ReceiptLine
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketSource:
    """One area's part of the basket. Every function works inside the transaction it is given.

    Attributes:
        kinds: The kinds of lines that are its own.
        owed: What a woman may pay it now: what is late first, then what can be paid ahead or bought.
        settle: Accepts one line or raises ``RulesBroken`` (fields ``amount``, ``subject``, ``label``).
        record: Notes what a receipt has paid, once it has its number.
        undo: Takes that back when the receipt is cancelled.
    """

    kinds: frozenset[str]
    owed: Callable[[Desk, UnitOfWork, int], tuple[Owed, ...]]
    settle: Callable[[Desk, UnitOfWork, BasketLine], Settled]
    record: Callable[[Desk, UnitOfWork, Receipt, ReceiptLine], None]
    undo: Callable[[Desk, UnitOfWork, Receipt, ReceiptLine], None]


def source_of(sources: Sequence[BasketSource], kind: str) -> BasketSource:
    """The area whose kind this is.

    Raises:
        RulesBroken: ``receipt.unknown_kind``.
    """
    for source in sources:
        if kind in source.kinds:
            return source
    raise RulesBroken(Violation("receipt.unknown_kind", "kind", (("kind", kind),)))


def list_owed(desk: Desk, sources: Sequence[BasketSource], person_id: int) -> tuple[Owed, ...]:
    """Everything that she may pay now, area by area.

    Raises:
        Forbidden: Without the right to take money in or read the register.
    """
    from antenne.domain.rights import Right

    desk.require(Right.CASH_IN)
    with desk.read() as uow:
        return tuple(owed for source in sources for owed in source.owed(desk, uow, person_id))
