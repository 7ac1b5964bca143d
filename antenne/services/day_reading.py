"""What the screen of the caisse reads: the journal of the day, the closing under way, the sheets, the days before."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import cashbook, closing_flow
from antenne.domain.board import Target
from antenne.domain.cashbook import CashDay, Closing
from antenne.domain.closing_flow import Asked, ClosingFlow
from antenne.domain.closing_sheet import BoxOnSheet, ClosingSheet, KindTotal, ReceiptsOnSheet
from antenne.domain.ledger import EntryKind
from antenne.domain.receipts import receipt_number
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.domain.voucher_faces import voucher_number
from antenne.services.cash_days import closed_together
from antenne.services.desk import Desk

_AREA: Final = "cashbook"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalRow:
    """One entry as the journal of the day shows it.

    Attributes:
        piece: « 2026-01473 », « D-2026-0012 », or empty.
        about: Neutral words of what it was.
        box: Label of the box; of both for a transfer.
        came: FCFA that came into a box.
        went: FCFA that left one.
        cancelled: Its receipt or voucher is cancelled.
        target: Its record; None for what has none (a gap, an opening).
    """

    entry_id: int
    at: dt.datetime
    kind: EntryKind
    piece: str
    about: str
    box: str
    came: int
    went: int
    cancelled: bool
    target: Target | None


@dataclass(frozen=True, slots=True)
class JournalPage:
    """A part of the journal, and how long it is in all."""

    rows: tuple[JournalRow, ...]
    total: int


_IDS: Final = (
    "SELECT id FROM entry WHERE cash_day_id IN (SELECT value FROM json_each(:days))"
    " UNION SELECT entry_id FROM posting WHERE cash_day_id IN (SELECT value FROM json_each(:days))"
)
_PAGE: Final = (
    "SELECT e.id, e.at, e.kind, e.reverses, r.id, r.series, r.year, r.number, r.cancelled_on, r.person_id,"  # noqa: S608 - literal text only
    " x.id, x.year, x.number, x.purpose, x.cancelled_on"
    " FROM entry e LEFT JOIN receipt r ON r.entry_id = coalesce(e.reverses, e.id)"
    " LEFT JOIN expense x ON x.entry_id = coalesce(e.reverses, e.id)"
    f" WHERE e.id IN ({_IDS}) ORDER BY e.id DESC LIMIT :most OFFSET :skipped"
)
_LINES: Final = (
    "SELECT p.entry_id, b.label, p.debit, p.credit, p.person_id FROM posting p"
    " LEFT JOIN cash_day d ON d.id = p.cash_day_id LEFT JOIN box b ON b.id = d.box_id"
    " WHERE p.entry_id IN (SELECT value FROM json_each(:entries)) ORDER BY p.entry_id, p.credit DESC, p.line"
)


def read_journal(desk: Desk, cash_day_ids: Sequence[int], offset: int, limit: int) -> JournalPage:
    """The entries of these cash days, the newest first.

    Raises:
        Forbidden: Without the right to take money in or to read the accounts.
    """
    _may_see(desk)
    days = json.dumps(list(cash_day_ids))
    with desk.read() as uow:
        total = uow.rows(f"SELECT count(*) FROM ({_IDS})", days=days)[0][0]  # noqa: S608 - literal text only
        heads = uow.rows(_PAGE, days=days, most=limit, skipped=offset)
        lines: dict[int, list[tuple[Any, ...]]] = {}
        for line in uow.rows(_LINES, entries=json.dumps([head[0] for head in heads])):
            lines.setdefault(line[0], []).append(line[1:])
        labels = _labels(uow, [head[4] for head in heads if head[4] is not None])
    return JournalPage(tuple(_row(head, lines.get(head[0], []), labels) for head in heads), total)


def _labels(uow: UnitOfWork, receipt_ids: Sequence[int]) -> dict[int, str]:
    """What each receipt was for, in the words on the paper."""
    rows = uow.rows(
        "SELECT receipt_id, group_concat(label, ' · ') FROM receipt_line"
        " WHERE receipt_id IN (SELECT value FROM json_each(:ids)) GROUP BY receipt_id",
        ids=json.dumps(list(receipt_ids)),
    )
    return {row[0]: row[1] for row in rows}


def _row(head: tuple[Any, ...], lines: Sequence[tuple[Any, ...]], labels: Mapping[int, str]) -> JournalRow:
    number, at, kind, _reverses, receipt_id, series, year, own, cancelled, _, *expense = head
    expense_id, expense_year, expense_number, purpose, expense_cancelled = expense
    in_boxes = [line for line in lines if line[0] is not None]
    piece, about, target = "", "", None
    if receipt_id is not None:
        piece, about = receipt_number(year, own, series), labels.get(receipt_id, "")
        target = Target(_AREA, receipt_id, action="receipts")
    elif expense_id is not None:
        piece, about = voucher_number(expense_year, expense_number), purpose
        target = Target(_AREA, expense_id, action="expenses")
    elif kind == EntryKind.CHANGE.value:
        person = next((line[3] for line in lines if line[3] is not None), None)
        target = None if person is None else Target("members", person)
    return JournalRow(
        entry_id=number,
        at=dt.datetime.fromisoformat(at),
        kind=EntryKind(kind),
        piece=piece,
        about=about,
        box=" · ".join(dict.fromkeys(line[0] for line in in_boxes)),
        came=sum(line[1] for line in in_boxes),
        went=sum(line[2] for line in in_boxes),
        cancelled=cancelled is not None or expense_cancelled is not None,
        target=target,
    )


def _may_see(desk: Desk) -> None:
    if not desk.may(Right.CASH_IN):
        desk.require(Right.ACCOUNTS_READ)


def read_closing(desk: Desk) -> ClosingFlow | None:
    """The closing of the open day, with the count that was typed before; None when no day is open.

    Raises:
        Forbidden: Without the right to keep the cash day.
    """
    desk.require(Right.CASH_DAY)
    with desk.read() as uow:
        boxes = {box.id: box for box in uow.cashbook.boxes()}
        days = sorted(uow.cashbook.open_days(), key=lambda one: (not boxes[one.box_id].is_cash, one.box_id))
        if not days or not boxes[days[0].box_id].is_cash:
            return None
        asked = []
        for day in days:
            came, went = uow.cashbook.moved(day.id)
            box = boxes[day.box_id]
            asked.append(
                Asked(
                    code=box.code,
                    label=box.label,
                    is_cash=box.is_cash,
                    opening=day.opening_amount,
                    came=came,
                    went=went,
                )
            )
        draft = uow.drafts.get(closing_flow.DRAFT, days[0].id, desk.actor.user_id)
    usable = draft is not None and draft.form_version == closing_flow.DRAFT_VERSION
    return closing_flow.resume(days[0].id, days[0].day, tuple(asked), draft.body if draft and usable else None)


def read_sheet(desk: Desk, cash_day_id: int) -> ClosingSheet:
    """What the sheet of a closed day says.

    Raises:
        Forbidden: Without the right to take money in or to read the accounts.
        RulesBroken: ``cashbook.no_sheet``: that day is not closed.
    """
    _may_see(desk)
    with desk.read() as uow:
        day, together = uow.cashbook.day(cash_day_id), closed_together(uow, cash_day_id)
        if day is None or day.closed_at is None or not together:
            raise RulesBroken(Violation("cashbook.no_sheet"))
        boxes = {box.id: box for box in uow.cashbook.boxes()}
        shown: list[tuple[Closing, CashDay, BoxOnSheet]] = []
        for closing in together:
            one = uow.cashbook.day(closing.cash_day_id)
            assert one is not None
            shown.append((closing, one, _on_sheet(uow, closing, one, boxes[one.box_id].label)))
        own = next((each for each in shown if boxes[each[1].box_id].is_cash), shown[0])
        closing, cash_day, cash = own
        return ClosingSheet(
            cash_day_id=cash_day.id,
            day=cash_day.day,
            opened_at=cash_day.opened_at,
            opened_by=name_of(uow, cash_day.opened_by),
            closed_at=day.closed_at,
            closed_by=name_of(uow, cash_day.closed_by),
            cash=cash,
            totals=_without_gap(kind_totals(uow, [cash_day.id]), closing.gap),
            count=uow.cashbook.count(cash_day.id),
            others=tuple(each[2] for each in shown if each is not own),
            receipts=receipts_in(uow, [each[1].id for each in shown]),
            anchor=closing.anchor,
            printed_before=closing.sheet_printed_at is not None,
        )


def _on_sheet(uow: UnitOfWork, closing: Closing, day: CashDay, label: str) -> BoxOnSheet:
    """A box as it stood before the closing wrote its gap."""
    came, went = uow.cashbook.moved(day.id)
    return BoxOnSheet(
        label=label,
        opening=day.opening_amount,
        came=came - max(closing.gap, 0),
        went=went - max(-closing.gap, 0),
        counted=closing.counted,
        reason=day.gap_reason,
    )


def kind_totals(uow: UnitOfWork, cash_day_ids: Sequence[int]) -> tuple[KindTotal, ...]:
    """What came in and went out of these days of boxes, by kind of entry."""
    rows = uow.rows(
        "SELECT e.kind, sum(p.debit), sum(p.credit) FROM posting p JOIN entry e ON e.id = p.entry_id"
        " WHERE p.cash_day_id IN (SELECT value FROM json_each(:days)) GROUP BY e.kind",
        days=json.dumps(list(cash_day_ids)),
    )
    found = {kind: KindTotal(EntryKind(kind), came, went) for kind, came, went in rows}
    return tuple(found[kind.value] for kind in EntryKind if kind.value in found)


def _without_gap(totals: tuple[KindTotal, ...], gap: int) -> tuple[KindTotal, ...]:
    """The gap of the closing stands in its own line of the sheet; one found at the opening stays."""
    found = []
    for one in totals:
        taken = one
        if one.kind is EntryKind.GAP:
            taken = KindTotal(one.kind, one.came - max(gap, 0), one.went - max(-gap, 0))
        if taken.came or taken.went:
            found.append(taken)
    return tuple(found)


def receipts_in(uow: UnitOfWork, cash_day_ids: Sequence[int]) -> ReceiptsOnSheet:
    """First, last, how many, how many cancelled; hand-written ones apart."""
    rows = uow.rows(
        "SELECT series = '', year, min(number), max(number), count(*), sum(cancelled_on IS NOT NULL),"
        " sum(CASE WHEN cancelled_on IS NULL THEN total ELSE 0 END) FROM receipt"
        " WHERE cash_day_id IN (SELECT value FROM json_each(:days)) AND control <> ''"
        " GROUP BY 1, 2 ORDER BY 2",
        days=json.dumps(list(cash_day_ids)),
    )
    by_hand, by_hand_total = uow.rows(
        "SELECT count(*), coalesce(sum(CASE WHEN cancelled_on IS NULL THEN total ELSE 0 END), 0) FROM receipt"
        " WHERE cash_day_id IN (SELECT value FROM json_each(:days)) AND control = ''",
        days=json.dumps(list(cash_day_ids)),
    )[0]
    if not rows:
        return ReceiptsOnSheet(by_hand=by_hand, total=by_hand_total)
    return ReceiptsOnSheet(
        first=receipt_number(rows[0][1], rows[0][2]),
        last=receipt_number(rows[-1][1], rows[-1][3]),
        count=sum(row[4] for row in rows),
        cancelled=sum(row[5] for row in rows),
        by_hand=by_hand,
        total=by_hand_total + sum(row[6] for row in rows),
    )


def name_of(uow: UnitOfWork, user_id: int | None) -> str:
    """Name of a user, or empty."""
    return next((user.name for user in uow.users.all() if user.id == user_id), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """One day of the caisse in the list of days.

    Attributes:
        gap: None while it is open.
        printed: Its sheet came out.
    """

    cash_day_id: int
    day: dt.date
    opening: int
    counted: int | None
    gap: int | None
    reason: str
    printed: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class DayPage:
    """A part of the list of days, and how long it is."""

    rows: tuple[DayRow, ...]
    total: int


def list_days(desk: Desk, offset: int, limit: int, *, to_print: bool = False) -> DayPage:
    """Days of the caisse, the last opened first; with ``to_print`` only those whose sheet never came out.

    Raises:
        Forbidden: Without the right to take money in or to read the accounts.
    """
    _may_see(desk)
    which = (
        " FROM cash_day d JOIN box b ON b.id = d.box_id AND b.code = :code"
        " LEFT JOIN closing c ON c.cash_day_id = d.id"
        f"{' WHERE c.cash_day_id IS NOT NULL AND c.sheet_printed_at IS NULL' if to_print else ''}"
    )
    columns = "d.id, d.day, d.opening_amount, c.theoretical, c.counted, d.gap_reason, c.sheet_printed_at, c.cash_day_id"
    with desk.read() as uow:
        total = uow.rows(f"SELECT count(*){which}", code=cashbook.CASH)[0][0]
        rows = uow.rows(
            f"SELECT {columns}{which} ORDER BY d.id DESC LIMIT :most OFFSET :skipped",
            code=cashbook.CASH,
            most=limit,
            skipped=offset,
        )
        closings = {row[7]: uow.cashbook.closing(row[7]) for row in rows if row[7] is not None}
    return DayPage(tuple(_day_row(row, closings.get(row[7])) for row in rows), total)


def _day_row(row: tuple[Any, ...], closing: Closing | None) -> DayRow:
    number, day, opening, theoretical, counted, reason, printed_at, _ = row
    return DayRow(
        cash_day_id=number,
        day=dt.date.fromisoformat(day),
        opening=opening,
        counted=counted,
        gap=None if counted is None else counted - theoretical,
        reason=reason,
        printed=printed_at is not None,
        anchor="" if closing is None else closing.anchor.code,
    )


def days_of_sheet(desk: Desk, cash_day_id: int) -> tuple[int, ...]:
    """The cash days that one sheet says: those closed together with this one."""
    with desk.read() as uow:
        return tuple(one.cash_day_id for one in closed_together(uow, cash_day_id))
