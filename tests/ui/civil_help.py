"""What tests of civil files share: the shell, a context, a screen shown at a place, children to open files for."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from antenne.domain.board import Target, Tone
from antenne.domain.changes import Changes
from antenne.services.cashbook_source import SOURCE as CASHBOOK
from antenne.services.civil_fees import SOURCE
from antenne.services.desk import Desk
from antenne.ui.civil.screen import CivilScreen
from antenne.ui.kit.area import Context
from antenne.ui.kit.memory import SittingMemory
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.printing import Printing
from tests.ui.cashbook_help import plain
from tests.ui.helpers import FakeDialogs


class Shell:
    """What the shell does for the screen: it opens its targets, passes on changes, notes what it is told."""

    def __init__(self) -> None:
        self.opened: list[Target] = []
        self.said: list[tuple[str, Tone]] = []
        self.screen: CivilScreen | None = None

    def open(self, target: Target) -> None:
        self.opened.append(target)
        if self.screen is not None and target.area == "civil":
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
        baskets=(CASHBOOK, SOURCE),
    )


def settle(qtbot: QtBot, context: Context) -> None:
    """Until everything asked for is here, and what was asked for because of it."""
    for _ in range(2):
        qtbot.waitUntil(context.operations.idle, timeout=10_000)
        qtbot.wait(40)
    qtbot.waitUntil(context.operations.idle, timeout=10_000)


def show(qtbot: QtBot, context: Context, shell: Shell, target: Target) -> CivilScreen:
    """The screen at that place, active, everything read."""
    screen = CivilScreen(context)
    qtbot.addWidget(screen)
    shell.screen = screen
    screen.resize(1162, 686)
    screen.show()
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.open(target)
    settle(qtbot, context)
    return screen
