"""The backup screen by hand: a real office, a folder that stands for the key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.base.media import SystemMedia, Volume
from antenne.base.progress import Silent
from antenne.domain.board import Target
from antenne.domain.changes import Changes
from antenne.services import backup, backup_start, restoring
from antenne.services.desk import Desk
from antenne.ui.backup import area as areas
from antenne.ui.backup.restore_panel import RestorePanel, RestoreTools
from antenne.ui.backup.screen import BackupScreen
from antenne.ui.backup.track import Track
from antenne.ui.kit.area import Context
from antenne.ui.kit.memory import SittingMemory
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.printing import Printing
from tests.conftest import LABELS, PHRASES
from tests.db.media import roomy
from tests.ui.helpers import FakeDialogs, press, type_text


class Plugged(SystemMedia):
    """Folders that look like keys."""

    def __init__(self, *folders: Path) -> None:
        self.folders = list(folders)
        self.ejected: list[str] = []

    def volumes(self) -> tuple[Volume, ...]:
        return tuple(self.volume(folder) for folder in self.folders if folder.is_dir())

    def volume(self, folder: Path) -> Volume:
        found = super().volume(folder)
        if folder not in self.folders:
            return found
        return roomy(found, root=folder, label=folder.name, serial=f"S-{folder.name}", removable=True,
                     filesystem="vfat", free=14_200_000_000, total=15_600_000_000)  # fmt: skip

    def eject(self, volume: Volume) -> None:
        self.ejected.append(volume.label)
        self.folders = [folder for folder in self.folders if folder != volume.root]


class Shell:
    """What the shell would do, noted."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.changes: list[Changes] = []
        self.opened: list[Target] = []
        self.restarted = 0

    def open(self, target: Target) -> None:
        self.opened.append(target)

    def back(self) -> None:
        """Nothing lies behind."""

    def notify(self, text: str, tone: str) -> None:
        self.said.append(text)

    def restart(self) -> None:
        self.restarted += 1


class Bench:
    """A screen with everything around it."""

    def __init__(
        self, qtbot: QtBot, desk: Desk, operations: Operations, media: SystemMedia, kept: list[object]
    ) -> None:
        self.qtbot = qtbot
        self.desk = desk
        self.operations = operations
        self.shell = Shell()
        self.dialogs = FakeDialogs()
        context = Context(
            desk=desk,
            operations=operations,
            navigator=self.shell,
            dialogs=self.dialogs,
            printing=Printing(operations, self.dialogs, str),
            clock=desk.clock,
            broadcast=self.shell.changes.append,
            notify=self.shell.notify,
            memory=SittingMemory(),
        )
        self.screen = BackupScreen(context, media, self.shell.restart)
        kept.append(self.screen)
        qtbot.addWidget(self.screen)
        self.screen.resize(1162, 686)
        self.screen.show()
        self.screen.open(Target("backup"))
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(self.operations.idle, timeout=20_000)

    def states(self) -> list[str]:
        table = self.screen.list.table
        return [table.rows.index(row, 2).data() for row in range(table.rows.rowCount())]


@pytest.fixture(autouse=True)
def kept() -> Iterator[list[object]]:
    """Holds the screens until the lanes have ended: a lane may be the last to let a widget go."""
    held: list[object] = []
    yield held
    held.clear()


@pytest.fixture
def key(tmp_path: Path) -> Path:
    folder = tmp_path / "ANTENNE-1"
    folder.mkdir()
    return folder


def test_a_backup_by_keyboard_alone(
    qtbot: QtBot, kept: list[object], desk: Desk, operations: Operations, key: Path
) -> None:
    bench = Bench(qtbot, desk, operations, Plugged(key), kept)
    screen = bench.screen
    assert "ANTENNE-1" in screen.key.heading.text()
    assert screen.key.pill.text() == "Nouvelle clé"
    screen.key.save_button.setFocus()
    press(screen.key.save_button, Qt.Key.Key_Return)
    bench.settle()
    assert list(key.glob("*.antenne"))
    assert screen.key.outcome.text().startswith("Sauvegarde n°\u00a01\u00a0: 0 adhésion, 0 carte, ")
    assert screen.key.outcome.text().endswith("relue, chiffrée.")
    assert bench.states() == ["Vérifiée"]
    assert screen.key.pill.text() == "Prête"
    assert bench.shell.changes
    press(screen.list.table, Qt.Key.Key_Return)
    bench.settle()
    assert "chaque octet est juste" in screen.list.outcome.text()
    press(screen.list.trial_button, Qt.Key.Key_Space)
    bench.settle()
    assert "Essai réussi" in screen.list.outcome.text()


