"""What stands for a woman on a receipt, and what the settings say of it."""

from __future__ import annotations

import datetime as dt

from antenne.domain import seeds
from antenne.domain.cashbook import Box
from antenne.domain.receipt_faces import CLOSING_WORDS, ReceiptFace, ReceiptOptions, receipt_options
from antenne.domain.receipts import Copy, Receipt, ReceiptLine
from antenne.domain.settings import EPOCH, DatedValue, Settings
from antenne.domain.voucher_faces import voucher_number

DAY = dt.date(2026, 11, 23)


def _face(payer: str = "", name: str = "Awa Diallo", number: str = "M-01284") -> ReceiptFace:
    receipt = Receipt(
        year=2026,
        number=1,
        day=DAY,
        issued_at=dt.datetime(2026, 11, 23, 10, 42, tzinfo=dt.UTC),
        entry_id=1,
        cash_day_id=1,
        box_id=1,
        actor_id=1,
        payer=payer,
        lines=(ReceiptLine(kind="card", label="Carte", amount=500, account_id=1),),
        total=500,
    )
    return ReceiptFace(receipt=receipt, box=Box(1, "caisse", "Caisse"), name=name, number=number, copy=Copy(0))


def test_she_is_named_on_her_own_paper_only() -> None:
    assert (_face().payer, _face().beneficiary) == ("Awa Diallo — M-01284", "")
    assert (_face(name="").payer, _face(number="").payer) == ("M-01284", "Awa Diallo")
    other = _face(payer="Moussa Traoré")
    assert (other.payer, other.beneficiary) == ("Moussa Traoré", "M-01284")


def test_options_come_from_the_settings() -> None:
    definitions = {definition.key: definition for definition in seeds.DEFINITIONS}
    fresh = Settings({}, {}, definitions)
    assert receipt_options(fresh, DAY) == ReceiptOptions(closing_words=CLOSING_WORDS)
    values = {
        "receipt.closing_words": (DatedValue(EPOCH, " Reçu la somme de "),),
        "receipt.footer": (DatedValue(EPOCH, "Gardez ce reçu."),),
        "receipt.reading_line": (DatedValue(EPOCH, False),),
        "receipt.roll": (DatedValue(EPOCH, True),),
    }
    chosen = receipt_options(Settings(values, {}, definitions), DAY)
    assert chosen == ReceiptOptions(
        closing_words="Reçu la somme de", footer="Gardez ce reçu.", reading_line=False, roll=True
    )


def test_vouchers_have_numbers_of_their_own() -> None:
    assert voucher_number(2026, 1) == "D-2026-0001"
    assert voucher_number(2026, 12_345) == "D-2026-12345"
