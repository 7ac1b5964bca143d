"""Files added up by step, and periods of a report."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.domain.account_papers import Period
from antenne.domain.civil_counts import count_steps
from antenne.domain.civil_routes import Step
from antenne.domain.indicators import months_period, year_period

DAY = dt.date(2026, 11, 23)


def test_every_step_and_every_demarche_is_there_with_what_stands_in_it() -> None:
    files = [("copy", Step.OPENED), ("copy", Step.HANDED), ("old", Step.FILED), ("copy", Step.OPENED)]
    found = count_steps(DAY, files, ("copy", "nina"))
    assert list(found.steps) == list(Step)
    assert {step: count for step, count in found.steps.items() if count} == {
        Step.OPENED: 2,
        Step.FILED: 1,
        Step.HANDED: 1,
    }
    assert found.routes == {"copy": 2, "nina": 0, "old": 1}
    assert (found.on, found.whole, found.running) == (DAY, 4, 3)


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        ((2024, 1), (2024, 12), year_period(2024)),
        ((2024, 2), (2024, 2), Period(dt.date(2024, 2, 1), dt.date(2024, 2, 29))),
        ((2023, 11), (2024, 2), Period(dt.date(2023, 11, 1), dt.date(2024, 2, 29))),
        ((2024, 3), (2024, 2), None),
    ],
)
def test_whole_months(first: tuple[int, int], last: tuple[int, int], period: Period | None) -> None:
    assert months_period(dt.date(*first, 1), dt.date(*last, 15)) == period
