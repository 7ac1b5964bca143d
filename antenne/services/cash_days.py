"""The day of a box: open it with what is found, see what it holds, count, explain, close (mock-up: Caisse du jour)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from antenne.base.media import Media
from antenne.base.progress import Progress
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import cashbook, closing_flow
from antenne.domain.accounts import Use
from antenne.domain.audit import FieldChange
from antenne.domain.cashbook import Box, CashCount, CashDay, Closing, Opening
from antenne.domain.changes import CASHBOOK, Changes, Done
from antenne.domain.ledger import EntryKind, Posting
from antenne.domain.money import MOST, grouped
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import backup
from antenne.services.backup import BackupReport
from antenne.services.desk import Desk
from antenne.services.ledger import append_entry, box_account, known_box, refuse, refuse_closed_period
from antenne.services.stubs import refuse_unanswered

_SUBJECT = "cash_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDay:
    """Open a box for today with what is found in it.

    Attributes:
        box: Code of the box.
        found: FCFA.
        reason: Why this is not what the last closing counted; empty when it is.
    """

    request_id: str
    box: str = cashbook.CASH
    found: int
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDay:
    """Close the open day of the cash, and of every other open box with it.

    Attributes:
        cash_day_id: The day that was counted: closing another one than was shown is refused.
        count: Notes and coins.
        reason: Explains the gap of the cash; empty when there is none.
        statements: Box code to the balance that its statement shows; a box left out keeps its own balance.
        reasons: Box code to the explanation of its gap.
        shown: Box code to what had to lie in it when she looked: money that moved since is shown first.
    """

    request_id: str
    cash_day_id: int
    count: CashCount
    reason: str = ""
    statements: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BoxState:
    """One box as the screen shows it.

    Attributes:
        box: The box.
        day: Its open day, or its last one, or None.
        came: In since the opening, in FCFA.
        went: Out since the opening.
        balance: What must lie in it.
    """

    box: Box
    day: CashDay | None
    came: int
    went: int
    balance: int

    @property
    def is_open(self) -> bool:
        """Its day is open."""
        return self.day is not None and self.day.is_open


@dataclass(frozen=True, slots=True)
class CashState:
    """The boxes now.

    Attributes:
        boxes: The cash first.
        today: The calendar day.
        last_anchor: « 1473-7F3A-… » of the last closing, or empty: what follows it is unproven.
        since_anchor: Entries written after it.
        expected: What the last closing of the cash counted: proposed at the opening.
    """

    boxes: tuple[BoxState, ...]
    today: dt.date
    last_anchor: str
    since_anchor: int
    expected: int

    @property
    def cash(self) -> BoxState:
        """The caisse."""
        return next(state for state in self.boxes if state.box.is_cash)

    @property
    def is_late(self) -> bool:
        """An earlier day is still open: it is closed first, under its date."""
        day = self.cash.day
        return day is not None and day.is_open and day.day < self.today


def cash_state(desk: Desk) -> CashState:
    """What lies where, and whether the day is open.

    Raises:
        Forbidden: Without the right to take money in, or to read the accounts.
    """
    if not desk.may(Right.CASH_IN):
        desk.require(Right.ACCOUNTS_READ)
    with desk.read() as uow:
        states = tuple(_state(uow, box) for box in uow.cashbook.boxes() if box.active)
        last, (entries, _) = uow.cashbook.last_closing(), uow.ledger.last()
        cash = next(state for state in states if state.box.is_cash)
        expected = cash.day.counted_amount or 0 if cash.day is not None and not cash.day.is_open else 0
    return CashState(
        boxes=states,
        today=desk.today,
        last_anchor="" if last is None else last.anchor.code,
        since_anchor=entries - (0 if last is None else last.entries),
        expected=expected,
    )


def _state(uow: UnitOfWork, box: Box) -> BoxState:
    day = uow.cashbook.last_day(box.id)
    if day is None:
        return BoxState(box, None, 0, 0, 0)
    came, went = uow.cashbook.moved(day.id)
    return BoxState(box, day, came, went, day.opening_amount + came - went)


def open_day(desk: Desk, command: OpenDay) -> Done[CashDay]:
    """Open a box for today; a difference from the last closing is written as an entry, with its reason.

    Raises:
        Forbidden: Without the right to keep the cash day.
        RulesBroken: From ``cashbook.check_opening``; ``cashbook.closed_period``, ``cashbook.unknown_box``,
            ``stubs.unanswered``.
    """
    desk.require(Right.CASH_DAY)
    with desk.write() as uow:
        if old := uow.audit.by_request(command.request_id):
            return Done(_known(uow, old[1]))
        refuse_unanswered(uow)
        box = known_box(uow, command.box)
        if not box.is_cash:  # it is closed with the caisse: opened alone, it would stay open
            refuse(cashbook.check_entering(uow.cashbook.open_day(known_box(uow, cashbook.CASH).id), desk.today))
        last = uow.cashbook.last_day(box.id)
        opening = Opening(desk.today, command.found, command.reason)
        refuse(cashbook.check_opening(box, opening, last, same_day=uow.cashbook.has_day(box.id, desk.today)))
        refuse_closed_period(uow, desk.today)
        expected = 0 if last is None else last.counted_amount or 0
        day = uow.cashbook.add_day(
            CashDay(
                box_id=box.id,
                day=desk.today,
                opened_at=desk.clock.now(),
                opened_by=desk.actor.user_id,
                opening_amount=expected,
            )
        )
        difference = command.found - expected
        if difference:
            _write_difference(desk, uow, box, day, difference, first=last is None)
        change = FieldChange("Trouvé à l’ouverture", grouped(expected), grouped(command.found))
        said = (change, FieldChange("Explication", "", command.reason.strip())) if command.reason.strip() else (change,)
        uow.audit.add(
            desk.clock.now(), desk.actor.user_id, "cash_day.opened", _SUBJECT, day.id, said, command.request_id
        )
        uow.commit()
    return Done(day, Changes.of(CASHBOOK, id=day.id))


def _write_difference(desk: Desk, uow: UnitOfWork, box: Box, day: CashDay, difference: int, *, first: bool) -> None:
    """Money that was there before the first day is the association's own; later it is a surplus or a shortage."""
    use = Use.OPENING if first else Use.SURPLUS if difference > 0 else Use.SHORTAGE
    kind = EntryKind.OPENING if first else EntryKind.GAP
    own, other, size = box_account(uow, box).id, uow.accounts.by_use(use).id, abs(difference)
    more = difference > 0
    postings = (
        Posting(account_id=own, debit=size if more else 0, credit=0 if more else size, cash_day_id=day.id),
        Posting(account_id=other, debit=0 if more else size, credit=size if more else 0),
    )
    append_entry(desk, uow, kind, day, postings)


