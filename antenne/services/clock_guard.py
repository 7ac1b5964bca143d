"""A clock that was set wrong would date receipts and backups wrong: it is noticed at the door (storage: Clock)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from antenne.domain.audit import FieldChange
from antenne.domain.changes import Done
from antenne.domain.dates import read_date, shown_date
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk

LATE = dt.timedelta(days=3)
"""So long after the last change, the day is asked; a fortnight of holidays asks it once."""


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """Why the day is asked.

    Attributes:
        now: What the computer says.
        last: When the last change was written.
        back: The clock stands before it; else long after.
    """

    now: dt.datetime
    last: dt.datetime
    back: bool


def look_at_clock(desk: Desk) -> ClockDoubt | None:
    """Whether the computer's clock can be believed; the demonstration's records end when they end."""
    with desk.read() as uow:
        last = uow.audit.last_instant()
    now = desk.clock.now()
    if last is None or desk.office.demo:
        return None
    if now < last:
        return ClockDoubt(now, last, back=True)
    return ClockDoubt(now, last, back=False) if now - last > LATE else None


def confirm_day(desk: Desk, typed: str) -> Done[None]:
    """She types today's date; when it is the computer's, work goes on and the confirmation is kept.

    Raises:
        RulesBroken: ``clock.other_day``: the computer's clock is to be set first; or the date cannot be read.
    """
    day = read_date(typed, desk.today)
    if day is None:
        raise RulesBroken(Violation("clock.empty", "day"))
    if isinstance(day, Violation):
        raise RulesBroken(Violation(day.code, "day", day.values))
    if day != desk.today:
        raise RulesBroken(Violation("clock.other_day", "day", (("typed", day), ("computer", desk.today))))
    with desk.write() as uow:
        said = (FieldChange("Date confirmée", "", shown_date(day)),)
        uow.audit.add(desk.clock.now(), desk.actor.user_id, "clock.confirmed", "setting", 0, said)
        uow.commit()
    return Done(None)
