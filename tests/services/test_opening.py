"""Making and opening an office, on the real encrypted file."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.base.problems import Problem
from antenne.domain.births import Birth, Precision
from antenne.domain.persons import Membership, Person, Phone
from antenne.services.desk import Desk


def _person(**over: object) -> Person:
    values: dict[str, object] = {
        "number": "P-00001",
        "last_name": "Koné",
        "first_name": "Fatoumata",
        "birth": Birth(Precision.ABOUT, dt.date(1994, 1, 1)),
        "phones": (Phone("+22376123456"),),
        "membership": Membership("M-00931", dt.date(2019, 3, 12)),
    }
    return Person(**(values | over))  # type: ignore[arg-type]  # values by name, checked by the record itself


def test_a_person_is_kept_only_by_a_commit(desk: Desk) -> None:
    with desk.write() as uow:
        uow.persons.save(_person(), desk.clock.now(), 1)
    with desk.read() as uow:
        assert uow.persons.all_ids() == ()
    with desk.write() as uow:
        kept = uow.persons.save(_person(), desk.clock.now(), 1)
        uow.commit()
    with desk.read() as uow:
        found = uow.persons.by_member_number("M-00931")
    assert found is not None
    assert found.id == kept.id
    assert found.phones == (Phone("+22376123456"),)
    assert found.birth.precision is Precision.ABOUT


def test_a_reader_cannot_write(desk: Desk) -> None:
    with pytest.raises(Problem) as caught, desk.read() as uow:
        uow.persons.save(_person(), desk.clock.now(), 1)
    assert caught.value.code == "db.read_only"


def test_the_key_file_tells_who_opens(desk: Desk, responsable_desk: Desk) -> None:
    assert desk.actor.name == "Agent secretaire"
    assert desk.keys.confidential is None
    assert responsable_desk.keys.confidential is not None
    assert desk.settings.options("languages", desk.today)[0].label == "bambara"
    assert desk.settings.count("backup.reminder_days", desk.today) == 7
