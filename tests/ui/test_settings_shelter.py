"""« Mise à l’abri » and « Redonner une phrase » by keyboard, on the real files, up to the lock."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from antenne.db import keys
from antenne.domain.board import Target
from antenne.domain.recovery import CodeKind
from antenne.domain.rights import Right, Role
from antenne.services import access, accounts, opening, rekeying, shelter_state, sheltering, users
from antenne.services.desk import Desk
from antenne.services.sheltering import TakeShelter
from antenne.ui.kit.operations import Operations
from antenne.ui.settings.area import AREA
from antenne.ui.settings.give_dialog import GiveDialog
from antenne.ui.settings.shelter import ShelterSection
from antenne.ui.settings.users import UsersSection
from antenne.ui.shell.window import MainWindow
from tests.conftest import KDF, LABELS, PHRASES
from tests.ui.helpers import FakeDialogs, press, type_text
from tests.ui.settings_office import make_window, settings_of

WAIT = 30_000
CODES = (rekeying.draw_code(CodeKind.BASE), rekeying.draw_code(CodeKind.CONFIDENTIAL))
Opened = Callable[[str, str | None], tuple[MainWindow, Desk]]


@pytest.fixture
def enveloped(responsable_desk: Desk) -> Desk:
    """The office with its two envelopes; nobody's desk is open."""
    desk = responsable_desk
    path = desk.folder / keys.FILE_NAME
    keyfile = keys.read_key_file(path)
    for slot in rekeying.envelopes(*CODES):
        keyfile = keys.add_slot(keyfile, users.own_keys(desk), slot, created=desk.clock.now(), kdf=KDF)
    with desk.write() as uow:
        shelter_state.remember(uow, keyfile)
        keys.write_key_file(path, keyfile)
        uow.commit()
    return desk


@pytest.fixture
def enter(qtbot: QtBot, operations: Operations, enveloped: Desk) -> Iterator[Opened]:
    """A window for whoever opens."""
    desks: list[Desk] = []

    def opened(phrase: str, label: str | None) -> tuple[MainWindow, Desk]:
        unlocked = access.unlock(enveloped.folder, phrase, label)
        desk = opening.open_desk(enveloped.folder, unlocked, enveloped.clock)
        desks.append(desk)
        window = make_window(desk, operations, FakeDialogs())
        qtbot.addWidget(window)
        window.show()
        return window, desk

    yield opened
    qtbot.waitUntil(operations.idle, timeout=WAIT)
    for desk in desks:
        desk.close()


def shelter_page(window: MainWindow, qtbot: QtBot, operations: Operations) -> ShelterSection:
    found = settings_of(window, "shelter").section
    assert isinstance(found, ShelterSection)
    qtbot.waitUntil(operations.idle)
    return found


def holds(desk: Desk, role: str) -> bool:
    return access.unlock(desk.folder, PHRASES[role], LABELS[role]).confidential_key is not None


def test_a_listener_shelters_by_keyboard_and_everything_locks(
    qtbot: QtBot, operations: Operations, enter: Opened
) -> None:
    window, desk = enter(PHRASES["ecoutante"], LABELS["ecoutante"])
    page = shelter_page(window, qtbot, operations)
    assert not page.arm_button.isHidden()
    assert window.focusWidget() is page.arm_button, "the page opens on the button, once the file is read"
    assert page.confirm.isHidden()
    press(page.arm_button, Qt.Key.Key_Return)
    assert window.focusWidget() is page.confirm.cancel_button, "a held Entrée ends at « Annuler »"
    press(page.confirm.cancel_button, Qt.Key.Key_Return)
    assert page.confirm.isHidden()
    assert not page.arm_button.isHidden()
    assert holds(desk, "ecoutante"), "nothing has happened yet"
    press(page.arm_button, Qt.Key.Key_Return)
    with qtbot.waitSignal(window.lock_requested, timeout=WAIT):
        press(page.confirm.confirm_button, Qt.Key.Key_Return)
    assert not holds(desk, "ecoutante")
    assert not holds(desk, "responsable")


