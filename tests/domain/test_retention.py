"""Terms, the last day of a record, what is over, what was kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from antenne.domain import retention
from antenne.domain.births import Birth, Precision
from antenne.domain.retention import OverTerm, RetentionDecision
from antenne.domain.sealed_kinds import KINDS
from antenne.domain.sealed_tests import AidStep, HivTest, LegalAid

AT = dt.datetime(2024, 3, 1, 9, tzinfo=dt.UTC)
WRITTEN: dict[str, Any] = {"created_at": AT, "created_by": 1}


def test_every_sealed_kind_has_a_term_or_says_why_not() -> None:
    named = {kind for term in retention.TERMS for kind in term.kinds}
    assert not named & retention.FOREVER
    assert named - {retention.PERSON, retention.CIVIL} <= set(KINDS)
    for kind in KINDS:
        assert (retention.term_of(kind) is None) == (kind in retention.FOREVER)
    unknown = retention.term_of("a kind of tomorrow")
    assert unknown is not None
    assert unknown.key == retention.OTHERS
    assert all("(défaut)" in term.source for term in retention.TERMS)


def test_the_last_day_is_looked_for_everywhere_but_in_a_birth() -> None:
    aid = LegalAid(on=AT.date(), matter="pension", steps=(AidStep(on=dt.date(2025, 5, 6), words="a"),), **WRITTEN)
    assert retention.last_day(aid) == dt.date(2025, 5, 6)
    test = HivTest(
        on=dt.date(2024, 2, 1), birth=Birth(Precision.AGE, age=20, declared_on=dt.date(2030, 1, 1)), **WRITTEN
    )
    assert retention.last_day(test) == AT.date()


@pytest.mark.parametrize(
    ("last", "years", "ended"),
    [
        (dt.date(2020, 5, 6), 5, dt.date(2025, 5, 6)),
        (dt.date(2024, 2, 29), 1, dt.date(2025, 3, 1)),
        (dt.date(2024, 2, 29), 4, dt.date(2028, 2, 29)),
        (dt.date(9990, 1, 1), 99, dt.date.max),
    ],
)
def test_the_end_of_a_term(last: dt.date, years: int, ended: dt.date) -> None:
    assert retention.end_of_term(last, years) == ended


def test_over_is_before_the_first_of_january() -> None:
    on = retention.asked_on(dt.date(2026, 11, 23))
    assert on == dt.date(2026, 1, 1)
    assert retention.is_over(dt.date(2020, 12, 31), 5, on)
    assert not retention.is_over(dt.date(2021, 1, 1), 5, on)


def test_what_was_kept_is_asked_again_in_its_year() -> None:
    kept = (
        RetentionDecision(of_kind="listening", ids=("a", "b"), why="w", again=2028, at=AT, user_id=1, user="R."),
        RetentionDecision(of_kind="listening", ids=("c",), why="w", again=2027, at=AT, user_id=1, user="R."),
    )
    assert retention.kept_on(kept, ("a", "c"), 2026)
    assert not retention.kept_on(kept, ("a", "c"), 2027)
    assert not retention.kept_on(kept, ("a", "z"), 2026)


def test_a_decision_has_a_reason_and_an_end() -> None:
    assert retention.check_decision("Un procès dure.", 10) == ()
    assert [one.code for one in retention.check_decision("x" * 201, 11)] == ["retention.why", "retention.again"]
    assert [one.code for one in retention.check_decision(" ", 0)] == ["retention.why", "retention.again"]


def test_lines_stand_by_rule_then_age() -> None:
    def line(kind: str, day: int, base_id: int | None = None, *ids: str) -> OverTerm:
        on = dt.date(2020, 1, day)
        return OverTerm(kind=kind, ids=ids, base_id=base_id, last=on, ended=on)

    wanted = (
        line("person", 2, 1),
        line("person", 2, 2),
        line("incident", 1, None, "a"),
        line("new kind", 1, None, "b"),
    )
    assert retention.in_order(tuple(reversed(wanted))) == wanted
