"""The demonstration's civil files: counted one by one, each on a way that the rules allow."""

from __future__ import annotations

import datetime as dt
import io
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from antenne.base.clock import FixedClock
from antenne.base.progress import Silent
from antenne.db.slots import Unlocked
from antenne.domain import civil_rules as rules
from antenne.domain.civil import CivilEvent, EventKind, Payer
from antenne.domain.civil_clock import declaration_clock
from antenne.domain.civil_first_routes import ROUTES
from antenne.domain.civil_routes import ENDED, Beneficiary, Result, Route, Step
from antenne.domain.civil_standing import Standing, standing
from antenne.domain.indicators import year_period
from antenne.domain.persons import Membership, Person
from antenne.domain.violations import Violation
from antenne.services import checks, civil_counts, civil_reading, demo_civil, demo_people, opening, reports
from antenne.services.civil import FilePage, page_of
from antenne.services.civil_checks import CIVIL_CHECKS
from antenne.services.demo_civil_fees import waiting_fees
from antenne.services.desk import Desk
from tests.conftest import NOW

LAST_DAY = demo_people.LAST_DAY


@pytest.fixture(scope="module")
def filled(made_office: tuple[Path, dict[str, Unlocked]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The fictional women and their civil files, without the rest of the demonstration."""
    folder = tmp_path_factory.mktemp("civil") / "data"
    shutil.copytree(made_office[0], folder)
    desk = opening.open_desk(folder, made_office[1]["responsable"], FixedClock(NOW))
    with desk.write() as uow:
        for number, person in enumerate(demo_people.people(), 1):
            uow.persons.save(replace(person, number=f"P-{number:05d}", membership=_numbered(person, number)), NOW, 1)
        demo_civil.write(desk, uow)
        uow.commit()
    yield desk
    desk.close()


def _numbered(person: Person, number: int) -> Membership | None:
    return None if person.membership is None else replace(person.membership, number=f"M-{number:05d}")


@pytest.fixture(scope="module")
def pages(filled: Desk) -> tuple[FilePage, ...]:
    """Every file with all that is under it."""
    with filled.read() as uow:
        return tuple(page_of(uow, row[0]) for row in uow.rows("SELECT id FROM civil_file ORDER BY id"))


def received_in(pages: tuple[FilePage, ...], year: int, result: Result) -> list[FilePage]:
    return [
        page
        for page in pages
        if page.route.result is result
        and page.standing.received_on is not None
        and page.standing.received_on.year == year
    ]


def test_the_figures_of_2024_come_from_the_files(filled: Desk, pages: tuple[FilePage, ...]) -> None:
    acts = received_in(pages, 2024, Result.BIRTH_ACT)
    free = [page for page in acts if rules.is_free(page.fees)]
    cards = received_in(pages, 2024, Result.IDENTITY_CARD)
    assert (len(acts), len(free), len(cards)) == (168, 67, 72)
    lines = reports.run_report(filled, year_period(2024)).lines
    assert [line.counted.value for line in lines if line.code.startswith("etat_civil.")] == [168, 67, 72]
    behind = reports.records_behind(filled, "etat_civil.actes_de_naissance_etablis", year_period(2024))
    assert set(behind) == {page.file.id for page in acts}
    assert {page.file.beneficiary for page in acts} == set(Beneficiary)
    again = [page for page in acts if page.standing.reopened_on is not None]
    assert [page.standing.step for page in again] == [Step.FILED], "one of them was reopened in 2026 and counts in 2024"


def test_each_step_of_each_file_is_one_that_the_rules_allow(pages: tuple[FilePage, ...]) -> None:
    for page in pages:
        assert rules.check_file(page.file, page.route, LAST_DAY) == (), page.file.number
        route = page.route
        if any(one.kind is EventKind.REROUTED for one in page.events):
            continue
        for place, event in enumerate(page.events):
            now = standing(page.file.opened_on, page.events[:place])
            assert refusals(route, now, event) == (), (page.file.number, event)


def refusals(route: Route, now: Standing, event: CivilEvent) -> tuple[Violation, ...]:
    if event.kind is EventKind.STEP:
        return rules.check_step(route, now, event, LAST_DAY)
    if event.kind in {EventKind.POSTPONED, EventKind.DELIBERATION}:
        return rules.check_hearing(now, event, LAST_DAY)
    assert event.words
    assert event.on <= LAST_DAY
    return ()


def test_the_present_days_show_every_situation(filled: Desk, pages: tuple[FilePage, ...]) -> None:
    now = civil_counts.count_by_step(filled, filled.today)
    assert all(now.steps.values())
    assert now.whole == len(pages)
    open_pages = [page for page in pages if not page.standing.closed]
    assert any(page.standing.deliberating for page in open_pages)
    assert now.steps[Step.HEARING] > 10
    assert any(page.standing.remind_on is not None for page in open_pages)
    alerts = civil_reading.alerts(filled)
    assert min(alerts.asleep, alerts.blocked, alerts.delays) >= 3
    assert alerts.hearings >= 8
    assert len(civil_reading.children_without_act(filled)) >= 5
    declared = [
        page for page in open_pages if page.route.delay and page.standing.step in {Step.OPENED, Step.PIECES_READY}
    ]
    states = {declaration_clock(page.file.birth, filled.today).state for page in declared}
    assert len(states) >= 3
    assert sum(any(one.kind is EventKind.REROUTED for one in page.events) for page in pages) == 2
    with filled.read() as uow:
        (trip,) = uow.civil_trips.page(0, 10)
    assert len(trip.files) >= 8


def test_pieces_fees_and_pages_look_like_an_office(filled: Desk, pages: tuple[FilePage, ...]) -> None:
    ended = [page for page in pages if page.standing.step is Step.HANDED]
    assert sum(bool(page.missing) for page in ended) == 0
    assert any(piece.returned_on for page in ended for piece in page.pieces)
    assert any(page.missing for page in pages if page.standing.step is Step.OPENED)
    assert all(
        piece.returned_on is None or (piece.received_on is not None and piece.returned_to)
        for page in pages
        for piece in page.pieces
    )
    payers = Counter(fee.payer for page in pages for fee in page.fees)
    assert set(payers) == set(Payer)
    assert all((fee.amount == 0) is (fee.payer is Payer.FREE) for page in pages for fee in page.fees)
    with filled.read() as uow:
        scans = [uow.civil.scan(row[0]) for row in uow.rows("SELECT id FROM civil_scan")]
        waiting = waiting_fees(uow, dt.date(2024, 1, 2))
    assert len(scans) > 5
    for jpeg in scans:
        assert jpeg is not None
        assert len(jpeg) < 60_000
    assert {fee.hers for fee in waiting} == {True, False}
    assert all(not fee.hers or fee.on >= dt.date(2024, 1, 2) for fee in waiting)


def test_controler_finds_nothing_to_say(filled: Desk) -> None:
    assert [one.detail for one in checks.check_base(filled, CIVIL_CHECKS, Silent()) if not one.ok] == []


def test_nothing_says_why_she_came(pages: tuple[FilePage, ...]) -> None:
    said = " ".join(event.words.casefold() for page in pages for event in page.events)
    assert "témoins" in said
    for word in ("écoute", "écoutante", "entretien", "violence", "santé mentale", "bar"):
        assert f" {word} " not in f" {said} "


def test_the_draw_is_the_same_everywhere() -> None:
    one, other = (list(demo_civil.Plan(random.Random("x")).all()) for _ in range(2))
    assert one == other
    assert {way.route_key for way in one} == {route.key for route in ROUTES}
    assert any(way.events and way.events[-1].step in ENDED - {Step.HANDED} for way in one)


def test_a_drawn_page_is_a_small_picture(pages: tuple[FilePage, ...]) -> None:
    page = next(page for page in pages if page.pieces)
    jpeg = demo_civil.drawn_page(page.file, page.pieces[0], "recto")
    assert jpeg == demo_civil.drawn_page(page.file, page.pieces[0], "recto")
    with Image.open(io.BytesIO(jpeg)) as image:
        assert (image.format, image.size) == ("JPEG", (620, 877))
