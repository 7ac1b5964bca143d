"""Days and hours as she types them (ui: habits): « 23/11 », « 231126 », « hier », « +7j », « lundi », « 10 h 41 »."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from enum import Enum
from typing import Final

from antenne.domain.digits import unshifted
from antenne.domain.text import fold
from antenne.domain.violations import Violation


class Tense(Enum):
    """How a date without a year is read: « 23/11 » is the nearest past day for a fact, the next for an appointment."""

    PAST = "past"
    FUTURE = "future"
    ANY = "any"


EARLIEST: Final = dt.date(1900, 1, 1)
LATEST: Final = dt.date(2199, 12, 31)
"""A day outside these is a slip of the keys."""

MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
WEEKDAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_WORDS: Final = {
    "aujourd'hui": 0, "aujourdhui": 0, "auj": 0, "ce jour": 0, "hier": -1, "avant-hier": -2, "avant hier": -2,
    "demain": 1, "apres-demain": 2, "apres demain": 2,
}  # fmt: skip
_SHIFT: Final = re.compile(r"([+-])\s*(\d{1,5})\s*(j|jours?|s|sem|semaines?|m|mois)?", re.ASCII)
_AGO: Final = re.compile(r"(il y a|dans)\s*(\d{1,5})\s*(jours?|semaines?|mois)", re.ASCII)
_NUMERIC: Final = re.compile(r"(\d{1,2})\s*[/. :-]\s*(\d{1,2})(?:\s*[/. :-]\s*(\d{4}|\d{2}))?", re.ASCII)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_COMPACT: Final = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})?", re.ASCII)
_WORDED: Final = re.compile(r"(?:le )?(\d{1,2})(?:er)?\s*([a-z]{3,9})\.?(?:\s*(\d{4}|\d{2}))?", re.ASCII)
_WEEKDAY: Final = re.compile(r"([a-z]{3,8})\.?(?: (dernier|prochain))?", re.ASCII)
_LEAP_SPAN: Final = 8
"""Years within which a 29 February always comes (1896 to 1904)."""

Asked = tuple[int, int, int | None]
"""Day, month, year or None."""


def read_date(typed: str, today: dt.date, tense: Tense = Tense.PAST) -> dt.date | Violation:
    """A day as typed.

    Args:
        typed: What stands in the field.
        today: The day she types on.
        tense: How a day without a year, or a weekday, is understood.

    Returns:
        The day, or ``date.unreadable``, ``date.impossible`` (31/02), ``date.too_old``, ``date.too_far``.
    """
    said = fold(unshifted(typed))
    found = _relative(said, today)
    if found is None:
        found = _weekday(said, today, tense)
    if found is None:
        asked = _asked(said, today, tense)
        if asked is None:
            return Violation("date.unreadable", None, (("typed", typed.strip()[:40]),))
        found = _settle(asked, today, tense)
    return within(found) if isinstance(found, dt.date) else found


def within(day: dt.date) -> dt.date | Violation:
    """The day, if it lies between :data:`EARLIEST` and :data:`LATEST`."""
    if day < EARLIEST:
        return Violation("date.too_old", None, (("first", str(EARLIEST.year)),))
    return day if day <= LATEST else Violation("date.too_far", None, (("last", str(LATEST.year)),))


def shown_date(day: dt.date) -> str:
    """« 23/11/2026 »."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months later or earlier; the last day of a shorter month.

    Raises:
        OverflowError: Outside the calendar.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _relative(said: str, today: dt.date) -> dt.date | Violation | None:
    """« hier », « +7j », « -2 semaines », « il y a 3 mois »."""
    if said in _WORDS:
        return today + dt.timedelta(days=_WORDS[said])
    match = _SHIFT.fullmatch(said) or _AGO.fullmatch(said)
    if match is None:
        return None
    count = int(match[2]) * (-1 if match[1] in ("-", "il y a") else 1)
    unit = (match[3] or "j")[0]
    try:
        if unit == "m":
            return add_months(today, count)
        return today + dt.timedelta(days=count * (7 if unit == "s" else 1))
    except OverflowError:
        return LATEST + dt.timedelta(days=1) if count > 0 else EARLIEST - dt.timedelta(days=1)


def _weekday(said: str, today: dt.date, tense: Tense) -> dt.date | None:
    """« lundi »: today or the last one for a fact, the next one for an appointment, else the nearest."""
    match = _WEEKDAY.fullmatch(said)
    wanted = [index for index, name in enumerate(WEEKDAYS) if match and name.startswith(match[1])]
    if match is None or len(wanted) != 1:
        return None
    back = (today.weekday() - wanted[0]) % 7
    if match[2] == "dernier":
        return today - dt.timedelta(days=back or 7)
    if match[2] == "prochain" or tense is Tense.FUTURE:
        return today + dt.timedelta(days=7 - back)
    if tense is Tense.ANY and back > 7 // 2:
        return today + dt.timedelta(days=7 - back)
    return today - dt.timedelta(days=back)


def month_number(word: str) -> int:
    """The number of a month in words or shortened (« fév », « juil »), 0 when it is none."""
    plain = fold(word)
    fitting = [number for number, name in enumerate(MONTHS, 1) if len(plain) > 2 and fold(name).startswith(plain)]  # noqa: PLR2004 - « mai » has three letters
    return fitting[0] if len(fitting) == 1 else 0


