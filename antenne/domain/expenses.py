"""Money out: vouchers, advances and what justifies them, transfers between boxes (issue: money out)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from antenne.domain.money import MOST
from antenne.domain.receipts import Copy
from antenne.domain.text import fold
from antenne.domain.violations import Violation
from antenne.domain.voucher_faces import VoucherKind, voucher_number

_NUMBER: Final = re.compile(r"D\s*-?\s*(\d{4})\s*[- ]\s*(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expense:
    """One « pièce de dépense », as it was written. Only its copies and its cancellation are noted later.

    Attributes:
        year: Of the number.
        number: Without gaps within the year.
        kind: What it is.
        day: Its cash day.
        box_id: The box that the money leaves (a return: that it comes back to; a justification: the caisse, in whose
            day it is written without moving money).
        to_box_id: The box that receives it (a transfer), or None.
        person_id: Beneficiary of the register, or None.
        beneficiary: Her name where she is not in the register, or the supplier's; empty otherwise.
        purpose: Neutral words.
        account_id: What it is posted to (a transfer: the account of the box that receives).
        amount: FCFA, above 0; a transfer's fee is in its entry alone.
        budget_line_id: Line of a donor's project, or None.
        document: Code of the list ``expense_documents``, or empty.
        document_ref: Number and date of the supporting document.
        advance_id: The advance that it justifies, gives back or completes, or None.
        justify_by: Last day to justify an advance, or None.
        printed_at: When the original was printed; None: « À imprimer ».
        copies: How many DUPLICATA were printed.
        cancelled_on: Day of its cancellation, or None.
        cancelled_by: Entry that reverses it, or None.
        cashier: Name of who paid it out.
    """

    id: int = 0
    year: int
    number: int
    kind: VoucherKind
    day: dt.date
    entry_id: int
    cash_day_id: int
    box_id: int
    to_box_id: int | None = None
    actor_id: int
    person_id: int | None = None
    beneficiary: str = ""
    purpose: str
    account_id: int
    amount: int
    budget_line_id: int | None = None
    document: str = ""
    document_ref: str = ""
    advance_id: int | None = None
    justify_by: dt.date | None = None
    printed_at: dt.datetime | None = None
    copies: int = 0
    cancelled_on: dt.date | None = None
    cancelled_reason: str = ""
    cancelled_by: int | None = None
    cashier: str = ""

    @property
    def name(self) -> str:
        """Its number as printed and searched: « D-2026-0001 »."""
        return voucher_number(self.year, self.number)

    @property
    def is_advance(self) -> bool:
        """An advance of its own, not money that completes one."""
        return self.kind is VoucherKind.ADVANCE and self.advance_id is None


def read_voucher_number(typed: str) -> tuple[int, int] | None:
    """Year and number of a typed voucher number, or None: « D-2026-0001 », « d 2026 1 »."""
    found = _NUMBER.fullmatch(typed.strip().upper().replace("–", "-"))
    return None if found is None else (int(found[1]), int(found[2]))


def next_copy(expense: Expense) -> Copy:
    """What the next print is."""
    return Copy(0) if expense.printed_at is None else Copy(expense.copies + 1)


@dataclass(frozen=True, slots=True)
class Own:
    """Who the user herself is: her person of the register and her names, or nobody."""

    person_id: int | None = None
    names: tuple[str, ...] = ()


def check_beneficiary(person_id: int | None, name: str, own: Own) -> tuple[Violation, ...]:
    """Who is paid: one, and never the user herself (rules: Roles).

    Returns:
        ``expense.no_beneficiary``, ``expense.two_beneficiaries``, ``expense.own``.
    """
    if person_id is None and not name:
        return (Violation("expense.no_beneficiary", "beneficiary"),)
    if person_id is not None and name:
        return (Violation("expense.two_beneficiaries", "beneficiary"),)
    if person_id is not None and person_id == own.person_id:
        return (Violation("expense.own", "person_id"),)
    if name and _same_words(name) in {_same_words(one) for one in own.names}:
        return (Violation("expense.own", "beneficiary"),)
    return ()


def _same_words(name: str) -> tuple[str, ...]:
    """« KONÉ Awa » and « Awa Koné » are one name."""
    return tuple(sorted(fold(name).split()))


def check_amount(amount: int, field: str = "amount") -> tuple[Violation, ...]:
    """``expense.amount``: from 1 to :data:`money.MOST`."""
    return () if 0 < amount <= MOST else (Violation("expense.amount", field, (("most", MOST),)),)


def check_cancel(expense: Expense, reason: str, followers: Sequence[str], own: Own) -> tuple[Violation, ...]:
    """What stands against a cancellation.

    Args:
        expense: The voucher.
        reason: Why.
        followers: Numbers of the vouchers that justify or complete this advance.
        own: Who cancels.

    Returns:
        ``expense.already_cancelled``, ``expense.no_reason``, ``expense.advance_used``, ``expense.own``.
    """
    if expense.cancelled_on is not None:
        return (Violation("expense.already_cancelled", None, (("day", expense.cancelled_on),)),)
    found: list[Violation] = []
    if not reason.strip():
        found.append(Violation("expense.no_reason", "reason"))
    if followers:
        found.append(Violation("expense.advance_used", None, (("numbers", tuple(followers)),)))
    if expense.person_id is not None and expense.person_id == own.person_id:
        found.append(Violation("expense.own_cancel"))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """An advance and what has become of it, in FCFA.

    Attributes:
        expense: The voucher that gave it.
        completed: Given on top since.
        justified: Documents brought.
        returned: Money given back.
    """

    expense: Expense
    completed: int = 0
    justified: int = 0
    returned: int = 0

    @property
    def given(self) -> int:
        """Everything she received."""
        return self.expense.amount + self.completed

    @property
    def left(self) -> int:
        """What is still to justify."""
        return self.given - self.justified - self.returned

    @property
    def is_open(self) -> bool:
        """Something is left, and it was not cancelled."""
        return self.left > 0 and self.expense.cancelled_on is None

    def days_late(self, today: dt.date) -> int:
        """Days since its last day, 0 while there is time or nothing is left."""
        due = self.expense.justify_by
        return 0 if due is None or not self.is_open else max((today - due).days, 0)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is brought for an advance: documents, money returned, money that completes it, in FCFA."""

    justified: int
    returned: int = 0
    completed: int = 0

    def left_of(self, left: int) -> int:
        """What is left to justify afterwards."""
        return left - self.justified - self.returned + self.completed


