"""The last stub in the office, and what is still to be keyed again."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.domain import stubs
from antenne.domain.receipts import StubRange
from antenne.domain.stubs import AskedYear

NOW = dt.datetime(2027, 1, 5, 8, 0, tzinfo=dt.UTC)
ASKED = (AskedYear(2026, 1473), AskedYear(2027, 0))


def test_each_year_since_the_backup_is_asked() -> None:
    assert stubs.asked_years({2026: 1473}, dt.date(2026, 12, 30), NOW.date()) == ASKED
    assert stubs.asked_years({}, dt.date(2028, 1, 1), NOW.date()) == (AskedYear(2027, 0),)
    assert [one.known for one in ASKED] == ["2026-01473", ""]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({}, []),
        ({2026: 1473}, []),
        ({2026: 1480, 2027: 3}, []),
        ({2026: 1472}, [("stubs.before", "last[2026]")]),
        ({2025: 4}, [("stubs.other_year", "last[2025]")]),
        ({2027: 20_001}, [("stubs.too_many", "last[2027]")]),
    ],
)
def test_what_may_be_the_last_stub(typed: dict[int, int], found: list[tuple[str, str]]) -> None:
    assert [(one.code, one.field) for one in stubs.check_last(ASKED, typed)] == found


def test_the_numbers_between_are_kept() -> None:
    assert stubs.ranges_for(ASKED, {2026: 1475, 2027: 2}, NOW) == (
        StubRange(2026, 1474, 1475, NOW),
        StubRange(2027, 1, 2, NOW),
    )
    assert stubs.ranges_for(ASKED, {2026: 1473}, NOW) == ()


def test_what_is_missing_is_said_once_and_in_order() -> None:
    ranges = (StubRange(2027, 1, 2, NOW), StubRange(2026, 8, 10, NOW), StubRange(2026, 10, 11, NOW))
    left = stubs.missing(ranges, {2026: frozenset({9})})
    assert [one.name for one in left] == ["2026-00008", "2026-00010", "2026-00011", "2027-00001", "2027-00002"]
