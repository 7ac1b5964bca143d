"""What leaves cannot be computed back: every masked cell has another possible value, whatever else was sent.

The tests do not use the masking's own reasoning: they go through every way to fill what is hidden.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from antenne.domain.crossings import MERGED, Beside, Cell, Shown, Table, coarser, counted, mask, still_hidden, turned

NAMES = "abcd"
Counts = Mapping[Cell, int]


def held(rows: list[list[int]], name: str = "") -> dict[str, Cell]:
    """So many incidents in each cell."""
    found: dict[str, Cell] = {}
    for r, row in enumerate(rows):
        for c, count in enumerate(row):
            found |= {f"{name}{NAMES[r]}{NAMES[c]}{number}": (NAMES[r], NAMES[c]) for number in range(count)}
    return found


def _splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to share a total among so many cells."""
    if parts == 0:
        if total == 0:
            yield ()
        return
    for first in range(total + 1):
        for rest in _splits(total - first, parts - 1):
            yield (first, *rest)


def _fills(shown: Shown) -> Iterator[dict[Cell, int]]:
    """Every table that the paper allows: by brute force, row after row."""
    rows = []
    for row, total in zip(shown.rows, shown.row_totals, strict=True):
        cells = [(row, column) for column in shown.columns]
        open_ = [cell for cell in cells if shown.value(cell) is None]
        rest = total - sum(shown.value(cell) or 0 for cell in cells)
        seen = {cell: shown.value(cell) or 0 for cell in cells}
        rows.append([{**seen, **dict(zip(open_, split, strict=True))} for split in _splits(rest, len(open_))])
    for choice in product(*rows):
        filled = {cell: value for row in choice for cell, value in row.items()}
        sums = tuple(sum(filled[(row, column)] for row in shown.rows) for column in shown.columns)
        if sums == shown.column_totals:
            yield filled


def _tables(rows: Mapping[str, int], columns: Mapping[str, int]) -> Iterator[dict[Cell, int]]:
    """Every table of these totals."""
    ways = [[dict(zip(columns, split, strict=True)) for split in _splits(rows[row], len(columns))] for row in rows]
    for choice in product(*ways):
        if all(sum(one[column] for one in choice) == total for column, total in columns.items()):
            yield {(row, column): one[column] for row, one in zip(rows, choice, strict=True) for column in columns}


def _rectangles(most: int, rows: int = 2, columns: int = 3) -> st.SearchStrategy[list[list[int]]]:
    return st.integers(1, columns).flatmap(
        lambda wide: st.lists(st.lists(st.integers(0, most), min_size=wide, max_size=wide), min_size=1, max_size=rows)
    )


@given(rows=_rectangles(7))
def test_no_small_cell_is_shown_and_none_can_be_computed_back(rows: list[list[int]]) -> None:
    cells = held(rows)
    exact, shown = counted(cells), mask(cells)
    assert shown.total == len(cells)
    for cell in product(shown.rows, shown.columns):
        value = shown.value(cell)
        assert value is None or (value == exact.value(cell) and not 0 < value < 5)
    fills = list(_fills(shown)) if shown.masked else []
    for cell in shown.masked:
        assert len({fill[cell] for fill in fills}) > 1


@given(rows=_rectangles(7))
def test_nothing_is_masked_without_need(rows: list[list[int]]) -> None:
    cells = held([[0 if value < 5 else value for value in row] for row in rows])
    shown, exact = mask(cells), counted(cells)
    assert shown.values == tuple(exact.value(cell) for cell in product(exact.rows, exact.columns))


_SQUARES = st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=2)


@given(first=_SQUARES, more=_SQUARES)
def test_two_sendings_do_not_tell_by_their_difference(first: list[list[int]], more: list[list[int]]) -> None:
    """The second holds the first and some others: neither what is masked nor a small difference can be computed."""
    before, added = held(first), held(more, "+")
    old = mask(before)
    new = mask(before | added, (Table(old, before),))
    assert new.total == len(before) + len(added)
    if not old.rows or not new.rows or not added:
        return
    between = {line: new.row_totals[place] for place, line in enumerate(new.rows)}
    across = {line: new.column_totals[place] for place, line in enumerate(new.columns)}
    for place, line in enumerate(old.rows):
        between[line] -= old.row_totals[place]
    for place, line in enumerate(old.columns):
        across[line] -= old.column_totals[place]
    worlds = [
        (one, other)
        for one in _fills(old)
        for other in _tables(between, across)
        if all(new.value(cell) in (None, one.get(cell, 0) + other[cell]) for cell in product(new.rows, new.columns))
    ]
    assert worlds
    for cell in old.masked:
        assert len({one[cell] for one, _ in worlds}) > 1
    for cell in new.masked:
        assert len({one.get(cell, 0) + other[cell] for one, other in worlds}) > 1
    for cell, count in counted(added).cells.items():
        if 0 < count < 5:
            assert len({other[cell] for _, other in worlds}) > 1


