"""Published counts of what is sealed: distinct persons over any whole months, from rows that name nobody.

A row says how many persons had the thing done in a month, and the last month before in which they had it too. Over the
months a…b each person is met exactly once, in her first month of the period: the one whose ``previous_month`` lies
before a, or is none (storage: Counts for the report). No pseudonym is kept.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

PUBLISHED: Final = (
    "sante.tests_vih_femmes",
    "activites.adhesions_femmes_par_sorties",
    "activites.adhesions_mineures_par_sorties",
    "mineures.retours_en_famille",
    "mineures.retours_a_l_ecole",
    "protection.agressions_par_clients_gerees",
    "protection.refus_de_condom_geres",
    "protection.non_paiements_geres",
    "ecoutes.femmes",
    "ecoutes.mineures",
)
"""Codes of the report that are counted from sealed records; nothing else may leave the compartment."""

WHOLE: Final = ""
"""The cell of the figure itself; any other cell is a part of it, counted on its own."""

LEFT_OUT: Final = "left_out"
"""The cell of those who did not agree to be counted: how many they are is said beside the figure."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing done for one person, as her record tells it.

    Attributes:
        indicator: One of :data:`PUBLISHED`.
        on: The day.
        person: Who, any stable key; it stays in memory.
        cell: :data:`WHOLE`, :data:`LEFT_OUT`, or a part such as a band of age.
    """

    indicator: str
    on: dt.date
    person: str
    cell: str = WHOLE


@dataclass(frozen=True, slots=True)
class CountRow:
    """One row of the published counts.

    Attributes:
        indicator: One of :data:`PUBLISHED`.
        month: ``2026-11``.
        previous_month: The last month before with the same thing for the same persons, or None.
        cell: As in :class:`Counted`.
        persons: How many persons.
        sessions: How many times in that month, all of them together.
    """

    indicator: str
    month: str
    previous_month: str | None
    cell: str
    persons: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Figure:
    """Two figures, always both (rules: Écoutes and violence): distinct persons, and how many times."""

    persons: int = 0
    sessions: int = 0


def month_key(day: dt.date) -> str:
    """``2026-11``."""
    return f"{day.year:04d}-{day.month:02d}"


def count_rows(events: Iterable[Counted]) -> tuple[CountRow, ...]:
    """The rows to publish, in an order that depends on nothing else than themselves.

    Raises:
        ValueError: An indicator that is not published (a bug of ours).
    """
    times: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for event in events:
        if event.indicator not in PUBLISHED:
            raise ValueError(event.indicator)
        times[event.indicator, event.cell, event.person][month_key(event.on)] += 1
    persons: Counter[tuple[str, str, str, str | None]] = Counter()
    sessions: Counter[tuple[str, str, str, str | None]] = Counter()
    for (indicator, cell, _), months in times.items():
        previous: str | None = None
        for month in sorted(months):
            place = (indicator, cell, month, previous)
            persons[place] += 1
            sessions[place] += months[month]
            previous = month
    ordered = sorted(persons, key=lambda place: (place[0], place[1], place[2], place[3] or ""))
    return tuple(CountRow(one[0], one[2], one[3], one[1], persons[one], sessions[one]) for one in ordered)


def figure(rows: Iterable[CountRow], indicator: str, first: str, last: str, cell: str = WHOLE) -> Figure:
    """The two figures of one indicator over whole months.

    Args:
        rows: The published counts.
        indicator: One of :data:`PUBLISHED`.
        first: First month, ``2026-01``.
        last: Last month, inclusive.
        cell: The figure itself, or a part of it.
    """
    persons = sessions = 0
    for row in rows:
        if (row.indicator, row.cell) == (indicator, cell) and first <= row.month <= last:
            sessions += row.sessions
            if row.previous_month is None or row.previous_month < first:
                persons += row.persons
    return Figure(persons, sessions)


def figures(rows: Iterable[CountRow], first: str, last: str) -> Mapping[str, Figure]:
    """Every published indicator over whole months."""
    kept = tuple(rows)
    return {indicator: figure(kept, indicator, first, last) for indicator in PUBLISHED}


class Aliases:
    """Names that are the same person: an anonymous code, once it is tied to a person, counts as her from the start."""

    def __init__(self) -> None:
        """Begin with everybody apart."""
        self._parents: dict[str, str] = {}

    def tie(self, left: str, right: str) -> None:
        """Say that both are one person."""
        one, other = sorted((self.of(left), self.of(right)))
        if one != other:
            self._parents[other] = one

    def of(self, name: str) -> str:
        """The one name under which she is counted."""
        while name in self._parents:
            name = self._parents[name]
        return name
