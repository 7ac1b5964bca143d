"""What goes wrong at a talk, on the screens: each mistake is said beside its field, and nothing typed is lost."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.db.slots import Unlocked
from antenne.domain.board import Target, TodoLine, Urgency, in_order
from antenne.domain.incidents import Incident
from antenne.domain.listening import ListeningSession
from antenne.domain.rights import Role
from antenne.services import opening, partners, sealed_drafts
from antenne.services.compartment import kept_of
from antenne.services.desk import Desk
from antenne.services.partners import SavePartner
from antenne.ui.kit.operations import Operations
from antenne.ui.listening import area
from antenne.ui.listening.incident_page import IncidentPage
from antenne.ui.listening.screen import ListeningScreen
from antenne.ui.listening.session_page import SessionPage
from tests.services import listening_help as talks
from tests.services.protection_help import STOP, opened
from tests.ui.cashbook_help import plain
from tests.ui.helpers import FakeDialogs
from tests.ui.listening_help import Shell, make_context, settle, show
from tests.ui.test_listening_screens import FACTS, answer, incident_answers, said

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def shell() -> Shell:
    return Shell()


def incident_page(
    qtbot: QtBot, desk: Desk, operations: Operations, shell: Shell, place: str = "incident/new"
) -> tuple[ListeningScreen, IncidentPage]:
    context = make_context(desk, operations, shell, FakeDialogs())
    screen = show(qtbot, context, shell, Target("listening", action=place))
    assert isinstance(screen.page, IncidentPage)
    return screen, screen.page


def save(qtbot: QtBot, operations: Operations, page: IncidentPage | SessionPage) -> None:
    page.save()
    settle(qtbot, operations)


def test_an_incident_in_the_future_is_refused_beside_its_hour(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    _, page = incident_page(qtbot, responsable_desk, operations, shell)
    at = responsable_desk.clock.now()
    answer(page, **incident_answers(birth=talks.ADULT, interviewed_at=at, happened_from=at + HOUR, account="Ses mots"))
    save(qtbot, operations, page)
    assert page.view.error_of("happened_from")
    assert kept_of(responsable_desk, Incident) == ()
    assert page.view.answers()["account"] == "Ses mots"
    assert page.view.step == 1
    answer(page, happened_from=at - HOUR, happened_to=at + HOUR)
    save(qtbot, operations, page)
    assert page.view.error_of("happened_to")
    answer(page, happened_to=None)
    save(qtbot, operations, page)
    assert len(kept_of(responsable_desk, Incident)) == 1


def test_an_unknown_hour_is_a_range_counted_from_its_earliest(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    screen, page = incident_page(qtbot, responsable_desk, operations, shell)
    answer(page, **incident_answers(birth=talks.ADULT, happened_to=FACTS + 10 * HOUR, day_part="soir_nuit"))
    settle(qtbot, operations)
    assert "Encore 9 h 20" in said(screen)  # the earliest hour decides: nothing is promised that may be over
    answer(page, happened_to=FACTS - HOUR)
    save(qtbot, operations, page)
    assert page.view.error_of("happened_to")
    assert kept_of(responsable_desk, Incident) == ()
    answer(page, happened_to=FACTS + 10 * HOUR)
    save(qtbot, operations, page)
    (kept,) = kept_of(responsable_desk, Incident)
    assert (kept.record.happened_from, kept.record.happened_to) == (FACTS, FACTS + 10 * HOUR)
    assert kept.record.day_part == "soir_nuit"
    assert page.view.answers()["happened_to"] == FACTS + 10 * HOUR


def test_a_minor_typed_as_an_adult_is_said_in_both_forms(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    girl = talks.person(responsable_desk, "Hawa", talks.GIRL)
    screen, page = incident_page(qtbot, responsable_desk, operations, shell)
    answer(page, **incident_answers(birth=talks.ADULT, person_id=girl))
    save(qtbot, operations, page)
    assert "18 ans" in plain(page.view.error_of("birth"))
    assert kept_of(responsable_desk, Incident) == ()
    screen.open(Target("listening", girl, action="session/new"))
    settle(qtbot, operations)
    talk = screen.page
    assert isinstance(talk, SessionPage)
    answer(talk, minor=False, motives=("family",), consent_listen=True, consent_record=True)
    save(qtbot, operations, talk)
    assert "18 ans" in plain(talk.view.error_of("minor"))
    assert kept_of(responsable_desk, ListeningSession) == ()


def test_a_partner_that_closed_is_no_longer_offered_and_refused_in_its_cell(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    desk = responsable_desk
    row = {"service": "health", "answer": "referred", "structure": STOP}
    before = talks.save(desk, referrals=(row,))
    found = next(one for one in partners.list_partners(desk) if one.name == STOP)
    screen, page = incident_page(qtbot, desk, operations, shell)
    _close(desk, found.id)
    page.show_place("new", None)
    settle(qtbot, operations)
    assert STOP not in page.partners
    answer(page, **incident_answers(birth=talks.ADULT, referrals=(row,)))
    save(qtbot, operations, page)
    assert "ne reçoit plus" in page.view.error_of("referrals[0].structure")
    screen.open(Target("listening", action="session/new"))
    settle(qtbot, operations)
    talk = screen.page
    assert isinstance(talk, SessionPage)
    answer(talk, anonymous=True, minor=False, motives=("health",), consent_listen=True, consent_record=True)
    answer(talk, referrals=(row,))
    save(qtbot, operations, talk)
    assert "ne reçoit plus" in talk.view.error_of("referrals[0].structure")
    talk.show_session(before.id)
    settle(qtbot, operations)
    answer(talk, advice="Elle y est déjà suivie.")  # what was agreed before it closed stays
    save(qtbot, operations, talk)
    (kept,) = kept_of(desk, ListeningSession)
    assert kept.record.advice == "Elle y est déjà suivie."


def _close(desk: Desk, partner_id: int) -> None:
    from antenne.domain.forms.partner import answers_of

    found = next(one for one in partners.list_partners(desk) if one.id == partner_id)
    answers = {**answers_of(found), "closed_on": desk.today}
    partners.save_partner(desk, SavePartner(request_id="clos", partner_id=partner_id, answers=answers))


def test_a_right_removed_while_her_screen_is_open_refuses_the_save_and_shows_nothing_more(
    qtbot: QtBot,
    made_office: tuple[Path, dict[str, Unlocked]],
    office_folder: Path,
    operations: Operations,
    shell: Shell,
    clock: FixedClock,
) -> None:
    listener = opening.open_desk(office_folder, made_office[1]["ecoutante"], clock)
    try:
        context = make_context(listener, operations, shell, FakeDialogs())
        screen = show(qtbot, context, shell, Target("listening", action="session/new"))
        page = screen.page
        assert isinstance(page, SessionPage)
        talk = talks.save(listener, said="Ses mots d’hier.")
        answer(page, anonymous=True, minor=False, motives=("health",), consent_listen=True, consent_record=True)
        answer(page, said="Ses mots d’aujourd’hui.")
        page.drafts.flush()
        settle(qtbot, operations)
        listener.actor = dataclasses.replace(listener.actor, roles=frozenset({Role.SECRETAIRE}))
        save(qtbot, operations, page)
        assert page.session_id == ""
        assert page.view.raw_answers()["said"] == "Ses mots d’aujourd’hui."
        assert shell.said == []  # nothing says that it was kept
        page.show_session(talk.id)
        settle(qtbot, operations)
        assert "hier" not in str(page.view.raw_answers()["said"])
        assert area.todo(listener) == ()
        listener.actor = dataclasses.replace(listener.actor, roles=frozenset({Role.ECOUTANTE}))
        (kept,) = kept_of(listener, ListeningSession)
        assert kept.id == talk.id
        assert sealed_drafts.list_sealed_drafts(listener)[0].body["said"] == "Ses mots d’aujourd’hui."
    finally:
        listener.close()


def test_a_clock_set_back_lengthens_no_count_of_a_saved_incident(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell, clock: FixedClock
) -> None:
    kept = opened(responsable_desk)
    screen, page = incident_page(qtbot, responsable_desk, operations, shell, f"incident/{kept.id}")
    assert "Encore 9 h 20" in said(screen)
    clock.instant -= 5 * HOUR
    clock.seconds += 1_200
    page.panel.clocks.cards[0].tick()
    assert "Encore 9 h 00" in said(screen)
    page.show_place(kept.id, None)
    settle(qtbot, operations)
    assert "Encore 9 h 20" in said(screen)  # read again: never more than when it was written
    (line,) = [one for one in area.todo(responsable_desk) if one.pill == "Soins"]
    assert "encore 9 h 20" in plain(line.text)
    late = TodoLine(
        text="vieux", target=Target("members"), due=clock.today() - dt.timedelta(days=90), urgency=Urgency.LATE
    )
    assert in_order((late, line)) == (line, late)


def test_the_fewest_hours_stand_first(responsable_desk: Desk) -> None:
    now = responsable_desk.clock.now()
    opened(responsable_desk, "later", happened_from=now - 10 * HOUR)
    opened(responsable_desk, "sooner", happened_from=now - 60 * HOUR)
    lines = [plain(one.text) for one in area.todo(responsable_desk) if one.pill == "Soins"]
    assert ["12 h 00" in lines[0], "62 h 00" in lines[1]] == [True, True]


def test_a_lock_in_the_middle_of_a_short_form_keeps_it_sealed_and_leads_back_to_it(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    desk = responsable_desk
    kept = opened(desk)
    screen, page = incident_page(qtbot, desk, operations, shell, f"incident/{kept.id}")
    page.ask_outcome()
    card = page._ask
    assert card is not None
    card.view.field("words").set_value("Le gérant a payé")
    card.view.field("words").changed.emit()
    screen.keep_draft()  # what every lock does first
    settle(qtbot, operations)
    desk.sealed.compartment = None  # the process is gone
    (line,) = [one for one in area.todo(desk) if one.pill == "Brouillon"]
    again = Shell()
    fresh, other = incident_page(qtbot, desk, operations, again, line.target.action)
    assert other._ask is not None
    words = other._ask.view.field("words").entry()
    assert isinstance(words, QLineEdit)
    assert words.text() == "Le gérant a payé"
    other._ask.view.field("code").set_value("droit")
    other.save()
    settle(qtbot, operations)
    (record,) = kept_of(desk, Incident)
    assert [one.words for one in record.record.outcomes] == ["Le gérant a payé"]
    assert sealed_drafts.list_sealed_drafts(desk) == ()
    other.ask_follow_up()
    assert other._ask is not None
    other._ask.view.field("words").set_value("À reprendre")
    other._ask.view.field("words").changed.emit()
    screen.keep_draft()
    fresh.keep_draft()
    settle(qtbot, operations)
    assert fresh.escape()  # given up
    settle(qtbot, operations)
    assert sealed_drafts.list_sealed_drafts(desk) == ()
