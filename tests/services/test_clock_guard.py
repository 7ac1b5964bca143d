"""A clock that was set wrong: asked at the door, refused at each entry of the ledger."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.base.clock import FixedClock
from antenne.domain.violations import RulesBroken
from antenne.services.clock_guard import LATE, ClockDoubt, confirm_day, look_at_clock
from antenne.services.desk import Desk
from antenne.services.money_checks import entries_chained
from antenne.wording import violations as sentences
from tests.services import money


def refused(desk: Desk, person_id: int) -> str:
    """The sentence that a receipt meets."""
    with pytest.raises(RulesBroken) as caught:
        money.paid(desk, person_id, 500)
    return " ".join(sentences.sentence(one) for one in caught.value.violations)


def test_a_clock_set_back_within_the_day_is_seen_at_the_next_receipt(desk: Desk, clock: FixedClock) -> None:
    awa = money.member(desk)
    money.opened(desk)
    clock.advance(dt.timedelta(hours=2))
    money.paid(desk, awa, 500)
    clock.advance(dt.timedelta(hours=-1))
    said = (
        "L’ordinateur dit 23/11/2026 à 10\u00a0h\u00a030, mais la dernière écriture de la caisse est du 23/11/2026 à "
    )
    assert refused(desk, awa).startswith(f"{said}11\u00a0h\u00a030.")
    with desk.read() as uow:
        assert (uow.ledger.last()[0], uow.receipts.last_name()) == (1, "2026-00001")
    clock.advance(dt.timedelta(hours=1))
    assert money.paid(desk, awa, 500).name == "2026-00002"


def test_what_is_saved_elsewhere_does_not_hide_it(desk: Desk, clock: FixedClock) -> None:
    awa = money.member(desk)
    money.opened(desk)
    money.paid(desk, awa, 500)
    last = clock.now()
    clock.advance(dt.timedelta(hours=-3))
    with desk.write() as uow:  # a page saved under the wrong hour: the newest link of the Historique is of now
        uow.audit.add(clock.now(), desk.actor.user_id, "person.saved", "person", awa)
        uow.commit()
    assert look_at_clock(desk) == ClockDoubt(clock.now(), last, back=True)
    refused(desk, awa)


def test_the_day_typed_at_the_door_lets_work_go_on_once(desk: Desk, clock: FixedClock) -> None:
    awa = money.member(desk)
    money.opened(desk)
    clock.advance(dt.timedelta(hours=4))
    money.paid(desk, awa, 500)
    clock.advance(dt.timedelta(hours=-4, minutes=1))
    assert look_at_clock(desk) is not None
    with pytest.raises(RulesBroken) as caught:
        confirm_day(desk, "22/11/2026")
    assert [one.code for one in caught.value.violations] == ["clock.other_day"]
    confirm_day(desk, "23/11/2026")
    assert look_at_clock(desk) is None
    made = money.paid(desk, awa, 500)
    assert (made.name, made.issued_at) == ("2026-00002", clock.now())
    clock.advance(dt.timedelta(minutes=-5))
    assert look_at_clock(desk) is not None
    refused(desk, awa)
    confirm_day(desk, "23/11/2026")
    assert money.paid(desk, awa, 500).name == "2026-00003"
    assert entries_chained(desk).ok


def test_a_confirmation_before_the_entries_does_not_hold_for_them(desk: Desk, clock: FixedClock) -> None:
    confirm_day(desk, "23/11/2026")
    awa = money.member(desk)
    money.opened(desk)
    clock.advance(dt.timedelta(hours=1))
    money.paid(desk, awa, 500)
    clock.advance(dt.timedelta(minutes=-30))
    refused(desk, awa)


def test_a_clock_long_after_is_asked_at_the_door(desk: Desk, clock: FixedClock) -> None:
    money.member(desk)
    money.opened(desk)
    last = clock.now()
    clock.advance(LATE)
    assert look_at_clock(desk) is None
    clock.advance(dt.timedelta(seconds=1))
    assert look_at_clock(desk) == ClockDoubt(clock.now(), last, back=False)
