"""Listening sessions as the right-holder sees them: lists, search, links, appointments, one opened session."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from antenne.domain.forms import listening as forms
from antenne.domain.listening import OFFICE, CodeTie, ListeningSession, Trace, shown_code, subject_key
from antenne.domain.rights import Right
from antenne.domain.sealed_counts import Aliases
from antenne.domain.text import fold
from antenne.domain.violations import Forbidden
from antenne.services.compartment import Compartment, Kept, every_kept, find, history, opened, own_person
from antenne.services.deposits import receive_deposits, waiting_deposits
from antenne.services.desk import Desk
from antenne.services.listening import aliases_of, in_time, talks_by_woman
from antenne.services.reading_log import note_reading
from antenne.services.sealed_drafts import list_sealed_drafts

MOST = 200
"""Lines of one list."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What awaits a right-holder once the compartment is open.

    Attributes:
        deposits: Notes « à classer ».
        drafts: Her own, of sealed forms.
        damaged: How many bodies do not open: « controler » names them.
    """

    deposits: int
    drafts: int
    damaged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionQuery:
    """Which sessions; every condition that is given must hold.

    Attributes:
        person_id: Hers, those under her codes too.
        code: Anonymous code, as kept; with the talks of the person it was tied to.
        first: First day, inclusive.
        last: Last day, inclusive.
        motive: Code of the list ``listening_motives``, or empty.
        typed: Her name, number or phone; or words of what she said, needs or was advised, a number, a code.
        most: Lines at most.
    """

    person_id: int | None = None
    code: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    motive: str = ""
    typed: str = ""
    most: int = MOST


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """One session in a list: nothing of what she said.

    Attributes:
        id: Sealed id, in hex.
        name: Her name, or an empty text with a ``code``.
        rank: Her talk's place among hers, from 1, in the order of time.
        motives: « violence, papiers », also in words that are no longer offered.
    """

    id: str
    number: str
    at: dt.datetime
    person_id: int | None
    name: str
    code: str
    minor: bool
    first: bool
    rank: int
    motives: str
    listener: str
    in_danger: bool
    next_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionList:
    """The lines that fit, the newest first, and how many there are in all: persons and sessions, always both."""

    lines: tuple[SessionLine, ...]
    sessions: int
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSession:
    """One session opened.

    Attributes:
        kept: With the version that a change quotes.
        line: As lists show it.
        history: What was changed in it, the newest first.
    """

    kept: Kept[ListeningSession]
    line: SessionLine
    history: tuple[Trace, ...]


def prepare(desk: Desk) -> Ready:
    """Open the compartment, take in the deposits and fill the indexes; run in the background after unlocking.

    Raises:
        Forbidden: Without the right.
        Problem: The compartment is sheltered; of the machine.
    """
    own = opened(desk)
    receive_deposits(desk)
    _ranks(own)
    return Ready(len(waiting_deposits(desk)), len(list_sealed_drafts(desk)), len(own.damaged))


def list_sessions(desk: Desk, query: SessionQuery) -> SessionList:
    """The sessions asked for; the user's own are never among them.

    Raises:
        Forbidden: Without the right.
    """
    own = opened(desk)
    aliases, hidden = aliases_of(own), _about_herself(desk, own)
    wanted = _wanted(query, aliases)
    found = [
        one
        for one in every_kept(own, ListeningSession)
        if (wanted is None or aliases.of(one.record.who) in wanted) and _fits(one, query) and one.id not in hidden
    ]
    found = _holding(desk, own, found, query.typed)
    found.sort(key=in_time, reverse=True)
    ranks = _ranks(own)
    shown = found[: query.most]
    names = _names(desk, shown)
    return SessionList(
        lines=tuple(_line(desk, one, names, ranks[one.id]) for one in shown),
        sessions=len(found),
        persons=len({aliases.of(one.record.who) for one in found}),
    )


def open_session(desk: Desk, session_id: str) -> OpenedSession:
    """Open one session; the reading is logged first.

    Raises:
        Forbidden: Without the right; it is about the user herself.
        Problem: ``sealed.gone``; the reading could not be logged.
    """
    own = opened(desk)
    found = find(desk, ListeningSession, session_id)
    if found.id in _about_herself(desk, own):
        raise Forbidden(Right.COMPARTMENT.value)
    note_reading(desk, session_id)
    line = _line(desk, found, _names(desk, (found,)), _ranks(own)[found.id])
    return OpenedSession(kept=found, line=line, history=history(desk, session_id))


def appointments(desk: Desk, first: dt.date, last: dt.date) -> tuple[SessionLine, ...]:
    """Next appointments of these days, the earliest first; one that a later talk has overtaken is left out.

    Raises:
        Forbidden: Without the right.
    """
    own = opened(desk)
    hidden = _about_herself(desk, own)
    latest = (talks[-1] for talks in talks_by_woman(own).values())
    found = [
        one
        for one in latest
        if one.record.next_at is not None and first <= one.record.next_at.date() <= last and one.id not in hidden
    ]
    names, ranks = _names(desk, found), _ranks(own)
    lines = [_line(desk, one, names, ranks[one.id]) for one in found]
    return tuple(sorted(lines, key=lambda line: (line.next_at or line.at, line.number)))


def next_rank(desk: Desk, person_id: int | None, code: str) -> int:
    """Which talk a new one would be, from 1: what the form proposes for « 1re fois ou suivi ».

    Raises:
        Forbidden: Without the right. Of the user herself nothing is told: it is always the first.
    """
    own = opened(desk)
    if person_id is not None and person_id == own_person(desk):
        return 1
    return 1 + len(talks_by_woman(own).get(aliases_of(own).of(subject_key(person_id, code)), ()))


def motive_counts(desk: Desk, first: dt.date, last: dt.date) -> Mapping[str, int]:
    """How many talks of these days had each motive.

    Raises:
        Forbidden: Without the right.
    """
    talks = (one.record for one in every_kept(opened(desk), ListeningSession))
    return Counter(motive for talk in talks if first <= talk.at.date() <= last for motive in talk.motives)


def new_answers(desk: Desk) -> dict[str, object]:
    """What a new form begins with."""
    return {"at": desk.clock.now().replace(second=0), "mode": OFFICE, "first": forms.FIRST}


def motives_said(desk: Desk, codes: Iterable[str]) -> str:
    """« violence, papiers »."""
    return ", ".join(desk.settings.label(forms.MOTIVES, code) for code in codes)


def _about_herself(desk: Desk, own: Compartment) -> frozenset[str]:
    """The talks of the user's own person, also those under a code that turned out to be hers."""
    herself = own_person(desk)
    if herself is None:
        return frozenset()
    who = aliases_of(own).of(subject_key(herself, ""))
    return frozenset(one.id for one in talks_by_woman(own).get(who, ()))


