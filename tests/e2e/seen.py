"""Everything that a window, its papers and its files let be seen: for « she sees none of it »."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QGuiApplication, QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from antenne.db import cipher, keys
from antenne.domain.text import fold
from antenne.services.access import BASE_FILE
from antenne.services.desk import Desk

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.StatusTipRole,
)
_PLAIN = ("text", "toPlainText", "title")
_BESIDE = (
    "toolTip", "statusTip", "whatsThis", "accessibleName", "accessibleDescription", "windowTitle", "placeholderText",
)  # fmt: skip
_MOST_ROWS = 600
_CODES = ("utf-8", "utf-16-le", "utf-16-be")


def in_windows() -> str:
    """Every word of every window of the program, in sight or not: texts, what hovers, what a screen reader says."""
    found: list[str] = [QGuiApplication.clipboard().text()]
    for top in QApplication.topLevelWidgets():
        for widget in (top, *top.findChildren(QWidget)):
            found += _of_widget(widget)
        for action in top.findChildren(QAction):
            found += [action.text(), action.toolTip(), action.statusTip()]
    return "\n".join(found)


def _of_widget(widget: QWidget) -> Iterator[str]:
    for name in (*_PLAIN, *_BESIDE):
        told = getattr(widget, name, None)
        said: Any = told() if callable(told) else ""
        if isinstance(said, str) and said:
            yield said
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(place) for place in range(widget.count()))
    if isinstance(widget, QAbstractItemView):
        yield from in_list(widget)
    if isinstance(widget, QLabel | QLineEdit | QTextEdit | QPlainTextEdit):
        document = getattr(widget, "document", None)
        if callable(document) and isinstance(made := document(), QTextDocument):
            yield made.toPlainText()


def in_list(view: QAbstractItemView) -> Iterator[str]:
    """What a list holds, not only what it draws."""
    model = view.model()
    for row in range(min(model.rowCount(QModelIndex()), _MOST_ROWS)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())):
            index = model.index(row, column)
            yield from (str(said) for role in ROLES if (said := model.data(index, role)) is not None)


def in_lists(window: QWidget) -> str:
    """What every list of a window holds."""
    return "\n".join(said for view in window.findChildren(QAbstractItemView) for said in in_list(view))


def files_leaking(folders: Iterable[Path], words: Iterable[str]) -> list[str]:
    """Names of the files in whose name or content one of the words stands: papers by their text, workbooks by sheets.

    The others as they are, in three encodings; what is encrypted is looked into by ``in_base``.
    """
    words = tuple(words)
    raw = {form.encode(code) for word in words for form in (word, fold(word)) for code in _CODES}
    found = []
    for path in (one for folder in folders for one in sorted(folder.rglob("*")) if one.is_file()):
        if path.suffix == ".pdf":
            told = _in_paper(path)
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                told = "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
        else:
            held = path.read_bytes()
            told = "".join(words) if any(one in held for one in raw) else ""
        if leaks(f"{path.name}\n{told}", words):
            found.append(path.name)
    return found


def _in_paper(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        told = [str(document.get_metadata_dict())]
        told += [page.get_textpage().get_text_bounded() for page in document]
    return "\n".join(told)


def in_base(desk: Desk) -> str:
    """Every cell of every table but the sealed bodies, read with the base key and SQL."""
    raw = cipher.connect(desk.folder / BASE_FILE, keys.cipher_key(desk.keys.base))
    names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    told = [
        repr(row)
        for name in names
        if name != "sealed"
        for row in raw.execute(f"SELECT * FROM {name}")  # noqa: S608 - its own names
    ]
    raw.close()
    return "\n".join(told)


def leaks(text: str, words: Iterable[str]) -> list[str]:
    """Which of the words stand in the text, whatever their accents, case and spaces."""
    plain = re.sub(r"\s+", " ", fold(text))
    return [word for word in words if fold(word) in plain]
