"""What incidents are counted by, and which crossings may leave beside which."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from antenne.domain import protection_trends as rules
from antenne.domain.crossings import Cell, Shown, mask
from antenne.domain.incidents import GbvType, Outcome
from antenne.domain.protection_trends import Axis, Proposed, SentCrossing, as_it_leaves, cross, held_cells, ring, totals
from antenne.domain.sealed_codec import from_payload, to_payload
from antenne.domain.sendings import Way
from tests.domain.test_crossings import held
from tests.domain.test_incidents import DAY, NOW, H, incident

_SQUARE = held([[10, 20], [30, 40]])
_SMALL = held([[3, 20, 30], [10, 20, 30], [10, 20, 30]])


def sent(down: Axis, across: Axis, cells: dict[str, Cell], shown: Shown | None = None) -> SentCrossing:
    return SentCrossing(
        at=NOW, by=1, recipient="Bailleur", down=down, across=across, first=DAY, last=DAY,
        shown=mask(cells) if shown is None else shown, way=Way.PAPER, held=held_cells(cells),
    )  # fmt: skip


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


def test_what_was_sent_is_kept_as_it_was_and_knows_who_stood_in_it() -> None:
    one = sent(Axis.TYPE, Axis.MONTH, {"7f": ("viol", "2026-01"), "8e": ("viol", "2026-01"), "9d": ("viol", "2026-02")})
    assert from_payload(SentCrossing, to_payload(one)) == one
    assert one.held[0].ids == ("7f", "8e")
    assert one.cells["9d"] == ("viol", "2026-02")
    assert one.holds("8e")
    assert not one.holds("6a")
    older = {key: value for key, value in to_payload(one).items() if key not in ("way", "held")}
    assert from_payload(SentCrossing, older).cells == {}


def test_the_same_two_questions_are_masked_against_each_other_whichever_way_round() -> None:
    before = sent(Axis.PLACE, Axis.TYPE, {key: (column, row) for key, (row, column) in _SQUARE.items()})
    same = Proposed(Axis.TYPE, Axis.PLACE, _SQUARE)
    assert not ring(same, (before,))
    assert as_it_leaves(same, (before,)).shown == mask(_SQUARE)
    more = Proposed(Axis.TYPE, Axis.PLACE, {**_SQUARE, "late": ("a", "a")})
    assert as_it_leaves(more, (before,)).shown == Shown(total=101)


def test_a_crossing_of_other_incidents_binds_nothing() -> None:
    before = sent(Axis.TYPE, Axis.PLACE, held([[3, 8], [8, 9]], "-"))
    assert as_it_leaves(Proposed(Axis.TYPE, Axis.PLACE, _SQUARE), (before,)).shown.masked == frozenset()


def test_three_questions_two_by_two_make_a_ring() -> None:
    one, other = sent(Axis.TYPE, Axis.PLACE, _SQUARE), sent(Axis.PLACE, Axis.MONTH, _SQUARE)
    third = Proposed(Axis.TYPE, Axis.MONTH, _SQUARE)
    assert not ring(third, (one,))
    assert ring(third, (one, other))
    assert not ring(replace(third, cells=held([[10, 20]], "-")), (one, other))
    assert not ring(Proposed(Axis.OUTCOME, Axis.MONTH, _SQUARE), (one, other))
    assert not ring(Proposed(Axis.TYPE, Axis.PLACE, _SQUARE), (one, other))


def test_the_office_s_type_and_the_hour_follow_from_type_and_part_of_the_day() -> None:
    one = sent(Axis.TYPE, Axis.PLACE, _SQUARE)
    assert ring(Proposed(Axis.LOCAL_TYPE, Axis.PLACE, _SQUARE), (one,))
    assert not ring(Proposed(Axis.LOCAL_TYPE, Axis.TYPE, _SQUARE), (one,))
    assert not ring(Proposed(Axis.LOCAL_TYPE, Axis.HOUR, _SQUARE), (one,))
    both = (one, sent(Axis.PLACE, Axis.HOUR, _SQUARE))
    assert ring(Proposed(Axis.LOCAL_TYPE, Axis.DAY_PART, _SQUARE), both)
    thin = held([[3, 0], [0, 9]])
    assert as_it_leaves(Proposed(Axis.TYPE, Axis.PLACE, thin), ()).shown.rows
    assert not as_it_leaves(Proposed(Axis.TYPE, Axis.LOCAL_TYPE, thin), ()).shown.rows


def test_a_crossing_of_another_question_must_not_undo_an_earlier_one() -> None:
    """Type by place of all; then type by outcome of some: who stands in both can be set apart."""
    first = sent(Axis.TYPE, Axis.PLACE, _SMALL)
    assert first.shown.masked
    whole = Proposed(Axis.TYPE, Axis.OUTCOME, {key: (row, "x") for key, (row, _) in _SMALL.items()})
    assert as_it_leaves(whole, (first,)).shown.rows
    hidden = [key for key, cell in _SMALL.items() if cell in first.shown.masked]
    part = Proposed(Axis.TYPE, Axis.OUTCOME, {key: (_SMALL[key][0], "x") for key in _SMALL if key != hidden[0]})
    assert as_it_leaves(part, (first,)).shown == Shown(total=len(_SMALL) - 1)


def test_a_month_follows_from_the_period_of_any_crossing() -> None:
    first = sent(Axis.OUTCOME, Axis.MONTH, _SMALL)
    hidden = [key for key, cell in _SMALL.items() if cell in first.shown.masked]
    part = {key: ("viol", "rue") for key in _SMALL if key != hidden[0]}
    assert as_it_leaves(Proposed(Axis.TYPE, Axis.PLACE, part), (first,)).shown == Shown(total=len(part))
    timeless = sent(Axis.OUTCOME, Axis.DELAY, _SMALL)
    assert as_it_leaves(Proposed(Axis.TYPE, Axis.PLACE, part), (timeless,)).shown.rows


def test_incidents_that_left_one_by_one_are_no_cover() -> None:
    new = Proposed(Axis.TYPE, Axis.PLACE, _SMALL)
    assert as_it_leaves(new, ()).shown.rows
    all_but_one = frozenset(_SMALL) - {"aa0"}
    assert as_it_leaves(new, (), all_but_one).shown == Shown(total=len(_SMALL))
    first = sent(Axis.TYPE, Axis.PLACE, _SMALL)
    total = sent(Axis.DELAY, Axis.PLACE, _SMALL, Shown(total=9))
    assert rules.told_by((first, total), all_but_one) == (first,)
    assert rules.told_by((first, total), frozenset()) == ()
