"""The overview: success, delay, cost, free share; when the exam registration is near."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.domain.civil_overview import (
    EXAM_DAY,
    EXAM_MONTH,
    Board,
    BoardColumn,
    GroupFigures,
    Outcome,
    exam_day,
    exam_is_near,
    figures,
    total,
)
from antenne.domain.civil_routes import Step

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)


def outcome(group: str, step: Step, days: int | None = None, **paid: int) -> Outcome:
    opened = dt.date(2026, 3, 1)
    received = None if days is None else opened + dt.timedelta(days=days)
    ended = received if step is Step.HANDED else dt.date(2026, 9, 1) if step is Step.ABANDONED else None
    return Outcome(
        group=group, handed=step is Step.HANDED, opened_on=opened, received_on=received, ended_on=ended, **paid
    )


def test_one_line_a_group() -> None:
    found = figures(
        [
            outcome("b", Step.HANDED, 10, she=1000, project=501),
            outcome("b", Step.HANDED, 21),
            outcome("b", Step.RECEIVED, 40, she=1),
            outcome("b", Step.ABANDONED),
            outcome("a", Step.OPENED),
            Outcome(
                group="c",
                handed=True,
                opened_on=dt.date(2025, 1, 1),
                received_on=None,
                ended_on=dt.date(2025, 2, 1),
            ),
        ],
        FIRST,
        LAST,
    )
    assert found == (
        GroupFigures(group="a", opened=1),
        GroupFigures(group="b", opened=4, received=3, ended=3, handed=2, days=21, she=334, project=167, free=1),
    )
    assert [(line.success, line.free_share) for line in found] == [(None, None), (67, 33)]


def test_the_whole_is_counted_from_the_files() -> None:
    files = [outcome("a", Step.HANDED, 10), outcome("b", Step.HANDED, 20)]
    assert total(files, FIRST, LAST) == GroupFigures(
        group="", opened=2, received=2, ended=2, handed=2, days=15, she=0, project=0, free=2
    )
    assert total((), FIRST, LAST) == GroupFigures(group="")


@pytest.mark.parametrize(
    ("day", "month", "today", "found"),
    [
        (31, 1, dt.date(2026, 11, 23), dt.date(2027, 1, 31)),
        (31, 1, dt.date(2027, 1, 31), dt.date(2027, 1, 31)),
        (31, 1, dt.date(2027, 2, 1), dt.date(2028, 1, 31)),
        (31, 2, dt.date(2028, 2, 1), dt.date(2028, 2, 29)),
        (0, 12, dt.date(2026, 11, 23), dt.date(2026, 12, 1)),
        (31, 13, dt.date(2026, 11, 23), dt.date(2027, 1, 31)),
    ],
)
def test_the_exam_day_is_the_next_one(day: int, month: int, today: dt.date, found: dt.date) -> None:
    assert exam_day({EXAM_DAY: day, EXAM_MONTH: month}, today) == found


def test_children_are_listed_two_months_before() -> None:
    exam = dt.date(2027, 1, 31)
    days = {"29/11": (dt.date(2026, 11, 29), False), "30/11": (dt.date(2026, 11, 30), True), "31/01": (exam, True)}
    for today, near in days.values():
        assert exam_is_near(exam, 62, today) is near
    assert not exam_is_near(exam, 62, exam + dt.timedelta(days=1))


def test_a_board_counts_its_columns() -> None:
    assert Board((BoardColumn(Step.OPENED, 3, ()), BoardColumn(Step.FILED, 4, ()))).total == 7
