"""The window as the secretary has it: by keyboard, on a small screen, in a hurry."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.domain.board import Action, Badge, SearchHit, Target
from antenne.domain.changes import MEMBERS as MEMBERS_CHANGED
from antenne.domain.changes import Changes
from antenne.domain.rights import Role
from antenne.ui.kit.cards import HIDDEN_FIGURE
from antenne.ui.kit.clipboard import copy_text
from antenne.ui.kit.operations import Operations
from antenne.ui.shell.board import allowed_actions, matching
from antenne.ui.shell.help_panel import read_page
from antenne.ui.shell.home import HomeScreen, long_date
from antenne.ui.shell.palette import Heading
from antenne.ui.shell.side_bar import NavButton
from antenne.ui.shell.window import MainWindow
from tests.ui.helpers import press, type_text
from tests.ui.shell_fakes import AREAS, BACKUP, MEMBERS, NOW, PeopleScreen, make_desk, make_window

Make = Callable[..., MainWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def make(qtbot: QtBot, operations: Operations) -> Iterator[Make]:
    made: list[MainWindow] = []

    def build(*roles: Role, **options: Any) -> MainWindow:
        window = make_window(operations, *roles, **options)
        made.append(window)
        window.resize(1366, 768)
        window.show()
        qtbot.waitUntil(operations.idle)
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield build
    for window in made:
        window.close()
        shiboken6.delete(window._scanner)
        shiboken6.delete(window._watch)
        shiboken6.delete(window)


@pytest.fixture
def window(make: Make) -> MainWindow:
    return make(Role.SECRETAIRE, Role.CAISSIERE)


def _words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def _trigger(window: MainWindow, keys: str) -> None:
    """Press a shortcut through Qt's own shortcut map, where the focus is."""
    window.activateWindow()
    stroke = QKeySequence(keys)[0]  # type: ignore[index] # the stubs leave it out
    QTest.keyClick(QApplication.focusWidget() or window, stroke.key(), stroke.keyboardModifiers())


def _people(window: MainWindow) -> PeopleScreen:
    screen = window.current_screen
    assert isinstance(screen, PeopleScreen)
    return screen


def test_the_title_says_nothing(window: MainWindow) -> None:
    assert window.windowTitle() == "Antenne"


def test_home_shows_what_waits_and_the_month(window: MainWindow) -> None:
    home = window.current_screen
    assert isinstance(home, HomeScreen)
    words = _words(window)
    for expected in ("Lundi 23 novembre 2026", "À faire", "1 urgent", "Ce mois-ci", "Mopti — Sévaré", "Exercice 2026"):
        assert expected in words
    assert home._todo_model.index(0, 0).data() == "12 j de retard"
    assert home._month_model.index(3, 3).data() == "—"
    spans = [home._table.columnSpan(row, 1) for row in range(home._todo_model.rowCount())]
    assert spans == [1 if home._todo_model.index(row, 2).data() else 2 for row in range(len(spans))]
    assert set(spans) == {1, 2}
    assert any(made.text() == "Sauvegarde : il y a 27 jours" for made in window._frame.top.findChildren(QPushButton))


def test_an_urgent_line_opens_the_record_at_its_field(window: MainWindow, qtbot: QtBot) -> None:
    home = window.current_screen
    assert isinstance(home, HomeScreen)
    press(home._table, Qt.Key.Key_Return)
    assert _people(window).told[-1] == Target("members", 7, "name")
    assert window.focusWidget() is _people(window).name


def test_filters_keep_only_what_they_say(window: MainWindow) -> None:
    home = window.current_screen
    assert isinstance(home, HomeScreen)
    for number, count in ((1, 2), (2, 1), (0, 6)):
        press(home._filters[number], Qt.Key.Key_Space)
        assert home._todo_model.rowCount() == count


def test_an_area_opens_by_its_key_and_escape_leads_back(window: MainWindow) -> None:
    _trigger(window, "F3")
    assert isinstance(window.current_screen, PeopleScreen)
    assert window._frame.side._buttons["members"].isChecked()
    _trigger(window, "F10")
    _trigger(window, "Esc")
    assert isinstance(window.current_screen, PeopleScreen)
    _trigger(window, "Esc")
    assert isinstance(window.current_screen, HomeScreen)
    _trigger(window, "Esc")
    assert isinstance(window.current_screen, HomeScreen)


