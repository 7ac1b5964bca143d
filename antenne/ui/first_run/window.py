"""The wizard of the first run. Closing it before the end leaves nothing behind: it writes only once, at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antenne.base.clock import Clock
from antenne.base.problems import Problem
from antenne.domain import first_run
from antenne.domain.first_run import FirstRun, Input, Step
from antenne.domain.passphrases import WordList
from antenne.domain.violations import Violation
from antenne.print.envelopes import render_envelope_sheet
from antenne.services import founding
from antenne.ui.first_run.codes_page import CodesPage
from antenne.ui.first_run.last_pages import DonePage, PrinterPage, ReviewPage
from antenne.ui.first_run.logo import read_logo
from antenne.ui.first_run.office_page import OfficePage
from antenne.ui.first_run.parts import StepList, WizardPage
from antenne.ui.first_run.phrase_page import PhrasePage
from antenne.ui.first_run.responsable_page import ResponsablePage
from antenne.ui.kit import shortcuts
from antenne.ui.kit import tokens as t
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Page, PageTitle, button
from antenne.ui.kit.dialogs import Dialogs
from antenne.ui.kit.operations import LONG, SHORT, Operations
from antenne.ui.kit.printing import Printing, PrintJob
from antenne.ui.kit.progress_panel import step_watcher
from antenne.wording import login as wording

if TYPE_CHECKING:
    from antenne.services.access import Unlocked

HELP_KEY: Final = "first_run"
_SIDE_FROM: Final = 1100


class FirstRunWindow(QWidget):
    """Six pages and a seventh that says it is done.

    Signals:
        help_asked: F1; carries the name of the help page.
        restore_asked: « Restaurer une sauvegarde… » instead of founding.
        closed: The window was closed before the office was entered.
    """

    help_asked = Signal(str)
    restore_asked = Signal()
    closed = Signal()

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        operations: Operations,
        dialogs: Dialogs,
        printing: Printing,
        opened: Callable[[Unlocked], None],
        *,
        can_restore: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Open on the first page.

        Args:
            folder: The data folder, empty or not there yet.
            clock: The time.
            operations: The lanes.
            dialogs: File questions.
            printing: For the sheet to fill in.
            opened: Takes what her phrase opens, when she enters.
            can_restore: Offer to restore a backup instead.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._folder = folder
        self._clock = clock
        self._operations = operations
        self._dialogs = dialogs
        self._printing = printing
        self._opened = opened
        self._state: FirstRun | None = None
        self._wordlist: WordList | None = None
        self._unlocked: Unlocked | None = None
        self._working = False
        self._make_pages()
        self._lay_out(can_restore=can_restore)
        self._connect()
        self._show_step(Step.OFFICE)
        operations.run(SHORT, founding.begin, owner=self, done=self._begun)

    @property
    def page(self) -> WizardPage:
        """The page in sight."""
        page = self._stack.currentWidget()
        assert isinstance(page, WizardPage)
        return page

    @property
    def step(self) -> Step:
        """Where she is."""
        return next(step for step, page in self._pages.items() if page is self.page)

    # --- what it is made of ------------------------------------------------------------------------------------------

    def _make_pages(self) -> None:
        words = wording.violation_words
        self._office = OfficePage(words)
        self._phrase = PhrasePage(words)
        self._codes = CodesPage(words)
        self._review = ReviewPage(words, self._clock)
        self._pages: dict[Step, WizardPage] = {
            Step.OFFICE: self._office,
            Step.RESPONSABLE: ResponsablePage(words),
            Step.PASSPHRASE: self._phrase,
            Step.CODES: self._codes,
            Step.PRINTER: PrinterPage(words),
            Step.REVIEW: self._review,
            Step.DONE: DonePage(words),
        }

    def _lay_out(self, *, can_restore: bool) -> None:
        self.setWindowTitle("Antenne")
        self.resize(1366, 768)
        self.setMinimumSize(640, 440)
        self._side = StepList()
        self._title = PageTitle()
        self._restore = button("Restaurer une sauvegarde…", "plain", self._ask_restore)
        self._can_restore = can_restore
        self._title.add_button(self._restore)
        self._band = Band()
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        scroll = Page()
        scroll.body.setContentsMargins(32, 24, 32, 16)
        for piece in (self._title, self._band):
            scroll.body.addWidget(piece)
        scroll.body.addWidget(self._stack, 1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(scroll, 1)
        right.addWidget(self._foot())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._side)
        whole.addLayout(right, 1)

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setObjectName("wizardFoot")
        foot.setStyleSheet(f"#wizardFoot {{ background: {t.FOOT}; border: none; border-top: 1px solid {t.LINE}; }}")
        self._back = button("Retour", "plain", self.go_back)
        self._next = button("Continuer", "primary", self._forward)
        row = QHBoxLayout(foot)
        row.setContentsMargins(32, 12, 32, 12)
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(self._next)
        return foot

    def _connect(self) -> None:
        for page in self._pages.values():
            page.given.connect(self._take)
            page.buttons_changed.connect(self._show_buttons)
        self._office.logo_asked.connect(self._choose_logo)
        self._phrase.words_asked.connect(self._draw_words)
        self._codes.code_asked.connect(self._draw_code)
        self._codes.sheet_asked.connect(self._print_sheet)
        shortcuts.bind(self, shortcuts.HELP, lambda: self.help_asked.emit(HELP_KEY))
        shortcuts.bind(self, shortcuts.BACK, self.go_back)

    # --- from page to page -------------------------------------------------------------------------------------------

    def go_back(self) -> None:
        """The page before; nothing typed is lost."""
        if self._working or self._state is None or self.page.back():
            return
        if self.step not in (Step.OFFICE, Step.DONE):
            self._state = first_run.back(self._state)
            self._show_step(self._state.step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The steps give way on a narrow screen."""
        super().resizeEvent(event)
        self._side.setVisible(self.width() >= _SIDE_FROM)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first once something was answered; never while the office is being made."""
        if self._working or not self._may_drop("Quitter"):
            event.ignore()
            return
        self._forget()
        super().closeEvent(event)
        self.closed.emit()

    def _may_drop(self, yes: str) -> bool:
        """Whether what was answered may be lost; asked only where there is something."""
        if self._state is None or self._state.office is None or self._unlocked is not None:
            return True
        text = "Rien n’est encore enregistré. Ce qui est déjà répondu sera à refaire."
        return self._dialogs.confirm(self, text, yes, "Rester ici", danger=True)

    def _ask_restore(self) -> None:
        if self._may_drop("Restaurer une sauvegarde"):
            self._forget()
            self.restore_asked.emit()

    def _begun(self, drawn: tuple[FirstRun, WordList]) -> None:
        self._state, self._wordlist = drawn
        self._show_step(self._state.step)

    def _forward(self) -> None:
        if self.step is Step.DONE and self._unlocked is not None:
            self._next.setEnabled(False)
            self._opened(self._unlocked)
        else:
            self.page.forward()

    def _take(self, given: Input) -> None:
        """Hand a page's answer to the rules; go on, or say everything that is wrong."""
        if self._state is None or self._wordlist is None or self._working:
            return
        outcome = founding.advance(self._state, given, self._wordlist)
        if isinstance(outcome, tuple):
            self.page.refuse(outcome)
            return
        step, self._state = self._state.step, outcome
        if outcome.step is Step.DONE:
            self._found(outcome)
        elif outcome.step is step:
            self.page.show_state(outcome)
        else:
            self._show_step(outcome.step)

    def _show_step(self, step: Step) -> None:
        page = self._pages[step]
        self._stack.setCurrentWidget(page)
        self._side.show_step(step)
        self._title.show_title(page.title, subtitle=page.subtitle)
        self._restore.setVisible(self._can_restore and step is Step.OFFICE)
        if self._state is not None:
            page.show_state(self._state)
        self._band.dismiss()
        self._show_buttons()
        if step in (Step.PASSPHRASE, Step.REVIEW, Step.DONE) or not page.isAncestorOf(self.focusWidget() or self):
            self._next.setFocus()

    def _show_buttons(self) -> None:
        self._next.setText(self.page.next_label)
        self._next.setEnabled((self._state is not None or self._unlocked is not None) and not self._working)
        self._back.setVisible(self.step not in (Step.OFFICE, Step.DONE))
        self._back.setEnabled(not self._working)

    # --- what pages ask for ------------------------------------------------------------------------------------------

    def _draw_words(self) -> None:
        if self._wordlist is not None:
            self._take(founding.new_words(self._wordlist))

    def _draw_code(self) -> None:
        self._take(founding.new_code())

    def _choose_logo(self) -> None:
        path = self._dialogs.ask_file_open(self, "Choisir le logo", "Images (*.png *.jpg *.jpeg)")
        if path is not None:
            self._operations.run(
                SHORT,
                read_logo,
                path,
                owner=self,
                done=self._office.show_logo,
                broken=self._logo_refused,
                problem=lambda problem: self._office.refuse_logo(wording.sentence(problem)),
            )

    def _logo_refused(self, violations: tuple[Violation, ...]) -> None:
        self._office.refuse_logo(wording.violation_words(violations[0]))

    def _print_sheet(self, number: int) -> None:
        job = PrintJob(
            title=f"Feuille à remplir, enveloppe {number}",
            file_name=f"enveloppe-{number}.pdf",
            render=render_envelope_sheet,
            args=(number,),
        )
        self._printing.preview(job, self).show()

    # --- founding ----------------------------------------------------------------------------------------------------

    def _found(self, state: FirstRun) -> None:
        self._working = True
        self._show_buttons()
        panel = self._review.panel
        panel.begin("Création du bureau…")
        panel.stop_button.hide()
        panel.show()
        self._operations.run(
            LONG,
            founding.found_office,
            self._folder,
            first_run.result(state),
            self._clock,
            owner=self,
            done=self._founded,
            broken=self._not_founded,
            problem=self._not_founded,
            progress=step_watcher(panel, wording.STEPS.__getitem__),
        )

    def _founded(self, unlocked: Unlocked) -> None:
        self._working = False
        self._unlocked = unlocked
        self._forget()
        self._show_step(Step.DONE)

    def _not_founded(self, why: Problem | tuple[Violation, ...]) -> None:
        """Nothing was written: say why, and let her try again."""
        assert self._state is not None
        self._working = False
        self._review.panel.hide()
        self._state = replace(self._state, step=Step.REVIEW)
        words = wording.sentence(why) if isinstance(why, Problem) else "\n".join(map(wording.violation_words, why))
        self._show_buttons()
        self._band.say(words, "danger")

    def _forget(self) -> None:
        """Let go of words and codes."""
        for page in self._pages.values():
            page.forget()
        self._state = None
