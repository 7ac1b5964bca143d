"""Boxes and their days: when money may enter, what a closing wants explained."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain import cashbook
from antenne.domain.cashbook import DENOMINATIONS, Box, CashCount, CashDay, Closing, Opening, Pieces

TODAY = dt.date(2026, 11, 23)
AT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)
CASH = Box(1, "caisse", "Caisse")
OPEN = CashDay(id=4, box_id=1, day=TODAY, opened_at=AT, opened_by=2, opening_amount=1000)
YESTERDAY = replace(OPEN, id=3, day=TODAY - dt.timedelta(days=1))
CLOSED = replace(YESTERDAY, closed_at=AT, closed_by=2, counted_amount=5000)


@pytest.mark.parametrize(
    ("opening", "last", "same_day", "codes"),
    [
        (Opening(TODAY, 5000), CLOSED, False, []),
        (Opening(TODAY, 700), None, False, []),
        (Opening(TODAY, 4900), CLOSED, False, ["cashbook.opening_gap"]),
        (Opening(TODAY, 4900, "pièce fausse"), CLOSED, False, []),
        (Opening(TODAY, 0), OPEN, False, ["cashbook.already_open"]),
        (Opening(TODAY, 0), YESTERDAY, False, ["cashbook.still_open"]),
        (Opening(TODAY, 5000), CLOSED, True, ["cashbook.closed_day"]),
        (Opening(TODAY - dt.timedelta(days=5), 5000), CLOSED, False, ["cashbook.before_last"]),
        (Opening(TODAY - dt.timedelta(days=5), 5000, "date fausse hier"), CLOSED, False, []),
        (Opening(TODAY, -1), None, False, ["cashbook.negative"]),
        (Opening(TODAY, 10**12 + 1), None, False, ["cashbook.too_much"]),
    ],
)
def test_when_a_box_may_be_opened(opening: Opening, last: CashDay | None, same_day: bool, codes: list[str]) -> None:
    assert [found.code for found in cashbook.check_opening(CASH, opening, last, same_day=same_day)] == codes


def test_a_box_at_rest_is_not_opened() -> None:
    found = cashbook.check_opening(replace(CASH, active=False), Opening(TODAY, 0), None, same_day=False)
    assert [one.code for one in found] == ["cashbook.inactive"]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (OPEN, []),
        (None, ["cashbook.not_open"]),
        (CLOSED, ["cashbook.closed_day"]),
        (YESTERDAY, ["cashbook.yesterday_open"]),
        (replace(OPEN, day=TODAY + dt.timedelta(days=1)), ["cashbook.clock_back"]),
    ],
)
def test_when_money_may_enter(day: CashDay | None, codes: list[str]) -> None:
    assert [found.code for found in cashbook.check_entering(day, TODAY)] == codes


def test_a_gap_wants_an_explanation_and_a_closed_day_stays_closed() -> None:
    assert cashbook.check_closing(OPEN, 500, 500, "") == ()
    assert cashbook.check_closing(OPEN, 500, 450, "billet déchiré") == ()
    (gap,) = cashbook.check_closing(OPEN, 500, 450, "  ")
    assert (gap.code, dict(gap.values)["gap"]) == ("cashbook.gap_unexplained", -50)
    assert [one.code for one in cashbook.check_closing(CLOSED, 0, 0, "x" * 501)] == [
        "cashbook.closed_day",
        "cashbook.reason_long",
    ]


@given(st.dictionaries(st.sampled_from(DENOMINATIONS), st.tuples(st.integers(0, 9999), st.integers(0, 9999))))
def test_a_count_is_the_sum_of_its_pieces(pieces: dict[int, tuple[int, int]]) -> None:
    count = CashCount({value: Pieces(*both) for value, both in pieces.items()})
    assert count.total == sum(value * (good + worn) for value, (good, worn) in pieces.items())
    assert count.total == count.good + count.worn
    assert cashbook.check_count(count) == ()


def test_a_count_knows_its_notes_and_coins() -> None:
    wrong = cashbook.check_count(CashCount({300: Pieces(1), 500: Pieces(-1), 250: Pieces(0, 10**12 + 1)}))
    assert [one.code for one in wrong] == ["cashbook.denomination", "cashbook.pieces", "cashbook.pieces"]


def test_a_closing_tells_its_gap_and_its_anchor() -> None:
    closing = Closing(
        cash_day_id=4, theoretical=500, counted=450, entries=12, last_receipt="2026-00003", head="7F3A91C20KQ8ZZ4T"
    )
    assert closing.gap == -50
    assert closing.anchor.code == "12-7F3A-91C2-0KQ8-ZZ4T"
    assert CASH.is_cash
    assert not replace(CASH, code="orange").is_cash


@pytest.mark.parametrize(("balance", "given_back", "possible"), [(500, 500, True), (499, 500, False), (5, -1, False)])
def test_change_must_be_in_the_box(balance: int, given_back: int, possible: bool) -> None:
    assert cashbook.can_give_change(balance, given_back) is possible
