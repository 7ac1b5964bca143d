"""The books leave the screen: one workbook for the accountant, texts as texts; PDF of each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from antenne.base.clock import FixedClock
from antenne.base.progress import Stopped
from antenne.domain.account_papers import Period
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.print.chart import render_chart
from antenne.print.journal import render_journal, render_ledger, render_trial_balance
from antenne.services import books, books_printing, chart
from antenne.services.books_printing import ExportBooks
from antenne.services.chart import SaveAccount
from antenne.services.desk import Desk
from tests.print import pdf
from tests.services import money

DAY = dt.date(2026, 11, 23)


@pytest.fixture
def kept(responsable_desk: Desk, clock: FixedClock) -> Desk:
    """1 000 F found, 500 on the first day, 700 by telephone on the second; an account whose name is a formula."""
    desk = responsable_desk
    awa = money.member(desk)
    day = money.opened(desk, 1000)
    money.paid(desk, awa, 500)
    money.closed(desk, day, 1500)
    clock.advance(dt.timedelta(days=1))
    money.opened(desk, 1500)
    fees = next(row.account for row in chart.read_chart(desk) if row.account.code == "7072")
    formula = SaveAccount(request_id="f", account_id=fees.id, code="7072", label="=1+1", kind=fees.kind, sycebnl="7052")
    chart.save_account(desk, formula)
    money.paid(desk, awa, 700, box="orange")
    return desk


def rows(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


def test_the_workbook_holds_the_four_books_with_the_national_numbers(kept: Desk, tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    second = Period(DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=1))
    assert books_printing.export_books(kept, ExportBooks(path=path, period=second)).value == 2
    assert openpyxl.load_workbook(path).sheetnames == ["Journal", "Grand livre", "Balance", "Plan comptable"]
    day = dt.datetime(2026, 11, 24)  # noqa: DTZ001 - what a spreadsheet calls a day
    assert rows(path, "Journal")[1:] == [
        (3, day, "2026-00002", "Encaissement", "5521", "552", "Orange Money", 700, None),
        (3, day, "2026-00002", "Encaissement", "7072", "7052", "=1+1", None, 700),
    ]
    before = "Solde avant le 24/11/2026"
    fees = [row for row in rows(path, "Grand livre") if row[0] == "7072"]
    assert fees == [
        ("7072", "7052", "=1+1", None, day, None, before, None, None, None, 500),
        ("7072", "7052", "=1+1", 3, day, "2026-00002", "Encaissement", None, 700, None, 1200),
    ]
    balance = rows(path, "Balance")
    assert balance[-1] == (None, None, "Total", 1500, 1500, 700, 700, 2200, 2200)
    assert ("571", "571", "Caisse", 1500, 0, 0, 0, 1500, 0) in balance
    plan = rows(path, "Plan comptable")
    assert ("5521", "Orange Money", "Actif", "552", "Caisse\u00a0: Orange Money", "En service") in plan
    assert ("7072", "=1+1", "Produits", "7052", "Frais de dossier", "En service") in plan


def test_cells_keep_their_types(kept: Desk, tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    books_printing.export_books(kept, ExportBooks(path=path, period=books.whole_period(kept)))
    sheet = openpyxl.load_workbook(path)["Journal"]
    types = [cell.data_type for cell in sheet[3]]
    assert types == ["n", "d", "n", "s", "s", "s", "s", "n", "n"]
    names = {cell.value: cell.data_type for cell in sheet["G"]}
    assert names["=1+1"] == "s"


def test_an_export_is_in_the_chain_and_needs_the_right(kept: Desk, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "OneDrive" / "liste.xlsx"
    path.parent.mkdir()
    command = ExportBooks(path=path, period=Period(DAY, DAY))
    with pytest.raises(RulesBroken, match=r"export\.synchronised"):
        books_printing.export_books(kept, command)
    books_printing.export_books(kept, ExportBooks(path=path, period=Period(DAY, DAY), accepted=True))
    with kept.read() as uow:
        (line,) = uow.audit.history("export", 0)
    assert line.action == "accounts.exported"
    assert [change.new for change in line.changes] == ["Du 23/11/2026 au 23/11/2026", "4"]
    assert books_printing.export_books(desk, ExportBooks(path=tmp_path / "a.xlsx", period=Period(DAY, DAY))).value == 4


def test_a_stop_leaves_nothing(kept: Desk, tmp_path: Path) -> None:
    class Stopping:
        def report(self, step: str, done: int, total: int) -> None:
            """Nothing is told."""

        def check(self) -> None:
            raise Stopped

    with pytest.raises(Stopped):
        books_printing.export_books(
            kept, ExportBooks(path=tmp_path / "liste.xlsx", period=Period(DAY, DAY)), Stopping()
        )
    assert [one.name for one in tmp_path.glob("*.xlsx*")] == []


def test_too_long_a_period_is_refused_in_words(kept: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books_printing, "MOST_LINES", 5)
    whole = books.whole_period(kept)
    with pytest.raises(RulesBroken, match=r"accounts\.too_many"):
        books_printing.export_books(kept, ExportBooks(path=tmp_path / "liste.xlsx", period=whole))
    with pytest.raises(RulesBroken, match=r"accounts\.too_many"):
        books_printing.render_journal(kept, whole, render_journal)
    with pytest.raises(RulesBroken, match=r"accounts\.period"):
        books_printing.render_journal(kept, Period(whole.last, whole.first), render_journal)


def test_each_book_is_drawn(kept: Desk) -> None:
    whole = books.whole_period(kept)
    journal = pdf.text(books_printing.render_journal(kept, whole, render_journal))
    assert "2026-00002 Encaissement 5521 Orange Money" in journal
    assert "Débit et crédit sont égaux." in pdf.text(
        books_printing.render_trial_balance(kept, whole, render_trial_balance)
    )
    one = pdf.text(books_printing.render_ledger(kept, whole, "5521", render_ledger))
    assert "5521 Orange Money" in one
    assert "571 Caisse" not in one
    assert "571 Caisse" in pdf.text(books_printing.render_ledger(kept, whole, "", render_ledger))
    drawn = pdf.text(books_printing.render_chart(kept, render_chart))
    assert "7072 =1+1 Produits 7052 Frais de dossier En service" in drawn


def test_a_secretary_alone_sees_no_books(desk: Desk, tmp_path: Path) -> None:
    from dataclasses import replace

    from antenne.domain.rights import Role

    alone = replace(desk, actor=replace(desk.actor, roles=frozenset({Role.SECRETAIRE})))
    with pytest.raises(Forbidden):
        books_printing.export_books(alone, ExportBooks(path=tmp_path / "a.xlsx", period=Period(DAY, DAY)))
    with pytest.raises(Forbidden):
        books_printing.render_chart(alone, render_chart)
