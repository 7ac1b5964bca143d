"""The board of civil files and the overview: what is asked and shown, success, delay, cost, children without an act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import median
from typing import Final

from antenne.domain.civil_clock import ClockState
from antenne.domain.civil_routes import ENDED, Beneficiary, Step

OPEN_STEPS: Final = tuple(step for step in Step if step not in ENDED)
"""Columns of the board, in the order of the way."""

EXAM_DAY, EXAM_MONTH, EXAM_WARNING = "civil.exam_day", "civil.exam_month", "civil.exam_warning"
"""Settings: last day of the exam registration, and how many days before the children are listed ~."""


class Scope(Enum):
    """Which files a list shows."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFilter:
    """What the board or the list is asked for; everything that is set must hold.

    Attributes:
        typed: A number, or names of the one whose paper it is or of the woman who asks.
        route_key: Of one démarche, or empty.
        place: Court or town hall (code or free words), or empty.
        beneficiary: Whose paper it is, or None.
        step: Where it stands, or None.
        asleep: No step for more days than the démarche allows.
        blocked: Something stands in the way.
        hearing_within: A hearing within so many days, or None.
        without_act: Children at school whose act is not there yet.
        school_class: Of one class, or empty.
        delay_ending: A birth that is not filed yet, from the day on which its démarche warns.
        scope: Open, ended, or both.
    """

    typed: str = ""
    route_key: str = ""
    place: str = ""
    beneficiary: Beneficiary | None = None
    step: Step | None = None
    asleep: bool = False
    blocked: bool = False
    hearing_within: int | None = None
    delay_ending: bool = False
    without_act: bool = False
    school_class: str = ""
    scope: Scope = Scope.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One file on the board or in the list.

    Attributes:
        name: Name on the act, « NOM Prénom ».
        requester: The woman who asks, « NOM Prénom ».
        route: French name of the démarche.
        since: When its step was reached.
        last_on: Day of its last event.
        asleep: No step for too long.
        school_class: In words, or empty.
        last_day: Last day of the declaration, where the clock runs and nothing was filed.
        delay_state: What the clock says then.
    """

    file_id: int
    number: str
    name: str
    requester: str
    route_key: str
    route: str
    step: Step
    step_words: str = ""
    since: dt.date
    last_on: dt.date
    hearing_on: dt.date | None = None
    deliberating: bool = False
    blocked_since: dt.date | None = None
    remind_on: dt.date | None = None
    place: str = ""
    school_class: str = ""
    asleep: bool = False
    last_day: dt.date | None = None
    delay_state: ClockState | None = None
    opened_on: dt.date


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One step: how many files stand there, and the first of them, the longest untouched on top."""

    step: Step
    count: int
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Every open file by step."""

    columns: tuple[BoardColumn, ...]

    @property
    def total(self) -> int:
        """Files in all."""
        return sum(column.count for column in self.columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the overview needs of one file.

    Attributes:
        group: Démarche or court.
        handed: It was handed over, be it reopened since.
        ended_on: Day it was first handed over, else rejected or abandoned, or None.
        opened_on: Its first day.
        received_on: Day its paper came to the office, or None.
        she: What she paid, FCFA.
        project: What the project paid, FCFA.
    """

    group: str
    handed: bool
    ended_on: dt.date | None
    opened_on: dt.date
    received_on: dt.date | None
    she: int = 0
    project: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFigures:
    """One line of the overview, for the files ended or received in the period.

    Attributes:
        group: Démarche or court; empty for « sans lieu » or the total.
        opened: Opened in the period.
        received: Papers received in the period.
        ended: Handed over, rejected or abandoned in the period.
        handed: Of these, handed over.
        days: Median of the days from opening to reception, or None where nothing was received.
        she: Mean of what she paid for a paper received, FCFA, rounded to the franc.
        project: Mean of what the project paid, likewise.
        free: Papers received without any fee.
    """

    group: str
    opened: int = 0
    received: int = 0
    ended: int = 0
    handed: int = 0
    days: int | None = None
    she: int = 0
    project: int = 0
    free: int = 0

    @property
    def success(self) -> int | None:
        """Handed over ÷ ended, in percent; None where nothing ended."""
        return None if not self.ended else (200 * self.handed + self.ended) // (2 * self.ended)

    @property
    def free_share(self) -> int | None:
        """Free ÷ received, in percent; None where nothing was received."""
        return None if not self.received else (200 * self.free + self.received) // (2 * self.received)


