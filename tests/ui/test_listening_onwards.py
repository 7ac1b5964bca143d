"""From a talk to what is opened from it and back: what the screens keep, with the talk saved or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.db.slots import Unlocked
from antenne.domain.board import Target
from antenne.domain.changes import CIVIL, Changes
from antenne.domain.incidents import Incident
from antenne.domain.listening import ListeningSession
from antenne.domain.minors import Minor
from antenne.services import minors, opening, sealed_drafts
from antenne.services.compartment import find, kept_of
from antenne.services.desk import Desk
from antenne.ui.kit.operations import Operations
from antenne.ui.listening import area
from antenne.ui.listening.incident_page import IncidentPage
from antenne.ui.listening.minor_page import MinorPage
from antenne.ui.listening.screen import ListeningScreen
from antenne.ui.listening.session_page import SessionPage
from tests.services import civil_help
from tests.services import listening_help as talks
from tests.services.protection_help import DAY
from tests.ui.helpers import FakeDialogs
from tests.ui.listening_help import Shell, make_context, settle, show
from tests.ui.test_listening_screens import answer, incident_answers


@pytest.fixture
def shell() -> Shell:
    return Shell()


def session_page(screen: ListeningScreen) -> SessionPage:
    assert isinstance(screen.page, SessionPage)
    return screen.page


def opened_here(page: SessionPage) -> list[str]:
    return [one.text() for one in page.side.opened.findChildren(QPushButton) if not one.isHidden()]


def finish(page: SessionPage, **more: object) -> None:
    answer(page, anonymous=True, minor=False, motives=("violence",), consent_listen=True, consent_record=True, **more)


def note_incident(qtbot: QtBot, operations: Operations, screen: ListeningScreen) -> IncidentPage:
    page = screen.page
    assert isinstance(page, IncidentPage)
    answer(page, **incident_answers(birth=talks.ADULT))
    page.save()
    settle(qtbot, operations)
    return page


def test_an_incident_opened_from_an_unsaved_talk_is_named_once_it_is_saved(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    screen = show(qtbot, context, shell, Target("listening", action="session/new"))
    answer(session_page(screen), said="Elle raconte la nuit.")
    session_page(screen).onwards.incident_button.click()
    settle(qtbot, operations)
    note_incident(qtbot, operations, screen)
    (kept,) = kept_of(responsable_desk, Incident)
    screen.open(Target("listening", action="session/new"))
    settle(qtbot, operations)
    page = session_page(screen)
    page.band.acted.emit()  # « Reprendre »
    settle(qtbot, operations)
    assert page.view.raw_answers()["said"] == "Elle raconte la nuit."
    assert opened_here(page) == ["Incident I-2026-0001"]
    finish(page)
    page.save()
    settle(qtbot, operations)
    (talk,) = kept_of(responsable_desk, ListeningSession)
    assert talk.record.incident_ids == (kept.id,)
    assert talk.id == kept.record.session_id
    assert talk.record.code == kept.record.survivor_code
    assert opened_here(page) == ["Incident I-2026-0001"]


def test_a_lock_between_the_two_loses_neither_the_talk_nor_its_incident(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    """A lock ends the process: other screens, another sitting take up the two drafts."""
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    screen = show(qtbot, context, shell, Target("listening", action="session/new"))
    answer(session_page(screen), said="Elle raconte la nuit.")
    session_page(screen).onwards.incident_button.click()
    settle(qtbot, operations)
    incident = screen.page
    assert isinstance(incident, IncidentPage)
    answer(incident, **incident_answers(birth=talks.ADULT))
    screen.keep_draft()
    settle(qtbot, operations)
    responsable_desk.sealed.compartment = None  # nothing of this sitting is left in memory
    again = Shell()
    fresh = show(
        qtbot, make_context(responsable_desk, operations, again, FakeDialogs()), again,
        Target("listening", action="incident/new/draft"),
    )  # fmt: skip
    assert isinstance(fresh.page, IncidentPage)
    fresh.page.save()
    settle(qtbot, operations)
    fresh.open(Target("listening", action="session/new/draft"))
    settle(qtbot, operations)
    finish(session_page(fresh))
    session_page(fresh).save()
    settle(qtbot, operations)
    (kept,) = kept_of(responsable_desk, Incident)
    (talk,) = kept_of(responsable_desk, ListeningSession)
    assert talk.record.said == "Elle raconte la nuit."
    assert talk.record.incident_ids == (kept.id,)
    assert sealed_drafts.list_sealed_drafts(responsable_desk) == ()


def test_an_abandoned_talk_leaves_its_incident_whole_and_the_next_talk_is_another(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    screen = show(qtbot, context, shell, Target("listening", action="session/new"))
    session_page(screen).onwards.incident_button.click()
    settle(qtbot, operations)
    note_incident(qtbot, operations, screen)
    screen.open(Target("listening", action="session/new"))
    settle(qtbot, operations)
    page = session_page(screen)
    page.drafts.thrown_away()  # « Jeter »
    settle(qtbot, operations)
    page.begin()
    settle(qtbot, operations)
    finish(page)
    page.save()
    settle(qtbot, operations)
    (talk,) = kept_of(responsable_desk, ListeningSession)
    assert talk.record.incident_ids == ()
    (kept,) = kept_of(responsable_desk, Incident)
    screen.open(Target("listening", action=f"incident/{kept.id}"))
    settle(qtbot, operations)
    assert isinstance(screen.page, IncidentPage)
    answer(screen.page, account="Elle va mieux.")
    screen.page.save()
    settle(qtbot, operations)
    assert find(responsable_desk, Incident, kept.id).record.account == "Elle va mieux."


@pytest.mark.parametrize("saved_first", [True, False], ids=["saved", "not yet saved"])
def test_a_civil_file_opened_from_a_talk_is_named_in_it_alone(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell, *, saved_first: bool
) -> None:
    desk = responsable_desk
    her = talks.person(desk)
    civil_help.opened(desk, her, DAY)
    talk = talks.save(desk, **talks.named(her)) if saved_first else None
    place = f"session/{talk.id}" if talk is not None else "session/new"
    context = make_context(desk, operations, shell, FakeDialogs())
    screen = show(qtbot, context, shell, Target("listening", her, action=place))
    page = session_page(screen)
    page.onwards.civil_button.click()
    settle(qtbot, operations)
    assert shell.opened[-1] == Target("civil", her, action="new")
    done_id = civil_help.opened(desk, her, DAY)  # she saves the form over there
    context.broadcast(_civil(done_id))
    settle(qtbot, operations)
    if not saved_first:
        screen.open(Target("listening", action="session/new/draft"))
        settle(qtbot, operations)
        answer(page, minor=False, motives=("papers",), consent_listen=True, consent_record=True)
        page.save()
        settle(qtbot, operations)
    (kept,) = kept_of(desk, ListeningSession)
    assert kept.record.civil_file_ids == (done_id,)
    assert len(opened_here(page)) == 1
    answer(page, advice="Revenir avec les témoins.")
    page.save()
    settle(qtbot, operations)
    assert find(desk, ListeningSession, kept.id).record.advice == "Revenir avec les témoins."
    page.side.opened.findChildren(QPushButton)[-1].click()
    assert shell.opened[-1] == Target("civil", done_id)


def _civil(file_id: int) -> Changes:
    return Changes.of(CIVIL, id=file_id)


def test_a_minor_who_is_listened_to_goes_up_at_once_and_her_file_keeps_her_code(
    qtbot: QtBot,
    made_office: tuple[Path, dict[str, Unlocked]],
    office_folder: Path,
    responsable_desk: Desk,
    operations: Operations,
    shell: Shell,
    clock: FixedClock,
) -> None:
    listener = opening.open_desk(office_folder, made_office[1]["ecoutante"], clock)
    context = make_context(listener, operations, shell, FakeDialogs())
    screen = show(qtbot, context, shell, Target("listening", action="session/new"))
    page = session_page(screen)
    finish(page)
    answer(page, minor=True, responsable_told=False, lakana="told")
    page.save()
    settle(qtbot, operations)
    (talk,) = kept_of(listener, ListeningSession)
    page.onwards.minor_button.click()
    settle(qtbot, operations)
    file = screen.page
    assert isinstance(file, MinorPage)
    answer(file, told_duty=True, assent=True, adult_agreed=True, birth=talks.GIRL, lakana="not_yet")
    answer(file, lakana_why="Bureau fermé")
    file.save()
    settle(qtbot, operations)
    (kept,) = kept_of(listener, Minor)
    assert (kept.record.code, kept.record.session_id) == (talk.record.code, talk.id)
    listener.close()
    (line,) = [one for one in area.todo(responsable_desk) if one.pill == "À voir"]
    assert line.target == Target("listening", action=f"session/{talk.id}")
    theirs = Shell()
    shown = show(qtbot, make_context(responsable_desk, operations, theirs, FakeDialogs()), theirs, line.target)
    assert isinstance(shown.page, SessionPage)
    assert minors.list_notices(responsable_desk) == ()