def test_the_code_reopens_once_it_is_replaced(
    qtbot: QtBot, operations: Operations, enter: Opened, enveloped: Desk
) -> None:
    sheltering.take_shelter(enveloped, TakeShelter(request_id="abri"))
    window, desk = enter(PHRASES["responsable"], LABELS["responsable"])
    page = shelter_page(window, qtbot, operations)
    assert page.arm_button.isHidden()
    press(page.open_button, Qt.Key.Key_Return)
    line = page.reopen.asked.line
    for wrong, said in (
        (CODES[0], "l’autre enveloppe"),
        (rekeying.draw_code(CodeKind.CONFIDENTIAL), "enveloppe\u00a02"),
    ):
        line.clear()
        type_text(line, wrong)
        press(line, Qt.Key.Key_Return)
        qtbot.waitUntil(operations.idle, timeout=WAIT)
        assert said in page.reopen.asked.error
    line.clear()
    type_text(line, CODES[1].lower())
    press(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not page.reopen.page.isHidden(), timeout=WAIT)
    assert page._run is not None
    fresh = page._run.codes[1]
    assert fresh[:4] in page.reopen.page.box.words
    assert line.text() == ""
    press(page.reopen.page.copied_button, Qt.Key.Key_Return)
    assert fresh[:4] not in page.reopen.page.box.words
    back = page.reopen.page.typed.line
    type_text(back, CODES[1])
    press(back, Qt.Key.Key_Return)
    assert "groupe" in page.reopen.page.typed.error.casefold()
    back.clear()
    type_text(back, fresh)
    with qtbot.waitSignal(window.lock_requested, timeout=WAIT):
        press(back, Qt.Key.Key_Return)
    assert holds(desk, "ecoutante")
    assert access.unlock(desk.folder, fresh, None).confidential_key is not None
    assert page._code == ""
    assert page._run is None


def test_another_code_may_be_asked_for_and_annuler_forgets_it(
    qtbot: QtBot, operations: Operations, enter: Opened, enveloped: Desk
) -> None:
    sheltering.take_shelter(enveloped, TakeShelter(request_id="abri"))
    window, desk = enter(PHRASES["responsable"], LABELS["responsable"])
    page = shelter_page(window, qtbot, operations)
    page.begin_reopening()
    page.reopen.asked.line.setText(CODES[1])
    page.reopen.forward()
    qtbot.waitUntil(lambda: page._run is not None, timeout=WAIT)
    first = page.reopen.page.box.words
    page.reopen.page.copied_button.click()
    page.reopen.page.again_button.click()
    assert page.reopen.page.box.words != first
    page.reopen.cancel_button.click()
    assert page._run is None
    assert page.reopen.isHidden()
    assert not page.open_button.isHidden()
    assert not holds(desk, "responsable")
    assert access.unlock(desk.folder, CODES[1], None).confidential_key is not None


def test_opened_with_the_code_one_confirmation_is_enough(
    qtbot: QtBot, operations: Operations, enter: Opened, enveloped: Desk
) -> None:
    sheltering.take_shelter(enveloped, TakeShelter(request_id="abri"))
    window, desk = enter(CODES[1], None)
    page = shelter_page(window, qtbot, operations)
    assert page.open_button.text() == "Rouvrir pour toutes…"
    page.open_button.click()
    with qtbot.waitSignal(window.lock_requested, timeout=WAIT):
        page.confirm.confirm_button.click()
    assert holds(desk, "ecoutante")


def test_where_it_cannot_be_the_page_says_why(qtbot: QtBot, operations: Operations, responsable_desk: Desk) -> None:
    """No envelope: no button, and a sentence that says what to do first."""
    window = make_window(responsable_desk, operations, FakeDialogs())
    qtbot.addWidget(window)
    window.show()
    page = shelter_page(window, qtbot, operations)
    assert page.arm_button.isHidden()
    assert page.open_button.isHidden()
    texts = [one.text() for one in page.findChildren(QLabel)]
    assert any("Changez d’abord les clés" in text for text in texts)


