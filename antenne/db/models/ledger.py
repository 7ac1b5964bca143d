"""The chart, the entries and their postings, what closings fixed; append-only, ids and amounts, no names."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from antenne.db.models.base import Base, IsoDate, UtcInstant


class AccountModel(Base):
    """One account of the chart."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    label: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    sycebnl: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(Text, index=True)
    active: Mapped[bool] = mapped_column(default=True)


class EntryModel(Base):
    """One link of the ledger's chain."""

    __tablename__ = "entry"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[dt.date] = mapped_column(IsoDate, index=True)
    at: Mapped[dt.datetime] = mapped_column(UtcInstant)
    cash_day_id: Mapped[int] = mapped_column(ForeignKey("cash_day.id"), index=True)
    actor_id: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)
    reverses: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), unique=True)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class PostingModel(Base):
    """One line of an entry; clustered by entry, found by account, by box's day and by person."""

    __tablename__ = "posting"
    __table_args__ = (
        Index("ix_posting_account_id", "account_id", "entry_id"),
        Index("ix_posting_cash_day_id", "cash_day_id", "debit", "credit"),
        Index("ix_posting_person_id", "person_id", "account_id"),
        Index("ix_posting_budget_line_id", "budget_line_id"),
        {"sqlite_with_rowid": False},
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    debit: Mapped[int]
    credit: Mapped[int]
    cash_day_id: Mapped[int | None] = mapped_column(ForeignKey("cash_day.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    budget_line_id: Mapped[int | None] = mapped_column(ForeignKey("budget_line.id"))


class CashCountModel(Base):
    """How many of one note or coin were counted at a closing."""

    __tablename__ = "cash_count"

    cash_day_id: Mapped[int] = mapped_column(ForeignKey("cash_day.id"), primary_key=True)
    denomination: Mapped[int] = mapped_column(primary_key=True)
    good: Mapped[int]
    worn: Mapped[int]


class ClosingModel(Base):
    """What the closing of a cash day fixed: the signed sheet's figures and the anchor."""

    __tablename__ = "closing"

    cash_day_id: Mapped[int] = mapped_column(ForeignKey("cash_day.id"), primary_key=True)
    theoretical: Mapped[int]
    counted: Mapped[int]
    entries: Mapped[int]
    last_receipt: Mapped[str] = mapped_column(Text)
    head: Mapped[str] = mapped_column(Text)
    sheet_printed_at: Mapped[dt.datetime | None] = mapped_column(UtcInstant)


class PeriodClosingModel(Base):
    """A month or a year that is closed: nothing is dated inside it any more."""

    __tablename__ = "period_closing"
    __table_args__ = (UniqueConstraint("kind", "first_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    first_day: Mapped[dt.date] = mapped_column(IsoDate)
    last_day: Mapped[dt.date] = mapped_column(IsoDate)
    closed_at: Mapped[dt.datetime] = mapped_column(UtcInstant)
    closed_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    entries: Mapped[int]
    last_receipt: Mapped[str] = mapped_column(Text)
    head: Mapped[str] = mapped_column(Text)


class ProjectModel(Base):
    """A donor's project."""

    __tablename__ = "project"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    donor: Mapped[str] = mapped_column(Text)
    starts_on: Mapped[dt.date] = mapped_column(IsoDate)
    ends_on: Mapped[dt.date] = mapped_column(IsoDate)


class BudgetLineModel(Base):
    """One line of a project's budget, in FCFA."""

    __tablename__ = "budget_line"
    __table_args__ = (UniqueConstraint("project_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    code: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    amount: Mapped[int]
