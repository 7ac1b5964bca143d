"""The ways of the demonstration's civil files: every event of a file, drawn backwards from the day its paper came."""

from __future__ import annotations

import datetime as dt
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from antenne.base.paths import resource
from antenne.domain.civil import CivilEvent, EventKind
from antenne.domain.civil_routes import ENDED, Step
from antenne.services.demo_people import LAST_DAY

_WEEKEND: Final = 6
_MOBILE: Final = ("foraine_konna", "foraine_fatoma")
_COURTS: Final = (
    ("tgi_mopti", 64), ("ti_bandiagara", 10), ("ti_djenne", 6), ("jpce_bankass", 7), ("jpce_koro", 5),
    ("jpce_tenenkou", 4), ("jpce_youwarou", 4),
)  # fmt: skip
_TOWN_HALLS: Final = (
    ("mairie_mopti", 36), ("mairie_sevare", 44), ("mairie_socoura", 8), ("mairie_fatoma", 6), ("mairie_konna", 6),
)  # fmt: skip
PLACES: Final = {
    "declaration": _TOWN_HALLS,
    "late_judgment": _COURTS,
    "rectification": _COURTS,
    "copy": _TOWN_HALLS,
    "lost_act": _TOWN_HALLS,
    "identity_card_old": (("commissariat_mopti", 45), ("commissariat_sevare", 55)),
    "identity_card": (("enrolement_mopti", 1),),
    "nina": (("enrolement_mopti", 1),),
}
_COURT_ROUTES: Final = frozenset({"late_judgment", "rectification"})
_QUICK: Final = {
    "declaration": ((1, 8), (0, 2), (0, 6)),
    "identity_card": ((12, 45), (1, 6), (1, 14)),
    "identity_card_old": ((6, 30), (1, 6), (1, 14)),
    "copy": ((2, 14), (0, 3), (0, 5)),
    "lost_act": ((3, 20), (0, 4), (0, 9)),
    "nina": ((8, 40), (1, 5), (1, 12)),
}
"""Days from the filing to the paper, from the pieces to the filing, from the opening to the pieces."""


@dataclass(frozen=True, slots=True)
class Way:
    """What happens to one file.

    Attributes:
        free: It went through an audience foraine, without fees.
        born_on: The birth, where it decides of the way.
        events: In order; none after the last day of the demonstration.
    """

    route_key: str
    place: str
    opened_on: dt.date
    events: tuple[CivilEvent, ...]
    free: bool = False
    born_on: dt.date | None = None

    def day_of(self, step: Step) -> dt.date | None:
        """When a step was reached."""
        return next((one.on for one in self.events if one.kind is EventKind.STEP and one.step is step), None)


class Matter:
    """The lists that the draw picks from."""

    def __init__(self) -> None:
        """Read them."""
        self._raw: dict[str, Any] = tomllib.loads(resource("demo/civil.toml").read_text(encoding="utf-8"))

    def pick(self, rng: random.Random, key: str) -> str:
        """One of a list, by its weights where it has some."""
        entries = self._raw[key]
        if isinstance(entries[0], str):
            return str(rng.choice(entries))
        return str(rng.choices([one[0] for one in entries], weights=[one[1] for one in entries])[0])

    def months(self) -> Iterator[tuple[dt.date, dict[str, int]]]:
        """First day of each month, and how many papers of each sort come in it."""
        for year, rows in self._raw["months"].items():
            for place, row in enumerate(rows):
                yield dt.date(int(year), place + 1, 1), dict(zip(_SORTS, row, strict=True))

    def lost(self) -> dict[int, int]:
        """Files of each year that came to nothing."""
        return {int(year): count for year, count in self._raw["lost"].items()}


_SORTS: Final = ("declaration", "mobile", "judgment", "card", "other")


def before(rng: random.Random, day: dt.date, least: int, most: int) -> dt.date:
    """A working day so many days before."""
    found = day - dt.timedelta(days=rng.randint(least, most))
    return found - dt.timedelta(days=max(0, found.isoweekday() - _WEEKEND + 1))


def after(rng: random.Random, day: dt.date, least: int, most: int) -> dt.date:
    """A working day so many days after."""
    found = day + dt.timedelta(days=rng.randint(least, most))
    return found + dt.timedelta(days=(8 - found.isoweekday()) if found.isoweekday() >= _WEEKEND else 0)


def working_day(rng: random.Random, month: dt.date) -> dt.date:
    """A working day of a month; the 1st and 2nd of January are rest."""
    while True:
        day = month.replace(day=rng.randint(3, 28))
        if day.isoweekday() < _WEEKEND:
            return day


