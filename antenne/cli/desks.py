"""Opening an office from the command line: the folder, the phrase, the progress on stderr."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from antenne.base import paths
from antenne.base.clock import SystemClock
from antenne.base.problems import Problem
from antenne.services import access
from antenne.services.desk import Desk


class Terminal:
    """Progress as one line on stderr, rewritten in place; silent when stderr is not a terminal."""

    def __init__(self) -> None:
        """Remember whether anybody watches."""
        self._watched = sys.stderr.isatty()
        self._last = ""

    def report(self, step: str, done: int, total: int) -> None:
        """Rewrite the line."""
        from antenne.wording import steps

        line = f"{steps.title(step)} {100 * done // max(total, 1)}\u00a0%"
        if self._watched and line != self._last:
            sys.stderr.write(f"\r\x1b[K{line}")
            self._last = line

    def check(self) -> None:
        """Stopping is Ctrl+C, which raises by itself."""

    def close(self) -> None:
        """Clear the line."""
        if self._watched and self._last:
            sys.stderr.write("\r\x1b[K")


def folder_of(options: Namespace) -> Path:
    """The data folder named, or this account's own."""
    return options.dossier if options.dossier is not None else paths.default_data_dir()


def phrase_of(options: Namespace) -> str:
    """The first line of the phrase file, or what is typed without echo.

    Raises:
        Problem: ``cli.phrase_file``.
    """
    if options.phrase_fichier is None:
        return getpass.getpass("Phrase secrète\u00a0: ", stream=sys.stderr)
    try:
        with options.phrase_fichier.open(encoding="utf-8") as file:
            first: str = file.read(4096).split("\n", 1)[0].strip("\r")
            return first
    except (OSError, UnicodeDecodeError) as error:
        raise Problem("cli.phrase_file", path=str(options.phrase_fichier)) from error


@contextmanager
def opened(options: Namespace) -> Iterator[Desk]:
    """The desk of the user whose phrase it is; closed at the end."""
    from antenne.services import opening
    from antenne.services.backup import back_up_before_migration

    folder = folder_of(options)
    access.check_folder(folder)
    unlocked = access.unlock(folder, phrase_of(options), options.etiquette)
    desk = opening.open_desk(folder, unlocked, SystemClock(), back_up_before_migration(folder, unlocked))
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def alone(options: Namespace) -> Iterator[None]:
    """While a command writes many things, no window works on the folder: it would not see them.

    Raises:
        Problem: ``office.in_use``.
    """
    from antenne.ui.shell.takeover import OfficeLock

    lock = OfficeLock(folder_of(options))
    lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def watched() -> Iterator[Terminal]:
    """A progress line, cleared at the end."""
    terminal = Terminal()
    try:
        yield terminal
    finally:
        terminal.close()
