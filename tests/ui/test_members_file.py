"""Her file on the screen: changed, joined, left, agreed, erased; her photo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QTableView
from pytestqt.qtbot import QtBot

from antenne.domain.backups import BackupMade
from antenne.domain.births import UNKNOWN
from antenne.domain.forms.person import PERSON
from antenne.domain.persons import Purpose
from antenne.services import drafts, members, members_reading
from antenne.services.desk import Desk
from antenne.services.drafts import KeepDraft
from antenne.services.members import SavePerson
from antenne.ui.members.screen import MembersScreen
from tests.ui.helpers import FakeDialogs, press, type_text
from tests.ui.members_fixtures import dialogs, make, shell
from tests.ui.members_help import (
    Shell,
    act,
    jpeg,
    open_file,
    push,
    register,
    settle,
    words,
)

__all__ = ["dialogs", "make", "shell"]


def test_her_file_is_changed_and_its_history_told(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, shell: Shell
) -> None:
    kone = register(desk)
    screen = make(desk)
    open_file(qtbot, screen, kone)
    identity = screen.file.identity
    identity.view.field("last_name").set_value("Konaté")
    identity.view.changed.emit()
    screen.save()
    settle(qtbot, screen)
    assert shell.said[-1] == ("Fiche enregistrée.", "good")
    assert "KONATÉ Fatoumata" in words(screen.file)
    assert identity.foot.text() == "Modifiée le 23/11/2026 par Agent secretaire."
    screen.file.tabs.setCurrentIndex(2)
    settle(qtbot, screen)
    (table,) = screen.file.history.findChildren(QTableView)
    model = table.model()
    cells = [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]
    assert cells[0] == [
        "23/11/2026 à 9\u00a0h\u00a030",
        "Agent secretaire",
        "Fiche enregistrée",
        "Nom",
        "Koné → Konaté",
    ]


def test_cancel_brings_back_what_is_on_file(desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot) -> None:
    kone = register(desk)
    screen = make(desk)
    open_file(qtbot, screen, kone)
    entry = screen.file.identity.view.field("last_name").entry()
    type_text(entry, "xx")
    push(qtbot, screen, "Annuler", screen.file.identity)
    assert screen.file.identity.view.field("last_name").value() == "Koné"
    assert not screen.file.identity.drafts.dirty


def test_in_a_narrow_window_her_words_come_before_her_picture(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    kone = register(desk)
    screen = make(desk)
    open_file(qtbot, screen, kone)
    for width, pictured in ((500, False), (900, True)):
        screen.file.resize(width, 600)
        assert screen.file.photo.isHidden() is not pictured
        if not pictured:
            assert screen.file.front.width() >= screen.file.front.sizeHint().width()


def test_a_change_made_elsewhere_is_not_overwritten(
    desk: Desk, responsable_desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    kone = register(desk)
    screen = make(desk)
    open_file(qtbot, screen, kone)
    seen = members_reading.load_page(responsable_desk, kone.id).person
    from antenne.domain.members import answers_of

    command = SavePerson(request_id="elsewhere", before=seen, answers={**answers_of(seen), "quarter": "Konna"})
    members.save_person(responsable_desk, command)
    type_text(screen.file.identity.view.field("mother_name").entry(), "Awa Touré")
    screen.save()
    settle(qtbot, screen)
    assert "a changé entre-temps" in screen.file.identity.meanwhile.text
    assert screen.file.identity.view.field("mother_name").value() == "Awa Touré"


def test_an_urgent_line_opens_the_file_at_the_right_place(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    kone = register(desk)
    screen = make(desk)
    open_file(qtbot, screen, kone, "consents")
    assert screen.file.tabs.currentIndex() == 1
    open_file(qtbot, screen, kone, "nina")
    assert screen.file.tabs.currentIndex() == 0
    assert screen.focusWidget() is screen.file.identity.view.field("nina").entry()


def test_a_draft_of_her_file_is_offered(desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot) -> None:
    kone = register(desk)
    drafts.keep_draft(desk, KeepDraft(form=PERSON, subject_id=kone.id, body={"quarter": "Konna"}))
    screen = make(desk)
    open_file(qtbot, screen, kone)
    push(qtbot, screen, "Reprendre", screen.file.identity)
    assert screen.file.identity.view.field("quarter").value() == "Konna"
    assert screen.file.identity.view.field("last_name").value() == "Koné"


# --- Adhesion and agreements -------------------------------------------------------------------------------------


def test_she_leaves_and_comes_back(desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot) -> None:
    kone = register(desk)
    screen = make(desk)
    open_file(qtbot, screen, kone)
    act(qtbot, screen, "Noter son départ")
    view = screen.file.membership._act[0] if screen.file.membership._act else None
    assert view is not None
    view.field("reason").set_value("depart")
    screen.save()
    settle(qtbot, screen)
    assert "Partie le 23 novembre 2026 (a quitté la région)." in words(screen.file.membership)
    act(qtbot, screen, "Noter son retour")
    screen.save()
    settle(qtbot, screen)
    assert "Partie le" not in words(screen.file.membership)


def test_her_adhesion_is_corrected_while_something_else_is_typed(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    sponsor = register(desk, last_name="Cissé", first_name="Sira")
    kone = register(desk, sponsor_id=sponsor.id)
    screen = make(desk)
    open_file(qtbot, screen, kone)
    type_text(screen.file.identity.view.field("mother_name").entry(), "Awa Touré")
    act(qtbot, screen, "Corriger l’adhésion")
    assert screen.file.membership._act is not None
    view = screen.file.membership._act[0]
    assert view.answers() == {"joined_on": dt.date(2019, 3, 12), "sponsor_id": sponsor.id, "exempt": False}
    view.field("joined_on").set_value(dt.date(2020, 5, 4))
    screen.save()
    settle(qtbot, screen)
    assert "adhérente depuis le 4 mai 2020" in words(screen.file.membership)
    assert screen.file.identity.view.field("mother_name").value() == "Awa Touré"
    screen.file.tabs.setCurrentIndex(0)
    screen.save()
    settle(qtbot, screen)
    person = members_reading.load_page(desk, kone.id).person
    assert person.mother_name == "Awa Touré"
    assert person.membership is not None
    assert (person.membership.joined_on, person.membership.sponsor_id) == (dt.date(2020, 5, 4), sponsor.id)


def test_an_act_that_breaks_a_rule_says_so_and_escape_closes_it(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    kone = register(desk)
    screen = make(desk)
    open_file(qtbot, screen, kone)
    act(qtbot, screen, "Suspendre")
    assert screen.file.membership._act is not None
    view = screen.file.membership._act[0]
    view.field("on").set_value(dt.date(2018, 1, 1))
    screen.save()
    settle(qtbot, screen)
    assert view.error_of("on") == "Cette date est avant son adhésion."
    assert screen.escape()
    assert screen.file.membership._act is None


def test_a_contact_joins(desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot) -> None:
    contact = register(desk, joined_on=None)
    screen = make(desk)
    open_file(qtbot, screen, contact)
    act(qtbot, screen, "Faire adhérer")
    screen.save()
    settle(qtbot, screen)
    assert "N° M-00001, adhérente depuis le 23 novembre 2026." in words(screen.file.membership)


def test_only_the_responsable_attests_a_majority(
    desk: Desk, responsable_desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    doubt = register(desk, joined_on=None, birth=UNKNOWN)
    screen = make(desk)
    open_file(qtbot, screen, doubt, "consents")
    assert "Traitée comme mineure" in words(screen.file.membership)
    assert not [b for b in screen.findChildren(QPushButton) if b.text().startswith("Attester")]
    hers = make(responsable_desk)
    open_file(qtbot, hers, doubt)
    act(qtbot, hers, "Attester sa majorité")
    assert hers.file.membership._act is not None
    type_text(hers.file.membership._act[0].field("words").entry(), "mère d’un enfant de 14 ans")
    hers.save()
    settle(qtbot, hers)
    assert "Majeure évidente : mère d’un enfant de 14 ans." in words(hers.file.membership)


def test_an_agreement_is_taken_back_and_given_again(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    kone = register(desk)
    screen = make(desk)
    open_file(qtbot, screen, kone, "consents")
    withdraw = [b for b in screen.findChildren(QPushButton) if b.accessibleName() == "Photo\u00a0: Retirer…"]
    press(withdraw[0], Qt.Key.Key_Return)
    settle(qtbot, screen)
    screen.save()
    settle(qtbot, screen)
    assert "Donné le 12/03/2019 (signature). Retiré le 23/11/2026." in words(screen.file.membership)
    give = [b for b in screen.findChildren(QPushButton) if b.accessibleName() == "Photo\u00a0: Noter son accord…"]
    press(give[0], Qt.Key.Key_Return)
    settle(qtbot, screen)
    screen.save()
    assert screen.file.membership._act is not None
    view = screen.file.membership._act[0]
    assert view.error_of("how")
    view.field("how").set_value("orale")
    view.field("how").changed.emit()
    screen.save()
    assert view.error_of("witness")
    type_text(view.field("witness").entry(), "Awa D.")
    screen.save()
    settle(qtbot, screen)
    assert Purpose.PHOTO in members_reading.load_page(desk, kone.id).consents
    assert "témoin Awa D." in words(screen.file.membership)


def test_erasing_says_which_backups_still_hold_her(
    desk: Desk, responsable_desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, dialogs: FakeDialogs
) -> None:
    kone = register(desk)
    with desk.write() as uow:
        for counter in (1, 2):
            uow.backups.add(BackupMade(counter, desk.clock.now(), "CLE", f"file-{counter}", 10, verified=True))
        uow.commit()
    screen = make(responsable_desk)
    open_file(qtbot, screen, kone)
    dialogs.yes = False
    act(qtbot, screen, "Effacer sa fiche")
    asked = dialogs.asked[-1].replace("\u00a0", " ")
    assert "2 sauvegardes la contiennent encore, la dernière du 23/11/2026" in asked
    assert members_reading.search_ids(desk, "kone") == (kone.id,)
    dialogs.yes = True
    act(qtbot, screen, "Effacer sa fiche")
    assert "fiche effacée" in words(screen.file)
    assert members_reading.load_page(desk, kone.id).person.phones == ()


# --- The photo ---------------------------------------------------------------------------------------------------


def test_a_photo_is_framed_by_keyboard_and_kept(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    kone = register(desk)
    dialogs.path = tmp_path / "photo.jpg"
    dialogs.path.write_bytes(jpeg())
    screen = make(desk)
    open_file(qtbot, screen, kone)
    push(qtbot, screen, "Photo", screen.file)
    panel = screen.file.photo_panel
    view = panel.view
    assert not screen.file.pages.isVisible(), "the picture takes the place of the form"
    assert not any(
        view.geometry().intersects(made.geometry()) for made in panel.findChildren(QPushButton) if made.isVisible()
    )
    before = view.crop()
    press(view, Qt.Key.Key_Left)
    assert view.crop().left < before.left
    press(view, Qt.Key.Key_Right)
    press(view, Qt.Key.Key_Down)
    type_text(view, "-")
    assert view.crop().width < before.width
    type_text(view, "+")
    for _ in range(60):
        press(view, Qt.Key.Key_Right)
    assert view.crop().left + view.crop().width == pytest.approx(1)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    QTest.mouseMove(view, QPoint(60, 100))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(60, 100))
    screen.save()
    settle(qtbot, screen)
    kept = members_reading.load_photo(desk, kone.id)
    assert kept is not None
    assert QImage.fromData(kept).size().toTuple() == (480, 600)
    assert panel.isHidden()
    assert screen.file.pages.isVisible()
    assert screen.file.photo.accessibleName() == "Photo"
    push(qtbot, screen, "Photo", screen.file)
    push(qtbot, screen, "Retirer la photo", screen.file.photo_panel)
    assert members_reading.load_photo(desk, kone.id) is None


def test_what_is_no_photo_is_said(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    kone = register(desk)
    dialogs.path = tmp_path / "contrat.jpg"
    dialogs.path.write_bytes(b"%PDF-1.7")
    screen = make(desk)
    open_file(qtbot, screen, kone)
    push(qtbot, screen, "Photo", screen.file)
    assert "Ce fichier n’est pas une photo" in words(screen.file.photo_panel)
    assert screen.escape()
    assert screen.file.photo_panel.isHidden()


def test_no_photo_without_her_agreement(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    kone = register(desk, consent_photo=False)
    dialogs.path = tmp_path / "photo.jpg"
    dialogs.path.write_bytes(jpeg())
    screen = make(desk)
    open_file(qtbot, screen, kone)
    push(qtbot, screen, "Photo", screen.file)
    push(qtbot, screen, "Garder cette photo", screen.file.photo_panel)
    assert "Elle n’a pas donné son accord pour la photo" in words(screen.file.photo_panel)
    assert members_reading.load_photo(desk, kone.id) is None
