"""Who pays what, when: the dues of three years and the days on which the demonstration's women come to the counter."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import dues as due_rules
from antenne.domain.cards import MemberCard
from antenne.domain.dues import Debtor, Due, DueKind, Subscription
from antenne.services import demo_people
from antenne.services.demo_civil_fees import WaitingFee, waiting_fees
from antenne.services.desk import Desk

FIRST_DAY: Final = dt.date(2024, 1, 2)
_EPOCH: Final = dt.date(2024, 1, 1)
_INSURED: Final = 0.3
_FRESH: Final = demo_people.LAST_DAY - dt.timedelta(days=12)
"""Half the fees of civil files noted after this day wait to be paid."""


@dataclass(slots=True)
class Paying:
    """One payment of a due that is planned."""

    due: int
    amount: int


@dataclass(slots=True)
class Visit:
    """What a woman pays when she comes on one day."""

    dues: list[Paying] = field(default_factory=list)
    cards: list[MemberCard] = field(default_factory=list)
    fees: list[WaitingFee] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """Dues and visits, day by day."""

    dues: list[Due] = field(default_factory=list)
    visits: dict[dt.date, dict[int, Visit]] = field(default_factory=lambda: defaultdict(dict))
    borne: dict[dt.date, list[WaitingFee]] = field(default_factory=lambda: defaultdict(list))

    def visit(self, day: dt.date, person_id: int) -> Visit:
        """Hers on that day, begun if need be."""
        return self.visits[day].setdefault(person_id, Visit())


def working_days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The days on which the office is open."""
    day = first
    while day <= last:
        if day.isoweekday() <= 5 and (day.month, day.day) not in _HOLIDAYS:
            yield day
        day += dt.timedelta(days=1)


_HOLIDAYS: Final = frozenset({(1, 1), (1, 20), (3, 26), (5, 1), (5, 25), (9, 22), (12, 25)})
"""Fixed public holidays of Mali."""


def next_working(day: dt.date) -> dt.date:
    """The first of them from that day on."""
    return next(working_days(max(day, FIRST_DAY), max(day, FIRST_DAY) + dt.timedelta(days=14)))


def make_plan(desk: Desk, uow: UnitOfWork, rng: random.Random) -> Plan:
    """Dues of three years, and the days on which they and the cards are paid."""
    plan = Plan()
    for debtor in list(uow.dues.debtors()):
        insured = _subscribe(uow, debtor, rng)
        every = due_rules.missing_dues(desk.settings, insured, frozenset(), _EPOCH, demo_people.LAST_DAY)
        habits = rng.random()
        for due in every:
            plan.dues.append(replace(due, id=len(plan.dues) + 1))
            _pay(plan, plan.dues[-1], debtor, rng, habits)
    _plan_cards(uow, plan, rng)
    _plan_fees(uow, plan)
    return plan


def _subscribe(uow: UnitOfWork, debtor: Debtor, rng: random.Random) -> Debtor:
    if debtor.exempt or rng.random() >= _INSURED:
        return debtor
    since = max(_EPOCH, debtor.joined_on.replace(day=1))
    if debtor.joined_on < _EPOCH:
        since = dt.date(rng.choice((2024, 2024, 2025)), rng.randrange(1, 13), 1)
    stopped = debtor.stopped_on
    if (stopped is not None and stopped <= since) or since > demo_people.LAST_DAY:
        return debtor
    subscription = Subscription(kind=DueKind.INSURANCE, since=since, until=stopped)
    uow.dues.save_subscription(debtor.person_id, subscription)
    return replace(debtor, subscriptions=(*debtor.subscriptions, subscription))


def _pay(plan: Plan, due: Due, debtor: Debtor, rng: random.Random, habits: float) -> None:
    """When a due is paid: at adhesion, in the first months, each quarter; some pay late, in two times, or not yet."""
    if due.kind is DueKind.JOINING:
        _plan_payment(plan, due, debtor.joined_on, due.amount)
    elif due.kind is DueKind.MEMBERSHIP:
        if rng.random() < 0.86 - 0.3 * habits:
            start = max(due.period.start, debtor.joined_on)
            first = start + dt.timedelta(days=rng.randrange(0, 120))
            parts = (due.amount // 2, due.amount - due.amount // 2) if rng.random() < 0.12 else (due.amount,)
            for place, part in enumerate(parts):
                _plan_payment(plan, due, first + dt.timedelta(days=35 * place), part)
    elif habits < 0.9 or rng.random() < 0.5:
        quarter = due.period.start.replace(month=(due.period.start.month - 1) // 3 * 3 + 1)
        late = 10 + int(80 * habits)
        come = random.Random(f"{due.person_id}/{quarter}").randrange(3, late)
        day = max(quarter, debtor.joined_on) + dt.timedelta(days=come)
        _plan_payment(plan, due, day, due.amount)


def _plan_payment(plan: Plan, due: Due, day: dt.date, amount: int) -> None:
    on = next_working(day)
    if on < demo_people.LAST_DAY:
        plan.visit(on, due.person_id).dues.append(Paying(due.id, amount))


def _plan_cards(uow: UnitOfWork, plan: Plan, rng: random.Random) -> None:
    """A card is paid when it is made; a few wait."""
    for person_id in uow.persons.all_ids():
        for card in uow.cards.of_person(person_id):
            if card.issued_on >= _EPOCH and rng.random() < 0.97:
                on = next_working(card.issued_on)
                if on < demo_people.LAST_DAY:
                    plan.visit(on, person_id).cards.append(card)


def _plan_fees(uow: UnitOfWork, plan: Plan) -> None:
    """Fees of civil files are paid on their day, by her or by the project."""
    for fee in waiting_fees(uow, FIRST_DAY):
        on = next_working(fee.on)
        if on >= demo_people.LAST_DAY or (on > _FRESH and fee.id % 2):
            continue
        if fee.hers:
            plan.visit(on, fee.person_id).fees.append(fee)
        else:
            plan.borne[on].append(fee)
