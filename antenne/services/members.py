"""Persons and members: what the secretary does with a woman's file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import members
from antenne.domain.audit import FieldChange
from antenne.domain.changes import CARDS, MEMBERS, Changes, Done
from antenne.domain.forms.model import Form
from antenne.domain.forms.person import ADHESION, MANY_WOMEN, MEMBER, PERSON, REGISTRATION
from antenne.domain.forms.validate import validate
from antenne.domain.persons import Person, Purpose
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import civil
from antenne.services.desk import Desk
from antenne.services.members_changing import (
    asked,
    change_person,
    differences,
    index,
    known,
    note,
    of_age,
    refuse,
    save,
    writable,
)

_OF_ADHESION = frozenset(field.label for field in ADHESION.fields)
"""A correction of these alone leaves what is being typed about her."""
_FORMS: dict[str, Form] = {form.key: form for form in (REGISTRATION, MANY_WOMEN)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A new file, with or without adhesion.

    Attributes:
        form: ``registration`` or ``many_women``.
        answers: Typed answers of that form.
    """

    request_id: str
    form: str
    answers: Mapping[str, object] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePerson:
    """Change a file.

    Attributes:
        before: The record as she saw it; what changed meanwhile in what the form asks is not overwritten. A photo,
            a consent or a suspension noted meanwhile stays as it is and stands against nothing.
        answers: Typed answers of the person's form; a member's adhesion is corrected where they name it.
    """

    request_id: str
    before: Person = field(repr=False)
    answers: Mapping[str, object] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Make a person on file a member."""

    request_id: str
    person_id: int
    joined_on: dt.date
    sponsor_id: int | None = None
    exempt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMembership:
    """Suspend (``suspended``), resume, leave (``left``), come back (``rejoined``), or note a death (``died``)."""

    request_id: str
    person_id: int
    what: str
    on: dt.date
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erase:
    """She asks to be forgotten."""

    request_id: str
    person_id: int


def register_person(desk: Desk, command: Register) -> Done[Person]:
    """Open a file; with a date of adhesion she becomes a member and gets her number.

    Raises:
        Forbidden: The user may not write persons.
        RulesBroken: Everything that does not fit, at once.
    """
    desk.require(Right.WRITE_PERSONS)
    form = _FORMS[command.form]
    answers = asked(form, command.answers)
    person = members.with_answers(Person(last_name="", first_name=""), answers)
    asked_on = _day(answers.get("joined_on"), desk.today)
    person = replace(person, consents=members.consents_of(answers, asked_on))
    with desk.write() as uow:
        if (old := uow.audit.by_request(command.request_id)) is not None:
            return Done(known(uow, old[1]))
        broken = [*validate(form, answers, desk.today), *members.file_violations(person, desk.today)]
        wanted = members.membership_of(answers, "")
        if wanted is not None:
            broken += members.joining_violations(person, wanted.joined_on, desk.today, of_age(desk, wanted.joined_on))
            broken += _sponsor_violations(uow, wanted.sponsor_id, 0)
        if Purpose.FILE not in {consent.purpose for consent in person.consents}:
            broken.append(Violation("members.no_consent", "consent_file"))
        refuse(broken)
        if wanted is not None:
            wanted = replace(wanted, number=f"M-{uow.counters.next('member'):05d}")
        number = f"P-{uow.counters.next('person'):05d}"
        saved = save(desk, uow, replace(person, number=number, membership=wanted))
        changes = differences(desk, uow, form, {}, {**answers, **members.answers_of(saved)})
        note(desk, uow, "person.created", saved.id, changes, command.request_id)
        uow.drafts.discard(form.key, 0, desk.actor.user_id)
        uow.commit()
    index(desk, saved)
    return Done(saved, Changes.of(MEMBERS, id=saved.id))


def save_person(desk: Desk, command: SavePerson) -> Done[Person]:
    """Change a file; what changed is kept old → new.

    Raises:
        Forbidden: The user may not write persons.
        RulesBroken: Rules, ``members.changed_meanwhile``, ``members.erased``, ``members.gone``.
    """
    desk.require(Right.WRITE_PERSONS)
    with desk.write() as uow:
        if (old := uow.audit.by_request(command.request_id)) is not None:
            return Done(known(uow, old[1]))
        now = writable(uow, command.before.id)
        if members.answers_of(now) != members.answers_of(command.before):
            raise RulesBroken(Violation("members.changed_meanwhile"))
        form = MEMBER if now.membership is not None and "joined_on" in command.answers else PERSON
        answers = asked(form, command.answers)
        person = members.with_answers(now, answers)
        broken = [*validate(form, answers, desk.today), *members.file_violations(person, desk.today)]
        if person.membership is not None:
            broken += _membership_violations(desk, uow, now, person)
        refuse(broken)
        changes = differences(desk, uow, form, members.answers_of(now), members.answers_of(person))
        saved = save(desk, uow, person)
        note(desk, uow, "person.saved", saved.id, changes, command.request_id)
        if form is PERSON or any(one.field not in _OF_ADHESION for one in changes):
            uow.drafts.discard(PERSON.key, saved.id, desk.actor.user_id)
        uow.commit()
    index(desk, saved)
    return Done(saved, Changes.of(MEMBERS, CARDS, id=saved.id))


def _membership_violations(desk: Desk, uow: UnitOfWork, before: Person, person: Person) -> list[Violation]:
    """What a corrected birth or adhesion breaks; an uncertainty that was there before (a register) is not held back."""
    member = person.membership
    assert member is not None
    found = members.joining_violations(person, member.joined_on, desk.today, of_age(desk, member.joined_on))
    if before.membership is not None:
        joined_on = before.membership.joined_on
        known = members.joining_violations(before, joined_on, desk.today, of_age(desk, joined_on))
        found = tuple(one for one in found if one.code != "members.uncertain" or one not in known)
    return [*found, *_sponsor_violations(uow, member.sponsor_id, person.id)]


def join_member(desk: Desk, command: Join) -> Done[Person]:
    """Give a person on file her adhesion and her number.

    Raises:
        RulesBroken: ``members.already``, ``members.minor``, ``members.uncertain``, ``members.no_consent``…
    """

    def change(uow: UnitOfWork, person: Person) -> tuple[Person, Sequence[FieldChange]]:
        if person.membership is not None:
            raise RulesBroken(Violation("members.already", None, (("number", person.membership.number),)))
        if person.died_on is not None:
            raise RulesBroken(Violation("members.died", None, (("day", person.died_on),)))
        years = of_age(desk, command.joined_on)
        broken = [*members.joining_violations(person, command.joined_on, desk.today, years)]
        broken += _sponsor_violations(uow, command.sponsor_id, person.id)
        if Purpose.FILE not in members.consents_in_force(person, desk.today):
            broken.append(Violation("members.no_consent", "consent_file"))
        refuse(broken)
        answers = {"joined_on": command.joined_on, "sponsor_id": command.sponsor_id, "exempt": command.exempt}
        membership = members.membership_of(answers, f"M-{uow.counters.next('member'):05d}")
        assert membership is not None
        return replace(person, membership=membership), (FieldChange("N° d’adhérente", "", membership.number),)

    return change_person(desk, command.person_id, "person.joined", command.request_id, change)


def change_membership(desk: Desk, command: ChangeMembership) -> Done[Person]:
    """Suspend, resume, let go, take back, note a death, or take back one noted by mistake.

    Raises:
        RulesBroken: What ``domain.members.change_violations`` finds.
    """

    def change(_uow: UnitOfWork, person: Person) -> tuple[Person, Sequence[FieldChange]]:
        refuse(members.change_violations(person, command.what, command.on, desk.today))
        said = f"{command.on:%d/%m/%Y}"
        if command.what == "died":
            return replace(person, died_on=command.on), (FieldChange("Décès", "", said),)
        if command.what == "alive":
            noted = person.died_on
            assert noted is not None
            return replace(person, died_on=None), (FieldChange("Décès", f"{noted:%d/%m/%Y}", "noté par erreur"),)
        member = person.membership
        assert member is not None
        changed = {
            "suspended": replace(member, suspended_on=command.on),
            "resumed": replace(member, suspended_on=None),
            "left": replace(member, left_on=command.on, left_reason=command.reason),
            "rejoined": replace(member, left_on=None, left_reason=""),
        }[command.what]
        reason = desk.settings.label("exit_reasons", command.reason) if command.reason else ""
        lines = (FieldChange("Date", "", said), FieldChange("Motif", "", reason))
        return replace(person, membership=changed), tuple(line for line in lines if line.new)

    return change_person(desk, command.person_id, f"person.{command.what}", command.request_id, change)


def erase_person(desk: Desk, command: Erase) -> Done[Person]:
    """Forget who she is: identity, phones, photo, her civil files and the values of every Historique of hers.

    Numbers, steps, days and counts stay; what must be settled before is ``services.erasing``'s to ask.

    Raises:
        Forbidden: Not the responsable.
    """
    desk.require(Right.ERASE_PERSONS)
    with desk.write() as uow:
        if (old := uow.audit.by_request(command.request_id)) is not None:
            return Done(known(uow, old[1]))
        person = writable(uow, command.person_id)
        uow.persons.put_photo(person.id, None, desk.today)
        saved = save(desk, uow, members.erased(person, desk.today))
        note(desk, uow, "person.erased", saved.id, (), command.request_id)
        uow.audit.erase_details("person", saved.id)
        for receipt_id in uow.receipts.erase_payer(saved.id):
            uow.audit.erase_details("receipt", receipt_id)
        uow.dues.erase_reasons(saved.id)
        uow.expenses.erase_scans_of(saved.id)
        uow.persons.forget_drafts((PERSON.key,), saved.id)
        for file_id in uow.civil.about(saved.id):
            forget_civil_file(uow, file_id)
        uow.commit()
    index(desk, saved)
    return Done(saved, Changes.of(MEMBERS, CARDS, id=saved.id))


def forget_civil_file(uow: UnitOfWork, file_id: int) -> None:
    """Forget whom a civil file is about, what was typed and changed in it; its steps and days stay to be counted."""
    uow.civil.forget(file_id)
    uow.audit.erase_details(civil.SUBJECT, file_id)
    uow.persons.forget_drafts((civil.SUBJECT,), file_id)


def _sponsor_violations(uow: UnitOfWork, sponsor_id: int | None, own_id: int) -> list[Violation]:
    if sponsor_id is None:
        return []
    sponsor = uow.persons.get(sponsor_id)
    fits = sponsor is not None and sponsor.membership is not None and sponsor.erased_on is None and sponsor.id != own_id
    return [] if fits else [Violation("members.sponsor", "sponsor_id")]


def _day(value: object, fallback: dt.date) -> dt.date:
    return value if isinstance(value, dt.date) else fallback
