"""What left stands in one order, whatever the order of what is sealed."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

from antenne.domain.incidents import Purpose
from antenne.domain.sendings import Left, Sending, concerned, newest_first

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def test_the_newest_first_then_by_what_and_to_whom() -> None:
    slip = Sending(what=Left.SLIP, at=AT, by=None, recipient="A", own_id="1")
    early = Sending(what=Left.STORY, at=AT - dt.timedelta(hours=1), by=1, recipient="A", own_id="2")
    other = Sending(what=Left.SLIP, at=AT, by=None, recipient="B", own_id="0")
    assert {newest_first(order) for order in permutations((slip, early, other))} == {(other, slip, early)}


def test_what_left_under_the_agreement_that_she_takes_back() -> None:
    def left(what: Left, to: str) -> Sending:
        return Sending(what=what, at=AT, by=1, recipient=to, own_id="1")

    every = (left(Left.SLIP, "Abri"), left(Left.CROSSING, "Bailleur"), left(Left.INCIDENTS, "abri"))
    assert concerned(every, Purpose.STATISTICS) == (every[1], every[2])
    assert concerned(every, Purpose.SHARING, "Abri") == (every[0], every[2])
    assert concerned(every, Purpose.SHARING, "Autre") == ()
    assert concerned(every, Purpose.SERVICES) == (every[0], every[2])
