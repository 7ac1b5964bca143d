"""« Comptes » by keyboard, on a real office: the books of a period, the chart, paper and workbook."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from antenne.domain.account_papers import Period
from antenne.domain.board import Target
from antenne.domain.changes import CASHBOOK, Changes
from antenne.domain.chart import ChartRow
from antenne.services import chart
from antenne.services.books_pages import JournalLine, LedgerLine
from antenne.services.desk import Desk
from antenne.ui.cashbook import accounts_offers, captures_accounts
from antenne.ui.cashbook.accounts_panel import TABS, AccountsPanel
from antenne.ui.cashbook.accounts_period import PeriodChoice, period_of
from antenne.ui.cashbook.chart_card import AccountCard
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.preview import PreviewDialog
from antenne.ui.kit.tables import Table
from tests.services import money
from tests.ui.cashbook_help import make_context, plain, settle, words
from tests.ui.cashbook_help import show as show_screen
from tests.ui.helpers import FakeDialogs, press, type_text
from tests.ui.screen_help import PlainShell

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
TODAY = dt.date(2026, 11, 23)


@pytest.fixture
def shell() -> PlainShell:
    return PlainShell()


@pytest.fixture
def dialogs(tmp_path: Path) -> FakeDialogs:
    return FakeDialogs(path=tmp_path / "liste.xlsx", output=tmp_path / "printed.pdf")


@pytest.fixture
def context(responsable_desk: Desk, operations: Operations, shell: PlainShell, dialogs: FakeDialogs) -> Context:
    return make_context(responsable_desk, operations, shell, dialogs)


@pytest.fixture
def kept(responsable_desk: Desk) -> Desk:
    """1 000 F found; 500 in cash, 700 by telephone."""
    awa = money.member(responsable_desk)
    money.opened(responsable_desk, 1000)
    money.paid(responsable_desk, awa, 500)
    money.paid(responsable_desk, awa, 700, box="orange")
    return responsable_desk


def show(qtbot: QtBot, context: Context, shell: PlainShell, target: Target) -> AccountsPanel:
    panel = AccountsPanel(context)
    qtbot.addWidget(panel)
    shell.screens.append(panel)
    panel.resize(1118, 600)
    panel.show()
    panel.activateWindow()
    panel.open(target)
    settle(qtbot, context)
    return panel


def cells(table: Table) -> list[list[str]]:
    """What stands in the table."""
    rows = (table.rows.row(number) for number in range(table.rows.rowCount()))
    return [[plain(column.text(row)) for column in table.rows.columns] for row in rows if row is not None]


def hold(table: Table, number: int) -> None:
    table.setFocus()
    table.setCurrentIndex(table.rows.index(number, 0))


def field(card: AccountCard, key: str) -> QWidget:
    return card.account.view.field(key).entry()


def row(desk: Desk, code: str) -> ChartRow:
    return next(one for one in chart.read_chart(desk) if one.account.code == code)


def test_the_journal_opens_the_receipt_behind_a_row(
    qtbot: QtBot, context: Context, shell: PlainShell, kept: Desk
) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", action="journal"))
    table = panel.journal.table
    assert cells(table)[2] == ["2", "23/11/2026", "2026-00001", "Encaissement", "571  Caisse", "500", ""]
    assert "Total débit : 2 200 FCFA · total crédit : 2 200 FCFA" in words(panel)
    assert "Du 01/11/2026 au 30/11/2026" in words(panel)
    hold(table, 3)
    press(table, Qt.Key.Key_Return)
    line = table.current()
    assert isinstance(line, JournalLine)
    assert line.piece is not None
    assert shell.opened == [Target("cashbook", line.piece.id, action="receipts")]
    hold(table, 0)
    press(table, Qt.Key.Key_Return)
    assert shell.said == [("L’écriture n° 1 (solde de départ) n’a ni reçu ni pièce de dépense.", "info")]
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    settle(qtbot, context)
    assert cells(table)[0][2] == "2026-00002"


def test_inside_the_caisse_entree_shows_the_receipt_and_ctrl_b_is_heard(
    qtbot: QtBot, context: Context, shell: PlainShell, kept: Desk
) -> None:
    shell.area = "cashbook"
    screen = show_screen(qtbot, context, shell, Target("cashbook", action="accounts/journal"))
    panel = screen.panel
    assert isinstance(panel, AccountsPanel)
    screen.show_hidden(shown=True)
    assert panel.cover.shown
    hold(panel.journal.table, 2)
    press(panel.journal.table, Qt.Key.Key_Return)
    settle(qtbot, context)
    assert "Reçu 2026-00001" in words(screen.panel)


def test_balances_are_dots_until_they_are_asked_for(
    qtbot: QtBot, context: Context, shell: PlainShell, kept: Desk
) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", action="ledger", field="571"))
    assert panel.ledger.code == "571"
    assert [line[-1] for line in cells(panel.ledger.table)] == ["••••", "••••"]
    assert [line[-1] for line in cells(panel.balance.table)] == ["••••"] * 4
    assert "Soldes cachés · Ctrl+B pour les voir" in words(panel)
    panel.show_hidden(shown=True)
    assert [line[4:] for line in cells(panel.ledger.table)] == [["1 000", "", "1 000 D"], ["500", "", "1 500 D"]]
    assert "Au début : 0 · à la fin : 1 500 D" in words(panel)
    assert "Soldes cachés" not in words(panel)


def test_the_arrows_walk_the_accounts_of_the_ledger(
    qtbot: QtBot, context: Context, shell: PlainShell, kept: Desk
) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", action="ledger"))
    assert panel.ledger.list.hasFocus()
    assert panel.ledger.code == "101"
    press(panel.ledger.list, Qt.Key.Key_Down)
    settle(qtbot, context)
    assert (panel.ledger.code, len(cells(panel.ledger.table))) == ("5521", 1)
    press(panel.ledger.list, Qt.Key.Key_Return)
    assert panel.ledger.table.hasFocus()
    press(panel.ledger.table, Qt.Key.Key_Return)
    line = panel.ledger.table.current()
    assert isinstance(line, LedgerLine)
    assert shell.opened[-1].action == "receipts"


def test_the_balance_leads_to_an_account_and_stays_balanced(
    qtbot: QtBot, context: Context, shell: PlainShell, kept: Desk
) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", action="balance"))
    panel.show_hidden(shown=True)
    assert cells(panel.balance.table)[2] == ["571", "Caisse", "0", "1 500", "", "1 500 D"]
    assert panel.balance.pill.text() == "Équilibrée"
    hold(panel.balance.table, 2)
    press(panel.balance.table, Qt.Key.Key_Return)
    settle(qtbot, context)
    assert (panel.tabs.currentIndex(), panel.ledger.code) == (1, "571")
    assert panel.ledger.table.hasFocus()


def test_alt_and_an_arrow_turn_the_books(qtbot: QtBot, context: Context, shell: PlainShell) -> None:
    panel = show(qtbot, context, shell, Target("cashbook"))
    for key, place in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Left, 3), (Qt.Key.Key_Right, 0)):
        QTest.keyClick(panel, key, ALT)
        assert panel.tabs.currentIndex() == place
    settle(qtbot, context)


@pytest.mark.parametrize(
    ("choice", "first", "last"),
    [
        (PeriodChoice.MONTH, dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
        (PeriodChoice.LAST_MONTH, dt.date(2026, 10, 1), dt.date(2026, 10, 31)),
        (PeriodChoice.YEAR, dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        (PeriodChoice.LAST_YEAR, dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
        (PeriodChoice.FREE, TODAY, TODAY),
    ],
)
def test_what_is_offered_as_a_period(choice: PeriodChoice, first: dt.date, last: dt.date) -> None:
    assert period_of(choice, TODAY) == Period(first, last)


def test_a_month_ends_a_year_before() -> None:
    assert period_of(PeriodChoice.LAST_MONTH, dt.date(2026, 1, 31)) == Period(
        dt.date(2025, 12, 1), dt.date(2025, 12, 31)
    )


def test_a_free_period_is_typed_and_a_wrong_one_is_said(
    qtbot: QtBot, context: Context, shell: PlainShell, kept: Desk
) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", action="journal"))
    panel.period.choose(PeriodChoice.LAST_MONTH)
    settle(qtbot, context)
    assert cells(panel.journal.table) == []
    assert "Rien n’est entré ni sorti pendant cette période." in words(panel)
    panel.period.choose(PeriodChoice.FREE)
    last = panel.period.last.entry()
    last.setFocus()
    press(last, Qt.Key.Key_A, CONTROL)
    type_text(last, "23112026")
    qtbot.wait(350)
    settle(qtbot, context)
    assert panel.period.period == Period(dt.date(2026, 10, 1), TODAY)
    assert len(cells(panel.journal.table)) == 6
    press(last, Qt.Key.Key_A, CONTROL)
    type_text(last, "01092026")
    qtbot.wait(350)
    settle(qtbot, context)
    assert plain(panel.said.text()) == "La période finit le 01/09/2026, avant de commencer le 01/10/2026."
    assert panel.period.period.last == TODAY
    panel.period.choose(PeriodChoice.MONTH)
    settle(qtbot, context)
    assert panel.said.isHidden()
    assert len(cells(panel.journal.table)) == 6


def test_what_is_entered_elsewhere_is_read_when_it_is_seen(
    qtbot: QtBot, context: Context, shell: PlainShell, kept: Desk
) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", action="journal"))
    money.paid(kept, None, 250, payer="Boutique Traoré")
    panel.on_changes(Changes.of("members"))
    settle(qtbot, context)
    assert len(cells(panel.journal.table)) == 6
    panel.on_changes(Changes.of(CASHBOOK))
    settle(qtbot, context)
    assert len(cells(panel.journal.table)) == 8


def test_an_account_is_added_by_keyboard(qtbot: QtBot, context: Context, shell: PlainShell, kept: Desk) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", action="chart"))
    panel.new()
    card = panel.chart.card
    assert card is not None
    for key, typed in (("code", "571"), ("sycebnl", "707"), ("label", "Ateliers"), ("kind", "Produits")):
        type_text(field(card, key), typed)
    panel.save()
    settle(qtbot, context)
    assert plain(card.account.view.error_of("code")) == (
        "Le numéro 571 est déjà celui de « Caisse ». Choisissez-en un autre."
    )
    type_text(field(card, "code"), "9")
    panel.save()
    settle(qtbot, context)
    assert ("Compte 5719 enregistré.", "good") in shell.said
    saved = row(kept, "5719")
    assert (saved.account.label, saved.account.sycebnl, saved.used) == ("Ateliers", "707", False)
    held = panel.chart.table.current()
    assert isinstance(held, ChartRow)
    assert held.account == saved.account
    card = panel.chart.card
    assert card is not None
    assert card.account_id == saved.account.id
    assert panel.escape()
    assert panel.chart.card is None
    assert not panel.escape()


def test_a_used_account_keeps_its_number_and_a_typed_draft_is_offered_again(
    qtbot: QtBot, context: Context, shell: PlainShell, kept: Desk
) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", row(kept, "7072").account.id, action="chart"))
    card = panel.chart.card
    assert card is not None
    assert not field(card, "code").isEnabled()
    assert "Des écritures le portent : il ne change plus." in words(card)
    press(field(card, "label"), Qt.Key.Key_A, CONTROL)
    type_text(field(card, "label"), "Participations")
    panel.keep_draft()
    settle(qtbot, context)
    panel.chart.close_card()
    panel.chart.show_account(card.account_id)
    settle(qtbot, context)
    again = panel.chart.card
    assert again is not None
    assert again is not card
    assert "n’a pas été enregistré." in again.account.view.band.text
    again.account.view.band.acted.emit()
    panel.save()
    settle(qtbot, context)
    assert row(kept, "7072").account.label == "Participations"
    again = panel.chart.card
    assert again is not None
    assert "Compte modifié" in words(again)
    assert again.account.view.band.text == ""


def test_a_use_is_given_to_another_account_and_a_box_gets_another_name(
    qtbot: QtBot, context: Context, shell: PlainShell, kept: Desk
) -> None:
    told = chart.SaveAccount(request_id="n", code="7079", label="Boutique", kind=row(kept, "7073").account.kind,
                             sycebnl="707")  # fmt: skip
    chart.save_account(kept, told)
    panel = show(qtbot, context, shell, Target("cashbook", row(kept, "7073").account.id, action="chart"))
    card = panel.chart.card
    assert card is not None
    assert card.use is not None
    heir = card.use.view.field("account").entry()
    heir.setFocus()
    type_text(heir, "7079 Boutique")
    panel.save()
    settle(qtbot, context)
    assert ("Usage confié.", "good") in shell.said
    assert (row(kept, "7073").account.role, row(kept, "7079").account.role) == ("", "rent")
    panel.chart.show_account(row(kept, "5522").account.id)
    settle(qtbot, context)
    card = panel.chart.card
    assert card is not None
    assert card.box is not None
    name = card.box.view.field("box_label").entry()
    name.setFocus()
    press(name, Qt.Key.Key_A, CONTROL)
    type_text(name, "Moov Africa")
    panel.save()
    settle(qtbot, context)
    box = row(kept, "5522").box
    assert box is not None
    assert box.label == "Moov Africa"
    assert "Caisse : Moov Africa" in [line[4] for line in cells(panel.chart.table)]


def test_a_cashier_reads_the_chart_and_changes_nothing(
    qtbot: QtBot, desk: Desk, operations: Operations, shell: PlainShell, dialogs: FakeDialogs
) -> None:
    context = make_context(desk, operations, shell, dialogs)
    panel = show(qtbot, context, shell, Target("cashbook", row(desk, "571").account.id, action="chart"))
    assert panel.chart.add_button.isHidden()
    card = panel.chart.card
    assert card is not None
    assert not card.account.view.isEnabled()
    panel.save()
    panel.new()
    settle(qtbot, context)
    assert panel.chart.card is card
    shown = (made for made in card.findChildren(QPushButton) if made.isVisibleTo(card))
    assert "Enregistrer" not in [made.text() for made in shown]


def test_the_workbook_is_written_and_told(
    qtbot: QtBot, context: Context, shell: PlainShell, kept: Desk, dialogs: FakeDialogs
) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", action="balance"))
    panel.export()
    settle(qtbot, context)
    assert shell.said == [("6 lignes exportées avec la balance et le plan comptable.", "good")]
    assert panel.progress.isHidden()
    assert dialogs.asked == ["liste-2026-11-23.xlsx"]
    assert dialogs.path is not None
    assert openpyxl.load_workbook(dialogs.path).sheetnames[0] == "Journal"


def test_every_book_is_shown_before_it_is_printed(
    qtbot: QtBot, context: Context, shell: PlainShell, kept: Desk, dialogs: FakeDialogs
) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", action="journal"))
    for number in range(len(TABS)):
        panel.tabs.setCurrentIndex(number)
        preview = panel.preview()
        settle(qtbot, context)
        press(preview, Qt.Key.Key_P, CONTROL)
        settle(qtbot, context)
        assert dialogs.asked[-1].startswith("print ")
        preview.close()
    whole = panel.print_whole_ledger()
    settle(qtbot, context)
    whole.close()
    assert not panel.findChildren(PreviewDialog) or all(made.isHidden() for made in panel.findChildren(PreviewDialog))


def test_captures_and_offers_lead_to_places_that_exist(kept: Desk) -> None:
    keys = {f"accounts/{key}" for key, _ in TABS}
    assert {action.target.action for action in accounts_offers.ACTIONS} <= keys
    assert {capture.find(kept).action for capture in captures_accounts.CAPTURES} == keys
    for paper in captures_accounts.PAPERS:
        assert paper.render(kept).startswith(b"%PDF")
