"""One type by the compulsory order; nothing derived for adults; agreements and figures for donors."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from itertools import product

import pytest

from antenne.domain import incidents as rules
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.forms import incident as forms
from antenne.domain.forms.validate import asked_answers, validate
from antenne.domain.incidents import (
    CONDOM,
    UNPAID,
    Agreement,
    Closing,
    GbvType,
    Incident,
    Intake,
    Outcome,
    Perpetrators,
    Purpose,
    Sent,
    classify,
    questions_asked,
)
from antenne.domain.listening import Answer, Referral, Service
from antenne.domain.protection_clock import Span
from antenne.domain.sealed_codec import from_payload, to_payload
from antenne.domain.sealed_counts import LEFT_OUT, WHOLE, Aliases

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
DAY = NOW.date()
H = dt.timedelta(hours=1)
ADULT = Birth(Precision.DAY, dt.date(1994, 3, 12))
CHILD = Birth(Precision.DAY, dt.date(2011, 3, 12))
NEAR = Birth(Precision.AGE, dt.date(2007, 1, 1), 19, DAY)


def incident(**changes: object) -> Incident:
    plain = Incident(
        number="I-2026-0001",
        code="AAAAAA",
        survivor_code="BBBBBB",
        agent_id=4,
        interviewed_at=NOW,
        happened_from=NOW - 10 * H,
        happened_to=NOW - 10 * H,
        birth=ADULT,
        local_type="agression_client",
        intake=Intake("agression_client", penetration=True),
        gbv_type=GbvType.RAPE,
        agreements=(
            Agreement(purpose=Purpose.SERVICES, given=True, on=DAY),
            Agreement(purpose=Purpose.STATISTICS, given=True, on=DAY),
            Agreement(purpose=Purpose.SHARING, recipient="ARCAD CESAC", given=False, on=DAY),
        ),
        created_at=NOW,
        created_by=4,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"penetration": True}, GbvType.RAPE),
        ({"penetration": False, "sexual_contact": True}, GbvType.SEXUAL_ASSAULT),
        ({"penetration": False, "sexual_contact": False, "physical": True}, GbvType.PHYSICAL_ASSAULT),
        ({"penetration": False, "sexual_contact": False, "physical": False, "forced_marriage": True}, GbvType.FORCED_MARRIAGE),
        ({"penetration": False, "sexual_contact": False, "physical": False, "forced_marriage": False, "denial": True}, GbvType.DENIAL),
        ({"penetration": False, "sexual_contact": False, "physical": False, "forced_marriage": False, "denial": False, "psychological": True}, GbvType.PSYCHOLOGICAL),
        ({"penetration": False, "sexual_contact": False, "physical": False, "forced_marriage": False, "denial": False, "psychological": False}, GbvType.NOT_GBV),
        ({}, None),
        ({"physical": True}, None),
        ({"penetration": True, "physical": True, "psychological": True}, GbvType.RAPE),
    ],
)  # fmt: skip
def test_the_first_match_in_the_order_gives_the_type(answers: dict[str, bool], found: GbvType | None) -> None:
    assert classify(Intake("vol", **answers)) is found


@pytest.mark.parametrize("answers", list(product((None, False, True), repeat=6)))
def test_every_complete_row_of_answers_gives_exactly_one_type(answers: tuple[bool | None, ...]) -> None:
    names = [name for name, _ in rules.QUESTIONS]
    intake = Intake("vol", **dict(zip(names, answers, strict=True)))
    expected: GbvType | None = GbvType.NOT_GBV
    for (_, kind), answer in zip(rules.QUESTIONS, answers, strict=True):
        if answer is None:
            expected = None
        if answer is not False:
            expected = kind if answer else None
            break
    assert classify(intake) is expected
    last = questions_asked(intake)[-1]
    assert (getattr(intake, last) is None) == (expected is None)


def test_non_payment_is_denial_of_resources_unless_something_graver_comes_first() -> None:
    no = {"penetration": False, "sexual_contact": False, "physical": False, "forced_marriage": False}
    assert classify(Intake(UNPAID, **no)) is GbvType.DENIAL
    assert classify(Intake(UNPAID, **{**no, "physical": True})) is GbvType.PHYSICAL_ASSAULT
    assert classify(Intake(UNPAID, penetration=True)) is GbvType.RAPE
    assert "denial" not in questions_asked(Intake(UNPAID, **no))
    assert classify(Intake(UNPAID)) is None


def test_a_refused_condom_classifies_nothing_by_itself() -> None:
    assert classify(Intake(CONDOM)) is None
    assert classify(Intake(CONDOM, penetration=True)) is None
    assert questions_asked(Intake(CONDOM, agreed_act=True)) == ("agreed_act", "agreed_without")
    both = {"agreed_act": True, "agreed_without": True}
    rest = {"physical": False, "forced_marriage": False, "denial": False, "psychological": False}
    assert classify(Intake(CONDOM, **both, **rest)) is GbvType.NOT_GBV
    assert classify(Intake(CONDOM, **both, penetration=True, **rest)) is GbvType.NOT_GBV
    assert "penetration" not in questions_asked(Intake(CONDOM, **both))
    assert classify(Intake(CONDOM, **both, physical=True)) is GbvType.PHYSICAL_ASSAULT


@pytest.mark.parametrize(("act", "without"), [(True, False), (False, True), (False, False)])
def test_the_two_consents_decide_of_a_refused_condom(act: bool, without: bool) -> None:
    said = {"agreed_act": act, "agreed_without": without}
    assert classify(Intake(CONDOM, **said, penetration=True)) is GbvType.RAPE
    assert classify(Intake(CONDOM, **said, penetration=False, sexual_contact=True)) is GbvType.SEXUAL_ASSAULT
    assert classify(Intake(CONDOM, **said)) is None


def test_the_form_asks_one_question_after_the_other_and_nothing_after_the_type() -> None:
    def shown(**answers: object) -> set[str]:
        kept = asked_answers(forms.INCIDENT, {"local_type": "vol", **answers})
        names = [name for name, _ in rules.QUESTIONS]
        missing = {one.field for one in validate(forms.INCIDENT, kept, DAY) if one.code == "form.required"}
        return {name for name in names if kept[name] is not None or name in missing}

    assert shown() == {"penetration"}
    assert shown(penetration=False) == {"penetration", "sexual_contact"}
    assert shown(penetration=True, sexual_contact=False) == {"penetration"}
    assert shown(penetration=False, sexual_contact=False, physical=True) == {
        "penetration",
        "sexual_contact",
        "physical",
    }


def test_exploitation_is_of_a_child_only_and_never_of_an_adult() -> None:
    trafficked = {"local_type": "traite", "gbv_type": GbvType.RAPE}
    assert not incident(**trafficked).child_exploitation()
    assert not any("exploit" in kind.value for kind in GbvType)
    assert incident(birth=CHILD).child_exploitation()
    assert incident(birth=NEAR).child_exploitation()
    assert incident(birth=UNKNOWN).child_exploitation()
    assert not incident(birth=NEAR, evident_adult="carte d’identité vue").child_exploitation()
    assert incident(birth=CHILD, evident_adult="dit-elle").child_exploitation()


def test_perpetrators_have_no_name() -> None:
    assert {one.name for one in fields(Perpetrators)} == {"count", "sex", "age_band", "relations"}
    keys = {field.key for form in forms.FORMS.values() for field in form.fields}
    assert not {key for key in keys if "name" in key}


def test_every_form_is_sealed() -> None:
    assert all(form.sealed for form in forms.FORMS.values())


def test_the_counters_matter_for_what_may_infect_her() -> None:
    assert incident().sexual
    assert incident(gbv_type=GbvType.NOT_GBV, local_type=CONDOM).sexual
    assert not incident(gbv_type=GbvType.DENIAL).sexual


@pytest.mark.parametrize(
    ("hour", "part"), [(6, "matin"), (11, "matin"), (12, "apres_midi"), (18, "soir_nuit"), (3, "soir_nuit")]
)
def test_moment_of_the_day(hour: int, part: str) -> None:
    at = dt.datetime(2026, 11, 22, hour, 5, tzinfo=dt.UTC)
    assert rules.day_part(Span(at, at), "matin") == part
    assert rules.day_part(Span(at, at + 7 * H), "soir_nuit") == "soir_nuit"
    assert rules.day_part(Span(at, at + 7 * H)) == "inconnu"


def test_rules_between_the_hours() -> None:
    assert rules.check_incident(incident()) == ()
    wrong = incident(interviewed_at=NOW - 11 * H, cared_at=NOW - 12 * H, separated=True)
    assert [one.code for one in rules.check_incident(wrong)] == [
        "incident.before", "incident.care_before", "incident.separated_adult",
    ]  # fmt: skip
    assert rules.check_incident(incident(birth=CHILD, separated=True, cared_at=NOW)) == ()


def test_a_slip_follows_her_agreement() -> None:
    one = incident()
    assert rules.check_slip(one, DAY, "One Stop Center") == ()
    assert [bad.code for bad in rules.check_slip(one, DAY, "ARCAD CESAC")] == ["incident.no_sharing"]
    refused = incident(agreements=())
    assert [bad.code for bad in rules.check_slip(refused, DAY)] == ["incident.no_services"]


def test_an_agreement_taken_back_holds_no_longer_from_that_day() -> None:
    shared = Agreement(purpose=Purpose.SHARING, recipient="LAKANA SO", given=True, on=DAY)
    one = incident(agreements=(*incident().agreements, shared), sent=(Sent(what="slip", at=NOW, recipient="X"),))
    later = DAY + dt.timedelta(days=3)
    assert rules.check_withdrawal(one, Purpose.STATISTICS, later) == ()
    without = rules.withdrawn(one, Purpose.STATISTICS, later)
    assert without.agrees(Purpose.STATISTICS, DAY)
    assert not without.agrees(Purpose.STATISTICS, later)
    assert without.agrees(Purpose.SERVICES, later)
    assert rules.already_out(without) == one.sent
    nothing = rules.check_withdrawal(without, Purpose.STATISTICS, later)
    assert [bad.code for bad in nothing] == ["incident.nothing_to_withdraw"]
    assert not rules.withdrawn(one, Purpose.SHARING, later, "LAKANA SO").agrees(Purpose.SHARING, later, "LAKANA SO")
    all_back = rules.withdrawn(one, Purpose.SERVICES, later)
    assert not all_back.agrees(Purpose.SHARING, later, "LAKANA SO")


def test_closing_wants_its_list() -> None:
    closing = Closing(on=DAY, reason="besoins", needs_met=True, plan_reviewed=True, told_return=True)
    done = incident(outcomes=(Outcome(code="droit", on=DAY),))
    assert rules.check_closing(done, closing, DAY) == ()
    waiting = Referral(service=Service.HEALTH, answer=Answer.REFERRED, structure="X", at=NOW + 24 * H)
    wrong = incident(closing=closing, referrals=(waiting,))
    assert [one.code for one in rules.check_closing(wrong, replace(closing, told_return=False), DAY)] == [
        "incident.closed", "incident.not_told", "incident.no_outcome", "incident.open_appointment",
    ]  # fmt: skip
    assert forms.CLOSING.checks[0]({"told_return": False})[0].code == "incident.not_told"
    assert forms.CLOSING.checks[0]({"told_return": True}) == ()


def test_an_outcome_lies_between_the_incident_and_today() -> None:
    assert rules.check_outcome(incident(), Outcome(code="droit", on=DAY), DAY) == ()
    for day in (DAY - dt.timedelta(days=2), DAY + dt.timedelta(days=1)):
        assert rules.check_outcome(incident(), Outcome(code="droit", on=day), DAY)


def test_donors_get_only_those_who_agree_and_the_others_are_counted() -> None:
    silent = incident(agreements=())
    known = incident(reported_elsewhere=True)
    found = rules.for_statistics([incident(), silent, known], DAY)
    assert (len(found.kept), found.no_consent, found.elsewhere, found.left_out) == (1, 1, 1, 2)


def test_the_published_figure_is_the_first_handled_outcome_of_its_local_type() -> None:
    first, later = Outcome(code="commissariat", on=DAY), Outcome(code="droit", on=DAY + dt.timedelta(days=40))
    care = Outcome(code="soins", on=DAY - dt.timedelta(days=1))
    handled = incident(outcomes=(later, first, care))
    [one] = handled.counted(Aliases())
    assert (one.indicator, one.on, one.cell) == ("protection.agressions_par_clients_gerees", DAY, WHOLE)
    assert incident(outcomes=(care,)).counted(Aliases()) == ()
    assert replace(handled, local_type="vol").counted(Aliases()) == ()
    assert replace(handled, reported_elsewhere=True).counted(Aliases())[0].cell == LEFT_OUT
    silent = rules.withdrawn(handled, Purpose.STATISTICS, DAY)
    assert silent.counted(Aliases())[0].cell == LEFT_OUT
    other = replace(handled, code="CCCCCC")
    assert other.counted(Aliases())[0].person != one.person


def _answers() -> dict[str, object]:
    return {
        "consent_services": True, "consent_statistics": False, "birth": ADULT, "interviewed_at": NOW,
        "happened_from": NOW - 30 * H, "happened_to": NOW - 20 * H, "place_type": "rue", "local_type": CONDOM,
        "agreed_act": True, "agreed_without": False, "penetration": True, "marital": "mariee", "person_id": 7,
        "displaced": True, "perpetrator_count": 1, "perpetrator_relations": ("client",), "account": "Ses mots.",
        "recipients": ({"recipient": "LAKANA SO", "given": True}, {"recipient": None, "given": None}),
        "referrals": ({"service": "health", "answer": "referred", "structure": "ARCAD CESAC", "at": None},),
    }  # fmt: skip


def test_answers_become_an_incident_and_come_back() -> None:
    assert validate(forms.INCIDENT, _answers(), DAY) == ()
    made = incident(**forms.incident_values(_answers(), DAY))
    assert made.gbv_type is GbvType.RAPE
    assert made.agrees(Purpose.SHARING, DAY, "LAKANA SO")
    shown = forms.answers_of(made)
    again = incident(**forms.incident_values(shown, DAY + dt.timedelta(days=2), made))
    assert again == made
    assert from_payload(Incident, to_payload(made)) == made
    assert forms.answers_of(incident())["happened_to"] is None


def test_a_corrected_agreement_keeps_its_days() -> None:
    made = incident(**forms.incident_values(_answers(), DAY))
    later = DAY + dt.timedelta(days=2)
    shown = dict(forms.answers_of(made))
    shown |= {"consent_services": False, "consent_statistics": True}
    values = forms.incident_values(shown, later, made)
    after = incident(**values)
    assert after.agrees(Purpose.SERVICES, DAY)
    assert not after.agrees(Purpose.SERVICES, later)
    assert after.agrees(Purpose.STATISTICS, later)


def test_the_talk_does_not_come_before_what_it_tells() -> None:
    """The form leaves it to the rule, which says first that facts are in the future."""
    answers = _answers() | {"interviewed_at": NOW - 40 * H}
    assert validate(forms.INCIDENT, answers, DAY) == ()
    assert [one.code for one in rules.check_incident(incident(interviewed_at=NOW - 40 * H))] == ["incident.before"]
