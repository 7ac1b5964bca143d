"""Changing what the office decides: name and papers, dated tariffs and lists, what is remembered per printer."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from antenne.domain import first_run, protection_lists
from antenne.domain.audit import FieldChange
from antenne.domain.changes import SETTINGS, Changes, Done
from antenne.domain.forms.model import Kind, Option
from antenne.domain.office import PAPERS, Office
from antenne.domain.retention import MOST_YEARS, TERMS
from antenne.domain.rights import Right
from antenne.domain.settings import EPOCH, DatedValue, ListEntry, SettingDefinition
from antenne.domain.text import clean_line, fold
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk
from antenne.services.opening import reload_settings

_OFFICE_TEXTS = ("association", "motto", "name", "town", "postal_box", "phone", "neutral_heading")
_MOST_LABEL = 80
_MOST_AMOUNT = 10**12
_LOGO_SIDE = 900
_LOGO_PIXELS = 40_000_000
"""Pixels of the largest picture that is opened: what a small file can swell to is not the office PC's to bear."""

_BOUNDS: dict[str, tuple[int, int]] = {
    "backup.reminder_days": (1, 365),
    "lock.minutes": (1, 120),
    "members.majority": (18, 99),
    "cards.end_month": (1, 12),
    "cards.renewal_days": (0, 365),
    "members.membership_month": (1, 12),
    "dues.first_year": (0, 2199),
    "expenses.advance_days": (0, 365),
    "civil.exam_day": (1, 31),
    "civil.exam_month": (1, 12),
    "civil.exam_warning": (0, 365),
    **{term.key: (1, MOST_YEARS) for term in TERMS},
}
"""Where a whole number makes no sense outside: a member is never under 18, a screen always locks (rules, storage)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetValue:
    """Let a setting hold from a day on (the beginning of time for one that is not dated).

    Attributes:
        correct: She was told that a past or present value changes, and wants it.
    """

    request_id: str
    key: str
    since: dt.date
    value: object
    correct: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PutEntry:
    """Add or amend one entry of a list; ``until`` ends it without removing it.

    Attributes:
        code: Stable code; empty for a new entry, which gets one from its label.
    """

    request_id: str
    list_name: str
    code: str = ""
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
    """Write a setting's new value. What held before that day stays; the audit chain keeps what is replaced.

    Raises:
        Forbidden: Without the right to change settings.
        RulesBroken: ``settings.unknown``, ``settings.value``, ``settings.range``, ``settings.between``; and, unless
            ``correct``, ``settings.past`` or ``settings.replaces`` where a day that has begun would change.
    """
    desk.require(Right.SETTINGS)
    definition = desk.settings.definitions.get(command.key)
    if definition is None:
        raise RulesBroken(Violation("settings.unknown", "value"))
    broken = [*value_violations(definition, command.value)]
    if definition.dated and not command.correct:
        broken += _silent_overwrite(desk, command)
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


def _silent_overwrite(desk: Desk, command: SetValue) -> tuple[Violation, ...]:
    if command.since < desk.today:
        return (Violation("settings.past", "since", (("day", command.since),)),)
    same = next((one for one in desk.settings.values.get(command.key, ()) if one.since == command.since), None)
    if same is not None and same.value != command.value:
        return (Violation("settings.replaces", "since", (("day", same.since), ("value", same.value))),)
    return ()


def value_violations(definition: SettingDefinition, value: object) -> tuple[Violation, ...]:
    """Whether a value fits its setting: pure."""
    if definition.kind in {Kind.MONEY, Kind.COUNT}:
        if not isinstance(value, int) or isinstance(value, bool):
            return (Violation("settings.value", "value"),)
        if not 0 <= value <= _MOST_AMOUNT:
            return (Violation("settings.range", "value"),)
        least, most = bounds_of(definition)
        if not least <= value <= most:
            return (Violation("settings.between", "value", (("least", least), ("most", most))),)
    elif definition.kind is Kind.YES_NO:
        if not isinstance(value, bool):
            return (Violation("settings.value", "value"),)
    elif not isinstance(value, str):
        return (Violation("settings.value", "value"),)
    return ()


def bounds_of(definition: SettingDefinition) -> tuple[int, int]:
    """Least and most of a whole number, both allowed."""
    return _BOUNDS.get(definition.key, (0, _MOST_AMOUNT))


def put_entry(desk: Desk, command: PutEntry) -> Done[None]:
    """Write one entry of a dated list; a new one goes to its end. Nothing is ever removed.

    Raises:
        Forbidden: Without the right to change settings.
        RulesBroken: ``settings.label``, ``settings.label_taken``, ``settings.until``, ``settings.tied`` (a rule reads
            this code: it stays offered).
    """
    desk.require(Right.SETTINGS)
    label = " ".join(command.label.split())
    present = desk.settings.lists.get(command.list_name, ())
    broken = []
    if not label or len(label) > _MOST_LABEL:
        broken.append(Violation("settings.label", "label", (("most", _MOST_LABEL),)))
    elif any(fold(one.option.label) == fold(label) and one.option.code != command.code for one in present):
        broken.append(Violation("settings.label_taken", "label", (("label", label),)))
    if command.until is not None and command.until < command.since:
        broken.append(Violation("settings.until", "until"))
    if command.until is not None and is_tied(command.list_name, command.code):
        broken.append(Violation("settings.tied", "until"))
    if broken:
        raise RulesBroken(*broken)
    code = command.code or _new_code(label, {one.option.code for one in present})
    known = next((entry for entry in present if entry.option.code == code), None)
    position = known.position if known else 1 + max((entry.position for entry in present), default=-1)
    entry = ListEntry(command.list_name, Option(code, label), command.since, command.until, position)
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id) is None:
            uow.settings.put_entries((entry,))
            change = FieldChange(command.list_name, _entry_words(known), _entry_words(entry))
            uow.audit.add(desk.clock.now(), desk.actor.user_id, "list.put", "setting", 0, (change,), command.request_id)
            uow.commit()
    reload_settings(desk)
    return Done(None, Changes.of(SETTINGS))


def is_tied(list_name: str, code: str) -> bool:
    """Whether a rule reads this code: its words may change, it stays offered."""
    return code in protection_lists.TIED.get(list_name, ())


def _entry_words(entry: ListEntry | None) -> str:
    if entry is None:
        return ""
    return entry.option.label if entry.until is None else f"{entry.option.label} (jusqu’au {entry.until:%d/%m/%Y})"


def _new_code(label: str, taken: set[str]) -> str:
    """A code that tells a developer what it means; it is never shown and never changes."""
    stem = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:40] or "entree"
    code, number = stem, 2
    while code in taken:
        code, number = f"{stem}_{number}", number + 1
    return code


def change_office(desk: Desk, command: ChangeOffice) -> Done[Office]:
    """Write the office's name, address, logo and headings.

    Raises:
        Forbidden: Without the right to change settings.
        RulesBroken: ``first_run.missing`` and the other faults of the first run's own page, beside their field.
    """
    desk.require(Right.SETTINGS)
    kept: dict[str, Any] = {name: clean_line(getattr(command.office, name)) for name in _OFFICE_TEXTS}
    office = replace(command.office, **kept, demo=desk.office.demo)
    broken = first_run.office_violations(office)
    if broken:
        raise RulesBroken(*broken)
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id) is None:
            uow.office.save(office)
            uow.audit.add(
                desk.clock.now(),
                desk.actor.user_id,
                "office.saved",
                "setting",
                0,
                _office_changes(desk.office, office),
                command.request_id,
            )
            uow.commit()
    reload_settings(desk)
    return Done(desk.office, Changes.of(SETTINGS))


def _office_changes(old: Office, new: Office) -> list[FieldChange]:
    changes = [FieldChange(one, getattr(old, one), getattr(new, one)) for one in _OFFICE_TEXTS]
    changes += [FieldChange(f"heading.{paper}", old.heading(paper).value, new.heading(paper).value) for paper in PAPERS]
    changes = [change for change in changes if change.old != change.new]
    if old.logo != new.logo:
        changes.append(FieldChange("logo", "un logo" if old.logo else "", "autre logo" if new.logo else ""))
    return changes


def read_logo(path: Path) -> bytes:
    """A picture from a file, made fit to print: no larger than needed, as PNG, without what a camera writes in it.

    Raises:
        RulesBroken: ``first_run.logo_too_large``, ``first_run.logo_not_image``, ``settings.logo_pixels``;
            ``settings.logo_unreadable`` when the file cannot be opened.
    """
    import io

    from PIL import Image, ImageOps

    try:
        if path.stat().st_size > first_run.MAX_LOGO_BYTES:
            raise RulesBroken(Violation("first_run.logo_too_large", "logo", (("longest", first_run.MAX_LOGO_BYTES),)))
        data = path.read_bytes()
    except OSError as error:
        raise RulesBroken(Violation("settings.logo_unreadable", "logo")) from error
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > _LOGO_PIXELS:
                raise RulesBroken(Violation("settings.logo_pixels", "logo"))
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((_LOGO_SIDE, _LOGO_SIDE))
            out = io.BytesIO()
            clear = "A" in upright.getbands() or "transparency" in opened.info
            upright.convert("RGBA" if clear else "RGB").save(out, "PNG", optimize=True)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RulesBroken(Violation("first_run.logo_not_image", "logo")) from error
    return out.getvalue()


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
