"""What a birth allows to say: an age and how sure, majority, the earliest and the latest day (rules: People)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.dates import EARLIEST, Tense, add_months, month_number, read_date, shown_date
from antenne.domain.digits import unshifted
from antenne.domain.text import clean_line, fold
from antenne.domain.violations import Violation

MAJORITY: Final = 18
"""Years from which she may join (rules: People)."""
MARGIN_YEARS: Final = 2
"""« vers », a landmark and a declared age may be off by so many years, either way ~: who is near 18 is checked."""
OLDEST: Final = 120


class Majority(Enum):
    """Whether she is of age; uncertain counts as a minor until it is checked."""

    ADULT = "adult"
    MINOR = "minor"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Age:
    """An age in full years, and whether the birth allows no other."""

    years: int
    certain: bool


def bounds(birth: Birth) -> tuple[dt.date, dt.date] | None:
    """The earliest and the latest day she can have been born; None when nothing is known."""
    if birth.precision is Precision.AGE and birth.age is not None and birth.declared_on is not None:
        first = add_months(birth.declared_on, -12 * (birth.age + 1 + MARGIN_YEARS)) + dt.timedelta(days=1)
        return first, add_months(birth.declared_on, -12 * (birth.age - MARGIN_YEARS))
    value = birth.value
    if value is None:
        return None
    if birth.precision is Precision.DAY:
        return value, value
    if birth.precision is Precision.MONTH:
        return value, add_months(value, 1) - dt.timedelta(days=1)
    margin = 0 if birth.precision is Precision.YEAR else MARGIN_YEARS
    return dt.date(max(value.year - margin, 1), 1, 1), dt.date(value.year + margin, 12, 31)


def earliest(birth: Birth) -> dt.date | None:
    """The earliest day she can have been born; None when nothing is known."""
    found = bounds(birth)
    return found[0] if found else None


def latest(birth: Birth) -> dt.date | None:
    """The latest day she can have been born; None when nothing is known."""
    found = bounds(birth)
    return found[1] if found else None


def years_between(born: dt.date, on: dt.date) -> int:
    """Full years; who is born on 29 February grows older on 1 March of an ordinary year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def age_on(birth: Birth, on: dt.date) -> Age | None:
    """Her age on a day; None when nothing is known or she is not born yet.

    Where several ages are possible: the age declared plus the full years since, else the years since the year told.
    """
    possible = bounds(birth)
    if possible is None or possible[0] > on:
        return None
    oldest, youngest = years_between(possible[0], on), max(0, years_between(possible[1], on))
    if oldest == youngest:
        return Age(oldest, certain=True)
    middle = (oldest + youngest) // 2
    if birth.value is not None and birth.precision is not Precision.AGE:
        middle = max(0, on.year - birth.value.year)
    return Age(middle, certain=False)


def majority(birth: Birth, on: dt.date, of_age: int = MAJORITY) -> Majority:
    """Whether she is of age on a day: adult only where no possible birth makes her a minor.

    Args:
        birth: As told.
        on: The day.
        of_age: Years (setting ``members.majority``).
    """
    possible = bounds(birth)
    if possible is None:
        return Majority.UNCERTAIN
    if years_between(possible[1], on) >= of_age:
        return Majority.ADULT
    return Majority.MINOR if years_between(possible[0], on) < of_age else Majority.UNCERTAIN


def is_minor(birth: Birth, on: dt.date, of_age: int = MAJORITY) -> bool:
    """Whether she is treated as a minor: an uncertain majority is, until it is checked (rules: Person)."""
    return majority(birth, on, of_age) is not Majority.ADULT


def about_age(years: int, today: dt.date) -> Birth:
    """An age declared today."""
    return Birth(Precision.AGE, dt.date(max(today.year - years, 1), 1, 1), years, today)


