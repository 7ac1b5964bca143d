"""Démarches in versions, new ones and retired ones; what their delay changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from antenne.base.clock import FixedClock
from antenne.domain.births import Birth, Precision
from antenne.domain.civil_clock import BIRTH_DELAY, ClockState, Delay
from antenne.domain.civil_first_routes import ROUTES
from antenne.domain.civil_overview import BoardFilter
from antenne.domain.civil_routes import Beneficiary, FeeRule, PieceRule, Place, Result, Step, When
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import civil, civil_counts, civil_lookup, civil_pieces, civil_reading, civil_routes_editing
from antenne.services.civil_routes_editing import PERSONS, SaveRoute, first_of, route_of, save_route
from antenne.services.desk import Desk
from tests.services import money
from tests.services.test_civil import TODAY, child, codes, event, opened, written

COPY = next(route for route in ROUTES if route.key == "copy")


def test_a_new_version_serves_new_files_from_its_day_and_files_begun_keep_theirs(
    desk: Desk, responsable_desk: Desk, clock: FixedClock
) -> None:
    awa = money.member(desk)
    first = opened(desk, child(awa, "copy", opened_on=TODAY))
    later = TODAY + dt.timedelta(days=10)
    asked = replace(COPY, since=later, fees=(FeeRule("Copie", 200),), stale_days=7)
    made = save_route(responsable_desk, SaveRoute(request_id="v", route=asked)).value
    assert made.version == 2
    assert save_route(responsable_desk, SaveRoute(request_id="v", route=asked)).value.version == 2, "the same click"
    second = opened(desk, child(awa, "copy", opened_on=TODAY))
    clock.advance(dt.timedelta(days=10))
    third = opened(desk, child(awa, "copy", opened_on=later))
    versions = [civil.load_page(desk, one).route.version for one in (first, second, third)]
    assert versions == [1, 1, 2]
    assert civil.load_page(desk, third).route.fees[0].amount == 200
    assert [one.version for one in civil_routes_editing.list_routes(desk) if one.key == "copy"] == [1, 2]


def test_a_version_that_makes_no_sense_or_comes_too_late_is_refused(desk: Desk, responsable_desk: Desk) -> None:
    save = SaveRoute(request_id="v", route=replace(COPY, since=TODAY))
    with pytest.raises(Forbidden):
        save_route(desk, save)
    for change, code in (
        ({"key": "other"}, "civil.route_unknown"),
        ({"label": " "}, "civil.route_label"),
        ({"steps": (Step.OPENED, Step.HEARING, Step.HANDED)}, "civil.route_needs"),
        ({"since": TODAY - dt.timedelta(days=1)}, "civil.route_past"),
        ({"until": TODAY - dt.timedelta(days=1)}, "civil.route_dates"),
        ({"stale_days": 0}, "civil.route_stale"),
    ):
        with pytest.raises(RulesBroken) as caught:
            save_route(responsable_desk, replace(save, route=replace(save.route, **change)))
        assert codes(caught) == [code]


def test_the_answers_of_the_screen_make_a_version() -> None:
    answers: dict[str, object] = {
        "label": " Copie ",
        "since": TODAY,
        "until": None,
        "stale_days": 9,
        "steps": ("handed", "opened", "received"),
        "place": "tribunal",
        "beneficiaries": ("self",),
        "pieces": (
            {"label": "Pièce d’identité de celle qui demande", "when": "always", "copies": None, "alternative": None},
            {"label": "Lettre", "when": "minor", "copies": 2, "alternative": "preuve"},
        ),
        "fees": None,
    }
    made = route_of(answers, COPY)
    assert made.steps == (Step.OPENED, Step.RECEIVED, Step.HANDED)
    assert [(one.code, one.copies, one.alternative) for one in made.pieces] == [
        ("requester_id", 1, ""),
        ("lettre", 2, "preuve"),
    ]
    assert (made.label, made.fees, made.stale_days, made.place) == ("Copie", (), 9, Place.COURT)
    assert route_of({**answers, "place": None}, COPY).place is COPY.place


# --- New ones and retired ones ---------------------------------------------------------------------------------------

NATIONALITY = replace(
    first_of(TODAY),
    label="Certificat de nationalité",
    place=Place.COURT,
    beneficiaries=(Beneficiary.CHILD, Beneficiary.MINOR),
    pieces=(
        PieceRule(code="act", label="Acte de naissance"),
        PieceRule(code="seen", label="Deux témoins du quartier", paper=False),
        PieceRule(code="twin", label="Acte du jumeau", when=When.TWIN),
        PieceRule(code="minor", label="Autorisation du tuteur", when=When.MINOR),
    ),
    fees=(FeeRule("Timbre", 750),),
)


def test_a_new_demarche_goes_from_opening_to_hand_over_and_counts_as_no_act(desk: Desk, responsable_desk: Desk) -> None:
    awa = money.member(desk)
    save = SaveRoute(request_id="n", route=NATIONALITY)
    made = save_route(responsable_desk, save).value
    assert (made.key, made.version) == ("certificat_de_nationalite", 1)
    assert save_route(responsable_desk, save).value == made, "the same click twice makes one"
    assert [one.key for one in civil_routes_editing.list_routes(desk)][-1] == made.key
    assert made in civil_lookup.list_offered(desk)
    file_id = opened(
        desk, child(awa, made.key, opened_on=TODAY, late_reason="", mother_name="", father=None, twin=True)
    )
    page = civil.load_page(desk, file_id)
    assert [(one.code, one.paper) for one in page.pieces] == [("act", True), ("seen", False), ("twin", True)]
    for one in page.pieces:
        command = civil_pieces.ReceivePiece(request_id=money.request(), file_id=file_id, piece_id=one.id)
        page = civil_pieces.receive_piece(desk, command).value
    assert (page.missing, [one.is_here for one in page.pieces]) == ((), [True, False, True])
    while page.next_step is not None:
        page = written(desk, file_id, event(step=page.next_step, to_whom="Awa", how="signature"))
    assert page.standing.closed
    assert civil_counts.count_by_step(desk, TODAY).steps[Step.HANDED] == 1
    with desk.read() as uow:
        acts = uow.rows("SELECT count(*) FROM civil_route WHERE key = :key", key=made.key)
    assert acts == [(1,)]


def test_a_new_demarche_is_only_for_whom_it_says(desk: Desk, responsable_desk: Desk) -> None:
    awa = money.member(desk)
    key = save_route(responsable_desk, SaveRoute(request_id="n", route=NATIONALITY)).value.key
    hers = replace(child(awa, key, opened_on=TODAY), beneficiary=Beneficiary.SELF)
    with pytest.raises(RulesBroken) as caught:
        opened(desk, hers)
    assert codes(caught) == ["civil.whom"]
    minor = opened(desk, replace(hers, beneficiary=Beneficiary.MINOR))
    assert "minor" in {one.code for one in civil.load_page(desk, minor).pieces}


def test_two_demarches_have_two_names_unless_one_is_retired(
    desk: Desk, responsable_desk: Desk, clock: FixedClock
) -> None:
    save_route(responsable_desk, SaveRoute(request_id="n", route=NATIONALITY))
    twice = replace(NATIONALITY, label="certificat de NATIONALITE")
    with pytest.raises(RulesBroken) as caught:
        save_route(responsable_desk, SaveRoute(request_id="n2", route=twice))
    assert codes(caught) == ["civil.route_twice"]
    with pytest.raises(RulesBroken) as caught:
        save_route(responsable_desk, SaveRoute(request_id="n3", route=replace(COPY, label="NINA", since=TODAY)))
    assert codes(caught) == ["civil.route_twice"]
    retired = replace(NATIONALITY, key="certificat_de_nationalite", until=TODAY)
    assert save_route(responsable_desk, SaveRoute(request_id="r", route=retired)).value.version == 2
    awa = money.member(desk)
    kept = opened(desk, child(awa, retired.key, opened_on=TODAY))
    clock.advance(dt.timedelta(days=1))
    with pytest.raises(RulesBroken) as caught:
        opened(desk, child(awa, retired.key, opened_on=desk.today))
    assert codes(caught) == ["civil.route"], "an earlier version does not come back"
    assert civil.load_page(desk, kept).route.version == 2, "a file begun goes on"
    fresh = save_route(responsable_desk, SaveRoute(request_id="n4", route=replace(NATIONALITY, since=desk.today))).value
    assert fresh.key == "certificat_de_nationalite_2"


def test_a_new_demarche_is_checked_whole(responsable_desk: Desk) -> None:
    wrong = replace(first_of(TODAY), beneficiaries=(), delay=Delay(30, 31, 30, 32), steps=(Step.OPENED, Step.HANDED))
    with pytest.raises(RulesBroken) as caught:
        save_route(responsable_desk, SaveRoute(request_id="n", route=wrong))
    assert codes(caught) == ["civil.route_label", "civil.route_needs", "civil.route_delay", "civil.route_whom"]


def test_the_answers_of_the_screen_make_a_new_demarche() -> None:
    answers: dict[str, object] = {
        "label": "Certificat", "since": TODAY, "stale_days": 9, "steps": ("opened", "received", "handed"),
        "place": "tribunal", "result": "birth_act", "beneficiaries": ("minor", "self"), "free_days": 45,
        "warn_from": 30, "doubt_from": 44, "doubt_until": None, "source": " usage du greffe ",
        "pieces": ({"label": "Deux témoins", "when": "always", "kind": PERSONS, "copies": 2},),
    }  # fmt: skip
    made = route_of(answers, first_of(TODAY))
    assert (made.result, made.beneficiaries) == (Result.BIRTH_ACT, (Beneficiary.SELF, Beneficiary.MINOR))
    assert (made.delay, made.source) == (Delay(45, 30, 44, 0), "usage du greffe")
    assert [(one.code, one.paper) for one in made.pieces] == [("deux_temoins", False)]
    assert route_of({**answers, "free_days": None}, first_of(TODAY)).delay is None


# --- The delay -------------------------------------------------------------------------------------------------------


def test_another_delay_holds_from_its_day_and_a_file_keeps_its_own(
    desk: Desk, responsable_desk: Desk, clock: FixedClock
) -> None:
    awa = money.member(desk)
    born = Birth(Precision.DAY, TODAY - dt.timedelta(days=25))
    declared = child(awa, "declaration", birth=born, late_reason="", opened_on=TODAY)
    first = opened(desk, declared)
    longer, later = Delay(60, 50, 58, 62), TODAY + dt.timedelta(days=2)
    declaration = next(route for route in ROUTES if route.key == "declaration")
    save_route(responsable_desk, SaveRoute(request_id="d", route=replace(declaration, since=later, delay=longer)))
    assert (civil_lookup.delay_on(desk, TODAY), civil_lookup.delay_on(desk, later)) == (BIRTH_DELAY, longer)
    clock.advance(dt.timedelta(days=2))
    second = opened(desk, replace(declared, opened_on=later))
    clocks = [civil_lookup.load_file(desk, one).clock for one in (first, second)]
    assert [one.state for one in clocks if one is not None] == [ClockState.SOON, ClockState.IN_TIME]
    assert [one.days_left for one in clocks if one is not None] == [4, 34]
    rows, _ = civil_reading.list_files(desk, BoardFilter(delay_ending=True), 0, 9)
    assert [(row.file_id, row.delay_state) for row in rows] == [(first, ClockState.SOON)]
