"""Démarches as data: steps, pieces, fees, where; editable and dated, a file keeps the version it began with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Final

from antenne.domain.violations import Violation

EPOCH: Final = dt.date(2000, 1, 1)
"""Since always: the first version of a démarche."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceRule:
    """One piece of a route's checklist.

    Attributes:
        code: Stable within the route.
        label: In simple words, as told to the woman.
        when: When it is asked for.
        copies: How many.
        alternative: Pieces of the same non-empty word stand for each other: one of them is enough.
    """

    code: str
    label: str
    when: When = When.ALWAYS
    copies: int = 1
    alternative: str = ""


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
        clock: The 30 days apply.
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
    clock: bool = False
    stale_days: int = 30
    source: str = ""


_SHORT = (Step.OPENED, Step.PIECES_READY, Step.FILED, Step.RECEIVED, Step.HANDED)
_JUDGED = (
    Step.OPENED,
    Step.PIECES_READY,
    Step.FILED,
    Step.HEARING,
    Step.JUDGED,
    Step.TRANSCRIBED,
    Step.RECEIVED,
    Step.HANDED,
)
_HONOUR = PieceRule(
    code="honour", label="Déclaration sur l’honneur (la mère n’a pas d’acte)", when=When.MOTHER_WITHOUT_ACT
)
_PARENTS = (
    PieceRule(code="mother_id", label="Pièce d’identité de la mère"),
    PieceRule(code="father_id", label="Pièce d’identité du père", when=When.RECOGNISED),
    _HONOUR,
    PieceRule(code="foreign", label="Carte consulaire ou passeport de la mère", when=When.FOREIGN_MOTHER),
    PieceRule(code="death", label="Acte ou certificat de décès des parents", when=When.ORPHAN),
)
_WITNESSES = PieceRule(code="witnesses", label="Deux témoins majeurs avec leurs pièces d’identité", copies=2)
_TWIN = PieceRule(code="twin", label="Acte ou dossier de l’autre jumeau", when=When.TWIN)

