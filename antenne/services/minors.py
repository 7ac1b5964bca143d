"""Accompanied minors: kept sealed, told to the responsable at once, returns dated; and what she sees at login."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from antenne.domain import minors as rules
from antenne.domain.alerts import Notice, Reason, pending
from antenne.domain.births_rules import Majority, majority
from antenne.domain.changes import PROTECTION, Changes, Done
from antenne.domain.forms import minor as forms
from antenne.domain.listening import Lakana
from antenne.domain.minors import Decision, LakanaDecision, Minor, Return, Returned
from antenne.domain.persons import Person
from antenne.domain.protection import next_number, text
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import protection_keeping as keeping
from antenne.services.compartment import Batch, Kept, changing, find, kept_of, opened
from antenne.services.desk import Desk
from antenne.services.listening import aliases_of, talk_code
from antenne.services.reading_log import note_reading
from antenne.services.told_minors import raise_notice, tell_of_file

LETTERS = "MA"
DoneMinor = Done[Kept[Minor]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveMinor:
    """Save her file.

    Attributes:
        answers: Of the form ``forms.minor.MINOR``.
        before: As it was read; None for a new one.
        outing_id: The sealed outing she was met at, or empty.
        session_id: The talk that it is opened from, saved or to come, or empty.
        code: Hers from a talk without a name, or empty for a new one.
    """

    request_id: str
    answers: Mapping[str, object] = field(repr=False)
    before: Kept[Minor] | None = None
    outing_id: str = ""
    session_id: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinorNote:
    """A short form about her: a return, the decision; ``answers`` are those of that form."""

    request_id: str
    before: Kept[Minor]
    answers: Mapping[str, object] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeNotice:
    """The responsable has read it."""

    request_id: str
    before: Kept[Notice]


def save_minor(desk: Desk, command: SaveMinor) -> DoneMinor:
    """Save her file; a new one, and a refusal of LAKANA SO, go up to the responsable in the same transaction.

    Raises:
        Forbidden: Without the right to the compartment, in the same words for everyone.
        RulesBroken: Every violation of the form; from ``minors.check_minor``; ``minor.adult_by_file``;
            ``sealed.changed``.
        Problem: The compartment is sheltered; ``sealed.gone``; of the machine.
    """
    answers = keeping.answered(desk, forms.MINOR, command.answers)
    if command.before is not None:
        before = command.before
        return keeping.change(
            desk,
            command.request_id,
            before,
            lambda old, batch: _corrected(desk, batch, replace(before, record=old), answers),
            forms.MINOR,
        )
    known = keeping.all_of(desk, Minor)
    with changing(desk) as batch:
        if done := keeping.same_click(batch, command.request_id, Minor):
            return Done(done)
        values = forms.minor_values(answers)
        minor = Minor(
            **values,
            number=next_number(LETTERS, values["met_on"].year, (one.record.number for one in known)),
            code=keeping.code_for(desk, command.code or talk_code(opened(desk), command.session_id), None),
            outing_id=command.outing_id,
            session_id=command.session_id,
            created_at=desk.clock.now(),
            created_by=desk.actor.user_id,
        )
        _refuse(desk, keeping.person_of(batch.uow, minor.person_id), minor)
        saved = keeping.put_new(desk, batch, minor, command.request_id, forms.MINOR)
        own = opened(desk)
        tell_of_file(desk, batch, own, aliases_of(own), saved)
        if minor.lakana is Lakana.REFUSED:
            raise_notice(desk, batch, Reason.LAKANA_REFUSED, saved.id)
        batch.commit()
    return Done(saved, Changes.of(PROTECTION))


def _corrected(desk: Desk, batch: Batch, old: Kept[Minor], answers: Mapping[str, object]) -> Minor:
    after = replace(old.record, **forms.minor_values(answers))
    if after.lakana is not Lakana.REFUSED:
        after = replace(after, lakana_decision=None)
    _refuse(desk, keeping.person_of(batch.uow, after.person_id), after)
    if after.lakana is Lakana.REFUSED and old.record.lakana is not Lakana.REFUSED:
        raise_notice(desk, batch, Reason.LAKANA_REFUSED, old.id)
    return after


def _refuse(desk: Desk, person: Person | None, minor: Minor) -> None:
    years = keeping.majority_years(desk)
    broken = rules.check_minor(minor, desk.today, years)
    if person is not None and majority(person.birth, minor.met_on, years) is Majority.ADULT:
        broken = (*broken, Violation("minor.adult_by_file", "person_id"))
    keeping.refuse(broken)


def add_return(desk: Desk, command: MinorNote) -> DoneMinor:
    """Back in her family, or at school, on its day.

    Raises:
        Forbidden: As :func:`save_minor`.
        RulesBroken: Every violation of the form; from ``minors.check_return``; ``sealed.changed``.
    """
    answers = keeping.answered(desk, forms.RETURN, command.answers)
    made = Returned(
        what=Return(text(answers, "what")),
        on=answers["on"],
        where=text(answers, "where"),
        school_class=text(answers, "school_class"),
    )

    def alter(old: Minor, _: Batch) -> Minor:
        keeping.refuse(rules.check_return(old, made, desk.today))
        return replace(old, returns=(*old.returns, made))

    return keeping.change(desk, command.request_id, command.before, alter, forms.RETURN)


def decide_lakana(desk: Desk, command: MinorNote) -> DoneMinor:
    """Where the girl refuses LAKANA SO, the responsable decides and says why.

    Raises:
        Forbidden: As :func:`save_minor`.
        RulesBroken: Every violation of the form; from ``minors.check_decision``; ``sealed.changed``.
    """
    answers = keeping.answered(desk, forms.DECISION, command.answers)
    made = LakanaDecision(
        decision=Decision(text(answers, "decision")),
        why=text(answers, "why"),
        by=desk.actor.user_id,
        on=desk.today,
    )

    def alter(old: Minor, _: Batch) -> Minor:
        keeping.refuse(rules.check_decision(old, made, responsable=keeping.is_responsable(desk)))
        return replace(old, lakana_decision=made)

    return keeping.change(desk, command.request_id, command.before, alter, forms.DECISION)


def read_minor(desk: Desk, minor_id: str) -> Kept[Minor]:
    """Her file; the reading is logged before it is given.

    Raises:
        Forbidden: As :func:`save_minor`.
        Problem: ``sealed.gone``; the log could not be written.
    """
    found = find(desk, Minor, minor_id)
    note_reading(desk, minor_id)
    return found


def list_minors(desk: Desk) -> tuple[Kept[Minor], ...]:
    """Every accompanied minor, the last met first.

    Raises:
        Forbidden: As :func:`save_minor`.
    """
    return tuple(sorted(kept_of(desk, Minor), key=lambda one: (one.record.met_on, one.record.number), reverse=True))


def list_notices(desk: Desk) -> tuple[Kept[Notice], ...]:
    """What the responsable has not read yet, the oldest first; nothing for anybody else.

    Raises:
        Forbidden: As :func:`save_minor`.
    """
    desk.require(Right.COMPARTMENT)
    if not keeping.is_responsable(desk):
        return ()
    every = {one.record: one for one in keeping.all_of(desk, Notice)}
    return tuple(every[one] for one in pending(tuple(every)))


def see_notice(desk: Desk, command: SeeNotice) -> Done[Kept[Notice]]:
    """The responsable has read it: it no longer stands at her login, and stays in the compartment.

    Raises:
        Forbidden: As :func:`save_minor`.
        RulesBroken: ``notice.responsable_only``; ``sealed.changed``.
    """
    desk.require(Right.COMPARTMENT)
    if not keeping.is_responsable(desk):
        raise RulesBroken(Violation("notice.responsable_only"))

    def alter(old: Notice, _: Batch) -> Notice:
        return replace(old, seen_at=old.seen_at or desk.clock.now(), seen_by=old.seen_by or desk.actor.user_id)

    return keeping.change(desk, command.request_id, command.before, alter)
