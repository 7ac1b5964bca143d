"""Figures, days and sizes as the office writes them (rules: Money)."""

from __future__ import annotations

import datetime as dt

from antenne.domain import births_rules, dates, money
from antenne.domain.births import Birth, Precision

NBSP = "\u00a0"
NARROW = "\u202f"
MONTHS = dates.MONTHS
WEEKDAYS = dates.WEEKDAYS
PRECISIONS: dict[Precision, str] = {
    Precision.DAY: "le",
    Precision.MONTH: "mois",
    Precision.YEAR: "année",
    Precision.ABOUT: "vers",
    Precision.AGE: "âge déclaré",
    Precision.EVENT: "repère",
    Precision.UNKNOWN: "inconnue",
}
"""How the precision of a birth is named beside its field."""


def number(value: int) -> str:
    """« 12 500 » with narrow no-break spaces."""
    return money.grouped(value)


def amount(value: int) -> str:
    """« 12 500 FCFA »."""
    return f"{money.grouped(value)}{NBSP}FCFA"


def amount_in_letters(value: int) -> str:
    """« douze mille cinq cents francs CFA », « un million de francs CFA » (rules: Money)."""
    from num2words import num2words

    words = str(num2words(value, lang="fr"))
    whole_millions = value >= 10**6 and value % 10**6 == 0
    return f"{words} {'de ' if whole_millions else ''}franc{'s' if value > 1 else ''} CFA"


def day(value: dt.date) -> str:
    """« 23/11/2026 »."""
    return f"{value:%d/%m/}{value.year:04d}"


def long_day(value: dt.date) -> str:
    """« 23 novembre 2026 », « 1er novembre 2026 »."""
    return f"{'1er' if value.day == 1 else value.day} {MONTHS[value.month - 1]} {value.year}"


def weekday(value: dt.date) -> str:
    """« Lundi 23 novembre 2026 »."""
    return f"{WEEKDAYS[value.weekday()].capitalize()} {long_day(value)}"


def hour(value: dt.datetime) -> str:
    """« 10 h 41 »."""
    return f"{value.hour}{NBSP}h{NBSP}{value.minute:02d}"


def moment(value: dt.datetime) -> str:
    """« 23/11/2026 à 10 h 41 »."""
    return f"{day(value.date())} à {hour(value)}"


def days_ago(then: dt.date, today: dt.date) -> str:
    """« aujourd’hui », « hier », « il y a 27 jours », « demain », « dans 3 jours »."""
    days = (today - then).days
    near = {0: "aujourd’hui", 1: "hier", -1: "demain"}
    if days in near:
        return near[days]
    return f"{'il y a' if days > 0 else 'dans'} {number(abs(days))}{NBSP}jours"


def birth(value: Birth) -> str:
    """« née le 12 mars 1994 », « née vers 1994 », « 32 ans déclarés le 12 mars 2024 », « naissance inconnue »."""
    known, when = value.precision, value.value
    if known is Precision.EVENT and value.event:
        return f"repère{NBSP}: {value.event}" + (f" ({when.year})" if when is not None else "")
    if known is Precision.AGE and value.age is not None:
        told = f"{years(value.age)} déclaré{'s' if value.age > 1 else ''}"
        return told if value.declared_on is None else f"{told} le {long_day(value.declared_on)}"
    if when is None:
        return "naissance inconnue"
    if known is Precision.DAY:
        return f"née le {long_day(when)}"
    if known is Precision.MONTH:
        return f"née en {MONTHS[when.month - 1]} {when.year}"
    return f"née {'en' if known is Precision.YEAR else 'vers'} {when.year}"


def age(value: Birth, on: dt.date) -> str:
    """« 32 ans », « environ 32 ans », or an empty text when nothing is known."""
    found = births_rules.age_on(value, on)
    if found is None:
        return ""
    return years(found.years) if found.certain else f"environ {years(max(found.years, 1))}"


def years(count: int) -> str:
    """« 32 ans », « 1 an », « moins d’un an »."""
    if count == 0:
        return "moins d’un an"
    return f"{count}{NBSP}an{'s' if count > 1 else ''}"


_UNITS = ("octets", "ko", "Mo", "Go", "To")


def size(octets: int) -> str:
    """« 184 Mo », « 1,4 Go »; thousands as the key's maker counts them."""
    value, unit, step = octets, 0, 1000
    rest = 0
    while value >= step and unit < len(_UNITS) - 1:
        value, rest = divmod(value, step)
        unit += 1
    tenth = rest // 100
    shown = f"{value},{tenth}" if value < 10 and unit and tenth else str(value)  # noqa: PLR2004 - one decimal below ten
    return f"{shown}{NBSP}{_UNITS[unit]}"


def seconds(value: int) -> str:
    """« 31 s », « 2 min 05 »."""
    minutes, rest = divmod(max(value, 0), 60)
    return f"{minutes}{NBSP}min{NBSP}{rest:02d}" if minutes else f"{rest}{NBSP}s"


def plural(count: int, one: str, many: str) -> str:
    """« 1 carte », « 12 cartes »: the French plural begins at two."""
    return f"{number(count)}{NBSP}{one if count < 2 else many}"  # noqa: PLR2004 - the French plural
