"""Trends of the incidents: what they are counted by, what of it left, and which crossings would tell too much together.

The office's own totals are exact. What leaves is masked by ``domain.crossings`` and remembered, sealed.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import chain
from typing import ClassVar, Final

from antenne.domain.crossings import (
    Beside,
    Cell,
    Crossing,
    Shown,
    Table,
    coarser,
    counted,
    mask,
    still_hidden,
    turned,
)
from antenne.domain.incidents import Incident, day_part
from antenne.domain.sendings import Way


class Axis(Enum):
    """What the incidents are counted by."""

    TYPE = "type"
    LOCAL_TYPE = "type_local"
    PLACE = "lieu"
    COMMUNE = "commune"
    DAY_PART = "moment"
    HOUR = "heure"
    MONTH = "mois"
    OUTCOME = "issue"
    DELAY = "delai"


DELAYS: Final = ((2, "moins de 2 h"), (72, "2 à 72 h"), (120, "72 à 120 h"))
LATER, NO_CARE = "plus de 120 h", "sans soins connus"
NONE: Final = "aucune"
_DAY_HOURS: Final = 3


def delay_band(incident: Incident) -> str:
    """How long to care, in hours from the earliest instant; at exactly 72 h the delay is over."""
    if incident.cared_at is None:
        return NO_CARE
    waited = incident.cared_at - incident.happened_from
    return next((name for hours, name in DELAYS if waited < dt.timedelta(hours=hours)), LATER)


def _hour(incident: Incident) -> str:
    if day_part(incident.span, incident.day_part) == "inconnu" or not incident.span.exact:
        return "inconnue"
    start = incident.happened_from.hour // _DAY_HOURS * _DAY_HOURS
    return f"{start:02d}-{start + _DAY_HOURS:02d} h"


def _outcome(incident: Incident) -> str:
    return max(incident.outcomes, key=lambda one: one.on).code if incident.outcomes else NONE


AXES: Final[Mapping[Axis, Callable[[Incident], str]]] = {
    Axis.TYPE: lambda one: one.gbv_type.value,
    Axis.LOCAL_TYPE: lambda one: one.local_type,
    Axis.PLACE: lambda one: one.place_type or NONE,
    Axis.COMMUNE: lambda one: one.commune or NONE,
    Axis.DAY_PART: lambda one: day_part(one.span, one.day_part),
    Axis.HOUR: _hour,
    Axis.MONTH: lambda one: f"{one.happened_from:%Y-%m}",
    Axis.OUTCOME: _outcome,
    Axis.DELAY: delay_band,
}


def totals(incidents: Sequence[Incident], axis: Axis) -> tuple[tuple[str, int], ...]:
    """Single totals, exact: for the office's own screen; the commonest first."""
    counts = Counter(AXES[axis](one) for one in incidents)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def cross(incidents: Iterable[Incident], down: Axis, across: Axis) -> Crossing:
    """Count by two axes."""
    return counted({str(number): cell_of(one, down, across) for number, one in enumerate(incidents)})


def cell_of(incident: Incident, down: Axis, across: Axis) -> Cell:
    """Where an incident stands."""
    return AXES[down](incident), AXES[across](incident)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCell:
    """Who stood in one cell of what left: sealed ids, in hex; they stay in the compartment."""

    row: str
    column: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCrossing:
    """What was sent: kept sealed, so that the next sending does not undo its masks and a withdrawal can name it.

    Attributes:
        at: When it left, UTC.
        by: The user's id.
        recipient: To whom.
        down: What its rows are.
        across: What its columns are.
        first: First day of the period.
        last: Last day of the period.
        shown: What left.
        way: As a file or on paper; None in records older than the question.
        held: Who stood in it, by cell; empty in records older than the question.
    """

    KIND: ClassVar[str] = "sent_crossing"
    at: dt.datetime
    by: int
    recipient: str
    down: Axis
    across: Axis
    first: dt.date
    last: dt.date
    shown: Shown
    way: Way | None = None
    held: tuple[HeldCell, ...] = ()

    @property
    def cells(self) -> dict[str, Cell]:
        """Id of each incident → its cell."""
        return {one: (cell.row, cell.column) for cell in self.held for one in cell.ids}

    def holds(self, record_id: str) -> bool:
        """Whether this incident stood in it."""
        return any(record_id in cell.ids for cell in self.held)


def held_cells(cells: Mapping[str, Cell]) -> tuple[HeldCell, ...]:
    """The incidents of a crossing, by cell, in one order."""
    found: dict[Cell, list[str]] = {}
    for one in sorted(cells):
        found.setdefault(cells[one], []).append(one)
    return tuple(HeldCell(row=row, column=column, ids=tuple(ids)) for (row, column), ids in sorted(found.items()))


