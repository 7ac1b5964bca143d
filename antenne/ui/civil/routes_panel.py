"""« Démarches »: pieces, fees, steps and delays, edited as dated versions; files begun keep theirs."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout

from antenne.domain.board import Target
from antenne.domain.changes import CIVIL, Changes, Done
from antenne.domain.civil_routes import Route, Step, When
from antenne.domain.forms.model import Field, Form, Kind, Option, Section, Tense
from antenne.domain.rights import Right
from antenne.services import civil_routes_editing
from antenne.services.civil_routes_editing import SaveRoute, route_of
from antenne.ui.civil.fields import FILED_AT, STEPS, WHENS, field_context, step_options
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


def form_of(key: str) -> Form:
    """The questions of one démarche; each has drafts of its own."""
    head = (
        Field(key="label", label="Nom", kind=Kind.TEXT, required=True, max_length=60),
        Field(
            key="since",
            label="Nouvelle version à partir du",
            kind=Kind.DATE,
            required=True,
            tense=Tense.FUTURE,
            hint="Les dossiers déjà ouverts gardent l’ancienne",
        ),
        Field(key="until", label="Dernier jour", kind=Kind.DATE, tense=Tense.FUTURE, hint="Vide\u00a0: sans fin"),
        Field(
            key="stale_days",
            label="Endormi après (jours)",
            kind=Kind.COUNT,
            required=True,
            lowest=1,
            highest=400,
        ),
        Field(key="place", label="Se dépose", kind=Kind.CHOICE, options=FILED_AT, required=True),
        Field(key="steps", label="Étapes", kind=Kind.CHOICES, options=STEPS, required=True, width=3),
    )
    pieces = Field(
        key="pieces",
        label="Pièces",
        kind=Kind.ROWS,
        width=3,
        columns=(
            Field(key="label", label="Pièce", kind=Kind.TEXT, required=True, max_length=120, width=3),
            Field(key="when", label="Demandée", kind=Kind.CHOICE, options=WHENS, required=True, width=2),
            Field(key="copies", label="Combien", kind=Kind.COUNT, lowest=1, highest=20),
            Field(key="alternative", label="Ou bien", kind=Kind.TEXT, max_length=20),
        ),
        hint="Même mot dans «\u00a0Ou bien\u00a0»\u00a0: une seule de ces pièces suffit",
    )
    fees = Field(
        key="fees",
        label="Frais habituels",
        kind=Kind.ROWS,
        width=3,
        columns=(
            Field(key="label", label="Nature", kind=Kind.TEXT, required=True, max_length=40, width=3),
            Field(key="amount", label="Somme (FCFA)", kind=Kind.MONEY),
        ),
    )
    return Form(
        key=f"civil_route/{key}",
        version=1,
        title="Démarche",
        sections=(
            Section(key="head", title="", fields=head),
            Section(key="pieces", title="", fields=(pieces,)),
            Section(key="fees", title="", fields=(fees,)),
        ),
    )


def answers_of(route: Route, context: Context) -> dict[str, object]:
    """What the form shows of a version, a new one beginning today."""
    return {
        "label": route.label,
        "since": context.clock.today(),
        "until": route.until,
        "stale_days": route.stale_days,
        "place": route.place.value,
        "steps": tuple(step.value for step in route.steps),
        "pieces": tuple(
            {
                "label": piece.label,
                "when": piece.when.value,
                "copies": piece.copies,
                "alternative": piece.alternative or None,
            }
            for piece in route.pieces
        )
        or None,
        "fees": tuple({"label": fee.label, "amount": fee.amount} for fee in route.fees) or None,
    }


class RoutesPanel(Screen):
    """The démarches at the left, the chosen one at the right."""

    help_key = "civil_routes"
    hints = "Entrée : modifier · Ctrl+S : enregistrer · Échap : revenir · F1 : aide"

    def __init__(self, context: Context) -> None:
        """Build the list; the form comes with the démarche that is chosen."""
        super().__init__()
        self._context = context
        self._editable = context.desk.may(Right.SETTINGS)
        self._routes: tuple[Route, ...] = ()
        self.chosen: Route | None = None
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
        self.source = label("", "muted", wrap=True)
        self._place = QVBoxLayout()
        self._note = label("", "hint")
        self.save_button = button("Enregistrer la nouvelle version  Ctrl+S", "primary", self.save)
        self.save_button.setEnabled(self._editable)
        self._saving = Saving(context, self.save_button, self, done=self._saved)
        self._build()

    def _build(self) -> None:
        for widget in (self.versions, self.source):
            self.card.body.addWidget(widget)
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
        row.addWidget(self.table)
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

    def save(self) -> None:
        """Write the new version."""
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
        row = max(self.table.currentIndex().row(), 0)
        self._model.show_rows(tuple({one.key: one for one in routes}.values()))
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
        self.form = FormView(form_of(route.key), field_context(self._context, self, self._listed))
        self._band = Band()
        self._place.addWidget(self._band)
        self._place.addWidget(self.form)
        self.form.setEnabled(self._editable)
        self.form.set_answers(answers_of(route, self._context))
        self._drafts = DraftKeeper(self._context, self.form, self._band, self._note.setText)
        if self._editable:
            self._drafts.begin(0, on_file=True)

    def _show_words(self, route: Route) -> None:
        self.card.heading.setText(route.label)
        mine = [one for one in self._routes if one.key == route.key]
        said = [f"version {one.version}" + _since(one, self._context) for one in mine]
        self.versions.setText(" · ".join(said))
        self.source.setText(f"Source\u00a0: {route.source}." if route.source else "")
        self.source.setVisible(bool(route.source))

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
        self.chosen = None
        self._context.broadcast(done.changes)
        self._context.notify(
            f"{route.label}\u00a0: version {route.version} à partir du {formats.day(route.since)}.", "good"
        )
        self.refresh()
        self.table.setFocus()


def _since(route: Route, context: Context) -> str:
    if route.version == 1 and route.since.year <= 2000:  # noqa: PLR2004 - the first versions begin with the program
        return ""
    coming = " (à venir)" if route.since > context.clock.today() else ""
    return f" à partir du {formats.day(route.since)}{coming}"


def _count(route: Route) -> str:
    return str(sum(piece.when is When.ALWAYS for piece in route.pieces))


_COLUMNS = (
    Column(key="label", title="Démarche", text=lambda route: route.label, width=0, sortable=False),
    Column(key="pieces", title="Pièces", text=_count, align="right", width=70, sortable=False),
)
