"""What the board says of a file in a few words, and in what tone."""

from __future__ import annotations

import datetime as dt

from antenne.domain.board import Tone
from antenne.domain.civil_clock import ClockState
from antenne.domain.civil_overview import BoardRow
from antenne.domain.civil_routes import ENDED, Step
from antenne.wording import formats

KEY = "civil"
SOON = 7
"""Days before a hearing from which it is marked."""


def state(row: BoardRow, today: dt.date) -> tuple[str, Tone]:
    """The first thing to know: blocked, delay, hearing, asleep, since when."""
    if row.step in ENDED:
        return f"le {formats.day(row.since)}", "good" if row.step is Step.HANDED else "neutral"
    if row.blocked_since is not None:
        return f"bloqué, {_days(row.blocked_since, today)}", "danger"
    if row.last_day is not None:
        return _delay(row.last_day, row.delay_state, today)
    if row.hearing_on is not None:
        return _hearing(row, row.hearing_on, today)
    if row.asleep:
        return f"endormi, {_days(row.last_on, today)}", "warning"
    return f"depuis {_days(row.since, today)}", "neutral"


def _delay(last_day: dt.date, clock: ClockState | None, today: dt.date) -> tuple[str, Tone]:
    if clock is ClockState.PAST:
        return "délai passé", "danger"
    if clock is ClockState.TO_CHECK:
        return "délai à vérifier", "danger"
    left = (last_day - today).days
    return f"délai\u00a0: {left}\u00a0j", "warning" if clock is ClockState.SOON else "neutral"


def _hearing(row: BoardRow, day: dt.date, today: dt.date) -> tuple[str, Tone]:
    what = "délibéré" if row.deliberating else "audience"
    if day < today:
        return f"{what} passé{'' if row.deliberating else 'e'}", "danger"
    near = (day - today).days <= SOON
    return f"{what} {day:%d/%m}", "warning" if near else "info"


def _days(since: dt.date, today: dt.date) -> str:
    return f"{formats.number(max((today - since).days, 0))}\u00a0j"


def percent(value: int | None) -> str:
    """« 67 % », or a dash."""
    return "—" if value is None else f"{value}\u00a0%"
