"""« Démarches » by keyboard: a new one is made, serves from opening to hand-over, and is retired."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.domain.board import Target
from antenne.domain.civil_clock import Delay
from antenne.domain.civil_first_routes import ROUTES
from antenne.domain.civil_routes import Beneficiary, Place, Result, Step
from antenne.services import civil, civil_lookup
from antenne.services.civil_routes_editing import SaveRoute, first_of, save_route
from antenne.services.desk import Desk
from antenne.ui.civil.routes_panel import RoutesPanel
from antenne.ui.civil.screen import CivilScreen
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import Operations
from tests.ui.cashbook_help import plain, woman, words
from tests.ui.civil_help import Shell, make_context, settle, show
from tests.ui.helpers import FakeDialogs, type_text

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = dt.date(2026, 11, 23)
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def shell() -> Shell:
    return Shell()


@pytest.fixture
def dialogs(tmp_path: Path) -> FakeDialogs:
    return FakeDialogs(path=tmp_path / "scan.png")


@pytest.fixture
def context(responsable_desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs) -> Context:
    return make_context(responsable_desk, operations, shell, dialogs)


def key(widget: QWidget, pressed: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """One key where the focus is, shortcuts first."""
    QTest.keyClick(widget.window().focusWidget() or widget, pressed, modifiers)


def typed(screen: CivilScreen, *texts: str) -> None:
    """Each text where the focus is, then Tab."""
    for text in texts:
        where = screen.window().focusWidget()
        assert where is not None
        type_text(where, text)
        key(screen, Qt.Key.Key_Tab)


def panel_of(screen: CivilScreen) -> RoutesPanel:
    assert isinstance(screen.panel, RoutesPanel)
    return screen.panel


def put(screen: CivilScreen, name: str, text: str) -> None:
    """Another text in a field of the form."""
    form = panel_of(screen).form
    assert form is not None
    form.focus_field(name)
    key(screen, Qt.Key.Key_A, CTRL)
    typed(screen, text)


def made(qtbot: QtBot, context: Context, shell: Shell) -> CivilScreen:
    """The screen once a démarche was made by keyboard."""
    screen = show(qtbot, context, shell, Target("civil", action="routes"))
    screen.new()  # the shell passes Ctrl+N on
    settle(qtbot, context)
    typed(screen, "Certificat de nationalité", "autre")
    put(screen, "place", "tribunal")
    form = panel_of(screen).form
    assert form is not None
    form.focus_field("pieces")
    typed(screen, "Acte de naissance", "toujours", "papier", "1", "")
    for texts in (("Deux témoins du quartier", "toujours", "personnes", "2"), ("Acte du jumeau", "jumeau", "papier")):
        key(screen, Qt.Key.Key_Return, CTRL)
        settle(qtbot, context)
        typed(screen, *texts)
    form.focus_field("fees")
    typed(screen, "Timbre", "750")
    screen.save()
    settle(qtbot, context)
    return screen


def test_a_new_demarche_is_made_by_keyboard_and_serves_from_opening_to_hand_over(
    qtbot: QtBot, context: Context, shell: Shell, responsable_desk: Desk
) -> None:
    screen = made(qtbot, context, shell)
    assert shell.said[-1] == ("Certificat de nationalité : créée, à partir du 23/11/2026.", "good")
    route = civil_lookup.list_offered(responsable_desk)[-1]
    assert (route.key, route.place, route.result) == ("certificat_de_nationalite", Place.COURT, Result.OTHER)
    assert [(one.label, one.paper, one.when.value) for one in route.pieces] == [
        ("Acte de naissance", True, "always"),
        ("Deux témoins du quartier", False, "always"),
        ("Acte du jumeau", True, "twin"),
    ]
    assert [(one.label, one.amount) for one in route.fees] == [("Timbre", 750)]
    panel = panel_of(screen)
    assert panel.chosen == route, "the new one is the one in sight"
    awa = woman(responsable_desk)
    screen.open(Target("civil", awa, action="new"))
    settle(qtbot, context)
    for name, text in {"route_key": "certificat", "beneficiary": "son enf", "last_name": "Traoré",
                       "first_name": "Issa", "sex": "masc", "birth": "2/2/2021"}.items():  # fmt: skip
        screen.filing.view.focus_field(name)
        typed(screen, text)
        settle(qtbot, context)
    asked = {name for name in ("twin", "witnesses", "late_reason", "orphan")
             if screen.filing.view.cell(name).isVisibleTo(screen.filing)}  # fmt: skip
    assert asked == {"twin", "witnesses"}, "only what its pieces depend on"
    screen.save()
    settle(qtbot, context)
    file_id = shell.opened[-1].id
    assert file_id is not None
    assert "Deux témoins du quartier" in " ".join(
        screen.file.pieces.list.item(row).toolTip() for row in range(screen.file.pieces.list.count())
    )
    screen.activateWindow()  # the lists of suggestions took it away
    qtbot.waitUntil(screen.isActiveWindow)
    for _ in route.steps[1:]:
        key(screen, Qt.Key.Key_Return, CTRL)
        card = screen.file.ask
        assert card is not None
        if "how" in {field.key for field in card.view.form.fields}:
            card.view.focus_field("how")
            typed(screen, "signature")
        key(screen, Qt.Key.Key_Return, CTRL)
        settle(qtbot, context)
    assert civil.load_page(responsable_desk, file_id).standing.step is Step.HANDED
    assert [stage.state for stage in screen.file.itinerary.stages] == ["done"] * 5


def test_a_demarche_is_retired_and_its_delay_is_a_setting(
    qtbot: QtBot, context: Context, shell: Shell, responsable_desk: Desk, clock: FixedClock
) -> None:
    screen = made(qtbot, context, shell)
    put(screen, "until", "23/11/2026")
    screen.save()
    settle(qtbot, context)
    panel = panel_of(screen)
    listed = panel.table.model()
    said = plain(str(listed.index(listed.rowCount() - 1, 0).data()))
    assert said == "Certificat de nationalité, jusqu’au 23/11/2026"
    panel.table.setFocus()
    panel.table.setCurrentIndex(panel.table.model().index(0, 0))
    put(screen, "warn_from", "35")
    screen.save()
    settle(qtbot, context)
    assert panel.form is not None
    assert "Ces jours ne se suivent pas" in plain(words(panel.form)), "the warning comes before the doubt"
    put(screen, "free_days", "45")
    put(screen, "doubt_from", "44")
    put(screen, "doubt_until", "48")
    screen.save()
    settle(qtbot, context)
    assert shell.said[-1] == ("Déclaration dans le délai : version 2 à partir du 23/11/2026.", "good")
    assert civil_lookup.delay_on(responsable_desk, responsable_desk.today) == Delay(45, 35, 44, 48)


def test_a_retired_demarche_is_refused_beside_its_name_and_the_clock_counts_by_the_setting(
    qtbot: QtBot, context: Context, shell: Shell, responsable_desk: Desk, clock: FixedClock
) -> None:
    made = first_of(TODAY)
    made = replace(made, label="Certificat de nationalité", until=TODAY, beneficiaries=(Beneficiary.CHILD,))
    save_route(responsable_desk, SaveRoute(request_id="n", route=made))
    longer = replace(ROUTES[0], since=TODAY, delay=Delay(45, 35, 44, 48))
    save_route(responsable_desk, SaveRoute(request_id="d", route=longer))
    clock.advance(dt.timedelta(days=1))
    assert "certificat_de_nationalite" in {one.key for one in civil_lookup.list_offered(responsable_desk)}, (
        "a file of an earlier day may still be keyed"
    )
    screen = show(qtbot, context, shell, Target("civil", woman(responsable_desk), action="new"))
    for name, text in {"route_key": "certificat", "beneficiary": "son enf", "last_name": "Traoré",
                       "first_name": "Issa", "sex": "masc", "birth": "2/2/2021"}.items():  # fmt: skip
        screen.filing.view.focus_field(name)
        typed(screen, text)
        settle(qtbot, context)
    screen.save()
    settle(qtbot, context)
    assert "Choisissez une démarche en cours à cette date." in plain(words(screen.filing.view.cell("route_key")))
    screen.filing.view.focus_field("route_key")
    key(screen, Qt.Key.Key_A, CTRL)
    typed(screen, "déclaration")
    screen.filing.view.focus_field("birth")
    key(screen, Qt.Key.Key_A, CTRL)
    typed(screen, "25/10/2026")
    said = plain(words(screen.filing.clock))
    assert "Quarante-cinq jours francs" in said
    assert "Dans le délai" in said


def test_the_secretary_reads_and_opens_files_instead(
    qtbot: QtBot, desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs
) -> None:
    hers = make_context(desk, operations, shell, dialogs)
    screen = show(qtbot, hers, shell, Target("civil", action="routes"))
    panel = panel_of(screen)
    assert not panel.new_button.isVisibleTo(panel)
    screen.new()
    settle(qtbot, hers)
    assert shell.opened[-1] == Target("civil", action="new")


def test_a_route_in_the_making_shows_no_version(qtbot: QtBot, context: Context, shell: Shell) -> None:
    screen = show(qtbot, context, shell, Target("civil", action="routes"))
    screen.new()
    panel = panel_of(screen)
    assert "Nouvelle démarche" in {label.text() for label in panel.card.findChildren(QLabel)}
    assert any(button.text().startswith("Créer") for button in panel.findChildren(QPushButton))
    assert "version" not in words(panel.card)
