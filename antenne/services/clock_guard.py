"""A clock that was set wrong would date receipts and backups wrong (storage: Clock).

It is looked at at the door, and at each entry of the ledger: a clock that was set back within a day is not known by its
date. What she confirmed at the door holds for the entries that were there: they stand before her « now » for good.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Final

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.audit import FieldChange
from antenne.domain.changes import Done
from antenne.domain.dates import read_date, shown_date
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk

_CONFIRMED: Final = "clock.confirmed"
_ENTRIES: Final = "Écritures avant la confirmation"
_LAST_CONFIRMED: Final = (
    "SELECT a.at, d.details FROM audit a JOIN audit_detail d ON d.audit_id = a.id"
    " WHERE a.action = :action ORDER BY a.id DESC LIMIT 1"
)

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
    now = desk.clock.now()
    with desk.read() as uow:
        last, entry = uow.audit.last_instant(), _later_entry(uow, now)
    if last is None or desk.office.demo:
        return None
    if now < last or entry is not None:
        return ClockDoubt(now, max(last, entry or last), back=True)
    return ClockDoubt(now, last, back=False) if now - last > LATE else None


def refuse_clock_back(desk: Desk, uow: UnitOfWork) -> None:
    """No entry is dated before the last one, unless she has typed the day since.

    Raises:
        RulesBroken: ``cashbook.clock_before``.
    """
    now = desk.clock.now()
    last = None if desk.office.demo else _later_entry(uow, now)
    if last is not None:
        raise RulesBroken(Violation("cashbook.clock_before", None, (("now", now), ("last", last))))


def _later_entry(uow: UnitOfWork, now: dt.datetime) -> dt.datetime | None:
    """When the last entry was written, where that is after now and nobody confirmed the day since; else None."""
    last = uow.ledger.last_instant()
    if last is None or now >= last:
        return None
    row = next(iter(uow.rows(_LAST_CONFIRMED, action=_CONFIRMED)), None)
    if row is None or row[1] is None or dt.datetime.fromisoformat(row[0]) > now:
        return last
    counted = {name: new for name, _, new in json.loads(row[1])}.get(_ENTRIES, "")
    return None if counted == str(uow.ledger.last()[0]) else last


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
        count = FieldChange(_ENTRIES, "", str(uow.ledger.last()[0]))
        said = (FieldChange("Date confirmée", "", shown_date(day)), count)
        uow.audit.add(desk.clock.now(), desk.actor.user_id, _CONFIRMED, "setting", 0, said)
        uow.commit()
    return Done(None)
