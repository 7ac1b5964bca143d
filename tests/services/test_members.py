"""What the secretary does with a woman's file, on a real encrypted office."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antenne.base.clock import FixedClock
from antenne.db.slots import Unlocked
from antenne.domain import members as rules
from antenne.domain.audit import chain_faults
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.changes import CARDS, MEMBERS
from antenne.domain.forms.person import PERSON, REGISTRATION
from antenne.domain.persons import Consent, Membership, Person, Phone, Purpose, Status
from antenne.domain.rights import Role
from antenne.domain.users import Actor
from antenne.domain.violations import Forbidden, RulesBroken, Violation
from antenne.services import drafts, members, members_reading, opening
from antenne.services.desk import Desk
from antenne.services.drafts import KeepDraft
from antenne.services.members import (
    AttestMajority,
    ChangeMembership,
    Erase,
    GiveConsent,
    Join,
    Register,
    SavePerson,
    SetPhoto,
    WithdrawConsent,
)
from antenne.wording import violations
from antenne.wording.members import HISTORY

TODAY = dt.date(2026, 11, 23)
DAY = dt.timedelta(days=1)
JPEG = b"\xff\xd8\xff\xe0 une image \xff\xd9"
REQUESTS = itertools.count(1)

ANSWERS: dict[str, object] = {
    "last_name": "Koné",
    "first_name": "Fatoumata",
    "nicknames": "Fati, La Grande",
    "birth": Birth(Precision.DAY, dt.date(1994, 3, 12)),
    "mother_name": "Awa Touré",
    "quarter": "Sévaré — Millionkin",
    "languages": ("bam", "ful"),
    "phones": ({"number": "+22376123456", "owner": "elle", "may_call": True, "may_message": False},),
    "joined_on": TODAY,
    "consent_file": True,
    "consent_photo": True,
    "consent_how": "signature",
}


def request() -> str:
    return f"r{next(REQUESTS)}"


def register(desk: Desk, **changes: object) -> Person:
    return members.register_person(
        desk, Register(request_id=request(), form="registration", answers=ANSWERS | changes)
    ).value


def broken(act: Callable[[], object]) -> list[tuple[str, str | None]]:
    """Codes and fields of what was refused; each has its sentence."""
    with pytest.raises(RulesBroken) as caught:
        act()
    for violation in caught.value.violations:
        assert violations.sentence(violation)
    return [(violation.code, violation.field) for violation in caught.value.violations]


def rebroken(desk: Desk, **changes: object) -> list[tuple[str, str | None]]:
    return broken(lambda: register(desk, **changes))


def on_file(desk: Desk, person_id: int) -> Person:
    with desk.read() as uow:
        person = uow.persons.get(person_id)
    assert person is not None
    return person


def counted(desk: Desk) -> tuple[int, int, int, int]:
    """Persons, links of the Historique, and the last two numbers given."""
    with desk.read() as uow:
        persons, links = (
            uow.rows(query)[0][0] for query in ("SELECT count(*) FROM person", "SELECT count(*) FROM audit")
        )
        return persons, links, uow.counters.last("person"), uow.counters.last("member")


def lines(desk: Desk, person_id: int) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The Historique, the newest first."""
    return [
        (line.action, [(change.field, change.old, change.new) for change in line.changes])
        for line in members_reading.history(desk, person_id)
    ]


@pytest.fixture
def desk_of(
    made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, clock: FixedClock
) -> Iterator[Callable[[str], Desk]]:
    """The desk of any role in the same office."""
    opened: list[Desk] = []

    def make(role: str) -> Desk:
        opened.append(opening.open_desk(office_folder, made_office[1][role], clock))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


# --- A new file --------------------------------------------------------------------------------------------------


