"""What every change of a person's file shares: read, save, note old → new in words, index; or refuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import members
from antenne.domain.audit import FieldChange
from antenne.domain.changes import CARDS, MEMBERS, Changes, Done
from antenne.domain.forms import reading
from antenne.domain.forms.model import Field, Form, Kind
from antenne.domain.forms.validate import asked_answers
from antenne.domain.persons import Person
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk

Change = Callable[[UnitOfWork, Person], tuple[Person, Sequence[FieldChange]]]


def of_age(desk: Desk, on: dt.date | None = None) -> int:
    """Years from which she may be a member, on a day (the règlement of that day holds) or today."""
    return desk.settings.count("members.majority", on or desk.today)


def change_person(desk: Desk, person_id: int, action: str, request_id: str, change: Change) -> Done[Person]:
    """One change of one person: read, rule, save, note, commit.

    Raises:
        Forbidden: The user may not write persons.
        RulesBroken: What ``change`` finds; ``members.gone``, ``members.erased``.
    """
    desk.require(Right.WRITE_PERSONS)
    with desk.write() as uow:
        if (old := uow.audit.by_request(request_id)) is not None:
            return Done(known(uow, old[1]))
        person, lines = change(uow, writable(uow, person_id))
        saved = save(desk, uow, person)
        note(desk, uow, action, saved.id, lines, request_id)
        uow.commit()
    index(desk, saved)
    return Done(saved, Changes.of(MEMBERS, CARDS, id=saved.id))


def save(desk: Desk, uow: UnitOfWork, person: Person) -> Person:
    """Write her record; who and when come from the desk."""
    return uow.persons.save(person, desk.clock.now(), desk.actor.user_id)


def note(
    desk: Desk, uow: UnitOfWork, action: str, person_id: int, changes: Sequence[FieldChange], request_id: str
) -> None:
    """Add a line to her Historique."""
    uow.audit.add(desk.clock.now(), desk.actor.user_id, action, "person", person_id, changes, request_id)


def index(desk: Desk, person: Person) -> None:
    """Let the search follow, after the commit."""
    if person.erased_on is None:
        desk.persons.put(members.indexed(person))
    else:
        desk.persons.remove(person.id)


def known(uow: UnitOfWork, person_id: int) -> Person:
    """Her record.

    Raises:
        RulesBroken: ``members.gone``.
    """
    person = uow.persons.get(person_id)
    if person is None:
        raise RulesBroken(Violation("members.gone"))
    return person


def writable(uow: UnitOfWork, person_id: int) -> Person:
    """Her record, when it may still change.

    Raises:
        RulesBroken: ``members.gone``, ``members.erased``.
    """
    person = known(uow, person_id)
    if person.erased_on is not None:
        raise RulesBroken(Violation("members.erased"))
    return person


def asked(form: Form, answers: Mapping[str, object]) -> dict[str, object]:
    """The answers given, without those to questions that other answers hide."""
    shown = asked_answers(form, answers)
    return {key: shown[key] for key in answers}


def differences(
    desk: Desk, uow: UnitOfWork, form: Form, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[FieldChange, ...]:
    """The fields that changed, in words that a person can read."""
    found = []
    for one in form.fields:
        old, new = _said(desk, uow, one, before.get(one.key)), _said(desk, uow, one, after.get(one.key))
        if old != new:
            found.append(FieldChange(one.label, old, new))
    return tuple(found)


def _said(desk: Desk, uow: UnitOfWork, one: Field, value: Any) -> str:
    """A value in words. Another woman is said by her number: her name is not kept in a history that is not hers."""
    if one.kind is Kind.ROWS:
        return " ; ".join(_row_said(desk, uow, one, row) for row in value or ())
    if one.kind is Kind.PERSON and value is not None:
        other = uow.persons.get(value)
        return "" if other is None else other.membership.number if other.membership else other.number
    options = tuple(entry.option for entry in desk.settings.lists.get(one.options, ())) if one.options else ()
    return reading.show(one, value, options)


def _row_said(desk: Desk, uow: UnitOfWork, rows: Field, row: Mapping[str, Any]) -> str:
    """« 76 12 34 56, elle, Peut-on appeler ? Oui »: a bare Oui would not say to what."""
    said = ((column, _said(desk, uow, column, row.get(column.key))) for column in rows.columns)
    return ", ".join(f"{column.label} {word}" if column.kind is Kind.YES_NO else word for column, word in said if word)


def refuse(broken: Sequence[Violation]) -> None:
    """Every broken rule once: the form and the rules between fields may both find a day to come.

    Raises:
        RulesBroken: There is one.
    """
    seen: dict[tuple[str, str | None], Violation] = {}
    for one in broken:
        seen.setdefault((one.code, one.field), one)
    if seen:
        raise RulesBroken(*seen.values())
