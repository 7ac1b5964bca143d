"""The closing screen from a key to its pixels: opened from the caisse, then each figure counted. Asked by ``money``."""

from __future__ import annotations

import os
import sys
import time

if "DISPLAY" not in os.environ and sys.platform.startswith("linux"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from antenne import app
from antenne.domain.board import Target
from antenne.services.desk import Desk
from antenne.ui.cashbook.closing_page import ClosingPage
from antenne.ui.cashbook.day_panel import DayPanel
from antenne.ui.cashbook.screen import KEY, CashbookScreen
from antenne.ui.kit.area import Context
from antenne.ui.kit.memory import SittingMemory
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.printing import Printing

ROUNDS, LOOK = 9, 500
SIZE = (1162, 686)
"""Of the page beside the side bar, in a window of 1366 × 768."""
_FIGURES = "123456789"


class _Inside:
    """A navigator that stays inside the caisse."""

    def __init__(self) -> None:
        self.screen: CashbookScreen | None = None

    def open(self, target: Target) -> None:
        """Show it there."""
        if self.screen is not None and target.area == KEY:
            self.screen.open(target)

    def back(self) -> None:
        """Stay."""

    def home(self) -> None:
        """Stay."""


class _Eye(QObject):
    """Notes the end of the first painting of a widget once it shows what is waited for."""

    def __init__(self, watched: QWidget, ready: Callable[[], bool]) -> None:
        super().__init__(watched)
        self._ready = ready
        self.seen = 0.0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It is being painted."""
        if not self.seen and event.type() == QEvent.Type.Paint and self._ready():
            QTimer.singleShot(0, self._painted)  # after the painting and its way to the screen
        return super().eventFilter(watched, event)

    def _painted(self) -> None:
        if not self.seen:
            self.seen = time.perf_counter()


@dataclass(frozen=True, slots=True)
class Painted:
    """Seconds from a key to its pixels.

    Attributes:
        opened: The closing, asked for after a look at the caisse; a fresh screen each time.
        at_once: The same, asked for as soon as the caisse is there: its page must be made.
        typed: The total, at each figure of the count.
    """

    opened: list[float]
    at_once: list[float]
    typed: list[float]


def painted(desk: Desk) -> Painted:
    """Open the closing and count, some times over."""
    if QApplication.instance() is None:
        app.make_application().setQuitOnLastWindowClosed(False)
    operations = app.make_operations()
    found = Painted([], [], [])
    for turn in range(2 * ROUNDS):
        screen = _caisse(desk, operations)
        if looked := turn % 2 == 0:
            _quiet(operations, LOOK)
        page, seconds = _open_closing(screen)
        (found.opened if looked else found.at_once).append(seconds)
        _quiet(operations)
        found.typed.extend(_type(page, figure) for figure in _FIGURES)
        _quiet(operations)
        screen.close()
        screen.deleteLater()
    operations.shutdown(3)
    return found


def _caisse(desk: Desk, operations: Operations) -> CashbookScreen:
    """« Caisse du jour » as it stands before the key."""
    inside, dialogs = _Inside(), app.make_dialogs()
    screen = CashbookScreen(
        Context(
            desk=desk,
            operations=operations,
            navigator=inside,
            dialogs=dialogs,
            printing=Printing(operations, dialogs, app.words),
            clock=desk.clock,
            broadcast=lambda _changes: None,
            notify=lambda _text, _tone: None,
            memory=SittingMemory(),
        )
    )
    inside.screen = screen
    screen.resize(*SIZE)
    screen.show()
    screen.activateWindow()
    screen.open(Target(KEY))
    _quiet(operations)
    return screen


def _open_closing(screen: CashbookScreen) -> tuple[ClosingPage, float]:
    """Espace on « Clôturer la journée »; the count with today's figures is painted."""
    panel = screen.panel
    assert isinstance(panel, DayPanel)
    eyes: list[_Eye] = []
    start = time.perf_counter()
    _press(panel.day.close_button, Qt.Key.Key_Space, " ")
    page = panel.closing
    assert page is not None
    eyes.append(_Eye(page.count, lambda: page.flow is not None))
    _wait(lambda: eyes[0].seen > 0)
    return page, eyes[0].seen - start


def _type(page: ClosingPage, figure: str) -> float:
    """One figure in the field in hand; the total beside it is painted."""
    before, field = page.figure.text(), QApplication.focusWidget()
    assert field is not None
    eye = _Eye(page.figure, lambda: page.figure.text() != before)
    start = time.perf_counter()
    _press(field, Qt.Key(ord(figure)), figure)
    _wait(lambda: eye.seen > 0)
    page.figure.removeEventFilter(eye)
    _press(field, Qt.Key.Key_Backspace, "\b")
    return eye.seen - start


def _press(widget: QWidget, key: Qt.Key, text: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def _wait(until: Callable[[], bool], seconds: float = 20) -> None:
    """Sleep in the event loop, as the program does."""
    limit = time.monotonic() + seconds
    while not until():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > limit:
            raise TimeoutError


def _quiet(operations: Operations, milliseconds: int = 30) -> None:
    """Everything has been answered and painted, and she rests that long."""
    _wait(operations.idle)
    rest = QEventLoop()
    QTimer.singleShot(milliseconds, rest.quit)
    rest.exec()
    _wait(operations.idle)
