"""Any list goes to .xlsx as text, to a place she chose."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from antenne.services.desk import Desk
from antenne.ui.kit.exporting import export_list
from antenne.ui.kit.models import Column, PageOfRows
from antenne.ui.kit.operations import Operations
from tests.ui.helpers import FakeDialogs
from tests.ui.shell_fakes import make_window

COLUMNS = (
    Column(key="name", title="Nom", text=lambda row: row[0]),
    Column(key="sum", title="Formule", text=lambda row: row[1]),
    Column(key="icon", title="", text=lambda _row: "x"),
)
ROWS = [(f"Koné {number}", "=1+1") for number in range(1203)]


def _fetch(offset: int, limit: int, _sort: str, _descending: bool) -> PageOfRows:
    return PageOfRows(tuple(ROWS[offset : offset + limit]), len(ROWS))


@pytest.mark.parametrize("synchronised", [False, True])
def test_every_page_is_written_and_formulas_stay_text(
    qtbot: QtBot, operations: Operations, desk: Desk, tmp_path: Path, *, synchronised: bool
) -> None:
    folder = tmp_path / ("OneDrive" if synchronised else "liste")
    folder.mkdir()
    path = folder / "liste.xlsx"
    dialogs = FakeDialogs(path=path)
    window = make_window(operations)
    qtbot.addWidget(window)
    context = replace(window.context, desk=desk, dialogs=dialogs)
    export_list(context, window, "Liste", COLUMNS, _fetch)
    qtbot.waitUntil(path.exists, timeout=10_000)
    qtbot.waitUntil(operations.idle)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Nom", "Formule")
    assert rows[-1] == ("Koné 1202", "=1+1")
    assert sheet["B2"].data_type == "s"
    assert len(rows) == 1204
    assert len(dialogs.asked) == 1 + synchronised


def test_a_refused_place_writes_nothing(qtbot: QtBot, operations: Operations, desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    window = make_window(operations)
    qtbot.addWidget(window)
    qtbot.waitUntil(operations.idle)
    context = replace(window.context, desk=desk, dialogs=FakeDialogs(path=folder / "l.xlsx", yes=False))
    export_list(context, window, "Liste", COLUMNS, _fetch)
    assert operations.idle()
    assert list(folder.iterdir()) == []
