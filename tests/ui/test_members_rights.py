"""Her rights from her file: the paper that the secretary prints, the way in for a right-holder, erasing once settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from antenne.domain.board import Target
from antenne.services import members_reading
from antenne.services.desk import Desk
from antenne.ui.kit.preview import PreviewDialog
from antenne.ui.members.screen import MembersScreen
from tests.services import civil_help
from tests.ui.members_fixtures import dialogs, make, shell
from tests.ui.members_help import Shell, act, open_file, register, settle

__all__ = ["dialogs", "make", "shell"]


def offered(screen: MembersScreen) -> list[str]:
    """What the second tab lets her do about her rights."""
    tab = screen.file.membership
    return [one.text() for one in tab.findChildren(QPushButton) if one.text() in {_PRINT, _MORE}]


_PRINT, _MORE = "Imprimer ce que nous gardons…", "Voir, retirer, oublier…"


def test_the_secretary_prints_what_the_base_holds_and_is_offered_nothing_else(
    desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot
) -> None:
    kone = register(desk)
    screen = make(desk)
    open_file(qtbot, screen, kone)
    assert offered(screen) == [_PRINT]
    act(qtbot, screen, _PRINT)
    (preview,) = screen.file.membership.findChildren(PreviewDialog)
    qtbot.waitUntil(lambda: preview._pdf.startswith(b"%PDF"), timeout=10_000)
    preview.close()


def test_a_right_holder_goes_on_to_her_page_of_rights(
    desk: Desk, responsable_desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, shell: Shell
) -> None:
    kone = register(desk)
    screen = make(responsable_desk)
    open_file(qtbot, screen, kone)
    assert offered(screen) == [_PRINT, _MORE]
    act(qtbot, screen, _MORE)
    assert shell.opened[-1] == Target("listening", kone.id, action="her")


def test_what_is_not_settled_is_said_and_nothing_is_erased(
    desk: Desk, responsable_desk: Desk, make: Callable[[Desk], MembersScreen], qtbot: QtBot, shell: Shell
) -> None:
    kone = register(desk)
    civil_help.opened(desk, kone.id, dt.date(2026, 9, 1))
    screen = make(responsable_desk)
    open_file(qtbot, screen, kone)
    act(qtbot, screen, "Effacer sa fiche")
    settle(qtbot, screen)
    assert "N-2026-0001 ne sont pas finis" in shell.said[-1][0]
    assert members_reading.load_page(desk, kone.id).person.erased_on is None
