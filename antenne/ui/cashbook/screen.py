"""« Caisse du jour »: a calm row of tabs over the panels; each is made at its first visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout

from antenne.domain.board import Target
from antenne.domain.changes import Changes
from antenne.domain.rights import Right
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen

KEY = "cashbook"

_TAB_SHEET = f"""
QTabBar {{ border: none; }}
QTabBar::tab {{ padding: 8px 11px; }}
QTabBar::tab:selected {{ border-bottom: 3px solid {t.PRIMARY}; }}
QTabBar::tab:selected:focus {{ border: 2px solid {t.PRIMARY}; }}
"""


@dataclass(frozen=True, slots=True)
class Panel:
    """One tab.

    Attributes:
        key: First word of a target's action.
        label: On the tab.
        make: Its screen.
        rights: The tab is there for who has one of them.
    """

    key: str
    label: str
    make: Callable[[Context], Screen]
    rights: frozenset[Right]


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


_HINTS = "Espace : cocher · Ctrl+S : enregistrer · Ctrl+P : imprimer · Ctrl+Page suiv. : onglet suivant · F1 : aide"


class CashbookScreen(Screen):
    """Tabs and, under them, the panel in sight; Ctrl+Page suivante goes to the next one."""

    def __init__(self, context: Context) -> None:
        """Build the tabs that the user may see; no panel is made yet."""
        super().__init__()
        self._context = context
        self._panels: dict[str, Screen] = {}
        self._hidden_shown = False
        self.shown = tuple(panel for panel in PANELS if any(context.desk.may(right) for right in panel.rights))
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Parties de la caisse")
        self.tabs.setExpanding(False)
        self.tabs.setStyleSheet(_TAB_SHEET)
        self.tabs.setUsesScrollButtons(True)
        for panel in self.shown:
            self.tabs.addTab(panel.label)
        self.stack = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(5 * t.SPACE + 2, 2 * t.SPACE, 5 * t.SPACE + 2, 4 * t.SPACE)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(self.tabs)
        whole.addWidget(self.stack, 1)
        self.tabs.tabBarClicked.connect(self._clicked)
        self.tabs.currentChanged.connect(self._changed)
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._turn, by))

    @property
    def help_key(self) -> str:  # type: ignore[override]  # the panel in sight has the page, not the class
        """The page of the panel in sight."""
        return self.panel.help_key if self._panels else "cashbook"

    @property
    def hints(self) -> str:  # type: ignore[override]  # as above
        """The keys of the panel in sight."""
        return (self.panel.hints if self._panels else "") or _HINTS

    @property
    def panel(self) -> Screen:
        """The panel in sight."""
        shown = self.stack.currentWidget()
        assert isinstance(shown, Screen)
        return shown

    def panel_of(self, key: str) -> Screen:
        """A panel, made if it must be."""
        made = self._panels.get(key)
        if made is None:
            made = next(panel for panel in self.shown if panel.key == key).make(self._context)
            self._panels[key] = made
            self.stack.addWidget(made)
            made.show_hidden(shown=self._hidden_shown)
        return made

    # --- Screen ----------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """``<panel>`` or ``<panel>/<what>``; no action shows the first panel."""
        if not self.shown:
            return
        key, _, rest = target.action.partition("/")
        keys = [panel.key for panel in self.shown]
        if key not in keys:
            key, rest = keys[0], ""
        if self._panels:
            self.panel.keep_draft()
        panel = self.panel_of(key)
        self.stack.setCurrentWidget(panel)
        self.tabs.blockSignals(True)  # the panel is opened here, with the whole target
        self.tabs.setCurrentIndex(keys.index(key))
        self.tabs.blockSignals(False)
        panel.setFocus()
        panel.open(replace(target, action=rest))

    def on_changes(self, changes: Changes) -> None:
        """Every panel that was made hears it."""
        for panel in self._panels.values():
            panel.on_changes(changes)

    def refresh(self) -> None:
        """The panel in sight reads again."""
        if self._panels:
            self.panel.refresh()

    def new(self) -> None:
        """Ctrl+N."""
        if self._panels:
            self.panel.new()

    def save(self) -> None:
        """Ctrl+S."""
        if self._panels:
            self.panel.save()

    def print_(self) -> None:
        """Ctrl+P."""
        if self._panels:
            self.panel.print_()

    def escape(self) -> bool:
        """Échap, first inside the panel."""
        return self.panel.escape() if self._panels else False

    def keep_draft(self) -> None:
        """Whatever is typed in any panel."""
        for panel in self._panels.values():
            panel.keep_draft()

    def show_hidden(self, *, shown: bool) -> None:
        """Ctrl+B."""
        self._hidden_shown = shown
        for panel in self._panels.values():
            panel.show_hidden(shown=shown)

    # --- Tabs ------------------------------------------------------------------------------------------------------

    def _clicked(self, place: int) -> None:
        """A click on the tab in sight brings its first view back."""
        if place >= 0 and place == self.tabs.currentIndex():
            self._go(place)

    def _changed(self, place: int) -> None:
        if place >= 0:
            self._go(place)

    def _turn(self, by: int) -> None:
        self._go((self.tabs.currentIndex() + by) % len(self.shown))

    def _go(self, place: int) -> None:
        self._context.navigator.open(Target(KEY, action=self.shown[place].key))
