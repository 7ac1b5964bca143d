"""What tests of the area share: the shell, a context, a screen shown at a place, desks of the roles."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from antenne.domain.board import Target
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import Operations
from antenne.ui.listening.screen import ListeningScreen
from tests.ui import screen_help
from tests.ui.helpers import FakeDialogs
from tests.ui.screen_help import PlainShell


class Shell(PlainShell):
    """The shell around the area."""

    area = "listening"


def make_context(desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs) -> Context:
    """As the shell makes it."""
    return screen_help.make_context(desk, operations, shell, dialogs)


def settle(qtbot: QtBot, operations: Operations) -> None:
    """Until everything asked for is here."""
    screen_help.settle(qtbot, operations)


def show(qtbot: QtBot, context: Context, shell: Shell, target: Target) -> ListeningScreen:
    """The screen at that place, active, everything read."""
    return screen_help.show_at(qtbot, shell, context, ListeningScreen(context), target, (1162, 686))
