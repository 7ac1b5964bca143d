"""The jours francs of a birth's declaration (loi 2011-087, art. 158; rules: État civil)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Final

from antenne.domain.births import Birth
from antenne.domain.births_rules import bounds


@dataclass(frozen=True, slots=True)
class Delay:
    """How long a birth may be declared, as a version of a démarche has it.

    Attributes:
        free_days: « Jours francs »: neither the day of birth nor the last day counts ~, so the last day is the birth
            and so many days plus one.
        warn_from: Day after the birth from which it presses.
        doubt_from: First day of « à vérifier », since the way to count is a general practice and no sourced rule.
        doubt_until: Last one; after it the delay is past.
    """

    free_days: int = 30
    warn_from: int = 20
    doubt_from: int = 30
    doubt_until: int = 32

    @property
    def last(self) -> int:
        """Days from the birth to the last day."""
        return self.free_days + 1


BIRTH_DELAY: Final = Delay()
"""Where the delay starts (loi 2011-087, art. 158): the office's screen decides from which day another holds."""


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
        delay: What was counted with.
    """

    last_day: dt.date | None
    days_left: int | None
    state: ClockState
    day_count: int | None
    delay: Delay = BIRTH_DELAY


def declaration_clock(birth: Birth, on: dt.date, delay: Delay = BIRTH_DELAY) -> Clock:
    """The delay of a birth on a day.

    A birth that is not known to the day is past only when every possible day is.

    Raises:
        ValueError: The birth lies after that day.
    """
    possible = bounds(birth)
    if possible is None:
        return Clock(None, None, ClockState.TO_CHECK, None, delay)
    earliest, latest = possible
    if earliest > on:
        raise ValueError("born later")
    if earliest != latest:
        past = (on - latest).days > delay.doubt_until
        return Clock(None, None, ClockState.PAST if past else ClockState.TO_CHECK, None, delay)
    count = (on - earliest).days
    last_day = earliest + dt.timedelta(days=delay.last)
    return Clock(last_day, (last_day - on).days, _state(count, delay), count, delay)


def _state(count: int, delay: Delay) -> ClockState:
    if count < delay.warn_from:
        return ClockState.IN_TIME
    if count < delay.doubt_from:
        return ClockState.SOON
    return ClockState.TO_CHECK if count <= delay.doubt_until else ClockState.PAST


def delay_makes_sense(delay: Delay) -> bool:
    """Whether typed days follow each other: the warning, then the doubt around the last day."""
    return 1 <= delay.warn_from < delay.doubt_from <= delay.last <= delay.doubt_until


def special_register(birth: Birth, transcribed_on: dt.date) -> bool | None:
    """Whether a judgment is transcribed in the « registre spécial de transcription des jugements supplétifs ».

    That is so for births of an earlier year than the register in hand; one of the year is transcribed at the centre de
    déclaration, after the births declared in time (art. 133: dnec.gouv.ml, « Jugements supplétifs »).

    Returns:
        None where the year of birth is not sure.
    """
    possible = bounds(birth)
    if possible is None:
        return None
    earlier = {day.year < transcribed_on.year for day in possible}
    return earlier.pop() if len(earlier) == 1 else None
