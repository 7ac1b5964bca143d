"""« Journée » by keyboard, on a real office: open, count, close, print, back up, months, stubs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.base.media import Media, SystemMedia, Volume
from antenne.base.progress import Silent
from antenne.domain.board import Target, Urgency
from antenne.domain.closing_flow import Step
from antenne.services import backup, cash_days, day_reading, periods, stubs
from antenne.services.desk import Desk
from antenne.ui.cashbook import captures_day, day_offers
from antenne.ui.cashbook.closing_page import ClosingPage
from antenne.ui.cashbook.day_panel import DayPanel
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.preview import PreviewDialog
from tests.services import money
from tests.ui.helpers import FakeDialogs, press, type_text
from tests.ui.screen_help import Shell, make_context, settle


class Around(Shell):
    """The shell around the panel alone."""

    area = "cashbook"
    panel = "day"


class OneKey(SystemMedia):
    """A folder that is plugged in as a key."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def volumes(self) -> tuple[Volume, ...]:
        return (self.volume(self.root),)

    def volume(self, folder: Path) -> Volume:
        return Volume(
            root=self.root, label="CLE", serial="0001", filesystem="vfat", free=10**9, total=10**9, removable=True
        )


class NoKey(SystemMedia):
    """Nothing is plugged in."""

    def volumes(self) -> tuple[Volume, ...]:
        return ()


@pytest.fixture
def shell() -> Shell:
    return Around()


@pytest.fixture
def dialogs(tmp_path: Path) -> FakeDialogs:
    return FakeDialogs(output=tmp_path / "printed.pdf")


def context_of(desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs) -> Context:
    return make_context(desk, operations, shell, dialogs, month_ends=periods.MONTH_ENDS)


@pytest.fixture
def context(desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs) -> Context:
    return context_of(desk, operations, shell, dialogs)


def show(qtbot: QtBot, context: Context, shell: Shell, action: str = "", media: Media | None = None) -> DayPanel:
    panel = DayPanel(context, media or NoKey())
    qtbot.addWidget(panel)
    shell.screens.append(panel)
    panel.resize(1120, 600)
    panel.show()
    panel.open(Target("cashbook", action=action))
    settle(qtbot, context.operations)
    return panel


def words(widget: QWidget) -> str:
    found = " ".join(made.text() for made in widget.findChildren(QLabel) if made.isVisibleTo(widget))
    return found.replace("\u202f", " ").replace("\u00a0", " ")


def closing_of(panel: DayPanel) -> ClosingPage:
    assert panel.closing is not None
    return panel.closing


def step_of(page: ClosingPage) -> Step:
    assert page.flow is not None
    return page.flow.step


def count(page: ClosingPage, **pieces: str) -> None:
    """Type into the fields of the good pieces: ``n500="2"``."""
    for name, text in pieces.items():
        edit = page.count.edits[f"good[{name[1:]}]"]
        edit.clear()
        type_text(edit, text)


def sheet_of(page: ClosingPage, qtbot: QtBot, context: Context) -> PreviewDialog:
    settle(qtbot, context.operations)
    return next(made for made in page.findChildren(PreviewDialog) if made.isVisible())


