"""``controler`` names the civil files that somebody changed behind the program."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.base.progress import Silent
from antenne.db import cipher, keys
from antenne.domain.basket import BasketLine
from antenne.domain.civil import Payer
from antenne.services import checks, civil_fees, receipts
from antenne.services.access import BASE_FILE
from antenne.services.civil_checks import CIVIL_CHECKS
from antenne.services.desk import Desk
from tests.services import civil_help as files
from tests.services import money


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Two files, one with a fee that she paid at the caisse."""
    awa = money.member(desk)
    first = files.finished(desk, awa, dt.date(2026, 6, 10), handed=dt.date(2026, 6, 20))
    files.opened(desk, awa, dt.date(2026, 7, 1))
    fee_id = files.fee(desk, first, Payer.SHE, 300, dt.date(2026, 6, 10))
    money.opened(desk)
    line = BasketLine(kind=civil_fees.KIND, person_id=awa, amount=300, subject_id=fee_id)
    receipts.collect(desk, receipts.Collect(request_id="paid", lines=(line,)), (civil_fees.SOURCE,))
    return desk


def behind(desk: Desk, statement: str) -> None:
    raw = cipher.connect(desk.folder / BASE_FILE, keys.cipher_key(desk.keys.base))
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute(statement)
    raw.close()


def wrong(desk: Desk) -> dict[str, str]:
    return {one.name: one.detail for one in checks.check_base(desk, CIVIL_CHECKS, Silent()) if not one.ok}


def test_sound_files_have_no_fault(filled: Desk) -> None:
    found = checks.check_base(filled, CIVIL_CHECKS, Silent())
    assert [one.ok for one in found] == [True] * len(CIVIL_CHECKS)
    assert all(one.detail for one in found)


NUMBERS, STATES = "Numéros des dossiers d’état civil", "État des dossiers d’état civil"
STRAYS, FEES = "Pièces, frais et pages d’état civil", "Frais d’état civil"


@pytest.mark.parametrize(
    ("statement", "name", "detail"),
    [
        ("UPDATE civil_file SET number = 'N-2026-0009' WHERE id = 2", NUMBERS, "N-2026-0002"),
        ("UPDATE civil_file SET number = 'x' WHERE id = 2", NUMBERS, "x"),
        ("DELETE FROM civil_file WHERE id = 2", NUMBERS, "N-2026-0002"),
        ("UPDATE counter SET value = 3 WHERE name = 'civil/2026'", NUMBERS, "N-2026-0003"),
        ("UPDATE civil_file SET received_on = '2025-06-10' WHERE id = 1", STATES, "N-2026-0001"),
        ("UPDATE civil_file SET step = 'received', closed = 0 WHERE id = 2", STATES, "N-2026-0002"),
        ("DELETE FROM civil_event WHERE step = 'received'", STATES, "N-2026-0001"),
        ("UPDATE civil_piece SET file_id = 99 WHERE id = 1", STRAYS, "pièces"),
        ("UPDATE civil_event SET file_id = 99 WHERE id = 1", STRAYS, "événements"),
        ("UPDATE civil_fee SET file_id = 99", STRAYS, "frais"),
        (
            "INSERT INTO civil_scan (piece_id, added_on, jpeg) VALUES (999, '2026-01-01', x'00')",
            STRAYS,
            "pages scannées",
        ),
        ("UPDATE civil_file SET requester_id = 99 WHERE id = 2", STRAYS, "dossiers sans demandeuse"),
        ("UPDATE civil_file SET route_version = 7 WHERE id = 2", STRAYS, "dossiers sans démarche"),
        ("UPDATE civil_fee SET receipt_id = 99", FEES, "a disparu"),
        ("UPDATE receipt SET cancelled_on = '2026-11-23'", FEES, "est annulé"),
        ("UPDATE civil_fee SET amount = 900", FEES, "pas sur leur reçu"),
        ("UPDATE civil_fee SET receipt_id = NULL", FEES, "détachés"),
        ("UPDATE civil_fee SET payer = 'project'", FEES, "une autre"),
        ("UPDATE civil_fee SET expense_id = 99", FEES, "bon"),
    ],
)
def test_what_is_changed_behind_the_program_is_named(filled: Desk, statement: str, name: str, detail: str) -> None:
    behind(filled, statement)
    assert detail in wrong(filled).get(name, "")


def test_a_cancelled_receipt_leaves_the_fee_to_be_paid(filled: Desk) -> None:
    command = receipts.CancelReceipt(request_id="cancel", receipt_id=1, reason="saisi deux fois")
    receipts.cancel_receipt(filled, command, (civil_fees.SOURCE,))
    assert wrong(filled) == {}
