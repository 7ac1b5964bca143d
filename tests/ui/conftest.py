"""The screen as the user has it: theme, font and French, once."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antenne.ui.kit.operations import LONG, SHORT, Lane, Operations
from antenne.ui.kit.theme import apply_theme
from tests.ui.helpers import Failures


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str], qapp_cls: type[QApplication]) -> QApplication:
    """The application of the whole run, dressed."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else qapp_cls(qapp_args)
    apply_theme(app)
    return app


class PatientBot(QtBot):
    """Waits for a state as long as a loaded machine may need: a test fails for what it sees, not for when."""

    PATIENCE = 60_000

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        """As pytest-qt's, with a longer limit."""
        super().waitUntil(callback, timeout=max(timeout, self.PATIENCE))


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """pytest-qt's, made patient."""
    return PatientBot(request)


@pytest.fixture
def failures() -> Failures:
    """What reached the last resorts."""
    return Failures()


@pytest.fixture
def operations(qapp: QApplication, failures: Failures) -> Iterator[Operations]:
    """Two real lanes; a bug that nobody looked at fails the test. As in the program, no widget dies in a lane."""
    gc.disable()
    made = Operations(Lane(SHORT), Lane(LONG), failures.on_problem, failures.on_bug)
    yield made
    ended = made.shutdown(60)
    gc.collect(0)
    gc.enable()
    assert ended, "a lane did not end"
    assert not failures.unseen_bugs(), failures.bugs
