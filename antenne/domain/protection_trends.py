"""Trends of the incidents, and the masking of what leaves the office.

The office's own totals are exact. In a crossing that leaves, cells from 1 to 4 are masked, with others where one could
be computed back from the totals (rules: Protecting the women); what was already sent is taken into account, so that two
sendings do not tell by their difference what each of them hides.

Whether a masked cell can be computed back is decided exactly: the masked cells and the published totals are a transport
problem, and a cell has another possible value if, and only if, a cycle of changes by one passes through it. The reader
is taken to guess that what is masked holds at least one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product
from typing import ClassVar, Final

from antenne.domain.incidents import Incident, day_part

LEAST: Final = 5
"""Cells below it do not leave (rules: Protecting the women)."""

Cell = tuple[str, str]


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


@dataclass(frozen=True, slots=True)
class Crossing:
    """Counts by two axes, exact: it does not leave as it is.

    Attributes:
        rows: Codes of the rows.
        columns: Codes of the columns.
        cells: Counts by row and column; 0 where it holds none.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[Cell, int]

    def value(self, cell: Cell) -> int:
        """One count."""
        return self.cells.get(cell, 0)


def cross(incidents: Iterable[Incident], down: Axis, across: Axis) -> Crossing:
    """Count by two axes."""
    counts = Counter((AXES[down](one), AXES[across](one)) for one in incidents)
    rows, columns = sorted({row for row, _ in counts}), sorted({column for _, column in counts})
    return Crossing(tuple(rows), tuple(columns), dict(counts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A crossing as it may leave: None is « masked ».

    Attributes:
        rows: Codes of the rows; empty, as all but the total, where even the rest would tell.
        columns: Codes of the columns.
        values: Row after row, column after column.
        row_totals: Of each row, exact.
        column_totals: Of each column, exact.
        total: Exact.
    """

    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    values: tuple[int | None, ...] = ()
    row_totals: tuple[int, ...] = ()
    column_totals: tuple[int, ...] = ()
    total: int

    def value(self, cell: Cell) -> int | None:
        """What is shown of one cell; None when it is masked, 0 where the crossing has no such row or column."""
        if not self.rows:
            return None
        if cell[0] not in self.rows or cell[1] not in self.columns:
            return 0
        return self.values[self.rows.index(cell[0]) * len(self.columns) + self.columns.index(cell[1])]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCrossing:
    """What was sent: kept sealed, so that the next sending does not undo its masks."""

    KIND: ClassVar[str] = "sent_crossing"
    at: dt.datetime
    by: int
    recipient: str
    down: Axis
    across: Axis
    first: dt.date
    last: dt.date
    shown: Shown


def mask(crossing: Crossing, sent: Sequence[Shown] = ()) -> Shown:
    """The crossing as it may leave.

    Args:
        crossing: Exact counts.
        sent: What left before of the same two axes.

    Returns:
        No cell of 1 to 4 is shown, none differs by 1 to 4 from what was shown of it before, and no masked cell can be
        computed from what is shown. Where the totals would tell whatever is masked, the grand total alone leaves.
    """
    cells = tuple(product(crossing.rows, crossing.columns))
    masked = {cell for cell in cells if _small(crossing.value(cell)) or _differs(crossing.value(cell), cell, sent)}
    while told := next((cell for cell in cells if cell in masked and not _free(crossing, masked, cell)), None):
        more = _companions(crossing, masked, told)
        if not more:
            return Shown(total=sum(crossing.cells.values()))
        masked |= more
    return _shown(crossing, masked)


def turned(shown: Shown) -> Shown:
    """The same with rows as columns."""
    return Shown(
        rows=shown.columns,
        columns=shown.rows,
        values=tuple(shown.value((row, column)) for column, row in product(shown.columns, shown.rows)),
        row_totals=shown.column_totals,
        column_totals=shown.row_totals,
        total=shown.total,
    )


def _small(value: int) -> bool:
    return 0 < value < LEAST


def _differs(value: int, cell: Cell, sent: Sequence[Shown]) -> bool:
    before = (one.value(cell) for one in sent)
    return any(_small(abs(value - one)) for one in before if one is not None)


def _shown(crossing: Crossing, masked: set[Cell]) -> Shown:
    rows, columns = crossing.rows, crossing.columns
    return Shown(
        rows=rows,
        columns=columns,
        values=tuple(None if cell in masked else crossing.value(cell) for cell in product(rows, columns)),
        row_totals=tuple(sum(crossing.value((row, column)) for column in columns) for row in rows),
        column_totals=tuple(sum(crossing.value((row, column)) for row in rows) for column in columns),
        total=sum(crossing.cells.values()),
    )


def _companions(crossing: Crossing, masked: set[Cell], told: Cell) -> set[Cell]:
    """What to mask besides: the corners of the cheapest rectangle that hides the cell; else one cell, the smallest.

    Cheapest is fewest cells, then the smallest counts. Empty where nothing is left to mask.
    """
    row, column = told
    corners = (
        {(row, across), (down, column), (down, across)} - masked
        for down, across in product(crossing.rows, crossing.columns)
        if down != row and across != column
    )
    hiding = [more for more in corners if more and _free(crossing, masked | more, told)]
    if hiding:
        return min(hiding, key=lambda more: (len(more), sum(crossing.value(cell) for cell in more), sorted(more)))
    left = [cell for cell in product(crossing.rows, crossing.columns) if cell not in masked]
    return {min(left, key=lambda cell: (crossing.value(cell), cell))} if left else set()


def _free(crossing: Crossing, masked: set[Cell], cell: Cell) -> bool:
    """Whether the cell could hold another value with the same totals, none that holds something becoming empty."""
    row, column = cell
    others = masked - {cell}
    grows = _reaches(crossing, others, f"c:{column}", f"r:{row}")
    return grows or (crossing.value(cell) > 1 and _reaches(crossing, others, f"r:{row}", f"c:{column}"))


def _reaches(crossing: Crossing, masked: set[Cell], start: str, goal: str) -> bool:
    """A path of changes by one: from a row to a column one cell grows, from a column to a row one shrinks."""
    steps: dict[str, list[str]] = {}
    for row, column in masked:
        steps.setdefault(f"r:{row}", []).append(f"c:{column}")
        if crossing.value((row, column)) > 1:
            steps.setdefault(f"c:{column}", []).append(f"r:{row}")
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        fresh = [one for one in steps.get(here, ()) if one not in seen]
        seen.update(fresh)
        waiting += fresh
    return False
