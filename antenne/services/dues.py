"""Dues in the basket: what a woman owes, what a line pays, what its cancellation gives back.

A due that does not exist yet is made where it is paid, by the same function as the year's batch. The joining due comes
to be in this way too: until somebody pays or cancels it, it is computed from her day of adhesion.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import dues as rules
from antenne.domain.basket import BasketLine, Owed, Settled
from antenne.domain.dates import EARLIEST, LATEST, add_months
from antenne.domain.dues import Debtor, Due, DueKind
from antenne.domain.dues_rules import check_payment
from antenne.domain.receipts import Receipt, ReceiptLine
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.basket import BasketSource
from antenne.services.desk import Desk
from antenne.services.ledger import refuse
from antenne.wording import dues as words

KINDS = frozenset(kind.value for kind in DueKind)


def kept_since(desk: Desk, uow: UnitOfWork) -> dt.date:
    """From which day on the office keeps its dues here: nothing older is asked of anybody.

    The setting ``dues.first_year`` says it; 0 is the year of the first cash day, or this one before there is one.
    """
    year = desk.settings.count("dues.first_year", desk.today)
    if not EARLIEST.year <= year <= LATEST.year:
        year = (uow.dues.first_cash_day() or desk.today).year
    return dt.date(year, 1, 1)


def label_of(desk: Desk, due: Due) -> str:
    """Its neutral words for the paper."""
    said = desk.settings.value("insurance.paper_words", desk.today)
    return words.due_label(due.kind, due.period, str(said))


def debtor_of(uow: UnitOfWork, person_id: int) -> Debtor:
    """A member as one who owes.

    Raises:
        RulesBroken: ``due.not_member``.
    """
    found = next(uow.dues.debtors(person_id), None)
    if found is None:
        raise RulesBroken(Violation("due.not_member", "person"))
    return found


def unmade(desk: Desk, uow: UnitOfWork, debtor: Debtor, until: dt.date) -> tuple[Due, ...]:
    """What she owes and what does not exist yet, up to the period of a day."""
    made = frozenset((due.kind, due.period.start) for due in uow.dues.of_person(debtor.person_id))
    return tuple(rules.missing_dues(desk.settings, debtor, made, kept_since(desk, uow), until))


def open_dues(desk: Desk, uow: UnitOfWork, debtor: Debtor, until: dt.date | None = None) -> tuple[Due, ...]:
    """Everything that she may pay: what exists and is not paid, and what comes up to ``until``; by day to pay."""
    last = rules.furthest_ahead(desk.today) if until is None else until
    there = tuple(due for due in uow.dues.of_person(debtor.person_id) if due.left > 0 and not _freed(debtor, due))
    every = (*there, *unmade(desk, uow, debtor, last))
    return tuple(sorted(every, key=lambda due: (due.due_on, list(DueKind).index(due.kind))))


def _freed(debtor: Debtor, due: Due) -> bool:
    """Her file has exempted her since the due was made."""
    return rules.exempt_for(debtor, due.kind, due.period)


def as_owed(desk: Desk, debtor: Debtor, due: Due) -> Owed:
    """A due as the basket shows it: what is late and her joining due are ticked."""
    late = rules.is_late(due, desk.today)
    asked = late or due.kind is DueKind.JOINING
    return Owed(
        kind=due.kind.value,
        label=label_of(desk, due),
        amount=due.left,
        person_id=due.person_id,
        subject_id=due.subject,
        due_on=due.due_on,
        late=late,
        ticked=asked and debtor.stopped_on is None,
    )


def _owed(desk: Desk, uow: UnitOfWork, person_id: int) -> tuple[Owed, ...]:
    debtor = next(uow.dues.debtors(person_id), None)
    if debtor is None:
        return ()
    return tuple(as_owed(desk, debtor, due) for due in open_dues(desk, uow, debtor))


def _settle(desk: Desk, uow: UnitOfWork, line: BasketLine) -> Settled:
    """Accept a payment; a due that does not exist yet is made, and undone with the transaction if that fails."""
    if line.person_id is None:
        raise RulesBroken(Violation("due.no_person", "person"))
    debtor = debtor_of(uow, line.person_id)
    due = find_due(desk, uow, debtor, DueKind(line.kind), line.subject_id)
    freed = _freed(debtor, due) and due.left > 0
    refuse((Violation("due.exempt", "subject"),) if freed else check_payment(due, line.amount))
    saved = due if due.id else uow.dues.add(due)
    label = label_of(desk, saved)
    account = uow.accounts.by_use(line.kind)
    paid = ReceiptLine(kind=line.kind, label=label, amount=line.amount, account_id=account.id, subject_id=saved.id)
    return Settled(paid, words.left_note(label, saved.left - line.amount))


def find_due(desk: Desk, uow: UnitOfWork, debtor: Debtor, kind: DueKind, subject: int | None) -> Due:
    """The due that a basket line names: by its id, by the first day of its period, or the first one to pay.

    Raises:
        RulesBroken: ``due.unknown``, ``due.not_hers``, ``due.not_owed``, ``due.exempt``, ``due.nothing``.
    """
    if subject is None:
        found = next((due for due in open_dues(desk, uow, debtor) if due.kind is kind), None)
        if found is None:
            raise RulesBroken(Violation("due.nothing", "subject"))
        return found
    if subject > 0:
        due = uow.dues.get(subject)
        if due is None:
            raise RulesBroken(Violation("due.unknown", "subject"))
        if due.person_id != debtor.person_id or due.kind is not kind:
            raise RulesBroken(Violation("due.not_hers", "subject"))
        return due
    return _of_start(desk, uow, debtor, kind, rules.start_of(subject))


def _of_start(desk: Desk, uow: UnitOfWork, debtor: Debtor, kind: DueKind, start: dt.date | None) -> Due:
    """The due whose period begins on that day, made if it must be."""
    if start is None or rules.period_of(kind, start).start != start:
        raise RulesBroken(Violation("due.unknown", "subject"))
    there = uow.dues.of_period(debtor.person_id, kind, start)
    if there is not None:
        return there
    period = rules.period_of(kind, start)
    joined = kind is DueKind.JOINING and any(due.kind is kind for due in uow.dues.of_person(debtor.person_id))
    too_far = start > add_months(desk.today, rules.MOST_AHEAD)
    if start < kept_since(desk, uow) or joined or too_far or not rules.concerned(debtor, kind, period):
        raise RulesBroken(Violation("due.not_owed", "subject"))
    if rules.exempt_for(debtor, kind, period):
        raise RulesBroken(Violation("due.exempt", "subject"))
    made = rules.make_due(desk.settings, debtor, kind, period)
    if made is None:
        raise RulesBroken(Violation("due.not_owed", "subject"))
    return made


def _record(_desk: Desk, uow: UnitOfWork, _receipt: Receipt, line: ReceiptLine) -> None:
    """Add to what is paid; refused again here, because two lines of one basket may name the same due."""
    due = _known(uow, line)
    refuse(check_payment(due, line.amount))
    uow.dues.change(replace(due, paid=due.paid + line.amount))


def _undo(_desk: Desk, uow: UnitOfWork, _receipt: Receipt, line: ReceiptLine) -> None:
    """The receipt is cancelled: it is owed again."""
    due = _known(uow, line)
    uow.dues.change(replace(due, paid=due.paid - line.amount))


def _known(uow: UnitOfWork, line: ReceiptLine) -> Due:
    due = None if line.subject_id is None else uow.dues.get(line.subject_id)
    if due is None:
        raise RulesBroken(Violation("due.unknown", "subject"))
    return due


SOURCE = BasketSource(kinds=KINDS, owed=_owed, settle=_settle, record=_record, undo=_undo)
"""Joining, the year, insurance months."""
