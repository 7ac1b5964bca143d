"""« Historique » of a file: every change, old → new, who and when."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from antenne.domain.audit import HistoryLine
from antenne.services import civil_lookup
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import Table
from antenne.wording import civil as words
from antenne.wording import formats

_Row = tuple[str, str, str, str, str]

_COLUMNS = (
    Column(key="when", title="Quand", text=lambda row: row[0], width=150, sortable=False, muted=True),
    Column(key="who", title="Qui", text=lambda row: row[1], width=110, sortable=False),
    Column(key="what", title="Quoi", text=lambda row: row[2], width=150, sortable=False),
    Column(key="field", title="Sur quoi", text=lambda row: row[3], width=190, sortable=False),
    Column(key="change", title="Avant, après", text=lambda row: row[4], width=0, sortable=False),
)


class HistoryCard(Card):
    """One line a change."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__("Historique", parent=parent)
        self._context = context
        self._model = RowsModel(_COLUMNS, parent=self)
        self.table = Table(self._model, "Historique du dossier", memory=context.memory)
        self.body.addWidget(self.table, 1)

    def show_file(self, file_id: int) -> None:
        """Read its changes."""
        self._context.operations.run(
            SHORT, civil_lookup.history, self._context.desk, file_id, owner=self, done=self._show, latest=True
        )

    def _show(self, lines: tuple[HistoryLine, ...]) -> None:
        self._model.show_rows([row for line in lines for row in _rows(line)])


def _rows(line: HistoryLine) -> list[_Row]:
    head = (formats.moment(line.at), line.actor, words.HISTORY.get(line.action, line.action))
    if not line.changes:
        return [(*head, "", "")]
    return [
        (
            *(head if place == 0 else ("", "", "")),
            words.FIELDS.get(one.field, one.field),
            f"{_value(one.old)} → {_value(one.new)}" if one.old else _value(one.new),
        )
        for place, one in enumerate(line.changes)
    ]


def _value(code: str) -> str:
    """A step's or an answer's words where a code was kept."""
    return _CODES.get(code, code)


_CODES = {
    **{step.value: said for step, said in words.STEPS_OF_FILES.items()},
    **{one.value: said for one, said in words.SEXES.items()},
    **{one.value: said for one, said in words.FATHERS.items()},
    **{one.value: said for one, said in words.BENEFICIARIES.items()},
}