def _asked(said: str, today: dt.date, tense: Tense) -> Asked | None:
    """Day, month and year as written."""
    if match := _ISO.fullmatch(said):
        return int(match[3]), int(match[2]), int(match[1])
    if match := _NUMERIC.fullmatch(said) or _COMPACT.fullmatch(said):
        return int(match[1]), int(match[2]), _year(match[3], today, tense)
    match = _WORDED.fullmatch(said)
    month = month_number(match[2]) if match else 0
    return (int(match[1]), month, _year(match[3], today, tense)) if match and month else None


def _year(digits: str | None, today: dt.date, tense: Tense) -> int | None:
    """Two figures are of this century, unless that is too far ahead for a fact."""
    if digits is None:
        return None
    if len(digits) == 4:  # noqa: PLR2004 - a whole year
        return int(digits)
    century = today.year // 100 * 100
    ahead = {Tense.PAST: 0, Tense.ANY: 20, Tense.FUTURE: 99}[tense]
    year = century + int(digits)
    return year if year <= today.year + ahead else year - 100


def _settle(asked: Asked, today: dt.date, tense: Tense) -> dt.date | Violation:
    """The day meant; without a year the nearest on the side of the tense that exists (29 February)."""
    day, month, year = asked
    years = [year] if year is not None else _years(today.year, tense)
    days = [made for one in years if (made := _make(one, month, day)) is not None]
    if tense is Tense.PAST and year is None:
        days = [one for one in days if one <= today]
    elif tense is Tense.FUTURE and year is None:
        days = [one for one in days if one >= today]
    if not days:
        written = f"{day:02d}/{month:02d}" + (f"/{year:04d}" if year is not None else "")
        return Violation("date.impossible", None, (("day", written),))
    return min(days, key=lambda one: (abs(one - today), one))


def _years(near: int, tense: Tense) -> list[int]:
    first = 0 if tense is Tense.FUTURE else -_LEAP_SPAN
    last = 0 if tense is Tense.PAST else _LEAP_SPAN
    return list(range(near + first, near + last + 1))


def _make(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


_TIME: Final = re.compile(r"(\d{1,2})\s*(?:h|:|\.|heures?)\s*(\d{1,2})?(?:\s*(?:min|mn))?", re.ASCII)
_TIME_COMPACT: Final = re.compile(r"(\d{1,2})(\d{2})", re.ASCII)
_AT: Final = " à "
_NOW: Final = frozenset({"maintenant", "mnt"})


def read_time(typed: str) -> dt.time | Violation:
    """An hour as typed: « 10 h 41 », « 1041 », « 10:41 », « 10h », « midi »."""
    said = fold(unshifted(typed))
    if said == "midi":
        return dt.time(12)
    if said == "minuit":
        return dt.time(0)
    match = _TIME.fullmatch(said) or _TIME_COMPACT.fullmatch(said)
    if match is None:
        return Violation("time.unreadable", None, (("typed", typed.strip()[:40]),))
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour > 23 or minute > 59:  # noqa: PLR2004 - a clock
        return Violation("time.impossible", None, (("typed", typed.strip()[:40]),))
    return dt.time(hour, minute)


def shown_time(time: dt.time) -> str:
    """« 10 h 41 »."""
    return f"{time.hour}\u00a0h\u00a0{time.minute:02d}"


def split_moment(typed: str) -> tuple[str, str]:
    """The two halves of « 23/11 à 10:41 », of « 23/11/2026 10 h 41 », of a lone hour."""
    text = re.sub(r"(?<=\s)à(?=\d)", "à ", " ".join(typed.split()))
    if _AT in f" {text} ":
        day, _, time = f" {text} ".partition(_AT)
        return day.strip(), time.strip()
    match = re.fullmatch(r"(.*?)\s*((?<!\d)\d{1,2}\s*[h:]\s*(?:\d{1,2})?|(?:^|(?<=\s))\d{4})", text, re.ASCII)
    if match is not None:
        return match[1], match[2]
    return text, ""


def join_moment(day: str, time: str) -> str:
    """The text that :func:`split_moment` takes apart again; empty for two empty halves."""
    return f"{day.strip()}{_AT}{time.strip()}".strip(" ") if day.strip() or time.strip() else ""


def read_moment(typed: str, now: dt.datetime, tense: Tense = Tense.PAST) -> dt.datetime | Violation:
    """A day and an hour as typed, to the minute, in UTC (Mali's own time); an hour alone is today's.

    « maintenant » is ``now``.

    Returns:
        An aware instant, or ``moment.no_hour`` and the violations of :func:`read_date` and :func:`read_time`.
    """
    if fold(typed) in _NOW:
        return now.replace(second=0, microsecond=0)
    day_text, time_text = split_moment(typed)
    day = read_date(day_text, now.date(), tense) if day_text or not time_text else now.date()
    if isinstance(day, Violation):
        return day
    time = read_time(time_text) if time_text else Violation("moment.no_hour")
    return time if isinstance(time, Violation) else dt.datetime.combine(day, time, dt.UTC)


def shown_moment(moment: dt.datetime) -> str:
    """« 23/11/2026 à 10 h 41 »."""
    return f"{shown_date(moment.date())}{_AT}{shown_time(moment.time())}"
