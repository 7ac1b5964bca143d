"""What makes a person a member, and what her file may hold (rules: People; forms: Person)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from antenne.domain import names
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.births_rules import Majority, bounds, majority
from antenne.domain.forms.model import Answers
from antenne.domain.persons import Consent, Membership, Person, Phone, Purpose, Status
from antenne.domain.search import IndexedPerson
from antenne.domain.text import clean_line
from antenne.domain.violations import Violation

OF_AGE = 18
NINA = re.compile(r"[0-9A-Za-z]{14}[A-Za-z]")
"""Fifteen signs, the last a letter: anything else is said, never refused."""

_PLAIN = (
    "last_name", "first_name", "pseudonym", "birth_place", "nationality", "quarter", "emergency_name",
    "emergency_phone", "emergency_knows", "never_tell", "recognition_question", "mother_name", "children_count",
    "schooling", "literate", "activity", "displaced", "displaced_from", "displaced_on", "id_type", "id_number",
    "id_expires_on", "nina", "register_ref",
)  # fmt: skip
"""Fields whose answer is the attribute itself."""

_TELLING = 3
"""Letters from which a name in a pseudonym tells: « O » and « Ba » are in every word."""

_OPTIONAL = frozenset({"emergency_knows", "children_count", "literate", "displaced", "displaced_on", "id_expires_on"})
_CONSENTS = {
    Purpose.FILE: "consent_file",
    Purpose.PHOTO: "consent_photo",
    Purpose.STATISTICS: "consent_statistics",
    Purpose.CONTACT: "consent_contact",
}


def status(person: Person, on: dt.date, of_age: int = OF_AGE) -> Status:
    """Where she stands that day.

    Args:
        person: Her record.
        on: The day.
        of_age: Years (setting ``members.majority``).
    """
    if person.erased_on is not None:
        return Status.ERASED
    if person.died_on is not None and person.died_on <= on:
        return Status.DECEASED
    member = person.membership
    if member is None:
        minor = majority(person.birth, on, of_age) is Majority.MINOR
        return Status.MINOR if minor else Status.CONTACT
    if member.left_on is not None and member.left_on <= on:
        return Status.LEFT
    return Status.SUSPENDED if member.suspended_on is not None and member.suspended_on <= on else Status.ACTIVE


def consents_in_force(person: Person, on: dt.date) -> frozenset[Purpose]:
    """What she agrees to that day."""
    return frozenset(
        consent.purpose
        for consent in person.consents
        if consent.given_on <= on and (consent.withdrawn_on is None or consent.withdrawn_on > on)
    )


def treated_as_minor(person: Person, on: dt.date, of_age: int = OF_AGE) -> bool:
    """Minor, or not certainly of age and never recorded as « majeure évidente » (forms: Person)."""
    found = majority(person.birth, on, of_age)
    return found is Majority.MINOR or (found is Majority.UNCERTAIN and not person.evident_adult)


def joining_violations(
    person: Person, joined_on: dt.date, today: dt.date, of_age: int = OF_AGE
) -> tuple[Violation, ...]:
    """What stands against an adhesion on a day: under 18 never a member (rules: People).

    Args:
        person: Her record, without regard to an adhesion it may have.
        joined_on: The day of adhesion.
        today: It may not lie in the future.
        of_age: Years.
    """
    found: list[Violation] = []
    if joined_on > today:
        found.append(future("joined_on", joined_on, today))
    limits = bounds(person.birth)
    if limits is not None and joined_on < limits[0]:
        return (*found, Violation("members.joined_before_birth", "joined_on"))
    known = majority(person.birth, joined_on, of_age)
    if known is Majority.MINOR:
        found.append(Violation("members.minor", "birth", (("years", of_age),)))
    elif known is Majority.UNCERTAIN and not person.evident_adult:
        found.append(Violation("members.uncertain", "birth", (("years", of_age),)))
    return tuple(found)


def future(field: str, day: dt.date, today: dt.date) -> Violation:
    """A fact that is said to happen after today."""
    return Violation("date.future", field, (("day", day), ("today", today)))


def consent_day_violations(given_on: dt.date | None, on: dt.date, today: dt.date) -> tuple[Violation, ...]:
    """A consent is given, and taken back, today or before; never taken back before it was given.

    Args:
        given_on: When it was given, for one taken back.
        on: The day it is given or taken back.
        today: The day.
    """
    if on > today:
        return (future("on", on, today),)
    if given_on is not None and on < given_on:
        return (Violation("members.withdrawn_before", "on", (("day", given_on),)),)
    return ()


def change_violations(person: Person, what: str, on: dt.date, today: dt.date) -> tuple[Violation, ...]:
    """What stands against a change of where she stands; two windows may ask for the same one.

    Args:
        person: Her record.
        what: ``suspended``, ``resumed``, ``left``, ``rejoined``, ``died``, or ``alive`` (a death noted by mistake).
        on: The day it happened.
        today: It may not lie in the future.
    """
    if what == "alive":
        return () if person.died_on is not None else (Violation("members.not_dead"),)
    if person.died_on is not None:
        return (Violation("members.died", None, (("day", person.died_on),)),)
    found = [future("on", on, today)] if on > today else []
    if what == "died":
        limits = bounds(person.birth)
        if limits is not None and on < limits[0]:
            found.append(Violation("members.died_before_birth", "on"))
        return tuple(found)
    member = person.membership
    if member is None:
        return (Violation("members.not_member"),)
    if on < member.joined_on:
        found.append(Violation("members.before_joining", "on"))
    return (*found, *_standing_violations(member, what, on))


def _standing_violations(member: Membership, what: str, on: dt.date) -> tuple[Violation, ...]:
    """Nobody is suspended twice, taken back who never left, or taken back before she left."""
    since = member.left_on if what == "rejoined" else member.suspended_on if what == "resumed" else None
    if what in {"suspended", "left"} and member.left_on is not None:
        return (Violation("members.already_left", None, (("day", member.left_on),)),)
    if what == "suspended" and member.suspended_on is not None:
        return (Violation("members.already_suspended", None, (("day", member.suspended_on),)),)
    if what in {"rejoined", "resumed"} and since is None:
        return (Violation("members.not_left" if what == "rejoined" else "members.not_suspended"),)
    if since is not None and on < since:
        return (Violation("members.before_that", "on", (("day", since),)),)
    return ()


def file_violations(person: Person, today: dt.date) -> tuple[Violation, ...]:
    """Rules between the fields of a file."""
    found: list[Violation] = []
    limits = bounds(person.birth)
    if limits is not None and person.died_on is not None and person.died_on < limits[0]:
        found.append(Violation("members.died_before_birth", "died_on"))
    if person.died_on is not None and person.died_on > today:
        found.append(future("died_on", person.died_on, today))
    numbers = [phone.number for phone in person.phones]
    for position, number in enumerate(numbers):
        if number in numbers[:position]:
            found.append(Violation("members.same_phone", f"phones[{position}].number"))
    if person.pseudonym and _tells(person.pseudonym, person):
        found.append(Violation("members.telling_pseudonym", "pseudonym"))
    return tuple(found)


def _tells(pseudonym: str, person: Person) -> bool:
    """A pseudonym that holds her name or her number protects nobody."""
    said = names.plain(pseudonym)
    words = names.plain(f"{person.last_name} {person.first_name}").split()
    digits = [number.split("-")[-1].lstrip("0") for number in (person.number, _member_number(person)) if number]
    figures = re.findall(r"\d+", said, re.ASCII)
    return any(len(word) >= _TELLING and word in said for word in words) or any(
        figure.lstrip("0") in digits for figure in figures
    )


def _member_number(person: Person) -> str:
    return person.membership.number if person.membership else ""


def warnings(person: Person) -> tuple[Violation, ...]:
    """What is said without refusing: an odd NINA (rules: never blocked, never parsed)."""
    if person.nina and not NINA.fullmatch(person.nina.replace(" ", "")):
        return (Violation("members.odd_nina", "nina"),)
    return ()


def photo_violations(person: Person, on: dt.date, of_age: int = OF_AGE) -> tuple[Violation, ...]:
    """A photo needs her agreement, and is never taken of a minor."""
    found: list[Violation] = []
    if treated_as_minor(person, on, of_age):
        found.append(Violation("members.photo_minor", "photo"))
    if Purpose.PHOTO not in consents_in_force(person, on):
        found.append(Violation("members.photo_consent", "photo"))
    return tuple(found)


def indexed(person: Person) -> IndexedPerson:
    """What she is found by: names, surnoms, pseudonym, numbers, phones."""
    return IndexedPerson(
        person.id,
        names.sort_key(person.last_name, person.first_name),
        names.search_text(
            (person.last_name, person.first_name, *person.nicknames, person.pseudonym),
            (person.number, _member_number(person)),
            tuple(phone.number for phone in person.phones),
        ),
    )


def answers_of(person: Person) -> dict[str, Any]:
    """What the person's form shows of her."""
    found: dict[str, Any] = {key: getattr(person, key) for key in _PLAIN}
    found = {key: None if value == "" else value for key, value in found.items()}
    found["nicknames"] = ", ".join(person.nicknames) or None
    found["languages"] = person.languages or None
    found["birth"] = person.birth
    found["phones"] = tuple(
        {"number": one.number, "owner": one.owner, "may_call": one.may_call, "may_message": one.may_message}
        for one in person.phones
    )
    member = person.membership
    if member is not None:
        found |= {"joined_on": member.joined_on, "sponsor_id": member.sponsor_id, "exempt": member.exempt}
    return found


