"""Incidents: intake, follow-up, outcome, closing, agreements taken back, the slip's code, the two counters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from antenne.domain import incidents as rules
from antenne.domain.alerts import Reason
from antenne.domain.births_rules import is_minor
from antenne.domain.changes import LISTENING, PROTECTION, Changes, Done
from antenne.domain.forms import incident as forms
from antenne.domain.forms.model import Form
from antenne.domain.incidents import (
    Closing,
    FollowUp,
    Incident,
    Outcome,
    Purpose,
    SafetyPlan,
    Sent,
)
from antenne.domain.listening import Service
from antenne.domain.partners import Nearest
from antenne.domain.persons import Person
from antenne.domain.protection import check_referrals, next_number, text, yes_no
from antenne.domain.protection_clock import HOURS, Care, Left, Watch, check_span, left, start_watch
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import protection_keeping as keeping
from antenne.services.compartment import Batch, Kept, changing, find, kept_of, opened, refuse_own
from antenne.services.desk import Desk
from antenne.services.listening import name_incident, talk_code
from antenne.services.partners import closed_names, nearest_partner
from antenne.services.reading_log import note_reading
from antenne.services.told_minors import raise_notice

LETTERS = "I"
DoneIncident = Done[Kept[Incident]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveIncident:
    """Save an intake.

    Attributes:
        answers: Of the form ``forms.incident.INCIDENT``.
        before: As it was read; None for a new one.
        session_id: The talk it is opened from, saved or to come, or empty.
        survivor_code: Hers from an earlier talk or incident, or empty for a new one.
    """

    request_id: str
    answers: Mapping[str, object] = field(repr=False)
    before: Kept[Incident] | None = None
    session_id: str = ""
    survivor_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One short form about an incident: plan, follow-up, outcome or closing; ``answers`` are those of that form."""

    request_id: str
    before: Kept[Incident]
    answers: Mapping[str, object] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """She takes an agreement back: services, statistics, or sharing with one recipient."""

    request_id: str
    before: Kept[Incident]
    purpose: Purpose
    recipient: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A change that asks nothing more; ``words`` where it asks for a reason."""

    request_id: str
    before: Kept[Incident]
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveSlip:
    """A slip for one of its services."""

    request_id: str
    before: Kept[Incident]
    service: Service


@dataclass(frozen=True, slots=True)
class Counters:
    """What the panel beside the form says.

    Attributes:
        left: PEP, then contraception; empty where they do not matter.
        nearest: Where to send her for care now, or None where the directory has nobody.
    """

    left: tuple[Left, ...]
    nearest: Nearest | None


def save_incident(desk: Desk, command: SaveIncident) -> DoneIncident:
    """Save an intake; a minor's goes up to the responsable in the same transaction.

    Raises:
        Forbidden: Without the right to the compartment, in the same words for everyone; it is about the user herself.
        RulesBroken: Every violation of the form; ``incident.future``, ``incident.range``; from
            ``incidents.check_incident``; ``incident.minor_as_adult``; ``protection.…``; ``sealed.changed``.
        Problem: The compartment is sheltered; ``sealed.gone``; of the machine.
    """
    answers = keeping.answered(desk, forms.INCIDENT, command.answers)
    now = desk.clock.now()
    keeping.refuse(check_span(answers["happened_from"], answers["happened_to"], now))
    shut = closed_names(desk)
    if command.before is not None:
        own = command.before.id
        return keeping.change(
            desk,
            command.request_id,
            command.before,
            lambda old, batch: _corrected(desk, batch, Kept(own, 0, old), answers, shut),
            forms.INCIDENT,
        )
    with changing(desk) as batch:
        if done := keeping.same_click(batch, command.request_id, Incident):
            return Done(done)
        made = _opened(desk, batch, command, answers, shut)
        saved = keeping.put_new(desk, batch, made, command.request_id, forms.INCIDENT)
        _raise_if_child(desk, batch, saved, None)
        name_incident(desk, batch, command.session_id, saved.id, command.request_id)
        batch.commit()
    return Done(saved, Changes.of(PROTECTION, LISTENING))


def _opened(
    desk: Desk, batch: Batch, command: SaveIncident, answers: Mapping[str, object], shut: tuple[str, ...]
) -> Incident:
    known = keeping.all_of(desk, Incident)
    values = forms.incident_values(answers, desk.today)
    code = command.survivor_code or talk_code(opened(desk), command.session_id)
    survivor = _survivor(desk, known, values["person_id"], code)
    incident = Incident(
        **values,
        number=next_number(LETTERS, values["interviewed_at"].year, (one.record.number for one in known)),
        code=keeping.new_code(codes_in_use(desk) | keeping.people_codes(desk) | {survivor}),
        survivor_code=survivor,
        session_id=command.session_id,
        agent_id=desk.actor.user_id,
        created_at=desk.clock.now(),
        created_by=desk.actor.user_id,
    )
    person = keeping.person_of(batch.uow, incident.person_id)
    incident = _by_file(incident, person)
    _refuse(desk, person, incident, shut)
    return incident


def _survivor(desk: Desk, known: tuple[Kept[Incident], ...], person_id: int | None, typed: str) -> str:
    """Hers from before, or a new one; a woman with a file keeps the code of her first incident."""
    if person_id is not None:
        hers = (one.record.survivor_code for one in known if one.record.person_id == person_id)
        return next(hers, "") or keeping.new_code(codes_in_use(desk) | keeping.people_codes(desk))
    return keeping.code_for(desk, typed, None)


def _corrected(
    desk: Desk, batch: Batch, old: Kept[Incident], answers: Mapping[str, object], shut: tuple[str, ...]
) -> Incident:
    after = replace(old.record, **forms.incident_values(answers, desk.today, old.record))
    person = keeping.person_of(batch.uow, after.person_id)
    after = _by_file(after, person)
    _refuse(desk, person, after, shut, old.record)
    _raise_if_child(desk, batch, replace(old, record=after), old.record)
    return after


def _by_file(incident: Incident, person: Person | None) -> Incident:
    """« Majeure évidente », recorded on her file by the responsable, holds here too."""
    if person is None or not person.evident_adult or incident.evident_adult:
        return incident
    return replace(incident, evident_adult=person.evident_adult)


def _refuse(
    desk: Desk, person: Person | None, incident: Incident, shut: tuple[str, ...], old: Incident | None = None
) -> None:
    years = keeping.majority_years(desk)
    broken = list(rules.check_incident(incident, years))
    broken += check_referrals(incident.referrals, shut, () if old is None else old.referrals)
    on = incident.happened_from.date()
    by_file = person is not None and not person.evident_adult and is_minor(person.birth, on, years)
    if by_file and not incident.is_minor(years):
        broken.append(Violation("incident.minor_as_adult", "birth", (("years", years),)))
    keeping.refuse(tuple(broken))


def _raise_if_child(desk: Desk, batch: Batch, saved: Kept[Incident], old: Incident | None) -> None:
    """A minor's file goes up at once; a correction that makes her one too, and only then."""
    years = keeping.majority_years(desk)
    if not saved.record.child_exploitation(years) or (old is not None and old.child_exploitation(years)):
        return
    raise_notice(desk, batch, Reason.CHILD_EXPLOITATION, saved.id)


