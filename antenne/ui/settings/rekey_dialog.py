"""« Changer les clés », step by step in a window of its own: nothing else can be opened while the keys move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antenne.base.problems import Problem
from antenne.base.progress import Progress
from antenne.domain import first_run
from antenne.domain.changes import Done
from antenne.domain.recovery import BITS
from antenne.domain.violations import Violation
from antenne.services import rekeying, users
from antenne.services.desk import Desk
from antenne.services.rekeying import Rekeyed
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Page, button
from antenne.ui.kit.dialogs import WINDOW_TITLE
from antenne.ui.kit.operations import LONG, SHORT, Ticket
from antenne.ui.kit.printing import PrintJob
from antenne.ui.kit.progress_panel import Step, StepBar
from antenne.ui.settings import rekey_state
from antenne.ui.settings.rekey_state import STAGES, Prepared, Rekeying, Stage
from antenne.ui.settings.review_pages import ReviewPage, WorkPage
from antenne.ui.settings.secret_pages import CodePage, PhrasePage, SlipsPage
from antenne.ui.settings.section import fit_window, new_request
from antenne.ui.settings.who_page import WhoPage
from antenne.wording import problems
from antenne.wording import users as words
from antenne.wording import violations as sentences

_TITLES = {
    Stage.WHO: "Qui reste",
    Stage.PHRASE: "Ma phrase",
    Stage.CODES: "Enveloppes",
    Stage.REVIEW: "Relecture",
    Stage.WORK: "Changement",
    Stage.PAPERS: "Phrases à donner",
}
_SIZE = (880, 610)


class RekeyDialog(QDialog):
    """Guides the responsable; ``lock`` is called once the keys have changed, whatever way the window closes."""

    def __init__(self, context: Context, prepared: Prepared, lock: Callable[[], None], parent: QWidget) -> None:
        """Begin with who stays."""
        super().__init__(parent)
        self.setWindowTitle(WINDOW_TITLE)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fit_window(self, *_SIZE)
        self._context = context
        self._prepared = prepared
        self._lock = lock
        self._ticket: Ticket | None = None
        self._changed = False
        self.state = Rekeying(Stage.WHO, prepared.run)
        self.who = WhoPage(prepared.state.accounts, context.desk.actor.user_id)
        self.phrase = PhrasePage()
        self.codes = CodePage()
        self.review = ReviewPage()
        self.work = WorkPage(context.clock)
        self.slips = SlipsPage("Recopiée\u00a0: terminer")
        self._pages = dict(
            zip(STAGES, (self.who, self.phrase, self.codes, self.review, self.work, self.slips), strict=True)
        )
        self._build()
        self._connect()
        self._show()

    def _build(self) -> None:
        self.steps = StepBar()
        self.band = Band()
        self.stack = QStackedWidget()
        for page in self._pages.values():
            self.stack.addWidget(page)
        self.sheet_button = button("Feuille vierge à imprimer…", "plain", self.print_sheet, icon_name="printer")
        self.cancel_button = button("Abandonner", "plain", self.reject)
        self.back_button = button("Retour", "plain", self.back)
        self.next_button = button("Continuer", "primary", self.next)
        self.next_button.setDefault(True)
        row = QHBoxLayout()
        row.addWidget(self.sheet_button)
        row.addStretch(1)
        for made in (self.cancel_button, self.back_button, self.next_button):
            row.addWidget(made)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(5 * t.SPACE, 4 * t.SPACE, 5 * t.SPACE, 4 * t.SPACE)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(self.steps)
        whole.addWidget(self.band)
        page = Page()
        page.body.setContentsMargins(0, 0, 0, 0)
        page.body.addWidget(self.stack)
        whole.addWidget(page, 1)
        whole.addLayout(row)

    def _connect(self) -> None:
        self.phrase.draw_asked.connect(self._draw)
        self.codes.copied.connect(self._give)
        self.codes.new_code_asked.connect(self._new_code)
        self.slips.finished.connect(self._finish)
        self.work.panel.stop_requested.connect(self._stop)

    # --- moving ------------------------------------------------------------------------------------------------------

    def next(self) -> None:
        """Take the page's answer."""
        match self.state.stage:
            case Stage.WHO:
                self._decide()
            case Stage.PHRASE:
                self._give(self.phrase.answer())
            case Stage.CODES:
                self._give(self.codes.answer())
            case Stage.REVIEW:
                self._begin_work()

    def back(self) -> None:
        """The page before."""
        self.state = rekey_state.back(self.state)
        self._show()

    def _decide(self) -> None:
        moved = rekey_state.decide(self.state, self.who.own_user_id, self.who.answers())
        if isinstance(moved, tuple):
            self.who.show_violations(moved)
            return
        self.who.show_violations(())
        self.state = moved
        self._show()

    def _give(self, given: first_run.Input) -> None:
        moved = rekey_state.give(self.state, given, self._prepared.words)
        if isinstance(moved, tuple):
            self._complain(moved)
            return
        self.state = moved
        self._show()

    def _complain(self, found: Sequence[Violation]) -> None:
        (self.phrase if self.state.stage is Stage.PHRASE else self.codes).show_violations(found)

    def _draw(self) -> None:
        self._give(first_run.Draw(users.draw_phrase(self._prepared.words)))

    def _new_code(self) -> None:
        import secrets

        self._give(first_run.NewCode(secrets.randbits(BITS)))

    def _show(self) -> None:
        stage = self.state.stage
        self._mark_steps(stage)
        self.phrase.show_run(self.state.run)
        self.codes.show_run(self.state.run)
        if stage is Stage.REVIEW:
            self.review.show_state(self.state, self._prepared.state)
        self.stack.setCurrentWidget(self._pages[stage])
        asking = stage in {Stage.WHO, Stage.PHRASE, Stage.CODES, Stage.REVIEW}
        self.cancel_button.setVisible(asking)
        self.next_button.setVisible(asking)
        self.back_button.setVisible(asking and stage is not Stage.WHO)
        self.sheet_button.setVisible(stage in {Stage.CODES, Stage.PHRASE, Stage.REVIEW, Stage.PAPERS})
        said = "Changer les clés maintenant" if stage is Stage.REVIEW else "Continuer"
        self.next_button.setText(said)
        self.next_button.setAccessibleName(said)
        self._stand(stage)

    def _stand(self, stage: Stage) -> None:
        match stage:
            case Stage.WHO:
                self.who.begin()
            case Stage.PHRASE:
                self.phrase.begin()
            case Stage.CODES:
                self.codes.begin()
            case Stage.REVIEW:
                self.back_button.setFocus()
            case _:
                pass

    def _mark_steps(self, stage: Stage) -> None:
        place = STAGES.index(stage)
        notes = {Stage.CODES: f"{self.state.run.codes_done} sur 2"}
        self.steps.show_steps(
            [
                Step(
                    _TITLES[one],
                    notes.get(one, "—"),
                    "done" if at < place else "now" if at == place else "next",
                )
                for at, one in enumerate(STAGES)
            ]
        )

    # --- the work ----------------------------------------------------------------------------------------------------

    def print_sheet(self) -> None:
        """A blank sheet: boxes for the codes, or lines for the phrases; nothing secret is on it."""
        from antenne.print.blank_code_sheet import render_blank_codes
        from antenne.print.one_time_phrase import render_blank_phrases

        codes = self.state.stage is Stage.CODES
        job = PrintJob(
            title="Feuille à remplir à la main",
            file_name="feuille.pdf",
            render=render_blank_codes if codes else render_blank_phrases,
        )
        self._context.printing.preview(job, self)

    def _begin_work(self) -> None:
        command = rekey_state.command(self.state, new_request())
        self.state = Rekeying(Stage.WORK, self.state.run, self.state.own_user_id, self.state.staying)
        self._show()
        self.work.begin()
        self._ticket = self._context.operations.run(
            LONG,
            _rekey,
            self._context.desk,
            command,
            owner=self,
            done=self._done,
            broken=self._refused,
            problem=self._failed,
            progress=self.work.report,
            stopped=self._stopped,
        )

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.stop()

    def _done(self, done: Done[Rekeyed]) -> None:
        """The desk is closed: nothing but the papers and the lock is left to do."""
        self._changed = True
        self.state = Rekeying(Stage.PAPERS, self.state.run, self.state.own_user_id, self.state.staying)
        self._show()
        self.band.say("Les clés sont changées. Recopiez chaque phrase, puis Antenne va se verrouiller.", "info")
        self.slips.copied.connect(partial(self._note, done.value))
        self.slips.show_papers(done.value.papers)

    def _note(self, rekeyed: Rekeyed, slot_id: str) -> None:
        """That paper is written: what is left when the screen locks can be drawn again, and only that."""
        self._context.operations.run(SHORT, rekeying.note_handed, rekeyed, slot_id, owner=self, done=_noted)

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self._return(" ".join(map(sentences.sentence, violations)))

    def _failed(self, problem: Problem) -> None:
        self._return(problems.sentence(problem))

    def _stopped(self) -> None:
        self._return("Arrêté. Rien n’a été changé\u00a0: les anciennes phrases ouvrent toujours.", "warning")

    def _return(self, sentence: str, tone: str = "danger") -> None:
        self.state = Rekeying(Stage.REVIEW, self.state.run, self.state.own_user_id, self.state.staying)
        self._show()
        self.band.say(sentence, "warning" if tone == "warning" else "danger")

    def _finish(self) -> None:
        if self._changed:
            self.close()

    # --- leaving -----------------------------------------------------------------------------------------------------

    def reject(self) -> None:
        """Échap or « Abandonner »: asked once something would be lost; not at all while the keys move."""
        if self.state.stage is Stage.WORK:
            return
        if self.state.stage is Stage.PAPERS:
            leave = self._context.dialogs.confirm(self, words.PAPERS_LOST, "Verrouiller quand même", danger=True)
        else:
            leave = self._context.dialogs.confirm(self, words.GIVE_UP, "Abandonner", "Continuer", danger=True)
        if leave:
            self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by the lock at once and unasked; by the cross as by Échap. Then lock, if the keys have changed."""
        if event.spontaneous():
            event.ignore()
            self.reject()
            return
        if self._ticket is not None and not self._changed:
            self._ticket.stop()
        event.accept()
        self.done(0)
        if self._changed:
            self._changed = False
            self._lock()


def _noted(_done: None) -> None:
    """Nothing more to do."""


def _rekey(desk: Desk, command: rekeying.Rekey, progress: Progress) -> Done[Rekeyed]:
    """The service, with this computer's own cost."""
    return rekeying.rekey_office(desk, command, None, progress)
