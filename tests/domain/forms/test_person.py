"""The person's forms: what they ask, in which order, and what hangs on what."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pytest

from antenne.domain import members, seeds
from antenne.domain.births import Birth, Precision
from antenne.domain.forms.model import Field, Form, Kind
from antenne.domain.forms.person import ADHESION, CONSENT, IDENTITY, MANY_WOMEN, MEMBER, PERSON, REGISTRATION
from antenne.domain.forms.validate import asked_answers, needed, shown, validate
from antenne.domain.persons import Person

TODAY = dt.date(2026, 11, 23)
FORMS = (PERSON, MEMBER, REGISTRATION, MANY_WOMEN)
FULL: dict[str, object] = {
    "last_name": "Koné",
    "first_name": "Fatoumata",
    "birth": Birth(Precision.YEAR, dt.date(1994, 1, 1)),
    "joined_on": TODAY,
    "consent_file": True,
    "consent_how": "empreinte",
}


def every_field(form: Form) -> list[Field]:
    return [one for field in form.fields for one in (field, *field.columns)]


def asked(form: Form, **answers: object) -> set[str]:
    seen = asked_answers(form, answers)
    return {field.key for field in form.fields if shown(field, seen)}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
def test_a_form_is_whole(form: Form) -> None:
    keys = [field.key for field in form.fields]
    labels = [field.label for field in form.fields]
    assert len(set(keys)) == len(keys)
    assert len(set(labels)) == len(labels)
    assert not form.sealed
    lists = {entry.list_name for entry in seeds.starting_lists()}
    for field in every_field(form):
        assert field.label[0].isupper(), field.key
        assert not re.search(r" [;!?:»]|« |'", field.label + field.hint), field.key
        assert not field.options or field.options in lists, field.key
        assert bool(field.options) >= (field.kind in (Kind.CHOICE, Kind.CHOICES)), field.key
        assert (field.kind is Kind.ROWS) == bool(field.columns), field.key
        assert 1 <= field.width <= 3, field.key


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.title)
def test_the_fewest_answers_are_enough(form: Form) -> None:
    keys = {field.key for field in form.fields}
    assert validate(form, {key: value for key, value in FULL.items() if key in keys}, TODAY) == ()


def test_what_must_be_answered() -> None:
    wanted = {form.title: {one.field for one in validate(form, {}, TODAY)} for form in FORMS}
    identity, consent = {"last_name", "first_name", "birth"}, {"consent_file", "consent_how"}
    assert wanted == {
        PERSON.title: identity,
        MEMBER.title: identity | {"joined_on"},
        REGISTRATION.title: identity | consent,
        MANY_WOMEN.title: identity | consent | {"joined_on"},
    }


def test_every_question_goes_into_her_record() -> None:
    attributes = {field.name for field in dataclasses.fields(Person)}
    assert {field.key for field in PERSON.fields} <= attributes
    stranger = members.answers_of(Person(last_name="Koné", first_name="Awa"))
    assert set(stranger) == {field.key for field in PERSON.fields}


def test_the_same_question_is_asked_in_the_same_words_everywhere() -> None:
    known: dict[str, Field] = {}
    for form in FORMS:
        for field in form.fields:
            first = known.setdefault(field.key, field)
            assert (field.label, field.kind, field.max_length) == (first.label, first.kind, first.max_length), field.key


def test_consent_is_read_before_what_is_merely_useful() -> None:
    assert [section.key for section in REGISTRATION.sections] == [
        "identity", "adhesion", "consent", "contact", "situation",
    ]  # fmt: skip
    assert REGISTRATION.sections[:3] == (IDENTITY, ADHESION, CONSENT)


def test_consent_never_repeats_from_one_woman_to_the_next() -> None:
    repeated = {field.key for form in (REGISTRATION, MANY_WOMEN) for field in form.fields if field.repeats}
    assert repeated == {"joined_on", "sponsor_id", "quarter"}


def test_nothing_is_asked_just_in_case() -> None:
    words = " ".join(field.label + field.hint for form in FORMS for field in every_field(form)).casefold()
    assert not re.search(r"client|prostitu|travail du sexe|passes?\b|vih", words)


def test_the_two_forms_of_a_file_share_their_drafts() -> None:
    assert (MEMBER.key, MEMBER.version) == (PERSON.key, PERSON.version)


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({}, set()),
        ({"displaced": False, "id_type": "aucune", "consent_how": "signature"}, set()),
        ({"displaced": True}, {"displaced_from", "displaced_on"}),
        ({"id_type": "cni"}, {"id_number", "id_expires_on"}),
        ({"emergency_name": "Sa sœur"}, {"emergency_knows"}),
        ({"joined_on": TODAY}, {"sponsor_id", "exempt"}),
        ({"consent_how": "orale"}, {"consent_witness"}),
    ],
)
def test_what_is_asked_hangs_on_other_answers(answers: dict[str, object], more: set[str]) -> None:
    hidden = {field.key for field in REGISTRATION.fields if field.shown_if is not None}
    assert asked(REGISTRATION, **answers) & hidden == more


def test_an_oral_consent_needs_a_witness() -> None:
    (witness,) = (field for field in CONSENT.fields if field.key == "consent_witness")
    assert needed(witness, {"consent_how": "orale"})
    assert not needed(witness, {"consent_how": "signature"})


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"last_name": "Koné 😀"}, "text.picture"),
        ({"last_name": "فاطمة"}, "text.direction"),
        ({"last_name": "K" * 500}, "form.too_long"),
        ({"last_name": " \u00a0 "}, "form.required"),
        ({"nicknames": "\u202eitaF"}, "text.direction"),
        ({"mother_name": "Awa\x00"}, "text.control"),
        ({"birth": Birth(Precision.DAY, TODAY + dt.timedelta(1))}, "birth.future"),
        ({"birth": Birth(Precision.YEAR, dt.date(1899, 1, 1))}, "birth.too_old"),
        ({"birth": Birth(Precision.AGE, dt.date(1900, 1, 1), 126, TODAY)}, "birth.age"),
        ({"birth": Birth(Precision.EVENT, event="la crue 🌊")}, "text.picture"),
        ({"children_count": -1}, "form.too_low"),
        ({"children_count": 31}, "form.too_high"),
        ({"displaced": True, "displaced_on": TODAY + dt.timedelta(1)}, "date.future"),
        ({"phones": ({"number": None, "owner": "elle"},)}, "form.required"),
        ({"phones": ({"number": "+22376123456", "owner": None},)}, "form.required"),
    ],
)
def test_bad_answers_are_told_beside_their_field(answers: dict[str, object], code: str) -> None:
    found = validate(REGISTRATION, FULL | answers, TODAY)
    assert [one.code for one in found] == [code]
    assert (found[0].field or "").split("[")[0] in answers


def test_a_paper_may_expire_in_years_to_come() -> None:
    assert validate(REGISTRATION, FULL | {"id_type": "cni", "id_expires_on": dt.date(2031, 1, 1)}, TODAY) == ()
