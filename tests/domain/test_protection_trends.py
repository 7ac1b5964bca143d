"""What leaves cannot be computed back: every masked cell has another possible value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from antenne.domain import protection_trends as rules
from antenne.domain.incidents import GbvType, Outcome
from antenne.domain.protection_trends import Axis, Crossing, SentCrossing, Shown, cross, mask, totals, turned
from antenne.domain.sealed_codec import from_payload, to_payload
from tests.domain.test_incidents import DAY, NOW, H, incident

NAMES = "abcd"


def crossing(rows: list[list[int]]) -> Crossing:
    cells = {(NAMES[r], NAMES[c]): value for r, row in enumerate(rows) for c, value in enumerate(row)}
    return Crossing(tuple(NAMES[: len(rows)]), tuple(NAMES[: len(rows[0])]), cells)


def _splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to share a total among so many cells."""
    if parts == 0:
        if total == 0:
            yield ()
        return
    for first in range(total + 1):
        for rest in _splits(total - first, parts - 1):
            yield (first, *rest)


def _fills(shown: Shown) -> Iterator[dict[tuple[str, str], int]]:
    """Every filling of the masked cells that keeps the totals: by brute force, row after row."""
    rows = []
    for row, total in zip(shown.rows, shown.row_totals, strict=True):
        masked = [(row, column) for column in shown.columns if shown.value((row, column)) is None]
        rest = total - sum(shown.value((row, column)) or 0 for column in shown.columns)
        rows.append([dict(zip(masked, split, strict=True)) for split in _splits(rest, len(masked))])
    for choice in product(*rows):
        filled = {cell: value for row in choice for cell, value in row.items()}
        sums = (
            sum(filled.get((row, column), shown.value((row, column)) or 0) for row in shown.rows)
            for column in shown.columns
        )
        if tuple(sums) == shown.column_totals:
            yield filled


TABLES = st.integers(1, 3).flatmap(
    lambda wide: st.lists(st.lists(st.integers(0, 7), min_size=wide, max_size=wide), min_size=1, max_size=2)
)


@given(rows=TABLES)
def test_no_small_cell_is_shown_and_none_can_be_computed_back(rows: list[list[int]]) -> None:
    exact = crossing(rows)
    shown = mask(exact)
    assert shown.total == sum(map(sum, rows))
    cells = list(product(shown.rows, shown.columns))
    for cell in cells:
        value = shown.value(cell)
        assert value is None or value == exact.value(cell)
        assert value is None or not 0 < value < 5
    masked = [cell for cell in cells if shown.value(cell) is None]
    fills = list(_fills(shown)) if masked else []
    for cell in masked:
        assert len({fill[cell] for fill in fills}) > 1


@given(rows=TABLES)
def test_nothing_is_masked_without_need(rows: list[list[int]]) -> None:
    if all(value == 0 or value >= 5 for row in rows for value in row):
        shown = mask(crossing(rows))
        assert shown.values == tuple(value for row in rows for value in row)


def test_a_second_cell_is_masked_where_the_first_could_be_computed_back() -> None:
    shown = mask(crossing([[3, 20, 30], [10, 20, 30], [10, 20, 30]]))
    assert shown.value(("a", "a")) is None
    hidden = [cell for cell in product("abc", "abc") if shown.value(cell) is None]
    assert len(hidden) == 4
    assert shown.row_totals == (53, 60, 60)


def test_two_blocks_joined_by_one_cell_do_not_tell_that_cell() -> None:
    """Two masked cells in every row and column are not enough: a bridge between two cycles is told by sums."""
    rows = [[3, 3, 9, 9], [3, 3, 3, 9], [9, 9, 3, 3], [9, 9, 3, 3]]
    shown = mask(crossing(rows))
    assert shown.value(("b", "c")) is None
    assert sum(value is None for value in shown.values) > 9


def test_where_nothing_can_hide_it_the_total_alone_leaves() -> None:
    alone = mask(crossing([[3]]))
    assert alone == Shown(total=3)
    assert alone.value(("a", "a")) is None
    assert mask(crossing([[2, 9]])) == Shown(total=11)


def test_what_was_sent_before_does_not_tell_by_its_difference() -> None:
    first = mask(crossing([[10, 20], [30, 40]]))
    second = crossing([[12, 20], [30, 40]])
    assert mask(second).value(("a", "a")) == 12
    assert mask(second, [first]).value(("a", "a")) is None
    assert mask(crossing([[10, 25], [30, 40]]), [first]).value(("a", "b")) == 25
    assert mask(second, [Shown(total=3)]).value(("a", "a")) == 12


def test_a_column_of_small_cells_that_a_zero_must_hide() -> None:
    shown = mask(crossing([[3, 0], [0, 9]]))
    assert shown.value(("z", "a")) == 0
    assert shown.value(("a", "a")) is None


def test_turned_is_the_same_table() -> None:
    shown = mask(crossing([[3, 20, 30], [10, 20, 30], [10, 20, 30]]))
    back = turned(shown)
    assert all(back.value((column, row)) == shown.value((row, column)) for row, column in product("abc", "abc"))
    assert turned(back) == shown


def test_axes_count_what_they_say() -> None:
    other = incident(
        gbv_type=GbvType.DENIAL, local_type="non_paiement", happened_to=NOW, place_type="rue", commune="Sévaré",
        outcomes=(Outcome(code="droit", on=DAY), Outcome(code="soins", on=DAY - dt.timedelta(days=1))),
        cared_at=NOW + 100 * H,
    )  # fmt: skip
    both = (incident(), other)
    assert totals(both, Axis.TYPE) == (("deni_ressources", 1), ("viol", 1))
    assert totals((*both, incident()), Axis.TYPE)[0] == ("viol", 2)
    assert totals(both, Axis.OUTCOME) == (("aucune", 1), ("droit", 1))
    assert totals(both, Axis.HOUR) == (("21-24 h", 1), ("inconnue", 1))
    assert totals(both, Axis.MONTH) == (("2026-11", 2),)
    assert totals(both, Axis.PLACE) == (("aucune", 1), ("rue", 1))
    assert totals(both, Axis.COMMUNE) == (("Sévaré", 1), ("aucune", 1))
    assert totals(both, Axis.LOCAL_TYPE) == (("agression_client", 1), ("non_paiement", 1))
    assert totals(both, Axis.DAY_PART) == (("inconnu", 1), ("soir_nuit", 1))
    table = cross(both, Axis.TYPE, Axis.PLACE)
    assert table.value(("viol", "aucune")) == 1
    assert table.value(("viol", "rue")) == 0


def test_the_delay_to_care_is_in_hours() -> None:
    began = NOW - 10 * H
    bands = [rules.delay_band(incident(cared_at=began + hours * H)) for hours in (1, 2, 71, 72, 119, 120)]
    assert bands == ["moins de 2 h", "2 à 72 h", "2 à 72 h", "72 à 120 h", "72 à 120 h", "plus de 120 h"]
    assert rules.delay_band(incident()) == "sans soins connus"


def test_what_was_sent_is_kept_as_it_was() -> None:
    sent = SentCrossing(
        at=NOW, by=1, recipient="bailleur", down=Axis.TYPE, across=Axis.MONTH, first=DAY, last=DAY,
        shown=mask(crossing([[3, 20], [10, 20]])),
    )  # fmt: skip
    assert from_payload(SentCrossing, to_payload(sent)) == sent
    assert replace(sent, recipient="x") != sent
