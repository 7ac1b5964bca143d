"""Referrals, codes, partners, short sealed kinds, alerts."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from antenne.domain import alerts, partners, sealed_tests
from antenne.domain.alerts import ColleagueAlert, Notice, Reason
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.forms import partner as partner_forms
from antenne.domain.forms import sealed_short as forms
from antenne.domain.forms.validate import validate
from antenne.domain.incidents import CONDOM, GbvType
from antenne.domain.listening import Answer, Referral, Service
from antenne.domain.partners import Convention, Partner
from antenne.domain.protection import (
    Written,
    check_referrals,
    next_number,
    referral_rows,
    referrals_of,
    slip_code,
    under_age,
)
from antenne.domain.protection_faces import deadline, slip_face
from antenne.domain.protection_lists import LISTS, TITLES
from antenne.domain.sealed_codec import from_payload, to_payload
from antenne.domain.sealed_counts import Aliases
from antenne.domain.sealed_tests import (
    AidStep,
    Attendance,
    Attended,
    HealthBooklet,
    HivTest,
    LegalAid,
    Outing,
    Result,
    StiTest,
)
from tests.domain.test_incidents import incident

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
DAY = NOW.date()
ONE = dt.timedelta(days=1)
BY: dict[str, Any] = {"created_at": NOW, "created_by": 4}


def codes(found: tuple[object, ...]) -> list[str]:
    return [getattr(one, "code", "") for one in found]


def test_numbers_follow_the_highest_of_their_year() -> None:
    assert next_number("I", 2026, ()) == "I-2026-0001"
    assert next_number("I", 2026, ("I-2026-0009", "I-2025-0044", "MA-2026-0100")) == "I-2026-0010"


def test_a_code_is_never_given_twice() -> None:
    drawn = iter([0] * 6 + [1] * 6)
    assert slip_code(lambda _: next(drawn), ["000000"]) == "111111"


def test_the_record_knows_its_latest_instant() -> None:
    assert Written(**BY).latest == NOW
    assert Written(**BY, changed_at=NOW + ONE, changed_by=4).latest == NOW + ONE


def test_an_uncertain_majority_is_a_minor_until_it_is_evident() -> None:
    assert under_age(UNKNOWN, DAY, 18)
    assert not under_age(UNKNOWN, DAY, 18, evident_adult=True)
    assert under_age(Birth(Precision.DAY, dt.date(2012, 1, 1)), DAY, 18, evident_adult=True)


ROWS = (
    {"service": "health", "answer": "referred", "structure": "ARCAD CESAC", "at": NOW},
    {"service": "legal", "answer": "refused", "feedback": "", "feedback_on": None},
    {"service": None, "answer": None},
)


def test_rows_become_referrals_and_the_slip_stays_with_its_structure() -> None:
    made = referrals_of(ROWS)
    assert [one.service for one in made] == [Service.HEALTH, Service.LEGAL]
    coded = (replace(made[0], code="K7Q2MX"), made[1])
    assert referrals_of(ROWS, coded)[0].code == "K7Q2MX"
    assert referrals_of(referral_rows(coded), coded) == coded
    elsewhere = ({**ROWS[0], "structure": "One Stop Center"},)
    assert referrals_of(elsewhere, coded)[0].code == ""
    assert referrals_of(None) == ()


def test_referrals_name_an_open_structure_once_per_service() -> None:
    sent = Referral(service=Service.HEALTH, answer=Answer.REFERRED, structure="ARCAD CESAC")
    nowhere = Referral(service=Service.HEALTH, answer=Answer.REFERRED)
    done = Referral(service=Service.LEGAL, answer=Answer.ALREADY, structure="ARCAD CESAC")
    assert codes(check_referrals((sent, nowhere), ())) == ["protection.service_twice", "protection.no_structure"]
    assert codes(check_referrals((sent, done), ("arcad cesac",))) == ["protection.partner_closed"]
    assert check_referrals((sent, done), ("arcad cesac",), (sent,)) == ()


def _partner(number: int, **changes: object) -> Partner:
    plain = Partner(id=number, name=f"Structure {number}", services=frozenset({Service.HEALTH}), position=number)
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_the_nearest_is_first_of_those_with_a_convention_in_force_that_day() -> None:
    year = Convention(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    near, agreed = _partner(1, minutes=5), _partner(2, minutes=40, conventions=(year,))
    closer = _partner(3, minutes=20, conventions=(Convention(dt.date(2026, 6, 1)),))
    legal = _partner(4, minutes=1, services=frozenset({Service.LEGAL}), conventions=(year,))
    every = (near, agreed, closer, legal)
    found = partners.nearest(every, Service.HEALTH, DAY)
    assert found is not None
    assert (found.partner.id, found.agreed) == (3, True)
    assert [one.id for one in partners.open_on((replace(near, closed_on=DAY), agreed), DAY)] == [2]
    before = partners.nearest(every, Service.HEALTH, dt.date(2026, 3, 1))
    after = partners.nearest((near, agreed), Service.HEALTH, dt.date(2027, 1, 1))
    assert before is not None
    assert before.partner.id == 2
    assert after is not None
    assert (after.partner.id, after.agreed) == (1, False)
    assert partners.nearest(every, Service.SHELTER, DAY) is None
    uncounted = partners.nearest((_partner(1), _partner(2, minutes=90)), Service.HEALTH, DAY)
    assert uncounted is not None
    assert uncounted.partner.id == 2


def test_a_structure_is_checked() -> None:
    year = Convention(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert partners.check_partner(_partner(1, conventions=(year, Convention(dt.date(2027, 1, 1)))), ("Autre",)) == ()
    assert codes(partners.check_partner(_partner(1), ("STRUCTURE 1",))) == ["partner.name_taken"]
    backwards = Convention(DAY, DAY - ONE)
    assert codes(partners.check_partner(_partner(1, conventions=(backwards,)), ())) == ["partner.period"]
    twice = _partner(1, conventions=(Convention(dt.date(2025, 1, 1)), year))
    assert codes(partners.check_partner(twice, ())) == ["partner.overlap"]


def test_a_structure_comes_back_from_its_form() -> None:
    one = _partner(3, kind="sante", minutes=0, conventions=(Convention(DAY, DAY, "n° 2"), Convention(DAY + ONE)))
    shown = partner_forms.answers_of(one)
    assert validate(partner_forms.PARTNER, shown, DAY) == ()
    assert partner_forms.partner_of(shown, one) == one
    assert partner_forms.partner_of({}).name == ""


def test_positive_and_negative_have_bodies_of_one_length() -> None:
    lengths = set()
    for result in Result:
        for kind in (HivTest, StiTest):
            test = kind(on=DAY, code="K7Q2MX", result_agreed=True, result=result, **BY)
            assert from_payload(kind, to_payload(test)) == test
            lengths.add((kind, len(json.dumps(to_payload(test)))))
    assert len(lengths) == 2


@pytest.mark.parametrize(
    ("born", "band"),
    [(2026, "<1"), (2024, "1-4"), (2012, "10-14"), (2007, "15-19"), (2002, "20-24"), (1977, "45-49"), (1976, "50+")],
)
def test_bands_at_the_date_of_the_test(born: int, band: str) -> None:
    assert sealed_tests.age_band(Birth(Precision.DAY, dt.date(born, 1, 1)), DAY) == band
    assert sealed_tests.age_band(UNKNOWN, DAY) == "inconnu"


def test_rules_of_tests() -> None:
    plain = HivTest(on=DAY, person_id=7, **BY)
    assert sealed_tests.check_test(replace(plain, returned_on=DAY, linked_on=DAY), DAY) == ()
    wrong = replace(plain, returned_on=DAY - ONE, linked_on=DAY + ONE, result=Result.NEGATIVE)
    assert codes(sealed_tests.check_test(wrong, DAY)) == [
        "test.result_not_agreed",
        "test.returned_before",
        "test.future",
    ]
    sti = StiTest(on=DAY, person_id=7, treated_on=DAY - ONE, **BY)
    assert codes(sealed_tests.check_test(sti, DAY)) == ["test.treated_before"]
    assert [one.cell for one in plain.counted(Aliases())] == [""]
    assert [one.cell for one in replace(plain, returned_on=DAY).counted(Aliases())] == ["", "returned"]


def test_rules_of_aid_and_carnets() -> None:
    booklet = HealthBooklet(on=DAY, person_id=7, **BY)
    assert sealed_tests.check_days(booklet) == ()
    assert codes(sealed_tests.check_days(replace(booklet, renewed_on=DAY))) == ["aid.before"]
    aid = LegalAid(on=DAY, person_id=7, matter="pension", steps=(AidStep(on=DAY - ONE, words="x"),), **BY)
    assert codes(sealed_tests.check_days(replace(aid, closed_on=DAY - ONE))) == ["aid.before", "aid.before"]
    assert sealed_tests.check_days(replace(aid, steps=(), closed_on=DAY)) == ()


def test_rules_of_lists_and_outings() -> None:
    listed = Attendance(on=DAY, activity="Causerie", present=(Attended(person_id=7), Attended(person_id=7)), **BY)
    assert codes(sealed_tests.check_attendance(listed)) == ["attendance.twice"]
    assert codes(sealed_tests.check_attendance(replace(listed, present=()))) == ["attendance.nobody"]
    outing = Outing(on=DAY, places="Bars", women=(7, 8, 7), minors=("ab",), **BY)
    assert codes(sealed_tests.check_outing(outing, {8}, ())) == ["outing.minor", "outing.twice"]
    assert codes(sealed_tests.check_outing(replace(outing, women=(9,)), (), {9})) == ["outing.twice"]
    assert codes(sealed_tests.check_outing(replace(outing, women=(), minors=()), (), ())) == ["outing.nobody"]
    counted = replace(outing, women=(7,)).counted(Aliases())
    assert [one.indicator.rsplit("_", 3)[1] for one in counted] == ["femmes", "mineures"]


SHORT: dict[str, dict[str, Any]] = {
    "hiv_test": {"on": DAY, "person_id": 7, "returned_on": DAY, "result_agreed": True, "result": "negatif"},
    "sti_test": {"on": DAY, "code": "K7Q2MX", "birth": Birth(Precision.DAY, dt.date(1999, 1, 1))},
    "consultation": {"on": DAY, "person_id": 7, "centre": "CSCOM", "monthly": False, "paid_by": "elle"},
    "health_booklet": {"on": DAY, "person_id": 7},
    "legal_aid": {"on": DAY, "person_id": 7, "matter": "pension", "steps": ({"on": DAY, "words": "saisi"},)},
    "material_aid": {"on": DAY, "person_id": 7, "nature": "kit", "worth": 5000},
    "attendance": {"on": DAY, "activity": "Causerie", "present": ({"person_id": 7},)},
    "outing": {"on": DAY, "places": "Bars", "women": ({"person_id": 7}, {"person_id": None})},
}


@pytest.mark.parametrize("key", list(SHORT))
def test_short_forms_become_records_and_come_back(key: str) -> None:
    form = forms.FORMS[key]
    assert form.sealed
    assert validate(form, SHORT[key], DAY) == ()
    made = forms.KINDS[key](**forms.record_values(form, SHORT[key]), **BY)
    again = forms.KINDS[key](**forms.record_values(form, forms.answers_of(form, made)), **BY)
    assert again == made
    assert from_payload(type(made), to_payload(made)) == made


def test_a_person_or_a_code_not_both() -> None:
    both = {"on": DAY, "person_id": 7, "code": "K7Q2MX"}
    assert [one.code for check in forms.HIV_TEST.checks for one in check(both)] == ["test.person_and_code"]


ALERT = ColleagueAlert(
    incident_id="ab" * 16, place="Gare", when="la nuit", manner="menace", agreed_on=DAY, expires_on=DAY + 20 * ONE, **BY
)


def test_an_alert_is_read_once_another_has_approved_and_a_third_knows() -> None:
    assert not ALERT.in_force(DAY)
    assert codes(alerts.check_approval(ALERT, 4, 4)) == ["alert.own", "alert.same_person"]
    assert alerts.check_approval(ALERT, 1, 2) == ()
    ready = alerts.approved(ALERT, 1, 2, DAY)
    assert ready.in_force(DAY)
    assert not ready.in_force(DAY + 21 * ONE)
    assert not replace(ready, withdrawn_on=DAY).in_force(DAY)
    assert codes(alerts.check_approval(ready, 1, 2)) == ["alert.decided"]
    [face] = alerts.to_read((ALERT, ready), DAY)
    assert {getattr(face, name) for name in face.__slots__} == {"Gare", "la nuit", "menace", "", DAY + 20 * ONE}


def test_an_alert_ends() -> None:
    assert alerts.check_alert(ALERT, DAY) == ()
    late = replace(ALERT, agreed_on=DAY + ONE, expires_on=DAY - ONE)
    assert codes(alerts.check_alert(late, DAY)) == ["alert.agreed_day", "alert.over"]
    assert codes(alerts.check_alert(replace(ALERT, expires_on=DAY + 91 * ONE), DAY)) == ["alert.too_long"]


def test_notices_wait_until_they_are_read() -> None:
    first = Notice(reason=Reason.MINOR, subject="ab", created_at=NOW, created_by=4)
    later = replace(first, created_at=NOW + ONE)
    read = replace(first, seen_at=NOW, seen_by=1)
    assert alerts.pending((later, read, first)) == (first, later)
    refused = replace(first, reason=Reason.LAKANA_REFUSED)
    other = replace(first, subject="cd")
    assert alerts.pending((other, refused, first)) == alerts.pending((first, other, refused)) == (first, other, refused)
    assert later.raised_at == NOW + ONE


def test_a_slip_shows_a_code_and_a_place_and_no_delay_that_is_over() -> None:
    row = Referral(service=Service.HEALTH, answer=Answer.REFERRED, structure="Structure 1", code="K7Q2MX", at=NOW)
    face = slip_face(row, _partner(1, place="Mopti", phone="76", hours="jour"), DAY)
    assert (face.code, face.structure, face.place, face.phone, face.hours) == (
        "K7Q-2MX",
        "Structure 1",
        "Mopti",
        "76",
        "jour",
    )
    assert slip_face(row, None, DAY).place == ""
    began = incident().happened_from
    assert deadline(incident(), NOW) == began + dt.timedelta(hours=72)
    assert deadline(incident(), began + dt.timedelta(hours=72)) == began + dt.timedelta(hours=120)
    assert deadline(incident(), began + dt.timedelta(hours=120)) is None
    assert deadline(incident(gbv_type=GbvType.DENIAL), NOW) is None


def test_lists_hold_the_codes_that_rules_know() -> None:
    assert set(LISTS) == set(TITLES)
    known = {code for code, _ in LISTS["incident_types"]}
    assert {CONDOM, "non_paiement", "agression_client", "traite"} <= known
    outcomes = {code for code, _ in LISTS["incident_outcomes"]}
    from antenne.domain.incidents import HANDLED

    assert outcomes >= HANDLED
