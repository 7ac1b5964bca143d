"""« État civil »: board, trips and démarches under tabs; a file, or the form of one, takes the whole place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import Changes
from antenne.domain.rights import Right
from antenne.ui.civil.file_page import FilePage
from antenne.ui.civil.filing_page import FilingPage
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen

KEY = "civil"


@dataclass(frozen=True, slots=True)
class Panel:
    """One tab: first word of a target's action, its label, its screen."""

    key: str
    label: str
    make: Callable[[Context], Screen]


def _board(context: Context) -> Screen:
    from antenne.ui.civil.board_panel import BoardPanel

    return BoardPanel(context)


def _trips(context: Context) -> Screen:
    from antenne.ui.civil.trips_panel import TripsPanel

    return TripsPanel(context)


def _routes(context: Context) -> Screen:
    from antenne.ui.civil.routes_panel import RoutesPanel

    return RoutesPanel(context)


PANELS = (Panel("board", "Dossiers", _board), Panel("trips", "Tournées", _trips), Panel("routes", "Démarches", _routes))
"""In the order of the week's work."""

_PANEL_HINTS = "Entrée : ouvrir · Ctrl+N : nouveau dossier · Ctrl+Page suiv. : onglet suivant · F1 : aide"
_FILE_HINTS = "Ctrl+Entrée : étape suivante · Ctrl+D : renvoyée au · Ctrl+J : note · Ctrl+M : modifier · F1 : aide"
_FORM_HINTS = "Ctrl+S : enregistrer · Échap : revenir · F1 : aide · F12 : masquer l’écran"


