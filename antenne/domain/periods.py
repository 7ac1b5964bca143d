"""Months and years that are closed in order, after their last day; nothing is dated inside them afterwards."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from antenne.domain.board import MonthEndLine
from antenne.domain.cashbook import CashDay, PeriodClosing, PeriodKind
from antenne.domain.violations import Violation

_DECEMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A month or a year, by its first day."""

    kind: PeriodKind
    first_day: dt.date

    @property
    def last_day(self) -> dt.date:
        """Its last day."""
        first = self.first_day
        if self.kind is PeriodKind.YEAR:
            return dt.date(first.year, _DECEMBER, 31)
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def month_of(day: dt.date) -> Period:
    """The month that holds this day."""
    return Period(PeriodKind.MONTH, day.replace(day=1))


def year_of(day: dt.date) -> Period:
    """The year that holds this day."""
    return Period(PeriodKind.YEAR, dt.date(day.year, 1, 1))


def closed_through(closed: Sequence[PeriodClosing]) -> dt.date | None:
    """The last day of the newest closed month or year."""
    return max((one.last_day for one in closed), default=None)


def is_closed(period: Period, closed: Sequence[PeriodClosing]) -> bool:
    """A year has its own closing; a month is also closed by a later one, when it held no day."""
    if period.kind is PeriodKind.YEAR:
        return any(one.kind is PeriodKind.YEAR and one.first_day == period.first_day for one in closed)
    through = closed_through(closed)
    return through is not None and period.last_day <= through


def next_month(closed: Sequence[PeriodClosing], days: Collection[dt.date], today: dt.date) -> Period:
    """The month to close now: the oldest one with a day of the caisse that is not closed, else the present one.

    Args:
        closed: What is closed.
        days: Dates of the caisse's days (the first of each month is enough).
        today: The present day.
    """
    through = closed_through(closed)
    waiting = [day for day in days if through is None or day > through]
    return month_of(min(waiting, default=today))


def next_year(closed: Sequence[PeriodClosing]) -> Period | None:
    """The year whose December is closed and which is not closed itself; None when there is none."""
    for one in sorted(closed, key=lambda each: each.first_day):
        year = year_of(one.first_day)
        if one.kind is PeriodKind.MONTH and one.first_day.month == _DECEMBER and not is_closed(year, closed):
            return year
    return None


def check_period(
    period: Period, closed: Sequence[PeriodClosing], days: Sequence[CashDay], today: dt.date
) -> tuple[Violation, ...]:
    """Whether a month or a year may be closed.

    Args:
        period: Which.
        closed: What is closed.
        days: Every day of a box that is open, and one day of each month before the period that is not closed.
        today: The present day.

    Returns:
        ``period.closed``, ``period.not_over``, ``period.open_day``, ``period.order`` (an earlier month with days is
        not closed), ``period.december`` (a year before its December).
    """
    if is_closed(period, closed):
        return (Violation("period.closed", None, (("last", period.last_day),)),)
    found: list[Violation] = []
    if today < period.last_day:
        found.append(Violation("period.not_over", None, (("last", period.last_day),)))
    left_open = sorted(one.day for one in days if one.is_open and one.day <= period.last_day)
    if left_open:
        found.append(Violation("period.open_day", None, (("day", left_open[0]),)))
    if period.kind is PeriodKind.YEAR:
        december = Period(PeriodKind.MONTH, dt.date(period.first_day.year, _DECEMBER, 1))
        if not is_closed(december, closed):
            found.append(Violation("period.december", None, (("year", period.first_day.year),)))
        return tuple(found)
    through = closed_through(closed)
    earlier = [one.day for one in days if one.day < period.first_day and (through is None or one.day > through)]
    if earlier:
        found.append(Violation("period.order", None, (("earlier", min(earlier)),)))
    return tuple(found)


def check_list(lines: Sequence[MonthEndLine]) -> tuple[Violation, ...]:
    """The lines of « Fin de mois » that must be done first: ``period.blocked``, one for each."""
    return tuple(
        Violation("period.blocked", None, (("what", one.text),)) for one in lines if one.blocks and not one.done
    )
