"""Hours, never days; a clock set back lengthens nothing (rules: Écoutes and violence)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain.protection_clock import Care, Span, check_span, left, start_watch

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
H = dt.timedelta(hours=1)
S = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    ("since", "open_", "hours", "minutes"),
    [
        (0 * H, True, 72, 0),
        (62 * H + 40 * 60 * S, True, 9, 20),
        (72 * H - S, True, 0, 0),
        (72 * H, False, 0, 0),
        (72 * H + S, False, 0, 0),
        (95 * H, False, 0, 0),
    ],
)
def test_the_kit_is_counted_in_hours(since: dt.timedelta, open_: bool, hours: int, minutes: int) -> None:
    found = left(Care.PEP, Span(NOW - since, NOW - since), NOW)
    assert (found.open, found.hours, found.minutes) == (open_, hours, minutes)
    assert not found.estimated


def test_day_four_is_over_for_the_kit_and_open_for_contraception() -> None:
    """Lessons: a « 0–3 days » that held day 4."""
    span = Span(NOW - 75 * H, NOW - 75 * H)
    assert not left(Care.PEP, span, NOW).open
    assert left(Care.CONTRACEPTION, span, NOW).hours == 45


def test_a_range_counts_from_its_earliest_instant() -> None:
    found = left(Care.PEP, Span(NOW - 73 * H, NOW - 50 * H), NOW)
    assert found.estimated
    assert not found.open


def test_the_first_two_hours_are_said() -> None:
    assert left(Care.PEP, Span(NOW - 2 * H + S, NOW), NOW).best
    assert not left(Care.PEP, Span(NOW - 2 * H, NOW), NOW).best


def test_a_clock_set_back_during_the_count_lengthens_nothing() -> None:
    watch = start_watch(NOW, 100.0)
    assert watch.instant(NOW - 10 * H, 100.0 + 3600) == NOW + H
    assert watch.instant(NOW + 2 * H, 100.0 + 3600) == NOW + 2 * H
    assert watch.instant(NOW - H, 50.0) == NOW


def test_a_clock_set_back_before_the_count_is_known_by_the_record() -> None:
    assert start_watch(NOW - 10 * H, 0.0, NOW).instant(NOW - 10 * H, 60.0) == NOW + dt.timedelta(minutes=1)
    assert start_watch(NOW, 0.0, NOW - H).wall == NOW


@given(steps=st.lists(st.tuples(st.integers(-(10**6), 10**6), st.integers(0, 10**5)), max_size=20))
def test_what_is_left_never_grows(steps: list[tuple[int, int]]) -> None:
    span, watch = Span(NOW - 40 * H, NOW - 40 * H), start_watch(NOW, 0.0)
    ticks, most = 0, left(Care.PEP, span, NOW).seconds
    for jump, elapsed in steps:
        ticks += elapsed
        found = left(Care.PEP, span, watch.instant(NOW + dt.timedelta(seconds=jump), float(ticks))).seconds
        assert found <= most - min(ticks, most)


def test_no_incident_in_the_future_and_no_range_backwards() -> None:
    assert check_span(None, None, NOW) == ()
    assert check_span(NOW - H, NOW, NOW) == ()
    assert [one.code for one in check_span(NOW + S, None, NOW)] == ["incident.future"]
    assert [(one.code, one.field) for one in check_span(NOW - H, NOW + S, NOW)] == [("incident.future", "happened_to")]
    assert [one.code for one in check_span(NOW - H, NOW - 2 * H, NOW)] == ["incident.range"]