def make_plan(desk: Desk, command: Note) -> DoneIncident:
    """The safety plan made with her; a new one takes the place of the one before, which stays in the history.

    Raises:
        Forbidden: As :func:`save_incident`.
        RulesBroken: Every violation of the form; ``sealed.changed``.
    """
    answers = keeping.answered(desk, forms.SAFETY_PLAN, command.answers)
    words = {key: text(answers, key) for key in ("danger", "safe_place", "trusted", "signal", "ready", "children")}
    plan = SafetyPlan(made_on=answers["made_on"], **words)
    return _changed(desk, command, forms.SAFETY_PLAN, lambda old: replace(old, plan=plan))


def add_follow_up(desk: Desk, command: Note) -> DoneIncident:
    """One contact after the first.

    Raises:
        Forbidden: As :func:`save_incident`.
        RulesBroken: Every violation of the form; ``incident.closed_already``; ``sealed.changed``.
    """
    answers = keeping.answered(desk, forms.FOLLOW_UP, command.answers)
    made = FollowUp(on=answers["on"], words=text(answers, "words"), safe=yes_no(answers, "safe"))

    def alter(old: Incident) -> Incident:
        _refuse_closed(old)
        return replace(old, follow_ups=(*old.follow_ups, made))

    return _changed(desk, command, forms.FOLLOW_UP, alter)


