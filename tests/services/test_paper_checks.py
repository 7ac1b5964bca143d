"""Words on receipts and vouchers are proven by the Historique's chain; erasing a person leaves the check quiet."""

from __future__ import annotations

import pytest

from antenne.base.progress import Silent
from antenne.domain import paper_words
from antenne.domain.basket import BasketLine
from antenne.services import checks, expenses, members, receipts, receipts_reading
from antenne.services.desk import Desk
from antenne.services.expenses import CancelExpense, PayExpense
from antenne.services.members import Erase
from antenne.services.paper_checks import PAPERS, papers_as_written
from antenne.services.receipts import CancelReceipt, Collect
from tests.services import money

EXPENSE = {
    "box": "caisse",
    "beneficiary": "Quincaillerie Traoré",
    "purpose": "Papier",
    "account": "6055",
    "amount": 300,
    "document": "facture",
    "document_ref": "n° 112",
}


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """Three receipts, of which one paid by somebody else and one cancelled; two vouchers, one cancelled."""
    awa = money.member(desk)
    money.opened(desk, 10_000)
    lines = tuple(
        BasketLine(kind="test", person_id=awa, amount=100, label=label) for label in ("Frais de dossier", "Copie")
    )
    command = Collect(request_id=money.request(), lines=lines, payer="Oumar Cissé", reference="OM-4471")
    receipts.collect(desk, command, money.SOURCES)
    money.paid(desk, awa, 500)
    wrong = money.paid(desk, awa, 700)
    cancelled = CancelReceipt(request_id="cancelled", receipt_id=wrong.id, reason="mauvaise somme")
    receipts.cancel_receipt(desk, cancelled, money.SOURCES)
    expenses.pay_expense(desk, PayExpense(request_id="first", answers=EXPENSE))
    gone = expenses.pay_expense(desk, PayExpense(request_id="second", answers=EXPENSE)).value
    expenses.cancel_expense(desk, CancelExpense(request_id="third", expense_id=gone.id, reason="doublon"))
    return desk


def behind(desk: Desk, statement: str) -> None:
    """Change a row without the program."""
    with desk.write() as uow:
        assert uow.rows(f"{statement} RETURNING 1")
        uow.commit()


def test_nothing_is_said_where_nothing_was_touched(kept: Desk) -> None:
    (found,) = checks.check_base(kept, PAPERS, Silent())
    assert (found.ok, found.detail) == (True, "5 reçus et pièces disent ce qui a été écrit")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE receipt SET payer = 'Une autre' WHERE number = 1", "reçu 2026-00001"),
        ("UPDATE receipt SET payer = '' WHERE number = 1", "reçu 2026-00001"),
        ("UPDATE receipt SET reference = 'OM-1' WHERE number = 1", "reçu 2026-00001"),
        ("UPDATE receipt SET note = 'Reste dû' WHERE number = 2", "reçu 2026-00002"),
        ("UPDATE receipt SET cashier = 'Une autre' WHERE number = 2", "reçu 2026-00002"),
        ("UPDATE receipt_line SET label = 'Don' WHERE receipt_id = 1 AND position = 1", "reçu 2026-00001"),
        ("UPDATE receipt SET cancelled_reason = 'autre' WHERE number = 3", "reçu 2026-00003 (motif d’annulation)"),
        ("UPDATE expense SET beneficiary = 'Une autre' WHERE number = 1", "pièce D-2026-0001"),
        ("UPDATE expense SET purpose = 'Encre' WHERE number = 1", "pièce D-2026-0001"),
        ("UPDATE expense SET document_ref = 'n° 9' WHERE number = 1", "pièce D-2026-0001"),
        ("UPDATE expense SET cancelled_reason = '' WHERE number = 2", "pièce D-2026-0002 (motif d’annulation)"),
    ],
)
def test_words_that_were_changed_are_named(kept: Desk, statement: str, said: str) -> None:
    behind(kept, statement)
    found = papers_as_written(kept)
    assert (found.ok, found.detail) == (False, f"ne disent plus ce qui a été écrit\u00a0: {said}")


@pytest.mark.parametrize("details", ["'[[1]]'", "'x'", '\'[["Sur le papier", "", "Une autre"]]\''])
def test_words_changed_in_both_places_are_named_by_the_chain(kept: Desk, details: str) -> None:
    behind(kept, "UPDATE receipt SET payer = 'Une autre' WHERE number = 1")
    issued = "SELECT id FROM audit WHERE action = 'receipt.issued' AND subject_id = 1"
    behind(kept, f"UPDATE audit_detail SET details = {details} WHERE audit_id = ({issued})")  # noqa: S608 - literal text only
    papers_as_written(kept)
    named = [one.name for one in checks.check_base(kept, checks.GENERAL, Silent()) if not one.ok]
    assert named == ["Chaîne de l’historique"]


def test_a_payer_who_is_erased_leaves_no_name_and_no_fault(kept: Desk, responsable_desk: Desk) -> None:
    with kept.read() as uow:
        before = uow.rows("SELECT count(*) FROM audit_detail WHERE instr(details, 'Oumar') > 0")
    members.erase_person(responsable_desk, Erase(request_id="erase", person_id=1))
    with kept.read() as uow:
        after = uow.rows("SELECT count(*) FROM audit_detail WHERE instr(details, 'Oumar') > 0")
        assert uow.audit.altered_details() == ()
    assert (before, after) == ([(1,)], [(0,)])
    assert papers_as_written(kept).detail == "4 reçus et pièces disent ce qui a été écrit"


def test_the_page_of_a_receipt_does_not_say_them_twice(kept: Desk) -> None:
    (line,) = receipts_reading.receipt_page(kept, 1).history
    assert [one.field for one in line.changes] == ["Reçu", paper_words.FIELD]
    assert paper_words.without(line.changes) == line.changes[:1]
