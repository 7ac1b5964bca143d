"""The places of backups that ``captures`` draws: a folder stands for the key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antenne.domain.board import Target
from antenne.ui.backup.screen import BackupScreen
from antenne.ui.kit.area import Capture, Screen
from antenne.ui.kit.scratch import captures_folder

if TYPE_CHECKING:
    from antenne.services.desk import Desk


def _here(_desk: Desk) -> Target:
    return Target("backup")


def _restore(_desk: Desk) -> Target:
    return Target("backup", action="restore")


def _use_folder(screen: Screen) -> None:
    assert isinstance(screen, BackupScreen)
    screen.use_folder(captures_folder())


def _save(screen: Screen) -> None:
    assert isinstance(screen, BackupScreen)
    screen.save()


CAPTURES = (
    Capture("sauvegarde", _here),
    Capture("sauvegarde-prete", _here, _use_folder),
    Capture("sauvegarde-faite", _here, _save),
    Capture("sauvegarde-restaurer", _restore),
)
