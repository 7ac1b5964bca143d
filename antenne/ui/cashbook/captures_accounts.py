"""The places and papers of the accounts that ``captures`` draws from the demonstration office."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from antenne.domain import periods
from antenne.domain.account_papers import Period
from antenne.domain.board import Target
from antenne.services import books, books_printing
from antenne.ui.cashbook.screen import KEY, CashbookScreen
from antenne.ui.kit.area import Capture, PaperCapture, Screen

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_ORANGE = "SELECT id FROM account WHERE role = 'box:orange'"


def _place(action: str, _desk: Desk) -> Target:
    return Target(KEY, action=action)


def _account(desk: Desk) -> Target:
    with desk.read() as uow:
        found = uow.rows(_ORANGE)
    return Target(KEY, found[0][0] if found else None, action="accounts/chart")


def _year(screen: Screen) -> None:
    """A whole year, its balances shown."""
    from antenne.ui.cashbook.accounts_panel import AccountsPanel
    from antenne.ui.cashbook.accounts_period import PeriodChoice

    assert isinstance(screen, CashbookScreen)
    panel = screen.panel
    assert isinstance(panel, AccountsPanel)
    panel.period.choose(PeriodChoice.YEAR)
    panel.show_hidden(shown=True)


def _month(desk: Desk) -> Period:
    """The month of the last entry."""
    month = periods.month_of(books.whole_period(desk).last)
    return Period(month.first_day, month.last_day)


def _journal(desk: Desk) -> bytes:
    from antenne.print.journal import render_journal

    return books_printing.render_journal(desk, _month(desk), render_journal)


def _ledger(desk: Desk) -> bytes:
    from antenne.print.journal import render_ledger

    return books_printing.render_ledger(desk, _month(desk), "", render_ledger)


def _balance(desk: Desk) -> bytes:
    from antenne.print.journal import render_trial_balance

    return books_printing.render_trial_balance(desk, books.whole_period(desk), render_trial_balance)


def _chart(desk: Desk) -> bytes:
    from antenne.print.chart import render_chart

    return books_printing.render_chart(desk, render_chart)


CAPTURES = (
    Capture("comptes-journal", partial(_place, "accounts/journal")),
    Capture("comptes-grand-livre", lambda _desk: Target(KEY, field="571", action="accounts/ledger"), _year),
    Capture("comptes-balance", partial(_place, "accounts/balance"), _year),
    Capture("comptes-plan", partial(_place, "accounts/chart")),
    Capture("comptes-plan-compte", _account),
)

PAPERS = (
    PaperCapture("journal-papier", _journal),
    PaperCapture("grand-livre-papier", _ledger),
    PaperCapture("balance-papier", _balance),
    PaperCapture("plan-comptable-papier", _chart),
)
