"""Vouchers on paper: what each one shows, drawn by whoever is passed in, noted once the printer took it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from antenne.base.progress import Progress
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import expenses as rules
from antenne.domain.accounts import Account
from antenne.domain.audit import FieldChange
from antenne.domain.cashbook import Box
from antenne.domain.changes import CASHBOOK, EXPENSES, Changes, Done
from antenne.domain.expenses import Expense
from antenne.domain.office import Office
from antenne.domain.projects import line_label
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.domain.voucher_faces import VoucherFace, VoucherKind
from antenne.services import originals
from antenne.services.desk import Desk
from antenne.services.expenses import SUBJECT, known_expense, note
from antenne.services.originals import PrintNotes, SettlePrint
from antenne.services.projects import require_reading

DOCUMENTS = "expense_documents"

_NOTES = PrintNotes(subject=SUBJECT, begun="expense.print_begun", printed="expense.printed", lost="expense.print_lost")


class RenderVouchers(Protocol):
    """How the drawing is called (``print.vouchers.render_vouchers``); services do not know the printer."""

    def __call__(self, faces: Sequence[VoucherFace], office: Office, progress: Progress | None = ...) -> bytes:
        """Draw the vouchers into a PDF."""
        ...


def render_vouchers(
    desk: Desk, expense_ids: Sequence[int], render: RenderVouchers, progress: Progress | None = None
) -> bytes:
    """Draw vouchers into a PDF held in memory: each as its next copy, in the order asked.

    Raises:
        Forbidden: Without the right to pay out or to read the accounts.
        RulesBroken: ``expense.unknown``; ``expense.print_unsure`` (an original may have come out).
        Stopped: The user asked.
    """
    require_reading(desk)
    if not expense_ids:
        raise RulesBroken(Violation("expense.unknown"))
    with desk.read() as uow:
        if unsure := originals.first_unsure(uow, _NOTES, _waiting(uow, expense_ids)):
            raise RulesBroken(Violation("expense.print_unsure", None, unsure))
        names = Names(uow)
        faces = tuple(voucher_face(desk, uow, known_expense(uow, number), names) for number in expense_ids)
    return render(faces, desk.office, progress)


class Names:
    """What the ids of a voucher are called: boxes, accounts, budget lines."""

    def __init__(self, uow: UnitOfWork) -> None:
        """Read the short lists once."""
        self.boxes: Mapping[int, Box] = {one.id: one for one in uow.cashbook.boxes()}
        self.accounts: Mapping[int, Account] = {one.id: one for one in uow.accounts.all()}
        self.lines: Mapping[int, str] = {
            line.id: line_label(project, line) for project in uow.projects.all() for line in project.lines
        }


def voucher_face(desk: Desk, uow: UnitOfWork, expense: Expense, names: Names) -> VoucherFace:
    """What one voucher shows on paper."""
    account = names.accounts[expense.account_id]
    advance = None if expense.advance_id is None else uow.expenses.get(expense.advance_id)
    return VoucherFace(
        number=expense.name,
        kind=expense.kind,
        day=expense.day,
        beneficiary=who(uow, expense),
        purpose=expense.purpose,
        account="" if expense.kind is VoucherKind.TRANSFER else f"{account.code} {account.label}",
        budget_line="" if expense.budget_line_id is None else names.lines[expense.budget_line_id],
        amount=expense.amount,
        box="" if expense.kind is VoucherKind.JUSTIFICATION else names.boxes[expense.box_id].label,
        to_box="" if expense.to_box_id is None else names.boxes[expense.to_box_id].label,
        document=document(desk, expense),
        justify_by=expense.justify_by,
        advance="" if advance is None else advance.name,
        cashier=expense.cashier,
        copy=rules.next_copy(expense),
        cancelled_on=expense.cancelled_on,
        cancelled_reason=expense.cancelled_reason,
    )


def who(uow: UnitOfWork, expense: Expense) -> str:
    """« KONÉ Awa », the free name, or empty (a transfer)."""
    person = None if expense.person_id is None else uow.persons.get(expense.person_id)
    if person is None:
        return expense.beneficiary
    return f"{person.last_name.upper()} {person.first_name}".strip() or person.number


def document(desk: Desk, expense: Expense) -> str:
    """« Facture, n° 112 du 20/11/2026 », or empty."""
    kind = desk.settings.label(DOCUMENTS, expense.document) if expense.document else ""
    said = ", ".join(part for part in (kind, expense.document_ref) if part)
    return said[:1].upper() + said[1:]


def record_voucher_print(desk: Desk, expense_ids: Sequence[int]) -> Done[None]:
    """The copies came out: the original is used up, the next is DUPLICATA 1.

    Raises:
        Forbidden: Without the right to pay out.
    """
    desk.require(Right.CASH_OUT)
    with desk.write() as uow:
        for expense in uow.expenses.many(expense_ids):
            _note_copy(desk, uow, expense)
        uow.commit()
    return Done(None, Changes.of(CASHBOOK, EXPENSES))


def _note_copy(desk: Desk, uow: UnitOfWork, expense: Expense) -> None:
    copy = rules.next_copy(expense)
    uow.expenses.note_print(expense.id, desk.clock.now())
    said = "original" if copy.is_original else f"DUPLICATA {copy.number}"
    note(desk, uow, "expense.printed", expense.id, FieldChange("Exemplaire", "", said))


def _waiting(uow: UnitOfWork, expense_ids: Sequence[int]) -> dict[int, str]:
    """Those whose next copy is the original, with their numbers."""
    return {one.id: one.name for one in uow.expenses.many(expense_ids) if rules.next_copy(one).is_original}


def begin_voucher_print(desk: Desk, expense_ids: Sequence[int]) -> None:
    """The copies are about to leave: until ``record_voucher_print``, nobody knows whether the originals came out.

    Raises:
        Forbidden: Without the right to pay out.
    """
    desk.require(Right.CASH_OUT)
    with desk.write() as uow:
        originals.note_begun(desk, uow, _NOTES, _waiting(uow, expense_ids))
        uow.commit()


def settle_voucher_print(desk: Desk, command: SettlePrint) -> Done[None]:
    """She says whether the original that was on its way came out; said twice, it counts once.

    Raises:
        Forbidden: Without the right to pay out.
        RulesBroken: ``expense.unknown``.
    """
    desk.require(Right.CASH_OUT)
    with desk.write() as uow:
        expense = known_expense(uow, command.paper_id)
        if originals.begun_at(uow, _NOTES, expense.id) is not None:
            if command.came_out:
                _note_copy(desk, uow, expense)
            else:
                originals.note_lost(desk, uow, _NOTES, expense.id)
            uow.commit()
    return Done(None, Changes.of(CASHBOOK, EXPENSES))
