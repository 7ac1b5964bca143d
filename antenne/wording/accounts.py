"""French words of the accounts: chart, journal, ledger, trial balance."""

from __future__ import annotations

from antenne.domain.accounts import AccountKind

KINDS: dict[AccountKind, str] = {
    AccountKind.FUNDS: "Fonds",
    AccountKind.ASSET: "Actif",
    AccountKind.LIABILITY: "Dettes",
    AccountKind.EXPENSE: "Charges",
    AccountKind.INCOME: "Produits",
}

HISTORY: dict[str, str] = {}
"""Actions of the audit chain."""

STEPS: dict[str, str] = {}

PROBLEMS: dict[str, str] = {}

VIOLATIONS: dict[str, str] = {
    "accounts.period": "La période finit le {last}, avant de commencer le {first}.",
    "accounts.unknown": "Le compte {code} n’est pas dans le plan.",
}
