"""A civil file: what was asked, for whom, every event until the paper is in her hands (forms: Civil registration)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from antenne.domain.births import UNKNOWN, Birth
from antenne.domain.births_rules import bounds
from antenne.domain.civil_routes import ENDED, Place, Route, Situation, Step
from antenne.domain.violations import Violation


class Beneficiary(Enum):
    """Whose paper it is."""

    SELF = "self"
    CHILD = "child"
    MINOR = "minor"


class Sex(Enum):
    """As the act writes it."""

    FEMALE = "female"
    MALE = "male"


class Father(Enum):
    """What is said of the father; nobody is asked more."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    UNDECLARED = "undeclared"


class Payer(Enum):
    """Who bears a fee."""

    SHE = "she"
    PROJECT = "project"
    FREE = "free"


class EventKind(Enum):
    """What is written in a file's journal; nothing of it is ever changed."""

    STEP = "step"
    HEARING_SET = "hearing_set"
    POSTPONED = "postponed"
    DELIBERATION = "deliberation"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    NEXT_ACTION = "next_action"
    NOTE = "note"
    REOPENED = "reopened"
    REROUTED = "rerouted"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class CivilEvent:
    """One line of the journal.

    Attributes:
        on: When it happened.
        written_at: When it was keyed.
        step: The step reached (STEP, REOPENED: where it goes back to).
        until: The next day that counts: hearing, deliberation, reminder.
        place: Court, town hall… (code of a list, or free words).
        number: Of the filing, the judgment, the register.
        words: Reason, next action, note.
        to_whom: Who received the paper, and with what piece (HANDED).
        how: ``signature`` or ``empreinte`` with the finger (HANDED).
    """

    id: int = 0
    kind: EventKind
    on: dt.date
    written_at: dt.datetime
    actor_id: int
    step: Step | None = None
    until: dt.date | None = None
    place: str = ""
    number: str = ""
    words: str = ""
    to_whom: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CivilPiece:
    """One piece of a file.

    Attributes:
        code: Of the route's rule; empty for one added by hand.
        required: On the checklist; one that is no longer asked for stays, not required.
        received_on: When it was left at the office.
        original: The original lies here, else a copy.
        returned_on: When it was given back.
        returned_to: To whom.
        note: « demandé à Tombouctou le 20/10 ».
        scans: How many pages are stored.
    """

    id: int = 0
    code: str = ""
    label: str
    required: bool = True
    alternative: str = ""
    received_on: dt.date | None = None
    original: bool = True
    returned_on: dt.date | None = None
    returned_to: str = ""
    note: str = ""
    scans: int = 0

    @property
    def is_here(self) -> bool:
        """The original or copy lies at the office."""
        return self.received_on is not None and self.returned_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class CivilFee:
    """One fee of a file; what she pays goes through the basket, what the project pays through an expense."""

    id: int = 0
    label: str
    amount: int
    payer: Payer
    on: dt.date
    receipt_id: int | None = None
    expense_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CivilFile:
    """One file.

    Attributes:
        number: « N-2026-0149 ».
        requester_id: The woman who asked.
        beneficiary: Whose paper it is.
        person_id: The person whose paper it is, when she has a file of her own (herself).
        last_name: Of the one whose paper it is.
        school_class: Code of the list ``school_classes``, for children who need the act for an exam.
        has_act: The one whose paper it is has an act already (identity card).
        late_reason: Why a birth was not declared in time.
        route_key: With ``route_version``, the démarche as it was when the file began.
        place: Court or town hall that it goes to (code of ``civil_places``, or free words).
    """

    id: int = 0
    number: str = ""
    route_key: str
    route_version: int
    opened_on: dt.date
    requester_id: int
    beneficiary: Beneficiary
    person_id: int | None = None
    last_name: str = ""
    first_name: str = ""
    sex: Sex | None = None
    birth: Birth = UNKNOWN
    birth_place: str = ""
    twin: bool | None = None
    born_at_home: bool | None = None
    attended_by: str = ""
    mother_name: str = ""
    mother_has_act: bool | None = None
    foreign_mother: bool | None = None
    orphan: bool | None = None
    in_wedlock: bool | None = None
    father: Father | None = None
    father_name: str = ""
    recognised: bool | None = None
    declarant: str = ""
    declarant_link: str = ""
    declarant_paper: str = ""
    declarant_phone: str = ""
    witnesses: str = ""
    late_reason: str = ""
    school_class: str = ""
    school: str = ""
    has_act: bool | None = None
    nina: str = ""
    place: str = ""
    register_ref: str = ""

    def situation(self, *, minor: bool | None = None) -> Situation:
        """The answers that its pieces depend on."""
        return Situation(
            mother_has_act=self.mother_has_act,
            in_wedlock=self.in_wedlock,
            recognised=self.recognised,
            orphan=self.orphan,
            foreign_mother=self.foreign_mother,
            twin=self.twin,
            born_at_home=self.born_at_home,
            has_act=self.has_act,
            minor=minor,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a file stands, folded from its events.

    Attributes:
        step: Where it stands.
        since: When that step was reached.
        reached: Each step and its day; a step that a file goes back to keeps the day it was first reached, so that
            a paper received in one year is not counted again in the next.
        hearing_on: Day of the hearing or deliberation that is awaited, or None.
        deliberating: That day is one of « délibéré ».
        postponed: How many times it was postponed.
        blocked_since: Since when it is blocked, or None.
        blocked_reason: Why.
        next_action: What is to be done, in words.
        remind_on: When.
        last_on: Day of the last event: after many days without one it is asleep.
        closed: It ended.
    """

    step: Step = Step.OPENED
    since: dt.date
    reached: dict[Step, dt.date] = field(default_factory=dict)
    hearing_on: dt.date | None = None
    deliberating: bool = False
    postponed: int = 0
    blocked_since: dt.date | None = None
    blocked_reason: str = ""
    next_action: str = ""
    remind_on: dt.date | None = None
    last_on: dt.date

    @property
    def closed(self) -> bool:
        """Handed over, rejected or abandoned."""
        return self.step in ENDED


def standing(opened_on: dt.date, events: Sequence[CivilEvent]) -> Standing:
    """Where a file stands after its events, in the order in which they were written."""
    folded = _Fold(opened_on)
    for event in events:
        folded.add(event)
    return folded.result()


class _Fold:
    """The state while events are read."""

    def __init__(self, opened_on: dt.date) -> None:
        self.step, self.since, self.last_on = Step.OPENED, opened_on, opened_on
        self.reached = {Step.OPENED: opened_on}
        self.hearing_on: dt.date | None = None
        self.deliberating, self.postponed = False, 0
        self.blocked: tuple[dt.date, str] | None = None
        self.next_action = ""
        self.remind_on: dt.date | None = None

    def add(self, event: CivilEvent) -> None:
        self.last_on = max(self.last_on, event.on)
        if event.kind in {EventKind.STEP, EventKind.REOPENED} and event.step is not None:
            self._reach(event, event.step)
        elif event.kind in {EventKind.HEARING_SET, EventKind.POSTPONED, EventKind.DELIBERATION}:
            self.hearing_on, self.deliberating = event.until, event.kind is EventKind.DELIBERATION
            self.postponed += event.kind is EventKind.POSTPONED
        elif event.kind is EventKind.BLOCKED:
            self.blocked = (event.on, event.words)
        elif event.kind is EventKind.UNBLOCKED:
            self.blocked = None
        elif event.kind is EventKind.NEXT_ACTION:
            self.next_action, self.remind_on = event.words, event.until

    def _reach(self, event: CivilEvent, step: Step) -> None:
        self.step, self.since = step, event.on
        if event.kind is EventKind.REOPENED:
            order = list(Step)
            self.reached = {one: day for one, day in self.reached.items() if order.index(one) <= order.index(step)}
            self.reached.setdefault(step, event.on)
        else:
            self.reached[step] = event.on
        if event.kind is EventKind.STEP and step is Step.HEARING:
            self.hearing_on, self.deliberating = event.until, False
        elif step is not Step.HEARING:
            self.hearing_on, self.deliberating = None, False
        if step in ENDED:
            self.blocked, self.next_action, self.remind_on = None, "", None

    def result(self) -> Standing:
        return Standing(
            step=self.step,
            since=self.since,
            reached=self.reached,
            hearing_on=self.hearing_on,
            deliberating=self.deliberating,
            postponed=self.postponed,
            blocked_since=self.blocked[0] if self.blocked else None,
            blocked_reason=self.blocked[1] if self.blocked else "",
            next_action=self.next_action,
            remind_on=self.remind_on,
            last_on=self.last_on,
        )


def next_step(route: Route, now: Standing) -> Step | None:
    """The step that follows in the route, or None for a closed file."""
    if now.closed or now.step not in route.steps:
        return None
    return route.steps[route.steps.index(now.step) + 1]


NUMBERED: Final = frozenset({Step.JUDGED, Step.TRANSCRIBED})
"""Steps that have no meaning without their number."""


def check_step(route: Route, now: Standing, event: CivilEvent, today: dt.date) -> tuple[Violation, ...]:
    """Whether a step may be written.

    Returns:
        ``civil.closed``, ``civil.not_next`` (a step was left out), ``civil.future``, ``civil.before_last``,
        ``civil.hearing_day`` (no day, or before the filing), ``civil.number``, ``civil.hand_to``, ``civil.hand_how``,
        ``civil.reason`` (rejected or abandoned without one).
    """
    found: list[Violation] = []
    step = event.step
    if now.closed:
        return (Violation("civil.closed"),)
    if step in {Step.REJECTED, Step.ABANDONED}:
        if not event.words.strip():
            found.append(Violation("civil.reason", "words"))
    elif step is None or step is not next_step(route, now):
        found.append(Violation("civil.not_next", "step"))
    found += _check_day(now, event, today)
    if step is Step.HEARING and (event.until is None or event.until < event.on):
        found.append(Violation("civil.hearing_day", "until", (("day", event.on),)))
    if step in NUMBERED and not event.number.strip():
        found.append(Violation("civil.number", "number"))
    if step is Step.HANDED:
        if not event.to_whom.strip():
            found.append(Violation("civil.hand_to", "to_whom"))
        if not event.how.strip():
            found.append(Violation("civil.hand_how", "how"))
    return tuple(found)


def _check_day(now: Standing, event: CivilEvent, today: dt.date) -> list[Violation]:
    if event.on > today:
        return [Violation("civil.future", "on", (("day", event.on),))]
    if event.on < now.since:
        return [Violation("civil.before_last", "on", (("day", event.on), ("last", now.since)))]
    return []


def check_hearing(now: Standing, event: CivilEvent, today: dt.date) -> tuple[Violation, ...]:
    """Whether a hearing may be set, postponed or put « en délibéré »: as often as needed, in the step of hearings.

    Returns:
        ``civil.no_hearing`` (before the filing, or after the judgment), ``civil.future``, ``civil.before_last``,
        ``civil.hearing_day`` (no new day, or not after this one), ``civil.reason`` (postponed without one).
    """
    found: list[Violation] = []
    if now.step is not Step.HEARING:
        found.append(Violation("civil.no_hearing"))
    found += _check_day(now, event, today)
    if event.until is None or event.until <= event.on:
        found.append(Violation("civil.hearing_day", "until", (("day", event.on),)))
    if event.kind is EventKind.POSTPONED and not event.words.strip():
        found.append(Violation("civil.reason", "words"))
    return tuple(found)


_WAITING: Final = frozenset({EventKind.BLOCKED, EventKind.NEXT_ACTION})
"""Lines that make an open file wait for something."""


def check_line(now: Standing, event: CivilEvent, today: dt.date) -> tuple[Violation, ...]:
    """Whether a note, a blockage or a next action may be written; notes go into a closed file's journal too.

    Returns:
        ``civil.closed`` (a closed file waits for nothing), ``civil.words``, ``civil.future``.
    """
    found: list[Violation] = []
    if now.closed and event.kind in _WAITING:
        found.append(Violation("civil.closed"))
    if event.kind is not EventKind.UNBLOCKED and not event.words.strip():
        found.append(Violation("civil.words", "words"))
    if event.on > today:
        found.append(Violation("civil.future", "on", (("day", event.on),)))
    return tuple(found)


def check_reopening(route: Route, now: Standing, event: CivilEvent, today: dt.date) -> tuple[Violation, ...]:
    """A closed file goes back to a step that it had reached, for a reason; nothing is skipped by reopening.

    Returns:
        ``civil.not_closed``, ``civil.reason``, ``civil.step``, ``civil.future``, ``civil.before_last``.
    """
    found: list[Violation] = []
    if not now.closed:
        found.append(Violation("civil.not_closed"))
    if not event.words.strip():
        found.append(Violation("civil.reason", "words"))
    if event.step not in route.steps[:-1] or event.step not in now.reached:
        found.append(Violation("civil.step", "step"))
    found += _check_day(now, event, today)
    return tuple(found)


def check_file(file: CivilFile, route: Route, today: dt.date) -> tuple[Violation, ...]:
    """What a file must say.

    Returns:
        ``civil.name``, ``civil.sex``, ``civil.mother``, ``civil.father`` (not answered), ``civil.opened_future``,
        ``civil.born_after`` (birth after the opening), ``civil.late_reason`` (past the delay without one).
    """
    found: list[Violation] = []
    if not (file.last_name.strip() and file.first_name.strip()):
        found.append(Violation("civil.name", "last_name" if not file.last_name.strip() else "first_name"))
    if file.sex is None:
        found.append(Violation("civil.sex", "sex"))
    if file.opened_on > today:
        found.append(Violation("civil.opened_future", "opened_on", (("day", file.opened_on),)))
    possible = bounds(file.birth)
    if possible is not None and possible[0] > file.opened_on:
        found.append(Violation("civil.born_after", "birth", (("day", file.opened_on),)))
    if route.place in {Place.TOWN_HALL, Place.COURT} and file.beneficiary is not Beneficiary.SELF:
        if not file.mother_name.strip():
            found.append(Violation("civil.mother", "mother_name"))
        if file.father is None:
            found.append(Violation("civil.father", "father"))
    if route.key == "late_judgment" and not file.late_reason.strip():
        found.append(Violation("civil.late_reason", "late_reason"))
    return tuple(found)


def missing_pieces(pieces: Sequence[CivilPiece]) -> tuple[CivilPiece, ...]:
    """Required pieces that never came; one of several alternatives is enough."""
    had = {piece.alternative for piece in pieces if piece.alternative and piece.received_on is not None}
    return tuple(
        piece
        for piece in pieces
        if piece.required and piece.received_on is None and (not piece.alternative or piece.alternative not in had)
    )


def check_return(piece: CivilPiece, on: dt.date, to_whom: str, today: dt.date) -> tuple[Violation, ...]:
    """Whether a piece may be given back.

    Returns:
        ``civil.piece_absent``, ``civil.piece_returned`` (given back twice), ``civil.future``,
        ``civil.piece_before`` (before it came), ``civil.hand_to``.
    """
    found: list[Violation] = []
    if piece.received_on is None:
        found.append(Violation("civil.piece_absent"))
    elif piece.returned_on is not None:
        found.append(Violation("civil.piece_returned", None, (("day", piece.returned_on),)))
    elif on < piece.received_on:
        found.append(Violation("civil.piece_before", "on", (("day", piece.received_on),)))
    if on > today:
        found.append(Violation("civil.future", "on", (("day", on),)))
    if not to_whom.strip():
        found.append(Violation("civil.hand_to", "to_whom"))
    return tuple(found)


def is_free(fees: Sequence[CivilFee]) -> bool:
    """« Gratuit »: no fee, neither for her nor for the project (rules: How the report words the 2024 figures)."""
    return all(fee.payer is Payer.FREE or fee.amount == 0 for fee in fees)


def odd_nina(nina: str) -> bool:
    """Whether to warn: a NINA has 15 characters and ends in a letter; never parsed, never blocked (forms)."""
    return bool(nina) and not (len(nina) == 15 and nina[-1].isalpha())  # noqa: PLR2004 - the length of a NINA


def is_asleep(route: Route, now: Standing, today: dt.date) -> bool:
    """No event for more days than the route allows, and no hearing awaited."""
    waits = now.hearing_on is not None and now.hearing_on >= today
    return not now.closed and not waits and (today - now.last_on).days > route.stale_days
