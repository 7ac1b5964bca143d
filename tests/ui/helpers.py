"""Typing like a person: key events with their text (``qtbot.keyClicks("é")`` aborts the process)."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
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
