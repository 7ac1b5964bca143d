"""« État civil »: board, trips and démarches under tabs; a file, or the form of one, takes the whole place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from antenne.domain.board import Target
from antenne.domain.changes import Changes
from antenne.domain.rights import Right
from antenne.ui.civil.file_page import FilePage
from antenne.ui.civil.filing_page import FilingPage
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.tabbed import Panel, TabbedScreen

KEY = "civil"


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

_PANEL_HINTS = "Entrée : ouvrir · Ctrl+N : nouveau dossier · Ctrl+Page suiv. : onglet suivant · F1 : aide"
_FILE_HINTS = "Ctrl+Entrée : étape suivante · Ctrl+D : renvoyée au · Ctrl+J : note · Ctrl+M : modifier · F1 : aide"
_FORM_HINTS = "Ctrl+S\u00a0: enregistrer · Échap\u00a0: revenir · F1\u00a0: aide · F12\u00a0: masquer l’écran"


class CivilScreen(TabbedScreen):
    """Tabs and their panels; over them one file, or the form of one."""

    def __init__(self, context: Context) -> None:
        """Build the tabs; no panel is made yet."""
        super().__init__(context, KEY, "Parties de l’état civil", PANELS)
        self._file: FilePage | None = None
        self._filing: FilingPage | None = None

    @property
    def help_key(self) -> str:  # type: ignore[override]  # what is in sight has the page, not the class
        """The page of what is in sight."""
        place = self.places.currentWidget()
        if place is self._tabbed:
            return super().help_key
        return "civil_new" if place is self._filing else "civil"

    @property
    def hints(self) -> str:  # type: ignore[override]  # as above
        """The keys of what is in sight."""
        place = self.places.currentWidget()
        if place is self._tabbed:
            return super().hints or _PANEL_HINTS
        return _FILE_HINTS if place is self._file else _FORM_HINTS

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

    # --- Screen ----------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A panel (``board``, ``trips/…``), a new file (``new``, its id a woman's), a file (its id), its form."""
        self.keep_draft()
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
            self.show_panel(key, replace(target, action=rest))

    def _begin(self, action: str) -> Callable[[], object] | None:
        """What is asked at once on the page of a file: the next step, another démarche."""
        return {"step": self.file.ask_next, "reroute": self.file.ask_reroute}.get(action)

    def on_changes(self, changes: Changes) -> None:
        """Everything that was made hears it."""
        super().on_changes(changes)
        if self._file is not None:
            self._file.on_changes(changes)

    def refresh(self) -> None:
        """What is in sight reads again."""
        super().refresh()
        if self._file is not None and self.places.currentWidget() is self._file:
            self._file.read()

    def new(self) -> None:
        """Ctrl+N: where trips are in sight, a trip; where démarches are, a démarche; else a file."""
        if self.uncovered is not None and self.panel_key() in {"trips", "routes"}:
            super().new()
        elif self._context.desk.may(Right.CIVIL):
            self._context.navigator.open(Target(KEY, action="new"))

    def save(self) -> None:
        """Ctrl+S."""
        super().save()
        place = self.places.currentWidget()
        if isinstance(place, FilePage | FilingPage):
            place.save()

    def print_(self) -> None:
        """Ctrl+P: the papers of a file, or what the panel prints."""
        super().print_()
        place = self.places.currentWidget()
        if isinstance(place, FilePage):
            place.show_papers()

    def escape(self) -> bool:
        """Échap, first inside what is in sight."""
        place = self.places.currentWidget()
        return place.escape() if isinstance(place, FilePage) else super().escape()

    def keep_draft(self) -> None:
        """Whatever is typed anywhere."""
        if self._filing is not None:
            self._filing.keep_draft()
        super().keep_draft()

    # --- Places ----------------------------------------------------------------------------------------------------

    def _open_file(self, file_id: int) -> None:
        self._context.navigator.open(Target(KEY, file_id))

    def _edit(self, file_id: int) -> None:
        self._context.navigator.open(Target(KEY, file_id, action="edit"))
