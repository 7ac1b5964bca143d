"""Free lines of the basket: fees that concern a woman, rent, a donor's funds, other income. Their words are typed."""

from __future__ import annotations

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.accounts import Use
from antenne.domain.basket import BasketLine, Owed, Settled
from antenne.domain.money import MOST
from antenne.domain.receipts import Receipt, ReceiptLine
from antenne.domain.text import clean_line
from antenne.domain.violations import Violation
from antenne.services.basket import BasketSource
from antenne.services.desk import Desk
from antenne.services.ledger import refuse

FEES = Use.FEES
RENT = Use.RENT
GRANT = Use.GRANT
OTHER_INCOME = Use.OTHER_INCOME
KINDS = frozenset({FEES, RENT, GRANT, OTHER_INCOME})

MOST_LABEL = 60
"""Signs of a line on a receipt of 80 mm."""


def _owed(_desk: Desk, _uow: UnitOfWork, _person_id: int) -> tuple[Owed, ...]:
    """Nothing is proposed: these lines are typed."""
    return ()


def _settle(_desk: Desk, uow: UnitOfWork, line: BasketLine) -> Settled:
    label = clean_line(line.label)
    refuse((*_broken(line, label), *_budget(uow, line)))
    account = uow.accounts.by_use(line.kind)
    return Settled(
        ReceiptLine(
            kind=line.kind,
            label=label,
            amount=line.amount,
            account_id=account.id,
            budget_line_id=line.budget_line_id,
        )
    )


def _broken(line: BasketLine, label: str) -> tuple[Violation, ...]:
    found: list[Violation] = []
    if line.kind == FEES and line.person_id is None:
        found.append(Violation("fee.no_person", "person"))
    if not 0 < line.amount <= MOST:
        found.append(Violation("fee.amount", "amount", (("most", MOST),)))
    if not label:
        found.append(Violation("fee.label", "label"))
    if len(label) > MOST_LABEL:
        found.append(Violation("fee.label_long", "label", (("most", MOST_LABEL),)))
    return tuple(found)


def _budget(uow: UnitOfWork, line: BasketLine) -> tuple[Violation, ...]:
    """A line of a donor's project, where it is a donor's money."""
    if line.budget_line_id is None:
        return ()
    if line.kind != GRANT:
        return (Violation("fee.no_line", "budget_line"),)
    known = uow.rows("SELECT 1 FROM budget_line WHERE id = :id", id=line.budget_line_id)
    return () if known else (Violation("fee.unknown_line", "budget_line"),)


def _nothing(_desk: Desk, _uow: UnitOfWork, _receipt: Receipt, _line: ReceiptLine) -> None:
    """The entry and the receipt say it all."""


SOURCE = BasketSource(kinds=KINDS, owed=_owed, settle=_settle, record=_nothing, undo=_nothing)
"""Fees, rent, grants, other income."""
