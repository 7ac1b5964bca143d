"""Any role drops a note in, cannot read it back, and it waits « à classer » for a right-holder."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

import pytest

from antenne.base.problems import Problem
from antenne.db import cipher, key_file, keys
from antenne.domain.deposits import Filing
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import compartment, deposits, listening_reading
from antenne.services.access import BASE_FILE
from antenne.services.deposits import DropNote, FileDeposit
from antenne.services.desk import Desk
from tests.conftest import NOW
from tests.services import listening_help as help_


def _answers(**changes: object) -> Mapping[str, object]:
    return {"about": "minor", "on": NOW.date(), "text": "Une mineure est venue, elle attend.", **changes}


def _drop(desk: Desk, **changes: object) -> None:
    deposits.drop_note(desk, DropNote(request_id=help_.request(), answers=_answers(**changes)))


def _run(desk: Desk, statement: str, *values: object) -> list[tuple[object, ...]]:
    raw = cipher.connect(desk.folder / BASE_FILE, keys.cipher_key(desk.keys.base))
    found: list[tuple[object, ...]] = raw.execute(statement, values).fetchall()
    raw.close()
    return found


@pytest.mark.parametrize("role", ["secretaire", "caissiere", "lecture"])
def test_any_role_drops_a_note_that_only_a_right_holder_reads(desk_of: Callable[[str], Desk], role: str) -> None:
    desk = desk_of(role)
    before = _run(desk, "SELECT (SELECT count(*) FROM audit), (SELECT count(*) FROM draft)")
    _drop(desk)
    assert _run(desk, "SELECT (SELECT count(*) FROM audit), (SELECT count(*) FROM draft)") == before
    with pytest.raises(Forbidden):
        deposits.waiting_deposits(desk)
    listener = desk_of("ecoutante")
    assert listening_reading.prepare(listener).deposits == 1
    (note,) = deposits.waiting_deposits(listener)
    assert note.record.text == "Une mineure est venue, elle attend."
    assert note.record.user == f"Agent {role}"
    assert note.version == 2
    assert compartment.open_compartment(listener).faults() == ()


def test_a_second_click_drops_one_note_and_a_broken_one_none(desk: Desk, responsable_desk: Desk) -> None:
    command = DropNote(request_id="click", answers=_answers())
    for _ in range(2):
        deposits.drop_note(desk, command)
    with pytest.raises(RulesBroken) as caught:
        deposits.drop_note(desk, DropNote(request_id="other", answers={"about": "test"}))
    assert [violation.field for violation in caught.value.violations] == ["on", "text"]
    assert len(deposits.waiting_deposits(responsable_desk)) == 1


def test_one_dropped_while_the_compartment_is_open_is_there_at_once(responsable_desk: Desk) -> None:
    assert listening_reading.prepare(responsable_desk).deposits == 0
    _drop(responsable_desk)
    assert len(deposits.waiting_deposits(responsable_desk)) == 1
    assert deposits.receive_deposits(responsable_desk).value == 1
    assert deposits.receive_deposits(responsable_desk).value == 0
    assert compartment.open_compartment(responsable_desk).faults() == ()


def test_a_note_is_filed_under_what_was_made_of_it_or_set_aside_with_a_reason(
    desk: Desk, responsable_desk: Desk
) -> None:
    for about in ("minor", "test"):
        _drop(desk, about=about)
    deposits.receive_deposits(responsable_desk)
    first, second = deposits.waiting_deposits(responsable_desk)
    with pytest.raises(RulesBroken, match=r"deposit\.no_reason"):
        deposits.file_deposit(responsable_desk, FileDeposit(request_id="a", before=first, reason=" "))
    command = FileDeposit(request_id="b", before=first, filed_as="ab")
    filed = [deposits.file_deposit(responsable_desk, command).value for _ in range(2)]
    assert filed[0] == filed[1]
    assert (filed[0].record.filing, filed[0].record.filed_by) == (Filing.FILED, "Agent responsable")
    aside = FileDeposit(request_id="c", before=second, reason="déjà connue")
    assert deposits.file_deposit(responsable_desk, aside).value.record.filing is Filing.SET_ASIDE
    assert deposits.waiting_deposits(responsable_desk) == ()
    with pytest.raises(RulesBroken, match=r"deposit\.done"):
        deposits.file_deposit(responsable_desk, FileDeposit(request_id="d", before=filed[0], filed_as="cd"))


def test_a_note_about_herself_is_not_hers_to_read(desk_of: Callable[[str], Desk]) -> None:
    listener, responsable = desk_of("ecoutante"), desk_of("responsable")
    herself = help_.person(listener, "Kadia")
    _drop(desk_of("secretaire"), person_id=herself)
    help_.link_user(listener, herself)
    assert listening_reading.prepare(listener).deposits == 0
    (note,) = deposits.waiting_deposits(responsable)
    with pytest.raises(Forbidden):
        deposits.file_deposit(listener, FileDeposit(request_id="a", before=note, reason="rien"))


def test_a_note_taken_in_and_then_removed_or_put_back_is_named(desk: Desk, responsable_desk: Desk) -> None:
    _drop(desk)
    ((body_id, epoch, body),) = _run(desk, "SELECT id, epoch, body FROM sealed")
    deposits.receive_deposits(responsable_desk)
    (note,) = deposits.waiting_deposits(responsable_desk)
    _run(desk, "UPDATE sealed SET version = 1, body = ? WHERE id = ?", body, body_id)
    assert compartment.open_compartment(responsable_desk).faults() == (note.id,)
    _run(desk, "DELETE FROM sealed WHERE id = ?", body_id)
    assert compartment.open_compartment(responsable_desk).faults() == (note.id,)
    with compartment.changing(responsable_desk) as batch:
        batch.delete(bytes.fromhex(note.id))
        batch.commit()
    assert compartment.open_compartment(responsable_desk).faults() == ()
    _run(desk, "INSERT INTO sealed (id, epoch, version, body) VALUES (?, ?, 1, ?)", body_id, epoch, body)
    assert compartment.open_compartment(responsable_desk).faults() == (note.id,)


def test_a_key_file_with_another_public_key_takes_no_note(desk: Desk) -> None:
    path = desk.folder / keys.FILE_NAME
    keyfile = keys.read_key_file(path)
    key_file.write_key_file(path, dataclasses.replace(keyfile, compartment=bytes(range(32))))
    with pytest.raises(Problem, match=r"keys\.tampered"):
        _drop(desk)
    assert _run(desk, "SELECT count(*) FROM sealed") == [(0,)]
