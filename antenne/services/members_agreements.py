"""What a woman agrees to: purposes given and taken back, her photo, and the word on her majority."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import members
from antenne.domain import text as texts
from antenne.domain.audit import FieldChange
from antenne.domain.births_rules import Majority, majority
from antenne.domain.changes import Done
from antenne.domain.persons import Consent, Person, Purpose
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk
from antenne.services.members_changing import change_person, of_age, refuse
from antenne.wording import members as purposes

_MOST_WITNESS, _MOST_WORDS = 120, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveConsent:
    """She agrees to one purpose."""

    request_id: str
    person_id: int
    purpose: Purpose
    on: dt.date
    how: str
    witness: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawConsent:
    """She takes one purpose back; ``how`` she said it, in words, where it was asked."""

    request_id: str
    person_id: int
    purpose: Purpose
    on: dt.date
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPhoto:
    """Keep her photo (JPEG, already cropped), or take it away (None)."""

    request_id: str
    person_id: int
    jpeg: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestMajority:
    """The responsable records « majeure évidente » and on what it rests."""

    request_id: str
    person_id: int
    words: str


def give_consent(desk: Desk, command: GiveConsent) -> Done[Person]:
    """Note that she agrees to one purpose.

    Raises:
        RulesBroken: ``members.already_agreed``, an oral consent without a witness, a day to come.
    """

    def change(_uow: UnitOfWork, person: Person) -> tuple[Person, Sequence[FieldChange]]:
        broken = [*members.consent_day_violations(None, command.on, desk.today)]
        if command.purpose in members.consents_in_force(person, desk.today):
            broken.append(Violation("members.already_agreed", "purpose"))
        if not command.how:
            broken.append(Violation("form.required", "how", (("label", "comment"),)))
        witness = texts.clean_line(command.witness)
        if command.how == "orale" and not witness:
            broken.append(Violation("form.required", "witness", (("label", "témoin"),)))
        broken += texts.violations(witness, "witness", _MOST_WITNESS)
        refuse(broken)
        consent = Consent(command.purpose, command.on, command.how, witness)
        words = (FieldChange(purposes.PURPOSES[command.purpose], "", f"{command.on:%d/%m/%Y}"),)
        return replace(person, consents=(*person.consents, consent)), words

    return change_person(desk, command.person_id, "person.consent", command.request_id, change)


def withdraw_consent(desk: Desk, command: WithdrawConsent) -> Done[Person]:
    """Take one purpose back; a withdrawn photo consent takes the photo away with it.

    Raises:
        RulesBroken: ``members.not_agreed``, ``members.withdrawn_before``, a day to come.
    """

    def change(uow: UnitOfWork, person: Person) -> tuple[Person, Sequence[FieldChange]]:
        held = [one for one in person.consents if one.purpose is command.purpose and one.withdrawn_on is None]
        if not held:
            raise RulesBroken(Violation("members.not_agreed", "purpose"))
        refuse(members.consent_day_violations(max(one.given_on for one in held), command.on, desk.today))
        consents = tuple(replace(one, withdrawn_on=command.on) if one in held else one for one in person.consents)
        if command.purpose is Purpose.PHOTO:
            uow.persons.put_photo(person.id, None, command.on)
        said = f"retiré le {command.on:%d/%m/%Y}{f' ({command.how})' if command.how else ''}"
        return replace(person, consents=consents), (FieldChange(purposes.PURPOSES[command.purpose], "accord", said),)

    return change_person(desk, command.person_id, "person.withdrawn", command.request_id, change)


def set_photo(desk: Desk, command: SetPhoto) -> Done[Person]:
    """Keep or remove her photo.

    Raises:
        RulesBroken: ``members.photo_minor``, ``members.photo_consent``.
    """

    def change(uow: UnitOfWork, person: Person) -> tuple[Person, Sequence[FieldChange]]:
        if command.jpeg is not None:
            refuse(members.photo_violations(person, desk.today, of_age(desk)))
        uow.persons.put_photo(person.id, command.jpeg, desk.today)
        return person, (FieldChange("Photo", "", "retirée" if command.jpeg is None else "changée"),)

    return change_person(desk, command.person_id, "person.photo", command.request_id, change)


def attest_majority(desk: Desk, command: AttestMajority) -> Done[Person]:
    """Record « majeure évidente » and on what it rests; only the responsable does.

    Raises:
        Forbidden: Not the responsable.
        RulesBroken: ``members.reason``; or she is certainly a minor.
    """
    desk.require(Right.USERS)

    def change(_uow: UnitOfWork, person: Person) -> tuple[Person, Sequence[FieldChange]]:
        words = texts.clean_line(command.words)
        broken = [] if words else [Violation("members.reason", "words")]
        broken += texts.violations(words, "words", _MOST_WORDS)
        if majority(person.birth, desk.today, of_age(desk)) is Majority.MINOR:
            broken.append(Violation("members.minor", "birth", (("years", of_age(desk)),)))
        refuse(broken)
        return replace(person, evident_adult=words), (FieldChange("Majeure évidente", person.evident_adult, words),)

    return change_person(desk, command.person_id, "person.evident_adult", command.request_id, change)
