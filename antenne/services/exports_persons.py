"""One row of an exported list for each person: everything that the import reads, under the labels of the form.

The question that recognises her on the phone stays in the base: a list that leaves it must not open her file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from antenne.domain import import_columns as columns
from antenne.domain import members, phones
from antenne.domain.births_rules import Majority, majority
from antenne.domain.forms.model import Option
from antenne.domain.import_cells import birth_cell
from antenne.domain.import_consents import COLUMNS as CONSENTS
from antenne.domain.import_consents import consent_words
from antenne.domain.import_phones import phones_words
from antenne.domain.import_standing import TO_VERIFY
from antenne.domain.persons import Person
from antenne.services.desk import Desk
from antenne.wording.members import STATUSES

Cell = str | int | bool | dt.date | None
"""What may stand in a cell; money is a whole number of FCFA, yes and no become words."""

_KEYS = (
    columns.PERSON_NUMBER, columns.MEMBER_NUMBER, "last_name", "first_name", "nicknames", columns.BIRTH, "birth_place",
    "mother_name", "quarter", columns.PHONES, "languages", "activity", "children_count", columns.JOINED_ON,
    columns.STATUS, columns.SPONSOR, "exempt", "suspended_on", "left_on", "left_reason", "died_on", "evident_adult",
    "register_ref", "nationality", "pseudonym", "emergency_name", "emergency_phone", "emergency_knows", "never_tell",
    "schooling", "literate", "displaced", "displaced_from", "displaced_on", "id_type", "id_number", "id_expires_on",
    "nina", *CONSENTS.values(),
)  # fmt: skip
_SAME = (
    "last_name", "first_name", "birth_place", "mother_name", "quarter", "children_count", "died_on", "register_ref",
    "pseudonym", "emergency_name", "emergency_knows", "never_tell", "literate", "displaced", "displaced_from",
    "displaced_on", "id_number", "id_expires_on", "nina",
)  # fmt: skip
"""Columns whose cell is the attribute itself."""
_LISTS = {"activity": "activities", "nationality": "nationalities", "schooling": "schooling", "id_type": "id_types"}

PERSON_COLUMNS = tuple(columns.BY_KEY[key].label for key in _KEYS)
"""Titles of an exported list of persons: those that the import recognises."""


def person_rows(desk: Desk, persons: Iterable[Person], numbers: Mapping[int, str]) -> Iterator[tuple[Cell, ...]]:
    """One row of cells for each person, in the order of :data:`PERSON_COLUMNS`.

    Args:
        desk: The office: its lists and its day.
        persons: Whom.
        numbers: Member numbers by id, for the marraines.
    """
    writer = _Rows(desk, numbers)
    for person in persons:
        made = writer.cells(person)
        yield tuple(made[key] for key in _KEYS)


class _Rows:
    """Writes persons as cells, by destination of the import."""

    def __init__(self, desk: Desk, numbers: Mapping[int, str]) -> None:
        self._settings, self._today = desk.settings, desk.today
        self._of_age = desk.settings.count("members.majority", desk.today)
        self._numbers = numbers
        self._owners, self._ways = self._every("phone_owners"), self._every("consent_ways")

    def cells(self, person: Person) -> dict[str, Cell]:
        """Everything about one person."""
        label = self._settings.label
        found: dict[str, Cell] = {key: getattr(person, key) for key in _SAME}
        found |= {key: label(name, code) if (code := getattr(person, key)) else None for key, name in _LISTS.items()}
        found |= {key: consent_words(person.consents, purpose, self._ways) for purpose, key in CONSENTS.items()}
        return found | self._standing(person) | {
            columns.PERSON_NUMBER: person.number,
            "nicknames": ", ".join(person.nicknames),
            columns.BIRTH: birth_cell(person.birth),
            columns.PHONES: phones_words(person.phones, self._owners),
            "emergency_phone": phones.shown(person.emergency_phone) if person.emergency_phone else None,
            "languages": ", ".join(label("languages", code) for code in person.languages),
        }  # fmt: skip

    def _standing(self, person: Person) -> dict[str, Cell]:
        """Adhesion and what followed; empty cells without one."""
        member = person.membership
        found: dict[str, Cell] = dict.fromkeys(
            (columns.MEMBER_NUMBER, columns.JOINED_ON, columns.SPONSOR, "exempt", "suspended_on", "left_on",
             "left_reason")
        )  # fmt: skip
        found[columns.STATUS] = STATUSES[members.status(person, self._today, self._of_age)][0]
        found["evident_adult"] = person.evident_adult
        if member is None:
            return found
        doubt = majority(person.birth, member.joined_on, self._of_age) is Majority.UNCERTAIN
        return found | {
            columns.MEMBER_NUMBER: member.number,
            columns.JOINED_ON: member.joined_on,
            columns.SPONSOR: self._numbers.get(member.sponsor_id or 0),
            "exempt": member.exempt,
            "suspended_on": member.suspended_on,
            "left_on": member.left_on,
            "left_reason": self._settings.label("exit_reasons", member.left_reason) if member.left_reason else None,
            "evident_adult": person.evident_adult or (TO_VERIFY if doubt else None),
        }

    def _every(self, list_name: str) -> Sequence[Option]:
        """The entries of a list, those no longer offered too."""
        return tuple(entry.option for entry in self._settings.lists.get(list_name, ()))
