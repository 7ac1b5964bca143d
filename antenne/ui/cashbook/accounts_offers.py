"""What the accounts offer to Ctrl+K."""

from __future__ import annotations

from antenne.domain.board import Action, Target
from antenne.domain.rights import Right
from antenne.ui.cashbook.screen import KEY

ACTIONS = (
    Action(
        label="Journal et grand livre",
        target=Target(KEY, action="accounts/journal"),
        words=("comptes", "écritures", "comptabilité", "livre"),
        right=Right.ACCOUNTS_READ,
    ),
    Action(
        label="Balance des comptes",
        target=Target(KEY, action="accounts/balance"),
        words=("solde", "comptable", "excel", "exporter"),
        right=Right.ACCOUNTS_READ,
    ),
    Action(
        label="Plan comptable",
        target=Target(KEY, action="accounts/chart"),
        words=("compte", "sycebnl", "caisses", "renommer", "orange", "moov", "wave", "sama", "banque"),
        right=Right.ACCOUNTS_READ,
    ),
)
