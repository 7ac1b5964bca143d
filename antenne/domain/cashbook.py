"""Boxes and their days: opened with what is found, counted, the gap explained, closed (rules: Cash and accounts)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from antenne.domain.ledger import LedgerAnchor
from antenne.domain.money import MOST
from antenne.domain.violations import Violation

CASH: Final = "caisse"
"""Code of the box whose notes and coins are counted; the others are read from a statement."""

DENOMINATIONS: Final = (10_000, 5_000, 2_000, 1_000, 500, 250, 200, 100, 50, 25, 10, 5, 1)
"""Notes and coins of the XOF, in FCFA (rules: Money); 500 is both, and counted together."""

_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Box:
    """Where money lies: caisse, banque, Orange Money, Moov, Wave, Sama."""

    id: int
    code: str
    label: str
    active: bool = True

    @property
    def is_cash(self) -> bool:
        """Whether notes and coins are counted."""
        return self.code == CASH


@dataclass(frozen=True, slots=True, kw_only=True)
class CashDay:
    """One day of one box.

    Attributes:
        opening_amount: What the last closing counted, in FCFA; a difference found at the opening is an entry.
        counted_amount: What was counted at the closing, or None while it is open.
        gap_reason: The explanation of a gap at the closing.
    """

    id: int = 0
    box_id: int
    day: dt.date
    opened_at: dt.datetime
    opened_by: int
    opening_amount: int
    closed_at: dt.datetime | None = None
    closed_by: int | None = None
    counted_amount: int | None = None
    gap_reason: str = ""

    @property
    def is_open(self) -> bool:
        """Not closed yet."""
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class Pieces:
    """How many of one note or coin: good ones, and « abîmés / refusés » (rules: Local life)."""

    good: int = 0
    worn: int = 0


@dataclass(frozen=True, slots=True)
class CashCount:
    """Notes and coins counted, by denomination."""

    pieces: Mapping[int, Pieces] = field(default_factory=dict)

    @property
    def good(self) -> int:
        """FCFA that can be spent."""
        return sum(value * counted.good for value, counted in self.pieces.items())

    @property
    def worn(self) -> int:
        """FCFA in worn or refused pieces: they are in the box, so they count."""
        return sum(value * counted.worn for value, counted in self.pieces.items())

    @property
    def total(self) -> int:
        """Everything in the box, in FCFA."""
        return self.good + self.worn


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What a closing fixed, printed on the signed sheet.

    Attributes:
        theoretical: Opening + in − out, before the gap was written.
        counted: What was counted (or read from a statement).
        entries: Entries of the chain, the gap's included.
        last_receipt: « 2026-01473 », or empty.
        head: 16 Crockford characters of the chain's end.
        sheet_printed_at: First print of the sheet, or None.
    """

    cash_day_id: int
    theoretical: int
    counted: int
    entries: int
    last_receipt: str
    head: str
    sheet_printed_at: dt.datetime | None = None

    @property
    def gap(self) -> int:
        """Counted less theoretical: negative when money is missing."""
        return self.counted - self.theoretical

    @property
    def anchor(self) -> LedgerAnchor:
        """What the sheet prints and ``controler --ancre`` compares."""
        return LedgerAnchor(self.entries, self.last_receipt, self.head)


@dataclass(frozen=True, slots=True)
class Opening:
    """A day to open: what is found in the box, and why this is not what the last closing counted."""

    day: dt.date
    found: int
    reason: str = ""


def check_count(count: CashCount) -> tuple[Violation, ...]:
    """Only known denominations, whole and not negative: ``cashbook.denomination``, ``cashbook.pieces``."""
    found: list[Violation] = []
    for value, counted in count.pieces.items():
        if value not in DENOMINATIONS:
            found.append(Violation("cashbook.denomination", None, (("value", value),)))
        if min(counted.good, counted.worn) < 0 or max(counted.good, counted.worn) > MOST:
            found.append(Violation("cashbook.pieces", f"pieces[{value}]", (("value", value),)))
    return tuple(found)


def check_opening(box: Box, opening: Opening, last: CashDay | None, *, same_day: bool) -> tuple[Violation, ...]:
    """Whether a box may be opened.

    Args:
        box: The box.
        opening: Day, amount found, reason.
        last: The day of this box that was opened last.
        same_day: A day of this box already bears that date.

    Returns:
        ``cashbook.inactive``, ``cashbook.still_open`` (an earlier day), ``cashbook.already_open``,
        ``cashbook.closed_day`` (opened again), ``cashbook.before_last`` (a day before the last one, without a reason:
        the clock was set wrong once), ``cashbook.negative``, ``cashbook.too_much``, ``cashbook.opening_gap``.
    """
    broken: list[Violation] = []
    explained = bool(opening.reason.strip())
    if not box.active:
        broken.append(Violation("cashbook.inactive", "box", (("box", box.label),)))
    if last is not None and last.is_open:
        code = "cashbook.already_open" if last.day == opening.day else "cashbook.still_open"
        return (*broken, Violation(code, None, (("day", last.day),)))
    if same_day:
        return (*broken, Violation("cashbook.closed_day", None, (("day", opening.day),)))
    if last is not None and last.day > opening.day and not explained:
        broken.append(Violation("cashbook.before_last", "reason", (("day", opening.day), ("last", last.day))))
    if opening.found < 0:
        broken.append(Violation("cashbook.negative", "found"))
    if opening.found > MOST:
        broken.append(Violation("cashbook.too_much", "found", (("most", MOST),)))
    expected = 0 if last is None else last.counted_amount or 0
    if last is not None and expected != opening.found and not explained:
        broken.append(Violation("cashbook.opening_gap", "reason", (("expected", expected), ("found", opening.found))))
    return tuple(broken)


def check_entering(day: CashDay | None, today: dt.date) -> tuple[Violation, ...]:
    """Whether money may be entered in a box's day now.

    Returns:
        ``cashbook.not_open``, ``cashbook.closed_day``, ``cashbook.yesterday_open`` (it is closed first, under its
        date), ``cashbook.clock_back`` (the clock stands before the open day).
    """
    if day is None:
        return (Violation("cashbook.not_open"),)
    if not day.is_open:
        return (Violation("cashbook.closed_day", None, (("day", day.day),)),)
    if day.day < today:
        return (Violation("cashbook.yesterday_open", None, (("day", day.day),)),)
    if day.day > today:
        return (Violation("cashbook.clock_back", None, (("day", day.day), ("today", today))),)
    return ()


def check_closing(day: CashDay, theoretical: int, counted: int, reason: str) -> tuple[Violation, ...]:
    """Whether a day may be closed: ``cashbook.closed_day``, ``cashbook.gap_unexplained``, ``cashbook.reason_long``."""
    found: list[Violation] = []
    if not day.is_open:
        found.append(Violation("cashbook.closed_day", None, (("day", day.day),)))
    if counted != theoretical and not reason.strip():
        found.append(Violation("cashbook.gap_unexplained", "reason", (("gap", counted - theoretical),)))
    if len(reason) > _REASON:
        found.append(Violation("cashbook.reason_long", "reason", (("most", _REASON),)))
    return tuple(found)


def can_give_change(balance: int, given: int) -> bool:
    """Whether the box holds what is to be given back."""
    return 0 <= given <= balance


class PeriodKind(Enum):
    """What is closed besides a day."""

    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodClosing:
    """A closed month or year, with the chain's end at that moment."""

    kind: PeriodKind
    first_day: dt.date
    last_day: dt.date
    closed_at: dt.datetime
    closed_by: int
    entries: int
    last_receipt: str
    head: str
