"""Trips: what may be kept, what a file goes for, what a result becomes."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.domain.civil import CivilEvent, CivilFile, CivilPiece, EventKind, Father
from antenne.domain.civil_faces import (
    FatherOnPaper,
    FileFace,
    FilePaper,
    TripFace,
    TripGroup,
    TripRow,
    father_on_paper,
    papers_offered,
)
from antenne.domain.civil_first_routes import ROUTES
from antenne.domain.civil_routes import Beneficiary, Route, Step
from antenne.domain.civil_standing import Standing
from antenne.domain.civil_trips import (
    Entry,
    Purpose,
    Trip,
    TripFile,
    TripResult,
    by_file,
    check_change,
    check_results,
    check_trip,
    event_of,
    of_file,
    purpose,
)
from antenne.domain.violations import Violation

TODAY = dt.date(2026, 11, 23)
AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def route(key: str) -> Route:
    return next(one for one in ROUTES if one.key == key)


def trip(*files: TripFile, place: str = "tgi_mopti", closed_on: dt.date | None = None) -> Trip:
    return Trip(on=TODAY, place=place, made_by=1, files=files, closed_on=closed_on)


def codes(violations: tuple[Violation, ...]) -> list[str]:
    return [one.code for one in violations]


def test_a_trip_has_a_place_and_each_file_once() -> None:
    one = TripFile(file_id=1)
    assert check_trip(trip(one)) == ()
    assert codes(check_trip(trip(place=" "))) == ["civil.trip_place", "civil.trip_files"]
    assert codes(check_trip(trip(one, one))) == ["civil.trip_files"]


def test_a_result_that_is_noted_stays_in_its_trip() -> None:
    before = trip(TripFile(file_id=1, event_id=9), TripFile(file_id=2))
    assert before.awaited == 1
    assert check_change(before, trip(TripFile(file_id=1))) == ()
    assert codes(check_change(before, trip(TripFile(file_id=2)))) == ["civil.trip_done"]
    assert codes(check_change(trip(closed_on=TODAY), before)) == ["civil.trip_closed"]


def test_results_are_told_by_file() -> None:
    known = trip(TripFile(file_id=1, event_id=9), TripFile(file_id=2))
    assert check_results(known, (2,)) == ()
    assert codes(check_results(known, ())) == ["civil.trip_nothing"]
    assert codes(check_results(trip(closed_on=TODAY), (2,))) == ["civil.trip_closed"]
    found = by_file(check_results(known, (1, 2, 3)))
    assert {number: codes(tuple(some)) for number, some in found.items()} == {
        1: ["civil.trip_entered"],
        3: ["civil.trip_stranger"],
    }
    assert list(by_file((Violation("civil.trip_nothing"), of_file(Violation("civil.reason"), 4)))) == [None, 4]


@pytest.mark.parametrize(
    ("key", "step", "found"),
    [
        ("late_judgment", Step.OPENED, Purpose.FILE),
        ("late_judgment", Step.PIECES_READY, Purpose.FILE),
        ("late_judgment", Step.FILED, Purpose.HEAR),
        ("late_judgment", Step.HEARING, Purpose.HEAR),
        ("late_judgment", Step.JUDGED, Purpose.FETCH),
        ("late_judgment", Step.TRANSCRIBED, Purpose.FETCH),
        ("late_judgment", Step.RECEIVED, Purpose.OTHER),
        ("late_judgment", Step.HANDED, Purpose.OTHER),
        ("late_judgment", Step.REJECTED, Purpose.OTHER),
        ("declaration", Step.FILED, Purpose.FETCH),
        ("declaration", Step.HEARING, Purpose.OTHER),
    ],
)
def test_what_a_file_goes_for(key: str, step: Step, found: Purpose) -> None:
    assert purpose(step, route(key)) is found


@pytest.mark.parametrize(
    ("result", "step", "kind", "to", "until", "number"),
    [
        (TripResult.FILED, Step.PIECES_READY, EventKind.STEP, Step.FILED, False, "412"),
        (TripResult.HEARING, Step.FILED, EventKind.STEP, Step.HEARING, True, ""),
        (TripResult.HEARING, Step.HEARING, EventKind.HEARING_SET, None, True, ""),
        (TripResult.POSTPONED, Step.HEARING, EventKind.POSTPONED, None, True, ""),
        (TripResult.DELIBERATION, Step.HEARING, EventKind.DELIBERATION, None, True, ""),
        (TripResult.JUDGED, Step.HEARING, EventKind.STEP, Step.JUDGED, False, "412"),
        (TripResult.NOTE, Step.HEARING, EventKind.NOTE, None, False, ""),
    ],
)
def test_what_a_result_becomes(
    result: TripResult, step: Step, kind: EventKind, to: Step | None, until: bool, number: str
) -> None:
    later = TODAY + dt.timedelta(days=14)
    entry = Entry(result=result, on=TODAY, until=later, words=" juge absent ", place="tgi_mopti", numbers={7: " 412 "})
    now = Standing(step=step, since=TODAY, last_on=TODAY)
    assert event_of(entry, 7, now, AT, 3) == CivilEvent(
        kind=kind,
        on=TODAY,
        written_at=AT,
        actor_id=3,
        step=to,
        until=later if until else None,
        place="tgi_mopti",
        number=number,
        words="juge absent",
    )


def file(**more: object) -> CivilFile:
    values: dict[str, object] = {"last_name": "Traoré", "first_name": "Ibrahim", **more}
    return CivilFile(
        route_key="late_judgment",
        route_version=1,
        opened_on=TODAY,
        requester_id=1,
        beneficiary=Beneficiary.CHILD,
        **values,  # type: ignore[arg-type]  # attributes by name
    )


def test_papers_that_make_sense_now() -> None:
    here = CivilPiece(code="request", label="Demande", received_on=TODAY)
    absent = CivilPiece(code="witnesses", label="Témoins")
    judgment, declaration = route("late_judgment"), route("declaration")
    assert papers_offered(judgment, Step.OPENED, file(mother_has_act=False), (here, absent)) == (
        FilePaper.DEPOSIT,
        FilePaper.MISSING,
        FilePaper.REQUEST,
        FilePaper.WITNESSES,
        FilePaper.HONOUR,
    )
    assert papers_offered(declaration, Step.RECEIVED, file(), ()) == (FilePaper.HANDOVER,)
    face = FileFace(
        file=file(),
        route=judgment,
        step=Step.OPENED,
        pieces=(here, absent),
        requester="KONÉ Awa",
        today=TODAY,
        town="S",
    )
    assert (face.name, face.here, face.missing) == ("TRAORÉ Ibrahim", (here,), (absent,))


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({"in_wedlock": True, "father_name": "Oumar"}, FatherOnPaper.NAMED),
        ({"in_wedlock": False, "recognised": True, "father_name": "Oumar"}, FatherOnPaper.NAMED),
        ({"in_wedlock": True}, FatherOnPaper.BLANK),
        ({"in_wedlock": False, "recognised": False, "father_name": "Oumar"}, FatherOnPaper.LEFT_OUT),
        ({"father": Father.UNKNOWN}, FatherOnPaper.LEFT_OUT),
        ({"father": Father.UNDECLARED}, FatherOnPaper.LEFT_OUT),
        ({"father": Father.KNOWN, "father_name": "Oumar"}, FatherOnPaper.BLANK),
        ({}, FatherOnPaper.BLANK),
    ],
)
def test_the_father_is_named_only_where_filiation_is_established(
    answers: dict[str, object], found: FatherOnPaper
) -> None:
    assert father_on_paper(file(**answers)) is found


def test_a_trip_counts_its_files() -> None:
    row = TripRow(number="N-2026-0001", name="TRAORÉ Ibrahim", step="Audience")
    face = TripFace(
        on=TODAY,
        place="TGI de Mopti",
        words="",
        groups=(TripGroup("TGI", Purpose.HEAR, (row, row)), TripGroup("TGI", Purpose.FILE, (row,))),
    )
    assert face.count == 3
