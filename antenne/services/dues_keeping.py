"""Keeping the dues: exemptions, insurance begun and ended, a due cancelled, the batch of a year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from antenne.base.progress import Progress, Silent
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import dues as rules
from antenne.domain import dues_rules
from antenne.domain.audit import FieldChange
from antenne.domain.changes import DUES, MEMBERS, Changes, Done
from antenne.domain.dues import Debtor, Due, DueKind, Subscription, YearPlan
from antenne.domain.money import grouped
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk
from antenne.services.dues import debtor_of, find_due, unmade
from antenne.services.ledger import refuse

_SLICE = 2000
_DAY = dt.timedelta(days=1)
_PERSON = "person"
_YEARS_AHEAD = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt:
    """She owes nothing of that kind from a day on."""

    request_id: str
    person_id: int
    kind: DueKind
    since: dt.date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndExemption:
    """Her exemption ends; ``until`` is its last day."""

    request_id: str
    person_id: int
    kind: DueKind
    until: dt.date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribe:
    """She joins the insurance; her months are made up to the end of the present year."""

    request_id: str
    person_id: int
    since: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribe:
    """She leaves the insurance; ``until`` is the last day. What was made for later months is cancelled if unpaid."""

    request_id: str
    person_id: int
    until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelDue:
    """A due that should not be: it stays, crossed out. ``subject`` is as in the basket."""

    request_id: str
    person_id: int
    kind: DueKind
    subject: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareYear:
    """Make the dues of a year for everybody who owes them and has none yet."""

    request_id: str
    year: int


def exempt(desk: Desk, command: Exempt) -> Done[Debtor]:
    """Exempt her from a kind; what she already owed for periods from that day on is freed, what she paid stays.

    Raises:
        Forbidden: Without the right to take money in.
        RulesBroken: ``due.not_member``; from ``dues.check_exempt``.
    """
    desk.require(Right.CASH_IN)
    with desk.write() as uow:
        debtor = debtor_of(uow, command.person_id)
        if uow.audit.by_request(command.request_id):
            return Done(debtor)
        refuse(dues_rules.check_exempt(debtor, command.kind, command.since, command.reason))
        reason = command.reason.strip()
        running = _running(debtor, command.kind, command.since)
        until = None
        if running is not None:
            until = running.until
            if running.since < command.since:
                uow.dues.save_subscription(debtor.person_id, rules.end_of(running, command.since - _DAY))
        began = Subscription(kind=command.kind, since=command.since, until=until, exempt=True, reason=reason)
        uow.dues.save_subscription(debtor.person_id, began)
        after = debtor_of(uow, command.person_id)
        for due in uow.dues.of_person(debtor.person_id):
            if due.kind is command.kind and due.left > 0 and rules.exempt_for(after, due.kind, due.period):
                uow.dues.change(replace(due, exempt=True, exempt_reason=reason))
        return _noted(desk, uow, "due.exempted", after, f"{command.since.isoformat()} · {reason}", command.request_id)


def end_exemption(desk: Desk, command: EndExemption) -> Done[Debtor]:
    """End it: what begins later is owed again; the periods it covers stay free. An insured woman stays insured.

    The day before its first one takes it back: then nothing was covered.

    Raises:
        Forbidden: Without the right to take money in.
        RulesBroken: ``due.not_member``; from ``dues.check_end_exemption``.
    """
    desk.require(Right.CASH_IN)
    with desk.write() as uow:
        debtor = debtor_of(uow, command.person_id)
        if uow.audit.by_request(command.request_id):
            return Done(debtor)
        refuse(dues_rules.check_end_exemption(debtor, command.kind, command.until, command.reason))
        running = _running(debtor, command.kind, command.until, exempt=True)
        running = running or _running(debtor, command.kind, command.until + _DAY, exempt=True)
        assert running is not None
        uow.dues.save_subscription(debtor.person_id, rules.end_of(running, command.until))
        if command.kind is DueKind.INSURANCE and (running.until is None or running.until > command.until):
            again = Subscription(kind=command.kind, since=command.until + _DAY, until=running.until)
            uow.dues.save_subscription(debtor.person_id, again)
        said = f"{command.until.isoformat()} · {command.reason.strip()}"
        after = debtor_of(uow, command.person_id)
        for due in uow.dues.of_person(debtor.person_id):
            if due.kind is command.kind and due.exempt and not rules.exempt_for(after, due.kind, due.period):
                uow.dues.change(replace(due, exempt=False, exempt_reason=""))
        _make_insurance(desk, uow, after)
        return _noted(desk, uow, "due.exemption_ended", after, said, command.request_id)


def subscribe(desk: Desk, command: Subscribe) -> Done[Debtor]:
    """Begin her insurance, and make its months up to the end of the present year.

    Raises:
        Forbidden: Without the right to take money in.
        RulesBroken: ``due.not_member``; from ``dues.check_subscribe``.
    """
    desk.require(Right.CASH_IN)
    with desk.write() as uow:
        debtor = debtor_of(uow, command.person_id)
        if uow.audit.by_request(command.request_id):
            return Done(debtor)
        refuse(dues_rules.check_subscribe(debtor, command.since, desk.today))
        uow.dues.save_subscription(debtor.person_id, Subscription(kind=DueKind.INSURANCE, since=command.since))
        after = debtor_of(uow, command.person_id)
        _make_insurance(desk, uow, after)
        return _noted(desk, uow, "due.subscribed", after, command.since.isoformat(), command.request_id)


def unsubscribe(desk: Desk, command: Unsubscribe) -> Done[Debtor]:
    """End her insurance; unpaid months that begin later are cancelled, those paid ahead stay for the office to settle.

    Raises:
        Forbidden: Without the right to take money in.
        RulesBroken: ``due.not_member``, ``due.not_insured``.
    """
    desk.require(Right.CASH_IN)
    with desk.write() as uow:
        debtor = debtor_of(uow, command.person_id)
        if uow.audit.by_request(command.request_id):
            return Done(debtor)
        refuse(dues_rules.check_unsubscribe(debtor, command.until))
        for one in debtor.subscriptions:
            if one.kind is DueKind.INSURANCE and (one.until is None or one.until > command.until):
                uow.dues.save_subscription(debtor.person_id, rules.end_of(one, command.until))
        for due in uow.dues.of_person(debtor.person_id):
            later = due.kind is DueKind.INSURANCE and due.period.start > command.until
            if later and due.paid == 0 and due.cancelled_on is None:
                uow.dues.change(replace(due, cancelled_on=desk.today, cancelled_reason="fin de l’assurance"))
        after = debtor_of(uow, command.person_id)
        return _noted(desk, uow, "due.unsubscribed", after, command.until.isoformat(), command.request_id)


def cancel_due(desk: Desk, command: CancelDue) -> Done[Due]:
    """Cancel a due with its reason; one that was only computed is written down, cancelled.

    Raises:
        Forbidden: Without the right to take money in.
        RulesBroken: ``due.not_member``; from ``dues.find_due`` and ``dues.check_cancel``.
    """
    desk.require(Right.CASH_IN)
    with desk.write() as uow:
        debtor = debtor_of(uow, command.person_id)
        if old := uow.audit.by_request(command.request_id):
            known = uow.dues.get(old[1])
            assert known is not None
            return Done(known)
        found = find_due(desk, uow, debtor, command.kind, command.subject)
        refuse(dues_rules.check_cancel(found, command.reason))
        due = found if found.id else uow.dues.add(found)
        cancelled = replace(due, cancelled_on=desk.today, cancelled_reason=command.reason.strip())
        uow.dues.change(cancelled)
        change = FieldChange("Annulée", f"{due.kind.value} {due.period.start.isoformat()}", cancelled.cancelled_reason)
        uow.audit.add(
            desk.clock.now(), desk.actor.user_id, "due.cancelled", "due", due.id, (change,), command.request_id
        )
        uow.commit()
    return Done(cancelled, _changes(command.person_id))


def plan_year(desk: Desk, year: int) -> YearPlan:
    """What :func:`prepare_year` would make, without making it.

    Raises:
        Forbidden: Without the right to take money in.
        RulesBroken: ``due.year``.
    """
    desk.require(Right.CASH_IN)
    with desk.read() as uow:
        return _plan(desk, uow, year)


def prepare_year(desk: Desk, command: PrepareYear, progress: Progress | None = None) -> Done[YearPlan]:
    """Make the year's dues, all or none; what exists is left as it is, so it can be begun again at any time.

    Raises:
        Forbidden: Without the right to take money in.
        RulesBroken: ``due.year``.
        Stopped: The user asked to stop; nothing was made.
    """
    desk.require(Right.CASH_IN)
    told = progress or Silent()
    with desk.write() as uow:
        told.report("dues.read", 0, 1)
        plan = _plan(desk, uow, command.year)
        if uow.audit.by_request(command.request_id):
            return Done(plan)
        for first in range(0, plan.dues, _SLICE):
            told.check()
            told.report("dues.write", first, plan.dues)
            uow.dues.write(plan.made[first : first + _SLICE])
        told.check()
        change = FieldChange(str(command.year), "", f"{plan.dues} · {grouped(plan.amount)}")
        uow.audit.add(
            desk.clock.now(),
            desk.actor.user_id,
            "due.year_prepared",
            "year",
            command.year,
            (change,),
            command.request_id,
        )
        uow.commit()
    told.report("dues.done", plan.dues, plan.dues)
    return Done(plan, Changes.of(DUES))


def _plan(desk: Desk, uow: UnitOfWork, year: int) -> YearPlan:
    first, last = desk.today.year - rules.MOST_YEARS_BACK, desk.today.year + _YEARS_AHEAD
    if not first <= year <= last:
        raise RulesBroken(Violation("due.year", "year", (("first", first), ("last", last))))
    made = uow.dues.made_in(dt.date(year, 1, 1), dt.date(year, 12, 31), rules.YEARLY)
    return rules.plan_year(desk.settings, uow.dues.debtors(), made, year)


def _running(debtor: Debtor, kind: DueKind, day: dt.date, *, exempt: bool = False) -> Subscription | None:
    """The stretch of that day."""
    hers = (one for one in debtor.subscriptions if one.kind is kind and one.exempt is exempt)
    return next((one for one in hers if one.open_on(day)), None)


def _make_insurance(desk: Desk, uow: UnitOfWork, debtor: Debtor) -> Sequence[Due]:
    """Her months of insurance that do not exist yet, up to the end of the present year."""
    last = dt.date(desk.today.year, 12, 31)
    made = [due for due in unmade(desk, uow, debtor, last) if due.kind is DueKind.INSURANCE]
    uow.dues.write(made)
    return made


def _noted(desk: Desk, uow: UnitOfWork, action: str, after: Debtor, said: str, request_id: str) -> Done[Debtor]:
    """The audit link, the commit, and who must read again."""
    change = FieldChange("Cotisations", "", said)
    uow.audit.add(desk.clock.now(), desk.actor.user_id, action, _PERSON, after.person_id, (change,), request_id)
    uow.commit()
    return Done(after, _changes(after.person_id))


def _changes(person_id: int) -> Changes:
    return Changes.of(DUES) | Changes.of(MEMBERS, id=person_id)