class Ways:
    """Draws ways; ids of users are put in when they are written."""

    def __init__(self, rng: random.Random, matter: Matter) -> None:
        """Draw with this generator from these lists."""
        self._rng, self._matter = rng, matter

    def received(self, route_key: str, day: dt.date, *, mobile: bool = False) -> Way:
        """The way of a file whose paper comes on that day, cut where the demonstration ends."""
        rng = self._rng
        if mobile:
            place = rng.choice(_MOBILE)
        else:
            codes = PLACES[route_key]
            place = rng.choices([one[0] for one in codes], weights=[one[1] for one in codes])[0]
        events = (
            self._court(place, day, mobile=mobile) if route_key in _COURT_ROUTES else self._quick(route_key, place, day)
        )
        opened = before(rng, events[0].on, *self._waited(route_key))
        if rng.random() < 0.4:
            events.append(self.event(EventKind.NOTE, opened, words=self._matter.pick(rng, "notes")))
        events.sort(key=lambda one: one.on)
        return cut(Way(route_key, place, opened, tuple(events), free=mobile), LAST_DAY)

    def _waited(self, route_key: str) -> tuple[int, int]:
        return (3, 35) if route_key in _COURT_ROUTES else _QUICK[route_key][2]

    def event(self, kind: EventKind, on: dt.date, **more: Any) -> CivilEvent:
        """One line, written that day."""
        rng = self._rng
        at = dt.datetime.combine(on, dt.time(8 + rng.randrange(8), rng.randrange(60)), dt.UTC)
        return CivilEvent(kind=kind, on=on, written_at=at, actor_id=0, **more)

    def step(self, step: Step, on: dt.date, **more: Any) -> CivilEvent:
        """A step reached."""
        return self.event(EventKind.STEP, on, step=step, **more)

    def _quick(self, route_key: str, place: str, day: dt.date) -> list[CivilEvent]:
        rng = self._rng
        to_paper, to_filing, _ = _QUICK[route_key]
        filed = before(rng, day, *to_paper)
        ready = before(rng, filed, *to_filing)
        number = "" if route_key == "copy" else str(rng.randint(100, 2900))
        return [
            self.step(Step.PIECES_READY, ready),
            self.step(Step.FILED, filed, place=place, number=number),
            *self._end(day),
        ]

    def _end(self, day: dt.date) -> tuple[CivilEvent, CivilEvent]:
        rng = self._rng
        late = rng.random() < 0.04
        handed = after(rng, day, 60, 190) if late else after(rng, day, 0, 21)
        how = rng.choices(("signature", "empreinte, pouce droit", "empreinte, pouce gauche"), weights=(40, 42, 18))[0]
        paper = self._matter.pick(rng, "papers")
        return self.step(Step.RECEIVED, day), self.step(Step.HANDED, handed, to_whom=paper, how=how)

    def _court(self, place: str, day: dt.date, *, mobile: bool) -> list[CivilEvent]:
        rng = self._rng
        transcribed = before(rng, day, 2, 12)
        judged = before(rng, transcribed, 3, 9) if mobile else before(rng, transcribed, 4, 20)
        hearings = self._hearings(judged, mobile=mobile)
        filed = before(rng, hearings[0], 2, 8) if mobile else before(rng, hearings[0], 12, 30)
        told = filed if mobile else min(after(rng, filed, 1, 6), before(rng, hearings[0], 1, 3))
        ready = before(rng, filed, 1, 7)
        number = str(rng.randint(60, 1900))
        return [
            self.step(Step.PIECES_READY, ready),
            self.step(Step.FILED, filed, place=place, number=number),
            self.step(Step.HEARING, max(told, filed), until=hearings[0], place=place),
            *self._postponed(hearings, judged),
            self.step(Step.JUDGED, judged, number=f"{rng.randint(40, 1400)}/{judged.year}"),
            self.step(Step.TRANSCRIBED, transcribed, number=f"{rng.randint(10, 900)}/{transcribed.year}"),
            *self._end(day),
        ]

    def _hearings(self, judged: dt.date, *, mobile: bool) -> list[dt.date]:
        """Days of the hearings; the last one is that of the judgment unless it is put « en délibéré »."""
        rng = self._rng
        times = 0 if mobile else rng.choices((0, 1, 2, 3), weights=(52, 30, 13, 5))[0]
        days = [judged if mobile or rng.random() < 0.8 else before(rng, judged, 7, 21)]
        for _ in range(times):
            days.insert(0, before(rng, days[0], 14, 35))
        return days

    def _postponed(self, hearings: list[dt.date], judged: dt.date) -> Iterator[CivilEvent]:
        for now, later in pairwise(hearings):
            words = self._matter.pick(self._rng, "postponed")
            yield self.event(EventKind.POSTPONED, now, until=later, words=words)
        if hearings[-1] != judged:
            yield self.event(EventKind.DELIBERATION, hearings[-1], until=judged, words="affaire en délibéré")

    def given_up(self, way: Way) -> Way:
        """The same file, ended before its paper came."""
        rng = self._rng
        steps = [one for one in way.events if one.kind is EventKind.STEP and one.step not in {Step.RECEIVED, *ENDED}]
        last = rng.choice(steps)
        kept = [one for one in way.events if one.on <= last.on]
        while kept[-1].step in {Step.RECEIVED, *ENDED}:
            kept.pop()
        reject = kept[-1].step is Step.HEARING
        on = min(after(rng, kept[-1].on, 10, 45), LAST_DAY - dt.timedelta(days=1))
        words = self._matter.pick(rng, "rejected" if reject else "abandoned")
        end = self.step(Step.REJECTED if reject else Step.ABANDONED, max(on, kept[-1].on), words=words)
        return replace(way, events=(*kept, end))


def cut(way: Way, last: dt.date) -> Way:
    """The way as it stands at the end of a day."""
    return replace(way, events=tuple(one for one in way.events if one.on <= last))
