"""The right card: the backups on the key, and what can be done with one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from antenne.domain.backups import BackupOnKey
from antenne.domain.board import Tone
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.memory import Memory
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.progress_panel import ProgressPanel
from antenne.ui.kit.tables import Table
from antenne.wording import backup as words

_NOTHING = "Aucune sauvegarde ici pour le moment. Celle que vous ferez s’ajoutera à cette liste."

COLUMNS = (
    Column(key="date", title="Date", text=lambda one: words.day(one.made_at), width=0, sortable=False),
    Column(key="size", title="Taille", text=lambda one: words.size(one.size), align="right", width=110, sortable=False),
    Column(
        key="state",
        title="État",
        text=lambda one: words.STATES[one.state][0],
        pill=lambda one: words.STATES[one.state][1],
        width=160,
        sortable=False,
    ),
)


class ListCard(Card):
    """Date, size and state of each backup; Restaurer, Essai, Vérifier."""

    restore_asked = Signal(object)
    trial_asked = Signal(object)
    check_asked = Signal(object)
    stop_asked = Signal()

    def __init__(self, progress: ProgressPanel, memory: Memory, *, may_restore: bool) -> None:
        """Begin empty.

        Args:
            progress: The bar of trials and checks.
            memory: Column widths.
            may_restore: Only the responsable restores over the present base.
        """
        super().__init__("Sauvegardes sur cette clé")
        self._may_restore = may_restore
        self._model = RowsModel(COLUMNS, parent=self)
        self.table = Table(self._model, "Sauvegardes sur cette clé", memory=memory, fit_height=True)
        self.table.picked.connect(lambda _record: self._enable())
        self.table.opened.connect(self.check_asked)
        self._nothing = label(_NOTHING, "muted", wrap=True)
        self.progress = progress
        self.progress.stop_requested.connect(self.stop_asked)
        self.progress.hide()
        self.outcome = label("", "strong", wrap=True)
        self.outcome.hide()
        row = QHBoxLayout()
        row.setSpacing(3 * t.SPACE)
        self.restore_button = button("Restaurer…", "plain", lambda: self.restore_asked.emit(self.table.current()))
        self.trial_button = button("Essai de restauration", "plain", lambda: self._ask(self.trial_asked))
        self.check_button = button("Vérifier", "plain", lambda: self._ask(self.check_asked))
        for made in (self.restore_button, self.trial_button, self.check_button):
            row.addWidget(made)
        row.addStretch(1)
        for piece in (self.table, self._nothing):
            self.body.addWidget(piece)
        self.body.addLayout(row)
        for part in (self.outcome, self.progress):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.show_rows(())

    def show_rows(self, rows: Sequence[BackupOnKey]) -> None:
        """Replace the list; the newest is picked."""
        kept, newest = self.table.current(), self._model.row(0)
        self._model.show_rows(rows)
        self.table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        names = [one.file_name for one in rows]
        same = newest is not None and names[:1] == [newest.file_name]
        place = names.index(kept.file_name) if same and kept is not None and kept.file_name in names else 0
        if not rows:
            self.outcome.hide()
        if rows:
            self.table.setCurrentIndex(self._model.index(place, 0))
        self._enable()

    def set_busy(self, *, busy: bool) -> None:
        """No second work while one runs."""
        self._enable(busy=busy)

    def begin(self, sentence: str) -> None:
        """A trial or a check starts."""
        self.outcome.hide()
        self.progress.begin(sentence)
        self.progress.show()
        self._enable(busy=True)

    def end(self, sentence: str, tone: Tone) -> None:
        """It is over."""
        self.progress.hide()
        self.outcome.setText(sentence)
        self.outcome.setAccessibleName(sentence)
        self.outcome.setStyleSheet(f"color: {t.TONES[tone][0]};")
        self.outcome.setVisible(bool(sentence))
        self._enable()

    def _ask(self, signal: object) -> None:
        record = self.table.current()
        if record is not None:
            signal.emit(record)  # type: ignore[attr-defined]  # a bound signal, which PySide does not type

    def _enable(self, *, busy: bool = False) -> None:
        picked = self.table.current() is not None
        self.restore_button.setEnabled(self._may_restore and not busy)
        self.trial_button.setEnabled(picked and not busy)
        self.check_button.setEnabled(picked and not busy)
        self.restore_button.setToolTip("" if self._may_restore else "La restauration est réservée à la responsable.")
