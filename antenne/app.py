"""The only place that wires services and windows together.

What the first window does not need is imported inside the functions: the login must be there at once.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget

from antenne.base import paths
from antenne.base.clock import Clock, SystemClock

if TYPE_CHECKING:
    from antenne.db.slots import Unlocked
    from antenne.services.checks import Check
    from antenne.services.desk import Desk
    from antenne.services.envelopes import UsedCode
    from antenne.ui.first_run.replace_window import ReplaceWindow
    from antenne.ui.first_run.window import FirstRunWindow
    from antenne.ui.kit.area import Area
    from antenne.ui.kit.dialogs import Dialogs
    from antenne.ui.kit.operations import Operations
    from antenne.ui.shell.window import MainWindow

ROLE_WORDS = {
    "responsable": "Responsable",
    "secretaire": "Secrétaire",
    "caissiere": "Caissière",
    "ecoutante": "Écoutante",
    "lecture": "Lecture",
}


def areas(restart: Callable[[], None]) -> tuple[Area, ...]:
    """Every area, in the order of the side bar. To add one, name it here.

    Args:
        restart: Ends the sitting and starts a fresh program: a restored base, or new keys, take their place.
    """
    from antenne.base.media import SystemMedia
    from antenne.ui.backup.area import area as backup
    from antenne.ui.cards.area import AREA as CARDS
    from antenne.ui.cashbook.area import AREA as CASHBOOK
    from antenne.ui.civil.area import AREA as CIVIL
    from antenne.ui.imports.area import AREA as IMPORTS
    from antenne.ui.listening.area import AREA as LISTENING
    from antenne.ui.members.area import AREA as MEMBERS
    from antenne.ui.settings.area import AREA as SETTINGS

    return (MEMBERS, LISTENING, CARDS, CIVIL, CASHBOOK, IMPORTS, backup(SystemMedia(), restart), SETTINGS)


def checks() -> tuple[Check, ...]:
    """What ``controler`` asks of each area, besides the general checks."""
    return tuple(check for area in areas(_nothing) for check in area.checks)


def _nothing() -> None:
    """No window, nothing to restart."""


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
    from antenne.ui.kit.collector import Collector
    from antenne.ui.kit.theme import apply_theme

    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("Antenne")
    application.setWindowIcon(QIcon(str(paths.resource("icons/antenne.ico"))))
    apply_theme(application)
    if existing is None:
        Collector(application)
    return application


def open_desk(folder: Path, unlocked: Unlocked, clock: Clock) -> Desk:
    """Open the office, with a verified copy before any migration.

    What stands then stays to the end: the collector need not look through everybody again while she types (50 ms
    for 50,000 persons).
    """
    from antenne.services import opening
    from antenne.services.backup import back_up_before_migration

    desk = opening.open_desk(folder, unlocked, clock, back_up_before_migration(folder, unlocked))
    gc.freeze()
    return desk


def make_operations() -> Operations:
    """The two lanes; until a window takes over, what goes wrong is raised on the GUI thread."""
    from antenne.ui.kit.operations import LONG, SHORT, Lane, Operations

    return Operations(Lane(SHORT), Lane(LONG), _raise, _raise)


def _raise(error: BaseException) -> None:
    raise error


def make_dialogs() -> Dialogs:
    """The system's own dialogs."""
    from antenne.ui.kit.dialogs import QtDialogs

    return QtDialogs()


def make_window(
    desk: Desk, operations: Operations, clock: Clock, restart: Callable[[], None], dialogs: Dialogs
) -> MainWindow:
    """The main window of an opened office."""
    from antenne.ui.kit.printing import Printing
    from antenne.ui.shell.frame import ShellInfo
    from antenne.ui.shell.habits import DeskMemory
    from antenne.ui.shell.window import MainWindow, Tools

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
    return MainWindow(areas(restart), tools, info)


def run(folder: Path | None) -> int:
    """Open the program on a data folder and stay until it is closed.

    Returns:
        The exit status: 0, or 1 when the folder is already open elsewhere.
    """
    from antenne.ui.shell.program import Program

    place = folder if folder is not None else paths.default_data_dir()
    application = make_application()
    makers = Makers()
    return Program(application, place, SystemClock(), makers).run()


class Makers:
    """How the program's parts are made: handed to the shell, which imports neither areas nor services of its own."""

    def __init__(self, dialogs: Callable[[], Dialogs] = make_dialogs) -> None:
        """Take what asks for files and printers."""
        self._dialogs = dialogs

    def operations(self) -> Operations:
        """The two lanes."""
        return make_operations()

    def desk(self, folder: Path, unlocked: Unlocked, clock: Clock) -> Desk:
        """An opened office."""
        return open_desk(folder, unlocked, clock)

    def window(self, desk: Desk, operations: Operations, clock: Clock, restart: Callable[[], None]) -> MainWindow:
        """Its main window."""
        return make_window(desk, operations, clock, restart, self._dialogs())

    def words(self, error: Exception) -> str:
        """The sentence of what went wrong."""
        return words(error)

    def restore_panel(self, folder: Path, operations: Operations, clock: Clock) -> QWidget:
        """The panel that brings a backup into an empty folder."""
        from antenne.base.media import SystemMedia
        from antenne.ui.backup.restore_panel import RestorePanel, RestoreTools

        tools = RestoreTools(
            operations=operations, dialogs=self._dialogs(), clock=clock, media=SystemMedia(), folder=folder
        )
        return RestorePanel(tools)

    def first_run(
        self, folder: Path, operations: Operations, clock: Clock, opened: Callable[[Unlocked], None]
    ) -> FirstRunWindow:
        """The wizard of a new office."""
        from antenne.ui.first_run.window import FirstRunWindow
        from antenne.ui.kit.printing import Printing

        dialogs = self._dialogs()
        printing = Printing(operations, dialogs, words, operations)
        return FirstRunWindow(folder, clock, operations, dialogs, printing, opened, can_restore=True)

    def replace_code(
        self, desk: Desk, used: UsedCode, operations: Operations, replaced: Callable[[], None]
    ) -> ReplaceWindow:
        """The page that replaces a recovery code which has just been used."""
        from antenne.ui.first_run.replace_window import ReplaceWindow
        from antenne.ui.kit.dialogs import QtDialogs
        from antenne.ui.kit.printing import Printing

        printing = Printing(operations, QtDialogs(), words, operations)
        return ReplaceWindow(desk, used, operations, printing, replaced=replaced)


def capture(folder: Path, target: Path, only: str | None, clock: Clock | None = None) -> tuple[Path, ...]:
    """Draw every screen and printed document of a demonstration office into a folder, as of now or of ``clock``."""
    from antenne.ui.shell.capture_all import capture_all

    target.mkdir(parents=True, exist_ok=True)
    make_application()
    return capture_all(folder, target, only, Makers(), areas(_nothing), clock)