def figures(outcomes: Iterable[Outcome], first: dt.date, last: dt.date) -> tuple[GroupFigures, ...]:
    """The overview of a period, one line a group in the order of the names, both days included.

    « Free » is no fee, neither for her nor for the project (rules: How the report words the 2024 figures).
    """
    groups: dict[str, list[Outcome]] = {}
    for one in outcomes:
        groups.setdefault(one.group, []).append(one)
    found = (_figures(group, groups[group], first, last) for group in sorted(groups))
    return tuple(line for line in found if line.opened or line.received or line.ended)


def total(outcomes: Sequence[Outcome], first: dt.date, last: dt.date) -> GroupFigures:
    """The same over all groups."""
    return _figures("", outcomes, first, last)


def _figures(group: str, outcomes: Sequence[Outcome], first: dt.date, last: dt.date) -> GroupFigures:
    def inside(day: dt.date | None) -> bool:
        return day is not None and first <= day <= last

    received = [one for one in outcomes if inside(one.received_on)]
    ended = [one for one in outcomes if inside(one.ended_on)]
    days = [(one.received_on - one.opened_on).days for one in received if one.received_on is not None]
    return GroupFigures(
        group=group,
        opened=sum(inside(one.opened_on) for one in outcomes),
        received=len(received),
        ended=len(ended),
        handed=sum(one.handed for one in ended),
        days=int(median(days)) if days else None,
        she=_mean([one.she for one in received]),
        project=_mean([one.project for one in received]),
        free=sum(not one.she and not one.project for one in received),
    )


def _mean(amounts: Sequence[int]) -> int:
    """Rounded half up to the franc: XOF has no subunit (rules: Money)."""
    return (2 * sum(amounts) + len(amounts)) // (2 * len(amounts)) if amounts else 0


@dataclass(frozen=True, slots=True)
class ClassCount:
    """Children of one class whose act is not there yet."""

    school_class: str
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole overview of a period.

    Attributes:
        routes: By démarche, ``group`` is its key.
        places: By court or town hall, ``group`` is its code or free words.
        whole: All together.
        classes: Children without an act, by class, whatever the period.
        exam_on: The next last day of the exam registration.
    """

    routes: tuple[GroupFigures, ...]
    places: tuple[GroupFigures, ...]
    whole: GroupFigures
    classes: tuple[ClassCount, ...]
    exam_on: dt.date


def exam_day(settings: Mapping[str, int], today: dt.date) -> dt.date:
    """The next last day of the exam registration, today included.

    Args:
        settings: :data:`EXAM_DAY` and :data:`EXAM_MONTH`; a day that a month has not is its last one, a month that
            does not exist is January.
        today: The present day.
    """
    month = settings[EXAM_MONTH] if 1 <= settings[EXAM_MONTH] <= 12 else 1  # noqa: PLR2004 - months of a year
    found = _day_of(today.year, month, settings[EXAM_DAY])
    return found if found >= today else _day_of(today.year + 1, month, settings[EXAM_DAY])


def _day_of(year: int, month: int, day: int) -> dt.date:
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    last = after - dt.timedelta(days=1)
    return last.replace(day=min(max(day, 1), last.day))


def exam_is_near(exam_on: dt.date, warning_days: int, today: dt.date) -> bool:
    """Whether the children without an act are to be listed now (lessons: 9)."""
    return 0 <= (exam_on - today).days <= warning_days