class CivilScreen(Screen):
    """Tabs and their panels; over them one file, or the form of one."""

    def __init__(self, context: Context) -> None:
        """Build the tabs; no panel is made yet."""
        super().__init__()
        self._context = context
        self._panels: dict[str, Screen] = {}
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Parties de l’état civil")
        self.tabs.setExpanding(False)
        for panel in PANELS:
            self.tabs.addTab(panel.label)
        self.stack = QStackedWidget()
        self._tabbed = QWidget()
        column = QVBoxLayout(self._tabbed)
        column.setContentsMargins(5 * t.SPACE + 2, 2 * t.SPACE, 5 * t.SPACE + 2, 4 * t.SPACE)
        column.setSpacing(3 * t.SPACE)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self._file: FilePage | None = None
        self._filing: FilingPage | None = None
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
        """The page of what is in sight."""
        place = self.places.currentWidget()
        if place is self._tabbed and self._panels:
            return self.panel.help_key
        return "civil_new" if place is self._filing else "civil"

    @property
    def hints(self) -> str:  # type: ignore[override]  # as above
        """The keys of what is in sight."""
        place = self.places.currentWidget()
        if place is self._tabbed:
            return (self.panel.hints if self._panels else "") or _PANEL_HINTS
        return _FILE_HINTS if place is self._file else _FORM_HINTS

    @property
    def panel(self) -> Screen:
        """The panel in sight."""
        shown = self.stack.currentWidget()
        assert isinstance(shown, Screen)
        return shown

    @property
    def file(self) -> FilePage:
        """The page of a file, made at its first use."""
        if self._file is None:
            self._file = FilePage(self._context)
            self._file.edit_asked.connect(self._edit)
            self._file.left.connect(self._context.navigator.back)
            self.places.addWidget(self._file)
        return self._file

    @property
    def filing(self) -> FilingPage:
        """The form of a file, made at its first use."""
        if self._filing is None:
            self._filing = FilingPage(self._context)
            self._filing.opened.connect(self._open_file)
            self._filing.left.connect(self._context.navigator.back)
            self.places.addWidget(self._filing)
        return self._filing

    def panel_of(self, key: str) -> Screen:
        """A panel, made if it must be."""
        made = self._panels.get(key)
        if made is None:
            made = next(panel for panel in PANELS if panel.key == key).make(self._context)
            self._panels[key] = made
            self.stack.addWidget(made)
        return made

    # --- Screen ----------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A panel (``board``, ``trips/…``), a new file (``new``, its id a woman's), a file (its id), its form."""
        self._keep()
        key, _, rest = target.action.partition("/")
        if key == "new":
            self.places.setCurrentWidget(self.filing)
            self.filing.begin(target.id)
        elif target.id is not None and (key == "edit" or target.field):
            self.places.setCurrentWidget(self.filing)
            self.filing.edit(target.id, target.field)
        elif target.id is not None and key not in {panel.key for panel in PANELS}:
            self.places.setCurrentWidget(self.file)
            self.file.show_file(target.id, self._begin(key))
        else:
            self._show_panel(key, replace(target, action=rest))

    def _begin(self, action: str) -> Callable[[], object] | None:
        """What is asked at once on the page of a file: the next step, another démarche."""
        return {"step": self.file.ask_next, "reroute": self.file.ask_reroute}.get(action)

    def _show_panel(self, key: str, target: Target) -> None:
        keys = [panel.key for panel in PANELS]
        if key not in keys:
            key = keys[0]
        panel = self.panel_of(key)
        self.places.setCurrentWidget(self._tabbed)
        self.stack.setCurrentWidget(panel)
        self.tabs.blockSignals(True)  # the panel is opened here, with the whole target
        self.tabs.setCurrentIndex(keys.index(key))
        self.tabs.blockSignals(False)
        panel.setFocus()
        panel.open(target)

    def on_changes(self, changes: Changes) -> None:
        """Everything that was made hears it."""
        for panel in self._panels.values():
            panel.on_changes(changes)
        if self._file is not None:
            self._file.on_changes(changes)

    def refresh(self) -> None:
        """What is in sight reads again."""
        place = self.places.currentWidget()
        if place is self._tabbed and self._panels:
            self.panel.refresh()
        elif self._file is not None and place is self._file:
            self._file.read()

    def new(self) -> None:
        """Ctrl+N: where trips are in sight, a trip; else a file."""
        trips = self._panels.get("trips")
        if trips is not None and self.places.currentWidget() is self._tabbed and self.panel is trips:
            trips.new()
        elif self._context.desk.may(Right.CIVIL):
            self._context.navigator.open(Target(KEY, action="new"))

    def save(self) -> None:
        """Ctrl+S."""
        place = self.places.currentWidget()
        if place is self._tabbed and self._panels:
            self.panel.save()
        elif isinstance(place, FilePage | FilingPage):
            place.save()

    def print_(self) -> None:
        """Ctrl+P: the papers of a file, or what the panel prints."""
        place = self.places.currentWidget()
        if place is self._tabbed and self._panels:
            self.panel.print_()
        elif isinstance(place, FilePage):
            place.show_papers()

    def escape(self) -> bool:
        """Échap, first inside what is in sight."""
        place = self.places.currentWidget()
        if place is self._tabbed and self._panels:
            return self.panel.escape()
        return isinstance(place, FilePage) and place.escape()

    def keep_draft(self) -> None:
        """Whatever is typed anywhere."""
        self._keep()

    def _keep(self) -> None:
        if self._filing is not None:
            self._filing.keep_draft()
        for panel in self._panels.values():
            panel.keep_draft()

    def show_hidden(self, *, shown: bool) -> None:
        """Nothing here is a balance."""

    # --- Places ----------------------------------------------------------------------------------------------------

    def _open_file(self, file_id: int) -> None:
        self._context.navigator.open(Target(KEY, file_id))

    def _edit(self, file_id: int) -> None:
        self._context.navigator.open(Target(KEY, file_id, action="edit"))

    def _clicked(self, place: int) -> None:
        """A click on the tab in sight brings its first view back."""
        if place >= 0 and place == self.tabs.currentIndex():
            self._go(place)

    def _turn(self, by: int) -> None:
        if self.places.currentWidget() is self._tabbed:
            self._go((self.tabs.currentIndex() + by) % len(PANELS))

    def _go(self, place: int) -> None:
        if place >= 0:
            self._context.navigator.open(Target(KEY, action=PANELS[place].key))
