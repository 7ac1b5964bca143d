"""An encrypted base of fifty thousand fictional persons, written straight into the tables; kept for no one."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from antenne import app
from antenne.base.clock import SystemClock
from antenne.db.models.cards import MemberCardModel
from antenne.db.models.members import ConsentModel, MembershipModel, PersonModel, PhoneModel
from antenne.db.slots import KdfParams, NewSlot
from antenne.domain import members
from antenne.domain.persons import Person
from antenne.services import access, demo, demo_people, opening
from antenne.services.desk import Desk

COUNT = 50_000
PHRASE, LABEL = "calebasse tabouret fourmi rideau", "Héron"
AT = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
_BLOCK = 2000
_SYLLABLES = (
    "ba", "bou", "da", "di", "dou", "fa", "ga", "ka", "ki", "kou", "la", "ma", "mi", "na", "nia", "ra", "sa", "si",
    "ta", "tou", "wa", "ya",
)  # fmt: skip
_SAME = (
    "number", "last_name", "first_name", "pseudonym", "birth_place", "nationality", "quarter", "emergency_name",
    "emergency_phone", "emergency_knows", "never_tell", "recognition_question", "mother_name", "children_count",
    "schooling", "literate", "activity", "displaced", "displaced_from", "displaced_on", "id_type", "id_number",
    "id_expires_on", "nina", "evident_adult", "died_on", "erased_on", "register_ref",
)  # fmt: skip


def people(count: int) -> Iterator[Person]:
    """The draw of the demonstration, many times over with other seeds; a fifth bears a name of its own."""
    rng = random.Random("cinquante mille")
    made = 0
    for round_number in range(count):
        for person in _draw(round_number):
            if made == count:
                return
            made += 1
            member = person.membership
            yield replace(
                person,
                id=made,
                number=f"P-{made:05d}",
                last_name=_surname(rng) if rng.random() < 0.2 else person.last_name,
                membership=replace(member, number=f"M-{made:05d}") if member else None,
            )


def _draw(round_number: int) -> list[Person]:
    seed = demo_people.SEED
    demo_people.SEED = f"{seed}/{round_number}"
    try:
        return list(demo_people.people())
    finally:
        demo_people.SEED = seed


def _surname(rng: random.Random) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(rng.randrange(2, 5))).capitalize()


def build(folder: Path, count: int = COUNT) -> Path:
    """An office of so many persons, with three cards for each member."""
    user = opening.NewUser(
        name="Mariam T.",
        slot=NewSlot(
            label=LABEL, secret=PHRASE, roles=frozenset({"secretaire", "caissiere"}), may_open_confidential=False
        ),
    )
    opening.create_office(folder, demo.OFFICE, (user,), (), SystemClock(), KdfParams())
    desk = open_desk(folder)
    try:
        with desk.write() as uow:
            block: list[Person] = []
            for person in people(count):
                block.append(person)
                if len(block) == _BLOCK:
                    _insert(uow.session, block)
                    block.clear()
            _insert(uow.session, block)
            uow.commit()
    finally:
        desk.close()
    return folder


def open_desk(folder: Path) -> Desk:
    """The desk of its only user."""
    return app.open_desk(folder, access.unlock(folder, PHRASE, LABEL), SystemClock())


def _insert(session: Any, block: list[Person]) -> None:
    if not block:
        return
    session.execute(insert(PersonModel), [_person(person) for person in block])
    for model, rows in (
        (MembershipModel, [row for person in block for row in _membership(person)]),
        (PhoneModel, [row for person in block for row in _phones(person)]),
        (ConsentModel, [row for person in block for row in _consents(person)]),
        (MemberCardModel, [row for person in block for row in _cards(person)]),
    ):
        if rows:
            session.execute(insert(model), rows)


def _person(person: Person) -> dict[str, Any]:
    found, birth = members.indexed(person), person.birth
    return {name: getattr(person, name) for name in _SAME} | {
        "id": person.id,
        "nicknames": list(person.nicknames),
        "languages": list(person.languages),
        "birth_precision": birth.precision.value,
        "birth_value": birth.value,
        "birth_age": birth.age,
        "birth_declared_on": birth.declared_on,
        "birth_event": birth.event,
        "name_norm": found.name_norm,
        "search_text": found.search_text,
        "updated_at": AT,
        "updated_by": 1,
    }


def _membership(person: Person) -> Iterator[dict[str, Any]]:
    if (member := person.membership) is not None:
        names = ("number", "joined_on", "sponsor_id", "exempt", "suspended_on", "left_on", "left_reason")
        yield {name: getattr(member, name) for name in names} | {"person_id": person.id}


def _phones(person: Person) -> Iterator[dict[str, Any]]:
    for position, phone in enumerate(person.phones):
        names = ("number", "owner", "may_call", "may_message")
        yield {name: getattr(phone, name) for name in names} | {"person_id": person.id, "position": position}


def _consents(person: Person) -> Iterator[dict[str, Any]]:
    for consent in person.consents:
        names = ("given_on", "how", "witness", "withdrawn_on")
        row = {name: getattr(consent, name) for name in names}
        yield row | {"person_id": person.id, "purpose": consent.purpose.value}


def _cards(person: Person) -> Iterator[dict[str, Any]]:
    if person.membership is not None:
        for year in (2024, 2025, 2026):
            yield {
                "person_id": person.id,
                "kind": "standard",
                "layout": 1,
                "issued_on": dt.date(year, 1, 8),
                "valid_until": dt.date(year, 12, 31),
                "control": f"{person.id:05d}{year}",
            }
