"""Dues: in the basket, exempt, insured, cancelled, prepared for a year, late, checked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from antenne.base.clock import FixedClock
from antenne.base.progress import Stopped
from antenne.db.repositories.dues import DuesQuery
from antenne.domain.basket import BasketLine, Owed
from antenne.domain.dues import DueKind, LateFigures, Standing, start_of, subject_of
from antenne.domain.receipts import Receipt
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import dues, dues_keeping, dues_reading
from antenne.services.basket import list_owed
from antenne.services.desk import Desk
from antenne.services.dues_keeping import CancelDue, EndExemption, Exempt, PrepareYear, Subscribe, Unsubscribe
from antenne.services.dues_reading import DuesFilter
from antenne.services.receipts import CancelReceipt, Collect, cancel_receipt, collect
from antenne.services.settings import SetValue, set_value
from antenne.wording import violations as sentences
from tests.services.money import member, opened, request

SOURCES = (dues.SOURCE,)
YEAR_2026 = subject_of(dt.date(2026, 1, 1))


@pytest.fixture
def woman(desk: Desk) -> int:
    """She joined on 5 January 2026; the caisse is open."""
    opened(desk)
    return member(desk)


def pay(desk: Desk, *lines: BasketLine) -> Receipt:
    """One receipt."""
    return collect(desk, Collect(request_id=request(), lines=lines), SOURCES).value[0]


def line(kind: str, person_id: int | None, amount: int, subject: int | None = None) -> BasketLine:
    """A basket line."""
    return BasketLine(kind=kind, person_id=person_id, amount=amount, subject_id=subject)


def codes(error: pytest.ExceptionInfo[RulesBroken]) -> list[str]:
    """Codes of everything refused; each has its sentence."""
    assert all(sentences.sentence(one) for one in error.value.violations)
    return [one.code for one in error.value.violations]


def owed(desk: Desk, person_id: int) -> dict[str, Owed]:
    """What she may pay, by its words."""
    return {one.label: one for one in list_owed(desk, SOURCES, person_id)}


def insured(desk: Desk, person_id: int, since: dt.date) -> None:
    """She joins the insurance."""
    dues_keeping.subscribe(desk, Subscribe(request_id=request(), person_id=person_id, since=since))


def tariff(desk: Desk, key: str, since: dt.date, value: int) -> None:
    """A tariff from a day on."""
    set_value(desk, SetValue(request_id=request(), key=key, since=since, value=value, correct=True))


def late(desk: Desk) -> LateFigures:
    """Who is late, for all kinds and years."""
    return dues_reading.late_figures(desk)


def whole(desk: Desk) -> bool:
    """What « controler » says of the dues."""
    return all(check(desk).ok for check in dues_reading.DUES_CHECKS)


def test_a_new_member_owes_joining_and_the_year(desk: Desk, woman: int) -> None:
    found = owed(desk, woman)
    assert list(found) == ["Droit d’adhésion", "Cotisation 2026", "Cotisation 2027"]
    joining = found["Droit d’adhésion"]
    assert (joining.amount, joining.late, joining.ticked) == (1000, True, True)
    assert found["Cotisation 2026"].due_on == dt.date(2026, 3, 31)
    assert found["Cotisation 2026"].ticked
    ahead = found["Cotisation 2027"]
    assert not ahead.late
    assert not ahead.ticked


def test_part_payment_rest_and_note(desk: Desk, woman: int) -> None:
    receipt = pay(desk, line("membership", woman, 550, YEAR_2026))
    assert receipt.lines[0].label == "Cotisation 2026"
    assert receipt.note == "Reste dû\u00a0: 450\u00a0FCFA (Cotisation 2026)"
    again = owed(desk, woman)["Cotisation 2026"]
    assert again.amount == 450
    assert again.subject_id == receipt.lines[0].subject_id
    second = pay(desk, line("membership", woman, 450, again.subject_id))
    assert second.note == ""
    assert "Cotisation 2026" not in owed(desk, woman)
    with pytest.raises(RulesBroken) as refused:
        pay(desk, line("membership", woman, 1, again.subject_id))
    assert codes(refused) == ["due.paid"]
    assert whole(desk)


def test_a_cancelled_receipt_makes_it_owed_again(desk: Desk, woman: int) -> None:
    receipt = pay(desk, line("joining", woman, 1000))
    assert "Droit d’adhésion" not in owed(desk, woman)
    cancel_receipt(desk, CancelReceipt(request_id=request(), receipt_id=receipt.id, reason="erreur"), SOURCES)
    back = owed(desk, woman)["Droit d’adhésion"]
    assert back.amount == 1000
    assert back.subject_id == receipt.lines[0].subject_id
    assert whole(desk)
    shown = dues_reading.person_dues(desk, woman).receipts
    assert [(one.name, one.cancelled) for one in shown] == [(receipt.name, True)]


def test_too_much_nothing_and_nobody(desk: Desk, woman: int) -> None:
    with pytest.raises(RulesBroken) as refused:
        collect(
            desk,
            Collect(
                request_id=request(),
                lines=(
                    line("membership", woman, 1001, YEAR_2026),
                    line("membership", woman, 0, subject_of(dt.date(2027, 1, 1))),
                    line("joining", None, 1000),
                    line("insurance", woman, 550),
                    line("membership", woman, 5, subject_of(dt.date(2026, 2, 1))),
                    line("membership", woman, 5, 999_999),
                    line("membership", woman, 5, -99),
                    line("insurance", woman, 5, subject_of(dt.date(2026, 2, 1))),
                    line("membership", woman, 5, subject_of(dt.date(2041, 1, 1))),
                    line("membership", woman, 5, subject_of(dt.date(2025, 1, 1))),
                ),
            ),
            SOURCES,
        )
    assert codes(refused) == [
        "due.amount", "due.amount", "due.no_person", "due.nothing", "due.unknown", "due.unknown", "due.unknown",
        "due.not_owed", "due.not_owed", "due.not_owed",
    ]  # fmt: skip
    assert refused.value.violations[0].field == "lines[0].amount"
    assert dues_reading.person_dues(desk, woman).receipts == ()
    with desk.read() as uow:
        assert uow.dues.of_person(woman) == (), "what was refused leaves no due behind"


def test_the_same_due_named_twice_is_refused_whole(desk: Desk, woman: int) -> None:
    first = pay(desk, line("membership", woman, 400, YEAR_2026))
    twice = (
        line("membership", woman, 600, YEAR_2026),
        line("membership", woman, 600, first.lines[0].subject_id),
    )
    with pytest.raises(RulesBroken) as refused:
        pay(desk, *twice)
    assert codes(refused) == ["due.paid"]
    assert owed(desk, woman)["Cotisation 2026"].amount == 600


def test_another_womans_due_is_refused(desk: Desk, woman: int) -> None:
    other = member(desk, 2, "Diallo", "Fanta")
    hers = pay(desk, line("membership", other, 500, YEAR_2026)).lines[0].subject_id
    with pytest.raises(RulesBroken) as refused:
        pay(desk, line("membership", woman, 500, hers))
    assert codes(refused) == ["due.not_hers"]


def test_insurance_months_in_neutral_words_and_ahead(desk: Desk, woman: int) -> None:
    insured(desk, woman, dt.date(2026, 10, 15))
    found = owed(desk, woman)
    months = [
        label for label in found if label.startswith("Cotisation ") and not label[-5:-4].isdigit() and " 20" in label
    ]
    assert "Cotisation octobre 2026" in months
    assert found["Cotisation octobre 2026"].late
    assert found["Cotisation octobre 2026"].amount == 550
    assert not found["Cotisation novembre 2026"].late
    assert "Cotisation février 2027" in found
    assert "Cotisation mars 2027" not in found
    ahead = dues_reading.propose_months(desk, woman, DueKind.INSURANCE, 12)
    assert len(ahead) == 12
    assert ahead[-1].label == "Cotisation septembre 2027"
    receipt = pay(desk, *(line("insurance", woman, one.amount, one.subject_id) for one in ahead))
    assert receipt.total == 12 * 550
    assert whole(desk)
    assert dues_reading.propose_months(desk, woman, DueKind.INSURANCE, 1)[0].label == "Cotisation octobre 2027"
    with pytest.raises(RulesBroken) as refused:
        dues_reading.propose_months(desk, woman, DueKind.INSURANCE, 37)
    assert codes(refused) == ["due.too_far"]


def test_a_sum_is_spread_the_oldest_first(desk: Desk, woman: int) -> None:
    parts, left = dues_reading.propose_payment(desk, woman, 1500)
    assert [(one.label, one.amount) for one in parts] == [("Droit d’adhésion", 1000), ("Cotisation 2026", 500)]
    assert left == 0
    _, left = dues_reading.propose_payment(desk, woman, 10_000)
    assert left == 10_000 - 5000, "joining and 2026 to 2029"


def test_a_changed_tariff_leaves_what_was_made(desk: Desk, responsable_desk: Desk, woman: int) -> None:
    pay(desk, line("membership", woman, 100, YEAR_2026))
    tariff(responsable_desk, "members.membership_fee", dt.date(2026, 1, 1), 3000)
    tariff(responsable_desk, "members.membership_fee", dt.date(2027, 1, 1), 4000)
    assert owed(responsable_desk, woman)["Cotisation 2026"].amount == 900
    assert owed(responsable_desk, woman)["Cotisation 2027"].amount == 4000
    other = member(desk, 2)
    assert owed(responsable_desk, other)["Cotisation 2026"].amount == 3000


def test_tariff_zero_means_no_due(desk: Desk, responsable_desk: Desk, woman: int) -> None:
    tariff(responsable_desk, "members.membership_fee", dt.date(2000, 1, 1), 0)
    assert list(owed(responsable_desk, woman)) == ["Droit d’adhésion"]
    assert dues_keeping.plan_year(responsable_desk, 2026).dues == 0
    with pytest.raises(RulesBroken) as refused:
        collect(
            responsable_desk,
            Collect(request_id=request(), lines=(line("membership", woman, 1, YEAR_2026),)),
            SOURCES,
        )
    assert codes(refused) == ["due.not_owed"]


def test_an_exempt_woman_is_never_late_and_is_refused(desk: Desk, woman: int) -> None:
    dues_keeping.prepare_year(desk, PrepareYear(request_id=request(), year=2026))
    assert late(desk) == LateFigures(1, 2000)
    command = Exempt(
        request_id=request(), person_id=woman, kind=DueKind.MEMBERSHIP, since=dt.date(2026, 6, 1), reason="malade"
    )
    dues_keeping.exempt(desk, command)
    assert (
        dues_keeping.exempt(desk, command).value.subscriptions
        == dues_reading.person_dues(desk, woman).debtor.subscriptions
    )
    assert list(owed(desk, woman)) == ["Droit d’adhésion"]
    assert late(desk) == LateFigures(1, 1000), "adhesion is still owed"
    with pytest.raises(RulesBroken) as refused:
        pay(desk, line("membership", woman, 100, YEAR_2026))
    assert codes(refused) == ["due.exempt"]
    with pytest.raises(RulesBroken) as refused:
        pay(desk, line("membership", woman, 100, subject_of(dt.date(2027, 1, 1))))
    assert codes(refused) == ["due.exempt"]
    pay(desk, line("joining", woman, 1000))
    rows, total = dues_reading.list_dues(desk, DuesFilter(standing=Standing.EXEMPT), 0, 10)
    assert (total, rows[0].standing, rows[0].late) == (1, Standing.EXEMPT, 0)
    ended = EndExemption(
        request_id=request(), person_id=woman, kind=DueKind.MEMBERSHIP, until=dt.date(2026, 12, 31), reason="guérie"
    )
    dues_keeping.end_exemption(desk, ended)
    dues_keeping.end_exemption(desk, ended)
    assert list(owed(desk, woman)) == ["Cotisation 2027"], "what was free stays free"
    assert whole(desk)


def test_exempt_by_her_file(desk: Desk, woman: int) -> None:
    dues_keeping.prepare_year(desk, PrepareYear(request_id=request(), year=2026))
    with desk.write() as uow:
        person = uow.persons.get(woman)
        assert person is not None
        assert person.membership is not None
        freed = replace(person, membership=replace(person.membership, exempt=True))
        uow.persons.save(freed, desk.clock.now(), desk.actor.user_id)
        uow.audit.add(desk.clock.now(), desk.actor.user_id, "person.saved", "person", woman)
        uow.commit()
    assert late(desk) == LateFigures(0, 0)
    assert owed(desk, woman) == {}
    assert dues_keeping.plan_year(desk, 2027).exempt == 1
    with pytest.raises(RulesBroken) as refused:
        dues_keeping.end_exemption(
            desk,
            EndExemption(
                request_id=request(), person_id=woman, kind=DueKind.MEMBERSHIP, until=desk.today, reason="non"
            ),
        )
    assert codes(refused) == ["due.exempt_by_file"]
    with pytest.raises(RulesBroken) as refused:
        pay(desk, line("membership", woman, 100, YEAR_2026))
    assert codes(refused) == ["due.exempt"]


def test_an_insured_woman_is_exempted_and_comes_back(desk: Desk, woman: int) -> None:
    insured(desk, woman, dt.date(2026, 8, 1))
    since = dt.date(2026, 10, 1)
    dues_keeping.exempt(
        desk, Exempt(request_id=request(), person_id=woman, kind=DueKind.INSURANCE, since=since, reason="projet")
    )
    labels = [one.label for one in list_owed(desk, SOURCES, woman) if one.kind == "insurance"]
    assert labels == ["Cotisation août 2026", "Cotisation septembre 2026"]
    dues_keeping.end_exemption(
        desk,
        EndExemption(
            request_id=request(), person_id=woman, kind=DueKind.INSURANCE, until=dt.date(2026, 12, 31), reason="fin"
        ),
    )
    labels = [one.label for one in list_owed(desk, SOURCES, woman) if one.kind == "insurance"]
    assert labels[2:] == ["Cotisation janvier 2027", "Cotisation février 2027"]
    dues_keeping.unsubscribe(desk, Unsubscribe(request_id=request(), person_id=woman, until=dt.date(2026, 8, 31)))
    found = dues_reading.person_dues(desk, woman)
    left = [due.period.start.month for due in found.dues if due.kind is DueKind.INSURANCE and due.left]
    assert left == [8], "September is cancelled, August is still owed"
    assert not any(one.open_on(dt.date(2027, 2, 1)) for one in found.debtor.subscriptions)


def test_exempted_and_freed_on_one_day(desk: Desk, woman: int) -> None:
    """The stretch is taken back on its first day, and can begin again on it."""
    insured(desk, woman, desk.today)
    for _ in range(2):
        dues_keeping.exempt(
            desk,
            Exempt(request_id=request(), person_id=woman, kind=DueKind.INSURANCE, since=desk.today, reason="erreur"),
        )
        dues_keeping.end_exemption(
            desk,
            EndExemption(
                request_id=request(),
                person_id=woman,
                kind=DueKind.INSURANCE,
                until=dt.date(2026, 11, 22),
                reason="erreur",
            ),
        )
    found = dues_reading.person_dues(desk, woman)
    assert found.debtor.subscriptions[-1].open_on(dt.date(2027, 5, 1))
    months = [due.left for due in found.dues if due.kind is DueKind.INSURANCE]
    assert months == [550, 550], "November and December are owed again"


def test_subscribe_refusals(desk: Desk, woman: int) -> None:
    insured(desk, woman, dt.date(2026, 10, 1))
    for since, expected in (
        (dt.date(2025, 1, 1), ["due.before", "due.insured_already"]),
        (dt.date(2031, 1, 1), ["due.insured_already", "due.too_far"]),
    ):
        with pytest.raises(RulesBroken) as refused:
            insured(desk, woman, since)
        assert codes(refused) == expected
    other = member(desk, 2)
    with pytest.raises(RulesBroken) as refused:
        dues_keeping.unsubscribe(desk, Unsubscribe(request_id=request(), person_id=other, until=desk.today))
    assert codes(refused) == ["due.not_insured"]
    with pytest.raises(RulesBroken) as refused:
        dues_keeping.exempt(
            desk,
            Exempt(request_id=request(), person_id=other, kind=DueKind.INSURANCE, since=desk.today, reason=" "),
        )
    assert codes(refused) == ["due.not_insured", "due.no_exempt_reason"]


def test_the_words_of_an_erased_woman_are_forgotten(desk: Desk, woman: int) -> None:
    dues_keeping.prepare_year(desk, PrepareYear(request_id=request(), year=2026))
    command = Exempt(
        request_id=request(), person_id=woman, kind=DueKind.MEMBERSHIP, since=dt.date(2026, 6, 1), reason="malade"
    )
    dues_keeping.exempt(desk, command)
    with desk.write() as uow:
        uow.dues.erase_reasons(woman)
        uow.commit()
    found = dues_reading.person_dues(desk, woman)
    assert [one.reason for one in found.debtor.subscriptions] == [""]
    assert [(due.exempt, due.exempt_reason) for due in found.dues if due.id] == [(True, "")]


def test_cancel_keeps_the_due_and_its_reason(desk: Desk, woman: int) -> None:
    subject = owed(desk, woman)["Droit d’adhésion"].subject_id
    assert subject is not None
    assert start_of(subject) == dt.date(2026, 1, 5)
    command = CancelDue(
        request_id=request(), person_id=woman, kind=DueKind.JOINING, subject=subject, reason="payé avant"
    )
    made = dues_keeping.cancel_due(desk, command).value
    assert dues_keeping.cancel_due(desk, command).value == made
    assert "Droit d’adhésion" not in owed(desk, woman)
    assert late(desk) == LateFigures(0, 0)
    shown = next(due for due in dues_reading.person_dues(desk, woman).dues if due.kind is DueKind.JOINING)
    assert (shown.cancelled_on, shown.cancelled_reason) == (desk.today, "payé avant")
    with pytest.raises(RulesBroken) as refused:
        pay(desk, line("joining", woman, 1000, shown.id))
    assert codes(refused) == ["due.cancelled"]
    paid = pay(desk, line("membership", woman, 100, YEAR_2026)).lines[0].subject_id
    assert paid is not None
    with pytest.raises(RulesBroken) as refused:
        dues_keeping.cancel_due(
            desk,
            CancelDue(request_id=request(), person_id=woman, kind=DueKind.MEMBERSHIP, subject=paid, reason=""),
        )
    assert codes(refused) == ["due.has_payments", "due.no_reason"]


def test_the_years_batch(desk: Desk, woman: int) -> None:
    second, exempted = member(desk, 2, "Diallo"), member(desk, 3, "Traoré")
    insured(desk, second, dt.date(2026, 11, 1))
    dues_keeping.exempt(
        desk,
        Exempt(request_id=request(), person_id=exempted, kind=DueKind.MEMBERSHIP, since=desk.today, reason="âge"),
    )
    plan = dues_keeping.plan_year(desk, 2027)
    assert (plan.women, plan.dues, plan.amount, plan.exempt) == (2, 14, 2000 + 12 * 550, 1)
    command = PrepareYear(request_id=request(), year=2027)
    steps: list[tuple[str, int, int]] = []

    class Told:
        def report(self, step: str, done: int, total: int) -> None:
            steps.append((step, done, total))

        def check(self) -> None:
            """Never stop."""

    assert dues_keeping.prepare_year(desk, command, Told()).value.dues == 14
    assert steps[-1] == ("dues.done", 14, 14)
    assert dues_keeping.prepare_year(desk, command).value.dues == 0
    again = dues_keeping.prepare_year(desk, PrepareYear(request_id=request(), year=2027)).value
    assert (again.dues, again.already) == (0, 14)
    single = [due for due in dues_reading.person_dues(desk, woman).dues if due.period.start.year == 2027]
    assert [(due.amount, due.due_on) for due in single] == [(1000, dt.date(2027, 3, 31))]
    with pytest.raises(RulesBroken) as refused:
        dues_keeping.plan_year(desk, 2040)
    assert codes(refused) == ["due.year"]


def test_a_stopped_batch_makes_nothing(desk: Desk, woman: int) -> None:
    class Stopping:
        def report(self, step: str, done: int, total: int) -> None:
            """Say nothing."""

        def check(self) -> None:
            raise Stopped

    with pytest.raises(Stopped):
        dues_keeping.prepare_year(desk, PrepareYear(request_id=request(), year=2026), Stopping())
    with desk.read() as uow:
        assert uow.dues.of_person(woman) == ()


def test_the_batch_and_the_counter_agree(desk: Desk, woman: int) -> None:
    """The same woman, the same due: made by the batch, or where it is paid."""
    other = member(desk, 2)
    pay(desk, line("membership", woman, 1, YEAR_2026))
    dues_keeping.prepare_year(desk, PrepareYear(request_id=request(), year=2026))
    with desk.read() as uow:
        one, two = uow.dues.of_person(woman)[0], uow.dues.of_person(other)[0]
    assert (one.period, one.due_on, one.amount) == (two.period, two.due_on, two.amount)


def test_late_list_filters_and_sorting(desk: Desk, woman: int) -> None:
    second = member(desk, 2, "Diallo", "Fanta")
    third = member(desk, 3, "Traoré", "Ami")
    for one in (second, third):
        pay(desk, line("joining", one, 1000))
    insured(desk, third, dt.date(2026, 9, 1))
    dues_keeping.prepare_year(desk, PrepareYear(request_id=request(), year=2026))
    pay(desk, line("membership", second, 1000, None))
    rows, total = dues_reading.list_dues(desk, DuesFilter(standing=Standing.LATE), 0, 10, "late", descending=True)
    assert total == 2
    assert [(row.person_id, row.late, row.late_since) for row in rows] == [
        (third, 1000 + 2 * 550, dt.date(2026, 3, 31)),
        (woman, 2000, dt.date(2026, 1, 5)),
    ]
    assert (rows[0].due, rows[0].paid) == (1000 + 1000 + 4 * 550, 1000)
    assert (rows[1].due, rows[1].paid) == (2000, 0), "her adhesion counts, though no due is written"
    assert late(desk) == LateFigures(2, 4100)
    assert dues_reading.count_standings(desk, DuesFilter()) == {
        Standing.LATE: 2, Standing.UP_TO_DATE: 1, Standing.EXEMPT: 0, None: 3,
    }  # fmt: skip
    only = DuesFilter(standing=Standing.LATE, kind=DueKind.INSURANCE, year=2026)
    assert [row.late for row in dues_reading.list_dues(desk, only, 0, 10)[0]] == [1100]
    assert dues_reading.list_dues(desk, replace(only, year=2025), 0, 10) == ((), 0)
    joined = DuesFilter(standing=Standing.LATE, kind=DueKind.JOINING, year=2026)
    assert [row.person_id for row in dues_reading.list_dues(desk, joined, 0, 10)[0]] == [woman]
    for sort in ("name", "number", "quarter", "since", "late", "unknown"):
        found, _ = dues_reading.list_dues(desk, DuesFilter(), 1, 1, sort)
        assert len(found) == 1
    assert [row.person_id for row in dues_reading.list_dues(desk, DuesFilter(), 0, 10)[0]] == [second, woman, third]


def test_leaving_and_death_stop_the_dues(desk: Desk, woman: int) -> None:
    dead = member(desk, 2)
    dues_keeping.prepare_year(desk, PrepareYear(request_id=request(), year=2026))
    assert late(desk).women == 2
    with desk.write() as uow:
        for number, change in ((woman, "left"), (dead, "died")):
            person = uow.persons.get(number)
            assert person is not None
            assert person.membership is not None
            day = dt.date(2026, 11, 20)
            gone = replace(person, died_on=day if change == "died" else None)
            if change == "left":
                gone = replace(gone, membership=replace(person.membership, left_on=day, left_reason="depart"))
            uow.persons.save(gone, desk.clock.now(), desk.actor.user_id)
        uow.audit.add(desk.clock.now(), desk.actor.user_id, "person.saved", "person", woman)
        uow.commit()
    assert late(desk) == LateFigures(0, 0)
    assert dues_keeping.plan_year(desk, 2027).dues == 0
    found = owed(desk, woman)
    assert list(found) == ["Droit d’adhésion", "Cotisation 2026"], "she may still pay what she owed"
    assert not any(one.ticked for one in found.values())
    shown = dues_reading.person_dues(desk, woman)
    assert (shown.row.standing, shown.row.late) == (Standing.UP_TO_DATE, 0)
    with pytest.raises(RulesBroken) as refused:
        insured(desk, woman, desk.today)
    assert codes(refused) == ["due.stopped"]


def test_nothing_older_than_the_caisse_is_asked(desk: Desk, responsable_desk: Desk, woman: int) -> None:
    with desk.write() as uow:
        person = uow.persons.get(woman)
        assert person is not None
        assert person.membership is not None
        old = replace(person, membership=replace(person.membership, joined_on=dt.date(2015, 5, 1)))
        uow.persons.save(old, desk.clock.now(), desk.actor.user_id)
        uow.commit()
    assert list(owed(desk, woman)) == ["Cotisation 2026", "Cotisation 2027"]
    assert late(desk) == LateFigures(0, 0)
    set_value(
        responsable_desk,
        SetValue(request_id=request(), key="dues.first_year", since=desk.today, value=2015),
    )
    assert len(owed(responsable_desk, woman)) == 1 + 12 + 1
    assert late(responsable_desk).women == 1


def test_dated_joining_fee_in_the_late_list(desk: Desk, responsable_desk: Desk, woman: int) -> None:
    tariff(responsable_desk, "members.joining_fee", dt.date(2026, 1, 5), 1500)
    tariff(responsable_desk, "members.joining_fee", dt.date(2026, 2, 1), 0)
    assert late(responsable_desk) == LateFigures(1, 1500)
    assert owed(responsable_desk, woman)["Droit d’adhésion"].amount == 1500
    tariff(responsable_desk, "members.joining_fee", dt.date(2026, 1, 5), 0)
    assert late(responsable_desk) == LateFigures(0, 0)


def test_unprepared_counts_this_year(desk: Desk, responsable_desk: Desk, woman: int, clock: FixedClock) -> None:
    assert dues_reading.unprepared(desk) == (1, 2026)
    dues_keeping.prepare_year(desk, PrepareYear(request_id=request(), year=2026))
    assert dues_reading.unprepared(desk) == (0, 2026)
    insured(desk, woman, dt.date(2026, 11, 1))
    assert dues_reading.unprepared(desk) == (0, 2026)
    clock.instant = dt.datetime(2027, 1, 4, 9, tzinfo=dt.UTC)
    exempted = Exempt(
        request_id=request(), person_id=woman, kind=DueKind.MEMBERSHIP, since=dt.date(2027, 1, 1), reason="âge"
    )
    dues_keeping.exempt(desk, exempted)
    assert dues_reading.unprepared(desk) == (1, 2027), "her month of January"
    tariff(responsable_desk, "insurance.monthly_fee", dt.date(2027, 1, 1), 0)
    assert dues_reading.unprepared(responsable_desk) == (0, 2027)


def test_controler_finds_a_touched_due_and_a_lost_line(desk: Desk, woman: int) -> None:
    pay(desk, line("membership", woman, 700, YEAR_2026))
    assert whole(desk)
    with desk.write() as uow:
        uow.rows("UPDATE due SET paid = 800 WHERE person_id = :id RETURNING id", id=woman)
        uow.commit()
    found = dues_reading.paid_sums(desk)
    assert not found.ok
    with desk.write() as uow:
        number = uow.rows("SELECT id FROM due")[0][0]
        uow.rows("UPDATE receipt_line SET subject_id = 77 RETURNING receipt_id")
        uow.commit()
    assert str(number) in dues_reading.paid_sums(desk).detail
    assert "2026-00001" in dues_reading.line_subjects(desk).detail


@pytest.fixture
def reading(made_office, office_folder, clock: FixedClock) -> Iterator[Desk]:  # type: ignore[no-untyped-def]  # as in conftest
    """A visitor who sees totals only."""
    from antenne.services import opening

    opened_desk = opening.open_desk(office_folder, made_office[1]["lecture"], clock)
    yield opened_desk
    opened_desk.close()


def test_without_the_right_nothing_is_shown_or_done(reading: Desk) -> None:
    with pytest.raises(Forbidden):
        dues_reading.list_dues(reading, DuesFilter(), 0, 10)
    with pytest.raises(Forbidden):
        dues_reading.person_dues(reading, 1)
    with pytest.raises(Forbidden):
        dues_keeping.prepare_year(reading, PrepareYear(request_id=request(), year=2026))


def test_no_members_no_lines(desk: Desk) -> None:
    with desk.read() as uow:
        query = DuesQuery(today=desk.today, kept_since=desk.today, joining=(), person_ids=())
        assert uow.dues.page(query) == ()
        assert uow.dues.late_figures(query) == LateFigures(0, 0)
    with pytest.raises(RulesBroken) as refused:
        dues_reading.person_dues(desk, 5)
    assert codes(refused) == ["due.not_member"]
