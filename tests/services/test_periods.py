"""Months and years are closed in order; nothing is dated in them afterwards."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.base.clock import FixedClock
from antenne.domain import ledger
from antenne.domain.board import MonthEndLine
from antenne.domain.cashbook import PeriodKind
from antenne.domain.ledger import EntryKind
from antenne.domain.periods import Period, month_of, year_of
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import cash_days, periods
from antenne.services.desk import Desk
from antenne.services.periods import ClosePeriod
from tests.services import money

NOVEMBER = Period(PeriodKind.MONTH, dt.date(2026, 11, 1))
DECEMBER = Period(PeriodKind.MONTH, dt.date(2026, 12, 1))


def codes(caught: pytest.ExceptionInfo[RulesBroken]) -> list[str]:
    return [violation.code for violation in caught.value.violations]


def go(clock: FixedClock, year: int, month: int, day: int) -> None:
    clock.advance(dt.datetime(year, month, day, 9, 0, tzinfo=dt.UTC) - clock.now())


def close(desk: Desk, period: Period, request: str = "") -> None:
    periods.close_period(desk, ClosePeriod(request_id=request or money.request(), period=period), periods.MONTH_ENDS)


def one_day(desk: Desk, amount: int) -> None:
    """A whole day: opened with what is there, one receipt, closed right."""
    before = cash_days.cash_state(desk).expected
    day = money.opened(desk, before)
    awa = money.member(desk, day.id)
    money.paid(desk, awa, amount)
    money.closed(desk, day, before + amount)


def test_a_month_is_closed_once_and_nothing_enters_it(desk: Desk, responsable_desk: Desk, clock: FixedClock) -> None:
    one_day(desk, 500)
    with pytest.raises(RulesBroken) as caught:
        close(responsable_desk, NOVEMBER)
    assert codes(caught) == ["period.not_over"]
    go(clock, 2026, 12, 1)
    assert periods.read_periods(desk).month == NOVEMBER
    close(responsable_desk, NOVEMBER, "once")
    close(responsable_desk, NOVEMBER, "once")
    with pytest.raises(RulesBroken) as caught:
        close(responsable_desk, NOVEMBER)
    assert codes(caught) == ["period.closed"]
    view = periods.read_periods(responsable_desk)
    assert (view.month, view.year, len(view.closed), view.may_close) == (DECEMBER, None, 1, True)
    go(clock, 2026, 11, 30)
    with pytest.raises(RulesBroken) as caught:
        money.opened(desk, 500)
    assert codes(caught) == ["cashbook.closed_period"]


def test_an_open_day_blocks_the_month(desk: Desk, responsable_desk: Desk, clock: FixedClock) -> None:
    day = money.opened(desk)
    go(clock, 2026, 12, 1)
    with pytest.raises(RulesBroken) as caught:
        close(responsable_desk, NOVEMBER)
    assert codes(caught) == ["period.blocked"]
    with pytest.raises(RulesBroken) as caught:
        periods.close_period(responsable_desk, ClosePeriod(request_id="x", period=NOVEMBER), ())
    assert codes(caught) == ["period.open_day"]
    money.closed(desk, day, 0)
    close(responsable_desk, NOVEMBER)


def test_months_in_order_then_the_year(desk: Desk, responsable_desk: Desk, clock: FixedClock) -> None:
    one_day(desk, 500)
    go(clock, 2026, 12, 15)
    one_day(desk, 700)
    go(clock, 2027, 1, 4)
    year = year_of(dt.date(2026, 6, 1))
    for period, code in ((DECEMBER, "period.order"), (year, "period.december")):
        with pytest.raises(RulesBroken) as caught:
            close(responsable_desk, period)
        assert codes(caught) == [code]
    close(responsable_desk, NOVEMBER)
    close(responsable_desk, DECEMBER)
    assert periods.read_periods(responsable_desk).year == year
    close(responsable_desk, year)
    assert periods.read_periods(responsable_desk).year is None
    sheet = periods.read_period_sheet(desk, year)
    assert [(one.label, one.opening, one.came, one.went, one.counted, one.gap) for one in sheet.boxes] == [
        ("Caisse", 0, 1200, 0, 1200, 0)
    ]
    assert [(one.kind, one.came) for one in sheet.totals] == [(EntryKind.RECEIPT, 1200)]
    assert (sheet.days, sheet.gaps, sheet.receipts.last, sheet.closed_by) == (2, 0, "2026-00002", "Agent responsable")
    with desk.read() as uow:
        assert ledger.matches_anchor(uow.ledger.chain(), sheet.anchor.entries, sheet.anchor.head)
    periods.record_period_print(desk, year)
    with desk.read() as uow:
        assert [line.action for line in uow.audit.history("period", 202600)] == ["period.sheet_printed", "year.closed"]


def test_the_checklist_says_what_is_left(desk: Desk, clock: FixedClock) -> None:
    one_day(desk, 500)
    lines = periods.read_checklist(desk, NOVEMBER, periods.MONTH_ENDS)
    assert [(line.done, line.blocks) for line in lines] == [(True, True), (False, False), (False, False)]
    assert lines[1].text == "1\u00a0feuille de clôture n’est pas imprimée"
    go(clock, 2026, 11, 24)
    day = money.opened(desk, 500)
    assert not periods.read_checklist(desk, NOVEMBER, periods.MONTH_ENDS)[0].done
    money.closed(desk, day, 500)
    lines = periods.read_checklist(desk, NOVEMBER, periods.MONTH_ENDS)
    assert lines[1].text == "2\u00a0feuilles de clôture ne sont pas imprimées"
    assert all(line.done for line in periods.read_checklist(desk, month_of(dt.date(2026, 10, 5)), periods.MONTH_ENDS))


def test_another_area_may_block(responsable_desk: Desk, clock: FixedClock) -> None:
    go(clock, 2026, 12, 1)

    def undone(_desk: Desk, month: dt.date) -> MonthEndLine:
        return MonthEndLine(text=f"Pénalités de {month:%m}", done=False, blocks=True)

    with pytest.raises(RulesBroken) as caught:
        periods.close_period(responsable_desk, ClosePeriod(request_id="x", period=NOVEMBER), (undone,))
    assert dict(caught.value.violations[0].values)["what"] == "Pénalités de 11"


def test_only_the_responsable_closes(desk: Desk, clock: FixedClock) -> None:
    go(clock, 2026, 12, 1)
    assert not periods.read_periods(desk).may_close
    with pytest.raises(Forbidden):
        close(desk, NOVEMBER)
    with pytest.raises(RulesBroken) as caught:
        periods.read_period_sheet(desk, NOVEMBER)
    assert codes(caught) == ["period.unknown"]
