"""The chart, the boxes, their days, counts and closings: rows to records and back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from antenne.db.models.base import table_of
from antenne.db.models.ledger import AccountModel, CashCountModel, ClosingModel, PeriodClosingModel, PostingModel
from antenne.db.models.office import BoxModel, CashDayModel
from antenne.domain.accounts import Account, AccountKind
from antenne.domain.cashbook import Box, CashCount, CashDay, Closing, PeriodClosing, PeriodKind, Pieces

# Built once: these stand in the way of every receipt, and putting a statement together costs more than asking it.
_BY_USE = select(AccountModel).where(AccountModel.role == bindparam("use"))
_BY_CODE = select(BoxModel).where(BoxModel.code == bindparam("code"))
_LAST_DAY = (
    select(CashDayModel).where(CashDayModel.box_id == bindparam("box_id")).order_by(CashDayModel.id.desc()).limit(1)
)


class AccountRepository:
    """The chart of accounts."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def all(self) -> tuple[Account, ...]:
        """Every account, by code."""
        return tuple(_account(row) for row in self._session.scalars(select(AccountModel).order_by(AccountModel.code)))

    def get(self, account_id: int) -> Account | None:
        """One account."""
        row = self._session.get(AccountModel, account_id)
        return None if row is None else _account(row)

    def by_use(self, use: str) -> Account:
        """The account that serves for one of ``accounts.Use``.

        Raises:
            KeyError: The chart lacks it: a bug, or a base edited behind the program.
        """
        row = self._session.scalar(_BY_USE, {"use": use})
        if row is None:
            raise KeyError(use)
        return _account(row)

    def save(self, account: Account) -> Account:
        """Add an account, or change its words."""
        model = self._session.get(AccountModel, account.id) if account.id else None
        if model is None:
            model = AccountModel()
            self._session.add(model)
        model.code, model.label, model.kind = account.code, account.label, account.kind.value
        model.sycebnl, model.role, model.active = account.sycebnl, account.role, account.active
        self._session.flush()
        return _account(model)

    def is_used(self, account_id: int) -> bool:
        """Whether an entry stands on it."""
        query = select(PostingModel.entry_id).where(PostingModel.account_id == account_id).limit(1)
        return self._session.scalar(query) is not None


