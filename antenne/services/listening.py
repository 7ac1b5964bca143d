"""Listening sessions: saved, corrected, tied to a person, a slip's code, an incident or a civil file."""

from __future__ import annotations

import dataclasses
import datetime as dt
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from antenne.domain import listening as rules
from antenne.domain.changes import LISTENING, Changes, Done
from antenne.domain.forms import listening as forms
from antenne.domain.forms.model import Answers
from antenne.domain.forms.validate import asked_answers, validate
from antenne.domain.listening import Around, CodeTie, ListeningSession, subject_key, tied
from antenne.domain.persons import Person
from antenne.domain.rights import Right
from antenne.domain.sealed_codec import to_payload
from antenne.domain.sealed_counts import Aliases
from antenne.domain.violations import Forbidden, RulesBroken, Violation
from antenne.services.compartment import (
    Compartment,
    Kept,
    changing,
    every_kept,
    kept,
    opened,
    own_person,
    refuse_own,
    request_key,
    save,
)
from antenne.services.desk import Desk
from antenne.services.sealed_drafts import drop_draft

_TALKS = (CodeTie.KIND, ListeningSession.KIND)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveSession:
    """Save a talk.

    Attributes:
        answers: Of the form ``LISTENING``; an anonymous one without a code gets a code.
        before: As it was read; None for a new one.
    """

    request_id: str
    answers: Answers
    before: Kept[ListeningSession] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TieCode:
    """The woman behind an anonymous code gives her name."""

    request_id: str
    code: str
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSession:
    """Name in a session's body what was opened from it; what was opened knows nothing of the session."""

    request_id: str
    before: Kept[ListeningSession]
    incident_id: str = ""
    civil_file_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveSlipCode:
    """Give the referral of that position a random code to print; one that has a code keeps it."""

    request_id: str
    before: Kept[ListeningSession]
    position: int


def save_session(desk: Desk, command: SaveSession) -> Done[Kept[ListeningSession]]:
    """Save a talk: every rule at once, at the end; the draft goes in the same transaction.

    Raises:
        Forbidden: Without the right; it is about the user herself.
        RulesBroken: Every violation, ``sealed.changed``, ``sealed.too_long``.
        Problem: The compartment is sheltered; ``sealed.gone``; of the machine.
    """
    own, before = opened(desk), command.before
    answers = asked_answers(forms.LISTENING, command.answers)
    refuse_own(desk, answers.get("person_id"))
    if before is not None:
        refuse_own(desk, before.record.person_id)
    violations = validate(forms.LISTENING, command.answers, desk.today)
    if violations:
        raise RulesBroken(*violations)
    herself = own_person(desk)
    with changing(desk) as batch:
        done = batch.get(request_key(command.request_id))
        if done is not None and before is None:
            return Done(kept(done, ListeningSession))
        session = _session(desk, own, answers, before)
        _refuse_own_code(own, session, herself)
        person = None if session.person_id is None else batch.uow.persons.get(session.person_id)
        if session.person_id is not None and person is None:
            raise RulesBroken(Violation("listening.nobody", "person_id"))
        found = rules.check_session(session, _around(desk, own, session, person, before))
        if found:
            raise RulesBroken(*found)
        if session.person_id is None and not session.code:
            code = rules.draw_code(secrets.randbelow, known_codes(own))
            session = dataclasses.replace(session, code=code)
        record = save(desk, batch, session, command.request_id, before)
        drop_draft(desk, batch, forms.LISTENING, "" if before is None else before.id)
        batch.commit()
    return Done(kept(record, ListeningSession), Changes.of(LISTENING))


def tie_code(desk: Desk, command: TieCode) -> Done[None]:
    """Tie an anonymous code to a person: her talks under the code are found with hers, and count as hers.

    Raises:
        Forbidden: Without the right; it is the user herself.
        RulesBroken: ``listening.code_unreadable``, ``listening.code_unknown``, ``listening.code_tied``.
    """
    own = opened(desk)
    refuse_own(desk, command.person_id)
    code = rules.read_code(command.code)
    if isinstance(code, Violation):
        raise RulesBroken(code)
    with changing(desk) as batch:
        if batch.get(request_key(command.request_id)) is not None:
            return Done(None)
        if code not in known_codes(own):
            raise RulesBroken(Violation("listening.code_unknown", "code"))
        if any(one.record.code == code for one in every_kept(own, CodeTie)):
            raise RulesBroken(Violation("listening.code_tied", "code"))
        tie = CodeTie(code=code, person_id=command.person_id, at=desk.clock.now(), user_id=desk.actor.user_id)
        batch.put(to_payload(tie), request_key(command.request_id))
        batch.commit()
    return Done(None, Changes.of(LISTENING))


def link_session(desk: Desk, command: LinkSession) -> Done[Kept[ListeningSession]]:
    """Name an incident or a civil file in the session's body.

    Raises:
        Forbidden: As :func:`save_session`.
        RulesBroken: ``sealed.changed``.
        Problem: ``sealed.gone``.
    """
    session = command.before.record
    incidents = (*session.incident_ids, *((command.incident_id,) if command.incident_id else ()))
    files = (*session.civil_file_ids, *(() if command.civil_file_id is None else (command.civil_file_id,)))
    after = dataclasses.replace(
        session, incident_ids=tuple(dict.fromkeys(incidents)), civil_file_ids=tuple(dict.fromkeys(files))
    )
    return _change(desk, command.request_id, command.before, after)


