"""Accompanied minors: told to the responsable, LAKANA SO with her say, returns dated."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from antenne.domain import minors as rules
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.forms import minor as forms
from antenne.domain.forms.validate import validate
from antenne.domain.listening import Lakana
from antenne.domain.minors import Decision, LakanaDecision, Minor, Return, Returned
from antenne.domain.sealed_codec import from_payload, to_payload
from antenne.domain.sealed_counts import Aliases

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
DAY = NOW.date()


def girl(**changes: object) -> Minor:
    plain = Minor(
        number="MA-2026-0001", code="AAAAAA", birth=Birth(Precision.DAY, dt.date(2011, 5, 1)),
        met_on=DAY - dt.timedelta(days=30), told_duty=True, assent=True, adult_agreed=True, lakana=Lakana.TOLD,
        lakana_on=DAY - dt.timedelta(days=29), created_at=NOW, created_by=4,
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def codes(found: tuple[object, ...]) -> list[str]:
    return [getattr(one, "code", "") for one in found]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"birth": UNKNOWN}, []),
        ({"birth": Birth(Precision.DAY, dt.date(2001, 1, 1))}, ["minor.adult"]),
        ({"told_duty": False}, ["minor.not_told"]),
        ({"assent": False}, ["minor.no_assent"]),
        ({"adult_agreed": False}, ["minor.no_agreement"]),
        ({"adult_agreed": None}, ["minor.no_agreement"]),
        ({"assent": False, "adult_agreed": False, "best_interest": "l’adulte la met en danger"}, []),
        ({"lakana_on": None}, ["minor.lakana_day"]),
        ({"lakana_on": DAY + dt.timedelta(days=1)}, ["minor.lakana_day"]),
        ({"lakana_on": DAY - dt.timedelta(days=40)}, ["minor.lakana_day"]),
        ({"lakana": Lakana.NOT_YET}, ["minor.lakana_why"]),
        ({"lakana": Lakana.REFUSED, "lakana_why": "elle a peur"}, []),
    ],
)
def test_what_her_file_must_say(changes: dict[str, object], found: list[str]) -> None:
    assert codes(rules.check_minor(girl(**changes), DAY)) == found


def test_returns_are_dated_and_say_where() -> None:
    home = Returned(what=Return.FAMILY, on=DAY, where="Youwarou")
    school = Returned(what=Return.SCHOOL, on=DAY, where="École de Sévaré", school_class="5")
    back = girl(returns=(replace(home, on=DAY - dt.timedelta(days=9)), home, school))
    assert back.returned(Return.FAMILY) == home
    assert girl().returned(Return.SCHOOL) is None
    assert rules.check_return(girl(), home, DAY) == ()
    assert codes(rules.check_return(back, home, DAY)) == ["minor.return_twice"]
    wrong = replace(home, on=DAY + dt.timedelta(days=1), where=" ")
    assert codes(rules.check_return(girl(), wrong, DAY)) == ["minor.return_day", "minor.return_where"]
    counted = back.counted(Aliases())
    assert [one.indicator for one in counted].count("mineures.retours_en_famille") == 2
    assert {one.person for one in counted} == {"code:AAAAAA"}


def test_only_the_responsable_decides_of_a_refusal() -> None:
    refused = girl(lakana=Lakana.REFUSED, lakana_why="elle a peur")
    decision = LakanaDecision(decision=Decision.RESPECTED, why="danger", by=1, on=DAY)
    assert refused.awaits_decision
    assert not replace(refused, lakana_decision=decision).awaits_decision
    assert not girl().awaits_decision
    assert rules.check_decision(refused, decision, responsable=True) == ()
    wrong = rules.check_decision(girl(), replace(decision, why=" "), responsable=False)
    assert codes(wrong) == ["minor.responsable_decides", "minor.no_refusal", "minor.decision_why"]


def test_answers_become_her_file_and_come_back() -> None:
    answers = {
        "told_duty": True, "assent": True, "adult_agreed": False, "best_interest": "en danger chez elle",
        "birth": Birth(Precision.DAY, dt.date(2011, 5, 1)), "met_on": DAY, "lakana": "refused", "lakana_why": "peur",
        "first_name": "Awa", "lives_alone": True, "separation": "separee",
    }  # fmt: skip
    assert validate(forms.MINOR, answers, DAY) == ()
    made = girl(**forms.minor_values(answers))
    assert made.lakana is Lakana.REFUSED
    assert girl(**forms.minor_values(forms.answers_of(made))) == made
    assert from_payload(Minor, to_payload(made)) == made


def test_the_form_asks_what_the_answers_call_for() -> None:
    def missing(**answers: object) -> set[str | None]:
        return {one.field for one in validate(forms.MINOR, answers, DAY)}

    assert "lakana_on" in missing(lakana="told")
    assert "lakana_why" in missing(lakana="not_yet")
    assert "best_interest" in missing(adult_agreed=False)
    assert "best_interest" in missing(assent=False)
    assert not {"lakana_on", "lakana_why", "best_interest"} & missing(adult_agreed=True, assent=True)
    asked = {field.key: field for field in forms.RETURN.fields}
    assert asked["school_class"].shown_if is not None
    assert asked["school_class"].shown_if({"what": "ecole"})
    assert all(form.sealed for form in forms.FORMS.values())
