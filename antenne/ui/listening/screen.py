"""« Écoutes & protection »: lists under tabs; a talk, an incident, a minor, a short form takes the whole place.

Who has not the right finds one thing here: the note that she may drop in. While the office is « à l’abri », a padlock.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import Changes
from antenne.domain.rights import Right
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.listening import places
from antenne.ui.listening.keys import KEY
from antenne.ui.listening.note_page import NotePage
from antenne.ui.listening.record_page import RecordPage

__all__ = ["KEY", "ListeningScreen"]

_PANEL_HINTS = (
    "Entrée : ouvrir · Ctrl+N : nouveau · Ctrl+Page suiv. : onglet suivant · F1 : aide · F12 : masquer l’écran"
)
_PAGE_HINTS = (
    "Ctrl+Bas, Ctrl+Haut : étape · Ctrl+S : enregistrer · Ctrl+P : fiche d’orientation · Échap : revenir · F1 : aide"
)
_NOTE_HINTS = "Ctrl+S : déposer · Échap : revenir · F1 : aide · F12 : masquer l’écran"


class ListeningScreen(Screen):
    """Tabs and their panels; over them one page."""

    def __init__(self, context: Context) -> None:
        """Build what the user's rights open; nothing is read yet."""
        super().__init__()
        self._context = context
        self.allowed = context.desk.may(Right.COMPARTMENT) and context.desk.keys.confidential is not None
        self._panels: dict[str, Screen] = {}
        self._pages: dict[str, RecordPage] = {}
        self._note: NotePage | None = None
        self.shown = tuple(one for one in places.PANELS if self.allowed and places.may(context, one))
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Parties des écoutes")
        self.tabs.setExpanding(False)
        for panel in self.shown:
            self.tabs.addTab(panel.label)
        self.stack = QStackedWidget()
        self._tabbed = QWidget()
        column = QVBoxLayout(self._tabbed)
        column.setContentsMargins(5 * t.SPACE + 2, 2 * t.SPACE, 5 * t.SPACE + 2, 4 * t.SPACE)
        column.setSpacing(3 * t.SPACE)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self.places = QStackedWidget()
        self.places.addWidget(self._tabbed if self.allowed else places.closed_page(context))
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
        """The page of what is in sight."""
        place = self.places.currentWidget()
        if place is self._note:
            return "listening_note"
        if isinstance(place, RecordPage):
            return place.help_key
        return self.panel.help_key if self._panels else "listening"

    @property
    def hints(self) -> str:  # type: ignore[override]  # as above
        """The keys of what is in sight."""
        place = self.places.currentWidget()
        if place is self._note:
            return _NOTE_HINTS
        if isinstance(place, RecordPage):
            return place.hints or _PAGE_HINTS
        return (self.panel.hints if self._panels else "") or _PANEL_HINTS

    @property
    def panel(self) -> Screen:
        """The panel in sight."""
        shown = self.stack.currentWidget()
        assert isinstance(shown, Screen)
        return shown

    @property
    def page(self) -> RecordPage | None:
        """The page over the tabs, or None."""
        place = self.places.currentWidget()
        return place if isinstance(place, RecordPage) else None

    def panel_of(self, key: str) -> Screen:
        """A panel, made if it must be."""
        made = self._panels.get(key)
        if made is None:
            made = next(panel for panel in self.shown if panel.key == key).make(self._context)
            self._panels[key] = made
            self.stack.addWidget(made)
        return made

    def page_of(self, key: str) -> RecordPage:
        """A page of records, made if it must be."""
        made = self._pages.get(key)
        if made is None:
            made = places.PAGES[key](self._context)
            self._pages[key] = made
            self.places.addWidget(made)
        return made

    # --- Screen ----------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A panel (``incidents``), a record (``session/<id>``), a new one (``session/new``), or the note (``note``)."""
        self._keep()
        key, _, rest = target.action.partition("/")
        if key == "note":
            self._show_note(target.id)
        elif not self.allowed:
            self.places.setCurrentIndex(0)
        elif key in places.PAGES:
            page = self.page_of(key)
            self.places.setCurrentWidget(page)
            page.show_place(rest, target.id)
        else:
            self._show_panel(key, replace(target, action=rest))

    def _show_note(self, person_id: int | None) -> None:
        if self._note is None:
            self._note = NotePage(self._context)
            self._note.left.connect(self._context.navigator.back)
            self.places.addWidget(self._note)
        self.places.setCurrentWidget(self._note)
        self._note.begin(person_id)

    def _show_panel(self, key: str, target: Target) -> None:
        keys = [panel.key for panel in self.shown]
        if key not in keys:
            key = self.panel_key() or keys[0]
        panel = self.panel_of(key)
        self.places.setCurrentWidget(self._tabbed)
        self.stack.setCurrentWidget(panel)
        self.tabs.blockSignals(True)  # the panel is opened here, with the whole target
        self.tabs.setCurrentIndex(keys.index(key))
        self.tabs.blockSignals(False)
        panel.setFocus()
        panel.open(target)

    def panel_key(self) -> str:
        """The key of the tab in sight, empty before the first visit."""
        shown = self.stack.currentWidget()
        return next((key for key, made in self._panels.items() if made is shown), "")

    def on_changes(self, changes: Changes) -> None:
        """Everything that was made hears it."""
        for panel in self._panels.values():
            panel.on_changes(changes)
        for page in self._pages.values():
            page.on_changes(changes)

    def refresh(self) -> None:
        """The panel in sight reads again."""
        if self.places.currentWidget() is self._tabbed and self._panels:
            self.panel.refresh()

    def new(self) -> None:
        """Ctrl+N: what the panel in sight makes; over a page, another of its kind."""
        if not self.allowed:
            self._context.navigator.open(Target(KEY, action="note"))
            return
        page = self.page
        key = next((key for key, made in self._pages.items() if made is page), "session")
        wanted = self.panel if page is None and self._panels else None
        if wanted is not None:
            wanted.new()
        else:
            self._context.navigator.open(Target(KEY, action=places.NEW.get(key, "session/new")))

    def save(self) -> None:
        """Ctrl+S."""
        place = self.places.currentWidget()
        if place is self._tabbed and self._panels:
            self.panel.save()
        elif isinstance(place, RecordPage):
            place.save()
        elif self._note is not None and place is self._note:
            self._note.save()

    def print_(self) -> None:
        """Ctrl+P."""
        place = self.places.currentWidget()
        if place is self._tabbed and self._panels:
            self.panel.print_()
        elif isinstance(place, RecordPage):
            place.print_()

    def escape(self) -> bool:
        """Échap, first inside what is in sight."""
        place = self.places.currentWidget()
        if place is self._tabbed and self._panels:
            return self.panel.escape()
        return isinstance(place, RecordPage) and place.escape()

    def keep_draft(self) -> None:
        """Whatever is typed anywhere."""
        self._keep()

    def _keep(self) -> None:
        for page in self._pages.values():
            page.keep_draft()
        for panel in self._panels.values():
            panel.keep_draft()

    # --- Tabs ------------------------------------------------------------------------------------------------------

    def _clicked(self, place: int) -> None:
        if place >= 0 and place == self.tabs.currentIndex():
            self._go(place)

    def _turn(self, by: int) -> None:
        if self.places.currentWidget() is self._tabbed and self.shown:
            self._go((self.tabs.currentIndex() + by) % len(self.shown))

    def _go(self, place: int) -> None:
        if place >= 0:
            self._context.navigator.open(Target(KEY, action=self.shown[place].key))
