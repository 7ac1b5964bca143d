"""The demonstration's sealed records: talks, tests, outings, care; written by the écoutante, who alone holds the key.

Everything is drawn from one seed and is plainly fictional; the counts of 2024 are the published ones
(``domain/mopti-2024.toml``), reached by individual records. Keys, ids and slip codes come from the system.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.births_rules import Majority, majority
from antenne.domain.deposits import About
from antenne.domain.listening import OFFICE, Answer, ListeningSession, Referral, Service, draw_code
from antenne.domain.persons import Person
from antenne.domain.sealed_codec import Sealed, to_payload
from antenne.domain.sealed_kinds import Reading, ReadingPage
from antenne.domain.sealed_tests import (
    AidStep,
    Attendance,
    Attended,
    Consultation,
    HealthBooklet,
    HivTest,
    LegalAid,
    MaterialAid,
    Outing,
)
from antenne.services import demo_people, demo_protection, demo_stories, deposits, sealed_counting
from antenne.services.compartment import Batch, changing
from antenne.services.demo_protection import Girl
from antenne.services.deposits import DropNote
from antenne.services.desk import Desk

YEAR: Final = 2024
WOMEN: Final = 751
MINORS: Final = 81
TESTED: Final = 524
WOMEN_MET: Final = 55
MINORS_MET: Final = 18
"""The published figures of 2024."""

_NAMED: Final = 452
"""Of the women of 2024, how many have a file; the others gave no name."""
_OTHER_YEARS: Final = ((2025, 190), (2026, 230))
_OUTINGS: Final = 21

_SAID: Final = {
    "health": "Elle se sent fatiguée depuis plusieurs semaines et demande où se faire examiner.",
    "hiv_sti": "Elle veut savoir comment se passe un dépistage et qui connaîtra la réponse.",
    "violence": "Elle raconte ce qui s’est passé, puis demande ce qu’elle peut faire.",
    "money": "Elle n’a pas pu mettre de côté ce mois-ci et craint pour son loyer.",
    "papers": "Elle n’a plus sa carte d’identité et demande par où commencer.",
    "child": "Elle parle de l’école de son enfant et des frais de la rentrée.",
    "family": "Sa famille a appris où elle vit\u202f; elle voudrait renouer avec sa mère.",
    "housing": "Le logeur augmente le loyer\u202f; elle cherche une autre chambre.",
    "drugs": "Elle voudrait arrêter et ne sait pas à qui en parler.",
    "other_work": "Elle pense à un petit commerce et demande par quoi commencer.",
    "psychosocial": "Elle dort mal et se sent seule\u202f; elle est venue pour parler.",
}
_NEEDS: Final = {
    "health": "Une consultation.",
    "hiv_sti": "Un dépistage, et une explication sans hâte.",
    "violence": "Être en sécurité, être soignée, connaître ses droits.",
    "money": "Un plan d’épargne à sa mesure.",
    "papers": "Un accompagnement à la mairie.",
    "child": "Une aide pour l’inscription.",
    "family": "Une médiation, quand elle sera prête.",
    "housing": "Une adresse sûre.",
    "drugs": "Une orientation vers un soignant.",
    "other_work": "Une formation.",
    "psychosocial": "Revenir parler.",
}
_ADVICE: Final = (
    "Revenir quand elle veut, même sans rendez-vous.",
    "On a regardé ensemble les structures et leurs horaires.",
    "On a compté ensemble ce qui peut être mis de côté.",
    "Elle a choisi elle-même la suite.",
)
_WAYS: Final = ("herself", "educator", "member", "outing", "partner", "radio")
_PLACES: Final = ("Sévaré", "Mopti", "Fatoma", "Konna")
_LANGUAGES: Final = ("bam", "ful", "dog", "son", "boz", "fra")
_SERVICES: Final = {
    "health": (Service.HEALTH, "One Stop Center (hôpital Sominé Dolo)"),
    "hiv_sti": (Service.HEALTH, "ARCAD CESAC"),
    "violence": (Service.PSYCHOSOCIAL, "One Stop Center (hôpital Sominé Dolo)"),
    "papers": (Service.LEGAL, "DRPFEF"),
    "other_work": (Service.LIVELIHOOD, "DRPFEF"),
    "psychosocial": (Service.PSYCHOSOCIAL, "ARCAD CESAC"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody who is listened to: her file, or a code."""

    person_id: int | None = None
    code: str = ""


