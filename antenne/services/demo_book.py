"""The book of the demonstration's money: days opened, receipts and vouchers written, counted, closed, all chained.

It writes what the services would write, in batches: three years of an office in a few seconds.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace
from typing import Final

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import paper_words
from antenne.domain import receipts as receipt_rules
from antenne.domain.accounts import Use
from antenne.domain.audit import FieldChange
from antenne.domain.cashbook import CASH, DENOMINATIONS, CashCount, CashDay, Closing, PeriodClosing, PeriodKind, Pieces
from antenne.domain.expenses import Expense
from antenne.domain.ledger import START, Entry, EntryKind, Posting, entry_hash, head_of
from antenne.domain.money import grouped
from antenne.domain.receipts import Receipt, ReceiptLine
from antenne.domain.voucher_faces import VoucherKind
from antenne.services.desk import Desk
from antenne.services.expenses import NAME_CHANGE

CASHIER: Final = "Ramata K."
_BATCH: Final = 400
_SMALLEST: Final = 5
_GAPS: Final = (
    (-25, "pièce de 25 F fausse, refusée"),
    (-500, "erreur de rendu, pas retrouvée"),
    (-100, "pièce de 100 F tombée, pas retrouvée"),
    (-250, "pièce de 250 F abîmée, refusée par le marché"),
    (50, "monnaie laissée par une cliente du matin"),
    (-1000, "billet de 1 000 F en trop rendu, la femme ne se souvient pas"),
    (100, "50 F ou 100 F donnés en trop, personne ne réclame"),
    (-5, "il manque une pièce de 5 F"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A receipt to write.

    Attributes:
        lines: What is paid; accounts are known.
        box: Where the money goes.
        over: What is handed beyond the total.
        owed: How much of that is not given back (« monnaie due »).
    """

    person_id: int | None
    lines: tuple[ReceiptLine, ...]
    box: str = CASH
    payer: str = ""
    reference: str = ""
    over: int = 0
    owed: int = 0
    printed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """A voucher to write; ``account`` is what it is posted to."""

    kind: VoucherKind
    amount: int
    purpose: str
    account_id: int
    box: str = CASH
    to_box: str = ""
    person_id: int | None = None
    beneficiary: str = ""
    budget_line_id: int | None = None
    document: str = ""
    document_ref: str = ""
    advance_id: int | None = None
    justify_by: dt.date | None = None
    fee: int = 0


