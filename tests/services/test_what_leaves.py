"""Crossings and incidents that leave, on a real encrypted file: masked, checked, remembered, named at a withdrawal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from antenne.base.clock import FixedClock
from antenne.base.problems import Problem
from antenne.domain.incidents import Purpose
from antenne.domain.listening import Service
from antenne.domain.protection_trends import Axis
from antenne.domain.rights import Right
from antenne.domain.sendings import Left, Way
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.print.crossing import render_crossing
from antenne.services import gbvims_export, incidents, protection_trends, sendings
from antenne.services.desk import Desk
from antenne.services.gbvims_export import SendIncidents
from antenne.services.incidents import Withdraw
from antenne.services.protection_trends import SendCrossing
from tests.print import pdf
from tests.services.protection_help import DAY, STOP, H, opened

DeskOf = Callable[[str], Desk]
FIRST = DAY - dt.timedelta(days=30)
BY_PLACE = SendCrossing(request_id="s", recipient="Bailleur", down=Axis.TYPE, across=Axis.PLACE, first=FIRST, last=DAY)
OCTOBER = dt.datetime(2026, 10, 12, 9, 0, tzinfo=dt.UTC)
LINES = SendIncidents(request_id="l", recipient=STOP, first=dt.date(2026, 9, 1), last=dt.date(2026, 10, 31))
SHARED = ({"recipient": STOP, "given": True},)


def codes(caught: pytest.ExceptionInfo[RulesBroken]) -> list[str]:
    return [one.code for one in caught.value.violations]


def _mixed(desk: Desk) -> None:
    """Seven and two of one type in two places, two of another."""
    for number in range(7):
        opened(desk, f"a{number}", place_type="rue")
    for number in range(2):
        opened(desk, f"b{number}", place_type="domicile")
        opened(desk, f"c{number}", place_type="domicile", penetration=False, sexual_contact=True)
    opened(desk, "d", consent_statistics=False)


def _of_october(desk: Desk, request: str, **answers: object) -> object:
    return opened(
        desk, request, **{"interviewed_at": OCTOBER, "happened_from": OCTOBER - 20 * H, "recipients": SHARED, **answers}
    )


def test_totals_are_exact_here_and_what_leaves_is_masked_and_remembered_once(desk_of: DeskOf, tmp_path: Path) -> None:
    desk = desk_of("responsable")
    _mixed(desk)
    found = protection_trends.trends(desk, FIRST, DAY)
    assert (found.count, found.donor.no_consent) == (12, 1)
    assert dict(found.totals[Axis.TYPE]) == {"viol": 10, "agression_sexuelle": 2}
    assert protection_trends.crossing(desk, Axis.TYPE, Axis.PLACE, FIRST, DAY).value(("viol", "domicile")) == 2
    ready = protection_trends.prepare_crossing(desk, BY_PLACE)
    shown = ready.crossing.shown
    assert shown.total == 11
    assert not {value for value in shown.values if value is not None and 0 < value < 5}
    assert protection_trends.sent_crossings(desk) == ()
    path = tmp_path / "liste.xlsx"
    sent = protection_trends.export_crossing(desk, ready, path).value
    assert protection_trends.export_crossing(desk, ready, path).value == sent
    (kept,) = protection_trends.sent_crossings(desk)
    assert kept.record == sent
    assert (sent.way, len(sent.cells)) == (Way.FILE, 11)
    sheet = load_workbook(path).active
    said = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert said[0] == ["Type", "domicile", "rue", "Total"]
    assert said[3][-1] == 11
    assert {cell for row in said[1:3] for cell in row[1:-1]} <= {"masqué", 0, 7}


def test_a_paper_that_the_printer_had_is_remembered_as_paper(desk_of: DeskOf) -> None:
    desk = desk_of("responsable")
    _mixed(desk)
    ready = protection_trends.prepare_crossing(desk, BY_PLACE)
    text = pdf.text(protection_trends.draw_crossing(desk, ready, render_crossing))
    assert "masqué" in text
    assert "Agent" not in text
    assert protection_trends.sent_crossings(desk) == ()
    first = protection_trends.remember_crossing(desk, ready, Way.PAPER).value
    assert protection_trends.remember_crossing(desk, ready, Way.PAPER).value == first
    assert protection_trends.draw_crossing(desk, ready, render_crossing)
    assert [one.record.way for one in protection_trends.sent_crossings(desk)] == [Way.PAPER]


def test_one_more_incident_since_leaves_the_total_alone(desk_of: DeskOf, tmp_path: Path) -> None:
    desk = desk_of("responsable")
    for number in range(6):
        opened(desk, f"a{number}", place_type="rue")
    ready = protection_trends.prepare_crossing(desk, BY_PLACE)
    assert ready.crossing.shown.values == (6,)
    protection_trends.export_crossing(desk, ready, tmp_path / "a.xlsx")
    opened(desk, "late", place_type="rue")
    again = replace(BY_PLACE, request_id="t")
    later = protection_trends.prepare_crossing(desk, again)
    assert (later.crossing.shown.rows, later.crossing.shown.total) == ((), 7)
    protection_trends.export_crossing(desk, later, tmp_path / "b.xlsx")
    (row,) = list(load_workbook(tmp_path / "b.xlsx").active.iter_rows(min_row=2, max_row=2, values_only=True))
    assert row[:2] == ("Total", 7)


def test_what_she_saw_is_what_leaves_or_nothing(desk_of: DeskOf, tmp_path: Path) -> None:
    desk = desk_of("responsable")
    _mixed(desk)
    ready = protection_trends.prepare_crossing(desk, BY_PLACE)
    opened(desk, "late", place_type="rue")
    for attempt in (
        lambda: protection_trends.export_crossing(desk, ready, tmp_path / "a.xlsx"),
        lambda: protection_trends.draw_crossing(desk, ready, render_crossing),
    ):
        with pytest.raises(RulesBroken) as caught:
            attempt()
        assert codes(caught) == ["trends.changed"]
    assert not (tmp_path / "a.xlsx").exists()
    assert protection_trends.sent_crossings(desk) == ()


def test_a_ring_of_questions_is_refused(desk_of: DeskOf, tmp_path: Path) -> None:
    desk = desk_of("responsable")
    for number in range(5):
        opened(desk, f"a{number}", place_type="rue")
    for name, across in (("a", Axis.PLACE), ("b", Axis.DAY_PART)):
        command = replace(BY_PLACE, request_id=name, across=across)
        ready = protection_trends.prepare_crossing(desk, command)
        protection_trends.export_crossing(desk, ready, tmp_path / f"{name}.xlsx")
    with pytest.raises(RulesBroken) as caught:
        protection_trends.prepare_crossing(desk, replace(BY_PLACE, down=Axis.PLACE, across=Axis.DAY_PART))
    assert codes(caught) == ["trends.ring"]


def test_a_place_that_cannot_be_written_counts_as_sent_and_is_written_again(desk_of: DeskOf, tmp_path: Path) -> None:
    desk = desk_of("responsable")
    _mixed(desk)
    ready = protection_trends.prepare_crossing(desk, BY_PLACE)
    with pytest.raises(Problem):
        protection_trends.export_crossing(desk, ready, tmp_path / "nowhere" / "a.xlsx")
    protection_trends.export_crossing(desk, ready, tmp_path / "a.xlsx")
    assert len(protection_trends.sent_crossings(desk)) == 1


def test_a_folder_copied_to_the_internet_is_asked_about(desk_of: DeskOf, tmp_path: Path) -> None:
    desk = desk_of("responsable")
    _mixed(desk)
    ready = protection_trends.prepare_crossing(desk, BY_PLACE)
    place = tmp_path / "OneDrive"
    place.mkdir()
    with pytest.raises(RulesBroken) as caught:
        protection_trends.export_crossing(desk, ready, place / "a.xlsx")
    assert codes(caught) == ["export.synchronised"]
    assert protection_trends.sent_crossings(desk) == ()


def test_trends_are_for_the_responsable(desk_of: DeskOf) -> None:
    with pytest.raises(RulesBroken) as caught:
        protection_trends.trends(desk_of("ecoutante"), DAY, DAY - dt.timedelta(days=1))
    assert codes(caught) == ["trends.responsable_only", "trends.period"]
    desk = desk_of("responsable")
    with pytest.raises(RulesBroken) as caught:
        protection_trends.crossing(desk, Axis.TYPE, Axis.TYPE, DAY, DAY)
    assert codes(caught) == ["trends.same_axis"]
    with pytest.raises(RulesBroken) as caught:
        protection_trends.prepare_crossing(desk, replace(BY_PLACE, recipient=" "))
    assert codes(caught) == ["trends.no_recipient"]


@pytest.mark.parametrize("role", ["secretaire", "caissiere", "lecture"])
def test_every_other_role_is_refused_in_the_same_words(desk_of: DeskOf, tmp_path: Path, role: str) -> None:
    desk = desk_of("responsable")
    _mixed(desk)
    ready = protection_trends.prepare_crossing(desk, BY_PLACE)
    own_id = next(iter(ready.crossing.cells))
    other = desk_of(role)
    tries: list[Callable[[], object]] = [
        lambda: protection_trends.prepare_crossing(other, BY_PLACE),
        lambda: protection_trends.export_crossing(other, ready, tmp_path / "a.xlsx"),
        lambda: protection_trends.remember_crossing(other, ready, Way.PAPER),
        lambda: gbvims_export.prepare_incidents(other, LINES),
        lambda: gbvims_export.recipients(other),
        lambda: gbvims_export.sent_incidents(other),
        lambda: sendings.sendings_of(other, own_id),
    ]
    for attempt in tries:
        with pytest.raises(Forbidden) as caught:
            attempt()
        assert caught.value.right == Right.COMPARTMENT.value


def test_incidents_leave_one_by_one_with_the_count_of_those_who_stay(desk_of: DeskOf, tmp_path: Path) -> None:
    desk = desk_of("responsable")
    for number in range(6):
        _of_october(desk, f"a{number}", commune="Mopti")
    _of_october(desk, "n", recipients=())
    _of_october(desk, "e", reported_elsewhere=True)
    opened(desk, "now", recipients=SHARED)
    assert gbvims_export.recipients(desk) == (STOP,)
    ready = gbvims_export.prepare_incidents(desk, LINES)
    assert (len(ready.sheet.lines), ready.sheet.stay) == (6, 2)
    assert gbvims_export.sent_incidents(desk) == ()
    path = tmp_path / "liste.xlsx"
    gbvims_export.export_incidents(desk, ready, path)
    gbvims_export.export_incidents(desk, ready, path)
    (sent,) = gbvims_export.sent_incidents(desk)
    assert sent.record.held == tuple(line.id for line in ready.sheet.lines)
    book = load_workbook(path)
    assert book.sheetnames == ["Incident Data", "Laissés de côté", "À lire"]
    rows = list(book["Incident Data"].iter_rows(values_only=True))
    assert rows[0][:3] == ("INCIDENT ID", "SURVIVOR CODE", "CASE MANAGER CODE")
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4", "5", "6"]
    out = list(book["Laissés de côté"].iter_rows(min_row=2, values_only=True))
    assert out == [("sans accord pour cette structure", 1), ("déjà dits à une autre organisation", 1), ("Total", 2)]


def test_a_file_that_left_bears_no_code_of_ours_and_no_word_of_hers(desk_of: DeskOf, tmp_path: Path) -> None:
    desk = desk_of("responsable")
    made = [_of_october(desk, f"a{number}", account="elle raconte") for number in range(6)]
    path = tmp_path / "liste.xlsx"
    gbvims_export.export_incidents(desk, gbvims_export.prepare_incidents(desk, LINES), path)
    said = {
        str(cell)
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    }
    for one in made:
        record = one.record  # type: ignore[attr-defined]  # kept by the service
        assert not said & {record.code, record.survivor_code, record.number, record.account}
    assert "Agent responsable" not in said


def test_an_agreement_taken_back_names_what_held_it(desk_of: DeskOf, clock: FixedClock, tmp_path: Path) -> None:
    desk = desk_of("responsable")
    rows = ({"service": "health", "answer": "referred", "structure": STOP},)
    first = opened(desk, "a", interviewed_at=OCTOBER, happened_from=OCTOBER - 20 * H, recipients=SHARED, referrals=rows)
    slip = incidents.GiveSlip(request_id="g", before=first, service=Service.HEALTH)
    first = incidents.give_slip(desk, slip).value
    for number in range(6):
        _of_october(desk, f"b{number}")
    clock.advance(dt.timedelta(hours=1))
    year = replace(BY_PLACE, first=dt.date(2026, 1, 1), last=DAY)
    ready = protection_trends.prepare_crossing(desk, year)
    protection_trends.export_crossing(desk, ready, tmp_path / "a.xlsx")
    clock.advance(dt.timedelta(hours=1))
    sent = gbvims_export.export_incidents(desk, gbvims_export.prepare_incidents(desk, LINES), tmp_path / "b.xlsx").value
    back = Withdraw(request_id="w", before=first, purpose=Purpose.STATISTICS)
    gone = incidents.withdraw_agreement(desk, back).value
    found = sendings.sendings_of(desk, gone.id)
    assert [one.what for one in found] == [Left.INCIDENTS, Left.CROSSING, Left.SLIP]
    assert found[0].line == sent.line_of(gone.id)
    assert found[0].recipient == STOP
    later = opened(desk, "z")
    assert sendings.sendings_of(desk, later.id) == ()
    with pytest.raises(Problem):
        sendings.sendings_of(desk, "no id")


def test_lines_that_would_undo_a_mask_stay(desk_of: DeskOf, tmp_path: Path) -> None:
    """All but one may leave one by one: the crossing that left would tell what happened to that one."""
    desk = desk_of("responsable")
    places = ("rue", "rue", "rue", "domicile", "domicile", "domicile")
    for number, place in enumerate((*places, *places)):
        sort = {"penetration": False, "sexual_contact": True} if number >= len(places) else {}
        shared = SHARED if number else ()
        _of_october(desk, f"a{number}", place_type=place, recipients=shared, **sort)
    year = replace(BY_PLACE, first=dt.date(2026, 1, 1), last=DAY)
    ready = protection_trends.prepare_crossing(desk, year)
    assert ready.crossing.shown.masked
    protection_trends.export_crossing(desk, ready, tmp_path / "a.xlsx")
    with pytest.raises(RulesBroken) as caught:
        gbvims_export.prepare_incidents(desk, LINES)
    assert codes(caught) == ["gbvims.would_tell"]
    assert dict(caught.value.violations[0].values)["recipient"] == "Bailleur"


def test_bad_asks_for_lines_are_refused_with_all_that_is_wrong(desk_of: DeskOf, tmp_path: Path) -> None:
    desk = desk_of("responsable")
    with pytest.raises(RulesBroken) as caught:
        gbvims_export.prepare_incidents(desk, replace(LINES, recipient=" ", last=DAY))
    assert codes(caught) == ["gbvims.no_recipient", "gbvims.whole_months", "gbvims.not_over"]
    with pytest.raises(RulesBroken) as caught:
        gbvims_export.prepare_incidents(desk, LINES)
    assert codes(caught) == ["gbvims.nothing"]
    _of_october(desk, "a")
    ready = gbvims_export.prepare_incidents(desk, LINES)
    _of_october(desk, "b")
    with pytest.raises(RulesBroken) as caught:
        gbvims_export.export_incidents(desk, ready, tmp_path / "a.xlsx")
    assert codes(caught) == ["gbvims.changed"]
    with pytest.raises(RulesBroken) as caught:
        gbvims_export.recipients(desk_of("ecoutante"))
    assert codes(caught) == ["trends.responsable_only"]
