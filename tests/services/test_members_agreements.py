"""What she agrees to, her photo, and the word on her majority."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.persons import Consent, Purpose
from antenne.domain.violations import Forbidden
from antenne.services import members, members_agreements, members_reading
from antenne.services.desk import Desk
from antenne.services.members import Join
from antenne.services.members_agreements import SetPhoto
from tests.services.members_help import (
    DAY,
    JPEG,
    TODAY,
    attest,
    broken,
    give,
    lines,
    register,
    request,
    withdraw,
)


def test_the_photo_goes_with_its_consent(desk: Desk) -> None:
    person = register(desk, consent_photo=None)
    put = SetPhoto(request_id=request(), person_id=person.id, jpeg=JPEG)
    assert broken(lambda: members_agreements.set_photo(desk, put)) == [("members.photo_consent", "photo")]
    give(desk, person.id, Purpose.PHOTO, how="orale", witness=" Awa  D. ")
    assert members_agreements.set_photo(desk, put).value.has_photo
    assert members_reading.load_photo(desk, person.id) == JPEG
    members_agreements.set_photo(desk, replace(put, request_id=request(), jpeg=JPEG + b"2"))
    assert members_reading.load_photo(desk, person.id) == JPEG + b"2"
    withdrawn = withdraw(desk, person.id, Purpose.PHOTO)
    assert withdrawn.consents[-1] == Consent(Purpose.PHOTO, TODAY, "orale", "Awa D.", TODAY)
    assert not withdrawn.has_photo
    assert members_reading.load_photo(desk, person.id) is None
    assert lines(desk, person.id)[0] == ("person.withdrawn", [("Photo", "accord", "retiré le 23/11/2026")])
    give(desk, person.id, Purpose.PHOTO)
    assert Purpose.PHOTO in members_reading.load_page(desk, person.id).consents
    members_agreements.set_photo(desk, replace(put, request_id=request()))
    members_agreements.set_photo(desk, replace(put, request_id=request(), jpeg=None))
    assert members_reading.load_photo(desk, person.id) is None


def test_no_photo_of_a_minor(desk: Desk) -> None:
    for birth in (Birth(Precision.DAY, dt.date(2012, 3, 12)), UNKNOWN):
        person = register(desk, birth=birth, joined_on=None)
        put = SetPhoto(request_id=request(), person_id=person.id, jpeg=JPEG)
        assert broken(lambda put=put: members_agreements.set_photo(desk, put)) == [("members.photo_minor", "photo")]  # type: ignore[misc]  # a default binds the loop's value


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
