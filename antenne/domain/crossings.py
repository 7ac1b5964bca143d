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
    if _first_told(readers, [*earlier, masked], [*earlier, set(cells)]):
        return Shown(total=len(held))
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


Joint = tuple[tuple[str, ...], tuple[str, ...]]
"""The rows and the columns of an incident in each table it stands in: they differ where one was coarser, or where the
incident was corrected in between."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Incidents that stand in exactly the same sendings: among themselves they may exchange their columns.

    Attributes:
        tables: Numbers of the tables that they stand in, in order.
        cells: How many of them in each joint cell.
    """

    tables: tuple[int, ...]
    cells: Counter[Joint]

    def places(self, joint: Joint) -> tuple[tuple[int, Cell], ...]:
        """Table and cell, for each table."""
        return tuple(zip(self.tables, zip(*joint, strict=True), strict=True))

    def at(self, table: int, cell: Cell) -> frozenset[Joint]:
        """The joint cells that stand for one cell of one table."""
        return frozenset(joint for joint in self.joints() if (table, cell) in self.places(joint))

    def joints(self) -> tuple[Joint, ...]:
        """Every joint cell that an exchange can reach."""
        rows, columns = sorted({row for row, _ in self.cells}), sorted({column for _, column in self.cells})
        return tuple(product(rows, columns))


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
    """Something that is not hidden yet: for each group that could hide it, the joint cells of which one must change.

    Attributes:
        reader: Who can tell.
        ways: Group, and the joint cells that all stand for it.
    """

    reader: _Reader
    ways: tuple[tuple[_Group, frozenset[Joint]], ...]


def _readers(tables: Sequence[Mapping[str, Cell]], beside: Beside) -> tuple[_Reader, ...]:
    counts = tuple(Counter(held.values()) for held in tables)
    found = [_Reader(_groups(tables, beside, frozenset()), counts, beside.fixed, knows=False)]
    if any(one in held for held in tables for one in beside.known):
        found.append(_Reader(_groups(tables, beside, beside.known), counts, beside.fixed, knows=True))
    return tuple(found)


def _groups(tables: Sequence[Mapping[str, Cell]], beside: Beside, without: frozenset[str]) -> tuple[_Group, ...]:
    """By the tables they stand in, of these axes and of others: what is exchanged is a whole side of their answers."""
    made: dict[tuple[tuple[int, ...], tuple[int, ...]], Counter[Joint]] = {}
    for one in sorted({key for held in tables for key in held} - without):
        inside = tuple(number for number, held in enumerate(tables) if one in held)
        aside = tuple(number for number, ids in enumerate(beside.others) if one in ids)
        cells = [tables[number][one] for number in inside]
        joint = tuple(row for row, _ in cells), tuple(column for _, column in cells)
        made.setdefault((inside, aside), Counter())[joint] += 1
    return tuple(_Group(inside, cells) for (inside, _), cells in made.items())


def _first_told(
    readers: Iterable[_Reader], masks: Sequence[Collection[Cell]], most: Sequence[Collection[Cell]] = ()
) -> _Told | None:
    """The first that somebody can compute, or None; with ``most``, were all this masked besides."""
    for reader in readers:
        moves = {id(group): _moves(reader, group, most or masks) for group in reader.groups}
        for ways in _to_hide(reader, masks):
            if not any(_free(moves[id(group)], joints) for group, joints in ways):
                return _Told(reader, ways)
    return None


def _to_hide(
    reader: _Reader, masks: Sequence[Collection[Cell]]
) -> Iterator[tuple[tuple[_Group, frozenset[Joint]], ...]]:
    """Small counts of incidents that one can set apart; masked cells, but those of which she was handed everyone."""
    for group in reader.groups:
        for joint, count in sorted(group.cells.items()):
            if _small(count):
                yield ((group, frozenset({joint})),)
    for number, masked in enumerate(masks):
        groups = [group for group in reader.groups if number in group.tables]
        for cell in sorted(masked):
            ways = tuple((group, group.at(number, cell)) for group in groups)
            if not reader.knows or any(group.cells[joint] for group, joints in ways for joint in joints):
                yield ways