@given(rows=_rectangles(6, 2, 3), told=st.integers(0, 12))
def test_who_was_handed_some_of_them_cannot_compute_the_others(rows: list[list[int]], told: int) -> None:
    cells = held(rows)
    known = frozenset(sorted(cells)[: told % (len(cells) + 1)])
    shown = mask(cells, beside=Beside(known=known))
    if not shown.masked:
        return
    theirs = counted({one: cell for one, cell in cells.items() if one in known})
    rest = counted({one: cell for one, cell in cells.items() if one not in known})
    worlds = [fill for fill in _fills(shown) if all(fill[cell] >= theirs.value(cell) for cell in fill)]
    for cell, count in rest.cells.items():
        if 0 < count < 5:
            assert len({fill[cell] for fill in worlds}) > 1


def test_a_second_cell_is_masked_where_the_first_could_be_computed_back() -> None:
    shown = mask(held([[3, 20, 30], [10, 20, 30], [10, 20, 30]]))
    assert ("a", "a") in shown.masked
    assert len(shown.masked) == 4
    assert shown.row_totals == (53, 60, 60)


def test_two_blocks_joined_by_one_cell_do_not_tell_that_cell() -> None:
    """Two masked cells in every row and column are not enough: a bridge between two cycles is told by sums."""
    shown = mask(held([[3, 3, 9, 9], [3, 3, 3, 9], [9, 9, 3, 3], [9, 9, 3, 3]]))
    assert ("b", "c") in shown.masked
    assert len(shown.masked) > 9


def test_where_nothing_can_hide_it_the_total_alone_leaves() -> None:
    alone = mask(held([[3]]))
    assert alone == Shown(total=3)
    assert alone.value(("a", "a")) is None
    assert mask(held([[2, 9]])) == Shown(total=11)
    assert mask({}) == Shown(total=0)


def test_one_more_incident_since_the_last_sending_shows_the_total_alone() -> None:
    before = held([[10, 20], [30, 40]])
    old = mask(before)
    assert old.masked == frozenset()
    assert mask(before, (Table(old, before),)) == old
    assert mask(before | {"late": ("a", "a")}, (Table(old, before),)) == Shown(total=101)
    without = dict(sorted(before.items())[1:])
    assert mask(without, (Table(old, before),)) == Shown(total=99)


def test_enough_more_incidents_leave_as_they_are() -> None:
    before, added = held([[10, 20], [30, 40]]), held([[5, 0], [0, 7]], "+")
    shown = mask(before | added, (Table(mask(before), before),))
    assert shown.values == (15, 20, 30, 47)


def test_what_was_masked_before_stays_masked_and_more_with_it() -> None:
    before, added = held([[3, 8, 9], [8, 9, 9]]), held([[6, 6, 6], [6, 6, 6]], "+")
    old = mask(before)
    new = mask(before | added, (Table(old, before),))
    assert counted(before | added).value(("a", "a")) == 9
    assert old.masked <= new.masked


def test_a_table_that_showed_only_its_total_binds_nothing() -> None:
    cells = held([[12, 20], [30, 40]])
    assert mask(cells, (Table(Shown(total=3), dict(sorted(cells.items())[:3])),)).masked == frozenset()


def test_an_incident_corrected_since_stands_apart_in_each_of_its_cells() -> None:
    before = held([[10, 20], [30, 40]])
    after = {**before, "aa0": ("b", "a")}
    assert mask(after, (Table(mask(before), before),)) == Shown(total=100)


def test_a_column_of_small_cells_that_a_zero_must_hide() -> None:
    shown = mask(held([[3, 0], [0, 9]]))
    assert shown.value(("z", "a")) == 0
    assert ("a", "a") in shown.masked
    assert ("a", "b") in shown.masked


