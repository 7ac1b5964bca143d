"""« Adhérentes » on a real office: the list, her page, what the area offers the shell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from antenne.domain.board import Target
from antenne.domain.forms.person import PERSON, REGISTRATION
from antenne.services import drafts
from antenne.services.desk import Desk
from antenne.services.drafts import KeepDraft
from antenne.ui.members import area
from antenne.ui.members.screen import MembersScreen
from tests.ui.helpers import FakeDialogs, press, type_text
from tests.ui.members_fixtures import dialogs, make, shell
from tests.ui.members_help import (
    TODAY,
    Shell,
    push,
    register,
    settle,
    shown,
    words,
)

__all__ = ["dialogs", "make", "shell"]


def test_the_list_answers_each_key_and_entree_opens_her_page(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, shell: Shell
) -> None:
    kone = register(desk)
    register(desk, last_name="Diallo", first_name="Aïssata", phones=None)
    register(desk, last_name="Cissé", first_name="Sira", joined_on=None)
    screen = make(desk)
    assert shown(screen) == ["Cissé", "Diallo", "Koné"]
    assert screen.list.count.text() == "2"
    type_text(screen.list.search, "fanta k")
    settle(qtbot, screen)
    assert shown(screen) == ["Koné"]
    assert "1 résultat" in screen.list.foot.text().replace("\u00a0", " ")
    row = screen.list.model.row(0)
    assert row is not None
    line = screen.list._line(row)
    assert (line.title, line.subtitle) == ("KONÉ Fatoumata", "M-00001 · Sévaré · 76 •• •• 18")
    press(screen.list.search, Qt.Key.Key_Return)
    settle(qtbot, screen)
    assert shell.opened[-1] == Target("members", kone.id)
    assert screen.stack.currentWidget() is screen.woman


def test_nothing_found_says_what_to_try(desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot) -> None:
    register(desk)
    screen = make(desk)
    type_text(screen.list.search, "zzz")
    settle(qtbot, screen)
    assert shown(screen) == []
    assert "Aucun résultat" in screen.list.foot.text()
    assert screen.escape()
    settle(qtbot, screen)
    assert shown(screen) == ["Koné"]
    assert not screen.escape(), "now the shell may go back"


def test_the_filters_above_the_list(desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot) -> None:
    register(desk)
    register(desk, last_name="Cissé", joined_on=None)
    screen = make(desk)
    push(qtbot, screen, "Expirées")
    assert shown(screen) == ["Koné"]
    push(qtbot, screen, "Autres")
    assert shown(screen) == ["Cissé"]
    push(qtbot, screen, "Parties")
    assert shown(screen) == []
    push(qtbot, screen, "Toutes")
    assert shown(screen) == ["Cissé", "Koné"]


def test_the_list_is_written_to_a_workbook(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, shell: Shell, dialogs: FakeDialogs
) -> None:
    register(desk)
    screen = make(desk)
    push(qtbot, screen, "Exporter")
    assert dialogs.asked == ["liste-2026-11-23.xlsx"]
    assert dialogs.path is not None
    assert dialogs.path.read_bytes()[:2] == b"PK"
    assert any("exporté" in sentence for sentence, _ in shell.said)


# --- Her page ----------------------------------------------------------------------------------------------------


def test_her_page_says_who_she_is_and_how_to_reach_her(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    kone = register(desk, never_tell="mari")
    screen = make(desk)
    screen.open(Target("members", kone.id))
    settle(qtbot, screen)
    said = words(screen.woman)
    assert "KONÉ Fatoumata" in said
    assert "M-00001 · née vers 1994 (environ 32 ans) · Sévaré" in said
    assert "Active, sans carte" in said
    assert "On peut l’appeler, pas laisser de message. Ne rien dire à : mari." in said
    assert "76 12 34 18" in said
    push(qtbot, screen, "Fiche complète", screen.woman)
    assert screen.stack.currentIndex() == 0
    assert screen.file.identity.view.field("last_name").value() == "Koné"


@pytest.mark.parametrize(
    ("phones", "said"),
    [
        (None, "Pas de téléphone."),
        (({"number": "+22376123418", "owner": "elle", "may_call": False, "may_message": True},),
         "Ne pas l’appeler, laisser un message est permis."),
        (({"number": "+22376123418", "owner": "elle", "may_call": None, "may_message": None},), "À demander."),
    ],
)  # fmt: skip
def test_how_she_may_be_reached(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, phones: Any, said: str
) -> None:
    kone = register(desk, phones=phones)
    screen = make(desk)
    screen.open(Target("members", kone.id))
    settle(qtbot, screen)
    assert said in words(screen.woman.foot)


def test_a_page_that_is_gone_is_said(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, shell: Shell
) -> None:
    screen = make(desk)
    screen.open(Target("members", 99))
    settle(qtbot, screen)
    assert shell.said == [("Cette fiche n’existe plus.", "warning")]
    assert screen.stack.currentIndex() == 0


# --- What the area offers the shell ------------------------------------------------------------------------------


def test_the_home_page_and_the_search_know_members(desk: Desk) -> None:
    kone = register(desk, joined_on=TODAY)
    drafts.keep_draft(desk, KeepDraft(form=REGISTRATION, subject_id=0, body={}))
    drafts.keep_draft(desk, KeepDraft(form=PERSON, subject_id=kone.id, body={}))
    (hit,) = area.search(desk, "kone", 5)
    assert (hit.title, hit.target, hit.pill) == ("KONÉ Fatoumata", Target("members", kone.id), "Sans carte")
    targets = [line.target for line in area.todo(desk)]
    assert Target("members", action="new") in targets
    assert Target("members", kone.id, action="file") in targets
    (adhesions,) = area.month(desk)
    assert (adhesions.label, adhesions.this_month, adhesions.this_year) == ("Adhésions", 1, 1)
    assert area.tiles(desk)[0].figure == "1"


def test_a_register_without_agreements_stands_under_what_is_to_do(desk: Desk) -> None:
    from dataclasses import replace

    kone = register(desk)
    with desk.write() as uow:
        uow.persons.save(replace(kone, consents=()), desk.clock.now(), 0)
        uow.commit()
    (line,) = area.todo(desk)
    assert line.text.replace("\u00a0", " ") == "1 adhérente : accord à demander"
    assert line.target == Target("members", kone.id, field="consents")
