"""Receipts: numbers without gaps within the year, lines, what was handed, control code, copies (forms: Receipt)."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from antenne.domain.money import MOST
from antenne.domain.qr import CROCKFORD
from antenne.domain.violations import Violation

ORDINARY: Final = ""
"""Series of the receipts that the program numbers."""

MANUAL: Final = "M"
"""Series of the book written by hand during a power cut."""

CONTROL_LENGTH: Final = 10
MOST_LINES: Final = 12
"""Lines that a half of an A5 holds."""

_BITS: Final = 5
_NARROWEST: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """One line.

    Attributes:
        kind: What it pays: ``joining``, ``membership``, ``insurance``, ``card``, ``fees``… (the basket's words).
        label: Neutral words that stand on the paper (« Versement C-2026-031 »).
        amount: FCFA, above 0.
        subject_id: The due, card… it pays, or None.
        account_id: The account it is posted to.
        budget_line_id: Line of a donor's project, or None.
    """

    kind: str
    label: str
    amount: int
    account_id: int
    subject_id: int | None = None
    budget_line_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One receipt, as it was given. Only its copies and its cancellation are noted later.

    Attributes:
        series: :data:`ORDINARY`, or :data:`MANUAL` for one written by hand first.
        year: Of the number.
        number: Without gaps within the year (ordinary), or the book's own.
        day: The date it bears: its cash day's, or the real date of a hand-written one.
        issued_at: When it was entered.
        person_id: Whom it concerns (the beneficiary), or None.
        payer: Name or code of who paid, when it is not she; empty otherwise.
        box_id: Where the money went.
        reference: Of a mobile-money payment, or empty.
        handed: What was handed over in cash, in FCFA.
        change_given: What was given back at once.
        change_due: What the office still owes her (« monnaie due »).
        note: What stands below the total (« Reste dû : … »), as printed.
        control: Ten characters that only this office can compute; empty for a hand-written one.
        printed_at: When the original was printed; None: « À imprimer ».
        copies: How many DUPLICATA were printed.
        cancelled_on: Day of its cancellation, or None.
        cancelled_by: Entry that reverses it, or None.
        replaced_by: Receipt that takes its place, or None.
        cashier: Name of who received the money.
    """

    id: int = 0
    series: str = ORDINARY
    year: int
    number: int
    day: dt.date
    issued_at: dt.datetime
    entry_id: int
    cash_day_id: int
    box_id: int
    actor_id: int
    person_id: int | None = None
    payer: str = ""
    lines: tuple[ReceiptLine, ...]
    total: int
    handed: int = 0
    change_given: int = 0
    change_due: int = 0
    reference: str = ""
    note: str = ""
    control: str = ""
    printed_at: dt.datetime | None = None
    copies: int = 0
    cancelled_on: dt.date | None = None
    cancelled_reason: str = ""
    cancelled_by: int | None = None
    replaced_by: int | None = None
    cashier: str = ""

    @property
    def name(self) -> str:
        """Its number as printed and searched: « 2026-01473 », « M 2026-00012 »."""
        return receipt_number(self.year, self.number, self.series)


def receipt_number(year: int, number: int, series: str = ORDINARY) -> str:
    """« 2026-01473 », with its series before it when it has one."""
    bare = f"{year}-{number:0{_NARROWEST}d}"
    return f"{series} {bare}" if series else bare


def read_number(typed: str) -> tuple[str, int, int] | None:
    """Series, year and number of a typed receipt number, or None: « 2026-1473 », « m 2026-12 », « 2026 01473 »."""
    text = typed.strip().upper().replace("–", "-").replace("N°", "").strip()
    series = ORDINARY
    if text.startswith(MANUAL):
        series, text = MANUAL, text[len(MANUAL) :].strip(" -")
    year, _, number = text.replace(" ", "-").partition("-")
    plain = year.isascii() and number.isascii() and year.isdigit() and number.isdigit()
    if not plain or len(year) != 4 or not 0 < len(number) <= 9:  # noqa: PLR2004 - four digits of a year, nine of a number
        return None
    return series, int(year), int(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the control code of a receipt proves; no name: erasing a payer leaves the code whole.

    Attributes:
        name: Its number, « 2026-01473 ».
        day: ISO date that it bears.
        person_id: Whom it concerns, or None.
        total: FCFA.
        entry_hash: Hash of its entry.
    """

    name: str
    day: str
    person_id: int | None
    total: int
    entry_hash: bytes


def control_of(paper_key: bytes, db_id: str, proof: Proof) -> str:
    """The ten control characters: HMAC over db_id, number, date, person's id, total, entry (storage: Key slots)."""
    parts = (
        *("receipt", db_id, proof.name, proof.day),
        *(str(proof.person_id or ""), str(proof.total), proof.entry_hash.hex()),
    )
    message = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
    top = int.from_bytes(hmac.digest(paper_key, message, hashlib.sha256), "big") >> (256 - CONTROL_LENGTH * _BITS)
    return "".join(CROCKFORD[(top >> shift) & 31] for shift in range((CONTROL_LENGTH - 1) * _BITS, -1, -_BITS))


def control_code(paper_key: bytes, db_id: str, receipt: Receipt, entry_hash: bytes) -> str:
    """The control code of a receipt that has its number."""
    proof = Proof(
        name=receipt.name,
        day=receipt.day.isoformat(),
        person_id=receipt.person_id,
        total=receipt.total,
        entry_hash=entry_hash,
    )
    return control_of(paper_key, db_id, proof)


def shown_control(control: str) -> str:
    """« 7F3A9-1C2K0 »."""
    half = CONTROL_LENGTH // 2
    return f"{control[:half]}-{control[half:]}" if control else ""


def check_lines(lines: Sequence[ReceiptLine]) -> tuple[Violation, ...]:
    """``receipt.no_line``, ``receipt.too_many_lines``, ``receipt.amount`` (0, less, above 10¹²), ``receipt.label``."""
    if not lines:
        return (Violation("receipt.no_line"),)
    found: list[Violation] = []
    if len(lines) > MOST_LINES:
        found.append(Violation("receipt.too_many_lines", None, (("most", MOST_LINES),)))
    for row, line in enumerate(lines):
        if not 0 < line.amount <= MOST:
            found.append(Violation("receipt.amount", f"lines[{row}].amount", (("most", MOST),)))
        if not line.label.strip():
            found.append(Violation("receipt.label", f"lines[{row}].label"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Tender:
    """What passed over the counter, in FCFA: ``handed`` by her, ``given`` back at once."""

    handed: int
    given: int

    def due(self, total: int) -> int:
        """« Monnaie due »: what the office still owes her."""
        return self.handed - total - self.given


def exact(total: int) -> Tender:
    """She handed exactly what she owes (mobile money, or no change asked)."""
    return Tender(total, 0)


def check_tender(total: int, tender: Tender, *, cash: bool, known_payer: bool) -> tuple[Violation, ...]:
    """Whether what was handed and given back fits the total.

    Returns:
        ``receipt.handed_short``, ``receipt.given_too_much``, ``receipt.mobile_exact`` (mobile money brings no change),
        ``receipt.due_to_nobody`` (change is owed to a woman of the register only), ``receipt.negative``,
        ``receipt.too_much``.
    """
    if min(tender.handed, tender.given) < 0:
        return (Violation("receipt.negative", "handed" if tender.handed < 0 else "given"),)
    if tender.handed > MOST:
        return (Violation("receipt.too_much", "handed", (("most", MOST),)),)
    if tender.handed < total:
        return (Violation("receipt.handed_short", "handed", (("total", total), ("missing", total - tender.handed))),)
    due = tender.due(total)
    if due < 0:
        return (Violation("receipt.given_too_much", "given", (("most", tender.handed - total),)),)
    if not cash and tender.handed != total:
        return (Violation("receipt.mobile_exact", "handed", (("total", total),)),)
    if due and not known_payer:
        return (Violation("receipt.due_to_nobody", "given", (("due", due),)),)
    return ()


def check_manual(number: int, day: dt.date, today: dt.date, *, taken: bool) -> tuple[Violation, ...]:
    """What stands against keying it: ``receipt.manual_number``, ``receipt.manual_taken``, ``receipt.future``."""
    found: list[Violation] = []
    if number <= 0:
        found.append(Violation("receipt.manual_number", "number"))
    if taken:
        found.append(Violation("receipt.manual_taken", "number", (("number", number),)))
    if day > today:
        found.append(Violation("receipt.future", "day", (("day", day),)))
    return tuple(found)


def check_cancel(receipt: Receipt, reason: str) -> tuple[Violation, ...]:
    """``receipt.already_cancelled``, ``receipt.no_reason``."""
    found: list[Violation] = []
    if receipt.cancelled_on is not None:
        found.append(Violation("receipt.already_cancelled", None, (("day", receipt.cancelled_on),)))
    if not reason.strip():
        found.append(Violation("receipt.no_reason", "reason"))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class StubRange:
    """Numbers that another branch of the base may have given before a restore (« Reprise des souches »)."""

    year: int
    first: int
    last: int
    opened_at: dt.datetime


def missing_numbers(given: Collection[int], last: int) -> tuple[int, ...]:
    """The numbers from 1 to the last one that no receipt bears."""
    return tuple(number for number in range(1, last + 1) if number not in given)


@dataclass(frozen=True, slots=True)
class Copy:
    """Which copy a print is: 0 is the original, then DUPLICATA 1, 2 and so on."""

    number: int

    @property
    def is_original(self) -> bool:
        """Once in a receipt's life."""
        return self.number == 0


def next_copy(receipt: Receipt) -> Copy:
    """What the next print is; a hand-written receipt already has its original (its stub)."""
    if receipt.printed_at is None and receipt.series == ORDINARY:
        return Copy(0)
    return Copy(receipt.copies + 1)
