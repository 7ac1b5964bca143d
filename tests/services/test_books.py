"""Journal, ledger and trial balance say what the entries say."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.base.clock import FixedClock
from antenne.domain.account_papers import Period
from antenne.domain.cashbook import CashDay
from antenne.domain.dates import shown_date
from antenne.domain.violations import RulesBroken
from antenne.services import books, books_pages, receipts
from antenne.services.books_pages import Piece
from antenne.services.cash_days import OpenDay, cash_state, open_day
from antenne.services.clock_guard import confirm_day
from antenne.services.desk import Desk
from antenne.services.expenses import PayExpense, pay_expense
from antenne.services.receipts import CancelReceipt
from tests.services import money

DAY = dt.date(2026, 11, 23)


@pytest.fixture
def kept(desk: Desk, clock: FixedClock) -> Desk:
    """1 000 F found; 500 and 250 on the first day, 250 of them cancelled; 700 by telephone on the second."""
    awa = money.member(desk)
    day = money.opened(desk, 1000)
    money.paid(desk, awa, 500)
    wrong = money.paid(desk, awa, 250)
    command = CancelReceipt(request_id="c", receipt_id=wrong.id, reason="erreur")
    receipts.cancel_receipt(desk, command, money.SOURCES)
    money.closed(desk, day, 1500)
    clock.advance(dt.timedelta(days=1))
    money.opened(desk, 1500)
    money.paid(desk, awa, 700, box="orange")
    return desk


def test_the_balance_of_the_whole_and_of_one_day(kept: Desk) -> None:
    whole = books.trial_balance(kept, books.whole_period(kept))
    assert whole.balanced
    assert {row.code: (row.debit, row.credit) for row in whole.rows} == {
        "101": (0, 1000),
        "5521": (700, 0),
        "571": (1750, 250),
        "7072": (250, 1450),
    }
    second = books.trial_balance(kept, Period(DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=1)))
    assert second.balanced
    assert {row.code: (row.opening, row.debit, row.credit, row.closing) for row in second.rows} == {
        "101": (-1000, 0, 0, -1000),
        "5521": (0, 700, 0, 700),
        "571": (1500, 0, 0, 1500),
        "7072": (-500, 0, 700, -1200),
    }


def test_a_day_out_of_order_counts_in_its_own_period(kept: Desk, clock: FixedClock) -> None:
    awa = money.member(kept, 2)
    day = kept_day(kept)
    money.closed(kept, day, 1500)
    clock.advance(dt.timedelta(days=-20))
    confirm_day(kept, shown_date(kept.today))
    opening = OpenDay(request_id="back", found=1500, reason="l’ordinateur avait une fausse date")
    open_day(kept, opening)
    money.paid(kept, awa, 40)
    early = books.trial_balance(kept, Period(DAY - dt.timedelta(days=30), DAY - dt.timedelta(days=1)))
    assert {row.code: (row.opening, row.debit, row.credit) for row in early.rows} == {
        "571": (0, 40, 0),
        "7072": (0, 0, 40),
    }
    later = books.trial_balance(kept, Period(DAY, DAY))
    assert {row.code: row.opening for row in later.rows} == {"101": 0, "571": 40, "7072": -40}


def kept_day(desk: Desk) -> CashDay:
    """The caisse's open day."""
    day = cash_state(desk).cash.day
    assert day is not None
    return day


def test_income_begins_the_new_year_at_nothing_and_what_it_left_is_carried(kept: Desk, clock: FixedClock) -> None:
    money.closed(kept, kept_day(kept), 1500)
    clock.advance(dt.datetime(2027, 1, 4, 9, 0, tzinfo=dt.UTC) - clock.now())
    money.opened(kept, 1500)
    money.paid(kept, money.member(kept, 2), 60)
    found = books.trial_balance(kept, Period(dt.date(2027, 1, 1), dt.date(2027, 12, 31)))
    assert found.balanced
    assert {row.code: (row.opening, row.debit, row.credit) for row in found.rows} == {
        "101": (-1000, 0, 0),
        "121": (-1200, 0, 0),
        "5521": (700, 0, 0),
        "571": (1500, 60, 0),
        "7072": (0, 0, 60),
    }
    lines, _ = books_pages.ledger_page(kept, found.period, "7072", 0, 10)
    assert [line.balance for line in lines] == [-60]
    assert {one.code: one.opening for one in books_pages.ledger(kept, found.period)}["121"] == -1200


def test_the_journal_is_in_the_order_of_the_chain_and_names_its_pieces(kept: Desk) -> None:
    rows = books_pages.journal(kept, Period(DAY, DAY))
    assert [(row.entry, row.piece, row.label, row.account_code, row.debit, row.credit) for row in rows] == [
        (1, "", "Solde de départ", "571", 1000, 0),
        (1, "", "Solde de départ", "101", 0, 1000),
        (2, "2026-00001", "Encaissement", "571", 500, 0),
        (2, "2026-00001", "Encaissement", "7072", 0, 500),
        (3, "2026-00002", "Encaissement", "571", 250, 0),
        (3, "2026-00002", "Encaissement", "7072", 0, 250),
        (4, "", "Contre-passation de l’écriture 3", "571", 0, 250),
        (4, "", "Contre-passation de l’écriture 3", "7072", 250, 0),
    ]
    assert books_pages.count_journal(kept, Period(DAY, DAY)) == 8
    assert books_pages.journal(kept, Period(DAY, DAY), 2, 1) == rows[2:3]