class DemoBook:
    """Writes day after day; ends with one open day."""

    def __init__(self, desk: Desk, uow: UnitOfWork, rng: random.Random, actor_id: int) -> None:
        """Begin an empty book."""
        self._desk, self._uow, self._rng, self._actor = desk, uow, rng, actor_id
        self._boxes = {box.code: box for box in uow.cashbook.boxes()}
        self._accounts = {code: uow.accounts.by_use(f"{Use.BOX}{code}").id for code in self._boxes}
        self._due = uow.accounts.by_use(Use.CHANGE_DUE).id
        self._advance = uow.accounts.by_use(Use.ADVANCE).id
        self._fees = next(one.id for one in uow.accounts.all() if one.code == "631")
        self._gap = {True: uow.accounts.by_use(Use.SURPLUS).id, False: uow.accounts.by_use(Use.SHORTAGE).id}
        self._last, self._entries = START, 0
        self._waiting: list[Entry] = []
        self._receipts: list[Receipt] = []
        self._expenses: list[Expense] = []
        self._numbers: dict[tuple[str, int], int] = {}
        self._counts = {"receipt": 0, "expense": 0}
        self._held = dict.fromkeys(self._boxes, 0)
        self._days: dict[str, CashDay] = {}
        self._last_receipt = ""
        self._at = dt.datetime.min.replace(tzinfo=dt.UTC)

    def held(self, box: str) -> int:
        """What lies in a box now, in FCFA."""
        return self._held[box]

    def open(self, day: dt.date) -> None:
        """Open the caisse in the morning; the other boxes follow when money moves in them."""
        self._at = dt.datetime.combine(day, dt.time(8, self._rng.randrange(5, 40)), dt.UTC)
        self._open_box(CASH)

    def _open_box(self, box: str) -> CashDay:
        if box not in self._days:
            day = CashDay(
                box_id=self._boxes[box].id,
                day=self._at.date(),
                opened_at=self._at,
                opened_by=self._actor,
                opening_amount=self._held[box],
            )
            self._days[box] = self._uow.cashbook.add_day(day)
        return self._days[box]

    def found(self, box: str, amount: int, account_id: int) -> None:
        """Money that was there before the book began."""
        day = self._open_box(box)
        postings = (self._into(box, amount, day), Posting(account_id=account_id, credit=amount))
        self._append(EntryKind.OPENING, day, postings)

    def _into(self, box: str, amount: int, day: CashDay) -> Posting:
        self._held[box] += amount
        return Posting(account_id=self._accounts[box], debit=amount, cash_day_id=day.id)

    def _out_of(self, box: str, amount: int, day: CashDay) -> Posting:
        self._held[box] -= amount
        assert self._held[box] >= 0
        return Posting(account_id=self._accounts[box], credit=amount, cash_day_id=day.id)

    def _append(
        self, kind: EntryKind, day: CashDay, postings: tuple[Posting, ...], reverses: int | None = None
    ) -> Entry:
        self._entries += 1
        entry = Entry(
            id=self._entries,
            day=day.day,
            at=self._at,
            cash_day_id=day.id,
            actor_id=self._actor,
            kind=kind,
            postings=postings,
            reverses=reverses,
        )
        self._last = entry_hash(entry, self._last)
        self._waiting.append(replace(entry, hash=self._last))
        return self._waiting[-1]

    def _next(self, series: str, year: int) -> int:
        key = (series, year)
        self._numbers[key] = self._numbers.get(key, 0) + 1
        return self._numbers[key]

    def _wait(self) -> None:
        """Some minutes between two women."""
        step = dt.timedelta(minutes=self._rng.randrange(2, 14))
        if (self._at + step).hour < 17:
            self._at += step

    def take(self, taken: Taken) -> Receipt:
        """Write a receipt with its entry."""
        self._wait()
        day = self._open_box(taken.box)
        total = sum(line.amount for line in taken.lines)
        paid = tuple(
            Posting(
                account_id=line.account_id,
                credit=line.amount,
                person_id=taken.person_id,
                budget_line_id=line.budget_line_id,
            )
            for line in taken.lines
        )
        owed = (Posting(account_id=self._due, credit=taken.owed, person_id=taken.person_id),) if taken.owed else ()
        entry = self._append(EntryKind.RECEIPT, day, (self._into(taken.box, total + taken.owed, day), *paid, *owed))
        self._counts["receipt"] += 1
        receipt = Receipt(
            id=self._counts["receipt"],
            year=day.day.year,
            number=self._next("receipt", day.day.year),
            day=day.day,
            issued_at=self._at,
            entry_id=entry.id,
            cash_day_id=day.id,
            box_id=day.box_id,
            actor_id=self._actor,
            person_id=taken.person_id,
            payer=taken.payer,
            lines=taken.lines,
            total=total,
            handed=total + taken.over,
            change_given=taken.over - taken.owed,
            change_due=taken.owed,
            reference=taken.reference,
            printed_at=self._at if taken.printed else None,
            cashier=CASHIER,
        )
        control = receipt_rules.control_code(self._desk.keys.paper, self._desk.keys.db_id, receipt, entry.hash)
        receipt = replace(receipt, control=control)
        self._receipts.append(receipt)
        self._last_receipt = receipt.name
        said = FieldChange("Reçu", "", f"{receipt.name} · {grouped(total)}")
        self._note("receipt.issued", "receipt", receipt.id, said, paper_words.of_receipt(receipt))
        self._spill()
        return receipt

    def cancel(self, receipt: Receipt, reason: str) -> None:
        """Cancel a receipt of today."""
        self._wait()
        entry = next(one for one in self._waiting if one.id == receipt.entry_id)
        boxes = {self._days[code].id: code for code in self._days}
        for line in entry.postings:
            if line.cash_day_id is not None:
                self._held[boxes[line.cash_day_id]] -= line.debit
        mirror = tuple(replace(line, debit=line.credit, credit=line.debit) for line in entry.postings)
        day = self._uow.cashbook.day(receipt.cash_day_id)
        assert day is not None
        reversal = self._append(EntryKind.REVERSAL, day, mirror, entry.id)
        place = self._receipts.index(receipt)
        self._receipts[place] = replace(
            receipt, cancelled_on=day.day, cancelled_reason=reason, cancelled_by=reversal.id
        )
        self._note("receipt.cancelled", "receipt", receipt.id, FieldChange(paper_words.REASON, "", reason))

    def return_change(self, person_id: int, amount: int) -> None:
        """Give a woman the change that was due to her."""
        self._wait()
        day = self._open_box(CASH)
        back = Posting(account_id=self._due, debit=amount, person_id=person_id)
        self._append(EntryKind.CHANGE, day, (back, self._out_of(CASH, amount, day)))

    def spend(self, spent: Spent) -> int:
        """Write a voucher with its entry; its id."""
        self._wait()
        day = self._open_box(spent.box)
        entry = self._append(*self._voucher_entry(spent, day))
        self._counts["expense"] += 1
        year = day.day.year
        expense = Expense(
            id=self._counts["expense"],
            year=year,
            number=self._next("expense", year),
            kind=spent.kind,
            day=day.day,
            entry_id=entry.id,
            cash_day_id=day.id,
            box_id=day.box_id,
            to_box_id=self._boxes[spent.to_box].id if spent.to_box else None,
            actor_id=self._actor,
            person_id=spent.person_id,
            beneficiary=spent.beneficiary,
            purpose=spent.purpose,
            account_id=spent.account_id,
            amount=spent.amount,
            budget_line_id=spent.budget_line_id,
            document=spent.document,
            document_ref=spent.document_ref,
            advance_id=spent.advance_id,
            justify_by=spent.justify_by,
            printed_at=self._at,
            cashier=CASHIER,
        )
        self._expenses.append(expense)
        said = FieldChange(NAME_CHANGE, "", f"{expense.name} · {grouped(expense.amount)}")
        self._note("expense.written", "expense", expense.id, said, paper_words.of_expense(expense))
        self._spill()
        return expense.id

    def _voucher_entry(self, spent: Spent, day: CashDay) -> tuple[EntryKind, CashDay, tuple[Posting, ...]]:
        amount, who = spent.amount, spent.person_id
        if spent.kind is VoucherKind.TRANSFER:
            to_day = self._open_box(spent.to_box)
            fee = (Posting(account_id=self._fees, debit=spent.fee),) if spent.fee else ()
            postings = (
                self._into(spent.to_box, amount, to_day),
                *fee,
                self._out_of(spent.box, amount + spent.fee, day),
            )
            return EntryKind.TRANSFER, day, postings
        if spent.kind is VoucherKind.RETURN:
            back = Posting(account_id=self._advance, credit=amount, person_id=who)
            return EntryKind.JUSTIFICATION, day, (self._into(spent.box, amount, day), back)
        debit = Posting(account_id=spent.account_id, debit=amount, person_id=who, budget_line_id=spent.budget_line_id)
        if spent.kind is VoucherKind.JUSTIFICATION:
            credit = Posting(account_id=self._advance, credit=amount, person_id=who)
            return EntryKind.JUSTIFICATION, day, (debit, credit)
        kind = EntryKind.ADVANCE if spent.kind is VoucherKind.ADVANCE else EntryKind.EXPENSE
        return kind, day, (debit, self._out_of(spent.box, amount, day))

    def close(self, *, gap: bool) -> None:
        """Count, explain, close every open box of the day."""
        evening = dt.time(16, 40 + self._rng.randrange(19))
        self._at = max(self._at, dt.datetime.combine(self._at.date(), evening, dt.UTC))
        cash = self._days[CASH]
        before = self._held[CASH]
        reason = self._explain(cash) if gap else ""
        made = []
        for code, day in self._days.items():
            counted = self._held[code]
            theoretical = before if code == CASH else counted
            made.append((code, day, theoretical, counted))
        head = head_of(self._last)
        for code, day, theoretical, counted in made:
            closed = replace(
                day,
                closed_at=self._at,
                closed_by=self._actor,
                counted_amount=counted,
                gap_reason=reason if code == CASH else "",
            )
            closing = Closing(
                cash_day_id=day.id,
                theoretical=theoretical,
                counted=counted,
                entries=self._entries,
                last_receipt=self._last_receipt,
                head=head,
                sheet_printed_at=self._at,
            )
            self._uow.cashbook.close_day(closed, self._count(counted) if code == CASH else CashCount(), closing)
        self._note("cash_day.closed", "cash_day", cash.id, FieldChange("", "", grouped(self._held[CASH])))
        self._days = {}

    def _explain(self, day: CashDay) -> str:
        size, reason = self._rng.choice(_GAPS)
        if self._held[CASH] + size < 0:
            return ""
        more = size > 0
        own = self._into(CASH, size, day) if more else self._out_of(CASH, -size, day)
        other = Posting(account_id=self._gap[more], debit=0 if more else -size, credit=size if more else 0)
        self._append(EntryKind.GAP, day, (own, other))
        return reason

    def _count(self, total: int) -> CashCount:
        """Notes and coins that make up the total, a few of them worn."""
        pieces: dict[int, Pieces] = {}
        left = total
        for value in DENOMINATIONS:
            share = left // value
            if value >= _SMALLEST * 100 and self._rng.random() < 0.4:
                share = min(share, self._rng.randrange(1, 12))
            left -= share * value
            if share:
                worn = 1 if value in {250, 500} and self._rng.random() < 0.3 else 0
                pieces[value] = Pieces(share - worn, worn)
        return CashCount(pieces)

    def close_period(self, kind: PeriodKind, first: dt.date, last: dt.date, closed_by: int) -> None:
        """Close a month or a year."""
        self._flush()
        closing = PeriodClosing(
            kind=kind,
            first_day=first,
            last_day=last,
            closed_at=self._at,
            closed_by=closed_by,
            entries=self._entries,
            last_receipt=self._last_receipt,
            head=head_of(self._last),
        )
        self._uow.cashbook.add_period(closing)

    def _note(self, action: str, subject: str, subject_id: int, *said: FieldChange) -> None:
        self._uow.audit.add(self._at, self._actor, action, subject, subject_id, said)

    def _spill(self) -> None:
        """Write what waits, now and then; what may still be cancelled today stays."""
        if len(self._waiting) >= _BATCH and not self._days:
            self._flush()

    def end_of_day(self) -> None:
        """Write what waits once a day is over."""
        if len(self._waiting) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            self._uow.ledger.write(self._waiting)
        if self._receipts:
            self._uow.receipts.write(self._receipts)
        if self._expenses:
            self._uow.expenses.write(self._expenses)
        self._waiting, self._receipts, self._expenses = [], [], []

    def finish(self) -> None:
        """Write everything that waits; the open day stays open."""
        self._flush()
