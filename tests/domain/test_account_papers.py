"""Balances of the printed accounts."""

from __future__ import annotations

import datetime as dt

from antenne.domain.account_papers import BalanceRow, LedgerAccount, LedgerRow, sides


def test_a_balance_stands_on_one_side() -> None:
    assert sides(500) == (500, 0)
    assert sides(-500) == (0, 500)
    assert sides(0) == (0, 0)


def test_closing_is_opening_and_movements() -> None:
    assert BalanceRow(code="571", label="Caisse", opening=100, debit=50, credit=170).closing == -20
    day = dt.date(2026, 11, 23)
    rows = (LedgerRow(entry=1, day=day, label="a", debit=50), LedgerRow(entry=2, day=day, label="b", credit=170))
    account = LedgerAccount(code="571", label="Caisse", opening=100, rows=rows)
    assert (account.debit, account.credit, account.closing) == (50, 170, -20)