@dataclass(slots=True)
class _Book:
    """What is written, and what the records quote of each other."""

    desk: Desk
    batch: Batch
    rng: random.Random
    women: list[Subject] = field(default_factory=list)
    sessions: list[ListeningSession] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)

    def put(self, record: Sealed) -> str:
        """Seal a record; its id, in hex."""
        return self.batch.put(to_payload(record)).id.hex()

    def code(self) -> str:
        """A code that nobody has."""
        made = draw_code(self.rng.randrange, frozenset())
        while made in self.codes:
            made = draw_code(self.rng.randrange, frozenset())
        self.codes.add(made)
        return made


def write_open(desk: Desk) -> None:
    """The directory of partners; and two notes of the secretary's, which wait « à classer »."""
    demo_protection.dress_partners(desk)
    said = (
        (About.REQUEST, "Elle est passée ce matin et voudrait parler à quelqu’un. Elle reviendra mardi."),
        (About.MINOR, "Une fille d’environ seize ans attendait devant la porte avec une paire éducatrice."),
    )
    for number, (about, text) in enumerate(said):
        answers = {"about": about.value, "on": demo_people.LAST_DAY, "text": text}
        deposits.drop_note(desk, DropNote(request_id=f"demonstration-{number}", answers=answers))


def write(desk: Desk) -> None:
    """Write every sealed record in one transaction, then the published counts.

    Raises:
        Forbidden: The desk is not a right-holder's.
    """
    rng = random.Random(f"{demo_people.SEED}/écoutes")
    with changing(desk) as batch:
        book = _Book(desk, batch, rng)
        persons = _adults(batch.uow)
        girls = _girls(book)
        _talks_of_2024(book, persons, girls)
        for year, count in _OTHER_YEARS:
            _talks_of(book, year, count)
        _number(book)
        met = _minors(book, girls)
        _outings(book, persons, met)
        _tests(book)
        _care(book, persons)
        demo_protection.write_incidents(desk, book.put, book.code, rng, [one.person_id for one in book.women])
        demo_protection.write_alerts(desk, book.put)
        demo_stories.write_stories(desk, book.put, book.code)
        batch.commit()
    sealed_counting.rewrite_counts(desk)


def _adults(uow: UnitOfWork) -> list[Person]:
    """Members who are surely of age all through 2024, in the order of their numbers."""
    found = uow.persons.many(uow.persons.all_ids())
    first = dt.date(YEAR, 1, 1)
    return sorted(
        (
            one
            for one in found
            if one.membership is not None
            and one.died_on is None
            and majority(one.birth, first, 18) is Majority.ADULT
            and one.membership.joined_on < first
        ),
        key=lambda one: one.id,
    )


def _girls(book: _Book) -> list[Girl]:
    """The minors who are listened to in 2024, each under a code of her own."""
    return [
        Girl(code=book.code(), met_on=_day(book.rng, YEAR), age=book.rng.choice((14, 15, 15, 16, 16, 16, 17, 17)))
        for _ in range(MINORS)
    ]


def _talks_of_2024(book: _Book, persons: Sequence[Person], girls: Sequence[Girl]) -> None:
    rng = book.rng
    chosen = rng.sample([one.id for one in persons], min(_NAMED, len(persons)))
    book.women = [Subject(person_id=one) for one in chosen]
    book.women += [Subject(code=book.code()) for _ in range(WOMEN - len(chosen))]
    rng.shuffle(book.women)
    for one in book.women:
        for day in sorted(_day(rng, YEAR) for _ in range(rng.choices((1, 2, 3, 5), weights=(58, 26, 12, 4))[0])):
            book.sessions.append(_talk(book, one, day, minor=False))
    for girl in girls:
        days = [girl.met_on, *(girl.met_on + dt.timedelta(days=7 * (1 + n)) for n in range(rng.randrange(2)))]
        for day in days:
            inside = min(day, dt.date(YEAR, 12, 30))
            book.sessions.append(_talk(book, Subject(code=girl.code), inside, minor=True))


