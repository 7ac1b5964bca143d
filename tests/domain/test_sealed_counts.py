"""Distinct persons from rows that name nobody equal brute force, over every whole-month period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antenne.domain import sealed_counts
from antenne.domain.sealed_counts import LEFT_OUT, PUBLISHED, WHOLE, Aliases, Counted, CountRow, Figure

FIRST_YEAR = 2024
MONTHS = [f"{FIRST_YEAR + number // 12}-{number % 12 + 1:02d}" for number in range(30)]

days = st.integers(0, len(MONTHS) - 1).flatmap(
    lambda month: st.integers(1, 28).map(lambda day: dt.date(FIRST_YEAR + month // 12, month % 12 + 1, day))
)
events = st.builds(
    Counted,
    indicator=st.sampled_from(PUBLISHED[-3:]),
    on=days,
    person=st.sampled_from("abcdef"),
    cell=st.sampled_from((WHOLE, LEFT_OUT)),
)
histories = st.lists(events, max_size=40)


def brute_force(history: Sequence[Counted], indicator: str, first: str, last: str, cell: str) -> Figure:
    meant = [
        one
        for one in history
        if one.indicator == indicator and one.cell == cell and first <= one.on.strftime("%Y-%m") <= last
    ]
    return Figure(len({one.person for one in meant}), len(meant))


@given(histories)
@settings(max_examples=60)
def test_every_whole_month_period_equals_brute_force(history: list[Counted]) -> None:
    rows = sealed_counts.count_rows(history)
    for indicator in PUBLISHED[-3:]:
        for start in range(0, len(MONTHS), 2):
            for end in range(start, len(MONTHS), 3):
                for cell in (WHOLE, LEFT_OUT):
                    period = (MONTHS[start], MONTHS[end])
                    found = sealed_counts.figure(rows, indicator, *period, cell)
                    assert found == brute_force(history, indicator, *period, cell)


@given(histories, st.randoms(use_true_random=False))
def test_neither_the_order_nor_the_names_of_the_women_can_be_told(history: list[Counted], random: Random) -> None:
    other = [Counted(one.indicator, one.on, f"{ord(one.person)}", one.cell) for one in history]
    random.shuffle(other)
    assert sealed_counts.count_rows(other) == sealed_counts.count_rows(history)


def test_a_woman_who_comes_back_counts_once_in_the_year_and_once_in_each_month() -> None:
    history = [
        Counted("ecoutes.femmes", dt.date(2024, 1, 5), "awa"),
        Counted("ecoutes.femmes", dt.date(2024, 1, 20), "awa"),
        Counted("ecoutes.femmes", dt.date(2024, 3, 2), "awa"),
        Counted("ecoutes.femmes", dt.date(2024, 3, 3), "oumou"),
    ]
    rows = sealed_counts.count_rows(history)
    assert rows == (
        CountRow("ecoutes.femmes", "2024-01", None, "", 1, 2),
        CountRow("ecoutes.femmes", "2024-03", None, "", 1, 1),
        CountRow("ecoutes.femmes", "2024-03", "2024-01", "", 1, 1),
    )
    assert sealed_counts.figures(rows, "2024-01", "2024-12")["ecoutes.femmes"] == Figure(2, 4)
    assert sealed_counts.figures(rows, "2024-02", "2024-03")["ecoutes.femmes"] == Figure(2, 2)
    assert sealed_counts.figures(rows, "2024-01", "2024-12")["ecoutes.mineures"] == Figure()


def test_what_is_not_published_is_never_counted() -> None:
    with pytest.raises(ValueError, match="secret"):
        sealed_counts.count_rows([Counted("secret", dt.date(2024, 1, 5), "awa")])


def test_a_code_that_becomes_a_person_is_the_same_woman() -> None:
    aliases = Aliases()
    aliases.tie("code:K7Q2", "person:7")
    aliases.tie("person:7", "code:ABCD")
    aliases.tie("code:ABCD", "code:K7Q2")
    assert len({aliases.of(name) for name in ("code:K7Q2", "person:7", "code:ABCD")}) == 1
    assert aliases.of("person:8") == "person:8"
