"""Who she may already be, side by side with what is typed; a suggestion, never a merge."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout

from antenne.domain.duplicates import Suspect
from antenne.services import members_reading
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.ui.members import words
from antenne.wording import formats
from antenne.wording.members import REASONS

_AFTER_MS = 250
_SHOWN = 3


class DuplicatesBand(Card):
    """Asks while she types, and shows at most three women on file."""

    opened = Signal(int)

    def __init__(self, context: Context, view: FormView) -> None:
        """Watch ``view``."""
        super().__init__("Peut-être déjà au fichier", pill=" ", tone="warning", role="card")
        self._context = context
        self._view = view
        self._own = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4 * t.SPACE)
        self._grid.setVerticalSpacing(t.SPACE)
        holder = QVBoxLayout()
        holder.addLayout(self._grid)
        self.body.addLayout(holder)
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self._ask)
        view.changed.connect(self._timer.start)
        self.hide()

    def begin(self, own_id: int) -> None:
        """Another record is shown."""
        self._own = own_id
        self._timer.stop()
        self.hide()

    def _ask(self) -> None:
        self._context.operations.run(
            SHORT,
            members_reading.suggest_duplicates,
            self._context.desk,
            self._view.answers(),
            self._own,
            owner=self,
            done=self._show,
            latest=True,
        )

    def _show(self, suspects: tuple[Suspect, ...]) -> None:
        while self._grid.count():
            item = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.setVisible(bool(suspects))
        self.pill.show_word(formats.plural(len(suspects), "personne", "personnes"), "warning")
        for row, suspect in enumerate(suspects[:_SHOWN]):
            self._line(row, suspect)

    def _line(self, row: int, suspect: Suspect) -> None:
        person = suspect.person
        name: QLabel = label(words.listed(person.last_name, person.first_name), "strong")
        about = label(words.about(person, self._context.clock.today()), "muted", wrap=True)
        why = label(", ".join(REASONS[reason] for reason in suspect.reasons), "hint", wrap=True)
        look = button("Ouvrir sa fiche", "plain", partial(self.opened.emit, person.id))
        look.setAccessibleName(f"Ouvrir la fiche de {person.first_name} {person.last_name}")
        for position, widget in enumerate((name, about, why, look)):
            self._grid.addWidget(widget, row, position)
        self._grid.setColumnStretch(1, 2)
        self._grid.setColumnStretch(2, 1)
