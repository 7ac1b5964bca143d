"""The thirty clear days: the last day, the states in order, births that are not known to the day, the register."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.civil_clock import (
    BIRTH_DELAY,
    Clock,
    ClockState,
    Delay,
    declaration_clock,
    delay_makes_sense,
    special_register,
)

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
FREE_DAYS = BIRTH_DELAY.free_days
ORDER = (ClockState.IN_TIME, ClockState.SOON, ClockState.TO_CHECK, ClockState.PAST)


def born(day: dt.date) -> Birth:
    return Birth(Precision.DAY, day)


def test_neither_the_day_of_birth_nor_the_last_day_counts() -> None:
    clock = declaration_clock(born(dt.date(2026, 11, 1)), dt.date(2026, 11, 23))
    assert clock == Clock(dt.date(2026, 12, 2), 9, ClockState.SOON, 22)


@given(DAYS, st.integers(0, 4000))
def test_the_last_day_is_the_birth_and_thirty_one(day: dt.date, later: int) -> None:
    on = day + dt.timedelta(days=later)
    clock = declaration_clock(born(day), on)
    assert clock.last_day is not None
    assert (clock.last_day - day).days == FREE_DAYS + 1
    assert clock.day_count == later
    assert clock.days_left == FREE_DAYS + 1 - later
    between = (clock.last_day - day).days - 1
    assert between == FREE_DAYS


@given(DAYS, st.integers(0, 60))
def test_the_states_follow_each_other_and_never_come_back(day: dt.date, later: int) -> None:
    now = declaration_clock(born(day), day + dt.timedelta(days=later)).state
    after = declaration_clock(born(day), day + dt.timedelta(days=later + 1)).state
    assert ORDER.index(now) <= ORDER.index(after) <= ORDER.index(now) + 1


@pytest.mark.parametrize(
    ("count", "state"),
    [
        (0, ClockState.IN_TIME),
        (19, ClockState.IN_TIME),
        (20, ClockState.SOON),
        (29, ClockState.SOON),
        (30, ClockState.TO_CHECK),
        (31, ClockState.TO_CHECK),
        (32, ClockState.TO_CHECK),
        (33, ClockState.PAST),
    ],
)
def test_where_each_state_begins(count: int, state: ClockState) -> None:
    day = dt.date(2026, 10, 12)
    assert declaration_clock(born(day), day + dt.timedelta(days=count)).state is state


def test_another_law_counts_other_days() -> None:
    delay, day = Delay(free_days=45, warn_from=30, doubt_from=44, doubt_until=48), dt.date(2026, 10, 1)
    for count, state in ((29, ClockState.IN_TIME), (30, ClockState.SOON), (43, ClockState.SOON),
                         (44, ClockState.TO_CHECK), (48, ClockState.TO_CHECK), (49, ClockState.PAST)):  # fmt: skip
        clock = declaration_clock(born(day), day + dt.timedelta(days=count), delay)
        assert (clock.state, clock.days_left, clock.delay) == (state, 46 - count, delay)
    month = Birth(Precision.MONTH, day)
    assert declaration_clock(month, dt.date(2026, 12, 18), delay).state is ClockState.TO_CHECK
    assert declaration_clock(month, dt.date(2026, 12, 19), delay).state is ClockState.PAST


@pytest.mark.parametrize(
    ("delay", "sensible"),
    [
        (BIRTH_DELAY, True),
        (Delay(30, 0, 30, 32), False),
        (Delay(30, 30, 30, 32), False),
        (Delay(30, 20, 32, 33), False),
        (Delay(30, 20, 31, 31), True),
        (Delay(30, 20, 30, 30), False),
    ],
)
def test_the_doubt_lies_around_the_last_day_and_the_warning_before_it(delay: Delay, sensible: bool) -> None:
    assert delay_makes_sense(delay) is sensible


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (dt.date(2024, 2, 29), dt.date(2024, 3, 31)),
        (dt.date(2024, 1, 29), dt.date(2024, 2, 29)),
        (dt.date(2024, 1, 30), dt.date(2024, 3, 1)),
        (dt.date(2023, 1, 29), dt.date(2023, 3, 1)),
        (dt.date(2025, 12, 15), dt.date(2026, 1, 15)),
    ],
)
def test_leap_years_and_the_turn_of_the_year(day: dt.date, last: dt.date) -> None:
    assert declaration_clock(born(day), day).last_day == last


def test_a_birth_after_the_day_is_refused() -> None:
    with pytest.raises(ValueError, match="born later"):
        declaration_clock(born(dt.date(2026, 11, 24)), dt.date(2026, 11, 23))
    with pytest.raises(ValueError, match="born later"):
        declaration_clock(Birth(Precision.MONTH, dt.date(2026, 12, 1)), dt.date(2026, 11, 23))


@pytest.mark.parametrize(
    ("birth", "on", "state"),
    [
        (UNKNOWN, dt.date(2026, 11, 23), ClockState.TO_CHECK),
        (Birth(Precision.EVENT, event="la grande crue"), dt.date(2026, 11, 23), ClockState.TO_CHECK),
        (Birth(Precision.MONTH, dt.date(2026, 11, 1)), dt.date(2026, 11, 23), ClockState.TO_CHECK),
        (Birth(Precision.MONTH, dt.date(2026, 10, 1)), dt.date(2026, 12, 2), ClockState.TO_CHECK),
        (Birth(Precision.MONTH, dt.date(2026, 10, 1)), dt.date(2026, 12, 3), ClockState.PAST),
        (Birth(Precision.YEAR, dt.date(2026, 1, 1)), dt.date(2026, 11, 23), ClockState.TO_CHECK),
        (Birth(Precision.YEAR, dt.date(2024, 1, 1)), dt.date(2026, 11, 23), ClockState.PAST),
        (Birth(Precision.ABOUT, dt.date(2024, 1, 1)), dt.date(2026, 11, 23), ClockState.TO_CHECK),
        (
            Birth(Precision.AGE, dt.date(2019, 1, 1), age=7, declared_on=dt.date(2026, 11, 20)),
            dt.date(2026, 11, 23),
            ClockState.PAST,
        ),
    ],
)
def test_a_birth_not_known_to_the_day_is_past_only_when_every_day_is(
    birth: Birth, on: dt.date, state: ClockState
) -> None:
    assert declaration_clock(birth, on) == Clock(None, None, state, None)


@given(DAYS.filter(lambda day: day.year < 2190), st.integers(0, 4000))
def test_a_month_is_never_past_before_its_last_day_is(day: dt.date, later: int) -> None:
    month = Birth(Precision.MONTH, day.replace(day=1))
    on = day + dt.timedelta(days=later)
    if declaration_clock(month, on).state is ClockState.PAST:
        assert declaration_clock(born(day), on).state is ClockState.PAST


@pytest.mark.parametrize(
    ("birth", "on", "special"),
    [
        (born(dt.date(2026, 2, 2)), dt.date(2026, 11, 23), False),
        (born(dt.date(2025, 12, 31)), dt.date(2026, 1, 1), True),
        (born(dt.date(2025, 3, 1)), dt.date(2026, 1, 5), True),
        (Birth(Precision.MONTH, dt.date(2025, 12, 1)), dt.date(2026, 1, 5), True),
        (Birth(Precision.YEAR, dt.date(2026, 1, 1)), dt.date(2026, 11, 23), False),
        (Birth(Precision.ABOUT, dt.date(2025, 1, 1)), dt.date(2026, 11, 23), None),
        (Birth(Precision.ABOUT, dt.date(2010, 1, 1)), dt.date(2026, 11, 23), True),
        (UNKNOWN, dt.date(2026, 11, 23), None),
    ],
)
def test_a_birth_of_an_earlier_year_goes_to_the_special_register(
    birth: Birth, on: dt.date, special: bool | None
) -> None:
    assert special_register(birth, on) is special


def test_a_judgment_of_one_year_transcribed_in_the_next() -> None:
    """Judged in December, transcribed in January: the year of the transcription decides, not that of the judgment."""
    birth = born(dt.date(2025, 10, 2))
    assert special_register(birth, dt.date(2025, 12, 20)) is False
    assert special_register(birth, dt.date(2026, 1, 12)) is True
