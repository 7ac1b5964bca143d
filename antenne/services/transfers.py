"""Transfers between boxes: caisse to bank, Orange Money to caisse; the fee is its own posting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import expenses as rules
from antenne.domain.accounts import Account, AccountKind
from antenne.domain.cashbook import Box
from antenne.domain.changes import CASHBOOK, EXPENSES, Changes, Done
from antenne.domain.expenses import Expense, Moved
from antenne.domain.forms.cleaning import cleaned
from antenne.domain.forms.expenses import TRANSFER
from antenne.domain.ledger import EntryKind, Posting
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.domain.voucher_faces import VoucherKind
from antenne.services.desk import Desk
from antenne.services.expenses import Asked, Spent, draft_of, give_number, known_expense
from antenne.services.ledger import append_entry, box_account, entering_day, known_box
from antenne.wording import expenses as words

FEE_ADDED = "expenses.fee_added"
FEES_ACCOUNT = "expenses.fees_account"


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferMoney:
    """Move money from one box to another; ``answers`` are those of ``forms.expenses.TRANSFER``."""

    request_id: str
    answers: Mapping[str, object] = field(repr=False)


def fee_added(desk: Desk) -> bool:
    """Whether the box that sends pays the fee on top of the sum (a setting); else it is taken from the sum."""
    return bool(desk.settings.value(FEE_ADDED, desk.today))


def transfer_money(desk: Desk, command: TransferMoney) -> Done[Expense]:
    """Move money: one entry in both boxes' days, the fee on its own account, one voucher.

    Raises:
        Forbidden: Without the right to pay out.
        RulesBroken: Everything that is wrong with the form, ``expense.same_box``, ``expense.fee``,
            ``expense.fees_account``; ``cashbook.…``.
    """
    desk.require(Right.CASH_OUT)
    answers = cleaned(TRANSFER, command.answers)
    with desk.write() as uow:
        if old := uow.audit.by_request(command.request_id):
            return Done(known_expense(uow, old[1]))
        asked = Asked(desk, uow, TRANSFER, answers)
        sent = rules.moved(asked.number("amount"), asked.number("fee"), added=fee_added(desk))
        if asked.number("amount") > 0:
            asked.add(*rules.check_transfer(asked.text("from_box"), asked.text("to_box"), sent))
        asked.refuse()
        made = _write(desk, uow, asked, sent, command.request_id)
        uow.drafts.discard(TRANSFER.key, 0, desk.actor.user_id)
        uow.commit()
    return Done(made, Changes.of(CASHBOOK, EXPENSES))


def _write(desk: Desk, uow: UnitOfWork, asked: Asked, sent: Moved, request_id: str) -> Expense:
    source, target = known_box(uow, asked.text("from_box")), _known_target(uow, asked.text("to_box"))
    from_day, to_day = entering_day(desk, uow, source), entering_day(desk, uow, target)
    target_account = box_account(uow, target)
    postings = [Posting(account_id=target_account.id, debit=sent.arrives, cash_day_id=to_day.id)]
    if sent.fee:
        postings.append(Posting(account_id=_fees_account(desk, uow).id, debit=sent.fee))
    postings.append(Posting(account_id=box_account(uow, source).id, credit=sent.leaves, cash_day_id=from_day.id))
    entry = append_entry(desk, uow, EntryKind.TRANSFER, from_day, postings)
    said = asked.text("purpose") or words.transfer_purpose(source.label, target.label)
    paper = replace(asked.paper(), purpose=words.with_fee(said, sent))
    draft = draft_of(desk, VoucherKind.TRANSFER, paper, Spent(target_account, None, asked.number("amount")))
    placed = replace(
        draft,
        entry_id=entry.id,
        day=from_day.day,
        cash_day_id=from_day.id,
        box_id=source.id,
        to_box_id=target.id,
    )
    return give_number(desk, uow, placed, request_id)


def _known_target(uow: UnitOfWork, code: str) -> Box:
    try:
        return known_box(uow, code)
    except RulesBroken as error:
        raise RulesBroken(*(replace(one, field="to_box") for one in error.violations)) from error


def _fees_account(desk: Desk, uow: UnitOfWork) -> Account:
    """The account of the bank's and the operators' fees, as the setting names it."""
    code = str(desk.settings.value(FEES_ACCOUNT, desk.today))
    found = next((one for one in uow.accounts.all() if one.code == code), None)
    if found is None or found.kind is not AccountKind.EXPENSE:
        raise RulesBroken(Violation("expense.fees_account", "fee", (("code", code),)))
    return found
