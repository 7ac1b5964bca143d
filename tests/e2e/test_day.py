"""One day of the secretary, through the real window of the demonstration office, by keyboard alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pypdfium2
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from antenne.base.clock import FixedClock
from antenne.base.media import SystemMedia
from antenne.base.progress import Silent
from antenne.domain import scans
from antenne.domain.births import Birth, Precision
from antenne.domain.cards import CardState
from antenne.domain.persons import Person, Purpose
from antenne.services import access, cards_reading, members_reading, opening, restoring
from antenne.services.desk import Desk
from antenne.ui.kit.preview import PreviewDialog
from antenne.ui.members.screen import MembersScreen
from antenne.ui.shell.window import MainWindow
from tests.e2e.keyboard import Keyboard, said
from tests.e2e.offices import NOW, DemoOffice
from tests.ui.helpers import FakeDialogs

LAST, FIRST = "Zouboye", "Naïssatou"


def register(keyboard: Keyboard) -> None:
    """A new woman, from the list to Ctrl+S."""
    keyboard.keys("F3")
    keyboard.keys("Ctrl+N")
    keyboard.type(LAST)
    keyboard.tab_to("Prénom")
    keyboard.type(FIRST)
    keyboard.tab_to("Naissance")
    keyboard.key(Qt.Key.Key_Tab)
    keyboard.type("vers 1994")
    for question, answer in (("Être inscrite", "o"), ("Photo", "n"), ("Statistiques", "o"), ("Être contactée", "n")):
        keyboard.tab_to(question)
        keyboard.type(answer)
    keyboard.tab_to("Comment")
    keyboard.type("sign")
    keyboard.key(Qt.Key.Key_Return)
    keyboard.tab_to("Téléphone, ligne 1 : Numéro")
    keyboard.type("76123456")
    keyboard.tab_to("Téléphone, ligne 1 : À qui")
    keyboard.type("elle")
    keyboard.key(Qt.Key.Key_Return)
    keyboard.keys("Ctrl+S")


def find(desk: Desk) -> Person:
    (person_id,) = members_reading.search_ids(desk, f"{LAST} {FIRST}")
    return members_reading.load_page(desk, person_id).person


def next_number(desk: Desk) -> str:
    with desk.read() as uow:
        last = max(person.membership.number for person in uow.persons.many(uow.persons.all_ids()) if person.membership)
    return f"M-{int(last.removeprefix('M-')) + 1:05d}"


def test_a_new_woman_is_registered(keyboard: Keyboard, window: MainWindow, secretary: Desk) -> None:
    number = next_number(secretary)
    register(keyboard)
    assert window.band.text == f"{LAST.upper()} {FIRST} est inscrite\xa0: {number}."
    person = find(secretary)
    assert person.membership is not None
    assert (person.membership.number, person.membership.joined_on) == (number, NOW.date())
    assert person.birth == Birth(Precision.ABOUT, dt.date(1994, 1, 1))
    assert [phone.number for phone in person.phones] == ["+22376123456"]
    agreed = {one.purpose for one in person.consents}
    assert agreed == {Purpose.FILE, Purpose.STATISTICS}
    screen = window.current_screen
    assert isinstance(screen, MembersScreen)
    assert screen.woman.isVisible()
    assert f"{LAST.upper()} {FIRST}" in said(screen.woman)
    assert number in said(screen.woman)


def print_card(keyboard: Keyboard) -> None:
    """From her page to the paper: issue, preview, keep as PDF, print, « elle est sortie »."""
    keyboard.keys("Ctrl+P")
    assert keyboard.at("Établir")
    keyboard.key(Qt.Key.Key_Return)
    assert keyboard.at("Aperçu et impression")
    keyboard.key(Qt.Key.Key_Return)
    assert isinstance(QApplication.activeWindow(), PreviewDialog)
    keyboard.tab_to("Enregistrer en PDF")
    keyboard.key(Qt.Key.Key_Return)
    keyboard.keys("Ctrl+P")


def codes(pdf: Path) -> list[str]:
    """The text of every QR code on the first page."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=600 / 72).to_pil().convert("L")
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def page_text(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        text: str = document[0].get_textpage().get_text_bounded()
        return text


def test_her_card_is_printed_handed_over_and_opens_her_page(
    keyboard: Keyboard, window: MainWindow, secretary: Desk, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    register(keyboard)
    person = find(secretary)
    assert person.membership is not None
    dialogs.path = tmp_path / "carte.pdf"
    print_card(keyboard)
    assert dialogs.asked == ["cartes.pdf", "print 1", "La carte est-elle bien sortie\u202f?"]
    assert cards_reading.cards_of_person(secretary, person.id).state is CardState.PRINTED
    assert window.current_screen.isVisible()

    keyboard.tab_to("Remettre")
    keyboard.key(Qt.Key.Key_Return)
    keyboard.tab_to("Noter la remise")
    keyboard.key(Qt.Key.Key_Return)
    hers = cards_reading.cards_of_person(secretary, person.id)
    assert hers.state is CardState.HANDED
    assert isinstance(window.current_screen, MembersScreen)
    assert "Valable" in said(window.current_screen.woman)

    assert LAST.upper() in page_text(dialogs.path)
    assert person.membership.number in page_text(dialogs.path)
    assert dialogs.output is not None
    (code,) = codes(dialogs.output)
    read = scans.read(code)
    assert read is not None
    assert read.number == person.membership.number

    keyboard.keys("F2")
    keyboard.burst(code)
    assert isinstance(window.current_screen, MembersScreen)
    assert window.current_screen.woman.person_id == person.id
    assert window.current_screen.woman.isVisible()


def test_ctrl_k_finds_her_by_letters_and_by_number(keyboard: Keyboard, window: MainWindow, secretary: Desk) -> None:
    register(keyboard)
    person = find(secretary)
    assert person.membership is not None
    for typed in ("zo na", person.membership.number):
        keyboard.keys("F2")
        keyboard.keys("Ctrl+K")
        keyboard.type(typed)
        keyboard.key(Qt.Key.Key_Return)
        assert isinstance(window.current_screen, MembersScreen), typed
        assert window.current_screen.woman.person_id == person.id, typed
        assert f"{LAST.upper()} {FIRST}" in said(window.current_screen.woman)


def test_what_was_keyed_survives_in_a_backup(
    keyboard: Keyboard, window: MainWindow, secretary: Desk, dialogs: FakeDialogs, office: DemoOffice, tmp_path: Path
) -> None:
    register(keyboard)
    keyboard.keys("Ctrl+K")
    keyboard.type("sauvegard")
    keyboard.key(Qt.Key.Key_Down)
    keyboard.key(Qt.Key.Key_Return)
    keyboard.tab_to("Choisir un dossier")
    keyboard.key(Qt.Key.Key_Return)
    keyboard.keys("Ctrl+S")
    assert "relue, chiffrée" in said(window.current_screen)
    assert dialogs.path is not None
    (backup,) = dialogs.path.glob("*.antenne")

    label, phrase = office.account("secretaire")
    media = SystemMedia()
    unlocked = restoring.unlock_backup(backup, phrase, label, media)
    new = tmp_path / "nouveau"
    restoring.restore(backup, new, unlocked, clock=FixedClock(NOW), media=media, progress=Silent())
    desk = opening.open_desk(new, access.unlock(new, phrase, label), FixedClock(NOW))
    try:
        restored = find(desk)
    finally:
        desk.close()
    assert restored.membership == find(secretary).membership
    assert restored.consents == find(secretary).consents
