"""The fictional people of the demonstration office: a reproducible draw of names, births, phones and adhesions.

Nothing here is secret and nothing is real: the same seed gives the same people everywhere; keys never come from it.
"""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from antenne.base.paths import resource
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.persons import Consent, Membership, Person, Phone, Purpose

SEED = "antenne de démonstration, Mopti–Sévaré"
LAST_DAY = dt.date(2026, 11, 21)
"""The records of the demonstration end here."""

ADHESIONS = {2019: 96, 2020: 88, 2021: 104, 2022: 131, 2023: 149, 2024: 221, 2025: 243, 2026: 187}
"""How many women join in each year: the size of the fictional office, not a published figure."""

CHILDREN = 72
CONTACTS = 28


@dataclass(frozen=True, slots=True)
class _Matter:
    """The lists that the draw picks from."""

    last_names: tuple[list[str], list[int]]
    first_names: tuple[list[str], list[int]]
    quarters: tuple[list[str], list[int]]
    birth_places: tuple[list[str], list[int]]
    child_names: list[str]
    nicknames: list[str]
    pseudonyms: list[str]
    events: list[str]
    mothers: list[str]


def _load() -> _Matter:
    raw = tomllib.loads(resource("demo/persons.toml").read_text(encoding="utf-8"))

    def weighted(key: str) -> tuple[list[str], list[int]]:
        return [pair[0] for pair in raw[key]], [pair[1] for pair in raw[key]]

    return _Matter(
        last_names=weighted("last_names"),
        first_names=weighted("first_names"),
        quarters=weighted("quarters"),
        birth_places=weighted("birth_places"),
        child_names=raw["child_names"],
        nicknames=raw["nicknames"],
        pseudonyms=raw["pseudonyms"],
        events=raw["events"],
        mothers=raw["mothers"],
    )


def people() -> Iterator[Person]:
    """Every fictional person in the order of registration, numbers not yet given; members carry their adhesion."""
    matter = _load()
    rng = random.Random(SEED)
    joined = sorted(_day_in(rng, year) for year, count in ADHESIONS.items() for _ in range(count))
    for day in joined:
        yield _member(rng, matter, day)
    for _ in range(CHILDREN):
        yield _child(rng, matter)
    for _ in range(CONTACTS):
        yield _contact(rng, matter)


def _pick(rng: random.Random, weighted: tuple[list[str], list[int]]) -> str:
    return rng.choices(weighted[0], weights=weighted[1])[0]


def _day_in(rng: random.Random, year: int) -> dt.date:
    """A working day of that year, not after the last day of the records."""
    last = min(dt.date(year, 12, 30), LAST_DAY)
    while True:
        day = dt.date(year, 1, 3) + dt.timedelta(days=rng.randrange((last - dt.date(year, 1, 3)).days + 1))
        if day.isoweekday() < 6:
            return day


def _phone(rng: random.Random) -> str:
    return f"+223{rng.choice(('6', '7', '9'))}{rng.randrange(10**6, 10**7):07d}"


def _member(rng: random.Random, matter: _Matter, joined: dt.date) -> Person:
    age = min(18 + int(rng.expovariate(1 / 11)), 62)
    birth = _birth(rng, matter, joined, age)
    left = rng.random() < 0.06
    left_on = joined + dt.timedelta(days=rng.randrange(200, 900)) if left else None
    if left_on is not None and left_on > LAST_DAY:
        left_on = None
    phones = tuple(_phones(rng))
    displaced = rng.random() < 0.31
    died = left_on is None and rng.random() < 0.006
    return Person(
        last_name=_pick(rng, matter.last_names),
        first_name=_pick(rng, matter.first_names),
        pseudonym=f"{rng.choice(matter.pseudonyms)} {rng.randrange(2, 99)}" if rng.random() < 0.22 else "",
        nicknames=tuple(rng.sample(matter.nicknames, rng.choices((0, 1, 2), weights=(6, 3, 1))[0])),
        birth=birth,
        birth_place=_pick(rng, matter.birth_places),
        nationality=rng.choices(("ml", "bf", "ng", "ci", "gn", "tg"), weights=(88, 4, 3, 2, 2, 1))[0],
        languages=tuple(rng.sample(("bam", "ful", "dog", "son", "boz", "fra", "taq", "snk"), rng.randrange(1, 4))),
        phones=phones,
        quarter=_pick(rng, matter.quarters),
        emergency_name=f"{rng.choice(matter.mothers)} {_pick(rng, matter.last_names)}" if rng.random() < 0.7 else "",
        emergency_phone=_phone(rng) if rng.random() < 0.6 else "",
        emergency_knows=rng.choice((True, False, None)),
        never_tell=rng.choices(("", "mari", "ancien mari", "frère", "gérant"), weights=(80, 6, 6, 4, 4))[0],
        mother_name=f"{rng.choice(matter.mothers)} {_pick(rng, matter.last_names)}",
        children_count=rng.choices(range(7), weights=(22, 24, 22, 15, 9, 5, 3))[0],
        schooling=rng.choices(
            ("aucune", "coranique", "premier_cycle", "second_cycle", "lycee"), weights=(44, 14, 25, 12, 5)
        )[0],
        literate=rng.random() < 0.34,
        activity=rng.choice(("commerce", "restauration", "coiffure", "poisson", "maraichage", "aucune", "aucune")),
        displaced=displaced,
        displaced_from=rng.choice(("Koro", "Bankass", "Douentza", "Tombouctou", "Youwarou", "Gao"))
        if displaced
        else "",
        displaced_on=dt.date(rng.randrange(2017, 2024), rng.randrange(1, 13), 1) if displaced else None,
        id_type=rng.choices(("cni", "biometrique", "nina", "acte", "aucune"), weights=(30, 8, 20, 17, 25))[0],
        died_on=joined + (LAST_DAY - joined) / 2 if died else None,
        register_ref=f"cahier p. {rng.randrange(1, 90)}, l. {rng.randrange(1, 31)}" if joined.year < 2024 else "",
        membership=Membership(
            number="",
            joined_on=joined,
            exempt=rng.random() < 0.04,
            left_on=left_on,
            left_reason="depart" if left_on else "",
        ),
        consents=tuple(_consents(rng, joined)),
    )


