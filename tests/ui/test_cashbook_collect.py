"""« Encaisser » by keyboard alone, on a real office."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from antenne.domain.basket import BasketLine, Owed
from antenne.domain.board import Target
from antenne.domain.money import ROUND_CASH
from antenne.domain.receipts import MOST_LINES, Receipt
from antenne.services import basket_preview, drafts, receipts
from antenne.services.cashbook_source import SOURCE
from antenne.services.desk import Desk
from antenne.services.opening import reload_settings
from antenne.services.receipts import Collect
from antenne.services.settings import SetValue, set_value
from antenne.ui.cashbook import area
from antenne.ui.cashbook.collect_draft import BASKET
from antenne.ui.cashbook.collect_panel import CollectPanel
from antenne.ui.cashbook.collect_rows import Woman
from antenne.ui.cashbook.person_card import COLLECT_KEY, MoneyCard
from antenne.ui.cashbook.screen import CashbookScreen
from antenne.ui.kit.area import Context
from antenne.ui.kit.fields.base import PersonHit
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.preview import PreviewDialog
from tests.services.money import opened, request
from tests.ui.cashbook_help import Shell, make_context, plain, push, settle, show, woman, words
from tests.ui.helpers import FakeDialogs, press, type_text

ENTER, SPACE, TAB = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Tab
COLLECT = Target("cashbook", action="collect")


@pytest.fixture
def shell() -> Shell:
    return Shell()


@pytest.fixture
def dialogs(tmp_path: Path) -> FakeDialogs:
    return FakeDialogs(output=tmp_path / "printed.pdf")


@pytest.fixture
def context(desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs) -> Context:
    return make_context(desk, operations, shell, dialogs)


def panel_of(screen: CashbookScreen) -> CollectPanel:
    panel = screen.panel
    assert isinstance(panel, CollectPanel)
    return panel


def given(desk: Desk) -> tuple[Receipt, ...]:
    with desk.read() as uow:
        return tuple(one for (number,) in uow.rows("SELECT id FROM receipt ORDER BY id")
                     if (one := uow.receipts.get(number)) is not None)  # fmt: skip


def find(qtbot: QtBot, context: Context, panel: CollectPanel, typed: str) -> None:
    """Two letters, Entrée on the first answer."""
    panel.search.edit.setFocus()
    type_text(panel.search.edit, typed)
    settle(qtbot, context)
    press(panel.search.edit, ENTER)
    settle(qtbot, context)


def fee(qtbot: QtBot, context: Context, panel: CollectPanel, label: str, amount: str) -> None:
    """A free line in the last block, typed."""
    press(push(panel.basket.blocks[-1], "+ Frais"), ENTER)
    row = panel.basket.rows[-1]
    type_text(row.words.edit, label)
    press(row.words.edit, ENTER)
    type_text(row.amount.edit, amount)
    settle(qtbot, context)


def only(panel: CollectPanel, *labels: str) -> None:
    """Tick these rows and no other, with the space bar."""
    for row in panel.basket.rows:
        if row.tick.isChecked() != (row.owed.label in labels):
            press(row.tick, SPACE)


def test_from_a_closed_caisse_to_the_paper_by_keyboard(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell, dialogs: FakeDialogs
) -> None:
    woman(desk)
    screen = show(qtbot, context, shell, COLLECT)
    panel = panel_of(screen)
    assert "La caisse n’est pas ouverte" in words(panel)
    panel.open_card.found.edit.selectAll()
    type_text(panel.open_card.found.edit, "10000")
    press(panel.open_card.found.edit, ENTER)
    settle(qtbot, context)
    if panel.open_card.isVisible():  # the first day differs from nothing: the reason may be left empty
        press(panel.open_card.reason.edit, ENTER)
        settle(qtbot, context)
    assert panel.open_card.isHidden()
    find(qtbot, context, panel, "kon")
    only(panel, "Droit d’adhésion")
    row = next(one for one in panel.basket.rows if one.tick.isChecked())
    row.amount.edit.selectAll()
    type_text(row.amount.edit, "600")
    type_text(panel.pay.handed.edit, "1000")
    settle(qtbot, context)
    assert plain(panel.pay.figure.text()) == "600 FCFA"
    assert panel.pay.letters.text() == "Six cents francs CFA"
    assert panel.pay.given.edit.text() == "400"
    assert "Reçu de : KONÉ Awa — M-00001" in plain(panel.sketch.text())
    assert "Reste dû" in panel.sketch.text()
    assert given(desk) == ()
    screen.save()
    settle(qtbot, context)
    (made,) = given(desk)
    assert (made.name, made.total, made.handed, made.change_given, made.printed_at) == (
        "2026-00001", 600, 1000, 400, None)  # fmt: skip
    assert shell.said[-1][0] == "Reçu enregistré : 2026-00001 · 600 FCFA."
    (preview,) = panel.findChildren(PreviewDialog)
    press(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, context)
    (printed,) = given(desk)
    assert printed.printed_at is not None
    assert dialogs.output is not None
    assert dialogs.output.stat().st_size > 0
    assert not panel.findChildren(PreviewDialog)  # the same sheet again would be a second original
    assert panel.basket.is_empty


def test_a_printer_that_is_gone_leaves_the_receipt_to_print(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell, dialogs: FakeDialogs
) -> None:
    opened(desk, 5_000)
    dialogs.yes = False
    screen = show(qtbot, context, shell, Target("cashbook", woman(desk), action="collect"))
    screen.save()
    settle(qtbot, context)
    (preview,) = screen.panel.findChildren(PreviewDialog)
    press(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, context)
    preview.close()
    (made,) = given(desk)
    assert made.printed_at is None
    assert any("à imprimer" in line.text for line in area.todo(desk))


def test_two_women_one_basket_and_the_change_that_is_short(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell
) -> None:
    opened(desk, 5_000)
    awa, fanta = woman(desk), woman(desk, 2, "Diallo", "Fanta")
    panel = panel_of(show(qtbot, context, shell, COLLECT))
    for typed, label, amount in (("kon", "Photocopies", "500"), ("dial", "Dossier", "1500")):
        find(qtbot, context, panel, typed)
        fee(qtbot, context, panel, label, amount)
    only(panel, "Frais")
    type_text(panel.pay.handed.edit, "5000")
    panel.pay.given.edit.selectAll()
    type_text(panel.pay.given.edit, "2000")
    settle(qtbot, context)
    assert plain(panel.pay.due.text()) == "Monnaie due : 1 000 FCFA, gardée sur sa page"
    press(panel.quiet_button, ENTER)
    settle(qtbot, context)
    first, second = given(desk)
    assert [(one.person_id, one.total, one.change_due) for one in (first, second)] == [
        (awa, 500, 0), (fanta, 1500, 1000)]  # fmt: skip
    find(qtbot, context, panel, "dial")
    give = push(panel, "Rendre")
    press(give, ENTER)
    settle(qtbot, context)
    assert shell.said[-1][0] == "Monnaie rendue : il ne lui est plus rien dû."
    assert basket_preview.money_of_person(desk, (SOURCE,), fanta).change_due == 0


def test_change_rounded_to_five_francs_leaves_the_rest_due(
    qtbot: QtBot, context: Context, desk: Desk, responsable_desk: Desk, shell: Shell
) -> None:
    opened(desk, 5_000)
    awa = woman(desk)
    panel = panel_of(show(qtbot, context, shell, Target("cashbook", awa, action="collect")))
    fee(qtbot, context, panel, "Photocopies", "497")
    only(panel, "Frais")
    type_text(panel.pay.handed.edit, "1000")
    settle(qtbot, context)
    assert panel.pay.given.edit.text() == "503"
    command = SetValue(request_id=request(), key=ROUND_CASH, since=desk.today, value=True)
    set_value(responsable_desk, command)
    reload_settings(desk)
    type_text(panel.pay.payer.edit, "Oumar")
    panel.basket.changed.emit()
    settle(qtbot, context)
    assert panel.pay.given.edit.text() == "500"
    assert plain(panel.pay.due.text()) == "Monnaie due : 3 FCFA, gardée sur sa page"
    press(panel.quiet_button, ENTER)
    settle(qtbot, context)
    assert [(one.change_given, one.change_due) for one in given(desk)] == [(500, 3)]


def test_what_is_wrong_stands_beside_its_row_and_nothing_typed_is_lost(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell
) -> None:
    opened(desk, 5_000)
    panel = panel_of(show(qtbot, context, shell, Target("cashbook", woman(desk), action="collect")))
    only(panel, "Carte de membre", "Cotisation 2026")
    row = next(one for one in panel.basket.ticked if one.owed.label == "Cotisation 2026")
    row.amount.edit.selectAll()
    type_text(row.amount.edit, "9000")
    type_text(panel.pay.handed.edit, "12,5k")
    settle(qtbot, context)
    assert row.error.isVisibleTo(panel)
    assert panel.pay.handed.error.isVisibleTo(panel)
    panel.save()
    settle(qtbot, context)
    assert given(desk) == ()
    assert panel.pay.handed.edit.text() == "12,5k"
    row.amount.edit.selectAll()
    type_text(row.amount.edit, "1000")
    panel.pay.handed.edit.selectAll()
    type_text(panel.pay.handed.edit, "300")
    settle(qtbot, context)
    assert not row.error.isVisibleTo(panel)
    assert "Il manque" in panel.pay.handed.error.text()


def test_a_basket_survives_a_power_cut(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    opened(desk, 5_000)
    awa = woman(desk)
    panel = panel_of(show(qtbot, context, shell, Target("cashbook", awa, action="collect")))
    only(panel, "Carte de membre")
    fee(qtbot, context, panel, "Photocopies", "250")
    panel.keep_draft()
    settle(qtbot, context)
    again = panel_of(show(qtbot, context, shell, COLLECT))
    assert "n’a pas été enregistré" in again.band.text
    press(push(again.band, "Reprendre"), ENTER)
    settle(qtbot, context)
    assert [(line.kind, line.amount, line.label) for line in again.basket.lines()] == [
        ("card", 500, ""), ("fees", 250, "Photocopies")]  # fmt: skip
    press(again.quiet_button, ENTER)
    settle(qtbot, context)
    assert given(desk)[0].total == 750
    assert drafts.find_draft(desk, BASKET, 0) is None
    assert again.raw() == {}


def test_a_receipt_of_the_book_then_the_next_one(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    opened(desk, 5_000)
    woman(desk)
    screen = show(qtbot, context, shell, Target("cashbook", action="collect/book"))
    panel = panel_of(screen)
    find(qtbot, context, panel, "kon")
    screen.save()
    assert "Écrivez le numéro imprimé sur le carnet." in words(panel)
    type_text(panel.book.number.edit, "41")
    panel.book.day.edit.selectAll()
    type_text(panel.book.day.edit, "20/11/2026")
    screen.save()
    settle(qtbot, context)
    (made,) = given(desk)
    assert (made.name, made.day.day, made.control, made.printed_at is not None) == ("M 2026-00041", 20, "", True)
    assert not panel.findChildren(PreviewDialog)
    assert (panel.book.number.edit.text(), panel.book.day.edit.text()) == ("42", "20/11/2026")
    find(qtbot, context, panel, "kon")
    fee(qtbot, context, panel, "Photocopies", "250")
    only(panel, "Frais")
    panel.book.number.edit.selectAll()
    type_text(panel.book.number.edit, "41")
    screen.save()
    settle(qtbot, context)
    assert "Le numéro 41 est déjà saisi." in words(panel)


def test_money_of_nobody_by_phone_with_a_payer(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    opened(desk, 5_000)
    panel = panel_of(show(qtbot, context, shell, COLLECT))
    press(push(panel, "Autre recette"), ENTER)
    row = panel.basket.rows[0]
    type_text(row.words.edit, "Loyer de la boutique")
    type_text(row.amount.edit, "15000")
    panel.pay.box.choose("orange")
    type_text(panel.pay.reference.edit, "CI241123.0930")
    type_text(panel.pay.payer.edit, "Amadou")
    assert not panel.pay.handed.isVisibleTo(panel)
    settle(qtbot, context)
    press(panel.quiet_button, ENTER)
    settle(qtbot, context)
    (made,) = given(desk)
    assert (made.person_id, made.payer, made.reference, made.handed) == (None, "Amadou", "CI241123.0930", 15_000)


def test_arrows_and_enter_lead_through_the_rows(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    opened(desk)
    panel = panel_of(show(qtbot, context, shell, Target("cashbook", woman(desk), action="collect")))
    rows = panel.basket.rows

    def held() -> QWidget | None:
        return panel.window().focusWidget()

    rows[0].tick.setFocus()
    press(rows[0].tick, Qt.Key.Key_Down)
    assert held() is rows[1].tick
    press(rows[1].tick, ENTER)
    assert held() is rows[1].amount.edit
    last = rows[-1].amount.edit
    press(last, ENTER)
    assert held() is panel.pay.handed.edit
    press(panel.pay.handed.edit, ENTER)
    assert held() is panel.save_button


def test_her_card_says_what_she_owes_and_leads_to_the_basket(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell
) -> None:
    opened(desk, 5_000)
    awa = woman(desk)
    line = BasketLine(kind="fees", person_id=awa, amount=600, label="Photocopies")
    command = Collect(request_id=request(), lines=(line,), handed=1_000, given=300)
    receipts.collect(desk, command, context.baskets)
    card = area.AREA.person_card(context, awa) if area.AREA.person_card is not None else None
    assert isinstance(card, MoneyCard)
    qtbot.addWidget(card)
    card.show()
    settle(qtbot, context)
    said = words(card)
    assert card.pill.text() == "En retard"
    assert "Monnaie due : 100 FCFA" in said
    assert push(card, "23/11/2026").text().endswith("2026-00001")
    assert COLLECT_KEY == "Ctrl+E"
    card.activateWindow()
    qtbot.waitUntil(card.isActiveWindow)
    QTest.keyClick(card, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert shell.opened[-1] == Target("cashbook", awa, action="collect")
    press(push(card, "Rendre"), ENTER)
    settle(qtbot, context)
    assert basket_preview.money_of_person(desk, (SOURCE,), awa).change_due == 0


def test_what_fits_one_receipt_is_ticked_and_one_key_unticks_it(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell
) -> None:
    opened(desk)
    late = tuple(
        Owed(kind="fees", label=f"Mois {number}", amount=550, person_id=1, late=True, ticked=True)
        for number in range(15)
    )
    panel = panel_of(show(qtbot, context, shell, COLLECT))
    block = panel.basket.add(Woman(PersonHit(1, "M-00001", "KONÉ Awa"), late))
    assert [row.owed.label for row in block.ticked] == [f"Mois {number}" for number in range(MOST_LINES)]
    assert plain(panel.pay.figure.text()) == "6 600 FCFA"
    press(block.all_button, ENTER)
    assert block.ticked == []
    press(block.all_button, ENTER)
    assert len(block.ticked) == MOST_LINES
    assert panel.pay.letters.text() == "Six mille six cents francs CFA"
