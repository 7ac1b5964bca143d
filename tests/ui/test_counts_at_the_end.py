"""The published counts are written where a sitting ends: at the lock, and when the window is closed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from antenne.app import Makers
from antenne.base.clock import FixedClock
from antenne.db.slots import Unlocked
from antenne.domain.sealed_counts import Figure
from antenne.services import opening, sealed_counting
from antenne.services.desk import Desk
from antenne.ui.shell import program as programs
from antenne.ui.shell.program import Program
from tests.services import listening_help as help_
from tests.ui.helpers import FakeDialogs

Sit = Callable[[str], tuple[Program, Desk]]


@pytest.fixture
def sit(
    qapp: QApplication, made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, clock: FixedClock
) -> Sit:
    """A program in which that user has entered."""

    def go(role: str) -> tuple[Program, Desk]:
        program = Program(qapp, office_folder, clock, Makers(FakeDialogs))
        desk = opening.open_desk(office_folder, made_office[1][role], clock)
        program._desk, program._operations = desk, program._makers.operations()
        return program, desk

    return go


def _women(desk: Desk) -> Figure:
    return sealed_counting.read_figures(desk, desk.today, desk.today).figures["ecoutes.femmes"]


def test_closing_the_window_writes_them(sit: Sit) -> None:
    program, listener = sit("ecoutante")
    help_.save(listener)
    program._end()
    program, secretary = sit("secretaire")
    assert _women(secretary) == Figure(1, 1)
    program._end()
    assert secretary.sealed.compartment is None


def test_locking_writes_them_before_the_process_ends(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    program, listener = sit("ecoutante")
    help_.save(listener)
    left = []

    def start(_folder: Path, *, idle: Callable[[], bool], close: Callable[[], object], **_: object) -> None:
        limit = time.monotonic() + 20
        while not idle() and time.monotonic() < limit:
            QCoreApplication.processEvents()
        close()
        left.append(idle())

    monkeypatch.setattr(programs, "start", start)
    program._lock_now(hide=True)
    assert left == [True]
    listener.sealed.compartment = None
    program._end()
    program, secretary = sit("secretaire")
    assert _women(secretary) == Figure(1, 1)
    program._end()
