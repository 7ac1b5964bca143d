"""One program per data folder, and the lock: a fresh process takes over, this one ends (storage: Locking).

Python cannot wipe its memory, so keys and names leave it only with the process. The lock file passes from one to the
other: the old process lets it go, the new one waits for it.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QEventLoop, QLockFile, QThread

from antenne.base.problems import Problem

LOCK_FILE: Final = "antenne.verrou"
VARIABLE: Final = "ANTENNE_REPRISE"
HANDOVER_SECONDS: Final = 0.9
"""From the covering of the screen to the end of this process, at most."""

SETTLE_SECONDS: Final = 0.4
"""What drafts may take of it."""

WAIT_SECONDS: Final = 5.0
"""How long the fresh process waits for the old one to let go."""

_STEP_MS: Final = 10
_DETACHED: Final = 0x00000008 | 0x00000200
"""Windows: no console, a process group of its own."""


class Takeover(Enum):
    """How a process begins that takes over: behind the neutral page, or at the login."""

    HIDDEN = "masque"
    LOCKED = "verrou"


def taking_over() -> Takeover | None:
    """Whether this process takes over from another; asked once, at the start."""
    said = os.environ.pop(VARIABLE, "")
    return Takeover(said) if said in {one.value for one in Takeover} else None


class OfficeLock:
    """The lock of one data folder. A killed process leaves one behind that the next start recognises as stale."""

    def __init__(self, folder: Path) -> None:
        """Name the lock; nothing is touched yet."""
        self._folder = folder
        self._made = False
        self._file = QLockFile(str(folder / LOCK_FILE))
        self._file.setStaleLockTime(0)  # never by its age: only when its process is gone

    def acquire(self, seconds: float = 0.0) -> None:
        """Take the lock, waiting for another process to let go.

        A folder where nothing can be written takes no lock: what is wrong with it, the folder's own check says.

        Raises:
            Problem: ``office.in_use``.
        """
        if not self._folder.exists():
            with contextlib.suppress(OSError):
                self._folder.mkdir(parents=True)
                self._made = True
        taken = self._file.tryLock(round(seconds * 1000))
        if not taken and self._file.error() is QLockFile.LockError.LockFailedError:
            raise Problem("office.in_use")

    def release(self) -> None:
        """Let go; a folder made for the lock alone goes with it."""
        self._file.unlock()
        if self._made:
            with contextlib.suppress(OSError):
                self._folder.rmdir()

    def held(self) -> bool:
        """Whether this process has it."""
        return self._file.isLocked()

    def holder(self) -> int | None:
        """The process that has it, or None."""
        found = self._file.getLockInfo()
        return int(found[0]) if isinstance(found, tuple) and found[0] else None


def command(folder: Path) -> tuple[str, ...]:
    """What starts the program on this folder, from a checkout as from the Windows build."""
    program = (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "antenne")
    return (*program, "--dossier", str(folder.absolute()))


def start(
    folder: Path,
    *,
    hidden: bool,
    lock: OfficeLock,
    idle: Callable[[], bool],
    close: Callable[[], object],
    program: Sequence[str] | None = None,
    leave: Callable[[int], object] = os._exit,
) -> None:
    """Hand over to a fresh process and end; called on the GUI thread, the screen being covered already.

    Args:
        folder: The data folder.
        hidden: The fresh process stands behind the neutral page; else it shows the login.
        lock: Held by this process.
        idle: Whether the drafts are written and nothing else runs (``Operations.idle``).
        close: Closes the engine (``Desk.close``).
        program: What to start; :func:`command` by default.
        leave: Ends the process at once, without running anything more.
    """
    limit = time.monotonic() + HANDOVER_SECONDS
    mode = Takeover.HIDDEN if hidden else Takeover.LOCKED
    with contextlib.suppress(OSError):  # nothing starts: this one ends all the same, and is started by hand
        _spawn(program or command(folder), {**os.environ, VARIABLE: mode.value})
    try:
        _until(idle, limit - HANDOVER_SECONDS + SETTLE_SECONDS)
        close()
        lock.release()
        _until(lambda: lock.holder() not in (None, os.getpid()), limit)
    finally:
        leave(0)


def _spawn(program: Sequence[str], environment: Mapping[str, str]) -> None:
    """Start the program on its own: it outlives this one and shares none of its handles."""
    root = None if getattr(sys, "frozen", False) else Path(__file__).resolve().parents[3]
    subprocess.Popen(  # noqa: S603 - this program itself
        list(program),
        env=dict(environment),
        cwd=root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        close_fds=True,
        creationflags=_DETACHED if sys.platform == "win32" else 0,
        start_new_session=sys.platform != "win32",
    )


def _until(done: Callable[[], bool], limit: float) -> None:
    """Let the lanes hand over their results, without taking a key or a click, until ``done`` or the time is up."""
    while not done() and time.monotonic() < limit:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, _STEP_MS)
        QThread.msleep(_STEP_MS)
