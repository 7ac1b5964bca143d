"""Trends for the responsable: exact on her screen, masked on anything that leaves, and what left is remembered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from antenne.domain import protection_trends as rules
from antenne.domain.changes import PROTECTION, Changes, Done
from antenne.domain.incidents import ForDonor, Incident, Purpose, for_statistics
from antenne.domain.protection_trends import Axis, Crossing, SentCrossing, Shown
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import protection_keeping as keeping
from antenne.services.compartment import Kept, changing
from antenne.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class SendCrossing:
    """A crossing that leaves, over whole days; only incidents whose survivor agreed to statistics."""

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


def trends(desk: Desk, first: dt.date, last: dt.date) -> Trends:
    """The single totals of the incidents that happened in a period.

    Raises:
        Forbidden: Without the right to the compartment, in the same words for everyone.
        RulesBroken: ``trends.responsable_only``, ``trends.period``.
    """
    found = _of_period(desk, first, last)
    totals = {axis: rules.totals(found, axis) for axis in Axis}
    return Trends(len(found), totals, for_statistics(found, desk.today))


def crossing(desk: Desk, down: Axis, across: Axis, first: dt.date, last: dt.date) -> Crossing:
    """Two axes, exact: for the screen, never for paper or export.

    Raises:
        Forbidden: As :func:`trends`.
        RulesBroken: As :func:`trends`; ``trends.same_axis``.
    """
    _refuse_same(down, across)
    return rules.cross(_of_period(desk, first, last), down, across)


def send_crossing(desk: Desk, command: SendCrossing) -> Done[SentCrossing]:
    """The masked crossing of those who agreed, remembered so that the next one does not undo its masks.

    Raises:
        Forbidden: As :func:`trends`.
        RulesBroken: As :func:`crossing`; ``trends.no_recipient``.
    """
    _refuse_same(command.down, command.across)
    if not command.recipient.strip():
        raise RulesBroken(Violation("trends.no_recipient", "recipient"))
    kept = for_statistics(_of_period(desk, command.first, command.last), desk.today).kept
    with changing(desk) as batch:
        if done := keeping.same_click(batch, command.request_id, SentCrossing):
            return Done(done.record)
        shown = rules.mask(rules.cross(kept, command.down, command.across), _before(desk, command))
        sent = SentCrossing(
            at=desk.clock.now(),
            by=desk.actor.user_id,
            recipient=command.recipient.strip(),
            down=command.down,
            across=command.across,
            first=command.first,
            last=command.last,
            shown=shown,
        )
        keeping.put_new(desk, batch, sent, command.request_id)
        batch.commit()
    return Done(sent, Changes.of(PROTECTION))


def sent_crossings(desk: Desk) -> tuple[Kept[SentCrossing], ...]:
    """What left, the newest first.

    Raises:
        Forbidden: Without the right to the compartment.
    """
    return tuple(sorted(keeping.all_of(desk, SentCrossing), key=lambda one: one.record.at, reverse=True))


def sent_with(desk: Desk, incident: Incident) -> tuple[SentCrossing, ...]:
    """The crossings that left with this incident in them: a withdrawal cannot call them back, and the screen says so.

    Raises:
        Forbidden: Without the right to the compartment.
    """
    on = incident.happened_from.date()
    every = (one.record for one in sent_crossings(desk))
    return tuple(
        one
        for one in every
        if one.first <= on <= one.last
        and one.at >= incident.created_at
        and incident.agrees(Purpose.STATISTICS, one.at.date())
        and not incident.reported_elsewhere
    )


def _before(desk: Desk, command: SendCrossing) -> Sequence[Shown]:
    """What left of the same two axes, whichever way round, for a period that shares days with this one."""
    found: list[Shown] = []
    for one in keeping.all_of(desk, SentCrossing):
        sent = one.record
        if sent.last < command.first or sent.first > command.last:
            continue
        if (sent.down, sent.across) == (command.down, command.across):
            found.append(sent.shown)
        elif (sent.across, sent.down) == (command.down, command.across):
            found.append(rules.turned(sent.shown))
    return found


def _of_period(desk: Desk, first: dt.date, last: dt.date) -> tuple[Incident, ...]:
    desk.require(Right.COMPARTMENT)
    broken = [] if keeping.is_responsable(desk) else [Violation("trends.responsable_only")]
    if last < first:
        broken.append(Violation("trends.period", "last"))
    keeping.refuse(tuple(broken))
    every = (one.record for one in keeping.all_of(desk, Incident))
    return tuple(one for one in every if first <= one.happened_from.date() <= last)


def _refuse_same(down: Axis, across: Axis) -> None:
    if down is across:
        raise RulesBroken(Violation("trends.same_axis", "across"))
