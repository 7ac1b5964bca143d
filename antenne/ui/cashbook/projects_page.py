"""« Projets des bailleurs »: each project's budget against what was spent, line by line; the responsable edits them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antenne.domain.board import Tone
from antenne.domain.changes import Done
from antenne.domain.forms.expenses import PROJECT
from antenne.domain.projects import LineUse, Project, ProjectUse, percent
from antenne.domain.rights import Right
from antenne.services import projects
from antenne.services.projects import SaveProject
from antenne.ui.cashbook.collect_fields import field_context
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, EmptyState, Page, PageTitle, button, label
from antenne.ui.kit.drafts import DraftKeeper
from antenne.ui.kit.exporting import export_list
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.models import Column, PageOfRows, RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.saving import Answers, Saving
from antenne.ui.kit.tables import Table
from antenne.wording import formats

_LIST_WIDTH: Final = 290
_NARROW_LIST: Final = 170
_NARROW_BELOW: Final = 960
_NEARLY: Final = 90
"""Percent from which a line is shown in warning."""


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One line of the table, or the total of the project."""

    project: str
    code: str
    label: str
    budget: int
    received: int
    spent: int
    total: bool = False

    @property
    def left(self) -> int:
        """Below 0 when exceeded."""
        return self.budget - self.spent

    @property
    def percent(self) -> int | None:
        """Of the budget, or None where there is none."""
        return percent(self.spent, self.budget)


def budget_rows(use: ProjectUse) -> tuple[BudgetRow, ...]:
    """Every line, then the total."""
    lines = tuple(_row(use.project.code, one) for one in use.lines)
    total = BudgetRow(use.project.code, "", "Total", use.project.budget, use.received, use.spent, total=True)
    return (*lines, total)


def _row(project: str, one: LineUse) -> BudgetRow:
    return BudgetRow(project, one.line.code, one.line.label, one.line.amount, one.received, one.spent)


def _percent(row: BudgetRow) -> str:
    return "sans budget" if row.percent is None else f"{formats.number(row.percent)}\u00a0%"


def _tone(row: BudgetRow) -> Tone:
    if row.left < 0:
        return "danger"
    if row.percent is None:
        return "neutral"
    return "warning" if row.percent >= _NEARLY else "good"


def _figure(value: int) -> str:
    return formats.number(value).replace("-", "−")


def _is_total(row: BudgetRow) -> bool:
    return row.total


def _money(key: str, title: str, figure: Callable[[BudgetRow], int]) -> Column:
    return Column(
        key=key,
        title=title,
        text=lambda row: _figure(figure(row)),
        width=104,
        align="right",
        strong=_is_total,
        ink=lambda row: t.DANGER if figure(row) < 0 else "",
        sortable=False,
    )


_LINE_COLUMNS: Final = (
    Column(key="code", title="Code", text=lambda row: row.code, width=76, sortable=False),
    Column(key="label", title="Ligne", text=lambda row: row.label, width=0, strong=_is_total, sortable=False),
    _money("budget", "Budget", lambda row: row.budget),
    _money("received", "Reçu", lambda row: row.received),
    _money("spent", "Dépensé", lambda row: row.spent),
    _money("left", "Reste", lambda row: row.left),
    Column(key="percent", title="Dépensé en %", text=_percent, pill=_tone, width=118, sortable=False),
)
_RECEIVED: Final = 3
"""Its place among the columns of the lines."""
_PROJECT_COLUMNS: Final = (
    Column(key="code", title="Projet", text=lambda use: use.project.code, width=0, strong=lambda _use: True),
    Column(key="donor", title="Bailleur", text=lambda use: use.project.donor, width=124, muted=True),
)
_EXPORTED: Final = (
    Column(key="project", title="Projet", text=lambda row: row.project),
    *_LINE_COLUMNS,
)


