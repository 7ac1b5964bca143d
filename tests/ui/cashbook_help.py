"""What tests of the caisse's screens share: the shell, a context with its baskets, waiting, buttons by their words."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from antenne.domain import members
from antenne.domain.board import Target
from antenne.services.cashbook_source import SOURCE
from antenne.services.desk import Desk
from antenne.ui.cashbook.screen import CashbookScreen
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import Operations
from tests.services import money
from tests.ui import screen_help
from tests.ui.helpers import FakeDialogs
from tests.ui.screen_help import PlainShell, plain

__all__ = ["Shell", "make_context", "plain", "push", "settle", "show", "woman", "words"]


class Shell(PlainShell):
    """The shell around the caisse."""

    area = "cashbook"


def make_context(desk: Desk, operations: Operations, shell: PlainShell, dialogs: FakeDialogs) -> Context:
    """As the shell makes it, with what the caisse itself brings to the basket."""
    return screen_help.make_context(desk, operations, shell, dialogs, baskets=(SOURCE,))


def show(qtbot: QtBot, context: Context, shell: PlainShell, target: Target) -> CashbookScreen:
    """The screen at that place, active, everything read."""
    return screen_help.show_at(qtbot, shell, context, CashbookScreen(context), target, (1162, 686))


def settle(qtbot: QtBot, context: Context) -> None:
    """Until everything asked for is here, what follows a rest of the hand included."""
    screen_help.settle(qtbot, context.operations)


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
