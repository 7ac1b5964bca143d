"""What the pages of the area begin with: read on the short lane, from the compartment in memory."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from antenne.domain.incidents import Incident
from antenne.domain.listening import Answer, ListeningSession, Service, read_code, subject_key
from antenne.domain.partners import Partner, open_on
from antenne.domain.violations import Violation
from antenne.services import listening_reading
from antenne.services import partners as directory
from antenne.services.compartment import find, kept_of, opened, record_key
from antenne.services.desk import Desk
from antenne.services.listening import aliases_of
from antenne.services.listening_reading import OpenedSession, SessionLine, SessionQuery
from antenne.ui.kit.fields.base import PersonHit
from antenne.ui.listening import notices
from antenne.ui.listening.clocks import Running, running
from antenne.ui.listening.fields import hit_of

SHOWN_BEFORE = 4


@dataclass(frozen=True, slots=True)
class Her:
    """What is known of the woman of a talk.

    Attributes:
        rank: Which talk a new one would be, from 1.
        before: Her latest talks.
        counts: Delays of hers that still run.
    """

    rank: int
    before: tuple[SessionLine, ...]
    counts: tuple[Running, ...]


@dataclass(frozen=True, slots=True)
class SessionStart:
    """What the page of a talk begins with.

    Attributes:
        partners: Open structures of the directory.
        answers: What a new form begins with.
        opened: The talk, or None for a new one.
        hit: Whom it is with.
        her: What is known of her, where she is known.
    """

    partners: tuple[Partner, ...]
    answers: dict[str, object]
    opened: OpenedSession | None = None
    hit: PersonHit | None = None
    her: Her | None = None


def start_session(desk: Desk, session_id: str, person_id: int | None) -> SessionStart:
    """A new talk, of this woman where she is known; or one that is opened, its reading logged.

    Raises:
        Forbidden: Without the right, or it is about the user herself.
        Problem: ``sealed.gone``; the compartment is sheltered.
    """
    partners = open_on(directory.list_partners(desk), desk.today)
    answers = listening_reading.new_answers(desk)
    if session_id:
        found = listening_reading.open_session(desk, session_id)
        notices.seen(desk, session_id)
        talk = found.kept.record
        return SessionStart(
            partners, answers, found, hit_of(desk, talk.person_id), her(desk, talk.person_id, talk.code)
        )
    known = None if person_id is None else her(desk, person_id, "")
    return SessionStart(partners, answers, None, hit_of(desk, person_id), known)


def talk_of(desk: Desk, talk_id: str) -> ListeningSession | None:
    """The talk that something comes from; None for none, and for one that is not saved yet.

    Raises:
        Forbidden: Without the right, or it is about the user herself.
    """
    found = opened(desk).get(record_key(talk_id)) if talk_id else None
    return None if found is None else find(desk, ListeningSession, talk_id).record


def her(desk: Desk, person_id: int | None, code: str) -> Her:
    """What the side of a talk says of her.

    Raises:
        Forbidden: Without the right.
    """
    read = read_code(code) if code and person_id is None else ""
    if isinstance(read, Violation) or (person_id is None and not read):
        return Her(1, (), ())
    code = read
    query = SessionQuery(person_id=person_id, code="" if person_id is not None else code, most=SHOWN_BEFORE)
    return Her(
        rank=listening_reading.next_rank(desk, person_id, code),
        before=listening_reading.list_sessions(desk, query).lines,
        counts=counts_of(desk, person_id, code),
    )


def counts_of(desk: Desk, person_id: int | None, code: str) -> tuple[Running, ...]:
    """Her delays that still run."""
    aliases = aliases_of(opened(desk))
    who = aliases.of(subject_key(person_id, code))
    found = []
    for one in kept_of(desk, Incident):
        if aliases.of(subject_key(one.record.person_id, one.record.survivor_code)) == who:
            count = count_of(desk, one.id, one.record)
            found += [count] if count is not None else []
    return tuple(found)


def count_of(desk: Desk, incident_id: str, incident: Incident) -> Running | None:
    """The count of one incident, with the nearest structure for care."""
    found = directory.nearest_partner(desk, Service.HEALTH)
    return running(desk.clock, incident_id, incident, found)


@dataclass(frozen=True, slots=True)
class Followed:
    """A referral that waits for its answer: who was sent where, since when."""

    session_id: str
    number: str
    who: str
    service: Service
    structure: str
    at: dt.datetime | None
    sent_on: dt.date


def to_follow(desk: Desk) -> tuple[Followed, ...]:
    """Referrals without contre-référence, the oldest first.

    Raises:
        Forbidden: Without the right.
    """
    lines = {line.id: line for line in listening_reading.list_sessions(desk, SessionQuery(most=10**6)).lines}
    found = [
        Followed(one.id, one.record.number, who_words(lines[one.id]), row.service, row.structure, row.at,
                 one.record.at.date())
        for one in kept_of(desk, ListeningSession)
        for row in one.record.referrals
        if row.answer is Answer.REFERRED and not row.feedback and one.id in lines
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.sent_on, one.number)))


def who_words(line: SessionLine) -> str:
    """« Awa Koné », or « code K7Q-2MX »."""
    from antenne.wording import listening as words

    return line.name or words.code(line.code)


def find_incident(desk: Desk, incident_id: str) -> Incident:
    """One incident; its reading is logged by who shows it."""
    return find(desk, Incident, incident_id).record
