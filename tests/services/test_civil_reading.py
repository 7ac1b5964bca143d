"""The board, the list and the overview, on a real encrypted base."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.base.clock import FixedClock
from antenne.domain.births import Birth, Precision
from antenne.domain.civil import CivilFee, EventKind, Payer
from antenne.domain.civil_overview import BoardFilter, ClassCount, GroupFigures, Scope
from antenne.domain.civil_routes import Beneficiary, Step
from antenne.domain.violations import Forbidden
from antenne.services import civil, civil_reading
from antenne.services.desk import Desk
from tests.services import money
from tests.services.test_civil import TODAY, child, event, opened, written


def judged(desk: Desk, file_id: int, days_ago: int = 3) -> None:
    """From opening to the judgment."""
    written(desk, file_id, event(step=Step.PIECES_READY, days_ago=40))
    written(desk, file_id, event(step=Step.FILED, days_ago=30, number="1187"))
    written(desk, file_id, event(step=Step.HEARING, days_ago=29, until=TODAY - dt.timedelta(days=20)))
    written(desk, file_id, event(step=Step.JUDGED, days_ago=days_ago, number="412"))


def names(rows: tuple[object, ...]) -> list[str]:
    return [row.name for row in rows]  # type: ignore[attr-defined]  # rows of the board


@pytest.fixture
def files(desk: Desk) -> dict[str, int]:
    """One asleep at its opening, one with a hearing, one judged, one blocked, one declaration at its end."""
    awa, fanta = money.member(desk, 1, "Koné", "Awa"), money.member(desk, 2, "Diallo", "Fanta")
    with desk.read() as uow:
        desk.persons.replace(uow.persons.index_rows())
    made = {
        "asleep": opened(desk, child(awa, first_name="Ali", school_class="6", place="tgi_mopti")),
        "hearing": opened(desk, child(awa, first_name="Binta", school_class="9", place="tgi_mopti")),
        "judged": opened(desk, child(fanta, first_name="Coumba", school_class="9", place="jpce_koro")),
        "blocked": opened(desk, child(fanta, first_name="Djeneba", opened_on=TODAY)),
        "ending": opened(
            desk,
            child(
                fanta,
                "declaration",
                first_name="Éva",
                birth=Birth(Precision.DAY, TODAY - dt.timedelta(days=25)),
                opened_on=TODAY,
                late_reason="",
                place="mairie_sevare",
            ),
        ),
    }
    hearing = made["hearing"]
    written(desk, hearing, event(step=Step.PIECES_READY, days_ago=40))
    written(desk, hearing, event(step=Step.FILED, days_ago=30, number="1188"))
    written(desk, hearing, event(step=Step.HEARING, days_ago=29, until=TODAY + dt.timedelta(days=3)))
    judged(desk, made["judged"])
    written(desk, made["blocked"], event(EventKind.BLOCKED, words="acte de la mère"))
    return made


def test_the_board_shows_every_open_file_by_step(desk: Desk, files: dict[str, int]) -> None:
    found = civil_reading.board(desk, BoardFilter())
    assert found.total == 5
    assert {column.step: column.count for column in found.columns if column.count} == {
        Step.OPENED: 3,
        Step.HEARING: 1,
        Step.JUDGED: 1,
    }
    first = found.columns[0].rows[0]
    assert (first.file_id, first.name, first.requester, first.asleep) == (
        files["asleep"], "TRAORÉ Ali", "KONÉ Awa", True,
    )  # fmt: skip
    assert first.place == "TGI de Mopti"
    assert names(civil_reading.board(desk, BoardFilter(), cards=1).columns[0].rows) == ["TRAORÉ Ali"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (BoardFilter(asleep=True), ["TRAORÉ Ali"]),
        (BoardFilter(blocked=True), ["TRAORÉ Djeneba"]),
        (BoardFilter(hearing_within=7), ["TRAORÉ Binta"]),
        (BoardFilter(hearing_within=2), []),
        (BoardFilter(delay_ending=True), ["TRAORÉ Éva"]),
        (BoardFilter(route_key="declaration"), ["TRAORÉ Éva"]),
        (BoardFilter(place="tgi_mopti"), ["TRAORÉ Ali", "TRAORÉ Binta"]),
        (BoardFilter(beneficiary=Beneficiary.SELF), []),
        (BoardFilter(step=Step.JUDGED), ["TRAORÉ Coumba"]),
        (BoardFilter(without_act=True), ["TRAORÉ Ali", "TRAORÉ Binta", "TRAORÉ Coumba"]),
        (BoardFilter(without_act=True, school_class="9"), ["TRAORÉ Binta", "TRAORÉ Coumba"]),
        (BoardFilter(without_act=True, school_class="1"), []),
        (BoardFilter(typed="traore eva"), ["TRAORÉ Éva"]),
        (BoardFilter(typed="2026-0002"), ["TRAORÉ Binta"]),
        (BoardFilter(typed="koné"), ["TRAORÉ Ali", "TRAORÉ Binta"]),
        (BoardFilter(typed="50%_!"), []),
        (BoardFilter(scope=Scope.CLOSED), []),
    ],
)
def test_filters(desk: Desk, files: dict[str, int], asked: BoardFilter, found: list[str]) -> None:
    assert files
    rows, total = civil_reading.list_files(desk, asked, 0, 50, "name")
    assert (names(rows), total) == (found, len(found))
    if asked.scope is Scope.OPEN:
        assert civil_reading.board(desk, asked).total == len(found)


@pytest.mark.parametrize("sort", ["number", "name", "requester", "route", "step", "since", "last", "hearing", "place"])
def test_every_column_sorts_both_ways(desk: Desk, files: dict[str, int], sort: str) -> None:
    up, total = civil_reading.list_files(desk, BoardFilter(), 0, 50, sort)
    down, _ = civil_reading.list_files(desk, BoardFilter(), 0, 50, sort, descending=True)
    assert total == len(files)
    assert {row.file_id for row in up} == {row.file_id for row in down} == set(files.values())


def test_pages_follow_each_other(desk: Desk, files: dict[str, int]) -> None:
    first, total = civil_reading.list_files(desk, BoardFilter(), 0, 2, "number")
    rest, _ = civil_reading.list_files(desk, BoardFilter(), 2, 50, "number")
    assert [row.file_id for row in (*first, *rest)] == sorted(files.values())
    assert total == 5


def test_a_delay_says_its_last_day_until_it_is_filed(desk: Desk, files: dict[str, int]) -> None:
    asked = BoardFilter(delay_ending=True)
    row = civil_reading.list_files(desk, asked, 0, 1)[0][0]
    assert row.last_day == TODAY + dt.timedelta(days=6)
    written(desk, files["ending"], event(step=Step.PIECES_READY))
    written(desk, files["ending"], event(step=Step.FILED))
    assert civil_reading.list_files(desk, asked, 0, 1) == ((), 0)
    assert civil_reading.rows_of(desk, (files["ending"],))[0].last_day is None
    assert civil_reading.rows_of(desk, ()) == ()


def test_alerts_are_counted_once_for_a_state(desk: Desk, files: dict[str, int]) -> None:
    assert civil_reading.alerts(desk) == civil_reading.Alerts(asleep=1, blocked=1, hearings=1, delays=1)
    written(desk, files["blocked"], event(EventKind.UNBLOCKED))
    assert civil_reading.alerts(desk).blocked == 0


def test_the_filters_offer_what_files_name(desk: Desk, files: dict[str, int]) -> None:
    opened(desk, child(money.member(desk, 3), place="Audience foraine de Soufouroulaye"))
    assert files
    offered = civil_reading.choices(desk)
    assert "late_judgment" in {option.code for option in offered.routes}
    assert offered.places[-1].label == "Audience foraine de Soufouroulaye"


def test_the_overview_counts_success_delay_and_cost(desk: Desk, files: dict[str, int]) -> None:
    done = files["judged"]
    fee = CivilFee(label="Timbre", amount=1000, payer=Payer.PROJECT, on=TODAY)
    civil.add_fee(desk, money.request(), done, fee)
    written(desk, done, event(step=Step.TRANSCRIBED, days_ago=2, number="77"))
    written(desk, done, event(step=Step.RECEIVED, days_ago=1))
    written(desk, done, event(step=Step.HANDED, to_whom="Fanta Diallo", how="signature"))
    written(desk, files["blocked"], event(step=Step.ABANDONED, words="partie"))
    found = civil_reading.overview(desk, dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    judgments = GroupFigures(
        group="late_judgment", opened=4, received=1, ended=2, handed=1, days=49, she=0, project=1000, free=0
    )
    assert found.routes[1] == judgments
    assert judgments.success == 50
    assert [line.group for line in found.places] == ["", "jpce_koro", "mairie_sevare", "tgi_mopti"]
    assert (found.whole.opened, found.whole.received) == (5, 1)
    assert found.classes == (ClassCount("6", 1), ClassCount("9", 1))
    assert found.exam_on == dt.date(2027, 1, 31)
    assert civil_reading.overview(desk, dt.date(2025, 1, 1), dt.date(2025, 12, 31)).routes == ()


def test_children_without_an_act_are_listed_two_months_before_the_exams(
    desk: Desk, clock: FixedClock, files: dict[str, int]
) -> None:
    assert files
    assert civil_reading.exam_warning(desk) is None
    clock.advance(dt.timedelta(days=10))
    found = civil_reading.exam_warning(desk)
    assert found == (dt.date(2027, 1, 31), (ClassCount("6", 1), ClassCount("9", 2)))


def test_only_who_may(desk: Desk, made_office: object) -> None:
    from dataclasses import replace

    from antenne.domain.rights import Role

    desk.actor = replace(desk.actor, roles=frozenset({Role.CAISSIERE}))
    assert made_office
    first = dt.date(2026, 1, 1)
    for refused in (
        lambda: civil_reading.board(desk, BoardFilter()),
        lambda: civil_reading.list_files(desk, BoardFilter(), 0, 1),
        lambda: civil_reading.overview(desk, first, first),
        lambda: civil_reading.alerts(desk),
        lambda: civil_reading.exam_warning(desk),
        lambda: civil_reading.choices(desk),
        lambda: civil_reading.rows_of(desk, ()),
        lambda: civil_reading.children_without_act(desk),
    ):
        with pytest.raises(Forbidden):
            refused()
