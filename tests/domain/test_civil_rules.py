"""What each step may be, pieces, fees, what a file must say."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from antenne.domain import civil_rules
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.civil import CivilEvent, CivilFee, CivilFile, CivilPiece, EventKind, Father, Payer, Sex
from antenne.domain.civil_routes import Beneficiary, Result, Route, Situation, Step
from antenne.domain.civil_standing import Standing, standing
from tests.domain.civil_help import BY_KEY, DECLARATION, JUDGMENT, OPENED, TODAY, ago, at, codes, event, step, whole_way


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
        (JUDGMENT, at(Step.HEARING, hearing_on=TODAY), step(Step.JUDGED, number="412"), []),
        (JUDGMENT, at(Step.HEARING, hearing_on=ago(3)), step(Step.JUDGED, 4, number="412"), ["civil.before_hearing"]),
        (JUDGMENT, at(Step.HEARING, hearing_on=ago(-9)), step(Step.JUDGED, number="412"), ["civil.before_hearing"]),
        (JUDGMENT, at(Step.HEARING), step(Step.JUDGED, 11, number="412"), ["civil.before_last"]),
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
    assert codes(civil_rules.check_step(route, now, what, TODAY)) == expected


def test_a_judgment_of_december_is_transcribed_in_january() -> None:
    judged = Standing(step=Step.JUDGED, since=dt.date(2025, 12, 20), last_on=dt.date(2025, 12, 20))
    what = replace(step(Step.TRANSCRIBED, number="12/2026"), on=dt.date(2026, 1, 12))
    assert civil_rules.check_step(JUDGMENT, judged, what, TODAY) == ()


@pytest.mark.parametrize(
    ("now", "what", "expected"),
    [
        (at(Step.HEARING), event(EventKind.POSTPONED, until=ago(-20), words="juge absent"), []),
        (at(Step.HEARING), event(EventKind.POSTPONED, until=ago(-20)), ["civil.reason"]),
        (at(Step.HEARING), event(EventKind.POSTPONED, words="x"), ["civil.hearing_day"]),
        (at(Step.HEARING), event(EventKind.DELIBERATION, until=TODAY), ["civil.hearing_day"]),
        (at(Step.HEARING), event(EventKind.HEARING_SET, until=ago(-1)), []),
        (at(Step.HEARING), event(EventKind.HEARING_SET, until=TODAY), []),
        (at(Step.HEARING), event(EventKind.HEARING_SET, until=ago(1)), ["civil.hearing_day"]),
        (at(Step.HEARING), event(EventKind.HEARING_SET, -1, until=ago(-2)), ["civil.future"]),
        (at(Step.FILED), event(EventKind.HEARING_SET, until=ago(-1)), ["civil.no_hearing"]),
        (at(Step.JUDGED), event(EventKind.POSTPONED, 11), [
            "civil.no_hearing", "civil.before_last", "civil.hearing_day", "civil.reason",
        ]),
    ],
)  # fmt: skip
def test_what_a_hearing_may_be(now: Standing, what: CivilEvent, expected: list[str]) -> None:
    assert codes(civil_rules.check_hearing(now, what, TODAY)) == expected


def test_what_reopening_may_be() -> None:
    now = standing(OPENED, whole_way())
    back = event(EventKind.REOPENED, step=Step.TRANSCRIBED, words="faute sur le prénom")
    assert civil_rules.check_reopening(JUDGMENT, now, back, TODAY) == ()
    for wrong, code in (
        (replace(back, words=" "), "civil.reason"),
        (replace(back, step=Step.HANDED), "civil.step"),
        (replace(back, step=None), "civil.step"),
        (replace(back, on=ago(-1)), "civil.future"),
        (replace(back, on=ago(11)), "civil.before_last"),
    ):
        assert codes(civil_rules.check_reopening(JUDGMENT, now, wrong, TODAY)) == [code]
    assert codes(civil_rules.check_reopening(JUDGMENT, at(Step.FILED), back, TODAY)) == [
        "civil.not_closed",
        "civil.step",
    ]


def test_reopening_skips_no_step() -> None:
    """A file given up at its opening does not come back as « volet n° 3 reçu », which would count an act."""
    now = standing(OPENED, (step(Step.ABANDONED, 5, words="partie"),))
    back = event(EventKind.REOPENED, step=Step.RECEIVED, words="revenue")
    assert codes(civil_rules.check_reopening(JUDGMENT, now, back, TODAY)) == ["civil.step"]
    assert civil_rules.check_reopening(JUDGMENT, now, replace(back, step=Step.OPENED), TODAY) == ()


def test_a_closed_file_takes_notes_and_waits_for_nothing() -> None:
    closed = standing(OPENED, whole_way())
    running = at(Step.FILED, next_action="rappeler le greffe")
    for kind in (EventKind.BLOCKED, EventKind.NEXT_ACTION, EventKind.DONE):
        assert codes(civil_rules.check_line(closed, event(kind, words="greffe fermé"), TODAY)) == ["civil.closed"]
        assert civil_rules.check_line(running, event(kind, words="greffe fermé"), TODAY) == ()
    assert civil_rules.check_line(closed, event(EventKind.NOTE, words="elle a appelé"), TODAY) == ()
    assert civil_rules.check_line(running, event(EventKind.UNBLOCKED), TODAY) == ()
    assert codes(civil_rules.check_line(running, event(EventKind.NOTE, -1, words=" "), TODAY)) == [
        "civil.words",
        "civil.future",
    ]


def test_only_what_was_to_be_done_is_done() -> None:
    done = event(EventKind.DONE)
    assert codes(civil_rules.check_line(at(Step.FILED), done, TODAY)) == ["civil.nothing_to_do"]
    assert civil_rules.check_line(at(Step.FILED, next_action="rappeler"), done, TODAY) == ()


def test_a_slip_is_taken_back_with_a_reason_and_no_earlier_year_is_counted_anew() -> None:
    now, why = standing(OPENED, whole_way()), event(EventKind.TAKEN_BACK, words="mauvais dossier")
    check = civil_rules.check_taking_back
    handed = whole_way()[-1]
    assert check(now, handed, why, TODAY) == ()
    assert codes(check(now, None, why, TODAY)) == ["civil.no_slip"]
    assert codes(check(now, handed, replace(why, words=" ", on=ago(-1)), TODAY)) == ["civil.reason", "civil.future"]
    last_year = replace(handed, on=dt.date(2025, 12, 31))
    assert codes(check(now, last_year, why, TODAY)) == ["civil.slip_old"]
    assert codes(check(now, replace(last_year, step=Step.RECEIVED), why, TODAY)) == ["civil.slip_old"]
    assert check(now, replace(last_year, step=Step.FILED), why, TODAY) == ()


def test_another_demarche_never_turns_a_paper_that_came_into_another_paper() -> None:
    check, received = civil_rules.check_rerouting, at(Step.RECEIVED, received_on=ago(10))
    assert check(DECLARATION, JUDGMENT, received) == ()
    assert codes(check(DECLARATION, BY_KEY["identity_card"], received)) == ["civil.reroute_received"]
    assert check(DECLARATION, BY_KEY["identity_card"], at(Step.FILED)) == ()
    assert codes(check(DECLARATION, DECLARATION, at(Step.HANDED))) == ["civil.route", "civil.closed"]


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
    found = civil_rules.check_file(replace(FILE, **change), JUDGMENT, TODAY)  # type: ignore[arg-type]  # by name
    assert [(one.code, one.field) for one in found] == expected


def test_an_identity_card_asks_neither_mother_nor_father() -> None:
    card = replace(FILE, route_key="identity_card", mother_name="", father=None, late_reason="")
    assert civil_rules.check_file(card, BY_KEY["identity_card"], TODAY) == ()


def test_a_demarche_says_for_whom_it_is() -> None:
    hers = replace(JUDGMENT, beneficiaries=(Beneficiary.SELF,))
    assert [(one.code, one.field) for one in civil_rules.check_file(FILE, hers, TODAY)] == [
        ("civil.whom", "beneficiary")
    ]
    assert civil_rules.check_file(replace(FILE, beneficiary=Beneficiary.SELF), hers, TODAY) == ()


def test_a_demarche_made_on_the_screen_asks_by_what_it_gives_not_by_its_name() -> None:
    other = replace(JUDGMENT, key="audience_foraine")
    assert codes(civil_rules.check_file(replace(FILE, late_reason=""), other, TODAY)) == ["civil.late_reason"]
    paper = replace(DECLARATION, key="nationalite", result=Result.OTHER)
    assert civil_rules.check_file(replace(FILE, mother_name="", father=None, late_reason=""), paper, TODAY) == ()


def test_the_answers_that_pieces_depend_on() -> None:
    told = replace(FILE, mother_has_act=False, twin=True, in_wedlock=False)
    assert told.situation() == Situation(mother_has_act=False, twin=True, in_wedlock=False, minor=False)
    assert replace(told, beneficiary=Beneficiary.MINOR).situation().minor


# --- Pieces, fees, odd numbers ---------------------------------------------------------------------------------------


def piece(code: str, alternative: str = "", **more: object) -> CivilPiece:
    return CivilPiece(code=code, label=code, alternative=alternative, **more)  # type: ignore[arg-type]  # by name


def test_one_of_several_alternatives_is_enough() -> None:
    absent = (piece("certificat", "birth"), piece("non-inscription", "birth"), piece("demande"))
    assert [one.code for one in civil_rules.missing_pieces(absent)] == ["certificat", "non-inscription", "demande"]
    came = (replace(absent[0], received_on=ago(3)), *absent[1:])
    assert [one.code for one in civil_rules.missing_pieces(came)] == ["demande"]
    back = (replace(came[0], returned_on=ago(1)), *absent[1:])
    assert [one.code for one in civil_rules.missing_pieces(back)] == ["demande"]
    assert civil_rules.missing_pieces((piece("x", required=False),)) == ()


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
    assert codes(civil_rules.check_return(one, on, to_whom, TODAY)) == expected


def test_witnesses_are_no_paper() -> None:
    seen = piece("witnesses", paper=False, received_on=ago(3))
    assert (seen.came, seen.is_here) == (True, False)
    assert codes(civil_rules.check_return(seen, TODAY, "Awa Koné", TODAY)) == ["civil.piece_person"]
    assert civil_rules.missing_pieces((replace(seen, received_on=None), seen)) == (replace(seen, received_on=None),)


def fee(payer: Payer, amount: int) -> CivilFee:
    return CivilFee(label="Timbre", amount=amount, payer=payer, on=TODAY)


def test_free_is_neither_for_her_nor_for_the_project() -> None:
    assert civil_rules.is_free(())
    assert civil_rules.is_free((fee(Payer.FREE, 0), fee(Payer.SHE, 0)))
    assert not civil_rules.is_free((fee(Payer.FREE, 0), fee(Payer.SHE, 100)))
    assert not civil_rules.is_free((fee(Payer.PROJECT, 1000),))


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (dt.date(2024, 5, 2), True),
        (dt.date(2024, 12, 30), True),
        (dt.date(2025, 3, 1), True),
        (dt.date(2026, 2, 3), False),
        (dt.date(2026, 11, 1), False),
    ],
)
def test_what_a_reopened_file_costs_later_is_no_fee_of_the_paper_that_counts(on: dt.date, counts: bool) -> None:
    noted = replace(fee(Payer.SHE, 1000), on=on)
    reopened = at(Step.FILED, received_on=dt.date(2024, 6, 1), reopened_on=dt.date(2026, 2, 3))
    assert civil_rules.counts_for_paper(noted, reopened) is counts
    assert civil_rules.counts_for_paper(noted, replace(reopened, reopened_on=None))
    assert civil_rules.counts_for_paper(noted, replace(reopened, reopened_on=dt.date(2024, 7, 1))) is (on.year == 2024)
    assert civil_rules.counts_for_paper(noted, at(Step.FILED))


@pytest.mark.parametrize(
    ("nina", "odd"),
    [("", False), ("19405151002003K", False), ("194051510020031", True), ("1940515100200K", True), ("K", True)],
)
def test_an_odd_nina_is_said_and_never_refused(nina: str, odd: bool) -> None:
    assert civil_rules.odd_nina(nina) is odd
    assert civil_rules.check_file(replace(FILE, nina=nina), JUDGMENT, TODAY) == ()
