"""Receipts as PDF: what they say, where it stands, that nothing leaves the paper or runs into the box for the thumb."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antenne.base.progress import Stopped
from antenne.domain.cashbook import Box
from antenne.domain.office import Heading, Office
from antenne.domain.receipt_faces import Reading, ReceiptFace, ReceiptOptions
from antenne.domain.receipts import MANUAL, MOST_LINES, Copy, Receipt, ReceiptLine
from antenne.print.layout import MM
from antenne.print.receipt_roll import render_roll
from antenne.print.receipts import HEIGHT, WIDTH, render_receipts
from tests.print import pdf

OFFICE = Office(
    association="DANAYA SO",
    motto="Maison de la Confiance",
    name="Antenne de Mopti",
    town="Sévaré",
    postal_box="BP 100 Mopti",
    phone="21 42 00 00",
)
CASH, ORANGE, BANK = Box(1, "caisse", "Caisse"), Box(2, "orange", "Orange Money"), Box(3, "banque", "Banque")
AT = dt.datetime(2026, 11, 23, 10, 42, tzinfo=dt.UTC)
NOTE = "Reste dû\u00a0: 46\u202f500\u00a0FCFA · prochain versement\u00a0: 21\u202f250\u00a0FCFA le 11/12/2026"
LABELS = st.text(st.sampled_from("abcdeéèïôwmɛɔɲŋƝƐ -’ABMW"), min_size=1, max_size=200).filter(str.strip)
THUMB = (WIDTH - 34 * MM, 6.5 * MM, WIDTH - 9 * MM, 36.5 * MM)


def lines(*rows: tuple[str, int]) -> tuple[ReceiptLine, ...]:
    return tuple(ReceiptLine(kind="fees", label=label, amount=amount, account_id=1) for label, amount in rows)


def receipt(*rows: tuple[str, int], **over: Any) -> Receipt:
    made = lines(*(rows or (("Versement C-2026-031 — échéance 4", 25_750), ("Versement C-2026-031 — avance", 4_250))))
    total = sum(line.amount for line in made)
    values: dict[str, Any] = {
        "year": 2026,
        "number": 1473,
        "day": AT.date(),
        "issued_at": AT,
        "entry_id": 1,
        "cash_day_id": 1,
        "box_id": 1,
        "actor_id": 1,
        "lines": made,
        "total": total,
        "handed": total,
        "control": "7F3A91C2K0",
        "cashier": "Mariam T.",
    }
    return Receipt(**(values | over))


def face(given_receipt: Receipt | None = None, **over: Any) -> ReceiptFace:
    values: dict[str, Any] = {
        "receipt": given_receipt or receipt(),
        "box": CASH,
        "name": "Awa Diallo",
        "number": "M-01284",
        "copy": Copy(0),
    }
    return ReceiptFace(**(values | over))


def lower(made: bytes) -> str:
    """The words of the receipt."""
    return pdf.text(made, top=HEIGHT)


def upper(made: bytes) -> str:
    """The words of the stub."""
    return pdf.text(made, bottom=HEIGHT)


def test_stub_and_receipt_say_the_same_but_for_what_they_are() -> None:
    made = render_receipts((face(receipt(note=NOTE)),), OFFICE)
    assert pdf.page_size(made) == pytest.approx((148 * MM, 210 * MM), abs=0.01)
    for half in (upper(made), lower(made)):
        for words in (
            "DANAYA SO — Antenne de Mopti",
            "BP 100 Mopti · 21 42 00 00",
            "REÇU n° 2026-01473",
            "23/11/2026 à 10 h 42",
            "Awa Diallo — M-01284",
            "Versement C-2026-031 — échéance 4",
            "25 750",
            "Total reçu, en espèces",
            "30 000",
            "Arrêté le présent reçu à la somme de trente mille francs CFA.",
            "prochain versement : 21 250 FCFA le 11/12/2026",
            "La caissière",
            "Mariam T.",
            "La partie versante",
            "Contrôle : 7F3A9-1C2K0",
        ):
            assert words in half
    assert ("Souche" in upper(made), "Original" in upper(made)) == (True, False)
    assert ("Souche" in lower(made), "Original" in lower(made)) == (False, True)


def test_figures_are_flush_right_under_each_other() -> None:
    made = render_receipts((face(receipt(("Un", 7), ("Deux", 1_000_000))),), OFFICE)
    edge = WIDTH - 9 * MM
    ends = [one for one in pdf.letters(made) if one.sign in "07" and edge - 1.5 < one.box[2] <= edge + 0.1]
    assert len(ends) == 2 * 3


def test_the_document_is_french_and_names_no_one() -> None:
    made = render_receipts((face(),), OFFICE)
    told = " ".join(pdf.metadata(made).values())
    assert pdf.metadata(made)["Title"] == "Reçus"
    assert b"/Lang (fr-FR)" in made
    for word in ("Awa", "Diallo", "DANAYA", "01473"):
        assert word not in told


def test_who_pays_for_another_reads_her_number_only() -> None:
    made = render_receipts((face(receipt(payer="Moussa Traoré")),), OFFICE)
    assert "Reçu de Moussa Traoré" in lower(made)
    assert "Pour M-01284" in lower(made)
    assert "Awa" not in pdf.text(made)
    assert "Diallo" not in pdf.text(made)
    alone = render_receipts((face(receipt(payer="UNFPA"), name="", number=""),), OFFICE)
    assert "Pour" not in pdf.text(alone)


def test_mobile_money_and_the_bank_are_named_with_their_reference() -> None:
    paid = receipt(reference="CI2611.1042")
    assert "Total reçu, par Orange Money (réf. CI2611.1042)" in lower(
        render_receipts((face(paid, box=ORANGE),), OFFICE)
    )
    assert "Total reçu, par la banque" in lower(render_receipts((face(box=BANK),), OFFICE))


def test_change_is_told_when_there_is_some() -> None:
    change = receipt(handed=35_000, change_given=4_000, change_due=1_000)
    made = lower(render_receipts((face(change),), OFFICE))
    assert "Remis : 35 000 FCFA · rendu : 4 000 FCFA · monnaie due : 1 000 FCFA" in made
    assert "Remis" not in lower(render_receipts((face(),), OFFICE))


def test_a_copy_says_which_one_it_is() -> None:
    made = render_receipts((face(copy=Copy(2)),), OFFICE)
    assert "Souche — DUPLICATA 2" in upper(made)
    assert "DUPLICATA 2" in lower(made)
    assert "Original" not in pdf.text(made)


def test_a_cancelled_receipt_says_when_why_and_by_which_it_is_replaced() -> None:
    dead = receipt(cancelled_on=dt.date(2026, 11, 24), cancelled_reason="comptée deux fois")
    made = render_receipts((face(dead, replaced_by="2026-01480"),), OFFICE)
    for half in (upper(made), lower(made)):
        assert "ANNULÉ le 24/11/2026" in half
        assert "comptée deux fois · remplacé par le n° 2026-01480" in half
    assert pdf.outside(made) == []


def test_a_receipt_of_the_book_bears_its_own_day_and_no_control() -> None:
    hand = receipt(series=MANUAL, number=12, day=dt.date(2026, 11, 20), control="")
    made = lower(render_receipts((face(hand, copy=Copy(1)),), OFFICE))
    assert "REÇU n° M 2026-00012" in made
    assert "20/11/2026" in made
    assert "Écrit à la main, saisi le 23/11/2026 à 10 h 42." in made
    assert "Contrôle" not in made


def test_reading_is_printed_or_left_to_fill_in() -> None:
    told = Reading(language="peul", reader="Awa K", witness="Oumou B.", finger="pouce gauche")
    made = lower(render_receipts((face(reading=told),), OFFICE))
    assert "Lu et traduit en peul par Awa K, témoin : Oumou B." in made
    assert "(pouce gauche)" in made
    assert "Lu et traduit en …" in lower(render_receipts((face(),), OFFICE))
    assert "Lu et traduit" not in lower(render_receipts((face(),), OFFICE, ReceiptOptions(reading_line=False)))


def test_the_office_chooses_heading_words_and_foot() -> None:
    neutral = replace(OFFICE, headings={"receipt": Heading.NEUTRAL}, neutral_heading="Bureau")
    options = ReceiptOptions(closing_words="Reçu la somme de", footer="Gardez ce reçu.")
    made = pdf.text(render_receipts((face(),), neutral, options))
    assert "DANAYA" not in made
    assert "Bureau" in made
    assert "Reçu la somme de trente mille francs CFA." in made
    assert "Gardez ce reçu." in made
    bare = pdf.text(render_receipts((face(),), replace(OFFICE, headings={"receipt": Heading.NONE}), options))
    assert "DANAYA" not in bare
    assert "Bureau" not in bare
    assert "DÉMONSTRATION" in pdf.text(render_receipts((face(),), replace(OFFICE, demo=True)))


def test_twelve_lines_fit_beside_the_box_and_are_legible() -> None:
    rows = tuple((f"Cotisation d’assurance — mois {month}", 550) for month in range(1, MOST_LINES + 1))
    full = receipt(*rows, payer="Moussa Traoré", note=NOTE, handed=10_000, change_given=3_000, change_due=400)
    made = render_receipts((face(full),), OFFICE, ReceiptOptions(footer="Gardez ce reçu."))
    for row, _ in rows:
        assert lower(made).count(row) >= 1
    assert pdf.within(made, THUMB) == []
    assert pdf.collisions(made) == []
    tall = [one.box[3] - one.box[1] for one in pdf.letters(made) if one.sign == "C"]
    assert min(tall) > 4.6


def _everything(words: str, count: int, amount: int) -> ReceiptFace:
    made = receipt(
        *((words, amount) for _ in range(count)),
        payer=words,
        note=words,
        reference=words[:40],
        cashier=words[:60],
        handed=amount * count + 12,
        change_due=12,
        cancelled_on=None,
    )
    return face(made, name=words, number="M-01284", box=ORANGE, reading=Reading("songhaï", words[:60], words[:60]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LABELS, st.integers(1, MOST_LINES), st.sampled_from([1, 12_500, 999_999_999_999, 10**12]))
def test_nothing_leaves_its_half_nor_enters_the_box(words: str, count: int, amount: int) -> None:
    made = render_receipts((_everything(words, count, amount),), OFFICE, ReceiptOptions(footer=words))
    assert pdf.outside(made) == []
    assert pdf.within(made, THUMB) == []
    assert pdf.collisions(made) == []
    left, bottom, right, top = THUMB
    assert pdf.within(made, (left, bottom + HEIGHT, right, top + HEIGHT)) == []
    assert [one for one in pdf.letters(made) if one.box[1] < HEIGHT < one.box[3]] == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LABELS, st.integers(1, MOST_LINES), st.sampled_from([1, 999_999_999_999]))
def test_nothing_leaves_the_roll(words: str, count: int, amount: int) -> None:
    made = render_roll((_everything(words, count, amount),), OFFICE, ReceiptOptions(footer=words))
    assert all(one.box[0] > 4 * MM - 1 and one.box[2] < 76 * MM + 1 for one in pdf.letters(made))
    assert pdf.collisions(made) == []
    assert pdf.outside(made) == []


def test_no_letter_of_a_long_label_is_lost() -> None:
    label = "Participation aux frais de déplacement vers Bandiagara, Bankass et Koro de Ɲɛnɛ Kɔnɔ-Ŋaŋa"
    made = render_receipts((face(receipt((label, 10**12))),), OFFICE)
    assert label in lower(made)
    assert "1 000 000 000 000" in lower(made)
    assert "un billion de francs CFA" in lower(made)


def test_letters_that_the_font_lacks_never_stop_a_receipt() -> None:
    made = lower(render_receipts((face(receipt(("Don 🌸\nde mai", 500))),), OFFICE))
    assert "Don ? de mai" in made


def test_the_roll_is_as_long_as_its_content() -> None:
    one = render_roll((face(),), OFFICE)
    rows = tuple((f"Cotisation {month}", 550) for month in range(12))
    long = render_receipts((face(receipt(*rows)),), OFFICE, ReceiptOptions(roll=True))
    assert pdf.page_count(one) == 2
    assert pdf.page_size(one)[0] == pytest.approx(80 * MM, abs=0.01)
    assert pdf.page_size(one)[1] < pdf.page_size(long)[1] < 220 * MM
    assert pdf.page_size(one, 0) == pdf.page_size(one, 1)
    for words in (
        "REÇU n° 2026-01473",
        "Total reçu, en espèces",
        "trente mille francs CFA",
        "7F3A9-1C2K0",
        "Mariam T.",
    ):
        assert words in pdf.text(one, 0)
        assert words in pdf.text(one, 1)
    assert "Original" in pdf.text(one, 0)
    assert "Souche" in pdf.text(one, 1)


def test_a_cancelled_copy_on_the_roll_without_a_heading() -> None:
    dead = receipt(cancelled_on=dt.date(2026, 11, 24), payer="Moussa Traoré", control="")
    bare = replace(OFFICE, headings={"receipt": Heading.NONE})
    made = render_roll((face(dead, copy=Copy(1)),), bare)
    words = pdf.text(made)
    assert "ANNULÉ le 24/11/2026" in words
    assert "DUPLICATA 1" in words
    assert "Pour M-01284" in words
    assert "DANAYA" not in words
    assert pdf.outside(made) == []


class _Watcher:
    def __init__(self, stop_at: int) -> None:
        self.reports: list[tuple[str, int, int]] = []
        self._stop_at = stop_at

    def report(self, step: str, done: int, total: int) -> None:
        self.reports.append((step, done, total))

    def check(self) -> None:
        if len(self.reports) == self._stop_at:
            raise Stopped


def test_five_hundred_receipts_come_out_one_a_page() -> None:
    watcher = _Watcher(-1)
    faces: Sequence[ReceiptFace] = [face(receipt(number=number)) for number in range(1, 501)]
    made = render_receipts(faces, OFFICE, progress=watcher)
    assert pdf.page_count(made) == 500
    assert "2026-00500" in pdf.text(made, 499)
    assert watcher.reports[-1] == ("receipts.draw", 500, 500)
    assert len(made) < 2_500 * 500


def test_a_stop_stops_between_receipts() -> None:
    with pytest.raises(Stopped):
        render_receipts([face()] * 5, OFFICE, progress=_Watcher(2))
    with pytest.raises(Stopped):
        render_roll([face()] * 5, OFFICE, progress=_Watcher(2))
