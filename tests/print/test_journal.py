"""Journal, trial balance and ledger as PDF: heads repeated, totals carried, entries whole, page n / N."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antenne.base.progress import Stopped
from antenne.domain.account_papers import BalanceRow, JournalRow, LedgerAccount, LedgerRow, Period
from antenne.domain.accounts import CHART
from antenne.print.journal import render_journal, render_ledger, render_trial_balance
from antenne.print.layout import MM
from tests.print import pdf
from tests.print.test_receipts import LABELS, OFFICE, _Watcher

PERIOD = Period(dt.date(2026, 11, 1), dt.date(2026, 11, 30))
DAY = dt.date(2026, 11, 23)


def entry(number: int, amount: int = 550, label: str = "Encaissement", lines: int = 1) -> list[JournalRow]:
    """One debit and so many credits."""
    piece = f"2026-{number:05d}"
    first = JournalRow(
        entry=number,
        day=DAY,
        piece=piece,
        label=label,
        account_code="571",
        account_label="Caisse",
        debit=amount * lines,
    )
    credit = JournalRow(
        entry=number,
        day=DAY,
        piece=piece,
        label=label,
        account_code="7023",
        account_label="Cotisations d’assurance maladie",
        credit=amount,
    )
    return [first, *[credit] * lines]


def rows(count: int, lines: int = 1) -> list[JournalRow]:
    return [row for number in range(1, count + 1) for row in entry(number, lines=lines)]


def pages(made: bytes) -> list[str]:
    return [pdf.text(made, page) for page in range(pdf.page_count(made))]


def test_the_journal_repeats_its_heads_and_carries_its_totals() -> None:
    made = render_journal(rows(60), PERIOD, OFFICE)
    said = pages(made)
    assert pdf.page_size(made) == pytest.approx((297 * MM, 210 * MM), abs=0.01)
    assert len(said) > 3
    assert "DANAYA SO — Antenne de Mopti" in said[0]
    assert all("Du 01/11/2026 au 30/11/2026" in page and "Écriture Date Pièce Libellé" in page for page in said)
    assert [page.endswith(f"Page {number} / {len(said)}") for number, page in enumerate(said, 1)] == [True] * len(said)
    for page, following in pairwise(said):
        carried = page.split("À reporter ")[1].split(" Journal")[0]
        debit, credit = carried[: len(carried) // 2].strip(), carried[len(carried) // 2 :].strip()
        assert debit == credit
        assert f"Report {debit} {credit}" in following
    assert "Total 33 000 33 000" in said[-1]
    assert "À reporter" not in said[-1]


def test_an_entry_is_never_cut_by_the_end_of_a_page() -> None:
    said = pages(render_journal(rows(12, lines=13), PERIOD, OFFICE))
    assert len(said) > 3
    for page in said:
        assert page.count("571 Caisse") * 13 == page.count("7023 Cotisations")


def test_an_entry_longer_than_a_page_is_cut_all_the_same() -> None:
    said = pages(render_journal(rows(2, lines=90), PERIOD, OFFICE))
    assert sum(page.count("7023 Cotisations") for page in said) == 180
    assert max(page.count("7023 Cotisations") for page in said) < 40


def test_the_head_of_an_entry_stands_once() -> None:
    words = pdf.text(render_journal(entry(1, lines=3), PERIOD, OFFICE))
    assert words.count("2026-00001") == 1
    assert words.count("Encaissement") == 1
    assert words.count("7023") == 3


def test_a_journal_of_two_hundred_pages() -> None:
    watcher = _Watcher(-1)
    made = render_journal(rows(3_000), PERIOD, OFFICE, watcher)
    count = pdf.page_count(made)
    assert count >= 180
    assert f"Page {count} / {count}" in pdf.text(made, count - 1)
    assert "Total 1 650 000 1 650 000" in pdf.text(made, count - 1)
    assert watcher.reports[-1] == ("accounts.draw", count, count)
    for page in (0, 1, count // 2, count - 1):
        assert pdf.outside(made, page) == []


def test_a_journal_stops_when_asked() -> None:
    with pytest.raises(Stopped):
        render_journal(rows(60), PERIOD, OFFICE, _Watcher(2))


def test_empty_papers_say_so() -> None:
    for made in (
        render_journal((), PERIOD, OFFICE),
        render_trial_balance((), PERIOD, OFFICE),
        render_ledger((), PERIOD, OFFICE),
    ):
        assert pdf.page_count(made) == 1
        assert "Aucune écriture pendant cette période." in pdf.text(made)


def _chart(amounts: Sequence[tuple[int, int, int]]) -> list[BalanceRow]:
    return [
        BalanceRow(code=account.code, label=account.label, opening=opening, debit=debit, credit=credit)
        for account, (opening, debit, credit) in zip(CHART, amounts, strict=False)
    ]


def test_the_trial_balance_shows_both_sides_and_says_that_they_are_equal() -> None:
    made = render_trial_balance(_chart([(-5_000, 0, 700), (5_000, 700, 0)]), PERIOD, OFFICE)
    words = pdf.text(made)
    assert "Solde avant le 01/11/2026 Mouvements Solde au 30/11/2026" in words
    assert "101 Fonds de l’association 5 000 700 5 700" in words
    assert "121 Report à nouveau 5 000 700 5 700" in words
    assert "Total 5 000 5 000 700 700 5 700 5 700" in words
    assert "Débit et crédit sont égaux." in words
    wrong = pdf.text(render_trial_balance(_chart([(0, 700, 0)]), PERIOD, OFFICE))
    assert "Débit et crédit ne sont pas égaux" in wrong


def test_the_largest_amounts_stay_in_their_columns() -> None:
    amounts = [(10**12, 10**12, 0), (-(10**12), 0, 10**12)] * 17
    made = render_trial_balance(_chart(amounts), PERIOD, replace(OFFICE, demo=True))
    assert pdf.page_count(made) == 2
    assert "17 000 000 000 000" in pdf.text(made, 1)
    assert "DÉMONSTRATION" in pdf.text(made, 1)
    assert pdf.outside(made, 0) == []


def _account(code: str, count: int, opening: int = 5_000) -> LedgerAccount:
    posted = tuple(
        LedgerRow(entry=number, day=DAY, piece=f"2026-{number:05d}", label="Encaissement", debit=550)
        for number in range(1, count + 1)
    )
    return LedgerAccount(code=code, label="Caisse", opening=opening, rows=posted)


def test_the_ledger_runs_account_by_account() -> None:
    made = render_ledger((_account("571", 50), _account("999", 0, opening=-300)), PERIOD, OFFICE)
    said = pages(made)
    assert "571 Caisse" in said[0]
    assert "Solde avant le 01/11/2026 5 000 D" in said[0]
    assert "2026-00001 Encaissement 550 5 550 D" in said[0]
    carried = said[0].split("À reporter — 571 Caisse ")[1].split(" Grand livre")[0]
    assert f"Report — 571 Caisse {carried}" in said[1]
    assert "Total — 571 Caisse 27 500 0 32 500 D" in said[-1]
    assert "Total — 999 Caisse 0 0 300 C" in said[-1]


def test_the_head_of_an_account_is_followed_by_its_lines() -> None:
    made = render_ledger([_account(str(code), 3) for code in range(100, 130)], PERIOD, OFFICE)
    said = pages(made)
    assert len(said) > 3
    for page in said:
        body = page.rsplit(" Grand livre · ", 1)[0]
        assert not body.endswith(("Caisse", "Solde avant le 01/11/2026 5 000 D"))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(LABELS, min_size=1, max_size=12), st.sampled_from([1, 999_999_999_999, 10**12]))
def test_nothing_leaves_the_page(labels: list[str], amount: int) -> None:
    made = render_journal(
        [row for number, label in enumerate(labels, 1) for row in entry(number, amount, label)], PERIOD, OFFICE
    )
    for page in range(pdf.page_count(made)):
        assert pdf.outside(made, page) == []
        assert pdf.collisions(made, page) == []
        feet = [one for one in pdf.letters(made, page) if one.box[1] < 12 * MM]
        assert "".join(one.sign for one in feet).startswith("Journal")
