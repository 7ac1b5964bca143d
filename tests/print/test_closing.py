"""The sheets of a closing: everything is on one page, as selectable text, whatever its length."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pypdfium2
import pytest

from antenne.domain.cashbook import CashCount, PeriodKind, Pieces
from antenne.domain.closing_sheet import BoxOnSheet, ClosingSheet, KindTotal, PeriodSheet, ReceiptsOnSheet
from antenne.domain.ledger import EntryKind, LedgerAnchor
from antenne.domain.office import Office
from antenne.print.closing import render_closing, render_period
from antenne.wording import cashbook as words

OFFICE = Office(association="DANAYA SO", name="Antenne de Mopti", town="Sévaré", phone="21 42 00 00")
AT = dt.datetime(2026, 11, 23, 17, 42, tzinfo=dt.UTC)
ANCHOR = LedgerAnchor(1473, "2026-01473", "7F3A91C20KQ8ZZ4T")
SHEET = ClosingSheet(
    cash_day_id=7,
    day=dt.date(2026, 11, 23),
    opened_at=AT.replace(hour=8),
    opened_by="Mariam T.",
    closed_at=AT,
    closed_by="Mariam T.",
    cash=BoxOnSheet(label="Caisse", opening=10_000, came=13_500, went=1_000, counted=22_250, reason="une pièce de 250"),
    totals=(KindTotal(EntryKind.RECEIPT, 13_500, 0), KindTotal(EntryKind.EXPENSE, 0, 1_000)),
    count=CashCount({10_000: Pieces(2), 500: Pieces(4), 250: Pieces(0, 1)}),
    others=(BoxOnSheet(label="Banque", opening=250_000, came=0, went=0, counted=249_500, reason="frais de compte"),),
    receipts=ReceiptsOnSheet(first="2026-01470", last="2026-01473", count=4, cancelled=1, by_hand=1, total=12_500),
    anchor=ANCHOR,
)
PERIOD = PeriodSheet(
    kind=PeriodKind.MONTH,
    first_day=dt.date(2026, 11, 1),
    last_day=dt.date(2026, 11, 30),
    closed_at=AT,
    closed_by="Aminata D.",
    boxes=(SHEET.cash, *SHEET.others),
    totals=SHEET.totals,
    days=22,
    gaps=-250,
    receipts=SHEET.receipts,
    anchor=ANCHOR,
)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


def test_the_sheet_of_a_day_says_everything() -> None:
    said = text_of(render_closing(SHEET, OFFICE))
    for part in (
        "DANAYA SO — Antenne de Mopti",
        "Feuille de clôture de caisse",
        "Lundi 23 novembre 2026",
        "clôturée le 23/11/2026 à 17 h 42 par Mariam T.",
        "Solde à l’ouverture 10 000",
        "Encaissement 13 500",
        "Solde théorique 22 500 FCFA",
        "Compté 22 250 FCFA",
        "Écart –250 FCFA",
        "Abîmés / refusés",
        "Explication de l’écart : une pièce de 250",
        "Banque 250 000 249 500 –500 FCFA",
        "Banque : frais de compte",
        "Reçus 2026-01470 à 2026-01473 (4, dont 1 annulé)",
        "Code : 1473-7F3A-91C2-0KQ8-ZZ4T",
        "dernier reçu 2026-01473",
        "La caissière",
        "La responsable",
    ):
        assert part in said
    assert "Réimpression" not in said
    assert "Réimpression" in text_of(render_closing(replace(SHEET, printed_before=True), OFFICE))


def test_an_empty_day_has_its_sheet() -> None:
    cash = BoxOnSheet(label="Caisse", opening=0, came=0, went=0, counted=0)
    empty = replace(
        SHEET, cash=cash, totals=(), count=CashCount(), others=(), receipts=ReceiptsOnSheet(),
        anchor=LedgerAnchor(0, "", "0" * 16), opened_by="",
    )  # fmt: skip
    said = text_of(render_closing(empty, OFFICE))
    assert "Aucun reçu." in said
    assert "0 écriture, aucun reçu" in said


def test_the_longest_texts_and_figures_stay_on_the_page() -> None:
    long = "Explication très longue " * 20
    most = 10**12
    cash = BoxOnSheet(label="Caisse", opening=most, came=most, went=most, counted=most - 1, reason=long)
    other = BoxOnSheet(label="Orange Money", opening=most, came=most, went=most, counted=0, reason=long)
    full = replace(
        SHEET,
        cash=cash,
        totals=tuple(KindTotal(kind, most, most) for kind in EntryKind),
        count=CashCount({value: Pieces(most, most) for value in (10_000, 1)}),
        others=(other,) * 5,
        opened_by="Un nom " * 12,
        closed_by="Un nom " * 12,
    )
    pdf = render_closing(full, OFFICE)
    said = text_of(pdf)
    assert said.count("Orange Money") == 10
    assert "Code : 1473-7F3A-91C2-0KQ8-ZZ4T" in said
    lowest, rightmost = _edges(pdf)
    assert lowest > 5
    assert rightmost < 595 - 15


def _edges(pdf: bytes) -> tuple[float, float]:
    """Lowest and rightmost point of a letter, in points."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0].get_textpage()
    boxes = [page.get_charbox(number) for number in range(page.count_chars())]
    document.close()
    drawn = [box for box in boxes if box[2] > box[0]]
    return min(box[1] for box in drawn), max(box[2] for box in drawn)


def test_the_sheet_of_a_month_and_of_a_year() -> None:
    said = text_of(render_period(PERIOD, OFFICE))
    for part in (
        "Clôture : novembre 2026",
        "Du 01/11/2026 au 30/11/2026 · 22 journées de caisse",
        "Caisse 10 000 13 500 1 000 22 250",
        "Total 13 500 1 000",
        "Écarts de caisse de la période : –250 FCFA",
        "Code : 1473-7F3A-91C2-0KQ8-ZZ4T",
    ):
        assert part in said
    year = replace(PERIOD, kind=PeriodKind.YEAR, first_day=dt.date(2026, 1, 1), last_day=dt.date(2026, 12, 31))
    assert "Clôture : année 2026" in text_of(render_period(year, OFFICE))


def test_the_demonstration_says_so() -> None:
    assert "DÉMONSTRATION" in text_of(render_closing(SHEET, replace(OFFICE, demo=True)))


@pytest.mark.parametrize(
    ("receipts", "said"),
    [
        (ReceiptsOnSheet(), "Aucun reçu."),
        (ReceiptsOnSheet(by_hand=2, total=500), "2 reçus écrits à la main repris : 500 FCFA."),
        (
            ReceiptsOnSheet(first="2026-00001", last="2026-00001", count=1, total=500),
            "Reçu 2026-00001 (1, aucun annulé) : 500 FCFA.",
        ),
        (
            ReceiptsOnSheet(first="2026-00001", last="2026-00009", count=9, cancelled=2, total=500),
            "Reçus 2026-00001 à 2026-00009 (9, dont 2 annulés) : 500 FCFA.",
        ),
    ],
)
def test_the_line_of_the_receipts(receipts: ReceiptsOnSheet, said: str) -> None:
    assert words.receipts_line(receipts).replace("\u00a0", " ") == said


def test_the_words_of_a_gap() -> None:
    plain = [words.gap_word(gap).replace("\u00a0", " ") for gap in (0, -250, 500)]
    assert plain == ["juste", "manque 250 FCFA", "500 FCFA de trop"]