def birth_fault(birth: Birth, today: dt.date) -> Violation | None:
    """Born after today, before 1900, or older than anybody: the rule that a birth breaks, if any."""
    if birth.age is not None and not 0 <= birth.age <= OLDEST:
        return Violation("birth.age", None, (("highest", OLDEST),))
    if birth.value is not None and birth.value < EARLIEST:
        return Violation("birth.too_old", None, (("first", str(EARLIEST.year)),))
    if birth.value is not None and birth.value > today:
        return Violation("birth.future", None, (("today", shown_date(today)),))
    return None


_MIN_EVENT: Final = 3
_UNKNOWN: Final = frozenset({"?", "inconnue", "inconnu", "ne sait pas", "nsp", "naissance inconnue"})
_EVENT: Final = re.compile(r"(?i)\s*rep[eè]re\s*:?\s*(.*)")
_EVENT_LIKE: Final = re.compile(
    r"(?i)\s*(l['’]ann[ée]e|l['’]an|ann[ée]e|avant|apr[eè]s|pendant|au temps|quand|lors)\s.+"
)
_EVENT_YEAR: Final = re.compile(r"(.*\S)\s*\((\d{4})\)", re.ASCII)
_ABOUT: Final = re.compile(r"(?:ne?e? )?(?:vers|environ|env\.?|~|≈)\s*(?:l'an |en )?(\d{4})", re.ASCII)
_YEAR: Final = re.compile(r"(?:nee? )?(?:en )?(\d{4})", re.ASCII)
_MONTH: Final = re.compile(r"(?:en )?(\d{1,2})\s*[/. -]\s*(\d{4})", re.ASCII)
_MONTH_WORD: Final = re.compile(r"(?:en )?([a-z]{3,9})\.? (\d{4})", re.ASCII)
_AGE: Final = re.compile(r"(?:environ )?(\d{1,3})\s*(ans?|a)?(?:\s*(?:declares? )?(?:le|au)\s+(.+))?", re.ASCII)
_DAY_YEAR: Final = re.compile(r".*(\d{4}|\d{1,2}\D+\w+\D+\d{2}|\d{6})", re.ASCII)


def read_birth(typed: str, today: dt.date, precision: Precision | None = None) -> Birth | Violation:
    """A birth as typed.

    Args:
        typed: « 12/03/1994 », « 03/1994 », « 1994 », « vers 1994 », « 32 ans », « inconnue », « repère : … ».
        today: The day an age counts as declared.
        precision: What she chose; None lets the text alone choose.

    Returns:
        The birth, or one of ``birth.…``, or a violation of dates.
    """
    text = clean_line(typed)
    said = fold(unshifted(text))
    if precision is None:
        precision = guess_precision(text)
    readers = {
        Precision.ABOUT: _about,
        Precision.YEAR: _year,
        Precision.MONTH: _month,
        Precision.AGE: _age,
        Precision.DAY: _day,
    }
    if precision is Precision.UNKNOWN:
        return UNKNOWN
    if precision is Precision.EVENT:
        return _event(text, today)
    found = readers[precision](said, today) if precision is not None else None
    return found if found is not None else _unreadable(text, precision)


def guess_precision(typed: str) -> Precision | None:
    """What the text alone says of the precision; None when it says nothing (« 32 » may be a day or an age)."""
    text = clean_line(typed)
    said = fold(unshifted(text))
    if said in _UNKNOWN:
        return Precision.UNKNOWN
    if _EVENT.fullmatch(text) or _EVENT_LIKE.fullmatch(text):
        return Precision.EVENT
    if _ABOUT.fullmatch(said):
        return Precision.ABOUT
    if _YEAR.fullmatch(said):
        return Precision.YEAR
    if (match := _AGE.fullmatch(said)) and match[2]:
        return Precision.AGE
    worded = _MONTH_WORD.fullmatch(said)
    if _MONTH.fullmatch(said) or (worded and month_number(worded[1])):
        return Precision.MONTH
    return Precision.DAY if _DAY_YEAR.fullmatch(said) else None


