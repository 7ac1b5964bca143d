"""What is reopened, taken back or rerouted never changes what an earlier year counted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from antenne.base.clock import FixedClock
from antenne.base.progress import Silent
from antenne.domain.civil import CivilFee, EventKind, Payer
from antenne.domain.civil_overview import Overview
from antenne.domain.civil_routes import Beneficiary, Step
from antenne.domain.civil_rules import counts_for_paper, is_free
from antenne.domain.indicators import year_period
from antenne.domain.violations import RulesBroken
from antenne.services import checks, civil, civil_counts, civil_reading, reports
from antenne.services.civil_checks import CIVIL_CHECKS
from antenne.services.civil_counts import CIVIL_INDICATORS
from antenne.services.desk import Desk
from tests.services import civil_help as files
from tests.services import money
from tests.services.test_civil import codes

ESTABLISHED, FREE, CARDS = (one.code for one in CIVIL_INDICATORS)


def figures(desk: Desk, year: int) -> tuple[int, int, int, int]:
    """Acts, free ones, cards; acts handed over."""
    found = {line.code: line.counted for line in reports.run_report(desk, year_period(year)).lines}
    handed = found[ESTABLISHED].parts[-1].value
    return found[ESTABLISHED].value, found[FREE].value, found[CARDS].value, handed


def of_2024(desk: Desk) -> Overview:
    return civil_reading.overview(desk, dt.date(2024, 1, 1), dt.date(2024, 12, 31))


def sound(desk: Desk) -> bool:
    return all(one.ok for one in checks.check_base(desk, CIVIL_CHECKS, Silent()))


@pytest.fixture
def act(desk: Desk) -> int:
    """A free act of 2024, handed over that year."""
    return files.finished(desk, money.member(desk), dt.date(2024, 5, 14), handed=dt.date(2024, 6, 1))


@pytest.mark.parametrize("back_to", [Step.OPENED, Step.FILED, Step.HEARING, Step.TRANSCRIBED, Step.RECEIVED])
def test_an_act_of_2024_reopened_in_2026_stays_of_2024_and_counts_once(desk: Desk, act: int, back_to: Step) -> None:
    assert figures(desk, 2024) == (1, 1, 0, 1)
    before = of_2024(desk)
    files.wrote(desk, act, desk.today, EventKind.REOPENED, step=back_to, words="faute sur le prénom")
    assert figures(desk, 2024) == (1, 1, 0, 1)
    files.fee(desk, act, Payer.SHE, 1500, desk.today)
    page = civil.load_page(desk, act)
    while page.next_step is not None:
        more = {"until": desk.today} if page.next_step is Step.HEARING else {"number": "413"}
        files.wrote(desk, act, desk.today, step=page.next_step, to_whom="Awa Koné", how="signature", **more)
        page = civil.load_page(desk, act)
    assert page.standing.closed
    assert (figures(desk, 2024), figures(desk, 2026)) == ((1, 1, 0, 1), (0, 0, 0, 0))
    assert replace(of_2024(desk), exam_on=before.exam_on) == before
    assert sound(desk)


def test_an_act_reopened_and_given_up_was_handed_over_all_the_same(desk: Desk, act: int) -> None:
    before = of_2024(desk)
    files.wrote(desk, act, desk.today, EventKind.REOPENED, step=Step.FILED, words="faute")
    files.wrote(desk, act, desk.today, step=Step.ABANDONED, words="partie à Gao")
    assert figures(desk, 2024) == (1, 1, 0, 1)
    assert of_2024(desk) == before
    assert sound(desk)


def test_the_child_of_a_reopened_file_is_without_an_act_again(desk: Desk, act: int) -> None:
    with desk.write() as uow:
        file = uow.civil.get(act)
        assert file is not None
        uow.civil.save(replace(file, school_class="9"))
        uow.commit()
    assert civil_reading.children_without_act(desk) == ()
    files.wrote(desk, act, desk.today, EventKind.REOPENED, step=Step.FILED, words="acte perdu au greffe")
    assert [(one.school_class, one.count) for one in civil_reading.children_without_act(desk)] == [("9", 1)]


def test_free_in_figures_is_free_by_the_rule(desk: Desk, clock: FixedClock) -> None:
    """The SQL of the report and the pure rule say the same of every fee."""
    awa = money.member(desk)
    days = (dt.date(2024, 5, 2), dt.date(2024, 12, 30), dt.date(2025, 3, 1), dt.date(2026, 11, 20), desk.today)
    free = 0
    for reopened in (False, True):
        for day in days:
            file_id = files.finished(desk, awa, dt.date(2024, 5, 14), handed=dt.date(2024, 6, 1))
            if reopened:
                on = desk.today - dt.timedelta(days=3)
                files.wrote(desk, file_id, on, EventKind.REOPENED, step=Step.FILED, words="faute")
            noted = CivilFee(label="Timbre", amount=500, payer=Payer.PROJECT, on=day)
            page = civil.add_fee(desk, money.request(), file_id, noted).value
            free += is_free([one for one in page.fees if counts_for_paper(one, page.standing)])
    assert free == 2
    assert figures(desk, 2024) == (10, free, 0, 10)
    assert of_2024(desk).whole.free == free


def test_a_slip_of_this_year_is_taken_back_and_counts_nowhere(desk: Desk, clock: FixedClock) -> None:
    awa = money.member(desk)
    file_id = files.finished(desk, awa, dt.date(2026, 11, 2))
    assert figures(desk, 2026)[0] == 1
    files.wrote(desk, file_id, desk.today, EventKind.TAKEN_BACK, words="mauvais dossier")
    page = civil.load_page(desk, file_id)
    assert (page.standing.step, page.next_step) == (Step.TRANSCRIBED, Step.RECEIVED)
    assert page.events[-1].step is Step.TRANSCRIBED
    assert figures(desk, 2026)[0] == 0
    assert civil_counts.count_by_step(desk, desk.today).steps[Step.TRANSCRIBED] == 1
    assert sound(desk)
    files.wrote(desk, file_id, desk.today, step=Step.RECEIVED)
    assert figures(desk, 2026)[0] == 1


def test_what_2024_counted_is_not_taken_back(desk: Desk, act: int) -> None:
    with pytest.raises(RulesBroken) as caught:
        files.wrote(desk, act, desk.today, EventKind.TAKEN_BACK, words="x")
    assert codes(caught) == ["civil.slip_old"]


def test_an_act_that_came_does_not_become_a_card(desk: Desk, act: int) -> None:
    files.wrote(desk, act, desk.today, EventKind.REOPENED, step=Step.FILED, words="faute")
    for key, expected in (("identity_card", ["civil.reroute_received"]), ("declaration", [])):
        command = civil.Reroute(request_id=key, file_id=act, route_key=key, reason="la mairie corrige")
        if expected:
            with pytest.raises(RulesBroken) as caught:
                civil.reroute(desk, command)
            assert codes(caught) == expected
        else:
            civil.reroute(desk, command)
    assert figures(desk, 2024) == (1, 1, 0, 1)
    assert sound(desk)


def test_a_past_day_counts_a_file_in_the_demarche_that_it_had_then(desk: Desk, clock: FixedClock) -> None:
    awa = money.member(desk)
    file_id = files.opened(desk, awa, desk.today - dt.timedelta(days=5), "declaration", Beneficiary.CHILD)
    yesterday = desk.today
    files.later(clock, 3)
    civil.reroute(desk, civil.Reroute(request_id="r", file_id=file_id, route_key="late_judgment", reason="trop tard"))
    then, now = (civil_counts.count_by_step(desk, day).routes for day in (yesterday, desk.today))
    assert (then["declaration"], then["late_judgment"]) == (1, 0)
    assert (now["declaration"], now["late_judgment"]) == (0, 1)
    files.later(clock, 2)
    civil.reroute(desk, civil.Reroute(request_id="s", file_id=file_id, route_key="copy", reason="acte trouvé"))
    middle = civil_counts.count_by_step(desk, desk.today - dt.timedelta(days=1)).routes
    assert (middle["declaration"], middle["late_judgment"], middle["copy"]) == (0, 1, 0)
    assert civil_counts.count_by_step(desk, yesterday).routes["declaration"] == 1
