"""Trips on a real encrypted base: eight hearings postponed in one pass, all or nothing; papers of a trip."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from antenne.domain.civil import CivilPiece, EventKind
from antenne.domain.civil_faces import FileFace, FilePaper, TripFace, WarnFace
from antenne.domain.civil_overview import BoardFilter
from antenne.domain.civil_routes import Step
from antenne.domain.civil_trips import Entry, Purpose, TripResult, by_file
from antenne.domain.office import Office
from antenne.domain.persons import Consent, Phone
from antenne.domain.persons import Purpose as Consented
from antenne.domain.violations import RulesBroken
from antenne.services import civil, civil_printing, civil_trips
from antenne.services.civil_trips import CloseTrip, EnterResults, SaveTrip
from antenne.services.desk import Desk
from tests.services import money
from tests.services.test_civil import TODAY, child, codes, event, opened, written

LATER = TODAY + dt.timedelta(days=21)


def heard(desk: Desk, requester: int, **more: object) -> int:
    """A file whose hearing is today."""
    file_id = opened(desk, child(requester, "late_judgment", place="tgi_mopti", **more))
    written(desk, file_id, event(step=Step.PIECES_READY, days_ago=40))
    written(desk, file_id, event(step=Step.FILED, days_ago=30, number=f"118{file_id}"))
    written(desk, file_id, event(step=Step.HEARING, days_ago=29, until=TODAY))
    return file_id


def planned(desk: Desk, *file_ids: int, trip_id: int = 0) -> int:
    command = SaveTrip(
        request_id=money.request(), trip_id=trip_id, on=TODAY, place="tgi_mopti", words="Mariam", file_ids=file_ids
    )
    return civil_trips.save_trip(desk, command).value


def results(trip_id: int, *file_ids: int, **more: object) -> EnterResults:
    values: dict[str, object] = {
        "result": TripResult.POSTPONED, "on": TODAY, "until": LATER, "words": "juge absent", "numbers": {}, **more,
    }  # fmt: skip
    entry = Entry(**values)  # type: ignore[arg-type]  # attributes by name
    return EnterResults(request_id=money.request(), trip_id=trip_id, file_ids=file_ids, entry=entry)


def test_eight_hearings_are_postponed_in_one_pass(desk: Desk) -> None:
    awa = money.member(desk)
    files = [heard(desk, awa, first_name=f"Ali {number}") for number in range(8)]
    trip_id = planned(desk, *files)
    command = results(trip_id, *files)
    page = civil_trips.enter_results(desk, command).value
    assert {line.row.hearing_on for line in page.lines} == {LATER}
    assert {line.result for line in page.lines} == {"Renvoyée au 14/12/2026 (juge absent)"}
    for file_id in files:
        told = civil.load_page(desk, file_id)
        assert [one.kind for one in told.events][-1] is EventKind.POSTPONED
        assert told.standing.postponed == 1
    again = civil_trips.enter_results(desk, command).value
    assert again == page
    assert len(civil.load_page(desk, files[0]).events) == 4
    with pytest.raises(RulesBroken) as caught:
        civil_trips.enter_results(desk, results(trip_id, files[0]))
    assert codes(caught) == ["civil.trip_entered"]


def test_what_is_refused_is_told_by_file_and_nothing_is_half_written(desk: Desk) -> None:
    awa = money.member(desk)
    good, bad = heard(desk, awa), opened(desk, child(awa, first_name="Binta"))
    trip_id = planned(desk, good, bad)
    with pytest.raises(RulesBroken) as caught:
        civil_trips.enter_results(desk, results(trip_id, good, bad))
    assert {number: [one.code for one in some] for number, some in by_file(caught.value.violations).items()} == {
        bad: ["civil.no_hearing"]
    }
    assert len(civil.load_page(desk, good).events) == 3
    assert civil_trips.load_trip(desk, trip_id).trip.awaited == 2
    civil_trips.enter_results(desk, results(trip_id, good))
    assert civil_trips.load_trip(desk, trip_id).trip.awaited == 1


def test_each_judgment_has_its_own_number(desk: Desk) -> None:
    awa = money.member(desk)
    files = [heard(desk, awa, first_name=f"Ali {number}") for number in range(2)]
    trip_id = planned(desk, *files)
    numbers = {files[0]: "412", files[1]: " "}
    with pytest.raises(RulesBroken) as caught:
        civil_trips.enter_results(desk, results(trip_id, *files, result=TripResult.JUDGED, numbers=numbers))
    assert list(by_file(caught.value.violations)) == [files[1]]
    numbers[files[1]] = "413"
    page = civil_trips.enter_results(desk, results(trip_id, *files, result=TripResult.JUDGED, numbers=numbers)).value
    assert [line.reference for line in page.lines] == ["412", "413"]
    assert {line.purpose for line in page.lines} == {Purpose.FETCH}


def test_a_trip_is_planned_changed_and_closed(desk: Desk) -> None:
    awa = money.member(desk)
    first, second, third = (heard(desk, awa, first_name=name) for name in ("Ali", "Binta", "Coumba"))
    assert {row.file_id for row in civil_trips.offered_files(desk, BoardFilter())} == {first, second, third}
    trip_id = planned(desk, first, second)
    assert [row.file_id for row in civil_trips.offered_files(desk, BoardFilter())] == [third]
    assert [row.trip.id for row in civil_trips.to_close(desk)] == [trip_id]
    civil_trips.enter_results(desk, results(trip_id, first))
    planned(desk, third, first, trip_id=trip_id)
    page = civil_trips.load_trip(desk, trip_id)
    assert [(line.row.file_id, bool(line.result)) for line in page.lines] == [(third, False), (first, True)]
    with pytest.raises(RulesBroken) as caught:
        planned(desk, third, trip_id=trip_id)
    assert codes(caught) == ["civil.trip_done"]
    close = CloseTrip(request_id=money.request(), trip_id=trip_id)
    assert civil_trips.close_trip(desk, close).value == 1
    assert civil_trips.close_trip(desk, close).value == 1
    assert civil_trips.to_close(desk) == ()
    assert [row.trip.closed_on for row in civil_trips.list_trips(desk)] == [TODAY]
    for refused in (
        lambda: planned(desk, third, trip_id=trip_id),
        lambda: civil_trips.enter_results(desk, results(trip_id, third)),
        lambda: civil_trips.close_trip(desk, replace(close, request_id=money.request())),
    ):
        with pytest.raises(RulesBroken) as caught:
            refused()
        assert codes(caught) == ["civil.trip_closed"]


def test_a_trip_that_says_nothing_is_refused(desk: Desk) -> None:
    for refused, code in (
        (lambda: planned(desk), "civil.trip_files"),
        (lambda: planned(desk, 99), "civil.unknown"),
        (lambda: civil_trips.load_trip(desk, 99), "civil.trip_unknown"),
    ):
        with pytest.raises(RulesBroken) as caught:
            refused()
        assert codes(caught) == [code]
    assert civil_trips.list_trips(desk) == ()


def test_a_double_click_plans_one_trip(desk: Desk) -> None:
    file_id = heard(desk, money.member(desk))
    command = SaveTrip(request_id="r", on=TODAY, place="tgi_mopti", file_ids=(file_id,))
    assert civil_trips.save_trip(desk, command).value == civil_trips.save_trip(desk, command).value
    assert len(civil_trips.list_trips(desk)) == 1


# --- Papers ----------------------------------------------------------------------------------------------------------


def test_the_list_is_grouped_by_place_then_by_purpose(desk: Desk) -> None:
    awa = money.member(desk)
    here = heard(desk, awa, first_name="Ali")
    there = opened(desk, child(awa, first_name="Binta", place="mairie_sevare"))
    trip_id = planned(desk, there, here)
    seen: list[TripFace] = []

    def render(face: TripFace, _office: Office) -> bytes:
        seen.append(face)
        return b"pdf"

    assert civil_printing.render_trip(desk, trip_id, render) == b"pdf"
    groups = [(group.place, group.purpose, [row.name for row in group.rows]) for group in seen[0].groups]
    assert groups == [
        ("TGI de Mopti", Purpose.HEAR, ["TRAORÉ Ali"]),
        ("Centre d’état civil de Sévaré", Purpose.FILE, ["TRAORÉ Binta"]),
    ]
    row = seen[0].groups[0].rows[0]
    assert (row.reference, row.hearing_on) == (f"118{here}", TODAY)
    assert "Demande timbrée" in row.missing


def test_only_phones_that_may_be_called_are_on_the_list_to_warn(desk: Desk) -> None:
    women = [money.member(desk, number, f"Nom{number}", "Awa") for number in (1, 2, 3)]
    phones = (Phone("+22376123456", may_call=True, may_message=True), Phone("+22366000000", "gerant", may_call=None))
    withdrawn = Consent(Consented.CONTACT, dt.date(2026, 1, 5), "orale", withdrawn_on=dt.date(2026, 5, 1))
    with desk.write() as uow:
        for place, woman in enumerate(women):
            person = uow.persons.get(woman)
            assert person is not None
            more = {"consents": (withdrawn,)} if place == 1 else {}
            told = replace(person, phones=() if place == 2 else phones, **more)  # type: ignore[arg-type]  # by name
            uow.persons.save(told, desk.clock.now(), desk.actor.user_id)
        uow.commit()
    files = [heard(desk, women[0], first_name="Ali", witnesses="A. Traoré, S. Maïga"), heard(desk, women[0])]
    files += [heard(desk, woman) for woman in women[1:]]
    trip_id = planned(desk, *files)
    seen: list[WarnFace] = []

    def render(face: WarnFace, _office: Office) -> bytes:
        seen.append(face)
        return b"pdf"

    civil_printing.render_warn(desk, trip_id, render)
    first, second, third = seen[0].rows
    assert (first.name, first.phones, first.may_call) == ("NOM1 Awa", ("76 12 34 56 (elle, message possible)",), True)
    assert len(first.files) == 2
    assert first.witnesses == ("A. Traoré, S. Maïga",)
    assert [(row.phones, row.may_call) for row in (second, third)] == [((), False), ((), False)]


def test_a_file_offers_its_papers_and_each_has_its_face(desk: Desk) -> None:
    awa = money.member(desk)
    file_id = opened(desk, child(awa, place="tgi_mopti", declarant_link="mere"))
    page = civil.load_page(desk, file_id)
    received = replace(page.pieces[0], received_on=TODAY)
    with desk.write() as uow:
        uow.civil.put_pieces(file_id, (received, *page.pieces[1:], CivilPiece(label="Photo", required=False)))
        uow.commit()
    assert civil_printing.papers_of(desk, file_id) == (
        FilePaper.DEPOSIT,
        FilePaper.MISSING,
        FilePaper.REQUEST,
        FilePaper.WITNESSES,
        FilePaper.HONOUR,
    )
    seen: list[FileFace] = []

    def render(face: FileFace, office: Office) -> bytes:
        assert office == desk.office
        seen.append(face)
        return b"pdf"

    assert civil_printing.render_paper(desk, file_id, render) == b"pdf"
    face = seen[0]
    assert (face.requester, face.place, face.link, face.town) == ("KONÉ Awa", "TGI de Mopti", "mère", "Sévaré")
    assert [piece.label for piece in face.here] == ["Demande timbrée"]
    written(desk, file_id, event(step=Step.PIECES_READY, days_ago=9))
    written(desk, file_id, event(step=Step.FILED, days_ago=8, number="1187"))
    written(desk, file_id, event(step=Step.HEARING, days_ago=8, until=TODAY - dt.timedelta(days=3)))
    written(desk, file_id, event(step=Step.JUDGED, days_ago=3, number="412"))
    written(desk, file_id, event(step=Step.TRANSCRIBED, days_ago=2, number="77"))
    written(desk, file_id, event(step=Step.RECEIVED, days_ago=1))
    written(desk, file_id, event(step=Step.HANDED, to_whom="Awa Koné, NINA", how="signature"))
    civil_printing.render_paper(desk, file_id, render)
    assert (seen[1].judgment, seen[1].handed_to, seen[1].handed_on) == ("77", "Awa Koné, NINA", TODAY)
    with pytest.raises(RulesBroken):
        civil_printing.papers_of(desk, 99)
