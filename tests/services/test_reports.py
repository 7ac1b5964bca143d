"""The report counts files, each in its year, and every figure opens the files behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from antenne.base.clock import FixedClock
from antenne.db.slots import Unlocked
from antenne.domain.account_papers import Period
from antenne.domain.civil import EventKind, Payer
from antenne.domain.civil_routes import Beneficiary, Step
from antenne.domain.indicators import Counted, year_period
from antenne.domain.sealed_counts import LEFT_OUT, PUBLISHED, WHOLE, CountRow
from antenne.domain.violations import Forbidden
from antenne.services import civil_fees, opening, reports
from antenne.services.civil_fees import CancelFee
from antenne.services.desk import Desk
from antenne.wording import reports as words
from tests.services import civil_help as files
from tests.services import money

YEAR = year_period(2025)
ESTABLISHED, FREE, CARDS = (one.code for one in reports.INDICATORS)


def counted(desk: Desk, period: Period = YEAR) -> dict[str, Counted]:
    return {line.code: line.counted for line in reports.run_report(desk, period).lines}


def value(desk: Desk, code: str, period: Period = YEAR) -> int:
    return counted(desk, period)[code].value


def parts(found: Counted) -> dict[str, int]:
    return {part.label: part.value for part in found.parts}


def test_an_act_counts_in_the_year_its_volet_came_and_not_when_it_was_judged(desk: Desk) -> None:
    awa = money.member(desk)
    file_id = files.opened(desk, awa, dt.date(2024, 12, 1))
    days = dict.fromkeys(Step, dt.date(2024, 12, 10)) | {
        Step.TRANSCRIBED: dt.date(2025, 1, 8),
        Step.RECEIVED: dt.date(2025, 1, 12),
        Step.HANDED: dt.date(2026, 1, 5),
    }
    files.went(desk, file_id, "late_judgment", Step.TRANSCRIBED, days)
    assert value(desk, ESTABLISHED) == 0
    files.wrote(desk, file_id, days[Step.RECEIVED], step=Step.RECEIVED)
    assert (value(desk, ESTABLISHED, year_period(2024)), value(desk, ESTABLISHED)) == (0, 1)
    assert parts(counted(desk)[ESTABLISHED])[words.HANDED] == 0
    files.wrote(desk, file_id, days[Step.HANDED], step=Step.HANDED, to_whom="Awa Koné", how="signature")
    assert parts(counted(desk, year_period(2026))[ESTABLISHED])[words.HANDED] == 1
    assert reports.records_behind(desk, ESTABLISHED, YEAR) == (file_id,)


def test_only_acts_are_acts_and_only_cards_are_cards(desk: Desk) -> None:
    awa = money.member(desk)
    received = dt.date(2025, 6, 10)
    made = {
        key: files.finished(desk, awa, received, key)
        for key in ("declaration", "late_judgment", "copy", "lost_act", "identity_card_old", "identity_card", "nina")
    }
    assert reports.records_behind(desk, ESTABLISHED, YEAR) == (made["declaration"], made["late_judgment"])
    assert reports.records_behind(desk, CARDS, YEAR) == (made["identity_card_old"], made["identity_card"])
    open_ones = {code: found.value for code, found in counted(desk).items() if code.startswith("etat_civil.")}
    assert open_ones == {ESTABLISHED: 2, FREE: 2, CARDS: 2}


def test_free_means_no_fee_for_her_nor_for_the_project(desk: Desk) -> None:
    awa = money.member(desk)
    day = dt.date(2025, 6, 10)
    free, hers, projects, cancelled = (files.finished(desk, awa, day) for _ in range(4))
    files.fee(desk, free, Payer.FREE, 0, day)
    files.fee(desk, hers, Payer.SHE, 100, day)
    files.fee(desk, projects, Payer.PROJECT, 1000, day)
    fee_id = files.fee(desk, cancelled, Payer.SHE, 500, day)
    assert reports.records_behind(desk, FREE, YEAR) == (free,)
    command = CancelFee(request_id="c", file_id=cancelled, fee_id=fee_id, reason="audience foraine")
    civil_fees.cancel_fee(desk, command)
    assert reports.records_behind(desk, FREE, YEAR) == (free, cancelled)
    assert value(desk, ESTABLISHED) == 4


def test_the_split_adds_up_to_the_figure(desk: Desk) -> None:
    awa = money.member(desk)
    for whose, count in ((Beneficiary.SELF, 1), (Beneficiary.MINOR, 2), (Beneficiary.CHILD, 3)):
        for _ in range(count):
            files.finished(desk, awa, dt.date(2025, 3, 3), whose=whose, handed=dt.date(2025, 3, 9))
    found = parts(counted(desk)[ESTABLISHED])
    assert found == {"pour elle-même": 1, "pour une mineure": 2, "pour un enfant": 3, "remis dans la période": 6}


def test_whole_months_and_their_edges(desk: Desk) -> None:
    awa = money.member(desk)
    for day in (dt.date(2025, 2, 28), dt.date(2025, 3, 1), dt.date(2025, 3, 31), dt.date(2025, 4, 1)):
        files.finished(desk, awa, day)
    march = Period(dt.date(2025, 3, 1), dt.date(2025, 3, 31))
    assert (value(desk, ESTABLISHED, march), value(desk, ESTABLISHED)) == (2, 4)


def test_a_paper_handed_again_after_a_reopening_stays_in_its_year(desk: Desk, clock: FixedClock) -> None:
    awa = money.member(desk)
    file_id = files.finished(desk, awa, dt.date(2025, 12, 20), handed=dt.date(2025, 12, 28))
    files.later(clock, 1)
    back = {"step": Step.RECEIVED, "words": "remis à une autre femme"}
    files.wrote(desk, file_id, desk.today, EventKind.REOPENED, **back)
    assert value(desk, ESTABLISHED) == 1
    files.wrote(desk, file_id, desk.today, step=Step.HANDED, to_whom="Awa Koné", how="signature")
    assert (value(desk, ESTABLISHED), value(desk, ESTABLISHED, year_period(2026))) == (1, 0)


@pytest.fixture
def visit(made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, clock: FixedClock) -> Iterator[Desk]:
    """A donor's visit: totals only."""
    opened = opening.open_desk(office_folder, made_office[1]["lecture"], clock)
    yield opened
    opened.close()


