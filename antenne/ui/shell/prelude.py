"""What goes on behind the login window: the folder is looked at, and the heavy modules come in while she types.

Nothing heavy is imported here at the top: the window must be there first (architecture: Start).
"""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from antenne.base.problems import Problem

if TYPE_CHECKING:
    from antenne.services.access import Door
    from antenne.services.demo_accounts import DemoUser

HEAVY: Final = (
    "sqlalchemy",
    "sqlalchemy.orm",
    "sqlalchemy.dialects.sqlite",
    "antenne.db.unit_of_work",
    "antenne.services.opening",
)
"""What every desk needs; ``app`` adds its areas."""

_BREATH: Final = 0.01
"""Seconds between two modules, so that the screen comes first."""

_TURN: Final = 0.001
"""Seconds after which the importing thread hands over to the screen; Python's own 5 ms would be felt."""


def read_folder(folder: Path) -> tuple[Door, tuple[DemoUser, ...]]:
    """The door of the office and, for a demonstration, its users.

    Raises:
        Problem: The folder cannot be worked in; the key file is missing, damaged or newer.
    """
    from antenne.services import access, backup_start, demo_accounts

    backup_start.prepare_folder(folder)
    access.check_folder(folder)
    return access.read_door(folder), demo_accounts.read_accounts(folder)


class Prelude(QObject):
    """Works in its own thread; what it finds arrives on the GUI thread."""

    ready = Signal(object)
    """What the reading gave."""
    refused = Signal(object)
    """A :class:`Problem`, or any other exception."""
    warmed = Signal()
    _sent = Signal(object, object)

    def __init__(
        self, reading: Callable[[], Any], modules: Sequence[str] = HEAVY, parent: QObject | None = None
    ) -> None:
        """Take what is read first, and the modules that come after it; :meth:`start` begins."""
        super().__init__(parent)
        self._reading = reading
        self._modules = tuple(modules)
        self._ended = threading.Event()
        self._usual = sys.getswitchinterval()
        self._sent.connect(self._receive)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop)

    def start(self) -> None:
        """Begin; called once the window is painted.

        No daemon: Python would kill it in the middle of an import as the program ends, and abort.
        """
        threading.Thread(target=self._work, name="prelude").start()

    def stop(self) -> None:
        """Import nothing more: she has opened, or left."""
        self._ended.set()

    def _work(self) -> None:
        try:
            found = self._reading()
        except BaseException as error:  # noqa: BLE001 - handed to the window, which sorts it
            self._say("refused", error)
            return
        self._say("ready", found)
        sys.setswitchinterval(_TURN)
        try:
            for name in self._modules:
                if self._ended.wait(_BREATH):
                    return
                importlib.import_module(name)
        finally:
            sys.setswitchinterval(self._usual)
        self._say("warmed", None)

    def _say(self, what: str, value: object) -> None:
        try:
            self._sent.emit(what, value)
        except RuntimeError:  # the window is gone, and this object with it
            self._ended.set()

    @Slot(object, object)
    def _receive(self, what: str, value: object) -> None:
        if what == "ready":
            self.ready.emit(value)
        elif what == "refused":
            self.refused.emit(value)
        else:
            self.warmed.emit()


class Once(QObject):
    """One piece of work at a time, in a thread of its own: deriving a phrase takes the better part of a second."""

    succeeded = Signal(object)
    failed = Signal(object)
    _sent = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin idle."""
        super().__init__(parent)
        self._running = False
        self._sent.connect(self._receive)

    @property
    def running(self) -> bool:
        """Whether work is under way."""
        return self._running

    def begin(self, work: Callable[[], object]) -> None:
        """Do ``work`` elsewhere; nothing happens while another is under way."""
        if not self._running:
            self._running = True
            threading.Thread(target=self._work, args=(work,), name="once").start()

    def _work(self, work: Callable[[], object]) -> None:
        value, error = None, None
        try:
            value = work()
        except BaseException as met:  # noqa: BLE001 - handed to the window, which sorts it
            error = met
        try:
            self._sent.emit(value, error)
        except RuntimeError:  # the window is gone
            return

    @Slot(object, object)
    def _receive(self, value: object, error: object) -> None:
        self._running = False
        if error is None:
            self.succeeded.emit(value)
        else:
            self.failed.emit(error)


def is_wrong_phrase(error: object) -> bool:
    """Whether the try failed because the phrase is not the right one: only that makes the next try wait."""
    return isinstance(error, Problem) and error.code == "keys.wrong_passphrase"
