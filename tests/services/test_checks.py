"""``controler`` names what somebody changed behind the program."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.base.progress import Silent
from antenne.db import cipher, keys
from antenne.domain.births import Birth, Precision
from antenne.domain.persons import Membership, Person
from antenne.services import checks
from antenne.services.access import BASE_FILE
from antenne.services.desk import Desk


@pytest.fixture
def filled(desk: Desk) -> Desk:
    with desk.write() as uow:
        for number in (1, 2, 3):
            uow.counters.next("person")
            uow.counters.next("member")
            saved = uow.persons.save(
                Person(
                    number=f"P-{number:05d}",
                    last_name="Koné",
                    first_name="Awa",
                    birth=Birth(Precision.YEAR, dt.date(1990, 1, 1)),
                    membership=Membership(f"M-{number:05d}", dt.date(2020, 1, 1)),
                ),
                desk.clock.now(),
                1,
            )
            uow.audit.add(desk.clock.now(), 1, "person.saved", "person", saved.id)
        uow.commit()
    return desk


def _behind(desk: Desk, *statements: str) -> None:
    raw = cipher.connect(desk.folder / BASE_FILE, keys.cipher_key(desk.keys.base))
    raw.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        raw.execute(statement)
    raw.close()


def _wrong(desk: Desk) -> dict[str, str]:
    return {one.name: one.detail for one in checks.check_base(desk, checks.GENERAL, Silent()) if not one.ok}


def test_a_sound_base_has_no_fault(filled: Desk) -> None:
    assert _wrong(filled) == {}


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE audit SET subject_id = 9 WHERE id = 2", "Chaîne de l’historique"),
        ("DELETE FROM audit WHERE id = 2", "Chaîne de l’historique"),
        ('UPDATE audit_detail SET details = \'[["Nom","a","b"]]\' WHERE audit_id = 1', "Chaîne de l’historique"),
        ("UPDATE membership SET number = 'M-00099' WHERE person_id = 1", "Numéros"),
        ("UPDATE person SET number = 'x' WHERE id = 1", "Numéros"),
        ("INSERT INTO photo (person_id, jpeg, taken_on) VALUES (99, x'00', '2026-01-01')", "Fiches orphelines"),
        ("UPDATE membership SET sponsor_id = 99 WHERE person_id = 1", "Liens entre les fiches"),
    ],
)
def test_what_is_changed_behind_the_program_is_named(filled: Desk, statement: str, name: str) -> None:
    _behind(filled, statement)
    assert name in _wrong(filled)


def test_a_damaged_page_is_seen(filled: Desk) -> None:
    raw = cipher.connect(filled.folder / BASE_FILE, keys.cipher_key(filled.keys.base))
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    raw.close()
    path = filled.folder / BASE_FILE
    data = bytearray(path.read_bytes())
    data[len(data) - 2000] ^= 1
    path.write_bytes(data)
    assert not checks.cipher_integrity(filled).ok
