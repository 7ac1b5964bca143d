"""The demonstration office: fictional people, real encryption. Records are reproducible, keys never (storage: residue).

Later areas add their records here, one function each, in the order in which they stand on one another.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from antenne.base.clock import Clock
from antenne.base.paths import resource
from antenne.base.progress import Progress
from antenne.db.slots import KdfParams, NewSlot
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.audit import FieldChange
from antenne.domain.cards import CardKind, MemberCard
from antenne.domain.office import Office
from antenne.domain.persons import Person, Purpose
from antenne.domain.qr import control_code
from antenne.services import (
    access,
    demo_civil,
    demo_listening,
    demo_money,
    demo_people,
    demo_photos,
    demo_trips,
    opening,
)
from antenne.services.demo_accounts import ACCOUNT_FILE, MARK, DemoUser
from antenne.services.desk import Desk

PHOTOS = 420
"""How many portraits are drawn: enough to look real, little enough to stay small."""
ALWAYS_CARDED = frozenset({"M-00001", "M-00002"})
"""Members whose card of the year is always there, for the first who tries ``cartes --numeros``."""

_USERS = (
    ("Aminata D.", "Baobab", frozenset({"responsable"}), True),
    ("Mariam T.", "Héron", frozenset({"secretaire", "caissiere"}), False),
    ("Ramata K.", "Tortue", frozenset({"caissiere"}), False),
    ("Kadia S.", "Colline", frozenset({"ecoutante"}), True),
    ("Visite", "Pirogue", frozenset({"lecture"}), False),
)
_MAIN_ROLE = ("responsable", "secretaire", "caissiere", "ecoutante", "lecture")

OFFICE = Office(
    association="DANAYA SO",
    motto="Maison de la Confiance",
    name="Antenne de Mopti",
    town="Mopti — Sévaré",
    postal_box="BP 100 Mopti",
    phone="21 42 00 00",
    demo=True,
)


def build(folder: Path, clock: Clock, progress: Progress) -> tuple[DemoUser, ...]:
    """Make the demonstration office in an empty folder.

    Raises:
        Problem: ``office.exists`` when the folder already holds an office; disk full, read-only.
    """
    accounts = _draw_accounts()
    users = [
        opening.NewUser(
            name=name,
            slot=NewSlot(label=label, secret=account.phrase, roles=roles, may_open_confidential=confidential),
        )
        for (name, label, roles, confidential), account in zip(_USERS, accounts, strict=True)
    ]
    opening.create_office(folder, OFFICE, users, (), clock, KdfParams())
    (folder / ACCOUNT_FILE).write_text(
        json.dumps([_as_json(account) for account in accounts], ensure_ascii=False, indent=1), encoding="utf-8"
    )
    secretary = accounts[1]
    desk = opening.open_desk(folder, access.unlock(folder, secretary.phrase, secretary.label), clock)
    try:
        fill(desk, progress)
        demo_listening.write_open(desk)
    finally:
        desk.close()
    listener = accounts[3]
    desk = opening.open_desk(folder, access.unlock(folder, listener.phrase, listener.label), clock)
    try:
        demo_listening.write(desk)
    finally:
        desk.close()
    return accounts


def fill(desk: Desk, progress: Progress) -> None:
    """Write the fictional records, in one transaction."""
    steps: tuple[tuple[str, Callable[[Desk, UnitOfWork], None]], ...] = (
        ("demo.persons", _persons),
        ("demo.photos", _photos),
        ("demo.cards", _cards),
        ("demo.civil", demo_civil.write),
        ("demo.trips", demo_trips.write),
        ("demo.money", demo_money.write),
    )
    with desk.write() as uow:
        for position, (name, step) in enumerate(steps):
            progress.report(name, position, len(steps))
            progress.check()
            step(desk, uow)
        uow.commit()
    progress.report("demo.done", len(steps), len(steps))


def _draw_accounts() -> tuple[DemoUser, ...]:
    words = resource("words/fr.txt").read_text(encoding="utf-8").split()
    return tuple(
        DemoUser(name, role, label, " ".join((MARK, *(secrets.choice(words) for _ in range(4)))))
        for (name, label, _, _), role in zip(_USERS, _MAIN_ROLE, strict=True)
    )


def _as_json(account: DemoUser) -> dict[str, str]:
    return {"name": account.name, "role": account.role, "label": account.label, "phrase": account.phrase}


def _at(day: dt.date, rng: random.Random) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(8 + rng.randrange(8), rng.randrange(60)), dt.UTC)


def _persons(desk: Desk, uow: UnitOfWork) -> None:
    """Register everybody in the order of their adhesion; some were brought by an earlier member."""
    rng = random.Random(f"{demo_people.SEED}/registre")
    members: list[int] = []
    for person in demo_people.people():
        numbered = replace(person, number=f"P-{uow.counters.next('person'):05d}")
        joined = person.membership.joined_on if person.membership else demo_people.LAST_DAY
        if person.membership is not None:
            sponsor = rng.choice(members) if members and rng.random() < 0.55 else None
            number = f"M-{uow.counters.next('member'):05d}"
            numbered = replace(numbered, membership=replace(person.membership, number=number, sponsor_id=sponsor))
        at = _at(joined, rng)
        saved = uow.persons.save(numbered, at, desk.actor.user_id)
        uow.audit.add(at, desk.actor.user_id, "person.created", "person", saved.id)
        if rng.random() < 0.15:
            _moved(desk, uow, saved, at, rng)
        if saved.membership is not None:
            members.append(saved.id)


def _moved(desk: Desk, uow: UnitOfWork, person: Person, at: dt.datetime, rng: random.Random) -> None:
    """Some women move, and say so months later: the Historique has something to tell."""
    later = at + dt.timedelta(days=rng.randrange(30, 400))
    if later.date() > demo_people.LAST_DAY:
        return
    quarter = rng.choice(("Sévaré — Millionkin", "Mopti — Komoguel", "Sévaré — Poudrière", "Mopti — Gangal"))
    if quarter == person.quarter:
        return
    uow.persons.save(replace(person, quarter=quarter), later, desk.actor.user_id)
    change = FieldChange("Quartier, commune", person.quarter, quarter)
    uow.audit.add(later, desk.actor.user_id, "person.saved", "person", person.id, (change,))


def _photos(_desk: Desk, uow: UnitOfWork) -> None:
    """Draw portraits for members who agreed to one, the newest first."""
    drawn = 0
    for person in reversed(uow.persons.many(uow.persons.all_ids())):
        if person.membership is None or drawn >= PHOTOS:
            continue
        agreed = [c for c in person.consents if c.purpose is Purpose.PHOTO and c.withdrawn_on is None]
        if agreed:
            uow.persons.put_photo(person.id, demo_photos.portrait(person.id), agreed[0].given_on)
            drawn += 1


def _cards(desk: Desk, uow: UnitOfWork) -> None:
    """A card each year for most members since 2024, a few lost, a few still in the drawer."""
    rng = random.Random(f"{demo_people.SEED}/cartes")
    for year in (2024, 2025, 2026):
        joined = uow.persons.members_between(dt.date(2000, 1, 1), min(dt.date(year, 12, 31), demo_people.LAST_DAY))
        for person in sorted(uow.persons.many(joined), key=lambda one: one.number):
            if _wants_card(person, year, rng):
                _card(desk, uow, person, year, rng)
            elif year == demo_people.LAST_DAY.year and person.membership and person.membership.number in ALWAYS_CARDED:
                _card(desk, uow, person, year, random.Random(f"{demo_people.SEED}/carte {person.number}"))


def _wants_card(person: Person, year: int, rng: random.Random) -> bool:
    member = person.membership
    gone = member is None or (member.left_on is not None and member.left_on.year < year) or person.died_on is not None
    return not gone and rng.random() < (0.82 if year < 2026 else 0.68)


def _card(desk: Desk, uow: UnitOfWork, person: Person, year: int, rng: random.Random) -> None:
    member = person.membership
    assert member is not None
    first = max(dt.date(year, 1, 8), member.joined_on)
    issued = min(first + dt.timedelta(days=rng.randrange(0, 45)), demo_people.LAST_DAY)
    kind = CardKind.DISCREET if person.pseudonym else CardKind.STANDARD
    card = uow.cards.save(
        MemberCard(person_id=person.id, kind=kind, issued_on=issued, valid_until=dt.date(year, 12, 31))
    )
    printed = rng.random() < 0.985
    handed_on = min(issued + dt.timedelta(days=rng.randrange(0, 20)), demo_people.LAST_DAY)
    handed = printed and (year < 2026 or rng.random() < 0.95)
    lost = handed and rng.random() < 0.025
    uow.cards.save(
        replace(
            card,
            control=control_code(desk.keys.paper, desk.keys.db_id, member.number, card.id, card.valid_until),
            printed_at=_at(issued, rng) if printed else None,
            handed_on=handed_on if handed else None,
            handed_how=rng.choice(("signature", "empreinte : index gauche", "empreinte : pouce droit"))
            if handed
            else "",
            lost_on=min(handed_on + dt.timedelta(days=rng.randrange(5, 120)), demo_people.LAST_DAY) if lost else None,
            lost_how=rng.choice(("perdue", "perdue", "volee")) if lost else "",
        )
    )
