"""One start of the program, from the first window to the last, on real folders."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from antenne.app import Makers
from antenne.base.clock import FixedClock
from antenne.services.desk import Desk
from antenne.ui.first_run.window import FirstRunWindow
from antenne.ui.shell.clock_page import ClockPage
from antenne.ui.shell.login import LoginWindow
from antenne.ui.shell.program import Program
from antenne.ui.shell.takeover import OfficeLock
from antenne.ui.shell.window import MainWindow
from tests.conftest import LABELS, PHRASES
from tests.e2e.offices import NOW, DemoOffice
from tests.ui.helpers import FakeDialogs, press, type_text

ROOT = Path(__file__).resolve().parents[2]
Start = Callable[..., Program]


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts the program on a folder, and ends it."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    begun: list[Program] = []

    def go(folder: Path, now: dt.datetime = NOW) -> Program:
        program = Program(qapp, folder, FixedClock(now), Makers(FakeDialogs))
        begun.append(program)
        program.begin()
        return program

    yield go
    for program in begun:
        end(program, qtbot)


def end(program: Program, qtbot: QtBot) -> None:
    """What ``run`` does after its last window, and what a process would take with it."""
    window = program.shown
    if isinstance(window, LoginWindow):
        qtbot.waitUntil(lambda: not window._attempt.running, timeout=15_000)
    if window is not None:
        window.close()
    program._end()
    if isinstance(window, MainWindow):
        shiboken6.delete(window._scanner)
        shiboken6.delete(window._watch)
    if window is not None:
        shiboken6.delete(window)


def enter(program: Program, qtbot: QtBot, label: str, phrase: str) -> None:
    """Choose the label, type the phrase, Entrée; wait for what follows."""
    login = program.shown
    assert isinstance(login, LoginWindow)
    qtbot.waitUntil(lambda: login.form.chips.labels != () and login.form.secret.isEnabled())
    login.form.chips.choose(label)
    login.form.secret.setFocus()
    login.form.secret.clear()
    type_text(login.form.secret, phrase)
    press(login.form.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.shown is not login or bool(login.message), timeout=20_000)


def test_an_empty_folder_begins_with_the_first_run(start: Start, tmp_path: Path) -> None:
    program = start(tmp_path / "rien")
    assert isinstance(program.shown, FirstRunWindow)
    assert program.shown.isVisible()
    assert program.shown.windowTitle() == "Antenne"


def test_the_phrase_opens_the_window(start: Start, qtbot: QtBot, office: DemoOffice) -> None:
    label, phrase = office.account("secretaire")
    program = start(office.folder)
    enter(program, qtbot, label, "ce n’est pas la bonne phrase")
    login = program.shown
    assert isinstance(login, LoginWindow)
    assert login.message.endswith(".")
    assert "phrase" in login.message.casefold()
    qtbot.waitUntil(login.form.open_button.isEnabled, timeout=10_000)
    login.form.say("")
    enter(program, qtbot, label, phrase)
    window = program.shown
    assert isinstance(window, MainWindow)
    assert window.isVisible()
    assert window.windowTitle() == "Antenne"
    assert not shiboken6.isValid(login) or not login.isVisible()


@pytest.fixture
def other(office: DemoOffice, qtbot: QtBot) -> Iterator[OfficeLock]:
    """The program in a process of its own on the same folder; its lock."""
    lock = OfficeLock(office.folder)
    with subprocess.Popen(
        [sys.executable, "-m", "antenne", "--dossier", str(office.folder)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.DEVNULL,
    ) as process:
        qtbot.waitUntil(lambda: lock.holder() == process.pid, timeout=20_000)
        yield lock
        process.kill()


def test_a_second_program_on_the_same_folder_is_refused(
    qapp: QApplication, office: DemoOffice, other: OfficeLock
) -> None:
    told: list[str] = []
    answer = QTimer(interval=50)

    def accept() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            answer.stop()
            told.append(box.text())
            box.accept()

    answer.timeout.connect(accept)
    answer.start()
    holder = other.holder()
    assert Program(qapp, office.folder, FixedClock(NOW), Makers(FakeDialogs)).run() == 1
    assert told == ["Antenne est déjà ouverte sur ce dossier. Passez à l’autre fenêtre, ou fermez-la d’abord."]
    assert other.holder() == holder


def test_a_clock_set_back_asks_for_the_day(start: Start, qtbot: QtBot, office_folder: Path, desk: Desk) -> None:
    change_something(desk)
    program = start(office_folder, NOW - dt.timedelta(days=2))
    enter(program, qtbot, LABELS["responsable"], PHRASES["responsable"])
    page = program.shown
    assert isinstance(page, ClockPage)
    type_text(page.day, "23/11/2026")
    press(page.day, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.error.text()), timeout=10_000)
    assert "Réglez d’abord l’horloge" in page.error.text()
    assert program.shown is page
    page.day.clear()
    type_text(page.day, "21/11/2026")
    press(page.day, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(program.shown, MainWindow), timeout=15_000)
    with desk.read() as uow:
        (entry,) = [line for line in uow.audit.history("setting", 0) if line.action == "clock.confirmed"]
    assert ("Date confirmée", "21/11/2026") in [(change.field, change.new) for change in entry.changes]


def change_something(desk: Desk) -> None:
    """The last write is of today."""
    with desk.write() as uow:
        uow.audit.add(desk.clock.now(), desk.actor.user_id, "setting.saved", "setting", 1)
        uow.commit()