def test_a_woman_becomes_a_member(desk: Desk) -> None:
    done = members.register_person(desk, Register(request_id="one", form="registration", answers=ANSWERS))
    person = done.value
    assert (person.number, person.last_name, person.nicknames) == ("P-00001", "Koné", ("Fati", "La Grande"))
    assert person.membership == Membership("M-00001", TODAY)
    assert person.consents == (Consent(Purpose.FILE, TODAY, "signature"), Consent(Purpose.PHOTO, TODAY, "signature"))
    assert person.updated_by == "Agent secretaire"
    assert on_file(desk, person.id) == person
    assert done.changes.touch(MEMBERS, person.id)
    for typed in ("kone fati", "koulibaly", "m1", "76 12 34 56", "la grande"):
        assert members_reading.search_ids(desk, typed) == ((person.id,) if typed != "koulibaly" else ())
    page = members_reading.load_page(desk, person.id)
    assert (page.status, page.minor, page.consents) == (
        Status.ACTIVE,
        False,
        frozenset({Purpose.FILE, Purpose.PHOTO}),
    )
    (row,) = members_reading.rows(desk, (person.id, 99))
    assert (row.member_number, row.masked_phone, row.joined_on) == ("M-00001", "76 •• •• 56", TODAY)


def test_her_first_line_of_history_is_in_words(desk: Desk) -> None:
    sponsor = register(desk, last_name="Diallo", first_name="Aïssata")
    person = register(desk, sponsor_id=sponsor.id, consent_how="orale", consent_witness="Awa D.")
    ((action, changes),) = lines(desk, person.id)
    said = {field: new for field, _, new in changes}
    assert action == "person.created"
    assert said["Naissance"] == "12/03/1994"
    assert said["Langues"] == "bambara, peul"
    assert said["Téléphone"] == "76 12 34 56, elle, Peut-on appeler\u202f? Oui, Laisser un message\u202f? Non"
    assert said["Marraine"] == "M-00001"
    assert said["Être inscrite au fichier"] == "Oui"
    assert said["Comment"] == "orale, avec témoin"
    assert said["Témoin"] == "Awa D."
    assert "Enfants à charge" not in said


def test_a_contact_has_a_file_and_no_member_number(desk: Desk) -> None:
    person = register(desk, joined_on=None, birth=UNKNOWN)
    assert person.membership is None
    assert members_reading.load_page(desk, person.id).status is Status.CONTACT
    assert counted(desk)[2:] == (1, 0)


def test_a_child_has_a_file_and_is_never_a_member(desk: Desk) -> None:
    child = Birth(Precision.DAY, dt.date(2012, 3, 12))
    assert rebroken(desk, birth=child) == [("members.minor", "birth")]
    assert counted(desk) == (0, 0, 0, 0)
    person = register(desk, birth=child, joined_on=None)
    assert members_reading.load_page(desk, person.id).status is Status.MINOR
    join = Join(request_id=request(), person_id=person.id, joined_on=TODAY)
    assert broken(lambda: members.join_member(desk, join)) == [("members.minor", "birth")]


@pytest.mark.parametrize(
    "birth", [UNKNOWN, Birth(Precision.ABOUT, dt.date(2008, 1, 1)), Birth(Precision.YEAR, dt.date(2008, 1, 1))]
)
def test_an_uncertain_majority_is_no_adhesion(desk: Desk, birth: Birth) -> None:
    assert rebroken(desk, birth=birth) == [("members.uncertain", "birth")]


def test_everything_wrong_is_said_at_once(desk: Desk) -> None:
    found = rebroken(
        desk,
        last_name="  ",
        first_name="Fatou 😀",
        birth=Birth(Precision.YEAR, dt.date(2030, 1, 1)),
        phones=({"number": "+22376123456", "owner": "elle"}, {"number": "+22376123456", "owner": "elle"}),
        pseudonym="Kone 12",
        joined_on=TODAY + DAY,
        sponsor_id=99,
        consent_file=False,
        consent_how="orale",
    )
    assert set(found) == {
        ("form.required", "last_name"),
        ("text.picture", "first_name"),
        ("birth.future", "birth"),
        ("members.same_phone", "phones[1].number"),
        ("date.future", "joined_on"),
        ("members.joined_before_birth", "joined_on"),
        ("members.sponsor", "sponsor_id"),
        ("members.no_consent", "consent_file"),
        ("form.required", "consent_witness"),
    }
    assert len(found) == len(set(found))
    assert counted(desk) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"last_name": "Koné 😀"},
        {"first_name": "فاطمة"},
        {"last_name": "K" * 500},
        {"first_name": "\u00a0 \u202f"},
        {"birth": Birth(Precision.DAY, TODAY + DAY)},
        {"birth": Birth(Precision.YEAR, dt.date(1899, 1, 1))},
        {"birth": None},
        {"pseudonym": "Fatoumata"},
        {"children_count": 31},
        {"consent_how": None},
    ],
)
def test_bad_input_is_a_sentence_and_writes_nothing(desk: Desk, change: dict[str, object]) -> None:
    (field,) = change
    found = rebroken(desk, **change)
    assert field in [one for _, one in found]
    assert counted(desk) == (0, 0, 0, 0)