def with_answers(person: Person, answers: Answers) -> Person:
    """The person with what the form answers put in; a field that the form does not ask stays as it was."""
    changes: dict[str, Any] = {}
    for key in _PLAIN:
        if key in answers:
            value = answers[key]
            changes[key] = value if key in _OPTIONAL else _text(value)
    if "nicknames" in answers:
        parts = str(answers["nicknames"] or "").replace(";", ",").split(",")
        changes["nicknames"] = tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))
    if "languages" in answers:
        changes["languages"] = tuple(_sequence(answers["languages"]))
    if "birth" in answers:
        birth = answers["birth"]
        changes["birth"] = birth if isinstance(birth, Birth) else UNKNOWN
    if "phones" in answers:
        changes["phones"] = tuple(_phone(row) for row in _sequence(answers["phones"]))
    elif answers.get("phone"):
        changes["phones"] = (Phone(str(answers["phone"])),)
    if person.membership is not None and "joined_on" in answers:
        corrected = membership_of(answers, person.membership.number)
        if corrected is not None:
            named = {key: getattr(corrected, key) for key in ("joined_on", "sponsor_id", "exempt")}
            changes["membership"] = replace(person.membership, **named)
    return replace(person, **changes)


def consents_of(answers: Answers, on: dt.date) -> tuple[Consent, ...]:
    """The consents that a registration gives, all on one day and in one way."""
    how, witness = _text(answers.get("consent_how")), _text(answers.get("consent_witness"))
    return tuple(Consent(purpose, on, how, witness) for purpose, key in _CONSENTS.items() if answers.get(key) is True)


