"""A birth is a value with a precision; never a false 1 January (rules: People)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum


class Precision(Enum):
    """How well a birth is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ABOUT = "about"
    AGE = "age"
    EVENT = "event"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth as it was told.

    Attributes:
        precision: How well it is known.
        value: First day of what is known: the day, the month, the year; for ABOUT the year; for AGE the year computed
            from the age; None for EVENT without a year and for UNKNOWN.
        age: The age declared (AGE), in years.
        declared_on: The day the age was declared (AGE).
        event: The landmark, in her words (EVENT), for example « l’année de la grande sécheresse ».
    """

    precision: Precision
    value: dt.date | None = None
    age: int | None = None
    declared_on: dt.date | None = None
    event: str = ""


UNKNOWN = Birth(Precision.UNKNOWN)
