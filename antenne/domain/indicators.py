"""An indicator of the report: a name, a definition in words, how it is counted, which records stand behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from antenne.domain.account_papers import Period
from antenne.domain.dates import add_months

Source = TypeVar("Source")


@dataclass(frozen=True, slots=True)
class Part:
    """One line under a figure: a split of it, or what belongs beside it."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Counted:
    """What an indicator found.

    Attributes:
        value: The figure.
        parts: Lines shown under it.
        target: What was promised to the donor, or None.
    """

    value: int
    parts: tuple[Part, ...] = ()
    target: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Generic[Source]):
    """One line of the report, as data.

    Attributes:
        code: ``etat_civil.cartes_identite``: the area and the key of the published figures.
        label: French name.
        unit: What is counted, in the plural: « actes ».
        definition: What counts, in words; it stands under the figure on paper.
        count: The figure of a period, from the records.
        records: Ids of the records behind the figure: a click opens them.
    """

    code: str
    label: str
    unit: str
    definition: str
    count: Callable[[Source, Period], Counted]
    records: Callable[[Source, Period], tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """One figure of a report that was run."""

    code: str
    label: str
    unit: str
    definition: str
    counted: Counted


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was run."""

    period: Period
    lines: tuple[ReportLine, ...]


def year_period(year: int) -> Period:
    """A civil year, whole."""
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))


def months_period(first: dt.date, last: dt.date) -> Period | None:
    """From the month that holds one day to the month that holds another, both whole; None in the wrong order."""
    start, end = first.replace(day=1), last.replace(day=1)
    return None if end < start else Period(start, add_months(end, 1) - dt.timedelta(days=1))
