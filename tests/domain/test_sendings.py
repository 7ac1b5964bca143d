"""What left stands in one order, whatever the order of what is sealed."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

from antenne.domain.sendings import Left, Sending, newest_first

AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def test_the_newest_first_then_by_what_and_to_whom() -> None:
    slip = Sending(what=Left.SLIP, at=AT, by=None, recipient="A", own_id="1")
    early = Sending(what=Left.STORY, at=AT - dt.timedelta(hours=1), by=1, recipient="A", own_id="2")
    other = Sending(what=Left.SLIP, at=AT, by=None, recipient="B", own_id="0")
    assert {newest_first(order) for order in permutations((slip, early, other))} == {(other, slip, early)}
