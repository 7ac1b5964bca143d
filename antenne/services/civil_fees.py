"""Fees of civil files: what she pays goes through « Encaisser », what the project pays is an expense."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.accounts import Use
from antenne.domain.audit import FieldChange
from antenne.domain.basket import BasketLine, Owed, Settled
from antenne.domain.changes import CASHBOOK, CIVIL, EXPENSES, Changes, Done
from antenne.domain.civil import CivilFee, CivilFile, Payer
from antenne.domain.expenses import Expense
from antenne.domain.forms.cleaning import cleaned
from antenne.domain.forms.expenses import EXPENSE
from antenne.domain.money import grouped
from antenne.domain.receipts import Receipt, ReceiptLine
from antenne.domain.rights import Right
from antenne.domain.text import clean_line
from antenne.domain.violations import RulesBroken, Violation
from antenne.domain.voucher_faces import VoucherKind
from antenne.services import civil, expenses
from antenne.services.basket import BasketSource
from antenne.services.desk import Desk
from antenne.services.fees import MOST_LABEL

KIND = "civil_fee"


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelFee:
    """Take a fee off a file: a mistake, another payer."""

    request_id: str
    file_id: int
    fee_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayFee:
    """Pay a fee from a project's money: ``answers`` are those of the form ``EXPENSE``, without the sum."""

    request_id: str
    file_id: int
    fee_id: int
    answers: Mapping[str, object] = field(repr=False)


def paper_label(fee: CivilFee, file: CivilFile) -> str:
    """Neutral words for the receipt, with the file's number: « Copies · N-2026-0149 »."""
    tail = f" · {file.number}"
    return f"{fee.label[: MOST_LABEL - len(tail)]}{tail}"


def how_paid(uow: UnitOfWork, fee: CivilFee) -> str:
    """Number of the receipt or voucher that paid a fee; empty where nothing has, or where that was cancelled."""
    if fee.receipt_id is not None:
        found = uow.receipts.get(fee.receipt_id)
        return "" if found is None else found.name
    if fee.expense_id is not None:
        voucher = uow.expenses.get(fee.expense_id)
        return "" if voucher is None or voucher.cancelled_on is not None else voucher.name
    return ""


def cancel_fee(desk: Desk, command: CancelFee) -> Done[civil.FilePage]:
    """Take a fee off its file; the row stays in the base, its reason in the Historique.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.unknown``, ``civil_fee.unknown``, ``civil_fee.paid``, ``civil.reason``.
    """

    def change(uow: UnitOfWork, page: civil.FilePage) -> tuple[FieldChange, ...]:
        fee = _fee(uow, page.file.id, command.fee_id)
        if how_paid(uow, fee):
            raise RulesBroken(Violation("civil_fee.paid", None, (("number", how_paid(uow, fee)),)))
        reason = clean_line(command.reason)
        if not reason:
            raise RulesBroken(Violation("civil.reason", "reason"))
        uow.civil.cancel_fee(fee.id)
        return (FieldChange(fee.label, grouped(fee.amount), reason),)

    return civil.changed(desk, command.file_id, command.request_id, "civil.fee_cancelled", change)


def pay_fee(desk: Desk, command: PayFee) -> Done[Expense]:
    """Pay a fee that the project bears: voucher, entry and the tie to the file, in one transaction.

    Raises:
        Forbidden: Without the right to civil files and to pay out.
        RulesBroken: ``civil_fee.unknown``, ``civil_fee.payer``, ``civil_fee.paid``; all that the expense's form and
            the box refuse.
    """
    desk.require(Right.CIVIL)
    desk.require(Right.CASH_OUT)
    with desk.write() as uow:
        if old := uow.audit.by_request(command.request_id):
            return Done(expenses.known_expense(uow, old[1]))
        fee = _fee(uow, command.file_id, command.fee_id)
        if fee.payer is not Payer.PROJECT:
            raise RulesBroken(Violation("civil_fee.payer"))
        if how_paid(uow, fee):
            raise RulesBroken(Violation("civil_fee.paid", None, (("number", how_paid(uow, fee)),)))
        answers = cleaned(EXPENSE, {**command.answers, "amount": fee.amount})
        asked = expenses.Asked(desk, uow, EXPENSE, answers)
        asked.beneficiary()
        spent = expenses.Spent(asked.account("account"), asked.line("budget_line"), fee.amount)
        asked.refuse()
        made = expenses.pay_out(desk, uow, VoucherKind.EXPENSE, asked.paper(), spent, command.request_id)
        uow.civil.pay_fee(fee.id, receipt_id=None, expense_id=made.id)
        said = (FieldChange(fee.label, "", f"{made.name} · {grouped(fee.amount)}"),)
        civil.note(desk, uow, "civil.fee_paid", command.file_id, said, None)
        uow.commit()
    return Done(made, Changes.of(CASHBOOK, EXPENSES) | Changes.of(CIVIL, id=command.file_id))


def _fee(uow: UnitOfWork, file_id: int, fee_id: int) -> CivilFee:
    found = uow.civil.fee(fee_id)
    if found is None or found[0] != file_id:
        raise RulesBroken(Violation("civil_fee.unknown"))
    return found[1]


# --- « Encaisser » ---------------------------------------------------------------------------------------------------


def _owed(_desk: Desk, uow: UnitOfWork, person_id: int) -> tuple[Owed, ...]:
    """What she bears and has not paid, file by file; ticked, since it was noted to be paid."""
    return tuple(
        Owed(
            kind=KIND,
            label=paper_label(fee, file),
            amount=fee.amount,
            person_id=person_id,
            subject_id=fee.id,
            ticked=True,
            part=False,
        )
        for file_id in uow.civil.of_requester(person_id)
        if (file := uow.civil.get(file_id)) is not None
        for fee in uow.civil.fees(file_id)
        if fee.payer is Payer.SHE and fee.receipt_id is None
    )


def _settle(_desk: Desk, uow: UnitOfWork, line: BasketLine) -> Settled:
    found = None if line.subject_id is None else uow.civil.fee(line.subject_id)
    file = None if found is None else uow.civil.get(found[0])
    if found is None or file is None:
        raise RulesBroken(Violation("civil_fee.unknown", "subject"))
    fee = found[1]
    if fee.payer is not Payer.SHE or file.requester_id != line.person_id:
        raise RulesBroken(Violation("civil_fee.not_hers", "subject"))
    if fee.receipt_id is not None:
        raise RulesBroken(Violation("civil_fee.paid", "subject", (("number", how_paid(uow, fee)),)))
    if line.amount != fee.amount:
        raise RulesBroken(Violation("civil_fee.amount", "amount", (("amount", fee.amount),)))
    account = uow.accounts.by_use(Use.FEES)
    label = paper_label(fee, file)
    return Settled(
        ReceiptLine(kind=KIND, label=label, amount=fee.amount, account_id=account.id, subject_id=line.subject_id)
    )


def _record(_desk: Desk, uow: UnitOfWork, receipt: Receipt, line: ReceiptLine) -> None:
    assert line.subject_id is not None
    uow.civil.pay_fee(line.subject_id, receipt_id=receipt.id, expense_id=None)


def _undo(_desk: Desk, uow: UnitOfWork, _receipt: Receipt, line: ReceiptLine) -> None:
    assert line.subject_id is not None
    uow.civil.pay_fee(line.subject_id, receipt_id=None, expense_id=None)


SOURCE = BasketSource(kinds=frozenset({KIND}), owed=_owed, settle=_settle, record=_record, undo=_undo)
"""Fees that she bears."""
