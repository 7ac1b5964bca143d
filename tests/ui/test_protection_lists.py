"""The lists of a talk and of an incident are the office's: what it adds is offered, what it ends stays readable."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from antenne.domain.board import Target
from antenne.domain.forms.incident import INCIDENT
from antenne.domain.forms.listening import LISTENING
from antenne.domain.forms.minor import MINOR
from antenne.domain.forms.model import Kind
from antenne.domain.forms.partner import PARTNER
from antenne.domain.incidents import Incident
from antenne.domain.listening import ListeningSession
from antenne.domain.seeds import LIST_TITLES
from antenne.domain.settings import EPOCH
from antenne.services import settings
from antenne.services.compartment import kept_of
from antenne.services.desk import Desk
from antenne.services.settings import PutEntry
from antenne.ui.kit.fields.choices import ChoicesField, Toggle
from antenne.ui.kit.operations import Operations
from antenne.ui.listening.incident_page import IncidentPage
from antenne.ui.listening.session_page import SessionPage
from antenne.ui.listening.sessions_panel import SessionsPanel
from antenne.ui.settings.lists import ListsSection
from tests.services import listening_help as talks
from tests.ui.cashbook_help import plain
from tests.ui.helpers import FakeDialogs
from tests.ui.listening_help import Shell, make_context, settle, show

_BY_RULE = {
    "listening_services",
    "listening_answers",
    "listening_lakana",
    "listening_firsts",
}
"""Lists of these forms that a rule reads: fixed, and said so on the screen of the settings."""


@pytest.fixture
def shell() -> Shell:
    return Shell()


def put(desk: Desk, name: str, label: str, code: str = "", *, ended: bool = False) -> None:
    until = desk.today if ended else None
    command = PutEntry(
        request_id=f"{name}{label}{ended}", list_name=name, code=code, label=label, since=EPOCH, until=until
    )
    settings.put_entry(desk, command)


def chips(page: SessionPage | IncidentPage, key: str) -> dict[str, Toggle]:
    field = page.view.field(key)
    assert isinstance(field, ChoicesField)
    return {plain(chip.text()): chip for chip in field.controls() if isinstance(chip, Toggle)}


def test_every_list_that_no_rule_reads_is_on_the_screen_of_the_settings() -> None:
    asked = {
        field.options
        for form in (LISTENING, INCIDENT, MINOR, PARTNER)
        for top in form.fields
        for field in (top, *top.columns)
        if field.kind in (Kind.CHOICE, Kind.CHOICES)
    }
    assert asked - set(LIST_TITLES) == _BY_RULE


def test_a_motive_is_added_ended_and_stays_readable_where_it_was_said(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    desk = responsable_desk
    context = make_context(desk, operations, shell, FakeDialogs())
    screen = show(qtbot, context, shell, Target("listening", action="session/new"))
    page = screen.page
    assert isinstance(page, SessionPage)
    put(desk, "listening_motives", "retour au village")
    page.begin()
    settle(qtbot, operations)
    assert "retour au village" in chips(page, "motives")
    old = talks.save(desk, motives=("retour_au_village",), came_by="radio")
    put(desk, "listening_motives", "retour au village", "retour_au_village", ended=True)
    put(desk, "listening_ways", "la radio", "radio", ended=True)
    page.begin()
    settle(qtbot, operations)
    assert "retour au village" not in chips(page, "motives")
    page.show_session(old.id)
    settle(qtbot, operations)
    assert chips(page, "motives")["retour au village"].isChecked()
    way = page.view.field("came_by").entry()
    assert isinstance(way, QLineEdit)
    assert way.text() == "la radio"
    page.view.field("needs").set_value("Un billet de car.")
    page.save()
    settle(qtbot, operations)
    (kept,) = kept_of(desk, ListeningSession)
    assert (kept.record.motives, kept.record.came_by) == (("retour_au_village",), "radio")
    assert kept.record.needs == "Un billet de car."
    screen.open(Target("listening", action="sessions"))
    settle(qtbot, operations)
    panel = screen.findChild(SessionsPanel)
    assert panel is not None
    assert panel.motive.findData("retour_au_village") > 0
    line = panel.table.model().index(0, 4).data()
    assert line == "retour au village"


def test_an_ended_place_and_relation_stay_readable_in_an_incident(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    from tests.services.protection_help import opened

    desk = responsable_desk
    old = opened(desk, place_type="maison_close", perpetrator_relations=("logeur", "client"))
    put(desk, "incident_places", "maison close", "maison_close", ended=True)
    put(desk, "perpetrator_relations", "logeur", "logeur", ended=True)
    context = make_context(desk, operations, shell, FakeDialogs())
    page = show(qtbot, context, shell, Target("listening", action=f"incident/{old.id}")).page
    assert isinstance(page, IncidentPage)
    place = page.view.field("place_type").entry()
    assert isinstance(place, QLineEdit)
    assert place.text() == "maison close"
    assert chips(page, "perpetrator_relations")["logeur"].isChecked()
    page.view.field("account").set_value("Plus calme.")
    page.save()
    settle(qtbot, operations)
    (kept,) = kept_of(desk, Incident)
    assert (kept.record.place_type, set(kept.record.perpetrators.relations)) == ("maison_close", {"logeur", "client"})
    page.show_place("new", None)
    settle(qtbot, operations)
    assert "logeur" not in chips(page, "perpetrator_relations")
    place.setText("maison close")
    assert page.view.field("place_type").unread()


def test_what_a_rule_reads_says_so_on_the_screen_and_is_not_ended(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    section = ListsSection(make_context(responsable_desk, operations, shell, FakeDialogs()))
    qtbot.addWidget(section)
    section.choice.setCurrentIndex(list(LIST_TITLES).index("incident_types"))
    section.refresh()
    rows = {section.table.rows.row(number).option.code: number for number in range(section.table.rows.rowCount())}  # type: ignore[union-attr]  # every row is here
    section.table.selectRow(rows["non_paiement"])
    state = section.table.rows.index(rows["non_paiement"], 2).data()
    assert state == "Liée à une règle"
    assert not section.end_button.isEnabled()
    section.table.selectRow(rows["vol"])
    assert section.end_button.isEnabled()
    words = "\n".join(one.text() for one in section.findChildren(QLabel))
    assert "les types GBVIMS" in words
