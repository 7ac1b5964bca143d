"""Démarches: which pieces the answers ask for, which version a new file takes, what a typed démarche may be."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from antenne.domain.civil_clock import BIRTH_DELAY, Delay
from antenne.domain.civil_first_routes import ROUTES
from antenne.domain.civil_routes import (
    FeeRule,
    PieceRule,
    Place,
    Result,
    Route,
    Situation,
    Step,
    When,
    applies,
    birth_delay,
    check_route,
    nature_of,
    new_key,
    offered,
    pieces_for,
    route_on,
)

TODAY = dt.date(2026, 11, 23)
BY_KEY = {route.key: route for route in ROUTES}
COPY = BY_KEY["copy"]


def codes(key: str, known: Situation) -> list[str]:
    return [piece.code for piece in pieces_for(BY_KEY[key], known)]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.key)
def test_every_first_demarche_makes_sense(route: Route) -> None:
    assert check_route(route) == ()


def test_the_eight_demarches_and_what_they_give() -> None:
    assert len(BY_KEY) == len(ROUTES) == 8
    acts = {route.key for route in ROUTES if route.result is Result.BIRTH_ACT}
    cards = {route.key for route in ROUTES if route.result is Result.IDENTITY_CARD}
    assert acts == {"declaration", "late_judgment"}
    assert cards == {"identity_card_old", "identity_card"}
    assert [route.key for route in ROUTES if route.delay] == ["declaration"]


def test_the_old_card_ends() -> None:
    assert "identity_card_old" not in {route.key for route in offered(ROUTES, TODAY)}
    assert "identity_card_old" in {route.key for route in offered(ROUTES, dt.date(2025, 12, 31))}
    assert [route.key for route in offered(ROUTES, TODAY)] == [
        "declaration", "late_judgment", "copy", "lost_act", "rectification", "identity_card", "nina",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("known", "code", "asked"),
    [
        (Situation(), "honour", False),
        (Situation(mother_has_act=True), "honour", False),
        (Situation(mother_has_act=False), "honour", True),
        (Situation(), "father_id", False),
        (Situation(in_wedlock=True), "father_id", True),
        (Situation(in_wedlock=False, recognised=True), "father_id", True),
        (Situation(in_wedlock=False, recognised=False), "father_id", False),
        (Situation(foreign_mother=True), "foreign", True),
        (Situation(orphan=True), "death", True),
        (Situation(twin=True), "twin", True),
        (Situation(), "twin", False),
        (Situation(), "witnesses", True),
        (Situation(), "request", True),
    ],
)
def test_the_pieces_of_a_judgment_follow_the_answers(known: Situation, code: str, asked: bool) -> None:
    assert (code in codes("late_judgment", known)) is asked


def test_a_birth_at_home_and_a_card_without_an_act() -> None:
    assert "home_birth" in codes("declaration", Situation(born_at_home=True))
    assert "home_birth" not in codes("declaration", Situation())
    assert codes("identity_card_old", Situation(has_act=False)) == ["known_witnesses", "photos", "residence"]
    assert codes("identity_card_old", Situation()) == ["act", "photos", "residence"]


def test_conditions_that_only_an_edited_demarche_uses() -> None:
    assert applies(When.OUT_OF_WEDLOCK, Situation(in_wedlock=False))
    assert not applies(When.OUT_OF_WEDLOCK, Situation())
    assert applies(When.MINOR, Situation(minor=True))
    assert not applies(When.MINOR, Situation(minor=False))


def test_a_new_file_takes_the_newest_version_of_its_day() -> None:
    ended = replace(COPY, until=dt.date(2026, 6, 30))
    newer = replace(COPY, version=2, since=dt.date(2026, 7, 1), label="Copie d’acte")
    known = (ended, newer, *(route for route in ROUTES if route.key != "copy"))
    assert route_on(known, "copy", dt.date(2026, 6, 30)) == ended
    assert route_on(known, "copy", dt.date(2026, 7, 1)) == newer
    assert route_on(known, "nothing", TODAY) is None
    assert [route.version for route in offered(known, TODAY) if route.key == "copy"] == [2]


def test_a_demarche_that_is_retired_is_not_taken_any_more() -> None:
    """An earlier version does not come back when the newest one ends."""
    known = (COPY, replace(COPY, version=2, since=dt.date(2026, 7, 1), until=dt.date(2026, 9, 30)))
    assert route_on(known, "copy", dt.date(2026, 6, 30)) == COPY
    assert route_on(known, "copy", dt.date(2026, 9, 30)) == known[1]
    assert route_on(known, "copy", dt.date(2026, 10, 1)) is None
    again = (*known, replace(COPY, version=3, since=dt.date(2026, 11, 1)))
    assert route_on(again, "copy", TODAY) == again[2]
    assert route_on(again, "copy", dt.date(2026, 10, 15)) is None


def test_a_birth_has_the_delay_of_the_version_of_the_day() -> None:
    longer = Delay(45, 30, 44, 48)
    newer = replace(BY_KEY["declaration"], version=2, since=dt.date(2026, 11, 20), delay=longer)
    assert birth_delay((*ROUTES, newer), dt.date(2026, 11, 19)) == BIRTH_DELAY
    assert birth_delay((*ROUTES, newer), dt.date(2026, 11, 20)) == longer
    assert birth_delay((*ROUTES, replace(newer, delay=None)), TODAY) == BIRTH_DELAY
    assert birth_delay((), TODAY) == BIRTH_DELAY


def test_what_a_demarche_needs_to_be_told_is_read_from_it() -> None:
    births = {key for key, route in BY_KEY.items() if nature_of(route).birth}
    assert births == {"declaration", "late_judgment"}
    assert {key for key, route in BY_KEY.items() if nature_of(route).late} == {"late_judgment"}
    assert {key for key, route in BY_KEY.items() if nature_of(route).heard} == {"late_judgment", "rectification"}
    assert {key for key, route in BY_KEY.items() if nature_of(route).nina} == {"identity_card", "nina"}
    assert {key for key, route in BY_KEY.items() if nature_of(route).card} == {"identity_card_old", "identity_card"}
    seen = PieceRule(code="w", label="Deux témoins", paper=False)
    made = replace(COPY, key="nationalite", result=Result.OTHER, pieces=(seen, replace(PIECE, when=When.TWIN)))
    assert nature_of(made).heard
    assert not nature_of(replace(made, pieces=(replace(seen, when=When.MINOR),))).heard
    assert not nature_of(made).act
    assert When.TWIN in nature_of(made).asked
    assert not replace(seen, label="Le père en personne").witnesses


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Certificat de nationalité", "certificat_de_nationalite"),
        ("Copie d’acte", "copie_d_acte"),
        ("Copy", "copy_2"),
        ("NINA !", "nina_2"),
        ("…", "demarche"),
    ],
)
def test_a_new_demarche_has_a_key_of_its_own(label: str, key: str) -> None:
    assert new_key(label, BY_KEY) == key
    assert new_key(label, {*BY_KEY, key}) not in {*BY_KEY, key}


PIECE = PieceRule(code="a", label="Un papier")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"label": "  "}, "civil.route_label"),
        ({"steps": ()}, "civil.route_steps"),
        ({"steps": (Step.OPENED, Step.RECEIVED)}, "civil.route_steps"),
        ({"steps": (Step.FILED, Step.RECEIVED, Step.HANDED)}, "civil.route_steps"),
        ({"steps": (Step.OPENED, Step.RECEIVED, Step.FILED, Step.HANDED)}, "civil.route_steps"),
        ({"steps": (Step.OPENED, Step.FILED, Step.FILED, Step.HANDED)}, "civil.route_steps"),
        ({"steps": (Step.OPENED, Step.REJECTED, Step.HANDED)}, "civil.route_steps"),
        ({"steps": (Step.OPENED, Step.FILED, Step.HANDED)}, "civil.route_needs"),
        ({"steps": (Step.OPENED, Step.HEARING, Step.RECEIVED, Step.HANDED)}, "civil.route_needs"),
        ({"steps": (Step.OPENED, Step.FILED, Step.JUDGED, Step.RECEIVED, Step.HANDED)}, "civil.route_needs"),
        ({"pieces": (PIECE, PIECE)}, "civil.route_piece"),
        ({"pieces": (replace(PIECE, label=" "),)}, "civil.route_piece"),
        ({"pieces": (replace(PIECE, copies=0),)}, "civil.route_piece"),
        ({"fees": (FeeRule("Timbre", -1),)}, "civil.route_fee"),
        ({"fees": (FeeRule(" "),)}, "civil.route_fee"),
        ({"until": dt.date(1999, 1, 1)}, "civil.route_dates"),
        ({"stale_days": 0}, "civil.route_stale"),
        ({"delay": Delay(30, 40, 30, 32)}, "civil.route_delay"),
        ({"beneficiaries": ()}, "civil.route_whom"),
    ],
)
def test_what_a_typed_demarche_may_not_be(change: dict[str, object], code: str) -> None:
    assert [one.code for one in check_route(replace(COPY, **change))] == [code]  # type: ignore[arg-type]  # by name


def test_every_fault_is_said_at_once() -> None:
    wrong = Route(key="x", label="", steps=(), place=Place.COURT, result=Result.COPY, stale_days=0)
    assert [one.code for one in check_route(wrong)] == ["civil.route_label", "civil.route_steps", "civil.route_stale"]
