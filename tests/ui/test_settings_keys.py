"""A newcomer and a change of keys, from the first page to the lock, on the real files."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from antenne.base.problems import Problem
from antenne.domain.rights import Role
from antenne.services import access, accounts, opening
from antenne.services.desk import Desk
from antenne.ui.kit.operations import Operations
from antenne.ui.settings.newcomer_dialog import NewcomerDialog
from antenne.ui.settings.rekey_dialog import RekeyDialog
from antenne.ui.settings.rekey_state import Stage
from antenne.ui.settings.secret_widgets import SecretBox, SecretLine
from antenne.ui.settings.users import UsersSection
from antenne.ui.shell.window import MainWindow
from tests.conftest import LABELS, PHRASES
from tests.ui.helpers import FakeDialogs, press
from tests.ui.settings_office import make_window, settings_of
from tests.ui.test_settings import write

WAIT = 30_000


@pytest.fixture
def dialogs() -> FakeDialogs:
    return FakeDialogs()


@pytest.fixture
def window(qtbot: QtBot, operations: Operations, responsable_desk: Desk, dialogs: FakeDialogs) -> Iterator[MainWindow]:
    made = make_window(responsable_desk, operations, dialogs)
    qtbot.addWidget(made)
    made.show()
    yield made
    qtbot.waitUntil(operations.idle, timeout=WAIT)


@pytest.fixture
def section(qtbot: QtBot, operations: Operations, window: MainWindow) -> UsersSection:
    found = settings_of(window, "users").section
    assert isinstance(found, UsersSection)
    qtbot.waitUntil(operations.idle)
    return found


@pytest.fixture
def begin(qtbot: QtBot, operations: Operations, section: UsersSection) -> Callable[[], RekeyDialog]:
    def begun() -> RekeyDialog:
        section.rekey()
        qtbot.waitUntil(operations.idle)
        assert isinstance(section.dialog, RekeyDialog)
        return section.dialog

    return begun


def answer_secrets(dialog: RekeyDialog) -> tuple[str, tuple[str, str]]:
    """The phrase and both codes, copied and typed back."""
    dialog.phrase.hide_words()
    phrase = dialog.state.run.offered
    dialog.phrase.typed.line.setText(phrase)
    dialog.next()
    codes = dialog.state.run.codes
    for code in codes:
        dialog.codes.copied_button.click()
        dialog.codes.typed.line.setText(code.lower().replace("-", " "))
        dialog.next()
    return phrase, codes


def stage(dialog: RekeyDialog) -> Stage:
    return dialog.state.stage


def opens(desk: Desk, phrase: str, label: str | None) -> bool:
    try:
        access.unlock(desk.folder, phrase, label)
    except Problem:
        return False
    return True


def unhanded(desk: Desk, phrase: str) -> list[str]:
    """What the next login of the responsable sees."""
    again = opening.open_desk(desk.folder, access.unlock(desk.folder, phrase, LABELS["responsable"]), desk.clock)
    found = [one.label for one in accounts.read_keys(again).accounts if one.unhanded]
    again.close()
    return found


def test_a_lock_between_two_papers_loses_none_of_them(
    qtbot: QtBot,
    operations: Operations,
    begin: Callable[[], RekeyDialog],
    window: MainWindow,
    dialogs: FakeDialogs,
    responsable_desk: Desk,
) -> None:
    """F12 asks nothing; at her next login she sees whose phrase was not copied."""
    dialog = begin()
    dialog.next()
    phrase, _ = answer_secrets(dialog)
    dialog.next()
    qtbot.waitUntil(lambda: dialog.state.stage is Stage.PAPERS, timeout=WAIT)
    first = dialog.slips.box.words
    dialog.slips.next_button.click()
    with qtbot.waitSignal(window.lock_requested, timeout=WAIT):
        window.lock()
    qtbot.waitUntil(operations.idle, timeout=WAIT)
    assert dialogs.asked == []
    assert opens(responsable_desk, first, LABELS["secretaire"])
    assert unhanded(responsable_desk, phrase) == [LABELS[role] for role in ("caissiere", "ecoutante", "lecture")]


def test_a_newcomer_gets_four_words_that_open(
    qtbot: QtBot, operations: Operations, section: UsersSection, responsable_desk: Desk
) -> None:
    section.new()
    dialog = section.dialog
    assert isinstance(dialog, NewcomerDialog)
    dialog.add()
    assert dialog.form.error_of("name")
    write(dialog.form, "name", "Awa Diallo")
    write(dialog.form, "label", "Awa")
    dialog.form.field("roles").set_value(("secretaire",))
    dialog.add()
    qtbot.waitUntil(operations.idle, timeout=WAIT)
    assert "Choisissez un lieu" in dialog.form.error_of("label")
    write(dialog.form, "label", "Girafe")
    dialog.add()
    qtbot.waitUntil(operations.idle, timeout=WAIT)
    box = dialog.slips.findChild(SecretBox)
    assert isinstance(box, SecretBox)
    words = box.words
    assert len(words.split()) == 4
    assert "Girafe" in dialog.slips.title.text()
    assert opens(responsable_desk, words, "Girafe")
    press(dialog.slips.next_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: section.dialog is None)
    assert section.table.rows.rowCount() == 6
    assert words not in QGuiApplication.clipboard().text()


def test_a_leaver_a_new_role_and_two_envelopes(
    qtbot: QtBot,
    operations: Operations,
    begin: Callable[[], RekeyDialog],
    window: MainWindow,
    responsable_desk: Desk,
) -> None:
    desk = responsable_desk
    dialog = begin()
    _, secretary, cashier, _, _ = dialog.who.rows
    assert not dialog.who.rows[0].stays.isEnabled(), "she cannot leave herself out"
    cashier.stays.setChecked(False)
    secretary.roles[Role.ECOUTANTE].setChecked(True)
    dialog.next()
    assert stage(dialog) is Stage.WHO
    assert "écrivez pourquoi" in secretary.error.text()
    secretary.reason.setText("une seule agente en poste")
    dialog.next()
    phrase, codes = answer_secrets(dialog)
    assert stage(dialog) is Stage.REVIEW
    with qtbot.waitSignal(window.lock_requested, timeout=WAIT):
        dialog.next()
        qtbot.waitUntil(lambda: dialog.state.stage is Stage.PAPERS, timeout=WAIT)
        shown = []
        for _ in range(3):
            shown.append(dialog.slips.box.words)
            dialog.slips.next_button.click()
    assert len({len(words.split()) for words in shown}) == 1
    qtbot.waitUntil(operations.idle, timeout=WAIT)
    assert unhanded(desk, phrase) == []
    assert opens(desk, phrase, LABELS["responsable"])
    assert opens(desk, shown[0], LABELS["secretaire"])
    assert opens(desk, codes[0], None)
    assert access.unlock(desk.folder, codes[1], None).confidential_key is not None
    assert access.unlock(desk.folder, shown[0], LABELS["secretaire"]).roles == {"secretaire", "caissiere", "ecoutante"}
    for role in ("responsable", "secretaire", "caissiere"):
        assert not opens(desk, PHRASES[role], LABELS[role]), role


def test_what_is_mistyped_is_said_and_nothing_goes_on(begin: Callable[[], RekeyDialog]) -> None:
    dialog = begin()
    dialog.next()
    dialog.phrase.hide_words()
    dialog.phrase.typed.line.setText("pas les bons mots")
    dialog.next()
    assert "mêmes mots" in dialog.phrase.typed.error
    dialog.phrase.switch()
    dialog.phrase.typed.line.setText("mopti 2026")
    dialog.phrase.second.line.setText("mopti 2026")
    dialog.next()
    assert "devine" in dialog.phrase.typed.error
    dialog.phrase.typed.line.setText("girafe soleil mangue pirogue ardoise")
    dialog.phrase.second.line.setText("girafe soleil mangue pirogue")
    dialog.next()
    assert "mêmes mots" in dialog.phrase.second.error
    dialog.phrase.second.line.setText("girafe soleil mangue pirogue ardoise")
    dialog.next()
    assert stage(dialog) is Stage.CODES
    first = dialog.state.run.codes[0]
    dialog.codes.copied_button.click()
    assert first[:4] not in dialog.codes.box.words
    dialog.codes.typed.line.setText(("0000" if first[:4] != "0000" else "1111") + first[4:])
    dialog.next()
    assert "Groupe 1" in dialog.codes.typed.error or "groupe 1" in dialog.codes.typed.error
    dialog.codes.again_button.click()
    assert dialog.state.run.codes[0] != first
    dialog.back()
    assert stage(dialog) is Stage.PHRASE


def test_a_stop_changes_nothing(
    qtbot: QtBot, operations: Operations, begin: Callable[[], RekeyDialog], responsable_desk: Desk
) -> None:
    dialog = begin()
    dialog.next()
    phrase, _ = answer_secrets(dialog)
    dialog.next()
    dialog.work.panel.stop_button.click()
    dialog.reject()
    qtbot.waitUntil(operations.idle, timeout=WAIT)
    assert stage(dialog) is Stage.REVIEW
    assert "Rien n’a été changé" in dialog.band.text
    assert opens(responsable_desk, PHRASES["caissiere"], LABELS["caissiere"])
    assert not opens(responsable_desk, phrase, LABELS["responsable"])


def test_giving_up_is_asked(
    qtbot: QtBot, section: UsersSection, begin: Callable[[], RekeyDialog], dialogs: FakeDialogs
) -> None:
    dialog = begin()
    dialogs.yes = False
    press(dialog, Qt.Key.Key_Escape)
    assert section.dialog is dialog
    dialogs.yes = True
    press(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: section.dialog is None)
    assert all("Rien n’a été changé" in asked for asked in dialogs.asked)


def test_the_lock_closes_the_change_unasked(
    qtbot: QtBot, section: UsersSection, begin: Callable[[], RekeyDialog], window: MainWindow, dialogs: FakeDialogs
) -> None:
    begin()
    window.lock()
    qtbot.waitUntil(lambda: section.dialog is None)
    assert dialogs.asked == []


def test_what_is_typed_back_cannot_be_copied(qtbot: QtBot) -> None:
    line = SecretLine("Phrase")
    qtbot.addWidget(line)
    line.show()
    QGuiApplication.clipboard().setText("avant")
    line.setText("girafe soleil")
    line.selectAll()
    for sequence in (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut):
        QTest.keySequence(line, sequence)
    assert QGuiApplication.clipboard().text() == "avant"
    assert line.text() == "girafe soleil"
    assert line.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu
