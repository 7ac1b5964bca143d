"""A civil file from opening to hand-over, on a real encrypted base."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.base.clock import FixedClock
from antenne.domain.births import Birth, Precision
from antenne.domain.civil import CivilEvent, CivilFile, EventKind, Father, Sex
from antenne.domain.civil_routes import Beneficiary, Step
from antenne.domain.violations import RulesBroken
from antenne.services import civil
from antenne.services.desk import Desk
from tests.services import money

TODAY = dt.date(2026, 11, 23)
AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def codes(caught: pytest.ExceptionInfo[RulesBroken]) -> list[str]:
    return [violation.code for violation in caught.value.violations]


def child(requester_id: int, route_key: str = "late_judgment", **more: object) -> CivilFile:
    values: dict[str, object] = {
        "last_name": "Traoré",
        "first_name": "Ibrahim",
        "sex": Sex.MALE,
        "birth": Birth(Precision.DAY, dt.date(2021, 2, 2)),
        "mother_name": "Awa Koné",
        "mother_has_act": False,
        "father": Father.UNKNOWN,
        "late_reason": "déplacement",
        "opened_on": TODAY - dt.timedelta(days=50),
        **more,
    }
    return CivilFile(
        route_key=route_key,
        route_version=0,
        requester_id=requester_id,
        beneficiary=Beneficiary.CHILD,
        **values,  # type: ignore[arg-type]  # attributes by name
    )


def event(kind: EventKind = EventKind.STEP, days_ago: int = 0, **more: object) -> CivilEvent:
    on = TODAY - dt.timedelta(days=days_ago)
    return CivilEvent(kind=kind, on=on, written_at=AT, actor_id=0, **more)  # type: ignore[arg-type]  # by name


def written(desk: Desk, file_id: int, what: CivilEvent) -> civil.FilePage:
    command = civil.WriteEvent(request_id=money.request(), file_id=file_id, event=what)
    return civil.write_event(desk, command).value


def opened(desk: Desk, file: CivilFile) -> int:
    return civil.open_file(desk, civil.OpenFile(request_id=money.request(), file=file)).value


def test_a_judgment_goes_its_way_with_a_hearing_postponed_twice(desk: Desk, clock: FixedClock) -> None:
    awa = money.member(desk)
    file_id = opened(desk, child(awa))
    page = civil.load_page(desk, file_id)
    assert page.file.number == "N-2026-0001"
    assert "honour" in {piece.code for piece in page.missing}
    written(desk, file_id, event(step=Step.PIECES_READY, days_ago=40))
    written(desk, file_id, event(step=Step.FILED, days_ago=30, number="1187", place="TGI de Mopti"))
    page = written(desk, file_id, event(step=Step.HEARING, days_ago=29, until=TODAY - dt.timedelta(days=20)))
    assert page.standing.hearing_on == TODAY - dt.timedelta(days=20)
    for days_ago, until in ((20, 10), (10, 3)):
        later = TODAY - dt.timedelta(days=until)
        page = written(desk, file_id, event(EventKind.POSTPONED, days_ago=days_ago, until=later, words="juge absent"))
    assert (page.standing.postponed, page.standing.step) == (2, Step.HEARING)
    written(desk, file_id, event(step=Step.JUDGED, days_ago=3, number="412"))
    written(desk, file_id, event(step=Step.TRANSCRIBED, days_ago=2, number="77"))
    written(desk, file_id, event(step=Step.RECEIVED, days_ago=1))
    page = written(desk, file_id, event(step=Step.HANDED, to_whom="Awa Koné, carte NINA", how="signature"))
    assert page.standing.closed
    assert page.next_step is None
    clock.advance(dt.timedelta(days=1))
    back = event(EventKind.REOPENED, step=Step.TRANSCRIBED, words="faute sur le prénom")
    page = written(desk, file_id, back)
    assert (page.standing.step, page.next_step) == (Step.TRANSCRIBED, Step.RECEIVED)


def test_steps_in_disorder_are_refused(desk: Desk) -> None:
    awa = money.member(desk)
    file_id = opened(desk, child(awa))
    for what, code in (
        (event(step=Step.HEARING, until=TODAY), "civil.not_next"),
        (event(EventKind.POSTPONED, until=TODAY + dt.timedelta(days=9), words="x"), "civil.no_hearing"),
        (event(step=Step.PIECES_READY, days_ago=-1), "civil.future"),
        (event(step=Step.PIECES_READY, days_ago=60), "civil.before_last"),
        (event(EventKind.REOPENED, step=Step.FILED, words="x"), "civil.not_closed"),
        (event(EventKind.NOTE), "civil.words"),
        (event(step=Step.ABANDONED), "civil.reason"),
    ):
        with pytest.raises(RulesBroken) as caught:
            written(desk, file_id, what)
        assert code in codes(caught)
    assert civil.load_page(desk, file_id).events == ()


def test_a_declaration_past_its_delay_goes_on_as_a_judgment_and_loses_nothing(desk: Desk) -> None:
    awa = money.member(desk)
    born = Birth(Precision.DAY, TODAY - dt.timedelta(days=25))
    file_id = opened(desk, child(awa, "declaration", birth=born, late_reason="", opened_on=TODAY, born_at_home=True))
    before = civil.load_page(desk, file_id)
    command = civil.Reroute(request_id="r", file_id=file_id, route_key="late_judgment", reason="le délai est passé")
    after = civil.reroute(desk, command).value
    assert after.route.key == "late_judgment"
    assert after.file.late_reason == "le délai est passé"
    assert after.standing.step is Step.OPENED
    assert {piece.id for piece in before.pieces} <= {piece.id for piece in after.pieces}
    assert not next(piece for piece in after.pieces if piece.code == "home_birth").required


def test_why_a_birth_was_not_declared_is_said_only_of_a_judgment(desk: Desk) -> None:
    file_id = opened(desk, child(money.member(desk), "declaration", late_reason="", opened_on=TODAY))
    command = civil.Reroute(request_id="r", file_id=file_id, route_key="copy", reason="l’acte est retrouvé")
    assert civil.reroute(desk, command).value.file.late_reason == ""


def test_what_a_file_must_say(desk: Desk) -> None:
    awa = money.member(desk)
    wrong = child(awa, sex=None, mother_name="", father=None, late_reason="", birth=Birth(Precision.DAY, TODAY))
    with pytest.raises(RulesBroken) as caught:
        opened(desk, wrong)
    assert codes(caught) == ["civil.sex", "civil.born_after", "civil.mother", "civil.father", "civil.late_reason"]
    with pytest.raises(RulesBroken) as caught:
        opened(desk, child(awa, "nothing"))
    assert codes(caught) == ["civil.route"]
    with pytest.raises(RulesBroken) as caught:
        opened(desk, child(999))
    assert codes(caught) == ["civil.unknown_person"]
    assert opened(desk, child(awa))


def test_the_same_child_is_suggested(desk: Desk) -> None:
    awa = money.member(desk)
    first = opened(desk, child(awa))
    opened(desk, child(awa, last_name="traore", first_name="IBRAHIM"))
    with desk.read() as uow:
        file = uow.civil.get(first)
        assert file is not None
        assert [one.number for one in uow.civil.same_child(file)] == ["N-2026-0002"]
