"""New files: registered, duplicates, drafts, many women."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.domain.births import Birth, Precision
from antenne.domain.board import Target
from antenne.domain.forms.person import REGISTRATION
from antenne.services import drafts, members_reading
from antenne.services.desk import Desk
from antenne.services.drafts import KeepDraft
from antenne.ui.kit.preview import PreviewDialog
from antenne.ui.members.fields import person_hit
from antenne.ui.members.screen import MembersScreen
from tests.ui.members_fixtures import dialogs, make, shell
from tests.ui.members_help import (
    KONE,
    TODAY,
    Shell,
    begin,
    fill,
    push,
    register,
    settle,
    type_in,
    words,
)

__all__ = ["dialogs", "make", "shell"]


def test_a_woman_is_registered_and_her_page_opens(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, shell: Shell
) -> None:
    screen = make(desk)
    screen.new()
    settle(qtbot, screen)
    page = screen.page("new")
    assert page.view.field("joined_on").value() == TODAY
    fill(page)
    screen.save()
    screen.save()
    settle(qtbot, screen)
    assert shell.said[-1] == ("DIALLO Awa est inscrite : M-00001.", "good")
    (person_id,) = members_reading.search_ids(desk, "")
    assert shell.opened[-1] == Target("members", person_id)
    assert "DIALLO Awa" in words(screen.woman)


def test_what_does_not_fit_stands_beside_its_field_and_nothing_typed_is_lost(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    screen = make(desk)
    page = begin(qtbot, screen)
    type_in(page, "last_name", "Koné 😀")
    type_in(page, "emergency_phone", "76 12 4x")
    page.view.field("birth").set_value(Birth(Precision.YEAR, dt.date(2012, 1, 1)))
    screen.save()
    settle(qtbot, screen)
    assert "dessin" in page.view.error_of("last_name")
    assert page.view.error_of("first_name") == "À remplir\u00a0: Prénom."
    assert page.view.error_of("emergency_phone").startswith("Un téléphone n’a que des chiffres")
    assert page.view.field("last_name").raw() == "Koné 😀"
    page.view.field("last_name").set_value("Koné")
    type_in(page, "first_name", "Awa")
    page.view.field("emergency_phone").set_value(None)
    page.view.field("consent_file").set_value(True)
    page.view.field("consent_how").set_value("signature")
    screen.save()
    settle(qtbot, screen)
    assert "jamais adhérente" in page.view.error_of("birth"), "the service's rules stand beside their field too"
    assert members_reading.search_ids(desk, "") == ()


def test_who_may_already_be_on_file_is_shown_while_she_types(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, shell: Shell
) -> None:
    kone = register(desk)
    screen = make(desk)
    page = begin(qtbot, screen)
    type_in(page, "last_name", "kone")
    type_in(page, "first_name", "fanta")
    page.view.field("birth").set_value(KONE["birth"])
    page.view.changed.emit()
    qtbot.waitUntil(lambda: not page.duplicates.isHidden(), timeout=3000)
    settle(qtbot, screen)
    said = words(page.duplicates)
    assert "Vous tapez" in said
    assert "Au fichier : même nom, même prénom, âge possible" in said
    assert f"kone fanta {kone.last_name} {kone.first_name}" in said, "what is typed and who is on file, side by side"
    push(qtbot, screen, "Ouvrir sa fiche", page.duplicates)
    assert shell.opened[-1] == Target("members", kone.id)
    assert drafts.find_draft(desk, REGISTRATION, 0) is None or page.view.field("last_name").raw() == "kone"


def test_a_draft_survives_a_crash_and_is_offered_again(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, clock: FixedClock
) -> None:
    screen = make(desk)
    page = begin(qtbot, screen)
    type_in(page, "last_name", "Diallo")
    assert drafts.find_draft(desk, REGISTRATION, 0) is None
    qtbot.waitUntil(lambda: "Brouillon gardé" in page.draft_words.text(), timeout=4000)
    kept = drafts.find_draft(desk, REGISTRATION, 0)
    assert kept is not None
    assert kept.body["last_name"] == "Diallo"
    clock.advance(dt.timedelta(minutes=11))
    again = make(desk)
    offered = begin(qtbot, again)
    assert offered.band.text.replace("\u00a0", " ") == "Un brouillon de 9 h 30 n’a pas été enregistré."
    assert offered.view.field("last_name").value() is None
    push(qtbot, again, "Reprendre", offered.band)
    assert offered.view.field("last_name").value() == "Diallo"
    fill_rest = {"first_name": "Awa"}
    type_in(offered, "first_name", fill_rest["first_name"])
    offered.view.field("birth").set_value(KONE["birth"])
    offered.view.field("consent_file").set_value(True)
    offered.view.field("consent_how").set_value("signature")
    again.save()
    settle(qtbot, again)
    assert drafts.find_draft(desk, REGISTRATION, 0) is None


def test_a_draft_is_thrown_away_when_she_says_so(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    drafts.keep_draft(desk, KeepDraft(form=REGISTRATION, subject_id=0, body={"last_name": "Ko"}))
    screen = make(desk)
    page = begin(qtbot, screen)
    push(qtbot, screen, "Jeter", page.band)
    assert page.band.text == ""
    assert drafts.find_draft(desk, REGISTRATION, 0) is None
    assert page.view.field("last_name").value() is None


def test_what_is_typed_is_kept_when_the_screen_is_covered(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    screen = make(desk)
    page = begin(qtbot, screen)
    type_in(page, "last_name", "Dia")
    screen.keep_draft()
    settle(qtbot, screen)
    kept = drafts.find_draft(desk, REGISTRATION, 0)
    assert kept is not None
    assert kept.body["last_name"] == "Dia"


def test_many_women_keep_place_and_marraine_not_consent(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, shell: Shell
) -> None:
    sponsor = register(desk)
    screen = make(desk)
    page = begin(qtbot, screen, "many")
    type_in(page, "quarter", "Fatoma")
    page.view.field("sponsor_id").set_value(person_hit(desk, sponsor.id))
    for first in ("Awa", "Oumou"):
        assert page.view.field("consent_file").value() is None
        fill(page, "Diallo", first)
        screen.save()
        settle(qtbot, screen)
        assert screen.stack.currentWidget() is page
        assert page.view.field("last_name").value() is None
        assert page.view.field("quarter").value() == "Fatoma"
        assert page.view.field("joined_on").value() == TODAY
    assert "2 inscrites, dont M-00003" in words(page)
    found = [members_reading.load_page(desk, one) for one in members_reading.search_ids(desk, "diallo")]
    assert {one.sponsor for one in found} == {"KONÉ Fatoumata"}
    assert {one.person.quarter for one in found} == {"Fatoma"}


def test_a_blank_sheet_is_shown(desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot) -> None:
    screen = make(desk)
    page = begin(qtbot, screen)
    push(qtbot, screen, "Feuille vierge", page)
    qtbot.waitUntil(lambda: bool(page.findChildren(PreviewDialog)), timeout=5000)
    (preview,) = page.findChildren(PreviewDialog)
    settle(qtbot, screen)
    assert preview._pdf.startswith(b"%PDF")
    preview.close()
