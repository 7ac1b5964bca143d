"""The chained entries: append and read. Nothing here changes an entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from antenne.db.models.base import table_of
from antenne.db.models.ledger import EntryModel, PostingModel
from antenne.domain.ledger import START, Entry, EntryKind, LedgerAnchor, Posting, entry_hash, head_of

_BATCH = 2000


class LedgerRepository:
    """The chain of entries: append and read."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def last(self) -> tuple[int, bytes]:
        """Id and hash of the last entry; 0 and the start of the chain when there is none."""
        row = self._session.execute(_LAST).first()
        return (0, START) if row is None else (row.id, row.hash)

    def append(self, entry: Entry) -> Entry:
        """Chain an entry to the last one and write it, in two plain statements."""
        number, previous = self.last()
        numbered = replace(entry, id=number + 1)
        linked = replace(numbered, hash=entry_hash(numbered, previous))
        self.write((linked,))
        return linked

    def write(self, entries: Sequence[Entry]) -> None:
        """Write entries that are already chained (a batch: the demonstration, a benchmark)."""
        self._session.execute(
            insert(table_of(EntryModel)),
            [
                {
                    "id": one.id,
                    "day": one.day,
                    "at": one.at,
                    "cash_day_id": one.cash_day_id,
                    "actor_id": one.actor_id,
                    "kind": one.kind.value,
                    "reverses": one.reverses,
                    "hash": one.hash,
                }
                for one in entries
            ],
        )
        self._session.execute(
            insert(table_of(PostingModel)),
            [
                {
                    "entry_id": one.id,
                    "line": number,
                    "account_id": line.account_id,
                    "debit": line.debit,
                    "credit": line.credit,
                    "cash_day_id": line.cash_day_id,
                    "person_id": line.person_id,
                    "budget_line_id": line.budget_line_id,
                }
                for one in entries
                for number, line in enumerate(one.postings)
            ],
        )

    def get(self, entry_id: int) -> Entry | None:
        """One entry with its postings."""
        return next(iter(self.some((entry_id,))), None)

    def some(self, ids: Sequence[int]) -> tuple[Entry, ...]:
        """These entries, by id."""
        query = select(EntryModel).where(EntryModel.id.in_(ids)).order_by(EntryModel.id)
        heads = list(self._session.scalars(query))
        lines = self._lines_of([head.id for head in heads])
        return tuple(_entry(head, lines.get(head.id, ())) for head in heads)

    def reversal_of(self, entry_id: int) -> int | None:
        """The entry that reverses this one, or None."""
        return self._session.scalar(select(EntryModel.id).where(EntryModel.reverses == entry_id))

    def chain(self) -> Iterator[Entry]:
        """The whole chain, oldest first, a batch in memory at a time."""
        heads = self._session.execute(_HEADS).yield_per(_BATCH)
        lines = groupby(self._session.execute(_LINES).yield_per(_BATCH), key=lambda row: row[0])
        waiting = next(lines, None)
        for number, day, at, cash_day, actor, kind, reverses, own in heads:
            while waiting is not None and waiting[0] < number:
                waiting = next(lines, None)
            postings: tuple[Posting, ...] = ()
            if waiting is not None and waiting[0] == number:
                postings = tuple(_posting(row[1:]) for row in waiting[1])
                waiting = next(lines, None)
            yield Entry(
                id=number,
                day=dt.date.fromisoformat(day),
                at=dt.datetime.fromisoformat(at),
                cash_day_id=cash_day,
                actor_id=actor,
                kind=EntryKind(kind),
                postings=postings,
                reverses=reverses,
                hash=own,
            )

    def balance_of(self, person_id: int, account_id: int) -> int:
        """Credits less debits of one person on one account, in FCFA."""
        query = select(func.sum(PostingModel.credit) - func.sum(PostingModel.debit))
        found = self._session.scalar(
            query.where(PostingModel.person_id == person_id, PostingModel.account_id == account_id)
        )
        return found or 0

    def anchor(self, last_receipt: str) -> LedgerAnchor:
        """The end of the chain as a closing sheet prints it."""
        number, own = self.last()
        return LedgerAnchor(number, last_receipt, head_of(own))

    def last_instant(self) -> dt.datetime | None:
        """When the last entry was written: a clock before it was set back."""
        row = self._session.execute(_LAST_AT).first()
        return None if row is None else dt.datetime.fromisoformat(row[0])

    def last_day(self) -> dt.date | None:
        """The day of the last entry."""
        return self._session.scalar(select(EntryModel.day).order_by(EntryModel.id.desc()).limit(1))

    def _lines_of(self, ids: Sequence[int]) -> Mapping[int, tuple[Posting, ...]]:
        query = (
            select(
                PostingModel.entry_id,
                PostingModel.account_id,
                PostingModel.debit,
                PostingModel.credit,
                PostingModel.cash_day_id,
                PostingModel.person_id,
                PostingModel.budget_line_id,
            )
            .where(PostingModel.entry_id.in_(ids))
            .order_by(PostingModel.entry_id, PostingModel.line)
        )
        return {
            number: tuple(_posting(tuple(row)[1:]) for row in rows)
            for number, rows in groupby(self._session.execute(query), key=lambda row: row[0])
        }


_LAST = text("SELECT id, hash FROM entry ORDER BY id DESC LIMIT 1")
_LAST_AT = text("SELECT at FROM entry ORDER BY id DESC LIMIT 1")
_HEADS = text("SELECT id, day, at, cash_day_id, actor_id, kind, reverses, hash FROM entry ORDER BY id")
_LINES = text(
    "SELECT entry_id, account_id, debit, credit, cash_day_id, person_id, budget_line_id FROM posting"
    " ORDER BY entry_id, line"
)


def _posting(row: Sequence[int | None]) -> Posting:
    account, debit, credit, cash_day, person, budget_line = row
    assert account is not None
    return Posting(
        account_id=account,
        debit=debit or 0,
        credit=credit or 0,
        cash_day_id=cash_day,
        person_id=person,
        budget_line_id=budget_line,
    )


def _entry(row: EntryModel, postings: tuple[Posting, ...]) -> Entry:
    return Entry(
        id=row.id,
        day=row.day,
        at=row.at,
        cash_day_id=row.cash_day_id,
        actor_id=row.actor_id,
        kind=EntryKind(row.kind),
        postings=postings,
        reverses=row.reverses,
        hash=row.hash,
    )
