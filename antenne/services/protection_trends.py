"""Trends for the responsable: exact on her screen, masked on anything that leaves, and what left is remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from antenne.domain import protection_trends as rules
from antenne.domain.changes import PROTECTION, Changes, Done
from antenne.domain.crossings import MERGED, Crossing, CrossingFace
from antenne.domain.gbvims import SentIncidents
from antenne.domain.incidents import ForDonor, GbvType, Incident, for_statistics
from antenne.domain.office import Office
from antenne.domain.protection_trends import Axis, SentCrossing
from antenne.domain.rights import Right
from antenne.domain.sendings import Way
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import protection_keeping as keeping
from antenne.services.compartment import Kept, changing, opened, request_key
from antenne.services.desk import Desk
from antenne.services.exports import check_place, export_table
from antenne.wording import formats
from antenne.wording import gbvims as words

_LISTS: Final = {
    Axis.LOCAL_TYPE: "incident_types",
    Axis.PLACE: "incident_places",
    Axis.DAY_PART: "day_parts",
    Axis.OUTCOME: "incident_outcomes",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SendCrossing:
    """A crossing that is to leave, over whole days; only incidents whose survivor agreed to statistics."""

    request_id: str
    recipient: str
    down: Axis
    across: Axis
    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Trends:
    """What the screen shows, exact.

    Attributes:
        count: Incidents of the period.
        totals: By axis, the commonest first.
        donor: Of them, those that count for a donor, and how many are left out.
    """

    count: int
    totals: dict[Axis, tuple[tuple[str, int], ...]]
    donor: ForDonor


@dataclass(frozen=True, slots=True)
class Ready:
    """A crossing that she is shown before it leaves.

    Attributes:
        command: What was asked.
        crossing: As it would be remembered.
        donor: Who stands in it, and how many are left out.
    """

    command: SendCrossing
    crossing: SentCrossing
    donor: ForDonor


def trends(desk: Desk, first: dt.date, last: dt.date) -> Trends:
    """The single totals of the incidents that happened in a period.

    Raises:
        Forbidden: Without the right to the compartment, in the same words for everyone.
        RulesBroken: ``trends.responsable_only``, ``trends.period``.
    """
    found = tuple(one.record for one in _of_period(desk, first, last))
    totals = {axis: rules.totals(found, axis) for axis in Axis}
    return Trends(len(found), totals, for_statistics(found, desk.today))


def crossing(desk: Desk, down: Axis, across: Axis, first: dt.date, last: dt.date) -> Crossing:
    """Two axes, exact: for the screen, never for paper or export.

    Raises:
        Forbidden: As :func:`trends`.
        RulesBroken: As :func:`trends`; ``trends.same_axis``.
    """
    _refuse_same(down, across)
    return rules.cross((one.record for one in _of_period(desk, first, last)), down, across)


def prepare_crossing(desk: Desk, command: SendCrossing) -> Ready:
    """The crossing as it would leave, masked; nothing is written and nothing leaves.

    Raises:
        Forbidden: As :func:`trends`.
        RulesBroken: As :func:`crossing`; ``trends.no_recipient``; ``trends.ring``: with what already left it would let
            masked cells be guessed.
    """
    _refuse_same(command.down, command.across)
    found = _of_period(desk, command.first, command.last)
    if not command.recipient.strip():
        raise RulesBroken(Violation("trends.no_recipient", "recipient"))
    donor = for_statistics([one.record for one in found], desk.today)
    kept = {one.code for one in donor.kept}
    cells = {
        one.id: rules.cell_of(one.record, command.down, command.across) for one in found if one.record.code in kept
    }
    new = rules.Proposed(command.down, command.across, cells)
    sent = tuple(one.record for one in _in_order(desk))
    if rules.ring(new, sent):
        raise RulesBroken(Violation("trends.ring", "across"))
    leaves = rules.as_it_leaves(new, sent, left_one_by_one(desk))
    made = SentCrossing(
        at=desk.clock.now(),
        by=desk.actor.user_id,
        recipient=command.recipient.strip(),
        down=command.down,
        across=command.across,
        first=command.first,
        last=command.last,
        shown=leaves.shown,
        held=rules.held_cells(leaves.cells),
    )
    return Ready(command, made, donor)


def check_ready(desk: Desk, ready: Ready) -> None:
    """That it would still leave as she saw it.

    Raises:
        Forbidden: As :func:`trends`.
        RulesBroken: As :func:`prepare_crossing`; ``trends.changed``: an incident was changed, or another crossing left.
    """
    now = prepare_crossing(desk, ready.command).crossing
    if (now.shown, now.held) != (ready.crossing.shown, ready.crossing.held):
        raise RulesBroken(Violation("trends.changed"))


def remember_crossing(desk: Desk, ready: Ready, way: Way) -> Done[SentCrossing]:
    """Keep, sealed, that it left: for the masks of the next one, and for whoever takes her agreement back.

    Raises:
        Forbidden: As :func:`trends`.
        RulesBroken: ``sealed.too_long``.
    """
    request_id = f"{ready.command.request_id}/{way.value}"
    with changing(desk) as batch:
        if done := keeping.same_click(batch, request_id, SentCrossing):
            return Done(done.record)
        sent = replace(ready.crossing, at=desk.clock.now(), way=way)
        keeping.put_new(desk, batch, sent, request_id)
        batch.commit()
    return Done(sent, Changes.of(PROTECTION))


def export_crossing(desk: Desk, ready: Ready, path: Path, *, accepted: bool = False) -> Done[SentCrossing]:
    """Write it as .xlsx; it is remembered before the file is there, so that nothing leaves unremembered.

    Raises:
        Forbidden: As :func:`trends`; the user may not export.
        RulesBroken: As :func:`check_ready`; ``export.synchronised`` until she accepts.
        Problem: ``export.…``: it counts as sent all the same; the same click may write it again.
    """
    desk.require(Right.COMPARTMENT)
    desk.require(Right.EXPORT)
    check_place(path, accepted=accepted)
    face = crossing_face(desk, ready)
    with opened(desk).lock:
        if not _left_already(desk, ready, Way.FILE):
            check_ready(desk, ready)
        done = remember_crossing(desk, ready, Way.FILE)
    rows = (*face.rows, *(((note,)) for note in ("", *face.notes)))
    export_table(path, words.CROSSING_SHEET, face.columns, rows)
    return done


def draw_crossing(desk: Desk, ready: Ready, render: Callable[[CrossingFace, Office], bytes]) -> bytes:
    """Its paper, for the preview; once the printer has it, :func:`remember_crossing`.

    Raises:
        Forbidden: As :func:`trends`.
        RulesBroken: As :func:`check_ready`.
    """
    if not _left_already(desk, ready, Way.PAPER):
        check_ready(desk, ready)
    return render(crossing_face(desk, ready), desk.office)


def crossing_face(desk: Desk, ready: Ready) -> CrossingFace:
    """What leaves, in words."""
    sent, shown = ready.crossing, ready.crossing.shown
    columns = (words.AXES[sent.down], *(word_of(desk, sent.across, code) for code in shown.columns), words.TOTAL)
    rows: list[tuple[str | int, ...]] = []
    for code, total in zip(shown.rows, shown.row_totals, strict=True):
        values = (shown.value((code, other)) for other in shown.columns)
        rows.append((word_of(desk, sent.down, code), *(words.MASKED if one is None else one for one in values), total))
    rows.append((words.TOTAL, *shown.column_totals, shown.total))
    return CrossingFace(
        title=words.crossing_title(sent.down, sent.across),
        period=words.period(sent.first, sent.last),
        columns=columns,
        rows=tuple(rows),
        notes=words.crossing_notes(shown, ready.donor.no_consent, ready.donor.elsewhere),
    )


def word_of(desk: Desk, axis: Axis, code: str) -> str:
    """What a code of an axis is called."""
    if code == MERGED:
        return words.MERGED
    if axis is Axis.TYPE:
        return words.TYPES[GbvType(code)]
    if axis is Axis.MONTH:
        year, month = code.split("-")
        return f"{formats.MONTHS[int(month) - 1]} {year}"
    return desk.settings.label(_LISTS[axis], code) if axis in _LISTS and code != rules.NONE else code


def sent_crossings(desk: Desk) -> tuple[Kept[SentCrossing], ...]:
    """What left, the newest first.

    Raises:
        Forbidden: Without the right to the compartment.
    """
    return _in_order(desk)[::-1]


def left_one_by_one(desk: Desk) -> frozenset[str]:
    """Ids of the incidents that some recipient was given one by one.

    Raises:
        Forbidden: Without the right to the compartment.
    """
    return frozenset(one for sent in keeping.all_of(desk, SentIncidents) for one in sent.record.held)


def _in_order(desk: Desk) -> tuple[Kept[SentCrossing], ...]:
    """As they left."""
    return tuple(sorted(keeping.all_of(desk, SentCrossing), key=lambda one: (one.record.at, one.id)))


def _left_already(desk: Desk, ready: Ready, way: Way) -> bool:
    """Whether this very click had it leave: the same table may then be written again."""
    return opened(desk).get(request_key(f"{ready.command.request_id}/{way.value}")) is not None


def _of_period(desk: Desk, first: dt.date, last: dt.date) -> tuple[Kept[Incident], ...]:
    desk.require(Right.COMPARTMENT)
    broken = [] if keeping.is_responsable(desk) else [Violation("trends.responsable_only")]
    if last < first:
        broken.append(Violation("trends.period", "last"))
    keeping.refuse(tuple(broken))
    every = keeping.all_of(desk, Incident)
    return tuple(one for one in every if first <= one.record.happened_from.date() <= last)


def _refuse_same(down: Axis, across: Axis) -> None:
    if down is across:
        raise RulesBroken(Violation("trends.same_axis", "across"))
