"""What a member owes for joining, for a year, for a month of insurance (rules: People, Assurance maladie, Local life).

One function makes a due, for one woman at the counter as for the whole register in January: its period, the day it is
due and its amount never depend on which of the two asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from antenne.domain.dates import EARLIEST, LATEST, add_months
from antenne.domain.settings import Settings

_YEAR_MONTHS: Final = 12
MOST_AHEAD: Final = 36
"""Months that can be paid ahead: a longer promise is a slip of the keys."""
MOST_YEARS_BACK: Final = 10
"""Years whose dues can still be prepared."""


class DueKind(Enum):
    """What is owed; also the kinds of basket lines."""

    JOINING = "joining"
    MEMBERSHIP = "membership"
    INSURANCE = "insurance"


TARIFFS: Final[Mapping[DueKind, str]] = {
    DueKind.JOINING: "members.joining_fee",
    DueKind.MEMBERSHIP: "members.membership_fee",
    DueKind.INSURANCE: "insurance.monthly_fee",
}
"""The dated setting that says how much."""

YEARLY: Final = (DueKind.MEMBERSHIP, DueKind.INSURANCE)
"""What a year's batch makes."""

EXEMPTIBLE: Final = (DueKind.MEMBERSHIP, DueKind.INSURANCE)
"""What she may be exempt from; a single due (the joining one) is cancelled instead."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From a day to a day, both included."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What she owes for one period. Its amount never changes; it is never deleted.

    Attributes:
        id: 0 before it is saved.
        due_on: Last day to pay it; late from the day after.
        amount: FCFA, from the tariff in force on the period's first day.
        exempt: She does not owe it: a state of its own, never « en retard ».
        paid: Sum of the lines of her uncancelled receipts for it.
        cancelled_on: The day it was cancelled, or None.
    """

    id: int = 0
    person_id: int
    kind: DueKind
    period: Period
    due_on: dt.date
    amount: int
    exempt: bool = False
    exempt_reason: str = ""
    paid: int = 0
    cancelled_on: dt.date | None = None
    cancelled_reason: str = ""

    @property
    def left(self) -> int:
        """What is still to pay, in FCFA; 0 when exempt or cancelled."""
        return 0 if self.exempt or self.cancelled_on is not None else self.amount - self.paid

    @property
    def subject(self) -> int:
        """How a basket names it: its id, or the day on which the period of a due to be made begins."""
        return self.id or subject_of(self.period.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A stretch in which she is insured, or exempt from a kind.

    Attributes:
        since: First day.
        until: Last day, included; None while it runs. Before ``since``: it was taken back on its first day.
        exempt: Nothing is owed for that kind in the meantime.
        reason: Why she is exempt.
    """

    kind: DueKind
    since: dt.date
    until: dt.date | None = None
    exempt: bool = False
    reason: str = ""

    def meets(self, period: Period) -> bool:
        """Whether the stretch and the period have a day in common."""
        ended = dt.date.max if self.until is None else self.until
        return self.since <= ended and self.since <= period.end and ended >= period.start

    def open_on(self, day: dt.date) -> bool:
        """Whether it runs on that day."""
        return self.meets(Period(day, day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """A member, as far as dues are concerned.

    Attributes:
        joined_on: The day of adhesion.
        stopped_on: The day she left or died: nothing that begins later is owed. Or None.
        exempt: Her file says that she owes nothing at all.
    """

    person_id: int
    joined_on: dt.date
    stopped_on: dt.date | None = None
    exempt: bool = False
    subscriptions: tuple[Subscription, ...] = ()


# --- Periods -------------------------------------------------------------------------------------------------------


def period_of(kind: DueKind, day: dt.date) -> Period:
    """The period in which a day lies: the day of adhesion itself, the calendar year, the calendar month."""
    if kind is DueKind.JOINING:
        return Period(day, day)
    if kind is DueKind.MEMBERSHIP:
        return Period(dt.date(day.year, 1, 1), dt.date(day.year, 12, 31))
    first = day.replace(day=1)
    return Period(first, add_months(first, 1) - dt.timedelta(days=1))


def next_period(kind: DueKind, period: Period) -> Period:
    """The one after; of a kind that comes again."""
    months = _YEAR_MONTHS if kind is DueKind.MEMBERSHIP else 1
    return period_of(kind, add_months(period.start, months))


def periods(kind: DueKind, first: dt.date, last: dt.date) -> Iterator[Period]:
    """Every period of a kind that comes again, from the one of ``first`` to the one of ``last``."""
    period = period_of(kind, first)
    while period.start <= last:
        yield period
        period = next_period(kind, period)


def due_day(settings: Settings, kind: DueKind, period: Period, joined_on: dt.date) -> dt.date:
    """Last day to pay: adhesion day; end of the month that the office set (of adhesion, if later); end of the month."""
    if kind is not DueKind.MEMBERSHIP:
        return period.end
    month = min(max(settings.count("members.membership_month", period.start), 1), _YEAR_MONTHS)
    set_for = period_of(DueKind.INSURANCE, period.start.replace(month=month)).end
    return max(set_for, min(period_of(DueKind.INSURANCE, joined_on).end, period.end))


def subject_of(start: dt.date) -> int:
    """How a basket names a due that does not exist yet: the first day of its period, negative (-20261201)."""
    return -(start.year * 10_000 + start.month * 100 + start.day)


def start_of(subject: int) -> dt.date | None:
    """The first day that :func:`subject_of` named; None when it named none."""
    try:
        found = dt.date(-subject // 10_000, -subject // 100 % 100, -subject % 100)
    except (ValueError, OverflowError):
        return None
    return found if EARLIEST <= found <= LATEST else None


# --- What is owed --------------------------------------------------------------------------------------------------


def concerned(debtor: Debtor, kind: DueKind, period: Period) -> bool:
    """Whether a period of that kind is hers, exempt or not: member then, not gone before it, insured in it."""
    if period.end < debtor.joined_on or (debtor.stopped_on is not None and debtor.stopped_on < period.start):
        return False
    if kind is DueKind.JOINING:
        return period.start == debtor.joined_on
    if kind is DueKind.INSURANCE:
        return any(one.kind is kind and one.meets(period) for one in debtor.subscriptions)
    return True


def exempt_for(debtor: Debtor, kind: DueKind, period: Period) -> bool:
    """Whether she owes nothing for it; one exempt day frees the whole period: nobody asks wrongly."""
    own = any(one.kind is kind and one.exempt and one.meets(period) for one in debtor.subscriptions)
    return debtor.exempt or own


def make_due(settings: Settings, debtor: Debtor, kind: DueKind, period: Period) -> Due | None:
    """The due of one period, or None: not concerned, exempt, or the tariff is 0."""
    if not concerned(debtor, kind, period) or exempt_for(debtor, kind, period):
        return None
    amount = settings.count(TARIFFS[kind], period.start)
    if amount == 0:
        return None
    day = due_day(settings, kind, period, debtor.joined_on)
    return Due(person_id=debtor.person_id, kind=kind, period=period, due_on=day, amount=amount)


def missing_dues(
    settings: Settings, debtor: Debtor, made: Collection[tuple[DueKind, dt.date]], since: dt.date, until: dt.date
) -> Iterator[Due]:
    """The dues that she owes and that do not exist yet, kind by kind, oldest first.

    Args:
        settings: Tariffs and days.
        debtor: Whose.
        made: Kind and first day of those that exist, cancelled ones included: what was cancelled is not asked again.
        since: The office keeps dues from this day on; nothing older is asked.
        until: No period that begins later.
    """
    joined_once = any(kind is DueKind.JOINING for kind, _ in made)
    if since <= debtor.joined_on <= until and not joined_once:
        yield from _made(settings, debtor, DueKind.JOINING, (period_of(DueKind.JOINING, debtor.joined_on),))
    for kind in YEARLY:
        wanted = (one for one in periods(kind, since, until) if (kind, one.start) not in made)
        yield from _made(settings, debtor, kind, wanted)


def _made(settings: Settings, debtor: Debtor, kind: DueKind, wanted: Iterable[Period]) -> Iterator[Due]:
    found = (make_due(settings, debtor, kind, period) for period in wanted)
    return (due for due in found if due is not None)


def is_late(due: Due, on: dt.date) -> bool:
    """Something is left to pay and its day is past."""
    return due.left > 0 and due.due_on < on


def furthest_ahead(on: dt.date) -> dt.date:
    """Up to which day months are proposed: the end of the year, three months ahead at least."""
    return max(dt.date(on.year, 12, 31), period_of(DueKind.INSURANCE, add_months(on, 3)).end)


def allocate(amount: int, owed: Sequence[int]) -> tuple[tuple[int, ...], int]:
    """Spread a sum over what is owed, in that order, each paid before the next.

    Returns:
        The part of each (0 for those it does not reach), and what is left over.
    """
    parts: list[int] = []
    for one in owed:
        part = min(max(amount, 0), one)
        parts.append(part)
        amount -= part
    return tuple(parts), amount


def end_of(subscription: Subscription, last: dt.date) -> Subscription:
    """The same, ended on its last day."""
    return replace(subscription, until=last)


# --- The list ------------------------------------------------------------------------------------------------------


class Standing(Enum):
    """Where a member stands; each is in exactly one of the three."""

    LATE = "late"
    UP_TO_DATE = "up_to_date"
    EXEMPT = "exempt"


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesRow:
    """One member in the list, for the kind and the year asked.

    Attributes:
        late_since: The oldest day to pay that is past, or None.
        late: What is late, in FCFA.
        due: What was asked in all (neither cancelled nor exempt).
        paid: Of it.
    """

    person_id: int
    number: str
    last_name: str
    first_name: str
    quarter: str
    standing: Standing
    late_since: dt.date | None = None
    late: int = 0
    due: int = 0
    paid: int = 0


@dataclass(frozen=True, slots=True)
class LateFigures:
    """How many women are late, and with how much in all, in FCFA."""

    women: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlan:
    """What « Préparer l’année » would make.

    Attributes:
        women: Who get at least one due.
        dues: How many dues.
        amount: Their sum, in FCFA.
        exempt: Members left out because they are exempt.
        already: Dues of that year that exist and are not touched.
        made: The dues.
    """

    year: int
    women: int
    dues: int
    amount: int
    exempt: int
    already: int
    made: tuple[Due, ...] = ()


def plan_year(
    settings: Settings, debtors: Iterable[Debtor], made: Mapping[int, Collection[tuple[DueKind, dt.date]]], year: int
) -> YearPlan:
    """The yearly and monthly dues of a year that do not exist yet, for all members.

    Args:
        settings: Tariffs and days.
        debtors: Every member.
        made: By person, what exists of that year, cancelled ones included.
        year: Calendar year.
    """
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    asked = [(kind, period) for kind in YEARLY for period in periods(kind, first, last)]
    found: list[Due] = []
    women = exempt = 0
    for debtor in debtors:
        hers = made.get(debtor.person_id, ())
        new = [
            due
            for kind, period in asked
            if (kind, period.start) not in hers and (due := make_due(settings, debtor, kind, period)) is not None
        ]
        found += new
        women += bool(new)
        exempt += left_out(debtor, Period(first, last))
    already = sum(len(one) for one in made.values())
    total = sum(due.amount for due in found)
    return YearPlan(
        year=year, women=women, dues=len(found), amount=total, exempt=exempt, already=already, made=tuple(found)
    )


def left_out(debtor: Debtor, year: Period) -> bool:
    """Whether she is exempt from the year's due: by her file, or from the membership fee."""
    return concerned(debtor, DueKind.MEMBERSHIP, year) and exempt_for(debtor, DueKind.MEMBERSHIP, year)
