"""The écoutante's day by keyboard alone, and the secretary's day through the same doors: she sees none of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from antenne.app import Makers
from antenne.base.clock import FixedClock
from antenne.domain.board import Target
from antenne.domain.deposits import About
from antenne.domain.incidents import GbvType, Incident
from antenne.domain.listening import Answer, ListeningSession
from antenne.domain.sealed_counts import LEFT_OUT
from antenne.domain.violations import Forbidden
from antenne.services import access, deposits, listening_reading, opening, sealed_counting, sealed_drafts
from antenne.services.compartment import kept_of
from antenne.services.desk import Desk
from antenne.services.listening_reading import SessionQuery
from antenne.ui.kit.cards import ClosedCard
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.preview import PreviewDialog
from antenne.ui.listening.screen import ListeningScreen
from antenne.ui.shell.window import MainWindow
from tests.e2e.keyboard import Keyboard, called, said
from tests.e2e.offices import NOW, DemoOffice
from tests.ui.helpers import FakeDialogs

SAID = "Elle demande une chambre plus sûre"


@pytest.fixture
def listener(office: DemoOffice) -> Iterator[Desk]:
    """The écoutante's desk."""
    label, phrase = office.account("ecoutante")
    desk = opening.open_desk(office.folder, access.unlock(office.folder, phrase, label), FixedClock(NOW))
    yield desk
    desk.close()


@pytest.fixture
def her_window(
    qtbot: QtBot, qapp: QApplication, listener: Desk, operations: Operations, dialogs: FakeDialogs
) -> Iterator[MainWindow]:
    """The écoutante's window, as the program makes it."""
    made = Makers(lambda: dialogs).window(listener, operations, FixedClock(NOW), lambda: None)
    made.resize(1366, 768)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(operations.idle, timeout=15_000)
    yield made
    made.close()
    shiboken6.delete(made._scanner)
    shiboken6.delete(made._watch)
    shiboken6.delete(made)


def newest(desk: Desk) -> ListeningSession:
    return max((one.record for one in kept_of(desk, ListeningSession)), key=lambda one: one.at)


def tell(keyboard: Keyboard) -> None:
    """Five steps of a talk, in its order, and Ctrl+S too early."""
    keyboard.keys("F4")
    keyboard.keys("Ctrl+N")
    keyboard.tab_to("Venue par")
    keyboard.type("paire")
    keyboard.key(Qt.Key.Key_Return)
    keyboard.tab_to("Anonyme")
    keyboard.type("o")
    keyboard.tab_to("Mineure")
    keyboard.type("n")
    keyboard.keys("Ctrl+Down")
    keyboard.tab_to("Motifs")
    keyboard.type("l")  # « logement »
    keyboard.key(Qt.Key.Key_Return)
    keyboard.keys("Ctrl+Down")
    assert keyboard.at("Ce qu’elle dit")
    keyboard.type(SAID)
    keyboard.keys("Ctrl+Down")
    keyboard.keys("Ctrl+Down")
    keyboard.tab_to("Orientations, ligne 1 : Service")
    keyboard.type("abri")
    keyboard.key(Qt.Key.Key_Return)
    keyboard.tab_to("Orientations, ligne 1 : Réponse")
    keyboard.type("orient")
    keyboard.key(Qt.Key.Key_Return)
    keyboard.tab_to("Orientations, ligne 1 : Structure")
    keyboard.type("DRPFEF")
    keyboard.keys("Ctrl+S")  # nothing blocked her before the end: now she is led to what is missing


