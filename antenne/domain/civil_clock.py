"""The 30 jours francs of a birth's declaration (loi 2011-087, art. 158; rules: État civil)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Final

from antenne.domain.births import Birth
from antenne.domain.births_rules import bounds

FREE_DAYS: Final = 30
"""Days that neither the day of birth nor the last day counts in: the last day is birth + 31 ~."""

_LAST: Final = FREE_DAYS + 1
_WARN_FROM: Final = 20
_DOUBT: Final = (30, 32)


class ClockState(Enum):
    """What the clock says."""

    IN_TIME = "dans_le_delai"
    SOON = "bientot"
    TO_CHECK = "a_verifier"
    PAST = "depasse"


@dataclass(frozen=True, slots=True)
class Clock:
    """The delay of one birth.

    Attributes:
        last_day: Last day of the declaration, or None where the birth is not known to the day.
        days_left: Whole days until it, below 0 once it is past; None likewise.
        state: What to do.
        day_count: Days since the birth; None likewise.
    """

    last_day: dt.date | None
    days_left: int | None
    state: ClockState
    day_count: int | None


def declaration_clock(birth: Birth, on: dt.date) -> Clock:
    """The delay of a birth on a day.

    Warns from day 20; from day 30 to 32 it says « à vérifier », since the way to count is a general practice and no
    sourced rule. A birth that is not known to the day is past only when every possible day is.

    Raises:
        ValueError: The birth lies after that day.
    """
    possible = bounds(birth)
    if possible is None:
        return Clock(None, None, ClockState.TO_CHECK, None)
    earliest, latest = possible
    if earliest > on:
        raise ValueError("born later")
    if earliest != latest:
        past = (on - latest).days > _DOUBT[1]
        return Clock(None, None, ClockState.PAST if past else ClockState.TO_CHECK, None)
    count = (on - earliest).days
    last_day = earliest + dt.timedelta(days=_LAST)
    return Clock(last_day, (last_day - on).days, _state(count), count)


def _state(count: int) -> ClockState:
    if count < _WARN_FROM:
        return ClockState.IN_TIME
    if count < _DOUBT[0]:
        return ClockState.SOON
    return ClockState.TO_CHECK if count <= _DOUBT[1] else ClockState.PAST


def special_register(birth: Birth, transcribed_on: dt.date) -> bool | None:
    """Whether a judgment is transcribed in the « registre spécial »: births of an earlier year (art. 133).

    Returns:
        None where the year of birth is not sure.
    """
    possible = bounds(birth)
    if possible is None:
        return None
    earlier = {day.year < transcribed_on.year for day in possible}
    return earlier.pop() if len(earlier) == 1 else None
