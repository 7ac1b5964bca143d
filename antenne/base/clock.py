"""The time of day, passed in so that a test can set it."""

from __future__ import annotations

import datetime as dt
import time
from typing import Protocol


class Clock(Protocol):
    """Where the program learns the time. Mali keeps UTC all year, so UTC is also local time."""

    def now(self) -> dt.datetime:
        """The present instant, aware, in UTC, to the second."""
        ...

    def today(self) -> dt.date:
        """The calendar day of :meth:`now`."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back, for running timers."""
        ...


class SystemClock:
    """The clock of the computer."""

    def now(self) -> dt.datetime:
        """The present instant, aware, in UTC, to the second."""
        return dt.datetime.now(dt.UTC).replace(microsecond=0)

    def today(self) -> dt.date:
        """The calendar day of :meth:`now`."""
        return self.now().date()

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()


class FixedClock:
    """A clock that stands still until it is moved: for tests and for the demonstration office."""

    def __init__(self, instant: dt.datetime) -> None:
        """Stand at ``instant`` (aware, UTC)."""
        self.instant = instant
        self.seconds = 0.0

    def now(self) -> dt.datetime:
        """The instant the clock stands at."""
        return self.instant

    def today(self) -> dt.date:
        """The calendar day of that instant."""
        return self.instant.date()

    def monotonic(self) -> float:
        """Seconds advanced by :meth:`advance`."""
        return self.seconds

    def advance(self, step: dt.timedelta) -> None:
        """Move both hands forward (or back, to try a clock that was set wrong)."""
        self.instant += step
        self.seconds += max(step.total_seconds(), 0.0)
