"""« Importer un registre Excel »: file, columns, dry run, import; each step can be left and found again."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antenne.base.problems import Problem
from antenne.domain.board import Target
from antenne.domain.changes import Done
from antenne.domain.import_flow import ImportFlow, ImportStep
from antenne.domain.imports import Finding, Imported, ImportReport
from antenne.domain.violations import Violation
from antenne.services import exports, imports
from antenne.services.imports import Opened
from antenne.ui.imports.choose import PATTERN, ChoosePage, centred
from antenne.ui.imports.columns import ColumnsPage
from antenne.ui.imports.review import ReviewPage
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, Page, PageTitle, button, label
from antenne.ui.kit.operations import LONG, SHORT, Ticket
from antenne.ui.kit.progress_panel import ProgressPanel, Step, StepBar, StepState, step_watcher
from antenne.wording import imports as words
from antenne.wording import problems as problem_words
from antenne.wording import violations as sentences

_STEPS = {
    ImportStep.CHOOSE: "Fichier",
    ImportStep.COLUMNS: "Colonnes",
    ImportStep.REVIEW: "Vérification",
    ImportStep.DONE: "Inscription",
}
_DONE_WIDTH = 660
_KEEP_AFTER = 700
"""Milliseconds after her last correction before the draft is kept."""


class ImportScreen(Screen):
    """The steps, one page each, and the bar of work between them."""

    help_key = "imports"
    hints = "Tab\u00a0: suivant · Entrée\u00a0: valider · Échap\u00a0: revenir d’une étape"

    def __init__(self, context: Context) -> None:
        """Begin at the choice of the file."""
        super().__init__()
        self._context = context
        self._flow = ImportFlow()
        self._path: Path | None = None
        self._ticket: Ticket | None = None
        self._request_id = uuid.uuid4().hex
        self.title = PageTitle("Importer un registre Excel")
        self.steps = StepBar()
        self.band = Band()
        self.choose = ChoosePage(context)
        self.columns = ColumnsPage(context)
        self.review = ReviewPage(context)
        self.progress = ProgressPanel(context.clock)
        self.done = QWidget()
        self._done_layout = QVBoxLayout(self.done)
        self.pages = QStackedWidget()
        self._work = _work_page(self.progress)
        for page in (self.choose, self.columns, self.review, self._work, self.done):
            self.pages.addWidget(page)
        page = Page()
        page.body.setSpacing(3 * t.SPACE)
        for piece in (self.title, self.steps, self.band):
            page.body.addWidget(piece)
        page.body.addWidget(self.pages, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)
        self._timer = QTimer(self, singleShot=True, interval=_KEEP_AFTER)
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.choose.chosen.connect(self.read)
        self.columns.changed.connect(self._changed)
        self.columns.sheet_chosen.connect(self._read_sheet)
        self.columns.back_asked.connect(self._back)
        self.columns.try_asked.connect(self.try_rows)
        self.review.changed.connect(self._changed)
        self.review.back_asked.connect(self._back)
        self.review.write_asked.connect(self.write)
        self.review.export_asked.connect(self.export)
        self.progress.stop_requested.connect(self._stop)
        self._timer.timeout.connect(self.keep_draft)

    # --- What the shell asks ---------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:  # noqa: ARG002 - there is one way in
        """Stand where she left; a finished import gives way to the next."""
        if self._flow.step is ImportStep.DONE:
            self._flow = ImportFlow()
            self._show()
        self._begin()

    def escape(self) -> bool:
        """One step back; from the first, the shell goes back."""
        if self._ticket is not None:
            return True
        if self._flow.step in (ImportStep.COLUMNS, ImportStep.REVIEW):
            self._back()
            return True
        return False

    def keep_draft(self) -> None:
        """Keep her corrections; a failure is said by the shell."""
        self._timer.stop()
        if self._ticket is None and self._flow.step in (ImportStep.COLUMNS, ImportStep.REVIEW):
            self._context.operations.run(
                SHORT, imports.keep_draft, self._context.desk, self._flow, owner=self, done=_nothing
            )

    @property
    def working(self) -> bool:
        """A file is read, tried or written."""
        return self._ticket is not None

    @property
    def ready_to_try(self) -> bool:
        """The columns are known and nothing runs."""
        return self._ticket is None and self._flow.step is ImportStep.COLUMNS and self.columns.try_button.isEnabled()

    def save(self) -> None:
        """Ctrl+S: the main button of the step."""
        if self.ready_to_try:
            self.try_rows()
        elif self._ticket is None and self._flow.step is ImportStep.REVIEW and self._flow.may_write:
            self.write()

    # --- The steps -------------------------------------------------------------------------------------------------

    def read(self, path: Path, sheet: str | None = None) -> None:
        """Step 1: read the file in a process of its own."""
        self._path = path
        self._run(imports.open_register, path, sheet, name="import.read", done=self._opened)

    def try_rows(self) -> None:
        """Step 2: the dry run."""
        flow = self._flow
        self._run(
            imports.dry_run,
            flow.workbook,
            flow.mapping,
            flow.options,
            name="import.check",
            done=self._tried,
        )

    def write(self) -> None:
        """Step 3: write everybody, or nobody; the import lets the draft go, so none may follow it."""
        self._timer.stop()
        self._run(
            imports.import_persons,
            self._flow.command(self._request_id),
            name="import.write",
            done=self._written,
        )
        self._show_steps(ImportStep.DONE, over=False)

    def export(self, findings: Sequence[Finding]) -> None:
        """Write the remarks shown to a file, so that the register can be mended."""
        name = exports.neutral_name(self._context.desk.today)
        path = self._context.dialogs.ask_file_save(self, "Exporter les remarques", name, PATTERN)
        if path is not None:
            rows = [words.finding_cells(finding) for finding in findings]
            self._export(path, rows, accepted=False)

    def _export(self, path: Path, rows: list[tuple[str | int, ...]], *, accepted: bool) -> None:
        def refused(violations: Sequence[Violation]) -> None:
            said = " ".join(sentences.sentence(violation) for violation in violations)
            if self._context.dialogs.confirm(self, said, "Enregistrer quand même", danger=True):
                self._export(path, rows, accepted=True)

        def work() -> Done[int]:
            return exports.export_findings(self._context.desk, path, rows, accepted=accepted)

        self._context.operations.run(
            LONG, work, owner=self, done=lambda _done: self.band.say(words.exported(path.name), "good"),
            broken=refused, problem=self._problem,
        )  # fmt: skip

    def _run(self, work: object, *args: object, name: str, done: object) -> None:
        """Long work under the bar; it comes back to the step it began from when it fails or is stopped."""
        self.band.dismiss()
        self.progress.begin(words.STEPS[name])
        self.pages.setCurrentWidget(self._work)
        self.progress.stop_button.setFocus()

        def finished(value: object) -> None:
            self._ticket = None
            done(value)  # type: ignore[operator] # a bound method of this screen

        self._ticket = self._context.operations.run(
            LONG,
            work,  # type: ignore[arg-type] # a service
            self._context.desk,
            *args,
            owner=self,
            done=finished,
            broken=self._broken,
            problem=self._problem,
            progress=step_watcher(self.progress, words.STEPS.__getitem__),
            stopped=self._stopped,
            failed=self._failed,
        )

    def _opened(self, opened: Opened) -> None:
        self._request_id = uuid.uuid4().hex
        self._flow = ImportFlow().opened(opened.workbook, opened.mapping, opened.draft)
        self._show()
        self._begin()

    def _tried(self, report: ImportReport) -> None:
        self._flow = self._flow.tried(report)
        self._show()
        self._begin()

    def _written(self, done: Done[Imported]) -> None:
        self._timer.stop()
        self._flow = self._flow.brought(done.value)
        self._context.broadcast(done.changes)
        self._show()
        self._begin()

    def _changed(self, flow: ImportFlow) -> None:
        self._flow = flow
        self._timer.start()

    def _back(self) -> None:
        if self._timer.isActive():
            self.keep_draft()
        self._flow = self._flow.back()
        self.band.dismiss()
        self._show()
        self._begin()

    def _read_sheet(self, name: str) -> None:
        if self._path is not None:
            self.read(self._path, name)

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.stop()

    def _stopped(self) -> None:
        self._return("Arrêté\u00a0: rien n’a été inscrit.", danger=False)

    def _problem(self, problem: Problem) -> None:
        self._return(problem_words.sentence(problem), danger=True)

    def _broken(self, violations: Sequence[Violation]) -> None:
        self._return(" ".join(sentences.sentence(violation) for violation in violations), danger=True)

    def _failed(self) -> None:
        """The window has said what went wrong: back to the step it began from."""
        self._ticket = None
        self._show()
        self._begin()

    def _return(self, sentence: str, *, danger: bool) -> None:
        self._ticket = None
        self._show()
        self.band.say(sentence, "danger" if danger else "info")
        self._begin()

    # --- Showing ---------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """Show the page of the step."""
        step = self._flow.step
        self._show_steps(step, over=step is ImportStep.DONE)
        if step is ImportStep.CHOOSE:
            self.pages.setCurrentWidget(self.choose)
        elif step is ImportStep.COLUMNS:
            self.columns.show_flow(self._flow)
            self.pages.setCurrentWidget(self.columns)
        elif step is ImportStep.REVIEW:
            self.review.show_flow(self._flow)
            self.pages.setCurrentWidget(self.review)
        else:
            self._show_done()

    def _begin(self) -> None:
        page = self.pages.currentWidget()
        if isinstance(page, ChoosePage | ColumnsPage | ReviewPage):
            page.begin()
        elif page is self.done:
            self.members_button.setFocus()

    def _show_steps(self, now: ImportStep, *, over: bool) -> None:
        order = list(ImportStep)
        at = order.index(now)
        shown: list[Step] = []
        for place, step in enumerate(order):
            state: StepState = "done" if place < at or over else "now" if place == at else "next"
            notes = {"done": "fait", "now": "en cours", "next": "—"}
            shown.append(Step(f"{place + 1}. {_STEPS[step]}", notes[state], state))
        self.steps.show_steps(shown)

    def _show_done(self) -> None:
        assert self._flow.done is not None
        while (item := self._done_layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        card = Card("Le registre est importé")
        card.setFixedWidth(_DONE_WIDTH)
        self.closing = label(words.closing(self._flow.done), wrap=True)
        self.again_button = button("Importer un autre registre", "plain", self._again)
        self.members_button = button("Voir les adhérentes", "primary", self._members)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.again_button)
        row.addWidget(self.members_button)
        card.body.setContentsMargins(*(6 * t.SPACE,) * 4)
        card.body.setSpacing(4 * t.SPACE)
        card.body.addWidget(self.closing)
        card.body.addLayout(row)
        middle = QWidget()
        middle.setLayout(centred(card))
        self._done_layout.addStretch(1)
        self._done_layout.addWidget(middle)
        self._done_layout.addStretch(2)
        self.pages.setCurrentWidget(self.done)

    def _again(self) -> None:
        self._flow = ImportFlow()
        self._show()
        self._begin()

    def _members(self) -> None:
        self._context.navigator.open(Target("members"))


def _nothing(_value: object) -> None:
    """Nobody waits for a draft."""


def _work_page(progress: ProgressPanel) -> QWidget:
    """The bar of work in the middle of an empty page."""
    made = QWidget()
    card = Card(role="focus")
    card.body.addWidget(progress)
    card.body.addWidget(label("Un arrêt n’inscrit personne\u00a0: tout ou rien.", "hint", wrap=True))
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    column.addStretch(1)
    return made
