"""The sealed index names what was taken, swapped or put back behind the program."""

from __future__ import annotations

import pytest

from antenne.base.problems import Problem
from antenne.db import cipher, keys
from antenne.domain.violations import Forbidden
from antenne.services import checks, compartment
from antenne.services.access import BASE_FILE
from antenne.services.desk import Desk


def _filled(desk: Desk, count: int = 3) -> list[bytes]:
    opened = compartment.open_compartment(desk)
    with desk.write() as uow:
        ids = [opened.put(uow, {"kind": "note", "text": f"récit {number}"}).id for number in range(count)]
        uow.commit()
    return ids


def _behind(desk: Desk, statement: str, *values: object) -> None:
    raw = cipher.connect(desk.folder / BASE_FILE, keys.cipher_key(desk.keys.base))
    raw.execute(statement, values)
    raw.close()


def _body(desk: Desk, record_id: bytes) -> tuple[int, bytes]:
    raw = cipher.connect(desk.folder / BASE_FILE, keys.cipher_key(desk.keys.base))
    row = raw.execute("SELECT version, body FROM sealed WHERE id = ?", (record_id,)).fetchone()
    raw.close()
    return int(row[0]), bytes(row[1])


def test_records_come_back_by_kind_and_change_their_version(responsable_desk: Desk) -> None:
    desk = responsable_desk
    first, *_ = _filled(desk)
    opened = compartment.open_compartment(desk)
    assert {one.payload["text"] for one in opened.records("note")} == {"récit 0", "récit 1", "récit 2"}
    assert list(opened.records("autre")) == []
    with desk.write() as uow:
        opened.put(uow, {"kind": "note", "text": "repris"}, first)
        uow.commit()
    again = compartment.open_compartment(desk)
    found = again.get(first)
    assert found is not None
    assert (found.version, found.payload["text"]) == (2, "repris")
    assert again.faults() == ()
    assert checks.sealed_index(desk).ok


def test_the_secretary_is_refused_and_controler_says_nothing_of_it(desk: Desk, responsable_desk: Desk) -> None:
    _filled(responsable_desk)
    with pytest.raises(Forbidden):
        compartment.open_compartment(desk)
    said = checks.sealed_index(desk)
    assert said.ok
    assert not any(char.isdigit() for char in said.detail)


def test_a_body_deleted_behind_the_program_is_named(responsable_desk: Desk) -> None:
    gone, *_ = _filled(responsable_desk)
    _behind(responsable_desk, "DELETE FROM sealed WHERE id = ?", gone)
    assert compartment.open_compartment(responsable_desk).faults() == (gone.hex(),)
    assert gone.hex() in checks.sealed_index(responsable_desk).detail


def test_an_older_body_put_back_is_named(responsable_desk: Desk) -> None:
    desk = responsable_desk
    first, *_ = _filled(desk)
    version, body = _body(desk, first)
    opened = compartment.open_compartment(desk)
    with desk.write() as uow:
        opened.put(uow, {"kind": "note", "text": "repris"}, first)
        uow.commit()
    _behind(desk, "UPDATE sealed SET version = ?, body = ? WHERE id = ?", version, body, first)
    assert compartment.open_compartment(desk).faults() == (first.hex(),)


def test_swapped_bodies_do_not_open(responsable_desk: Desk) -> None:
    desk = responsable_desk
    first, second, _ = _filled(desk)
    _, body = _body(desk, second)
    _behind(desk, "UPDATE sealed SET body = ? WHERE id = ?", body, first)
    assert first.hex() in compartment.open_compartment(desk).faults()


def test_a_record_taken_away_by_the_program_is_no_fault(responsable_desk: Desk) -> None:
    desk = responsable_desk
    first, *_ = _filled(desk)
    opened = compartment.open_compartment(desk)
    with desk.write() as uow:
        opened.delete(uow, first)
        uow.commit()
    again = compartment.open_compartment(desk)
    assert again.get(first) is None
    assert again.faults() == ()


def test_a_thousand_records_keep_every_shard_small(responsable_desk: Desk) -> None:
    _filled(responsable_desk, 1000)
    opened = compartment.open_compartment(responsable_desk)
    assert len(list(opened.records())) == 1000
    assert opened.faults() == ()
    with responsable_desk.read() as uow:
        sizes = {row[0] for row in uow.rows("SELECT length(body) FROM sealed")}
    assert max(sizes) < 20_000


def test_without_the_key_the_right_alone_opens_nothing(responsable_desk: Desk) -> None:
    from dataclasses import replace

    responsable_desk.keys = replace(responsable_desk.keys, confidential=None)
    with pytest.raises(Problem):
        compartment.open_compartment(responsable_desk)


def test_a_change_of_keys_leaves_the_index_true(responsable_desk: Desk) -> None:
    from antenne.base.progress import Silent
    from antenne.db.slots import KdfParams
    from antenne.domain.rights import Role
    from antenne.services import access, opening, rekeying, users
    from tests.conftest import LABELS

    desk = responsable_desk
    ids = _filled(desk)
    own = next(user for user in users.list_users(desk) if user.name == "Agent responsable")
    phrase = "pirogue calebasse lanterne fourmi"
    staying = (rekeying.Staying(user_id=own.id, roles=frozenset({Role.RESPONSABLE})),)
    command = rekeying.Rekey(request_id="r", own_phrase=phrase, staying=staying, recovery=())
    rekeying.rekey_office(desk, command, KdfParams(), Silent())
    again = opening.open_desk(desk.folder, access.unlock(desk.folder, phrase, LABELS["responsable"]), desk.clock)
    try:
        opened = compartment.open_compartment(again)
        assert {one.id for one in opened.records("note")} == set(ids)
        assert opened.faults() == ()
    finally:
        again.close()
