"""What erasing leaves in other bodies, and counts that stay."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest

from antenne.domain.her_rights_erasing import (
    NOBODY,
    ROWS_A_PAGE,
    Gone,
    added,
    cleared,
    loose_codes,
    pages_of,
    taken,
)
from antenne.domain.sealed_counts import WHOLE, Counted, CountRow, count_rows, figure

CODE = "K7Q2MX"
GONE = Gone(ids=frozenset({"x", "y"}), people=frozenset({7}), codes=frozenset({CODE}), lists=frozenset({"list"}))


def body(kind: str, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, **fields}


def trace(*lines: tuple[str, Any]) -> dict[str, Any]:
    return body("trace", record="stays", lines=[{"field": field, "old": old} for field, old in lines])


def test_a_body_that_names_nothing_of_it_is_the_same_body() -> None:
    for kept in (
        body("incident", session_id="z", referrals=[{"service": "health"}], person_id=7),
        body("outing", women=[7, 8], minors=["z"]),
        body("readings", lines=[{"record": "z"}]),
        trace(("said", "autre")),
    ):
        assert cleared("key", kept, GONE) is kept


def test_what_names_it_no_longer_does() -> None:
    assert cleared("k", body("incident", session_id="x"), GONE) == body("incident", session_id="")
    assert cleared("k", body("listening", incident_ids=["x", "z"]), GONE) == body("listening", incident_ids=["z"])
    rows = [{"person_id": None, "minor_id": "y"}, {"person_id": 8, "minor_id": ""}]
    assert cleared("k", body("attendance", present=rows), GONE) == body("attendance", present=rows[1:])
    log = body("readings", lines=[{"user": "K", "record": "x"}, {"user": "K", "record": "z"}])
    assert cleared("k", log, GONE) == body(
        "readings", lines=[{"user": "K", "record": NOBODY}, {"user": "K", "record": "z"}]
    )


def test_what_left_keeps_its_lines_and_its_ids_lead_nowhere() -> None:
    gone = Gone(ids=frozenset({"x", "y"}), stand_ins={"x": "r1"})
    lines = body("sent_incidents", held=["a", "x", "b", "y"], at="2026")
    assert cleared("k", lines, gone) == body("sent_incidents", held=["a", "r1", "b", NOBODY], at="2026")
    table = body("sent_crossing", held=[{"row": "viol", "ids": ["a", "x"]}], shown={"total": 2, "rows": ("viol",)})
    assert cleared("k", table, gone) == table | {"held": [{"row": "viol", "ids": ["a", "r1"]}]}
    other = body("sent_crossing", held=[{"row": "viol", "ids": ["a"]}])
    assert cleared("k", other, gone) is other


def test_a_row_of_several_loses_only_what_is_gone() -> None:
    rows = [{"cell": "c", "ids": ["x", "z"]}, {"link": {"id": "y", "said": "s"}}]
    found = cleared("k", body("new kind", rows=rows, count=2), GONE)
    assert found == body("new kind", rows=[{"cell": "c", "ids": ["z"]}, {"link": {"id": "", "said": "s"}}], count=2)


def test_her_line_leaves_the_lists_that_she_leaves() -> None:
    rows = [{"person_id": 7, "minor_id": ""}, {"person_id": 8, "minor_id": ""}]
    assert cleared("list", body("attendance", present=rows), GONE) == body("attendance", present=rows[1:])
    assert cleared("list", body("outing", women=[7, 8], minors=[]), GONE) == body("outing", women=[8], minors=[])


@pytest.mark.parametrize(
    "line",
    [
        ("person_id", 7),
        ("women", [8, 7]),
        ("present", [{"person_id": 7}]),
        ("code", CODE),
        ("survivor_code", CODE),
        ("session_id", "x"),
        ("shares", [{"recipient": "y"}]),
    ],
)
def test_old_values_that_tell_of_her_go(line: tuple[str, Any]) -> None:
    other = ("said", "autre")
    assert cleared("k", trace(line, other), GONE) == trace(other)
    assert cleared("k", trace(line), GONE) is None


@pytest.mark.parametrize(
    "line", [("person_id", 8), ("women", None), ("present", None), ("code", "ZZZZZZ"), ("minutes", 5)]
)
def test_old_values_of_others_stay(line: tuple[str, Any]) -> None:
    kept = trace(line)
    assert cleared("k", kept, GONE) is kept


def test_codes_still_borne_and_no_longer_tied_are_tied_anew() -> None:
    bodies = [
        body("listening", person_id=None, code=CODE),
        body("hiv_test", person_id=None, code="BBBBBB"),
        body("code_tie", person_id=7, code="BBBBBB"),
        body("incident", person_id=7, code="C", survivor_code="DDDDDD"),
        body("listening", person_id=7, code="EEEEEE"),
    ]
    assert loose_codes(bodies, {CODE, "BBBBBB", "DDDDDD", "EEEEEE", "FFFFFF"}, 7) == ("DDDDDD", CODE)


def events(draw: random.Random, count: int) -> list[Counted]:
    """Random things done for a few women over two years."""
    return [
        Counted(
            "ecoutes.femmes",
            dt.date(2024, 1, 1) + dt.timedelta(days=draw.randrange(700)),
            f"person:{draw.randrange(6)}",
            draw.choice((WHOLE, "left_out")),
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize("seed", range(6))
def test_whatever_goes_every_figure_of_every_period_stays(seed: int) -> None:
    draw = random.Random(seed)
    left = events(draw, 60)
    published = count_rows(left)
    residue: tuple[CountRow, ...] = ()
    months = [f"{2024 + place // 12}-{place % 12 + 1:02d}" for place in range(24)]
    while left:
        before = count_rows(left)
        draw.shuffle(left)
        left = left[draw.randrange(1, 12) :]
        residue = added(residue, taken(before, count_rows(left)))
        shown = added(count_rows(left), residue)
        assert shown == published
        for first in months[::5]:
            for last in months[::4]:
                for cell in (WHOLE, "left_out"):
                    wanted = figure(published, "ecoutes.femmes", first, last, cell)
                    assert figure(shown, "ecoutes.femmes", first, last, cell) == wanted
    assert residue == published


def test_a_residue_that_comes_to_nothing_is_gone_and_a_long_one_has_pages() -> None:
    row = CountRow("ecoutes.femmes", "2024-01", None, WHOLE, 1, 2)
    assert taken((row,), (row,)) == ()
    rows = tuple(CountRow("ecoutes.femmes", f"{2000 + n}-01", None, WHOLE, 1, 1) for n in range(ROWS_A_PAGE + 1))
    assert [len(page.rows) for page in pages_of(rows)] == [ROWS_A_PAGE, 1]
    assert pages_of(()) == ()
