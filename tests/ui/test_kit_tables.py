"""Lists of 50,000 rows behave like lists of 50."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from antenne.ui.kit import tokens
from antenne.ui.kit.clipboard import copy_text, forget_copied
from antenne.ui.kit.memory import SittingMemory
from antenne.ui.kit.models import KEPT_PAGES, PAGE_SIZE, Column, PageOfRows, RowsModel
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.person_list import PersonList, TwoLines, line_column
from antenne.ui.kit.tables import PagedTable, rows_table
from tests.ui.helpers import press

MANY = 50_000


@dataclass(frozen=True)
class Row:
    number: int
    name: str


COLUMNS = (
    Column(key="number", title="N°", text=lambda row: str(row.number), align="right", width=80),
    Column(key="name", title="Nom", text=lambda row: row.name, width=0),
    Column(key="state", title="", text=lambda _row: "À jour", pill=lambda _row: "good", width=90, sortable=False),
)


class Source:
    """Rows that are made when asked for, and a record of what was asked."""

    def __init__(self, total: int = MANY) -> None:
        self.total = total
        self.asked: list[tuple[int, str, bool]] = []
        self.threads: set[str] = set()

    def fetch(self, offset: int, limit: int, sort_key: str, descending: bool) -> PageOfRows:
        self.asked.append((offset, sort_key, descending))
        self.threads.add(threading.current_thread().name)
        numbers = range(self.total, 0, -1) if descending else range(1, self.total + 1)
        return PageOfRows(tuple(Row(n, f"Personne {n}") for n in numbers[offset : offset + limit]), self.total)


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def table(qtbot: QtBot, operations: Operations, source: Source) -> PagedTable:
    made = PagedTable(operations, COLUMNS, source.fetch, "Personnes", sort_key="number")
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    made.reload()
    qtbot.waitUntil(operations.idle)
    return made


def _settle(qtbot: QtBot, operations: Operations, table: PagedTable) -> None:
    table.viewport().repaint()
    qtbot.waitUntil(lambda: operations.idle() and not table.paged._timer.isActive())


def test_only_the_first_page_is_loaded(table: PagedTable, source: Source) -> None:
    assert table.rows.rowCount() == MANY
    assert source.asked == [(0, "number", False)]
    assert source.threads == {"lane-short"}


def test_scrolling_to_the_end_asks_for_what_is_seen(
    qtbot: QtBot, operations: Operations, table: PagedTable, source: Source
) -> None:
    bar = table.verticalScrollBar()
    for part in range(1, 21):
        bar.setValue(bar.maximum() * part // 20)
        table.viewport().repaint()
    _settle(qtbot, operations, table)
    assert table.rows.index(MANY - 1, 1).data() == "Personne 50000"
    assert len(source.asked) <= 12, "what was scrolled past is not fetched"


def test_pages_seen_long_ago_are_let_go(qtbot: QtBot, operations: Operations, table: PagedTable) -> None:
    for page in range(KEPT_PAGES + 20):
        table.rows.row(page * PAGE_SIZE)
        _settle(qtbot, operations, table)
    assert len(table.paged._pages) <= KEPT_PAGES


def test_a_heading_sorts(qtbot: QtBot, operations: Operations, table: PagedTable, source: Source) -> None:
    header = table.horizontalHeader()
    where = QPoint(header.sectionViewportPosition(0) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(operations.idle)
    assert source.asked[-1] == (0, "number", True)
    assert table.rows.index(0, 1).data() == "Personne 50000"


def test_an_unsortable_heading_does_not(
    qtbot: QtBot, operations: Operations, table: PagedTable, source: Source
) -> None:
    header = table.horizontalHeader()
    where = QPoint(header.sectionViewportPosition(2) + 20, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.waitUntil(operations.idle)
    assert source.asked == [(0, "number", False)]
    assert header.sortIndicatorSection() == 0


def test_enter_opens_the_row(qtbot: QtBot, table: PagedTable) -> None:
    table.setFocus()
    table.setCurrentIndex(table.rows.index(4, 0))
    with qtbot.waitSignal(table.opened) as opened:
        press(table, Qt.Key.Key_Return)
    assert opened.args == [Row(5, "Personne 5")]


def test_copy_puts_text_and_forgets_it(qtbot: QtBot, table: PagedTable) -> None:
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.selectRow(1)
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "2\tPersonne 2\tÀ jour"
    forget_copied()
    assert QGuiApplication.clipboard().text() == ""


def test_copied_text_goes_by_itself_but_not_another(qtbot: QtBot) -> None:
    copy_text("le mien", 0.01)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "")
    copy_text("le mien", 0.01)
    QGuiApplication.clipboard().setText("un autre")
    qtbot.wait(40)
    assert QGuiApplication.clipboard().text() == "un autre"
    QGuiApplication.clipboard().clear()


def test_widths_are_remembered(qtbot: QtBot, operations: Operations, source: Source) -> None:
    memory = SittingMemory()
    first = PagedTable(operations, COLUMNS, source.fetch, "Personnes", memory=memory)
    qtbot.addWidget(first)
    first.setColumnWidth(0, 137)
    second = PagedTable(operations, COLUMNS, source.fetch, "Personnes", memory=memory)
    qtbot.addWidget(second)
    assert second.columnWidth(0) == 137


def test_a_reload_keeps_what_is_shown_until_the_answer(qtbot: QtBot, operations: Operations, table: PagedTable) -> None:
    smaller = Source(3)
    table.reload(smaller.fetch)
    assert table.rows.rowCount() == MANY
    qtbot.waitUntil(operations.idle)
    assert table.rows.rowCount() == 3


def test_a_late_page_of_an_old_query_is_dropped(qtbot: QtBot, operations: Operations, table: PagedTable) -> None:
    table.rows.row(30_000)
    smaller = Source(3)
    table.reload(smaller.fetch)
    _settle(qtbot, operations, table)
    assert table.rows.rowCount() == 3
    assert table.rows.row(2) == Row(3, "Personne 3")


def test_a_short_table_is_as_tall_as_its_rows(qtbot: QtBot) -> None:
    table = rows_table(COLUMNS, [Row(1, "a"), Row(2, "b")], "Courte")
    qtbot.addWidget(table)
    table.show()
    assert table.verticalScrollBar().maximum() == 0
    assert table.height() >= table.sizeHint().height()


def test_the_person_list_opens_and_steps(qtbot: QtBot) -> None:
    def line(row: Row) -> TwoLines:
        return TwoLines(row.name, str(row.number), "À jour", "good")

    model = RowsModel((line_column(line),), [Row(1, "KONÉ Fatoumata"), Row(2, "KONATÉ Fatou")])
    shown = PersonList(model, line, "Adhérentes")
    qtbot.addWidget(shown)
    shown.show_typed("kon")
    shown.show()
    shown.step(1)
    shown.step(1)
    shown.step(1)
    assert shown.current() == Row(2, "KONATÉ Fatou")
    with qtbot.waitSignal(shown.opened) as opened:
        press(shown, Qt.Key.Key_Return)
    assert opened.args == [Row(2, "KONATÉ Fatou")]
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "KONÉ Fatoumata · 1 · À jour"
    assert shown.grab().toImage().pixelColor(QPointF(3, 3).toPoint()).isValid()


def test_fifty_thousand_persons_have_their_place_at_once(qtbot: QtBot) -> None:
    def line(row: Row) -> TwoLines:
        return TwoLines(row.name)

    model = RowsModel((line_column(line),))
    shown = PersonList(model, line, "Adhérentes")
    qtbot.addWidget(shown)
    shown.resize(324, 600)
    shown.show()
    model.show_rows([Row(number, f"Personne {number}") for number in range(MANY)])
    QApplication.processEvents()  # one turn of the loop, and the last row can be gone to
    press(shown, Qt.Key.Key_End)
    assert shown.current() == Row(MANY - 1, f"Personne {MANY - 1}")
    assert shown.viewport().rect().intersects(shown.visualRect(shown.currentIndex()))
    press(shown, Qt.Key.Key_Home)
    assert shown.current() == Row(0, "Personne 0")
    assert shown.visualRect(shown.currentIndex()).height() == tokens.TALL_ROW_HEIGHT


@pytest.mark.parametrize(("width", "shown"), [(700, True), (420, False)])
def test_a_spare_column_makes_room_for_the_names(qtbot: QtBot, width: int, shown: bool) -> None:
    columns = (
        Column(key="name", title="Nom", text=lambda row: row.name, width=0),
        Column(key="number", title="N°", text=lambda row: str(row.number), width=90),
        Column(key="quarter", title="Quartier", text=lambda _row: "Sévaré", width=160, spare=True),
    )
    table = rows_table(columns, [Row(1, "a")], "Noms")
    qtbot.addWidget(table)
    table.resize(width, 200)
    table.show()
    assert table.isColumnHidden(2) is not shown
    assert table.columnWidth(0) >= 200
