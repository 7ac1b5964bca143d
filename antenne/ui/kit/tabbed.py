"""A screen of several panels under a row of tabs, each made at its first visit; a page may cover them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import Changes
from antenne.domain.rights import Right
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.tab_row import TabRow


@dataclass(frozen=True, slots=True)
class Panel:
    """One tab.

    Attributes:
        key: First word of a target's action.
        label: On the tab.
        make: Its screen.
        rights: The tab is there for who has one of them; for everybody when empty.
    """

    key: str
    label: str
    make: Callable[[Context], Screen]
    rights: frozenset[Right] = frozenset()


class TabbedScreen(Screen):
    """Tabs and, under them, the panel in sight; Ctrl+Page suivante goes to the next one.

    Everything goes to the panel in sight. A subclass that puts a page over the tabs (``places``) overrides what that
    page can do, and calls this class for the rest.

    Attributes:
        shown: The panels that the user may see.
        places: The tabs with their panels, then the pages that a subclass adds.
    """

    def __init__(self, context: Context, key: str, name: str, panels: Sequence[Panel]) -> None:
        """Build the tabs; no panel is made yet.

        Args:
            context: Of the screen.
            key: The area's: targets of the tabs begin with it, and its page of help is the default.
            name: Of the tabs, for who does not see them.
            panels: In the order of the work.
        """
        super().__init__()
        self._context = context
        self._key = key
        self._panels: dict[str, Screen] = {}
        self._hidden_shown = False
        may = context.desk.may
        self.shown = tuple(one for one in panels if not one.rights or any(may(right) for right in one.rights))
        self._row = TabRow(name, tuple(panel.label for panel in self.shown))
        self._row.chosen.connect(self._go)
        self.tabs = self._row.bar
        self.stack = QStackedWidget()
        self._tabbed = QWidget()
        column = QVBoxLayout(self._tabbed)
        column.setContentsMargins(5 * t.SPACE + 2, 2 * t.SPACE, 5 * t.SPACE + 2, 4 * t.SPACE)
        column.setSpacing(3 * t.SPACE)
        column.addWidget(self._row)
        column.addWidget(self.stack, 1)
        self.places = QStackedWidget()
        self.places.addWidget(self._tabbed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.places)
        self.tabs.tabBarClicked.connect(self._clicked)
        self.tabs.currentChanged.connect(self._go)
        for keys, by in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._turn, by))

    @property
    def help_key(self) -> str:  # type: ignore[override]  # what is in sight has the page, not the class
        """The page of the panel in sight."""
        return self.panel.help_key if self._panels else self._key

    @property
    def hints(self) -> str:  # type: ignore[override]  # as above
        """The keys of the panel in sight."""
        return self.panel.hints if self._panels else ""

    @property
    def panel(self) -> Screen:
        """The panel in sight, or under the page that covers it."""
        shown = self.stack.currentWidget()
        assert isinstance(shown, Screen)
        return shown

    @property
    def uncovered(self) -> Screen | None:
        """The panel in sight, None before the first visit and where a page covers it."""
        return self.panel if self._panels and self.places.currentWidget() is self._tabbed else None

    def panel_of(self, key: str) -> Screen:
        """A panel, made if it must be."""
        made = self._panels.get(key)
        if made is None:
            made = next(panel for panel in self.shown if panel.key == key).make(self._context)
            self._panels[key] = made
            self.stack.addWidget(made)
            made.show_hidden(shown=self._hidden_shown)
        return made

    def panel_key(self) -> str:
        """The key of the tab in sight, empty before the first visit."""
        shown = self.stack.currentWidget()
        return next((key for key, made in self._panels.items() if made is shown), "")

    def show_panel(self, key: str, target: Target) -> None:
        """Uncover a panel and open the target there; a key that is no tab's shows the first."""
        keys = [panel.key for panel in self.shown]
        if key not in keys:
            key = keys[0]
        panel = self.panel_of(key)
        self.places.setCurrentWidget(self._tabbed)
        self.stack.setCurrentWidget(panel)
        self.tabs.blockSignals(True)  # the panel is opened here, with the whole target
        self.tabs.setCurrentIndex(keys.index(key))
        self.tabs.blockSignals(False)
        self._row.fit()
        panel.setFocus()
        panel.open(target)

    # --- Screen ----------------------------------------------------------------------------------------------------

    def on_changes(self, changes: Changes) -> None:
        """Every panel that was made hears it."""
        for panel in self._panels.values():
            panel.on_changes(changes)

    def refresh(self) -> None:
        """The panel in sight reads again."""
        if self.uncovered is not None:
            self.uncovered.refresh()

    def new(self) -> None:
        """Ctrl+N."""
        if self.uncovered is not None:
            self.uncovered.new()

    def save(self) -> None:
        """Ctrl+S."""
        if self.uncovered is not None:
            self.uncovered.save()

    def print_(self) -> None:
        """Ctrl+P."""
        if self.uncovered is not None:
            self.uncovered.print_()

    def escape(self) -> bool:
        """Échap, first inside the panel."""
        return self.uncovered is not None and self.uncovered.escape()

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
        if place == self.tabs.currentIndex():
            self._go(place)

    def _turn(self, by: int) -> None:
        if self.places.currentWidget() is self._tabbed and self.shown:
            self._go((self.tabs.currentIndex() + by) % len(self.shown))

    def _go(self, place: int) -> None:
        if place >= 0:
            self._context.navigator.open(Target(self._key, action=self.shown[place].key))