def give_slip_code(desk: Desk, command: GiveSlipCode) -> Done[Kept[ListeningSession]]:
    """Draw the code of a referral's slip: random, one per slip, unrelated to her number and to any other slip.

    Raises:
        Forbidden: As :func:`save_session`.
        RulesBroken: ``sealed.changed``.
        Problem: ``sealed.gone``.
    """
    session, position = command.before.record, command.position
    if session.referrals[position].code:
        return Done(command.before)
    code = rules.draw_code(secrets.randbelow, _slip_codes(opened(desk)))
    rows = tuple(
        dataclasses.replace(row, code=code) if number == position else row
        for number, row in enumerate(session.referrals)
    )
    return _change(desk, command.request_id, command.before, dataclasses.replace(session, referrals=rows))


def aliases_of(own: Compartment) -> Aliases:
    """Which codes are which persons."""

    def make() -> Aliases:
        sessions = (one.record for one in every_kept(own, ListeningSession))
        return tied((one.record for one in every_kept(own, CodeTie)), sessions)

    return own.made_once("aliases", _TALKS, make)


def talks_by_woman(own: Compartment) -> Mapping[str, tuple[Kept[ListeningSession], ...]]:
    """Every talk of each woman, in the order of time, under the one name by which she is counted."""

    def make() -> dict[str, tuple[Kept[ListeningSession], ...]]:
        aliases = aliases_of(own)
        found: dict[str, list[Kept[ListeningSession]]] = {}
        for one in every_kept(own, ListeningSession):
            found.setdefault(aliases.of(one.record.who), []).append(one)
        return {who: tuple(sorted(talks, key=in_time)) for who, talks in found.items()}

    return own.made_once("talks_by_woman", _TALKS, make)


def in_time(one: Kept[ListeningSession]) -> tuple[dt.datetime, str]:
    """What talks are ordered by."""
    return one.record.at, one.record.number


def known_codes(own: Compartment) -> frozenset[str]:
    """Anonymous codes in use."""
    return frozenset(one.record.code for one in every_kept(own, ListeningSession) if one.record.code)


def _slip_codes(own: Compartment) -> frozenset[str]:
    sessions = every_kept(own, ListeningSession)
    return frozenset(row.code for one in sessions for row in one.record.referrals) | known_codes(own)


def _change(
    desk: Desk, request_id: str, before: Kept[ListeningSession], after: ListeningSession
) -> Done[Kept[ListeningSession]]:
    opened(desk)
    refuse_own(desk, before.record.person_id)
    after = dataclasses.replace(after, changed_at=desk.clock.now(), changed_by=desk.actor.user_id)
    with changing(desk) as batch:
        record = save(desk, batch, after, request_id, before)
        batch.commit()
    return Done(kept(record, ListeningSession), Changes.of(LISTENING))


def _session(desk: Desk, own: Compartment, answers: Answers, before: Kept[ListeningSession] | None) -> ListeningSession:
    """The session that the answers describe; what the form does not ask stays as it was."""
    values, now, actor = forms.session_values(answers), desk.clock.now(), desk.actor
    if values["code"]:
        code = rules.read_code(values["code"])
        if isinstance(code, Violation):
            raise RulesBroken(code)
        values["code"] = code
    if before is None:
        numbers = (one.record.number for one in every_kept(own, ListeningSession))
        return ListeningSession(
            **values,
            number=rules.next_number(numbers, values["at"].year),
            listener_id=actor.user_id,
            listener=actor.name,
            created_at=now,
            created_by=actor.user_id,
        )
    values["code"] = values["code"] or before.record.code
    values["referrals"] = forms.with_codes(values["referrals"], before.record.referrals)
    return dataclasses.replace(before.record, **values, changed_at=now, changed_by=actor.user_id)


def _refuse_own_code(own: Compartment, session: ListeningSession, herself: int | None) -> None:
    """A code that turned out to be the user's own is closed to her like her name."""
    aliases = aliases_of(own)
    if herself is not None and aliases.of(session.who) == aliases.of(subject_key(herself, "")):
        raise Forbidden(Right.COMPARTMENT.value)


def _around(
    desk: Desk,
    own: Compartment,
    session: ListeningSession,
    person: Person | None,
    before: Kept[ListeningSession] | None,
) -> Around:
    hers: tuple[Kept[ListeningSession], ...] = ()
    if session.person_id is not None or session.code:
        who = aliases_of(own).of(subject_key(session.person_id, session.code))
        hers = talks_by_woman(own).get(who, ())
    seen = any(one.record.at < session.at and (before is None or one.id != before.id) for one in hers)
    return Around(
        now=desk.clock.now(),
        birth=None if person is None else person.birth,
        evident_adult=person is not None and bool(person.evident_adult),
        seen_before=seen,
        known_codes=known_codes(own) | (frozenset() if before is None else {before.record.code}),
        of_age=desk.settings.count("members.majority", session.at.date()),
    )
