"""The power goes while a setting is typed; and the check asks every area."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from antenne.domain.board import Target
from antenne.services import drafts
from antenne.services.checks import GENERAL, Finding
from antenne.services.desk import Desk
from antenne.ui.kit.operations import Operations
from antenne.ui.settings.area import AREA
from antenne.ui.settings.computer import ComputerSection
from antenne.ui.settings.draft_lines import draft_lines
from antenne.ui.settings.office import OfficeSection
from antenne.ui.settings.section import Section
from antenne.ui.settings.tariffs import TariffsSection
from antenne.ui.shell.window import MainWindow
from tests.ui.helpers import FakeDialogs, press, type_text
from tests.ui.settings_office import make_window, settings_of

Windows = Callable[[], MainWindow]
S = TypeVar("S", bound=Section)


@pytest.fixture
def windows(qtbot: QtBot, operations: Operations, responsable_desk: Desk) -> Windows:
    """Makes the window anew, as after a power cut."""

    def make() -> MainWindow:
        window = make_window(responsable_desk, operations, FakeDialogs())
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitUntil(operations.idle, timeout=10_000)
        return window

    return make


def push(section: QWidget, text: str) -> None:
    """Entrée on the visible button so named."""
    found = [one for one in section.findChildren(QPushButton) if one.text() == text and one.isVisible()]
    assert len(found) == 1, text
    press(found[0], Qt.Key.Key_Return)


def page(window: MainWindow, place: str, kind: type[S]) -> S:
    """A page of the settings, opened."""
    section = settings_of(window, place).section
    assert isinstance(section, kind)
    return section


def test_what_is_typed_of_the_office_survives_a_power_cut(
    qtbot: QtBot, operations: Operations, windows: Windows, responsable_desk: Desk
) -> None:
    before = responsable_desk.office.postal_box
    section = page(windows(), "office", OfficeSection)
    type_text(section.form.field("postal_box").entry(), " bis")
    qtbot.waitUntil(lambda: "Brouillon gardé" in section._note.text(), timeout=5000)
    typed = section.form.answers()["postal_box"]
    assert typed != before
    (line,) = draft_lines(responsable_desk)
    assert line.target == Target("settings", action="office")

    again = page(windows(), "office", OfficeSection)
    qtbot.waitUntil(lambda: "n’a pas été enregistré" in again.band.text, timeout=5000)
    assert again.form.answers()["postal_box"] == before
    assert not again.save_button.isEnabled()
    push(again, "Reprendre")
    assert again.save_button.isEnabled()
    again.save()
    qtbot.waitUntil(operations.idle, timeout=5000)
    assert responsable_desk.office.postal_box == typed
    assert drafts.list_drafts(responsable_desk) == ()
    assert again.band.text == ""


def test_a_tariff_half_typed_is_offered_where_it_was_typed(
    qtbot: QtBot, operations: Operations, windows: Windows, responsable_desk: Desk
) -> None:
    section = page(windows(), "tariffs", TariffsSection)
    section.show_field("cards.price")
    press(section.table, Qt.Key.Key_Return)
    qtbot.waitUntil(section.form.field("value").entry().hasFocus, timeout=5000)
    type_text(section.form.field("value").entry(), "75")
    qtbot.waitUntil(lambda: section.form.raw_answers()["value"] == "75", timeout=5000)  # the scanner looks at digits
    section.show_field("members.majority")
    qtbot.waitUntil(operations.idle, timeout=5000)
    (line,) = draft_lines(responsable_desk)
    assert line.target == Target("settings", action="tariffs", field="cards.price")

    window = windows()
    window.open(line.target)
    qtbot.waitUntil(operations.idle, timeout=5000)
    again = page(window, "", TariffsSection)
    push(again, "Reprendre")
    assert again.form.answers()["value"] == 75
    again.save()
    qtbot.waitUntil(operations.idle, timeout=5000)
    assert responsable_desk.settings.count("cards.price", responsable_desk.today) == 75
    assert drafts.list_drafts(responsable_desk) == ()


def test_the_habits_of_this_computer_are_kept_when_the_screen_is_left(
    qtbot: QtBot, operations: Operations, windows: Windows, responsable_desk: Desk
) -> None:
    window = windows()
    section = page(window, "computer", ComputerSection)
    before = section.form.raw_answers()["lock"]
    type_text(section.form.field("lock").entry(), "7")
    qtbot.waitUntil(lambda: section.form.raw_answers()["lock"] != before, timeout=5000)
    settings_of(window).keep_draft()
    qtbot.waitUntil(operations.idle, timeout=5000)
    (kept,) = drafts.list_drafts(responsable_desk)
    assert list(kept.body) == ["lock"]
    assert AREA.todo is not None
    assert Target("settings", action="computer") in [one.target for one in AREA.todo(responsable_desk)]


def test_who_may_not_change_settings_has_nothing_to_resume(desk: Desk) -> None:
    assert draft_lines(desk) == ()


def test_the_check_on_screen_asks_every_area(
    qtbot: QtBot, operations: Operations, responsable_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = dataclasses.replace(AREA, checks=(lambda _desk: Finding("Caisse", ok=False, detail="à revoir"),))
    monkeypatch.setattr("tests.ui.settings_office.AREA", asked)
    window = make_window(responsable_desk, operations, FakeDialogs())
    qtbot.addWidget(window)
    window.show()
    section = page(window, "check", ComputerSection)
    qtbot.waitUntil(operations.idle, timeout=20_000)
    rows = [section.findings.rows.row(number) for number in range(section.findings.rows.rowCount())]
    assert len(rows) == len(GENERAL) + 1
    assert [one.name for one in rows if one is not None and not one.ok] == ["Caisse"]
