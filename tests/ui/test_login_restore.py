"""The door stays shut: a real backup is brought back from the login's own window, by keyboard alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from antenne.app import Makers
from antenne.base.clock import FixedClock
from antenne.base.media import SystemMedia
from antenne.base.problems import Problem
from antenne.base.progress import Silent
from antenne.db.slots import Unlocked
from antenne.services import access, backup, members_reading, opening, restoring
from antenne.services.desk import Desk
from antenne.ui.backup.restore_panel import RestorePanel
from antenne.ui.shell.login import LoginWindow
from antenne.ui.shell.program import Program
from antenne.ui.shell.restore_window import RestoreWindow
from tests.conftest import LABELS, PHRASES
from tests.services.members_help import register
from tests.ui.helpers import FakeDialogs, press, type_text

Start = Callable[[Path, Path], Program]
_FARTHEST = 30


@pytest.fixture
def saved(
    made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, clock: FixedClock, tmp_path: Path
) -> Path:
    """A backup of an office with one woman; the office is closed again."""
    target = tmp_path / "cle"
    target.mkdir()
    desk: Desk = opening.open_desk(office_folder, made_office[1]["secretaire"], clock)
    try:
        register(desk)
        return backup.make_backup(desk, target, SystemMedia(), Silent()).value.path
    finally:
        desk.close()


@pytest.fixture
def start(qapp: QApplication, qtbot: QtBot, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """The program on a folder; the system's dialog answers with a file."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    begun: list[Program] = []

    def go(folder: Path, chosen: Path) -> Program:
        program = Program(qapp, folder, clock, Makers(lambda: FakeDialogs(path=chosen)))
        begun.append(program)
        program.begin()
        return program

    yield go
    for program in begun:
        window = program.shown
        assert window is not None
        window.close()
        program._end()
        shiboken6.delete(window)


def tab_to(window: QWidget, name: str) -> QWidget:
    """Tab to the control so named."""
    seen = []
    for _ in range(_FARTHEST):
        at = window.focusWidget()
        if at is not None:
            if at.accessibleName().startswith(name):
                return at
            seen.append(at.accessibleName())
        QTest.keyClick(at or window, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to « {name} »: {seen}")


def shut_door(program: Program, qtbot: QtBot) -> LoginWindow:
    """The login says why the folder cannot be opened, and stands on « Restaurer »."""
    login = program.shown
    assert isinstance(login, LoginWindow)
    qtbot.waitUntil(lambda: login.blocked, timeout=10_000)
    login.activateWindow()
    qtbot.waitUntil(login.isActiveWindow)
    return login


def restore_window(program: Program, login: LoginWindow, qtbot: QtBot) -> tuple[RestoreWindow, RestorePanel]:
    """Entrée on « Restaurer une sauvegarde… »."""
    press(tab_to(login, "Restaurer une sauvegarde"), Qt.Key.Key_Return)
    window = program.shown
    assert isinstance(window, RestoreWindow)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    (panel,) = window.findChildren(RestorePanel)
    return window, panel


def lost(folder: Path, names: tuple[str, ...]) -> None:
    for name in names:
        (folder / name).unlink()


@pytest.mark.parametrize("width", [900, 1366])
def test_what_restoring_means_is_said_whole_and_once(
    saved: Path, office_folder: Path, start: Start, qtbot: QtBot, width: int
) -> None:
    lost(office_folder, ("base.db",))
    program = start(office_folder, saved)
    window, _ = restore_window(program, shut_door(program, qtbot), qtbot)
    window.showNormal()
    window.resize(width, 700)
    labels = [made for made in window.findChildren(QLabel) if made.isVisible()]
    assert [made.text() for made in labels].count("Restaurer une sauvegarde") == 1
    qtbot.waitUntil(lambda: all(made.height() >= made.heightForWidth(made.width()) for made in labels))


@pytest.mark.parametrize("gone", [("base.db",), ("antenne.cles",)])
def test_a_lost_office_comes_back_by_keyboard(
    saved: Path, office_folder: Path, start: Start, qtbot: QtBot, clock: FixedClock, gone: tuple[str, ...]
) -> None:
    lost(office_folder, gone)
    program = start(office_folder, saved)
    window, panel = restore_window(program, shut_door(program, qtbot), qtbot)
    press(tab_to(window, "Choisir un fichier"), Qt.Key.Key_Return)
    qtbot.waitUntil(panel.phrase.hasFocus, timeout=10_000)
    QTest.keyClick(panel.phrase, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert panel.who.hasFocus()
    for _ in range(panel.who.findData(LABELS["secretaire"])):
        press(panel.who, Qt.Key.Key_Down)
    tab_to(window, "Phrase secrète")
    type_text(panel.phrase, "ce n’est pas la bonne")
    press(panel.phrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(panel.error.text()), timeout=20_000)
    assert panel.phrase.hasFocus()
    type_text(panel.phrase, PHRASES["secretaire"])
    press(panel.phrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.band.text) or not panel.error.isHidden(), timeout=30_000)
    assert panel.error.text() == ""
    (aside,) = office_folder.parent.glob("data-mis-de-cote-*")
    assert str(aside) in window.band.text
    assert not set(gone) & {path.name for path in aside.iterdir()}
    assert {path.name for path in aside.iterdir()} & {"base.db", "antenne.cles"}
    at = window.focusWidget()
    assert at is not None
    press(at, Qt.Key.Key_Return)
    login = program.shown
    assert isinstance(login, LoginWindow)
    qtbot.waitUntil(lambda: login.form.chips.labels == tuple(LABELS.values()), timeout=10_000)
    assert not login.blocked
    desk = opening.open_desk(
        office_folder, access.unlock(office_folder, PHRASES["secretaire"], LABELS["secretaire"]), clock
    )
    try:
        assert len(members_reading.search_ids(desk, "kone")) == 1
    finally:
        desk.close()


def test_giving_up_leads_back_to_the_shut_door(saved: Path, office_folder: Path, start: Start, qtbot: QtBot) -> None:
    lost(office_folder, ("base.db",))
    before = sorted(path.name for path in office_folder.iterdir())
    program = start(office_folder, saved)
    window, _ = restore_window(program, shut_door(program, qtbot), qtbot)
    press(tab_to(window, "Annuler"), Qt.Key.Key_Return)
    assert shut_door(program, qtbot).blocked
    assert sorted(path.name for path in office_folder.iterdir()) == before


def test_only_the_responsable_sets_a_damaged_office_aside(saved: Path, office_folder: Path, clock: FixedClock) -> None:
    media, progress = SystemMedia(), Silent()
    (office_folder / "base.db").write_bytes(b"\0" * 4096)

    def bring_back(role: str) -> restoring.RestoreReport:
        unlocked = restoring.unlock_backup(saved, PHRASES[role], LABELS[role], media)
        return restoring.restore(saved, office_folder, unlocked, clock=clock, media=media, progress=progress, over=True)

    with pytest.raises(Problem, match=r"backup\.whole_office"):
        bring_back("secretaire")
    assert (office_folder / "base.db").read_bytes() == b"\0" * 4096
    report = bring_back("responsable")
    assert report.aside is not None
    assert (report.aside / "base.db").read_bytes() == b"\0" * 4096
    assert access.look(office_folder) is access.Folder.OFFICE
