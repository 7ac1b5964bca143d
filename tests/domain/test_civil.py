"""A civil file: the fold of its events, what each step may be, pieces, fees, what it must say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain import civil
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.civil import (
    Beneficiary,
    CivilEvent,
    CivilFee,
    CivilFile,
    CivilPiece,
    EventKind,
    Father,
    Payer,
    Sex,
    Standing,
    standing,
)
from antenne.domain.civil_routes import ROUTES, Route, Situation, Step
from antenne.domain.violations import Violation

TODAY = dt.date(2026, 11, 23)
AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
OPENED = TODAY - dt.timedelta(days=100)
BY_KEY = {route.key: route for route in ROUTES}
JUDGMENT, DECLARATION = BY_KEY["late_judgment"], BY_KEY["declaration"]


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def event(kind: EventKind = EventKind.STEP, days_ago: int = 0, **more: object) -> CivilEvent:
    values: dict[str, object] = {"on": ago(days_ago), "written_at": AT, "actor_id": 1, **more}
    return CivilEvent(kind=kind, **values)  # type: ignore[arg-type]  # attributes by name


def step(which: Step, days_ago: int = 0, **more: object) -> CivilEvent:
    return event(step=which, days_ago=days_ago, **more)  # type: ignore[arg-type]  # attributes by name


def at(which: Step, since: int = 10, **more: object) -> Standing:
    """A file that stands there."""
    return Standing(step=which, since=ago(since), last_on=ago(since), **more)  # type: ignore[arg-type]  # by name


def codes(found: tuple[Violation, ...]) -> list[str]:
    return [one.code for one in found]


# --- The fold --------------------------------------------------------------------------------------------------------


def whole_way() -> tuple[CivilEvent, ...]:
    return (
        step(Step.PIECES_READY, 90),
        step(Step.FILED, 80, number="1187"),
        step(Step.HEARING, 79, until=ago(60)),
        event(EventKind.POSTPONED, 60, until=ago(40), words="juge absent"),
        event(EventKind.POSTPONED, 40, until=ago(30), words="témoin absent"),
        event(EventKind.DELIBERATION, 30, until=ago(20)),
        step(Step.JUDGED, 20, number="412"),
        step(Step.TRANSCRIBED, 15, number="77"),
        step(Step.RECEIVED, 12),
        step(Step.HANDED, 10, to_whom="Awa Koné", how="signature"),
    )


def test_a_file_before_its_first_event() -> None:
    now = standing(OPENED, ())
    assert now == Standing(since=OPENED, last_on=OPENED, reached={Step.OPENED: OPENED})
    assert not now.closed


def test_the_whole_way() -> None:
    now = standing(OPENED, whole_way())
    assert (now.step, now.since, now.closed) == (Step.HANDED, ago(10), True)
    assert list(now.reached) == list(JUDGMENT.steps)
    assert (now.postponed, now.hearing_on, now.deliberating) == (2, None, False)


def test_hearings_are_awaited_one_after_the_other() -> None:
    events = whole_way()
    seen = [(standing(OPENED, events[:count]).hearing_on, standing(OPENED, events[:count]).deliberating)
            for count in (3, 4, 5, 6, 7)]  # fmt: skip
    assert seen == [(ago(60), False), (ago(40), False), (ago(30), False), (ago(20), True), (None, False)]
    again = (*events[:6], event(EventKind.HEARING_SET, 20, until=ago(5)))
    assert (standing(OPENED, again).hearing_on, standing(OPENED, again).deliberating) == (ago(5), False)


def test_what_blocks_and_what_is_to_be_done() -> None:
    events = (
        event(EventKind.BLOCKED, 9, words="acte de la mère introuvable"),
        event(EventKind.NEXT_ACTION, 8, words="rappeler Tombouctou", until=ago(-7)),
        event(EventKind.NOTE, 7, words="appel au centre"),
    )
    now = standing(OPENED, events)
    assert (now.blocked_since, now.blocked_reason) == (ago(9), "acte de la mère introuvable")
    assert (now.next_action, now.remind_on, now.last_on) == ("rappeler Tombouctou", ago(-7), ago(7))
    free = standing(OPENED, (*events, event(EventKind.UNBLOCKED, 6)))
    assert (free.blocked_since, free.blocked_reason, free.next_action) == (None, "", "rappeler Tombouctou")
    gone = standing(OPENED, (*events, step(Step.ABANDONED, 2, words="partie à Gao")))
    assert (gone.closed, gone.blocked_since, gone.next_action, gone.remind_on) == (True, None, "", None)


def test_other_lines_of_the_journal_change_no_step() -> None:
    for kind in (EventKind.NOTE, EventKind.REROUTED, EventKind.TAKEN_BACK):
        now = standing(OPENED, (event(kind, 3, words="x"),))
        assert (now.step, now.since, now.last_on) == (Step.OPENED, OPENED, ago(3))
    assert standing(OPENED, (event(days_ago=2),)).step is Step.OPENED


def test_a_reopened_file_forgets_what_comes_after_and_keeps_the_first_day() -> None:
    now = standing(OPENED, (*whole_way(), event(EventKind.REOPENED, 1, step=Step.TRANSCRIBED, words="faute")))
    assert (now.step, now.since, now.closed) == (Step.TRANSCRIBED, ago(1), False)
    assert now.reached[Step.TRANSCRIBED] == ago(15)
    assert Step.RECEIVED not in now.reached
    assert Step.HANDED not in now.reached


def test_an_act_received_in_one_year_and_handed_over_again_in_the_next_counts_in_the_first() -> None:
    way = (*whole_way(), event(EventKind.REOPENED, 1, step=Step.RECEIVED, words="remis à une autre"))
    assert standing(OPENED, way).reached[Step.RECEIVED] == ago(12)


def test_another_demarche_begins_again_without_forgetting_the_opening() -> None:
    way = (step(Step.PIECES_READY, 90), event(EventKind.REROUTED, 3), event(EventKind.REOPENED, 3, step=Step.OPENED))
    now = standing(OPENED, way)
    assert (now.step, now.since, now.reached) == (Step.OPENED, ago(3), {Step.OPENED: OPENED})


def test_a_file_that_goes_back_to_its_hearing_awaits_none_until_it_is_set() -> None:
    way = (*whole_way(), event(EventKind.REOPENED, 1, step=Step.HEARING, words="jugement à refaire"))
    assert (standing(OPENED, way).step, standing(OPENED, way).hearing_on) == (Step.HEARING, None)


KINDS = st.sampled_from(EventKind)
EVENTS = st.lists(
    st.builds(
        lambda kind, which, days, later: event(kind, days, step=which, until=ago(-later)),
        KINDS, st.none() | st.sampled_from(Step), st.integers(0, 90), st.integers(0, 90),
    ),
    max_size=25,
)  # fmt: skip


@given(EVENTS)
def test_whatever_was_written_the_fold_holds_together(events: list[CivilEvent]) -> None:
    now = standing(OPENED, events)
    assert now.step in now.reached
    assert now.last_on == max([OPENED, *(one.on for one in events)])
    assert now.postponed == sum(one.kind is EventKind.POSTPONED for one in events)
    assert now.since in {OPENED, *(one.on for one in events)}


# --- Steps -----------------------------------------------------------------------------------------------------------


def test_the_next_step() -> None:
    assert civil.next_step(JUDGMENT, at(Step.FILED)) is Step.HEARING
    assert civil.next_step(DECLARATION, at(Step.FILED)) is Step.RECEIVED
    assert civil.next_step(DECLARATION, at(Step.HEARING)) is None
    assert civil.next_step(JUDGMENT, at(Step.HANDED)) is None


@pytest.mark.parametrize(
    ("route", "now", "what", "expected"),
    [
        (JUDGMENT, at(Step.OPENED), step(Step.PIECES_READY), []),
        (JUDGMENT, at(Step.OPENED), step(Step.FILED), ["civil.not_next"]),
        (JUDGMENT, at(Step.OPENED), step(Step.HEARING, until=TODAY), ["civil.not_next"]),
        (JUDGMENT, at(Step.OPENED), event(), ["civil.not_next"]),
        (DECLARATION, at(Step.HEARING), event(), ["civil.not_next"]),
        (JUDGMENT, at(Step.OPENED), step(Step.PIECES_READY, -1), ["civil.future"]),
        (JUDGMENT, at(Step.OPENED), step(Step.PIECES_READY, 11), ["civil.before_last"]),
        (JUDGMENT, at(Step.FILED), step(Step.HEARING, until=ago(-9)), []),
        (JUDGMENT, at(Step.FILED), step(Step.HEARING, until=TODAY), []),
        (JUDGMENT, at(Step.FILED), step(Step.HEARING), ["civil.hearing_day"]),
        (JUDGMENT, at(Step.FILED), step(Step.HEARING, until=ago(1)), ["civil.hearing_day"]),
        (JUDGMENT, at(Step.FILED), step(Step.HEARING, 12, until=ago(11)), ["civil.before_last"]),
        (JUDGMENT, at(Step.HEARING), step(Step.JUDGED), ["civil.number"]),
        (JUDGMENT, at(Step.HEARING), step(Step.JUDGED, number=" "), ["civil.number"]),
        (JUDGMENT, at(Step.HEARING), step(Step.JUDGED, number="412"), []),
        (JUDGMENT, at(Step.JUDGED), step(Step.TRANSCRIBED), ["civil.number"]),
        (JUDGMENT, at(Step.RECEIVED), step(Step.HANDED), ["civil.hand_to", "civil.hand_how"]),
        (JUDGMENT, at(Step.RECEIVED), step(Step.HANDED, to_whom="Awa Koné", how="signature"), []),
        (JUDGMENT, at(Step.FILED), step(Step.REJECTED), ["civil.reason"]),
        (JUDGMENT, at(Step.FILED), step(Step.REJECTED, words="témoins contradictoires"), []),
        (JUDGMENT, at(Step.OPENED), step(Step.ABANDONED, words="partie à Gao"), []),
        (JUDGMENT, at(Step.HANDED), step(Step.REJECTED, words="x"), ["civil.closed"]),
    ],
)
def test_what_a_step_may_be(route: Route, now: Standing, what: CivilEvent, expected: list[str]) -> None:
    assert codes(civil.check_step(route, now, what, TODAY)) == expected


def test_a_judgment_of_december_is_transcribed_in_january() -> None:
    judged = Standing(step=Step.JUDGED, since=dt.date(2025, 12, 20), last_on=dt.date(2025, 12, 20))
    what = replace(step(Step.TRANSCRIBED, number="12/2026"), on=dt.date(2026, 1, 12))
    assert civil.check_step(JUDGMENT, judged, what, TODAY) == ()


@pytest.mark.parametrize(
    ("now", "what", "expected"),
    [
        (at(Step.HEARING), event(EventKind.POSTPONED, until=ago(-20), words="juge absent"), []),
        (at(Step.HEARING), event(EventKind.POSTPONED, until=ago(-20)), ["civil.reason"]),
        (at(Step.HEARING), event(EventKind.POSTPONED, words="x"), ["civil.hearing_day"]),
        (at(Step.HEARING), event(EventKind.DELIBERATION, until=TODAY), ["civil.hearing_day"]),
        (at(Step.HEARING), event(EventKind.HEARING_SET, until=ago(-1)), []),
        (at(Step.HEARING), event(EventKind.HEARING_SET, -1, until=ago(-2)), ["civil.future"]),
        (at(Step.FILED), event(EventKind.HEARING_SET, until=ago(-1)), ["civil.no_hearing"]),
        (at(Step.JUDGED), event(EventKind.POSTPONED, 11), [
            "civil.no_hearing", "civil.before_last", "civil.hearing_day", "civil.reason",
        ]),
    ],
)  # fmt: skip
def test_what_a_hearing_may_be(now: Standing, what: CivilEvent, expected: list[str]) -> None:
    assert codes(civil.check_hearing(now, what, TODAY)) == expected


def test_what_reopening_may_be() -> None:
    now = standing(OPENED, whole_way())
    back = event(EventKind.REOPENED, step=Step.TRANSCRIBED, words="faute sur le prénom")
    assert civil.check_reopening(JUDGMENT, now, back, TODAY) == ()
    for wrong, code in (
        (replace(back, words=" "), "civil.reason"),
        (replace(back, step=Step.HANDED), "civil.step"),
        (replace(back, step=None), "civil.step"),
        (replace(back, on=ago(-1)), "civil.future"),
        (replace(back, on=ago(11)), "civil.before_last"),
    ):
        assert codes(civil.check_reopening(JUDGMENT, now, wrong, TODAY)) == [code]
    assert codes(civil.check_reopening(JUDGMENT, at(Step.FILED), back, TODAY)) == ["civil.not_closed", "civil.step"]


def test_reopening_skips_no_step() -> None:
    """A file given up at its opening does not come back as « volet n° 3 reçu », which would count an act."""
    now = standing(OPENED, (step(Step.ABANDONED, 5, words="partie"),))
    back = event(EventKind.REOPENED, step=Step.RECEIVED, words="revenue")
    assert codes(civil.check_reopening(JUDGMENT, now, back, TODAY)) == ["civil.step"]
    assert civil.check_reopening(JUDGMENT, now, replace(back, step=Step.OPENED), TODAY) == ()


def test_a_closed_file_takes_notes_and_waits_for_nothing() -> None:
    closed, running = standing(OPENED, whole_way()), at(Step.FILED)
    for kind in (EventKind.BLOCKED, EventKind.NEXT_ACTION):
        assert codes(civil.check_line(closed, event(kind, words="greffe fermé"), TODAY)) == ["civil.closed"]
        assert civil.check_line(running, event(kind, words="greffe fermé"), TODAY) == ()
    assert civil.check_line(closed, event(EventKind.NOTE, words="elle a appelé"), TODAY) == ()
    assert civil.check_line(running, event(EventKind.UNBLOCKED), TODAY) == ()
    assert codes(civil.check_line(running, event(EventKind.NOTE, -1, words=" "), TODAY)) == [
        "civil.words",
        "civil.future",
    ]


# --- What a file says ------------------------------------------------------------------------------------------------

FILE = CivilFile(
    route_key="late_judgment",
    route_version=1,
    opened_on=OPENED,
    requester_id=1,
    beneficiary=Beneficiary.CHILD,
    last_name="Traoré",
    first_name="Ibrahim",
    sex=Sex.MALE,
    birth=Birth(Precision.DAY, dt.date(2021, 2, 2)),
    mother_name="Awa Koné",
    father=Father.UNKNOWN,
    late_reason="née loin du centre",
)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"last_name": " "}, [("civil.name", "last_name")]),
        ({"first_name": ""}, [("civil.name", "first_name")]),
        ({"sex": None}, [("civil.sex", "sex")]),
        ({"opened_on": ago(-1)}, [("civil.opened_future", "opened_on")]),
        ({"birth": Birth(Precision.DAY, ago(99))}, [("civil.born_after", "birth")]),
        ({"birth": Birth(Precision.DAY, OPENED)}, []),
        ({"birth": Birth(Precision.DAY, dt.date(2024, 2, 29))}, []),
        ({"birth": Birth(Precision.MONTH, OPENED.replace(day=1))}, []),
        ({"birth": Birth(Precision.MONTH, TODAY.replace(day=1))}, [("civil.born_after", "birth")]),
        ({"birth": Birth(Precision.YEAR, dt.date(2026, 1, 1))}, []),
        ({"birth": UNKNOWN}, []),
        ({"mother_name": ""}, [("civil.mother", "mother_name")]),
        ({"father": None}, [("civil.father", "father")]),
        ({"late_reason": ""}, [("civil.late_reason", "late_reason")]),
        ({"beneficiary": Beneficiary.SELF, "mother_name": "", "father": None}, []),
    ],
)
def test_what_a_file_must_say(change: dict[str, object], expected: list[tuple[str, str]]) -> None:
    found = civil.check_file(replace(FILE, **change), JUDGMENT, TODAY)  # type: ignore[arg-type]  # by name
    assert [(one.code, one.field) for one in found] == expected


def test_an_identity_card_asks_neither_mother_nor_father() -> None:
    card = replace(FILE, route_key="identity_card", mother_name="", father=None, late_reason="")
    assert civil.check_file(card, BY_KEY["identity_card"], TODAY) == ()


def test_the_answers_that_pieces_depend_on() -> None:
    told = replace(FILE, mother_has_act=False, twin=True, in_wedlock=False)
    assert told.situation(minor=True) == Situation(mother_has_act=False, twin=True, in_wedlock=False, minor=True)


# --- Pieces, fees, odd numbers ---------------------------------------------------------------------------------------


def piece(code: str, alternative: str = "", **more: object) -> CivilPiece:
    return CivilPiece(code=code, label=code, alternative=alternative, **more)  # type: ignore[arg-type]  # by name


def test_one_of_several_alternatives_is_enough() -> None:
    absent = (piece("certificat", "birth"), piece("non-inscription", "birth"), piece("demande"))
    assert [one.code for one in civil.missing_pieces(absent)] == ["certificat", "non-inscription", "demande"]
    came = (replace(absent[0], received_on=ago(3)), *absent[1:])
    assert [one.code for one in civil.missing_pieces(came)] == ["demande"]
    back = (replace(came[0], returned_on=ago(1)), *absent[1:])
    assert [one.code for one in civil.missing_pieces(back)] == ["demande"]
    assert civil.missing_pieces((piece("x", required=False),)) == ()


def test_whether_a_piece_lies_here() -> None:
    assert not piece("a").is_here
    assert piece("a", received_on=ago(3)).is_here
    assert not piece("a", received_on=ago(3), returned_on=ago(1)).is_here


@pytest.mark.parametrize(
    ("one", "on", "to_whom", "expected"),
    [
        (piece("a", received_on=ago(3)), TODAY, "Awa Koné", []),
        (piece("a", received_on=ago(3)), ago(3), "Awa Koné", []),
        (piece("a", received_on=ago(3)), TODAY, " ", ["civil.hand_to"]),
        (piece("a", received_on=ago(3)), ago(4), "Awa Koné", ["civil.piece_before"]),
        (piece("a", received_on=ago(3)), ago(-1), "Awa Koné", ["civil.future"]),
        (piece("a"), TODAY, "Awa Koné", ["civil.piece_absent"]),
        (piece("a", received_on=ago(3), returned_on=ago(2)), TODAY, "Awa Koné", ["civil.piece_returned"]),
    ],
)
def test_a_piece_is_given_back_once(one: CivilPiece, on: dt.date, to_whom: str, expected: list[str]) -> None:
    assert codes(civil.check_return(one, on, to_whom, TODAY)) == expected


def fee(payer: Payer, amount: int) -> CivilFee:
    return CivilFee(label="Timbre", amount=amount, payer=payer, on=TODAY)


def test_free_is_neither_for_her_nor_for_the_project() -> None:
    assert civil.is_free(())
    assert civil.is_free((fee(Payer.FREE, 0), fee(Payer.SHE, 0)))
    assert not civil.is_free((fee(Payer.FREE, 0), fee(Payer.SHE, 100)))
    assert not civil.is_free((fee(Payer.PROJECT, 1000),))


@pytest.mark.parametrize(
    ("nina", "odd"),
    [("", False), ("19405151002003K", False), ("194051510020031", True), ("1940515100200K", True), ("K", True)],
)
def test_an_odd_nina_is_said_and_never_refused(nina: str, odd: bool) -> None:
    assert civil.odd_nina(nina) is odd
    assert civil.check_file(replace(FILE, nina=nina), JUDGMENT, TODAY) == ()


@pytest.mark.parametrize(
    ("now", "asleep"),
    [
        (at(Step.FILED, 45), False),
        (at(Step.FILED, 46), True),
        (at(Step.HEARING, 46, hearing_on=TODAY), False),
        (at(Step.HEARING, 46, hearing_on=ago(1)), True),
        (at(Step.HANDED, 400), False),
    ],
)
def test_a_file_falls_asleep_without_events_unless_a_hearing_is_awaited(now: Standing, asleep: bool) -> None:
    assert civil.is_asleep(JUDGMENT, now, TODAY) is asleep
