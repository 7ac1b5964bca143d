"""One sitting at the caisse: the real window on an office, by keyboard alone; also as a process that will be killed."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from antenne.app import Makers, make_application
from antenne.base.clock import FixedClock
from antenne.db.slots import Unlocked
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import closing_flow
from antenne.domain.cashbook import DENOMINATIONS
from antenne.services import cash_days, day_reading, opening
from antenne.services.desk import Desk
from antenne.ui.cashbook.screen import CashbookScreen
from antenne.ui.kit.operations import LONG, SHORT, Lane, Operations
from antenne.ui.kit.preview import PreviewDialog
from antenne.ui.shell.window import MainWindow
from tests.e2e.keyboard import Keyboard, Waiting
from tests.ui.helpers import FakeDialogs, press, type_text

ENTER = Qt.Key.Key_Return


class Sitting:
    """Her office on one morning, before the window that the program makes."""

    def __init__(self, desk: Desk, window: MainWindow, keyboard: Keyboard, dialogs: FakeDialogs) -> None:
        """Sit down."""
        self.desk, self.window, self.keyboard, self.dialogs = desk, window, keyboard, dialogs

    @property
    def expected(self) -> int:
        """What must lie in the caisse."""
        return cash_days.cash_state(self.desk).cash.balance

    def go(self, tab: str) -> CashbookScreen:
        """F10, then Ctrl+Page suivante as far as a tab."""
        self.keyboard.keys("F10")
        screen = self.window.current_screen
        assert isinstance(screen, CashbookScreen)
        while screen.tabs.tabText(screen.tabs.currentIndex()) != tab:
            self.keyboard.keys("Ctrl+PgDown")
        return screen

    def open_caisse(self, found: str = "") -> None:
        """What is found: proposed from the last closing, or typed."""
        self.go("Journée")
        self.keyboard.tab_to("Trouvé dans la caisse")
        if found:
            self.keyboard.keys("Ctrl+A")
            self.keyboard.type(found)
        self.keyboard.key(ENTER)
        if not cash_days.cash_state(self.desk).cash.is_open:  # the first day differs from nothing: no reason is asked
            self.keyboard.key(ENTER)
        assert cash_days.cash_state(self.desk).cash.is_open

    def collect(self, name: str) -> None:
        """What is ticked for a woman, saved and printed."""
        self.go("Encaisser")
        self.keyboard.tab_to("Pour qui")
        self.keyboard.type(name)
        self.keyboard.key(ENTER)
        self.keyboard.keys("Ctrl+S")
        self._print()

    def spend(self, amount: str) -> None:
        """A voucher, saved and printed."""
        self.go("Dépenses")
        self.keyboard.keys("Ctrl+N")
        for question, answer in (
            ("Ou autre bénéficiaire", "Quincaillerie Traoré"),
            ("Objet", "Papier et stylos"),
            ("Somme", amount),
            ("Compte", "6055"),
            ("Pièce justificative", "fact"),
        ):
            self.keyboard.tab_to(question)
            self.keyboard.type(answer)
        self.keyboard.tab_to("N°, date")
        self.keyboard.type("n° 112")
        self.keyboard.keys("Ctrl+S")
        self._print()

    def _print(self) -> None:
        """The preview is up: Ctrl+P, and Échap where it stays."""
        assert isinstance(QApplication.activeWindow(), PreviewDialog)
        self.keyboard.keys("Ctrl+P")
        while isinstance(QApplication.activeWindow(), PreviewDialog):
            self.keyboard.key(Qt.Key.Key_Escape)

    def begin_closing(self) -> None:
        """« Clôturer la journée », by Tab and Entrée: the count is there."""
        self.go("Journée")
        self.keyboard.tab_to("Clôturer la journée")
        self.keyboard.key(ENTER)

    def count(self, total: int) -> None:
        """Notes and coins that make up a total, line by line; Entrée after each, the last one goes on to the review."""
        left = total
        for value in DENOMINATIONS:
            assert self.keyboard.at(f"{value:,}".replace(",", " ") + " F, bons"), value
            number, left = divmod(left, value)
            if number:
                type_text(self.keyboard.focus, str(number))
            press(self.keyboard.focus, ENTER)
        for _ in DENOMINATIONS:
            press(self.keyboard.focus, ENTER)
        self.keyboard.settle()

    def explain_and_close(self, reason: str = "") -> None:
        """From the review to the printed sheet."""
        if reason:
            self.keyboard.type(reason)
        self.keyboard.key(ENTER)
        self._print()


@contextmanager
def sitting(folder: Path, unlocked: Unlocked, now: dt.datetime, waiting: Waiting, printed: Path) -> Iterator[Sitting]:
    """Open the office, make its window, and put both away at the end."""
    bugs: list[BaseException] = []
    operations = Operations(Lane(SHORT), Lane(LONG), bugs.append, bugs.append)
    clock = FixedClock(now)
    desk = opening.open_desk(folder, unlocked, clock)
    dialogs = FakeDialogs(output=printed)
    window = Makers(lambda: dialogs).window(desk, operations, clock, lambda: None)
    window.resize(1366, 768)
    window.show()
    waiting.waitUntil(window.isActiveWindow)
    keyboard = Keyboard(waiting, operations)
    keyboard.settle()
    yield Sitting(desk, window, keyboard, dialogs)
    window.close()
    for made in (window._scanner, window._watch, window):
        shiboken6.delete(made)
    assert operations.shutdown(5)
    desk.close()
    assert bugs == []


class Alone:
    """Waits where no test runs."""

    def wait(self, ms: int) -> None:
        """Let Qt work."""
        QTest.qWait(ms)

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 5000) -> None:
        """Until it is so."""
        until = time.monotonic() + timeout / 1000
        while not callback():
            assert time.monotonic() < until, "never so"
            QTest.qWait(10)


def _here() -> None:
    """Tell the one who pulls the plug, and wait for it."""
    sys.stdout.write("HERE\n")
    sys.stdout.flush()
    time.sleep(120)


def _stop(whole: Callable[[UnitOfWork], None], *, after: bool) -> Callable[[UnitOfWork], None]:
    """A commit that says where it is and waits for the end."""

    def commit(unit: UnitOfWork) -> None:
        if after:
            whole(unit)
        _here()

    return commit


def main(folder: str, secret: str, slot: str, now: str, counted: str, moment: str) -> None:
    """Close the day of another process's office, and say HERE at the moment of the cut.

    ``count``: the count stands on the disk and she is at the review. ``commit``: the closing is about to be written.
    ``sheet``: it is written, its sheet was never printed.
    """
    make_application()
    unlocked = Unlocked(bytes.fromhex(secret), None, frozenset({"secretaire", "caissiere"}), slot)
    when = dt.datetime.fromisoformat(now)
    with sitting(Path(folder), unlocked, when, Alone(), Path(folder).parent / "cut.pdf") as her:
        her.begin_closing()
        her.count(int(counted))
        if moment == "count":
            kept = day_reading.read_closing(her.desk)
            assert kept is not None
            assert kept.step is closing_flow.Step.REVIEW
            _here()
        setattr(UnitOfWork, "commit", _stop(UnitOfWork.commit, after=moment == "sheet"))  # noqa: B010 - mypy lets no method be replaced
        her.keyboard.key(ENTER)


if __name__ == "__main__":
    main(*sys.argv[1:])
