"""Receipts at the edges: two lanes at once, midnight of the year's end, amounts that are none, a rollback."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from antenne.base.clock import FixedClock
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.basket import BasketLine
from antenne.domain.receipts import Receipt, ReceiptLine, missing_numbers
from antenne.domain.violations import RulesBroken
from antenne.services import receipts
from antenne.services.cash_days import cash_state
from antenne.services.desk import Desk
from antenne.services.receipts import Collect
from tests.services import money


def test_two_lanes_share_the_numbers_without_a_gap(desk: Desk) -> None:
    awa = money.member(desk)
    money.opened(desk)
    with ThreadPoolExecutor(2) as lanes:
        made = list(lanes.map(lambda _: money.paid(desk, awa, 100), range(40)))
    numbers = {one.number for one in made}
    assert (len(numbers), missing_numbers(numbers, 40)) == (40, ())
    assert cash_state(desk).cash.balance == 4000


def test_the_same_request_from_two_lanes_makes_one_receipt(desk: Desk) -> None:
    awa = money.member(desk)
    money.opened(desk)
    line = BasketLine(kind="test", person_id=awa, amount=100)
    command = Collect(request_id="double click", lines=(line,))
    with ThreadPoolExecutor(2) as lanes:
        made = list(lanes.map(lambda _: receipts.collect(desk, command, money.SOURCES).value, range(6)))
    assert {one[0].id for one in made} == {made[0][0].id}
    assert cash_state(desk).cash.balance == 100


def test_a_number_taken_by_a_rollback_is_given_again(desk: Desk) -> None:
    def broken(_desk: Desk, _uow: UnitOfWork, _receipt: Receipt, _line: ReceiptLine) -> None:
        raise OSError("power cut")

    awa = money.member(desk)
    money.opened(desk)
    failing = (replace(money.PLAIN, record=broken),)
    line = BasketLine(kind="test", person_id=awa, amount=100)
    with pytest.raises(OSError, match="power cut"):
        receipts.collect(desk, Collect(request_id="x", lines=(line,)), failing)
    with desk.read() as uow:
        assert uow.rows("SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM receipt)") == [(0, 0)]
    assert money.paid(desk, awa, 100).number == 1


def test_at_midnight_of_the_year_s_end_the_basket_waits_for_the_new_day(desk: Desk, clock: FixedClock) -> None:
    clock.advance(dt.datetime(2026, 12, 31, 23, 59, tzinfo=dt.UTC) - clock.now())
    awa = money.member(desk)
    day = money.opened(desk)
    assert money.paid(desk, awa, 100).name == "2026-00001"
    clock.advance(dt.timedelta(minutes=2))
    with pytest.raises(RulesBroken, match=r"cashbook\.yesterday_open"):
        money.paid(desk, awa, 100)
    money.closed(desk, day, 100)
    money.opened(desk, 100)
    receipt = money.paid(desk, awa, 100)
    assert (receipt.name, receipt.day) == ("2027-00001", dt.date(2027, 1, 1))


@pytest.mark.parametrize("amount", [0, -1, 10**13])
def test_an_amount_that_is_none_is_refused(desk: Desk, amount: int) -> None:
    awa = money.member(desk)
    money.opened(desk)
    with pytest.raises(RulesBroken, match=r"receipt\.amount"):
        money.paid(desk, awa, amount)
    assert cash_state(desk).cash.balance == 0


def test_more_change_than_the_box_holds_is_refused(desk: Desk) -> None:
    awa = money.member(desk)
    money.opened(desk)
    money.paid(desk, awa, 500, handed=1000, given=0)
    assert cash_state(desk).cash.balance == 1000
    with pytest.raises(RulesBroken, match=r"receipt\.given_too_much"):
        money.paid(desk, awa, 500, handed=1000, given=600)
