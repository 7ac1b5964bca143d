"""Receipts on a real encrypted base: one basket, numbers without gaps, cancellations, change, hand-written ones."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from antenne.base.clock import FixedClock
from antenne.db.slots import Unlocked
from antenne.domain import ledger
from antenne.domain.accounts import Use
from antenne.domain.basket import BasketLine
from antenne.domain.receipts import MANUAL
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import opening, receipts
from antenne.services.cash_days import cash_state
from antenne.services.desk import Desk
from antenne.services.receipts import CancelReceipt, Collect, HandWritten, ReturnChange
from tests.services import money


def codes(caught: pytest.ExceptionInfo[RulesBroken]) -> list[str]:
    return [violation.code for violation in caught.value.violations]


def chain_is_whole(desk: Desk) -> bool:
    with desk.read() as uow:
        return not ledger.ledger_faults(uow.ledger.chain())


def test_one_basket_gives_each_woman_her_receipt_and_numbers_follow(desk: Desk) -> None:
    awa, fanta = money.member(desk, 1), money.member(desk, 2, first_name="Fanta")
    money.opened(desk, 10_000)
    lines = (
        BasketLine(kind="test", person_id=awa, amount=1000),
        BasketLine(kind="test", person_id=fanta, amount=550),
        BasketLine(kind="test", person_id=awa, amount=500),
    )
    command = Collect(request_id="one", lines=lines, handed=2500, given=400)
    made = receipts.collect(desk, command, money.SOURCES).value
    assert [(one.name, one.person_id, one.total) for one in made] == [
        ("2026-00001", awa, 1500),
        ("2026-00002", fanta, 550),
    ]
    assert [(one.handed, one.change_given, one.change_due) for one in made] == [(1500, 0, 0), (1000, 400, 50)]
    assert len(made[0].control) == 10
    assert made[0].control != made[1].control
    again = receipts.collect(desk, command, money.SOURCES).value
    assert again == made
    assert money.paid(desk, awa, 700).name == "2026-00003"
    assert cash_state(desk).cash.balance == 10_000 + 1500 + 600 + 700
    assert chain_is_whole(desk)


def test_the_change_still_due_is_returned_once(desk: Desk) -> None:
    awa = money.member(desk)
    money.opened(desk)
    money.paid(desk, awa, 500, handed=1000, given=300)
    with pytest.raises(RulesBroken) as caught:
        receipts.return_change(desk, ReturnChange(request_id="a", person_id=awa, amount=250))
    assert codes(caught) == ["receipt.change_amount"]
    assert receipts.return_change(desk, ReturnChange(request_id="b", person_id=awa, amount=200)).value == 0
    assert receipts.return_change(desk, ReturnChange(request_id="b", person_id=awa, amount=200)).value == 0
    assert cash_state(desk).cash.balance == 500
    assert chain_is_whole(desk)


def test_a_cancelled_receipt_keeps_its_number_and_the_money_goes_back(desk: Desk) -> None:
    awa = money.member(desk)
    money.opened(desk)
    first = money.paid(desk, awa, 500)
    cancelled = receipts.cancel_receipt(
        desk, CancelReceipt(request_id="c", receipt_id=first.id, reason="mauvaise femme"), money.SOURCES
    ).value
    assert cancelled.cancelled_on == dt.date(2026, 11, 23)
    assert cash_state(desk).cash.balance == 0
    assert money.paid(desk, awa, 500).number == 2
    with pytest.raises(RulesBroken) as caught:
        receipts.cancel_receipt(desk, CancelReceipt(request_id="d", receipt_id=first.id, reason="x"), money.SOURCES)
    assert codes(caught) == ["receipt.already_cancelled"]
    with desk.read() as uow:
        reversal = uow.ledger.get(cancelled.cancelled_by or 0)
    assert reversal is not None
    assert ledger.check_reversal(reversal, None)[0].code == "ledger.reversal_of_reversal"
    assert chain_is_whole(desk)


def test_a_hand_written_receipt_has_its_own_series_and_real_date(desk: Desk) -> None:
    awa = money.member(desk)
    money.opened(desk)
    by_hand = HandWritten(17, dt.date(2026, 11, 20))
    receipt = money.paid(desk, awa, 500, by_hand=by_hand)
    assert (receipt.series, receipt.name, receipt.day) == (MANUAL, "M 2026-00017", dt.date(2026, 11, 20))
    assert receipt.printed_at is not None
    with pytest.raises(RulesBroken) as caught:
        money.paid(desk, awa, 500, by_hand=by_hand)
    assert codes(caught) == ["receipt.manual_taken"]
    assert money.paid(desk, awa, 500).name == "2026-00001"


def test_nothing_enters_before_the_opening_nor_after_the_closing(desk: Desk, clock: FixedClock) -> None:
    awa = money.member(desk)
    with pytest.raises(RulesBroken) as caught:
        money.paid(desk, awa, 500)
    assert codes(caught) == ["cashbook.not_open"]
    day = money.opened(desk)
    money.paid(desk, awa, 500)
    clock.advance(dt.timedelta(days=1))
    with pytest.raises(RulesBroken) as caught:
        money.paid(desk, awa, 500)
    assert codes(caught) == ["cashbook.yesterday_open"]
    money.closed(desk, day, 500)
    day = money.opened(desk, 500)
    assert money.paid(desk, awa, 500).day == dt.date(2026, 11, 24)
    money.closed(desk, day, 1000)
    with pytest.raises(RulesBroken) as caught:
        money.paid(desk, awa, 500)
    assert codes(caught) == ["cashbook.closed_day"]


def test_the_whole_basket_or_nothing(desk: Desk) -> None:
    awa = money.member(desk)
    money.opened(desk)
    lines = (
        BasketLine(kind="test", person_id=awa, amount=0),
        BasketLine(kind="nothing", person_id=awa, amount=5),
    )
    with pytest.raises(RulesBroken) as caught:
        receipts.collect(desk, Collect(request_id="x", lines=lines), money.SOURCES)
    assert codes(caught) == ["receipt.unknown_kind"]
    with pytest.raises(RulesBroken) as caught:
        receipts.collect(desk, Collect(request_id="x", lines=lines[:1]), money.SOURCES)
    assert codes(caught) == ["receipt.amount"]
    with desk.read() as uow:
        assert uow.ledger.last()[0] == 0
        assert uow.receipts.last_number(2026) == 0


def test_mobile_money_goes_to_its_own_box_that_follows_the_cash(desk: Desk) -> None:
    awa = money.member(desk)
    with pytest.raises(RulesBroken) as caught:
        money.paid(desk, awa, 500, box="orange")
    assert codes(caught) == ["cashbook.not_open"]
    money.opened(desk)
    money.paid(desk, awa, 500, box="orange", reference="OM-1")
    balances = {state.box.code: state.balance for state in cash_state(desk).boxes}
    assert (balances["caisse"], balances["orange"]) == (0, 500)
    with desk.read() as uow:
        assert uow.accounts.by_use(f"{Use.BOX}orange").label == "Orange Money"


def test_reading_only_may_not_collect(
    made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, clock: FixedClock
) -> None:
    visitor = opening.open_desk(office_folder, made_office[1]["lecture"], clock)
    try:
        with pytest.raises(Forbidden):
            receipts.collect(visitor, Collect(request_id="x", lines=()), money.SOURCES)
    finally:
        visitor.close()
