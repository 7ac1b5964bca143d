"""Démarches as data: steps, pieces, fees, where; editable and dated, a file keeps the version it began with."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from antenne.domain.civil_clock import BIRTH_DELAY, Delay, delay_makes_sense
from antenne.domain.text import fold
from antenne.domain.violations import Violation

EPOCH: Final = dt.date(2000, 1, 1)
"""Since always: the first version of a démarche."""

DECLARATION: Final = "declaration"
LATE_JUDGMENT: Final = "late_judgment"
"""Keys of the two ways to an act of birth: in time, and after it."""


class Step(Enum):
    """Where a file stands; the order within a route is the route's own."""

    OPENED = "opened"
    PIECES_READY = "pieces_ready"
    FILED = "filed"
    HEARING = "hearing"
    JUDGED = "judged"
    TRANSCRIBED = "transcribed"
    RECEIVED = "received"
    HANDED = "handed"
    REJECTED = "rejected"
    ABANDONED = "abandoned"


ENDED: Final = frozenset({Step.HANDED, Step.REJECTED, Step.ABANDONED})
"""A file that stands here is closed; it may be reopened with a reason."""


class Beneficiary(Enum):
    """Whose paper it is."""

    SELF = "self"
    CHILD = "child"
    MINOR = "minor"


class When(Enum):
    """When a piece is asked for: one of the answers of the file."""

    ALWAYS = "always"
    MOTHER_WITHOUT_ACT = "mother_without_act"
    OUT_OF_WEDLOCK = "out_of_wedlock"
    RECOGNISED = "recognised"
    ORPHAN = "orphan"
    FOREIGN_MOTHER = "foreign_mother"
    TWIN = "twin"
    BORN_AT_HOME = "born_at_home"
    WITHOUT_ACT = "without_act"
    WITH_ACT = "with_act"
    MINOR = "minor"


class Place(Enum):
    """Where a step is done."""

    TOWN_HALL = "mairie"
    COURT = "tribunal"
    POLICE = "police"
    ENROLMENT = "enrolement"


class Result(Enum):
    """What a finished file gives, for the counts."""

    BIRTH_ACT = "birth_act"
    COPY = "copy"
    IDENTITY_CARD = "identity_card"
    NINA = "nina"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceRule:
    """One piece of a route's checklist.

    Attributes:
        code: Stable within the route.
        label: In simple words, as told to the woman.
        when: When it is asked for.
        copies: How many.
        alternative: Pieces of the same non-empty word stand for each other: one of them is enough.
        paper: A paper that may be left at the office; witnesses are persons who come.
    """

    code: str
    label: str
    when: When = When.ALWAYS
    copies: int = 1
    alternative: str = ""
    paper: bool = True

    @property
    def witnesses(self) -> bool:
        """Persons who say that they know her."""
        return not self.paper and "temoin" in fold(self.label)


@dataclass(frozen=True, slots=True)
class FeeRule:
    """One typical fee, in FCFA; 0 where there is no public tariff."""

    label: str
    amount: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One démarche, in one of its versions.

    Attributes:
        key: ``declaration``, ``late_judgment``…
        version: From 1; a file keeps its own.
        since: First day on which new files take it.
        until: Last day, or None.
        label: French name.
        steps: In order, from OPENED to HANDED.
        place: Where it is filed.
        pieces: The checklist.
        fees: Typical fees.
        result: What it gives.
        beneficiaries: For whom it may be taken.
        delay: How long a birth may be declared by it, or None.
        stale_days: Days without a step after which the file is shown as asleep.
        source: Where the rule comes from.
    """

    key: str
    version: int = 1
    since: dt.date = EPOCH
    until: dt.date | None = None
    label: str
    steps: tuple[Step, ...]
    place: Place
    pieces: tuple[PieceRule, ...] = ()
    fees: tuple[FeeRule, ...] = ()
    result: Result
    beneficiaries: tuple[Beneficiary, ...] = tuple(Beneficiary)
    delay: Delay | None = None
    stale_days: int = 30
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The answers of a file that pieces depend on; None where she was not asked."""

    mother_has_act: bool | None = None
    in_wedlock: bool | None = None
    recognised: bool | None = None
    orphan: bool | None = None
    foreign_mother: bool | None = None
    twin: bool | None = None
    born_at_home: bool | None = None
    has_act: bool | None = None
    minor: bool | None = None


def applies(when: When, known: Situation) -> bool:
    """Whether a piece is asked for: what is not known yet is asked for only where it is the usual case."""
    answers = {
        When.ALWAYS: True,
        When.MOTHER_WITHOUT_ACT: known.mother_has_act is False,
        When.OUT_OF_WEDLOCK: known.in_wedlock is False,
        When.RECOGNISED: known.recognised is True or known.in_wedlock is True,
        When.ORPHAN: known.orphan is True,
        When.FOREIGN_MOTHER: known.foreign_mother is True,
        When.TWIN: known.twin is True,
        When.BORN_AT_HOME: known.born_at_home is True,
        When.WITHOUT_ACT: known.has_act is False,
        When.WITH_ACT: known.has_act is not False,
        When.MINOR: known.minor is True,
    }
    return answers[when]