def add_outcome(desk: Desk, command: Note) -> DoneIncident:
    """What came of it, on its day: « gérée avec le commissariat », « remise dans son droit ».

    Raises:
        Forbidden: As :func:`save_incident`.
        RulesBroken: Every violation of the form; ``incident.outcome_day``; ``incident.closed_already``.
    """
    answers = keeping.answered(desk, forms.OUTCOME, command.answers)
    made = Outcome(code=text(answers, "code"), on=answers["on"], words=text(answers, "words"))

    def alter(old: Incident) -> Incident:
        _refuse_closed(old)
        keeping.refuse(rules.check_outcome(old, made, desk.today))
        return replace(old, outcomes=(*old.outcomes, made))

    return _changed(desk, command, forms.OUTCOME, alter)


def close_incident(desk: Desk, command: Note) -> DoneIncident:
    """Close the file by its checklist; she may come back at any time, and it is opened again.

    Raises:
        Forbidden: As :func:`save_incident`.
        RulesBroken: Every violation of the form; from ``incidents.check_closing``; ``sealed.changed``.
    """
    answers = keeping.answered(desk, forms.CLOSING, command.answers)
    closing = Closing(
        on=answers["on"],
        reason=text(answers, "reason"),
        needs_met=answers["needs_met"] is True,
        plan_reviewed=answers["plan_reviewed"] is True,
        told_return=answers["told_return"] is True,
        words=text(answers, "words"),
    )

    def alter(old: Incident) -> Incident:
        keeping.refuse(rules.check_closing(old, closing, desk.today))
        return replace(old, closing=closing)

    return _changed(desk, command, forms.CLOSING, alter)


def reopen_incident(desk: Desk, command: Plain) -> DoneIncident:
    """She came back; the closing stays in the history.

    Raises:
        Forbidden: As :func:`save_incident`.
        RulesBroken: ``incident.not_closed``; ``sealed.changed``.
    """

    def alter(old: Incident) -> Incident:
        if old.closing is None:
            raise RulesBroken(Violation("incident.not_closed"))
        return replace(old, closing=None)

    return _changed(desk, command, None, alter)


def withdraw_agreement(desk: Desk, command: Withdraw) -> DoneIncident:
    """She takes an agreement back from today; what already left is named by ``incidents.already_out``.

    Raises:
        Forbidden: As :func:`save_incident`.
        RulesBroken: ``incident.nothing_to_withdraw``; ``sealed.changed``.
    """

    def alter(old: Incident) -> Incident:
        keeping.refuse(rules.check_withdrawal(old, command.purpose, desk.today, command.recipient))
        return rules.withdrawn(old, command.purpose, desk.today, command.recipient)

    return _changed(desk, command, None, alter)


def record_evident_adult(desk: Desk, command: Plain) -> DoneIncident:
    """The responsable records « majeure évidente » and on what: until then an uncertain majority is a minor's.

    Raises:
        Forbidden: As :func:`save_incident`.
        RulesBroken: ``incident.responsable_only``, ``incident.evident_why``; ``sealed.changed``.
    """
    desk.require(Right.COMPARTMENT)
    broken = [] if keeping.is_responsable(desk) else [Violation("incident.responsable_only")]
    if not command.words.strip():
        broken.append(Violation("incident.evident_why", "words"))
    keeping.refuse(tuple(broken))
    return _changed(desk, command, None, lambda old: replace(old, evident_adult=command.words.strip()))


