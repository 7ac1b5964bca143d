"""The tab « Historique »: every change, old → new, who and when."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antenne.domain.audit import HistoryLine
from antenne.domain.rights import Right
from antenne.services import members_reading
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.exporting import export_list
from antenne.ui.kit.models import Column, PageOfRows
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import rows_table
from antenne.wording import formats
from antenne.wording.history import action
from antenne.wording.members import PURPOSES


class HistoryTab(QWidget):
    """One line a change of a field."""

    def __init__(self, context: Context) -> None:
        """Begin empty."""
        super().__init__()
        self._context = context
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._shown: QWidget | None = None

    def show_person(self, person_id: int) -> None:
        """Read her changes."""
        self._context.operations.run(
            SHORT, members_reading.history, self._context.desk, person_id, owner=self, done=self._show, latest=True
        )

    def _show(self, lines: tuple[HistoryLine, ...]) -> None:
        if self._shown is not None:
            self._column.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        card = Card()
        card.body.setSpacing(2 * t.SPACE)
        rows = [row for line in lines for row in _rows(line)]
        if rows:
            card.body.addWidget(rows_table(_COLUMNS, rows, "Historique"))
            if self._context.desk.may(Right.EXPORT):
                export = button("Exporter en Excel…", "link", partial(self._export, rows))
                card.body.addWidget(export, 0, Qt.AlignmentFlag.AlignRight)
        else:
            card.body.addWidget(label("Rien n’a encore été changé.", "muted"))
        self._column.addWidget(card)
        self._shown = card

    def _export(self, rows: list[tuple[str, str, str, str, str]]) -> None:
        def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> PageOfRows:
            return PageOfRows(tuple(rows[offset : offset + limit]), len(rows))

        export_list(self._context, self, "Historique", _COLUMNS, fetch)


def _rows(line: HistoryLine) -> list[tuple[str, str, str, str, str]]:
    when, what = formats.moment(line.at), action(line.action)
    if line.erased:
        return [(when, line.actor, what, "valeurs effacées à sa demande", "")]
    if not line.changes:
        return [(when, line.actor, what, "", "")]
    names = {purpose.value: words for purpose, words in PURPOSES.items()}
    return [
        (
            when if position == 0 else "",
            line.actor if position == 0 else "",
            what if position == 0 else "",
            names.get(change.field, change.field),
            f"{change.old} → {change.new}" if change.old else change.new,
        )
        for position, change in enumerate(line.changes)
    ]


_COLUMNS = (
    Column(key="when", title="Quand", text=lambda row: row[0], width=150, sortable=False, muted=True),
    Column(key="who", title="Qui", text=lambda row: row[1], width=110, sortable=False),
    Column(key="what", title="Quoi", text=lambda row: row[2], width=150, sortable=False),
    Column(key="field", title="Champ", text=lambda row: row[3], width=150, sortable=False),
    Column(key="change", title="Avant, après", text=lambda row: row[4], width=0, sortable=False),
)