def test_a_talk_from_the_first_key_to_the_slip(keyboard: Keyboard, her_window: MainWindow, listener: Desk) -> None:
    before = listening_reading.list_sessions(listener, SessionQuery()).sessions
    tell(keyboard)
    assert keyboard.at("Pour l’écoute")
    keyboard.type("o")
    keyboard.tab_to("Pour garder")
    keyboard.type("o")
    keyboard.keys("Ctrl+S")
    talk = newest(listener)
    assert talk.said == SAID
    assert talk.motives == ("housing",)
    assert [(row.answer, row.structure) for row in talk.referrals] == [(Answer.REFERRED, "DRPFEF")]
    assert talk.code
    assert talk.first
    assert listening_reading.list_sessions(listener, SessionQuery()).sessions == before + 1
    assert sealed_drafts.list_sealed_drafts(listener) == ()
    keyboard.keys("Ctrl+P")
    preview = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewDialog) and one.isVisible())
    preview.reject()
    keyboard.settle()
    assert newest(listener).referrals[0].code


def test_a_talk_cut_short_is_kept_sealed_and_taken_up_from_the_home_page(
    keyboard: Keyboard, her_window: MainWindow, listener: Desk, qtbot: QtBot
) -> None:
    keyboard.keys("F4")
    keyboard.keys("Ctrl+N")
    for _ in range(2):
        keyboard.keys("Ctrl+Down")
    keyboard.type(SAID)
    keyboard.keys("F2")  # a woman comes in: she leaves the page in the middle of a word
    qtbot.waitUntil(lambda: bool(sealed_drafts.list_sealed_drafts(listener)), timeout=5_000)
    (draft,) = sealed_drafts.list_sealed_drafts(listener)
    her_window.open(Target("listening", action=f"session/{draft.subject or 'new'}/draft"))
    keyboard.settle()
    screen = her_window.current_screen
    assert isinstance(screen, ListeningScreen)
    page = screen.page
    assert page is not None
    assert page.view.raw_answers()["said"] == SAID  # type: ignore[attr-defined]  # the page of a talk


def test_an_incident_shows_its_type_and_the_hours(keyboard: Keyboard, her_window: MainWindow, listener: Desk) -> None:
    her_window.open(Target("listening", action="incident/new"))
    keyboard.settle()
    keyboard.tab_to("Elle accepte d’être orientée")
    keyboard.type("o")
    keyboard.tab_to("Elle accepte d’être comptée")
    keyboard.type("n")
    keyboard.tab_to("Âge ou naissance")
    keyboard.key(Qt.Key.Key_Tab)
    keyboard.type("27 ans")
    keyboard.keys("Ctrl+Down")
    keyboard.tab_to("Les faits")
    keyboard.type("22/11 20h30")
    keyboard.tab_to("Type de lieu")
    keyboard.type("rue")
    keyboard.key(Qt.Key.Key_Return)
    keyboard.keys("Ctrl+Down")
    keyboard.type("agression par un")
    keyboard.key(Qt.Key.Key_Return)
    keyboard.tab_to("Y a-t-il eu pénétration")
    keyboard.type("n")
    keyboard.tab_to("Y a-t-il eu un contact sexuel")
    keyboard.type("o")
    assert "agression sexuelle" in said(her_window)
    assert "Encore 59 h 00" in said(her_window)
    keyboard.keys("Ctrl+S")
    kept = max((one.record for one in kept_of(listener, Incident)), key=lambda one: one.created_at)
    assert kept.gbv_type is GbvType.SEXUAL_ASSAULT
    assert kept.local_type == "agression_client"


def words_everywhere(window: MainWindow) -> str:
    """Every word of the window, hidden pages too: labels, buttons, what lists hold, names for screen readers."""
    found = [called(one) for one in window.findChildren(QWidget)]
    found += [one.text() for one in window.findChildren(QLabel)]
    found += [one.text() for one in window.findChildren(QPushButton)]
    return "\n".join(found).casefold()


