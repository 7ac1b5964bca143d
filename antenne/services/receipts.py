"""« Encaisser »: one basket, one receipt for each woman; cancel, copies, change returned, hand-written receipts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import basket as baskets
from antenne.domain import cashbook, paper_words
from antenne.domain import receipts as rules
from antenne.domain.accounts import Use
from antenne.domain.audit import FieldChange
from antenne.domain.basket import BasketLine, Settled
from antenne.domain.cashbook import Box, CashDay
from antenne.domain.changes import CARDS, CASHBOOK, DUES, MEMBERS, Changes, Done
from antenne.domain.ledger import EntryKind, Posting
from antenne.domain.money import grouped
from antenne.domain.receipts import MANUAL, ORDINARY, Receipt, Tender
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.basket import BasketSource, source_of
from antenne.services.desk import Desk
from antenne.services.ledger import append_entry, box_account, entering_day, known_box, refuse, reverse_entry
from antenne.services.stubs import refuse_unanswered

SUBJECT = "receipt"


@dataclass(frozen=True, slots=True)
class HandWritten:
    """A receipt that was written by hand: number of the book, and its real date.

    Attributes:
        number: As printed in the book, or the number of a stub that is keyed again.
        day: The date that the paper bears.
        series: :data:`receipts.MANUAL` for the book of power cuts; :data:`receipts.ORDINARY` for a stub of a number
            that this base has lost (« Reprise des souches »).
    """

    number: int
    day: dt.date
    series: str = MANUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Collect:
    """Take money in for a basket.

    Attributes:
        box: Code of the box that receives it.
        lines: What is paid, for one woman or several.
        handed: What was handed over, in FCFA; None when it is exactly the total.
        given: What was given back at once.
        payer: Name or code of who paid, when it is not she.
        reference: Of a mobile-money payment.
        by_hand: The paper that was already given, or None; only for a basket of one receipt.
        replaces: The cancelled receipt whose place this one takes, or None.
    """

    request_id: str
    lines: tuple[BasketLine, ...]
    box: str = cashbook.CASH
    handed: int | None = None
    given: int = 0
    payer: str = ""
    reference: str = ""
    by_hand: HandWritten | None = None
    replaces: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelReceipt:
    """Cancel a receipt: its entry is reversed today, the paper is crossed out."""

    request_id: str
    receipt_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnChange:
    """Give her the change that the office owed her."""

    request_id: str
    person_id: int
    amount: int
    box: str = cashbook.CASH


def collect(desk: Desk, command: Collect, sources: Sequence[BasketSource]) -> Done[tuple[Receipt, ...]]:
    """Take the money in: entries, receipts with their numbers and what they pay, in one transaction or not at all.

    Raises:
        Forbidden: Without the right to take money in.
        RulesBroken: Everything that is wrong with the basket; ``cashbook.…`` when the day is not open.
    """
    desk.require(Right.CASH_IN)
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id):
            return Done(_already(uow, command.request_id))
        if command.by_hand is None:
            refuse_unanswered(uow)
        refuse(baskets.check_basket(command.lines, own_person(desk, uow)))
        box = known_box(uow, command.box)
        day = entering_day(desk, uow, box)
        settled = _settle(desk, uow, command, sources)
        groups = baskets.by_person(command.lines)
        totals = [sum(settled[row].line.amount for row in rows) for _, rows in groups]
        tender = Tender(sum(totals) if command.handed is None else command.handed, command.given)
        known = groups[-1][0] is not None
        refuse(rules.check_tender(sum(totals), tender, cash=box.is_cash, known_payer=known))
        refuse(_check_paper(desk, uow, command, len(groups)))
        made = [
            _issue(desk, uow, command, sources, _Part(box, day, person, [settled[row] for row in rows], share, place))
            for place, ((person, rows), share) in enumerate(
                zip(groups, baskets.share_tender(totals, tender), strict=True)
            )
        ]
        if command.replaces is not None:
            _replace(desk, uow, command.replaces, made[0])
        uow.drafts.discard("basket", 0, desk.actor.user_id)
        uow.commit()
    return Done(tuple(made), _changes(made))


def _replace(desk: Desk, uow: UnitOfWork, cancelled_id: int, new: Receipt) -> None:
    """Say on a cancelled receipt which one takes its place."""
    old = known_receipt(uow, cancelled_id)
    if old.cancelled_on is None or old.replaced_by is not None:
        raise RulesBroken(Violation("receipt.not_replaced", None, (("number", old.name),)))
    uow.receipts.cancel(replace(old, replaced_by=new.id))
    said = (FieldChange("Remplacé par", "", new.name),)
    uow.audit.add(desk.clock.now(), desk.actor.user_id, "receipt.replaced", SUBJECT, old.id, said)


def _changes(made: Sequence[Receipt]) -> Changes:
    changes = Changes.of(CASHBOOK, DUES, CARDS)
    for one in made:
        if one.person_id is not None:
            changes |= Changes.of(MEMBERS, id=one.person_id)
    return changes


def own_person(desk: Desk, uow: UnitOfWork) -> int | None:
    """The person of the register that the user herself is, or None (rules: Roles)."""
    return next((user.person_id for user in uow.users.all() if user.id == desk.actor.user_id), None)


def _settle(desk: Desk, uow: UnitOfWork, command: Collect, sources: Sequence[BasketSource]) -> tuple[Settled, ...]:
    """Every line accepted by its area, or everything that stands against them, each beside its row."""
    found: list[Settled] = []
    broken: list[Violation] = []
    for row, line in enumerate(command.lines):
        try:
            found.append(source_of(sources, line.kind).settle(desk, uow, line))
        except RulesBroken as error:
            broken += [replace(one, field=f"lines[{row}].{one.field or 'amount'}") for one in error.violations]
    refuse(tuple(broken))
    for _, rows in baskets.by_person(command.lines):
        refuse(rules.check_lines([found[row].line for row in rows]))
    return tuple(found)


def _check_paper(desk: Desk, uow: UnitOfWork, command: Collect, count: int) -> tuple[Violation, ...]:
    """What stands against the paper that was already given."""
    paper = command.by_hand
    if paper is None:
        return ()
    if count > 1:
        return (Violation("receipt.manual_one"),)
    taken = uow.receipts.by_number(paper.series, paper.day.year, paper.number) is not None
    found = rules.check_manual(paper.number, paper.day, desk.today, taken=taken)
    kept = any(one.year == paper.day.year and one.first <= paper.number <= one.last for one in uow.receipts.ranges())
    if paper.series == ORDINARY and not kept and not taken:
        found += (Violation("receipt.not_reserved", "number", (("number", paper.number),)),)
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """One receipt of a basket."""

    box: Box
    day: CashDay
    person_id: int | None
    settled: Sequence[Settled]
    tender: Tender
    place: int

    @property
    def total(self) -> int:
        return sum(one.line.amount for one in self.settled)

    @property
    def change_due(self) -> int:
        return self.tender.due(self.total)


def _issue(desk: Desk, uow: UnitOfWork, command: Collect, sources: Sequence[BasketSource], part: _Part) -> Receipt:
    entry = append_entry(desk, uow, EntryKind.RECEIPT, part.day, _postings(uow, part))
    series, year, number, day = _number(uow, command, part)
    lines = tuple(one.line for one in part.settled)
    receipt = Receipt(
        series=series,
        year=year,
        number=number,
        day=day,
        issued_at=entry.at,
        entry_id=entry.id,
        cash_day_id=part.day.id,
        box_id=part.box.id,
        actor_id=desk.actor.user_id,
        person_id=part.person_id,
        payer=command.payer.strip(),
        lines=lines,
        total=part.total,
        handed=part.tender.handed,
        change_given=part.tender.given,
        change_due=part.change_due,
        reference=command.reference.strip(),
        note=" · ".join(dict.fromkeys(one.note for one in part.settled if one.note)),
        printed_at=None if command.by_hand is None else entry.at,
        cashier=desk.actor.name,
    )
    if command.by_hand is None:
        control = rules.control_code(desk.keys.paper, desk.keys.db_id, receipt, entry.hash)
        receipt = replace(receipt, control=control)
    saved = uow.receipts.add(receipt)
    for line in saved.lines:
        source_of(sources, line.kind).record(desk, uow, saved, line)
    request = command.request_id if part.place == 0 else f"{command.request_id}/{part.place}"
    change = FieldChange("Reçu", "", f"{saved.name} · {grouped(saved.total)}")
    said = (change, paper_words.of_receipt(saved))
    uow.audit.add(desk.clock.now(), desk.actor.user_id, "receipt.issued", SUBJECT, saved.id, said, request)
    return saved


def _number(uow: UnitOfWork, command: Collect, part: _Part) -> tuple[str, int, int, dt.date]:
    """Series, year, number and date; an ordinary number follows the last one, inside the transaction."""
    paper = command.by_hand
    if paper is not None:
        return paper.series, paper.day.year, paper.number, paper.day
    year = part.day.day.year
    return ORDINARY, year, uow.receipts.last_number(year) + 1, part.day.day


def _postings(uow: UnitOfWork, part: _Part) -> tuple[Posting, ...]:
    """The box receives the total and the change still due; what she paid goes to its accounts, the change to hers."""
    received = Posting(
        account_id=box_account(uow, part.box).id,
        debit=part.total + part.change_due,
        cash_day_id=part.day.id,
    )
    paid = tuple(
        Posting(
            account_id=one.line.account_id,
            credit=one.line.amount,
            person_id=part.person_id,
            budget_line_id=one.line.budget_line_id,
        )
        for one in part.settled
    )
    if not part.change_due:
        return (received, *paid)
    account = uow.accounts.by_use(Use.CHANGE_DUE).id
    return (received, *paid, Posting(account_id=account, credit=part.change_due, person_id=part.person_id))


def _already(uow: UnitOfWork, request_id: str) -> tuple[Receipt, ...]:
    """The receipts that the same request made: a double click, a retry."""
    ids: list[int] = []
    while found := uow.audit.by_request(request_id if not ids else f"{request_id}/{len(ids)}"):
        ids.append(found[1])
    return uow.receipts.many(ids)


def cancel_receipt(desk: Desk, command: CancelReceipt, sources: Sequence[BasketSource]) -> Done[Receipt]:
    """Cancel a receipt: the money goes back out of the box today, what it paid is owed again, its number stays taken.

    Raises:
        Forbidden: Without the right to take money in.
        RulesBroken: ``receipt.unknown``, ``receipt.change_returned``; from ``receipts.check_cancel`` and of the day.
    """
    desk.require(Right.CASH_IN)
    with desk.write() as uow:
        if old := uow.audit.by_request(command.request_id):
            return Done(known_receipt(uow, old[1]))
        receipt = known_receipt(uow, command.receipt_id)
        refuse(rules.check_cancel(receipt, command.reason))
        if receipt.change_due and change_due(uow, receipt.person_id) < receipt.change_due:
            raise RulesBroken(Violation("receipt.change_returned"))
        entry = uow.ledger.get(receipt.entry_id)
        assert entry is not None
        reversal = reverse_entry(desk, uow, entry)
        for line in receipt.lines:
            source_of(sources, line.kind).undo(desk, uow, receipt, line)
        cancelled = replace(
            receipt,
            cancelled_on=reversal.day,
            cancelled_reason=command.reason.strip(),
            cancelled_by=reversal.id,
        )
        uow.receipts.cancel(cancelled)
        change = FieldChange(paper_words.REASON, "", command.reason.strip())
        uow.audit.add(
            desk.clock.now(),
            desk.actor.user_id,
            "receipt.cancelled",
            SUBJECT,
            receipt.id,
            (change,),
            command.request_id,
        )
        uow.commit()
    return Done(cancelled, _changes((cancelled,)))


def return_change(desk: Desk, command: ReturnChange) -> Done[int]:
    """Give back « monnaie due », or part of it; returns what is still due, in FCFA.

    Raises:
        Forbidden: Without the right to take money in.
        RulesBroken: ``receipt.change_amount`` (0, or more than is due); of the day or the box.
    """
    desk.require(Right.CASH_IN)
    with desk.write() as uow:
        due = change_due(uow, command.person_id)
        if uow.audit.by_request(command.request_id):
            return Done(due)
        if not 0 < command.amount <= due:
            raise RulesBroken(Violation("receipt.change_amount", "amount", (("due", due),)))
        box = known_box(uow, command.box)
        day = entering_day(desk, uow, box)
        own, account = box_account(uow, box).id, uow.accounts.by_use(Use.CHANGE_DUE).id
        postings = (
            Posting(account_id=account, debit=command.amount, person_id=command.person_id),
            Posting(account_id=own, credit=command.amount, cash_day_id=day.id),
        )
        append_entry(desk, uow, EntryKind.CHANGE, day, postings)
        change = FieldChange("Monnaie rendue", grouped(due), grouped(due - command.amount))
        uow.audit.add(
            desk.clock.now(),
            desk.actor.user_id,
            "receipt.change_returned",
            "person",
            command.person_id,
            (change,),
            command.request_id,
        )
        uow.commit()
    return Done(due - command.amount, Changes.of(CASHBOOK) | Changes.of(MEMBERS, id=command.person_id))


def change_due(uow: UnitOfWork, person_id: int | None) -> int:
    """« Monnaie due » to her, in FCFA."""
    if person_id is None:
        return 0
    return uow.ledger.balance_of(person_id, uow.accounts.by_use(Use.CHANGE_DUE).id)


def record_print(desk: Desk, receipt_ids: Sequence[int]) -> Done[None]:
    """The copies came out: the original is used up, the next is DUPLICATA 1.

    Raises:
        Forbidden: Without the right to take money in.
    """
    desk.require(Right.CASH_IN)
    with desk.write() as uow:
        for receipt in uow.receipts.many(receipt_ids):
            note_copy(desk, uow, receipt)
        uow.commit()
    return Done(None, Changes.of(CASHBOOK))


def note_copy(desk: Desk, uow: UnitOfWork, receipt: Receipt) -> None:
    """One more copy of it is out."""
    copy = rules.next_copy(receipt)
    uow.receipts.note_print(receipt.id, desk.clock.now())
    said = FieldChange("Exemplaire", "", "original" if copy.is_original else f"DUPLICATA {copy.number}")
    uow.audit.add(desk.clock.now(), desk.actor.user_id, "receipt.printed", SUBJECT, receipt.id, (said,))


def known_receipt(uow: UnitOfWork, receipt_id: int) -> Receipt:
    """The receipt of that id.

    Raises:
        RulesBroken: ``receipt.unknown``.
    """
    receipt = uow.receipts.get(receipt_id)
    if receipt is None:
        raise RulesBroken(Violation("receipt.unknown"))
    return receipt
