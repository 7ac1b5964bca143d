"""The screen « Cartes », by keyboard, on a real office."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from antenne.base.problems import Problem
from antenne.domain.board import Target
from antenne.domain.cards import CardList, CardState, Offsets, Variant
from antenne.domain.rights import Role
from antenne.domain.scans import Scan
from antenne.services import cards, cards_printing, cards_reading
from antenne.services.desk import Desk
from antenne.ui.cards import area
from antenne.ui.cards.panels import HandOverPanel, IssuePanel, LostPanel, RenewPanel, ReplacePanel
from antenne.ui.cards.print_panel import PrinterPanel, PrintPanel, read_tenths
from antenne.ui.cards.screen import CardsScreen
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.preview import PreviewDialog
from tests.services.test_cards import add, handed, handed_lost, issue, printed
from tests.ui.helpers import Failures, FakeDialogs, press, type_text
from tests.ui.screen_help import BACK, Shell, make_context, settle


@pytest.fixture
def shell() -> Shell:
    return Shell()


@pytest.fixture
def dialogs(tmp_path: Path) -> FakeDialogs:
    return FakeDialogs(output=tmp_path / "printed.pdf")


@pytest.fixture
def context(desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs) -> Context:
    return make_context(desk, operations, shell, dialogs)


def show(qtbot: QtBot, context: Context, shell: Shell, target: Target) -> CardsScreen:
    screen = CardsScreen(context)
    qtbot.addWidget(screen)
    shell.screens.append(screen)
    screen.resize(1162, 686)
    screen.show()
    screen.open(target)
    settle(qtbot, context.operations)
    return screen


def names(screen: CardsScreen) -> list[str]:
    rows = screen.table.rows
    return [record.last_name for number in range(rows.rowCount()) if (record := rows.row(number)) is not None]


def buttons(screen: CardsScreen) -> list[str]:
    items = [screen._actions.itemAt(number) for number in range(screen._actions.count())]
    found = [item.widget() for item in items if item is not None]
    return [made.text() for made in found if isinstance(made, QPushButton)]


def words(widget: QWidget) -> str:
    return " ".join(made.text() for made in widget.findChildren(QLabel) if not made.isHidden())


def test_from_no_card_to_printed_by_keyboard_alone(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell, dialogs: FakeDialogs
) -> None:
    for number in (1, 2):
        add(desk, number, photo=False)
    screen = show(qtbot, context, shell, Target("cards", action="to_issue"))
    assert names(screen) == ["Diallo", "Traoré"]
    press(screen.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    whole = next(made for made in screen.findChildren(QPushButton) if made.text().startswith("Établir 2"))
    press(whole, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    panel = screen.panel
    assert isinstance(panel, IssuePanel)
    assert panel.issue_button.hasFocus() or not panel.isActiveWindow()
    press(panel.issue_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert "elle est d’accord pour la photo, mais il n’y en a pas." in words(panel)
    panel.without_photo.setFocus()
    press(panel.without_photo, Qt.Key.Key_Space)
    press(panel.issue_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    printing = screen.panel
    assert isinstance(printing, PrintPanel)
    assert shell.said[-1][0].replace("\xa0", " ") == "2 cartes à imprimer."
    press(printing.print_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    (preview,) = printing.findChildren(PreviewDialog)
    press(preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, context.operations)
    assert dialogs.asked[-1] == "Les cartes sont-elles bien sorties\u202f?"
    assert dialogs.output is not None
    sent = pypdfium2.PdfDocument(dialogs.output)
    assert len(sent) == 1
    sent.close()
    settle(qtbot, context.operations)
    assert cards_reading.count_cards(desk)[CardList.TO_HAND] == 2
    assert screen.panel is None


def test_a_full_disk_leaves_the_panel_ready_for_another_try(
    qtbot: QtBot,
    context: Context,
    desk: Desk,
    shell: Shell,
    failures: Failures,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(desk, 1)
    screen = show(qtbot, context, shell, Target("cards", action="to_issue"))
    screen.table.selectAll()
    screen._issue(screen.table.selected())
    panel = screen.panel
    assert isinstance(panel, IssuePanel)
    full = Problem("db.full")

    def refuse(*_arguments: object, **_named: object) -> None:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(cards, "issue_cards", refuse)
        press(panel.issue_button, Qt.Key.Key_Return)
        settle(qtbot, context.operations)
    assert failures.problems == [full]
    assert panel.progress.isHidden()
    press(panel.issue_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert cards_reading.count_cards(desk)[CardList.TO_PRINT] == 1


def test_cards_that_did_not_come_out_stay_to_be_printed(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell, dialogs: FakeDialogs
) -> None:
    issue(desk, add(desk, 1))
    screen = show(qtbot, context, shell, Target("cards", action="to_print"))
    screen.print_()
    settle(qtbot, context.operations)
    panel = screen.panel
    assert isinstance(panel, PrintPanel)
    dialogs.yes = False
    panel._ask()
    settle(qtbot, context.operations)
    assert cards_reading.count_cards(desk)[CardList.TO_PRINT] == 1
    assert screen.panel is panel


def test_who_lacks_what_leads_to_the_field(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    fine, lacking = add(desk, 1), add(desk, 2, photo=False)
    screen = show(qtbot, context, shell, Target("cards", action="to_issue"))
    screen.table.selectAll()
    screen._issue(screen.table.selected())
    panel = screen.panel
    assert isinstance(panel, IssuePanel)
    press(panel.issue_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    (way,) = [made for made in panel.findChildren(QPushButton) if made.text() == "Fiche"]
    press(way, Qt.Key.Key_Return)
    assert shell.opened == [Target("members", lacking, "photo")]
    assert panel.others_button.text() == "Établir l’autre carte"
    press(panel.others_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert isinstance(screen.panel, PrintPanel)
    assert cards_reading.cards_of_person(desk, fine).state is CardState.TO_PRINT
    assert cards_reading.cards_of_person(desk, lacking).state is None


def test_hand_over_with_a_finger_and_back_to_her_page(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    (card,) = printed(desk, add(desk, 1))
    screen = show(qtbot, context, shell, Target("cards", card.id, action="hand"))
    panel = screen.panel
    assert isinstance(panel, HandOverPanel)
    assert panel.finger.isHidden()
    panel.how.choose("empreinte")
    assert not panel.finger.isHidden()
    panel.finger.setCurrentText("index gauche")
    press(panel.hand_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    with desk.read() as uow:
        found = uow.cards.get(card.id)
    assert found is not None
    assert found.handed_how == "empreinte : index gauche"
    assert shell.opened[-1] == BACK


def test_a_loss_leads_to_the_duplicate(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    card = handed(desk, add(desk, 1))
    screen = show(qtbot, context, shell, Target("cards", card.id, action="report_lost"))
    panel = screen.panel
    assert isinstance(panel, LostPanel)
    panel.on.setText("jamais")
    press(panel.report_button, Qt.Key.Key_Return)
    assert "jamais" in words(panel) or "date" in words(panel).casefold()
    panel.on.setText("hier")
    panel.how.choose("volee")
    press(panel.report_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert "La carte a été établie le 23/11/2026" in words(panel)
    panel.on.setText("23/11")
    press(panel.report_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    duplicate = screen.panel
    assert isinstance(duplicate, ReplacePanel)
    assert duplicate.reason.currentText() == "volée"
    press(duplicate.replace_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert isinstance(screen.panel, PrintPanel)
    assert "Duplicata n°" in words(screen.panel)


def test_a_duplicate_needs_a_reason(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    card = handed(desk, add(desk, 1))
    screen = show(qtbot, context, shell, Target("cards", card.id, action="replace"))
    panel = screen.panel
    assert isinstance(panel, ReplacePanel)
    press(panel.replace_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert "Choisissez le motif du duplicata." in words(panel)
    assert panel.replace_button.isEnabled()
    assert screen.escape() is False  # the shell goes back to where she came from
    assert screen.panel is None


def test_the_year_is_renewed_in_one_go(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    printed(desk, *(add(desk, number) for number in range(1, 6)))
    screen = show(qtbot, context, shell, Target("cards", action="to_renew"))
    assert buttons(screen)[0].replace("\xa0", " ") == "Renouveler 5 cartes 2027…"
    screen.renew()
    settle(qtbot, context.operations)
    panel = screen.panel
    assert isinstance(panel, RenewPanel)
    press(panel.renew_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert isinstance(screen.panel, PrintPanel)
    assert cards_reading.count_cards(desk)[CardList.TO_RENEW] == 0
    assert cards_reading.count_cards(desk)[CardList.TO_PRINT] == 5
    assert screen.escape() is True
    assert screen.panel is None


def test_the_printer_is_measured_once(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    cards_printing.keep_offsets(desk, "Canon G3010", Offsets(x=1))
    screen = show(qtbot, context, shell, Target("cards", action="printer"))
    panel = screen.panel
    assert isinstance(panel, PrinterPanel)
    panel.printer.setCurrentText("Canon G3010")
    assert [field.text() for field in panel.fields.values()] == ["30,1", "30,0", "30,0", "30,0"]
    panel.fields["y"].clear()
    type_text(panel.fields["y"], "trente")
    panel.save()
    assert "Tapez des millimètres, par exemple 30,5." in words(panel)
    panel.fields["y"].setText("29,3")
    panel.fields["back_x"].setText("99")
    panel.save()
    settle(qtbot, context.operations)
    assert "Écrivez un décalage de 10" in words(panel).replace("\xa0", " ")
    panel.fields["back_x"].setText("30.4 mm")
    panel.save()
    settle(qtbot, context.operations)
    assert cards_printing.offsets_of(desk, "Canon G3010") == Offsets(x=1, y=7, back_x=4)
    assert screen.panel is None


def test_millimetres_are_read_as_typed() -> None:
    assert [read_tenths(text) for text in ("30,5", "30.5", " 29 mm", "30,55", "", "-3", "3000")] == [
        305, 305, 290, 305, None, None, None,
    ]  # fmt: skip


def test_a_scan_opens_her_page_and_a_lost_card_answers(
    qtbot: QtBot, context: Context, desk: Desk, shell: Shell
) -> None:
    fine, lost = handed(desk, add(desk, 1), "a"), handed_lost(desk, add(desk, 2), "b")
    assert area.scan(desk, Scan("M-00001", fine.control)) == Target("members", fine.person_id)
    assert area.scan(desk, Scan("P-00001")) is None
    target = area.scan(desk, Scan("M-00002", lost.control))
    assert target == Target("cards", None, f"M-00002 {lost.control}", "scan")
    screen = show(qtbot, context, shell, target)
    sentence, tone = shell.said[-1]
    assert "perdue le 23/11/2026" in sentence
    assert tone == "danger"
    assert screen.which is CardList.ALL
    settle(qtbot, context.operations)
    assert names(screen) == ["Traoré"]
    screen.open(Target("cards", None, "M-00001 0000000000", "scan"))
    settle(qtbot, context.operations)
    assert "le code de contrôle est faux" in shell.said[-1][0]


def test_her_card_on_her_page(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    person = add(desk, 1)
    card = handed(desk, person)
    made = area.AREA.person_card
    assert made is not None
    hers = made(context, person)
    qtbot.addWidget(hers)
    hers.show()
    settle(qtbot, context.operations)
    assert "Valable jusqu’au 31/12/2026" in words(hers)
    assert "Remise le 23/11/2026" in words(hers)
    by_text = {way.text(): way for way in hers.findChildren(QPushButton)}
    assert list(by_text) == ["Perdue…", "Duplicata…"]
    press(by_text["Perdue…"], Qt.Key.Key_Return)
    assert shell.opened == [Target("cards", card.id, action="report_lost")]


def test_todo_month_and_actions(desk: Desk) -> None:
    issue(desk, add(desk, 1), request="a")
    printed(desk, add(desk, 2), request="b")
    handed(desk, add(desk, 3), "c")
    lines = [line.text.replace("\xa0", " ") for line in area.todo(desk)]
    assert lines == ["1 carte à imprimer", "1 carte à remettre", "3 cartes à renouveler pour 2027"]
    (handed_line,) = area.month(desk)
    assert (handed_line.this_month, handed_line.this_year) == (1, 1)
    assert {action.target.area for action in area.AREA.actions} == {"cards"}


def test_who_may_not_print_sees_no_button(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    card = handed(desk, add(desk, 1))
    reader = replace(desk, actor=replace(desk.actor, roles=frozenset({Role.ECOUTANTE})))
    screen = show(qtbot, replace(context, desk=reader), shell, Target("cards", action="all"))
    screen.table.selectRow(0)
    assert buttons(screen) == []
    screen.open(Target("cards", card.id, action="hand"))
    settle(qtbot, context.operations)
    assert screen.panel is None


def test_empty_lists_say_what_they_are_for(qtbot: QtBot, context: Context, shell: Shell) -> None:
    screen = show(qtbot, context, shell, Target("cards", action="lost"))
    assert "Aucune carte perdue" in words(screen)
    screen.search.setText("Awa")
    qtbot.wait(120)
    settle(qtbot, context.operations)
    assert "Personne de ce nom dans cette liste" in words(screen)


def test_the_way_of_printing_is_remembered(qtbot: QtBot, context: Context, desk: Desk, shell: Shell) -> None:
    issue(desk, add(desk, 1))
    screen = show(qtbot, context, shell, Target("cards", action="to_print"))
    screen.print_()
    settle(qtbot, context.operations)
    panel = screen.panel
    assert isinstance(panel, PrintPanel)
    assert panel.variant.code == Variant.FOLD.value
    panel.variant.choose(Variant.SHEET.value)
    panel.preview()
    settle(qtbot, context.operations)
    assert cards_printing.own_variant(desk) is Variant.SHEET
    panel.findChildren(PreviewDialog)[0].close()
