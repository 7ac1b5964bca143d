"""Typing like a person: key events with their text (``qtbot.keyClicks("é")`` aborts the process)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_TEXTS = {
    Qt.Key.Key_Return: "\r",
    Qt.Key.Key_Enter: "\r",
    Qt.Key.Key_Tab: "\t",
    Qt.Key.Key_Escape: "\x1b",
    Qt.Key.Key_Backspace: "\x08",
    Qt.Key.Key_Space: " ",
}


class Failures:
    """Collects what operations could hand to nobody else."""

    def __init__(self) -> None:
        self.problems: list[Exception] = []
        self.bugs: list[BaseException] = []
        self._seen = 0

    def on_problem(self, error: Exception) -> None:
        self.problems.append(error)

    def on_bug(self, error: BaseException) -> None:
        self.bugs.append(error)

    def take_bugs(self) -> list[BaseException]:
        """The bugs so far, which the test now answers for."""
        self._seen = len(self.bugs)
        return list(self.bugs)

    def unseen_bugs(self) -> bool:
        return len(self.bugs) > self._seen


def type_text(widget: QWidget, text: str) -> None:
    """Type ``text`` into ``widget``, accents included, one key after the other."""
    for letter in text:
        key = Qt.Key(ord(letter.upper())) if letter.isascii() and letter.isalnum() else Qt.Key.Key_unknown
        _send(widget, key, NO_MODIFIER, letter)


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
    """Press and release one key on ``widget``, as the system would send it (shortcuts are tried first)."""
    text = _TEXTS.get(key, "")
    _send(widget, key, modifiers, text if modifiers == NO_MODIFIER else "")


def _send(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str) -> None:
    """The override question, then the press, then the release: Qt's own order."""
    override = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, text)
    override.ignore()
    QCoreApplication.sendEvent(widget, override)
    QCoreApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))
    QCoreApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyRelease, key, modifiers, text))


class FakeDialogs:
    """Answers every question as told, and notes what was asked."""

    def __init__(self, *, path: Path | None = None, yes: bool = True, output: Path | None = None) -> None:
        self.path = path
        self.yes = yes
        self.output = output
        self.asked: list[str] = []

    def ask_file_open(self, parent: QWidget, title: str, pattern: str) -> Path | None:
        self.asked.append(title)
        return self.path

    def ask_file_save(self, parent: QWidget, title: str, name: str, pattern: str) -> Path | None:
        self.asked.append(name)
        return self.path

    def ask_folder(self, parent: QWidget, title: str) -> Path | None:
        self.asked.append(title)
        return self.path

    def confirm(
        self, parent: QWidget, text: str, yes_label: str, no_label: str = "Annuler", *, danger: bool = False
    ) -> bool:
        self.asked.append(text)
        return self.yes

    def print_dialog(self, parent: QWidget, printer: QPrinter, pages: int) -> bool:
        """The « printer » is a PDF file, so that what was sent can be looked at."""
        self.asked.append(f"print {pages}")
        if self.output is None:
            return False
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.output))
        return self.yes