def test_without_a_key_a_folder_can_be_chosen(
    qtbot: QtBot, kept: list[object], desk: Desk, operations: Operations, tmp_path: Path
) -> None:
    bench = Bench(qtbot, desk, operations, Plugged(), kept)
    screen = bench.screen
    assert not screen.key.save_button.isVisible()
    screen.save()
    assert bench.operations.idle()
    place = tmp_path / "disque"
    place.mkdir()
    bench.dialogs.path = place
    screen.key.folder_button.click()
    bench.settle()
    assert "disque" in screen.key.heading.text()
    screen.save()
    bench.settle()
    assert list(place.glob("*.antenne"))


def test_a_key_that_is_plugged_in_appears_and_one_pulled_out_leaves(
    qtbot: QtBot, kept: list[object], desk: Desk, operations: Operations, key: Path
) -> None:
    media = Plugged()
    bench = Bench(qtbot, desk, operations, media, kept)
    media.folders.append(key)
    bench.screen.refresh()
    bench.settle()
    assert bench.screen.key.save_button.isVisible()
    bench.screen.key.eject_button.click()
    bench.settle()
    assert media.ejected == ["ANTENNE-1"]
    assert bench.shell.said == ["Vous pouvez retirer la clé."]
    assert not bench.screen.key.save_button.isVisible()


def test_two_keys_can_be_chosen_from(
    qtbot: QtBot, kept: list[object], desk: Desk, operations: Operations, key: Path, tmp_path: Path
) -> None:
    other = tmp_path / "ANTENNE-2"
    other.mkdir()
    bench = Bench(qtbot, desk, operations, Plugged(key, other), kept)
    choice = bench.screen.key.choice
    assert choice.count() == 2
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    bench.settle()
    bench.screen.save()
    bench.settle()
    assert list(other.glob("*.antenne"))
    assert not list(key.glob("*.antenne"))


def test_a_stop_leaves_nothing_and_says_so(
    qtbot: QtBot, kept: list[object], desk: Desk, operations: Operations, key: Path
) -> None:
    bench = Bench(qtbot, desk, operations, Plugged(key), kept)
    bench.screen.save()
    bench.screen.key.progress.stop_button.click()
    bench.settle()
    assert "Arrêté" in bench.screen.key.outcome.text()
    assert not list(key.glob("*.antenne*"))
    bench.screen.save()
    bench.settle()
    assert list(key.glob("*.antenne"))


def test_a_key_pulled_out_is_said(
    qtbot: QtBot, kept: list[object], desk: Desk, operations: Operations, key: Path
) -> None:
    bench = Bench(qtbot, desk, operations, Plugged(key), kept)
    key.rmdir()
    bench.screen.save()
    bench.settle()
    assert "retirée" in bench.screen.key.outcome.text()


def test_only_the_responsable_restores(
    qtbot: QtBot, kept: list[object], desk: Desk, operations: Operations, key: Path
) -> None:
    bench = Bench(qtbot, desk, operations, Plugged(key), kept)
    assert not bench.screen.list.restore_button.isEnabled()
    bench.screen.open(Target("backup", action="restore"))
    bench.settle()
    assert not bench.screen.escape()


@pytest.mark.parametrize("yes", [True, False])
def test_restoring_over_the_present_base(
    qtbot: QtBot, kept: list[object], responsable_desk: Desk, operations: Operations, key: Path, *, yes: bool
) -> None:
    desk = responsable_desk
    media = Plugged(key)
    backup.make_backup(desk, key, media, Silent())
    bench = Bench(qtbot, desk, operations, media, kept)
    bench.dialogs.yes = yes
    bench.screen.list.restore_button.click()
    bench.settle()
    panel = bench.screen.restore
    assert [panel.who.itemText(row) for row in range(panel.who.count())][-1] == "Code de secours (enveloppe)"
    panel.who.setCurrentText(LABELS["responsable"])
    type_text(panel.phrase, "une phrase fausse ici")
    press(panel.phrase, Qt.Key.Key_Return)
    bench.settle()
    assert "n’ouvre pas" in panel.error.text()
    panel.phrase.clear()
    type_text(panel.phrase, PHRASES["responsable"])
    press(panel.phrase, Qt.Key.Key_Return)
    bench.settle()
    assert "mises de côté" in bench.dialogs.asked[-1]
    assert bench.shell.restarted == int(yes)
    desk.close()
    assert (backup_start.prepare_folder(desk.folder) is not None) == yes