def shown_birth(birth: Birth) -> str:
    """What the field beside the precision shows; :func:`read_birth` reads it again with that precision."""
    value = birth.value
    if birth.precision is Precision.EVENT:
        return f"{birth.event} ({value.year:04d})" if value is not None else birth.event
    if birth.precision is Precision.AGE and birth.age is not None:
        told = f"{birth.age} an{'s' if birth.age > 1 else ''}"
        return f"{told} le {shown_date(birth.declared_on)}" if birth.declared_on is not None else told
    if value is None:
        return ""
    if birth.precision is Precision.DAY:
        return shown_date(value)
    return f"{value.month:02d}/{value.year:04d}" if birth.precision is Precision.MONTH else f"{value.year:04d}"


def spoken_birth(birth: Birth) -> str:
    """The birth as one text that says its precision by itself: « vers 1994 », « repère : l’année de la crue »."""
    if birth.precision is Precision.UNKNOWN:
        return "inconnue"
    prefix = {Precision.ABOUT: "vers ", Precision.EVENT: "repère\u00a0: "}.get(birth.precision, "")
    return prefix + shown_birth(birth)


def _checked(birth: Birth, today: dt.date) -> Birth | Violation:
    return birth_fault(birth, today) or birth


def _unreadable(text: str, precision: Precision | None) -> Violation:
    code = f"birth.unreadable_{precision.value}" if precision is not None else "birth.unclear"
    return Violation(code, None, (("typed", text[:40]),))


def _event(text: str, today: dt.date) -> Birth | Violation:
    match = _EVENT.fullmatch(text)
    words = match[1].strip() if match else text
    dated = _EVENT_YEAR.fullmatch(words)
    value = _first_of(dated[2]) if dated else None
    words = dated[1].strip() if dated and value else words
    if len(words) < _MIN_EVENT:
        return Violation("birth.unreadable_event", None, (("typed", text[:40]),))
    return _checked(Birth(Precision.EVENT, value, event=words), today)


def _first_of(year: str, month: int = 1) -> dt.date | None:
    try:
        return dt.date(int(year), month, 1)
    except ValueError:
        return None


def _with_year(precision: Precision, year: str, today: dt.date, month: int = 1) -> Birth | Violation | None:
    value = _first_of(year, month)
    return _checked(Birth(precision, value), today) if value is not None else None


def _about(said: str, today: dt.date) -> Birth | Violation | None:
    match = _ABOUT.fullmatch(said) or _YEAR.fullmatch(said)
    return _with_year(Precision.ABOUT, match[1], today) if match else None


def _year(said: str, today: dt.date) -> Birth | Violation | None:
    match = _YEAR.fullmatch(said)
    return _with_year(Precision.YEAR, match[1], today) if match else None


def _month(said: str, today: dt.date) -> Birth | Violation | None:
    match = _MONTH.fullmatch(said)
    if match:
        return _with_year(Precision.MONTH, match[2], today, int(match[1]))
    match = _MONTH_WORD.fullmatch(said)
    month = month_number(match[1]) if match else 0
    return _with_year(Precision.MONTH, match[2], today, month) if match and month else None


def _age(said: str, today: dt.date) -> Birth | Violation | None:
    match = _AGE.fullmatch(said)
    if match is None:
        return None
    declared = read_date(match[3], today) if match[3] else today
    if isinstance(declared, Violation) or declared > today:
        return None
    return _checked(about_age(int(match[1]), declared), today)


def _day(said: str, today: dt.date) -> Birth | Violation | None:
    if not _DAY_YEAR.fullmatch(said):
        return Violation("birth.no_year") if re.search(r"\d", said) else None
    day = read_date(said, today, Tense.PAST)
    if isinstance(day, Violation):
        return Violation("birth.too_old", None, day.values) if day.code == "date.too_old" else day
    return _checked(Birth(Precision.DAY, day), today)
