"""Who may already be on file: suggested while she types, never merged by itself (rules: People)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from antenne.domain import names
from antenne.domain.births import Birth, Precision
from antenne.domain.births_rules import bounds
from antenne.domain.persons import Person

ENOUGH = 5
"""Points from which somebody is suggested; a shared phone alone (3) never is."""

_LAST, _FIRST, _MOTHER, _QUARTER, _PHONE, _BIRTH, _SAME_DAY = 2, 2, 2, 1, 3, 1, 3
_OTHER_MOTHER = -2


@dataclass(frozen=True, slots=True)
class Suspect:
    """Somebody she may be, and why.

    Attributes:
        person: The record on file.
        points: How much is alike.
        reasons: Codes: ``last_name``, ``first_name``, ``mother``, ``birth``, ``quarter``, ``phone``.
    """

    person: Person
    points: int
    reasons: tuple[str, ...]


def suspects(typed: Person, known: Iterable[Person]) -> tuple[Suspect, ...]:
    """Those on file whom she may be, the likeliest first.

    Args:
        typed: What is known of her so far.
        known: Persons with a name like hers, found by the index.
    """
    found = [suspect for person in known if person.id != typed.id and (suspect := _weigh(typed, person)) is not None]
    return tuple(sorted(found, key=lambda suspect: -suspect.points))


def _weigh(typed: Person, person: Person) -> Suspect | None:
    if person.erased_on is not None or not _births_agree(typed.birth, person.birth):
        return None
    points = _names(typed, person)
    if not points:
        return None
    points |= _about(typed, person)
    total = sum(points.values())
    reasons = tuple(code for code, worth in points.items() if worth > 0)
    return Suspect(person, total, reasons) if total >= ENOUGH else None


def _names(typed: Person, person: Person) -> dict[str, int]:
    points: dict[str, int] = {}
    if _alike(typed.last_name, (person.last_name, *person.nicknames)):
        points["last_name"] = _LAST
    if _alike(typed.first_name, (person.first_name, *person.nicknames)):
        points["first_name"] = _FIRST
    return points


def _about(typed: Person, person: Person) -> dict[str, int]:
    points: dict[str, int] = {}
    if typed.mother_name and person.mother_name:
        points["mother"] = _MOTHER if _alike(typed.mother_name, (person.mother_name,)) else _OTHER_MOTHER
    if typed.birth.precision is Precision.DAY and typed.birth == person.birth:
        points["birth"] = _SAME_DAY
    elif bounds(typed.birth) is not None and bounds(person.birth) is not None:
        points["birth"] = _BIRTH
    if typed.quarter and names.plain(typed.quarter) == names.plain(person.quarter):
        points["quarter"] = _QUARTER
    if {phone.number for phone in typed.phones} & {phone.number for phone in person.phones}:
        points["phone"] = _PHONE
    return points


def _alike(text: str, others: Iterable[str]) -> bool:
    """Whatever the spelling, the variant and the order of the words."""
    mine = set(names.identity(text))
    return bool(mine) and any(mine == set(names.identity(other)) for other in others)


def _births_agree(one: Birth, other: Birth) -> bool:
    """Whether both may be the same birth; an unknown one contradicts nothing."""
    first, second = bounds(one), bounds(other)
    if first is None or second is None:
        return True
    return first[0] <= second[1] and second[0] <= first[1]
