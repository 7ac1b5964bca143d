"""A new file: what the secretary registers, on a real encrypted office."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.changes import MEMBERS
from antenne.domain.persons import Consent, Membership, Person, Phone, Purpose, Status
from antenne.services import members, members_reading
from antenne.services.desk import Desk
from antenne.services.members import Erase, Join, Register
from tests.services.members_help import (
    ANSWERS,
    DAY,
    TODAY,
    broken,
    counted,
    lines,
    on_file,
    rebroken,
    register,
    request,
)


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
