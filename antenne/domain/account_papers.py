"""Rows of the accounts as they are printed: journal, trial balance, ledger of a period.

Amounts are FCFA; a balance is debit less credit, so a credit balance is below 0.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalRow:
    """One posting in the order of the chain.

    Attributes:
        entry: Number of its entry; rows of one entry stand together.
        day: Of the journal.
        piece: Receipt or voucher (« 2026-01473 », « D-2026-0001 »), or empty.
        label: Neutral words: « Encaissement », « Contre-passation de l’écriture 12 ».
        account_code: « 571 ».
        account_label: « Caisse ».
        debit: FCFA, or 0.
        credit: FCFA, or 0.
    """

    entry: int
    day: dt.date
    piece: str = ""
    label: str
    account_code: str
    account_label: str
    debit: int = 0
    credit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceRow:
    """One account over the period.

    Attributes:
        code: Of the account.
        label: Of the account.
        opening: Balance before the first day.
        debit: Sum of the period.
        credit: Sum of the period.
    """

    code: str
    label: str
    opening: int = 0
    debit: int = 0
    credit: int = 0

    @property
    def closing(self) -> int:
        """Balance after the last day."""
        return self.opening + self.debit - self.credit


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One posting of an account.

    Attributes:
        entry: Number of its entry.
        day: Of the journal.
        piece: Receipt or voucher, or empty.
        label: Neutral words.
        debit: FCFA, or 0.
        credit: FCFA, or 0.
    """

    entry: int
    day: dt.date
    piece: str = ""
    label: str
    debit: int = 0
    credit: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerAccount:
    """One account and its postings of the period, in the order of the chain."""

    code: str
    label: str
    opening: int = 0
    rows: tuple[LedgerRow, ...] = ()

    @property
    def debit(self) -> int:
        """Sum of the period."""
        return sum(row.debit for row in self.rows)

    @property
    def credit(self) -> int:
        """Sum of the period."""
        return sum(row.credit for row in self.rows)

    @property
    def closing(self) -> int:
        """Balance after the last day."""
        return self.opening + self.debit - self.credit


def sides(balance: int) -> tuple[int, int]:
    """A balance as it is printed: (debit, credit), one of them 0."""
    return (balance, 0) if balance >= 0 else (0, -balance)