ROUTES: Final = (
    Route(
        key="declaration",
        label="Déclaration dans le délai",
        steps=_SHORT,
        place=Place.TOWN_HALL,
        pieces=(
            PieceRule(
                code="birth_certificate", label="Certificat d’accouchement ou carnet de santé", alternative="naissance"
            ),
            PieceRule(
                code="home_birth",
                label="Attestation du chef de quartier et de l’accoucheuse",
                when=When.BORN_AT_HOME,
                alternative="naissance",
            ),
            *_PARENTS,
            _TWIN,
        ),
        fees=(FeeRule("Volet n° 3 (gratuit)"),),
        result=Result.BIRTH_ACT,
        clock=True,
        stale_days=5,
        source="loi 2011-087, art. 158 et 159",
    ),
    Route(
        key="late_judgment",
        label="Jugement supplétif",
        steps=_JUDGED,
        place=Place.COURT,
        pieces=(
            PieceRule(code="request", label="Demande timbrée"),
            PieceRule(
                code="birth_certificate", label="Certificat d’accouchement ou carnet de CPN", alternative="naissance"
            ),
            PieceRule(code="no_record", label="Certificat de non-inscription", alternative="naissance"),
            PieceRule(code="apparent_age", label="Certificat d’âge apparent"),
            *_PARENTS,
            _WITNESSES,
            _TWIN,
        ),
        fees=(FeeRule("Timbre"), FeeRule("Greffe"), FeeRule("Copies", 100)),
        result=Result.BIRTH_ACT,
        stale_days=45,
        source="loi 2011-087, art. 133",
    ),
    Route(
        key="copy",
        label="Copie d’acte",
        steps=_SHORT,
        place=Place.TOWN_HALL,
        pieces=(
            PieceRule(code="act_number", label="Numéro et date de l’acte, ou ancien acte"),
            PieceRule(code="requester_id", label="Pièce d’identité de celle qui demande"),
        ),
        fees=(FeeRule("Copie", 100),),
        result=Result.COPY,
        stale_days=15,
        source="coût d’une copie (défaut)",
    ),
    Route(
        key="lost_act",
        label="Acte perdu",
        steps=_SHORT,
        place=Place.TOWN_HALL,
        pieces=(
            PieceRule(code="loss", label="Déclaration de perte"),
            PieceRule(code="act_number", label="Numéro de l’acte, ou année et centre"),
            PieceRule(code="requester_id", label="Pièce d’identité de celle qui demande"),
        ),
        fees=(FeeRule("Déclaration de perte"), FeeRule("Copie", 100)),
        result=Result.COPY,
        stale_days=20,
    ),
    Route(
        key="rectification",
        label="Rectification d’acte",
        steps=_JUDGED,
        place=Place.COURT,
        pieces=(
            PieceRule(code="request", label="Demande timbrée"),
            PieceRule(code="act", label="L’acte à rectifier"),
            PieceRule(code="proof", label="Papier qui prouve la bonne mention"),
            _WITNESSES,
        ),
        fees=(FeeRule("Timbre"), FeeRule("Greffe")),
        result=Result.COPY,
        stale_days=45,
    ),
    Route(
        key="identity_card_old",
        until=dt.date(2025, 12, 31),
        label="Carte d’identité (ancienne)",
        steps=_SHORT,
        place=Place.POLICE,
        pieces=(
            PieceRule(code="act", label="Acte de naissance ou jugement supplétif", when=When.WITH_ACT),
            PieceRule(
                code="known_witnesses", label="Deux témoins connus dans le quartier", when=When.WITHOUT_ACT, copies=2
            ),
            PieceRule(code="photos", label="Trois photos d’identité", copies=3),
            PieceRule(code="residence", label="Certificat de résidence"),
        ),
        fees=(FeeRule("Carte d’identité", 1700),),
        result=Result.IDENTITY_CARD,
        stale_days=20,
        source="1 700 F au plus (défaut)",
    ),
    Route(
        key="identity_card",
        label="Carte d’identité biométrique",
        steps=_SHORT,
        place=Place.ENROLMENT,
        pieces=(
            PieceRule(code="act", label="Acte de naissance", when=When.WITH_ACT),
            PieceRule(
                code="known_witnesses", label="Deux témoins connus dans le quartier", when=When.WITHOUT_ACT, copies=2
            ),
            PieceRule(code="nina", label="Fiche descriptive NINA"),
            PieceRule(code="residence", label="Certificat de résidence"),
        ),
        fees=(FeeRule("Première carte (gratuite)"),),
        result=Result.IDENTITY_CARD,
        stale_days=30,
        source="valable cinq ans, la première est gratuite (défaut)",
    ),
    Route(
        key="nina",
        label="NINA",
        steps=_SHORT,
        place=Place.ENROLMENT,
        pieces=(
            PieceRule(code="act", label="Acte de naissance ou jugement supplétif"),
            PieceRule(code="residence", label="Certificat de résidence"),
        ),
        result=Result.NINA,
        stale_days=30,
    ),
)
"""Where the démarches start in a new office; from then on the office's own screen decides."""


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
    """The newest version of a route that new files take on that day."""
    held = [one for one in routes if one.key == key and one.since <= on and (one.until is None or on <= one.until)]
    return max(held, key=lambda one: one.version, default=None)


def offered(routes: Iterable[Route], on: dt.date) -> tuple[Route, ...]:
    """Every démarche that can be begun on that day, in the order of the list."""
    known = list(routes)
    keys = dict.fromkeys(one.key for one in known)
    found = (route_on(known, key, on) for key in keys)
    return tuple(one for one in found if one is not None)


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
        ``civil.route_fee`` (below 0), ``civil.route_dates`` (ends before it begins), ``civil.route_stale``.
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
    return tuple(found)
