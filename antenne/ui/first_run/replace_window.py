"""After a recovery code has opened the office: a fresh one is copied and typed back before anything else is shown."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from antenne.base.problems import Problem
from antenne.domain import first_run, recovery
from antenne.domain.first_run import FirstRun, Input, Step
from antenne.domain.passphrases import WordList
from antenne.print.envelopes import render_envelope_sheet
from antenne.services import envelopes, founding
from antenne.services.envelopes import ReplaceCode, UsedCode
from antenne.ui.first_run.codes_page import CodesPage
from antenne.ui.kit import tokens as t
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Page, PageTitle, button, label
from antenne.ui.kit.operations import SHORT, Operations
from antenne.ui.kit.printing import Printing, PrintJob
from antenne.wording import login as wording

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_SENTENCE: Final = (
    "Un code ne sert qu’une fois. Recopiez celui-ci sur une feuille neuve, fermez une nouvelle enveloppe, et détruisez "
    "l’ancienne feuille. Les sauvegardes déjà faites s’ouvrent encore avec l’ancien code."
)


class ReplaceWindow(QWidget):
    """One code, shown once and typed back.

    Signals:
        closed: Closed before the end: the code that was used is still the right one.
    """

    closed = Signal()

    def __init__(
        self,
        desk: Desk,
        used: UsedCode,
        operations: Operations,
        printing: Printing,
        replaced: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        """Draw a fresh code and show it.

        Args:
            desk: Opened with the used code.
            used: From ``services.envelopes.used_code``.
            operations: The lanes.
            printing: For the sheet to fill in.
            replaced: Called once the fresh code is the one that opens.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._desk = desk
        self._used = used
        self._operations = operations
        self._printing = printing
        self._replaced = replaced
        self._done = False
        self._request = secrets.token_hex(16)
        self._start = first_run.KINDS.index(used.kind)
        self._state = self._draw()
        self.page = CodesPage(wording.violation_words)
        self._band = Band()
        self._next = button("", "primary", self.page.forward)
        self._lay_out()
        self.page.given.connect(self._take)
        self.page.buttons_changed.connect(self._show_buttons)
        self.page.code_asked.connect(lambda: self._take(founding.new_code()))
        self.page.sheet_asked.connect(self._print_sheet)
        self.page.show_state(self._state)
        self._next.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing secret stays on the page."""
        self.page.forget()
        super().closeEvent(event)
        if not self._done:
            self.closed.emit()

    def _draw(self) -> FirstRun:
        drawn = [recovery.encode(secrets.randbits(recovery.BITS), kind) for kind in first_run.KINDS]
        return FirstRun(Step.CODES, "", (drawn[0], drawn[1]), codes_done=self._start)

    def _lay_out(self) -> None:
        self.setWindowTitle("Antenne")
        self.resize(1366, 768)
        self.setMinimumSize(640, 440)
        scroll = Page()
        scroll.body.setContentsMargins(48, 32, 48, 16)
        scroll.body.addWidget(PageTitle("Une enveloppe neuve"))
        scroll.body.addWidget(label(_SENTENCE, "muted", wrap=True))
        scroll.body.addWidget(self._band)
        scroll.body.addWidget(self.page, 1)
        foot = QFrame()
        foot.setObjectName("wizardFoot")
        foot.setStyleSheet(f"#wizardFoot {{ background: {t.FOOT}; border: none; border-top: 1px solid {t.LINE}; }}")
        row = QHBoxLayout(foot)
        row.setContentsMargins(48, 12, 48, 12)
        row.addStretch(1)
        row.addWidget(self._next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(foot)

    def _show_buttons(self) -> None:
        self._next.setText(self.page.next_label)

    def _take(self, given: Input) -> None:
        outcome = founding.advance(self._state, given, WordList.of(()))
        if isinstance(outcome, tuple):
            self.page.refuse(outcome)
        elif outcome.codes_done > self._start:
            self._replace(outcome)
        else:
            self._state = outcome
            self.page.show_state(outcome)

    def _replace(self, state: FirstRun) -> None:
        self._next.setEnabled(False)
        command = ReplaceCode(request_id=self._request, slot_id=self._used.slot_id, code=state.codes[self._start])
        self._operations.run(
            SHORT, envelopes.replace_code, self._desk, command, owner=self, done=self._finished, problem=self._failed
        )

    def _finished(self, _done: object) -> None:
        self._done = True
        self.page.forget()
        self._replaced()

    def _failed(self, problem: Problem) -> None:
        """The old code still opens: say why, and let her try again."""
        self._next.setEnabled(True)
        self._band.say(wording.sentence(problem), "danger")

    def _print_sheet(self, number: int) -> None:
        title = f"Feuille à remplir, enveloppe {number}"
        name = f"enveloppe-{number}.pdf"
        job = PrintJob(title=title, file_name=name, render=render_envelope_sheet, args=(number,))
        self._printing.preview(job, self).show()
