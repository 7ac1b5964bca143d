"""Rows for tables and lists: a few given at once, or fifty thousand fetched page by page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QColor

from antenne.domain.board import Tone
from antenne.ui.kit.operations import SHORT, Operations
from antenne.ui.kit.theme import font
from antenne.ui.kit.tokens import FONT_POINT, INK, MUTED

PAGE_SIZE: Final = 24
"""More rows than a screen of 768 pixels shows of any table, and no more: each key waits for the first page."""
KEPT_PAGES: Final = 100
"""Pages held at once: 2,400 rows; the rest is fetched again when it is seen again."""
ASKED_AT_ONCE: Final = 3
"""Pages asked for after one painting: what is visible, never what was scrolled past."""

ROW_ROLE: Final = Qt.ItemDataRole.UserRole
"""The whole row (an area's record), or None while its page is on the way."""
TONE_ROLE: Final = Qt.ItemDataRole.UserRole + 1
"""The tone of a pill, or an empty text for plain text."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Attributes:
        key: What ``fetch`` is asked to sort by, and what widths are remembered under.
        title: French heading, or empty.
        text: What stands in the cell.
        align: Figures stand right.
        width: Pixels at first; 0 takes what is left.
        pill: Tone of the cell's pill, or None where the text is plain.
        strong: Bold where this holds.
        ink: A token's colour where it is not the ordinary ink; empty otherwise.
        muted: In grey.
        sortable: A click on the heading sorts.
        spare: Not shown where the column that takes what is left would be too narrow to read.
    """

    key: str
    title: str
    text: Callable[[Any], str]
    align: Literal["left", "right"] = "left"
    width: int = 120
    pill: Callable[[Any], Tone] | None = None
    strong: Callable[[Any], bool] | None = None
    ink: Callable[[Any], str] | None = None
    muted: bool = False
    sortable: bool = True
    spare: bool = False


@dataclass(frozen=True, slots=True)
class PageOfRows:
    """What ``fetch`` returns: the rows from ``offset`` on, and how many there are in all."""

    rows: tuple[Any, ...]
    total: int


Fetch = Callable[[int, int, str, bool], PageOfRows]
"""``(offset, limit, sort column's key or empty, descending)``; runs on the short lane."""


class RowsModel(QAbstractTableModel):
    """Rows that are already here."""

    total_changed = Signal(int)

    def __init__(self, columns: Sequence[Column], rows: Sequence[Any] = (), parent: QObject | None = None) -> None:
        """Show ``rows``."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: tuple[Any, ...] = tuple(rows)
        self._bold = font(FONT_POINT, bold=True)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace every row."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()
        self.total_changed.emit(len(self._rows))

    def row(self, number: int) -> Any | None:
        """The row at ``number``, or None."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are, here or not."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What the delegate paints and a screen reader says."""
        record = self.row(index.row())
        if role == ROW_ROLE:
            return record
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if record is None:
            return None
        return self._cell(column, record, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(self.columns[section])
        return None

    def _cell(self, column: Column, record: Any, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(record)
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.text(record) or None
        if role == TONE_ROLE:
            return column.pill(record) if column.pill is not None else ""
        if role == Qt.ItemDataRole.ForegroundRole:
            own = column.ink(record) if column.ink is not None else ""
            return QColor(own or (MUTED if column.muted else INK))
        if role == Qt.ItemDataRole.FontRole and column.strong is not None and column.strong(record):
            return self._bold
        return None

    @staticmethod
    def _alignment(column: Column) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter


class PagedModel(RowsModel):
    """Rows fetched a page at a time, when they are painted; nothing is loaded to be counted."""

    loading_changed = Signal(bool)

    def __init__(
        self,
        operations: Operations,
        columns: Sequence[Column],
        fetch: Fetch,
        parent: QObject | None = None,
        *,
        sort_key: str = "",
        descending: bool = False,
    ) -> None:
        """Begin empty; :meth:`reload` fetches the first page.

        Args:
            operations: Runs ``fetch`` on the short lane.
            columns: What is shown.
            fetch: The area's query.
            parent: Qt parent.
            sort_key: Column sorted by at first.
            descending: Its direction.
        """
        super().__init__(columns, parent=parent)
        self._operations = operations
        self._fetch = fetch
        self.sort_key = sort_key
        self.descending = descending
        self._pages: OrderedDict[int, tuple[Any, ...]] = OrderedDict()
        self._total = 0
        self._generation = 0
        self._asked: set[int] = set()
        self._wanted: dict[int, None] = {}
        self._timer = QTimer(self, singleShot=True, interval=10)
        self._timer.timeout.connect(self._ask)

    @property
    def total(self) -> int:
        """Rows in all."""
        return self._total

    def reload(self, fetch: Fetch | None = None) -> None:
        """Read again, by another query if given; what is shown stays until the new first page is here."""
        if fetch is not None:
            self._fetch = fetch
        self._generation += 1
        self._asked.clear()
        self._wanted.clear()
        self._run(0, latest=True)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, in the database."""
        if 0 <= column < len(self.columns) and self.columns[column].sortable:
            self.sort_key = self.columns[column].key
            self.descending = order is Qt.SortOrder.DescendingOrder
            self.reload()

    def row(self, number: int) -> Any | None:
        """The row at ``number``; None while its page is on the way, which is asked for."""
        if not 0 <= number < self._total:
            return None
        page = number // PAGE_SIZE
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            return None
        self._pages.move_to_end(page)
        at = number - page * PAGE_SIZE
        return rows[at] if at < len(rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows in all, loaded or not."""
        return 0 if parent is not None and parent.isValid() else self._total

    def _want(self, page: int) -> None:
        if page in self._asked:
            return
        self._wanted.pop(page, None)
        self._wanted[page] = None
        if not self._timer.isActive():
            self._timer.start()

    def _ask(self) -> None:
        """Ask for what was painted last; what was scrolled past is left out."""
        pages = list(self._wanted)[-ASKED_AT_ONCE:]
        self._wanted.clear()
        for page in pages:
            self._run(page, latest=False)

    def _run(self, page: int, *, latest: bool) -> None:
        self._asked.add(page)
        self.loading_changed.emit(True)
        self._operations.run(
            SHORT,
            _fetch_page,
            self._fetch,
            (self._generation, page),
            self.sort_key,
            self.descending,
            owner=self,
            done=self._take,
            latest=latest,
            key="first page" if latest else "",
        )

    def _take(self, answer: tuple[tuple[int, int], PageOfRows]) -> None:
        (generation, page), found = answer
        if generation != self._generation:
            return
        self._asked.discard(page)
        if page == 0 or found.total != self._total:
            self._begin_again(page, found)
        else:
            self._pages[page] = found.rows
            first = page * PAGE_SIZE
            last = min(first + len(found.rows), self._total) - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        self.loading_changed.emit(bool(self._asked))

    def _begin_again(self, page: int, found: PageOfRows) -> None:
        """The first page of a new query, or a total that changed under us: forget the other pages."""
        same = found.total == self._total
        if not same:
            self.beginResetModel()
        self._pages.clear()
        self._pages[page] = found.rows
        self._total = found.total
        if same:
            if self._total:
                self.dataChanged.emit(self.index(0, 0), self.index(self._total - 1, len(self.columns) - 1))
        else:
            self.endResetModel()
        self.total_changed.emit(self._total)


def _fetch_page(
    fetch: Fetch, place: tuple[int, int], sort_key: str, descending: bool
) -> tuple[tuple[int, int], PageOfRows]:
    """One page, with the generation and number it was asked under."""
    return place, fetch(place[1] * PAGE_SIZE, PAGE_SIZE, sort_key, descending)
