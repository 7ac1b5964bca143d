"""What tests of the caisse's screens share: the shell, a context with its baskets, waiting, buttons by their words."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from antenne.domain import members
from antenne.domain.board import Target, Tone
from antenne.domain.changes import Changes
from antenne.services.cashbook_source import SOURCE
from antenne.services.desk import Desk
from antenne.ui.cashbook.screen import CashbookScreen
from antenne.ui.kit.area import Context
from antenne.ui.kit.memory import SittingMemory
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.printing import Printing
from tests.services import money
from tests.ui.helpers import FakeDialogs


class Shell:
    """What the shell does for the screen: it opens its targets, passes on changes, notes what it is told."""

    def __init__(self) -> None:
        self.opened: list[Target] = []
        self.said: list[tuple[str, Tone]] = []
        self.heard: list[Changes] = []
        self.screen: CashbookScreen | None = None

    def open(self, target: Target) -> None:
        self.opened.append(target)
        if self.screen is not None and target.area == "cashbook":
            self.screen.open(target)

    def back(self) -> None:
        self.opened.append(Target("back"))

    def broadcast(self, changes: Changes) -> None:
        self.heard.append(changes)
        if self.screen is not None:
            self.screen.on_changes(changes)

    def notify(self, sentence: str, tone: Tone) -> None:
        self.said.append((plain(sentence), tone))


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def make_context(desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs) -> Context:
    """As the shell makes it, with what the caisse itself brings to the basket."""
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
        baskets=(SOURCE,),
    )


def show(qtbot: QtBot, context: Context, shell: Shell, target: Target) -> CashbookScreen:
    """The screen at that place, active, everything read."""
    screen = CashbookScreen(context)
    qtbot.addWidget(screen)
    shell.screen = screen
    screen.resize(1162, 686)
    screen.show()
    screen.activateWindow()
    screen.open(target)
    settle(qtbot, context)
    return screen


def settle(qtbot: QtBot, context: Context) -> None:
    """Until everything asked for is here, what follows a rest of the hand included."""
    for _ in range(2):
        qtbot.waitUntil(context.operations.idle, timeout=10_000)
        qtbot.wait(220)
    qtbot.waitUntil(context.operations.idle, timeout=10_000)


def woman(desk: Desk, number: int = 1, last_name: str = "Koné", first_name: str = "Awa") -> int:
    """A member who is found by her name."""
    person_id = money.member(desk, number, last_name, first_name)
    with desk.read() as uow:
        (person,) = uow.persons.many((person_id,))
    desk.persons.put(members.indexed(person))
    return person_id


def words(widget: QWidget) -> str:
    """Every label that can be seen."""
    labels = (made for made in widget.findChildren(QLabel) if made.isVisibleTo(widget))
    return plain(" ".join(made.text() for made in labels))


def push(widget: QWidget, text: str) -> QPushButton:
    """The button of these words that can be seen."""
    found = (made for made in widget.findChildren(QPushButton) if made.isVisibleTo(widget))
    return next(made for made in found if made.text().startswith(text))
