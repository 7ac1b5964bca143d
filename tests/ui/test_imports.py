"""The import screen, by keyboard, on a real office and a real file."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antenne.base.paths import resource
from antenne.domain.board import Target, Tone
from antenne.domain.changes import MEMBERS, Changes
from antenne.domain.imports import Decision, RowState
from antenne.domain.rights import Right
from antenne.services import exports, imports
from antenne.services.desk import Desk
from antenne.ui.imports.area import AREA
from antenne.ui.imports.screen import ImportScreen
from antenne.ui.kit.area import Context
from antenne.ui.kit.memory import SittingMemory
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.printing import Printing
from tests.services.register_sample import Sample, write_register
from tests.ui.helpers import Failures, FakeDialogs, press, type_text


class Shell:
    """What the shell does for a screen, noted."""

    def __init__(self) -> None:
        self.opened: list[Target] = []
        self.changes: list[Changes] = []

    def open(self, target: Target) -> None:
        self.opened.append(target)

    def back(self) -> None:
        self.opened.append(Target("back"))

    def notify(self, sentence: str, tone: Tone) -> None:
        raise AssertionError(sentence)


@pytest.fixture
def shell() -> Shell:
    return Shell()


@pytest.fixture
def dialogs() -> FakeDialogs:
    return FakeDialogs()


@pytest.fixture
def context(desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs) -> Context:
    return Context(
        desk=desk,
        operations=operations,
        navigator=shell,
        dialogs=dialogs,
        printing=Printing(operations, dialogs, str),
        clock=desk.clock,
        broadcast=shell.changes.append,
        notify=shell.notify,
        memory=SittingMemory(),
    )


@pytest.fixture
def register(tmp_path: Path) -> tuple[Path, Sample]:
    path = tmp_path / "registre.xlsx"
    return path, write_register(path)


@pytest.fixture
def screen(qtbot: QtBot, context: Context) -> ImportScreen:
    made = ImportScreen(context)
    qtbot.addWidget(made)
    made.resize(1162, 652)
    made.show()
    made.activateWindow()
    made.open(Target("imports"))
    return made


def settle(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(context.operations.idle, timeout=60_000)


def press_focused(key: Qt.Key) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    press(widget, key)


def test_the_whole_import_by_keyboard(
    qtbot: QtBot,
    screen: ImportScreen,
    context: Context,
    shell: Shell,
    dialogs: FakeDialogs,
    register: tuple[Path, Sample],
) -> None:
    path, sample = register
    dialogs.path = path
    qtbot.waitUntil(lambda: QApplication.focusWidget() is screen.choose.button)
    press_focused(Qt.Key.Key_Return)
    settle(qtbot, context)
    assert screen.pages.currentWidget() is screen.columns
    assert screen.columns.file.text().startswith("registre.xlsx · 121")
    assert QApplication.focusWidget() is screen.columns.try_button, "every column was guessed"
    press_focused(Qt.Key.Key_Return)
    settle(qtbot, context)
    assert screen.pages.currentWidget() is screen.review
    figures = {state: figure.text() for state, figure in screen.review.figures.items()}
    new = sample.rows - len(sample.errors) - len(sample.twins)
    assert figures[RowState.NEW] == str(new)
    assert (figures[RowState.TWIN], figures[RowState.ERROR]) == ("1", str(len(sample.errors)))
    assert not screen.review.write_button.isEnabled()
    assert QApplication.focusWidget() is screen.review.twins.table
    press_focused(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is screen.review.twins.skip_button
    press_focused(Qt.Key.Key_Return)
    assert screen.review.waiting.text().startswith(str(len(sample.errors)))
    screen.review.skip_errors.setFocus()
    press_focused(Qt.Key.Key_Space)
    assert screen.review.write_button.text() == f"Inscrire {new}\u00a0personnes"
    screen.save()
    settle(qtbot, context)
    assert screen.pages.currentWidget() is screen.done
    assert screen.closing.text().startswith(f"{new}\u00a0personnes inscrites (de M-00001 à M-00121)")
    assert len(context.desk.persons) == new
    assert [change.touch(MEMBERS) for change in shell.changes] == [True]
    qtbot.waitUntil(lambda: QApplication.focusWidget() is screen.members_button)
    press_focused(Qt.Key.Key_Return)
    assert shell.opened == [Target("members")]
    with context.desk.read() as uow:
        assert uow.drafts.of_user(context.desk.actor.user_id) == ()


def test_a_file_that_is_no_register_is_a_sentence(
    qtbot: QtBot, screen: ImportScreen, context: Context, tmp_path: Path
) -> None:
    path = tmp_path / "liste.xlsx"
    path.write_text("Nom;Prénom\n", encoding="utf-8")
    screen.read(path)
    settle(qtbot, context)
    assert screen.pages.currentWidget() is screen.choose
    assert "fichier texte (CSV)" in screen.band.text
    assert not screen.escape(), "the shell goes back"


def _drag(mime: QMimeData) -> QDragEnterEvent:
    return QDragEnterEvent(
        QPoint(20, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )


def test_a_file_dropped_is_read(
    qtbot: QtBot, screen: ImportScreen, context: Context, register: tuple[Path, Sample]
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(register[0]))])
    entering = _drag(mime)
    screen.choose.dragEnterEvent(entering)
    assert entering.isAccepted()
    dropped = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    screen.choose.dropEvent(dropped)
    settle(qtbot, context)
    assert screen.pages.currentWidget() is screen.columns


def test_an_address_of_the_web_is_not_taken(screen: ImportScreen) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://exemple.ml/registre.xlsx")])
    entering = _drag(mime)
    entering.ignore()
    screen.choose.dragEnterEvent(entering)
    assert not entering.isAccepted()


def test_corrections_survive_a_power_cut(
    qtbot: QtBot, screen: ImportScreen, context: Context, register: tuple[Path, Sample]
) -> None:
    screen.read(register[0])
    settle(qtbot, context)
    box = screen.columns._boxes[9]
    assert box.currentData() == "activity"
    box.setFocus()
    press(box, Qt.Key.Key_Home)
    assert box.currentData() == ""
    options = screen.columns.options
    options.consent.setFocus()
    type_text(options.consent, "01/11/2026")
    press(options.consent, Qt.Key.Key_Tab)
    screen.columns.try_button.setFocus()
    assert options.how.isEnabled()
    screen.keep_draft()
    settle(qtbot, context)
    other = ImportScreen(context)
    qtbot.addWidget(other)
    other.show()
    other.read(register[0])
    settle(qtbot, context)
    assert other.columns._boxes[9].currentData() == ""
    assert other.columns.options.consent.text() == "01/11/2026"
    other.try_rows()
    settle(qtbot, context)
    other.review.twins._skip()
    other.keep_draft()
    settle(qtbot, context)
    third = ImportScreen(context)
    qtbot.addWidget(third)
    third.read(register[0])
    settle(qtbot, context)
    third.try_rows()
    settle(qtbot, context)
    assert list(third._flow.decisions.values()) == [Decision.SKIP]


def test_without_a_name_the_next_step_is_closed(
    qtbot: QtBot, screen: ImportScreen, context: Context, register: tuple[Path, Sample]
) -> None:
    screen.read(register[0])
    settle(qtbot, context)
    names = screen.columns._boxes[2]
    names.setCurrentIndex(names.findData(""))
    assert not screen.columns.try_button.isEnabled()
    assert "le nom" in screen.columns.error.text()
    surnames = screen.columns._boxes[3]
    surnames.setCurrentIndex(surnames.findData("full_name"))
    names.setCurrentIndex(names.findData("full_name"))
    assert surnames.currentData() == "", "one column only"
    assert screen.columns.try_button.isEnabled()


def test_a_date_of_consent_that_is_none(
    qtbot: QtBot, screen: ImportScreen, context: Context, register: tuple[Path, Sample]
) -> None:
    screen.read(register[0])
    settle(qtbot, context)
    line = screen.columns.options.consent
    line.setText("01/11/2031")
    line.editingFinished.emit()
    assert not screen.columns.try_button.isEnabled()
    assert line.property("error") == "true"
    line.clear()
    line.editingFinished.emit()
    assert screen.columns.try_button.isEnabled()


def test_an_oral_consent_asks_for_a_witness(
    qtbot: QtBot, screen: ImportScreen, context: Context, register: tuple[Path, Sample]
) -> None:
    screen.read(register[0])
    settle(qtbot, context)
    options = screen.columns.options
    assert not options.witness.isVisible()
    type_text(options.consent, "01/11/2026")
    options.consent.editingFinished.emit()
    assert not options.witness.isVisible(), "a signature has none"
    options.how.setCurrentIndex(options.how.findData("orale"))
    assert options.witness.isVisible()
    assert options.witness.accessibleName() == "Témoin de l’accord oral"
    assert not screen.columns.try_button.isEnabled()
    assert "témoin" in screen.columns.error.text()
    type_text(options.witness, "Sira DIALLO")
    options.witness.editingFinished.emit()
    assert screen.columns.try_button.isEnabled()
    screen.try_rows()
    settle(qtbot, context)
    assert screen._flow.report is not None
    consents = [row.person.consents for row in screen._flow.report.rows if row.person]
    assert {(one.how, one.witness) for some in consents for one in some} == {("orale", "Sira DIALLO")}


def test_another_sheet(qtbot: QtBot, screen: ImportScreen, context: Context, register: tuple[Path, Sample]) -> None:
    book = openpyxl.load_workbook(register[0])
    book.create_sheet("Anciennes").append(["Nom", "Prénom"])
    book["Anciennes"].append(["TRAORÉ", "Awa"])
    book.save(register[0])
    screen.read(register[0])
    settle(qtbot, context)
    sheets = screen.columns.sheets
    assert [sheets.itemText(index) for index in range(sheets.count())] == [
        "Brouillon (masquée)",
        "Registre",
        "Anciennes",
    ]
    sheets.setCurrentIndex(2)
    sheets.activated.emit(2)
    settle(qtbot, context)
    assert "1\u00a0ligne" in screen.columns.file.text()


def test_the_remarks_go_to_excel(
    qtbot: QtBot,
    screen: ImportScreen,
    context: Context,
    dialogs: FakeDialogs,
    register: tuple[Path, Sample],
    tmp_path: Path,
) -> None:
    screen.read(register[0])
    settle(qtbot, context)
    screen.try_rows()
    settle(qtbot, context)
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    dialogs.path = folder / "liste.xlsx"
    assert screen.review.filter.currentText() == f"Erreurs ({len(register[1].errors)})"
    screen.review.export_button.click()
    settle(qtbot, context)
    settle(qtbot, context)
    assert dialogs.asked[0] == exports.neutral_name(context.desk.today)
    assert "OneDrive" in dialogs.asked[1]
    rows = list(openpyxl.load_workbook(dialogs.path).worksheets[0].iter_rows(values_only=True))
    assert len(rows) == len(register[1].errors) + 1
    assert rows[4][:3] == (69, "Tél", "Erreur")
    assert "liste.xlsx" in screen.band.text


def test_a_stop_leaves_nothing_and_comes_back(
    qtbot: QtBot, screen: ImportScreen, context: Context, register: tuple[Path, Sample]
) -> None:
    screen.read(register[0])
    assert screen.pages.currentWidget() is screen._work
    assert screen.escape(), "Échap does not leave work alone"
    screen.progress.stop_button.click()
    settle(qtbot, context)
    assert screen.pages.currentWidget() is screen.choose
    assert screen.band.text == "Arrêté\u00a0: rien n’a été inscrit."


def test_back_from_the_dry_run_keeps_the_columns(
    qtbot: QtBot, screen: ImportScreen, context: Context, register: tuple[Path, Sample]
) -> None:
    screen.read(register[0])
    settle(qtbot, context)
    screen.columns._boxes[9].setCurrentIndex(0)
    screen.try_rows()
    settle(qtbot, context)
    assert screen.escape()
    assert screen.pages.currentWidget() is screen.columns
    assert screen.columns._boxes[9].currentData() == ""
    assert screen.escape()
    assert screen.pages.currentWidget() is screen.choose
    settle(qtbot, context)


def test_nothing_new_says_so(
    qtbot: QtBot, screen: ImportScreen, context: Context, register: tuple[Path, Sample]
) -> None:
    for _ in range(2):
        screen.read(register[0])
        settle(qtbot, context)
        screen.try_rows()
        settle(qtbot, context)
        screen.review.skip_errors.setChecked(True)
        screen.review.twins.skip_all_button.click()
        if screen.review.write_button.isEnabled():
            screen.write()
            settle(qtbot, context)
    assert screen.pages.currentWidget() is screen.review
    assert screen.review.waiting.text() == "Il n’y a personne de nouveau à inscrire."


def test_the_area_has_an_action_and_a_help_page() -> None:
    assert AREA.nav is None
    assert [(action.label, action.right) for action in AREA.actions] == [("Importer un registre Excel", Right.IMPORT)]
    assert resource(f"help/{ImportScreen.help_key}.md").is_file()


@pytest.mark.parametrize("size", [(1162, 652), (700, 480)])
def test_every_page_fits_a_small_screen(
    qtbot: QtBot, screen: ImportScreen, context: Context, register: tuple[Path, Sample], size: tuple[int, int]
) -> None:
    screen.resize(*size)
    screen.read(register[0])
    settle(qtbot, context)
    screen.try_rows()
    settle(qtbot, context)
    assert screen.minimumSizeHint().width() <= 1162
    assert screen.minimumSizeHint().height() <= 652


def test_a_fault_of_ours_leads_back_to_the_step_before(
    qtbot: QtBot,
    screen: ImportScreen,
    context: Context,
    dialogs: FakeDialogs,
    register: tuple[Path, Sample],
    failures: Failures,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialogs.path = register[0]
    screen.read(register[0])
    settle(qtbot, context)
    bug = ZeroDivisionError()

    def fail(*_arguments: object, **_named: object) -> None:
        raise bug

    monkeypatch.setattr(imports, "dry_run", fail)
    screen.save()
    settle(qtbot, context)
    assert failures.take_bugs() == [bug]
    assert screen.pages.currentWidget() is screen.columns
    assert screen.ready_to_try
