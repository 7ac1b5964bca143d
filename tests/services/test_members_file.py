"""Her file is changed; she joins, leaves, comes back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antenne.domain import members as rules
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.persons import Consent, Membership, Person, Phone, Purpose, Status
from antenne.services import members, members_agreements, members_reading, opening
from antenne.services.desk import Desk
from antenne.services.members import ChangeMembership, Join, SavePerson
from antenne.services.members_agreements import SetPhoto, WithdrawConsent
from antenne.wording.members import HISTORY
from tests.services.members_help import (
    DAY,
    JPEG,
    TODAY,
    broken,
    change,
    counted,
    lines,
    on_file,
    rebroken,
    register,
    request,
    save,
)


def test_a_changed_file_keeps_old_and_new(desk: Desk) -> None:
    person = register(desk)
    phones = ({"number": "+22366123456", "owner": "proche", "may_call": None, "may_message": None},)
    saved = save(desk, person, last_name="Konaté", phones=phones, literate=False, children_count=2, languages=None)
    assert on_file(desk, person.id) == saved
    assert lines(desk, person.id)[0] == (
        "person.saved",
        [
            ("Nom", "Koné", "Konaté"),
            ("Langues", "bambara, peul", ""),
            (
                "Téléphone",
                "76 12 34 56, elle, Peut-on appeler\u202f? Oui, Laisser un message\u202f? Non",
                "66 12 34 56, un proche",
            ),
            ("Enfants à charge", "", "2"),
            ("Sait lire et écrire\u202f?", "", "Non"),
        ],
    )
    assert members_reading.search_ids(desk, "konate") == (person.id,)
    assert members_reading.search_ids(desk, "76123456") == ()


def test_two_windows_do_not_overwrite_each_other(desk: Desk) -> None:
    before = register(desk)
    save(desk, before, quarter="Fatoma")
    assert broken(lambda: save(desk, before, quarter="Konna", literate=True)) == [("members.changed_meanwhile", None)]
    kept = on_file(desk, before.id)
    assert (kept.quarter, kept.literate) == ("Fatoma", None)


def test_what_the_form_does_not_ask_is_no_conflict_and_stays(desk: Desk) -> None:
    before = register(desk, consent_contact=True)
    members_agreements.set_photo(desk, SetPhoto(request_id=request(), person_id=before.id, jpeg=JPEG))
    members_agreements.withdraw_consent(
        desk, WithdrawConsent(request_id=request(), person_id=before.id, purpose=Purpose.CONTACT, on=TODAY)
    )
    suspend = ChangeMembership(request_id=request(), person_id=before.id, what="suspended", on=TODAY)
    members.change_membership(desk, suspend)
    saved = save(desk, before, quarter="Fatoma")
    assert (saved.quarter, saved.has_photo) == ("Fatoma", True)
    assert saved.membership is not None
    assert saved.membership.suspended_on == TODAY
    assert Purpose.CONTACT not in rules.consents_in_force(saved, TODAY)


def test_a_saved_file_can_be_saved_again_from_the_same_screen(desk: Desk) -> None:
    person = register(desk)
    for quarter in ("Fatoma", "Konna", "Fatoma"):
        person = save(desk, person, quarter=quarter)
    assert person.quarter == "Fatoma"
    command = SavePerson(request_id="again", before=person, answers=rules.answers_of(person) | {"literate": True})
    assert members.save_person(desk, command).value == members.save_person(desk, command).value


def test_a_members_file_keeps_the_rules_of_adhesion(desk: Desk) -> None:
    person = register(desk)
    child = Birth(Precision.DAY, dt.date(2012, 3, 12))
    assert broken(lambda: save(desk, person, birth=child)) == [("members.minor", "birth")]
    assert broken(lambda: save(desk, person, birth=UNKNOWN)) == [("members.uncertain", "birth")]
    assert broken(lambda: save(desk, person, joined_on=None)) == [("form.required", "joined_on")]
    assert broken(lambda: save(desk, person, joined_on=TODAY + DAY)) == [("date.future", "joined_on")]
    assert broken(lambda: save(desk, person, joined_on=dt.date(2011, 1, 1))) == [("members.minor", "birth")]
    assert broken(lambda: save(desk, person, sponsor_id=person.id)) == [("members.sponsor", "sponsor_id")]
    saved = save(desk, person, joined_on=TODAY - DAY, exempt=True)
    assert saved.membership == Membership("M-00001", TODAY - DAY, exempt=True)


def test_an_uncertainty_that_a_register_brought_in_does_not_hold_back_a_phone(desk: Desk) -> None:
    person = register(desk)
    with desk.write() as uow:
        uncertain = uow.persons.save(replace(person, birth=UNKNOWN), desk.clock.now(), 1)
        uow.commit()
    assert save(desk, uncertain, quarter="Konna").quarter == "Konna"
    about = Birth(Precision.ABOUT, dt.date(2008, 1, 1))
    assert broken(lambda: save(desk, uncertain, joined_on=TODAY - DAY, birth=about)) == [
        ("members.changed_meanwhile", None)
    ]


def test_the_reglement_of_the_day_of_adhesion_holds(desk: Desk) -> None:
    eighteen = register(desk, birth=Birth(Precision.DAY, dt.date(2008, 1, 1)), joined_on=TODAY - DAY)
    with desk.write() as uow:
        uow.settings.set("members.majority", TODAY, 21)
        uow.commit()
    opening.reload_settings(desk)
    assert save(desk, eighteen, quarter="Konna").quarter == "Konna"
    young = Birth(Precision.DAY, dt.date(2007, 1, 1))
    assert rebroken(desk, birth=young, joined_on=TODAY) == [("members.minor", "birth")]
    assert register(desk, birth=young, joined_on=TODAY - DAY).membership


PHONES = st.builds(
    Phone,
    st.integers(60_000_000, 99_999_999).map("+223{}".format),
    st.sampled_from(("elle", "proche")),
    st.sampled_from((None, True, False)),
    st.sampled_from((None, True, False)),
)
WORDS = st.text(st.sampled_from("aéɛɔŋ’« -Z9"), max_size=9)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2026, 12, 31))
MAYBE_DAY = st.none() | DAYS
YES_NO = st.sampled_from((None, True, False))
BIRTHS = st.one_of(
    st.just(UNKNOWN),
    st.builds(Birth, st.sampled_from((Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.ABOUT)), DAYS),
    st.builds(Birth, st.just(Precision.AGE), DAYS, st.integers(0, 120), DAYS),
    st.builds(Birth, st.just(Precision.EVENT), MAYBE_DAY, event=WORDS),
)
CONSENTS = st.builds(Consent, st.sampled_from(Purpose), DAYS, st.sampled_from(("signature", "orale")), WORDS, MAYBE_DAY)
TEXTS = (
    "pseudonym", "birth_place", "nationality", "quarter", "emergency_name", "emergency_phone", "never_tell",
    "recognition_question", "mother_name", "schooling", "activity", "displaced_from", "id_type", "id_number", "nina",
    "evident_adult", "register_ref",
)  # fmt: skip
PERSONS = st.builds(
    Person,
    last_name=WORDS,
    first_name=WORDS,
    nicknames=st.lists(WORDS, max_size=3).map(tuple),
    languages=st.lists(st.sampled_from(("bam", "ful")), max_size=2).map(tuple),
    birth=BIRTHS,
    phones=st.lists(PHONES, max_size=3).map(tuple),
    consents=st.lists(CONSENTS, max_size=4).map(tuple),
    membership=st.none()
    | st.builds(
        Membership,
        st.just("M-00001"),
        DAYS,
        st.just(None),
        exempt=st.booleans(),
        suspended_on=MAYBE_DAY,
        left_on=MAYBE_DAY,
        left_reason=WORDS,
    ),
    emergency_knows=YES_NO,
    literate=YES_NO,
    displaced=YES_NO,
    children_count=st.none() | st.integers(0, 30),
    displaced_on=MAYBE_DAY,
    id_expires_on=MAYBE_DAY,
    died_on=MAYBE_DAY,
    erased_on=MAYBE_DAY,
    **dict.fromkeys(TEXTS, WORDS),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=PERSONS, second=PERSONS)
def test_what_is_saved_is_what_comes_back(desk: Desk, first: Person, second: Person) -> None:
    """Every field, for a new record and for one rewritten whole."""
    with desk.write() as uow:
        made = uow.persons.save(replace(first, number="P-00001"), desk.clock.now(), 1)
        read = uow.persons.get(made.id)
        uow.session.expunge_all()
        again = uow.persons.get(made.id)
        assert made == read == again
        assert again == replace(
            first, id=made.id, number="P-00001", updated_at=desk.clock.now(), updated_by=made.updated_by
        )
        rewritten = uow.persons.save(replace(second, id=made.id, number="P-00001"), desk.clock.now(), 1)
        uow.session.expunge_all()
        assert uow.persons.get(made.id) == rewritten
        assert rewritten == replace(
            second, id=made.id, number="P-00001", updated_at=desk.clock.now(), updated_by=made.updated_by
        )


# --- Adhesion, departure, death ----------------------------------------------------------------------------------


def test_a_contact_joins_later(desk: Desk) -> None:
    person = register(desk, joined_on=None)
    sponsor = register(desk, last_name="Diallo")
    command = Join(request_id=request(), person_id=person.id, joined_on=TODAY, sponsor_id=sponsor.id, exempt=True)
    joined = members.join_member(desk, command).value
    assert joined.membership == Membership("M-00002", TODAY, sponsor.id, exempt=True)
    assert members_reading.search_ids(desk, "m2") == (person.id,)
    assert lines(desk, person.id)[0] == ("person.joined", [("N° d’adhérente", "", "M-00002")])
    again = replace(command, request_id=request())
    assert broken(lambda: members.join_member(desk, again)) == [("members.already", None)]
    assert counted(desk)[2:] == (2, 2)


def test_a_contact_who_took_her_agreement_back_or_died_does_not_join(desk: Desk) -> None:
    person = register(desk, joined_on=None)
    command = Join(request_id=request(), person_id=person.id, joined_on=TODAY)
    withdraw = WithdrawConsent(request_id=request(), person_id=person.id, purpose=Purpose.FILE, on=TODAY)
    members_agreements.withdraw_consent(desk, withdraw)
    assert broken(lambda: members.join_member(desk, command)) == [("members.no_consent", "consent_file")]
    change(desk, person.id, "died")
    assert broken(lambda: members.join_member(desk, command)) == [("members.died", None)]
    assert counted(desk)[3] == 0


def test_she_is_suspended_leaves_and_comes_back(desk: Desk) -> None:
    person = register(desk, joined_on=TODAY - 9 * DAY)

    def status() -> Status:
        return members_reading.load_page(desk, person.id).status

    change(desk, person.id, "suspended", TODAY - 5 * DAY)
    assert status() is Status.SUSPENDED
    change(desk, person.id, "resumed", TODAY - 4 * DAY)
    assert status() is Status.ACTIVE
    change(desk, person.id, "left", TODAY - 3 * DAY, "sans_nouvelle")
    assert status() is Status.LEFT
    back = change(desk, person.id, "rejoined", TODAY - 2 * DAY)
    assert status() is Status.ACTIVE
    assert back.membership == Membership("M-00001", TODAY - 9 * DAY)
    change(desk, person.id, "died", TODAY)
    assert status() is Status.DECEASED
    assert lines(desk, person.id)[:5] == [
        ("person.died", [("Décès", "", "23/11/2026")]),
        ("person.rejoined", [("Date", "", "21/11/2026")]),
        ("person.left", [("Date", "", "20/11/2026"), ("Motif", "", "sans nouvelle")]),
        ("person.resumed", [("Date", "", "19/11/2026")]),
        ("person.suspended", [("Date", "", "18/11/2026")]),
    ]
    assert all(action in HISTORY for action, _ in lines(desk, person.id))


def test_what_does_not_follow_is_refused(desk: Desk) -> None:
    contact = register(desk, joined_on=None)
    person = register(desk, last_name="Diallo", joined_on=TODAY - 9 * DAY)

    def refused(person_id: int, what: str, on: dt.date = TODAY) -> list[tuple[str, str | None]]:
        return broken(lambda: change(desk, person_id, what, on))

    assert refused(contact.id, "suspended") == [("members.not_member", None)]
    assert refused(person.id, "suspended", TODAY + DAY) == [("date.future", "on")]
    assert refused(person.id, "left", TODAY - 10 * DAY) == [("members.before_joining", "on")]
    assert refused(person.id, "resumed") == [("members.not_suspended", None)]
    assert refused(person.id, "rejoined") == [("members.not_left", None)]
    assert refused(person.id, "died", dt.date(1990, 1, 1)) == [("members.died_before_birth", "on")]
    change(desk, person.id, "suspended", TODAY - DAY)
    assert refused(person.id, "suspended") == [("members.already_suspended", None)]
    assert refused(person.id, "resumed", TODAY - 2 * DAY) == [("members.before_that", "on")]
    change(desk, person.id, "left", TODAY - DAY)
    assert refused(person.id, "left") == [("members.already_left", None)]
    assert refused(person.id, "suspended") == [("members.already_left", None)]
    change(desk, person.id, "died")
    assert refused(person.id, "rejoined") == [("members.died", None)]
    assert refused(person.id, "died") == [("members.died", None)]
    assert refused(99, "died") == [("members.gone", None)]
