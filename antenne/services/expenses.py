"""« Pièce de dépense »: money out of a box, numbered without gaps at saving; cancelled by a reversal, never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import expenses as rules
from antenne.domain import paper_words
from antenne.domain.accounts import Account, AccountKind, Use
from antenne.domain.audit import FieldChange
from antenne.domain.changes import CASHBOOK, EXPENSES, Changes, Done
from antenne.domain.expenses import Expense, Own
from antenne.domain.forms.cleaning import cleaned
from antenne.domain.forms.expenses import EXPENSE, INDEMNITIES
from antenne.domain.forms.model import Form
from antenne.domain.forms.validate import validate
from antenne.domain.ledger import EntryKind, Posting
from antenne.domain.money import grouped
from antenne.domain.projects import line_key
from antenne.domain.rights import Right
from antenne.domain.text import clean_line
from antenne.domain.violations import RulesBroken, Violation
from antenne.domain.voucher_faces import VoucherKind
from antenne.services.desk import Desk
from antenne.services.ledger import append_entry, box_account, entering_day, known_box, refuse, reverse_entry

SUBJECT = "expense"
NAME_CHANGE = "Pièce de dépense"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayExpense:
    """Pay one expense.

    Attributes:
        answers: Of the form ``forms.expenses.EXPENSE``.
        scan: The supporting document as ``expenses_scans.prepare_scan`` made it, or empty.
    """

    request_id: str
    answers: Mapping[str, object] = field(repr=False)
    scan: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayIndemnities:
    """Pay several women for one activity: a voucher for each. ``answers`` are those of ``INDEMNITIES``."""

    request_id: str
    answers: Mapping[str, object] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelExpense:
    """Cancel a voucher: its entry is reversed today, the paper is crossed out."""

    request_id: str
    expense_id: int
    reason: str


def pay_expense(desk: Desk, command: PayExpense) -> Done[Expense]:
    """Pay one expense: entry, voucher with its number and picture, in one transaction or not at all.

    Raises:
        Forbidden: Without the right to pay out.
        RulesBroken: Everything that is wrong with the form; ``cashbook.…`` of the day or of what the box holds.
    """
    desk.require(Right.CASH_OUT)
    answers = cleaned(EXPENSE, command.answers)
    with desk.write() as uow:
        if old := uow.audit.by_request(command.request_id):
            return Done(known_expense(uow, old[1]))
        asked = Asked(desk, uow, EXPENSE, answers)
        asked.beneficiary()
        spent = Spent(asked.account("account"), asked.line("budget_line"), asked.number("amount"))
        asked.refuse()
        made = pay_out(desk, uow, VoucherKind.EXPENSE, asked.paper(), spent, command.request_id)
        if command.scan:
            uow.expenses.put_scan(made.id, desk.today, command.scan)
        uow.drafts.discard(EXPENSE.key, 0, desk.actor.user_id)
        uow.commit()
    return Done(made, Changes.of(CASHBOOK, EXPENSES))


def pay_indemnities(desk: Desk, command: PayIndemnities) -> Done[tuple[Expense, ...]]:
    """Pay every woman of one activity, each on her own voucher, all of them or none.

    Raises:
        Forbidden: Without the right to pay out.
        RulesBroken: Everything that is wrong, beside its row; ``cashbook.…``.
    """
    desk.require(Right.CASH_OUT)
    answers = cleaned(INDEMNITIES, command.answers)
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id):
            return Done(already(uow, command.request_id))
        asked = Asked(desk, uow, INDEMNITIES, answers)
        rows = asked.rows("lines")
        asked.add(*rules.check_indemnities([row.get("person_id") for row in rows], own(desk, uow)))
        for place, row in enumerate(rows):
            asked.known_person(row.get("person_id"), f"lines[{place}].person_id")
        line = asked.line("budget_line")
        asked.refuse()
        account = uow.accounts.by_use(Use.INDEMNITY)
        made = tuple(
            pay_out(
                desk,
                uow,
                VoucherKind.INDEMNITY,
                replace(asked.paper(), person_id=row["person_id"]),
                Spent(account, line, row["amount"]),
                request_of(command.request_id, place),
            )
            for place, row in enumerate(rows)
        )
        uow.drafts.discard(INDEMNITIES.key, 0, desk.actor.user_id)
        uow.commit()
    return Done(made, Changes.of(CASHBOOK, EXPENSES))


def cancel_expense(desk: Desk, command: CancelExpense) -> Done[Expense]:
    """Cancel a voucher: what it moved moves back today, its number stays taken.

    Raises:
        Forbidden: Without the right to pay out.
        RulesBroken: ``expense.unknown``, ``expense.advance_short``; from ``expenses.check_cancel`` and of the day.
    """
    desk.require(Right.CASH_OUT)
    with desk.write() as uow:
        if old := uow.audit.by_request(command.request_id):
            return Done(known_expense(uow, old[1]))
        expense = known_expense(uow, command.expense_id)
        followers = [one.name for one in uow.expenses.of_advance(expense.id) if one.cancelled_on is None]
        refuse(rules.check_cancel(expense, command.reason, followers, own(desk, uow)))
        _refuse_short(uow, expense)
        entry = uow.ledger.get(expense.entry_id)
        assert entry is not None
        reversal = reverse_entry(desk, uow, entry)
        reason = clean_line(command.reason)
        cancelled = replace(expense, cancelled_on=reversal.day, cancelled_reason=reason, cancelled_by=reversal.id)
        uow.expenses.cancel(cancelled)
        note(
            desk, uow, "expense.cancelled", expense.id, FieldChange(paper_words.REASON, "", reason), command.request_id
        )
        uow.commit()
    return Done(cancelled, Changes.of(CASHBOOK, EXPENSES))


def _refuse_short(uow: UnitOfWork, expense: Expense) -> None:
    """Money that completed an advance is not taken back from under the documents that used it."""
    if expense.kind is not VoucherKind.ADVANCE or expense.advance_id is None:
        return
    advance = uow.expenses.advance(expense.advance_id)
    assert advance is not None
    if advance.left < expense.amount:
        raise RulesBroken(Violation("expense.advance_short", None, (("number", advance.expense.name),)))


# --- What the other services of money out share ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWords:
    """What a voucher says besides its sum."""

    box: str = ""
    person_id: int | None = None
    beneficiary: str = ""
    purpose: str = ""
    document: str = ""
    document_ref: str = ""
    advance_id: int | None = None
    justify_by: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What is posted: account, budget line, sum in FCFA."""

    account: Account
    budget_line_id: int | None
    amount: int


