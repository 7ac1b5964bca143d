"""The only place that wires services and windows together.

What the first window does not need is imported inside the functions: the login must be there at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from antenne.base import paths
from antenne.base.clock import Clock, SystemClock

if TYPE_CHECKING:
    from antenne.db.slots import Unlocked
    from antenne.services.checks import Check
    from antenne.services.desk import Desk
    from antenne.ui.kit.area import Area
    from antenne.ui.kit.operations import Operations
    from antenne.ui.shell.login import LoginWindow
    from antenne.ui.shell.window import MainWindow

ROLE_WORDS = {
    "responsable": "Responsable",
    "secretaire": "Secrétaire",
    "caissiere": "Caissière",
    "ecoutante": "Écoutante",
    "lecture": "Lecture",
}


def areas() -> tuple[Area, ...]:
    """Every area, in the order of the side bar. To add one, name it here."""
    from antenne.ui.backup.area import AREA as BACKUP
    from antenne.ui.cards.area import AREA as CARDS
    from antenne.ui.imports.area import AREA as IMPORTS
    from antenne.ui.members.area import AREA as MEMBERS
    from antenne.ui.settings.area import AREA as SETTINGS

    return (MEMBERS, CARDS, IMPORTS, BACKUP, SETTINGS)


def checks() -> tuple[Check, ...]:
    """What ``controler`` asks of each area, besides the general checks."""
    return tuple(check for area in areas() for check in area.checks)


def words(error: Exception) -> str:
    """The French sentence of a problem, a refusal or broken rules."""
    from antenne.base.problems import Problem
    from antenne.domain.violations import Forbidden, RulesBroken
    from antenne.wording import problems, violations

    if isinstance(error, Problem):
        return problems.sentence(error)
    if isinstance(error, Forbidden):
        return violations.forbidden(error)
    if isinstance(error, RulesBroken):
        return " ".join(violations.sentence(violation) for violation in error.violations)
    raise TypeError(type(error).__name__)


def make_application() -> QApplication:
    """The dressed application, made once."""
    from antenne.ui.kit.theme import apply_theme

    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Antenne")
    apply_theme(application)
    return application


def open_desk(folder: Path, unlocked: Unlocked, clock: Clock) -> Desk:
    """Open the office, with a verified copy before any migration."""
    from antenne.services import opening
    from antenne.services.backup import back_up_before_migration

    return opening.open_desk(folder, unlocked, clock, back_up_before_migration(folder, unlocked))


def make_window(desk: Desk, operations: Operations, clock: Clock) -> MainWindow:
    """The main window of an opened office."""
    from antenne.ui.kit.dialogs import QtDialogs
    from antenne.ui.kit.printing import Printing
    from antenne.ui.shell.habits import DeskMemory
    from antenne.ui.shell.window import MainWindow, ShellInfo, Tools

    dialogs = QtDialogs()
    tools = Tools(
        desk=desk,
        operations=operations,
        dialogs=dialogs,
        printing=Printing(operations, dialogs, words, operations),
        clock=clock,
        memory=DeskMemory(desk, operations, operations),
        words=words,
    )
    roles = [word for code, word in ROLE_WORDS.items() if any(role.value == code for role in desk.actor.roles)]
    info = ShellInfo(
        office_line=desk.office.town,
        user_line=" · ".join(part for part in (desk.actor.name, ", ".join(roles)) if part),
        foot=f"Exercice {clock.today().year}",
        demo=desk.office.demo,
        idle_minutes=desk.settings.count("lock.minutes", clock.today()),
    )
    return MainWindow(areas(), tools, info)
