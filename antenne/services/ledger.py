"""What every movement of money goes through: the open day of its box, a balanced entry, the chain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import cashbook, ledger
from antenne.domain.accounts import Account, Use
from antenne.domain.cashbook import Box, CashDay
from antenne.domain.ledger import Entry, EntryKind, Posting
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import clock_guard
from antenne.services.desk import Desk


def known_box(uow: UnitOfWork, code: str) -> Box:
    """The box of that code.

    Raises:
        RulesBroken: ``cashbook.unknown_box``; ``cashbook.inactive``.
    """
    box = uow.cashbook.box(code)
    if box is None:
        raise RulesBroken(Violation("cashbook.unknown_box", "box", (("box", code),)))
    if not box.active:
        raise RulesBroken(Violation("cashbook.inactive", "box", (("box", box.label),)))
    return box


def entering_day(desk: Desk, uow: UnitOfWork, box: Box) -> CashDay:
    """The open day of a box, in which money is entered now.

    A box that is no cash follows the cash: it opens by itself, with what its last day ended on, once the caisse is
    open. Nobody reads a bank statement before each payment.

    Raises:
        RulesBroken: ``cashbook.not_open``, ``cashbook.yesterday_open``, ``cashbook.clock_back``,
            ``cashbook.closed_period``.
    """
    if not box.is_cash:
        cash = known_box(uow, cashbook.CASH)
        refuse(cashbook.check_entering(uow.cashbook.open_day(cash.id), desk.today))
    day = uow.cashbook.open_day(box.id)
    if day is None and uow.cashbook.has_day(box.id, desk.today):
        raise RulesBroken(Violation("cashbook.closed_day", None, (("day", desk.today),)))
    if day is None and not box.is_cash:
        day = _follow(desk, uow, box)
    refuse(cashbook.check_entering(day, desk.today))
    assert day is not None
    refuse_closed_period(uow, day.day)
    return day


def _follow(desk: Desk, uow: UnitOfWork, box: Box) -> CashDay:
    last = uow.cashbook.last_day(box.id)
    found = 0 if last is None else last.counted_amount or 0
    return uow.cashbook.add_day(
        CashDay(
            box_id=box.id,
            day=desk.today,
            opened_at=desk.clock.now(),
            opened_by=desk.actor.user_id,
            opening_amount=found,
        )
    )


def refuse_closed_period(uow: UnitOfWork, day: dt.date) -> None:
    """Nothing is dated inside a month or a year that is closed.

    Raises:
        RulesBroken: ``cashbook.closed_period``.
    """
    through = uow.cashbook.closed_through()
    if through is not None and day <= through:
        raise RulesBroken(Violation("cashbook.closed_period", None, (("day", day), ("through", through))))


def box_account(uow: UnitOfWork, box: Box) -> Account:
    """The account of a box."""
    return uow.accounts.by_use(f"{Use.BOX}{box.code}")


def append_entry(
    desk: Desk,
    uow: UnitOfWork,
    kind: EntryKind,
    day: CashDay,
    postings: Sequence[Posting],
    reverses: int | None = None,
) -> Entry:
    """Chain a balanced entry.

    Raises:
        RulesBroken: From ``ledger.check_postings``; ``cashbook.clock_before`` when the clock stands before the last
            entry; ``cashbook.negative_box`` when a box would hold less than nothing.
    """
    clock_guard.refuse_clock_back(desk, uow)
    refuse(ledger.check_postings(postings))
    entry = uow.ledger.append(
        Entry(
            day=day.day,
            at=desk.clock.now().replace(microsecond=0),
            cash_day_id=day.id,
            actor_id=desk.actor.user_id,
            kind=kind,
            postings=tuple(postings),
            reverses=reverses,
        )
    )
    _refuse_negative(uow, entry)
    return entry


def _refuse_negative(uow: UnitOfWork, entry: Entry) -> None:
    """A box never holds less than nothing: what is paid out must be there."""
    paying = {line.cash_day_id for line in entry.postings if line.cash_day_id is not None and line.credit}
    for cash_day_id in paying:
        day = uow.cashbook.day(cash_day_id)
        assert day is not None
        left = uow.cashbook.theoretical(day)
        if left < 0:
            box = next(one for one in uow.cashbook.boxes() if one.id == day.box_id)
            raise RulesBroken(Violation("cashbook.negative_box", "amount", (("box", box.label), ("missing", -left))))


def reverse_entry(desk: Desk, uow: UnitOfWork, entry: Entry) -> Entry:
    """Cancel an entry by its reversal, in the days that are open now.

    Raises:
        RulesBroken: ``ledger.reversal_of_reversal``, ``ledger.already_reversed``, a box that is not open.
    """
    refuse(ledger.check_reversal(entry, uow.ledger.reversal_of(entry.id)))
    boxes = {box.id: box for box in uow.cashbook.boxes()}
    now: dict[int, int] = {}
    for cash_day_id in {line.cash_day_id for line in entry.postings if line.cash_day_id is not None}:
        then = uow.cashbook.day(cash_day_id)
        assert then is not None
        now[cash_day_id] = entering_day(desk, uow, boxes[then.box_id]).id
    own = uow.cashbook.day(entry.cash_day_id)
    assert own is not None
    day = entering_day(desk, uow, boxes[own.box_id])
    return append_entry(desk, uow, EntryKind.REVERSAL, day, ledger.reversed_postings(entry, now), entry.id)


def refuse(broken: tuple[Violation, ...]) -> None:
    """Refuse with everything found."""
    if broken:
        raise RulesBroken(*broken)
