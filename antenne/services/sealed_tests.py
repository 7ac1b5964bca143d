"""The short sealed kinds, all kept the same way: tests, consultations, carnets, aid, attendance, outings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from antenne.domain import sealed_tests as rules
from antenne.domain.births_rules import is_minor
from antenne.domain.changes import PROTECTION, Changes, Done
from antenne.domain.forms import sealed_short as forms
from antenne.domain.forms.model import Form
from antenne.domain.sealed_tests import (
    Attendance,
    Consultation,
    ForOne,
    HealthBooklet,
    HivTest,
    LegalAid,
    MaterialAid,
    Outing,
    StiTest,
)
from antenne.domain.violations import Violation
from antenne.services import protection_keeping as keeping
from antenne.services.compartment import Batch, Kept, changing, find, kept_of
from antenne.services.desk import Desk
from antenne.services.reading_log import note_reading

Short: TypeAlias = HivTest | StiTest | Consultation | HealthBooklet | LegalAid | MaterialAid | Attendance | Outing
"""Any record of a short form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveShort:
    """Save one short form.

    Attributes:
        form: One of ``forms.sealed_short.FORMS``, the alert apart.
        answers: Of that form.
        before: As it was read; None for a new one.
        session_id: The talk it belongs to, or empty.
    """

    request_id: str
    form: Form
    answers: Mapping[str, object] = field(repr=False)
    before: Kept[Any] | None = None
    session_id: str = ""


def save_short(desk: Desk, command: SaveShort) -> Done[Kept[Any]]:
    """Save a test, a consultation, a carnet, an aid, a list or an outing.

    Raises:
        Forbidden: Without the right to the compartment, in the same words for everyone; it is about the user herself.
        RulesBroken: Every violation of the form; from the checks of ``domain.sealed_tests``;
            ``protection.code_unknown``, ``protection.unknown_person``; ``sealed.changed``.
        Problem: The compartment is sheltered; ``sealed.gone``; of the machine.
        KeyError: A form that is not of this family (a bug of ours).
    """
    kind = forms.KINDS[command.form.key]
    values = forms.record_values(command.form, keeping.answered(desk, command.form, command.answers))
    typed = values.get("code", "")
    if command.before is not None:
        old_code = getattr(command.before.record, "code", "")

        def alter(old: Any, batch: Batch) -> Any:
            coded = _coded(desk, values, typed or old_code)
            after = replace(old, **coded)
            _refuse(desk, batch, after, command.before)
            return after

        return keeping.change(desk, command.request_id, command.before, alter, command.form)
    with changing(desk) as batch:
        if done := keeping.same_click(batch, command.request_id, kind):
            return Done(done)
        extra = {"session_id": command.session_id} if issubclass(kind, ForOne) else {}
        made: Any = kind(
            **_coded(desk, values, typed), **extra, created_at=desk.clock.now(), created_by=desk.actor.user_id
        )
        _refuse(desk, batch, made, None)
        saved: Kept[Any] = keeping.put_new(desk, batch, made, command.request_id, command.form)
        batch.commit()
    return Done(saved, Changes.of(PROTECTION))


def _coded(desk: Desk, values: Mapping[str, Any], typed: str) -> dict[str, Any]:
    if "code" not in values:
        return dict(values)
    return {**values, "code": keeping.code_for(desk, typed, values["person_id"])}


def _refuse(desk: Desk, batch: Batch, record: Short, before: Kept[Any] | None) -> None:
    broken: tuple[Violation, ...] = ()
    match record:
        case HivTest() | StiTest():
            broken = rules.check_test(record, desk.today)
        case HealthBooklet() | LegalAid():
            broken = rules.check_days(record)
        case Attendance():
            broken = rules.check_attendance(record)
        case Outing():
            broken = _check_outing(desk, batch, record, "" if before is None else before.id)
        case _:
            pass
    if isinstance(record, ForOne):
        keeping.person_of(batch.uow, record.person_id)
    keeping.refuse(broken)


def _check_outing(desk: Desk, batch: Batch, outing: Outing, own: str) -> tuple[Violation, ...]:
    years = keeping.majority_years(desk)
    people = batch.uow.persons.many(outing.women)
    minors = {one.id for one in people if not one.evident_adult and is_minor(one.birth, desk.today, years)}
    others = {woman for one in keeping.all_of(desk, Outing) if one.id != own for woman in one.record.women}
    return rules.check_outing(outing, minors, others)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetMinor:
    """Name in an outing's body a minor accompanied from it."""

    request_id: str
    before: Kept[Outing]
    minor_id: str


def meet_minor(desk: Desk, command: MeetMinor) -> Done[Kept[Outing]]:
    """Add an accompanied minor to the outing she was met at; the base knows nothing of either.

    Raises:
        Forbidden: As :func:`save_short`.
        RulesBroken: ``sealed.changed``.
    """
    return keeping.change(
        desk,
        command.request_id,
        command.before,
        lambda old, _: replace(old, minors=tuple(dict.fromkeys((*old.minors, command.minor_id)))),
    )


def read_short(desk: Desk, form: Form, record_id: str) -> Kept[Any]:
    """One record; the reading is logged before it is given.

    Raises:
        Forbidden: As :func:`save_short`.
        Problem: ``sealed.gone``; the log could not be written.
    """
    found: Kept[Any] = find(desk, forms.KINDS[form.key], record_id)
    note_reading(desk, record_id)
    return found


def list_short(desk: Desk, form: Form) -> tuple[Kept[Any], ...]:
    """The records of a form but those of the user herself, the newest first.

    Raises:
        Forbidden: As :func:`save_short`.
    """
    found: tuple[Kept[Any], ...] = kept_of(desk, forms.KINDS[form.key])
    return tuple(sorted(found, key=lambda one: (one.record.on, one.id), reverse=True))
