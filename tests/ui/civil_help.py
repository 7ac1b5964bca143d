"""What tests of civil files share: the shell, a context, a screen shown at a place, children to open files for."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from antenne.domain.board import Target
from antenne.services.cashbook_source import SOURCE as CASHBOOK
from antenne.services.civil_fees import SOURCE
from antenne.services.desk import Desk
from antenne.ui.civil.screen import CivilScreen
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import Operations
from tests.ui import screen_help
from tests.ui.helpers import FakeDialogs
from tests.ui.screen_help import PlainShell


class Shell(PlainShell):
    """The shell around the civil files."""

    area = "civil"


def make_context(desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs) -> Context:
    """As the shell makes it."""
    return screen_help.make_context(desk, operations, shell, dialogs, baskets=(CASHBOOK, SOURCE))


def settle(qtbot: QtBot, context: Context) -> None:
    """Until everything asked for is here, and what was asked for because of it."""
    screen_help.settle(qtbot, context.operations)


def show(qtbot: QtBot, context: Context, shell: Shell, target: Target) -> CivilScreen:
    """The screen at that place, active, everything read."""
    return screen_help.show_at(qtbot, shell, context, CivilScreen(context), target, (1162, 686))
