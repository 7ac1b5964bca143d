"""The rules that a person from a register keeps, as the form has them; broken ones become findings of her row."""

from __future__ import annotations

import datetime as dt

from antenne.domain import births_rules, text
from antenne.domain.births_rules import Majority
from antenne.domain.import_cells import Fault, fault
from antenne.domain.imports import Severity
from antenne.domain.persons import Person

_LONGEST = 200
_TEXTS = (
    "last_name", "first_name", "nicknames", "pseudonym", "birth_place", "nationality", "languages", "quarter",
    "emergency_name", "mother_name", "schooling", "activity", "displaced_from", "id_type", "id_number", "nina",
    "register_ref",
)  # fmt: skip


def faults(person: Person, today: dt.date, of_age: int) -> tuple[Fault, ...]:
    """Everything wrong or doubtful with a person; each fault names its field among its values.

    Args:
        person: As read from her row.
        today: The day of the import.
        of_age: Years (setting ``members.majority``).
    """
    return (*_texts(person), *_majority(person, today, of_age))


def _texts(person: Person) -> tuple[Fault, ...]:
    """Signs that the papers cannot print, and texts longer than the form takes."""
    found = [
        (key, one)
        for key in _TEXTS
        for part in _parts(getattr(person, key))
        for one in text.violations(part, key, _LONGEST)
    ]
    return tuple(fault("rule", field=key, why=one) for key, one in found)


def _parts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _majority(person: Person, today: dt.date, of_age: int) -> tuple[Fault, ...]:
    if person.membership is None:
        return ()
    match births_rules.majority(person.birth, today, of_age):
        case Majority.MINOR:
            return (fault("minor", field="birth", years=of_age),)
        case Majority.UNCERTAIN:
            return (fault("majority_uncertain", Severity.WARNING, field="birth", years=of_age),)
        case _:
            return ()
