"""« Reçus » by keyboard: found, printed, cancelled, replaced, verified; what the area tells the home page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.base.paths import resource
from antenne.domain.basket import BasketLine
from antenne.domain.board import Target
from antenne.domain.receipts import Receipt
from antenne.domain.rights import Role
from antenne.domain.scans import Scan
from antenne.domain.users import Actor
from antenne.services import receipts, receipts_printing, receipts_reading
from antenne.services.desk import Desk
from antenne.services.receipts import Collect
from antenne.ui.cashbook import area
from antenne.ui.cashbook.collect_panel import CollectPanel
from antenne.ui.cashbook.receipts_card import ReceiptCard
from antenne.ui.cashbook.receipts_panel import ReceiptsPanel
from antenne.ui.cashbook.receipts_verify import VerifyCard
from antenne.ui.cashbook.screen import CashbookScreen
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.preview import PreviewDialog
from tests.services.money import opened, request
from tests.ui.cashbook_help import Shell, make_context, plain, push, settle, show, woman, words
from tests.ui.helpers import FakeDialogs, press, type_text

ENTER = Qt.Key.Key_Return
LIST = Target("cashbook", action="receipts/all")


@pytest.fixture
def shell() -> Shell:
    return Shell()


@pytest.fixture
def dialogs(tmp_path: Path) -> FakeDialogs:
    return FakeDialogs(output=tmp_path / "printed.pdf", path=tmp_path / "liste.xlsx")


@pytest.fixture
def context(desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs) -> Context:
    return make_context(desk, operations, shell, dialogs)


def panel_of(screen: CashbookScreen) -> ReceiptsPanel:
    panel = screen.panel
    assert isinstance(panel, ReceiptsPanel)
    return panel


def card_of(panel: ReceiptsPanel) -> ReceiptCard:
    card = panel.shown
    assert isinstance(card, ReceiptCard)
    return card


def fees(desk: Desk, context: Context, person_id: int | None, amount: int, **more: int) -> Receipt:
    line = BasketLine(kind="fees", person_id=person_id, amount=amount, label="Photocopies")
    command = Collect(request_id=request(), lines=(line,), **more)  # type: ignore[arg-type]  # handed, given
    return receipts.collect(desk, command, context.baskets).value[0]


def shown_names(panel: ReceiptsPanel) -> list[str]:
    rows = panel.table.rows
    return [row.name for place in range(rows.rowCount()) if (row := rows.row(place)) is not None]


def test_found_by_typing_printed_then_a_duplicata(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell, dialogs: FakeDialogs
) -> None:
    opened(desk, 5_000)
    made = fees(desk, context, woman(desk), 500)
    fees(desk, context, woman(desk, 2, "Diallo", "Fanta"), 700)
    screen = show(qtbot, context, shell, LIST)
    panel = panel_of(screen)
    assert shown_names(panel) == ["2026-00002", "2026-00001"]
    assert panel.tabs.tabText(1) == "À imprimer (2)"
    type_text(panel.search, "kon")
    settle(qtbot, context)
    assert shown_names(panel) == [made.name]
    press(panel.search, ENTER)
    press(panel.table, ENTER)
    settle(qtbot, context)
    assert "Reçu de : KONÉ Awa — M-00001" in words(card_of(panel))
    for said in ("Imprimer l’original…", "Imprimer le duplicata 1…", "Imprimer le duplicata 2…"):
        assert card_of(panel).print_button.text() == said
        screen.print_()
        settle(qtbot, context)
        (preview,) = panel.findChildren(PreviewDialog)
        press(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, context)
    assert screen.escape()
    assert panel.shown is None
    assert screen.escape()
    assert panel.search.text() == ""


@pytest.mark.parametrize(("answer", "then"), [(0, "Imprimer le duplicata 1…"), (1, "Imprimer l’original…")])
def test_an_original_that_may_have_come_out_is_asked_about(
    qtbot: QtBot,
    context: Context,
    desk: Desk,
    shell: Shell,
    dialogs: FakeDialogs,
    answer: int,
    then: str,
) -> None:
    opened(desk, 5_000)
    made = fees(desk, context, woman(desk), 500)
    receipts_printing.begin_print(desk, (made.id,))  # and the power went
    screen = show(qtbot, context, shell, Target("cashbook", made.id, action="receipts"))
    panel = panel_of(screen)
    screen.print_()
    settle(qtbot, context)
    (preview,) = panel.findChildren(PreviewDialog)
    assert "receipt.print_unsure" in words(preview)
    press(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert dialogs.asked == []  # nothing to print before she has said it
    yes, no = (push(preview, said) for said in ("Oui, il est là", "Non, il n’est pas sorti"))
    press((yes, no)[answer], Qt.Key.Key_Space)
    settle(qtbot, context)
    assert "receipt.print_unsure" not in words(preview)
    preview.close()
    settle(qtbot, context)
    assert card_of(panel).print_button.text() == then
    screen.print_()
    settle(qtbot, context)
    (preview,) = panel.findChildren(PreviewDialog)
    press(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, context)
    assert dialogs.asked == ["print 1"]
    with desk.read() as uow:
        (kept,) = uow.receipts.many((made.id,))
    assert (kept.printed_at is not None, kept.copies) == (True, 1 - answer)


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false")  # the printer that is gone
def test_a_printer_that_takes_no_job_leaves_no_doubt(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    opened(desk, 5_000)
    made = fees(desk, context, woman(desk), 500)
    screen = show(qtbot, context, shell, Target("cashbook", made.id, action="receipts"))
    dialogs.output = tmp_path / "no such folder" / "printed.pdf"
    screen.print_()
    settle(qtbot, context)
    (preview,) = panel_of(screen).findChildren(PreviewDialog)
    press(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, context)
    preview.close()
    with desk.read() as uow:
        assert [line.action for line in uow.audit.history("receipt", made.id)] == ["receipt.issued"]


def test_cancelled_with_its_effect_said_first_and_replaced(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell
) -> None:
    opened(desk, 5_000)
    made = fees(desk, context, woman(desk), 500)
    screen = show(qtbot, context, shell, Target("cashbook", made.id, action="receipts"))
    panel = panel_of(screen)
    press(card_of(panel).cancel_button, ENTER)
    said = words(card_of(panel))
    assert "sera contre-passée aujourd’hui : 500 FCFA sortent de « Caisse »." in said
    assert "Le numéro 2026-00001 reste pris" in said
    press(card_of(panel).cancel_form.replace_button, ENTER)
    settle(qtbot, context)
    assert "Écrivez le motif de l’annulation." in words(card_of(panel))
    type_text(card_of(panel).cancel_form.reason, "Somme fausse")
    press(card_of(panel).cancel_form.replace_button, ENTER)
    settle(qtbot, context)
    collect = screen.panel
    assert isinstance(collect, CollectPanel)
    assert [(line.label, line.amount) for line in collect.basket.lines()] == [("Photocopies", 500)]
    row = next(one for one in collect.basket.ticked)
    row.amount.edit.selectAll()
    type_text(row.amount.edit, "300")
    press(collect.quiet_button, ENTER)
    settle(qtbot, context)
    old, new = (receipts_reading.receipt_page(desk, number) for number in (made.id, made.id + 1))
    assert (old.receipt.cancelled_reason, old.replaced_by) == ("Somme fausse", "2026-00002")
    assert (new.receipt.total, new.replaces) == (300, "2026-00001")
    with desk.read() as uow:
        day = uow.cashbook.open_day(old.receipt.box_id)
        assert day is not None
        assert uow.cashbook.theoretical(day) == 5_300


def test_a_code_is_typed_or_scanned_and_judged(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    opened(desk, 5_000)
    made = fees(desk, context, woman(desk), 500)
    found = area.scan(desk, Scan(made.name, made.control))
    assert found is not None
    screen = show(qtbot, context, shell, found)
    card = panel_of(screen).shown
    assert isinstance(card, VerifyCard)
    assert "Authentique" in words(card)
    assert "Total : 500 FCFA" in words(card)
    card.typed.edit.selectAll()
    type_text(card.typed.edit, "2026-00099")
    press(card.typed.edit, ENTER)
    settle(qtbot, context)
    assert "Inconnu" in words(card)
    card.typed.edit.clear()
    press(card.typed.edit, ENTER)
    assert "Tapez le numéro ou le code" in words(card)
    assert area.scan(desk, Scan("M-00001")) is None


def test_change_due_is_listed_and_given_back(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    opened(desk, 5_000)
    fees(desk, context, woman(desk), 500, handed=1_000, given=200)
    screen = show(qtbot, context, shell, Target("cashbook", action="receipts/change"))
    panel = panel_of(screen)
    assert shown_names(panel) == ["2026-00001"]
    panel.table.setFocus()
    press(panel.table, ENTER)
    settle(qtbot, context)
    press(push(card_of(panel), "Rendre"), ENTER)
    settle(qtbot, context)
    assert shown_names(panel) == []
    assert receipts_reading.count_receipts(desk).change_persons == ()


def test_the_list_leaves_as_a_workbook(qtbot: QtBot, context: Context, desk: Desk, shell: Shell, dialogs: FakeDialogs
) -> None:  # fmt: skip
    opened(desk, 5_000)
    fees(desk, context, woman(desk), 12_500)
    panel = panel_of(show(qtbot, context, shell, LIST))
    press(push(panel, "Exporter"), ENTER)
    settle(qtbot, context)
    assert dialogs.path is not None
    rows = list(load_workbook(dialogs.path).worksheets[0].iter_rows(values_only=True))
    assert any("2026-00001" in row for row in rows)


def test_the_home_page_says_what_waits(context: Context, desk: Desk, clock: FixedClock) -> None:
    def texts() -> list[str]:
        return [plain(line.text) for line in area.todo(desk)]

    assert "Caisse du jour à ouvrir" in texts()
    opened(desk, 5_000)
    fees(desk, context, woman(desk), 500, handed=1_000, given=200)
    assert "Caisse du jour à ouvrir" not in texts()
    assert {"1 reçu à imprimer", "Monnaie due à 1 femme"} <= set(texts())
    (tile,) = area.tiles(desk)
    assert (plain(tile.figure), tile.hidden) == ("5 800", True)
    assert [(line.label, line.this_month, line.this_year) for line in area.month(desk)] == [("Reçus donnés", 1, 1)]
    assert [hit.title for hit in area.search(desk, "2026-1", 5)] == ["Reçu 2026-00001"]
    clock.instant = clock.now() + dt.timedelta(days=1)
    assert "Caisse du 23/11/2026 à clôturer" in texts()


def test_every_tab_opens_and_has_its_page_of_help(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    opened(desk, 5_000)
    screen = show(qtbot, context, shell, Target("cashbook"))
    seen = []
    for panel in screen.shown:
        screen.open(Target("cashbook", action=panel.key))
        settle(qtbot, context)
        assert screen.tabs.tabText(screen.tabs.currentIndex()) == panel.label
        seen.append(screen.help_key)
    assert len(set(seen)) == len(seen) == 6
    assert all(resource(f"help/{key}.md").is_file() for key in (*seen, "cashbook"))


def test_each_role_sees_its_own_parts(context: Context, desk: Desk) -> None:
    assert [panel.key for panel in CashbookScreen(context).shown][:2] == ["day", "collect"]
    desk.actor = Actor(desk.actor.user_id, "Lectrice", frozenset({Role.LECTURE}))
    assert CashbookScreen(context).shown == ()
    card = area.AREA.person_card(context, 1) if area.AREA.person_card is not None else None
    assert "Réservé" in words(card) if card is not None else False
