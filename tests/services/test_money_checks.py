"""``controler`` names every change of the money made behind the program."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from antenne.base.clock import FixedClock
from antenne.base.progress import Silent
from antenne.db import cipher, keys
from antenne.domain import ledger
from antenne.domain.violations import RulesBroken
from antenne.services import checks, money_checks, receipts
from antenne.services.access import BASE_FILE
from antenne.services.cash_days import cash_state
from antenne.services.desk import Desk
from antenne.services.receipts import CancelReceipt
from tests.services import money


@pytest.fixture
def kept(desk: Desk, clock: FixedClock) -> Desk:
    """Two closed days and one that is open, seven receipts: one printed twice, one cancelled."""
    awa, found = money.member(desk), 1000
    for _ in range(2):
        day = money.opened(desk, found)
        for amount in (100, 250, 500):
            money.paid(desk, awa, amount)
        money.closed(desk, day, found + 850)
        found += 850
        clock.advance(dt.timedelta(days=1))
    money.opened(desk, found)
    money.paid(desk, awa, 5000)
    for _ in range(2):
        receipts.record_print(desk, (3,))
    cancelled = CancelReceipt(request_id="cancelled", receipt_id=4, reason="erreur")
    receipts.cancel_receipt(desk, cancelled, money.SOURCES)
    return desk


def _behind(desk: Desk, *statements: str) -> None:
    raw = cipher.connect(desk.folder / BASE_FILE, keys.cipher_key(desk.keys.base))
    raw.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        raw.execute(statement)
    raw.close()


def _wrong(desk: Desk) -> dict[str, str]:
    return {one.name: one.detail for one in checks.check_base(desk, money_checks.MONEY, Silent()) if not one.ok}


def _anchor(desk: Desk) -> str:
    return cash_state(desk).last_anchor


def test_sound_money_has_no_fault(kept: Desk) -> None:
    assert _wrong(kept) == {}
    assert [one.ok for one in checks.check_base(kept, checks.GENERAL, Silent())] == [True] * len(checks.GENERAL)
    assert money_checks.anchor(kept, _anchor(kept)).ok


@pytest.mark.parametrize(
    ("statement", "name", "said"),
    [
        ("UPDATE posting SET debit = 200, credit = 0 WHERE entry_id = 3 AND line = 0", "Écritures", "n°\u00a03"),
        ("UPDATE entry SET actor_id = 9 WHERE id = 2", "Écritures", "n°\u00a02"),
        ("UPDATE posting SET person_id = NULL WHERE entry_id = 4", "Écritures", "n°\u00a04"),
        ("DELETE FROM entry WHERE id = 3", "Écritures", "n°\u00a04"),
        ("DELETE FROM posting WHERE entry_id = 3", "Écritures", "n°\u00a03"),
        ("DELETE FROM receipt WHERE number = 3", "Numéros des reçus", "2026-00003"),
        ("DELETE FROM receipt WHERE number = 3", "Reçus", "sans reçu"),
        ("UPDATE receipt SET total = 9 WHERE number = 1", "Reçus", "2026-00001"),
        ("UPDATE receipt SET day = '2026-01-01' WHERE number = 2", "Reçus", "2026-00002"),
        ("UPDATE receipt_line SET amount = 1 WHERE receipt_id = 1", "Reçus", "total"),
        ("UPDATE entry SET kind = 'autre' WHERE id = 3", "Écritures", "n°\u00a03\u00a0: illisible"),
        ("UPDATE entry SET day = 'hier' WHERE id = 4", "Écritures", "n°\u00a04\u00a0: illisible"),
        ("UPDATE entry SET hash = 'x' WHERE id = 4", "Écritures", "n°\u00a04\u00a0: illisible"),
        ("UPDATE entry SET kind = 'autre' WHERE id = 3", "Ancres des clôtures", "ne se lit plus"),
        ("UPDATE posting SET debit = 'x' WHERE entry_id = 5", "Écritures", "n°\u00a05\u00a0: une somme illisible"),
        ("UPDATE closing SET sheet_printed_at = 'x' WHERE cash_day_id = 2", "Écritures", "n°\u00a02\u00a0: illisible"),
        ("UPDATE receipt SET box_id = 2 WHERE number = 1", "Reçus", "autre journée, caisse"),
        ("UPDATE receipt SET issued_at = '2026-11-22T08:00:00Z' WHERE number = 1", "Reçus", "heure"),
        ("UPDATE receipt SET actor_id = 1 WHERE number = 1", "Reçus", "main"),
        ("UPDATE receipt SET handed = handed + 5 WHERE number = 2", "Reçus", "remis, rendu"),
        ("UPDATE receipt SET printed_at = NULL WHERE number = 3", "Reçus", "imprimé plus souvent"),
        ("UPDATE receipt SET copies = 0 WHERE number = 3", "Reçus", "imprimé plus souvent"),
        ("UPDATE receipt SET cancelled_on = NULL, cancelled_by = NULL WHERE number = 4", "Reçus", "plus annulé"),
        ("UPDATE receipt SET cancelled_on = '2026-11-23' WHERE number = 4", "Reçus", "un autre jour"),
        ("UPDATE receipt_line SET account_id = account_id + 1 WHERE receipt_id = 2", "Reçus", "une ligne"),
        ("UPDATE cash_day SET day = '2026-11-21' WHERE id = 1", "Journées clôturées", "21/11/2026 Caisse"),
        ("UPDATE closing SET theoretical = 9 WHERE cash_day_id = 1", "Journées clôturées", "l’écart"),
        ("UPDATE closing SET last_receipt = '2026-00009' WHERE cash_day_id = 1", "Journées clôturées", "dernier reçu"),
        ("UPDATE closing SET head = '0000000000000000' WHERE cash_day_id = 1", "Ancres des clôtures", "4 écritures"),
        ("UPDATE cash_day SET counted_amount = 1 WHERE id = 1", "Journées clôturées", "23/11/2026 Caisse"),
        ("UPDATE cash_day SET opening_amount = 5 WHERE id = 3", "Journées clôturées", "25/11/2026 Caisse"),
        ("UPDATE cash_count SET good = good + 1 WHERE cash_day_id = 2", "Journées clôturées", "comptage"),
        (
            "UPDATE posting SET cash_day_id = 1 WHERE entry_id = 8 AND line = 0",
            "Journées clôturées",
            "après la clôture",
        ),
    ],
)
def test_what_is_changed_behind_the_program_is_named(kept: Desk, statement: str, name: str, said: str) -> None:
    _behind(kept, statement)
    assert said in _wrong(kept)[name]


def _rewritten(desk: Desk) -> list[str]:
    """Statements that change an amount and compute the whole chain again."""
    with desk.read() as uow:
        entries = list(uow.ledger.chain())
    statements, previous = [], ledger.START
    for entry in entries:
        changed = entry
        if entry.id == 3:
            lines = (replace(entry.postings[0], debit=999), replace(entry.postings[1], credit=999))
            changed = replace(entry, postings=lines)
            statements += [
                "UPDATE posting SET debit = 999 WHERE entry_id = 3 AND line = 0",
                "UPDATE posting SET credit = 999 WHERE entry_id = 3 AND line = 1",
            ]
        previous = ledger.entry_hash(changed, previous)
        statements.append(f"UPDATE entry SET hash = x'{previous.hex()}' WHERE id = {entry.id}")  # noqa: S608 - a number and hex digits of ours
    return statements


def test_a_chain_computed_again_shows_against_the_signed_sheet(kept: Desk) -> None:
    sheet = _anchor(kept)
    _behind(kept, *_rewritten(kept))
    assert "Écritures" not in _wrong(kept)
    found = money_checks.anchor(kept, sheet)
    assert not found.ok
    assert "ne sont plus celles de la feuille" in found.detail


def test_a_tail_cut_off_shows_against_the_signed_sheet(kept: Desk) -> None:
    sheet = _anchor(kept)
    _behind(
        kept,
        "DELETE FROM posting WHERE entry_id > 3",
        "DELETE FROM entry WHERE id > 3",
        "DELETE FROM receipt_line WHERE receipt_id > 2",
        "DELETE FROM receipt WHERE id > 2",
        "DELETE FROM closing",
    )
    assert "Écritures" not in _wrong(kept)
    found = money_checks.anchor(kept, sheet)
    assert not found.ok
    assert "des écritures ont disparu" in found.detail


def test_a_code_that_is_no_anchor_is_refused(kept: Desk) -> None:
    with pytest.raises(RulesBroken, match=r"ledger\.anchor_unreadable"):
        money_checks.anchor(kept, "bonjour")
