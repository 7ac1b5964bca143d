"""The screen « Adhérentes » on a real office."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from antenne.domain.board import Target
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.memory import SittingMemory
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.printing import Printing
from antenne.ui.members import area
from antenne.ui.members.screen import MembersScreen
from tests.ui.helpers import FakeDialogs
from tests.ui.members_help import (
    Shell,
    settle,
)


@pytest.fixture
def shell() -> Shell:
    return Shell()


@pytest.fixture
def dialogs(tmp_path: Path) -> FakeDialogs:
    return FakeDialogs(path=tmp_path / "liste.xlsx")


@pytest.fixture
def make(operations: Operations, shell: Shell, dialogs: FakeDialogs, qtbot: QtBot) -> Callable[[Desk], MembersScreen]:
    """Builds the screen at a desk and shows the list."""

    def made(at: Desk) -> MembersScreen:
        context = Context(
            desk=at,
            operations=operations,
            navigator=shell,
            dialogs=dialogs,
            printing=Printing(operations, dialogs, str),
            clock=at.clock,
            broadcast=shell.broadcast,
            notify=shell.notify,
            memory=SittingMemory(),
            person_cards=(area.AREA.person_card,) if area.AREA.person_card else (),
        )
        screen = MembersScreen(context)
        qtbot.addWidget(screen)
        shell.screen = screen
        screen.resize(1162, 686)
        screen.show()
        screen.open(Target("members"))
        settle(qtbot, screen)
        return screen

    return made