class CashbookRepository:
    """Boxes, their days, counts and closings."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def boxes(self) -> tuple[Box, ...]:
        """Every box, the cash first."""
        return tuple(_box(row) for row in self._session.scalars(select(BoxModel).order_by(BoxModel.id)))

    def box(self, code: str) -> Box | None:
        """One box by its code."""
        row = self._session.scalar(_BY_CODE, {"code": code})
        return None if row is None else _box(row)

    def save_box(self, box: Box) -> None:
        """Rename a box, or put it to rest."""
        model = self._session.get_one(BoxModel, box.id)
        model.label, model.active = box.label, box.active
        self._session.flush()

    def day(self, cash_day_id: int) -> CashDay | None:
        """One day of one box."""
        row = self._session.get(CashDayModel, cash_day_id)
        return None if row is None else _day(row)

    def last_day(self, box_id: int) -> CashDay | None:
        """The day of a box that was opened last (its date is not always the newest: the clock may have been wrong)."""
        row = self._session.scalar(_LAST_DAY, {"box_id": box_id})
        return None if row is None else _day(row)

    def has_day(self, box_id: int, day: dt.date) -> bool:
        """Whether a day of that box bears that date."""
        query = select(CashDayModel.id).where(CashDayModel.box_id == box_id, CashDayModel.day == day)
        return self._session.scalar(query) is not None

    def open_day(self, box_id: int) -> CashDay | None:
        """The day that is open, or None; there is never more than one for a box."""
        last = self.last_day(box_id)
        return last if last is not None and last.is_open else None

    def open_days(self) -> tuple[CashDay, ...]:
        """Every open day, one for a box at most."""
        query = select(CashDayModel).where(CashDayModel.closed_at.is_(None)).order_by(CashDayModel.box_id)
        return tuple(_day(row) for row in self._session.scalars(query))

    def days(self, first: dt.date, last: dt.date, box_id: int | None = None) -> tuple[CashDay, ...]:
        """Days of a period, the newest first."""
        query = select(CashDayModel).where(CashDayModel.day.between(first, last))
        if box_id is not None:
            query = query.where(CashDayModel.box_id == box_id)
        rows = self._session.scalars(query.order_by(CashDayModel.day.desc(), CashDayModel.box_id))
        return tuple(_day(row) for row in rows)

    def add_day(self, day: CashDay) -> CashDay:
        """Open a day."""
        names = ("box_id", "day", "opened_at", "opened_by", "opening_amount", "closed_at", "closed_by")
        values = {name: getattr(day, name) for name in (*names, "counted_amount", "gap_reason")}
        model = CashDayModel(**values)
        self._session.add(model)
        self._session.flush()
        return replace(day, id=model.id)

    def close_day(self, day: CashDay, count: CashCount, closing: Closing) -> None:
        """Write the closing of a day: count, figures, anchor."""
        model = self._session.get_one(CashDayModel, day.id)
        model.closed_at, model.closed_by = day.closed_at, day.closed_by
        model.counted_amount, model.gap_reason = day.counted_amount, day.gap_reason
        counted = [
            {"cash_day_id": day.id, "denomination": value, "good": pieces.good, "worn": pieces.worn}
            for value, pieces in count.pieces.items()
            if pieces.good or pieces.worn
        ]
        self._session.flush()
        if counted:
            self._session.execute(insert(table_of(CashCountModel)), counted)
        self._session.execute(
            insert(table_of(ClosingModel)),
            {
                "cash_day_id": day.id,
                "theoretical": closing.theoretical,
                "counted": closing.counted,
                "entries": closing.entries,
                "last_receipt": closing.last_receipt,
                "head": closing.head,
                "sheet_printed_at": closing.sheet_printed_at,
            },
        )

    def count(self, cash_day_id: int) -> CashCount:
        """What was counted at a closing."""
        rows = self._session.scalars(select(CashCountModel).where(CashCountModel.cash_day_id == cash_day_id))
        return CashCount({row.denomination: Pieces(row.good, row.worn) for row in rows})

    def closing(self, cash_day_id: int) -> Closing | None:
        """What a closing fixed."""
        row = self._session.get(ClosingModel, cash_day_id)
        return None if row is None else _closing(row)

    def last_closing(self) -> Closing | None:
        """The newest anchor: what follows it is unproven."""
        row = self._session.scalar(select(ClosingModel).order_by(ClosingModel.entries.desc()).limit(1))
        return None if row is None else _closing(row)

    def closings(self) -> tuple[Closing, ...]:
        """Every closing, oldest anchor first."""
        return tuple(
            _closing(row) for row in self._session.scalars(select(ClosingModel).order_by(ClosingModel.entries))
        )

    def unprinted_closings(self) -> tuple[Closing, ...]:
        """Closings whose sheet was never printed."""
        query = select(ClosingModel).where(ClosingModel.sheet_printed_at.is_(None)).order_by(ClosingModel.entries)
        return tuple(_closing(row) for row in self._session.scalars(query))

    def note_sheet_printed(self, cash_day_id: int, at: dt.datetime) -> None:
        """The sheet came out for the first time."""
        self._session.execute(
            update(ClosingModel)
            .where(ClosingModel.cash_day_id == cash_day_id, ClosingModel.sheet_printed_at.is_(None))
            .values(sheet_printed_at=at)
        )

    def moved(self, cash_day_id: int) -> tuple[int, int]:
        """What came in and went out of a box on one of its days, in FCFA."""
        query = select(func.sum(PostingModel.debit), func.sum(PostingModel.credit))
        row = self._session.execute(query.where(PostingModel.cash_day_id == cash_day_id)).one()
        return row[0] or 0, row[1] or 0

    def theoretical(self, day: CashDay) -> int:
        """What must lie in the box, in FCFA: opening + in − out."""
        came, went = self.moved(day.id)
        return day.opening_amount + came - went

    def periods(self) -> tuple[PeriodClosing, ...]:
        """Months and years that are closed, oldest first."""
        rows = self._session.scalars(select(PeriodClosingModel).order_by(PeriodClosingModel.last_day))
        return tuple(_period(row) for row in rows)

    def closed_through(self) -> dt.date | None:
        """The last day of the newest closed month or year."""
        return self._session.scalar(select(func.max(PeriodClosingModel.last_day)))

    def add_period(self, period: PeriodClosing) -> None:
        """Close a month or a year."""
        names = ("first_day", "last_day", "closed_at", "closed_by", "entries", "last_receipt", "head")
        values = {name: getattr(period, name) for name in names}
        self._session.execute(insert(table_of(PeriodClosingModel)), {"kind": period.kind.value, **values})


def _account(row: AccountModel) -> Account:
    return Account(
        id=row.id,
        code=row.code,
        label=row.label,
        kind=AccountKind(row.kind),
        sycebnl=row.sycebnl,
        role=row.role,
        active=row.active,
    )


def _box(row: BoxModel) -> Box:
    return Box(row.id, row.code, row.label, row.active)


def _day(row: CashDayModel) -> CashDay:
    return CashDay(
        id=row.id,
        box_id=row.box_id,
        day=row.day,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        opening_amount=row.opening_amount,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        counted_amount=row.counted_amount,
        gap_reason=row.gap_reason,
    )


def _closing(row: ClosingModel) -> Closing:
    return Closing(
        cash_day_id=row.cash_day_id,
        theoretical=row.theoretical,
        counted=row.counted,
        entries=row.entries,
        last_receipt=row.last_receipt,
        head=row.head,
        sheet_printed_at=row.sheet_printed_at,
    )


def _period(row: PeriodClosingModel) -> PeriodClosing:
    return PeriodClosing(
        kind=PeriodKind(row.kind),
        first_day=row.first_day,
        last_day=row.last_day,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        entries=row.entries,
        last_receipt=row.last_receipt,
        head=row.head,
    )
