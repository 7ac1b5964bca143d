"""Receipts: what passes over the counter, numbers as typed, copies, the control code."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain import basket, receipts
from antenne.domain.basket import BasketLine
from antenne.domain.receipts import Copy, Receipt, ReceiptLine, Tender

DAY = dt.date(2026, 11, 23)
LINE = ReceiptLine(kind="fees", label="Frais", amount=500, account_id=1)
RECEIPT = Receipt(
    year=2026,
    number=1473,
    day=DAY,
    issued_at=dt.datetime(2026, 11, 23, 10, 42, tzinfo=dt.UTC),
    entry_id=9,
    cash_day_id=3,
    box_id=1,
    actor_id=2,
    person_id=5,
    lines=(LINE,),
    total=500,
)
KEY = bytes(range(32))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-01473", ("", 2026, 1473)),
        (" 2026-1473 ", ("", 2026, 1473)),
        ("2026 1473", ("", 2026, 1473)),
        ("n° 2026–01473", ("", 2026, 1473)),
        ("m 2026-12", ("M", 2026, 12)),
        ("M2026-12", ("M", 2026, 12)),
        ("1473", None),
        ("26-1473", None),
        ("2026-", None),
        ("2026-14x", None),
        ("2026-1234567890", None),
        ("", None),
    ],
)
def test_a_number_is_read_as_she_types_it(typed: str, read: tuple[str, int, int] | None) -> None:
    assert receipts.read_number(typed) == read


@given(st.sampled_from(["", "M"]), st.integers(2000, 2999), st.integers(1, 10**9 - 1))
def test_a_printed_number_is_read_back(series: str, year: int, number: int) -> None:
    assert receipts.read_number(receipts.receipt_number(year, number, series)) == (series, year, number)


def test_the_control_code_depends_on_everything_it_proves() -> None:
    own = receipts.control_code(KEY, "ab", RECEIPT, b"entry")
    assert len(own) == receipts.CONTROL_LENGTH
    others = {
        receipts.control_code(bytes(32), "ab", RECEIPT, b"entry"),
        receipts.control_code(KEY, "cd", RECEIPT, b"entry"),
        receipts.control_code(KEY, "ab", replace(RECEIPT, number=1474), b"entry"),
        receipts.control_code(KEY, "ab", replace(RECEIPT, day=DAY + dt.timedelta(days=1)), b"entry"),
        receipts.control_code(KEY, "ab", replace(RECEIPT, person_id=6), b"entry"),
        receipts.control_code(KEY, "ab", replace(RECEIPT, person_id=None), b"entry"),
        receipts.control_code(KEY, "ab", replace(RECEIPT, total=501), b"entry"),
        receipts.control_code(KEY, "ab", RECEIPT, b"other"),
    }
    assert len({own, *others}) == 9
    assert receipts.control_code(KEY, "ab", replace(RECEIPT, payer="erased"), b"entry") == own
    assert receipts.shown_control("7F3A91C2K0") == "7F3A9-1C2K0"
    assert receipts.shown_control("") == ""


@pytest.mark.parametrize(
    ("total", "tender", "cash", "known", "codes"),
    [
        (500, Tender(500, 0), True, False, []),
        (500, Tender(1000, 500), True, False, []),
        (500, Tender(1000, 300), True, True, []),
        (500, Tender(1000, 300), True, False, ["receipt.due_to_nobody"]),
        (500, Tender(400, 0), True, True, ["receipt.handed_short"]),
        (500, Tender(1000, 501), True, True, ["receipt.given_too_much"]),
        (500, Tender(1000, 500), False, True, ["receipt.mobile_exact"]),
        (500, Tender(-1, 0), True, True, ["receipt.negative"]),
        (500, Tender(500, -1), True, True, ["receipt.negative"]),
        (500, Tender(10**12 + 1, 0), True, True, ["receipt.too_much"]),
    ],
)
def test_what_passes_over_the_counter(total: int, tender: Tender, cash: bool, known: bool, codes: list[str]) -> None:
    found = receipts.check_tender(total, tender, cash=cash, known_payer=known)
    assert [one.code for one in found] == codes


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=6), st.integers(0, 10**6), st.data())
def test_shares_of_a_tender_add_up(totals: list[int], more: int, data: st.DataObject) -> None:
    given_back = data.draw(st.integers(0, more))
    tender = Tender(sum(totals) + more, given_back)
    shares = basket.share_tender(totals, tender)
    assert sum(share.handed for share in shares) == tender.handed
    assert sum(share.given for share in shares) == tender.given
    assert [share.due(total) for share, total in zip(shares, totals, strict=True)] == [
        *(0 for _ in totals[:-1]),
        more - given_back,
    ]
    assert receipts.exact(500).due(500) == 0


def test_a_basket_is_one_receipt_for_each_woman() -> None:
    lines = (
        BasketLine(kind="card", amount=500, person_id=1, subject_id=3),
        BasketLine(kind="fees", amount=100),
        BasketLine(kind="fees", amount=200, person_id=1),
    )
    assert basket.by_person(lines) == ((1, (0, 2)), (None, (1,)))
    assert basket.check_basket(lines, None) == ()
    theirs = BasketLine(kind="card", amount=500, person_id=2, subject_id=3)
    assert basket.check_basket((*lines, theirs), None) == ()  # the same period of two women
    assert [one.code for one in basket.check_basket((), None)] == ["receipt.empty"]
    assert [one.code for one in basket.check_basket((*lines, lines[0]), 1)] == [
        "receipt.own",
        "receipt.own",
        "receipt.own",
        "receipt.twice",
    ]


def test_what_a_line_must_be() -> None:
    assert receipts.check_lines((LINE,)) == ()
    assert [one.code for one in receipts.check_lines(())] == ["receipt.no_line"]
    wrong = (replace(LINE, amount=0), replace(LINE, amount=10**12 + 1), replace(LINE, label=" "))
    assert [(one.code, one.field) for one in receipts.check_lines(wrong)] == [
        ("receipt.amount", "lines[0].amount"),
        ("receipt.amount", "lines[1].amount"),
        ("receipt.label", "lines[2].label"),
    ]
    assert [one.code for one in receipts.check_lines((LINE,) * 13)] == ["receipt.too_many_lines"]


def test_a_hand_written_receipt_has_a_number_and_a_past_day() -> None:
    assert receipts.check_manual(17, DAY, DAY, taken=False) == ()
    found = receipts.check_manual(0, DAY + dt.timedelta(days=1), DAY, taken=True)
    assert [one.code for one in found] == ["receipt.manual_number", "receipt.manual_taken", "receipt.future"]


def test_a_receipt_is_cancelled_once_and_for_a_reason() -> None:
    assert receipts.check_cancel(RECEIPT, "erreur") == ()
    found = receipts.check_cancel(replace(RECEIPT, cancelled_on=DAY), " ")
    assert [one.code for one in found] == ["receipt.already_cancelled", "receipt.no_reason"]


def test_the_original_comes_out_once() -> None:
    assert receipts.next_copy(RECEIPT) == Copy(0)
    assert receipts.next_copy(RECEIPT).is_original
    printed = replace(RECEIPT, printed_at=RECEIPT.issued_at)
    assert receipts.next_copy(printed) == Copy(1)
    assert receipts.next_copy(replace(printed, copies=2)) == Copy(3)
    assert receipts.next_copy(replace(RECEIPT, series="M")) == Copy(1)


def test_the_numbers_that_are_missing() -> None:
    assert receipts.missing_numbers({1, 3}, 5) == (2, 4, 5)
    assert receipts.missing_numbers(set(), 0) == ()
