"""« Pièce de dépense » as PDF: every kind, every signature, nothing outside the paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antenne.base.progress import Stopped
from antenne.domain.office import Heading
from antenne.domain.receipt_faces import Reading
from antenne.domain.receipts import Copy
from antenne.domain.voucher_faces import VoucherFace, VoucherKind, voucher_number
from antenne.print.layout import MM
from antenne.print.vouchers import render_voucher, render_vouchers
from antenne.wording import papers
from tests.print import pdf
from tests.print.test_receipts import LABELS, OFFICE, _Watcher

COLUMN = (148 - 24) / 3
THUMB = ((12 + COLUMN) * MM, 12 * MM, (12 + COLUMN + 25) * MM, 42 * MM)


def voucher(**over: Any) -> VoucherFace:
    values: dict[str, Any] = {
        "number": voucher_number(2026, 1),
        "kind": VoucherKind.EXPENSE,
        "day": dt.date(2026, 11, 23),
        "beneficiary": "Quincaillerie Traoré",
        "purpose": "Serrure de l’armoire",
        "account": "624 Entretien et réparations",
        "budget_line": "UNFPA 2026 — 2.3 Fonctionnement",
        "amount": 12_500,
        "box": "Caisse",
        "document": "Facture n° 112 du 20/11/2026",
        "cashier": "Mariam T.",
        "copy": Copy(0),
    }
    return VoucherFace(**(values | over))


def test_an_expense_says_everything_that_justifies_it() -> None:
    made = render_voucher(voucher(), OFFICE)
    words = pdf.text(made)
    for said in (
        "DANAYA SO — Antenne de Mopti",
        "PIÈCE DE DÉPENSE n° D-2026-0001",
        "Original",
        "Dépense du 23 novembre 2026",
        "12 500 FCFA",
        "Arrêtée la présente pièce à la somme de douze mille cinq cents francs CFA.",
        "Remis à Quincaillerie Traoré",
        "Objet Serrure de l’armoire",
        "Payé par Caisse",
        "Compte 624 Entretien et réparations",
        "Ligne budgétaire UNFPA 2026 — 2.3 Fonctionnement",
        "Pièce justificative Facture n° 112 du 20/11/2026",
        "La caissière",
        "Mariam T.",
        "La responsable",
        "Lu et traduit en",
    ):
        assert said in words
    assert pdf.page_size(made) == pytest.approx((148 * MM, 210 * MM), abs=0.01)
    assert pdf.within(made, THUMB) == []


def test_the_document_names_no_one() -> None:
    made = render_voucher(voucher(), OFFICE)
    assert pdf.metadata(made)["Title"] == "Pièces de dépense"
    assert "Traor" not in " ".join(pdf.metadata(made).values())
    assert b"/Lang (fr-FR)" in made


@pytest.mark.parametrize("kind", list(VoucherKind))
def test_every_kind_has_its_words(kind: VoucherKind) -> None:
    words = pdf.text(render_voucher(voucher(kind=kind), OFFICE))
    assert papers.VOUCHERS[kind] in words
    assert papers.VOUCHER_CLOSING[kind] in words


def test_an_advance_a_return_and_a_transfer_say_what_is_theirs() -> None:
    advance = voucher(kind=VoucherKind.ADVANCE, justify_by=dt.date(2026, 12, 1), document="")
    words = pdf.text(render_voucher(advance, OFFICE))
    assert "1er décembre 2026" in words
    assert "Pièce justificative —" in words
    back = pdf.text(render_voucher(voucher(kind=VoucherKind.RETURN, advance="D-2026-0003"), OFFICE))
    assert "Remis par Quincaillerie" in back
    assert "Vers la caisse Caisse" in back
    assert "D-2026-0003" in back
    transfer = voucher(kind=VoucherKind.TRANSFER, to_box="Orange Money", beneficiary="", document="", reference="CI26")
    moved = pdf.text(render_voucher(transfer, OFFICE))
    assert "De la caisse Caisse (réf. CI26)" in moved
    assert "Vers la caisse Orange Money" in moved
    assert "Lu et traduit" not in moved
    assert "Remis à" not in moved


def test_copy_cancelling_heading_and_demonstration() -> None:
    dead = voucher(copy=Copy(3), cancelled_on=dt.date(2026, 11, 24), cancelled_reason="erreur de montant")
    made = render_voucher(dead, replace(OFFICE, demo=True, headings={"receipt": Heading.NONE}))
    words = pdf.text(made)
    for said in ("DUPLICATA 3", "ANNULÉ le 24/11/2026", "erreur de montant", "DÉMONSTRATION"):
        assert said in words
    assert "DANAYA" not in words
    assert pdf.outside(made) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LABELS, st.sampled_from(list(VoucherKind)), st.sampled_from([1, 999_999_999_999, 10**12]))
def test_nothing_leaves_the_paper_nor_enters_the_box(words: str, kind: VoucherKind, amount: int) -> None:
    full = voucher(
        kind=kind,
        amount=amount,
        beneficiary=words,
        purpose=words,
        account=words,
        budget_line=words,
        document=words,
        to_box=words,
        advance="D-2026-0003",
        justify_by=dt.date(2026, 12, 1),
        cashier=words,
        reading=Reading(words[:50], words[:50], words[:50]),
        copy=Copy(12),
    )
    made = render_voucher(full, OFFICE)
    assert pdf.outside(made) == []
    assert pdf.collisions(made) == []
    assert pdf.within(made, THUMB) == []


def test_vouchers_come_out_one_a_page_until_stopped() -> None:
    watcher = _Watcher(-1)
    assert pdf.page_count(render_vouchers([voucher()] * 3, OFFICE, watcher)) == 3
    assert watcher.reports[-1] == ("vouchers.draw", 3, 3)
    with pytest.raises(Stopped):
        render_vouchers([voucher()] * 3, OFFICE, _Watcher(2))
