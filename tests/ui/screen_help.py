"""What tests of screens share: the shell around them, a context, waiting until nothing is under way."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antenne.domain.board import Target, Tone
from antenne.domain.changes import Changes
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.memory import SittingMemory
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.printing import Printing
from tests.ui.helpers import FakeDialogs

S = TypeVar("S", bound=Screen)

BACK = Target("back")
"""What « Échap » asked of the shell, among the targets that were opened."""

_SHORT_REST = 1_000
"""A rest of the hand is shorter, in milliseconds; a notice that leaves by itself stays longer."""


class Shell:
    """What the shell does for a screen, noted.

    Attributes:
        area: Targets of this area are opened in the screens that are shown.
        panel: Of that area, only those of this panel, whose name is taken off.
        said: Sentences as they were said, and their tone.
    """

    area = ""
    panel = ""

    def __init__(self) -> None:
        self.opened: list[Target] = []
        self.said: list[tuple[str, Tone]] = []
        self.heard: list[Changes] = []
        self.screens: list[Screen] = []

    def open(self, target: Target) -> None:
        self.opened.append(target)
        key, _, rest = target.action.partition("/")
        if target.area != self.area or (self.panel and key != self.panel):
            return
        for screen in self.screens:
            screen.open(replace(target, action=rest) if self.panel else target)

    def back(self) -> None:
        self.opened.append(BACK)

    def broadcast(self, changes: Changes) -> None:
        self.heard.append(changes)
        for screen in self.screens:
            screen.on_changes(changes)

    def notify(self, sentence: str, tone: Tone) -> None:
        self.said.append((sentence, tone))


class PlainShell(Shell):
    """The same, whose sentences have ordinary spaces."""

    def notify(self, sentence: str, tone: Tone) -> None:
        super().notify(plain(sentence), tone)


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def make_context(desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs, **more: Any) -> Context:
    """As the shell makes it; ``more`` of its attributes by name."""
    return Context(
        desk=desk,
        operations=operations,
        navigator=shell,
        dialogs=dialogs,
        printing=Printing(operations, dialogs, str),
        clock=desk.clock,
        broadcast=shell.broadcast,
        notify=shell.notify,
        memory=SittingMemory(),
        **more,
    )


def show_at(qtbot: QtBot, shell: Shell, context: Context, screen: S, target: Target, size: tuple[int, int]) -> S:
    """The screen at that place, active, everything read."""
    qtbot.addWidget(screen)
    shell.screens.append(screen)
    screen.resize(*size)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.open(target)
    settle(qtbot, context.operations)
    return screen


def settle(qtbot: QtBot, operations: Operations) -> None:
    """Until everything asked for is here, what follows a rest of the hand and what it asks for in turn included."""
    for _ in range(3):
        QCoreApplication.processEvents()
        qtbot.waitUntil(lambda: operations.idle() and not _resting())
    QCoreApplication.processEvents()


def _resting() -> bool:
    """Whether something waits for her hand to rest."""
    timers = (timer for shown in QApplication.topLevelWidgets() for timer in shown.findChildren(QTimer))
    return any(timer.isActive() and timer.isSingleShot() and timer.interval() < _SHORT_REST for timer in timers)