_FOLLOWS: Final = (frozenset({Axis.TYPE, Axis.LOCAL_TYPE}), frozenset({Axis.DAY_PART, Axis.HOUR}))
"""Two axes of which one tells much of the other: non-payment is never psychological violence, 3 h is the night."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A crossing that is to leave."""

    down: Axis
    across: Axis
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A crossing that left, or is about to (``shown`` is None)."""

    down: Axis
    pair: frozenset[Axis]
    cells: Mapping[str, Cell]
    shown: Shown | None = None

    def table(self, down: Axis) -> Table:
        """As rows by ``down``."""
        assert self.shown is not None
        if self.down is down:
            return Table(self.shown, self.cells)
        return Table(turned(self.shown), {key: (column, row) for key, (row, column) in self.cells.items()})


def ring(new: Proposed, sent: Sequence[SentCrossing]) -> bool:
    """Whether it would close a ring with what left: type by place, place by month, then type by month.

    Crossings whose axes form no ring tell no more together than each alone: two of them share one axis at most, whose
    totals are exact anyway, and for every way to fill the one there is a way to fill the other (graphical models call
    them decomposable). A ring narrows its cells in ways that no mask of one table sees.
    """
    sheet, near = _about(new, sent)
    pairs = {one.pair for one in near}
    if sheet.pair in _FOLLOWS or sheet.pair in pairs:
        return False
    return new.across in _joined(new.down, pairs)


@dataclass(frozen=True, slots=True)
class Leaves:
    """A crossing as it leaves, and where each incident stands in it: small rows and columns may have been merged."""

    shown: Shown
    cells: Mapping[str, Cell]


def as_it_leaves(new: Proposed, sent: Sequence[SentCrossing], known: frozenset[str] = frozenset()) -> Leaves:
    """The masked crossing, checked against everything that left.

    Where masks alone would not do, the smallest rows and columns are merged; where that does not do either, the grand
    total leaves alone.

    Args:
        new: What is to leave; :func:`ring` is False.
        sent: Everything that left.
        known: Ids of the incidents that left one by one.
    """
    merged = iter(()) if frozenset({new.down, new.across}) in _FOLLOWS else coarser(new.cells)
    tried = chain((new.cells,), merged)
    found = (Leaves(_masked(replace(new, cells=cells), sent, known), cells) for cells in tried)
    return next((one for one in found if one.shown.rows), Leaves(Shown(total=len(new.cells)), new.cells))


def _masked(new: Proposed, sent: Sequence[SentCrossing], known: frozenset[str]) -> Shown:
    sheet, near = _about(new, sent)
    every = (*_sheets(sent), sheet)
    same = tuple(one.table(new.down) for one in near if one.pair == sheet.pair)
    shown = mask(new.cells, same, _beside(sheet, every, known))
    if shown.rows and not all(_holds(pair, every, known) for pair in {one.pair for one in every} - {sheet.pair}):
        return Shown(total=shown.total)
    return shown


def told_by(sent: Sequence[SentCrossing], known: frozenset[str]) -> tuple[SentCrossing, ...]:
    """The crossings that no longer hide what they hid once these incidents have left one by one, in their order."""
    every = _sheets(sent)
    told = {pair for pair in {one.pair for one in every} if not _holds(pair, every, known)}
    return tuple(one for one in sent if one.shown.rows and frozenset({one.down, one.across}) in told)


def _sheets(sent: Iterable[SentCrossing]) -> tuple[_Sheet, ...]:
    """What showed cells; a total alone tells of no cell."""
    pairs = ((one, frozenset({one.down, one.across})) for one in sent if one.shown.rows)
    return tuple(_Sheet(one.down, pair, one.cells, one.shown) for one, pair in pairs)


def _about(new: Proposed, sent: Sequence[SentCrossing]) -> tuple[_Sheet, tuple[_Sheet, ...]]:
    sheet = _Sheet(new.down, frozenset({new.down, new.across}), new.cells)
    return sheet, _near(sheet, _sheets(sent))


def _holds(pair: frozenset[Axis], every: Sequence[_Sheet], known: frozenset[str]) -> bool:
    """Whether everything of these two axes still hides what it hid."""
    ones = [one for one in every if one.pair == pair]
    tables = [one.table(ones[0].down) for one in ones]
    whole = _Sheet(ones[0].down, pair, {key: cell for one in ones for key, cell in one.cells.items()})
    return still_hidden(tables, _beside(whole, every, known))


def _beside(sheet: _Sheet, every: Sequence[_Sheet], known: frozenset[str]) -> Beside:
    """What else the reader has, beside crossings of these two axes.

    A month follows from the period of any crossing that holds the incident, so that months are exchanged only among
    those that stand in the same crossings of whatever axes.
    """
    near = _near(sheet, every)
    axes = _kin(sheet.pair).union(*(one.pair for one in near))
    others = every if Axis.MONTH in axes else near
    return Beside(
        tuple(frozenset(one.cells) for one in others if one.pair != sheet.pair), known, fixed=sheet.pair in _FOLLOWS
    )


def _near(sheet: _Sheet, every: Sequence[_Sheet]) -> tuple[_Sheet, ...]:
    """Those that share incidents and an axis with it, or with one that does, and so on."""
    found: list[_Sheet] = []
    waiting = [sheet]
    while waiting:
        here = waiting.pop()
        for one in every:
            fresh = one is not sheet and not any(one is other for other in found)
            if fresh and _kin(here.pair) & _kin(one.pair) and not here.cells.keys().isdisjoint(one.cells):
                found.append(one)
                waiting.append(one)
    return tuple(one for one in every if any(one is other for other in found))


def _kin(pair: frozenset[Axis]) -> frozenset[Axis]:
    """The axes of a crossing and those that follow from one of them."""
    return pair.union(*(follows for follows in _FOLLOWS if follows & pair))


def _joined(start: Axis, pairs: Iterable[frozenset[Axis]]) -> set[Axis]:
    """Every axis that these pairs lead to from one."""
    steps = [*pairs, *_FOLLOWS]
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        fresh = {other for pair in steps if here in pair for other in pair} - seen
        seen |= fresh
        waiting += fresh
    return seen