class ProjectsPage(QWidget):
    """The projects at the left, the budget of the one in hand at the right; or the form of one.

    Attributes:
        left: She is done here.
    """

    left = Signal()

    def __init__(self, context: Context) -> None:
        """Build the page; :meth:`begin` reads it."""
        super().__init__()
        self._context = context
        self._uses: tuple[ProjectUse, ...] = ()
        self._wanted: int | None = None
        self._edits = context.desk.may(Right.ACCOUNTS_WRITE)
        self.title = PageTitle("Projets des bailleurs")
        self.projects = RowsModel(_PROJECT_COLUMNS)
        self.list = Table(self.projects, "Projets", memory=context.memory)
        self.projects.setParent(self.list)
        self.list.setFixedWidth(_LIST_WIDTH)
        self.rows = RowsModel(_LINE_COLUMNS)
        self.table = Table(self.rows, "Budget du projet", memory=context.memory)
        self.rows.setParent(self.table)
        self.heading = label("", "heading")
        self.about = label("", "muted", wrap=True)
        self.edit_button = button("Modifier…", "plain", self.edit)
        self.form = ProjectForm(context)
        self.stack = QStackedWidget()
        self._build()
        self.list.picked.connect(self._pick)
        self.list.opened.connect(self._to_budget)
        self.form.saved.connect(self._saved)
        self.form.left.connect(self._show_budget)

    def begin(self, project_id: int | None = None) -> None:
        """Read the projects; stand in the one that is named, or in the last one seen."""
        self._wanted = project_id or self._wanted
        if self.stack.currentWidget() is not self.form:
            self.refresh()
            self.list.setFocus()

    def refresh(self) -> None:
        """Read again."""
        self._context.operations.run(
            SHORT, projects.list_projects, self._context.desk, owner=self, done=self._show, latest=True
        )

    def new(self) -> None:
        """Ctrl+N: a new project."""
        if self._edits:
            self.stack.setCurrentWidget(self.form)
            self.form.begin(None)

    def edit(self) -> None:
        """Change the project in hand."""
        use = self.use
        if self._edits and use is not None:
            self.stack.setCurrentWidget(self.form)
            self.form.begin(use.project)

    def save(self) -> None:
        """Ctrl+S: the form, where it is in sight."""
        if self.stack.currentWidget() is self.form:
            self.form.save()

    def keep_draft(self) -> None:
        """What is typed."""
        self.form.keep_draft()

    def escape(self) -> bool:
        """From the form back to the budgets."""
        if self.stack.currentWidget() is self.form:
            self._show_budget()
            return True
        return False

    def export(self) -> None:
        """Every project's lines, to .xlsx."""
        rows = tuple(row for use in self._uses for row in budget_rows(use))

        def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> PageOfRows:
            return PageOfRows(rows[offset : offset + limit], len(rows))

        export_list(self._context, self, "Budgets", _EXPORTED, fetch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, donor and money received give theirs to the words of the lines."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW_BELOW
        self.list.setFixedWidth(_NARROW_LIST if narrow else _LIST_WIDTH)
        self.list.setColumnHidden(1, narrow)
        self.table.setColumnHidden(_RECEIVED, narrow)

    @property
    def use(self) -> ProjectUse | None:
        """The project in hand."""
        found = self.list.current()
        return found if isinstance(found, ProjectUse) else None

    def _build(self) -> None:
        if self._context.desk.may(Right.EXPORT):
            self.title.add_button(button("Exporter en Excel…", "plain", self.export))
        self.title.add_button(button("Revenir", "plain", self.left.emit))
        if self._edits:
            self.title.add_button(button("Nouveau projet  Ctrl+N", "primary", self.new))
        right = Card()
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.edit_button)
        self.edit_button.setVisible(self._edits)
        right.body.addLayout(head)
        right.body.addWidget(self.about)
        right.body.addWidget(self.table, 1)
        both = QHBoxLayout()
        both.setSpacing(4 * t.SPACE)
        both.addWidget(self.list)
        both.addWidget(right, 1)
        budgets = QWidget()
        column = QVBoxLayout(budgets)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * t.SPACE)
        column.addWidget(self.title)
        column.addLayout(both, 1)
        self.stack.addWidget(budgets)
        self.stack.addWidget(self.form)
        self._nothing = self._empty()
        self.stack.addWidget(self._nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)

    def _empty(self) -> EmptyState:
        said = "Un projet a une période et des lignes de budget. Chaque dépense peut se mettre sur une ligne."
        if self._edits:
            return EmptyState("chart", "Aucun projet", said, "Nouveau projet", self.new)
        return EmptyState("chart", "Aucun projet", f"{said} La responsable les ouvre.")

    def _show(self, uses: tuple[ProjectUse, ...]) -> None:
        kept = self._wanted if self._wanted is not None else self.use.project.id if self.use is not None else None
        self._uses = uses
        self.projects.show_rows(uses)
        ids = [one.project.id for one in uses]
        if ids:
            self.list.setCurrentIndex(self.projects.index(ids.index(kept) if kept in ids else 0, 0))
        self._pick(self.use)
        if self.stack.currentWidget() is not self.form:
            self._show_budget()

    def _to_budget(self, _use: object) -> None:
        """Entrée goes to the lines."""
        self.table.setFocus()

    def _pick(self, use: ProjectUse | None) -> None:
        if use is None:
            return
        self._wanted = use.project.id
        project = use.project
        self.heading.setText(project.name)
        period = f"{formats.day(project.starts_on)} au {formats.day(project.ends_on)}"
        over = " · terminé" if project.ends_on < self._context.clock.today() else ""
        self.about.setText(f"{project.donor} · du {period}{over}")
        self.rows.show_rows(budget_rows(use))

    def _show_budget(self) -> None:
        self.form.keep_draft()
        if self._uses:
            self.stack.setCurrentIndex(0)
            self.list.setFocus()
        else:
            self.stack.setCurrentWidget(self._nothing)
            if self._nothing.button is not None:
                self._nothing.button.setFocus()

    def _saved(self, project_id: int) -> None:
        self._wanted = project_id
        self.stack.setCurrentIndex(0)
        self.refresh()