def test_the_caisse_is_opened_by_keyboard_and_its_journal_follows(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell
) -> None:
    panel = show(qtbot, context, shell)
    card = panel.day.open_card
    type_text(card.found.edit, "")
    card.found.edit.clear()
    type_text(card.found.edit, "12000")
    press(card.reason.edit if card.reason.isVisible() else card.found.edit, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert "Ouverte" in words(panel.day)
    money.paid(desk, money.member(desk), 500)
    panel.refresh()
    settle(qtbot, context.operations)
    assert "12 500 FCFA" in words(panel.day.boxes)
    assert panel.day.table.rows.rowCount() == 2


def test_a_closing_by_keyboard_down_to_the_printed_sheet(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell
) -> None:
    money.opened(desk, 12_500)
    panel = show(qtbot, context, shell)
    press(panel.day.close_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    page = closing_of(panel)
    first = page.count.edits["good[10000]"]
    type_text(first, "1")
    press(first, Qt.Key.Key_Return)
    assert page.count.edits["good[5000]"].hasFocus() or not panel.isActiveWindow()
    type_text(page.count.edits["good[500]"], "é")  # the unshifted row of a French keyboard: 2
    type_text(page.count.edits["worn[250]"], "5")
    assert page.figure.text().replace("\u202f", " ") == "12 250\u00a0FCFA"
    assert page.count.totals[250].text() == "1\u202f250"
    press(page.count.edits["worn[1]"], Qt.Key.Key_Return)
    assert step_of(page) is Step.REVIEW
    assert "manque 250 FCFA" in " ".join(block.accessibleName() for block in page.review.findChildren(QWidget)).replace(
        "\u00a0", " "
    )
    press(page.next_button, Qt.Key.Key_Return)
    assert "Il y a un écart" in words(page.review)
    type_text(page.review.lines["reason"].edit, "pièce refusée")
    press(page.review.lines["reason"].edit, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert step_of(page) is Step.SHEET
    assert "12 250 FCFA en caisse, manque 250 FCFA" in words(page.done_card)
    dialog = sheet_of(page, qtbot, context)
    press(dialog, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, context.operations)
    assert day_reading.list_days(desk, 0, 5, to_print=True).total == 0
    assert "Pas de clé connue branchée" in words(page.done_card)
    assert not cash_days.cash_state(desk).cash.is_open


def test_the_count_survives_the_end_of_the_program(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    money.opened(desk, 1000)
    panel = show(qtbot, context, shell, "close")
    count(closing_of(panel), n500="2")
    panel.keep_draft()
    settle(qtbot, context.operations)
    again = show(qtbot, context, shell, "close")
    page = closing_of(again)
    assert page.count.edits["good[500]"].text() == "2"
    assert "Le comptage commencé a été retrouvé." in words(page)
    page.go_on()
    assert step_of(page) is Step.REVIEW
    assert again.escape()
    assert step_of(page) is Step.COUNT
    assert again.escape()
    assert again.stack.currentWidget() is again.day
    assert not again.escape()


def test_what_is_no_count_stands_beside_its_line(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    money.opened(desk, 1000)
    panel = show(qtbot, context, shell, "close")
    page = closing_of(panel)
    count(page, n500="2,5")
    assert page.count.errors[500].text()
    panel.save()
    assert step_of(page) is Step.COUNT
    assert page.count.edits["good[500]"].property("error") == "true"
    count(page, n500="2")
    assert page.count.edits["good[500]"].property("error") == "false"
    press(page.again_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert page.count.edits["good[500]"].text() == ""
    flow = day_reading.read_closing(desk)
    assert flow is not None
    assert flow.texts == {}


def test_other_boxes_and_money_that_moved_meanwhile(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    money.opened(desk, 0)
    panel = show(qtbot, context, shell)
    press(panel.day.box_button, Qt.Key.Key_Return)
    box = panel.day.open_box
    assert box.box.currentText() == "Banque"
    box.found.edit.clear()
    type_text(box.found.edit, "50000")
    press(box.found.edit, Qt.Key.Key_Return)
    type_text(box.reason.edit, "solde au relevé")
    press(box.reason.edit, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert "50 000 FCFA" in words(panel.day.boxes)
    shell.open(Target("cashbook", action="day/close"))
    settle(qtbot, context.operations)
    page = closing_of(panel)
    panel.save()
    line = page.statements.lines["statement.banque"]
    type_text(line.edit, "49500")
    press(line.edit, Qt.Key.Key_Return)
    assert list(page.review.lines) == ["reason.banque"]
    type_text(page.review.lines["reason.banque"].edit, "frais")
    money.paid(desk, money.member(desk), 700)
    panel.save()
    settle(qtbot, context.operations)
    assert "de l’argent est entré ou sorti pendant le comptage" in words(page)
    assert cash_days.cash_state(desk).cash.is_open
    assert page.flow is not None
    assert [one.gap for one in page.flow.figures] == [-700, -500]
    assert page.review.lines["reason.banque"].edit.text() == "frais"
    panel.escape()
    panel.escape()
    count(page, n500="1", n200="1")
    for _ in range(3):
        panel.save()
    sheet_of(page, qtbot, context).close()
    settle(qtbot, context.operations)
    assert not cash_days.cash_state(desk).cash.is_open


def test_yesterday_left_open_is_said_and_closed_first(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell, clock: FixedClock
) -> None:
    money.opened(desk, 0)
    clock.advance(dt.timedelta(days=1))
    panel = show(qtbot, context, shell)
    assert "La journée du 23 novembre 2026 est restée ouverte" in panel.day.band.text
    assert not panel.day.open_card.isVisible()
    panel.day.band.acted.emit()
    settle(qtbot, context.operations)
    page = closing_of(panel)
    assert "Vous clôturez la journée du 23 novembre 2026" in page.band.text
    panel.save()
    panel.save()
    sheet_of(page, qtbot, context).close()
    settle(qtbot, context.operations)
    press(page.done_card.leave_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert panel.day.open_card.isVisible()
    lines = day_offers.todo(desk)
    assert [line.text for line in lines] == ["Feuille de clôture du 23/11/2026 à imprimer"]
    shell.open(lines[0].target)
    settle(qtbot, context.operations)
    assert any(made.isVisible() for made in panel.findChildren(PreviewDialog))
    for made in panel.findChildren(PreviewDialog):
        made.close()


def test_closing_without_an_open_day_goes_back(qtbot: QtBot, context: Context, shell: Shell) -> None:
    panel = show(qtbot, context, shell, "close")
    assert panel.stack.currentWidget() is panel.day
    assert shell.said == [("Aucune journée n’est ouverte.", "info")]


def test_a_known_key_gets_its_backup_after_the_sheet(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell, tmp_path: Path
) -> None:
    key = tmp_path / "key"
    key.mkdir()
    media = OneKey(key)
    backup.make_backup(desk, key, media, Silent())
    money.opened(desk, 0)
    panel = show(qtbot, context, shell, "close", media)
    panel.save()
    panel.save()
    page = closing_of(panel)
    sheet_of(page, qtbot, context).close()
    settle(qtbot, context.operations)
    assert "relue, chiffrée." in words(page.done_card)
    assert len(list(key.glob("*.antenne"))) == 2


def test_days_are_listed_and_open_their_sheet(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell, clock: FixedClock
) -> None:
    for number in range(2):
        day = money.opened(desk, 0)
        money.closed(desk, day, 0)
        if number:
            cash_days.record_sheet_print(desk, [day.id])
        clock.advance(dt.timedelta(days=1))
    money.opened(desk, 0)
    panel = show(qtbot, context, shell, "days")
    assert panel.days is not None
    assert panel.days.table.rows.rowCount() == 3
    press(panel.days.table, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert shell.opened[-1] == Target("cashbook", action="day/close")
    shell.open(Target("cashbook", field="to_print", action="day/days"))
    settle(qtbot, context.operations)
    assert panel.days.table.rows.rowCount() == 1
    panel.days.table.setCurrentIndex(panel.days.table.rows.index(0, 0))
    panel.print_()
    settle(qtbot, context.operations)
    (dialog,) = [made for made in panel.findChildren(PreviewDialog) if made.isVisible()]
    dialog.close()


def test_the_responsable_closes_the_month(
    qtbot: QtBot,
    responsable_desk: Desk,
    operations: Operations,
    shell: Shell,
    dialogs: FakeDialogs,
    clock: FixedClock,
) -> None:
    desk = responsable_desk
    context = context_of(desk, operations, shell, dialogs)
    day = money.opened(desk, 0)
    clock.advance(dt.timedelta(days=8))
    panel = show(qtbot, context, shell, "months")
    assert panel.months is not None
    assert "À faire d’abord" in words(panel.months)
    press(panel.months.close_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert "À faire d’abord : 1 journée de caisse est encore ouverte." in words(panel.months)
    money.closed(desk, day, 0)
    assert "Clôturer novembre 2026" in [line.text for line in day_offers.todo(desk)]
    panel.refresh()
    settle(qtbot, context.operations)
    press(panel.months.close_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert any("pour toujours" in asked for asked in dialogs.asked)
    assert [one.first_day for one in periods.read_periods(desk).closed] == [dt.date(2026, 11, 1)]
    (dialog,) = [made for made in panel.findChildren(PreviewDialog) if made.isVisible()]
    press(dialog, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, context.operations)
    with desk.read() as uow:
        assert uow.audit.history("period", 202611)[0].action == "period.sheet_printed"


def test_who_may_not_close_a_month_sees_why(qtbot: QtBot, context: Context, shell: Shell) -> None:
    panel = show(qtbot, context, shell, "months")
    assert panel.months is not None
    assert not panel.months.close_button.isVisible()
    assert "Seule la responsable" in words(panel.months)


def test_after_a_restore_the_last_stub_is_asked_then_the_list(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell, dialogs: FakeDialogs
) -> None:
    with desk.write() as uow:
        stubs.note_restore(uow, desk.clock.now())
        uow.commit()
    (line,) = day_offers.todo(desk)
    assert (line.urgency, line.target) == (Urgency.LATE, Target("cashbook", action="day/stubs"))
    panel = show(qtbot, context, shell)
    assert "Dites quel est le dernier reçu donné" in panel.day.band.text
    panel.day.band.acted.emit()
    settle(qtbot, context.operations)
    page = panel.stubs
    assert page is not None
    edit = page.lines[2026].edit
    press(edit, Qt.Key.Key_Return)
    assert "Tapez le numéro de la dernière souche" in words(page)
    type_text(edit, "2025-00003")
    press(edit, Qt.Key.Key_Return)
    assert "Tapez le numéro comme il est imprimé" in words(page)
    edit.clear()
    type_text(edit, "2026-00003")
    press(edit, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert not page.question.isVisible()
    assert page.table.rows.rowCount() == 3
    assert "3 souches manquent" in words(page)
    (line,) = day_offers.todo(desk)
    assert (line.text, line.who) == ("3\u00a0souches à reprendre", "à partir de 2026-00001")
    page.table.setCurrentIndex(page.table.rows.index(1, 0))
    press(page.table, Qt.Key.Key_Return)
    assert shell.opened[-1] == Target("cashbook", field="2026-00002", action="collect/book")


def test_no_stub_since_is_asked_once_more(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell, dialogs: FakeDialogs
) -> None:
    with desk.write() as uow:
        stubs.note_restore(uow, desk.clock.now())
        uow.commit()
    panel = show(qtbot, context, shell, "stubs")
    page = panel.stubs
    assert page is not None
    dialogs.yes = False
    press(page.none_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert stubs.read_question(desk)
    dialogs.yes = True
    press(page.none_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert not stubs.read_question(desk)
    assert page.empty.isVisible()
    assert day_offers.todo(desk) == ()


def test_every_control_has_a_name(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    money.opened(desk, 0)
    panel = show(qtbot, context, shell, "close")
    for action in ("days", "months", "stubs", ""):
        panel.open(Target("cashbook", action=action))
        settle(qtbot, context.operations)
    unnamed = [made.text() for made in panel.findChildren(QPushButton) if not made.accessibleName()]
    assert unnamed == []
    assert all(edit.accessibleName() for edit in closing_of(panel).count.edits.values())


def test_lists_go_to_excel(
    qtbot: QtBot,
    responsable_desk: Desk,
    operations: Operations,
    shell: Shell,
    tmp_path: Path,
    clock: FixedClock,
) -> None:
    desk = responsable_desk
    day = money.opened(desk, 500)
    money.closed(desk, day, 500)
    clock.advance(dt.timedelta(days=8))
    period = periods.read_periods(desk).month
    periods.close_period(desk, periods.ClosePeriod(request_id="m", period=period), periods.MONTH_ENDS)
    context = context_of(desk, operations, shell, FakeDialogs(path=tmp_path / "liste.xlsx"))
    panel = show(qtbot, context, shell)
    for action in ("", "days", "months"):
        panel.open(Target("cashbook", action=action))
        settle(qtbot, context.operations)
        page = {"": panel.day, "days": panel.days, "months": panel.months}[action]
        assert page is not None
        page.export()
        settle(qtbot, context.operations)
        assert (tmp_path / "liste.xlsx").exists()
        (tmp_path / "liste.xlsx").unlink()
    assert [said for said, _ in shell.said] == ["1\u00a0ligne exportée."] * 3


def test_captures_find_their_places_and_papers(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs, clock: FixedClock
) -> None:
    desk = responsable_desk
    for number in range(2):
        day = money.opened(desk, 500 * number)
        money.closed(desk, day, 500, "pièce trouvée" if not number else "")
        clock.advance(dt.timedelta(days=1))
    clock.advance(dt.timedelta(days=6))
    period = periods.read_periods(desk).month
    periods.close_period(desk, periods.ClosePeriod(request_id="m", period=period), periods.MONTH_ENDS)
    money.opened(desk, 500)
    for paper in captures_day.PAPERS:
        assert paper.render(desk).startswith(b"%PDF")
    context = context_of(desk, operations, shell, dialogs)
    panel = show(qtbot, context, shell)
    steps = []
    for capture in captures_day.CAPTURES:
        shell.open(capture.find(desk))
        settle(qtbot, context.operations)
        if capture.prepare is not None:
            capture.prepare(panel)
            settle(qtbot, context.operations)
            steps.append(step_of(closing_of(panel)))
    assert steps == [Step.COUNT, Step.REVIEW]
