"""Possible duplicates: the row of the register beside the woman it may be, and her decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain.board import Tone
from antenne.domain.imports import Decision, ReportRow
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, Page, button
from antenne.ui.kit.comparison import Comparison
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.tables import Table
from antenne.wording import imports as words
from antenne.wording.members import side_by_side

_DECIDED: dict[Decision | None, tuple[str, Tone]] = {
    None: ("À décider", "warning"),
    Decision.SKIP: ("Pas ajoutée", "neutral"),
    Decision.ADD: ("Ajoutée", "good"),
}


class TwinsPanel(QWidget):
    """A list at the left, the two side by side at the right, two buttons under them."""

    decided = Signal(int, object)
    """Line and :class:`Decision`."""
    skip_all_asked = Signal()

    def __init__(self, context: Context) -> None:
        """Begin empty."""
        super().__init__()
        self._decisions: dict[int, Decision] = {}
        self._model = RowsModel(
            (
                Column(key="line", title="Ligne", text=lambda row: str(row.line), align="right", width=64),
                Column(key="name", title="Nom", text=words.row_words, width=0, strong=lambda _row: True),
                Column(key="decision", title="", text=self._decision, width=116, pill=self._tone),
            )
        )
        self.table = Table(self._model, "Doublons possibles", memory=context.memory)
        self._model.setParent(self.table)
        self.table.picked.connect(self._show)
        self.table.opened.connect(self._stand)
        self._card = Card("La même femme\u00a0?", role="focus")
        self._grid = Comparison()
        page = Page()
        page.body.setContentsMargins(0, 0, t.SPACE, 0)
        page.body.addLayout(self._grid)
        page.body.addStretch(1)
        self._card.body.addWidget(page, 1)
        self.skip_button = button("C’est elle\u00a0: ne pas ajouter", "plain", self._skip)
        self.add_button = button("C’en est une autre\u00a0: ajouter", "primary", self._add)
        row = QHBoxLayout()
        row.addWidget(self.skip_button)
        row.addWidget(self.add_button)
        self._card.body.addLayout(row)
        self.skip_all_button = button("N’ajouter aucune de celles qui restent", "link", self.skip_all_asked.emit)
        left = QVBoxLayout()
        left.addWidget(self.table, 1)
        left.addWidget(self.skip_all_button)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 2 * t.SPACE, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        whole.addLayout(left, 4)
        whole.addWidget(self._card, 5)

    def show_rows(self, rows: Sequence[ReportRow], decisions: Mapping[int, Decision]) -> None:
        """Show these rows and what was decided."""
        self._decisions = dict(decisions)
        self._model.show_rows(rows)
        if rows:
            self.table.setCurrentIndex(self._model.index(0, 0))
        self._show(self.table.current())

    def show_decisions(self, decisions: Mapping[int, Decision]) -> None:
        """Show what was decided, the place kept."""
        self._decisions = dict(decisions)
        self.table.viewport().update()
        self._settle()

    def begin(self) -> None:
        """Stand on the first that waits."""
        self._next()
        self.table.setFocus()

    def _decision(self, row: ReportRow) -> str:
        return _DECIDED[self._decisions.get(row.line)][0]

    def _tone(self, row: ReportRow) -> Tone:
        return _DECIDED[self._decisions.get(row.line)][1]

    def _skip(self) -> None:
        self._decide(Decision.SKIP)

    def _add(self) -> None:
        self._decide(Decision.ADD)

    def _decide(self, decision: Decision) -> None:
        row = self.table.current()
        if row is None:
            return
        self.show_decisions({**self._decisions, row.line: decision})
        self.decided.emit(row.line, decision)
        self._next()

    def _next(self) -> None:
        """The next one that waits, from the current row on."""
        count = self._model.rowCount()
        start = max(self.table.currentIndex().row(), 0)
        for step in range(count):
            row = self._model.row((start + step) % count)
            if row is not None and row.line not in self._decisions:
                self.table.setCurrentIndex(self._model.index((start + step) % count, 0))
                return

    def _stand(self, _row: object) -> None:
        """Entrée on a line leads to its answer."""
        self.skip_button.setFocus()

    def _settle(self) -> None:
        rows = [self._model.row(number) for number in range(self._model.rowCount())]
        waiting = any(row is not None and row.line not in self._decisions for row in rows)
        self.skip_all_button.setVisible(waiting)

    def _show(self, row: object) -> None:
        """The row of the register beside whom it may be."""
        self._grid.clear()
        for control in (self.skip_button, self.add_button):
            control.setEnabled(isinstance(row, ReportRow))
        self._settle()
        if not isinstance(row, ReportRow) or row.person is None:
            return
        people = [row.person, *(twin.person for twin in row.twins)]
        heads = [f"Registre, ligne {row.line}", *(words.twin_words(twin) for twin in row.twins)]
        self._grid.compare(heads, side_by_side(people))
