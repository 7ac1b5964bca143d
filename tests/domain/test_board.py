"""The order and the words of « À faire »."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.domain.board import Target, TodoLine, Urgency, due_words, in_order

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, ""),
        (dt.date(2026, 11, 11), "12 j de retard"),
        (TODAY, "aujourd’hui"),
        (dt.date(2026, 11, 24), "demain"),
        (dt.date(2026, 11, 25), "mercredi"),
        (dt.date(2026, 11, 29), "dimanche"),
        (dt.date(2026, 11, 30), "30 nov."),
        (dt.date(2026, 12, 1), "1er déc."),
        (dt.date(2027, 1, 4), "4 janv. 2027"),
    ],
)
def test_due_words(due: dt.date | None, words: str) -> None:
    assert due_words(due, TODAY) == words


def test_late_lines_come_first_then_days_then_the_rest() -> None:
    place = Target("members")
    undated = TodoLine(text="sans date", target=place)
    later = TodoLine(text="plus tard", target=place, due=dt.date(2026, 12, 1))
    soon = TodoLine(text="bientôt", target=place, due=dt.date(2026, 11, 25), urgency=Urgency.SOON)
    late = TodoLine(text="en retard", target=place, due=dt.date(2026, 11, 1), urgency=Urgency.LATE)
    assert in_order((undated, later, soon, late)) == (late, soon, later, undated)
    hours = TodoLine(text="les heures", target=place, due=TODAY, urgency=Urgency.LATE, first=True)
    fewer = TodoLine(text="moins d’heures", target=place, due=TODAY, urgency=Urgency.LATE, first=True)
    assert in_order((undated, late, fewer, hours, soon)) == (fewer, hours, late, soon, undated)
