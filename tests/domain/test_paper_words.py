"""What a paper says in words, as one line of the Historique."""

from __future__ import annotations

import datetime as dt

from antenne.domain import paper_words
from antenne.domain.audit import FieldChange
from antenne.domain.expenses import Expense
from antenne.domain.receipts import Receipt, ReceiptLine
from antenne.domain.voucher_faces import VoucherKind

DAY = dt.date(2026, 11, 23)


def test_every_word_of_a_receipt_stands_in_it() -> None:
    lines = tuple(ReceiptLine(kind="test", label=label, amount=100, account_id=1) for label in ("Frais", "Copie"))
    receipt = Receipt(
        year=2026, number=1, day=DAY, issued_at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC), entry_id=1, cash_day_id=1,
        box_id=1, actor_id=1, lines=lines, total=200, payer="Oumar", reference="OM-1", note="Reste dû", cashier="Awa",
    )  # fmt: skip
    said = paper_words.of_receipt(receipt)
    assert said == FieldChange(paper_words.FIELD, "", "Oumar\nOM-1\nReste dû\nAwa\nFrais\nCopie")
    assert paper_words.without((FieldChange("Reçu", "", "x"), said)) == (FieldChange("Reçu", "", "x"),)


def test_every_word_of_a_voucher_stands_in_it() -> None:
    expense = Expense(
        year=2026, number=1, kind=VoucherKind.EXPENSE, day=DAY, entry_id=1, cash_day_id=1, box_id=1, actor_id=1,
        beneficiary="Quincaillerie", purpose="Papier", account_id=1, amount=300, document="facture",
        document_ref="n° 112", cashier="Awa",
    )  # fmt: skip
    assert paper_words.of_expense(expense).new == "Quincaillerie\nPapier\nfacture\nn° 112\nAwa"