class ProjectForm(QWidget):
    """A project and its lines.

    Attributes:
        saved: Tells its id.
        left: She gave up.
    """

    saved = Signal(int)
    left = Signal()

    def __init__(self, context: Context) -> None:
        """Draw the form."""
        super().__init__()
        self._context = context
        self._project_id = 0
        self._request = ""
        self.title = PageTitle(PROJECT.title)
        self.band = Band()
        self.view = FormView(PROJECT, field_context(context, self))
        self.drafts = DraftKeeper(context, self.view, self.band, self._say_kept)
        self.total = label("", "note", tone="neutral")
        self.draft_words = label("", "hint")
        self.save_button = button("Enregistrer  Ctrl+S", "primary", self.save)
        self._saving = Saving(context, self.save_button, self, done=self._saved)
        card = Card()
        card.body.addWidget(self.view)
        card.body.addWidget(self.total)
        page = Page()
        page.body.setContentsMargins(0, 0, 0, 0)
        page.body.addWidget(card)
        page.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(3 * t.SPACE)
        foot.addWidget(self.draft_words, 1)
        foot.addWidget(button("Annuler", "plain", self.left.emit))
        foot.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(self.title)
        whole.addWidget(self.band)
        whole.addWidget(page, 1)
        whole.addLayout(foot)
        self.view.changed.connect(self._say_total)

    def begin(self, project: Project | None) -> None:
        """A new project, or one to change."""
        self._project_id = 0 if project is None else project.id
        self._request = secrets.token_hex(16)
        self.title.show_title("Nouveau projet" if project is None else f"Projet {project.code}")
        self.view.set_answers({} if project is None else projects.project_answers(project))
        self.drafts.begin(self._project_id, on_file=project is not None)
        self._say_total()
        self.view.focus_field("code")

    def save(self) -> None:
        """Say everything that does not fit, or save."""
        self._saving.send(self.view, projects.save_project, self._command)

    def keep_draft(self) -> None:
        """What is typed."""
        self.drafts.flush()

    def _command(self, answers: Answers) -> SaveProject:
        return SaveProject(request_id=self._request, project_id=self._project_id, answers=answers)

    def _saved(self, done: Done[Project]) -> None:
        self.drafts.saved()
        self._context.broadcast(done.changes)
        self._context.notify(f"Projet {done.value.code} enregistré.", "good")
        self.saved.emit(done.value.id)

    def _say_kept(self, sentence: str) -> None:
        self.draft_words.setText(sentence)

    def _say_total(self) -> None:
        rows: Any = self.view.answers().get("lines") or ()
        total = sum(row["amount"] for row in rows if isinstance(row.get("amount"), int))
        self.total.setText(f"Budget\u00a0: {formats.amount(total)}" if total else "")
