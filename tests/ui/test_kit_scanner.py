"""A scan is heard and lands nowhere; typing lands where it was meant, whole and in order."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from antenne.domain.scans import Scan
from antenne.ui.kit.scanner import Scanner
from tests.ui.helpers import press, type_text


@pytest.fixture
def scanner(qapp: QApplication) -> Iterator[Scanner]:
    made = Scanner(qapp)
    yield made
    shiboken6.delete(made)


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


@pytest.mark.parametrize("typed", ["M-00931 7F3A91C2ZK", ',)ààç"&'])
def test_a_scan_is_heard_and_does_not_land(qtbot: QtBot, scanner: Scanner, field: QLineEdit, typed: str) -> None:
    entered: list[bool] = []
    field.returnPressed.connect(lambda: entered.append(True))
    with qtbot.waitSignal(scanner.scanned) as heard:
        type_text(field, typed)
        press(field, Qt.Key.Key_Return)
    qtbot.wait(60)
    assert heard.args is not None
    assert heard.args[0].number == "M-00931"
    assert field.text() == ""
    assert entered == []


def test_typing_lands_in_order_after_a_blink(qtbot: QtBot, scanner: Scanner, field: QLineEdit) -> None:
    type_text(field, "Aïssata Koné")
    qtbot.waitUntil(lambda: field.text() == "Aïssata Koné", timeout=500)


def test_fast_typing_with_enter_is_not_a_scan(qtbot: QtBot, scanner: Scanner, field: QLineEdit) -> None:
    heard: list[Scan] = []
    entered: list[str] = []
    scanner.scanned.connect(heard.append)
    field.returnPressed.connect(lambda: entered.append(field.text()))
    type_text(field, "76 12 34 56")
    press(field, Qt.Key.Key_Return)
    assert entered == ["76 12 34 56"]
    assert heard == []


def test_a_slow_code_is_typing(qtbot: QtBot, scanner: Scanner, field: QLineEdit) -> None:
    heard: list[Scan] = []
    scanner.scanned.connect(heard.append)
    type_text(field, "M-00")
    qtbot.wait(60)
    type_text(field, "931")
    press(field, Qt.Key.Key_Return)
    assert field.text() == "M-00931"
    assert heard == []


def test_other_keys_keep_their_place(qtbot: QtBot, scanner: Scanner, field: QLineEdit) -> None:
    type_text(field, "ab")
    press(field, Qt.Key.Key_Backspace)
    type_text(field, "c")
    qtbot.waitUntil(lambda: field.text() == "ac", timeout=500)
