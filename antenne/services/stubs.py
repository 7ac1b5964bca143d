"""« Reprise des souches »: after a restore, the numbers that the lost branch gave are asked, kept, and keyed again.

Until the question is answered no day is opened (``cash_days.open_day``) and no receipt is numbered
(:func:`refuse_unanswered`): a number given twice could never be told apart again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import stubs as rules
from antenne.domain.audit import FieldChange
from antenne.domain.changes import CASHBOOK, Changes, Done
from antenne.domain.receipts import StubRange, receipt_number
from antenne.domain.rights import Right
from antenne.domain.stubs import AskedYear, MissingStub
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.checks import Check, Finding
from antenne.services.desk import Desk

_RESTORED: Final = "stubs.restored"
"""Counter: restores of this base."""
_ANSWERED: Final = "stubs.answered"
"""Counter: how many of them the question was answered for."""
_SINCE: Final = "stubs.since"
"""Counter: day (ordinal) of the newest backup that was brought back."""
_NAMED: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerStubs:
    """The last stub in the office.

    Attributes:
        last: Year to the number of the last paper receipt; a year left out, or an empty mapping: none was given since.
    """

    request_id: str
    last: Mapping[int, int] = field(default_factory=dict)


def note_restore(uow: UnitOfWork, saved: dt.datetime) -> None:
    """A backup was brought back: the next start asks. Called inside the restore's own transaction.

    Args:
        uow: The restored base.
        saved: When the backup was made.
    """
    uow.counters.next(_RESTORED)
    uow.counters.reserve(_SINCE, saved.date().toordinal())


def _is_pending(uow: UnitOfWork) -> bool:
    return uow.counters.last(_RESTORED) > uow.counters.last(_ANSWERED)


def refuse_unanswered(uow: UnitOfWork) -> None:
    """No number is given before the last stub is known.

    Raises:
        RulesBroken: ``stubs.unanswered``.
    """
    if _is_pending(uow):
        raise RulesBroken(Violation("stubs.unanswered"))


def read_question(desk: Desk) -> tuple[AskedYear, ...]:
    """The years to ask about, oldest first; empty when nothing is asked."""
    with desk.read() as uow:
        return _asked(uow, desk.today) if _is_pending(uow) else ()


def _asked(uow: UnitOfWork, today: dt.date) -> tuple[AskedYear, ...]:
    since = dt.date.fromordinal(max(uow.counters.last(_SINCE), 1)) if uow.counters.last(_SINCE) else today
    years = range(min(since.year, today.year), today.year + 1)
    return rules.asked_years({year: uow.receipts.last_number(year) for year in years}, since, today)


def answer_stubs(desk: Desk, command: AnswerStubs) -> Done[tuple[StubRange, ...]]:
    """Keep the numbers from the base's last one up to the last stub, so that they are never given again.

    Raises:
        Forbidden: Without the right to keep the cash day.
        RulesBroken: ``stubs.answered`` (nothing is asked); from ``stubs.check_last``.
    """
    desk.require(Right.CASH_DAY)
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id):
            return Done(uow.receipts.ranges())
        if not _is_pending(uow):
            raise RulesBroken(Violation("stubs.answered"))
        asked = _asked(uow, desk.today)
        if broken := rules.check_last(asked, command.last):
            raise RulesBroken(*broken)
        kept = rules.ranges_for(asked, command.last, desk.clock.now())
        for one in kept:
            uow.receipts.add_range(one)
        uow.counters.reserve(_ANSWERED, uow.counters.last(_RESTORED))
        said = tuple(
            FieldChange("Numéros à reprendre", "", f"{receipt_number(one.year, one.first)} … {one.last:05d}")
            for one in kept
        )
        uow.audit.add(
            desk.clock.now(), desk.actor.user_id, "stubs.answered", "stubs", len(kept), said, command.request_id
        )
        uow.commit()
    return Done(kept, Changes.of(CASHBOOK))


def list_missing(desk: Desk) -> tuple[MissingStub, ...]:
    """Numbers that were given and are not keyed again, the lowest first.

    Raises:
        Forbidden: Without the right to take money in or to read the accounts.
    """
    if not desk.may(Right.CASH_IN):
        desk.require(Right.ACCOUNTS_READ)
    with desk.read() as uow:
        return _missing(uow)


def _missing(uow: UnitOfWork) -> tuple[MissingStub, ...]:
    ranges = uow.receipts.ranges()
    return rules.missing(ranges, {year: uow.receipts.numbers(year) for year in {one.year for one in ranges}})


def _check_missing(desk: Desk) -> Finding:
    """``controler``: the stubs still to be keyed are a fault; a question not yet answered is only said."""
    name = "Souches à reprendre"
    with desk.read() as uow:
        if _is_pending(uow):
            return Finding(name, ok=True, detail="après la restauration, le dernier reçu donné n’est pas encore dit")
        left, ranges = _missing(uow), uow.receipts.ranges()
    if not left:
        return Finding(name, ok=True, detail="toutes les souches sont reprises" if ranges else "aucune")
    more = f" et {len(left) - _NAMED} autres" if len(left) > _NAMED else ""
    return Finding(name, ok=False, detail=", ".join(one.name for one in left[:_NAMED]) + more)


STUB_CHECKS: tuple[Check, ...] = (_check_missing,)
"""What ``controler`` asks of the stubs."""