def pieces_for(route: Route, known: Situation) -> tuple[PieceRule, ...]:
    """The checklist of a file, from its answers."""
    return tuple(piece for piece in route.pieces if applies(piece.when, known))


def route_on(routes: Iterable[Route], key: str, on: dt.date) -> Route | None:
    """The version of a route that new files take on that day: the newest that has begun, unless it has ended."""
    begun = [one for one in routes if one.key == key and one.since <= on]
    newest = max(begun, key=lambda one: one.version, default=None)
    return None if newest is None or (newest.until is not None and newest.until < on) else newest


def birth_delay(routes: Iterable[Route], on: dt.date) -> Delay:
    """How long a birth may be declared, for a file begun on that day."""
    held = route_on(routes, DECLARATION, on)
    return BIRTH_DELAY if held is None or held.delay is None else held.delay


def offered(routes: Iterable[Route], on: dt.date) -> tuple[Route, ...]:
    """Every démarche that can be begun on that day, in the order of the list."""
    known = list(routes)
    keys = dict.fromkeys(one.key for one in known)
    found = (route_on(known, key, on) for key in keys)
    return tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class Nature:
    """What a démarche needs to be told, read from its steps, its pieces and what it gives.

    Attributes:
        birth: A birth is declared or judged: how it went, who declares.
        late: By a judgment: why it was not declared in time (art. 133).
        act: An act of birth is made, copied or corrected: mother and father stand on it.
        heard: Two witnesses are heard.
        card: An identity card: with an act, or with two witnesses who know her.
        nina: The number is asked for where she is enrolled.
        asked: The answers that its pieces depend on.
    """

    birth: bool
    late: bool
    act: bool
    heard: bool
    card: bool
    nina: bool
    asked: frozenset[When]


NO_NATURE: Final = Nature(False, False, False, False, False, False, frozenset())
"""Of a démarche that is not chosen yet."""


def nature_of(route: Route) -> Nature:
    """What a démarche, known or made on the screen, needs to be told."""
    birth, judged = route.result is Result.BIRTH_ACT, Step.JUDGED in route.steps
    return Nature(
        birth=birth,
        late=birth and judged,
        act=route.result in {Result.BIRTH_ACT, Result.COPY},
        heard=judged or any(piece.witnesses and piece.when is When.ALWAYS for piece in route.pieces),
        card=route.result is Result.IDENTITY_CARD,
        nina=route.place is Place.ENROLMENT,
        asked=frozenset(piece.when for piece in route.pieces),
    )


def new_key(label: str, known: Iterable[str]) -> str:
    """The key of a new démarche, from its name: never one that is taken."""
    taken = set(known)
    base = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_") or "demarche"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}_{number}", number + 1
    return key


_ORDER: Final = tuple(Step)
_NEEDS: Final = {
    Step.HEARING: Step.FILED,
    Step.JUDGED: Step.HEARING,
    Step.TRANSCRIBED: Step.JUDGED,
    Step.HANDED: Step.RECEIVED,
}


def check_route(route: Route) -> tuple[Violation, ...]:
    """Whether a route typed on the screen makes sense.

    Returns:
        ``civil.route_label``, ``civil.route_steps`` (not from « ouvert » to « remis », or out of order),
        ``civil.route_needs`` (a step without the one it stands on), ``civil.route_piece`` (empty or twice),
        ``civil.route_fee`` (below 0), ``civil.route_dates`` (ends before it begins), ``civil.route_stale``,
        ``civil.route_delay`` (days that do not follow each other), ``civil.route_whom`` (for nobody).
    """
    found: list[Violation] = []
    if not route.label.strip():
        found.append(Violation("civil.route_label", "label"))
    places = [_ORDER.index(step) for step in route.steps]
    ends = route.steps[:1] == (Step.OPENED,) and route.steps[-1:] == (Step.HANDED,)
    if not ends or places != sorted(set(places)):
        found.append(Violation("civil.route_steps", "steps"))
    elif any(step in route.steps and needed not in route.steps for step, needed in _NEEDS.items()):
        found.append(Violation("civil.route_needs", "steps"))
    codes = [piece.code for piece in route.pieces]
    if len(set(codes)) < len(codes) or any(not piece.label.strip() or piece.copies < 1 for piece in route.pieces):
        found.append(Violation("civil.route_piece", "pieces"))
    if any(fee.amount < 0 or not fee.label.strip() for fee in route.fees):
        found.append(Violation("civil.route_fee", "fees"))
    if route.until is not None and route.until < route.since:
        found.append(Violation("civil.route_dates", "until"))
    if route.stale_days < 1:
        found.append(Violation("civil.route_stale", "stale_days"))
    if route.delay is not None and not delay_makes_sense(route.delay):
        found.append(Violation("civil.route_delay", "free_days"))
    if not route.beneficiaries:
        found.append(Violation("civil.route_whom", "beneficiaries"))
    return tuple(found)
