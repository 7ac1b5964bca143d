"""« Caisse du jour »: a calm row of tabs over the panels; each is made at its first visit."""

from __future__ import annotations

from dataclasses import replace

from antenne.domain.board import Target
from antenne.domain.rights import Right
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.tabbed import Panel, TabbedScreen

KEY = "cashbook"

_TAB_SHEET = f"""
QTabBar {{ border: none; }}
QTabBar::tab {{ padding: 8px 11px; }}
QTabBar::tab:selected {{ border-bottom: 3px solid {t.PRIMARY}; }}
QTabBar::tab:selected:focus {{ border: 2px solid {t.PRIMARY}; }}
"""


def _day(context: Context) -> Screen:
    from antenne.ui.cashbook.day_panel import DayPanel

    return DayPanel(context)


def _dues(context: Context) -> Screen:
    from antenne.ui.cashbook.dues_panel import DuesPanel

    return DuesPanel(context)


def _collect(context: Context) -> Screen:
    from antenne.ui.cashbook.collect_panel import CollectPanel

    return CollectPanel(context)


def _receipts(context: Context) -> Screen:
    from antenne.ui.cashbook.receipts_panel import ReceiptsPanel

    return ReceiptsPanel(context)


def _expenses(context: Context) -> Screen:
    from antenne.ui.cashbook.expenses_panel import ExpensesPanel

    return ExpensesPanel(context)


def _accounts(context: Context) -> Screen:
    from antenne.ui.cashbook.accounts_panel import AccountsPanel

    return AccountsPanel(context)


_READ = frozenset({Right.CASH_IN, Right.ACCOUNTS_READ})

_COLLECT = frozenset({Right.CASH_IN})

PANELS = (
    Panel("day", "Journée", _day, _READ),
    Panel("collect", "Encaisser", _collect, _COLLECT),
    Panel("receipts", "Reçus", _receipts, _READ),
    Panel("dues", "Cotisations", _dues, _COLLECT),
    Panel("expenses", "Dépenses", _expenses, frozenset({Right.CASH_OUT, Right.ACCOUNTS_READ})),
    Panel("accounts", "Comptes", _accounts, frozenset({Right.ACCOUNTS_READ})),
)
"""In the order of the day's work."""

RIGHTS = frozenset().union(*(panel.rights for panel in PANELS))
"""One of them shows the area."""


_HINTS = "Espace : cocher · Ctrl+S : enregistrer · Ctrl+P : imprimer · Ctrl+Page suiv. : onglet suivant · F1 : aide"


class CashbookScreen(TabbedScreen):
    """Tabs and, under them, the panel in sight."""

    def __init__(self, context: Context) -> None:
        """Build the tabs that the user may see; no panel is made yet."""
        super().__init__(context, KEY, "Parties de la caisse", PANELS)
        self.tabs.setStyleSheet(_TAB_SHEET)
        self.tabs.setUsesScrollButtons(True)

    @property
    def hints(self) -> str:  # type: ignore[override]  # the panel in sight has them, not the class
        """The keys of the panel in sight."""
        return super().hints or _HINTS

    def open(self, target: Target) -> None:
        """``<panel>`` or ``<panel>/<what>``; no action shows the first panel."""
        if not self.shown:
            return
        key, _, rest = target.action.partition("/")
        if key not in {panel.key for panel in self.shown}:
            rest = ""
        if self._panels:
            self.panel.keep_draft()
        self.show_panel(key, replace(target, action=rest))
