"""État civil through the real window, by keyboard alone: ten files from opening to hand-over, eight hearings postponed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from antenne.domain.civil import EventKind
from antenne.domain.civil_routes import Result, Step
from antenne.services import civil, civil_trips
from antenne.services.civil import FilePage
from antenne.services.desk import Desk
from antenne.ui.civil.screen import CivilScreen
from antenne.ui.civil.trips_panel import TripsPanel, TripView
from antenne.ui.kit.preview import PreviewDialog
from antenne.ui.shell.window import MainWindow
from tests.e2e.keyboard import Keyboard, said
from tests.e2e.offices import NOW

TAB, SPACE = Qt.Key.Key_Tab, Qt.Key.Key_Space
TODAY = NOW.date()
MANY = 8


@dataclass(frozen=True)
class Asked:
    """A file to be opened: its démarche as it is typed, whose paper, what else the form asks."""

    route: str
    key: str
    result: Result
    whose: str = "elle"
    opened_on: str = ""
    more: dict[str, str] = field(default_factory=dict)


_CHILD = {"Nom de la mère": "Awa Koné", "Père": "inconnu"}
_BORN_LATE = {"Pourquoi pas à temps": "déplacement"}
ASKED = (
    Asked("Déclaration dans", "declaration", Result.BIRTH_ACT, "son", more={"Naissance": "05/11/2026", **_CHILD}),
    Asked(
        "Déclaration dans",
        "declaration",
        Result.BIRTH_ACT,
        "son",
        more={"Naissance": "10/11/2026", "Né à la maison": "o", "Jumeau": "o", **_CHILD, "A-t-elle un acte": "n"},
    ),
    Asked(
        "Jugement", "late_judgment", Result.BIRTH_ACT, "son", more={"Naissance": "29/02/2024", **_CHILD, **_BORN_LATE}
    ),
    Asked("Jugement", "late_judgment", Result.BIRTH_ACT, more=_BORN_LATE),
    Asked("Copie", "copy", Result.COPY),
    Asked("Acte perdu", "lost_act", Result.COPY),
    Asked("Rectification", "rectification", Result.COPY),
    Asked("Carte d’identité (anc", "identity_card_old", Result.IDENTITY_CARD, opened_on="15/12/2025"),
    Asked("Carte d’identité bio", "identity_card", Result.IDENTITY_CARD, more={"Numéro NINA": "1234"}),
    Asked("NINA", "nina", Result.NINA),
)
"""Every démarche that there is, the ended one too, and two of them for another paper."""


@pytest.fixture
def woman(secretary: Desk) -> str:
    """The number of a woman of the demonstration."""
    with secretary.read() as uow:
        members = (one.membership for one in uow.persons.many(uow.persons.all_ids()[:50]))
        return next(one.number for one in members if one is not None)


def overwrite(keyboard: Keyboard, question: str, answer: str) -> None:
    """Tab as far as a question, and answer it."""
    keyboard.tab_to(question)
    if question == "Naissance":
        keyboard.key(TAB)
    keyboard.keys("Ctrl+A")
    keyboard.type(answer)


def file_in_sight(window: MainWindow, desk: Desk) -> FilePage:
    screen = window.current_screen
    assert isinstance(screen, CivilScreen)
    assert screen.places.currentWidget() is screen.file
    return civil.load_page(desk, screen.file.file_id)


def open_file(keyboard: Keyboard, asked: Asked, woman: str, number: int) -> None:
    """F7, Ctrl+N, the answers, Ctrl+S."""
    keyboard.keys("F7")
    keyboard.keys("Ctrl+N")
    keyboard.type(asked.route)
    keyboard.key(TAB)
    overwrite(keyboard, "Demandeuse", woman)
    keyboard.key(Qt.Key.Key_Return)
    overwrite(keyboard, "Pour", asked.whose)
    keyboard.key(TAB)
    if asked.opened_on:
        overwrite(keyboard, "Ouvert le", asked.opened_on)
    if asked.whose == "son":
        for question, answer in (("Nom", "Zouboye"), ("Prénoms", f"Ali {number}"), ("Sexe", "masc")):
            overwrite(keyboard, question, answer)
            keyboard.key(TAB)
    for question, answer in asked.more.items():
        overwrite(keyboard, question, answer)
        keyboard.key(TAB)
    keyboard.keys("Ctrl+S")


def go_on(keyboard: Keyboard, step: Step) -> None:
    """Ctrl+Entrée, what the step needs and nothing else, Ctrl+Entrée."""
    keyboard.keys("Ctrl+Return")
    if step is Step.HEARING:
        overwrite(keyboard, "Audience le", "23/11/2026")
    if step in {Step.JUDGED, Step.TRANSCRIBED}:
        overwrite(keyboard, "N°", "412")
    if step is Step.HANDED:
        overwrite(keyboard, "Signature ou doigt", "signature")
        keyboard.key(TAB)
    keyboard.keys("Ctrl+Return")


def test_ten_files_go_from_opening_to_hand_over(
    keyboard: Keyboard, window: MainWindow, secretary: Desk, woman: str
) -> None:
    numbers = set()
    for number, asked in enumerate(ASKED):
        open_file(keyboard, asked, woman, number)
        page = file_in_sight(window, secretary)
        assert (page.route.key, page.route.result) == (asked.key, asked.result)
        numbers.add(page.file.number)
        while (step := page.next_step) is not None:
            go_on(keyboard, step)
            page = file_in_sight(window, secretary)
            assert page.standing.step is step, f"{asked.key}: {said(window)}"
        assert tuple(page.standing.reached) == page.route.steps
        last = page.events[-1]
        assert (last.step, last.on, last.how) == (Step.HANDED, TODAY, "signature")
        assert last.to_whom, "to whom she gave it"
    assert len(numbers) == len(ASKED)


def plan(keyboard: Keyboard) -> None:
    """« Tournées », Ctrl+N: the day and the court, eight of its hearings ticked by Espace, Ctrl+S."""
    keyboard.keys("F7")
    keyboard.keys("Ctrl+PgDown")
    keyboard.keys("Ctrl+N")
    keyboard.type("23/11/2026")
    overwrite(keyboard, "Où", "TGI de Mopti")
    keyboard.tab_to("Dossiers à quelle étape")
    keyboard.type("Audience")
    keyboard.tab_to("Dossiers de la tournée")
    keyboard.key(Qt.Key.Key_Home)
    for _ in range(MANY):
        keyboard.key(SPACE)
        keyboard.key(Qt.Key.Key_Down)
    keyboard.keys("Ctrl+S")


def trip_in_sight(window: MainWindow) -> TripView:
    screen = window.current_screen
    assert isinstance(screen, CivilScreen)
    assert isinstance(screen.panel, TripsPanel)
    assert isinstance(screen.panel.shown, TripView)
    return screen.panel.shown


def test_eight_hearings_are_postponed_in_one_pass(keyboard: Keyboard, window: MainWindow, secretary: Desk) -> None:
    plan(keyboard)
    trip = trip_in_sight(window).page.trip
    files = [line.file_id for line in trip.files]
    before = {number: civil.load_page(secretary, number) for number in files}
    assert len(files) == MANY
    assert {page.standing.step for page in before.values()} == {Step.HEARING}

    keyboard.keys("Ctrl+P")
    assert isinstance(QApplication.activeWindow(), PreviewDialog)
    keyboard.key(Qt.Key.Key_Escape)

    keyboard.tab_to("Tout cocher")
    keyboard.key(SPACE)
    overwrite(keyboard, "Résultat", "renvoyé")
    keyboard.key(TAB)
    overwrite(keyboard, "Nouvelle date", "14/12/2026")
    overwrite(keyboard, "Motif", "juge absent")
    keyboard.keys("Ctrl+S")
    assert trip_in_sight(window).page.trip.awaited == 0, said(window)
    for number in files:
        page, was = civil.load_page(secretary, number), before[number]
        assert page.standing.hearing_on == dt.date(2026, 12, 14)
        assert page.standing.postponed == was.standing.postponed + 1
        assert page.events[:-1] == was.events, "the journal keeps what it held"
        assert (page.events[-1].kind, page.events[-1].words) == (EventKind.POSTPONED, "juge absent")

    keyboard.tab_to("Clore la tournée")
    keyboard.key(SPACE)
    assert trip_in_sight(window).page.trip.closed_on == TODAY
    assert trip.id not in {row.trip.id for row in civil_trips.to_close(secretary)}
