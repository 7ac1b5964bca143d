"""The whole program as ``app.py`` makes it, on a copy of the demonstration office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from antenne.app import Makers
from antenne.base.clock import FixedClock
from antenne.base.progress import Silent
from antenne.services import access, demo, opening
from antenne.services.desk import Desk
from antenne.ui.kit.operations import Operations
from antenne.ui.shell.window import MainWindow
from tests.e2e.keyboard import Keyboard
from tests.e2e.offices import NOW, DemoOffice, copied
from tests.ui.conftest import failures, operations, qapp, qtbot
from tests.ui.helpers import FakeDialogs

__all__ = ["failures", "operations", "qapp", "qtbot"]


WINDOW = Qt.WindowType.Window


class Flashes(QObject):
    """Notes each control that shows before it stands in a window: it flashes, and takes the keys away."""

    def __init__(self) -> None:
        """Nothing seen yet."""
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at every window that shows."""
        shown = event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.windowType() is WINDOW
        if shown and not isinstance(watched, QMainWindow | QDialog):
            words = watched.text() if isinstance(watched, QAbstractButton | QLabel) else ""
            self.seen.append(f"{type(watched).__name__} {watched.objectName()} {words}")
        return False


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration office, made once."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    demo.build(folder, FixedClock(NOW), Silent())
    return folder


@pytest.fixture
def office(built_demo: Path, tmp_path: Path) -> DemoOffice:
    """A copy to work in."""
    return copied(built_demo, tmp_path / "data")


@pytest.fixture
def dialogs(tmp_path: Path) -> FakeDialogs:
    """Answers yes; the printer is a PDF file, the chosen folder stands for a key."""
    stick = tmp_path / "cle"
    stick.mkdir()
    return FakeDialogs(path=stick, output=tmp_path / "imprime.pdf")


@pytest.fixture
def secretary(office: DemoOffice) -> Iterator[Desk]:
    """The secretary's desk."""
    label, phrase = office.account("secretaire")
    desk = opening.open_desk(office.folder, access.unlock(office.folder, phrase, label), FixedClock(NOW))
    yield desk
    desk.close()


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, secretary: Desk, operations: Operations, dialogs: FakeDialogs
) -> Iterator[MainWindow]:
    """Her window, as the program makes it; no control of it may ever show as a window of its own."""
    made = Makers(lambda: dialogs).window(secretary, operations, FixedClock(NOW), lambda: None)
    flashes = Flashes()
    qapp.installEventFilter(flashes)
    made.resize(1366, 768)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(operations.idle, timeout=10_000)
    yield made
    qapp.removeEventFilter(flashes)
    made.close()
    shiboken6.delete(made._scanner)
    shiboken6.delete(made._watch)
    shiboken6.delete(made)
    assert flashes.seen == []


@pytest.fixture
def keyboard(qtbot: QtBot, operations: Operations) -> Keyboard:
    """Her keyboard."""
    return Keyboard(qtbot, operations)
