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
from antenne.domain.incidents import Incident
from antenne.domain.listening import Around, CodeTie, ListeningSession, subject_key, tied
from antenne.domain.minors import Minor
from antenne.domain.persons import Person
from antenne.domain.protection import check_open
from antenne.domain.rights import Right
from antenne.domain.sealed_codec import KIND, to_payload
from antenne.domain.sealed_counts import Aliases
from antenne.domain.violations import Forbidden, RulesBroken, Violation
from antenne.services.compartment import (
    Batch,
    Compartment,
    Kept,
    changing,
    every_kept,
    kept,
    opened,
    own_person,
    record_key,
    refuse_own,
    request_key,
    save,
)
from antenne.services.desk import Desk
from antenne.services.partners import closed_names
from antenne.services.sealed_codes import people_codes, slip_codes
from antenne.services.sealed_drafts import drop_draft
from antenne.services.told_minors import tell_of_talk

_TALKS = (CodeTie.KIND, ListeningSession.KIND)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveSession:
    """Save a talk.

    Attributes:
        answers: Of the form ``LISTENING``; an anonymous one without a code gets a code.
        before: As it was read; None for a new one, whose id is known before it is saved: :func:`talk_id`.
        civil_file_ids: Civil files that were opened from it before it was saved.
    """

    request_id: str
    answers: Answers
    before: Kept[ListeningSession] | None = None
    civil_file_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TieCode:
    """The woman behind an anonymous code gives her name."""

    request_id: str
    code: str
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveSlipCode:
    """Give the referral of that position a random code to print; one that has a code keeps it."""

    request_id: str
    before: Kept[ListeningSession]
    position: int


def save_session(desk: Desk, command: SaveSession) -> Done[Kept[ListeningSession]]:
    """Save a talk: every rule at once, at the end; the draft goes in the same transaction.

    A new one names what was opened from it before it was saved. One with a minor goes up to the responsable.

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
    herself, shut = own_person(desk), closed_names(desk)
    with changing(desk) as batch:
        done = batch.get(request_key(command.request_id))
        if done is not None and before is None:
            return Done(kept(done, ListeningSession))
        session = _session(desk, own, answers, before)
        if before is None:
            session = _with_opened(own, session, command)
        _refuse_own_code(own, session, herself)
        person = None if session.person_id is None else batch.uow.persons.get(session.person_id)
        if session.person_id is not None and person is None:
            raise RulesBroken(Violation("listening.nobody", "person_id"))
        found = rules.check_session(session, _around(desk, own, session, person, before))
        found += check_open(session.referrals, shut, () if before is None else before.record.referrals)
        if found:
            raise RulesBroken(*found)
        if session.person_id is None and not session.code:
            code = rules.draw_code(secrets.randbelow, people_codes(own) | slip_codes(own))
            session = dataclasses.replace(session, code=code)
        record = save(desk, batch, session, command.request_id, before)
        tell_of_talk(desk, batch, own, aliases_of(own), kept(record, ListeningSession))
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
        if code not in people_codes(own):
            raise RulesBroken(Violation("listening.code_unknown", "code"))
        if any(one.record.code == code for one in every_kept(own, CodeTie)):
            raise RulesBroken(Violation("listening.code_tied", "code"))
        tie = CodeTie(code=code, person_id=command.person_id, at=desk.clock.now(), user_id=desk.actor.user_id)
        batch.put(to_payload(tie), request_key(command.request_id))
        batch.commit()
    return Done(None, Changes.of(LISTENING))


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
    own = opened(desk)
    code = rules.draw_code(secrets.randbelow, people_codes(own) | slip_codes(own))
    rows = tuple(
        dataclasses.replace(row, code=code) if number == position else row
        for number, row in enumerate(session.referrals)
    )
    return change_talk(desk, command.request_id, command.before, dataclasses.replace(session, referrals=rows))


def talk_id(request_id: str) -> str:
    """The sealed id, in hex, that a new talk of this request gets: what is opened from it names it from the start."""
    return request_key(request_id).hex()


def name_incident(desk: Desk, batch: Batch, session_id: str, incident_id: str, request_id: str) -> None:
    """Name an incident in the talk that it comes from, if that talk is saved; commit is the caller's.

    A talk that is not saved yet names it when it is; one that was abandoned leaves the incident whole.
    """
    body = batch.get(record_key(session_id)) if session_id else None
    if body is None or body.payload.get(KIND) != ListeningSession.KIND:
        return
    before = kept(body, ListeningSession)
    if incident_id in before.record.incident_ids:
        return
    after = dataclasses.replace(
        before.record,
        incident_ids=(*before.record.incident_ids, incident_id),
        changed_at=desk.clock.now(),
        changed_by=desk.actor.user_id,
    )
    save(desk, batch, after, f"{request_id} named", before)


def talk_code(own: Compartment, session_id: str) -> str:
    """The code of a saved talk whose woman gave no name; empty for another, or one that is not saved yet."""
    body = own.get(record_key(session_id)) if session_id else None
    if body is None or body.payload.get(KIND) != ListeningSession.KIND:
        return ""
    talk = kept(body, ListeningSession).record
    return talk.code if talk.person_id is None else ""


def _with_opened(own: Compartment, session: ListeningSession, command: SaveSession) -> ListeningSession:
    """A new talk with what was opened from it; who gave no name keeps the code that she got there."""
    this = talk_id(command.request_id)
    incidents = [one for one in every_kept(own, Incident) if one.record.session_id == this]
    girls = [one.record for one in every_kept(own, Minor) if one.record.session_id == this]
    codes = [one.record.survivor_code for one in incidents if one.record.person_id is None]
    codes += [one.code for one in girls if one.person_id is None]
    code = session.code or (min(codes) if codes and session.person_id is None else "")
    ids = sorted(incidents, key=lambda one: one.record.number)
    return dataclasses.replace(
        session, code=code, incident_ids=tuple(one.id for one in ids), civil_file_ids=command.civil_file_ids
    )


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


def change_talk(
    desk: Desk, request_id: str, before: Kept[ListeningSession], after: ListeningSession
) -> Done[Kept[ListeningSession]]:
    """Change a saved talk otherwise than by its form.

    Raises:
        Forbidden: Without the right; it is about the user herself.
        RulesBroken: ``sealed.changed``.
        Problem: ``sealed.gone``.
    """
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
        known_codes=people_codes(own) | (frozenset() if before is None else {before.record.code}),
        of_age=desk.settings.count("members.majority", session.at.date()),
    )
