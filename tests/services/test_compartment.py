"""The sealed index names what was taken, swapped or put back behind the program."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from antenne.base.problems import Problem
from antenne.db import cipher, keys
from antenne.db.sealing import OVERHEAD
from antenne.domain.violations import Forbidden
from antenne.services import checks, compartment, deposits, listening_reading, sealed_counting
from antenne.services.access import BASE_FILE
from antenne.services.desk import Desk


def _filled(desk: Desk, count: int = 3) -> list[bytes]:
    with compartment.changing(desk) as batch:
        ids = [batch.put({"kind": "note", "text": f"récit {number}"}).id for number in range(count)]
        batch.commit()
    return ids


def _rewrite(desk: Desk, record_id: bytes, text: str = "repris") -> None:
    with compartment.changing(desk) as batch:
        batch.put({"kind": "note", "text": text}, record_id)
        batch.commit()


def _rows(desk: Desk) -> dict[bytes, tuple[int, bytes]]:
    raw = cipher.connect(desk.folder / BASE_FILE, keys.cipher_key(desk.keys.base))
    rows = raw.execute("SELECT id, version, body FROM sealed").fetchall()
    raw.close()
    return {bytes(row[0]): (int(row[1]), bytes(row[2])) for row in rows}


def _put_back(desk: Desk, record_id: bytes, row: tuple[int, bytes]) -> None:
    _behind(desk, "UPDATE sealed SET version = ?, body = ? WHERE id = ?", *row, record_id)


def _behind(desk: Desk, statement: str, *values: object) -> None:
    raw = cipher.connect(desk.folder / BASE_FILE, keys.cipher_key(desk.keys.base))
    raw.execute(statement, values)
    raw.close()


def test_records_come_back_by_kind_and_change_their_version(responsable_desk: Desk) -> None:
    desk = responsable_desk
    first, *_ = _filled(desk)
    opened = compartment.opened(desk)
    assert compartment.opened(desk) is opened
    assert {one.payload["text"] for one in opened.records("note")} == {"récit 0", "récit 1", "récit 2"}
    assert list(opened.records("autre")) == []
    _rewrite(desk, first)
    kept = opened.get(first)
    assert kept is not None
    assert kept.payload["text"] == "repris"
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
    before = _rows(desk)
    _rewrite(desk, first)
    _put_back(desk, first, before[first])
    assert compartment.open_compartment(desk).faults() == (first.hex(),)


def test_an_older_body_put_back_with_its_page_of_the_index_is_named(responsable_desk: Desk) -> None:
    desk = responsable_desk
    first, second, _ = _filled(desk)
    before = _rows(desk)
    _rewrite(desk, first)
    _rewrite(desk, second)
    after = _rows(desk)
    moved = [key for key in before if key not in (first, second) and after[key] != before[key]]
    assert len(moved) == 2  # the page and the root
    for key in (first, *moved):
        _put_back(desk, key, before[key])
    assert second.hex() in compartment.open_compartment(desk).faults()
    for key in moved:
        _put_back(desk, key, after[key])
        faults = compartment.open_compartment(desk).faults()
        assert faults != ()
    assert faults == (first.hex(),)


def test_the_whole_index_taken_away_is_named(responsable_desk: Desk) -> None:
    desk = responsable_desk
    ids = _filled(desk)
    for key in set(_rows(desk)) - set(ids):
        _behind(desk, "DELETE FROM sealed WHERE id = ?", key)
    assert compartment.open_compartment(desk).faults() == tuple(sorted(one.hex() for one in ids))


def test_a_compartment_emptied_after_its_counts_were_published_is_named(responsable_desk: Desk) -> None:
    _filled(responsable_desk)
    sealed_counting.rewrite_counts(responsable_desk)
    _behind(responsable_desk, "DELETE FROM sealed")
    assert compartment.open_compartment(responsable_desk).faults() == ("index",)


def test_a_record_that_the_program_took_away_and_that_is_put_back_is_named(responsable_desk: Desk) -> None:
    desk = responsable_desk
    first, *_ = _filled(desk)
    version, body = _rows(desk)[first]
    with compartment.changing(desk) as batch:
        batch.delete(first)
        batch.commit()
    _behind(desk, "INSERT INTO sealed (id, epoch, version, body) VALUES (?, 1, ?, ?)", first, version, body)
    assert compartment.open_compartment(desk).faults() == (first.hex(),)


def test_without_commit_neither_the_base_nor_memory_moves(responsable_desk: Desk) -> None:
    desk = responsable_desk
    first, *_ = _filled(desk)
    before = _rows(desk)
    with compartment.changing(desk) as batch:
        batch.put({"kind": "note", "text": "perdu"}, first)
        batch.delete(first)
        batch.put({"kind": "note", "text": "perdu"})
    assert _rows(desk) == before
    assert {one.payload["text"] for one in compartment.opened(desk).records("note")} == {
        "récit 0",
        "récit 1",
        "récit 2",
    }


def test_two_sittings_on_one_base_do_not_lose_each_other(desk_of: Callable[[str], Desk]) -> None:
    one, other = desk_of("responsable"), desk_of("ecoutante")
    compartment.opened(one)
    compartment.opened(other)
    _filled(one, 2)
    _filled(other, 2)
    _filled(one, 1)
    assert len(compartment.opened(one).records("note")) == 5
    assert compartment.open_compartment(other).faults() == ()


def test_swapped_bodies_do_not_open(responsable_desk: Desk) -> None:
    desk = responsable_desk
    first, second, _ = _filled(desk)
    _, body = _rows(desk)[second]
    _behind(desk, "UPDATE sealed SET body = ? WHERE id = ?", body, first)
    assert first.hex() in compartment.open_compartment(desk).faults()


def test_a_record_taken_away_by_the_program_is_no_fault(responsable_desk: Desk) -> None:
    desk = responsable_desk
    first, *_ = _filled(desk)
    with compartment.changing(desk) as batch:
        batch.delete(first)
        batch.commit()
    again = compartment.open_compartment(desk)
    assert again.get(first) is None
    assert again.faults() == ()


def test_a_thousand_records_keep_every_page_small(responsable_desk: Desk) -> None:
    _filled(responsable_desk, 1000)
    opened = compartment.open_compartment(responsable_desk)
    assert len(list(opened.records())) == 1000
    assert opened.faults() == ()
    with responsable_desk.read() as uow:
        sizes = {row[0] for row in uow.rows("SELECT length(body) FROM sealed")}
    assert sizes == {4_096 + OVERHEAD}


def test_without_the_key_the_right_alone_opens_nothing(responsable_desk: Desk) -> None:
    from dataclasses import replace

    responsable_desk.keys = replace(responsable_desk.keys, confidential=None)
    with pytest.raises(Problem, match=r"sealed\.no_key"):
        compartment.opened(responsable_desk)


@pytest.mark.parametrize("role", ["secretaire", "caissiere", "lecture"])
def test_every_role_without_the_right_is_refused_alike(desk_of: Callable[[str], Desk], role: str) -> None:
    _filled(desk_of("responsable"))
    desk = desk_of(role)
    assert desk.keys.confidential is None
    for ask in (compartment.open_compartment, compartment.opened, listening_reading.prepare, deposits.receive_deposits):
        with pytest.raises(Forbidden) as refused:
            ask(desk)
        assert refused.value.right == "compartment"


def test_a_change_of_keys_leaves_the_index_true(responsable_desk: Desk) -> None:
    from antenne.base.progress import Silent
    from antenne.db.slots import KdfParams
    from antenne.domain.rights import Role
    from antenne.services import access, opening, rekeying, users
    from tests.conftest import LABELS

    desk = responsable_desk
    ids = _filled(desk)
    note = {"about": "minor", "on": desk.today, "text": "Une mineure est venue."}
    desk.sealed.compartment = None
    deposits.drop_note(desk, deposits.DropNote(request_id="note", answers=note))
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
        assert listening_reading.prepare(again).deposits == 1
        assert compartment.open_compartment(again).faults() == ()
    finally:
        again.close()
