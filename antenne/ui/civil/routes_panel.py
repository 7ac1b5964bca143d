"""« Démarches »: pieces, fees, steps and delays, edited as dated versions; files begun keep theirs."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout

from antenne.domain.board import Target
from antenne.domain.changes import CIVIL, Changes, Done
from antenne.domain.civil_routes import Route, Step, When
from antenne.domain.forms.model import Option
from antenne.domain.rights import Right
from antenne.services import civil_routes_editing
from antenne.services.civil_routes_editing import SaveRoute, route_of
from antenne.ui.civil.fields import STEPS, field_context, step_options
from antenne.ui.civil.routes_form import answers_of, form_of
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, PageTitle, button, label
from antenne.ui.kit.drafts import DraftKeeper
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.saving import Answers, Saving
from antenne.ui.kit.tables import Table
from antenne.wording import formats

_CHANGED_STEPS = tuple(step for step in Step if step not in {Step.REJECTED, Step.ABANDONED})
_LIST = 330


class RoutesPanel(Screen):
    """The démarches at the left, the chosen one at the right."""

    help_key = "civil_routes"
    hints = "Entrée : modifier · Ctrl+N : nouvelle démarche · Ctrl+S : enregistrer · Échap : revenir · F1 : aide"

    def __init__(self, context: Context) -> None:
        """Build the list; the form comes with the démarche that is chosen."""
        super().__init__()
        self._context = context
        self._editable = context.desk.may(Right.SETTINGS)
        self._routes: tuple[Route, ...] = ()
        self.chosen: Route | None = None
        self._shown = ""
        self.form: FormView | None = None
        self._drafts: DraftKeeper | None = None
        self._band: Band | None = None
        self._model = RowsModel(_COLUMNS, parent=self)
        self.table = Table(self._model, "Démarches")
        self.table.setFixedWidth(_LIST)
        self.table.picked.connect(self._choose)
        self.table.opened.connect(lambda _route: self._enter())
        self.card = Card(" ")
        self.versions = label("", "muted", wrap=True)
        self._place = QVBoxLayout()
        self._note = label("", "hint")
        self.new_button = button("Nouvelle démarche…  Ctrl+N", "plain", self.new)
        self.new_button.setVisible(self._editable)
        self.save_button = button("Enregistrer la nouvelle version  Ctrl+S", "primary", self.save)
        self.save_button.setEnabled(self._editable)
        self._saving = Saving(context, self.save_button, self, done=self._saved)
        self._build()

    def _build(self) -> None:
        self.card.body.addWidget(self.versions)
        self.card.body.addLayout(self._place)
        self.card.body.addStretch(1)
        inside = QScrollArea()
        inside.setWidgetResizable(True)
        inside.setWidget(self.card)
        foot = QHBoxLayout()
        foot.addWidget(self._note, 1)
        foot.addWidget(self.save_button)
        right = QVBoxLayout()
        right.setSpacing(2 * t.SPACE)
        right.addWidget(inside, 1)
        right.addLayout(foot)
        row = QHBoxLayout()
        row.setSpacing(4 * t.SPACE)
        left = QVBoxLayout()
        left.setSpacing(2 * t.SPACE)
        left.addWidget(self.table, 1)
        left.addWidget(self.new_button)
        row.addLayout(left)
        row.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        said = "" if self._editable else "Seule la responsable peut les changer."
        whole.addWidget(PageTitle("Démarches", subtitle=said))
        whole.addLayout(row, 1)

    # --- Screen ----------------------------------------------------------------------------------------------------

    def open(self, _target: Target) -> None:
        """The list."""
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read every version again; what is typed stays."""
        self._context.operations.run(
            SHORT, civil_routes_editing.list_routes, self._context.desk, owner=self, done=self._show, latest=True
        )

    def on_changes(self, changes: Changes) -> None:
        """A démarche was saved elsewhere."""
        if changes.touch(CIVIL) and self.isVisible() and not self._routes:
            self.refresh()

    def new(self) -> None:
        """Ctrl+N: an empty form, for a démarche that the list has not; who may not change them opens a file."""
        if not self._editable:
            self._context.navigator.open(Target("civil", action="new"))
        else:
            self.table.clearSelection()
            self._choose(civil_routes_editing.first_of(self._context.clock.today()))
            self._enter()

    def save(self) -> None:
        """Write the new version, or the new démarche."""
        if self.form is not None and self._editable:
            self._saving.send(self.form, civil_routes_editing.save_route, self._command)

    def escape(self) -> bool:
        """From the form back to the list."""
        if self.form is not None and self.form.isAncestorOf(self.focusWidget() or self):
            self.table.setFocus()
            return True
        return False

    def keep_draft(self) -> None:
        """What is typed is kept."""
        if self._drafts is not None:
            self._drafts.flush()

    # --- The list --------------------------------------------------------------------------------------------------

    def _show(self, routes: tuple[Route, ...]) -> None:
        self._routes = routes
        newest = tuple({one.key: one for one in routes}.values())
        keys = [one.key for one in newest]
        row = keys.index(self._shown) if self._shown in keys else max(self.table.currentIndex().row(), 0)
        self._shown = ""
        self._model.show_rows(newest)
        self.table.setCurrentIndex(self._model.index(row, 0))

    def _choose(self, route: Route | None) -> None:
        if route is None or (self.chosen is not None and route == self.chosen):
            return
        self.chosen = route
        self._show_words(route)
        self.keep_draft()
        for old in (self._band, self.form):
            if old is not None:
                self._place.removeWidget(old)
                old.hide()
                old.deleteLater()
        self.form = FormView(form_of(route), field_context(self._context, self, self._listed))
        self._band = Band()
        self._place.addWidget(self._band)
        self._place.addWidget(self.form)
        self.form.show()  # at once: what is hidden takes no focus
        self.form.setEnabled(self._editable)
        self.form.set_answers(answers_of(route, self._context))
        self._drafts = DraftKeeper(self._context, self.form, self._band, self._note.setText)
        if self._editable:
            self._drafts.begin(0, on_file=True)

    def _show_words(self, route: Route) -> None:
        self.card.heading.setText(route.label or "Nouvelle démarche")
        words = "Enregistrer la nouvelle version" if route.key else "Créer la démarche"
        self.save_button.setText(f"{words}  Ctrl+S")
        mine = [one for one in self._routes if one.key == route.key]
        said = [f"version {one.version}" + _since(one, self._context) for one in mine]
        self.versions.setText(" · ".join(said))
        self.versions.setVisible(bool(said))

    def _listed(self, name: str) -> Sequence[Option] | None:
        if name == STEPS and self.chosen is not None:
            return step_options(self.chosen, _CHANGED_STEPS)
        return None

    def _enter(self) -> None:
        if self.form is not None and self._editable:
            self.form.focus_field("label")

    # --- Saving ----------------------------------------------------------------------------------------------------

    def _command(self, answers: Answers) -> SaveRoute:
        assert self.chosen is not None
        return SaveRoute(request_id=uuid.uuid4().hex, route=route_of(answers, self.chosen))

    def _saved(self, done: Done[Any]) -> None:
        if self._drafts is not None:
            self._drafts.thrown_away()
        route: Route = done.value
        created = self.chosen is not None and not self.chosen.key
        self.chosen, self._shown = None, route.key
        self._context.broadcast(done.changes)
        what = "créée," if created else f"version {route.version}"
        self._context.notify(f"{route.label}\u00a0: {what} à partir du {formats.day(route.since)}.", "good")
        self.refresh()
        self.table.setFocus()


def _since(route: Route, context: Context) -> str:
    if route.version == 1 and route.since.year <= 2000:  # noqa: PLR2004 - the first versions begin with the program
        return ""
    coming = " (à venir)" if route.since > context.clock.today() else ""
    return f" à partir du {formats.day(route.since)}{coming}"


def _label(route: Route) -> str:
    return route.label if route.until is None else f"{route.label}, jusqu’au {formats.day(route.until)}"


def _count(route: Route) -> str:
    return str(sum(piece.when is When.ALWAYS for piece in route.pieces))


_COLUMNS = (
    Column(key="label", title="Démarche", text=_label, width=0, sortable=False),
    Column(key="pieces", title="Pièces", text=_count, align="right", width=70, sortable=False),
)
