"""What stands against paying, cancelling, exempting, insuring: every reason, with its field."""

from __future__ import annotations

import datetime as dt

from antenne.domain.dates import add_months
from antenne.domain.dues import EXEMPTIBLE, MOST_AHEAD, Debtor, Due, DueKind, Period, concerned, exempt_for
from antenne.domain.violations import Violation


def check_payment(due: Due, amount: int) -> tuple[Violation, ...]:
    """``due.cancelled``, ``due.exempt``, ``due.paid`` (nothing left), ``due.amount`` (0, or more than is left)."""
    if due.cancelled_on is not None:
        return (Violation("due.cancelled", "subject", (("day", due.cancelled_on),)),)
    if due.exempt:
        return (Violation("due.exempt", "subject"),)
    if due.left <= 0:
        return (Violation("due.paid", "subject"),)
    if not 0 < amount <= due.left:
        return (Violation("due.amount", "amount", (("left", due.left),)),)
    return ()


def check_cancel(due: Due, reason: str) -> tuple[Violation, ...]:
    """``due.cancelled``, ``due.has_payments`` (its receipts come first), ``due.no_reason``."""
    found: list[Violation] = []
    if due.cancelled_on is not None:
        found.append(Violation("due.cancelled", "subject", (("day", due.cancelled_on),)))
    if due.paid:
        found.append(Violation("due.has_payments", "subject", (("paid", due.paid),)))
    if not reason.strip():
        found.append(Violation("due.no_reason", "reason"))
    return tuple(found)


def check_exempt(debtor: Debtor, kind: DueKind, since: dt.date, reason: str) -> tuple[Violation, ...]:
    """``due.exempt_kind``, ``due.exempt_already``, ``due.not_insured``, ``due.no_exempt_reason``, ``due.before``."""
    found: list[Violation] = []
    if kind not in EXEMPTIBLE:
        return (Violation("due.exempt_kind", "kind"),)
    if exempt_for(debtor, kind, Period(since, since)):
        found.append(Violation("due.exempt_already", "since"))
    elif kind is DueKind.INSURANCE and not concerned(debtor, kind, Period(since, since)):
        found.append(Violation("due.not_insured", "since", (("day", since),)))
    if not reason.strip():
        found.append(Violation("due.no_exempt_reason", "reason"))
    if since < debtor.joined_on:
        found.append(Violation("due.before", "since", (("day", debtor.joined_on),)))
    return tuple(found)


def check_end_exemption(debtor: Debtor, kind: DueKind, until: dt.date, reason: str) -> tuple[Violation, ...]:
    """``due.exempt_by_file`` (the file says so), ``due.not_exempt``, ``due.no_reason_end``.

    The day before its first one takes an exemption back.
    """
    if debtor.exempt:
        return (Violation("due.exempt_by_file", "kind"),)
    found: list[Violation] = []
    if not exempt_for(debtor, kind, Period(until, until + dt.timedelta(days=1))):
        found.append(Violation("due.not_exempt", "until", (("day", until),)))
    if not reason.strip():
        found.append(Violation("due.no_reason_end", "reason"))
    return tuple(found)


def check_subscribe(debtor: Debtor, since: dt.date, on: dt.date) -> tuple[Violation, ...]:
    """``due.before``, ``due.stopped`` (she left or died), ``due.insured_already``, ``due.too_far``."""
    found: list[Violation] = []
    if since < debtor.joined_on:
        found.append(Violation("due.before", "since", (("day", debtor.joined_on),)))
    if debtor.stopped_on is not None:
        found.append(Violation("due.stopped", None, (("day", debtor.stopped_on),)))
    later = Period(since, dt.date.max)
    if any(one.kind is DueKind.INSURANCE and one.meets(later) for one in debtor.subscriptions):
        found.append(Violation("due.insured_already", "since"))
    if since > add_months(on, MOST_AHEAD):
        found.append(Violation("due.too_far", "since", (("most", MOST_AHEAD),)))
    return tuple(found)


def check_unsubscribe(debtor: Debtor, until: dt.date) -> tuple[Violation, ...]:
    """``due.not_insured``: no stretch of insurance runs on that day."""
    if any(one.kind is DueKind.INSURANCE and one.open_on(until) for one in debtor.subscriptions):
        return ()
    return (Violation("due.not_insured", "until", (("day", until),)),)
