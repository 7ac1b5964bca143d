"""Typed text to a value, and a value to what the field shows, for each kind; reading never raises."""

from __future__ import annotations

import datetime as dt

from antenne.domain import births_rules, dates, money, phones
from antenne.domain.births import Birth
from antenne.domain.digits import spaced_out, unshifted
from antenne.domain.forms.model import Field, Kind
from antenne.domain.text import clean, fold
from antenne.domain.violations import Violation

MOST_COUNT = 10**9


def read(field: Field, typed: str, now: dt.datetime) -> object | Violation:
    """The value of a typed text; None for an empty one; a Violation that stands beside the field.

    Args:
        field: Its kind and tense decide.
        typed: As typed.
        now: The present instant; dates are read around it.
    """
    if not typed.strip():
        return None
    found = _read(field, typed, now)
    return Violation(found.code, field.key, found.values) if isinstance(found, Violation) else found


def _read(field: Field, typed: str, now: dt.datetime) -> object | Violation:
    match field.kind:
        case Kind.MONEY:
            return money.read_amount(typed)
        case Kind.COUNT:
            return read_count(typed)
        case Kind.DATE:
            return dates.read_date(typed, now.date(), field.tense)
        case Kind.MOMENT:
            return dates.read_moment(typed, now, field.tense)
        case Kind.BIRTH:
            return births_rules.read_birth(typed, now.date())
        case Kind.PHONE:
            return phones.read_phone(typed)
        case Kind.YES_NO:
            return read_yes_no(typed)
        case _:
            return clean(typed)


def read_count(typed: str) -> int | Violation:
    """A whole number from 0: ``count.not_a_number``, ``count.too_much``."""
    meant = unshifted(spaced_out(typed), dash=len(spaced_out(typed)) > 1 and not spaced_out(typed).startswith("-"))
    if not (meant.isascii() and meant.isdigit()):
        return Violation("count.not_a_number")
    if len(meant) > len(str(MOST_COUNT)) or int(meant) > MOST_COUNT:
        return Violation("count.too_much", None, (("most", MOST_COUNT),))
    return int(meant)


def read_yes_no(typed: str) -> bool | Violation:
    """« oui », « o », « non », « n »."""
    word = fold(typed)
    if word in {"o", "oui", "x", "vrai", "1"}:
        return True
    return False if word in {"n", "non", "faux", "0"} else Violation("yes_no.unreadable")


def show(field: Field, value: object) -> str:
    """What the field shows for a value; an empty text for no answer."""
    if value is None:
        return ""
    match field.kind:
        case Kind.MONEY | Kind.COUNT if isinstance(value, int):
            return money.grouped(value)
        case Kind.DATE if isinstance(value, dt.date):
            return dates.shown_date(value)
        case Kind.MOMENT if isinstance(value, dt.datetime):
            return dates.shown_moment(value)
        case Kind.BIRTH if isinstance(value, Birth):
            return births_rules.shown_birth(value)
        case Kind.PHONE:
            return phones.shown(str(value))
        case Kind.YES_NO:
            return "oui" if value else "non"
        case _:
            return str(value)