def test_a_screen_receives_its_keys(window: MainWindow) -> None:
    _trigger(window, "F3")
    for keys in ("Ctrl+N", "Ctrl+S", "Ctrl+P"):
        _trigger(window, keys)
    assert _people(window).told[-3:] == ["new", "save", "print"]


def test_areas_and_actions_follow_the_rights(make: Make) -> None:
    window = make(Role.LECTURE)
    assert set(window._frame.side._buttons) == {"home", "backup", "settings"}
    assert [action.label for action in window._frame.answers._actions] == ["Sauvegarder sur clé USB"]


def test_what_is_forbidden_is_left_out_of_the_home_page(window: MainWindow) -> None:
    assert window.band.text == ""


@pytest.mark.parametrize("typed", ["kone fat", "fat kone", "KONÉ", "fanta"])
def test_search_finds_from_two_letters_and_enter_opens(
    window: MainWindow, qtbot: QtBot, operations: Operations, typed: str
) -> None:
    _trigger(window, "Ctrl+K")
    type_text(window._frame.top.search, typed)
    qtbot.waitUntil(lambda: window._frame.top.search.text() == typed and operations.idle())
    rows = window._frame.answers.rows()
    assert rows[0] == Heading("Adhérentes")
    assert isinstance(rows[1], SearchHit)
    shown = window._frame.answers._list
    qtbot.waitUntil(lambda: shown.rowAt(4) == 0)  # the heading stands above the row that is current
    assert shown.currentIndex().row() == 1
    press(window._frame.top.search, Qt.Key.Key_Return)
    assert _people(window).told[-1] == rows[1].target
    assert not window._frame.answers.isVisible()


def test_enter_before_the_answer_opens_the_answer(make: Make, qtbot: QtBot, operations: Operations) -> None:
    gate = threading.Event()

    def slow(*asked: Any) -> tuple[SearchHit, ...]:
        gate.wait(5)
        return (SearchHit(title="KONÉ Fatim", target=Target("members", 2)),)

    from dataclasses import replace

    window = make(areas=(replace(MEMBERS, search=slow), BACKUP))
    window._frame.answers.look_for("kon")
    window._frame.answers.steer(Qt.Key.Key_Return)
    gate.set()
    qtbot.waitUntil(operations.idle)
    assert _people(window).told[-1] == Target("members", 2)


def test_actions_are_found_by_their_words(window: MainWindow, qtbot: QtBot, operations: Operations) -> None:
    _trigger(window, "Ctrl+K")
    type_text(window._frame.top.search, "encais")
    qtbot.waitUntil(lambda: window._frame.top.search.text() == "encais" and operations.idle())
    rows = window._frame.answers.rows()
    assert rows[0] == Heading("Actions")
    assert [row.label for row in rows if isinstance(row, Action)] == ["Encaisser"]
    press(window._frame.top.search, Qt.Key.Key_Return)
    assert window._history.here == Target("cashbook")


def test_arrows_step_over_headings(window: MainWindow, qtbot: QtBot, operations: Operations) -> None:
    window._frame.focus_search()
    window._frame.answers.look_for("fatou")
    qtbot.waitUntil(operations.idle)
    seen = []
    for _ in range(8):
        seen.append(window._frame.answers._list.current())
        window._frame.answers.steer(Qt.Key.Key_Down)
    assert not any(isinstance(row, Heading) for row in seen)
    for _ in range(9):
        window._frame.answers.steer(Qt.Key.Key_Up)
    assert window._frame.answers._list.current() == seen[0]


def test_nothing_found_is_said(window: MainWindow, qtbot: QtBot, operations: Operations) -> None:
    window._frame.focus_search()
    window._frame.answers.look_for("zzzz")
    qtbot.waitUntil(operations.idle)
    assert "Rien ne répond" in window._frame.answers._empty.text()


def test_matching_takes_every_word() -> None:
    actions = allowed_actions(AREAS, make_desk(FixedClock(NOW), Role.RESPONSABLE))
    assert [action.label for action in matching(actions, "nouv adh")] == ["Nouvelle adhérente"]
    assert matching(actions, "nouv zzz") == ()


