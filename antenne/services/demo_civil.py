"""The demonstration's civil files, 2023 to its last day: each one drawn whole; every count follows from them."""

from __future__ import annotations

import datetime as dt
import io
import random
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from PIL import Image, ImageDraw

from antenne.db.repositories.civil import WholeFile
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.audit import FieldChange
from antenne.domain.civil import CivilEvent, CivilFile, CivilPiece, EventKind
from antenne.domain.civil_first_routes import ROUTES
from antenne.domain.civil_routes import DECLARATION, LATE_JUDGMENT, Step
from antenne.domain.civil_standing import standing
from antenne.domain.civil_trips import Trip, TripFile
from antenne.domain.persons import Person
from antenne.services import civil
from antenne.services.demo_civil_people import FileMaker, fees_of, pieces_of
from antenne.services.demo_civil_ways import Matter, Way, Ways, after, before, working_day
from antenne.services.demo_people import LAST_DAY, SEED
from antenne.services.desk import Desk

_ROUTES: Final = {route.key: route for route in ROUTES}
_OTHERS: Final = (("copy", 50), ("lost_act", 18), ("rectification", 12), ("nina", 20))
_BIOMETRIC: Final = dt.date(2025, 3, 1)
_HEARING, _BEFORE_HEARING = dt.date(2026, 11, 26), dt.date(2026, 11, 5)
_AT_COURT: Final = 8
_ASLEEP: Final = 7
_NEWBORN: Final = (2, 8, 15, 20, 22, 24, 27, 29, 30, 31)
"""Ages in days of the births that nobody has declared yet, on the last day."""
_PAST: Final = (41, 58)
_SCANS: Final = 18
_FAULTY_YEAR: Final = 2024
_SEEN: Final = dt.date(2026, 11, 9)
_DONE: Final = "prévenir les deux témoins"


def write(desk: Desk, uow: UnitOfWork) -> None:
    """Write it all, inside the transaction of the demonstration."""
    civil.keep_first_routes(uow)
    rng = random.Random(f"{SEED}/état civil")
    plan = Plan(rng)
    writer = _Writer(desk, uow, rng, plan.matter)
    for way in sorted(plan.all(), key=lambda one: one.opened_on):
        writer.add(way)
    writer.finish()


class Plan:
    """Every way of every file."""

    def __init__(self, rng: random.Random) -> None:
        """Draw with this generator."""
        self._rng = rng
        self.matter = Matter()
        self._ways = Ways(rng, self.matter)

    def all(self) -> Iterator[Way]:
        """Papers of each month, files that came to nothing, and those that make the office's present days."""
        for month, wanted in self.matter.months():
            for sort, count in wanted.items():
                for _ in range(count):
                    yield from self._one(sort, working_day(self._rng, month))
        for year, count in self.matter.lost().items():
            for number in range(count):
                day = working_day(self._rng, dt.date(year, 1 + number * 3 % 10, 1))
                yield self._ways.given_up(self._ways.received("late_judgment", day))
        yield from self._newborns()
        yield from self._hearings()
        yield from self._asleep()

    def _one(self, sort: str, day: dt.date) -> Iterator[Way]:
        """One paper; nothing where its file would only be opened after the last day."""
        keys = {"mobile": "late_judgment", "judgment": "late_judgment", "declaration": "declaration"}
        if sort == "card":
            new = day >= _BIOMETRIC and self._rng.random() < (day - _BIOMETRIC).days / 400
            key = "identity_card" if new or day > dt.date(2025, 12, 31) else "identity_card_old"
        elif sort == "other":
            key = self._rng.choices([one[0] for one in _OTHERS], weights=[one[1] for one in _OTHERS])[0]
        else:
            key = keys[sort]
        way = self._ways.received(key, day, mobile=sort == "mobile")
        if way.opened_on <= LAST_DAY:
            yield way

    def _newborns(self) -> Iterator[Way]:
        """Births near the end of their delay, and two that are past it: they go on as judgments."""
        for age in _NEWBORN:
            born = LAST_DAY - dt.timedelta(days=age)
            opened = min(after(self._rng, born, 1, 6), LAST_DAY)
            ready = min(after(self._rng, opened, 1, 4), LAST_DAY - dt.timedelta(days=1))
            events: tuple[CivilEvent, ...] = (
                (self._ways.step(Step.PIECES_READY, ready),) if age % 2 and ready >= opened else ()
            )
            yield Way("declaration", "mairie_sevare", opened, events, born_on=born)
        for age in _PAST:
            born = LAST_DAY - dt.timedelta(days=age)
            opened = after(self._rng, born, 9, 14)
            on = after(self._rng, born, 34, 36)
            words = "Déclaration dans le délai → Jugement supplétif\u00a0: le délai est passé"
            events = (
                self._ways.event(EventKind.REROUTED, on, words=words, left_key=DECLARATION, left_version=1),
                self._ways.event(EventKind.REOPENED, on, step=Step.OPENED, words=words),
            )
            yield Way("late_judgment", "tgi_mopti", opened, events, born_on=born)

    def _hearings(self) -> Iterator[Way]:
        """Eight files of one court, put off together to the same day."""
        for _ in range(_AT_COURT):
            filed = before(self._rng, _BEFORE_HEARING, 14, 35)
            ready = before(self._rng, filed, 1, 6)
            opened = before(self._rng, ready, 4, 30)
            number = str(self._rng.randint(1100, 1900))
            told = after(self._rng, filed, 1, 5)
            yield Way(
                "late_judgment",
                "tgi_mopti",
                opened,
                (
                    self._ways.step(Step.PIECES_READY, ready),
                    self._ways.step(Step.FILED, filed, place="tgi_mopti", number=number),
                    self._ways.step(Step.HEARING, told, until=_BEFORE_HEARING, place="tgi_mopti"),
                    self._ways.event(EventKind.POSTPONED, _BEFORE_HEARING, until=_HEARING, words="juge absent"),
                ),
            )

    def _asleep(self) -> Iterator[Way]:
        """Files that nobody touched for months, cut somewhere before the judgment."""
        for number in range(_ASLEEP):
            whole = self._ways.received("late_judgment", working_day(self._rng, dt.date(2026, 3 + number % 5, 1)))
            steps = [one for one in whole.events if one.step in {Step.PIECES_READY, Step.FILED, Step.HEARING}]
            last = steps[number % len(steps)]
            yield replace(whole, events=tuple(one for one in whole.events if one.on <= last.on))


