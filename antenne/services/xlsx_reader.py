"""Reads an .xlsx file in a process of its own, which can be killed and cannot eat the computer.

A stranger's file is parsed by somebody else: the child inflates and parses under a memory limit and sends plain values
through a pipe; the parent counts the seconds. What the child says is JSON, never pickle.
"""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from antenne.base.problems import Problem
from antenne.base.progress import Progress
from antenne.domain.workbooks import CellValue, Merged, SheetName, SheetRow, Workbook
from antenne.services import xlsx_child
from antenne.services.xlsx_child import Limits

READ_STEP = "import.read"
"""Step of the progress, in bytes of the sheet."""

_POLL = 0.1
"""Seconds between two looks at the clock and at the stop button."""


def read_sheet(path: Path, progress: Progress, sheet: str | None = None, limits: Limits | None = None) -> Workbook:
    """Read one sheet of an .xlsx file.

    Args:
        path: The file.
        progress: Told how far the reading is; its stop kills the child.
        sheet: Name of the sheet; None takes the first visible one that is not empty.
        limits: What the file may weigh.

    Raises:
        Problem: ``import.…``: not a spreadsheet, encrypted, with macros, damaged, too heavy, too slow, died.
        Stopped: The user asked to stop.
    """
    allowed = limits or Limits()
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=xlsx_child.main, args=(sender, str(path), sheet, allowed), daemon=True)
    child.start()
    sender.close()
    try:
        return _gather(path, receiver, progress, allowed)
    finally:
        child.kill()
        child.join()
        child.close()
        receiver.close()


class _Gatherer:
    """Puts the child's messages together."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: list[SheetRow] = []
        self._sheets: tuple[SheetName, ...] = ()
        self._sheet = ""
        self._digest = ""
        self.done: Workbook | None = None

    def take(self, message: list[Any], progress: Progress) -> None:
        """One message of the child."""
        kind, *parts = message
        if kind == "refused":
            raise Problem(parts[0], name=self._path.name, **parts[1])
        if kind == "sheets":
            self._digest, self._sheet = parts[0], parts[2]
            self._sheets = tuple(SheetName(name, bool(hidden)) for name, hidden in parts[1])
        elif kind == "rows":
            self._rows += [SheetRow(line, tuple(_value(cell) for cell in cells)) for line, cells in parts[0]]
            progress.report(READ_STEP, parts[1], parts[2])
        elif kind == "again":
            self._rows.clear()
            self._sheet = parts[0]
        elif kind == "end":
            self.done = Workbook(
                file_name=self._path.name,
                digest=self._digest,
                sheets=self._sheets,
                sheet=self._sheet,
                rows=tuple(self._rows),
                width=max((len(row.cells) for row in self._rows), default=0),
                formulas=frozenset((line, column) for line, column in parts[0]),
                merged=tuple(Merged(*corners) for corners in parts[1]),
            )


def _gather(path: Path, receiver: Connection, progress: Progress, limits: Limits) -> Workbook:
    gatherer = _Gatherer(path)
    for message in _messages(path, receiver, progress, limits):
        gatherer.take(message, progress)
        if gatherer.done is not None:
            return gatherer.done
    raise Problem("import.reader_died", name=path.name)


def _messages(path: Path, receiver: Connection, progress: Progress, limits: Limits) -> Iterator[list[Any]]:
    """What the child sends, until it ends; watches the clock and the stop meanwhile."""
    end = time.monotonic() + limits.seconds
    while True:
        progress.check()
        if time.monotonic() > end:
            raise Problem("import.too_slow", name=path.name, seconds=round(limits.seconds))
        try:
            sent = receiver.recv_bytes() if receiver.poll(_POLL) else None
        except (EOFError, OSError):  # it ended, or was killed in the middle of a message
            return
        if sent is not None:
            yield json.loads(sent)


def _value(sent: object) -> CellValue:
    """A value as the child sent it: dates come as ``{"d": …}`` or ``{"t": …}``."""
    if isinstance(sent, dict):
        kind, text = next(iter(sent.items()))
        return dt.date.fromisoformat(text) if kind == "d" else dt.datetime.fromisoformat(text)
    return sent if isinstance(sent, str | int | float | bool) else None
