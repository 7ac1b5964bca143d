"""The life of one sitting: lock of the folder, login or first run, the window, the lock, the end."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from antenne import __version__
from antenne.base import reports
from antenne.base.clock import Clock
from antenne.base.paths import resource
from antenne.base.problems import Problem
from antenne.ui.shell.login import LoginWindow, has_office
from antenne.ui.shell.prelude import HEAVY
from antenne.ui.shell.takeover import WAIT_SECONDS, OfficeLock, Takeover, start, taking_over

if TYPE_CHECKING:
    from antenne.services.access import Unlocked
    from antenne.services.desk import Desk
    from antenne.services.envelopes import UsedCode
    from antenne.ui.first_run.replace_window import ReplaceWindow
    from antenne.ui.first_run.window import FirstRunWindow
    from antenne.ui.kit.operations import Operations
    from antenne.ui.shell.window import MainWindow

_AREAS = (
    "antenne.ui.shell.window",
    "antenne.ui.members.area",
    "antenne.ui.cards.area",
    "antenne.ui.backup.area",
    "antenne.ui.imports.area",
    "antenne.ui.settings.area",
)
_OPENED = tuple[Any, Any]


class PartMakers(Protocol):
    """What ``app.py`` hands in."""

    def operations(self) -> Operations:
        """The two lanes."""
        ...

    def desk(self, folder: Path, unlocked: Unlocked, clock: Clock) -> Desk:
        """An opened office."""
        ...

    def window(self, desk: Desk, operations: Operations, clock: Clock, restart: Callable[[], None]) -> MainWindow:
        """Its main window."""
        ...

    def words(self, error: Exception) -> str:
        """The sentence of what went wrong."""
        ...

    def restore_panel(self, folder: Path, operations: Operations, clock: Clock) -> QWidget:
        """The panel that brings a backup into an empty folder."""
        ...

    def first_run(
        self, folder: Path, operations: Operations, clock: Clock, opened: Callable[[Unlocked], None]
    ) -> FirstRunWindow:
        """The wizard of a new office."""
        ...

    def replace_code(
        self, desk: Desk, used: UsedCode, operations: Operations, replaced: Callable[[], None]
    ) -> ReplaceWindow:
        """The page that replaces a recovery code which has just been used."""
        ...


class Program(QObject):
    """One start of the program on one data folder."""

    def __init__(self, application: QApplication, folder: Path, clock: Clock, makers: PartMakers) -> None:
        """Prepare; nothing is shown yet."""
        super().__init__()
        self._application = application
        self._folder = folder
        self._clock = clock
        self._makers = makers
        self._lock = OfficeLock(folder)
        self._mode = taking_over()
        self._operations: Operations | None = None
        self._desk: Desk | None = None
        self._unlocked: Unlocked | None = None
        self._shown: QWidget | None = None
        self._help: QWidget | None = None

    def run(self) -> int:
        """Stay until the last window is closed."""
        try:
            self._lock.acquire(WAIT_SECONDS if self._mode is not None else 0)
        except Problem as problem:
            QMessageBox.warning(None, "Antenne", self._makers.words(problem))
            return 1
        sys.excepthook = self._uncaught
        try:
            self.begin()
            return int(self._application.exec())
        finally:
            self._end()

    def begin(self) -> None:
        """The first window: the wizard where there is nothing yet, else the login."""
        if has_office(self._folder):
            self._show_login()
        else:
            self._show_first_run()

    @property
    def shown(self) -> QWidget | None:
        """The window in sight."""
        return self._shown

    # --- Login ---------------------------------------------------------------------------------------------------

    def _show_login(self) -> None:
        hidden = self._mode is Takeover.HIDDEN
        self._mode = None
        window = LoginWindow(
            self._folder,
            self._enter,
            self._opened,
            can_restore=True,
            neutral_on=self._clock.today() if hidden else None,
            modules=(*HEAVY, *_AREAS),
            on_bug=self._bug,
        )
        window.restore_asked.connect(self._show_restore)
        window.closed.connect(self._application.quit)
        self._replace(window)

    def _enter(self, phrase: str, label: str | None) -> _OPENED:
        """In a worker thread: open the keys, then the office."""
        from antenne.services import access

        unlocked = access.unlock(self._folder, phrase, label)
        return unlocked, self._makers.desk(self._folder, unlocked, self._clock)

    def _opened(self, opened: _OPENED) -> None:
        self._unlocked, self._desk = opened
        self._operations = self._operations or self._makers.operations()
        self._replace_used_code()

    def _replace_used_code(self) -> None:
        """A recovery code that opened the office is worn out: a new one is copied first (storage: Key slots)."""
        from antenne.services import envelopes

        assert self._desk is not None
        assert self._operations is not None
        assert self._unlocked is not None
        used = envelopes.used_code(self._desk, self._unlocked.slot_id)
        if used is None:
            self._ask_day()
            return
        window = self._makers.replace_code(self._desk, used, self._operations, self._ask_day)
        window.closed.connect(self._application.quit)
        self._replace(window)

    def _ask_day(self) -> None:
        """A doubtful clock is confirmed by typing the day."""
        from antenne.services import clock_guard

        assert self._desk is not None
        assert self._operations is not None
        doubt = clock_guard.look_at_clock(self._desk)
        if doubt is None:
            self._ask_own_phrase()
            return
        from antenne.ui.shell.clock_page import ClockPage

        page = ClockPage(self._desk, self._operations, doubt, self._application.quit)
        page.confirmed.connect(self._ask_own_phrase)
        self._replace(page)

    def _ask_own_phrase(self) -> None:
        """A phrase that was given on paper is changed before anything else."""
        from antenne.services import users
        from antenne.ui.shell.phrase_page import PhrasePage

        assert self._desk is not None
        assert self._operations is not None
        if self._unlocked is None or not users.must_change_phrase(self._desk, self._unlocked.slot_id):
            self._show_window()
            return
        page = PhrasePage(self._desk, self._operations, self._unlocked.slot_id, self._application.quit)
        page.changed.connect(self._show_window)
        self._replace(page)

    # --- First run, restoring ------------------------------------------------------------------------------------

    def _show_first_run(self) -> None:
        self._operations = self._operations or self._makers.operations()
        window = self._makers.first_run(self._folder, self._operations, self._clock, self._founded)
        window.restore_asked.connect(self._show_restore)
        window.closed.connect(self._application.quit)
        window.help_asked.connect(self._show_help)
        self._replace(window)

    def _show_help(self, key: str) -> None:
        """F1 in the wizard: its help beside it, away again with Échap or F1."""
        from antenne.ui.shell.login_parts import help_page

        if self._shown is None:
            return
        if self._help is not None:
            self._close_help()
            return
        self._help = help_page(resource(f"help/{key}.md").read_text(encoding="utf-8"), self._close_help, self._shown)
        width = self._help.width()
        self._help.setGeometry(self._shown.width() - width, 0, width, self._shown.height())
        self._help.show()
        self._help.raise_()

    def _close_help(self) -> None:
        if self._help is not None:
            self._help.hide()
            self._help.deleteLater()
            self._help = None

    def _founded(self, unlocked: Unlocked) -> None:
        self._opened((unlocked, self._makers.desk(self._folder, unlocked, self._clock)))

    def _show_restore(self) -> None:
        from antenne.ui.shell.restore_window import RestoreWindow

        self._operations = self._operations or self._makers.operations()
        panel = self._makers.restore_panel(self._folder, self._operations, self._clock)
        window = RestoreWindow(panel)
        window.finished.connect(self.begin)
        window.cancelled.connect(self.begin)
        self._replace(window)

    # --- The window ----------------------------------------------------------------------------------------------

    def _show_window(self) -> None:
        assert self._desk is not None
        assert self._operations is not None
        window = self._makers.window(self._desk, self._operations, self._clock, self._restart)
        window.lock_requested.connect(self._lock_now)
        window.closing.connect(self._application.quit)
        self._operations.report_to(window.show_problem, self._bug)
        self._replace(window)
        from antenne.ui.shell.session_watch import SessionWatch

        SessionWatch(window).left.connect(window.lock)

    def _restart(self) -> None:
        self._lock_now(hide=False)

    def _lock_now(self, hide: bool) -> None:
        """The screen is covered already: a fresh process takes over and this one ends."""
        assert self._desk is not None
        assert self._operations is not None
        if self._desk.sealed.compartment is not None:
            from antenne.services.sealed_counting import rewrite_counts
            from antenne.ui.kit.operations import SHORT

            self._operations.run(SHORT, rewrite_counts, self._desk, owner=self, done=_leave_it, problem=_leave_it)
        start(self._folder, hidden=hide, lock=self._lock, idle=self._operations.idle, close=self._desk.close)

    # --- The end and the unexpected -------------------------------------------------------------------------------

    def _replace(self, window: QWidget) -> None:
        before, self._shown = self._shown, window
        window.showMaximized()
        if before is not None:
            before.blockSignals(True)
            before.close()
            before.deleteLater()

    def _bug(self, error: BaseException) -> None:
        """Write the report, then say so where she looks."""
        reports.write(error, self._folder, __version__, self._clock.now())
        show = getattr(self._shown, "show_bug", None)
        if show is not None:
            show(error)

    def _uncaught(self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if issubclass(kind, Problem) and isinstance(error, Problem):
            show = getattr(self._shown, "show_problem", None)
            if show is not None:
                show(error)
                return
        self._bug(error)

    def _end(self) -> None:
        ended = self._operations is None or self._operations.shutdown(3)
        if self._desk is not None:
            if ended and self._desk.sealed.compartment is not None:
                from antenne.services.sealed_counting import rewrite_counts

                with contextlib.suppress(Problem):  # the counts stay those of the time before, and say their day
                    rewrite_counts(self._desk)
            self._desk.close()
        self._lock.release()


def _leave_it(_: object) -> None:
    """Counted or not: the screen is covered and this process ends."""
