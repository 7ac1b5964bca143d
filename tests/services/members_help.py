"""Women on file of a real encrypted office, for the tests of members."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from antenne.domain import members as rules
from antenne.domain.births import Birth, Precision
from antenne.domain.persons import Person, Purpose
from antenne.domain.violations import RulesBroken
from antenne.services import members, members_agreements, members_reading
from antenne.services.desk import Desk
from antenne.services.members import ChangeMembership, Register, SavePerson
from antenne.services.members_agreements import AttestMajority, GiveConsent, WithdrawConsent
from antenne.wording import violations

TODAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)
JPEG = b"\xff\xd8\xff\xe0 une image \xff\xd9"
REQUESTS = itertools.count(1)

ANSWERS: dict[str, object] = {
    "last_name": "Koné",
    "first_name": "Fatoumata",
    "nicknames": "Fati, La Grande",
    "birth": Birth(Precision.DAY, dt.date(1994, 3, 12)),
    "mother_name": "Awa Touré",
    "quarter": "Sévaré — Millionkin",
    "languages": ("bam", "ful"),
    "phones": ({"number": "+22376123456", "owner": "elle", "may_call": True, "may_message": False},),
    "joined_on": TODAY,
    "consent_file": True,
    "consent_photo": True,
    "consent_how": "signature",
}


def request() -> str:
    """A request of its own."""
    return f"r{next(REQUESTS)}"


def register(desk: Desk, **changes: object) -> Person:
    """A woman on file, with these answers changed."""
    return members.register_person(
        desk, Register(request_id=request(), form="registration", answers=ANSWERS | changes)
    ).value


def broken(act: Callable[[], object]) -> list[tuple[str, str | None]]:
    """Codes and fields of what was refused; each has its sentence."""
    with pytest.raises(RulesBroken) as caught:
        act()
    for violation in caught.value.violations:
        assert violations.sentence(violation)
    return [(violation.code, violation.field) for violation in caught.value.violations]


def rebroken(desk: Desk, **changes: object) -> list[tuple[str, str | None]]:
    """What refuses a new file."""
    return broken(lambda: register(desk, **changes))


def on_file(desk: Desk, person_id: int) -> Person:
    """Her record."""
    with desk.read() as uow:
        person = uow.persons.get(person_id)
    assert person is not None
    return person


def counted(desk: Desk) -> tuple[int, int, int, int]:
    """Persons, links of the Historique, and the last two numbers given."""
    with desk.read() as uow:
        persons, links = (
            uow.rows(query)[0][0] for query in ("SELECT count(*) FROM person", "SELECT count(*) FROM audit")
        )
        return persons, links, uow.counters.last("person"), uow.counters.last("member")


def lines(desk: Desk, person_id: int) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The Historique, the newest first."""
    return [
        (line.action, [(change.field, change.old, change.new) for change in line.changes])
        for line in members_reading.history(desk, person_id)
    ]


def save(desk: Desk, before: Person, **changes: object) -> Person:
    """Save her file with these answers changed."""
    answers = rules.answers_of(before) | changes
    return members.save_person(desk, SavePerson(request_id=request(), before=before, answers=answers)).value


def change(desk: Desk, person_id: int, what: str, on: dt.date = TODAY, reason: str = "") -> Person:
    """Suspend, let go, take back…"""
    command = ChangeMembership(request_id=request(), person_id=person_id, what=what, on=on, reason=reason)
    return members.change_membership(desk, command).value


def give(desk: Desk, person_id: int, purpose: Purpose, **changes: Any) -> Person:
    """Note an agreement."""
    command = GiveConsent(request_id=request(), person_id=person_id, purpose=purpose, on=TODAY, how="signature")
    return members_agreements.give_consent(desk, replace(command, **changes)).value


def withdraw(desk: Desk, person_id: int, purpose: Purpose, on: dt.date = TODAY) -> Person:
    """Take one back."""
    command = WithdrawConsent(request_id=request(), person_id=person_id, purpose=purpose, on=on)
    return members_agreements.withdraw_consent(desk, command).value


def attest(desk: Desk, person_id: int, words: str) -> Person:
    """« Majeure évidente »."""
    return members_agreements.attest_majority(
        desk, AttestMajority(request_id=request(), person_id=person_id, words=words)
    ).value
