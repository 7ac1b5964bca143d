"""Work runs elsewhere, comes back here, and every failure reaches somebody."""

from __future__ import annotations

import gc
import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from antenne.base.problems import Problem
from antenne.base.progress import Progress
from antenne.domain.violations import Forbidden, RulesBroken, Violation
from antenne.ui.kit.operations import LONG, SHORT, Lane, LaneName, Operations
from tests.ui.helpers import Failures


class Asker(QObject):
    """A widget-to-be that notes what it hears, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: set[bool] = set()

    def hear(self, value: object) -> None:
        self.threads.add(QThread.currentThread() == QApplication.instance().thread())  # type: ignore[union-attr] # pytest-qt made it
        self.heard.append(value)


@pytest.fixture
def asker(qapp: QApplication) -> Asker:
    return Asker()


def _fail(error: Exception) -> None:
    raise error


@pytest.mark.parametrize("lane", [SHORT, LONG])
def test_the_result_comes_back_on_the_gui_thread(
    qtbot: QtBot, operations: Operations, asker: Asker, lane: LaneName
) -> None:
    names: list[str] = []

    def work(number: int) -> int:
        names.append(threading.current_thread().name)
        return number * 2

    operations.run(lane, work, 21, owner=asker, done=asker.hear)
    qtbot.waitUntil(operations.idle)
    assert asker.heard == [42]
    assert asker.threads == {True}
    assert names == [f"lane-{lane}"]


def test_a_result_for_a_dead_widget_is_dropped(qtbot: QtBot, operations: Operations, asker: Asker) -> None:
    gate = threading.Event()
    heard: list[object] = []
    operations.run(SHORT, gate.wait, owner=asker, done=heard.append)
    shiboken6.delete(asker)
    gate.set()
    qtbot.waitUntil(operations.idle)
    assert heard == []


def test_broken_rules_reach_the_form(qtbot: QtBot, operations: Operations, asker: Asker, failures: Failures) -> None:
    violation = Violation("person.name_missing", "family_name")
    operations.run(SHORT, _fail, RulesBroken(violation), owner=asker, done=asker.hear, broken=asker.hear)
    qtbot.waitUntil(operations.idle)
    assert asker.heard == [(violation,)]
    assert failures.problems == []


def test_broken_rules_of_a_closed_screen_are_still_said(
    qtbot: QtBot, operations: Operations, asker: Asker, failures: Failures
) -> None:
    gate = threading.Event()

    def save() -> None:
        gate.wait()
        raise RulesBroken(Violation("person.name_missing"))

    operations.run(SHORT, save, owner=asker, done=asker.hear, broken=asker.hear)
    shiboken6.delete(asker)
    gate.set()
    qtbot.waitUntil(operations.idle)
    assert [type(error) for error in failures.problems] == [RulesBroken]


@pytest.mark.parametrize("error", [Problem("disk.full"), Forbidden("cash.in")])
def test_what_the_user_can_act_on_is_said(
    qtbot: QtBot, operations: Operations, asker: Asker, failures: Failures, error: Exception
) -> None:
    operations.run(SHORT, _fail, error, owner=asker, done=asker.hear)
    qtbot.waitUntil(operations.idle)
    assert failures.problems == [error]


def test_a_screen_may_take_its_own_problem(
    qtbot: QtBot, operations: Operations, asker: Asker, failures: Failures
) -> None:
    problem = Problem("backup.no_space")
    operations.run(LONG, _fail, problem, owner=asker, done=asker.hear, problem=asker.hear)
    qtbot.waitUntil(operations.idle)
    assert asker.heard == [problem]
    assert failures.problems == []


def test_a_bug_reaches_the_report(qtbot: QtBot, operations: Operations, asker: Asker, failures: Failures) -> None:
    bug = ZeroDivisionError()
    operations.run(SHORT, _fail, bug, owner=asker, done=asker.hear)
    qtbot.waitUntil(operations.idle)
    assert failures.take_bugs() == [bug]


@pytest.mark.parametrize("error", [ZeroDivisionError(), Forbidden("cash_in"), Problem("db.full")])
def test_whoever_holds_something_back_lets_go_when_the_window_was_told(
    qtbot: QtBot, operations: Operations, asker: Asker, failures: Failures, error: Exception
) -> None:
    operations.run(LONG, _fail, error, owner=asker, done=asker.hear, failed=lambda: asker.hear("free"))
    qtbot.waitUntil(operations.idle)
    assert asker.heard == ["free"]
    assert [*failures.problems, *failures.take_bugs()] == [error]


def test_who_takes_a_problem_herself_is_not_told_twice(qtbot: QtBot, operations: Operations, asker: Asker) -> None:
    problem = Problem("db.full")
    operations.run(
        LONG, _fail, problem, owner=asker, done=asker.hear, problem=asker.hear, failed=lambda: asker.hear("free")
    )
    qtbot.waitUntil(operations.idle)
    assert asker.heard == [problem]


def test_a_newer_search_supersedes_the_older(qtbot: QtBot, operations: Operations, asker: Asker) -> None:
    gate = threading.Event()
    began: list[str] = []

    def search(text: str) -> str:
        began.append(text)
        gate.wait()
        return text

    for text in ("k", "ko", "kon"):
        operations.run(SHORT, search, text, owner=asker, done=asker.hear, latest=True)
        if text == "k":
            qtbot.waitUntil(lambda: began == ["k"])
    gate.set()
    qtbot.waitUntil(operations.idle)
    assert asker.heard == ["kon"]
    assert began == ["k", "kon"], "the second one must not even begin"


def test_two_askers_do_not_supersede_each_other(qtbot: QtBot, operations: Operations, asker: Asker) -> None:
    other = Asker()
    operations.run(SHORT, str, 1, owner=asker, done=asker.hear, latest=True)
    operations.run(SHORT, str, 2, owner=other, done=other.hear, latest=True)
    qtbot.waitUntil(operations.idle)
    assert (asker.heard, other.heard) == (["1"], ["2"])


def test_progress_and_a_stop_that_stops(qtbot: QtBot, operations: Operations, asker: Asker) -> None:
    def work(*, progress: Progress) -> None:
        progress.report("copy", 1, 3)
        while True:
            progress.check()

    reports: list[tuple[str, int, int]] = []
    stopped: list[bool] = []
    ticket = operations.run(
        LONG,
        work,
        owner=asker,
        done=asker.hear,
        progress=lambda step, done, total: reports.append((step, done, total)),
        stopped=lambda: stopped.append(True),
    )
    qtbot.waitUntil(lambda: bool(reports))
    ticket.stop()
    qtbot.waitUntil(operations.idle)
    assert reports == [("copy", 1, 3)]
    assert stopped == [True]
    assert asker.heard == []


def test_a_flood_of_reports_is_thinned(qtbot: QtBot, operations: Operations, asker: Asker) -> None:
    def work(*, progress: Progress) -> None:
        for number in range(1, 100_001):
            progress.report("write", number, 100_000)

    reports: list[int] = []
    operations.run(LONG, work, owner=asker, done=asker.hear, progress=lambda _s, done, _t: reports.append(done))
    qtbot.waitUntil(operations.idle)
    assert reports[-1] == 100_000
    assert len(reports) < 1_000


def test_the_lanes_do_not_wait_for_each_other(qtbot: QtBot, operations: Operations, asker: Asker) -> None:
    gate = threading.Event()
    operations.run(LONG, gate.wait, owner=asker, done=asker.hear)
    operations.run(SHORT, str, "read", owner=asker, done=asker.hear)
    qtbot.waitUntil(lambda: asker.heard == ["read"])
    gate.set()
    qtbot.waitUntil(operations.idle)


def test_shutdown_ends_the_threads(qapp: QApplication, asker: Asker, failures: Failures) -> None:
    def work(*, progress: Progress) -> None:
        while True:
            progress.check()

    made = Operations(Lane(SHORT), Lane(LONG), failures.on_problem, failures.on_bug)
    before = threading.active_count()
    made.run(LONG, work, owner=asker, done=asker.hear, with_progress=True)
    made.run(SHORT, str, owner=asker, done=asker.hear)
    assert made.shutdown(5)
    assert threading.active_count() <= before
    assert made.run(SHORT, str, owner=asker, done=asker.hear).finished


def test_a_lane_keeps_nothing_alive(qtbot: QtBot, operations: Operations) -> None:
    class Payload:
        alive = 0

        def __init__(self) -> None:
            Payload.alive += 1

        def __del__(self) -> None:
            Payload.alive -= 1

    asker = Asker()
    operations.run(SHORT, Payload, owner=asker, done=asker.hear)
    qtbot.waitUntil(operations.idle)
    asker.heard.clear()
    gc.collect()
    qtbot.waitUntil(lambda: Payload.alive == 0)