def membership_of(answers: Answers, number: str) -> Membership | None:
    """The adhesion that a registration asks for, or None."""
    joined_on = answers.get("joined_on")
    if not isinstance(joined_on, dt.date):
        return None
    sponsor = answers.get("sponsor_id")
    return Membership(
        number,
        joined_on,
        sponsor_id=sponsor if isinstance(sponsor, int) else None,
        exempt=answers.get("exempt") is True,
    )


def erased(person: Person, on: dt.date) -> Person:
    """What is left of a person who asked to be forgotten: her numbers, dates of adhesion, and the year of her birth."""
    year = None if person.birth.value is None else person.birth.value.replace(month=1, day=1)
    return Person(
        id=person.id,
        number=person.number,
        last_name="—",
        first_name="fiche effacée",
        birth=UNKNOWN if year is None else Birth(Precision.YEAR, year),
        membership=None if person.membership is None else replace(person.membership, sponsor_id=None),
        consents=tuple(replace(one, witness="", withdrawn_on=one.withdrawn_on or on) for one in person.consents),
        died_on=person.died_on,
        erased_on=on,
    )


def _text(value: object) -> str:
    return "" if value is None else clean_line(str(value))


def _sequence(value: object) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else ()


def _phone(row: Mapping[str, Any]) -> Phone:
    return Phone(str(row["number"]), _text(row.get("owner")) or "elle", row.get("may_call"), row.get("may_message"))
