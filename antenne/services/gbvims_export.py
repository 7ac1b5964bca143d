"""Incidents one by one to a recipient who works with GBVIMS: shown first, checked, remembered, then written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from antenne.domain import gbvims as rules
from antenne.domain.changes import PROTECTION, Changes, Done
from antenne.domain.gbvims import SentIncidents, Sheet
from antenne.domain.incidents import Incident, Purpose
from antenne.domain.protection_trends import told_by
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import exports
from antenne.services import protection_keeping as keeping
from antenne.services.compartment import Kept, changing, opened, request_key
from antenne.services.desk import Desk
from antenne.services.protection_trends import left_one_by_one, sent_crossings
from antenne.wording import formats
from antenne.wording import gbvims as words


@dataclass(frozen=True, slots=True, kw_only=True)
class SendIncidents:
    """Incidents of whole months, by the month of the talk, for one recipient."""

    request_id: str
    recipient: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class ReadyLines:
    """What she is shown before it leaves."""

    command: SendIncidents
    sheet: Sheet


def recipients(desk: Desk) -> tuple[str, ...]:
    """With whom some survivor agrees today that her incident be shared, by name.

    Raises:
        Forbidden: Without the right to the compartment, in the same words for everyone.
        RulesBroken: ``trends.responsable_only``.
    """
    _require(desk)
    found = {
        one.recipient
        for incident in keeping.all_of(desk, Incident)
        for one in incident.record.agreements
        if one.purpose is Purpose.SHARING and one.in_force(desk.today)
    }
    return tuple(sorted(found, key=lambda name: (name.casefold(), name)))


def prepare_incidents(desk: Desk, command: SendIncidents) -> ReadyLines:
    """The lines as they would leave, and how many stay; nothing is written and nothing leaves.

    Raises:
        Forbidden: As :func:`recipients`; the user may not export.
        RulesBroken: ``trends.responsable_only``; ``gbvims.no_recipient``; from ``gbvims.months``; ``gbvims.nothing``;
            ``gbvims.would_tell``: the lines would undo the masks of a crossing that left.
    """
    _require(desk)
    desk.require(Right.EXPORT)
    broken = rules.months(command.first, command.last, desk.today)
    if not command.recipient.strip():
        broken = (Violation("gbvims.no_recipient", "recipient"), *broken)
    keeping.refuse(broken)
    every = [(one.id, one.record) for one in keeping.all_of(desk, Incident)]
    sheet = rules.sheet(every, command.recipient.strip(), command.first, command.last, desk.today)
    if not sheet.lines:
        raise RulesBroken(Violation("gbvims.nothing"))
    _refuse_telling(desk, frozenset(line.id for line in sheet.lines))
    return ReadyLines(command, sheet)


def export_incidents(desk: Desk, ready: ReadyLines, path: Path, *, accepted: bool = False) -> Done[SentIncidents]:
    """Write them as .xlsx; it is remembered before the file is there, so that nothing leaves unremembered.

    Raises:
        Forbidden: As :func:`prepare_incidents`.
        RulesBroken: As :func:`prepare_incidents`; ``gbvims.changed``; ``export.synchronised`` until she accepts;
            ``sealed.too_long``.
        Problem: ``export.…``: it counts as sent all the same; the same click may write it again.
    """
    _require(desk)
    desk.require(Right.EXPORT)
    exports.check_place(path, accepted=accepted)
    with opened(desk).lock:
        again = opened(desk).get(request_key(ready.command.request_id)) is not None
        if not again and prepare_incidents(desk, ready.command).sheet != ready.sheet:
            raise RulesBroken(Violation("gbvims.changed"))
        done = _remember(desk, ready)
    exports.export_sheets(
        path,
        (
            exports.Sheet(words.DATA_SHEET, rules.COLUMNS, (line.values for line in ready.sheet.lines)),
            exports.Sheet(words.OUT_SHEET, words.OUT_COLUMNS, _out_rows(ready.sheet)),
            exports.Sheet(words.READ_SHEET, (words.READ_COLUMN,), ((said,) for said in words.READ_LINES)),
        ),
    )
    return done


def sent_incidents(desk: Desk) -> tuple[Kept[SentIncidents], ...]:
    """What left one by one, the newest first.

    Raises:
        Forbidden: Without the right to the compartment.
    """
    found = keeping.all_of(desk, SentIncidents)
    return tuple(sorted(found, key=lambda one: (one.record.at, one.id), reverse=True))


def _require(desk: Desk) -> None:
    desk.require(Right.COMPARTMENT)
    if not keeping.is_responsable(desk):
        raise RulesBroken(Violation("trends.responsable_only"))


def _refuse_telling(desk: Desk, ids: frozenset[str]) -> None:
    """Only what this file adds is refused: what was told before by another stays told."""
    sent = tuple(one.record for one in sent_crossings(desk))
    before = left_one_by_one(desk)
    already = told_by(sent, before)
    told = [one for one in told_by(sent, before | ids) if one not in already]
    if told:
        values = (("on", formats.day(told[0].at.date())), ("recipient", told[0].recipient))
        raise RulesBroken(Violation("gbvims.would_tell", None, values))


def _remember(desk: Desk, ready: ReadyLines) -> Done[SentIncidents]:
    command = ready.command
    with changing(desk) as batch:
        if done := keeping.same_click(batch, command.request_id, SentIncidents):
            return Done(done.record)
        sent = SentIncidents(
            at=desk.clock.now(),
            by=desk.actor.user_id,
            recipient=command.recipient.strip(),
            first=command.first,
            last=command.last,
            held=tuple(line.id for line in ready.sheet.lines),
            left_out=ready.sheet.left_out,
        )
        keeping.put_new(desk, batch, sent, command.request_id)
        batch.commit()
    return Done(sent, Changes.of(PROTECTION))


def _out_rows(sheet: Sheet) -> tuple[tuple[str, int], ...]:
    return (*((words.REASONS[one.reason], one.count) for one in sheet.left_out), (words.TOTAL, sheet.stay))
