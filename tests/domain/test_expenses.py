"""Rules of the money out: who is paid, advances, transfers, cancellations."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain import expenses as rules
from antenne.domain.expenses import Advance, Expense, Own, Settlement
from antenne.domain.forms import expenses as forms
from antenne.domain.forms.validate import asked_answers, validate
from antenne.domain.money import MOST
from antenne.domain.violations import Violation
from antenne.domain.voucher_faces import VoucherKind

DAY = dt.date(2026, 11, 23)


def voucher(kind: VoucherKind = VoucherKind.EXPENSE, **more: object) -> Expense:
    given_values: dict[str, object] = {
        "id": 1, "year": 2026, "number": 7, "kind": kind, "day": DAY, "entry_id": 1, "cash_day_id": 1, "box_id": 1,
        "actor_id": 1, "purpose": "Papier", "account_id": 1, "amount": 20_000,
    }  # fmt: skip
    return Expense(**(given_values | more))  # type: ignore[arg-type]  # named attributes of the record


def codes(found: tuple[Violation, ...]) -> list[tuple[str, str | None]]:
    return [(one.code, one.field) for one in found]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("D-2026-0001", (2026, 1)),
        ("d 2026 12", (2026, 12)),
        ("D2026–0107", (2026, 107)),
        (" d-2026-3 ", (2026, 3)),
        ("2026-00001", None),
        ("Diallo", None),
        ("D-26-1", None),
    ],
)
def test_a_voucher_number_is_read_as_typed(typed: str, meant: tuple[int, int] | None) -> None:
    assert rules.read_voucher_number(typed) == meant


@given(st.integers(2000, 2100), st.integers(1, 999_999))
def test_a_number_reads_back(year: int, number: int) -> None:
    assert rules.read_voucher_number(voucher(year=year, number=number).name) == (year, number)


def test_the_original_comes_once_then_copies() -> None:
    assert rules.next_copy(voucher()).is_original
    printed = voucher(printed_at=dt.datetime(2026, 11, 23, tzinfo=dt.UTC), copies=1)
    assert rules.next_copy(printed).number == 2
    assert not voucher(VoucherKind.ADVANCE, advance_id=3).is_advance
    assert voucher(VoucherKind.ADVANCE).is_advance
    assert not voucher().is_advance


@pytest.mark.parametrize(
    ("person", "name", "found"),
    [
        (None, "", [("expense.no_beneficiary", "beneficiary")]),
        (4, "Traoré", [("expense.two_beneficiaries", "beneficiary")]),
        (9, "", [("expense.own", "person_id")]),
        (None, "KONE awa", [("expense.own", "beneficiary")]),
        (None, "Awa Konaté", []),
        (4, "", []),
    ],
)
def test_one_is_paid_and_never_the_user_herself(
    person: int | None, name: str, found: list[tuple[str, str | None]]
) -> None:
    assert codes(rules.check_beneficiary(person, name, Own(9, ("Awa Koné",)))) == found


def test_a_user_who_is_nobody_of_the_register_pays_anybody() -> None:
    assert rules.check_beneficiary(4, "", Own()) == ()


@pytest.mark.parametrize(("amount", "fits"), [(-1, False), (0, False), (1, True), (MOST, True), (10**13, False)])
def test_amounts_have_bounds(amount: int, fits: bool) -> None:
    assert (rules.check_amount(amount) == ()) is fits
    answers = asked_answers(
        forms.EXPENSE,
        {
            "box": "caisse", "beneficiary": "Traoré", "purpose": "Papier", "account": "6055", "amount": amount,
            "document": "facture",
        },
    )  # fmt: skip
    assert (validate(forms.EXPENSE, answers, DAY) == ()) is fits


def test_a_cancellation_needs_a_reason_and_happens_once() -> None:
    assert codes(rules.check_cancel(voucher(), " ", (), Own())) == [("expense.no_reason", "reason")]
    assert rules.check_cancel(voucher(), "erreur", (), Own(3)) == ()
    gone = voucher(cancelled_on=DAY)
    assert codes(rules.check_cancel(gone, "erreur", (), Own())) == [("expense.already_cancelled", None)]
    used = rules.check_cancel(voucher(person_id=3), "erreur", ("D-2026-0008",), Own(3))
    assert codes(used) == [("expense.advance_used", None), ("expense.own_cancel", None)]
    assert rules.check_cancel(voucher(person_id=4), "erreur", (), Own(3)) == ()
    assert Settlement(5_000, returned=1_000).left_of(20_000) == 14_000


def test_what_is_left_of_an_advance_and_since_when_it_is_late() -> None:
    given_out = voucher(VoucherKind.ADVANCE, justify_by=DAY)
    advance = Advance(expense=given_out, completed=5000, justified=18_000, returned=2000)
    assert (advance.given, advance.left, advance.is_open) == (25_000, 5000, True)
    assert [advance.days_late(DAY + dt.timedelta(days=days)) for days in (-3, 0, 12)] == [0, 0, 12]
    settled = Advance(expense=given_out, justified=20_000)
    assert not settled.is_open
    assert settled.days_late(DAY + dt.timedelta(days=12)) == 0
    assert not Advance(expense=voucher(VoucherKind.ADVANCE, cancelled_on=DAY)).is_open
    assert Advance(expense=voucher(VoucherKind.ADVANCE)).days_late(DAY) == 0


@pytest.mark.parametrize(
    ("brought", "found"),
    [
        (Settlement(20_000), []),
        (Settlement(5_000), []),
        (Settlement(0, returned=20_000), []),
        (Settlement(15_000, returned=5_000), []),
        (Settlement(21_500, completed=1_500), []),
        (Settlement(0), [("expense.nothing_brought", "lines")]),
        (Settlement(0, completed=100), [("expense.nothing_brought", "lines")]),
        (Settlement(15_000, returned=5_001), [("expense.return_too_much", "returned")]),
        (Settlement(21_500, returned=1), [("expense.return_too_much", "returned")]),
        (Settlement(21_500), [("expense.advance_over", "completed")]),
        (Settlement(21_500, completed=1_499), [("expense.advance_over", "completed")]),
        (Settlement(21_500, completed=1_501), [("expense.complete_too_much", "completed")]),
        (Settlement(5_000, completed=1), [("expense.complete_too_much", "completed")]),
        (Settlement(5_000, returned=-1), [("expense.amount", "returned")]),
        (Settlement(5_000, completed=10**13), [("expense.amount", "completed")]),
    ],
)
def test_what_is_brought_fits_what_is_left(brought: Settlement, found: list[tuple[str, str]]) -> None:
    assert codes(rules.check_settlement(20_000, brought)) == found


@given(st.integers(1, 10**6), st.integers(0, 2 * 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_an_accepted_settlement_never_leaves_less_than_nothing(left: int, justified: int, back: int, more: int) -> None:
    brought = Settlement(justified, back, more)
    if not rules.check_settlement(left, brought):
        assert 0 <= brought.left_of(left) <= left


def test_a_fee_is_added_or_taken_from_the_sum() -> None:
    added, taken = rules.moved(50_000, 500, added=True), rules.moved(50_000, 500, added=False)
    assert (added.leaves, added.arrives) == (50_500, 50_000)
    assert (taken.leaves, taken.arrives) == (50_000, 49_500)
    assert rules.check_transfer("caisse", "banque", added) == ()


@pytest.mark.parametrize(
    ("boxes", "amount", "fee", "added", "found"),
    [
        (("caisse", "caisse"), 100, 0, True, [("expense.same_box", "to_box")]),
        (("caisse", "banque"), 100, 100, False, [("expense.fee", "fee")]),
        (("caisse", "banque"), 100, 99, False, []),
        (("caisse", "banque"), 100, -1, True, [("expense.fee", "fee")]),
        (("caisse", "banque"), MOST, 1, True, [("expense.amount", "amount")]),
        (("caisse", "banque"), MOST, 0, True, []),
    ],
)
def test_a_transfer_goes_somewhere_else_and_something_arrives(
    boxes: tuple[str, str], amount: int, fee: int, added: bool, found: list[tuple[str, str]]
) -> None:
    assert codes(rules.check_transfer(*boxes, rules.moved(amount, fee, added=added))) == found


def test_each_woman_of_a_batch_stands_in_it_once() -> None:
    found = rules.check_indemnities((4, 9, None, 4), Own(9))
    assert codes(found) == [("expense.own", "lines[1].person_id"), ("expense.twice", "lines[3].person_id")]
    assert codes(rules.check_indemnities((), Own())) == [("expense.no_rows", "lines")]


def test_gaps_in_the_numbers_are_named() -> None:
    assert rules.missing_numbers(frozenset({1, 2, 5})) == (3, 4)
    assert rules.missing_numbers(frozenset()) == ()


def test_the_forms_ask_what_depends_on_other_answers() -> None:
    hidden = asked_answers(forms.EXPENSE, {"person_id": 4, "beneficiary": "Traoré"})
    assert hidden["beneficiary"] is None
    without = asked_answers(forms.JUSTIFICATION, {"box": "caisse"})
    assert without["box"] is None
    assert asked_answers(forms.JUSTIFICATION, {"returned": 5, "box": "caisse"})["box"] == "caisse"
    missing = validate(forms.JUSTIFICATION, {"completed": 5}, DAY)
    assert codes(missing) == [("form.required", "box")]
    assert set(forms.FORMS) == {form.key for form in forms.FORMS.values()}


def test_a_form_without_a_beneficiary_says_so() -> None:
    answers = asked_answers(
        forms.EXPENSE,
        {"box": "caisse", "purpose": "Papier", "account": "6055", "amount": 500, "document": "facture"},
    )
    assert codes(validate(forms.EXPENSE, answers, DAY)) == [("expense.no_beneficiary", "beneficiary")]
    assert validate(forms.EXPENSE, {**answers, "person_id": 4}, DAY) == ()