def _companions(exact: Crossing, masks: Sequence[set[Cell]], told: _Told) -> set[Cell]:
    """What to mask besides in the last table: the cheapest rectangle that hides it; else the smallest cell that counts.

    Cheapest is fewest cells, then the smallest counts. Empty where nothing is left to mask, or nothing of it helps.
    """
    *earlier, masked = masks
    last = len(masks) - 1
    ways = [(group, joints) for group, joints in told.ways if last in group.tables]
    mine = {cell for group, joints in ways for joint in joints for table, cell in group.places(joint) if table == last}
    every = [cell for cell in product(exact.rows, exact.columns) if exact.value(cell) or not told.reader.fixed]
    corners = (
        {(row, column), (row, across), (down, column), (down, across)}
        for row, column in mine
        for down, across in product(exact.rows, exact.columns)
    )
    tried = {frozenset(more.intersection(every) - masked) for more in corners}
    hiding = [
        more
        for more in tried
        if more and any(_free(_moves(told.reader, group, [*earlier, masked | more]), joints) for group, joints in ways)
    ]
    if hiding:
        cheapest = min(hiding, key=lambda more: (len(more), sum(exact.value(cell) for cell in more), sorted(more)))
        return set(cheapest)
    left = [cell for cell in every if ways and cell not in masked]
    return {min(left, key=lambda cell: (not exact.value(cell), exact.value(cell), cell))} if left else set()


_Moves = tuple[frozenset[Joint], frozenset[Joint]]
"""The joint cells that may grow by one, and those that may shrink by one."""


def _moves(reader: _Reader, group: _Group, masks: Sequence[Collection[Cell]]) -> _Moves:
    """Only in masked places, of every table; none that holds some becomes empty."""
    grow = frozenset(
        joint
        for joint in group.joints()
        if all(
            cell in masks[table] and (not reader.fixed or reader.counts[table][cell])
            for table, cell in group.places(joint)
        )
    )
    crowd = Counter(place for joint in grow if group.cells[joint] for place in group.places(joint))
    shrink = frozenset(
        joint
        for joint in grow
        if group.cells[joint]
        and all(reader.counts[table][cell] > crowd[table, cell] for table, cell in group.places(joint))
    )
    return grow, shrink


def _free(moves: _Moves, joints: frozenset[Joint]) -> bool:
    """Whether some exchange changes how many stand in these joint cells together."""
    grow, shrink = moves
    rest = grow - joints, shrink - joints
    return any(
        (joint in grow and _reaches(*rest, ("column", joint[1]), ("row", joint[0])))
        or (joint in shrink and _reaches(*rest, ("row", joint[0]), ("column", joint[1])))
        for joint in sorted(joints)
    )


_Node = tuple[str, tuple[str, ...]]


def _reaches(grow: Iterable[Joint], shrink: Iterable[Joint], start: _Node, goal: _Node) -> bool:
    """A path of changes by one: from a row to a column one cell grows, from a column to a row one shrinks."""
    steps: dict[_Node, list[_Node]] = {}
    for row, column in grow:
        steps.setdefault(("row", row), []).append(("column", column))
    for row, column in shrink:
        steps.setdefault(("column", column), []).append(("row", row))
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        fresh = [one for one in steps.get(here, ()) if one not in seen]
        seen.update(fresh)
        waiting += fresh
    return False


MERGED: Final = "~ensemble"
"""Code of the rows, or columns, that are too small to stand alone; it sorts after every other."""
_SMALLEST: Final = 2
"""A table of fewer rows or columns is no crossing."""


def coarser(held: Mapping[str, Cell]) -> Iterator[dict[str, Cell]]:
    """The same incidents in tables of fewer, larger rows and columns, the finest first.

    The smallest rows are merged into one until all hold as many as asked; then the columns; then both.
    """
    for least in (LEAST, 2 * LEAST, 4 * LEAST):
        for sides in ((0,), (1,), (0, 1)):
            merged = [_merged([cell[side] for cell in held.values()], least if side in sides else 0) for side in (0, 1)]
            made = {
                key: (MERGED if row in merged[0] else row, MERGED if column in merged[1] else column)
                for key, (row, column) in held.items()
            }
            if any(merged) and all(len({cell[side] for cell in made.values()}) >= _SMALLEST for side in (0, 1)):
                yield made


def _merged(codes: Sequence[str], least: int) -> frozenset[str]:
    """The smallest codes, so many that none of those left holds fewer than ``least``, nor they together."""
    counts = sorted(Counter(codes).items(), key=lambda pair: (pair[1], pair[0]))
    taken: list[str] = []
    held = 0
    for code, count in counts:
        if count >= least and (held >= least or not taken):
            break
        taken.append(code)
        held += count
    return frozenset(taken) if len(taken) > 1 else frozenset()


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
