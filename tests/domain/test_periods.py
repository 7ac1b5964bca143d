"""Months and years in order."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.domain import periods
from antenne.domain.board import MonthEndLine
from antenne.domain.cashbook import CashDay, PeriodClosing, PeriodKind
from antenne.domain.periods import Period

NOW = dt.datetime(2026, 12, 1, 8, 0, tzinfo=dt.UTC)


def month(year: int, number: int) -> Period:
    return Period(PeriodKind.MONTH, dt.date(year, number, 1))


def done(period: Period) -> PeriodClosing:
    return PeriodClosing(
        kind=period.kind, first_day=period.first_day, last_day=period.last_day, closed_at=NOW, closed_by=1,
        entries=9, last_receipt="", head="",
    )  # fmt: skip


def day(date: dt.date, *, is_open: bool = False) -> CashDay:
    return CashDay(box_id=1, day=date, opened_at=NOW, opened_by=1, opening_amount=0, closed_at=None if is_open else NOW)


def codes(period: Period, closed: list[PeriodClosing], days: list[CashDay], today: dt.date) -> list[str]:
    return [one.code for one in periods.check_period(period, closed, days, today)]


@pytest.mark.parametrize(
    ("first", "last"),
    [((2026, 11), dt.date(2026, 11, 30)), ((2028, 2), dt.date(2028, 2, 29)), ((2026, 12), dt.date(2026, 12, 31))],
)
def test_last_day_of_a_month(first: tuple[int, int], last: dt.date) -> None:
    assert month(*first).last_day == last
    assert periods.month_of(last) == month(*first)
    assert periods.year_of(last).last_day == dt.date(last.year, 12, 31)


def test_a_month_is_closed_from_its_last_day_on() -> None:
    days = [day(dt.date(2026, 11, 28))]
    assert codes(month(2026, 11), [], days, dt.date(2026, 11, 29)) == ["period.not_over"]
    assert codes(month(2026, 11), [], days, dt.date(2026, 11, 30)) == []


def test_an_open_day_of_the_month_or_before_stands_against_it() -> None:
    today = dt.date(2026, 12, 2)
    assert codes(month(2026, 11), [], [day(dt.date(2026, 11, 30), is_open=True)], today) == ["period.open_day"]
    assert codes(month(2026, 11), [], [day(dt.date(2026, 12, 1), is_open=True)], today) == []


def test_months_are_closed_in_order_and_one_without_days_is_passed_over() -> None:
    today = dt.date(2027, 1, 2)
    days = [day(dt.date(2026, 9, 4)), day(dt.date(2026, 11, 4))]
    assert codes(month(2026, 11), [], days, today) == ["period.order"]
    assert codes(month(2026, 11), [done(month(2026, 9))], days[1:], today) == []
    assert codes(month(2026, 11), [done(month(2026, 9))], days, today) == []
    assert codes(month(2026, 10), [done(month(2026, 11))], days, today) == ["period.closed"]


def test_a_year_comes_after_its_december() -> None:
    year, today = periods.year_of(dt.date(2026, 5, 5)), dt.date(2027, 1, 4)
    assert codes(year, [], [], today) == ["period.december"]
    assert codes(year, [done(month(2026, 12))], [], today) == []
    assert codes(year, [done(month(2026, 12)), done(year)], [], today) == ["period.closed"]
    assert codes(year, [], [], dt.date(2026, 12, 30)) == ["period.not_over", "period.december"]


def test_what_comes_next() -> None:
    today = dt.date(2027, 1, 4)
    september, december = month(2026, 9), month(2026, 12)
    days = [dt.date(2026, 9, 30), dt.date(2026, 11, 27)]
    assert periods.next_month([], days, today) == september
    assert periods.next_month([done(september)], days, today) == month(2026, 11)
    assert periods.next_month([done(december)], days, today) == month(2027, 1)
    assert periods.next_month([], [], today) == month(2027, 1)
    assert periods.next_year([done(september)]) is None
    assert periods.next_year([done(december)]) == periods.year_of(today.replace(year=2026))
    assert periods.next_year([done(december), done(periods.year_of(dt.date(2026, 1, 1)))]) is None


def test_only_what_blocks_and_is_undone_is_named() -> None:
    lines = (
        MonthEndLine(text="a", done=False, blocks=True),
        MonthEndLine(text="b", done=False),
        MonthEndLine(text="c", done=True, blocks=True),
    )
    assert [dict(one.values)["what"] for one in periods.check_list(lines)] == ["a"]