class Asked:
    """A form's answers inside the transaction: what they mean here, and everything that stands against them."""

    def __init__(self, desk: Desk, uow: UnitOfWork, form: Form, answers: Mapping[str, object]) -> None:
        """Begin with what breaks the form's own rules."""
        self._desk = desk
        self._uow = uow
        self._answers = answers
        self._broken = list(validate(form, answers, desk.today))

    def add(self, *violations: Violation) -> None:
        """Something more stands against it; what is said already is said once."""
        self._broken += [one for one in violations if one not in self._broken]

    def refuse(self) -> None:
        """Refuse with everything found.

        Raises:
            RulesBroken: Anything was found.
        """
        refuse(tuple(self._broken))

    def number(self, key: str) -> int:
        """An amount or an id; 0 where there is none (then a violation stands, if it was needed)."""
        value = self._answers.get(key)
        return value if isinstance(value, int) else 0

    def text(self, key: str) -> str:
        """Words, or empty."""
        return str(self._answers.get(key) or "")

    def day(self, key: str) -> dt.date | None:
        """A day, or None."""
        value = self._answers.get(key)
        return value if isinstance(value, dt.date) else None

    def rows(self, key: str) -> tuple[dict[str, Any], ...]:
        """The rows of a table, those of nothing left out."""
        value = self._answers.get(key)
        return tuple(dict(row) for row in value) if isinstance(value, tuple) else ()

    def beneficiary(self) -> None:
        """One, known, and not the user herself."""
        person_id = self.number("person_id") or None
        self.add(*rules.check_beneficiary(person_id, self.text("beneficiary"), own(self._desk, self._uow)))
        self.known_person(person_id, "person_id")

    def known_person(self, person_id: int | None, field: str) -> None:
        """Somebody of the register whose identity was not erased."""
        person = None if person_id is None else self._uow.persons.get(person_id)
        if person_id is not None and (person is None or person.erased_on is not None):
            self.add(Violation("expense.unknown_person", field))

    def account(self, key: str, row: Mapping[str, Any] | None = None, field: str = "") -> Account:
        """An expense account of the chart that is in use."""
        code = str((self._answers if row is None else row).get(key) or "")
        found = next((one for one in self._uow.accounts.all() if one.code == code), None)
        if found is not None and found.kind is AccountKind.EXPENSE and found.active:
            return found
        if code:
            self.add(Violation("expense.account", field or key))
        return _NO_ACCOUNT

    def line(self, key: str, row: Mapping[str, Any] | None = None, field: str = "") -> int | None:
        """The id of a budget line, or None."""
        wanted = str((self._answers if row is None else row).get(key) or "")
        if not wanted:
            return None
        for project in self._uow.projects.all():
            for line in project.lines:
                if line_key(project, line) == wanted:
                    return line.id
        self.add(Violation("expense.budget_line", field or key))
        return None

    def paper(self) -> PaperWords:
        """What the voucher says."""
        said = self.text("purpose")
        activity = self.day("activity_on")
        if activity is not None:
            said = f"{said} (activité du {activity:%d/%m/%Y})"
        return PaperWords(
            box=self.text("box"),
            person_id=self.number("person_id") or None,
            beneficiary=self.text("beneficiary"),
            purpose=said,
            document=self.text("document"),
            document_ref=self.text("document_ref"),
            justify_by=self.day("justify_by"),
        )


