"""Columns of the accounts' tables; balances are dots until Ctrl+B (ui: Habits)."""

from __future__ import annotations

from typing import Final

from antenne.domain.account_papers import BalanceRow, Period
from antenne.domain.chart import ChartRow
from antenne.services.books_pages import JournalLine, LedgerLine
from antenne.ui.kit.cards import HIDDEN_FIGURE
from antenne.ui.kit.models import Column
from antenne.wording import accounts as words
from antenne.wording import formats, papers


class Cover:
    """Whether balances are shown; the columns ask it for each cell."""

    def __init__(self) -> None:
        """Begin covered."""
        self.shown = False

    def balance(self, value: int) -> str:
        """« 12 500 D », or dots."""
        return papers.balance(value) if self.shown else HIDDEN_FIGURE


def _account(line: JournalLine) -> str:
    return f"{line.row.account_code}  {line.row.account_label}"


JOURNAL: Final = (
    Column(key="entry", title="Écriture", text=lambda one: formats.number(one.row.entry), width=108),
    Column(key="day", title="Date", text=lambda one: formats.day(one.row.day), width=104, sortable=False),
    Column(key="piece", title="Pièce", text=lambda one: one.row.piece, width=124, sortable=False),
    Column(key="label", title="Libellé", text=lambda one: one.row.label, width=250, sortable=False),
    Column(key="account", title="Compte", text=_account, width=0, sortable=False),
    Column(
        key="debit",
        title="Débit",
        text=lambda one: papers.figure(one.row.debit),
        align="right",
        width=118,
        sortable=False,
    ),
    Column(
        key="credit",
        title="Crédit",
        text=lambda one: papers.figure(one.row.credit),
        align="right",
        width=118,
        sortable=False,
    ),
)
"""Of a :class:`JournalLine`."""


def ledger(cover: Cover) -> tuple[Column, ...]:
    """Of a :class:`LedgerLine`."""

    def balance(one: LedgerLine) -> str:
        return cover.balance(one.balance)

    return (
        Column(
            key="entry",
            title="Écriture",
            text=lambda one: formats.number(one.row.entry),
            align="right",
            width=76,
            sortable=False,
        ),
        Column(key="day", title="Date", text=lambda one: formats.day(one.row.day), width=100, sortable=False),
        Column(key="piece", title="Pièce", text=lambda one: one.row.piece, width=108, sortable=False),
        Column(key="label", title="Libellé", text=lambda one: one.row.label, width=0, sortable=False),
        Column(
            key="debit",
            title="Débit",
            text=lambda one: papers.figure(one.row.debit),
            align="right",
            width=92,
            sortable=False,
        ),
        Column(
            key="credit",
            title="Crédit",
            text=lambda one: papers.figure(one.row.credit),
            align="right",
            width=92,
            sortable=False,
        ),
        Column(key="balance", title="Solde", text=balance, align="right", width=112, sortable=False),
    )


def accounts(cover: Cover) -> tuple[Column, ...]:
    """Of a :class:`BalanceRow`, beside the ledger."""
    return (
        Column(key="code", title="Compte", text=lambda one: one.code, width=70),
        Column(key="label", title="Intitulé", text=lambda one: one.label, width=0),
        Column(key="closing", title="Solde", text=lambda one: cover.balance(one.closing), align="right", width=104),
    )


def balance(cover: Cover, period: Period) -> tuple[Column, ...]:
    """Of a :class:`BalanceRow`."""
    return (
        Column(key="code", title="Compte", text=lambda one: one.code, width=86),
        Column(key="label", title="Intitulé", text=lambda one: one.label, width=0),
        Column(
            key="opening",
            title=papers.opening(period),
            text=lambda one: cover.balance(one.opening),
            align="right",
            width=200,
        ),
        Column(key="debit", title="Débit", text=lambda one: papers.figure(one.debit), align="right", width=130),
        Column(key="credit", title="Crédit", text=lambda one: papers.figure(one.credit), align="right", width=130),
        Column(
            key="closing",
            title=papers.closing_of(period),
            text=lambda one: cover.balance(one.closing),
            align="right",
            width=180,
        ),
    )


def _use(row: ChartRow) -> str:
    return words.use(row.account, row.box)


CHART: Final = (
    Column(key="code", title="Compte", text=lambda one: one.account.code, width=86),
    Column(key="label", title="Intitulé", text=lambda one: one.account.label, width=0),
    Column(key="kind", title="Nature", text=lambda one: words.KINDS[one.account.kind], width=96),
    Column(key="sycebnl", title="SYCEBNL", text=lambda one: one.account.sycebnl, width=92),
    Column(key="use", title="Sert au programme pour", text=_use, width=220, muted=True),
    Column(
        key="state",
        title="État",
        text=lambda one: "" if one.account.active else words.state(active=False),
        pill=lambda _one: "neutral",
        width=104,
    ),
)
"""Of a :class:`ChartRow`."""

YIELDING: Final = ("kind", "use")
"""Columns of the chart that give their place to the account beside it."""


def covered(row: BalanceRow, cover: Cover) -> str:
    """« Solde au début 1 500 D, à la fin 2 000 D », or dots."""
    return f"Au début\u00a0: {cover.balance(row.opening)} · à la fin\u00a0: {cover.balance(row.closing)}"
