"""The board, the list and the overview of civil files, by keyboard, on a real office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.domain.births import Birth, Precision
from antenne.domain.board import Target, Urgency
from antenne.domain.changes import CIVIL, Changes
from antenne.domain.civil import EventKind
from antenne.domain.civil_clock import ClockState
from antenne.domain.civil_overview import BoardRow
from antenne.domain.civil_routes import Step
from antenne.domain.violations import RulesBroken
from antenne.services.desk import Desk
from antenne.ui.civil import board_todo, captures_board
from antenne.ui.civil.board_panel import BoardPanel
from antenne.ui.civil.board_words import percent, state
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import Operations
from tests.services import money
from tests.services.test_civil import TODAY, child, event, opened, written
from tests.ui.helpers import FakeDialogs, press, type_text
from tests.ui.screen_help import Shell, make_context, settle


@pytest.fixture
def shell() -> Shell:
    return Shell()


@pytest.fixture
def dialogs(tmp_path: Path) -> FakeDialogs:
    return FakeDialogs(path=tmp_path / "liste.xlsx")


@pytest.fixture
def context(desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs) -> Context:
    return make_context(desk, operations, shell, dialogs)


@pytest.fixture
def files(desk: Desk) -> dict[str, int]:
    """Two opened long ago, one whose hearing is near, one declaration."""
    awa = money.member(desk)
    with desk.read() as uow:
        desk.persons.replace(uow.persons.index_rows())
    made = {
        "ali": opened(desk, child(awa, first_name="Ali", school_class="6", place="tgi_mopti")),
        "binta": opened(desk, child(awa, first_name="Binta", school_class="9")),
        "coumba": opened(desk, child(awa, first_name="Coumba", school_class="9", place="tgi_mopti")),
        "eva": opened(
            desk,
            child(
                awa, "declaration", first_name="Éva", birth=Birth(Precision.DAY, TODAY - dt.timedelta(days=25)),
                late_reason="", opened_on=TODAY,
            ),
        ),
    }  # fmt: skip
    written(desk, made["coumba"], event(step=Step.PIECES_READY, days_ago=40))
    written(desk, made["coumba"], event(step=Step.FILED, days_ago=30, number="1187"))
    written(desk, made["coumba"], event(step=Step.HEARING, days_ago=29, until=TODAY + dt.timedelta(days=3)))
    return made


@pytest.fixture
def show(qtbot: QtBot, context: Context, shell: Shell) -> Callable[[str], BoardPanel]:
    def shown(action: str) -> BoardPanel:
        panel = BoardPanel(context)
        qtbot.addWidget(panel)
        shell.screens.append(panel)
        panel.resize(1118, 600)
        panel.show()
        panel.open(Target("civil", action=action))
        settle(qtbot, context.operations)
        return panel

    return shown


def listed(panel: BoardPanel) -> list[str]:
    rows = panel.table.rows
    return [record.name for number in range(rows.rowCount()) if (record := rows.row(number)) is not None]


def test_the_arrows_walk_through_the_board_and_enter_opens(
    files: dict[str, int], show: Callable[[str], BoardPanel], shell: Shell
) -> None:
    panel = show("")
    counts = {column.step: column.count.text() for column in panel.board.columns}
    assert (counts[Step.OPENED], counts[Step.HEARING], counts[Step.JUDGED]) == ("3", "1", "0")
    assert panel.title.subtitle.text() == "4\u00a0dossiers"
    first, hearing = panel.board.columns[0].cards, panel.board.columns[3].cards
    assert first.hasFocus()
    press(first, Qt.Key.Key_Down)
    press(first, Qt.Key.Key_Return)
    press(first, Qt.Key.Key_Right)
    assert hearing.hasFocus()
    press(hearing, Qt.Key.Key_Return)
    assert shell.opened == [Target("civil", files["binta"]), Target("civil", files["coumba"])]
    press(hearing, Qt.Key.Key_Right)
    assert hearing.hasFocus()
    press(hearing, Qt.Key.Key_Left)
    assert first.hasFocus()


def test_a_change_elsewhere_is_shown_at_once(
    desk: Desk, files: dict[str, int], show: Callable[[str], BoardPanel], shell: Shell, context: Context, qtbot: QtBot
) -> None:
    panel = show("board")
    written(desk, files["ali"], event(step=Step.PIECES_READY))
    shell.broadcast(Changes.of(CIVIL, id=files["ali"]))
    settle(qtbot, context.operations)
    assert panel.board.columns[1].count.text() == "1"


def test_a_search_narrows_board_and_list(
    files: dict[str, int], show: Callable[[str], BoardPanel], context: Context, qtbot: QtBot
) -> None:
    assert files
    panel = show("board")
    type_text(panel.filters.search, "binta")
    qtbot.wait(250)
    settle(qtbot, context.operations)
    assert panel.title.subtitle.text() == "1\u00a0dossier"
    panel.show_view("list")
    settle(qtbot, context.operations)
    assert listed(panel) == ["TRAORÉ Binta"]
    panel.filters.search.setText("personne")
    qtbot.wait(250)
    settle(qtbot, context.operations)
    assert panel.stack.currentWidget() is panel.empty


@pytest.mark.parametrize(
    ("action", "found"),
    [
        ("list", {"TRAORÉ Ali", "TRAORÉ Binta", "TRAORÉ Coumba", "TRAORÉ Éva"}),
        ("list/asleep", {"TRAORÉ Ali", "TRAORÉ Binta"}),
        ("list/hearing", {"TRAORÉ Coumba"}),
        ("list/delay", {"TRAORÉ Éva"}),
        ("list/blocked", set()),
    ],
)
def test_a_line_of_the_home_page_opens_what_it_counted(
    files: dict[str, int], show: Callable[[str], BoardPanel], action: str, found: set[str]
) -> None:
    assert files
    assert set(listed(show(action))) == found


def test_the_list_sorts_opens_and_is_exported(
    files: dict[str, int], show: Callable[[str], BoardPanel], shell: Shell, context: Context, qtbot: QtBot,
    dialogs: FakeDialogs,
) -> None:  # fmt: skip
    panel = show("list")
    panel.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    settle(qtbot, context.operations)
    assert listed(panel)[0] == "TRAORÉ Éva"
    panel.table.setFocus()
    press(panel.table, Qt.Key.Key_Return)
    assert shell.opened == [Target("civil", files["eva"])]
    panel.export()
    settle(qtbot, context.operations)
    assert dialogs.path is not None
    assert dialogs.path.stat().st_size
    assert shell.said == [("4\u00a0lignes exportées.", "good")]
    panel.new()
    assert shell.opened[-1] == Target("civil", action="new")


def test_a_class_of_the_overview_opens_the_names_of_its_children(
    files: dict[str, int], show: Callable[[str], BoardPanel], shell: Shell, context: Context, qtbot: QtBot
) -> None:
    assert files
    classes = show("overview").overview.classes
    classes.setFocus()
    classes.setCurrentIndex(classes.model().index(1, 0))
    press(classes, Qt.Key.Key_Return)
    assert shell.opened == [Target("civil", action="board/list/children/9")]
    panel = show("list/children/9")
    assert len(listed(panel)) == 2
    assert panel.filters.school_class.isVisibleTo(panel)
    assert not panel.filters.step.isVisibleTo(panel)
    settle(qtbot, context.operations)
    assert panel.filters.school_class.currentText() == "9e année"
    panel.filters.look.setCurrentIndex(0)
    settle(qtbot, context.operations)
    assert len(listed(panel)) == 4
    assert panel.filters.step.isVisibleTo(panel)


def test_the_overview_is_exported(
    files: dict[str, int], show: Callable[[str], BoardPanel], shell: Shell, context: Context, qtbot: QtBot,
    dialogs: FakeDialogs,
) -> None:  # fmt: skip
    assert files
    panel = show("overview")
    panel.export()
    settle(qtbot, context.operations)
    assert shell.said == [("5\u00a0lignes exportées.", "good")]
    assert dialogs.path is not None
    sheet: Any = openpyxl.load_workbook(dialogs.path).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows[-5:]] == [
        "Déclaration dans le délai", "Jugement supplétif", "Ensemble", "sans lieu", "TGI de Mopti",
    ]  # fmt: skip


def test_the_others_of_a_step_are_in_the_list(
    files: dict[str, int], show: Callable[[str], BoardPanel], context: Context, qtbot: QtBot
) -> None:
    assert files
    panel = show("board")
    panel.board.more.emit(Step.HEARING)
    settle(qtbot, context.operations)
    assert (panel.view, listed(panel)) == ("list", ["TRAORÉ Coumba"])


def test_the_overview_names_demarches_places_and_classes(
    files: dict[str, int], show: Callable[[str], BoardPanel]
) -> None:
    assert files
    page = show("overview").overview
    routes = [page.routes.rows.columns[0].text(page.routes.rows.row(row)) for row in range(3)]
    assert routes == ["Déclaration dans le délai", "Jugement supplétif", "Ensemble"]
    places = [page.places.rows.columns[0].text(page.places.rows.row(row)) for row in range(3)]
    assert places == ["sans lieu", "TGI de Mopti", "Ensemble"]
    said = [[column.text(page.classes.rows.row(row)) for column in page.classes.rows.columns] for row in range(2)]
    assert said == [["6e année", "1"], ["9e année", "2"]]
    assert "31 janvier 2027" in page.exam.text()


def row(**more: object) -> BoardRow:
    values: dict[str, object] = {
        "file_id": 1, "number": "N-2026-0001", "name": "TRAORÉ Ali", "requester": "KONÉ Awa",
        "route_key": "late_judgment", "route": "Jugement supplétif", "step": Step.OPENED,
        "since": TODAY - dt.timedelta(days=12), "last_on": TODAY - dt.timedelta(days=9), "opened_on": TODAY, **more,
    }  # fmt: skip
    return BoardRow(**values)  # type: ignore[arg-type]  # attributes by name


@pytest.mark.parametrize(
    ("about", "said", "tone"),
    [
        ({}, "depuis 12 j", "neutral"),
        ({"asleep": True}, "endormi, 9 j", "warning"),
        ({"blocked_since": TODAY - dt.timedelta(days=3), "asleep": True}, "bloqué, 3 j", "danger"),
        ({"hearing_on": TODAY + dt.timedelta(days=3)}, "audience 26/11", "warning"),
        ({"hearing_on": TODAY + dt.timedelta(days=30), "deliberating": True}, "délibéré 23/12", "info"),
        ({"hearing_on": TODAY - dt.timedelta(days=1)}, "audience passée", "danger"),
        ({"last_day": TODAY + dt.timedelta(days=20), "delay_state": ClockState.IN_TIME}, "délai : 20 j", "neutral"),
        ({"last_day": TODAY + dt.timedelta(days=11), "delay_state": ClockState.SOON}, "délai : 11 j", "warning"),
        ({"last_day": TODAY + dt.timedelta(days=1), "delay_state": ClockState.TO_CHECK}, "délai à vérifier", "danger"),
        ({"last_day": TODAY - dt.timedelta(days=2), "delay_state": ClockState.PAST}, "délai passé", "danger"),
        ({"step": Step.HANDED}, "le 11/11/2026", "good"),
        ({"step": Step.ABANDONED}, "le 11/11/2026", "neutral"),
    ],
)
def test_the_first_thing_to_know(about: dict[str, object], said: str, tone: str) -> None:
    found, how = state(row(**about), TODAY)
    assert (found.replace("\u00a0", " "), how) == (said, tone)


def test_percents() -> None:
    assert (percent(None), percent(67)) == ("—", "67\u00a0%")


def test_the_home_page_counts_without_naming(desk: Desk, clock: FixedClock, files: dict[str, int]) -> None:
    lines = board_todo.todo_board(desk)
    assert [line.target.action for line in lines] == ["board/list/asleep"]
    clock.advance(dt.timedelta(days=10))
    exams, asleep = board_todo.todo_board(desk)
    assert exams.text == "3\u00a0enfants sans acte avant l’inscription aux examens"
    assert (exams.who, exams.due, exams.urgency) == (
        "6e année\u00a0: 1, 9e année\u00a0: 2",
        dt.date(2027, 1, 31),
        Urgency.SOON,
    )
    assert "TRAORÉ" not in f"{exams}{asleep}"
    written(desk, files["ali"], event(EventKind.NOTE, words="appelée"))


def test_captures_have_their_place_and_papers_say_what_is_missing(desk: Desk) -> None:
    assert [capture.find(desk).area for capture in captures_board.CAPTURES] == ["civil"] * len(captures_board.CAPTURES)
    for paper in captures_board.PAPERS:
        with pytest.raises(RulesBroken):
            paper.render(desk)


def test_papers_of_the_captures_are_drawn(desk: Desk) -> None:
    from antenne.services import civil, civil_trips

    awa = money.member(desk)
    file_id = opened(desk, child(awa, witnesses="A, B"))
    page = civil.load_page(desk, file_id)
    from dataclasses import replace

    with desk.write() as uow:
        uow.civil.put_pieces(file_id, (replace(page.pieces[0], received_on=TODAY),))
        uow.commit()
    done = opened(desk, child(awa, "declaration", birth=Birth(Precision.DAY, TODAY - dt.timedelta(days=55))))
    for step in (Step.PIECES_READY, Step.FILED, Step.RECEIVED):
        written(desk, done, event(step=step))
    command = civil_trips.SaveTrip(request_id="t", on=TODAY, place="tgi_mopti", file_ids=(file_id,))
    civil_trips.save_trip(desk, command)
    for paper in captures_board.PAPERS:
        assert paper.render(desk).startswith(b"%PDF")