_NO_ACCOUNT = Account(code="", label="", kind=AccountKind.EXPENSE)
"""Stands for an account that was refused."""


def pay_out(
    desk: Desk, uow: UnitOfWork, kind: VoucherKind, paper: PaperWords, spent: Spent, request_id: str
) -> Expense:
    """Money leaves a box for an account: entry and voucher.

    Raises:
        RulesBroken: ``cashbook.…``: the box, its day, what it holds.
    """
    box = known_box(uow, paper.box)
    day = entering_day(desk, uow, box)
    advance = kind is VoucherKind.ADVANCE
    postings = (
        Posting(
            account_id=spent.account.id,
            debit=spent.amount,
            person_id=paper.person_id,
            budget_line_id=spent.budget_line_id,
        ),
        Posting(account_id=box_account(uow, box).id, credit=spent.amount, cash_day_id=day.id),
    )
    entry = append_entry(desk, uow, EntryKind.ADVANCE if advance else EntryKind.EXPENSE, day, postings)
    draft = draft_of(desk, kind, paper, spent)
    return give_number(
        desk, uow, replace(draft, entry_id=entry.id, day=day.day, cash_day_id=day.id, box_id=box.id), request_id
    )


def draft_of(desk: Desk, kind: VoucherKind, paper: PaperWords, spent: Spent) -> Expense:
    """A voucher without number, entry and day."""
    return Expense(
        year=0,
        number=0,
        kind=kind,
        day=desk.today,
        entry_id=0,
        cash_day_id=0,
        box_id=0,
        actor_id=desk.actor.user_id,
        person_id=paper.person_id,
        beneficiary=paper.beneficiary,
        purpose=paper.purpose,
        account_id=spent.account.id,
        amount=spent.amount,
        budget_line_id=spent.budget_line_id,
        document=paper.document,
        document_ref=paper.document_ref,
        advance_id=paper.advance_id,
        justify_by=paper.justify_by,
        cashier=desk.actor.name,
    )


def give_number(desk: Desk, uow: UnitOfWork, expense: Expense, request_id: str) -> Expense:
    """The next number of its year, inside the transaction, and the voucher is written."""
    year = expense.day.year
    numbered = replace(expense, year=year, number=uow.expenses.last_number(year) + 1)
    saved = replace(numbered, id=uow.expenses.add(numbered))
    change = FieldChange(NAME_CHANGE, "", f"{saved.name} · {grouped(saved.amount)}")
    said = (change, paper_words.of_expense(saved))
    uow.audit.add(desk.clock.now(), desk.actor.user_id, "expense.written", SUBJECT, saved.id, said, request_id)
    return saved


def note(
    desk: Desk, uow: UnitOfWork, action: str, expense_id: int, change: FieldChange, request_id: str | None = None
) -> None:
    """One link of the audit chain."""
    uow.audit.add(desk.clock.now(), desk.actor.user_id, action, SUBJECT, expense_id, (change,), request_id)


def request_of(request_id: str, place: int) -> str:
    """The request of each of several vouchers that one click makes."""
    return request_id if place == 0 else f"{request_id}/{place}"


def already(uow: UnitOfWork, request_id: str) -> tuple[Expense, ...]:
    """The vouchers that the same request made: a double click, a retry."""
    ids: list[int] = []
    while found := uow.audit.by_request(request_of(request_id, len(ids))):
        ids.append(found[1])
    return uow.expenses.many(ids)


def own(desk: Desk, uow: UnitOfWork) -> Own:
    """Who the user herself is, in the register and by name (rules: Roles)."""
    user = next((one for one in uow.users.all() if one.id == desk.actor.user_id), None)
    person = None if user is None or user.person_id is None else uow.persons.get(user.person_id)
    names: Sequence[str] = (desk.actor.name,)
    if person is not None:
        names = (desk.actor.name, f"{person.first_name} {person.last_name}")
    return Own(None if person is None else person.id, tuple(one for one in names if one.strip()))


def known_expense(uow: UnitOfWork, expense_id: int) -> Expense:
    """The voucher of that id.

    Raises:
        RulesBroken: ``expense.unknown``.
    """
    found = uow.expenses.get(expense_id)
    if found is None:
        raise RulesBroken(Violation("expense.unknown"))
    return found
