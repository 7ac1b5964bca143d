"""Changing what the office decides: name and papers, dated tariffs and lists, what is remembered per printer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from antenne.domain.audit import FieldChange
from antenne.domain.changes import SETTINGS, Changes, Done
from antenne.domain.forms.model import Kind, Option
from antenne.domain.office import Office
from antenne.domain.rights import Right
from antenne.domain.settings import EPOCH, DatedValue, ListEntry, SettingDefinition
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk
from antenne.services.opening import reload_settings

_MOST_LABEL = 80
_MOST_AMOUNT = 10**12


@dataclass(frozen=True, slots=True, kw_only=True)
class SetValue:
    """Let a setting hold from a day on (the beginning of time for one that is not dated)."""

    request_id: str
    key: str
    since: dt.date
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class PutEntry:
    """Add or amend one entry of a list; ``until`` ends it without removing it."""

    request_id: str
    list_name: str
    code: str
    label: str
    since: dt.date
    until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOffice:
    """Change what the papers say of the office."""

    request_id: str
    office: Office


def history_of(desk: Desk, key: str) -> tuple[DatedValue, ...]:
    """Every value of a setting, the newest first."""
    return tuple(sorted(desk.settings.values.get(key, ()), key=lambda dated: dated.since, reverse=True))


def set_value(desk: Desk, command: SetValue) -> Done[None]:
    """Write a setting's new value.

    Raises:
        Forbidden: Without the right to change settings.
        RulesBroken: ``settings.unknown``, ``settings.value``, ``settings.range``.
    """
    desk.require(Right.SETTINGS)
    definition = desk.settings.definitions.get(command.key)
    if definition is None:
        raise RulesBroken(Violation("settings.unknown", "value"))
    broken = value_violations(definition, command.value)
    if broken:
        raise RulesBroken(*broken)
    since = command.since if definition.dated else EPOCH
    old = desk.settings.value(command.key, max(since, EPOCH))
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id) is None:
            uow.settings.set(command.key, since, command.value)
            change = FieldChange(definition.label, str(old), str(command.value))
            uow.audit.add(
                desk.clock.now(), desk.actor.user_id, "setting.set", "setting", 0, (change,), command.request_id
            )
            uow.commit()
    reload_settings(desk)
    return Done(None, Changes.of(SETTINGS))


def value_violations(definition: SettingDefinition, value: object) -> tuple[Violation, ...]:
    """Whether a value fits its setting: pure."""
    if definition.kind in {Kind.MONEY, Kind.COUNT}:
        if not isinstance(value, int) or isinstance(value, bool):
            return (Violation("settings.value", "value"),)
        if not 0 <= value <= _MOST_AMOUNT:
            return (Violation("settings.range", "value"),)
    elif definition.kind is Kind.YES_NO:
        if not isinstance(value, bool):
            return (Violation("settings.value", "value"),)
    elif not isinstance(value, str):
        return (Violation("settings.value", "value"),)
    return ()


def put_entry(desk: Desk, command: PutEntry) -> Done[None]:
    """Write one entry of a dated list; a new one goes to its end.

    Raises:
        Forbidden: Without the right to change settings.
        RulesBroken: ``settings.label``, ``settings.until``.
    """
    desk.require(Right.SETTINGS)
    label = " ".join(command.label.split())
    broken = []
    if not label or len(label) > _MOST_LABEL:
        broken.append(Violation("settings.label", "label", (("most", _MOST_LABEL),)))
    if command.until is not None and command.until <= command.since:
        broken.append(Violation("settings.until", "until"))
    if broken:
        raise RulesBroken(*broken)
    present = desk.settings.lists.get(command.list_name, ())
    known = next((entry for entry in present if entry.option.code == command.code), None)
    position = known.position if known else 1 + max((entry.position for entry in present), default=-1)
    entry = ListEntry(command.list_name, Option(command.code, label), command.since, command.until, position)
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id) is None:
            uow.settings.put_entries((entry,))
            change = FieldChange(command.list_name, known.option.label if known else "", label)
            uow.audit.add(desk.clock.now(), desk.actor.user_id, "list.put", "setting", 0, (change,), command.request_id)
            uow.commit()
    reload_settings(desk)
    return Done(None, Changes.of(SETTINGS))


def change_office(desk: Desk, command: ChangeOffice) -> Done[Office]:
    """Write the office's name, address, logo and headings.

    Raises:
        Forbidden: Without the right to change settings.
        RulesBroken: ``form.required`` beside the name or the town.
    """
    desk.require(Right.SETTINGS)
    office = command.office
    missing = [name for name in ("association", "name", "town") if not str(getattr(office, name)).strip()]
    if missing:
        raise RulesBroken(*(Violation("form.required", name) for name in missing))
    changes = [
        FieldChange(name, str(getattr(desk.office, name)), str(getattr(office, name)))
        for name in ("association", "motto", "name", "town", "postal_box", "phone", "neutral_heading")
        if getattr(desk.office, name) != getattr(office, name)
    ]
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id) is None:
            uow.office.save(office)
            uow.audit.add(
                desk.clock.now(), desk.actor.user_id, "office.saved", "setting", 0, changes, command.request_id
            )
            uow.commit()
    reload_settings(desk)
    return Done(desk.office, Changes.of(SETTINGS))


def remember(desk: Desk, key: str, value: object) -> Done[None]:
    """Keep something about this computer's habits (printer offsets, column widths); no rule, no audit."""
    with desk.write() as uow:
        uow.settings.set(key, EPOCH, value)
        uow.commit()
    reload_settings(desk)
    return Done(None)


def remembered(desk: Desk, key: str) -> object:
    """What :func:`remember` kept, or None."""
    kept = desk.settings.values.get(key, ())
    return kept[-1].value if kept else None
