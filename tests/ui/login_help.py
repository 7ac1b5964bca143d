"""The login on a real encrypted office, for its tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from antenne.services import access
from antenne.ui.shell.login import LoginWindow

Made = tuple[LoginWindow, list[Any]]


@pytest.fixture
def login(qtbot: QtBot) -> Iterator[Callable[..., Made]]:
    """Makes a shown login whose folder has been looked at, and the list of what it opened."""
    made: list[LoginWindow] = []

    def make(folder: Path, **more: Any) -> Made:
        opened: list[Any] = []
        enter = more.pop("enter", lambda secret, label: access.unlock(folder, secret, label))
        window = LoginWindow(folder, enter, opened.append, modules=(), **more)
        made.append(window)
        qtbot.addWidget(window)
        with qtbot.waitSignal(window.ready, timeout=5000):
            window.show()
        return window, opened

    yield make
    for window in made:
        wait_try(qtbot, window)
        window.close()


def wait_try(qtbot: QtBot, window: LoginWindow) -> None:
    """Until the try in hand is over."""
    qtbot.waitUntil(lambda: not window._attempt.running, timeout=8000)
