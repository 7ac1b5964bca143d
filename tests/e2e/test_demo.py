"""The demonstration office holds together: every check passes, three years of money add up, one day is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from antenne import app
from antenne.base.clock import FixedClock
from antenne.base.progress import Silent
from antenne.domain.account_papers import Period
from antenne.services import access, books, cash_days, checks, opening, projects
from antenne.services.desk import Desk
from tests.e2e.offices import NOW, DemoOffice


@pytest.fixture
def desk(office: DemoOffice) -> Iterator[Desk]:
    """The responsable's desk."""
    label, phrase = office.account("responsable")
    opened = opening.open_desk(office.folder, access.unlock(office.folder, phrase, label), FixedClock(NOW))
    yield opened
    opened.close()


def test_every_check_passes(desk: Desk) -> None:
    found = checks.check_base(desk, (*checks.GENERAL, *app.checks()), Silent())
    assert [one for one in found if not one.ok] == []


def test_three_years_of_closed_days_and_one_that_is_open(desk: Desk) -> None:
    state = cash_days.cash_state(desk)
    assert [box.box.code for box in state.boxes if box.is_open] == ["caisse"]
    with desk.read() as uow:
        days = uow.cashbook.days(dt.date(2024, 1, 1), NOW.date(), state.cash.box.id)
        gaps = [one for one in uow.cashbook.closings() if one.gap]
        waiting = uow.receipts.unprinted()
        through = uow.cashbook.closed_through()
        reasons = [uow.cashbook.day(one.cash_day_id) for one in gaps]
    assert len(days) > 700
    assert 5 <= len(gaps) <= 60
    assert all(day is not None and day.gap_reason for day in reasons)
    assert len(waiting) == 1
    assert through == dt.date(2026, 9, 30)
    balance = books.trial_balance(desk, Period(dt.date(2024, 1, 1), NOW.date()))
    assert balance.balanced
    held = {row.code: row.closing for row in balance.rows}
    assert held["571"] == state.cash.balance


def test_what_the_donor_sent_is_near_what_was_spent(desk: Desk) -> None:
    (use,) = projects.list_projects(desk)
    for one in use.lines:
        assert one.spent <= one.received <= one.line.amount
    assert use.received <= use.spent * 3 // 2