def _wanted(query: SessionQuery, aliases: Aliases) -> frozenset[str] | None:
    """The keys that the question names, or None where it names nobody."""
    keys = []
    if query.person_id is not None:
        keys.append(aliases.of(subject_key(query.person_id, "")))
    if query.code:
        keys.append(aliases.of(subject_key(None, query.code)))
    return frozenset(keys) if keys else None


def _fits(one: Kept[ListeningSession], query: SessionQuery) -> bool:
    day = one.record.at.date()
    return (
        (query.first is None or day >= query.first)
        and (query.last is None or day <= query.last)
        and (not query.motive or query.motive in one.record.motives)
    )


def _holding(
    desk: Desk, own: Compartment, sessions: list[Kept[ListeningSession]], typed: str
) -> list[Kept[ListeningSession]]:
    """Those of a woman whose name, number or phone is meant, and those whose own text holds every word."""
    words = fold(typed).split()
    if not words:
        return sessions
    hers = frozenset(desk.persons.search(typed, max(len(desk.persons), 1)))
    folded: dict[str, tuple[int, str]] = own.made_once("listening.folded", (), dict)
    found = []
    for one in sessions:
        if one.record.person_id in hers:
            found.append(one)
            continue
        version, text = folded.get(one.id, (0, ""))
        if version != one.version:
            text = _searched(one.record)
            folded[one.id] = (one.version, text)
        if all(word in text for word in words):
            found.append(one)
    return found


def _searched(talk: ListeningSession) -> str:
    return fold(" ".join((talk.number, talk.code, shown_code(talk.code), talk.said, talk.needs, talk.advice)))


def _names(desk: Desk, sessions: Iterable[Kept[ListeningSession]]) -> dict[int, str]:
    ids = tuple(dict.fromkeys(one.record.person_id for one in sessions if one.record.person_id is not None))
    with desk.read() as uow:
        return {row.person.id: f"{row.person.first_name} {row.person.last_name}" for row in uow.persons.rows(ids)}


def _ranks(own: Compartment) -> Mapping[str, int]:
    """Which talk of hers each one is, from 1."""

    def make() -> dict[str, int]:
        every = talks_by_woman(own).values()
        return {one.id: rank for talks in every for rank, one in enumerate(talks, start=1)}

    return own.made_once("ranks", (CodeTie.KIND, ListeningSession.KIND), make)


def _line(desk: Desk, one: Kept[ListeningSession], names: Mapping[int, str], rank: int) -> SessionLine:
    talk = one.record
    return SessionLine(
        id=one.id,
        number=talk.number,
        at=talk.at,
        person_id=talk.person_id,
        name=names.get(talk.person_id or 0, ""),
        code=talk.code,
        minor=talk.minor,
        first=talk.first,
        rank=rank,
        motives=motives_said(desk, talk.motives),
        listener=talk.listener,
        in_danger=talk.in_danger is True,
        next_at=talk.next_at,
    )
