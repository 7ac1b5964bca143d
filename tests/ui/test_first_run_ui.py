"""The wizard by keyboard, to a real office; what it refuses, and what it never leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.base.problems import Problem
from antenne.domain import first_run
from antenne.domain.first_run import Step
from antenne.domain.violations import RulesBroken
from antenne.services import access
from antenne.ui.first_run.codes_page import CodesPage
from antenne.ui.first_run.logo import SIDE, fitted, read_logo
from antenne.ui.first_run.phrase_page import PhrasePage
from antenne.ui.first_run.window import FirstRunWindow
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.printing import Printing
from antenne.wording.login import sentence
from tests.ui.helpers import FakeDialogs, press, type_text


@dataclass
class Wizard:
    """The window and what it was made with."""

    window: FirstRunWindow
    folder: Path
    dialogs: FakeDialogs
    bot: QtBot
    operations: Operations
    opened: list[Any] = field(default_factory=list)

    @property
    def state(self) -> first_run.FirstRun:
        assert self.window._state is not None
        return self.window._state

    def type(self, key: str, text: str) -> None:
        line = self.window.page.entries[key].line
        line.setFocus()
        type_text(line, text)

    def enter(self) -> None:
        """Entrée, on what has the focus."""
        press(self.window.focusWidget() or self.window, Qt.Key.Key_Return)

    def idle(self) -> None:
        self.bot.waitUntil(self.operations.idle, timeout=20_000)

    def said(self, key: str) -> str:
        return self.window.page.entries[key].sentence

    def to(self, step: Step) -> None:
        """Answer the pages before ``step``."""
        while self.window.step is not step:
            getattr(self, f"_{self.window.step.name.lower()}")()

    def _office(self) -> None:
        for key, text in (("association", "DANAYA SO"), ("name", "Antenne de Mopti"), ("town", "Sévaré")):
            self.type(key, text)
        self.enter()

    def _responsable(self) -> None:
        self.type("name", "Aminata Diarra")
        self.type("label", "Baobab")
        self.enter()

    def _passphrase(self) -> None:
        words = self.state.offered
        self.enter()
        self.type("passphrase", words)
        self.enter()

    def _codes(self) -> None:
        code = first_run.shown_code(self.state)
        assert code is not None
        self.window._next.setFocus()
        self.enter()
        self.type("code", code.lower().replace("-", " "))
        self.enter()

    def _printer(self) -> None:
        self.window._next.setFocus()
        self.enter()


@pytest.fixture
def wizard(
    qtbot: QtBot, qapp: QApplication, operations: Operations, tmp_path: Path, clock: FixedClock
) -> Iterator[Wizard]:
    dialogs = FakeDialogs()
    opened: list[Any] = []
    window = FirstRunWindow(
        tmp_path / "data",
        clock,
        operations,
        dialogs,
        Printing(operations, dialogs, sentence),
        opened.append,
        can_restore=True,
    )
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    made = Wizard(window, tmp_path / "data", dialogs, qtbot, operations, opened)
    made.idle()
    yield made
    made.idle()
    window.close()


def texts(widget: QWidget) -> str:
    """Every word in sight."""
    QApplication.processEvents()
    labels = [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
    return " ".join([*labels, *(one.text() for one in widget.findChildren(QLineEdit) if one.isVisible())])


def test_by_keyboard_alone_to_an_office_that_opens(wizard: Wizard) -> None:
    assert wizard.window.windowTitle() == "Antenne"
    wizard.to(Step.REVIEW)
    assert not wizard.folder.exists()
    phrase, codes = wizard.state.passphrase, wizard.state.codes
    assert phrase is not None
    assert "DANAYA SO" in texts(wizard.window)
    assert phrase not in texts(wizard.window)
    wizard.enter()
    wizard.idle()
    assert wizard.window.step is Step.DONE
    wizard.enter()
    assert wizard.opened[0].roles == {"responsable"}
    for secret, label in ((phrase, "Baobab"), (codes[0], None), (codes[1], None)):
        assert access.unlock(wizard.folder, secret, label).base_key == wizard.opened[0].base_key


def test_every_missing_answer_is_said_beside_its_field(wizard: Wizard) -> None:
    wizard.type("phone", "deux cents")
    wizard.enter()
    assert wizard.window.step is Step.OFFICE
    for key in ("association", "name", "town"):
        assert wizard.said(key) == "Cette réponse est nécessaire."
    assert "chiffres" in wizard.said("phone")
    assert wizard.said("motto") == ""
    assert wizard.window.focusWidget() is wizard.window.page.entries["association"].line
    wizard.type("association", "D")
    assert wizard.said("association") == ""


def test_a_label_that_tells_is_refused(wizard: Wizard) -> None:
    wizard.to(Step.RESPONSABLE)
    wizard.type("name", "Aminata Diarra")
    wizard.type("label", "Aminata")
    wizard.enter()
    assert "qui vous êtes" in wizard.said("label")
    next(one for one in wizard.window.findChildren(QPushButton) if one.text() == "Tortue").click()
    wizard.enter()
    assert wizard.state.responsable == first_run.Responsable("Aminata Diarra", "Tortue")


def test_the_words_are_hidden_while_they_are_typed_back(wizard: Wizard) -> None:
    wizard.to(Step.PASSPHRASE)
    first = wizard.state.offered
    assert all(word in texts(wizard.window) for word in first.split())
    next(one for one in wizard.window.findChildren(QPushButton) if one.text() == "D’autres mots").click()
    second = wizard.state.offered
    assert second != first
    wizard.window._next.click()
    assert not any(word in texts(wizard.window).split() for word in second.split())
    wizard.type("passphrase", first)
    wizard.enter()
    assert "mêmes mots" in wizard.said("passphrase")
    press(wizard.window, Qt.Key.Key_Escape)
    assert all(word in texts(wizard.window) for word in second.split())


@pytest.mark.parametrize(
    ("typed", "again", "key", "word"),
    [
        ("", "", "passphrase", "Tapez"),
        ("mopti 2024", "mopti 2024", "passphrase", "devine"),
        ("demo girafe mangue pirogue calebasse", "", "passphrase", "démonstration"),
        ("hérisson calfater bigorneau zébrure", "autre", "again", "mêmes"),
        ("é" * 1100, "", "passphrase", "caractères"),
    ],
)
def test_a_phrase_of_her_own_must_hold(wizard: Wizard, typed: str, again: str, key: str, word: str) -> None:
    wizard.to(Step.PASSPHRASE)
    next(one for one in wizard.window.findChildren(QPushButton) if one.text().startswith("Je préfère")).click()
    wizard.window.page.entries["passphrase"].line.setText(typed)
    wizard.window.page.entries["again"].line.setText(again)
    wizard.window._next.click()
    assert word in wizard.said(key)
    assert wizard.window.step is Step.PASSPHRASE


def test_a_code_is_shown_once_then_named_group_by_group(wizard: Wizard) -> None:
    wizard.to(Step.CODES)
    code = first_run.shown_code(wizard.state)
    assert code is not None
    page = wizard.window.page
    assert isinstance(page, CodesPage)
    assert all(group in texts(wizard.window) for group in code.split("-"))
    wizard.window._next.click()
    assert not any(group in texts(wizard.window) for group in code.split("-"))
    groups = code.split("-")
    groups[4] = "0000" if groups[4] != "0000" else "1111"
    wizard.type("code", " ".join(groups))
    wizard.enter()
    assert "groupe 5" in wizard.said("code")
    next(one for one in page.findChildren(QPushButton) if "nouveau code" in one.text()).click()
    fresh = first_run.shown_code(wizard.state)
    assert fresh is not None
    assert fresh != code
    wizard.to(Step.PRINTER)
    wizard.window.go_back()
    assert "vérifiés" in texts(wizard.window)
    assert not any(group in texts(wizard.window) for group in fresh.split("-"))


def test_the_sheet_to_fill_in_holds_boxes_and_no_code(wizard: Wizard, tmp_path: Path) -> None:
    import pypdfium2

    wizard.to(Step.CODES)
    wizard.dialogs.path = tmp_path / "feuille.pdf"
    wizard.window._print_sheet(1)
    wizard.idle()
    preview = next(one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not wizard.window)
    preview.save_requested.emit()  # type: ignore[attr-defined]  # the preview's own signal
    wizard.idle()
    preview.close()
    document = pypdfium2.PdfDocument(wizard.dialogs.path)
    printed = document[0].get_textpage().get_text_range()
    document.close()
    assert "Enveloppe 1" in printed
    assert "groupe 7" in printed
    for group in wizard.state.codes[0].split("-"):
        assert group not in printed


def test_no_secret_reaches_the_clipboard(wizard: Wizard) -> None:
    QGuiApplication.clipboard().clear()
    wizard.to(Step.PASSPHRASE)
    wizard.enter()
    line = wizard.window.page.entries["passphrase"].line
    type_text(line, wizard.state.offered)
    line.selectAll()
    for key in (Qt.Key.Key_C, Qt.Key.Key_X):
        press(line, key, Qt.KeyboardModifier.ControlModifier)
    assert line.text() == wizard.state.offered
    assert QGuiApplication.clipboard().text() == ""


def test_leaving_before_the_end_leaves_nothing(wizard: Wizard) -> None:
    wizard.to(Step.PRINTER)
    wizard.dialogs.yes = False
    wizard.window.close()
    assert wizard.window.isVisible()
    wizard.dialogs.yes = True
    wizard.window.close()
    assert not wizard.window.isVisible()
    assert not wizard.folder.exists()
    assert wizard.window._state is None
    phrase = wizard.window._pages[Step.PASSPHRASE]
    assert isinstance(phrase, PhrasePage)
    assert all(entry.text == "" for entry in phrase.entries.values())


def test_a_folder_that_cannot_take_the_office_is_said_and_can_be_tried_again(wizard: Wizard) -> None:
    wizard.to(Step.REVIEW)
    wizard.folder.mkdir()
    (wizard.folder / "antenne.cles").write_text("{}")
    wizard.enter()
    wizard.idle()
    assert wizard.window.step == Step.REVIEW
    assert "à moitié copié" in wizard.window._band.text
    (wizard.folder / "antenne.cles").unlink()
    wizard.window._next.click()
    wizard.idle()
    assert wizard.window._unlocked is not None


def test_restoring_is_offered_on_the_first_page_only(wizard: Wizard) -> None:
    assert wizard.window._restore.isVisible()
    with wizard.bot.waitSignal(wizard.window.restore_asked):
        wizard.window._restore.click()


def test_restoring_after_a_first_answer_asks_before_it_is_lost(wizard: Wizard) -> None:
    wizard.to(Step.RESPONSABLE)
    assert not wizard.window._restore.isVisible()
    wizard.window.go_back()
    asked: list[int] = []
    wizard.window.restore_asked.connect(lambda: asked.append(1))
    wizard.dialogs.yes = False
    wizard.window._restore.click()
    assert not asked
    wizard.dialogs.yes = True
    wizard.window._restore.click()
    assert asked
    assert wizard.window._state is None


def picture(width: int, height: int, ink: tuple[int, int, int, int]) -> QImage:
    """A white picture with a dark rectangle."""
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor("white"))
    for x in range(ink[0], ink[2]):
        for y in range(ink[1], ink[3]):
            made.setPixelColor(x, y, QColor("#0E5A5E"))
    return made


def test_a_logo_is_cropped_and_made_small(wizard: Wizard, tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    picture(900, 900, (300, 400, 600, 500)).save(str(path))
    read = QImage.fromData(read_logo(path))
    assert 300 <= read.width() <= 340
    assert 100 <= read.height() <= 140
    picture(2600, 700, (0, 0, 2600, 3)).scaled(2600, 700).save(str(path), "JPG")  # type: ignore[call-overload]  # stub
    wide = QImage.fromData(read_logo(path))
    assert max(wide.width(), wide.height()) <= SIDE
    wizard.dialogs.path = path
    wizard.window._choose_logo()
    wizard.idle()
    wizard.to(Step.RESPONSABLE)
    assert wizard.state.office is not None
    assert wizard.state.office.logo is not None
    assert wizard.state.office.logo.startswith(b"\x89PNG")


def test_a_file_that_is_no_picture_is_refused_beside_the_logo(wizard: Wizard, tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n not a picture")
    wizard.dialogs.path = path
    wizard.window._choose_logo()
    wizard.idle()
    assert "PNG ou JPEG" in wizard.said("logo")
    wizard.dialogs.path = tmp_path / "absent.png"
    wizard.window._choose_logo()
    wizard.idle()
    assert "lu" in wizard.said("logo")


def test_a_picture_of_two_hundred_megapixels_is_refused_unread() -> None:
    header = bytes.fromhex("89504e470d0a1a0a0000000d49484452000036b0000036b008020000")
    with pytest.raises(RulesBroken):
        fitted(header + bytes(64))
    with pytest.raises(Problem):
        read_logo(Path("/nowhere/logo.png"))
