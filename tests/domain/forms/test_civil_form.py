"""The form of a civil file: what it asks, and the record that its answers make."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.civil import CivilFile, Father, Sex
from antenne.domain.civil_first_routes import ROUTES
from antenne.domain.civil_routes import Beneficiary, PieceRule, Place, Result, Route, Step, When, nature_of, route_on
from antenne.domain.civil_rules import check_file
from antenne.domain.forms import validate
from antenne.domain.forms.civil import CIVIL_FILE, answers_of, civil_form, file_of
from antenne.domain.forms.model import Answers

TODAY = dt.date(2026, 11, 23)


def asked(**answers: object) -> set[str]:
    known = {field.key: answers.get(field.key) for field in CIVIL_FILE.fields}
    return {field.key for field in CIVIL_FILE.fields if validate.shown(field, known)}


def required(**answers: object) -> set[str]:
    given: Answers = {field.key: answers.get(field.key) for field in CIVIL_FILE.fields}
    found = validate.validate(CIVIL_FILE, given, TODAY)
    return {one.field or "" for one in found if one.code == "form.required"}


ALWAYS = {
    "route_key", "requester_id", "beneficiary", "opened_on", "place", "register_ref",
    "last_name", "first_name", "sex", "birth", "birth_place",
}  # fmt: skip


def test_each_demarche_asks_only_what_it_needs() -> None:
    assert asked() == ALWAYS
    assert asked(route_key="copy", beneficiary="self") == ALWAYS
    assert asked(route_key="copy", beneficiary="child") == ALWAYS | {"mother_name", "father"}
    assert asked(route_key="nina", beneficiary="self") == ALWAYS | {"nina"}
    assert asked(route_key="identity_card_old", beneficiary="self") == ALWAYS | {"has_act"}
    assert asked(route_key="identity_card", has_act=False) == ALWAYS | {"has_act", "nina", "witnesses"}
    assert "witnesses" in asked(route_key="rectification")
    birth = asked(route_key="declaration", beneficiary="child")
    assert {"mother_has_act", "orphan", "twin", "born_at_home", "declarant_link", "school_class"} <= birth
    assert not {"late_reason", "father_name", "recognised", "has_act", "nina", "witnesses"} & birth
    assert "school_class" not in asked(route_key="declaration", beneficiary="self")


def test_the_answers_call_for_more() -> None:
    late = {"route_key": "late_judgment", "beneficiary": "child"}
    assert {"late_reason", "witnesses"} <= asked(**late)
    assert "father_name" in asked(**late, father="known")
    assert "recognised" not in asked(**late, father="known", in_wedlock=True)
    assert "recognised" in asked(**late, father="known", in_wedlock=False)
    always = {"requester_id", "opened_on", "last_name", "first_name", "sex", "birth"}
    assert required(**late) == always | {"mother_name", "father", "late_reason"}
    assert required(route_key="late_judgment", beneficiary="self") == always | {"late_reason"}


def test_a_demarche_made_on_the_screen_asks_what_its_pieces_depend_on() -> None:
    piece = PieceRule(code="twin", label="Acte du jumeau", when=When.TWIN)
    made = Route(
        key="nationalite",
        label="Nationalité",
        steps=(Step.OPENED, Step.RECEIVED, Step.HANDED),
        place=Place.COURT,
        result=Result.OTHER,
        pieces=(piece, replace(piece, code="f", label="Père", when=When.RECOGNISED)),
    )
    form = civil_form({made.key: nature_of(made)}.get)
    known: Answers = {field.key: None for field in form.fields} | {"route_key": made.key, "beneficiary": "child"}
    shown = {field.key for field in form.fields if validate.shown(field, known)}
    assert shown == ALWAYS | {"twin", "in_wedlock", "mother_name", "father"}
    assert {field.key for field in form.fields if validate.shown(field, {**known, "route_key": "inconnue"})} == ALWAYS


def answers() -> dict[str, object]:
    return {
        "route_key": "late_judgment",
        "requester_id": 7,
        "beneficiary": "child",
        "opened_on": TODAY,
        "last_name": "Traoré",
        "first_name": "Ibrahim",
        "sex": "male",
        "birth": Birth(Precision.DAY, dt.date(2020, 2, 29)),
        "mother_name": "Awa Koné",
        "mother_has_act": False,
        "father": "unknown",
        "late_reason": "déplacement",
    }


def test_answers_become_a_file_and_back() -> None:
    file = file_of(answers())
    assert (file.beneficiary, file.sex, file.father) == (Beneficiary.CHILD, Sex.MALE, Father.UNKNOWN)
    assert (file.person_id, file.mother_has_act, file.school) == (None, False, "")
    route = route_on(ROUTES, "late_judgment", TODAY)
    assert route is not None
    assert check_file(file, route, TODAY) == ()
    shown = answers_of(file)
    assert {key: value for key, value in shown.items() if value is not None} == answers()
    assert file_of(shown) == file


def test_what_the_form_does_not_ask_stays() -> None:
    before = CivilFile(
        id=3,
        number="N-2026-0003",
        route_key="copy",
        route_version=2,
        opened_on=TODAY,
        requester_id=7,
        beneficiary=Beneficiary.SELF,
    )
    after = file_of(answers(), before)
    assert (after.id, after.number, after.route_version) == (3, "N-2026-0003", 2)
    assert file_of({**answers(), "beneficiary": "self"}, before).person_id == 7


@pytest.mark.parametrize("beneficiary", [None, "self"])
def test_answers_that_are_still_missing_take_the_emptiest_value(beneficiary: str | None) -> None:
    file = file_of({"first_name": "Awa", "beneficiary": beneficiary})
    assert (file.route_key, file.last_name, file.requester_id, file.person_id) == ("", "", 0, None)
    assert (file.birth, file.sex, file.opened_on) == (UNKNOWN, None, dt.date.min)
    assert file.beneficiary is (Beneficiary.SELF if beneficiary else Beneficiary.CHILD)
