"""The closed day: what was counted, the code of its sheet, the backup that goes with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from antenne.base.media import Media
from antenne.base.problems import Problem
from antenne.domain.cashbook import Closing
from antenne.domain.changes import Done
from antenne.services import cash_days
from antenne.services.backup import BackupReport
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.operations import LONG
from antenne.wording import backup as backup_words
from antenne.wording import cashbook as words
from antenne.wording import formats, problems

_HINT = "Imprimez la feuille, faites-la signer et classez-la\u00a0: son code prouve plus tard que rien n’a changé."


class DoneCard(Card):
    """Says it and offers the sheet; ``left`` asks to go back to the caisse."""

    left = Signal()

    def __init__(self, context: Context, media: Media, print_sheet: Callable[[], object]) -> None:
        """Build it empty.

        Args:
            context: Of the screen.
            media: Where the key for the backup is looked for.
            print_sheet: Shows the sheet.
        """
        super().__init__("La journée est clôturée")
        self._context = context
        self._media = media
        self.said = label("", "", wrap=True)
        self.code = label("", "heading")
        self.backup = label("", "muted", wrap=True)
        self.print_button = button("Imprimer la feuille…", "primary", print_sheet, icon_name="printer")
        self.leave_button = button("Terminé", "plain", self.left.emit)
        for piece in (self.said, self.code, label(_HINT, "muted", wrap=True), self.backup):
            self.body.addWidget(piece)
        row = QHBoxLayout()
        row.setSpacing(2 * t.SPACE)
        row.addStretch(1)
        row.addWidget(self.leave_button)
        row.addWidget(self.print_button)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def show_closed(self, day: dt.date, cash: Closing) -> None:
        """The day, what the caisse held, and the code of the sheet."""
        counted = f"{formats.amount(cash.counted)} en caisse, {words.gap_word(cash.gap)}"
        self.said.setText(f"Journée du {formats.long_day(day)}\u00a0: {counted}.")
        self.code.setText(f"Code de la feuille\u00a0: {cash.anchor.code}")
        self.backup.setText("")

    def back_up(self, _result: int = 0) -> None:
        """Once the preview is closed: the long lane is then free, and the key is read in her back."""
        self.backup.setText("Recherche d’une clé connue pour la sauvegarde…")
        self._context.operations.run(
            LONG,
            cash_days.back_up_closing,
            self._context.desk,
            self._media,
            owner=self,
            done=self._backed_up,
            problem=self._not_backed_up,
            progress=self._report,
            stopped=partial(self.backup.setText, "Sauvegarde arrêtée. La clôture, elle, est faite."),
        )

    def _report(self, step: str, done: int, total: int) -> None:
        if step in backup_words.DONE:
            share = f" {100 * done // total}\u00a0%" if total else ""
            self.backup.setText(f"Sauvegarde\u00a0: {backup_words.STEPS[step]}{share}")

    def _backed_up(self, done: Done[BackupReport] | None) -> None:
        if done is None:
            self.backup.setText("Pas de clé connue branchée\u00a0: pas de sauvegarde cette fois (Sauvegarde USB).")
            return
        said = backup_words.closing(done.value.file)
        self.backup.setText(said)
        self._context.broadcast(done.changes)
        if not self.isVisible():
            self._context.notify(said, "good")

    def _not_backed_up(self, problem: Problem) -> None:
        said = f"La clôture est faite, mais pas la sauvegarde. {problems.sentence(problem)}"
        self.backup.setText(said)
        self._context.notify(said, "warning")
