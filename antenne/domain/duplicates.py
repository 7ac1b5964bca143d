"""Who may already be on file: suggested while she types, never merged by itself (rules: People)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from antenne.domain import names
from antenne.domain.births import Birth
from antenne.domain.births_rules import bounds
from antenne.domain.persons import Person

ENOUGH = 5
"""Points from which somebody is suggested; a shared phone alone (3) never is."""

_LAST, _FIRST, _MOTHER, _QUARTER, _PHONE, _BIRTH = 2, 2, 2, 1, 3, 1


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
    if not _births_agree(typed.birth, person.birth):
        return None
    points: dict[str, int] = {}
    if _alike(typed.last_name, (person.last_name, *person.nicknames)):
        points["last_name"] = _LAST
    if _alike(typed.first_name, (person.first_name, *person.nicknames)):
        points["first_name"] = _FIRST
    if typed.mother_name and _alike(typed.mother_name, (person.mother_name,)):
        points["mother"] = _MOTHER
    if bounds(typed.birth) is not None and bounds(person.birth) is not None:
        points["birth"] = _BIRTH
    if typed.quarter and names.plain(typed.quarter) == names.plain(person.quarter):
        points["quarter"] = _QUARTER
    if {phone.number for phone in typed.phones} & {phone.number for phone in person.phones}:
        points["phone"] = _PHONE
    named = "last_name" in points or "first_name" in points
    total = sum(points.values())
    return Suspect(person, total, tuple(points)) if named and total >= ENOUGH else None


def _alike(text: str, others: Iterable[str]) -> bool:
    mine = names.identity(text)
    return bool(mine) and any(mine == names.identity(other) for other in others)


def _births_agree(one: Birth, other: Birth) -> bool:
    """Whether both may be the same birth; an unknown one contradicts nothing."""
    first, second = bounds(one), bounds(other)
    if first is None or second is None:
        return True
    return first[0] <= second[1] and second[0] <= first[1]