def close_day(desk: Desk, command: CloseDay) -> Done[tuple[Closing, ...]]:
    """Close the cash and every other open box: gaps written as entries, counts kept, one anchor for all.

    Raises:
        Forbidden: Without the right to keep the cash day.
        RulesBroken: ``cashbook.other_day``, ``cashbook.moved``; from ``cashbook.check_count`` and
            ``cashbook.check_closing``.
    """
    desk.require(Right.CASH_DAY)
    with desk.write() as uow:
        if old := uow.audit.by_request(command.request_id):
            return Done(closed_together(uow, old[1]))
        cash = known_box(uow, cashbook.CASH)
        day = uow.cashbook.day(command.cash_day_id)
        if day is None or day.box_id != cash.id:
            raise RulesBroken(Violation("cashbook.other_day"))
        refuse(cashbook.check_count(command.count))
        closed = _close_all(desk, uow, command, day)
        said = tuple(_told(one, box) for one, box in closed)
        uow.audit.add(
            desk.clock.now(), desk.actor.user_id, "cash_day.closed", _SUBJECT, day.id, said, command.request_id
        )
        uow.drafts.discard("cash_count", day.id, desk.actor.user_id)
        uow.commit()
    return Done(tuple(one for one, _ in closed), Changes.of(CASHBOOK))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One box to close: what was counted in it, and why it differs."""

    box: Box
    day: CashDay
    theoretical: int
    counted: int
    reason: str
    count: CashCount

    def violations(self) -> tuple[Violation, ...]:
        """What stands against it; the field of another box than the cash bears its code: ``reason.banque``."""
        found = cashbook.check_closing(self.day, self.theoretical, self.counted, self.reason)
        if self.box.is_cash:
            return found
        own = tuple(replace(one, field=f"{one.field}.{self.box.code}" if one.field else None) for one in found)
        statement = f"statement.{self.box.code}"
        if self.counted < 0:
            return (*own, Violation("cashbook.negative", statement))
        return (*own, Violation("cashbook.too_much", statement, (("most", MOST),))) if self.counted > MOST else own


def _close_all(desk: Desk, uow: UnitOfWork, command: CloseDay, cash_day: CashDay) -> tuple[tuple[Closing, Box], ...]:
    boxes = {box.id: box for box in uow.cashbook.boxes()}
    others = [one for one in uow.cashbook.open_days() if one.id != cash_day.id]
    wanted = [_wanted(uow, command, boxes[one.box_id], one) for one in (cash_day, *others)]
    if cash_day.is_open:
        refuse(_moved(command, wanted))
    refuse(tuple(violation for one in wanted for violation in one.violations()))
    for one in wanted:
        if one.counted != one.theoretical:
            _write_difference(desk, uow, one.box, one.day, one.counted - one.theoretical, first=False)
    anchor, now = uow.ledger.anchor(uow.receipts.last_name()), desk.clock.now()
    made = []
    for one in wanted:
        closing = Closing(
            cash_day_id=one.day.id,
            theoretical=one.theoretical,
            counted=one.counted,
            entries=anchor.entries,
            last_receipt=anchor.last_receipt,
            head=anchor.head,
        )
        closed = replace(
            one.day,
            closed_at=now,
            closed_by=desk.actor.user_id,
            counted_amount=one.counted,
            gap_reason=one.reason.strip(),
        )
        uow.cashbook.close_day(closed, one.count, closing)
        made.append((closing, one.box))
    return tuple(made)


def _moved(command: CloseDay, wanted: Sequence[_Wanted]) -> tuple[Violation, ...]:
    """Money came or went while she counted: she sees the new figure before she signs for it."""
    return tuple(
        Violation("cashbook.moved", None, (("box", one.box.label), ("now", one.theoretical)))
        for one in wanted
        if command.shown.get(one.box.code, one.theoretical) != one.theoretical
    )


def _wanted(uow: UnitOfWork, command: CloseDay, box: Box, day: CashDay) -> _Wanted:
    theoretical = uow.cashbook.theoretical(day)
    if box.is_cash:
        return _Wanted(box, day, theoretical, command.count.total, command.reason, command.count)
    counted = command.statements.get(box.code, theoretical)
    return _Wanted(box, day, theoretical, counted, command.reasons.get(box.code, ""), CashCount())


def _told(closing: Closing, box: Box) -> FieldChange:
    return FieldChange(box.label, grouped(closing.theoretical), grouped(closing.counted))


def _known(uow: UnitOfWork, cash_day_id: int) -> CashDay:
    day = uow.cashbook.day(cash_day_id)
    if day is None:
        raise RulesBroken(Violation("cashbook.other_day"))
    return day


def closed_together(uow: UnitOfWork, cash_day_id: int) -> tuple[Closing, ...]:
    """The closings of one sheet, the caisse first: the boxes that were closed at that instant with that anchor."""
    rows = uow.rows(
        "SELECT d.id FROM cash_day d JOIN closing c ON c.cash_day_id = d.id JOIN cash_day own ON own.id = :own"
        " JOIN closing anchor ON anchor.cash_day_id = own.id"
        " WHERE d.closed_at = own.closed_at AND c.entries = anchor.entries ORDER BY d.box_id",
        own=cash_day_id,
    )
    found = (uow.cashbook.closing(row[0]) for row in rows)
    return tuple(one for one in found if one is not None)


def keep_count(desk: Desk, cash_day_id: int, body: Mapping[str, Any]) -> Done[None]:
    """Put down the count as it is typed, so that a power cut loses nothing of it.

    Raises:
        Forbidden: Without the right to keep the cash day.
    """
    desk.require(Right.CASH_DAY)
    with desk.write() as uow:
        day = uow.cashbook.day(cash_day_id)
        if day is not None and day.is_open:  # a last keystroke may arrive after the closing
            uow.drafts.keep(
                closing_flow.DRAFT,
                closing_flow.DRAFT_VERSION,
                cash_day_id,
                desk.actor.user_id,
                desk.clock.now(),
                dict(body),
            )
            uow.commit()
    return Done(None)


def discard_count(desk: Desk, cash_day_id: int) -> Done[None]:
    """Throw the count away: she counts again from nothing.

    Raises:
        Forbidden: Without the right to keep the cash day.
    """
    desk.require(Right.CASH_DAY)
    with desk.write() as uow:
        uow.drafts.discard(closing_flow.DRAFT, cash_day_id, desk.actor.user_id)
        uow.commit()
    return Done(None)


def back_up_closing(desk: Desk, media: Media, progress: Progress) -> Done[BackupReport] | None:
    """The backup that goes with a closing, to the known key that is in; None when there is none, or no right to it.

    Raises:
        Stopped: She asked.
        Problem: ``media.*``, ``backup.*``; the closing stands whatever becomes of this.
    """
    if not desk.may(Right.BACKUP):
        return None
    known = [one for one in backup.seen_keys(desk, media) if one.known is not None]
    return backup.make_backup(desk, known[0].volume.root, media, progress) if known else None


def record_sheet_print(desk: Desk, cash_day_ids: Sequence[int]) -> Done[None]:
    """The closing sheet came out of the printer.

    Raises:
        Forbidden: Without the right to keep the cash day.
    """
    desk.require(Right.CASH_DAY)
    with desk.write() as uow:
        for cash_day_id in cash_day_ids:
            uow.cashbook.note_sheet_printed(cash_day_id, desk.clock.now())
            uow.audit.add(desk.clock.now(), desk.actor.user_id, "cash_day.sheet_printed", _SUBJECT, cash_day_id)
        uow.commit()
    return Done(None, Changes.of(CASHBOOK))
