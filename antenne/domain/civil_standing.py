"""Where a civil file stands: the fold of its events, and what follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from antenne.domain.civil import CivilEvent, EventKind
from antenne.domain.civil_routes import ENDED, Route, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a file stands, folded from its events.

    Attributes:
        step: Where it stands.
        since: When that step was reached.
        reached: Each step behind it and its day; what lies after the step of a reopening is to be done again.
        received_on: Day on which its paper first came to the office: the year in which it counts, whatever is
            reopened later; a second paper of the same file is no second act.
        handed_on: Day on which it was first handed over, likewise.
        reopened_on: Day on which it was reopened once its paper had come, or None.
        hearing_on: Day of the hearing or deliberation that is awaited, or None.
        deliberating: That day is one of « délibéré ».
        postponed: How many times it was postponed.
        blocked_since: Since when it is blocked, or None.
        blocked_reason: Why.
        next_action: What is to be done, in words.
        remind_on: When.
        last_on: Day of the last event: after many days without one it is asleep.
        closed: It ended.
    """

    step: Step = Step.OPENED
    since: dt.date
    reached: dict[Step, dt.date] = field(default_factory=dict)
    received_on: dt.date | None = None
    handed_on: dt.date | None = None
    reopened_on: dt.date | None = None
    hearing_on: dt.date | None = None
    deliberating: bool = False
    postponed: int = 0
    blocked_since: dt.date | None = None
    blocked_reason: str = ""
    next_action: str = ""
    remind_on: dt.date | None = None
    last_on: dt.date

    @property
    def closed(self) -> bool:
        """Handed over, rejected or abandoned."""
        return self.step in ENDED


_HEARINGS: Final = frozenset({EventKind.HEARING_SET, EventKind.POSTPONED, EventKind.DELIBERATION})


def standing(opened_on: dt.date, events: Sequence[CivilEvent]) -> Standing:
    """Where a file stands after its events, in the order in which they were written."""
    folded = _Fold(opened_on)
    for event in _that_hold(events):
        folded.add(event)
    return folded.result(max((opened_on, *(event.on for event in events))))


def _that_hold(events: Sequence[CivilEvent]) -> list[CivilEvent]:
    """The events without the steps that were taken back as slips, and without the hearings of these steps."""
    kept: list[CivilEvent] = []
    for event in events:
        slip = _last_step(kept) if event.kind is EventKind.TAKEN_BACK else None
        if slip is not None:
            kept[slip:] = [one for one in kept[slip + 1 :] if one.kind not in _HEARINGS]
        kept.append(event)
    return kept


def _last_step(events: Sequence[CivilEvent]) -> int | None:
    """Where the last step stands that was not reached by reopening, or None."""
    for place in range(len(events) - 1, -1, -1):
        if events[place].kind is EventKind.REOPENED:
            return None
        if events[place].kind is EventKind.STEP:
            return place
    return None


def slip_of(events: Sequence[CivilEvent]) -> CivilEvent | None:
    """The step that would be taken back as a slip, or None."""
    holding = _that_hold(events)
    place = _last_step(holding)
    return None if place is None else holding[place]


class _Fold:
    """The state while events are read."""

    def __init__(self, opened_on: dt.date) -> None:
        self.step, self.since = Step.OPENED, opened_on
        self.reached = {Step.OPENED: opened_on}
        self.hearing_on: dt.date | None = None
        self.deliberating, self.postponed = False, 0
        self.blocked: tuple[dt.date, str] | None = None
        self.next_action = ""
        self.remind_on: dt.date | None = None
        self.received_on: dt.date | None = None
        self.handed_on: dt.date | None = None
        self.reopened_on: dt.date | None = None

    def add(self, event: CivilEvent) -> None:
        if event.kind in {EventKind.STEP, EventKind.REOPENED} and event.step is not None:
            self._reach(event, event.step)
        elif event.kind in _HEARINGS:
            self.hearing_on, self.deliberating = event.until, event.kind is EventKind.DELIBERATION
            self.postponed += event.kind is EventKind.POSTPONED
        elif event.kind is EventKind.BLOCKED:
            self.blocked = (event.on, event.words)
        elif event.kind is EventKind.UNBLOCKED:
            self.blocked = None
        elif event.kind is EventKind.NEXT_ACTION:
            self.next_action, self.remind_on = event.words, event.until
        elif event.kind is EventKind.DONE:
            self.next_action, self.remind_on = "", None

    def _reach(self, event: CivilEvent, step: Step) -> None:
        self.step, self.since = step, event.on
        if event.kind is EventKind.REOPENED:
            order = list(Step)
            self.reached = {one: day for one, day in self.reached.items() if order.index(one) <= order.index(step)}
            self.reached.setdefault(step, event.on)
            if self.received_on is not None:
                self.reopened_on = self.reopened_on or event.on
        else:
            self.reached[step] = event.on
            self._count(event, step)
        if event.kind is EventKind.STEP and step is Step.HEARING:
            self.hearing_on, self.deliberating = event.until, False
        elif step is not Step.HEARING:
            self.hearing_on, self.deliberating = None, False
        if step in ENDED:
            self.blocked, self.next_action, self.remind_on = None, "", None

    def _count(self, event: CivilEvent, step: Step) -> None:
        """The first time counts, and only it."""
        if step is Step.RECEIVED:
            self.received_on = self.received_on or event.on
        elif step is Step.HANDED:
            self.handed_on = self.handed_on or event.on

    def result(self, last_on: dt.date) -> Standing:
        return Standing(
            step=self.step,
            since=self.since,
            reached=self.reached,
            hearing_on=self.hearing_on,
            deliberating=self.deliberating,
            postponed=self.postponed,
            blocked_since=self.blocked[0] if self.blocked else None,
            blocked_reason=self.blocked[1] if self.blocked else "",
            next_action=self.next_action,
            remind_on=self.remind_on,
            last_on=last_on,
            received_on=self.received_on,
            handed_on=self.handed_on,
            reopened_on=self.reopened_on,
        )


def next_step(route: Route, now: Standing) -> Step | None:
    """The step that follows in the route, or None for a closed file."""
    if now.closed or now.step not in route.steps:
        return None
    return route.steps[route.steps.index(now.step) + 1]


def is_asleep(route: Route, now: Standing, today: dt.date) -> bool:
    """No event for more days than the route allows, and no hearing awaited."""
    waits = now.hearing_on is not None and now.hearing_on >= today
    return not now.closed and not waits and (today - now.last_on).days > route.stale_days