def test_a_scan_opens_her_page_from_any_field(window: MainWindow, qtbot: QtBot, operations: Operations) -> None:
    window.open(Target("members"))
    field = _people(window).name
    field.setFocus()
    type_text(field, '?)ààç"&')
    press(field, Qt.Key.Key_Return)
    qtbot.waitUntil(operations.idle)
    assert _people(window).told[-1] == Target("members", 931)
    assert field.text() == ""


def test_an_unknown_code_is_said(window: MainWindow, qtbot: QtBot, operations: Operations) -> None:
    home = window.current_screen
    assert isinstance(home, HomeScreen)
    type_text(home._table, "M-00001")
    press(home._table, Qt.Key.Key_Return)
    qtbot.waitUntil(operations.idle)
    assert "M-00001" in window.band.text


def test_balances_are_hidden_until_asked_for(window: MainWindow) -> None:
    assert "125 000" not in _words(window)
    assert HIDDEN_FIGURE in _words(window)
    _trigger(window, "Ctrl+B")
    assert "125 000" in _words(window)
    _trigger(window, "Ctrl+B")
    assert "125 000" not in _words(window)


def test_help_is_that_of_the_screen(window: MainWindow, qtbot: QtBot, operations: Operations) -> None:
    _trigger(window, "F1")
    qtbot.waitUntil(operations.idle)
    assert "L’accueil" in window._frame.help.browser.toPlainText()
    _trigger(window, "Esc")
    assert not window._frame.help.isVisible()


@pytest.mark.parametrize("key", ["home", "general", "absente", "../secret"])
def test_every_help_key_has_a_page(key: str) -> None:
    assert read_page(key).startswith("## ")


def test_changes_reach_every_open_screen(window: MainWindow, qtbot: QtBot, operations: Operations) -> None:
    window.open(Target("members"))
    changes = Changes.of(MEMBERS_CHANGED, id=3)
    window.context.broadcast(changes)
    qtbot.waitUntil(operations.idle)
    assert _people(window).told[-1] == changes


