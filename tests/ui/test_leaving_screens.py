"""What leaves, through the real screens: seen first, written once, named where an agreement is taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.db.slots import Unlocked
from antenne.domain.board import Target
from antenne.domain.incidents import Purpose
from antenne.domain.protection_trends import Axis
from antenne.services import gbvims_export, opening, protection_trends, stories
from antenne.services.desk import Desk
from antenne.ui.kit.operations import Operations
from antenne.ui.listening import stories_todo
from antenne.ui.listening.incident_page import IncidentPage
from antenne.ui.listening.story_page import StoryPage
from antenne.ui.listening.trends_panel import TrendsPanel
from tests.services.members_help import register
from tests.services.protection_help import STOP, H, opened
from tests.services.test_stories import told
from tests.services.test_what_leaves import LINES, SHARED
from tests.ui.cashbook_help import plain
from tests.ui.helpers import FakeDialogs, press, type_text
from tests.ui.listening_help import Shell, make_context, settle, show

OCTOBER = dt.datetime(2026, 10, 12, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def shell() -> Shell:
    return Shell()


@pytest.fixture
def listener(made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, clock: FixedClock) -> Iterator[Desk]:
    """The écoutante's desk, beside the responsable's."""
    made = opening.open_desk(office_folder, made_office[1]["ecoutante"], clock)
    yield made
    made.close()


def said(widget: TrendsPanel | StoryPage | IncidentPage) -> str:
    return plain("\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible()))


def of_october(desk: Desk, count: int) -> None:
    for number in range(count):
        place = "rue" if number % 2 else "domicile"
        when = {"interviewed_at": OCTOBER, "happened_from": OCTOBER - 20 * H}
        opened(desk, f"a{number}", **when, place_type=place, recipients=SHARED)


def test_a_crossing_is_seen_masked_then_written(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell, tmp_path: Path
) -> None:
    of_october(responsable_desk, 11)
    path = tmp_path / "tableau.xlsx"
    context = make_context(responsable_desk, operations, shell, FakeDialogs(path=path))
    screen = show(qtbot, context, shell, Target("listening", action="trends"))
    panel = screen.panel
    assert isinstance(panel, TrendsPanel)
    panel.print_()
    assert "Préparez d’abord" in shell.said[-1][0]
    panel.crossing.recipient.setFocus()
    press(panel.crossing.recipient, Qt.Key.Key_Return)
    settle(qtbot, operations)
    assert "Dites à qui" in said(panel)
    type_text(panel.crossing.recipient, "Bailleur")
    press(panel.crossing.recipient, Qt.Key.Key_Return)
    settle(qtbot, operations)
    assert panel.crossing.ready is not None
    assert panel.crossing.ready.crossing.shown.total == 11
    assert not path.exists()
    assert protection_trends.sent_crossings(responsable_desk) == ()
    export = panel.crossing.export_button
    assert export is not None
    assert QApplication.focusWidget() is export
    press(export, Qt.Key.Key_Return)
    settle(qtbot, operations)
    assert load_workbook(path).active["A1"].value == "Type"
    assert len(protection_trends.sent_crossings(responsable_desk)) == 1
    assert "tableau croisé pour Bailleur" in said(panel)
    panel.crossing.across.setCurrentIndex(panel.crossing.across.findData(Axis.TYPE))
    assert panel.crossing.ready is None


def test_lines_are_seen_then_written_with_who_stays(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell, tmp_path: Path
) -> None:
    of_october(responsable_desk, 6)
    when = {"interviewed_at": OCTOBER, "happened_from": OCTOBER - 20 * H}
    opened(responsable_desk, "n", **when)
    path = tmp_path / "liste.xlsx"
    context = make_context(responsable_desk, operations, shell, FakeDialogs(path=path))
    panel = show(qtbot, context, shell, Target("listening", action="trends")).panel
    assert isinstance(panel, TrendsPanel)
    card = panel.lines
    card.prepare()
    settle(qtbot, operations)
    assert "Choisissez pour qui." in said(panel)
    card.recipient.setCurrentIndex(card.recipient.findData(STOP))
    card.prepare()
    settle(qtbot, operations)
    assert "6 lignes partiraient. Laissés de côté : 1 sans accord pour cette structure." in said(panel)
    assert gbvims_export.sent_incidents(responsable_desk) == ()
    assert card.export_button is not None
    press(card.export_button, Qt.Key.Key_Return)
    settle(qtbot, operations)
    assert load_workbook(path)["Incident Data"].max_row == 7
    assert "lignes d’incidents pour One Stop Center" in said(panel)


def test_taking_an_agreement_back_names_the_line_to_take_out(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell, tmp_path: Path
) -> None:
    of_october(responsable_desk, 6)
    ready = gbvims_export.prepare_incidents(responsable_desk, LINES)
    gbvims_export.export_incidents(responsable_desk, ready, tmp_path / "a.xlsx")
    hers = ready.sheet.lines[2].id
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    page = show(qtbot, context, shell, Target("listening", action=f"incident/{hers}")).page
    assert isinstance(page, IncidentPage)
    assert "lignes d’incidents" in said(page)
    page.withdraw(Purpose.SHARING, STOP)
    settle(qtbot, operations)
    sentence, tone = shell.said[-1]
    assert tone == "warning"
    assert f"Demandez à {STOP} de retirer la ligne 3 de l’envoi du 23/11/2026." in sentence


def test_what_points_at_her_stands_beside_the_field(
    qtbot: QtBot, desk: Desk, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    her = register(desk, last_name="Coulibaly", first_name="Fatoumata", quarter="Gangal").id
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    page = show(qtbot, context, shell, Target("listening", her, action="story/new")).page
    assert isinstance(page, StoryPage)
    page.view.go(2)
    text = page.view.field("text")
    text.set_value("Fatoumata coud.")
    text.changed.emit()
    below = page.view.cell("text").below
    assert "« Fatoumata » (son nom)" in plain(below.text())
    text.set_value("Elle coud.")
    text.changed.emit()
    assert below.text() == ""


def test_a_story_is_read_by_two_then_leaves_and_is_taken_back(
    qtbot: QtBot,
    responsable_desk: Desk,
    listener: Desk,
    operations: Operations,
    shell: Shell,
    tmp_path: Path,
) -> None:
    story = told(listener)
    assert [line.text for line in stories_todo.lines(listener)] == []
    assert ["R-2026-0001" in line.text for line in stories_todo.lines(responsable_desk)] == [True]
    path = tmp_path / "texte.txt"
    context = make_context(responsable_desk, operations, shell, FakeDialogs(path=path))
    page = show(qtbot, context, shell, Target("listening", action=f"story/{story.id}")).page
    assert isinstance(page, StoryPage)
    page.print_()
    assert "ne part pas encore" in shell.said[-1][0]
    for name in ("Agent responsable", "Agent secretaire"):
        page.panel.readers.who.setCurrentIndex(page.panel.readers.who.findText(name))
        press(page.panel.readers.confirm_button, Qt.Key.Key_Return)
        settle(qtbot, operations)
        assert f"{name}, le 23/11/2026" in said(page)
    page.panel.leave.text_asked.emit()
    settle(qtbot, operations)
    assert "Dites à qui" in shell.said[-1][0]
    page.panel.leave.recipient.setText("Bailleur")
    press(page.panel.leave.text_button, Qt.Key.Key_Return)
    settle(qtbot, operations)
    assert path.exists()
    assert "récit pour Bailleur" in said(page)
    page.panel.stage.withdrawn.emit()
    settle(qtbot, operations)
    assert "récit pour Bailleur" in shell.said[-1][0]
    assert not page.panel.leave.print_button.isVisible()
    assert [one.record.withdrawn for one in stories.list_stories(responsable_desk)] == [True]


def test_who_wrote_it_is_not_offered_to_read_it(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    story = told(responsable_desk)
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    page = show(qtbot, context, shell, Target("listening", action=f"story/{story.id}")).page
    assert isinstance(page, StoryPage)
    assert "Vous l’avez écrite" in said(page)
    page.confirm(responsable_desk.actor.user_id)
    settle(qtbot, operations)
    assert "ne le relit pas" in shell.said[-1][0]