def check_settlement(left: int, brought: Settlement) -> tuple[Violation, ...]:
    """Whether documents and money fit what is left.

    Returns:
        ``expense.nothing_brought``, ``expense.return_too_much``, ``expense.advance_over`` (more than is left, and no
        word of completing it), ``expense.complete_too_much``, ``expense.amount``.
    """
    for field, amount in (("returned", brought.returned), ("completed", brought.completed)):
        if not 0 <= amount <= MOST:
            return check_amount(amount, field)
    if not brought.justified and not brought.returned:
        return (Violation("expense.nothing_brought", "lines"),)
    over = brought.justified - left
    if brought.returned > max(-over, 0):
        return (Violation("expense.return_too_much", "returned", (("most", max(-over, 0)),)),)
    if over > brought.completed:
        return (Violation("expense.advance_over", "completed", (("left", left), ("over", over))),)
    if brought.completed > max(over, 0):
        return (Violation("expense.complete_too_much", "completed", (("most", max(over, 0)),)),)
    return ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A transfer: what leaves one box, what reaches the other, and the fee between them, in FCFA."""

    leaves: int
    arrives: int
    fee: int


def moved(amount: int, fee: int, *, added: bool) -> Moved:
    """The two sides of a transfer.

    Args:
        amount: The sum that is sent.
        fee: What the bank or the operator takes.
        added: The box that sends pays the fee on top; else the fee is taken from the sum (a setting).
    """
    return Moved(amount + fee, amount, fee) if added else Moved(amount, amount - fee, fee)


def check_transfer(from_box: str, to_box: str, sent: Moved) -> tuple[Violation, ...]:
    """``expense.same_box``, ``expense.amount``, ``expense.fee``."""
    found: list[Violation] = []
    if from_box == to_box:
        found.append(Violation("expense.same_box", "to_box"))
    if sent.fee < 0 or sent.arrives <= 0:
        found.append(Violation("expense.fee", "fee"))
    elif sent.leaves > MOST:
        found += check_amount(sent.leaves)
    return tuple(found)


def check_indemnities(person_ids: Sequence[int | None], own: Own) -> tuple[Violation, ...]:
    """Each row beside itself: ``expense.own``, ``expense.twice``; ``expense.no_rows`` for none."""
    if not person_ids:
        return (Violation("expense.no_rows", "lines"),)
    found: list[Violation] = []
    seen: set[int] = set()
    for row, person_id in enumerate(person_ids):
        field = f"lines[{row}].person_id"
        if person_id is None:
            continue
        if person_id == own.person_id:
            found.append(Violation("expense.own", field))
        if person_id in seen:
            found.append(Violation("expense.twice", field))
        seen.add(person_id)
    return tuple(found)


def missing_numbers(given: Collection[int]) -> tuple[int, ...]:
    """The numbers from 1 to the last one that no voucher of a year bears."""
    return tuple(number for number in range(1, max(given, default=0) + 1) if number not in given)
