"""Any list to .xlsx: where, is that folder copied to the internet, then on the long lane; every cell is text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from antenne.services import exports
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.models import Column, Fetch
from antenne.ui.kit.operations import LONG
from antenne.wording import formats

_PAGE = 500


def ask_place(context: Context, owner: QWidget) -> Path | None:
    """A workbook to write, with a neutral name; None when she gave up, or would not have it leave the office."""
    name = exports.neutral_name(context.clock.today())
    return ask_path(context, owner, "Exporter la liste", name, "Classeur Excel (*.xlsx)")


def ask_path(context: Context, owner: QWidget, title: str, name: str, pattern: str) -> Path | None:
    """A file to write; None when she gave up, or would not have it leave the office."""
    path = context.dialogs.ask_file_save(owner, title, name, pattern)
    if path is None:
        return None
    service = exports.synchronised_by(path)
    if service:
        said = f"Ce dossier est copié sur internet par {service}\u00a0: ce fichier sortirait de l’antenne."
        if not context.dialogs.confirm(owner, said, "L’y mettre quand même", danger=True):
            return None
    return path


def export_list(context: Context, owner: QWidget, title: str, columns: Sequence[Column], fetch: Fetch) -> None:
    """Write everything a list shows, page by page, in the order of its first column.

    Args:
        context: Of the screen.
        owner: The screen.
        title: Name of the sheet; neutral.
        columns: What is written, as the screen words it.
        fetch: The list's own query.
    """
    path = ask_place(context, owner)
    if path is None:
        return
    shown = [column for column in columns if column.title]

    def written(count: int) -> None:
        context.notify(f"{formats.plural(count, 'ligne exportée', 'lignes exportées')}.", "good")

    context.operations.run(LONG, _write, context.desk, path, title, shown, fetch, owner=owner, done=written)


def _write(desk: Desk, path: Path, title: str, columns: Sequence[Column], fetch: Fetch) -> int:
    rows = _all_rows(fetch)
    cells = ([column.text(row) for column in columns] for row in rows)
    return exports.export_list(desk, exports.ExportList(path, title, tuple(column.title for column in columns)), cells)


def _all_rows(fetch: Callable[[int, int, str, bool], Any]) -> list[Any]:
    rows: list[Any] = []
    while True:
        page = fetch(len(rows), _PAGE, "", False)
        rows += page.rows
        if not page.rows or len(rows) >= page.total:
            return rows
