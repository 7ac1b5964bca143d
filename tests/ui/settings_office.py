"""The settings of a real encrypted office, in the real window."""

from __future__ import annotations

from antenne.base.clock import FixedClock
from antenne.base.problems import Problem
from antenne.domain.board import Target
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services.desk import Desk
from antenne.ui.kit.memory import SittingMemory
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.printing import Printing
from antenne.ui.settings.area import AREA
from antenne.ui.settings.screen import SettingsScreen
from antenne.ui.shell.frame import ShellInfo
from antenne.ui.shell.window import MainWindow, Tools
from antenne.wording import problems, violations
from tests.ui.helpers import FakeDialogs
from tests.ui.shell_fakes import BACKUP, CASHBOOK, MEMBERS


def sentence(error: Exception) -> str:
    if isinstance(error, Problem):
        return problems.sentence(error)
    if isinstance(error, Forbidden):
        return violations.forbidden(error)
    assert isinstance(error, RulesBroken)
    return " ".join(map(violations.sentence, error.violations))


def make_window(desk: Desk, operations: Operations, dialogs: FakeDialogs, *, others: bool = False) -> MainWindow:
    """The window with the settings; ``others`` adds the made-up areas, for pictures."""
    clock = desk.clock
    assert isinstance(clock, FixedClock)
    tools = Tools(
        desk=desk,
        operations=operations,
        dialogs=dialogs,
        printing=Printing(operations, dialogs, sentence),
        clock=clock,
        memory=SittingMemory(),
        words=sentence,
    )
    info = ShellInfo(office_line="Mopti — Sévaré", user_line=desk.actor.name, foot="Exercice 2026", idle_minutes=0)
    areas = (MEMBERS, CASHBOOK, BACKUP, AREA) if others else (AREA,)
    return MainWindow(areas, tools, info)


def settings_of(window: MainWindow, page: str = "") -> SettingsScreen:
    window.open(Target("settings", action=page))
    screen = window.current_screen
    assert isinstance(screen, SettingsScreen)
    return screen
