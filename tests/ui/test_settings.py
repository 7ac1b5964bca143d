"""The settings on a real encrypted office: what the responsable changes, what the secretary only reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from antenne.domain.board import Target
from antenne.domain.cards import Offsets, Variant
from antenne.domain.office import Heading
from antenne.services import cards_printing, settings
from antenne.services.desk import Desk
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import Operations
from antenne.ui.settings.computer import ComputerSection
from antenne.ui.settings.lists import ListsSection
from antenne.ui.settings.office import OfficeSection
from antenne.ui.settings.printers import PrintersSection, offset_words
from antenne.ui.settings.screen import SettingsScreen
from antenne.ui.settings.tariffs import TariffsSection
from antenne.ui.shell.window import MainWindow
from tests.ui.helpers import FakeDialogs, press
from tests.ui.settings_office import make_window, settings_of


@pytest.fixture
def dialogs() -> FakeDialogs:
    return FakeDialogs()


@pytest.fixture
def window(qtbot: QtBot, operations: Operations, responsable_desk: Desk, dialogs: FakeDialogs) -> Iterator[MainWindow]:
    made = make_window(responsable_desk, operations, dialogs)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    qtbot.waitUntil(operations.idle)


def write(form: FormView, key: str, text: str) -> None:
    """Type into a field, as slowly as a person: the window would take a burst for a scan."""
    entry = form.field(key).entry()
    entry.setFocus()
    entry.setText(text)  # type: ignore[attr-defined]  # a line
    entry.textEdited.emit(text)  # type: ignore[attr-defined]  # what typing does
    form.field(key).changed.emit()


def labels(screen: SettingsScreen) -> list[str]:
    return [screen.menu.item(row).text() for row in range(screen.menu.count())]


def test_every_page_is_reached_by_keyboard(qtbot: QtBot, operations: Operations, window: MainWindow) -> None:
    screen = settings_of(window)
    seen = []
    for _ in range(screen.menu.count()):
        screen.menu.setFocus()
        press(screen.menu, Qt.Key.Key_Return)
        qtbot.waitUntil(operations.idle)
        assert screen.section is not None
        seen.append(type(screen.section).__name__)
        inside = window.focusWidget()
        assert inside is not None
        assert screen.section.isAncestorOf(inside), seen
        QTest.keyClick(inside, Qt.Key.Key_Escape)
        assert window.focusWidget() is screen.menu
        press(screen.menu, Qt.Key.Key_Down)
    assert len(set(seen)) == 7


def test_the_office_is_changed_and_previewed(
    qtbot: QtBot,
    operations: Operations,
    window: MainWindow,
    responsable_desk: Desk,
    dialogs: FakeDialogs,
    tmp_path: Path,
) -> None:
    Image.new("RGB", (300, 300), "#C2702A").save(tmp_path / "logo.png")
    dialogs.path = tmp_path / "logo.png"
    section = settings_of(window, "office").section
    assert isinstance(section, OfficeSection)
    assert not section.save_button.isEnabled()
    write(section.form, "neutral_heading", "Maison des femmes")
    assert section.previews[Heading.NEUTRAL].title.text() == "Maison des femmes"
    write(section.form, "town", "")
    section.choose_logo()
    qtbot.waitUntil(operations.idle)
    window.current_screen.save()
    assert "Ville" in section.form.error_of("town")
    write(section.form, "town", "Mopti")
    section.form.field("heading_list").set_value("none")
    window.current_screen.save()
    qtbot.waitUntil(operations.idle)
    office = responsable_desk.office
    assert (office.town, office.neutral_heading, office.heading("list")) == ("Mopti", "Maison des femmes", Heading.NONE)
    assert office.logo is not None
    assert not section.save_button.isEnabled()


def test_a_wrong_phone_or_picture_is_said_beside_its_field(
    qtbot: QtBot, operations: Operations, window: MainWindow, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    dialogs.path = tmp_path / "logo.png"
    dialogs.path.write_bytes(b"GIF89a")
    section = settings_of(window, "office").section
    assert isinstance(section, OfficeSection)
    section.choose_logo()
    qtbot.waitUntil(operations.idle)
    assert "PNG ou JPEG" in section.logo_error.text()
    write(section.form, "phone", "abc")
    section.save()
    qtbot.waitUntil(operations.idle)
    assert "chiffres" in section.form.error_of("phone")
    assert section.save_button.isEnabled()


def choose_price(section: TariffsSection) -> None:
    keys = [section.table.rows.row(number).key for number in range(section.table.rows.rowCount())]  # type: ignore[union-attr]  # every row is here
    section.table.setFocus()
    section.table.selectRow(keys.index("cards.price"))


def test_a_tariff_to_come_leaves_today_alone(
    qtbot: QtBot, operations: Operations, window: MainWindow, responsable_desk: Desk
) -> None:
    section = settings_of(window, "tariffs").section
    assert isinstance(section, TariffsSection)
    choose_price(section)
    press(section.table, Qt.Key.Key_Return)
    assert window.focusWidget() is section.form.field("value").entry()
    write(section.form, "value", "12,5k")
    section.save()
    assert section.form.error_of("value")
    write(section.form, "value", "750")
    write(section.form, "since", "01/01/2027")
    section.save()
    qtbot.waitUntil(operations.idle)
    assert responsable_desk.settings.count("cards.price", responsable_desk.today) == 500
    assert responsable_desk.settings.count("cards.price", dt.date(2027, 1, 1)) == 750
    choose_price(section)
    rows = [section.history.rows.row(number) for number in range(section.history.rows.rowCount())]
    assert [(row.since, row.state) for row in rows] == [("01/01/2027", "À venir"), ("au départ", "Aujourd’hui")]  # type: ignore[union-attr]  # every row is here


@pytest.mark.parametrize(("yes", "now"), [(False, 500), (True, 400)])
def test_the_past_changes_only_when_she_says_so(
    qtbot: QtBot,
    operations: Operations,
    window: MainWindow,
    responsable_desk: Desk,
    dialogs: FakeDialogs,
    *,
    yes: bool,
    now: int,
) -> None:
    dialogs.yes = yes
    section = settings_of(window, "tariffs").section
    assert isinstance(section, TariffsSection)
    choose_price(section)
    write(section.form, "value", "400")
    write(section.form, "since", "01/02/2026")
    section.save()
    qtbot.waitUntil(operations.idle)
    assert "passé" in dialogs.asked[-1]
    assert responsable_desk.settings.count("cards.price", responsable_desk.today) == now


def test_an_entry_is_added_renamed_ended_and_offered_again(
    qtbot: QtBot, operations: Operations, window: MainWindow, responsable_desk: Desk
) -> None:
    section = settings_of(window, "lists").section
    assert isinstance(section, ListsSection)

    def offered() -> list[str]:
        return [one.label for one in responsable_desk.settings.options("languages", responsable_desk.today)]

    window.current_screen.new()
    section.line.setText("Bambara")
    press(section.line, Qt.Key.Key_Return)
    qtbot.waitUntil(operations.idle)
    assert "déjà dans la liste" in section.line.accessibleDescription()
    section.line.setText("khassonké")
    press(section.line, Qt.Key.Key_Return)
    qtbot.waitUntil(operations.idle)
    assert offered()[-1] == "khassonké"
    section.table.selectRow(0)
    press(section.table, Qt.Key.Key_Return)
    assert section.line.text() == "bambara"
    section.line.setText("bamanankan")
    section.rename_button.click()
    qtbot.waitUntil(operations.idle)
    assert offered()[0] == "bamanankan"
    section.end_button.click()
    qtbot.waitUntil(operations.idle)
    assert "bamanankan" not in offered()
    assert responsable_desk.settings.label("languages", "bam") == "bamanankan"
    assert not section.end_button.isEnabled()
    section.again_button.click()
    qtbot.waitUntil(operations.idle)
    assert offered()[0] == "bamanankan"


def test_the_usual_card_is_kept(
    qtbot: QtBot, operations: Operations, window: MainWindow, responsable_desk: Desk
) -> None:
    section = settings_of(window, "printers").section
    assert isinstance(section, PrintersSection)
    section.choices[Variant.SHEET].click()
    qtbot.waitUntil(operations.idle)
    assert cards_printing.own_variant(responsable_desk) is Variant.SHEET
    cards_printing.keep_offsets(responsable_desk, "HP", Offsets(5, -12, 0, 0))
    section.refresh()
    assert section.table.rows.rowCount() == 1


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [(0, 0, "juste"), (5, -12, "0,5\u00a0mm à droite, 1,2\u00a0mm en bas"), (-30, 0, "3,0\u00a0mm à gauche")],
)
def test_an_offset_in_words(x: int, y: int, words: str) -> None:
    assert offset_words(x, y) == words


def test_this_computer_keeps_its_habits_and_checks_the_base(
    qtbot: QtBot, operations: Operations, window: MainWindow, responsable_desk: Desk
) -> None:
    section = settings_of(window, "computer").section
    assert isinstance(section, ComputerSection)
    write(section.form, "lock", "0")
    write(section.form, "reminder", "14")
    section.save()
    qtbot.waitUntil(operations.idle)
    assert "Tapez 1" in section.form.error_of("lock")
    assert settings.history_of(responsable_desk, "backup.reminder_days") == ()
    write(section.form, "lock", "10")
    section.save()
    qtbot.waitUntil(operations.idle)
    assert responsable_desk.settings.count("lock.minutes", responsable_desk.today) == 10
    assert responsable_desk.settings.count("backup.reminder_days", responsable_desk.today) == 14
    window.open(Target("settings", action="check"))
    qtbot.waitUntil(operations.idle, timeout=20000)
    rows = [section.findings.rows.row(number) for number in range(section.findings.rows.rowCount())]
    assert len(rows) >= 6
    assert all(row.ok for row in rows)  # type: ignore[union-attr]  # every row is here


def test_the_secretary_reads_and_changes_nothing(
    qtbot: QtBot, operations: Operations, desk: Desk, dialogs: FakeDialogs
) -> None:
    window = make_window(desk, operations, dialogs)
    qtbot.addWidget(window)
    window.show()
    screen = settings_of(window, "office")
    assert "Utilisatrices et clés" not in labels(screen)
    section = screen.section
    assert isinstance(section, OfficeSection)
    assert section.save_button.isHidden()
    assert not section.form.isEnabled()
    lists = settings_of(window, "lists").section
    assert isinstance(lists, ListsSection)
    assert lists.add_button.isHidden()
    tops = [widget for widget in QGuiApplication.topLevelWindows() if widget.isVisible()]
    assert len(tops) == 1, "a control was shown before it had a place"
    qtbot.waitUntil(operations.idle)