def test_the_ledger_of_an_account_carries_what_was_before(kept: Desk) -> None:
    (cash,) = books_pages.ledger(kept, Period(DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=1)), "571")
    assert (cash.opening, cash.rows, cash.closing) == (1500, (), 1500)
    every = books_pages.ledger(kept, books.whole_period(kept))
    assert {one.code: one.closing for one in every} == {"101": -1000, "5521": 700, "571": 1500, "7072": -1200}
    assert [row.piece for row in every[-1].rows] == ["2026-00001", "2026-00002", "", "2026-00003"]


def test_a_period_that_ends_before_it_begins_and_an_unknown_account(kept: Desk) -> None:
    with pytest.raises(RulesBroken, match=r"accounts\.period"):
        books.trial_balance(kept, Period(DAY, DAY - dt.timedelta(days=1)))
    with pytest.raises(RulesBroken, match=r"accounts\.unknown"):
        books_pages.ledger(kept, Period(DAY, DAY), "999")


def test_an_office_without_entries_has_an_empty_balance(desk: Desk) -> None:
    found = books.trial_balance(desk, books.whole_period(desk))
    assert (found.rows, found.balanced) == ((), True)
    assert books.whole_period(desk) == Period(DAY, DAY)


def test_pages_of_the_journal_say_what_the_whole_says(kept: Desk) -> None:
    whole = books.whole_period(kept)
    every = books_pages.journal(kept, whole)
    found = [books_pages.journal_page(kept, whole, start, 3) for start in range(0, len(every), 3)]
    assert {total for _, total in found} == {len(every)} == {10}
    lines = [line for page, _ in found for line in page]
    assert tuple(line.row for line in lines) == every
    back, _ = books_pages.journal_page(kept, whole, 0, 4, descending=True)
    assert [(line.row.entry, line.row.account_code) for line in back] == [
        (5, "5521"),
        (5, "7072"),
        (4, "571"),
        (4, "7072"),
    ]
    assert books_pages.journal_page(kept, Period(DAY - dt.timedelta(days=9), DAY - dt.timedelta(days=1)), 0, 9) == (
        (),
        0,
    )


def test_a_row_opens_its_receipt_and_a_reversal_the_one_it_cancels(kept: Desk) -> None:
    lines, _ = books_pages.journal_page(kept, Period(DAY, DAY), 0, 20)
    with kept.read() as uow:
        ids = {entry: number for number, entry in uow.rows("SELECT id, entry_id FROM receipt")}
    opened = [(line.row.entry, None if line.piece is None else line.piece.id) for line in lines[::2]]
    assert opened == [(1, None), (2, ids[2]), (3, ids[3]), (4, ids[3])]
    assert {line.piece.kind for line in lines if line.piece is not None} == {"receipts"}


def test_the_balance_runs_on_from_page_to_page(kept: Desk) -> None:
    whole = books.whole_period(kept)
    found = [line for start in range(0, 4, 2) for line in books_pages.ledger_page(kept, whole, "571", start, 2)[0]]
    assert [line.balance for line in found] == [1000, 1500, 1750, 1500]
    (account,) = books_pages.ledger(kept, whole, "571")
    assert tuple(line.row for line in found) == account.rows
    second = Period(DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=1))
    (line,), total = books_pages.ledger_page(kept, second, "7072", 0, 40)
    assert (line.balance, total) == (-1200, 1)
    assert books_pages.ledger_page(kept, second, "571", 0, 40) == ((), 0)
    with pytest.raises(RulesBroken, match=r"accounts\.unknown"):
        books_pages.ledger_page(kept, whole, "999", 0, 40)


def test_pages_hold_where_the_clock_went_back(kept: Desk, clock: FixedClock) -> None:
    awa = money.member(kept, 2)
    money.closed(kept, kept_day(kept), 1500)
    clock.advance(dt.timedelta(days=-20))
    confirm_day(kept, shown_date(kept.today))
    open_day(kept, OpenDay(request_id="back", found=1500, reason="l’ordinateur avait une fausse date"))
    money.paid(kept, awa, 40)
    period = Period(DAY, DAY)
    lines, total = books_pages.journal_page(kept, period, 0, 40)
    assert (total, tuple(line.row for line in lines)) == (8, books_pages.journal(kept, period))
    cash, _ = books_pages.ledger_page(kept, period, "571", 2, 2)
    assert [line.balance for line in cash] == [40 + 1750, 40 + 1500]


def test_a_voucher_is_opened_from_its_rows(kept: Desk) -> None:
    answers = {
        "box": "caisse",
        "beneficiary": "Quincaillerie Traoré",
        "purpose": "Papier",
        "account": "6055",
        "amount": 300,
        "document": "facture",
        "document_ref": "n° 112",
    }
    spent = pay_expense(kept, PayExpense(request_id=money.request(), answers=answers)).value
    lines, _ = books_pages.journal_page(kept, books.whole_period(kept), 0, 2, descending=True)
    assert {line.piece for line in lines} == {Piece("expenses", spent.id)}
    assert {line.row.piece for line in lines} == {f"D-2026-{spent.number:04d}"}
