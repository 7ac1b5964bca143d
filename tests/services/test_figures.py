"""Figures are counted again when something was written or the day has changed, and only then."""

from __future__ import annotations

import datetime as dt

from antenne.base.clock import FixedClock
from antenne.services.desk import Desk
from antenne.services.figures import counted_once


def test_a_figure_follows_every_change_and_every_day(desk: Desk, clock: FixedClock) -> None:
    asked: list[int] = []

    def count(_desk: Desk) -> int:
        asked.append(1)
        return len(asked)

    assert [counted_once(desk, "a", count), counted_once(desk, "a", count)] == [1, 1]
    assert counted_once(desk, "b", count) == 2
    with desk.write() as uow:
        uow.audit.add(clock.now(), 1, "person.saved", "person", 1)
        uow.commit()
    assert counted_once(desk, "a", count) == 3
    clock.advance(dt.timedelta(days=1))
    assert counted_once(desk, "a", count) == 4
    assert counted_once(desk, "a", count) == 4
