"""Two windows on one file, and who may see no name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from antenne.db.slots import Unlocked
from antenne.domain.births import Birth, Precision
from antenne.domain.board import Target
from antenne.domain.violations import Forbidden
from antenne.services import members, members_reading, opening
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.memory import SittingMemory
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.printing import Printing
from antenne.ui.members.area import AREA
from antenne.ui.members.identity_tab import IdentityTab
from antenne.ui.members.screen import MembersScreen
from tests.conftest import NOW
from tests.ui.helpers import FakeDialogs, press, type_text


def add(desk: Desk) -> int:
    """A member on file."""
    answers = {
        "last_name": "Koné",
        "first_name": "Fanta",
        "birth": Birth(Precision.YEAR, NOW.date().replace(year=1990, month=1, day=1)),
        "joined_on": NOW.date(),
        "consent_file": True,
        "consent_how": "signature",
    }
    command = members.Register(request_id="one", form="registration", answers=answers)
    return members.register_person(desk, command).value.id


class Nowhere:
    """A navigator that stays."""

    def open(self, target: Target) -> None:
        """Stay."""

    def back(self) -> None:
        """Stay."""


@pytest.fixture
def file_of(qtbot: QtBot, desk: Desk, operations: Operations) -> Callable[[int], IdentityTab]:
    """Opens her file in a screen of its own, as a second window would."""
    dialogs = FakeDialogs()
    context = Context(
        desk=desk,
        operations=operations,
        navigator=Nowhere(),
        dialogs=dialogs,
        printing=Printing(operations, dialogs, str),
        clock=desk.clock,
        broadcast=lambda _changes: None,
        notify=lambda _sentence, _tone: None,
        memory=SittingMemory(),
    )

    def go(person_id: int) -> IdentityTab:
        screen = MembersScreen(context)
        qtbot.addWidget(screen)
        screen.resize(1162, 686)
        screen.show()
        screen.open(Target("members", person_id, action="file"))
        settle(qtbot, operations)
        return screen.file.identity

    return go


def settle(qtbot: QtBot, operations: Operations) -> None:
    qtbot.wait(30)
    qtbot.waitUntil(operations.idle, timeout=10_000)
    qtbot.wait(20)
    qtbot.waitUntil(operations.idle, timeout=10_000)


def first_name(tab: IdentityTab, text: str) -> None:
    """Type another first name."""
    entry = tab.view.field("first_name").entry()
    assert isinstance(entry, QLineEdit)
    entry.clear()
    type_text(entry, text)


def test_what_was_typed_in_the_second_window_waits_as_a_draft(
    qtbot: QtBot, desk: Desk, operations: Operations, file_of: Callable[[int], IdentityTab]
) -> None:
    person_id = add(desk)
    one, two = file_of(person_id), file_of(person_id)
    first_name(two, "Fatoumata")
    two.drafts.flush()
    first_name(one, "Fatim")
    one.save()
    settle(qtbot, operations)
    two.save()
    settle(qtbot, operations)
    assert members_reading.load_page(desk, person_id).person.first_name == "Fatim"
    assert two.view.raw_answers()["first_name"] == "Fatoumata"
    assert "Sa fiche a changé entre-temps" in two.view.band.text

    again = file_of(person_id)
    assert again.view.raw_answers()["first_name"] == "Fatim"
    resume = next(one for one in again.band.findChildren(QPushButton) if one.text() == "Reprendre")
    press(resume, Qt.Key.Key_Space)
    again.save()
    settle(qtbot, operations)
    assert members_reading.load_page(desk, person_id).person.first_name == "Fatoumata"


def test_who_only_reads_figures_sees_no_name(
    desk: Desk, office_folder: Path, made_office: tuple[Path, dict[str, Unlocked]]
) -> None:
    person_id = add(desk)
    reader = opening.open_desk(office_folder, made_office[1]["lecture"], desk.clock)
    try:
        assert AREA.nav is not None
        assert not any(reader.may(right) for right in AREA.nav.rights)
        asked: tuple[Callable[[], object], ...] = (
            lambda: members_reading.load_page(reader, person_id),
            lambda: members_reading.search_ids(reader, "kone"),
            lambda: members_reading.rows(reader, (person_id,)),
            lambda: members_reading.history(reader, person_id),
            lambda: members_reading.load_photo(reader, person_id),
        )
        for ask in asked:
            with pytest.raises(Forbidden):
                ask()
        assert AREA.todo is not None
        assert AREA.todo(reader) == ()
    finally:
        reader.close()
