"""72 hours for the PEP kit, 120 for emergency contraception: counted in hours from the incident, never in days.

Sources: rules, Écoutes and violence. A range counts from its earliest instant, so that « dans le délai » is never said
too long. A clock set back during the count does not lengthen it: the instant is the latest of what the computer's
clock says, what the running timer says, and what the record's own history already knows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Final

from antenne.domain.violations import Violation


class Care(Enum):
    """Care that is useful within so many hours."""

    PEP = "pep"
    CONTRACEPTION = "contraception"


HOURS: Final = {Care.PEP: 72, Care.CONTRACEPTION: 120}
"""National and WHO delays (rules: Écoutes and violence)."""

BEST_HOURS: Final = 2
"""The PEP kit serves best within so many hours."""

_MINUTE: Final = 60
_HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class Span:
    """When it happened: one instant, or a range where the hour is not known.

    Attributes:
        earliest: Aware, UTC.
        latest: The same instant when it is known.
    """

    earliest: dt.datetime
    latest: dt.datetime

    @property
    def exact(self) -> bool:
        """Whether the instant is known."""
        return self.earliest == self.latest


@dataclass(frozen=True, slots=True)
class Watch:
    """A running count: where the computer's clock and its monotonic timer stood when it began.

    Attributes:
        wall: What the clock said (never before what the record's history knows).
        ticks: What the timer said, in seconds.
    """

    wall: dt.datetime
    ticks: float

    def instant(self, wall: dt.datetime, ticks: float) -> dt.datetime:
        """The present instant: the later of the clock and of the timer since the beginning."""
        return max(wall, self.wall + dt.timedelta(seconds=max(ticks - self.ticks, 0.0)))


def start_watch(wall: dt.datetime, ticks: float, known: dt.datetime | None = None) -> Watch:
    """Begin to count; ``known`` is the latest instant of the record's history, which the clock may lag behind."""
    return Watch(wall if known is None else max(wall, known), ticks)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of one delay.

    Attributes:
        care: For what.
        seconds: Left, 0 when it is over.
        since: Seconds since the earliest instant of the incident.
        estimated: The hour is not known: counted from the earliest.
    """

    care: Care
    seconds: int
    since: int
    estimated: bool

    @property
    def open(self) -> bool:
        """Whether « dans le délai » is true; the last second is the last."""
        return self.seconds > 0

    @property
    def hours(self) -> int:
        """Whole hours left."""
        return self.seconds // _HOUR

    @property
    def minutes(self) -> int:
        """Whole minutes left beside the hours."""
        return self.seconds % _HOUR // _MINUTE

    @property
    def best(self) -> bool:
        """Still within the first two hours."""
        return self.since < BEST_HOURS * _HOUR


def left(care: Care, span: Span, now: dt.datetime) -> Left:
    """What is left at an instant, to the second, rounded down.

    Args:
        care: PEP or contraception.
        span: When it happened.
        now: From :meth:`Watch.instant`.
    """
    gone = now - span.earliest
    rest = (dt.timedelta(hours=HOURS[care]) - gone) // dt.timedelta(seconds=1)
    return Left(care, max(rest, 0), gone // dt.timedelta(seconds=1), not span.exact)


def check_span(earliest: dt.datetime | None, latest: dt.datetime | None, now: dt.datetime) -> tuple[Violation, ...]:
    """Whether an incident can have happened then.

    Returns:
        ``incident.future``, ``incident.range`` (the latest before the earliest).
    """
    if earliest is None:
        return ()
    found = [
        Violation("incident.future", key)
        for key, value in (("happened_from", earliest), ("happened_to", latest))
        if value is not None and value > now
    ]
    if latest is not None and latest < earliest:
        found.append(Violation("incident.range", "happened_to"))
    return tuple(found)