def give_slip(desk: Desk, command: GiveSlip) -> DoneIncident:
    """Draw the code of a service's slip: one per slip; it is noted that a slip left, not what it is about.

    Raises:
        Forbidden: As :func:`save_incident`.
        RulesBroken: ``incident.no_services``, ``incident.no_sharing``; ``incident.not_referred``; ``sealed.changed``.
    """
    taken = codes_in_use(desk)

    def alter(old: Incident) -> Incident:
        row = next((one for one in old.referrals if one.service is command.service and one.structure), None)
        if row is None:
            raise RulesBroken(Violation("incident.not_referred", "referrals"))
        keeping.refuse(rules.check_slip(old, desk.today, row.structure))
        if row.code:
            return old
        coded = replace(row, code=keeping.new_code(taken))
        sent = Sent(what="slip", at=desk.clock.now(), recipient=row.structure)
        rows = tuple(coded if one is row else one for one in old.referrals)
        return replace(old, referrals=rows, sent=(*old.sent, sent))

    return _changed(desk, command, None, alter)


def read_incident(desk: Desk, incident_id: str) -> Kept[Incident]:
    """One incident; the reading is logged before it is given.

    Raises:
        Forbidden: As :func:`save_incident`.
        Problem: ``sealed.gone``; the log could not be written.
    """
    found = find(desk, Incident, incident_id)
    note_reading(desk, incident_id)
    return found


def list_incidents(desk: Desk) -> tuple[Kept[Incident], ...]:
    """Every incident but those of the user herself, the newest first.

    Raises:
        Forbidden: As :func:`save_incident`.
    """
    found = kept_of(desk, Incident)
    return tuple(sorted(found, key=lambda one: (one.record.interviewed_at, one.record.number), reverse=True))


def begin_watch(desk: Desk, incident: Incident | None = None) -> Watch:
    """Begin a running count: later instants come from it, so that a clock set back lengthens nothing."""
    desk.require(Right.COMPARTMENT)
    return start_watch(desk.clock.now(), desk.clock.monotonic(), None if incident is None else incident.latest)


def counters(desk: Desk, incident: Incident, watch: Watch) -> Counters:
    """What is left of the two delays now, and where to go.

    Raises:
        Forbidden: As :func:`save_incident`; it is about the user herself.
    """
    desk.require(Right.COMPARTMENT)
    refuse_own(desk, incident.person_id)
    if not incident.sexual or incident.closing is not None:
        return Counters((), None)
    now = watch.instant(desk.clock.now(), desk.clock.monotonic())
    found = tuple(left(care, incident.span, now) for care in rules.CARE)
    return Counters(found, nearest_partner(desk, Service.HEALTH))


def running(desk: Desk) -> tuple[Kept[Incident], ...]:
    """Incidents whose longer delay is still open and where no care is noted: the line on her home page.

    Raises:
        Forbidden: As :func:`save_incident`.
    """
    desk.require(Right.COMPARTMENT)
    now, longest = desk.clock.now(), dt.timedelta(hours=HOURS[Care.CONTRACEPTION])
    waiting = (one for one in list_incidents(desk) if one.record.sexual and one.record.closing is None)
    return tuple(
        one
        for one in waiting
        if one.record.cared_at is None and max(now, one.record.latest) < one.record.happened_from + longest
    )


def _changed(
    desk: Desk, command: Note | Plain | Withdraw | GiveSlip, form: Form | None, alter: Callable[[Incident], Incident]
) -> DoneIncident:
    return keeping.change(desk, command.request_id, command.before, lambda old, _: alter(old), form)


def _refuse_closed(incident: Incident) -> None:
    if incident.closing is not None:
        raise RulesBroken(Violation("incident.closed_already"))


def codes_in_use(desk: Desk) -> frozenset[str]:
    """Every code that an incident has given: its own, the survivor's, its slips'."""
    known = [one.record for one in keeping.all_of(desk, Incident)]
    slips = {row.code for one in known for row in one.referrals}
    return frozenset({one.code for one in known} | {one.survivor_code for one in known} | slips)
