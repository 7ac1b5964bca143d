"""Persons and members: what the secretary does with a woman's file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import members
from antenne.domain import text as texts
from antenne.domain.audit import FieldChange
from antenne.domain.births_rules import Majority, majority
from antenne.domain.changes import CARDS, MEMBERS, Changes, Done
from antenne.domain.forms import reading
from antenne.domain.forms.model import Field, Form, Kind
from antenne.domain.forms.person import ADHESION, MANY_WOMEN, MEMBER, PERSON, REGISTRATION
from antenne.domain.forms.validate import asked_answers, validate
from antenne.domain.persons import Consent, Person, Purpose
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk
from antenne.wording import members as purposes

_MOST_WITNESS, _MOST_WORDS = 120, 200
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
    """She takes one purpose back."""

    request_id: str
    person_id: int
    purpose: Purpose
    on: dt.date


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Erase:
    """She asks to be forgotten."""

    request_id: str
    person_id: int


def of_age(desk: Desk, on: dt.date | None = None) -> int:
    """Years from which she may be a member, on a day (the règlement of that day holds) or today."""
    return desk.settings.count("members.majority", on or desk.today)


# --- Changing ----------------------------------------------------------------------------------------------------


def register_person(desk: Desk, command: Register) -> Done[Person]:
    """Open a file; with a date of adhesion she becomes a member and gets her number.

    Raises:
        Forbidden: The user may not write persons.
        RulesBroken: Everything that does not fit, at once.
    """
    desk.require(Right.WRITE_PERSONS)
    form = _FORMS[command.form]
    answers = _asked(form, command.answers)
    person = members.with_answers(Person(last_name="", first_name=""), answers)
    asked_on = _day(answers.get("joined_on"), desk.today)
    person = replace(person, consents=members.consents_of(answers, asked_on))
    with desk.write() as uow:
        if (old := uow.audit.by_request(command.request_id)) is not None:
            return Done(_known(uow, old[1]))
        broken = [*validate(form, answers, desk.today), *members.file_violations(person, desk.today)]
        wanted = members.membership_of(answers, "")
        if wanted is not None:
            broken += members.joining_violations(person, wanted.joined_on, desk.today, of_age(desk, wanted.joined_on))
            broken += _sponsor_violations(uow, wanted.sponsor_id, 0)
        if Purpose.FILE not in {consent.purpose for consent in person.consents}:
            broken.append(Violation("members.no_consent", "consent_file"))
        _refuse(broken)
        if wanted is not None:
            wanted = replace(wanted, number=f"M-{uow.counters.next('member'):05d}")
        number = f"P-{uow.counters.next('person'):05d}"
        saved = _save(desk, uow, replace(person, number=number, membership=wanted))
        changes = _differences(desk, uow, form, {}, {**answers, **members.answers_of(saved)})
        _note(desk, uow, "person.created", saved.id, changes, command.request_id)
        uow.drafts.discard(form.key, 0, desk.actor.user_id)
        uow.commit()
    _index(desk, saved)
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
            return Done(_known(uow, old[1]))
        now = _writable(uow, command.before.id)
        if members.answers_of(now) != members.answers_of(command.before):
            raise RulesBroken(Violation("members.changed_meanwhile"))
        form = MEMBER if now.membership is not None and "joined_on" in command.answers else PERSON
        answers = _asked(form, command.answers)
        person = members.with_answers(now, answers)
        broken = [*validate(form, answers, desk.today), *members.file_violations(person, desk.today)]
        if person.membership is not None:
            broken += _membership_violations(desk, uow, now, person)
        _refuse(broken)
        changes = _differences(desk, uow, form, members.answers_of(now), members.answers_of(person))
        saved = _save(desk, uow, person)
        _note(desk, uow, "person.saved", saved.id, changes, command.request_id)
        if form is PERSON or any(one.field not in _OF_ADHESION for one in changes):
            uow.drafts.discard(PERSON.key, saved.id, desk.actor.user_id)
        uow.commit()
    _index(desk, saved)
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
        _refuse(broken)
        answers = {"joined_on": command.joined_on, "sponsor_id": command.sponsor_id, "exempt": command.exempt}
        membership = members.membership_of(answers, f"M-{uow.counters.next('member'):05d}")
        assert membership is not None
        return replace(person, membership=membership), (FieldChange("N° d’adhérente", "", membership.number),)

    return _change(desk, command.person_id, "person.joined", command.request_id, change)


def change_membership(desk: Desk, command: ChangeMembership) -> Done[Person]:
    """Suspend, resume, let go, take back, note a death, or take back one noted by mistake.

    Raises:
        RulesBroken: What ``domain.members.change_violations`` finds.
    """

    def change(_uow: UnitOfWork, person: Person) -> tuple[Person, Sequence[FieldChange]]:
        _refuse(members.change_violations(person, command.what, command.on, desk.today))
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

    return _change(desk, command.person_id, f"person.{command.what}", command.request_id, change)


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
        _refuse(broken)
        consent = Consent(command.purpose, command.on, command.how, witness)
        words = (FieldChange(purposes.PURPOSES[command.purpose], "", f"{command.on:%d/%m/%Y}"),)
        return replace(person, consents=(*person.consents, consent)), words

    return _change(desk, command.person_id, "person.consent", command.request_id, change)


def withdraw_consent(desk: Desk, command: WithdrawConsent) -> Done[Person]:
    """Take one purpose back; a withdrawn photo consent takes the photo away with it.

    Raises:
        RulesBroken: ``members.not_agreed``, ``members.withdrawn_before``, a day to come.
    """

    def change(uow: UnitOfWork, person: Person) -> tuple[Person, Sequence[FieldChange]]:
        held = [one for one in person.consents if one.purpose is command.purpose and one.withdrawn_on is None]
        if not held:
            raise RulesBroken(Violation("members.not_agreed", "purpose"))
        _refuse(members.consent_day_violations(max(one.given_on for one in held), command.on, desk.today))
        consents = tuple(replace(one, withdrawn_on=command.on) if one in held else one for one in person.consents)
        if command.purpose is Purpose.PHOTO:
            uow.persons.put_photo(person.id, None, command.on)
        words = (FieldChange(purposes.PURPOSES[command.purpose], "accord", f"retiré le {command.on:%d/%m/%Y}"),)
        return replace(person, consents=consents), words

    return _change(desk, command.person_id, "person.withdrawn", command.request_id, change)


def set_photo(desk: Desk, command: SetPhoto) -> Done[Person]:
    """Keep or remove her photo.

    Raises:
        RulesBroken: ``members.photo_minor``, ``members.photo_consent``.
    """

    def change(uow: UnitOfWork, person: Person) -> tuple[Person, Sequence[FieldChange]]:
        if command.jpeg is not None:
            _refuse(members.photo_violations(person, desk.today, of_age(desk)))
        uow.persons.put_photo(person.id, command.jpeg, desk.today)
        return person, (FieldChange("Photo", "", "retirée" if command.jpeg is None else "changée"),)

    return _change(desk, command.person_id, "person.photo", command.request_id, change)


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
        _refuse(broken)
        return replace(person, evident_adult=words), (FieldChange("Majeure évidente", person.evident_adult, words),)

    return _change(desk, command.person_id, "person.evident_adult", command.request_id, change)


def erase_person(desk: Desk, command: Erase) -> Done[Person]:
    """Forget who she is: identity, phones, photo and the values of her Historique; numbers and counts stay.

    Raises:
        Forbidden: Not the responsable.
    """
    desk.require(Right.ERASE_PERSONS)
    with desk.write() as uow:
        if (old := uow.audit.by_request(command.request_id)) is not None:
            return Done(_known(uow, old[1]))
        person = _writable(uow, command.person_id)
        uow.persons.put_photo(person.id, None, desk.today)
        saved = _save(desk, uow, members.erased(person, desk.today))
        _note(desk, uow, "person.erased", saved.id, (), command.request_id)
        uow.audit.erase_details("person", saved.id)
        uow.persons.forget_drafts((PERSON.key,), saved.id)
        uow.commit()
    _index(desk, saved)
    return Done(saved, Changes.of(MEMBERS, CARDS, id=saved.id))


# --- Shared ------------------------------------------------------------------------------------------------------

_Change = Callable[[UnitOfWork, Person], tuple[Person, Sequence[FieldChange]]]


def _change(desk: Desk, person_id: int, action: str, request_id: str, change: _Change) -> Done[Person]:
    """One change of one person: read, rule, save, note, commit."""
    desk.require(Right.WRITE_PERSONS)
    with desk.write() as uow:
        if (old := uow.audit.by_request(request_id)) is not None:
            return Done(_known(uow, old[1]))
        person, lines = change(uow, _writable(uow, person_id))
        saved = _save(desk, uow, person)
        _note(desk, uow, action, saved.id, lines, request_id)
        uow.commit()
    _index(desk, saved)
    return Done(saved, Changes.of(MEMBERS, CARDS, id=saved.id))


def _save(desk: Desk, uow: UnitOfWork, person: Person) -> Person:
    return uow.persons.save(person, desk.clock.now(), desk.actor.user_id)


def _note(
    desk: Desk, uow: UnitOfWork, action: str, person_id: int, changes: Sequence[FieldChange], request_id: str
) -> None:
    uow.audit.add(desk.clock.now(), desk.actor.user_id, action, "person", person_id, changes, request_id)


def _index(desk: Desk, person: Person) -> None:
    if person.erased_on is None:
        desk.persons.put(members.indexed(person))
    else:
        desk.persons.remove(person.id)


def _known(uow: UnitOfWork, person_id: int) -> Person:
    person = uow.persons.get(person_id)
    if person is None:
        raise RulesBroken(Violation("members.gone"))
    return person


def _writable(uow: UnitOfWork, person_id: int) -> Person:
    person = _known(uow, person_id)
    if person.erased_on is not None:
        raise RulesBroken(Violation("members.erased"))
    return person


def _sponsor_violations(uow: UnitOfWork, sponsor_id: int | None, own_id: int) -> list[Violation]:
    if sponsor_id is None:
        return []
    sponsor = uow.persons.get(sponsor_id)
    fits = sponsor is not None and sponsor.membership is not None and sponsor.erased_on is None and sponsor.id != own_id
    return [] if fits else [Violation("members.sponsor", "sponsor_id")]


def _asked(form: Form, answers: Mapping[str, object]) -> dict[str, object]:
    """The answers given, without those to questions that other answers hide."""
    asked = asked_answers(form, answers)
    return {key: asked[key] for key in answers}


def _differences(
    desk: Desk, uow: UnitOfWork, form: Form, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[FieldChange, ...]:
    """The fields that changed, in words that a person can read."""
    found = []
    for one in form.fields:
        old, new = _said(desk, uow, one, before.get(one.key)), _said(desk, uow, one, after.get(one.key))
        if old != new:
            found.append(FieldChange(one.label, old, new))
    return tuple(found)


def _said(desk: Desk, uow: UnitOfWork, one: Field, value: Any) -> str:
    """A value in words. Another woman is said by her number: her name is not kept in a history that is not hers."""
    if one.kind is Kind.ROWS:
        return " ; ".join(_row_said(desk, uow, one, row) for row in value or ())
    if one.kind is Kind.PERSON and value is not None:
        other = uow.persons.get(value)
        return "" if other is None else other.membership.number if other.membership else other.number
    options = tuple(entry.option for entry in desk.settings.lists.get(one.options, ())) if one.options else ()
    return reading.show(one, value, options)


def _row_said(desk: Desk, uow: UnitOfWork, rows: Field, row: Mapping[str, Any]) -> str:
    """« 76 12 34 56, elle, Peut-on appeler ? Oui »: a bare Oui would not say to what."""
    said = ((column, _said(desk, uow, column, row.get(column.key))) for column in rows.columns)
    return ", ".join(f"{column.label} {word}" if column.kind is Kind.YES_NO else word for column, word in said if word)


def _day(value: object, fallback: dt.date) -> dt.date:
    return value if isinstance(value, dt.date) else fallback


def _refuse(broken: Sequence[Violation]) -> None:
    """Every broken rule once: the form and the rules between fields may both find a day to come."""
    seen: dict[tuple[str, str | None], Violation] = {}
    for one in broken:
        seen.setdefault((one.code, one.field), one)
    if seen:
        raise RulesBroken(*seen.values())
