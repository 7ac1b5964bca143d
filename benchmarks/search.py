"""From a key to its rows on the screen, in the real list of members: 1,300 persons and 50,000, growth between them.

Timed from the key's event to the end of the first painting that shows the rows of what was typed; the next key comes
once everything is quiet, as from a person who types, not from a machine.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable, Iterator

if "DISPLAY" not in os.environ and sys.platform.startswith("linux"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from antenne import app
from antenne.domain.board import Target
from antenne.services import members_reading
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.memory import SittingMemory
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.printing import Printing
from antenne.ui.members.list_panel import ListPanel
from benchmarks import big, common

QUERIES, WARM = 55, 40
_KEYS = {" ": Qt.Key.Key_Space, "\b": Qt.Key.Key_Backspace}


class _Nowhere:
    """A navigator that goes nowhere: only the list is measured."""

    def open(self, target: Target) -> None:
        """Stay."""

    def back(self) -> None:
        """Stay."""

    def home(self) -> None:
        """Stay."""


class Eye(QObject):
    """Tells when the rows of the last key are painted."""

    def __init__(self, panel: ListPanel) -> None:
        """Look at one list."""
        super().__init__(panel)
        self._arrived = False
        self.seen = 0.0
        self._empty = True
        self._panel = panel
        panel.model.total_changed.connect(self._rows_came)
        panel.list.viewport().installEventFilter(self)

    def begin(self) -> None:
        """A key is about to be pressed."""
        self._arrived, self.seen, self._empty = False, 0.0, self._panel.model.total == 0

    def _rows_came(self, total: int) -> None:
        self._arrived = True
        if total == 0 and self._empty:  # nothing before, nothing now: nothing is painted again
            self._painted()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list is being painted."""
        if self._arrived and not self.seen and event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._painted)  # after the painting and its way to the screen
        return super().eventFilter(watched, event)

    def _painted(self) -> None:
        if not self.seen:
            self.seen = time.perf_counter()


def typed_texts(desk: Desk) -> Iterator[str]:
    """What a secretary types: names whole and begun, two words, numbers, phones, slips, names of nobody."""
    rng = random.Random("ce qu’elle tape")
    rows = members_reading.rows(desk, rng.sample(desk.persons.all_ids(), QUERIES))
    for number, row in enumerate(rows):
        shapes = (
            f"{row.first_name} {row.last_name[:3]}",
            row.last_name,
            f"{row.last_name[:4]} {row.first_name}",
            row.first_name[:5],
            row.member_number or row.number,
            f"7{rng.randrange(10)} {rng.randrange(10, 99)} {rng.randrange(10, 99)}",
            f"{row.first_name[:3]}x\b{row.first_name[3:6]}",
            "zzq",
        )
        yield shapes[number % len(shapes)]


def keys(desk: Desk) -> Iterator[str]:
    """Every key, each text rubbed out again."""
    for text in typed_texts(desk):
        yield from text
        yield from "\b" * (len(text.replace("\b", "")) - text.count("\b"))


def wait(until: Callable[[], bool], seconds: float = 20) -> None:
    """Sleep in the event loop, as the program does: polling would take the interpreter from the lane."""
    limit = time.monotonic() + seconds
    while not until():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > limit:
            raise TimeoutError


def quiet(operations: Operations) -> None:
    """Everything has been answered and painted."""
    wait(operations.idle)
    rest = QEventLoop()
    QTimer.singleShot(15, rest.quit)
    rest.exec()
    wait(operations.idle)


def measure(desk: Desk) -> list[float]:
    """Milliseconds of each key."""
    operations = app.make_operations()
    dialogs = app.make_dialogs()
    context = Context(
        desk=desk,
        operations=operations,
        navigator=_Nowhere(),
        dialogs=dialogs,
        printing=Printing(operations, dialogs, app.words),
        clock=desk.clock,
        broadcast=lambda _changes: None,
        notify=lambda _text, _tone: None,
        memory=SittingMemory(),
    )
    panel = ListPanel(context)
    panel.resize(panel.width(), 652)
    panel.show()
    panel.activateWindow()
    panel.search.setFocus()
    eye, taken = Eye(panel), []
    panel.reload()
    quiet(operations)
    for char in keys(desk):
        taken.append(1000 * press(panel, eye, char))
        quiet(operations)
    panel.close()
    operations.shutdown(3)
    return taken[WARM:]


def press(panel: ListPanel, eye: Eye, char: str) -> float:
    """Seconds from one key to its rows."""
    key = _KEYS.get(char, Qt.Key.Key_unknown)
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "" if char == "\b" else char)
    before = panel.search.text()
    eye.begin()
    start = time.perf_counter()
    QApplication.sendEvent(panel.search, event)
    assert panel.search.text() != before
    wait(lambda: eye.seen > 0)
    return eye.seen - start


def run(desk: Desk, name: str) -> tuple[float, float]:
    taken = measure(desk)
    desk.close()
    middle, worst = common.median(taken), common.percentile(taken, 0.99)
    details = f"ms ; p50 {middle:.1f} ms, {len(taken)} touches, la plus lente {max(taken):.1f} ms"
    common.report(f"touche → lignes peintes, p99, {name} personnes", worst, "< 16 ms", details)
    return middle, worst


def main() -> None:
    application = app.make_application()
    application.setQuitOnLastWindowClosed(False)
    with common.scratch() as folder:
        few = run(common.open_as(common.demo_office(folder), "secretaire"), "1 300")
        many = run(big.open_desk(big.build(folder / "big")), "50 000")
    growth = [after / before for before, after in zip(few, many, strict=True)]
    details = f"p50 × {growth[0]:.2f}, p99 × {growth[1]:.2f}"
    common.report("touche → lignes peintes, de 1 300 à 50 000", max(growth), "< 3", details)


if __name__ == "__main__":
    main()