def _phones(rng: random.Random) -> Iterator[Phone]:
    for position in range(rng.choices((0, 1, 2), weights=(16, 72, 12))[0]):
        owner = rng.choices(("elle", "partage", "proche", "gerant"), weights=(78, 12, 8, 2))[0]
        own = owner == "elle"
        yield Phone(
            _phone(rng),
            owner if position == 0 else "proche",
            may_call=own or rng.random() < 0.5,
            may_message=own and rng.random() < 0.6,
        )


def _birth(rng: random.Random, matter: _Matter, on: dt.date, age: int) -> Birth:
    year = on.year - age - 1
    day = dt.date(year, rng.randrange(1, 13), rng.randrange(1, 29))
    way = rng.choices(("day", "month", "year", "about", "age", "event", "unknown"), weights=(38, 4, 14, 28, 12, 2, 2))[
        0
    ]
    if way == "unknown":
        return UNKNOWN
    if way == "event":
        return Birth(Precision.EVENT, event=rng.choice(matter.events))
    if way == "age":
        told = max(age, 20)
        return Birth(Precision.AGE, dt.date(on.year - told, 1, 1), age=told, declared_on=on)
    if way == "day":
        return Birth(Precision.DAY, day)
    if way == "month":
        return Birth(Precision.MONTH, day.replace(day=1))
    return Birth(Precision.YEAR if way == "year" else Precision.ABOUT, dt.date(min(year, on.year - 20), 1, 1))


def _consents(rng: random.Random, on: dt.date) -> Iterator[Consent]:
    how = rng.choices(("signature", "empreinte", "orale"), weights=(35, 55, 10))[0]
    witness = "une paire éducatrice" if how == "orale" else ""
    yield Consent(Purpose.FILE, on, how, witness)
    for purpose, share in ((Purpose.PHOTO, 0.62), (Purpose.STATISTICS, 0.9), (Purpose.CONTACT, 0.74)):
        if rng.random() < share:
            withdrawn = on + dt.timedelta(days=180) if rng.random() < 0.02 else None
            yield Consent(purpose, on, how, witness, withdrawn if withdrawn and withdrawn < LAST_DAY else None)


def _child(rng: random.Random, matter: _Matter) -> Person:
    age = rng.randrange(1, 15)
    born = dt.date(LAST_DAY.year - age, rng.randrange(1, 11), rng.randrange(1, 28))
    return Person(
        last_name=_pick(rng, matter.last_names),
        first_name=rng.choice(matter.child_names),
        birth=Birth(Precision.DAY, born) if rng.random() < 0.6 else Birth(Precision.YEAR, born.replace(month=1, day=1)),
        birth_place=_pick(rng, matter.birth_places),
        nationality="ml",
        quarter=_pick(rng, matter.quarters),
        mother_name=f"{_pick(rng, matter.first_names)} {_pick(rng, matter.last_names)}",
        consents=(Consent(Purpose.FILE, LAST_DAY - dt.timedelta(days=rng.randrange(20, 900)), "empreinte"),),
    )


def _contact(rng: random.Random, matter: _Matter) -> Person:
    on = LAST_DAY - dt.timedelta(days=rng.randrange(10, 700))
    return Person(
        last_name=_pick(rng, matter.last_names),
        first_name=_pick(rng, matter.first_names),
        birth=_birth(rng, matter, on, rng.randrange(20, 45)),
        phones=tuple(_phones(rng)),
        quarter=_pick(rng, matter.quarters),
        consents=(Consent(Purpose.FILE, on, "orale", "une paire éducatrice"),),
    )
