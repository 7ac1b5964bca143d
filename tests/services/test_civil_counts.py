"""Files by step on any day: as the journal stood that evening."""

from __future__ import annotations

import datetime as dt

from antenne.base.clock import FixedClock
from antenne.domain.civil import EventKind
from antenne.domain.civil_routes import Step
from antenne.services import civil, civil_counts
from antenne.services.desk import Desk
from tests.services import civil_help as files
from tests.services import money


def standing(desk: Desk, on: dt.date) -> dict[Step, int]:
    return {step: count for step, count in civil_counts.count_by_step(desk, on).steps.items() if count}


def test_an_office_without_any_file(desk: Desk) -> None:
    found = civil_counts.count_by_step(desk, desk.today)
    assert (found.whole, found.running) == (0, 0)
    assert list(found.steps) == list(Step)
    assert len(found.routes) == 8


def test_the_same_file_on_each_of_its_days(desk: Desk) -> None:
    awa = money.member(desk)
    start = dt.date(2026, 3, 2)
    file_id = files.opened(desk, awa, start)
    days = {step: start + dt.timedelta(days=10 * place) for place, step in enumerate(Step)}
    files.went(desk, file_id, "late_judgment", Step.HANDED, days)
    assert standing(desk, start - dt.timedelta(days=1)) == {}
    for step in civil.load_page(desk, file_id).route.steps:
        assert standing(desk, days[step]) == {step: 1}
        assert standing(desk, days[step] + dt.timedelta(days=9)) == {step: 1}
    found = civil_counts.count_by_step(desk, desk.today)
    assert (found.whole, found.running, sum(found.routes.values())) == (1, 0, 0)


def test_notes_and_hearings_move_nothing_and_a_reopening_does(desk: Desk, clock: FixedClock) -> None:
    awa = money.member(desk)
    file_id = files.opened(desk, awa, dt.date(2026, 3, 2))
    days = dict.fromkeys(Step, dt.date(2026, 3, 10))
    files.went(desk, file_id, "late_judgment", Step.HEARING, days)
    files.wrote(desk, file_id, dt.date(2026, 4, 1), EventKind.POSTPONED, until=dt.date(2026, 5, 1), words="juge absent")
    files.wrote(desk, file_id, dt.date(2026, 4, 2), EventKind.NOTE, words="témoins prévenus")
    assert standing(desk, dt.date(2026, 4, 3)) == {Step.HEARING: 1}
    files.wrote(desk, file_id, dt.date(2026, 6, 1), step=Step.ABANDONED, words="partie à Gao")
    files.later(clock, 1)
    files.wrote(desk, file_id, desk.today, EventKind.REOPENED, step=Step.FILED, words="revenue")
    assert standing(desk, desk.today - dt.timedelta(days=1)) == {Step.ABANDONED: 1}
    assert standing(desk, desk.today) == {Step.FILED: 1}


def test_today_is_what_the_board_counts(desk: Desk) -> None:
    awa = money.member(desk)
    for place, last in enumerate((Step.PIECES_READY, Step.FILED, Step.JUDGED, Step.RECEIVED, Step.HANDED)):
        file_id = files.opened(desk, awa, dt.date(2026, 3, 2 + place))
        files.went(desk, file_id, "late_judgment", last, dict.fromkeys(Step, dt.date(2026, 3, 20)))
    with desk.read() as uow:
        kept = dict(uow.rows("SELECT step, count(*) FROM civil_file GROUP BY step"))
    assert {step.value: count for step, count in standing(desk, desk.today).items()} == kept
    assert civil_counts.count_by_step(desk, desk.today).routes["late_judgment"] == 4


def test_every_demarche_has_its_name(desk: Desk) -> None:
    labels = civil_counts.route_labels(desk, desk.today)
    assert labels["late_judgment"] == "Jugement supplétif"
    assert set(labels) == set(civil_counts.count_by_step(desk, desk.today).routes)
