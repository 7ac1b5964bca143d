"""How sealed records of protection are written: the right first, a double click found, the old values kept beside.

Nothing of it stands in the base's audit or among its requests (``services.compartment``).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from antenne.base.problems import Problem
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.changes import PROTECTION, Changes, Done
from antenne.domain.forms.cleaning import cleaned
from antenne.domain.forms.model import Form
from antenne.domain.forms.validate import validate
from antenne.domain.listening import read_code
from antenne.domain.persons import Person
from antenne.domain.protection import slip_code
from antenne.domain.rights import Right, Role
from antenne.domain.sealed_codec import Sealed
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import sealed_codes
from antenne.services.compartment import (
    Batch,
    Kept,
    changing,
    every_kept,
    find,
    kept,
    opened,
    record_key,
    refuse_own,
    request_key,
    save,
)
from antenne.services.desk import Desk
from antenne.services.sealed_drafts import drop_draft

K = TypeVar("K", bound=Sealed)


def answered(desk: Desk, form: Form, answers: Mapping[str, object]) -> dict[str, Any]:
    """The cleaned answers of a form, once the right is there.

    Raises:
        Forbidden: Without the right to the compartment; it is about the user herself.
        RulesBroken: Everything that is wrong with them.
    """
    desk.require(Right.COMPARTMENT)
    given = cleaned(form, answers)
    refuse_own(desk, given.get("person_id"))
    refuse(validate(form, given, desk.today))
    return given


def refuse(broken: tuple[Violation, ...]) -> None:
    """Refuse with everything found."""
    if broken:
        raise RulesBroken(*broken)


def same_click(batch: Batch, request_id: str, kind: type[K]) -> Kept[K] | None:
    """The record that this very click made already: a double click, a retry."""
    found = batch.get(request_key(request_id))
    return None if found is None else kept(found, kind)


def put_new(desk: Desk, batch: Batch, record: K, request_id: str, form: Form | None = None) -> Kept[K]:
    """Seal a new record, its draft goes; commit is the caller's.

    Raises:
        RulesBroken: ``sealed.too_long``.
    """
    saved = save(desk, batch, record, request_id)
    if form is not None:
        drop_draft(desk, batch, form, "")
    return kept(saved, type(record))


def change(
    desk: Desk, request_id: str, before: Kept[K], alter: Callable[[K, Batch], K], form: Form | None = None
) -> Done[Kept[K]]:
    """Change one record in one transaction; a double click changes it once.

    Args:
        desk: Who.
        request_id: Of the click.
        before: As it was read: another version saved meanwhile is not overwritten.
        alter: The record as it must be; raises what the rules refuse.
        form: Whose draft goes.

    Raises:
        Forbidden: Without the right to the compartment; it is about the user herself.
        Problem: ``sealed.gone``, or as ``compartment.opened``.
        RulesBroken: From ``alter``; ``sealed.changed``; ``sealed.too_long``.
    """
    kind = type(before.record)
    find(desk, kind, before.id)
    with changing(desk) as batch:
        body = batch.get(record_key(before.id))
        if body is None:
            raise Problem("sealed.gone")
        present = kept(body, kind)
        if batch.get(request_key(request_id)) is not None:
            return Done(present)
        if present.version != before.version:
            raise RulesBroken(Violation("sealed.changed"))
        after = alter(present.record, batch)
        after = replace(after, changed_at=desk.clock.now(), changed_by=desk.actor.user_id)
        saved = save(desk, batch, after, request_id, present)
        if form is not None:
            drop_draft(desk, batch, form, before.id)
        batch.commit()
    return Done(kept(saved, kind), Changes.of(PROTECTION))


def all_of(desk: Desk, kind: type[K]) -> tuple[Kept[K], ...]:
    """Every record of a kind, also of the user herself: for numbers, codes and totals, never to be shown one by one.

    Raises:
        Forbidden: Without the right to the compartment.
    """
    return every_kept(opened(desk), kind)


def people_codes(desk: Desk) -> frozenset[str]:
    """Every code that stands for somebody without a file: of a talk, an incident, a minor, a short form.

    Raises:
        Forbidden: Without the right to the compartment.
    """
    return sealed_codes.people_codes(opened(desk))


def code_for(desk: Desk, typed: str, person_id: int | None) -> str:
    """The code of somebody without a file: hers as typed, or a new one; none where she has a file.

    Raises:
        RulesBroken: ``listening.code_unreadable``; ``protection.code_unknown``: nobody has it.
    """
    if person_id is not None:
        return ""
    known = people_codes(desk)
    if not typed:
        return new_code(known)
    code = read_code(typed)
    if isinstance(code, Violation):
        raise RulesBroken(code)
    if code not in known:
        raise RulesBroken(Violation("protection.code_unknown", "code"))
    return code


def new_code(taken: frozenset[str]) -> str:
    """A random code that nobody has."""
    return slip_code(secrets.randbelow, taken)


def is_responsable(desk: Desk) -> bool:
    """Whether she who sits here decides."""
    return Role.RESPONSABLE in desk.actor.roles


def majority_years(desk: Desk) -> int:
    """Age of majority in years (setting ``members.majority``)."""
    return desk.settings.count("members.majority", desk.today)


def person_of(uow: UnitOfWork, person_id: int | None) -> Person | None:
    """Her file, or None.

    Raises:
        RulesBroken: ``protection.unknown_person``.
    """
    if person_id is None:
        return None
    found = uow.persons.get(person_id)
    if found is None:
        raise RulesBroken(Violation("protection.unknown_person", "person_id"))
    return found
