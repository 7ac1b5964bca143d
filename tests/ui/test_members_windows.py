"""Two windows on one file, and who may see no name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from antenne.db.slots import Unlocked
from antenne.domain import members as rules
from antenne.domain.births import Birth, Precision
from antenne.domain.board import Target
from antenne.domain.forms.person import PERSON
from antenne.domain.violations import Forbidden
from antenne.services import drafts, members, members_reading, opening
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
    assert "Sa fiche a changé entre-temps" in two.meanwhile.text

    again = file_of(person_id)
    assert again.view.raw_answers()["first_name"] == "Fatim"
    resume = next(one for one in again.band.findChildren(QPushButton) if one.text() == "Reprendre")
    press(resume, Qt.Key.Key_Space)
    again.save()
    settle(qtbot, operations)
    assert members_reading.load_page(desk, person_id).person.first_name == "Fatoumata"


def type_over(tab: IdentityTab, key: str, text: str) -> None:
    """Type another answer."""
    entry = tab.view.field(key).entry()
    assert isinstance(entry, QLineEdit)
    entry.clear()
    type_text(entry, text)


def change_elsewhere(desk: Desk, person_id: int, **changes: object) -> None:
    """Another user saves her file."""
    seen = members_reading.load_page(desk, person_id).person
    answers = {**rules.answers_of(seen), **changes}
    members.save_person(desk, members.SavePerson(request_id=f"other {changes}", before=seen, answers=answers))


def by_the_button(tab: IdentityTab) -> None:
    """« La rouvrir »."""
    button = next(one for one in tab.meanwhile.findChildren(QPushButton) if one.text() == "La rouvrir")
    press(button, Qt.Key.Key_Return)


def by_the_list(tab: IdentityTab) -> None:
    """The same woman once more."""
    screen = tab.parentWidget()
    while not isinstance(screen, MembersScreen):
        assert screen is not None
        screen = screen.parentWidget()
    screen.open(Target("members", screen.file.person_id, action="file"))


@pytest.mark.parametrize("reopen", [by_the_button, by_the_list])
def test_reopening_lays_the_change_under_what_is_typed_and_shows_it(
    qtbot: QtBot,
    desk: Desk,
    responsable_desk: Desk,
    operations: Operations,
    file_of: Callable[[int], IdentityTab],
    reopen: Callable[[IdentityTab], None],
) -> None:
    person_id = add(desk)
    tab = file_of(person_id)
    first_name(tab, "Fatoumata")
    type_over(tab, "mother_name", "Awa Touré")
    change_elsewhere(responsable_desk, person_id, quarter="Konna", first_name="Fatim")
    tab.save()
    settle(qtbot, operations)
    assert "Rouvrez-la" in tab.meanwhile.text
    reopen(tab)
    settle(qtbot, operations)
    shown = tab.view.raw_answers()
    assert (shown["first_name"], shown["mother_name"], shown["quarter"]) == ("Fatoumata", "Awa Touré", "Konna")
    assert "Changé entre-temps\u00a0: Prénom, Quartier, commune." in tab.meanwhile.text
    assert tab.view.cell("first_name").below.text() == "Sur la fiche à présent\u00a0: Fatim"
    assert tab.view.cell("quarter").below.text() == "Changé\u202f; avant\u00a0: rien"
    kept = drafts.find_draft(desk, PERSON, person_id)
    assert kept is not None
    assert kept.body == {"first_name": "Fatoumata", "mother_name": "Awa Touré"}
    tab.save()
    settle(qtbot, operations)
    saved = members_reading.load_page(desk, person_id).person
    assert (saved.first_name, saved.mother_name, saved.quarter) == ("Fatoumata", "Awa Touré", "Konna")
    assert tab.meanwhile.text == ""
    assert tab.view.cell("quarter").below.text() == ""
    assert drafts.find_draft(desk, PERSON, person_id) is None


def test_a_resumed_draft_takes_back_nothing_that_others_saved(
    qtbot: QtBot, desk: Desk, responsable_desk: Desk, operations: Operations, file_of: Callable[[int], IdentityTab]
) -> None:
    person_id = add(desk)
    tab = file_of(person_id)
    type_over(tab, "mother_name", "Awa Touré")
    tab.drafts.flush()
    settle(qtbot, operations)
    change_elsewhere(responsable_desk, person_id, quarter="Konna")
    again = file_of(person_id)
    resume = next(one for one in again.band.findChildren(QPushButton) if one.text() == "Reprendre")
    press(resume, Qt.Key.Key_Space)
    again.save()
    settle(qtbot, operations)
    saved = members_reading.load_page(desk, person_id).person
    assert (saved.mother_name, saved.quarter) == ("Awa Touré", "Konna")


def test_who_asked_to_be_forgotten_is_not_typed_back(
    qtbot: QtBot, desk: Desk, responsable_desk: Desk, operations: Operations, file_of: Callable[[int], IdentityTab]
) -> None:
    person_id = add(desk)
    tab = file_of(person_id)
    type_over(tab, "mother_name", "Awa Touré")
    members.erase_person(responsable_desk, members.Erase(request_id="forget", person_id=person_id))
    by_the_list(tab)
    settle(qtbot, operations)
    assert tab.view.field("mother_name").value() is None
    assert not tab.view.isEnabled()
    assert drafts.find_draft(desk, PERSON, person_id) is None


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