def _talks_of(book: _Book, year: int, count: int) -> None:
    """Another year: some come back, some are new."""
    for _ in range(count):
        known = book.rng.random() < 0.7
        one = book.rng.choice(book.women) if known else Subject(code=book.code())
        book.sessions.append(_talk(book, one, _day(book.rng, year), minor=False))


def _talk(book: _Book, one: Subject, day: dt.date, *, minor: bool) -> ListeningSession:
    rng = book.rng
    at = dt.datetime.combine(day, dt.time(8 + rng.randrange(8), 5 * rng.randrange(12)), dt.UTC)
    motives = tuple(rng.sample(list(_SAID), rng.choices((1, 2, 3), weights=(5, 4, 1))[0]))
    main = motives[0]
    following = at + dt.timedelta(days=rng.randrange(7, 22)) if rng.random() < 0.4 else None
    return ListeningSession(
        number="",
        at=at,
        minutes=rng.choice((20, 30, 30, 40, 45, 60)),
        listener_id=book.desk.actor.user_id,
        listener=book.desk.actor.name,
        place=rng.choice(_PLACES),
        mode=rng.choices((OFFICE, "phone", "field"), weights=(7, 1, 2))[0],
        language=rng.choice(_LANGUAGES),
        person_id=one.person_id,
        code=one.code,
        minor=minor,
        first=False,
        came_by=rng.choice(_WAYS),
        motives=motives,
        said=_SAID[main],
        needs=_NEEDS[main],
        advice=rng.choice(_ADVICE),
        referrals=tuple(_referrals(rng, motives, day)),
        in_danger="violence" in motives and rng.random() < 0.12,
        next_at=following,
        consent_listen=True,
        consent_record=True,
        assent=True if minor else None,
        responsable_told=True if minor else None,
        told_of_duty=True if minor else None,
        created_at=at + dt.timedelta(hours=1),
        created_by=book.desk.actor.user_id,
    )


def _referrals(rng: random.Random, motives: Sequence[str], day: dt.date) -> Iterator[Referral]:
    """One row for each service that a motive calls for."""
    given: set[Service] = set()
    for motive in motives:
        service, structure = _SERVICES.get(motive, (None, ""))
        if service is None or service in given:
            continue
        given.add(service)
        answer = rng.choices((Answer.REFERRED, Answer.DONE_HERE, Answer.REFUSED), weights=(6, 3, 1))[0]
        recent = day > demo_people.LAST_DAY - dt.timedelta(days=70)
        back = answer is Answer.REFERRED and (rng.random() < 0.5 or not recent)
        yield Referral(
            service=service,
            answer=answer,
            structure=structure if answer is Answer.REFERRED else "",
            feedback="Reçue, à revoir." if back else "",
            feedback_on=min(day + dt.timedelta(days=9), demo_people.LAST_DAY) if back else None,
        )


def _number(book: _Book) -> None:
    """Numbers in the order of the year; the first talk of each woman is her first; then all of them are sealed."""
    import dataclasses

    seen: set[str] = set()
    given: dict[int, int] = {}
    read: list[Reading] = []
    for one in sorted(book.sessions, key=lambda talk: talk.at):
        year = one.at.year
        given[year] = given.get(year, 0) + 1
        numbered = dataclasses.replace(one, number=f"E-{year}-{given[year]:04d}", first=one.who not in seen)
        seen.add(one.who)
        sealed_id = book.put(numbered)
        if one.at.date() >= demo_people.LAST_DAY - dt.timedelta(days=4):
            read.append(Reading(one.at + dt.timedelta(hours=2), one.listener_id, one.listener, sealed_id))
    book.put(ReadingPage(lines=tuple(read[-12:])))


