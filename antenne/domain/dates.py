"""Days and moments as she types them: « 23/11 », « 23112026 », « hier », « +7j », « lundi »."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from antenne.domain.digits import spaced_out, unshifted
from antenne.domain.forms.model import Tense
from antenne.domain.text import fold
from antenne.domain.violations import Violation

EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2199, 12, 31)

_NAMED = {"avant-hier": -2, "hier": -1, "aujourd'hui": 0, "aujourdhui": 0, "auj": 0, "demain": 1, "apres-demain": 2}
_WEEK = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = (
    ("janvier", "janv"), ("fevrier", "fevr"), ("mars",), ("avril", "avr"), ("mai",), ("juin",), ("juillet", "juil"),
    ("aout",),
    ("septembre", "sept"), ("octobre", "oct"), ("novembre", "nov"), ("decembre", "dec"),
)  # fmt: skip
MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_OFFSET = re.compile(r"([+-])(\d{1,4})(j|s|m)?")
_PARTS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{2}|\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(\d{1,2}|1er) ([a-z]+)\.?(?: (\d{4}))?")
_CLOCK = re.compile(r"(\d{1,2})(?:[h:](\d{2})?|(\d{2}))(?:mn|min)?")
_CENTURY = 100


def read_date(typed: str, today: dt.date, tense: Tense = Tense.PAST) -> dt.date | Violation:
    """Read a day.

    Args:
        typed: As typed; the unshifted AZERTY row counts as digits.
        today: The day of reference.
        tense: An incomplete date is the nearest past day for a fact, the next one for an appointment.

    Returns:
        The day, or ``date.unreadable``, ``date.impossible`` (31/02), ``date.out_of_range``.
    """
    text = fold(typed).replace("’", "'")
    found = _relative(text, today, tense)
    if found is None:
        found = _written(text, today, tense)
    if found is None:
        found = _figures(unshifted(typed.strip()), today, tense)
    if isinstance(found, dt.date) and not EARLIEST <= found <= LATEST:
        return Violation("date.out_of_range")
    return found


def _relative(text: str, today: dt.date, tense: Tense) -> dt.date | Violation | None:
    if text in _NAMED:
        return today + dt.timedelta(days=_NAMED[text])
    if text in _WEEK:
        ahead = (_WEEK.index(text) - today.weekday()) % 7
        if tense is Tense.FUTURE:
            return today + dt.timedelta(days=ahead or 7)
        return today - dt.timedelta(days=(7 - ahead) % 7 or (7 if tense is Tense.PAST else 0))
    offset = _OFFSET.fullmatch(spaced_out(text))
    if offset is None:
        return None
    count = int(offset[2]) * (1 if offset[1] == "+" else -1)
    if offset[3] == "m":
        return add_months(today, count)
    return today + dt.timedelta(days=count * (7 if offset[3] == "s" else 1))


def _written(text: str, today: dt.date, tense: Tense) -> dt.date | Violation | None:
    """« 23 novembre 2026 », « 1er nov. »."""
    words = _WORDS.fullmatch(text)
    if words is None or words[2] not in MONTH_NUMBERS:
        return None
    day = 1 if words[1] == "1er" else int(words[1])
    return _day(day, MONTH_NUMBERS[words[2]], words[3], today, tense)


def _figures(text: str, today: dt.date, tense: Tense) -> dt.date | Violation:
    iso = _ISO.fullmatch(text)
    if iso is not None:
        return _day(int(iso[3]), int(iso[2]), iso[1], today, tense)
    parts = _PARTS.fullmatch(text)
    if parts is not None:
        return _day(int(parts[1]), int(parts[2]), parts[3], today, tense)
    run = spaced_out(text)
    if run.isascii() and run.isdigit() and len(run) in {4, 6, 8}:
        return _day(int(run[:2]), int(run[2:4]), run[4:] or None, today, tense)
    return Violation("date.unreadable")


def _day(day: int, month: int, year: str | None, today: dt.date, tense: Tense) -> dt.date | Violation:
    if year is None:
        return _nearest(day, month, today, tense)
    number = int(year) if len(year) > len("26") else full_year(int(year), today)
    try:
        return dt.date(number, month, day)
    except ValueError:
        return Violation("date.impossible")


def full_year(short: int, today: dt.date) -> int:
    """« 26 » is this century unless that lies more than ten years ahead: « 94 » is 1994."""
    this_century = today.year - today.year % _CENTURY + short
    return this_century if this_century <= today.year + 10 else this_century - _CENTURY


def _nearest(day: int, month: int, today: dt.date, tense: Tense) -> dt.date | Violation:
    """The nearest such day in the wanted direction; 29 February looks up to eight years away."""
    years = range(today.year - 8, today.year + 9)
    days = [made for year in years if (made := _made(year, month, day)) is not None]
    if tense is Tense.PAST:
        days = [made for made in days if made <= today]
    elif tense is Tense.FUTURE:
        days = [made for made in days if made >= today]
    if not days:
        return Violation("date.impossible")
    return min(days, key=lambda made: abs((made - today).days))


def _made(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months away, or the last day of a shorter month."""
    month = day.year * 12 + day.month - 1 + months
    year, number = divmod(month, 12)
    year = min(max(year, EARLIEST.year - 1), LATEST.year + 1)
    return dt.date(year, number + 1, min(day.day, calendar.monthrange(year, number + 1)[1]))


def read_moment(typed: str, now: dt.datetime, tense: Tense = Tense.PAST) -> dt.datetime | Violation:
    """Read a day and an hour: « 23/11 10 h 41 », « hier 1041 », « 10:41 » (today); UTC is Mali's time all year.

    Returns:
        An aware instant, or ``moment.unreadable``, ``moment.no_hour`` and the violations of :func:`read_date`.
    """
    text = re.sub(r"\s*([h:])\s*", r"\1", fold(typed).replace(" a ", " ")).strip()
    if fold(text) in {"maintenant", "mnt"}:
        return now
    head, _, tail = text.rpartition(" ")
    clock = _CLOCK.fullmatch(unshifted(tail))
    if clock is None:
        day = read_date(typed, now.date(), tense)
        return day if isinstance(day, Violation) else Violation("moment.no_hour")
    day = read_date(head, now.date(), tense) if head else now.date()
    if isinstance(day, Violation):
        return day
    hour, minute = int(clock[1]), int(clock[2] or clock[3] or 0)
    if hour > 23 or minute > 59:  # noqa: PLR2004 - hours of a day, minutes of an hour
        return Violation("moment.unreadable")
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=dt.UTC)


def shown_date(day: dt.date) -> str:
    """« 23/11/2026 »."""
    return f"{day:%d/%m/}{day.year:04d}"


def shown_moment(moment: dt.datetime) -> str:
    """« 23/11/2026 10 h 41 »."""
    return f"{shown_date(moment.date())} {moment.hour} h {moment.minute:02d}"
