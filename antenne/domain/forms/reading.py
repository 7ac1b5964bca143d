"""Typed text to a value, and a value to what the field shows, for each kind; reading never raises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from antenne.domain import births_rules, dates, money, phones
from antenne.domain.births import Birth
from antenne.domain.digits import unshifted
from antenne.domain.forms.model import Field, Kind, Option
from antenne.domain.text import clean, clean_line, fold, refused
from antenne.domain.violations import Violation

YES, NO = "Oui", "Non"
_YES_WORDS = frozenset({"o", "oui", "x", "vrai", "1"})
_NO_WORDS = frozenset({"n", "non", "faux", "0"})
_BETWEEN = ", "
_QUOTED = 40


def read(field: Field, typed: str, now: dt.datetime, options: Sequence[Option] = ()) -> object:
    """The value of a typed text: None for an empty one, a :class:`Violation` that names the field, else the value.

    Args:
        field: Its kind and tense decide; ROWS are read cell by cell, never as one text.
        typed: As typed.
        now: The present instant; dates without a year are read around it.
        options: The list of a CHOICE or CHOICES.
    """
    if not typed.strip():
        return None
    found = _read(field, typed, now, options)
    return Violation(found.code, field.key, found.values) if isinstance(found, Violation) else found


def _read(field: Field, typed: str, now: dt.datetime, options: Sequence[Option]) -> object:
    match field.kind:
        case Kind.DATE:
            return dates.read_date(typed, now.date(), field.tense)
        case Kind.MOMENT:
            return dates.read_moment(typed, now, field.tense)
        case Kind.BIRTH:
            return births_rules.read_birth(typed, now.date())
        case Kind.CHOICE:
            return read_choice(typed, options)
        case Kind.CHOICES:
            return read_choices(typed, options)
        case _:
            return _PLAIN[field.kind](typed)


def _safe(typed: str, cleaned: str) -> str | Violation:
    """The cleaned text, unless cleaning would hide a character that is refused (a separator of control)."""
    odd = refused(typed)
    return cleaned if odd is None else Violation(f"text.{odd.reason.value}", None, (("char", odd.char),))


def read_yes_no(typed: str) -> bool | Violation:
    """« oui », « o », « non », « n »."""
    word = fold(typed)
    if word in _YES_WORDS:
        return True
    return False if word in _NO_WORDS else Violation("yes_no.unreadable", None, (("typed", typed.strip()[:_QUOTED]),))


def read_choice(typed: str, options: Sequence[Option]) -> str | Violation:
    """The code of the option whose label or code this is, accents and case aside."""
    said = fold(typed)
    for option in options:
        if said == fold(option.label):
            return option.code
    for option in options:
        if said == fold(option.code):
            return option.code
    return Violation("choice.unknown", None, (("typed", clean_line(typed)[:_QUOTED]),))


def read_choices(typed: str, options: Sequence[Option]) -> tuple[str, ...] | Violation:
    """Several labels, between commas or semicolons; each counts once, in the order typed."""
    codes: dict[str, None] = {}
    for part in typed.replace(";", ",").split(","):
        if not part.strip():
            continue
        code = read_choice(part, options)
        if isinstance(code, Violation):
            return code
        codes[code] = None
    return tuple(codes)


def _read_person(typed: str) -> int | Violation:
    """An id, as the picker keeps it; a name alone chooses nobody."""
    digits = unshifted(typed).strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= len(str(2**63)) - 1:
        return int(digits)
    return Violation("person.not_chosen", None, (("typed", clean_line(typed)[:_QUOTED]),))


_PLAIN: dict[Kind, Callable[[str], object]] = {
    Kind.TEXT: lambda typed: _safe(typed, clean_line(typed)),
    Kind.NOTE: lambda typed: _safe(typed, clean(typed)),
    Kind.ROWS: lambda _typed: Violation("rows.unreadable"),
    Kind.MONEY: money.read_amount,
    Kind.COUNT: money.read_count,
    Kind.PHONE: phones.read_phone,
    Kind.YES_NO: read_yes_no,
    Kind.PERSON: _read_person,
}


def show(field: Field, value: object, options: Sequence[Option] = ()) -> str:
    """The text that :func:`read` makes this value of again; empty for no answer.

    Args:
        field: Its kind decides.
        value: A typed value.
        options: Labels of a CHOICE or CHOICES; a code that left the list is shown as it is.
    """
    match value:
        case None:
            return ""
        case bool():
            return YES if value else NO
        case int():
            return str(value) if field.kind is Kind.PERSON else money.grouped(value)
        case dt.datetime():
            return dates.shown_moment(value)
        case dt.date():
            return dates.shown_date(value)
        case Birth():
            return births_rules.spoken_birth(value)
        case _:
            return _show_text(field, value, options)


def _show_text(field: Field, value: object, options: Sequence[Option]) -> str:
    if field.kind is Kind.PHONE:
        return phones.shown(str(value))
    labels = {option.code: option.label for option in options}
    codes = value if isinstance(value, (tuple, list)) else (value,)
    return _BETWEEN.join(labels.get(str(code), str(code)) for code in codes)