def test_a_problem_and_a_bug_are_said(window: MainWindow) -> None:
    window.show_problem(ValueError("clé retirée"))
    assert window.band.text == "Problème : clé retirée"
    window.show_bug(ZeroDivisionError("secret"))
    assert "ZeroDivisionError" in window.band.text
    assert "secret" not in window.band.text


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [(Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Space, CTRL)],
)
def test_one_key_hides_at_once(window: MainWindow, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    window.open(Target("members"))
    _trigger(window, "Ctrl+B")
    copy_text("KONÉ Fatoumata")
    with qtbot.waitSignal(window.lock_requested) as asked:
        press(_people(window).name, key, modifiers)
    assert asked.args == [True]
    assert window._cover.isVisible()
    assert not window._frame.isVisible()
    assert "draft" in _people(window).told
    assert QGuiApplication.clipboard().text() == ""
    told = len(_people(window).told)
    _trigger(window, "Ctrl+N")
    assert len(_people(window).told) == told, "no shortcut works under the cover"
    assert "Antenne" not in window._cover.accessibleName()


def test_hiding_takes_dialogs_along(window: MainWindow, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    field = QLineEdit(dialog)
    dialog.open()
    with qtbot.waitSignal(window.lock_requested):
        press(field, Qt.Key.Key_F12)
    assert not dialog.isVisible()


def test_the_buttons_hide_and_lock(make: Make, qtbot: QtBot) -> None:
    for attribute, hide in (("hide_button", True), ("lock_button", False)):
        window = make()
        with qtbot.waitSignal(window.lock_requested) as asked:
            press(getattr(window._frame.top, attribute), Qt.Key.Key_Space)
        assert asked.args == [hide]


def test_it_locks_when_nobody_is_there(window: MainWindow, qtbot: QtBot) -> None:
    clock = window.context.clock
    assert isinstance(clock, FixedClock)
    clock.advance(dt.timedelta(minutes=4, seconds=50))
    window._watch.look()
    press(window.current_screen, Qt.Key.Key_Down)
    clock.advance(dt.timedelta(minutes=4, seconds=50))
    window._watch.look()
    assert window._frame.isVisible()
    clock.advance(dt.timedelta(seconds=20))
    with qtbot.waitSignal(window.lock_requested) as asked:
        window._watch.look()
    assert asked.args == [False]


def test_a_lock_that_failed_can_be_undone(window: MainWindow) -> None:
    window.lock()
    window.uncover()
    assert window._frame.isVisible()


def test_the_side_bar_shrinks_and_everything_stays_reachable(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(911, 512)
    assert window._frame.side.width() == 60
    assert window._frame.top.lock_button.accessibleName() == "Verrouiller"
    right = window._frame.top.lock_button.mapTo(window, window._frame.top.lock_button.rect().topRight()).x()
    assert right < 911
    window.resize(1366, 768)
    assert window._frame.side.width() == 204


@pytest.mark.parametrize(("width", "spelled"), [(1366, True), (1092, False), (910, False)])
def test_no_word_of_the_top_bar_is_cut(
    make: Make, qtbot: QtBot, operations: Operations, width: int, spelled: bool
) -> None:
    window = make(demo=True)
    qtbot.waitUntil(operations.idle)  # the office's own pills are there
    texts = ("Soins : encore 20 h 39", "Sauvegarde : jamais faite")
    top = window._frame.top
    window.resize(910, 614)
    top.show_badges([Badge(text=text, tone="danger", target=Target("home")) for text in texts])
    window.resize(width, 768)

    def whole() -> bool:
        shown = [top.user, top.hide_button, top.lock_button]
        shown += [made for made in top.findChildren(QPushButton) if made.text() in texts]
        return all(made.width() >= made.sizeHint().width() for made in shown if made.isVisible())

    qtbot.waitUntil(lambda: whole() and top.user.isVisible() is spelled)
    assert top.hide_button.text() == ("Masquer" if spelled else "")


def test_the_demonstration_office_is_watermarked(make: Make) -> None:
    assert "Démonstration" in _words(make(demo=True)._frame.top)
    assert "Démonstration" not in _words(make()._frame.top)


def test_every_control_has_an_accessible_name(window: MainWindow, qtbot: QtBot, operations: Operations) -> None:
    for key in ("home", "members", "backup"):
        window.open(Target(key))
        qtbot.waitUntil(operations.idle)
    window.show_help()
    qtbot.waitUntil(operations.idle)
    controls: list[QWidget] = []
    for kind in (QAbstractButton, QLineEdit, QAbstractItemView, QComboBox):
        controls += window.findChildren(kind)
    own = [c for c in controls if not c.objectName().startswith("qt_") and c.focusPolicy() != Qt.FocusPolicy.NoFocus]
    assert len(own) > 10
    nameless = [c for c in own if not c.accessibleName() and not (isinstance(c, QAbstractButton) and c.text())]
    assert nameless == []


def test_tab_goes_round_and_reaches_the_page(window: MainWindow, qtbot: QtBot) -> None:
    home = window.current_screen
    assert isinstance(home, HomeScreen)
    window.activateWindow()
    seen: list[QWidget | None] = []
    for _ in range(40):
        seen.append(window.focusWidget())
        window.focusNextChild()
    assert home._table in seen
    assert window._frame.top.search in seen
    parts = [*home._buttons, *home._tiles, *home._filters, home._table, home._month_table]
    read = [one for one in seen if one in parts]
    begins = read.index(home._buttons[0])
    told = read[begins : begins + len(set(read))]
    assert told == [one for one in parts if one in told], "Tab goes as the page is read"
    assert any(isinstance(one, NavButton) for one in seen)


def test_ctrl_n_on_the_home_page_begins_what_is_begun_most(window: MainWindow) -> None:
    _trigger(window, "Ctrl+N")
    assert _people(window).told[-1] == Target("members", action="new")


def test_closing_keeps_drafts_and_tells(window: MainWindow, qtbot: QtBot) -> None:
    window.open(Target("members"))
    screen = _people(window)
    with qtbot.waitSignal(window.closing):
        window.close()
    assert "draft" in screen.told


def test_long_dates() -> None:
    assert long_date(dt.date(2026, 11, 1)) == "Dimanche 1er novembre 2026"


def test_events_of_the_watch_are_not_lost(window: MainWindow, qapp: QApplication) -> None:
    """A plain event goes through both filters untouched."""
    assert not window._watch.eventFilter(window, QEvent(QEvent.Type.Polish))
    assert not window._scanner.eventFilter(window, QEvent(QEvent.Type.Polish))