def test_the_secretary_does_her_day_and_sees_none_of_it(
    keyboard: Keyboard, window: MainWindow, secretary: Desk, office: DemoOffice
) -> None:
    keyboard.settle()
    assert "écoutes & protection" not in words_everywhere(window)
    keyboard.keys("F4")  # no such area for her: the key does nothing
    assert window.current_screen.help_key == "home"
    for typed in ("écoute", "incident", "mineure accompagnée"):
        keyboard.keys("Ctrl+K")
        keyboard.type(typed)
        assert "Nouvelle écoute" not in said(window)
        assert "Noter un incident" not in said(window)
        window.search("")
    for key in ("F3", "F7", "F2"):
        keyboard.keys(key)
    seen = words_everywhere(window)
    for word in ("e-2026-", "i-2026-", "encore 9", "pep", "lakana", "rendez-vous d’écoute"):
        assert word not in seen, word
    with pytest.raises(Forbidden):
        listening_reading.list_sessions(secretary, SessionQuery())


def test_the_padlock_is_the_same_for_a_woman_who_came_and_one_who_never_did(
    keyboard: Keyboard, window: MainWindow, listener: Desk
) -> None:
    talks = kept_of(listener, ListeningSession)
    came = {one.record.person_id for one in talks if one.record.person_id is not None}
    with listener.read() as uow:
        never = next(one for one in uow.persons.all_ids() if one not in came)
    pictures = []
    for person_id in (min(came), never):
        window.open(Target("members", person_id))
        keyboard.settle()
        card = next(
            one
            for one in window.current_screen.findChildren(ClosedCard)
            if one.isVisible() and one.heading.text() == "Écoutes & protection"
        )
        card.resize(340, 188)
        pictures.append(card.grab().toImage())
    assert pictures[0] == pictures[1]


def test_even_asked_for_by_its_place_the_area_stays_closed_to_her(keyboard: Keyboard, window: MainWindow) -> None:
    for action in ("", "sessions", "session/new", "incidents", "trends"):
        window.open(Target("listening", action=action))
        keyboard.settle()
        screen = window.current_screen
        assert isinstance(screen, ListeningScreen)
        assert screen.shown == ()
        assert "Réservé aux écoutantes et à la responsable." in said(window)


def test_a_note_is_dropped_in_and_only_the_other_side_reads_it(
    keyboard: Keyboard, window: MainWindow, listener: Desk
) -> None:
    waiting = listening_reading.prepare(listener).deposits
    keyboard.keys("Ctrl+K")
    keyboard.type("déposer une note")
    keyboard.key(Qt.Key.Key_Return)
    keyboard.tab_to("Sujet")
    keyboard.type("elle demande")
    keyboard.key(Qt.Key.Key_Return)
    keyboard.tab_to("Ce qu’il faut savoir")
    keyboard.type("Elle repassera jeudi")
    keyboard.keys("Ctrl+S")
    assert "Note déposée" in window.band.text
    assert "repassera" not in words_everywhere(window)
    listener.sealed.compartment = None  # the écoutante opens afresh
    assert listening_reading.prepare(listener).deposits == waiting + 1
    note = next(one.record for one in deposits.waiting_deposits(listener) if "repassera" in one.record.text)
    assert note.about is About.REQUEST


def test_the_demonstration_gives_the_published_figures_to_who_cannot_read_one_record(secretary: Desk) -> None:
    first, last = dt.date(2024, 1, 1), dt.date(2024, 12, 31)
    found = sealed_counting.read_figures(secretary, first, last)
    assert {code: figure.persons for code, figure in found.figures.items()} == {
        "sante.tests_vih_femmes": 524,
        "activites.adhesions_femmes_par_sorties": 55,
        "activites.adhesions_mineures_par_sorties": 18,
        "mineures.retours_en_famille": 11,
        "mineures.retours_a_l_ecole": 27,
        "protection.agressions_par_clients_gerees": 16,
        "protection.refus_de_condom_geres": 4,
        "protection.non_paiements_geres": 9,
        "ecoutes.femmes": 751,
        "ecoutes.mineures": 81,
    }
    assert found.figures["ecoutes.femmes"].sessions > 751
    part = sealed_counting.read_part(secretary, "protection.agressions_par_clients_gerees", LEFT_OUT, first, last)
    assert part.persons > 0
    assert secretary.sealed.compartment is None