def test_an_empty_cell_that_everybody_knows_to_be_empty_hides_nothing() -> None:
    assert mask(held([[3, 0], [0, 9]]), beside=Beside(fixed=True)) == Shown(total=12)


def test_a_ring_of_six_hides_where_no_rectangle_does() -> None:
    around = held([[3, 6, 0], [0, 6, 6], [6, 0, 6]])
    shown = mask(around, beside=Beside(fixed=True))
    assert shown.masked == {cell for cell, count in counted(around).cells.items() if count}
    beyond = held([[3, 6, 0, 0], [0, 6, 6, 0], [6, 0, 6, 5]])
    assert mask(beyond, beside=Beside(fixed=True)) == Shown(total=38)


def test_other_tables_split_who_may_exchange() -> None:
    """Six in a masked square; three of them stand in another crossing too, so that they exchange among themselves."""
    cells = held([[2, 2], [2, 2]])
    assert mask(cells).rows
    one_each = frozenset({"aa0", "bb0", "ab0", "ba0"})
    assert mask(cells, beside=Beside(others=(one_each,))).rows
    assert mask(cells, beside=Beside(others=(frozenset({"aa0"}),))) == Shown(total=8)


def test_a_correction_is_told_only_by_cells_that_are_shown() -> None:
    """One changed its row in between; where its column is masked in both, it may be anyone's."""
    before = held([[4, 4], [4, 4]])
    old = mask(before)
    assert mask({**before, "aa0": ("b", "a")}, (Table(old, before),)).masked == old.masked


_COARSE = st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=3, max_size=3)


@given(rows=_COARSE)
def test_a_finer_table_after_a_coarser_one_tells_no_more(rows: list[list[int]]) -> None:
    """The first said two of the three rows together: the reader knows that they add up."""
    fine = held(rows)
    coarse = {key: ("b" if row == "c" else row, column) for key, (row, column) in fine.items()}
    old = mask(coarse)
    new = mask(fine, (Table(old, coarse),))
    if not old.rows or not new.rows:
        return
    worlds = [world for world in _fills(new) if _adds_up(world, old)]
    assert worlds
    for cell in new.masked:
        assert len({world[cell] for world in worlds}) > 1
    for cell in old.masked:
        assert len({_together(world, cell) for world in worlds}) > 1


def _together(world: Counts, cell: Cell) -> int:
    return sum(world.get((row, cell[1]), 0) for row in ("bc" if cell[0] == "b" else "a"))


def _adds_up(world: Counts, old: Shown) -> bool:
    return all(old.value(cell) in (None, _together(world, cell)) for cell in product(old.rows, old.columns))


@given(rows=_rectangles(9, 4, 3))
def test_small_rows_and_columns_are_merged_and_nobody_is_lost(rows: list[list[int]]) -> None:
    fine = held(rows)
    for one in coarser(fine):
        assert one.keys() == fine.keys()
        for side in (0, 1):
            counts = Counter(cell[side] for cell in one.values())
            assert len(counts) > 1
            assert MERGED not in counts or counts[MERGED] >= 5 or counts[MERGED] == len(one)
        for key, cell in one.items():
            assert all(merged in (MERGED, code) for merged, code in zip(cell, fine[key], strict=True))


def test_the_finest_comes_first() -> None:
    every = list(coarser(held([[30, 20], [1, 2], [2, 1]])))
    assert sorted({row for row, _ in every[0].values()}) == ["a", MERGED]
    assert {column for _, column in every[0].values()} == {"a", "b"}
    assert list(coarser(held([[30, 20], [20, 30]]))) == []


def test_what_hid_yesterday_is_looked_at_again_with_what_else_is_known() -> None:
    cells = held([[3, 20, 30], [10, 20, 30]])
    table = Table(mask(cells), cells)
    assert still_hidden((table,))
    assert still_hidden(())
    assert not still_hidden((table,), Beside(known=frozenset(cells) - {"aa0"}))


def test_turned_is_the_same_table() -> None:
    shown = mask(held([[3, 20, 30], [10, 20, 30], [10, 20, 30]]))
    back = turned(shown)
    assert all(back.value((column, row)) == shown.value((row, column)) for row, column in product("abc", "abc"))
    assert turned(back) == shown
