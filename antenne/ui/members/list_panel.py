"""The list at the left: a search that answers each key, filters, two lines a person."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from antenne.domain.persons import PersonRow
from antenne.domain.rights import Right
from antenne.services import members_lists
from antenne.services.desk import Desk
from antenne.services.members_lists import Figures, Which
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import button, label
from antenne.ui.kit.models import Fetch, PagedModel, PageOfRows
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.person_list import PersonList, TwoLines, line_column
from antenne.ui.kit.pills import Pill
from antenne.ui.members import words
from antenne.wording import formats

WIDTH = 324
_FILTERS = (
    (Which.ALL, "Toutes"),
    (Which.UP_TO_DATE, "À jour"),
    (Which.EXPIRED, "Expirées"),
    (Which.LEFT, "Parties"),
    (Which.OTHERS, "Autres"),
)
_MOST = 1000


def fetcher(desk: Desk, typed: str, which: Which) -> Fetch:
    """The query of the list, run on the short lane."""

    def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> PageOfRows:
        found = members_lists.list_persons(desk, typed, which, offset, limit)
        return PageOfRows(found.rows, found.total)

    return fetch


class ListPanel(QWidget):
    """Search, filters, list. ``opened``: Entrée; ``picked``: the row in sight; ``new_asked``: « + Nouvelle »."""

    opened = Signal(int)
    picked = Signal(int)
    new_asked = Signal()
    export_asked = Signal()
    import_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build; nothing is read before :meth:`reload`."""
        super().__init__(parent)
        self._context = context
        self._which = Which.ALL
        self._asked_anew = False
        self.setFixedWidth(WIDTH)
        self.count = Pill()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Nom, n°, téléphone…")
        self.search.setAccessibleName("Chercher une adhérente")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._typed)
        self.search.installEventFilter(self)
        self.model = PagedModel(
            context.operations, (line_column(self._line),), fetcher(context.desk, "", Which.ALL), self
        )
        self.model.total_changed.connect(self._counted)
        self.model.total_changed.connect(self._mark)
        self.list = PersonList(self.model, self._line, "Adhérentes")
        self.list.opened.connect(self._open)
        self.list.picked.connect(self._pick)
        self.foot = label("", "hint")
        self._chips: dict[Which, QPushButton] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(3 * t.SPACE)
        head.addWidget(label("Adhérentes", "title"))
        head.addWidget(self.count)
        head.addStretch(1)
        self.new = button("+ Nouvelle", "primary", self.new_asked.emit)
        if not self._context.desk.may(Right.WRITE_PERSONS):
            self.new.hide()  # never shown before it stands in the window: it would be a window of its own
        head.addWidget(self.new)
        chips = QHBoxLayout()
        chips.setSpacing(t.SPACE)
        for which, text in _FILTERS:
            chip = button(text, "link", partial(self._filter, which))
            chip.setCheckable(True)
            chip.setChecked(which is self._which)
            chips.addWidget(chip)
            self._chips[which] = chip
        chips.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.foot, 1)
        self.bring_in = button("Importer", "link", self.import_asked.emit)
        self.bring_in.setAccessibleName("Importer un registre Excel")
        if not self._context.desk.may(Right.IMPORT):
            self.bring_in.hide()
        foot.addWidget(self.bring_in)
        self.export = button("Exporter", "link", self.export_asked.emit)
        self.export.setAccessibleName("Exporter la liste en .xlsx")
        if not self._context.desk.may(Right.EXPORT):
            self.export.hide()
        foot.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * t.SPACE)
        column.addLayout(head)
        column.addWidget(self.search)
        column.addLayout(chips)
        column.addWidget(self.list, 1)
        column.addLayout(foot)

    def count_again(self) -> None:
        """How many members there are, beside the title."""
        self._context.operations.run(
            SHORT, members_lists.count_members, self._context.desk, owner=self, done=self._show_count, latest=True
        )

    def _show_count(self, figures: Figures) -> None:
        self.count.show_word(formats.number(figures.members), "neutral")

    def reload(self) -> None:
        """Read the list again with what is typed."""
        self.model.reload(fetcher(self._context.desk, self.search.text(), self._which))

    def shown_ids(self) -> tuple[str, Which]:
        """What the list shows: the typed words and the filter."""
        return self.search.text(), self._which

    def _line(self, row: PersonRow) -> TwoLines:
        pill, tone = words.row_pill(row, self._context.clock.today())
        return TwoLines(words.row_title(row), words.row_subtitle(row), pill, tone)

    def _typed(self, _text: str) -> None:
        self._asked_anew = True
        self.reload()

    def _filter(self, which: Which) -> None:
        self._which = which
        for one, chip in self._chips.items():
            chip.setChecked(one is which)
        self.reload()

    def _mark(self, _total: int) -> None:
        """The rows of what is typed are here; marking those of the key before would paint every key twice."""
        self.list.show_typed(self.search.text())

    def _counted(self, total: int) -> None:
        many = bool(self.search.text().strip()) and total >= _MOST
        self.foot.setText(f"Plus de {formats.number(_MOST)} résultats" if many else self._said(total))
        if self._asked_anew and self.search.text():
            self._asked_anew = False
            self.list.setCurrentIndex(QModelIndex())  # the same place may hold another woman now
            self.list.setCurrentIndex(self.model.index(0, 0) if total else QModelIndex())

    def _said(self, total: int) -> str:
        if total == 0:
            return "Aucun résultat. Essayez deux lettres du prénom, ou le numéro."
        if not self.search.text().strip() and self._which is Which.ALL:
            return formats.plural(total, "fiche", "fiches")
        return formats.plural(total, "résultat", "résultats")

    def _open(self, row: PersonRow) -> None:
        self.opened.emit(row.id)

    def _pick(self, row: PersonRow | None) -> None:
        if row is not None:
            self.picked.emit(row.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Entrée in the search belong to the list."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self.list.step(step)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                row = self.list.current()
                if row is not None:
                    self._open(row)
                return True
        return super().eventFilter(watched, event)
