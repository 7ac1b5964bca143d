"""« Écoutes & protection »: lists under tabs; a talk, an incident, a minor, a short form takes the whole place.

Who has not the right finds one thing here: the note that she may drop in. While the office is « à l’abri », a padlock.
"""

from __future__ import annotations

from dataclasses import replace

from antenne.domain.board import Target
from antenne.domain.changes import Changes
from antenne.domain.rights import Right
from antenne.ui.kit.area import Context
from antenne.ui.kit.tabbed import TabbedScreen
from antenne.ui.listening import places
from antenne.ui.listening.keys import KEY
from antenne.ui.listening.note_page import NotePage
from antenne.ui.listening.record_page import RecordPage

__all__ = ["KEY", "ListeningScreen"]

_PANEL_HINTS = (
    "Entrée : ouvrir · Ctrl+N : nouveau · Ctrl+Page suiv. : onglet suivant · F1 : aide · F12 : masquer l’écran"
)
_PAGE_HINTS = (
    "Ctrl+Bas, Ctrl+Haut : étape · Ctrl+S : enregistrer · Ctrl+P : fiche d’orientation · Échap : revenir · F1 : aide"
)
_NOTE_HINTS = "Ctrl+S\u00a0: déposer · Échap\u00a0: revenir · F1\u00a0: aide · F12\u00a0: masquer l’écran"


class ListeningScreen(TabbedScreen):
    """Tabs and their panels; over them one page."""

    def __init__(self, context: Context) -> None:
        """Build what the user's rights open; nothing is read yet."""
        self.allowed = context.desk.may(Right.COMPARTMENT) and context.desk.keys.confidential is not None
        super().__init__(context, KEY, "Parties des écoutes", places.PANELS if self.allowed else ())
        self.tabs.setProperty("dense", True)  # twelve of them stand side by side at 1366
        self._pages: dict[str, RecordPage] = {}
        self._note: NotePage | None = None
        if not self.allowed:
            self.places.insertWidget(0, places.closed_page(context))
            self.places.setCurrentIndex(0)

    @property
    def help_key(self) -> str:  # type: ignore[override]  # what is in sight has the page, not the class
        """The page of what is in sight."""
        place = self.places.currentWidget()
        if place is self._note:
            return "listening_note"
        return place.help_key if isinstance(place, RecordPage) else super().help_key

    @property
    def hints(self) -> str:  # type: ignore[override]  # as above
        """The keys of what is in sight."""
        place = self.places.currentWidget()
        if place is self._note:
            return _NOTE_HINTS
        if isinstance(place, RecordPage):
            return place.hints or _PAGE_HINTS
        return super().hints or _PANEL_HINTS

    @property
    def page(self) -> RecordPage | None:
        """The page over the tabs, or None."""
        place = self.places.currentWidget()
        return place if isinstance(place, RecordPage) else None

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
        self.keep_draft()
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
            known = key in {panel.key for panel in self.shown}
            self.show_panel(key if known else self.panel_key(), replace(target, action=rest))

    def _show_note(self, person_id: int | None) -> None:
        if self._note is None:
            self._note = NotePage(self._context)
            self._note.left.connect(self._context.navigator.back)
            self.places.addWidget(self._note)
        self.places.setCurrentWidget(self._note)
        self._note.begin(person_id)

    def on_changes(self, changes: Changes) -> None:
        """Everything that was made hears it."""
        super().on_changes(changes)
        for page in self._pages.values():
            page.on_changes(changes)

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
        super().save()
        place = self.places.currentWidget()
        if isinstance(place, RecordPage):
            place.save()
        elif self._note is not None and place is self._note:
            self._note.save()

    def print_(self) -> None:
        """Ctrl+P."""
        super().print_()
        place = self.places.currentWidget()
        if isinstance(place, RecordPage):
            place.print_()

    def escape(self) -> bool:
        """Échap, first inside what is in sight."""
        place = self.places.currentWidget()
        return place.escape() if isinstance(place, RecordPage) else super().escape()

    def keep_draft(self) -> None:
        """Whatever is typed anywhere."""
        for page in self._pages.values():
            page.keep_draft()
        super().keep_draft()
