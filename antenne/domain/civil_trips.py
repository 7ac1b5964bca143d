"""Trips (tournées): files taken together to a court, a town hall or an audience foraine, and what came of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from antenne.domain.civil import CivilEvent, EventKind
from antenne.domain.civil_routes import Route, Step
from antenne.domain.civil_standing import Standing
from antenne.domain.violations import Violation


class Purpose(Enum):
    """What a file goes there for."""

    FILE = "file"
    HEAR = "hear"
    FETCH = "fetch"
    OTHER = "other"


class TripResult(Enum):
    """What came of a file; each becomes one event of its journal."""

    FILED = "filed"
    HEARING = "hearing"
    POSTPONED = "postponed"
    DELIBERATION = "deliberation"
    JUDGED = "judged"
    TRANSCRIBED = "transcribed"
    RECEIVED = "received"
    REJECTED = "rejected"
    NOTE = "note"


DATED: Final = frozenset({TripResult.HEARING, TripResult.POSTPONED, TripResult.DELIBERATION})
"""Results that need the next day."""

NUMBERED: Final = frozenset({TripResult.FILED, TripResult.JUDGED, TripResult.TRANSCRIBED})
"""Results that give each file a number of its own."""

WORDED: Final = frozenset({TripResult.POSTPONED, TripResult.REJECTED, TripResult.NOTE})
"""Results that need words."""

_STEPS: Final = {
    TripResult.FILED: Step.FILED,
    TripResult.HEARING: Step.HEARING,
    TripResult.JUDGED: Step.JUDGED,
    TripResult.TRANSCRIBED: Step.TRANSCRIBED,
    TripResult.RECEIVED: Step.RECEIVED,
    TripResult.REJECTED: Step.REJECTED,
}
_KINDS: Final = {
    TripResult.POSTPONED: EventKind.POSTPONED,
    TripResult.DELIBERATION: EventKind.DELIBERATION,
    TripResult.NOTE: EventKind.NOTE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TripFile:
    """One file of a trip; ``event_id`` is what came of it, or None."""

    file_id: int
    event_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """One trip.

    Attributes:
        on: Its day.
        place: Court, town hall (code of ``civil_places``) or free words: « audience foraine de Fatoma ».
        words: Who goes, with what; free.
        made_by: The user who planned it.
        closed_on: When it was closed, or None.
        files: In the order of the list.
    """

    id: int = 0
    on: dt.date
    place: str
    words: str = ""
    made_by: int
    closed_on: dt.date | None = None
    files: tuple[TripFile, ...] = ()

    @property
    def awaited(self) -> int:
        """Files without a result."""
        return sum(one.event_id is None for one in self.files)


def check_trip(trip: Trip) -> tuple[Violation, ...]:
    """Whether a trip may be kept: ``civil.trip_place``, ``civil.trip_files`` (none, or one twice)."""
    found: list[Violation] = []
    if not trip.place.strip():
        found.append(Violation("civil.trip_place", "place"))
    ids = [one.file_id for one in trip.files]
    if not ids or len(set(ids)) < len(ids):
        found.append(Violation("civil.trip_files", "files"))
    return tuple(found)


def check_change(before: Trip, after: Trip) -> tuple[Violation, ...]:
    """Whether an open trip may become another: ``civil.trip_closed``, ``civil.trip_done`` (a result would be lost)."""
    if before.closed_on is not None:
        return (Violation("civil.trip_closed"),)
    kept = {one.file_id for one in after.files}
    if any(one.event_id is not None and one.file_id not in kept for one in before.files):
        return (Violation("civil.trip_done", "files"),)
    return ()


def check_results(trip: Trip, file_ids: Sequence[int]) -> tuple[Violation, ...]:
    """Whether results may be entered for these files.

    Returns:
        ``civil.trip_closed``, ``civil.trip_nothing`` (nothing ticked), and for each file ``civil.trip_stranger`` (not
        of this trip) or ``civil.trip_entered`` (its result is there already), with ``file_id`` among the values.
    """
    if trip.closed_on is not None:
        return (Violation("civil.trip_closed"),)
    if not file_ids:
        return (Violation("civil.trip_nothing", "files"),)
    known = {one.file_id: one.event_id for one in trip.files}
    found: list[Violation] = []
    for file_id in file_ids:
        if file_id not in known:
            found.append(of_file(Violation("civil.trip_stranger"), file_id))
        elif known[file_id] is not None:
            found.append(of_file(Violation("civil.trip_entered"), file_id))
    return tuple(found)


def of_file(violation: Violation, file_id: int) -> Violation:
    """The same violation, told beside the row of its file."""
    return replace(violation, values=(*violation.values, ("file_id", file_id)))


def by_file(violations: Sequence[Violation]) -> dict[int | None, list[Violation]]:
    """Violations by the file that they are about; None for the others."""
    found: dict[int | None, list[Violation]] = {}
    for one in violations:
        number = dict(one.values).get("file_id")
        found.setdefault(number if isinstance(number, int) else None, []).append(one)
    return found


def purpose(step: Step, route: Route) -> Purpose:
    """What a file that stands there goes for: to file, to hear, to fetch."""
    if step not in route.steps or step is Step.RECEIVED or step is route.steps[-1]:
        return Purpose.OTHER
    following = route.steps[route.steps.index(step) + 1]
    if following in {Step.PIECES_READY, Step.FILED}:
        return Purpose.FILE
    return Purpose.HEAR if step is Step.HEARING or following is Step.HEARING else Purpose.FETCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One result for all ticked files.

    Attributes:
        result: What came.
        on: The day it happened.
        until: The new day, for the results of :data:`DATED`.
        words: The reason, for the results of :data:`WORDED`.
        place: Where.
        numbers: By file: number of the filing, judgment or register.
    """

    result: TripResult
    on: dt.date
    until: dt.date | None = None
    words: str = ""
    place: str = ""
    numbers: Mapping[int, str]


def event_of(entry: Entry, file_id: int, now: Standing, written_at: dt.datetime, actor_id: int) -> CivilEvent:
    """The event that a result becomes for one file: a hearing set anew stays in the step of hearings."""
    result = entry.result
    again = result is TripResult.HEARING and now.step is Step.HEARING
    kind = EventKind.HEARING_SET if again else _KINDS.get(result, EventKind.STEP)
    return CivilEvent(
        kind=kind,
        on=entry.on,
        written_at=written_at,
        actor_id=actor_id,
        step=_STEPS.get(result) if kind is EventKind.STEP else None,
        until=entry.until if result in DATED else None,
        place=entry.place,
        number=entry.numbers.get(file_id, "").strip() if result in NUMBERED else "",
        words=entry.words.strip(),
    )