def test_a_visit_sees_totals_and_not_the_files_behind(desk: Desk, visit: Desk) -> None:
    awa = money.member(desk)
    files.finished(desk, awa, dt.date(2025, 6, 10))
    assert value(visit, ESTABLISHED) == 1
    with pytest.raises(Forbidden):
        reports.records_behind(visit, ESTABLISHED, YEAR)


def test_every_indicator_has_its_words_and_a_code_of_its_own() -> None:
    codes = [one.code for one in reports.INDICATORS]
    assert len(set(codes)) == len(codes)
    assert set(words.INDICATORS) == {*codes, *PUBLISHED}
    assert all(one.definition.endswith(".") and one.label and one.unit for one in reports.INDICATORS)


def test_figures_of_the_compartment_come_from_what_was_published(desk: Desk) -> None:
    women, assaults = "ecoutes.femmes", "protection.agressions_par_clients_gerees"
    with desk.write() as uow:
        uow.sealed.rewrite_counts(
            (
                CountRow(women, "2025-03", None, WHOLE, 2, 3),
                CountRow(women, "2025-05", "2025-03", WHOLE, 1, 1),
                CountRow(assaults, "2025-04", None, WHOLE, 4, 4),
                CountRow(assaults, "2025-04", None, LEFT_OUT, 2, 2),
            )
        )
        uow.commit()
    found = counted(desk)
    assert (found[women].value, parts(found[women])) == (2, {words.SESSIONS: 4})
    assert (found[assaults].value, parts(found[assaults])) == (4, {words.LEFT_OUT: 2})
    assert counted(desk, year_period(2024))[women].value == 0
