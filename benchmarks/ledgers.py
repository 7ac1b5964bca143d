"""An encrypted office with a long ledger: closed days of receipts, chained, written straight into the tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from antenne.base.clock import FixedClock
from antenne.db.slots import KdfParams, NewSlot
from antenne.domain.accounts import Use
from antenne.domain.births import UNKNOWN
from antenne.domain.cashbook import CashCount, CashDay, Closing, Pieces
from antenne.domain.ledger import START, Entry, EntryKind, Posting, entry_hash, head_of
from antenne.domain.persons import Person
from antenne.domain.receipts import Receipt, ReceiptLine, receipt_number
from antenne.services import access, demo, opening
from antenne.services.desk import Desk
from antenne.services.ledger import box_account, known_box

PHRASE, LABEL = "lanterne bassine foulard tortue", "Tortue"
PER_DAY = 100
AMOUNT = 550
NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def build(folder: Path, postings: int) -> Path:
    """An office whose closed days hold so many postings, two for each receipt; today is not open yet."""
    user = opening.NewUser(
        name="Ramata K.",
        slot=NewSlot(label=LABEL, secret=PHRASE, roles=frozenset({"caissiere"}), may_open_confidential=False),
    )
    opening.create_office(folder, demo.OFFICE, (user,), (), FixedClock(NOW), KdfParams())
    desk = open_desk(folder)
    try:
        _fill(desk, postings // 2)
    finally:
        desk.close()
    return folder


def open_desk(folder: Path) -> Desk:
    """The cashier's desk, at half past nine of a fixed day."""
    return opening.open_desk(folder, access.unlock(folder, PHRASE, LABEL), FixedClock(NOW))


def _fill(desk: Desk, receipts: int) -> None:
    days = -(-receipts // PER_DAY)
    first = NOW.date() - dt.timedelta(days=days)
    with desk.write() as uow:
        person = uow.persons.save(
            Person(number="P-00001", last_name="Koné", first_name="Awa", birth=UNKNOWN), NOW, desk.actor.user_id
        )
        cash = known_box(uow, "caisse")
        own, fees = box_account(uow, cash).id, uow.accounts.by_use(Use.FEES).id
        chain = _Chain(own, fees, person.id)
        left, balance = receipts, 0
        for number in range(days):
            count = min(PER_DAY, left)
            left -= count
            at = dt.datetime.combine(first + dt.timedelta(days=number), dt.time(9), dt.UTC)
            day = uow.cashbook.add_day(
                CashDay(box_id=cash.id, day=at.date(), opened_at=at, opened_by=1, opening_amount=balance)
            )
            entries, papers = chain.of_day(day, count, at)
            uow.ledger.write(entries)
            uow.receipts.write(papers)
            balance += count * AMOUNT
            closed = replace(day, closed_at=at, closed_by=1, counted_amount=balance)
            closing = Closing(
                cash_day_id=day.id,
                theoretical=balance,
                counted=balance,
                entries=chain.number,
                last_receipt=papers[-1].name,
                head=head_of(chain.last),
                sheet_printed_at=at,
            )
            uow.cashbook.close_day(closed, CashCount({50: Pieces(balance // 50)}), closing)
        uow.commit()


class _Chain:
    """Entries and receipts that follow each other."""

    def __init__(self, own: int, fees: int, person_id: int) -> None:
        self._own, self._fees, self._person_id = own, fees, person_id
        self.number, self.last = 0, START
        self._numbers: dict[int, int] = {}

    def of_day(self, day: CashDay, count: int, at: dt.datetime) -> tuple[list[Entry], list[Receipt]]:
        """So many receipts of one day."""
        entries = list(self._entries(day, count, at))
        return entries, [self._receipt(entry) for entry in entries]

    def _entries(self, day: CashDay, count: int, at: dt.datetime) -> Iterator[Entry]:
        for _ in range(count):
            self.number += 1
            entry = Entry(
                id=self.number,
                day=day.day,
                at=at,
                cash_day_id=day.id,
                actor_id=1,
                kind=EntryKind.RECEIPT,
                postings=(
                    Posting(account_id=self._own, debit=AMOUNT, cash_day_id=day.id),
                    Posting(account_id=self._fees, credit=AMOUNT, person_id=self._person_id),
                ),
            )
            self.last = entry_hash(entry, self.last)
            yield replace(entry, hash=self.last)

    def _receipt(self, entry: Entry) -> Receipt:
        year = entry.day.year
        self._numbers[year] = self._numbers.get(year, 0) + 1
        return Receipt(
            id=entry.id,
            year=year,
            number=self._numbers[year],
            day=entry.day,
            issued_at=entry.at,
            entry_id=entry.id,
            cash_day_id=entry.cash_day_id,
            box_id=1,
            actor_id=1,
            person_id=self._person_id,
            lines=(ReceiptLine(kind="fees", label="Frais", amount=AMOUNT, account_id=self._fees),),
            total=AMOUNT,
            handed=AMOUNT,
            control=receipt_number(year, self._numbers[year]),
            printed_at=entry.at,
            cashier="Ramata K.",
        )
