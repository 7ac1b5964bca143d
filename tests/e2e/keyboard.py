"""Ten fingers: keys go where the focus is, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMainWindow, QWidget

from antenne.ui.kit.operations import Operations
from tests.ui.helpers import press, type_text

_FARTHEST = 90
"""Tabs after which a control counts as out of reach."""


class Waiting(Protocol):
    """What lets Qt work meanwhile: pytest-qt's ``qtbot``, or a process without a test."""

    def wait(self, ms: int) -> None:
        """So many milliseconds."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = ...) -> None:
        """Until it is so."""


class Keyboard:
    """Types into the window like the one who sits before it."""

    def __init__(self, qtbot: Waiting, operations: Operations) -> None:
        """Sit down."""
        self._qtbot = qtbot
        self._operations = operations

    @property
    def focus(self) -> QWidget:
        """Where the next key goes."""
        if QApplication.activeWindow() is None:
            self._give_back()
        focused = QApplication.focusWidget()
        assert focused is not None, "no control has the keys"
        return focused

    def _give_back(self) -> None:
        """A dialog is gone: the system gives the keys back to the window beneath, which this platform does not."""
        beneath = next(
            one for one in QApplication.topLevelWidgets() if isinstance(one, QMainWindow) and one.isVisible()
        )
        beneath.activateWindow()
        self._qtbot.waitUntil(beneath.isActiveWindow)

    def at(self, name: str) -> bool:
        """Whether she stands in a control so named."""
        return called(self.focus).startswith(name)

    def keys(self, sequence: str) -> None:
        """A key with its modifiers, through Qt's own shortcut map: « Ctrl+S »."""
        stroke = QKeySequence(sequence)[0]  # type: ignore[index] # the stubs leave it out
        QTest.keyClick(self.focus, stroke.key(), stroke.keyboardModifiers())
        self.settle()

    def key(self, key: Qt.Key) -> None:
        """A plain key."""
        press(self.focus, key)
        self.settle()

    def type(self, text: str) -> None:
        """Letters, with the pause of a hand at the end."""
        type_text(self.focus, text)
        self.settle()

    def burst(self, text: str) -> None:
        """A scanner: the text and Entrée without a pause."""
        type_text(self.focus, text)
        press(self.focus, Qt.Key.Key_Return)
        self.settle()

    def settle(self) -> None:
        """Wait until what the keys began is done."""
        self._qtbot.wait(50)
        self._qtbot.waitUntil(self._operations.idle, timeout=15_000)
        self._qtbot.wait(20)
        self._qtbot.waitUntil(self._operations.idle, timeout=15_000)

    def tab_to(self, name: str) -> QWidget:
        """Tab until a control whose name or words begin with ``name`` has the focus."""
        seen: list[str] = []
        for _ in range(_FARTHEST):
            if self.at(name):
                return self.focus
            seen.append(called(self.focus))
            QTest.keyClick(self.focus, Qt.Key.Key_Tab)
            self._qtbot.wait(1)
        raise AssertionError(f"Tab never comes to « {name} »: {seen}")


def called(widget: QWidget) -> str:
    """What a screen reader says of a control."""
    words = widget.text() if isinstance(widget, QAbstractButton) else ""
    return (widget.accessibleName() or words).replace("\xa0", " ").replace("\u202f", " ")


def said(widget: QWidget) -> str:
    """Every word in sight."""
    shown = (label.text() for label in widget.findChildren(QLabel) if label.isVisible())
    return "\n".join(shown).replace("\xa0", " ").replace("\u202f", " ")