class _Writer:
    """Gives numbers and ids, and writes."""

    def __init__(self, desk: Desk, uow: UnitOfWork, rng: random.Random, matter: Matter) -> None:
        self._uow, self._rng, self._matter = uow, rng, matter
        self._actor = desk.actor.user_id
        members = uow.persons.many(uow.persons.members_between(dt.date(2000, 1, 1), LAST_DAY))
        self._members = sorted(members, key=_joined)
        self._joined = [_joined(one) for one in self._members]
        self._maker = FileMaker(rng, matter)
        self._files: list[WholeFile] = []
        self._reopened = False
        self._numbers: dict[int, int] = defaultdict(int)
        self._ids = dict.fromkeys(("event", "piece", "fee"), 0)

    def _next(self, what: str) -> int:
        self._ids[what] += 1
        return self._ids[what]

    def add(self, way: Way) -> None:
        """Make the file of a way."""
        woman = self._requester(way.opened_on)
        year = way.opened_on.year
        self._numbers[year] += 1
        number = f"N-{year}-{self._numbers[year]:04d}"
        route = _ROUTES[way.route_key]
        file = replace(
            self._maker.file(way, route, woman), id=len(self._files) + 1, number=number, route_version=route.version
        )
        events = self._decorated(way, self._signed(way.events, woman))
        events = self._told_later(way, file, events)
        pieces = pieces_of(self._rng, civil.checklist(route, file, ()), way, woman, self._matter)
        self._files.append(
            WholeFile(
                file=file,
                now=standing(file.opened_on, events),
                events=tuple(replace(one, id=self._next("event"), actor_id=self._actor) for one in events),
                pieces=tuple(replace(one, id=self._next("piece")) for one in pieces),
                fees=tuple(replace(one, id=self._next("fee")) for one in fees_of(self._rng, way)),
            )
        )

    def _requester(self, on: dt.date) -> Person:
        """A member of that day."""
        last = bisect_right(self._joined, on)
        while True:
            found = self._members[self._rng.randrange(last)]
            left = found.membership.left_on if found.membership else None
            if (left is None or left > on) and (found.died_on is None or found.died_on > on):
                return found

    @staticmethod
    def _signed(events: tuple[CivilEvent, ...], woman: Person) -> tuple[CivilEvent, ...]:
        """Who received the paper."""
        name = f"{woman.first_name} {woman.last_name}"
        return tuple(replace(one, to_whom=f"{name}, {one.to_whom}") if one.to_whom else one for one in events)

    def _decorated(self, way: Way, events: tuple[CivilEvent, ...]) -> tuple[CivilEvent, ...]:
        """What stands in the way of an open file, and what is to be done next."""
        now = standing(way.opened_on, events)
        rng = self._rng
        draw = rng.random()
        if now.closed or now.step is Step.RECEIVED or draw > 0.34:
            return events
        on = min(now.last_on + dt.timedelta(days=rng.randrange(1, 6)), LAST_DAY)
        ways = Ways(rng, self._matter)
        if draw < 0.12:
            return (*events, ways.event(EventKind.BLOCKED, on, words=self._matter.pick(rng, "blocked")))
        until = max(on, LAST_DAY - dt.timedelta(days=3)) + dt.timedelta(days=rng.randrange(0, 16))
        return (*events, ways.event(EventKind.NEXT_ACTION, on, until=until, words=self._matter.pick(rng, "actions")))

    def _told_later(self, way: Way, file: CivilFile, events: tuple[CivilEvent, ...]) -> tuple[CivilEvent, ...]:
        """What was to be done and was; one act of 2024 whose fault was seen in 2026: it stays of 2024.

        Drawn apart, so that nothing else of the office depends on it.
        """
        now = standing(way.opened_on, events)
        ways = Ways(random.Random(file.number), self._matter)
        faulty = way.route_key == LATE_JUDGMENT and now.step is Step.HANDED and now.received_on is not None
        if faulty and not self._reopened and now.received_on is not None and now.received_on.year == _FAULTY_YEAR:
            self._reopened = True
            words = "faute sur le prénom du père, vue à l’inscription à l’école"
            return (*events, ways.event(EventKind.REOPENED, _SEEN, step=Step.FILED, words=words))
        if not now.next_action or file.id % 2:
            return events
        done = replace(events[-1], kind=EventKind.DONE, on=events[-1].on, until=None)
        return (
            *events[:-1],
            replace(events[-1], until=events[-1].on, words=_DONE),
            replace(done, words=_DONE),
            events[-1],
        )

    def finish(self) -> None:
        """Write the files, their numbers, their Historique, a few pages and the next trip."""
        self._uow.civil.write(self._files)
        for year, last in self._numbers.items():
            self._uow.counters.reserve(f"{civil.COUNTER}/{year}", last)
        for at, action, file_id, change in sorted(self._history(), key=lambda one: one[0]):
            self._uow.audit.add(at, self._actor, action, civil.SUBJECT, file_id, (change,))
        self._scan()
        self._trip()

    def _history(self) -> Iterator[tuple[dt.datetime, str, int, FieldChange]]:
        for one in self._files:
            at = dt.datetime.combine(one.file.opened_on, dt.time(8), dt.UTC)
            yield at, "civil.opened", one.file.id, FieldChange("Dossier", "", one.file.number)
            step = Step.OPENED
            for event in one.events:
                if event.kind is EventKind.STEP and event.step is not None:
                    change = FieldChange("Étape", step.value, event.step.value)
                    yield event.written_at, "civil.step", one.file.id, change
                    step = event.step

    def _scan(self) -> None:
        """Pages of papers that lie at the office, in the newest open files."""
        waiting = [
            (one.file, piece)
            for one in reversed(self._files)
            if not one.now.closed
            for piece in one.pieces
            if piece.is_here and piece.code in {"mother_id", "birth_certificate", "act"}
        ]
        for file, piece in waiting[:_SCANS]:
            assert piece.received_on is not None
            for page in ("recto", "verso"):
                self._uow.civil.add_scan(piece.id, piece.received_on, drawn_page(file, piece, page))

    def _trip(self) -> None:
        """The next trip to the court, with the files whose hearing it is."""
        heard = [one.file.id for one in self._files if one.now.hearing_on == _HEARING]
        trip = Trip(
            on=_HEARING,
            place="tgi_mopti",
            words="départ 7 h, avec les témoins",
            made_by=self._actor,
            files=tuple(TripFile(file_id=file_id) for file_id in heard),
        )
        self._uow.civil_trips.save(trip)


def _joined(person: Person) -> dt.date:
    return person.membership.joined_on if person.membership else LAST_DAY


def drawn_page(file: CivilFile, piece: CivilPiece, page: str) -> bytes:
    """A drawn sheet as JPEG: lines, a stamp, no real paper of anybody."""
    rng = random.Random(f"{file.number}/{piece.code}/{page}")
    image = Image.new("RGB", (620, 877), "#F4F0E6")
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, 580, 92), outline="#555555")
    for row in range(rng.randrange(14, 24)):
        top = 130 + row * 27
        draw.line((60, top, 60 + rng.randrange(240, 500), top), fill="#3A3A3A", width=3)
    draw.ellipse((400, 690, 540, 830), outline="#2F4A8A", width=5)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=60)
    return out.getvalue()
