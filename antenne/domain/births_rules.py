"""What can be said of an age when a birth is only half known (rules: People)."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import Enum

from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.dates import EARLIEST, MONTH_NUMBERS, full_year, read_date
from antenne.domain.digits import unshifted
from antenne.domain.forms.model import Tense
from antenne.domain.text import fold
from antenne.domain.violations import Violation

MARGIN_YEARS = 2
"""« vers » and a declared age may be off by so many years, either way ~."""

OLDEST = 120


class Majority(Enum):
    """Whether somebody is of age."""

    ADULT = "adult"
    MINOR = "minor"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Age:
    """An age in whole years, and whether it is certain."""

    years: int
    certain: bool


def bounds(birth: Birth) -> tuple[dt.date, dt.date] | None:
    """The earliest and the latest day she can have been born, both included; None when nothing is known."""
    if birth.value is None:
        return None
    year = birth.value.year
    if birth.precision is Precision.DAY:
        return birth.value, birth.value
    if birth.precision is Precision.MONTH:
        last = calendar.monthrange(year, birth.value.month)[1]
        return birth.value.replace(day=1), birth.value.replace(day=last)
    margin = 0 if birth.precision is Precision.YEAR else MARGIN_YEARS
    return dt.date(year - margin, 1, 1), dt.date(year + margin, 12, 31)


def years_between(born: dt.date, on: dt.date) -> int:
    """Whole years lived; born on 29 February, she is a year older on 1 March of a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_on(birth: Birth, on: dt.date) -> Age | None:
    """Her age that day, or None when nothing is known."""
    if birth.precision is Precision.AGE and birth.age is not None and birth.declared_on is not None:
        return Age(max(birth.age + years_between(birth.declared_on, on), 0), certain=False)
    limits = bounds(birth)
    if limits is None:
        return None
    youngest, oldest = years_between(limits[1], on), years_between(limits[0], on)
    if youngest == oldest:
        return Age(max(youngest, 0), certain=True)
    middle = on.year - birth.value.year if birth.value is not None else oldest
    return Age(max(middle, 0), certain=False)


def majority(birth: Birth, on: dt.date, of_age: int = 18) -> Majority:
    """Whether she is of age that day; what is not certain is treated as minor until checked.

    Args:
        birth: As told.
        on: The day.
        of_age: Years (setting ``members.majority``).
    """
    limits = bounds(birth)
    if limits is None:
        return Majority.UNCERTAIN
    if years_between(limits[1], on) >= of_age:
        return Majority.ADULT
    return Majority.MINOR if years_between(limits[0], on) < of_age else Majority.UNCERTAIN


_ABOUT = re.compile(r"(?:vers|env|environ|v)\.? ?(\d{4})")
_YEAR = re.compile(r"(\d{4})")
_MONTH = re.compile(r"(\d{1,2})[/.\- ](\d{4})")
_MONTH_NAME = re.compile(r"([a-z]+)\.? (\d{4})")
_AGE = re.compile(r"(\d{1,3}) ?ans?")
_BARE_AGE = re.compile(r"\d{1,3}")


def read_birth(typed: str, today: dt.date, precision: Precision | None = None) -> Birth | Violation:
    """Read a birth; the text alone can choose the precision: « vers 1994 », « 03/1994 », « 32 ans », « inconnue ».

    Args:
        typed: As typed.
        today: The day of reference, and the day on which an age is declared.
        precision: What she chose beside the field; None lets the text decide.

    Returns:
        The birth, or ``birth.unreadable``, ``birth.future``, ``birth.too_old``, or a violation of dates.
    """
    text = fold(unshifted(typed) if _looks_unshifted(typed) else typed)
    if precision is Precision.UNKNOWN or text in {"inconnue", "inconnu", "?"}:
        return UNKNOWN
    if precision is Precision.EVENT:
        return Birth(Precision.EVENT, event=" ".join(typed.split()))
    made = _partial(text, today, precision)
    if made is None:
        day = read_date(typed, today, Tense.PAST)
        if isinstance(day, Violation):
            return day if precision is Precision.DAY else Violation("birth.unreadable")
        made = Birth(Precision.DAY, day)
    return _plausible(made, today)


def _looks_unshifted(typed: str) -> bool:
    return not any(char.isdigit() for char in typed) and not any(char.isascii() and char.isalpha() for char in typed)


def _partial(text: str, today: dt.date, precision: Precision | None) -> Birth | None:
    about, year, age = _ABOUT.fullmatch(text), _YEAR.fullmatch(text), _AGE.fullmatch(text)
    if about is not None:
        return Birth(Precision.ABOUT, _first(int(about[1])))
    if year is not None and precision is not Precision.DAY:
        kind = Precision.ABOUT if precision is Precision.ABOUT else Precision.YEAR
        return Birth(kind, _first(int(year[1])))
    if age is None and precision is Precision.AGE:
        age = _BARE_AGE.fullmatch(text)
    if age is not None:
        years = int(re.sub(r"\D", "", age[0]))
        return Birth(Precision.AGE, _first(max(today.year - years, 1)), age=years, declared_on=today)
    if precision in {Precision.YEAR, Precision.ABOUT} and re.fullmatch(r"\d{2}", text):
        return Birth(precision, _first(full_year(int(text), today)))
    return _month(text)


def _month(text: str) -> Birth | None:
    month, named = _MONTH.fullmatch(text), _MONTH_NAME.fullmatch(text)
    if month is not None and 1 <= int(month[1]) <= 12:  # noqa: PLR2004 - months of a year
        return Birth(Precision.MONTH, dt.date(max(int(month[2]), 1), int(month[1]), 1))
    if named is not None and named[1] in MONTH_NUMBERS:
        return Birth(Precision.MONTH, dt.date(max(int(named[2]), 1), MONTH_NUMBERS[named[1]], 1))
    return None


def _first(year: int) -> dt.date:
    return dt.date(max(year, 1), 1, 1)


def _plausible(birth: Birth, today: dt.date) -> Birth | Violation:
    value = birth.value
    if value is not None and value > today:
        return Violation("birth.future", None, (("day", value),))
    if (birth.age or 0) > OLDEST or (value is not None and value < EARLIEST):
        return Violation("birth.too_old")
    return birth


def shown_birth(birth: Birth) -> str:
    """What the field shows: « 02/02/1994 », « 03/1994 », « 1994 », « 32 ans »; the precision stands beside it."""
    if birth.precision is Precision.EVENT:
        return birth.event
    if birth.precision is Precision.AGE and birth.age is not None:
        return f"{birth.age} ans"
    if birth.value is None:
        return ""
    if birth.precision is Precision.DAY:
        return f"{birth.value:%d/%m/}{birth.value.year:04d}"
    if birth.precision is Precision.MONTH:
        return f"{birth.value.month:02d}/{birth.value.year:04d}"
    return f"{birth.value.year:04d}"
