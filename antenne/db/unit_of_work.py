"""One transaction: nothing persists without an explicit commit."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from antenne.db import engine as engines
from antenne.db.repositories.audit import AuditRepository, CounterRepository, DraftRepository
from antenne.db.repositories.cards import CardRepository
from antenne.db.repositories.cashbook import AccountRepository, CashbookRepository
from antenne.db.repositories.civil import CivilRepository
from antenne.db.repositories.civil_board import CivilBoardRepository
from antenne.db.repositories.civil_trips import CivilTripRepository
from antenne.db.repositories.dues import DueRepository
from antenne.db.repositories.expenses import ExpenseRepository
from antenne.db.repositories.ledger import LedgerRepository
from antenne.db.repositories.members import PersonRepository
from antenne.db.repositories.office import (
    BackupRepository,
    OfficeRepository,
    SettingRepository,
    UserRepository,
)
from antenne.db.repositories.partners import PartnerRepository
from antenne.db.repositories.projects import ProjectRepository
from antenne.db.repositories.receipts import ReceiptRepository
from antenne.db.repositories.sealed import SealedRepository


class UnitOfWork:
    """A transaction with the repositories inside it.

    Leaving the block without :meth:`commit` undoes everything. Errors of the driver leave it as
    :class:`antenne.base.problems.Problem` when the machine is at fault.
    """

    def __init__(self, engine: Engine, *, writes: bool) -> None:
        """Prepare; the transaction begins on entering the block."""
        self._engine = engine
        self._statement = engines.WRITE if writes else engines.READ

    def __enter__(self) -> Self:
        """Begin: IMMEDIATE for a writer, a guarded snapshot for a reader."""
        self._connection = self._engine.connect().execution_options(antenne_begin=self._statement)
        try:
            self._connection.begin()
        except DBAPIError as error:
            self._connection.close()
            raise engines.problem_behind(error) or error from error
        self.session = Session(self._connection, expire_on_commit=False, autoflush=False)
        self.persons = PersonRepository(self.session)
        self.cards = CardRepository(self.session)
        self.accounts = AccountRepository(self.session)
        self.cashbook = CashbookRepository(self.session)
        self.ledger = LedgerRepository(self.session)
        self.receipts = ReceiptRepository(self.session)
        self.dues = DueRepository(self.session)
        self.expenses = ExpenseRepository(self.session)
        self.projects = ProjectRepository(self.session)
        self.civil = CivilRepository(self.session)
        self.civil_board = CivilBoardRepository(self.session)
        self.civil_trips = CivilTripRepository(self.session)
        self.partners = PartnerRepository(self.session)
        self.audit = AuditRepository(self.session)
        self.counters = CounterRepository(self.session)
        self.drafts = DraftRepository(self.session)
        self.office = OfficeRepository(self.session)
        self.settings = SettingRepository(self.session)
        self.users = UserRepository(self.session)
        self.backups = BackupRepository(self.session)
        self.sealed = SealedRepository(self.session)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Undo what was not committed, give the connection back, translate the driver's words."""
        self.session.close()
        if self._connection.in_transaction():
            self._connection.rollback()
        self._connection.close()
        if isinstance(error, DBAPIError):
            problem = engines.problem_behind(error)
            if problem is not None:
                raise problem from error

    def commit(self) -> None:
        """Make it last: returns when it is on the disk."""
        self.session.flush()
        self._connection.commit()

    def rows(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        """Plain SQL for checks and reports."""
        return [tuple(row) for row in self.session.execute(text(sql), values)]
