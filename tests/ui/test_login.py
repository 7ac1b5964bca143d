"""The login on a real encrypted office: what she sees and types."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from antenne.base.problems import Problem
from antenne.db import keys
from antenne.db.slots import OfficeKeys, Unlocked
from antenne.services import demo_accounts
from antenne.ui.shell.login import LoginWindow, peek_labels
from tests.conftest import LABELS, NOW, PHRASES
from tests.ui.helpers import press, type_text
from tests.ui.login_help import Made, login, wait_try

__all__ = ["login"]


def test_the_labels_are_there_at_once_and_tell_nothing(office_folder: Path, qtbot: QtBot) -> None:
    assert peek_labels(office_folder) == tuple(LABELS.values())
    window = LoginWindow(office_folder, lambda *_: None, lambda _: None, modules=())
    qtbot.addWidget(window)
    assert window.form.chips.labels == tuple(LABELS.values())
    assert window.windowTitle() == "Antenne"
    window.close()


def test_by_keyboard_alone_an_arrow_the_phrase_and_entree_open(
    office_folder: Path, login: Callable[..., Made], qtbot: QtBot
) -> None:
    window, opened = login(office_folder)
    window.activateWindow()
    assert window.form.chips.focus_current()
    first = window.focusWidget()
    assert isinstance(first, QPushButton)
    for _ in range(window.form.chips.labels.index("Héron")):
        press(window.focusWidget() or first, Qt.Key.Key_Right)
    typed = PHRASES["secretaire"]
    type_text(window.focusWidget() or first, typed[0])
    assert window.focusWidget() is window.form.secret
    assert window.form.secret.text() == typed[0]
    assert window.form.chips.current == "Héron"
    type_text(window.form.secret, typed[1:])
    press(window.form.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened), timeout=8000)
    assert isinstance(opened[0], Unlocked)
    assert opened[0].roles == {"secretaire", "caissiere"}
    assert window.form.secret.text() == ""


def test_no_letter_is_lost_on_a_label_even_before_one_is_chosen(
    office_folder: Path, login: Callable[..., Made], qtbot: QtBot
) -> None:
    window, opened = login(office_folder)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.form.chips.focus_current()
    for letter in "HERON":  # also when the phrase begins like a label
        QTest.keyClick(window.windowHandle(), Qt.Key[f"Key_{letter}"])
    assert window.form.secret.text() == "heron"
    press(window.form.secret, Qt.Key.Key_Return)
    assert "étiquette" in window.message
    press(window.focusWidget() or window, Qt.Key.Key_Return)
    assert window.form.chips.current == next(iter(LABELS.values()))
    assert window.focusWidget() is window.form.secret
    assert window.form.secret.text() == "heron"
    assert not opened


def test_an_arrow_chooses_the_first_label_too(office_folder: Path, login: Callable[..., Made], qtbot: QtBot) -> None:
    window, _ = login(office_folder)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.form.chips.focus_current()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Left)
    assert window.form.chips.current == window.form.chips.labels[0]


def test_a_shortcut_on_a_label_types_nothing(office_folder: Path, login: Callable[..., Made], qtbot: QtBot) -> None:
    window, _ = login(office_folder)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.form.chips.focus_current()
    label = window.focusWidget()
    assert label is not None
    for held in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier):
        QTest.keyClick(label, Qt.Key.Key_H, held)
    press(label, Qt.Key.Key_Escape)
    assert window.form.secret.text() == ""
    assert window.focusWidget() is label


def test_a_wrong_phrase_is_said_and_each_further_one_waits_longer(
    office_folder: Path, login: Callable[..., Made], qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    window, opened = login(office_folder)
    window.form.chips.choose("Héron")
    waits = []
    for _ in range(4):
        window.form.secret.setText("héron du fleuve")
        press(window.form.secret, Qt.Key.Key_Return)
        wait_try(qtbot, window)
        waits.append(window._left)
        window._left = 1
        window._count_down()
    assert "n’ouvre pas" in window.message
    assert waits == [0, 0, 2, 4]
    assert not opened
    assert "fleuve" not in caplog.text
    assert window.form.secret.property("error") == "true"
    window.form.secret.clear()
    type_text(window.form.secret, "a")
    assert window.message == ""


def test_the_wait_is_counted_on_the_button_and_holds_entree_back(
    office_folder: Path, login: Callable[..., Made], qtbot: QtBot
) -> None:
    tried: list[str] = []

    def refuse(secret: str, _label: str | None) -> None:
        tried.append(secret)
        raise Problem("keys.wrong_passphrase")

    window, _ = login(office_folder, enter=refuse)
    window.form.chips.choose("Tortue")
    for expected in (1, 2, 3):
        press(window.form.secret, Qt.Key.Key_Return)
        wait_try(qtbot, window)
        assert len(tried) == expected
    assert window.form.open_button.text() == "Attendez 2\u00a0s"
    assert not window.form.open_button.isEnabled()
    press(window.form.secret, Qt.Key.Key_Return)
    assert len(tried) == 3
    qtbot.waitUntil(window.form.open_button.isEnabled, timeout=4000)
    press(window.form.secret, Qt.Key.Key_Return)
    wait_try(qtbot, window)
    assert len(tried) == 4


@pytest.mark.parametrize(("typed", "word"), [("", "Tapez"), ("é" * 100_000, "1")])
def test_an_empty_or_endless_phrase_is_refused_without_a_wait(
    office_folder: Path, login: Callable[..., Made], qtbot: QtBot, typed: str, word: str
) -> None:
    window, opened = login(office_folder)
    window.form.chips.choose("Héron")
    for _ in range(3):
        window.form.secret.setText(typed)
        press(window.form.secret, Qt.Key.Key_Return)
        wait_try(qtbot, window)
    assert word in window.message
    assert window._left == 0
    assert not opened


def test_without_a_label_it_asks_for_one(office_folder: Path, login: Callable[..., Made]) -> None:
    window, _ = login(office_folder)
    window.form.secret.setText("quelque chose")
    press(window.form.secret, Qt.Key.Key_Return)
    assert "étiquette" in window.message


def test_the_phrase_is_hidden_until_asked_for_and_capitals_are_noticed(
    office_folder: Path, login: Callable[..., Made]
) -> None:
    window, _ = login(office_folder)
    assert window.form.secret.echoMode() is QLineEdit.EchoMode.Password
    window.form.eye.click()
    assert window.form.secret.echoMode() is QLineEdit.EchoMode.Normal
    assert window.form.eye.text() == "Cacher"
    type_text(window.form.secret, "A")
    assert window.form._caps.isVisible()
    type_text(window.form.secret, "a")
    assert not window.form._caps.isVisible()


def test_a_recovery_code_opens_and_a_slip_of_the_pen_is_named(
    office_folder: Path, login: Callable[..., Made], qtbot: QtBot, made_office: tuple[Path, dict[str, Unlocked]]
) -> None:
    from antenne.db.slots import KdfParams, NewSlot
    from antenne.domain.recovery import CodeKind, encode

    code = encode(123456789 << 90, CodeKind.BASE)
    own = made_office[1]["responsable"]
    slot = NewSlot(
        label="Enveloppe 1", secret=code, roles=frozenset({"responsable"}), may_open_confidential=False, kind="recovery"
    )
    path = office_folder / "antenne.cles"
    file = keys.add_slot(
        keys.read_key_file(path), OfficeKeys(own.base_key, own.confidential_key), slot, created=NOW, kdf=KdfParams()
    )
    keys.write_key_file(path, file)
    window, opened = login(office_folder)
    assert "Enveloppe 1" not in window.form.chips.labels
    window.form.code_link.click()
    assert not window.form.chips.isVisible()
    window.form.secret.setText(code.replace("-", " ")[:-1])
    press(window.form.secret, Qt.Key.Key_Return)
    assert "groupe 7" in window.message
    window.form.secret.setText(code.lower())
    press(window.form.secret, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened), timeout=8000)
    assert opened[0].base_key == own.base_key


def test_the_demonstration_lists_its_users_and_types_for_them(
    office_folder: Path, login: Callable[..., Made], qtbot: QtBot
) -> None:
    accounts = [{"name": "Mariam T.", "role": "secretaire", "label": "Héron", "phrase": PHRASES["secretaire"]}]
    (office_folder / demo_accounts.ACCOUNT_FILE).write_text(json.dumps(accounts), encoding="utf-8")
    window, opened = login(office_folder)
    chosen = next(one for one in window.findChildren(QPushButton) if one.text().startswith("Mariam T."))
    assert chosen.text() == "Mariam T. · secrétaire"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.form.chips.focus_current()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    assert window.focusWidget() is window.form.secret, "Tab goes on downwards, not up to the demonstration's users"
    chosen.click()
    assert window.form.chips.current == "Héron"
    window.form.open_button.click()
    qtbot.waitUntil(lambda: bool(opened), timeout=8000)


def test_a_real_office_shows_no_users(office_folder: Path, login: Callable[..., Made]) -> None:
    window, _ = login(office_folder)
    texts = {one.text() for one in window.findChildren(QPushButton)}
    assert texts == {*LABELS.values(), "Voir", "Ouvrir", "Code de secours…", "Restaurer une sauvegarde…"}
    assert not window.form.restore_link.isVisible()


def test_after_masquer_the_calendar_stands_before_the_login(
    office_folder: Path, login: Callable[..., Made], qtbot: QtBot
) -> None:
    window, _ = login(office_folder, neutral_on=NOW.date())
    cover = window._cover
    assert cover is not None
    assert cover.geometry() == window.rect()
    assert cover.isVisible()
    press(cover, Qt.Key.Key_Space)
    assert window._cover is None
    assert window.form.chips.isVisible()


def test_f1_opens_the_help_and_echap_closes_it(office_folder: Path, login: Callable[..., Made], qtbot: QtBot) -> None:
    window, _ = login(office_folder)
    press(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: window._help_frame is not None, timeout=3000)
    press(window, Qt.Key.Key_Escape)
    assert window._help_frame is None


def test_the_clipboard_never_sees_the_phrase(office_folder: Path, login: Callable[..., Made]) -> None:
    window, _ = login(office_folder)
    QGuiApplication.clipboard().clear()
    window.form.secret.setText("lanterne bassine")
    window.form.secret.selectAll()
    press(window.form.secret, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    window.form.eye.click()
    window.form.secret.selectAll()
    press(window.form.secret, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    press(window.form.secret, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == ""
