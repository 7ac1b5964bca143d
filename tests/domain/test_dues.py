"""Dues: periods, days to pay, who owes what, allocation, exemptions, the year's plan; cards that are paid."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain import dues_rules, seeds
from antenne.domain.card_sales import CardSale, unpaid_cards
from antenne.domain.cards import MemberCard
from antenne.domain.dates import add_months
from antenne.domain.dues import (
    YEARLY,
    Debtor,
    Due,
    DueKind,
    Period,
    Subscription,
    allocate,
    concerned,
    due_day,
    end_of,
    exempt_for,
    furthest_ahead,
    is_late,
    make_due,
    missing_dues,
    next_period,
    period_of,
    periods,
    plan_year,
    start_of,
    subject_of,
)
from antenne.domain.settings import EPOCH, DatedValue, Settings

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2120, 12, 31))
AGAIN = st.sampled_from(YEARLY)
JOINED = dt.date(2026, 1, 5)
MEMBER = Debtor(person_id=1, joined_on=JOINED)
YEAR = period_of(DueKind.MEMBERSHIP, JOINED)
NOVEMBER = period_of(DueKind.INSURANCE, dt.date(2026, 11, 23))


def settings(**values: list[DatedValue]) -> Settings:
    """The settings of a new office, and these values (dots as two underscores)."""
    named = {key.replace("__", "."): kept for key, kept in values.items()}
    return Settings(values=named, definitions={one.key: one for one in seeds.DEFINITIONS})


def insured(since: dt.date, until: dt.date | None = None, *, exempt: bool = False) -> Subscription:
    """A stretch of insurance."""
    return Subscription(kind=DueKind.INSURANCE, since=since, until=until, exempt=exempt)


def freed(since: dt.date, until: dt.date | None = None) -> Subscription:
    """An exemption from the yearly due."""
    return Subscription(kind=DueKind.MEMBERSHIP, since=since, until=until, exempt=True, reason="âge")


def with_stretches(*stretches: Subscription) -> Debtor:
    """The member, insured or exempt."""
    return Debtor(person_id=1, joined_on=JOINED, subscriptions=stretches)


def due(amount: int = 1000, paid: int = 0, *, exempt: bool = False, cancelled: dt.date | None = None) -> Due:
    """A due of November."""
    return Due(
        person_id=1,
        kind=DueKind.INSURANCE,
        period=NOVEMBER,
        due_on=NOVEMBER.end,
        amount=amount,
        paid=paid,
        exempt=exempt,
        cancelled_on=cancelled,
    )


# --- Periods -------------------------------------------------------------------------------------------------------


@given(AGAIN, DAYS)
def test_every_day_lies_in_its_own_period(kind: DueKind, day: dt.date) -> None:
    period = period_of(kind, day)
    assert period.start <= day <= period.end
    assert period_of(kind, period.start) == period_of(kind, period.end) == period
    assert next_period(kind, period).start == period.end + dt.timedelta(days=1)


@given(AGAIN, DAYS, st.integers(0, 2000))
def test_periods_cover_a_stretch_without_hole_or_overlap(kind: DueKind, first: dt.date, days: int) -> None:
    last = first + dt.timedelta(days=days)
    found = list(periods(kind, first, last))
    assert found[0].start <= first
    assert found[-1].end >= last
    assert all(one.end + dt.timedelta(days=1) == two.start for one, two in pairwise(found))


@given(DAYS)
def test_a_subject_names_its_day(day: dt.date) -> None:
    assert subject_of(day) < 0
    assert start_of(subject_of(day)) == day
    assert due().subject == -20261101
    assert Due(id=9, person_id=1, kind=DueKind.JOINING, period=YEAR, due_on=day, amount=1).subject == 9


@pytest.mark.parametrize("subject", [-1, -20260230, -20261301, -(10**12), -99991201, -18990101, 0, 20260101])
def test_a_subject_that_names_no_day(subject: int) -> None:
    assert start_of(subject) is None


@given(DAYS, DAYS)
def test_the_day_to_pay_lies_in_the_period(day: dt.date, joined: dt.date) -> None:
    for kind in DueKind:
        period = period_of(kind, day)
        assert period.start <= due_day(settings(), kind, period, joined) <= period.end


def test_day_to_pay() -> None:
    assert due_day(settings(), DueKind.JOINING, Period(JOINED, JOINED), JOINED) == JOINED
    assert due_day(settings(), DueKind.MEMBERSHIP, YEAR, JOINED) == dt.date(2026, 3, 31)
    assert due_day(settings(), DueKind.MEMBERSHIP, YEAR, dt.date(2026, 8, 9)) == dt.date(2026, 8, 31)
    assert due_day(settings(), DueKind.INSURANCE, NOVEMBER, JOINED) == dt.date(2026, 11, 30)
    odd = settings(members__membership_month=[DatedValue(EPOCH, 77)])
    assert due_day(odd, DueKind.MEMBERSHIP, YEAR, JOINED) == dt.date(2026, 12, 31)


def test_how_far_ahead_months_are_proposed() -> None:
    assert furthest_ahead(dt.date(2026, 2, 28)) == dt.date(2026, 12, 31)
    assert furthest_ahead(dt.date(2026, 11, 23)) == dt.date(2027, 2, 28)


# --- Who owes ------------------------------------------------------------------------------------------------------


@given(DAYS, DAYS, st.none() | DAYS, AGAIN)
def test_nothing_before_adhesion_nothing_after_leaving(
    day: dt.date, joined: dt.date, stopped: dt.date | None, kind: DueKind
) -> None:
    debtor = Debtor(person_id=1, joined_on=joined, stopped_on=stopped, subscriptions=(insured(dt.date(1980, 1, 1)),))
    period = period_of(kind, day)
    if concerned(debtor, kind, period):
        assert period.end >= joined
        assert stopped is None or period.start <= stopped
    else:
        assert period.end < joined or (stopped is not None and stopped < period.start)


def test_who_is_concerned() -> None:
    assert concerned(MEMBER, DueKind.JOINING, Period(JOINED, JOINED))
    assert not concerned(MEMBER, DueKind.JOINING, Period(dt.date(2026, 2, 1), dt.date(2026, 2, 1)))
    assert not concerned(MEMBER, DueKind.INSURANCE, NOVEMBER)
    assert concerned(with_stretches(insured(dt.date(2026, 11, 30))), DueKind.INSURANCE, NOVEMBER)
    over = insured(dt.date(2026, 1, 5), dt.date(2026, 10, 31))
    assert not concerned(with_stretches(over), DueKind.INSURANCE, NOVEMBER)
    taken_back = insured(dt.date(2026, 11, 5), dt.date(2026, 11, 4))
    assert not concerned(with_stretches(taken_back), DueKind.INSURANCE, NOVEMBER)
    assert not concerned(with_stretches(freed(JOINED)), DueKind.INSURANCE, NOVEMBER)


def test_one_exempt_day_frees_the_period() -> None:
    half = with_stretches(insured(JOINED, dt.date(2026, 11, 14)), insured(dt.date(2026, 11, 15), exempt=True))
    assert exempt_for(half, DueKind.INSURANCE, NOVEMBER)
    assert not exempt_for(half, DueKind.MEMBERSHIP, YEAR)
    assert exempt_for(Debtor(person_id=1, joined_on=JOINED, exempt=True), DueKind.MEMBERSHIP, YEAR)


def test_the_amount_is_the_tariff_of_the_first_day() -> None:
    dated = settings(
        insurance__monthly_fee=[DatedValue(dt.date(2026, 11, 2), 700), DatedValue(dt.date(2026, 1, 1), 600)],
        members__membership_fee=[DatedValue(EPOCH, 0)],
    )
    made = make_due(dated, with_stretches(insured(JOINED)), DueKind.INSURANCE, NOVEMBER)
    assert made is not None
    assert made.amount == 600
    assert make_due(dated, MEMBER, DueKind.MEMBERSHIP, YEAR) is None, "a tariff of 0 is no due"
    assert make_due(settings(), MEMBER, DueKind.INSURANCE, NOVEMBER) is None
    assert make_due(settings(), with_stretches(freed(JOINED)), DueKind.MEMBERSHIP, YEAR) is None


def test_missing_dues_kind_by_kind() -> None:
    debtor = with_stretches(insured(dt.date(2026, 10, 5)))
    asked = dt.date(2026, 1, 1), dt.date(2026, 11, 30)
    found = list(missing_dues(settings(), debtor, set(), *asked))
    assert [(one.kind, one.period.start.month) for one in found] == [
        (DueKind.JOINING, 1), (DueKind.MEMBERSHIP, 1), (DueKind.INSURANCE, 10), (DueKind.INSURANCE, 11),
    ]  # fmt: skip
    made = {(one.kind, one.period.start) for one in found}
    assert list(missing_dues(settings(), debtor, made, *asked)) == []
    earlier = {(DueKind.JOINING, dt.date(2025, 12, 1))}
    assert DueKind.JOINING not in {one.kind for one in missing_dues(settings(), debtor, earlier, *asked)}
    later = list(missing_dues(settings(), debtor, set(), dt.date(2026, 11, 1), asked[1]))
    assert [one.kind for one in later] == [DueKind.MEMBERSHIP, DueKind.INSURANCE]


@given(st.integers(0, 5000), st.integers(0, 5000), DAYS)
def test_late_is_only_what_is_left(amount: int, paid: int, on: dt.date) -> None:
    one = due(amount, min(paid, amount))
    assert is_late(one, on) == (paid < amount and on > NOVEMBER.end)
    assert not is_late(due(amount, exempt=True), on)
    assert not is_late(due(amount, cancelled=on), on)


# --- Allocation ----------------------------------------------------------------------------------------------------


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**9), max_size=40))
def test_a_sum_is_spread_whole_and_in_order(amount: int, owed: list[int]) -> None:
    parts, left = allocate(amount, owed)
    assert sum(parts) + left == amount
    assert left >= 0
    assert all(0 <= part <= one for part, one in zip(parts, owed, strict=True))
    if left:
        assert list(parts) == owed
    unfinished = [place for place, (part, one) in enumerate(zip(parts, owed, strict=True)) if part < one]
    if unfinished:
        assert not any(parts[unfinished[0] + 1 :]), "nothing reaches a later one before the earlier is paid"


# --- Refusals ------------------------------------------------------------------------------------------------------


def codes(found: tuple[object, ...]) -> list[str]:
    """What was refused."""
    return [one.code for one in found]  # type: ignore[attr-defined]  # violations


@given(st.integers(-10, 2000))
def test_a_payment_never_exceeds_what_is_left(amount: int) -> None:
    found = codes(dues_rules.check_payment(due(1000, 300), amount))
    assert found == ([] if 0 < amount <= 700 else ["due.amount"])


def test_payment_refusals() -> None:
    assert codes(dues_rules.check_payment(due(1000, 1000), 1)) == ["due.paid"]
    assert codes(dues_rules.check_payment(due(exempt=True), 1)) == ["due.exempt"]
    assert codes(dues_rules.check_payment(due(cancelled=JOINED), 1)) == ["due.cancelled"]


def test_cancel_refusals() -> None:
    assert dues_rules.check_cancel(due(), "erreur") == ()
    found = dues_rules.check_cancel(due(1000, 5, cancelled=JOINED), " ")
    assert codes(found) == ["due.cancelled", "due.has_payments", "due.no_reason"]


def test_exempt_refusals() -> None:
    day = dt.date(2026, 11, 1)
    assert dues_rules.check_exempt(MEMBER, DueKind.MEMBERSHIP, day, "âge") == ()
    assert dues_rules.check_exempt(with_stretches(insured(JOINED)), DueKind.INSURANCE, day, "âge") == ()
    assert codes(dues_rules.check_exempt(MEMBER, DueKind.JOINING, day, "âge")) == ["due.exempt_kind"]
    assert codes(dues_rules.check_exempt(MEMBER, DueKind.INSURANCE, day, "")) == [
        "due.not_insured", "due.no_exempt_reason",
    ]  # fmt: skip
    freed_now = with_stretches(freed(JOINED))
    assert codes(dues_rules.check_exempt(freed_now, DueKind.MEMBERSHIP, day, "âge")) == ["due.exempt_already"]
    assert codes(dues_rules.check_exempt(MEMBER, DueKind.MEMBERSHIP, EPOCH, "âge")) == ["due.before"]


def test_end_of_exemption_refusals() -> None:
    running = with_stretches(freed(dt.date(2026, 5, 1)))
    check = dues_rules.check_end_exemption
    assert check(running, DueKind.MEMBERSHIP, dt.date(2026, 5, 1), "fin") == ()
    assert check(running, DueKind.MEMBERSHIP, dt.date(2026, 4, 30), "erreur") == ()
    assert codes(check(running, DueKind.MEMBERSHIP, dt.date(2026, 4, 29), "")) == [
        "due.not_exempt",
        "due.no_reason_end",
    ]
    by_file = Debtor(person_id=1, joined_on=JOINED, exempt=True)
    assert codes(check(by_file, DueKind.MEMBERSHIP, JOINED, "fin")) == ["due.exempt_by_file"]


def test_insurance_refusals() -> None:
    today = dt.date(2026, 11, 23)
    assert dues_rules.check_subscribe(MEMBER, today, today) == ()
    gone = Debtor(person_id=1, joined_on=JOINED, stopped_on=today, subscriptions=(insured(today),))
    assert codes(dues_rules.check_subscribe(gone, EPOCH, today)) == [
        "due.before", "due.stopped", "due.insured_already",
    ]  # fmt: skip
    assert codes(dues_rules.check_subscribe(MEMBER, add_months(today, 37), today)) == ["due.too_far"]
    ended = with_stretches(insured(JOINED, dt.date(2026, 6, 30)))
    assert dues_rules.check_subscribe(ended, dt.date(2026, 7, 1), today) == ()
    assert dues_rules.check_unsubscribe(ended, dt.date(2026, 6, 30)) == ()
    assert codes(dues_rules.check_unsubscribe(ended, today)) == ["due.not_insured"]
    assert end_of(insured(JOINED), today).until == today


# --- The year ------------------------------------------------------------------------------------------------------


def test_the_plan_of_a_year() -> None:
    debtors = [
        MEMBER,
        Debtor(person_id=2, joined_on=JOINED, subscriptions=(insured(dt.date(2026, 11, 1)),)),
        Debtor(person_id=3, joined_on=JOINED, exempt=True),
        Debtor(person_id=4, joined_on=JOINED, stopped_on=dt.date(2026, 12, 31), exempt=True),
        Debtor(person_id=5, joined_on=dt.date(2028, 1, 1)),
    ]
    made = {1: {(DueKind.MEMBERSHIP, dt.date(2027, 1, 1))}}
    plan = plan_year(settings(), debtors, made, 2027)
    assert (plan.women, plan.dues, plan.amount, plan.exempt, plan.already) == (1, 13, 1000 + 12 * 550, 1, 1)
    assert {one.person_id for one in plan.made} == {2}


@given(st.lists(st.tuples(st.dates(dt.date(2024, 1, 1), dt.date(2028, 1, 1)), st.booleans()), max_size=6))
def test_a_plan_made_twice_makes_nothing_more(members: list[tuple[dt.date, bool]]) -> None:
    debtors = [
        Debtor(person_id=number, joined_on=day, subscriptions=(insured(day),) if wants else ())
        for number, (day, wants) in enumerate(members)
    ]
    first = plan_year(settings(), debtors, {}, 2026)
    made: dict[int, set[tuple[DueKind, dt.date]]] = {}
    for one in first.made:
        made.setdefault(one.person_id, set()).add((one.kind, one.period.start))
    again = plan_year(settings(), debtors, made, 2026)
    assert (again.dues, again.women, again.already) == (0, 0, first.dues)


# --- Cards ---------------------------------------------------------------------------------------------------------


def card(number: int, on: dt.date) -> MemberCard:
    """A card of hers."""
    return MemberCard(id=number, person_id=1, issued_on=on, valid_until=dt.date(2027, 12, 31))


def sale(card_id: int | None, on: dt.date, *, cancelled: bool = False) -> CardSale:
    """A card that was paid."""
    return CardSale(person_id=1, card_id=card_id, receipt_id=1, sold_on=on, price=500, cancelled=cancelled)


def test_which_cards_are_unpaid() -> None:
    one, two, three = card(1, JOINED), card(2, dt.date(2026, 6, 1)), card(3, dt.date(2026, 9, 1))
    since = dt.date(2026, 1, 1)
    assert unpaid_cards([three, one, two], [], since) == ((three, two, one), 0)
    assert unpaid_cards([one, two], [sale(1, JOINED)], since) == ((two,), 0)
    assert unpaid_cards([one, two], [sale(1, JOINED, cancelled=True)], since) == ((two, one), 0)
    ahead = sale(None, dt.date(2026, 5, 1))
    assert unpaid_cards([one, two, three], [ahead], since) == ((three, one), 0)
    assert unpaid_cards([one], [ahead], since) == ((one,), 1)
    assert unpaid_cards([one], [], dt.date(2026, 2, 1)) == ((), 0)
