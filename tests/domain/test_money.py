"""Amounts and counts: exact, or refused with a reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain.money import MOST, change_to_give, grouped, read_amount, read_count
from antenne.domain.violations import Violation


@given(st.integers(0, MOST))
def test_what_is_shown_is_read_again(amount: int) -> None:
    assert read_amount(grouped(amount)) == amount
    assert read_count(grouped(amount)) == amount


@given(st.text())
def test_reading_never_raises(typed: str) -> None:
    for found in (read_amount(typed), read_count(typed)):
        assert isinstance(found, Violation) or 0 <= found <= MOST


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("12500", 12500), ("12 500", 12500), ("12\u202f500\u00a0FCFA", 12500), ("12 500 F CFA", 12500), ("500 francs", 500),
     ("&é(àà", 12500), ("-à", 60), ("0007", 7), ("0" * 40, 0), (str(MOST), MOST)],
)  # fmt: skip
def test_amounts_as_she_types_them(typed: str, amount: int) -> None:
    assert read_amount(typed) == amount


@pytest.mark.parametrize(
    ("typed", "code"),
    [("12,5k", "not_a_number"), ("12-5", "not_a_number"), ("", "not_a_number"), ("٣", "not_a_number"), ("1e3", "not_a_number"),
     ("-500", "negative"), ("−500", "negative"), ("-1,5", "negative"), ("12,5", "decimals"), ("12.500", "decimals"),
     (str(MOST + 1), "too_much"), ("9" * 5000, "too_much")],
)  # fmt: skip
def test_what_is_not_an_amount_is_not_guessed(typed: str, code: str) -> None:
    amount, count = read_amount(typed), read_count(typed)
    assert isinstance(amount, Violation)
    assert isinstance(count, Violation)
    assert (amount.code, count.code) == (f"money.{code}", f"count.{code}")


def test_thousands_stand_apart() -> None:
    assert grouped(12500) == "12\u202f500"
    assert grouped(-1200000) == "-1\u202f200\u202f000"


@given(st.integers(0, MOST))
def test_change_is_rounded_down_to_coins_that_exist(change: int) -> None:
    assert change_to_give(change, rounded=False) == change
    given_back = change_to_give(change, rounded=True)
    assert given_back % 5 == 0
    assert 0 <= change - given_back < 5