def test_the_first_run_restores_into_an_empty_folder(
    qtbot: QtBot, kept: list[object], desk: Desk, operations: Operations, key: Path, tmp_path: Path, clock: FixedClock
) -> None:
    path = backup.make_backup(desk, key, SystemMedia(), Silent()).value.path
    dialogs = FakeDialogs()
    dialogs.path = path
    tools = RestoreTools(
        operations=operations, dialogs=dialogs, clock=clock, media=SystemMedia(), folder=tmp_path / "neuf"
    )
    panel = RestorePanel(tools)
    kept.append(panel)
    qtbot.addWidget(panel)
    panel.show()
    assert not panel.restore_button.isEnabled()
    panel.file_button.click()
    qtbot.waitUntil(panel.phrase.isEnabled)
    panel.who.setCurrentText(LABELS["secretaire"])
    type_text(panel.phrase, PHRASES["secretaire"])
    with qtbot.waitSignal(panel.finished, timeout=20_000) as caught:
        panel.restore_button.click()
    assert caught.args is not None
    report = caught.args[0]
    assert isinstance(report, restoring.RestoreReport)
    assert (tmp_path / "neuf" / "base.db").is_file()


def test_a_file_that_is_no_backup_is_said(
    qtbot: QtBot, kept: list[object], operations: Operations, tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "photo.antenne"
    path.write_bytes(b"\xff\xd8\xff" * 1000)
    tools = RestoreTools(
        operations=operations, dialogs=FakeDialogs(), clock=clock, media=SystemMedia(), folder=tmp_path / "neuf"
    )
    panel = RestorePanel(tools, path)
    kept.append(panel)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(panel.error.isVisible)
    assert "n’est pas une sauvegarde" in panel.error.text()
    assert not panel.phrase.isEnabled()


def test_pill_and_line_come_when_a_backup_is_due(desk: Desk, key: Path, clock: FixedClock) -> None:
    badge = areas.badge(desk)
    assert badge is not None
    assert badge.text == "Sauvegarde\u00a0: jamais faite"
    assert len(areas.todo(desk)) == 1
    backup.make_backup(desk, key, Plugged(key), Silent())
    assert areas.badge(desk) is None
    assert areas.todo(desk) == ()
    clock.advance(dt.timedelta(days=27))
    badge = areas.badge(desk)
    assert badge is not None
    assert badge.text == "Sauvegarde\u00a0: il y a 27 jours"
    line = areas.todo(desk)[0]
    assert line.due == desk.today - dt.timedelta(days=20)
    assert "ANTENNE-1" in line.text


def test_the_list_of_steps_tells_the_story() -> None:
    track = Track()
    assert track.name == ""
    track.report("backup.copy", 92_000_000, 184_000_000, 0.0)
    assert track.name == "1. Copie de la base…"
    assert [line.state for line in track.lines] == ["now", "next", "next", "next"]
    track.report("backup.check", 0, 10, 4.0)
    track.report("backup.counted", 1284, 1284, 12.0)
    track.report("backup.write", 5, 10, 13.0)
    track.report("backup.reread", 78, 100, 25.0)
    assert [(line.text, line.result) for line in track.lines] == [
        ("Base copiée sans fermer l’application", "184\u00a0Mo"),
        ("Ouverte et contrôlée\u00a0: 1\u202f284 adhésions", "9\u00a0s"),
        ("Écrite sur la clé", "12\u00a0s"),
        ("Relue sur la clé et comparée octet par octet", "78\u00a0%"),
    ]
    assert track.name == "4. Relecture de la clé…"
    assert not track.report("backup.reread", 78, 100, 26.0)
    track.end(30.0, well=False)
    assert track.lines[-1].state == "failed"
