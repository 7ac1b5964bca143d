"""Tables of counts by two axes, and the masking of what leaves the office (rules: Protecting the women).

In a crossing that leaves, cells from 1 to 4 are masked, with others where one could be computed back: from the totals,
or by taking one sending from another. Whether something is hidden is decided by building another world that would have
given the same papers: incidents that stand in exactly the same sendings exchange one of their two answers among
themselves. No total of any sending moves; so whatever cell such an exchange changes, in masked places only, nobody can
compute. What no exchange changes is masked further, and where that does not help the grand total alone leaves.

The exchange holds for the reader who keeps every paper ever sent, knows who stands in which one, and guesses that what
is masked holds at least one; and again for the one who was handed incidents one by one (``domain.gbvims``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

LEAST: Final = 5
"""Cells below it do not leave."""

Cell = tuple[str, str]


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


def counted(held: Mapping[str, Cell]) -> Crossing:
    """The table of these incidents, each in its cell."""
    counts = Counter(held.values())
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

    @property
    def masked(self) -> frozenset[Cell]:
        """The cells that are masked; none where the total alone left."""
        return frozenset(cell for cell in product(self.rows, self.columns) if self.value(cell) is None)


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


@dataclass(frozen=True, slots=True)
class Table:
    """A crossing that left, with the incidents that stood in it.

    Attributes:
        shown: What left.
        held: Id of each incident → its cell on that day.
    """

    shown: Shown
    held: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Beside:
    """What else the reader has.

    Attributes:
        others: Of every crossing of other axes that hangs together with these: the ids of its incidents.
        known: Ids of the incidents that left one by one.
        fixed: An empty cell is known to be empty: one axis follows from the other.
    """

    others: tuple[frozenset[str], ...] = ()
    known: frozenset[str] = frozenset()
    fixed: bool = False


NOTHING: Final = Beside()


def mask(held: Mapping[str, Cell], sent: Sequence[Table] = (), beside: Beside = NOTHING) -> Shown:
    """The crossing as it may leave.

    Args:
        held: The incidents, each in its cell.
        sent: What left before of the same two axes, rows as rows, with some of the same incidents.
        beside: What else the reader has.

    Returns:
        No cell of 1 to 4 is shown, and neither a masked cell, of this crossing or of an earlier one, nor a count of 1
        to 4 between two of them can be computed from all that is shown. Where nothing else would do, the total alone.
    """
    exact = counted(held)
    before = [table for table in sent if table.shown.rows]
    readers = _readers([*(table.held for table in before), held], beside)
    cells = tuple(product(exact.rows, exact.columns))
    masked = {cell for cell in cells if _small(exact.value(cell))}
    earlier = [set(table.shown.masked) for table in before]
    masked |= set(cells).intersection(set().union(*earlier))
    while told := _first_told(readers, [*earlier, masked]):
        more = _companions(exact, [*earlier, masked], told)
        if not more:
            return Shown(total=len(held))
        masked |= more
    return _shown(exact, masked)


def still_hidden(sent: Sequence[Table], beside: Beside = NOTHING) -> bool:
    """Whether what left of two axes still hides what it hid, for a reader who has all this beside."""
    tables = [table for table in sent if table.shown.rows]
    readers = _readers([table.held for table in tables], beside)
    return _first_told(readers, [set(table.shown.masked) for table in tables]) is None


def _small(value: int) -> bool:
    return 0 < value < LEAST


def _shown(crossing: Crossing, masked: Collection[Cell]) -> Shown:
    rows, columns = crossing.rows, crossing.columns
    return Shown(
        rows=rows,
        columns=columns,
        values=tuple(None if cell in masked else crossing.value(cell) for cell in product(rows, columns)),
        row_totals=tuple(sum(crossing.value((row, column)) for column in columns) for row in rows),
        column_totals=tuple(sum(crossing.value((row, column)) for row in rows) for column in columns),
        total=sum(crossing.cells.values()),
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Incidents that stand in exactly the same sendings: among themselves they may exchange an answer.

    Attributes:
        tables: Numbers of the tables that they stand in, in these very cells.
        cells: How many of them in each cell.
    """

    tables: frozenset[int]
    cells: Counter[Cell]


@dataclass(frozen=True, slots=True)
class _Reader:
    """What one reader cannot tell apart.

    Attributes:
        groups: Of the incidents that she was not handed one by one.
        counts: Of each table, exact.
        fixed: As in :class:`Beside`.
        knows: She was handed some.
    """

    groups: tuple[_Group, ...]
    counts: tuple[Counter[Cell], ...]
    fixed: bool
    knows: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """A cell that is not hidden yet, and the groups of which one must hide it."""

    reader: _Reader
    cell: Cell
    groups: tuple[_Group, ...]


def _readers(tables: Sequence[Mapping[str, Cell]], beside: Beside) -> tuple[_Reader, ...]:
    counts = tuple(Counter(held.values()) for held in tables)
    found = [_Reader(_groups(tables, beside, frozenset()), counts, beside.fixed, knows=False)]
    if any(one in held for held in tables for one in beside.known):
        found.append(_Reader(_groups(tables, beside, beside.known), counts, beside.fixed, knows=True))
    return tuple(found)


