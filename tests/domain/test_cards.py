"""The rules of cards: one date rule, one state, what stands against a card."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain import cards
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.cards import CardKind, CardState, MemberCard, Offsets, Wanted
from antenne.domain.persons import Consent, Membership, Person, Purpose

TODAY = dt.date(2026, 11, 23)
DAY = dt.date(2026, 3, 1)
CARD = MemberCard(id=1, person_id=1, issued_on=DAY, valid_until=dt.date(2026, 12, 31))
PRINTED = replace(CARD, printed_at=dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC))
HANDED = replace(PRINTED, handed_on=DAY, handed_how="signature")


@given(st.dates(dt.date(2020, 1, 1), dt.date(2090, 12, 31)), st.integers(1, 12))
def test_a_card_ends_with_its_month_within_a_year(on: dt.date, month: int) -> None:
    until = cards.last_valid_day(on, month)
    assert until.month == month
    assert (until + dt.timedelta(days=1)).day == 1
    assert on <= until
    assert (until - on).days <= 366
    assert cards.last_valid_day(until, month) == until
    assert cards.last_valid_day_of_year(on.year, month).year == on.year


def test_the_date_rule_in_figures() -> None:
    assert cards.last_valid_day(TODAY, 12) == dt.date(2026, 12, 31)
    assert cards.last_valid_day(TODAY, 6) == dt.date(2027, 6, 30)
    assert cards.last_valid_day(dt.date(2028, 2, 1), 2) == dt.date(2028, 2, 29)


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        (CARD, CardState.TO_PRINT),
        (PRINTED, CardState.PRINTED),
        (HANDED, CardState.HANDED),
        (replace(HANDED, valid_until=dt.date(2026, 11, 22)), CardState.EXPIRED),
        (replace(HANDED, valid_until=TODAY), CardState.HANDED),
        (replace(HANDED, replaced_by=9, valid_until=DAY), CardState.REPLACED),
        (replace(HANDED, replaced_by=9, lost_on=DAY), CardState.LOST),
    ],
)
def test_state(card: MemberCard, expected: CardState) -> None:
    assert cards.state(card, TODAY) is expected


def test_the_card_in_use_is_the_one_that_lasts() -> None:
    next_one = replace(CARD, id=2, valid_until=dt.date(2027, 12, 31))
    lost = replace(CARD, id=3, valid_until=dt.date(2028, 12, 31), lost_on=DAY)
    replaced = replace(CARD, id=4, valid_until=dt.date(2028, 12, 31), replaced_by=5)
    assert cards.in_use((CARD, next_one, lost, replaced)) == next_one
    assert cards.in_use((CARD, replace(next_one, kind=CardKind.DISCREET)), CardKind.STANDARD) == CARD
    assert cards.in_use(()) is None


def _codes(found: tuple[Any, ...]) -> set[str]:
    return {violation.code for violation in found}


def test_hand_over() -> None:
    assert cards.check_hand_over(PRINTED, TODAY, "signature", "") == ()
    assert cards.check_hand_over(PRINTED, TODAY, "empreinte", "pouce gauche") == ()
    assert _codes(cards.check_hand_over(PRINTED, TODAY, "empreinte", " ")) == {"card.finger"}
    assert _codes(cards.check_hand_over(CARD, TODAY, "", "")) == {"card.not_to_hand.to_print", "card.how"}


def test_lost() -> None:
    assert cards.check_lost(HANDED, TODAY, TODAY, "volee") == ()
    lost = replace(HANDED, lost_on=DAY, replaced_by=2, printed_at=None)
    assert _codes(cards.check_lost(lost, TODAY, TODAY + dt.timedelta(1), "oubliee")) == {
        "card.already_lost",
        "card.already_replaced",
        "card.never_printed",
        "card.lost_later",
        "card.lost_how",
    }
    assert _codes(cards.check_lost(HANDED, TODAY, DAY - dt.timedelta(1), "perdue")) == {"card.lost_before"}


def test_replace_and_duplicate() -> None:
    assert cards.check_replace(HANDED, TODAY, "abimee") == ()
    bad = replace(CARD, replaced_by=2, valid_until=DAY)
    assert _codes(cards.check_replace(bad, TODAY, "")) == {
        "card.already_replaced",
        "card.never_printed",
        "card.expired",
        "card.reason",
    }
    old = replace(HANDED, layout=0, duplicate_no=1, kind=CardKind.DISCREET)
    made = cards.duplicate_of(old, TODAY, "abimee")
    assert (made.duplicate_no, made.layout, made.kind, made.valid_until) == (2, 0, CardKind.DISCREET, CARD.valid_until)
    assert made.printed_at is None
    assert cards.duplicate_of(old, TODAY, "presentation").layout == cards.LAYOUT


@given(*[st.integers(-100, 100)] * 4)
def test_measures_and_offsets_are_inverse(x: int, y: int, back_x: int, back_y: int) -> None:
    offsets = Offsets(x, y, back_x, back_y)
    assert cards.measured_offsets(*cards.measures(offsets)) == offsets
    assert cards.check_offsets(offsets) == ()


def test_offsets_too_far_are_named() -> None:
    found = cards.check_offsets(Offsets(101, -101, 0, 5))
    assert [violation.field for violation in found] == ["x", "y"]


def _person(**over: Any) -> Person:
    values: dict[str, Any] = {
        "id": 5,
        "last_name": "Koné",
        "first_name": "Fatoumata",
        "birth": Birth(Precision.ABOUT, dt.date(1994, 1, 1)),
        "membership": Membership("M-00931", DAY),
        "consents": (Consent(Purpose.FILE, DAY, "signature"), Consent(Purpose.PHOTO, DAY, "signature")),
    }
    return Person(**(values | over))


def _lacks(
    kind: CardKind = CardKind.STANDARD, *, has_photo: bool = True, without: bool = False, **over: Any
) -> set[str]:
    wanted = Wanted(person=_person(**over), kind=kind, has_photo=has_photo, without_photo=without)
    return _codes(cards.lacks(wanted, TODAY, 18))


def test_what_stands_against_a_card() -> None:
    assert _lacks() == set()
    assert _lacks(membership=None) == {"card.not_member"}
    assert _lacks(membership=Membership("M-1", DAY, left_on=DAY)) == {"card.not_active"}
    assert _lacks(membership=Membership("M-1", DAY, suspended_on=DAY)) == {"card.not_active"}
    assert _lacks(died_on=DAY, first_name=" ") == {"card.not_active", "card.no_name"}
    assert _lacks(has_photo=False) == {"card.no_photo"}
    assert _lacks(has_photo=False, without=True) == set()
    assert _lacks(has_photo=False, consents=()) == set()
    withdrawn = (Consent(Purpose.FILE, DAY, "signature", withdrawn_on=TODAY),)
    assert _lacks(consents=withdrawn) == {"card.no_consent"}
    assert _lacks(CardKind.DISCREET, has_photo=False) == {"card.no_pseudonym"}
    assert _lacks(CardKind.DISCREET, has_photo=False, pseudonym="Colombe") == set()


def test_the_finding_names_her_and_the_field() -> None:
    (found,) = cards.lacks(Wanted(person=_person(), kind=CardKind.STANDARD, has_photo=False), TODAY, 18)
    assert found.field == "photo"
    assert dict(found.values) == {"name": "KONÉ Fatoumata", "person_id": 5}


@pytest.mark.parametrize(
    ("birth", "of_age"),
    [
        (Birth(Precision.DAY, dt.date(2008, 11, 23)), True),
        (Birth(Precision.DAY, dt.date(2008, 11, 24)), False),
        (Birth(Precision.ABOUT, dt.date(2008, 1, 1)), False),
        (Birth(Precision.AGE, dt.date(1996, 1, 1), 30, dt.date(2026, 11, 1)), True),
        (UNKNOWN, False),
    ],
)
def test_majority_must_be_sure(birth: Birth, of_age: bool) -> None:
    assert ("card.minor" in _lacks(birth=birth)) is not of_age
    assert "card.minor" not in _lacks(birth=birth, evident_adult="carte vue")
