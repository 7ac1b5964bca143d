"""« Lectures », for the responsable: who opened which record, and when."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from antenne.domain.board import Target
from antenne.domain.sealed_kinds import Reading
from antenne.services import reading_log
from antenne.services.compartment import opened, record_key
from antenne.services.desk import Desk
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import PageTitle, label
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import Table
from antenne.ui.listening.record_places import sealed_place
from antenne.wording import formats
from antenne.wording import her_rights as words

_MOST = 2_000
_NAMES = {
    "listening": "écoute",
    "incident": "incident",
    "minor": "mineure",
    "hiv_test": "test VIH",
    "sti_test": "test IST",
    "consultation": "consultation",
    "health_booklet": "carnet de santé",
    "legal_aid": "aide juridique",
    "material_aid": "aide matérielle",
    "attendance": "liste de présence",
    "outing": "sortie",
    "colleague_alert": "alerte",
    "deposit": "note déposée",
}


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One reading, with what was read."""

    reading: Reading
    kind: str
    number: str


def read_log(desk: Desk) -> tuple[ReadLine, ...]:
    """The latest readings; a record that was erased keeps its lines.

    Raises:
        Forbidden: Not the responsable.
    """
    lines = []
    for one in reading_log.readings(desk)[:_MOST]:
        found = opened(desk).get(record_key(one.record))
        kind = "" if found is None else str(found.payload.get("kind", ""))
        number = "" if found is None else str(found.payload.get("number", ""))
        lines.append(ReadLine(one, kind, number))
    return tuple(lines)


def _what(kind: str) -> str:
    """What was read; a record that is gone has no kind."""
    return _NAMES.get(kind) or (words.kind(kind).lower() if kind else "fiche effacée")


_COLUMNS = (
    Column(key="at", title="Quand", text=lambda one: formats.moment(one.reading.at), width=170),
    Column(key="user", title="Qui a lu", text=lambda one: one.reading.user, width=200),
    Column(key="kind", title="Quoi", text=lambda one: _what(one.kind), width=180),
    Column(key="number", title="N°", text=lambda one: one.number, width=0),
)


class ReadingsPanel(Screen):
    """A list; Entrée opens the record (and that is noted too)."""

    help_key = "listening"

    def __init__(self, context: Context) -> None:
        """Build; the first visit reads."""
        super().__init__()
        self._context = context
        self.title = PageTitle("Journal des lectures")
        self.table = Table(RowsModel(_COLUMNS, parent=self), "Journal des lectures", memory=context.memory)
        self.table.opened.connect(self._open)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(self.title)
        whole.addWidget(label("Chaque ouverture d’une fiche confidentielle s’inscrit ici, la vôtre aussi.", "muted"))
        whole.addWidget(self.table, 1)

    def open(self, target: Target) -> None:  # noqa: ARG002 - the panel has one view
        """Read the log."""
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read again."""
        self._context.operations.run(SHORT, read_log, self._context.desk, owner=self, done=self._show, latest=True)

    def _show(self, rows: tuple[ReadLine, ...]) -> None:
        self.table.rows.show_rows(rows)
        self.title.subtitle.setText(formats.plural(len(rows), "lecture", "lectures"))

    def _open(self, one: ReadLine) -> None:
        place = sealed_place(one.kind, one.reading.record)
        if place is not None:
            self._context.navigator.open(place)