def _groups(tables: Sequence[Mapping[str, Cell]], beside: Beside, without: frozenset[str]) -> tuple[_Group, ...]:
    """By the tables they stand in; an incident corrected in between counts anew in each of its cells.

    Where crossings of other axes hang on these, a whole side of its answers is exchanged, so that only incidents that
    stand in the same ones may, and one that was corrected may with nobody.
    """
    made: dict[tuple[frozenset[int], frozenset[int], str], Counter[Cell]] = {}
    every = sorted({one for held in tables for one in held} - without)
    for one in every:
        places: dict[Cell, set[int]] = {}
        for number, held in enumerate(tables):
            if one in held:
                places.setdefault(held[one], set()).add(number)
        aside = frozenset(number for number, ids in enumerate(beside.others) if one in ids)
        alone = one if aside and len(places) > 1 else ""
        for cell, numbers in places.items():
            made.setdefault((frozenset(numbers), aside, alone), Counter())[cell] += 1
    return tuple(_Group(tables_of, cells) for (tables_of, _, _), cells in made.items())


def _first_told(readers: Iterable[_Reader], masks: Sequence[Collection[Cell]]) -> _Told | None:
    """The first cell that somebody can compute, or None."""
    for reader in readers:
        for cell, groups in _to_hide(reader, masks):
            if not any(_free(reader, group, masks, cell) for group in groups):
                return _Told(reader, cell, groups)
    return None


def _to_hide(reader: _Reader, masks: Sequence[Collection[Cell]]) -> Iterator[tuple[Cell, tuple[_Group, ...]]]:
    """Small counts of incidents that one can set apart; masked cells, but those of which she was handed everyone."""
    for group in reader.groups:
        for cell, count in sorted(group.cells.items()):
            if _small(count):
                yield cell, (group,)
    for number, masked in enumerate(masks):
        groups = tuple(group for group in reader.groups if number in group.tables)
        for cell in sorted(masked):
            if not reader.knows or any(group.cells[cell] for group in groups):
                yield cell, groups


def _companions(exact: Crossing, masks: Sequence[set[Cell]], told: _Told) -> set[Cell]:
    """What to mask besides in the last table: the cheapest rectangle that hides the cell; else the smallest cell.

    Cheapest is fewest cells, then the smallest counts. Empty where nothing is left to mask, or nothing of it helps.
    """
    *earlier, masked = masks
    last = len(masks) - 1
    groups = tuple(group for group in told.groups if last in group.tables)
    if not groups:
        return set()
    row, column = told.cell
    corners = (
        {told.cell, (row, across), (down, column), (down, across)} - masked
        for down, across in product(exact.rows, exact.columns)
        if down != row and across != column
    )
    hiding = [
        more
        for more in ({told.cell} - masked, *corners)
        if more and any(_free(told.reader, group, [*earlier, masked | more], told.cell) for group in groups)
    ]
    if hiding:
        return min(hiding, key=lambda more: (len(more), sum(exact.value(cell) for cell in more), sorted(more)))
    left = [cell for cell in product(exact.rows, exact.columns) if cell not in masked]
    return {min(left, key=lambda cell: (exact.value(cell), cell))} if left else set()


def _free(reader: _Reader, group: _Group, masks: Sequence[Collection[Cell]], cell: Cell) -> bool:
    """Whether exchanges inside the group change the cell, in masked places only; none that holds some becomes empty."""
    row, column = cell
    grow, shrink = _movable(reader, group, masks)
    if cell in grow and _reaches(grow - {cell}, shrink - {cell}, f"c:{column}", f"r:{row}"):
        return True
    return cell in shrink and _reaches(grow - {cell}, shrink - {cell}, f"r:{row}", f"c:{column}")


def _movable(reader: _Reader, group: _Group, masks: Sequence[Collection[Cell]]) -> tuple[set[Cell], set[Cell]]:
    """The cells that may grow by one, and those that may shrink by one."""
    numbers = sorted(group.tables)
    common = set(masks[numbers[0]]).intersection(*(masks[number] for number in numbers[1:]))
    grow = {cell for cell in common if not reader.fixed or any(count[cell] for count in reader.counts)}
    shrink = {
        cell for cell in common if group.cells[cell] and all(reader.counts[number][cell] > 1 for number in numbers)
    }
    return grow, shrink


def _reaches(grow: Collection[Cell], shrink: Collection[Cell], start: str, goal: str) -> bool:
    """A path of changes by one: from a row to a column one cell grows, from a column to a row one shrinks."""
    steps: dict[str, list[str]] = {}
    for row, column in grow:
        steps.setdefault(f"r:{row}", []).append(f"c:{column}")
    for row, column in shrink:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingFace:
    """A crossing in words, before it is drawn or written.

    Attributes:
        title: « Type par lieu ».
        period: « Du 01/01/2026 au 31/12/2026 ».
        columns: Titles, the first of the rows' names, the last of their totals.
        rows: Name, cells, total; the last row holds the totals.
        notes: What the reader must know.
    """

    title: str
    period: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    notes: tuple[str, ...]
