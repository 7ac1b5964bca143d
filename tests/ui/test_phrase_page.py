"""The first login with a phrase from a paper."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from antenne.domain.rights import Role
from antenne.services import access, opening, users
from antenne.services.desk import Desk
from antenne.ui.kit.operations import Operations
from antenne.ui.shell.phrase_page import PhrasePage
from tests.ui.helpers import type_text


def test_the_paper_opens_nothing_once_she_has_her_own_phrase(
    qtbot: QtBot, operations: Operations, responsable_desk: Desk
) -> None:
    command = users.AddUser(request_id="r", name="Agent nouvelle", label="Girafe", roles=frozenset({Role.SECRETAIRE}))
    paper = users.add_user(responsable_desk, command).value
    folder = responsable_desk.folder
    unlocked = access.unlock(folder, paper.phrase, "Girafe")
    hers = opening.open_desk(folder, unlocked, responsable_desk.clock)
    try:
        page = PhrasePage(hers, operations, unlocked.slot_id, lambda: None)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(lambda: len(page.offered.text().split()) == 4)
        own = page.offered.text()
        type_text(page.phrase, "azerty")
        type_text(page.again, "azerti")
        page.save()
        assert "pas pareilles" in page.error.text()
        page.again.clear()
        type_text(page.again, "azerty")
        page.save()
        qtbot.waitUntil(lambda: "pas pareilles" not in page.error.text())
        assert page.error.isVisible()
        page.phrase.setText(own)
        page.again.setText(own)
        with qtbot.waitSignal(page.changed, timeout=15_000):
            page.save()
    finally:
        hers.close()
    assert access.unlock(folder, own, "Girafe").slot_id == unlocked.slot_id