def _minors(book: _Book, girls: Sequence[Girl]) -> list[str]:
    """The files of the accompanied minors; sealed ids of those who were met at an outing."""
    return demo_protection.write_minors(book.desk, book.put, book.rng, girls, MINORS_MET)


def _outings(book: _Book, persons: Sequence[Person], minors: Sequence[str]) -> None:
    """Women and minors of 2024, each met at one outing."""
    days = sorted(_day(book.rng, YEAR) for _ in range(_OUTINGS))
    women: list[list[int]] = [[] for _ in days]
    girls: list[list[str]] = [[] for _ in days]
    chosen = book.rng.sample([one.id for one in persons], WOMEN_MET)
    for number, woman in enumerate(chosen):
        women[number % len(days)].append(woman)
    for number, girl in enumerate(minors):
        girls[number % len(days)].append(girl)
    for day, some, few in zip(days, women, girls, strict=True):
        book.put(
            Outing(
                on=day,
                places=book.rng.choice(("Bars de Sévaré", "Gare routière", "Port de Mopti", "Marché de Fatoma")),
                women=tuple(some),
                minors=tuple(few),
                **_written(book, day),
            )
        )


def _tests(book: _Book) -> None:
    """One test in 2024 for each of so many women; what came out is not kept."""
    for one in book.rng.sample(book.women, TESTED):
        day = _day(book.rng, YEAR)
        given = book.rng.random() < 0.97
        book.put(
            HivTest(
                on=day,
                person_id=one.person_id,
                code=one.code,
                place=book.rng.choice(_PLACES),
                returned_on=day + dt.timedelta(days=book.rng.randrange(2)) if given else None,
                **_written(book, day),
            )
        )


def _care(book: _Book, persons: Sequence[Person]) -> None:
    """A few of each of the other short forms."""
    rng, ids = book.rng, [one.id for one in persons]
    centre = "One Stop Center (hôpital Sominé Dolo)"
    for woman in rng.sample(ids, 40):
        day = _day(rng, 2026)
        payer = rng.choice(("gratuit", "assurance", "projet", "elle"))
        book.put(
            Consultation(
                on=day, person_id=woman, centre=centre, monthly=rng.random() < 0.5, paid_by=payer,
                booklet_stamped=True, **_written(book, day),
            )
        )  # fmt: skip
    for woman in rng.sample(ids, 12):
        day = _day(rng, 2026)
        book.put(HealthBooklet(on=day, person_id=woman, **_written(book, day)))
    for woman, matter in zip(rng.sample(ids, 6), ("pension", "divorce", "paternite") * 2, strict=True):
        day = _day(rng, 2025)
        step = AidStep(on=day + dt.timedelta(days=10), words="Rendez-vous pris avec la structure.")
        book.put(
            LegalAid(on=day, person_id=woman, matter=matter, structure="DRPFEF", steps=(step,), **_written(book, day))
        )
    for woman in rng.sample(ids, 10):
        day = _day(rng, 2026)
        nature, worth = rng.choice((("Nattes et moustiquaire", 12_500), ("Vivres pour un mois", 25_000)))
        book.put(
            MaterialAid(on=day, person_id=woman, nature=nature, worth=worth, signed="empreinte", **_written(book, day))
        )
    day = demo_people.LAST_DAY - dt.timedelta(days=9)
    present = tuple(Attended(person_id=woman) for woman in rng.sample(ids, 14))
    book.put(Attendance(on=day, activity="Causerie du jeudi", place="Sévaré", present=present, **_written(book, day)))


def _written(book: _Book, day: dt.date) -> dict[str, Any]:
    """Who wrote it, and when: the evening of that day."""
    at = dt.datetime.combine(day, dt.time(17, 0), dt.UTC)
    return {"created_at": at, "created_by": book.desk.actor.user_id}


def _day(rng: random.Random, year: int) -> dt.date:
    """A working day of that year, not after the last day of the records."""
    last = min(dt.date(year, 12, 20), demo_people.LAST_DAY)
    while True:
        day = dt.date(year, 1, 3) + dt.timedelta(days=rng.randrange((last - dt.date(year, 1, 3)).days + 1))
        if day.isoweekday() < 6:
            return day
