"""The tokens keep their contrast; the theme is whole; the binding keeps its counts."""

from __future__ import annotations

import re
import sys

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from antenne.ui.kit import tokens
from antenne.ui.kit.stylesheet import stylesheet


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "ground"), tokens.TEXT_PAIRS)
def test_text_stands_out_on_its_ground(ink: str, ground: str) -> None:
    assert _contrast(ink, ground) >= 4.5


def test_every_text_colour_of_the_sheet_is_a_declared_ink() -> None:
    inks = {ink for ink, _ in tokens.TEXT_PAIRS}
    used = set(re.findall(r"(?<![-\w])(?:selection-)?color: (#[0-9A-F]{6})", stylesheet()))
    assert used <= inks
    assert tokens.ACCENT not in used


def test_tones_are_declared_pairs() -> None:
    assert set(tokens.TONES.values()) <= set(tokens.TEXT_PAIRS)


def test_the_bundled_font_is_worn(qapp: QApplication) -> None:
    assert QFontInfo(qapp.font()).family() == tokens.FONT_FAMILY


def test_qt_speaks_french(qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.buttons()[0].text() == "Annuler"


def test_every_icon_of_the_sheet_exists() -> None:
    from pathlib import Path

    addresses = re.findall(r'url\("([^"]+)"\)', stylesheet())
    assert addresses
    assert all(Path(address).is_file() for address in addresses)


def test_the_binding_gives_back_every_none(qtbot: QtBot) -> None:
    """A build that loses one reference to None per call aborts the process after some 5,000 calls."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(2_000):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 200
