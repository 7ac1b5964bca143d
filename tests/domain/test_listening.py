"""Listening sessions: the form's order, the rules between fields, codes, numbers, and the way to a body and back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain import listening as rules
from antenne.domain import sealed_kinds
from antenne.domain.births import Birth, Precision
from antenne.domain.deposits import About, Deposit
from antenne.domain.forms import listening as forms
from antenne.domain.forms.validate import asked_answers, validate
from antenne.domain.listening import (
    OFFICE,
    Answer,
    Around,
    CodeTie,
    Lakana,
    ListeningSession,
    Referral,
    Service,
    Share,
    Trace,
    TraceLine,
)
from antenne.domain.sealed_codec import changes_between, from_payload, to_payload
from antenne.domain.sealed_counts import Aliases, Counted
from antenne.domain.violations import Violation

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()
ADULT = Birth(Precision.YEAR, dt.date(1994, 1, 1))
GIRL = Birth(Precision.YEAR, dt.date(2011, 1, 1))
UNSURE = Birth(Precision.YEAR, dt.date(2008, 1, 1))


def answers(**changes: object) -> dict[str, object]:
    kept: dict[str, object] = {
        "at": NOW,
        "mode": "office",
        "anonymous": True,
        "minor": False,
        "first": "first",
        "motives": ("violence",),
        "consent_listen": True,
        "consent_record": True,
    }
    return kept | changes


def session(**changes: Any) -> ListeningSession:
    made = ListeningSession(
        number="E-2026-0001",
        at=NOW,
        listener_id=4,
        listener="Kadia S.",
        mode=OFFICE,
        minor=False,
        first=True,
        created_at=NOW,
        created_by=4,
    )
    return replace(made, **changes)


def codes(of: ListeningSession, **around: Any) -> list[tuple[str, str | None]]:
    given = Around(**{"now": NOW, **around})
    return [(violation.code, violation.field) for violation in rules.check_session(of, given)]


def fields_broken(given: dict[str, object]) -> set[str]:
    return {violation.field or "" for violation in validate(forms.LISTENING, given, TODAY)}


# --- The form ------------------------------------------------------------------------------------------------------


def test_the_form_follows_the_talk_and_is_sealed() -> None:
    assert [section.title for section in forms.LISTENING.sections] == [
        "Qui", "Pourquoi elle vient", "Ce qu’elle dit", "Besoins et conseils", "Orientations", "Sécurité",
        "Prochain rendez-vous", "Son accord",
    ]  # fmt: skip
    assert forms.LISTENING.sealed
    assert forms.DEPOSIT.sealed
    names = {field.name for field in dataclasses.fields(ListeningSession)} | {"anonymous"}
    assert {field.key for field in forms.LISTENING.fields} <= names


def test_everything_that_is_missing_is_said_at_the_end_at_once() -> None:
    assert fields_broken({}) == {
        "at", "mode", "person_id", "minor", "first", "motives", "consent_listen", "consent_record",
    }  # fmt: skip
    assert fields_broken(answers()) == set()


def test_a_minor_is_asked_for_the_alert_and_for_lakana() -> None:
    assert fields_broken(answers(minor=True)) == {"responsable_told", "lakana"}
    given = asked_answers(forms.LISTENING, answers(minor=False, responsable_told=True, centre="Centre", lakana="told"))
    assert (given["responsable_told"], given["centre"], given["lakana"]) == (None, None, None)


@pytest.mark.parametrize(
    ("key", "when", "when_not"),
    [
        ("code", {"anonymous": True}, {"anonymous": False}),
        ("person_id", {"anonymous": False}, {"anonymous": True}),
        ("safety_plan", {"in_danger": True}, {"in_danger": False}),
        ("adult", {"minor": True}, {"minor": True, "lives_alone": True}),
        ("best_interest", {"minor": True, "adult_agrees": False}, {"minor": True, "adult_agrees": True}),
        ("lakana_reason", {"minor": True, "lakana": "not_yet"}, {"minor": True, "lakana": "told"}),
        ("next_notes", {"next_at": NOW}, {"next_at": None}),
    ],
)
def test_a_question_is_asked_only_when_it_has_a_sense(key: str, when: dict[str, Any], when_not: dict[str, Any]) -> None:
    assert asked_answers(forms.LISTENING, {**when, key: "x"})[key] == "x"
    assert asked_answers(forms.LISTENING, {**when_not, key: "x"})[key] is None


def test_answers_become_a_session_and_come_back() -> None:
    rows = (
        {"service": "health", "answer": "referred", "structure": "One Stop Center", "at": NOW, "feedback": "vue",
         "feedback_on": TODAY},
        {"service": "legal", "answer": "refused", "structure": None, "at": None, "feedback": None, "feedback_on": None},
    )  # fmt: skip
    shares = ({"recipient": "LAKANA SO", "agreed": True, "withdrawn_on": None},)
    given = answers(
        anonymous=False, person_id=7, minor=True, lakana="told", responsable_told=True, first="follow_up",
        referrals=(*rows, {"service": None, "answer": None}), shares=shares, said="Ses mots.", minutes=40,
    )  # fmt: skip
    values = forms.session_values(asked_answers(forms.LISTENING, given))
    made = session(**values)
    assert made.referrals == (
        Referral(service=Service.HEALTH, answer=Answer.REFERRED, structure="One Stop Center", at=NOW, feedback="vue",
                 feedback_on=TODAY),
        Referral(service=Service.LEGAL, answer=Answer.REFUSED),
    )  # fmt: skip
    assert made.shares == (Share(recipient="LAKANA SO", agreed=True),)
    assert (made.first, made.lakana, made.motives) == (False, Lakana.TOLD, ("violence",))
    back = forms.answers_of(made)
    assert back["referrals"] == rows
    assert back["shares"] == shares
    assert session(**forms.session_values(asked_answers(forms.LISTENING, back))) == made
    anonymous = forms.answers_of(session(code="K7Q2MX"))
    assert (anonymous["anonymous"], anonymous["code"], anonymous["first"], anonymous["lakana"]) == (
        True, "K7Q2MX", "first", None,
    )  # fmt: skip


def test_a_printed_slip_keeps_its_code_when_the_rows_are_saved_again() -> None:
    before = (Referral(service=Service.HEALTH, answer=Answer.REFERRED, structure="CSRéf", code="ABC123"),)
    same = Referral(service=Service.HEALTH, answer=Answer.REFERRED, structure="CSRéf", feedback="vue")
    other = Referral(service=Service.HEALTH, answer=Answer.REFERRED, structure="Hôpital")
    assert forms.with_codes((same, other), before) == (replace(same, code="ABC123"), other)


def test_a_note_is_dropped_with_its_day_and_its_subject() -> None:
    given = asked_answers(forms.DEPOSIT, {"about": "minor", "on": TODAY, "text": "Une mineure est venue."})
    assert forms.deposit_values(given) == {
        "about": About.MINOR, "on": TODAY, "person_id": None, "text": "Une mineure est venue.",
    }  # fmt: skip


# --- Rules between fields ------------------------------------------------------------------------------------------


def test_a_session_in_order_breaks_nothing() -> None:
    whole = session(
        person_id=7,
        next_at=NOW + dt.timedelta(days=7),
        referrals=(
            Referral(service=Service.HEALTH, answer=Answer.REFERRED, structure="CSRéf", feedback="vue"),
            Referral(service=Service.LEGAL, answer=Answer.DONE_HERE),
        ),
        consent_listen=True,
        consent_record=True,
    )
    assert codes(whole, birth=ADULT) == []
    assert codes(session(code="K7Q2MX", first=False), known_codes=frozenset({"K7Q2MX"}), seen_before=True) == []
    assert codes(session()) == []


def test_an_unknown_code_is_refused() -> None:
    assert codes(session(code="K7Q2MX")) == [("listening.code_unknown", "code")]


def test_a_minor_typed_as_adult_is_refused_and_an_uncertain_age_is_a_minor() -> None:
    assert codes(session(person_id=7), birth=GIRL) == [("listening.is_minor", "minor")]
    assert codes(session(person_id=7), birth=UNSURE) == [("listening.is_minor", "minor")]
    assert codes(session(person_id=7), birth=UNSURE, evident_adult=True) == []
    told = {"minor": True, "lakana": Lakana.TOLD, "responsable_told": True}
    assert codes(session(person_id=7, **told), birth=GIRL) == []
    assert codes(session(person_id=7, **told), birth=UNSURE) == []
    assert codes(session(person_id=7, **told), birth=ADULT) == [("listening.is_adult", "minor")]
    assert codes(session(person_id=7), birth=ADULT, of_age=40) == [("listening.is_minor", "minor")]


def test_a_first_talk_is_not_her_second() -> None:
    assert codes(session(person_id=7), seen_before=True) == [("listening.not_first", "first")]


def test_a_talk_is_not_ahead_and_its_appointment_not_behind() -> None:
    assert codes(session(at=NOW + dt.timedelta(minutes=1))) == [("listening.future", "at")]
    assert codes(session(next_at=NOW)) == [("listening.next_before", "next_at")]


def test_referrals_have_one_row_per_service_and_somewhere_to_go() -> None:
    twice = (
        Referral(service=Service.HEALTH, answer=Answer.REFERRED),
        Referral(service=Service.HEALTH, answer=Answer.REFUSED, feedback="vue"),
    )
    assert codes(session(referrals=twice)) == [
        ("listening.service_twice", "referrals[0].service"),
        ("listening.no_structure", "referrals[0].structure"),
        ("listening.service_twice", "referrals[1].service"),
        ("listening.feedback_alone", "referrals[1].feedback"),
    ]


def test_what_she_does_not_agree_to_is_not_kept() -> None:
    assert codes(session(consent_listen=False)) == [("listening.no_consent", "consent_listen")]
    refused = session(consent_record=False, person_id=7, said="Ses mots.")
    assert codes(refused, birth=ADULT) == [
        ("listening.name_kept", "consent_record"),
        ("listening.words_kept", "consent_record"),
    ]
    assert codes(session(consent_record=False, needs="un abri")) == [("listening.words_kept", "consent_record")]
    assert codes(session(consent_record=False, advice="revenir")) == [("listening.words_kept", "consent_record")]
    assert codes(session(consent_record=False)) == []


def test_a_minor_s_decisions_have_their_reason() -> None:
    assert codes(session(minor=True, lakana=Lakana.NOT_YET)) == [("listening.lakana_reason", "lakana_reason")]
    assert codes(session(minor=True, lakana=Lakana.REFUSED, lakana_reason="décision du 23/11")) == []
    assert codes(session(minor=True, adult_agrees=False)) == [("listening.best_interest", "best_interest")]
    assert codes(session(minor=True, adult_agrees=False, best_interest="elle est en danger chez lui")) == []


# --- Codes and numbers ---------------------------------------------------------------------------------------------


def test_numbers_follow_within_their_year() -> None:
    assert rules.next_number([], 2026) == "E-2026-0001"
    assert rules.next_number(["E-2026-0009", "E-2025-0702", "E-2026-0702"], 2026) == "E-2026-0703"
    assert rules.next_number(["E-2026-9999"], 2026) == "E-2026-10000"


@pytest.mark.parametrize("typed", ["K7Q-2MX", "k7q 2mx", "k7q2mx"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert rules.read_code(typed) == "K7Q2MX"
    assert rules.shown_code("K7Q2MX") == "K7Q-2MX"
    assert rules.shown_code("") == ""


def test_letters_that_look_like_figures_are_read_as_figures() -> None:
    assert rules.read_code("oil-ABC") == "011ABC"
    for wrong in ("K7Q2M", "K7Q2MXX", "K7Q2M!", ""):
        assert rules.read_code(wrong) == Violation("listening.code_unreadable", "code")


def test_a_drawn_code_is_nobody_else_s() -> None:
    drawn = iter([0] * rules.CODE_LENGTH + [1] * rules.CODE_LENGTH)
    assert rules.draw_code(lambda _: next(drawn), frozenset({"000000"})) == "111111"


# --- Counting ------------------------------------------------------------------------------------------------------


def test_a_talk_counts_its_woman_or_its_minor() -> None:
    aliases = rules.tied([CodeTie(code="K7Q2MX", person_id=7, at=NOW, user_id=4)])
    woman, same, girl = session(person_id=7), session(code="K7Q2MX"), session(person_id=8, minor=True)
    counted = sealed_kinds.counted_of((woman, same, girl, CodeTie(code="A", person_id=1, at=NOW, user_id=1)), aliases)
    assert [one.indicator for one in counted] == ["ecoutes.femmes", "ecoutes.femmes", "ecoutes.mineures"]
    assert len({one.person for one in counted}) == 2
    assert counted[0] == Counted("ecoutes.femmes", TODAY, aliases.of("person:7"))
    assert sealed_kinds.counts(ListeningSession)
    assert not sealed_kinds.counts(CodeTie)


def test_a_session_with_both_name_and_code_ties_them() -> None:
    aliases = rules.tied([], [session(person_id=7, code="K7Q2MX"), session(person_id=8), session(code="ABCDEF")])
    assert aliases.of("code:K7Q2MX") == aliases.of("person:7")
    assert aliases.of("code:ABCDEF") not in {aliases.of("person:7"), aliases.of("person:8")}
    assert Aliases().of("person:7") == "person:7"


# --- Bodies --------------------------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
sessions = st.builds(
    session,
    minutes=st.none() | st.integers(1, 600),
    person_id=st.none() | st.integers(1, 10**6),
    said=texts,
    minor=st.booleans(),
    lakana=st.none() | st.sampled_from(Lakana),
    motives=st.lists(st.sampled_from(("health", "violence", "papers")), unique=True).map(tuple),
    next_at=st.none() | st.just(NOW),
    incident_ids=st.lists(texts, max_size=2).map(tuple),
    civil_file_ids=st.lists(st.integers(1, 99), max_size=2).map(tuple),
    referrals=st.lists(
        st.builds(
            Referral,
            service=st.sampled_from(Service),
            answer=st.sampled_from(Answer),
            structure=texts,
            at=st.none() | st.just(NOW),
            feedback_on=st.none() | st.just(TODAY),
        ),
        max_size=3,
    ).map(tuple),
)


@given(sessions)
def test_a_session_comes_back_from_its_body_as_it_was(made: ListeningSession) -> None:
    body = json.loads(json.dumps(to_payload(made)))
    assert from_payload(ListeningSession, body) == made
    assert body["kind"] == "listening"
    assert sealed_kinds.KINDS["listening"] is ListeningSession


def test_every_kind_has_its_own_name() -> None:
    assert all(name == kind.KIND for name, kind in sealed_kinds.KINDS.items())
    assert {"listening", "code_tie", "deposit", "draft", "readings", "trace"} <= set(sealed_kinds.KINDS)


def test_a_yes_is_as_long_as_a_no() -> None:
    lengths = {len(json.dumps(to_payload(session(in_danger=answer)))) for answer in (True, False)}
    assert len(lengths) == 1


def test_what_an_older_program_did_not_write_takes_its_default() -> None:
    body = to_payload(session())
    del body["kit"]
    assert from_payload(ListeningSession, {**body, "later": 1}) == session()
    del body["number"]
    with pytest.raises(ValueError, match="number"):
        from_payload(ListeningSession, body)


def test_a_change_keeps_every_old_value() -> None:
    before, after = to_payload(session(said="avant")), to_payload(session(said="après", kit=True))
    assert changes_between(before, after) == (("said", "avant"), ("kit", None))
    trace = Trace(record="00", at=NOW, user_id=4, user="Kadia S.", lines=(TraceLine("said", "avant"),))
    assert from_payload(Trace, json.loads(json.dumps(to_payload(trace)))) == trace
    note = Deposit(about=About.TEST, text="Un test", on=TODAY, at=NOW, user_id=2, user="Mariam T.")
    assert from_payload(Deposit, json.loads(json.dumps(to_payload(note)))) == note
