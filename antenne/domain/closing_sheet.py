"""What the signed sheet of a closing says: of a day, of a month or a year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from antenne.domain.cashbook import CashCount, PeriodKind
from antenne.domain.ledger import EntryKind, LedgerAnchor


@dataclass(frozen=True, slots=True)
class KindTotal:
    """What came in and went out for one kind of entry, in FCFA."""

    kind: EntryKind
    came: int
    went: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxOnSheet:
    """One box on the sheet.

    Attributes:
        counted: Counted, or read from its statement.
        reason: Explains the gap.
    """

    label: str
    opening: int
    came: int
    went: int
    counted: int
    reason: str = ""

    @property
    def theoretical(self) -> int:
        """Opening + in − out."""
        return self.opening + self.came - self.went

    @property
    def gap(self) -> int:
        """Counted less theoretical."""
        return self.counted - self.theoretical


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptsOnSheet:
    """The receipts of a day or a period.

    Attributes:
        first: « 2026-01470 », or empty when there is none.
        last: « 2026-01473 ».
        count: Ordinary ones.
        cancelled: How many of them are cancelled.
        by_hand: Written by hand and keyed.
        total: FCFA of those that stand.
    """

    first: str = ""
    last: str = ""
    count: int = 0
    cancelled: int = 0
    by_hand: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingSheet:
    """The sheet of a closed day.

    Attributes:
        day: Date of the cash day.
        opened_at: When it was opened, and by whom.
        closed_at: When it was closed, and by whom.
        cash: The caisse.
        totals: In and out by kind, of the caisse.
        count: Notes and coins.
        others: The boxes that were closed with it.
        printed_before: It is a second print.
    """

    cash_day_id: int
    day: dt.date
    opened_at: dt.datetime
    opened_by: str
    closed_at: dt.datetime
    closed_by: str
    cash: BoxOnSheet
    totals: tuple[KindTotal, ...]
    count: CashCount
    others: tuple[BoxOnSheet, ...]
    receipts: ReceiptsOnSheet
    anchor: LedgerAnchor
    printed_before: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodSheet:
    """The sheet of a closed month or year.

    Attributes:
        boxes: Every box: what it began with, in, out, and what it ended on (``counted``).
        totals: In and out by kind, all boxes together.
        days: Closed days of the caisse.
        gaps: Sum of the gaps of these days, signed.
    """

    kind: PeriodKind
    first_day: dt.date
    last_day: dt.date
    closed_at: dt.datetime
    closed_by: str
    boxes: tuple[BoxOnSheet, ...]
    totals: tuple[KindTotal, ...]
    days: int
    gaps: int
    receipts: ReceiptsOnSheet
    anchor: LedgerAnchor