def test_what_is_typed_is_kept_clean_and_what_is_hidden_is_not_kept(desk: Desk) -> None:
    person = register(
        desk, last_name="  Ba   Touré ", first_name="E\u0301lise", displaced=False, displaced_from="Gao", id_number="7"
    )
    assert (person.last_name, person.first_name) == ("Ba Touré", "\u00c9lise")
    assert (person.displaced, person.displaced_from, person.id_number) == (False, "", "")


def test_a_double_click_makes_one_woman(desk: Desk) -> None:
    command = Register(request_id="twice", form="registration", answers=ANSWERS)
    first, second = members.register_person(desk, command), members.register_person(desk, command)
    assert first.value == second.value
    assert not second.changes.touched
    assert counted(desk) == (1, 1, 1, 1)


def test_two_windows_at_once_make_one_woman(desk: Desk) -> None:
    command = Register(request_id="twice", form="registration", answers=ANSWERS)
    found: list[Person] = []
    threads = [
        threading.Thread(target=lambda: found.append(members.register_person(desk, command).value)) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert counted(desk) == (1, 1, 1, 1)


def test_numbers_have_no_gap_after_an_undone_transaction(desk: Desk) -> None:
    register(desk)
    with desk.write() as uow:
        assert (uow.counters.next("member"), uow.counters.next("person")) == (2, 2)
    rebroken(desk, consent_file=False)
    person = register(desk, last_name="Diallo")
    assert (person.number, person.membership and person.membership.number) == ("P-00002", "M-00002")


def test_many_women_one_after_the_other(desk: Desk) -> None:
    common: dict[str, object] = {
        "joined_on": TODAY, "quarter": "Fatoma", "sponsor_id": None, "consent_file": True, "consent_how": "empreinte",
        "last_name": "Dicko", "first_name": "Sira", "birth": ANSWERS["birth"], "phone": "+22366554402",
    }  # fmt: skip
    command = Register(request_id=request(), form="many_women", answers=common)
    person = members.register_person(desk, command).value
    assert (person.quarter, person.phones) == ("Fatoma", (Phone("+22366554402"),))
    ((_, changes),) = lines(desk, person.id)
    assert ("Téléphone", "", "66 55 44 02") in changes
    without = replace(command, request_id=request(), answers=common | {"joined_on": None, "consent_file": None})
    assert broken(lambda: members.register_person(desk, without)) == [
        ("form.required", "joined_on"),
        ("form.required", "consent_file"),
        ("members.no_consent", "consent_file"),
    ]


def test_a_sponsor_is_a_member_and_another_woman(desk: Desk, desk_of: Callable[[str], Desk]) -> None:
    contact = register(desk, joined_on=None)
    assert rebroken(desk, sponsor_id=contact.id) == [("members.sponsor", "sponsor_id")]
    member = register(desk, last_name="Diallo", quarter="Fatoma")
    brought = register(desk, last_name="Cissé", sponsor_id=member.id)
    page = members_reading.load_page(desk, brought.id)
    assert (page.sponsor, page.sponsor_number) == ("DIALLO Fatoumata", "M-00001")
    members.erase_person(desk_of("responsable"), Erase(request_id=request(), person_id=member.id))
    assert rebroken(desk, sponsor_id=member.id) == [("members.sponsor", "sponsor_id")]


# --- Changing a file ---------------------------------------------------------------------------------------------


def save(desk: Desk, before: Person, **changes: object) -> Person:
    answers = rules.answers_of(before) | changes
    return members.save_person(desk, SavePerson(request_id=request(), before=before, answers=answers)).value


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
    members.set_photo(desk, SetPhoto(request_id=request(), person_id=before.id, jpeg=JPEG))
    members.withdraw_consent(
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


def change(desk: Desk, person_id: int, what: str, on: dt.date = TODAY, reason: str = "") -> Person:
    command = ChangeMembership(request_id=request(), person_id=person_id, what=what, on=on, reason=reason)
    return members.change_membership(desk, command).value


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
    members.withdraw_consent(desk, withdraw)
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


# --- Consents and photo ------------------------------------------------------------------------------------------


def give(desk: Desk, person_id: int, purpose: Purpose, **changes: Any) -> Person:
    command = GiveConsent(request_id=request(), person_id=person_id, purpose=purpose, on=TODAY, how="signature")
    return members.give_consent(desk, replace(command, **changes)).value


def withdraw(desk: Desk, person_id: int, purpose: Purpose, on: dt.date = TODAY) -> Person:
    command = WithdrawConsent(request_id=request(), person_id=person_id, purpose=purpose, on=on)
    return members.withdraw_consent(desk, command).value


def test_the_photo_goes_with_its_consent(desk: Desk) -> None:
    person = register(desk, consent_photo=None)
    put = SetPhoto(request_id=request(), person_id=person.id, jpeg=JPEG)
    assert broken(lambda: members.set_photo(desk, put)) == [("members.photo_consent", "photo")]
    give(desk, person.id, Purpose.PHOTO, how="orale", witness=" Awa  D. ")
    assert members.set_photo(desk, put).value.has_photo
    assert members_reading.load_photo(desk, person.id) == JPEG
    members.set_photo(desk, replace(put, request_id=request(), jpeg=JPEG + b"2"))
    assert members_reading.load_photo(desk, person.id) == JPEG + b"2"
    withdrawn = withdraw(desk, person.id, Purpose.PHOTO)
    assert withdrawn.consents[-1] == Consent(Purpose.PHOTO, TODAY, "orale", "Awa D.", TODAY)
    assert not withdrawn.has_photo
    assert members_reading.load_photo(desk, person.id) is None
    assert lines(desk, person.id)[0] == ("person.withdrawn", [("Photo", "accord", "retiré le 23/11/2026")])
    give(desk, person.id, Purpose.PHOTO)
    assert Purpose.PHOTO in members_reading.load_page(desk, person.id).consents
    members.set_photo(desk, replace(put, request_id=request()))
    members.set_photo(desk, replace(put, request_id=request(), jpeg=None))
    assert members_reading.load_photo(desk, person.id) is None


def test_no_photo_of_a_minor(desk: Desk) -> None:
    for birth in (Birth(Precision.DAY, dt.date(2012, 3, 12)), UNKNOWN):
        person = register(desk, birth=birth, joined_on=None)
        put = SetPhoto(request_id=request(), person_id=person.id, jpeg=JPEG)
        assert broken(lambda put=put: members.set_photo(desk, put)) == [("members.photo_minor", "photo")]  # type: ignore[misc]  # a default binds the loop's value


def test_a_consent_is_given_with_its_way_and_day(desk: Desk) -> None:
    person = register(desk)
    assert broken(lambda: give(desk, person.id, Purpose.CONTACT, how="orale", witness=" ")) == [
        ("form.required", "witness")
    ]
    assert broken(lambda: give(desk, person.id, Purpose.CONTACT, how="", on=TODAY + DAY)) == [
        ("date.future", "on"),
        ("form.required", "how"),
    ]
    assert broken(lambda: give(desk, person.id, Purpose.CONTACT, witness="😀")) == [("text.picture", "witness")]
    assert broken(lambda: give(desk, person.id, Purpose.FILE)) == [("members.already_agreed", "purpose")]
    assert broken(lambda: withdraw(desk, person.id, Purpose.CONTACT)) == [("members.not_agreed", "purpose")]
    assert broken(lambda: withdraw(desk, person.id, Purpose.FILE, TODAY - DAY)) == [("members.withdrawn_before", "on")]
    assert broken(lambda: withdraw(desk, person.id, Purpose.FILE, TODAY + DAY)) == [("date.future", "on")]


# --- « Majeure évidente » ----------------------------------------------------------------------------------------


def attest(desk: Desk, person_id: int, words: str) -> Person:
    return members.attest_majority(desk, AttestMajority(request_id=request(), person_id=person_id, words=words)).value


def test_only_the_responsable_attests(desk: Desk, responsable_desk: Desk) -> None:
    person = register(desk, birth=UNKNOWN, joined_on=None)
    with pytest.raises(Forbidden):
        attest(desk, person.id, "trois enfants")
    assert broken(lambda: attest(responsable_desk, person.id, "  ")) == [("members.reason", "words")]
    assert broken(lambda: attest(responsable_desk, person.id, "x" * 500)) == [("form.too_long", "words")]
    assert attest(responsable_desk, person.id, " trois  enfants").evident_adult == "trois enfants"
    assert lines(desk, person.id)[0] == ("person.evident_adult", [("Majeure évidente", "", "trois enfants")])
    joined = members.join_member(desk, Join(request_id=request(), person_id=person.id, joined_on=TODAY)).value
    assert joined.membership
    assert not members_reading.load_page(desk, person.id).minor
    child = register(desk, birth=Birth(Precision.DAY, dt.date(2012, 3, 12)), joined_on=None)
    assert broken(lambda: attest(responsable_desk, child.id, "grande")) == [("members.minor", "birth")]


# --- Duplicates --------------------------------------------------------------------------------------------------


def suggested(desk: Desk, own_id: int = 0, /, **answers: Any) -> list[tuple[int, tuple[str, ...]]]:
    return [(one.person.id, one.reasons) for one in members_reading.suggest_duplicates(desk, answers, own_id)]


def test_a_namesake_is_suggested_while_she_types(desk: Desk) -> None:
    coulibaly = register(desk, last_name="Coulibaly", first_name="Fatoumata", birth=UNKNOWN, joined_on=None)
    assert suggested(desk, last_name="Koulibaly") == []
    assert suggested(desk, last_name="Koulibaly", first_name="Fanta") == []
    typed: dict[str, Any] = {"last_name": "KOULIBALY", "first_name": "Fanta", "mother_name": "hawa touré"}
    assert suggested(desk, **typed) == [(coulibaly.id, ("last_name", "first_name", "mother"))]
    assert suggested(desk, coulibaly.id, **typed) == []
    unread = dict(typed) | {"birth": Violation("birth.unclear", "birth"), "phones": None}
    assert suggested(desk, **unread) == [(coulibaly.id, ("last_name", "first_name", "mother"))]
    phones = ({"number": "+22376123456", "owner": "partage"},)
    assert suggested(desk, last_name="Maïga", first_name="Oumou", phones=phones) == []
    assert suggested(desk, last_name="Maïga", first_name="Fanta", phones=phones) == [
        (coulibaly.id, ("first_name", "phone"))
    ]


def test_at_most_three_are_suggested_the_likeliest_first(desk: Desk) -> None:
    for _ in range(4):
        register(desk)
    likeliest = register(desk, quarter="Fatoma")
    found = suggested(desk, **{key: ANSWERS[key] for key in ("last_name", "first_name", "birth")}, quarter="fatoma")
    assert len(found) == 3
    assert found[0][0] == likeliest.id


def test_she_is_suggested_among_a_hundred_namesakes(desk: Desk) -> None:
    """The one that is alike stands last in the order of names."""
    with desk.write() as uow:
        for number in range(1, 101):
            person = Person(number=f"P-{number:05d}", last_name="Traoré", first_name="Fatoumata", quarter=f"Q{number}")
            saved = uow.persons.save(person, desk.clock.now(), 1)
            desk.persons.put(rules.indexed(saved))
        uow.commit()
    assert suggested(desk, last_name="Traore", first_name="Fanta") == []
    found = members_reading.suggest_duplicates(desk, {"last_name": "Traore", "first_name": "Fanta", "quarter": "q100"})
    assert replace(found[0].person, updated_by=saved.updated_by) == saved
    assert [(one.person.number, one.reasons) for one in found] == [("P-00100", ("last_name", "first_name", "quarter"))]


# --- The right to be forgotten -----------------------------------------------------------------------------------


def texts_of(desk: Desk) -> dict[str, str]:
    """Everything readable in the decrypted base, by table."""
    with desk.read() as uow:
        tables = [row[0] for row in uow.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: repr(uow.rows(f'SELECT * FROM "{table}"')) for table in tables}  # noqa: S608 - the base's own tables


def test_who_asks_to_be_forgotten_is_found_nowhere(desk: Desk, responsable_desk: Desk) -> None:
    secret = {
        "last_name": "Zorgho", "first_name": "Qalima", "nicknames": "Xaxa", "mother_name": "Wendé Vokouma",
        "pseudonym": "Ylang", "emergency_name": "Jokébed", "never_tell": "Huilier", "recognition_question": "Qumquat",
        "quarter": "Yorosso", "birth_place": "Zégoua", "register_ref": "cahier µ", "nina": "99887766554433Z",
        "id_type": "cni", "id_number": "IDX-4477", "displaced": True, "displaced_from": "Kidalou",
        "birth": Birth(Precision.EVENT, dt.date(1990, 1, 1), event="la crue des criquets"),
        "phones": ({"number": "+22371717171", "owner": "elle"},), "emergency_phone": "+22372727272",
        "consent_how": "orale", "consent_witness": "Témoinne",
    }  # fmt: skip
    person = register(desk, **secret)
    register(desk, last_name="Diallo", sponsor_id=person.id)
    members.set_photo(desk, SetPhoto(request_id=request(), person_id=person.id, jpeg=JPEG))
    save(desk, on_file(desk, person.id), quarter="Yorossoba")
    attest(responsable_desk, person.id, "Xaxa a trois enfants")
    for one in (desk, responsable_desk):
        body = {"last_name": "Zorgho", "birth": "la crue des criquets"}
        drafts.keep_draft(one, KeepDraft(form=PERSON, subject_id=person.id, body=body))
    words = (
        "Zorgho", "zorgho", "Qalima", "qalima", "kalima", "Xaxa", "xaxa", "Wendé", "Vokouma", "Ylang", "ylang",
        "Jokébed", "Huilier", "Qumquat", "Yorosso", "Zégoua", "cahier µ", "99887766554433Z", "IDX-4477", "Kidalou",
        "criquets", "71717171", "71 71 71 71", "72727272", "72 72 72 72", "Témoinne", "une image", "trois enfants",
    )  # fmt: skip
    before = " ".join(texts_of(desk).values())
    assert all(word in before or json.dumps(word)[1:-1] in before for word in words if word != "kalima")
    with pytest.raises(Forbidden):
        members.erase_person(desk, Erase(request_id=request(), person_id=person.id))

    command = Erase(request_id="forget", person_id=person.id)
    members.erase_person(responsable_desk, command)
    done = members.erase_person(responsable_desk, command)

    for table, text in texts_of(desk).items():
        for word in words:
            assert word not in text, (table, word)
            assert json.dumps(word)[1:-1] not in text, (table, word)
    left = done.value
    assert (left.number, left.membership and left.membership.number) == ("P-00001", "M-00001")
    assert left.birth == Birth(Precision.YEAR, dt.date(1990, 1, 1))
    with desk.read() as uow:
        assert chain_faults(uow.audit.links()) == ()
        assert uow.audit.altered_details() == ()
    assert all(line.erased for line in members_reading.history(desk, person.id))
    assert responsable_desk.persons.search("zorgho") == ()
    assert members_reading.load_page(desk, person.id).status is Status.ERASED


def test_an_erased_file_no_longer_changes(desk: Desk, responsable_desk: Desk) -> None:
    person = register(desk)
    members.erase_person(responsable_desk, Erase(request_id=request(), person_id=person.id))
    assert broken(lambda: save(desk, person, quarter="Konna")) == [("members.erased", None)]
    assert broken(lambda: change(desk, person.id, "died")) == [("members.erased", None)]
    again = Erase(request_id=request(), person_id=person.id)
    assert broken(lambda: members.erase_person(responsable_desk, again)) == [("members.erased", None)]
    gone = Erase(request_id=request(), person_id=99)
    assert broken(lambda: members.erase_person(responsable_desk, gone)) == [("members.gone", None)]
    assert broken(lambda: members_reading.load_page(desk, 99)) == [("members.gone", None)]


def test_an_erased_person_is_not_found_after_the_next_start(desk: Desk, desk_of: Callable[[str], Desk]) -> None:
    person = register(desk)
    members.erase_person(desk_of("responsable"), Erase(request_id=request(), person_id=person.id))
    assert desk_of("secretaire").persons.all_ids() == ()


# --- Roles and the chain -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["caissiere", "ecoutante", "lecture"])
def test_who_may_not_write_is_refused(desk: Desk, desk_of: Callable[[str], Desk], role: str) -> None:
    person, other, before = register(desk), desk_of(role), counted(desk)
    acts: list[Callable[[], object]] = [
        lambda: register(other),
        lambda: save(other, person, quarter="Konna"),
        lambda: change(other, person.id, "died"),
        lambda: give(other, person.id, Purpose.CONTACT),
        lambda: withdraw(other, person.id, Purpose.FILE),
        lambda: attest(other, person.id, "x"),
        lambda: members.join_member(other, Join(request_id="x", person_id=person.id, joined_on=TODAY)),
        lambda: members.set_photo(other, SetPhoto(request_id="x", person_id=person.id, jpeg=None)),
        lambda: members.erase_person(other, Erase(request_id="x", person_id=person.id)),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act()
    assert counted(desk) == before


def test_lecture_sees_no_person(desk: Desk, desk_of: Callable[[str], Desk]) -> None:
    person, visitor = register(desk), desk_of("lecture")
    acts: list[Callable[[], object]] = [
        lambda: members_reading.search_ids(visitor, "kone"),
        lambda: members_reading.rows(visitor, (person.id,)),
        lambda: members_reading.load_page(visitor, person.id),
        lambda: members_reading.load_photo(visitor, person.id),
        lambda: members_reading.history(visitor, person.id),
        lambda: members_reading.suggest_duplicates(visitor, ANSWERS),
    ]
    for act in acts:
        with pytest.raises(Forbidden) as refused:
            act()
        assert violations.forbidden(refused.value)
    assert members_reading.search_ids(desk_of("caissiere"), "kone") == (person.id,)


def test_every_change_is_a_link_by_its_author(desk: Desk, responsable_desk: Desk) -> None:
    person = register(desk)
    change(responsable_desk, person.id, "suspended")
    first, second = reversed(members_reading.history(desk, person.id))
    assert (first.actor, second.actor) == ("Agent secretaire", "Agent responsable")
    with desk.read() as uow:
        assert chain_faults(uow.audit.links()) == ()
        assert uow.audit.altered_details() == ()


def test_a_saved_file_throws_her_draft_away_and_nobody_elses(desk: Desk, responsable_desk: Desk) -> None:
    for one in (desk, responsable_desk):
        drafts.keep_draft(one, KeepDraft(form=REGISTRATION, subject_id=0, body={"last_name": "Koné"}))
    person = register(desk)
    assert drafts.list_drafts(desk) == ()
    assert len(drafts.list_drafts(responsable_desk)) == 1
    drafts.keep_draft(desk, KeepDraft(form=PERSON, subject_id=person.id, body={"quarter": "Kon"}))
    save(desk, person, quarter="Konna")
    assert drafts.list_drafts(desk) == ()


def test_a_changed_file_tells_the_cards_too(desk: Desk) -> None:
    person = register(desk)
    command = SavePerson(request_id=request(), before=person, answers=rules.answers_of(person) | {"literate": True})
    done = members.save_person(desk, command)
    assert done.changes.touch(CARDS, person.id)
    assert done.changes.touch(MEMBERS, person.id)
    assert not done.changes.touch(MEMBERS, person.id + 1)


def test_the_program_itself_has_no_role(desk: Desk) -> None:
    desk.actor = Actor(0, "", frozenset({Role.LECTURE}))
    with pytest.raises(Forbidden):
        register(desk)
