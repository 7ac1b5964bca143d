"""The places of imports that ``captures`` draws: a small fictional register is written and read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop

from antenne.domain.board import Target
from antenne.services import exports
from antenne.ui.imports.screen import ImportScreen
from antenne.ui.kit.area import Capture, Screen
from antenne.ui.kit.scratch import captures_folder

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_HEADERS = ("N°", "Nom et prénom", "Date naiss.", "Tél", "Quartier", "Adhésion")
_ROWS = (
    (1, "TRAORE Awa", dt.date(1991, 4, 12), "76 20 30 40", "Sévaré — Millionkin", dt.date(2025, 3, 3)),
    (2, "Guindo Yapama", "vers 1988", "66.12.13.14", "Mopti — Gangal", dt.date(2025, 3, 3)),
    (3, "KONE Fatim", "32 ans", "7612", "Sévaré", dt.date(2025, 3, 4)),
    (4, "Okafor Blessing", 1995, "+2348031234567", "", dt.date(2025, 4, 1)),
    (5, "Diallo Kadidia", dt.date(2010, 1, 9), "79 11 22 33", "Konna", dt.date(2025, 4, 1)),
    (6, "Sɔgɔba Ɲɛlɛ", 1990, "", "Bankass", dt.date(2025, 4, 2)),
)


def _here(_desk: Desk) -> Target:
    return Target("imports")


def _read(screen: Screen) -> None:
    assert isinstance(screen, ImportScreen)
    path = captures_folder() / "registre.xlsx"
    exports.export_table(path, "Registre", _HEADERS, _ROWS)
    screen.read(path)


def _try(screen: Screen) -> None:
    assert isinstance(screen, ImportScreen)
    if not screen.ready_to_try:  # this picture alone is asked for
        _read(screen)
        while screen.working:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    if screen.ready_to_try:  # else the picture shows what stands against it
        screen.try_rows()


CAPTURES = (
    Capture("importer", _here),
    Capture("importer-colonnes", _here, _read),
    Capture("importer-essai", _here, _try),
)
