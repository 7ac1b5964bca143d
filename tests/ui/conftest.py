"""The screen as the user has it: theme, font and French, once."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

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
    ended = made.shutdown(5)
    gc.collect(0)
    gc.enable()
    assert ended, "a lane did not end"
    assert not failures.unseen_bugs(), failures.bugs