def test_ctrl_k_finds_it_and_only_right_holders_have_it(qtbot: QtBot, operations: Operations, desk: Desk) -> None:
    action = next(one for one in AREA.actions if one.target == Target("settings", action="shelter"))
    assert action.right is Right.COMPARTMENT
    assert "danger" in action.words
    window = make_window(desk, operations, FakeDialogs())
    qtbot.addWidget(window)
    found = settings_of(window, "shelter")
    assert not isinstance(found.section, ShelterSection)
    qtbot.waitUntil(operations.idle)


def test_phrases_nobody_received_are_named_and_drawn_again(
    qtbot: QtBot, operations: Operations, enter: Opened, enveloped: Desk
) -> None:
    command = users.AddUser(request_id="r", name="Agent nouvelle", label="Girafe", roles=frozenset({Role.CAISSIERE}))
    lost = users.add_user(enveloped, command, KDF).value
    window, desk = enter(PHRASES["responsable"], LABELS["responsable"])
    assert AREA.todo is not None
    assert [line.text for line in AREA.todo(desk)] == [
        "Une utilisatrice n’a pas reçu sa phrase\u00a0: elle ne peut pas ouvrir."
    ]
    section = settings_of(window, "users").section
    assert isinstance(section, UsersSection)
    qtbot.waitUntil(operations.idle)
    assert "n’a pas reçu sa phrase" in section.told.text()
    press(section.give_button, Qt.Key.Key_Return)
    dialog = section.dialog
    assert isinstance(dialog, GiveDialog)
    assert [box.isChecked() for box in dialog.boxes.values()] == [True]
    press(dialog.give_button, Qt.Key.Key_Return)
    qtbot.waitUntil(operations.idle, timeout=WAIT)
    words = dialog.slips.box.words
    assert words != lost.phrase
    assert access.unlock(desk.folder, words, "Girafe").slot_id == lost.slot_id
    press(dialog.slips.next_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: section.dialog is None)
    qtbot.waitUntil(operations.idle, timeout=WAIT)
    account = next(one for one in accounts.read_keys(desk).accounts if one.label == "Girafe")
    assert (account.one_time, account.unhanded) == (True, False)
    assert AREA.todo(desk) == ()


def test_nobody_ticked_is_said(qtbot: QtBot, operations: Operations, enter: Opened, enveloped: Desk) -> None:
    command = users.AddUser(request_id="r", name="Agent nouvelle", label="Girafe", roles=frozenset({Role.CAISSIERE}))
    users.add_user(enveloped, command, KDF)
    window, _ = enter(PHRASES["responsable"], LABELS["responsable"])
    section = settings_of(window, "users").section
    assert isinstance(section, UsersSection)
    qtbot.waitUntil(operations.idle)
    section.give_again()
    dialog = section.dialog
    assert isinstance(dialog, GiveDialog)
    for box in dialog.boxes.values():
        box.setChecked(False)
    dialog.give()
    qtbot.waitUntil(operations.idle, timeout=WAIT)
    assert "Cochez" in dialog.band.text
    dialog.reject()
    qtbot.waitUntil(lambda: section.dialog is None)


def test_envelope_1_says_what_can_be_done(qtbot: QtBot, operations: Operations, enter: Opened) -> None:
    window, _ = enter(CODES[0], None)
    section = settings_of(window, "users").section
    assert isinstance(section, UsersSection)
    qtbot.waitUntil(operations.idle)
    assert "Redonner une phrase" in section.told.text()
    assert not section.give_button.isHidden()
    section.rekey()
    qtbot.waitUntil(operations.idle)
    assert "enveloppe\u00a01" in section.band.text
    section.give_again()
    dialog = section.dialog
    assert isinstance(dialog, GiveDialog)
    assert len(dialog.boxes) == len(PHRASES)
    assert not any(box.isChecked() for box in dialog.boxes.values())
    dialog.reject()
    qtbot.waitUntil(lambda: section.dialog is None)
