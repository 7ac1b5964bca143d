"""Advances: money given before it is spent, then justified by documents, given back or completed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import cashbook
from antenne.domain import expenses as rules
from antenne.domain.accounts import Use
from antenne.domain.changes import CASHBOOK, EXPENSES, Changes, Done
from antenne.domain.expenses import Advance, Expense, Settlement
from antenne.domain.forms.cleaning import cleaned
from antenne.domain.forms.expenses import ADVANCE, JUSTIFICATION
from antenne.domain.ledger import EntryKind, Posting
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.domain.voucher_faces import VoucherKind
from antenne.services.desk import Desk
from antenne.services.expenses import (
    Asked,
    PaperWords,
    Spent,
    already,
    draft_of,
    give_number,
    known_expense,
    own,
    pay_out,
    request_of,
)
from antenne.services.ledger import append_entry, box_account, entering_day, known_box, refuse

DAYS = "expenses.advance_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveAdvance:
    """Give an advance; ``answers`` are those of ``forms.expenses.ADVANCE``."""

    request_id: str
    answers: Mapping[str, object] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class JustifyAdvance:
    """What is brought for an advance; ``answers`` are those of ``forms.expenses.JUSTIFICATION``."""

    request_id: str
    advance_id: int
    answers: Mapping[str, object] = field(repr=False)


def due_day(desk: Desk) -> dt.date:
    """The day by which an advance given today is to be justified, as the setting says."""
    return desk.today + dt.timedelta(days=desk.settings.count(DAYS, desk.today))


def give_advance(desk: Desk, command: GiveAdvance) -> Done[Expense]:
    """Give an advance.

    Raises:
        Forbidden: Without the right to pay out.
        RulesBroken: Everything that is wrong with the form, ``expense.justify_past``; ``cashbook.…``.
    """
    desk.require(Right.CASH_OUT)
    answers = cleaned(ADVANCE, command.answers)
    with desk.write() as uow:
        if old := uow.audit.by_request(command.request_id):
            return Done(known_expense(uow, old[1]))
        asked = Asked(desk, uow, ADVANCE, answers)
        asked.beneficiary()
        due = asked.day("justify_by")
        if due is not None and due < desk.today:
            asked.add(Violation("expense.justify_past", "justify_by"))
        asked.refuse()
        spent = Spent(uow.accounts.by_use(Use.ADVANCE), None, asked.number("amount"))
        made = pay_out(desk, uow, VoucherKind.ADVANCE, asked.paper(), spent, command.request_id)
        uow.drafts.discard(ADVANCE.key, 0, desk.actor.user_id)
        uow.commit()
    return Done(made, Changes.of(CASHBOOK, EXPENSES))


def justify_advance(desk: Desk, command: JustifyAdvance) -> Done[tuple[Expense, ...]]:
    """Enter the documents of an advance, what comes back and what is added: a voucher for each, all or none.

    Raises:
        Forbidden: Without the right to pay out.
        RulesBroken: ``expense.not_advance``, ``expense.advance_closed``, ``expense.own_advance``; everything that is
            wrong with the form; from ``expenses.check_settlement``; ``cashbook.…``.
    """
    desk.require(Right.CASH_OUT)
    answers = cleaned(JUSTIFICATION, command.answers)
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id):
            return Done(already(uow, command.request_id))
        advance = known_advance(desk, uow, command.advance_id)
        asked = Asked(desk, uow, JUSTIFICATION, answers)
        lines = _lines(asked)
        brought = Settlement(
            sum(spent.amount for _, spent in lines), asked.number("returned"), asked.number("completed")
        )
        asked.add(*rules.check_settlement(advance.left, brought))
        asked.refuse()
        made = _write(desk, uow, _Brought(advance.expense, lines, brought, asked.text("box")), command.request_id)
        uow.drafts.discard(JUSTIFICATION.key, command.advance_id, desk.actor.user_id)
        uow.commit()
    return Done(made, Changes.of(CASHBOOK, EXPENSES))


def known_advance(desk: Desk, uow: UnitOfWork, advance_id: int) -> Advance:
    """An open advance that the user may settle.

    Raises:
        RulesBroken: ``expense.not_advance``, ``expense.advance_closed``, ``expense.own_advance`` (she never approves
            her own, rules: Roles).
    """
    advance = uow.expenses.advance(advance_id)
    if advance is None:
        raise RulesBroken(Violation("expense.not_advance"))
    if not advance.is_open:
        raise RulesBroken(Violation("expense.advance_closed", None, (("number", advance.expense.name),)))
    mine = own(desk, uow)
    refuse(tuple(
        Violation("expense.own_advance")
        for one in rules.check_beneficiary(advance.expense.person_id, advance.expense.beneficiary, mine)
        if one.code == "expense.own"
    ))  # fmt: skip
    return advance


def _lines(asked: Asked) -> tuple[tuple[PaperWords, Spent], ...]:
    """Each document that is brought, with the account it goes to."""
    found = []
    for place, row in enumerate(asked.rows("lines")):
        account = asked.account("account", row, f"lines[{place}].account")
        line = asked.line("budget_line", row, f"lines[{place}].budget_line")
        found.append((_words(row), Spent(account, line, _amount(row))))
    return tuple(found)


def _words(row: Mapping[str, Any]) -> PaperWords:
    purpose, document, reference = (str(row.get(key) or "") for key in ("purpose", "document", "document_ref"))
    return PaperWords(purpose=purpose, document=document, document_ref=reference)


def _amount(row: Mapping[str, Any]) -> int:
    value = row.get("amount")
    return value if isinstance(value, int) and value > 0 else 0


@dataclass(frozen=True, slots=True)
class _Brought:
    """Everything that one settlement writes."""

    advance: Expense
    lines: Sequence[tuple[PaperWords, Spent]]
    sums: Settlement
    box: str


def _write(desk: Desk, uow: UnitOfWork, brought: _Brought, request_id: str) -> tuple[Expense, ...]:
    """Money that completes the advance first, then the documents, then what comes back."""
    advance = brought.advance
    account = uow.accounts.by_use(Use.ADVANCE)
    who = PaperWords(box=brought.box, person_id=advance.person_id, beneficiary=advance.beneficiary)
    made: list[Expense] = []
    if brought.sums.completed:
        paper = replace(who, purpose=f"Complément\u00a0: {advance.purpose}", advance_id=advance.id)
        spent = Spent(account, None, brought.sums.completed)
        made.append(pay_out(desk, uow, VoucherKind.ADVANCE, paper, spent, request_of(request_id, len(made))))
    for words, spent in brought.lines:
        paper = replace(words, person_id=who.person_id, beneficiary=who.beneficiary, advance_id=advance.id)
        made.append(_justify(desk, uow, paper, spent, request_of(request_id, len(made))))
    if brought.sums.returned:
        paper = replace(who, purpose=f"Retour\u00a0: {advance.purpose}", advance_id=advance.id)
        spent = Spent(account, None, brought.sums.returned)
        made.append(_give_back(desk, uow, paper, spent, request_of(request_id, len(made))))
    return tuple(made)


def _justify(desk: Desk, uow: UnitOfWork, paper: PaperWords, spent: Spent, request_id: str) -> Expense:
    """A document: the expense takes the place of the advance, in the caisse's day; no money moves."""
    box = known_box(uow, cashbook.CASH)
    day = entering_day(desk, uow, box)
    advance = uow.accounts.by_use(Use.ADVANCE)
    postings = (
        Posting(
            account_id=spent.account.id,
            debit=spent.amount,
            person_id=paper.person_id,
            budget_line_id=spent.budget_line_id,
        ),
        Posting(account_id=advance.id, credit=spent.amount, person_id=paper.person_id),
    )
    entry = append_entry(desk, uow, EntryKind.JUSTIFICATION, day, postings)
    draft = draft_of(desk, VoucherKind.JUSTIFICATION, paper, spent)
    placed = replace(draft, entry_id=entry.id, day=day.day, cash_day_id=day.id, box_id=box.id)
    return give_number(desk, uow, placed, request_id)


def _give_back(desk: Desk, uow: UnitOfWork, paper: PaperWords, spent: Spent, request_id: str) -> Expense:
    """Money that was not spent comes back into a box."""
    box = known_box(uow, paper.box)
    day = entering_day(desk, uow, box)
    postings = (
        Posting(account_id=box_account(uow, box).id, debit=spent.amount, cash_day_id=day.id),
        Posting(account_id=spent.account.id, credit=spent.amount, person_id=paper.person_id),
    )
    entry = append_entry(desk, uow, EntryKind.JUSTIFICATION, day, postings)
    draft = draft_of(desk, VoucherKind.RETURN, paper, spent)
    placed = replace(draft, entry_id=entry.id, day=day.day, cash_day_id=day.id, box_id=box.id)
    return give_number(desk, uow, placed, request_id)
