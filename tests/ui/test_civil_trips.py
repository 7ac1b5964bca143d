"""Trips by keyboard on a real office: planned, eight hearings postponed in one pass, refused beside the row, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from antenne.domain.board import Target
from antenne.services import civil, civil_trips
from antenne.services.desk import Desk
from antenne.ui.civil import board_todo
from antenne.ui.civil.trips_panel import TripsPanel, TripView
from antenne.ui.civil.trips_plan import PlanPage
from antenne.ui.kit.area import Context
from antenne.ui.kit.preview import PreviewDialog
from tests.services import money
from tests.services.test_civil import TODAY, child, opened
from tests.services.test_civil_trips import heard, planned
from tests.ui.helpers import FakeDialogs, press, type_text
from tests.ui.screen_help import Shell, settle
from tests.ui.test_civil_board import context, dialogs, shell

__all__ = ["context", "dialogs", "shell"]
"""Fixtures of the board, which the trips use too."""

Show = Callable[[Target], TripsPanel]


@pytest.fixture
def show(qtbot: QtBot, context: Context, shell: Shell) -> Show:
    def shown(target: Target) -> TripsPanel:
        panel = TripsPanel(context)
        qtbot.addWidget(panel)
        shell.screens.append(panel)
        panel.resize(1118, 600)
        panel.show()
        panel.open(target)
        settle(qtbot, context.operations)
        return panel

    return shown


def view(panel: TripsPanel) -> TripView:
    assert isinstance(panel.shown, TripView)
    return panel.shown


def fill(panel: TripsPanel, key: str, text: str) -> None:
    """Type into a field of the results."""
    type_text(view(panel).results.form.field(key).entry(), text)


def test_eight_hearings_are_postponed_by_keyboard(
    desk: Desk, show: Show, shell: Shell, context: Context, qtbot: QtBot
) -> None:  # fmt: skip
    awa = money.member(desk)
    files = [heard(desk, awa, first_name=f"Ali {number}") for number in range(8)]
    panel = show(Target("civil", action="new"))
    plan = panel.shown
    assert isinstance(plan, PlanPage)
    type_text(plan.form.field("on").entry(), "23/11/2026")
    type_text(plan.form.field("place").entry(), "TGI de Mopti")
    plan.files.setFocus()
    first = plan.files.topLevelItem(0)
    assert first is not None
    plan.files.setCurrentItem(first)
    press(plan.files, Qt.Key.Key_Space)
    assert len(plan.ticked) == 1
    plan.tick_all(ticked=True)
    panel.save()
    settle(qtbot, context.operations)
    results = view(panel).results
    assert len(results.rows) == 8
    press(results.rows[0].box, Qt.Key.Key_Space)
    assert len(results.ticked) == 1
    results.tick_all(ticked=True)
    results.form.field("result").set_value("postponed")
    results.form.changed.emit()
    fill(panel, "until", "14/12/2026")
    fill(panel, "words", "juge absent")
    panel.save()
    settle(qtbot, context.operations)
    assert {civil.load_page(desk, file_id).standing.hearing_on for file_id in files} == {dt.date(2026, 12, 14)}
    assert [said for said, _ in shell.said] == ["Tournée enregistrée.", "Résultats notés."]
    assert view(panel).page.trip.awaited == 0
    panel.close_trip(view(panel).page)
    settle(qtbot, context.operations)
    assert civil_trips.to_close(desk) == ()
    assert view(panel).page.trip.closed_on == TODAY


def test_what_is_refused_stands_beside_its_row(
    desk: Desk, show: Show, context: Context, qtbot: QtBot
) -> None:  # fmt: skip
    awa = money.member(desk)
    good, bad = heard(desk, awa), opened(desk, child(awa, first_name="Binta"))
    panel = show(Target("civil", planned(desk, good, bad)))
    results = view(panel).results
    results.tick_all(ticked=True)
    results.form.field("result").set_value("judged")
    results.form.changed.emit()
    for row in results.rows:
        assert not row.number.isHidden()
        type_text(row.number, "412")
    panel.save()
    settle(qtbot, context.operations)
    errors = {row.file_id: row.error.text() for row in view(panel).results.rows}
    assert errors[good] == ""
    assert errors[bad].startswith("Une étape manque")
    assert view(panel).results.error.text().startswith("Rien n’a été noté")
    assert len(civil.load_page(desk, good).events) == 3
    next(row for row in results.rows if row.file_id == bad).box.setChecked(False)
    panel.save()
    settle(qtbot, context.operations)
    assert [line.result.replace("\u00a0", " ") for line in view(panel).page.lines] == ["Jugement n° 412", ""]


def test_nothing_ticked_and_nothing_typed_are_said(
    desk: Desk, show: Show, context: Context, qtbot: QtBot
) -> None:  # fmt: skip
    file_id = heard(desk, money.member(desk))
    panel = show(Target("civil", action="new"))
    plan = panel.shown
    assert isinstance(plan, PlanPage)
    plan.save()
    assert plan.form.error_of("place")
    type_text(plan.form.field("on").entry(), "23/11/2026")
    type_text(plan.form.field("place").entry(), "Fatoma")
    plan.save()
    settle(qtbot, context.operations)
    assert plan.error.text() == "Cochez au moins un dossier."
    assert panel.escape()
    panel.open(Target("civil", planned(desk, file_id)))
    settle(qtbot, context.operations)
    view(panel).results.save()
    assert view(panel).results.form.error_of("result")
    view(panel).results.form.field("result").set_value("received")
    view(panel).results.save()
    settle(qtbot, context.operations)
    assert view(panel).results.error.text() == "Cochez les dossiers dont vous notez le résultat."


def test_a_trip_is_changed_and_its_papers_are_shown(
    desk: Desk, show: Show, context: Context, qtbot: QtBot, dialogs: FakeDialogs
) -> None:  # fmt: skip
    awa = money.member(desk)
    first, second = heard(desk, awa), heard(desk, awa, first_name="Binta")
    panel = show(Target("civil", planned(desk, first)))
    panel.change(view(panel).page)
    settle(qtbot, context.operations)
    plan = panel.shown
    assert isinstance(plan, PlanPage)
    assert plan.ticked == (first,)
    plan.tick_all(ticked=True)
    plan.save()
    settle(qtbot, context.operations)
    assert [line.row.file_id for line in view(panel).page.lines] == [first, second]
    panel.print_()
    panel.print_warn(view(panel).page.trip.id)
    settle(qtbot, context.operations)
    for preview in panel.findChildren(PreviewDialog):
        preview.close()
    dialogs.yes = False
    panel.close_trip(view(panel).page)
    assert dialogs.asked[-1].startswith("2\u00a0dossiers restent sans résultat.")
    assert view(panel).page.trip.closed_on is None
    assert panel.escape()
    assert not panel.escape()


def test_groups_are_ticked_at_once_and_the_home_page_asks_for_results(desk: Desk, show: Show) -> None:
    awa = money.member(desk)
    waiting, pieces = heard(desk, awa), opened(desk, child(awa, first_name="Binta"))
    trip_id = planned(desk, pieces, waiting)
    panel = show(Target("civil", trip_id))
    view(panel).results._tick_some({waiting})
    assert [row.file_id for row in view(panel).results.ticked] == [waiting]
    line = next(line for line in board_todo.todo_board(desk) if line.pill == "Tournée")
    assert (line.target, line.who) == (Target("civil", trip_id, action="trips"), "TGI de Mopti")


def test_a_trip_being_planned_survives_a_power_cut(
    desk: Desk, show: Show, context: Context, qtbot: QtBot
) -> None:  # fmt: skip
    awa = money.member(desk)
    first, second = heard(desk, awa), heard(desk, awa, first_name="Binta")
    panel = show(Target("civil", action="new"))
    plan = panel.shown
    assert isinstance(plan, PlanPage)
    type_text(plan.form.field("place").entry(), "Fatoma")
    item = plan.files.topLevelItem(1)
    assert item is not None
    item.setCheckState(0, Qt.CheckState.Checked)
    ticked = plan.ticked
    panel.keep_draft()
    settle(qtbot, context.operations)
    again = show(Target("civil", action="new")).shown
    assert isinstance(again, PlanPage)
    assert "n’a pas été enregistrée" in again.form.band.text
    again.form.band.acted.emit()
    settle(qtbot, context.operations)
    assert again.ticked == ticked
    assert set(ticked) < {first, second}
    assert again.form.answers()["place"] == "Fatoma"
    type_text(again.form.field("on").entry(), "23/11/2026")
    again.save()
    settle(qtbot, context.operations)
    assert [row.place for row in civil_trips.list_trips(desk)] == ["Fatoma"]
    third = show(Target("civil", action="new")).shown
    assert isinstance(third, PlanPage)
    assert third.form.band.text == ""
