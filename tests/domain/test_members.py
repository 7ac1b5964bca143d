"""Under 18 never a member; nothing on file without her agreement; what a form puts into her record."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from antenne.domain import members
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.forms.person import MANY_WOMEN, MEMBER, PERSON, REGISTRATION
from antenne.domain.forms.validate import validate
from antenne.domain.persons import Consent, Membership, Person, Phone, Purpose, Status
from antenne.domain.violations import Violation

TODAY = dt.date(2026, 11, 23)
ADULT = Birth(Precision.DAY, dt.date(1994, 3, 12))
CHILD = Birth(Precision.DAY, dt.date(2012, 3, 12))
ABOUT = Birth(Precision.ABOUT, dt.date(2008, 1, 1))
KONE = Person(id=7, number="P-00007", last_name="Koné", first_name="Fatoumata", birth=ADULT)
MEMBERSHIP = Membership("M-00931", dt.date(2019, 3, 12))


def codes(found: tuple[Violation, ...]) -> list[tuple[str, str | None]]:
    return [(one.code, one.field) for one in found]


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (KONE, Status.CONTACT),
        (replace(KONE, birth=UNKNOWN), Status.CONTACT),
        (replace(KONE, birth=CHILD), Status.MINOR),
        (replace(KONE, membership=MEMBERSHIP), Status.ACTIVE),
        (replace(KONE, membership=replace(MEMBERSHIP, suspended_on=TODAY)), Status.SUSPENDED),
        (replace(KONE, membership=replace(MEMBERSHIP, suspended_on=TODAY + dt.timedelta(1))), Status.ACTIVE),
        (replace(KONE, membership=replace(MEMBERSHIP, left_on=TODAY, suspended_on=TODAY)), Status.LEFT),
        (replace(KONE, membership=replace(MEMBERSHIP, left_on=TODAY + dt.timedelta(1))), Status.ACTIVE),
        (replace(KONE, membership=MEMBERSHIP, died_on=TODAY), Status.DECEASED),
        (replace(KONE, membership=MEMBERSHIP, died_on=TODAY + dt.timedelta(1)), Status.ACTIVE),
        (replace(KONE, membership=MEMBERSHIP, died_on=TODAY, erased_on=TODAY), Status.ERASED),
    ],
)
def test_status_is_computed(person: Person, expected: Status) -> None:
    assert members.status(person, TODAY) is expected


def test_the_age_of_adhesion_is_a_setting() -> None:
    seventeen = replace(KONE, birth=Birth(Precision.DAY, dt.date(2009, 3, 12)))
    assert members.status(seventeen, TODAY) is Status.MINOR
    assert members.status(seventeen, TODAY, 16) is Status.CONTACT
    assert not members.joining_violations(seventeen, TODAY, TODAY, 16)


@pytest.mark.parametrize(
    ("birth", "evident", "joined_on", "expected"),
    [
        (ADULT, "", TODAY, []),
        (ADULT, "", TODAY + dt.timedelta(1), [("date.future", "joined_on")]),
        (ADULT, "", dt.date(1990, 1, 1), [("members.joined_before_birth", "joined_on")]),
        (ADULT, "", dt.date(2012, 3, 11), [("members.minor", "birth")]),
        (ADULT, "", dt.date(2012, 3, 12), []),
        (CHILD, "", TODAY, [("members.minor", "birth")]),
        (CHILD, "taille, voix", TODAY, [("members.minor", "birth")]),
        (ABOUT, "", TODAY, [("members.uncertain", "birth")]),
        (ABOUT, "trois enfants, dont un de 9 ans", TODAY, []),
        (UNKNOWN, "", TODAY, [("members.uncertain", "birth")]),
        (UNKNOWN, "", TODAY + dt.timedelta(1), [("date.future", "joined_on"), ("members.uncertain", "birth")]),
    ],
)
def test_who_may_join(birth: Birth, evident: str, joined_on: dt.date, expected: list[tuple[str, str]]) -> None:
    person = replace(KONE, birth=birth, evident_adult=evident)
    assert codes(members.joining_violations(person, joined_on, TODAY)) == expected


@pytest.mark.parametrize(
    ("birth", "evident", "treated"),
    [(ADULT, "", False), (CHILD, "x", True), (ABOUT, "", True), (ABOUT, "x", False), (UNKNOWN, "", True)],
)
def test_an_uncertain_majority_counts_as_a_minor_until_it_is_checked(birth: Birth, evident: str, treated: bool) -> None:
    assert members.treated_as_minor(replace(KONE, birth=birth, evident_adult=evident), TODAY) is treated


def test_consents_hold_from_their_day_until_they_are_taken_back() -> None:
    day = dt.timedelta(1)
    person = replace(
        KONE,
        consents=(
            Consent(Purpose.FILE, TODAY - day, "signature"),
            Consent(Purpose.PHOTO, TODAY - 3 * day, "signature", withdrawn_on=TODAY),
            Consent(Purpose.CONTACT, TODAY + day, "signature"),
            Consent(Purpose.STATISTICS, TODAY - 9 * day, "signature", withdrawn_on=TODAY - 5 * day),
            Consent(Purpose.STATISTICS, TODAY - 2 * day, "empreinte"),
        ),
    )
    assert members.consents_in_force(person, TODAY) == {Purpose.FILE, Purpose.STATISTICS}
    assert members.consents_in_force(person, TODAY - day) == {Purpose.FILE, Purpose.STATISTICS, Purpose.PHOTO}
    assert members.consents_in_force(person, TODAY - 4 * day) == frozenset()


@pytest.mark.parametrize(
    ("given_on", "on", "expected"),
    [
        (None, TODAY, []),
        (None, TODAY + dt.timedelta(1), [("date.future", "on")]),
        (TODAY, TODAY, []),
        (TODAY, TODAY - dt.timedelta(1), [("members.withdrawn_before", "on")]),
        (dt.date(2020, 1, 1), TODAY, []),
    ],
)
def test_a_consent_has_a_day(given_on: dt.date | None, on: dt.date, expected: list[tuple[str, str]]) -> None:
    assert codes(members.consent_day_violations(given_on, on, TODAY)) == expected


MEMBER_KONE = replace(KONE, membership=MEMBERSHIP)
SUSPENDED = replace(KONE, membership=replace(MEMBERSHIP, suspended_on=dt.date(2026, 3, 1)))
GONE = replace(KONE, membership=replace(MEMBERSHIP, left_on=dt.date(2026, 3, 1)))
DEAD = replace(MEMBER_KONE, died_on=dt.date(2026, 3, 1))


@pytest.mark.parametrize(
    ("person", "what", "on", "expected"),
    [
        (MEMBER_KONE, "suspended", TODAY, []),
        (SUSPENDED, "resumed", TODAY, []),
        (MEMBER_KONE, "left", TODAY, []),
        (SUSPENDED, "left", TODAY, []),
        (GONE, "rejoined", TODAY, []),
        (KONE, "died", TODAY, []),
        (replace(KONE, birth=UNKNOWN), "died", TODAY, []),
        (KONE, "died", dt.date(1990, 1, 1), [("members.died_before_birth", "on")]),
        (KONE, "died", TODAY + dt.timedelta(1), [("date.future", "on")]),
        (DEAD, "left", TODAY, [("members.died", None)]),
        (KONE, "left", TODAY, [("members.not_member", None)]),
        (MEMBER_KONE, "left", TODAY + dt.timedelta(1), [("date.future", "on")]),
        (MEMBER_KONE, "left", dt.date(2019, 3, 11), [("members.before_joining", "on")]),
        (GONE, "left", TODAY, [("members.already_left", None)]),
        (GONE, "suspended", TODAY, [("members.already_left", None)]),
        (SUSPENDED, "suspended", TODAY, [("members.already_suspended", None)]),
        (MEMBER_KONE, "rejoined", TODAY, [("members.not_left", None)]),
        (MEMBER_KONE, "resumed", TODAY, [("members.not_suspended", None)]),
        (GONE, "rejoined", dt.date(2026, 2, 1), [("members.before_that", "on")]),
    ],
)
def test_what_stands_against_a_change(person: Person, what: str, on: dt.date, expected: list[tuple[str, str]]) -> None:
    assert codes(members.change_violations(person, what, on, TODAY)) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"died_on": dt.date(1990, 1, 1)}, [("members.died_before_birth", "died_on")]),
        ({"died_on": TODAY}, []),
        ({"died_on": TODAY, "birth": UNKNOWN}, []),
        ({"died_on": TODAY + dt.timedelta(1)}, [("date.future", "died_on")]),
        ({"phones": (Phone("+22376123456"), Phone("+22366123456"))}, []),
        ({"phones": (Phone("+22376123456"), Phone("+22376123456"))}, [("members.same_phone", "phones[1].number")]),
        ({"pseudonym": "Étoile 27"}, []),
        ({"pseudonym": "KONE 3"}, [("members.telling_pseudonym", "pseudonym")]),
        ({"pseudonym": "fatoumata"}, [("members.telling_pseudonym", "pseudonym")]),
        ({"pseudonym": "Étoile 931", "membership": MEMBERSHIP}, [("members.telling_pseudonym", "pseudonym")]),
        ({"pseudonym": "Étoile 0007"}, [("members.telling_pseudonym", "pseudonym")]),
        ({"pseudonym": "Bateau", "last_name": "Ba", "first_name": "O"}, []),
    ],
)
def test_rules_between_the_fields_of_a_file(change: dict[str, object], expected: list[tuple[str, str]]) -> None:
    assert codes(members.file_violations(replace(KONE, **change), TODAY)) == expected  # type: ignore[arg-type]  # any field


@pytest.mark.parametrize(
    ("nina", "odd"),
    [("", False), ("12345678901234A", False), ("1234 5678 9012 34A", False), ("123", True), ("1" * 15, True)],
)
def test_an_odd_nina_is_said_and_kept(nina: str, odd: bool) -> None:
    person = replace(KONE, nina=nina)
    assert codes(members.warnings(person)) == ([("members.odd_nina", "nina")] if odd else [])
    assert not members.file_violations(person, TODAY)


def test_a_photo_needs_her_agreement_and_her_majority() -> None:
    agreed = replace(KONE, consents=(Consent(Purpose.PHOTO, TODAY, "signature"),))
    assert members.photo_violations(agreed, TODAY) == ()
    assert codes(members.photo_violations(KONE, TODAY)) == [("members.photo_consent", "photo")]
    assert codes(members.photo_violations(replace(agreed, birth=CHILD), TODAY)) == [("members.photo_minor", "photo")]
    assert codes(members.photo_violations(replace(KONE, birth=ABOUT), TODAY)) == [
        ("members.photo_minor", "photo"),
        ("members.photo_consent", "photo"),
    ]


WHOLE = replace(
    KONE,
    nicknames=("Fati", "La grande"),
    languages=("bam", "son"),
    phones=(Phone("+22376123456", "elle", may_call=True, may_message=False), Phone("+22366123456", "proche")),
    quarter="Sévaré — Millionkin",
    emergency_name="Sa sœur",
    emergency_phone="+22366554440",
    children_count=2,
    literate=False,
    displaced=True,
    displaced_from="Tombouctou",
    displaced_on=dt.date(2022, 5, 1),
    nina="12345678901234A",
    membership=replace(MEMBERSHIP, sponsor_id=3, exempt=True, suspended_on=TODAY),
)


def test_answers_and_record_are_one_thing() -> None:
    answers = members.answers_of(WHOLE)
    assert set(answers) == {field.key for field in MEMBER.fields}
    assert members.with_answers(WHOLE, answers) == WHOLE
    assert validate(MEMBER, answers, TODAY) == ()
    without = replace(WHOLE, membership=None)
    assert set(members.answers_of(without)) == {field.key for field in PERSON.fields}
    assert members.with_answers(KONE, members.answers_of(without)) == without
    assert members.with_answers(WHOLE, members.answers_of(KONE)) == replace(KONE, membership=WHOLE.membership)


def test_a_form_that_does_not_ask_changes_nothing() -> None:
    assert members.with_answers(WHOLE, {}) == WHOLE


def test_what_is_typed_becomes_her_record() -> None:
    answers = {"last_name": "Diallo", "nicknames": " Awa ; la  Peule, Awa,", "birth": None, "phone": "+22376123456"}
    person = members.with_answers(KONE, answers)
    assert person.last_name == "Diallo"
    assert person.first_name == "Fatoumata"
    assert person.nicknames == ("Awa", "la Peule")
    assert person.birth is UNKNOWN
    assert person.phones == (Phone("+22376123456"),)
    assert members.with_answers(KONE, {"phones": None}).phones == ()
    assert members.with_answers(KONE, {"phone": None}) == KONE
    assert members.with_answers(KONE, {"phones": ({"number": "+22376123456"},)}).phones == (Phone("+22376123456"),)


def test_an_adhesion_is_corrected_never_emptied() -> None:
    corrected = members.with_answers(WHOLE, {"joined_on": dt.date(2019, 3, 13)}).membership
    assert corrected == Membership("M-00931", dt.date(2019, 3, 13), None, suspended_on=TODAY)
    assert members.with_answers(WHOLE, {"joined_on": None}) == WHOLE
    assert members.with_answers(KONE, {"joined_on": TODAY}).membership is None


def test_a_registration_gives_an_adhesion_and_consents() -> None:
    answers = {
        "joined_on": TODAY,
        "sponsor_id": 3,
        "exempt": True,
        "consent_file": True,
        "consent_photo": False,
        "consent_contact": True,
        "consent_how": "orale",
        "consent_witness": "Awa D.",
    }
    assert members.membership_of(answers, "M-00001") == Membership("M-00001", TODAY, 3, exempt=True)
    assert members.membership_of({"sponsor_id": 3}, "M-00001") is None
    assert members.membership_of({"joined_on": TODAY}, "") == Membership("", TODAY)
    assert members.consents_of(answers, TODAY) == (
        Consent(Purpose.FILE, TODAY, "orale", "Awa D."),
        Consent(Purpose.CONTACT, TODAY, "orale", "Awa D."),
    )
    assert members.consents_of({}, TODAY) == ()


def test_who_is_erased_leaves_numbers_and_dates_only() -> None:
    whole = replace(
        WHOLE,
        consents=(
            Consent(Purpose.FILE, dt.date(2019, 3, 12), "orale", "Awa D."),
            Consent(Purpose.PHOTO, dt.date(2019, 3, 12), "orale", "Awa D.", dt.date(2020, 1, 1)),
        ),
    )
    left = members.erased(whole, TODAY)
    assert left == Person(
        id=7,
        number="P-00007",
        last_name="—",
        first_name="fiche effacée",
        birth=Birth(Precision.YEAR, dt.date(1994, 1, 1)),
        membership=replace(MEMBERSHIP, exempt=True, suspended_on=TODAY),
        consents=(
            Consent(Purpose.FILE, dt.date(2019, 3, 12), "orale", "", TODAY),
            Consent(Purpose.PHOTO, dt.date(2019, 3, 12), "orale", "", dt.date(2020, 1, 1)),
        ),
        erased_on=TODAY,
    )
    told = replace(KONE, birth=Birth(Precision.EVENT, event="la grande crue"))
    assert members.erased(told, TODAY).birth is UNKNOWN
    assert members.erased(told, TODAY).membership is None


def test_she_is_found_by_names_surnoms_pseudonym_numbers_and_phones() -> None:
    found_by = members.indexed(replace(WHOLE, pseudonym="Étoile"))
    assert (found_by.id, found_by.name_norm) == (7, "kone fatoumata")
    words = set(found_by.search_text.split())
    assert {"kone", "fatoumata", "fati", "grande", "etoile", "p-00007", "m-00931", "#76123456", "#66123456"} <= words
    assert "m-00931" not in members.indexed(KONE).search_text


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Fatou 😀", "text.picture"),
        ("فاطمة", "text.direction"),
        ("Fatou\u202eenoK", "text.direction"),
        ("K" * 500, "form.too_long"),
        ("   ", "form.required"),
        ("\u00a0\u202f", "form.required"),
        ("漢字", "text.undrawable"),
    ],
)
@pytest.mark.parametrize("form", [REGISTRATION, MANY_WOMEN, PERSON])
def test_a_bad_name_is_a_sentence_beside_its_field(form: object, name: str, code: str) -> None:
    found = validate(form, {"last_name": name}, TODAY)  # type: ignore[arg-type]  # three forms
    assert [one.code for one in found if one.field == "last_name"] == [code]


@pytest.mark.parametrize(
    ("birth", "code"),
    [
        (Birth(Precision.DAY, TODAY + dt.timedelta(1)), "birth.future"),
        (Birth(Precision.YEAR, dt.date(1899, 1, 1)), "birth.too_old"),
        (None, "form.required"),
    ],
)
def test_a_bad_birth_too(birth: Birth | None, code: str) -> None:
    found = validate(REGISTRATION, {"birth": birth}, TODAY)
    assert [one.code for one in found if one.field == "birth"] == [code]


def test_the_forms_ask_what_hangs_on_other_answers() -> None:
    def asked(**answers: object) -> set[str | None]:
        every = {field.key: None for field in REGISTRATION.fields} | answers
        return {field.key for field in REGISTRATION.fields if field.shown_if is None or field.shown_if(every)}

    hidden = {"displaced_from", "displaced_on", "id_number", "id_expires_on", "emergency_knows", "sponsor_id", "exempt",
              "consent_witness"}  # fmt: skip
    assert hidden.isdisjoint(asked(displaced=False, id_type="aucune"))
    assert {"displaced_from", "displaced_on"} <= asked(displaced=True)
    assert {"id_number", "id_expires_on"} <= asked(id_type="cni")
    assert "emergency_knows" in asked(emergency_name="Sa sœur")
    assert {"sponsor_id", "exempt"} <= asked(joined_on=TODAY)
    assert "consent_witness" in asked(consent_how="orale")
    needed = {one.field for one in validate(REGISTRATION, {"consent_how": "orale"}, TODAY)}
    assert needed == {"last_name", "first_name", "birth", "consent_file", "consent_witness"}


def test_a_death_noted_by_mistake_is_taken_back() -> None:
    alive = Person(last_name="Koné", first_name="Awa")
    day = dt.date(2026, 11, 23)
    assert [one.code for one in members.change_violations(alive, "alive", day, day)] == ["members.not_dead"]
    assert members.change_violations(replace(alive, died_on=day), "alive", day, day) == ()
