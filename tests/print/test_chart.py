"""The chart of accounts as PDF: every account, its national number, what the program uses it for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from antenne.domain.accounts import CHART, Use
from antenne.domain.cashbook import Box
from antenne.domain.chart import ChartRow
from antenne.print.chart import render_chart
from tests.print import pdf
from tests.print.test_receipts import OFFICE

DAY = dt.date(2026, 11, 23)
BOX = Box(3, "orange", "Orange Money")


def test_every_account_is_on_the_paper_inside_its_margins() -> None:
    long = replace(CHART[1], label="Fournisseurs et prestataires " * 2, active=False)
    rows = [ChartRow(one, used=False, box=BOX if one.role == f"{Use.BOX}orange" else None) for one in CHART]
    made = render_chart([*rows[:1], ChartRow(long, used=True), *rows[2:]], DAY, OFFICE)
    words = " ".join(pdf.text(made, page) for page in range(pdf.page_count(made)))
    assert "Au 23/11/2026" in words
    assert all(one.code in words for one in CHART)
    assert "5521 Orange Money Actif 552 Caisse : Orange Money En service" in words.replace("\u00a0", " ")
    assert "7012 Cotisations des adhérentes Produits 701 Cotisations En service" in words
    assert "Au repos" in words
    assert all(pdf.outside(made, page) == [] for page in range(pdf.page_count(made)))
