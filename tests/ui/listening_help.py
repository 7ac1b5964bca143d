"""What tests of the area share: the shell, a context, a screen shown at a place, desks of the roles."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from antenne.domain.board import Target, Tone
from antenne.domain.changes import Changes
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.memory import SittingMemory
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.printing import Printing
from antenne.ui.listening.screen import ListeningScreen
from tests.ui.cashbook_help import plain
from tests.ui.helpers import FakeDialogs


class Shell:
    """What the shell does for the screen: it opens its targets, passes on changes, notes what it is told."""

    def __init__(self) -> None:
        self.opened: list[Target] = []
        self.said: list[tuple[str, Tone]] = []
        self.screen: ListeningScreen | None = None

    def open(self, target: Target) -> None:
        self.opened.append(target)
        if self.screen is not None and target.area == "listening":
            self.screen.open(target)

    def back(self) -> None:
        self.opened.append(Target("back"))

    def broadcast(self, changes: Changes) -> None:
        if self.screen is not None:
            self.screen.on_changes(changes)

    def notify(self, sentence: str, tone: Tone) -> None:
        self.said.append((plain(sentence), tone))


def make_context(desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs) -> Context:
    """As the shell makes it."""
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
    )


def settle(qtbot: QtBot, operations: Operations) -> None:
    """Until everything asked for is here."""
    for _ in range(3):
        qtbot.waitUntil(operations.idle, timeout=10_000)
        qtbot.wait(30)


def show(qtbot: QtBot, context: Context, shell: Shell, target: Target) -> ListeningScreen:
    """The screen at that place, active, everything read."""
    screen = ListeningScreen(context)
    qtbot.addWidget(screen)
    shell.screen = screen
    screen.resize(1162, 686)
    screen.show()
    screen.activateWindow()
    screen.open(target)
    settle(qtbot, context.operations)
    return screen
