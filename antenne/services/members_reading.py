"""What the screens ask about persons: lists, search, the woman's page, her Historique, who she may already be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from antenne.db.repositories.members import ListRow
from antenne.domain import duplicates, members, phones
from antenne.domain.audit import FieldChange, HistoryLine
from antenne.domain.backups import BackupMade
from antenne.domain.births_rules import Majority, majority
from antenne.domain.duplicates import Suspect
from antenne.domain.forms.person import PERSON
from antenne.domain.persons import Person, PersonRow, Purpose, Status
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.services.desk import Desk
from antenne.services.members_changing import differences, known, of_age

_CANDIDATES = 500
"""Namesakes looked at while she types."""
_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the woman's page shows at once.

    Attributes:
        person: Her record.
        status: Where she stands.
        majority: Whether she is surely of age.
        minor: Treated as a minor: uncertain, and never attested.
        consents: What she agrees to today.
        sponsor: « Prénom NOM » of her marraine, or empty.
        sponsor_number: Her number.
        warnings: Said, never refused.
        card_until: Last day of her card in use.
    """

    person: Person
    status: Status
    majority: Majority
    minor: bool
    consents: frozenset[Purpose]
    sponsor: str
    sponsor_number: str
    warnings: tuple[Violation, ...]
    card_until: dt.date | None


def search_ids(desk: Desk, typed: str) -> tuple[int, ...]:
    """Ids of everybody whom the typed words fit, in the order of names; no disk is touched.

    Raises:
        Forbidden: The user may not see persons.
    """
    desk.require(Right.READ_PERSONS)
    return desk.persons.search(typed) if typed.strip() else desk.persons.all_ids()


def rows(desk: Desk, person_ids: Sequence[int]) -> tuple[PersonRow, ...]:
    """What the list shows of these persons, phones masked.

    Raises:
        Forbidden: The user may not see persons.
    """
    desk.require(Right.READ_PERSONS)
    with desk.read() as uow:
        found = uow.persons.rows(person_ids)
    today, adult = desk.today, of_age(desk)
    return tuple(_row(row, today, adult) for row in found)


def _row(row: ListRow, today: dt.date, adult: int) -> PersonRow:
    person, member = row.person, row.person.membership
    return PersonRow(
        id=person.id,
        number=person.number,
        member_number=member.number if member else "",
        last_name=person.last_name,
        first_name=person.first_name,
        nicknames=person.nicknames,
        quarter=person.quarter,
        masked_phone=phones.masked(person.phones[0].number) if person.phones else "",
        status=members.status(person, today, adult),
        card_until=row.card_until,
        birth=person.birth,
        joined_on=member.joined_on if member else None,
    )


def load_page(desk: Desk, person_id: int) -> Page:
    """The woman's page.

    Raises:
        Forbidden: The user may not see persons.
        RulesBroken: ``members.gone``.
    """
    desk.require(Right.READ_PERSONS)
    with desk.read() as uow:
        person = known(uow, person_id)
        sponsor_id = person.membership.sponsor_id if person.membership else None
        sponsor = uow.persons.get(sponsor_id) if sponsor_id else None
        until = uow.persons.last_card_until((person_id,)).get(person_id)
    return Page(
        person,
        members.status(person, desk.today, of_age(desk)),
        majority(person.birth, desk.today, of_age(desk)),
        members.treated_as_minor(person, desk.today, of_age(desk)),
        members.consents_in_force(person, desk.today),
        f"{sponsor.last_name.upper()} {sponsor.first_name}" if sponsor else "",
        sponsor.membership.number if sponsor and sponsor.membership else "",
        members.warnings(person),
        until,
    )


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Her record now, and what changed in her form's questions since another reading of it, old → new in words."""

    person: Person
    changes: tuple[FieldChange, ...]


def reopen(desk: Desk, before: Person) -> Meanwhile:
    """Her file again, and what others changed in it since ``before`` was read.

    Raises:
        Forbidden: The user may not see persons.
        RulesBroken: ``members.gone``.
    """
    desk.require(Right.READ_PERSONS)
    with desk.read() as uow:
        now = known(uow, before.id)
        return Meanwhile(now, differences(desk, uow, PERSON, members.answers_of(before), members.answers_of(now)))


def load_photo(desk: Desk, person_id: int) -> bytes | None:
    """Her photo as JPEG, or None.

    Raises:
        Forbidden: The user may not see persons.
    """
    desk.require(Right.READ_PERSONS)
    with desk.read() as uow:
        return uow.persons.photo(person_id)


def history(desk: Desk, person_id: int) -> tuple[HistoryLine, ...]:
    """Every change of her file, old → new, who and when, the newest first.

    Raises:
        Forbidden: The user may not see persons.
    """
    desk.require(Right.READ_PERSONS)
    with desk.read() as uow:
        return uow.audit.history("person", person_id)


def suggest_duplicates(desk: Desk, answers: Mapping[str, object], own_id: int = 0) -> tuple[Suspect, ...]:
    """Who on file she may be, from what is typed so far; at most three.

    Namesakes and bearers of her phones come from the index, so it follows her typing on 50,000 persons.

    Raises:
        Forbidden: The user may not see persons.
    """
    desk.require(Right.READ_PERSONS)
    typed = as_typed(answers, own_id)
    if not typed.last_name or not typed.first_name:
        return ()
    ids = dict.fromkeys(desk.persons.search(f"{typed.last_name} {typed.first_name}", _CANDIDATES))
    for phone in typed.phones:
        ids |= dict.fromkeys(desk.persons.search(phone.number, _CANDIDATES))
    if not ids:
        return ()
    with desk.read() as uow:
        likely = duplicates.suspects(typed, uow.persons.sketches(tuple(ids)))[:_SUGGESTED]
        known = {person.id: person for person in uow.persons.many([suspect.person.id for suspect in likely])}
    return tuple(replace(suspect, person=known[suspect.person.id]) for suspect in likely)


def as_typed(answers: Mapping[str, object], own_id: int = 0) -> Person:
    """Her record as far as it is typed; what cannot be read yet is left out."""
    readable = {key: value for key, value in answers.items() if not isinstance(value, Violation)}
    return members.with_answers(Person(id=own_id, last_name="", first_name=""), readable)


def quarters(desk: Desk) -> tuple[str, ...]:
    """Quarters already written, the most frequent first."""
    with desk.read() as uow:
        return uow.persons.quarters()


def backups_holding(desk: Desk) -> tuple[BackupMade, ...]:
    """The backups made so far, the newest first: whoever is erased today is still inside them."""
    with desk.read() as uow:
        return uow.backups.all()
