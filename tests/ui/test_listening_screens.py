"""The area's screens on a real office: each place opens, types and clocks follow the keys, rights are kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.db import keys
from antenne.db.slots import Unlocked
from antenne.domain.board import Target
from antenne.domain.forms.sealed_short import KINDS
from antenne.domain.incidents import Incident, Purpose
from antenne.domain.minors import Minor
from antenne.domain.recovery import CodeKind
from antenne.services import access, minors, opening, reading_log, rekeying, shelter_state, sheltering, users
from antenne.services.compartment import kept_of
from antenne.services.desk import Desk
from antenne.services.listening_reading import SessionQuery, list_sessions
from antenne.services.sheltering import TakeShelter
from antenne.ui.kit.operations import Operations
from antenne.ui.listening import area, places
from antenne.ui.listening.incident_page import IncidentPage
from antenne.ui.listening.minor_page import MinorPage
from antenne.ui.listening.person_card import person_card
from antenne.ui.listening.screen import ListeningScreen
from antenne.ui.listening.session_page import SessionPage
from tests.conftest import KDF, LABELS, PHRASES
from tests.services import listening_help as talks
from tests.ui.cashbook_help import plain
from tests.ui.helpers import FakeDialogs
from tests.ui.listening_help import Shell, make_context, settle, show

FACTS = dt.datetime(2026, 11, 20, 18, 50, tzinfo=dt.UTC)
TALK = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)


def said(screen: ListeningScreen) -> str:
    return plain("\n".join(one.text() for one in screen.findChildren(QLabel) if one.isVisible()))


def answer(page: SessionPage | IncidentPage | MinorPage, **values: object) -> None:
    """Answer fields as keys do: each tells that it changed."""
    for key, value in values.items():
        widget = page.view.field(key)
        widget.set_value(value)
        widget.changed.emit()


def incident_answers(**changes: object) -> dict[str, object]:
    kept: dict[str, object] = {
        "consent_services": True,
        "consent_statistics": True,
        "birth": None,
        "interviewed_at": TALK,
        "happened_from": FACTS,
        "place_type": "rue",
        "local_type": "agression_client",
        "penetration": True,
    }
    return kept | changes


@pytest.fixture
def shell() -> Shell:
    return Shell()


def test_every_tab_and_every_page_opens_empty(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    screen = show(qtbot, context, shell, Target("listening"))
    assert [panel.key for panel in screen.shown] == [panel.key for panel in places.PANELS]
    for panel in places.PANELS:
        screen.open(Target("listening", action=panel.key))
        settle(qtbot, operations)
        assert screen.panel_key() == panel.key
    for key in places.PAGES:
        screen.open(Target("listening", action=f"{key}/new"))
        settle(qtbot, operations)
        assert screen.page is screen.page_of(key)
    assert set(KINDS) <= set(places.PAGES)
    assert shell.said == []


def test_steps_turn_by_keys_and_say_their_state(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    screen = show(qtbot, context, shell, Target("listening", action="session/new"))
    page = screen.page
    assert isinstance(page, SessionPage)
    shown = page.steps.list.rows
    assert len(shown) == 8
    focus = QApplication.focusWidget()
    assert focus is not None
    stroke = QKeySequence("Ctrl+Down")[0]  # type: ignore[index] # the stubs leave it out
    QTest.keyClick(focus, stroke.key(), stroke.keyboardModifiers())
    assert page.view.step == 1
    answer(page, motives=("violence",), in_danger=True, referrals=({"service": "health", "answer": "refused"},))
    spoken = [row.accessibleName() for row in shown]
    assert spoken[1].endswith(", répondu")
    assert spoken[4].endswith(", 1")
    assert spoken[5].endswith(", en danger")
    page.view.turn(-1)
    page.view.turn(-1)
    assert page.view.step == 0


def test_what_is_missing_is_gone_to_only_at_the_end(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    page = show(qtbot, context, shell, Target("listening", action="session/new")).page
    assert isinstance(page, SessionPage)
    answer(page, anonymous=True, minor=False)
    page.view.go(7)
    assert page.view.error_of("motives") == ""
    page.save()
    settle(qtbot, operations)
    assert page.view.step == 1
    assert page.view.error_of("motives")
    assert page.session_id == ""


def test_a_known_woman_is_offered_as_a_follow_up_with_her_talks_before(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    her = talks.person(responsable_desk)
    talks.save(responsable_desk, **talks.named(her))
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    screen = show(qtbot, context, shell, Target("listening", her, action="session/new"))
    page = screen.page
    assert isinstance(page, SessionPage)
    answers = page.view.answers()
    assert (answers["person_id"], answers["first"]) == (her, "follow_up")
    assert "23/11/2026 · 1re fois" in [
        plain(one.text()) for one in page.side.before.findChildren(type(page.save_button))
    ]


def test_an_anonymous_woman_gives_her_name_and_her_talks_become_hers(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    her = talks.person(responsable_desk)
    talk = talks.save(responsable_desk)
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    page = show(qtbot, context, shell, Target("listening", action=f"session/{talk.id}")).page
    assert isinstance(page, SessionPage)
    assert page.side.tie.isVisibleTo(page)
    page.side.tie.view.field("person_id").set_value(her)
    page.side.tie.save()
    settle(qtbot, operations)
    found = list_sessions(responsable_desk, SessionQuery(person_id=her))
    assert [line.id for line in found.lines] == [talk.id]
    assert not page.side.tie.isVisibleTo(page)


def test_the_type_follows_the_compulsory_order_and_the_hours_come_with_it(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell, clock: FixedClock
) -> None:
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    screen = show(qtbot, context, shell, Target("listening", action="incident/new"))
    page = screen.page
    assert isinstance(page, IncidentPage)
    answer(page, happened_from=FACTS, local_type="agression_client")
    assert page.panel.kind.word == ""
    answer(page, penetration=False, sexual_contact=False, physical=True)
    assert page.panel.kind.word == "agression physique"
    assert not page.panel.clocks.cards
    answer(page, physical=None, sexual_contact=True)
    assert page.panel.kind.word == "agression sexuelle"
    assert "Encore 9 h 20" in said(screen)
    clock.instant -= dt.timedelta(hours=5)  # the clock is set back while the count runs
    clock.seconds += 600
    page.panel.clocks.cards[0].tick()
    assert "Encore 9 h 10" in said(screen)


def test_an_incident_of_a_talk_is_named_in_it_and_its_urgent_slip_is_drawn_once(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell, tmp_path: Path
) -> None:
    talk = talks.save(responsable_desk)
    context = make_context(responsable_desk, operations, shell, FakeDialogs(output=tmp_path / "out.pdf"))
    screen = show(qtbot, context, shell, Target("listening", action=f"incident/new/{talk.id}"))
    page = screen.page
    assert isinstance(page, IncidentPage)
    answer(page, **incident_answers(birth=talks.ADULT))
    answer(page, recipients=({"recipient": "One Stop Center (hôpital Sominé Dolo)", "given": True},))
    page.save()
    settle(qtbot, operations)
    (kept,) = kept_of(responsable_desk, Incident)
    assert kept.record.session_id == talk.id
    again = next(one for one in kept_of(responsable_desk, type(talk.record)) if one.id == talk.id)
    assert again.record.incident_ids == (kept.id,)
    for _ in range(2):
        page.print_()
        settle(qtbot, operations)
        for one in QApplication.topLevelWidgets():
            if one.isVisible() and one is not screen and one.windowTitle() == "Antenne":
                one.close()
    (kept,) = kept_of(responsable_desk, Incident)
    (row,) = [one for one in kept.record.referrals if one.code]
    assert row.structure == "One Stop Center (hôpital Sominé Dolo)"
    assert len(kept.record.sent) == 1


def test_she_takes_an_agreement_back_on_the_page(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    page = show(qtbot, context, shell, Target("listening", action="incident/new")).page
    assert isinstance(page, IncidentPage)
    answer(page, **incident_answers(birth=talks.ADULT))
    page.save()
    settle(qtbot, operations)
    page.withdraw(Purpose.STATISTICS, "")
    settle(qtbot, operations)
    (kept,) = kept_of(responsable_desk, Incident)
    assert not kept.record.agrees(Purpose.STATISTICS, responsable_desk.today)
    assert page.view.answers()["consent_statistics"] is False


def test_a_minor_goes_up_to_the_responsable_until_she_has_opened_her(
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
    page = show(qtbot, context, shell, Target("listening", action="minor/new")).page
    assert isinstance(page, MinorPage)
    answer(page, told_duty=True, assent=True, adult_agreed=True, birth=talks.GIRL, lakana="not_yet")
    answer(page, lakana_why="Bureau fermé")
    page.save()
    settle(qtbot, operations)
    (kept,) = kept_of(listener, Minor)
    assert area.todo(listener) == ()
    listener.close()
    (line,) = [one for one in area.todo(responsable_desk) if one.pill == "À voir"]
    assert line.target == Target("listening", action=f"minor/{kept.id}")
    theirs = Shell()
    shown = show(qtbot, make_context(responsable_desk, operations, theirs, FakeDialogs()), theirs, line.target)
    assert isinstance(shown.page, MinorPage)
    assert minors.list_notices(responsable_desk) == ()
    assert kept.id in {one.record for one in reading_log.readings(responsable_desk)}


def test_without_the_right_nothing_is_made_and_nothing_is_said(
    qtbot: QtBot, desk: Desk, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    her = talks.person(responsable_desk)
    talks.save(responsable_desk, **talks.named(her, next_at=dt.datetime(2026, 11, 23, 15, 0, tzinfo=dt.UTC)))
    assert area.AREA.todo is not None
    assert area.AREA.badge is not None
    assert area.AREA.search is None
    assert area.AREA.todo(desk) == ()
    assert area.AREA.badge(desk) is None
    context = make_context(desk, operations, shell, FakeDialogs())
    screen = show(qtbot, context, shell, Target("listening", action="incidents"))
    assert screen.shown == ()
    assert "Réservé aux écoutantes et à la responsable." in said(screen)
    assert desk.sealed.compartment is None


def test_while_sheltered_the_area_says_so_and_her_card_is_the_padlock_of_everybody(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell, clock: FixedClock
) -> None:
    path = responsable_desk.folder / keys.FILE_NAME
    keyfile, own = keys.read_key_file(path), users.own_keys(responsable_desk)
    codes = (rekeying.draw_code(CodeKind.BASE), rekeying.draw_code(CodeKind.CONFIDENTIAL))
    for slot in rekeying.envelopes(*codes):
        keyfile = keys.add_slot(keyfile, own, slot, created=clock.now(), kdf=KDF)
    with responsable_desk.write() as uow:
        shelter_state.remember(uow, keyfile)
        keys.write_key_file(path, keyfile)
        uow.commit()
    sheltering.take_shelter(responsable_desk, TakeShelter(request_id="abri"))
    unlocked = access.unlock(responsable_desk.folder, PHRASES["ecoutante"], LABELS["ecoutante"])
    opened = opening.open_desk(responsable_desk.folder, unlocked, clock)
    context = make_context(opened, operations, shell, FakeDialogs())
    screen = show(qtbot, context, shell, Target("listening"))
    assert "abri" in said(screen)
    assert area.todo(opened) == ()
    card = person_card(context, 1)
    qtbot.addWidget(card)
    words = [plain(one.text()) for one in card.findChildren(QLabel)]
    assert "Réservé aux écoutantes et à la responsable." in words
    opened.close()


def test_a_draft_of_a_form_waits_in_the_list_of_what_is_to_do(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    page = show(qtbot, context, shell, Target("listening", action="session/new")).page
    assert isinstance(page, SessionPage)
    answer(page, said="Elle dit qu’elle reviendra")
    page.keep_draft()
    settle(qtbot, operations)
    (line,) = [one for one in area.todo(responsable_desk) if one.pill == "Brouillon"]
    assert line.target == Target("listening", action="session/new/draft")
    with responsable_desk.read() as uow:
        assert uow.rows("SELECT count(*) FROM draft")[0][0] == 0


def test_escape_gives_up_what_is_asked_before_it_leaves_the_page(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    screen = show(qtbot, context, shell, Target("listening", action="incident/new"))
    page = screen.page
    assert isinstance(page, IncidentPage)
    answer(page, **incident_answers(birth=talks.ADULT))
    page.save()
    settle(qtbot, operations)
    page.ask_outcome()
    assert screen.escape()
    assert not screen.escape()
