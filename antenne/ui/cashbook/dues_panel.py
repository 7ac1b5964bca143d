"""« Cotisations »: who is late, who is up to date, who is exempt; one woman's dues at the side; the year's batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QTabBar, QVBoxLayout

from antenne.domain.board import Target
from antenne.domain.changes import CASHBOOK, DUES, MEMBERS, SETTINGS, Changes
from antenne.domain.dues import DueKind, DuesRow, LateFigures, Standing
from antenne.domain.rights import Right
from antenne.services import dues_reading
from antenne.services.dues_reading import DuesFilter
from antenne.ui.cashbook.dues_columns import COLUMNS, YIELDING, fetcher
from antenne.ui.cashbook.dues_side import SideCard
from antenne.ui.cashbook.dues_woman import WomanCard
from antenne.ui.cashbook.dues_year import YearCard
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import PageTitle, button
from antenne.ui.kit.exporting import export_list
from antenne.ui.kit.list_parts import ListOrWords, side_area
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import PagedTable
from antenne.wording import dues as words
from antenne.wording import formats

if TYPE_CHECKING:
    from antenne.services.desk import Desk

KEY = "cashbook"
_TABS: tuple[Standing | None, ...] = (Standing.LATE, Standing.UP_TO_DATE, Standing.EXEMPT, None)
_SIDE = 440
_SEARCH_AFTER = 60
_YEARS = 5
ALL = "all"


class DuesPanel(Screen):
    """Targets: an id is a woman; ``late``, ``up_to_date``, ``exempt``, ``all`` a list; ``prepare`` the year's batch."""

    help_key = "cashbook_dues"
    hints = "Entrée\u00a0: encaisser · flèches\u00a0: ses cotisations à droite · Échap\u00a0: fermer"

    def __init__(self, context: Context) -> None:
        """Build the panel; nothing is read before the first visit."""
        super().__init__()
        self.context = context
        self._side: SideCard | None = None
        self.title = PageTitle("Cotisations")
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Listes des cotisations")
        self.tabs.setExpanding(False)
        for standing in _TABS:
            self.tabs.addTab(words.LISTS[standing])
        self.kind = QComboBox()
        self.kind.setAccessibleName("Genre de cotisation")
        self.kind.addItem("Tout", None)
        for kind in DueKind:
            self.kind.addItem(words.KINDS[kind], kind)
        self.year = QComboBox()
        self.year.setAccessibleName("Année")
        self.year.addItem("Toutes les années", None)
        this = context.clock.today().year
        for year in range(this + 1, this - _YEARS, -1):
            self.year.addItem(str(year), year)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Nom ou n°…")
        self.search.setAccessibleName("Chercher dans la liste")
        self.search.setClearButtonEnabled(True)
        self.table = PagedTable(
            context.operations,
            COLUMNS,
            fetcher(context.desk, self.asked),
            "Cotisations",
            memory=context.memory,
            sort_key="name",
        )
        self._empty = ListOrWords(self.table, "coins")
        self._timer = QTimer(self, singleShot=True, interval=_SEARCH_AFTER)
        self._build()
        self._connect()

    @property
    def asked(self) -> DuesFilter:
        """What the list is asked for now."""
        return DuesFilter(
            standing=_TABS[self.tabs.currentIndex()],
            kind=self.kind.currentData(),
            year=self.year.currentData(),
            typed=self.search.text(),
        )

    @property
    def side(self) -> SideCard | None:
        """What stands beside the list, or None."""
        return self._side

    # --- Screen ----------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A list, a woman, or the batch."""
        wanted = {standing.value: number for number, standing in enumerate(_TABS) if standing is not None}
        wanted[ALL] = _TABS.index(None)
        if target.action in wanted:
            self.tabs.setCurrentIndex(wanted[target.action])
        self.refresh()
        if target.id is not None:
            self.show_side(WomanCard(self.context, target.id))
        if target.action == "prepare":
            self.prepare_year()
        elif target.id is None:
            self.table.setFocus()

    def refresh(self) -> None:
        """Read the list, the counts and the side again."""
        self._reload()
        if self._side is not None:
            self._side.read_again()

    def on_changes(self, changes: Changes) -> None:
        """A due, a receipt, a member, a tariff changed."""
        if any(changes.touch(area) for area in (DUES, CASHBOOK, MEMBERS, SETTINGS)) and self.isVisible():
            self.refresh()

    def save(self) -> None:
        """Ctrl+S: what is being filled in beside the list."""
        if self._side is not None:
            self._side.save()

    def escape(self) -> bool:
        """Close what stands beside the list."""
        if self._side is None:
            return False
        self.show_side(None)
        return True

    def prepare_year(self) -> None:
        """« Préparer l’année »."""
        self.show_side(YearCard(self.context))

    def export(self) -> None:
        """Write the list in sight to .xlsx."""
        export_list(self.context, self, "Cotisations", COLUMNS, fetcher(self.context.desk, self.asked))

    def show_side(self, card: SideCard | None) -> None:
        """Show a card in the place of the one before; None closes."""
        if self._side is not None:
            self._place.takeWidget()  # or the button that closes it would be gone under its own click
            self._side.hide()
            self._side.deleteLater()
        self._side = card
        self._place.setVisible(card is not None)
        for number, column in enumerate(COLUMNS):
            self.table.setColumnHidden(number, card is not None and column.key in YIELDING)
        if card is None:
            self.table.setFocus()
            return
        card.finished.connect(self._finished)
        card.gives_way.connect(self._give_way)
        self._place.setWidget(card)
        card.show()
        card.begin()

    # --- Building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4 * t.SPACE)
        left = QVBoxLayout()
        left.setSpacing(3 * t.SPACE)
        left.addWidget(self.title)
        left.addWidget(self.tabs)
        left.addLayout(self._filters())
        left.addWidget(self._empty, 1)
        whole.addLayout(left, 1)
        self._place = side_area(_SIDE)
        whole.addWidget(self._place)
        if self.context.desk.may(Right.EXPORT):
            self.title.add_button(button("Exporter en Excel…", "plain", self.export))
        self.title.add_button(button("Préparer l’année…", "plain", self.prepare_year))

    def _filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * t.SPACE)
        row.addWidget(self.search, 1)
        for box, width in ((self.kind, 170), (self.year, 170)):
            box.setFixedWidth(width)
            row.addWidget(box)
        return row

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._reload)
        self.kind.currentIndexChanged.connect(self._reload)
        self.year.currentIndexChanged.connect(self._reload)
        self.search.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(self._reload)
        self.table.opened.connect(self._collect)
        self.table.picked.connect(self._picked)
        self.table.paged.total_changed.connect(self._show_empty)

    # --- The list --------------------------------------------------------------------------------------------------

    def _reload(self) -> None:
        asked = self.asked
        self.table.reload(fetcher(self.context.desk, asked))
        self.context.operations.run(
            SHORT, _figures, self.context.desk, asked, owner=self, done=self._show_figures, latest=True
        )

    def _show_figures(self, figures: tuple[dict[Standing | None, int], LateFigures]) -> None:
        counts, late = figures
        for number, standing in enumerate(_TABS):
            count = counts[standing]
            said = words.LISTS[standing]
            self.tabs.setTabText(number, f"{said} ({formats.number(count)})" if count else said)
        subtitle = f"{formats.number(late.women)} en retard\u00a0: {formats.amount(late.amount)}" if late.women else ""
        self.title.subtitle.setText(subtitle)

    def _show_empty(self, total: int) -> None:
        nobody = ("Personne de ce nom dans cette liste", "Effacez la recherche, ou changez de liste.")
        self._empty.show_total(total, nobody if self.search.text().strip() else words.EMPTY[self.asked.standing])

    def _collect(self, row: DuesRow) -> None:
        """Entrée: « Encaisser » with her."""
        self.context.navigator.open(Target(KEY, row.person_id, action="collect"))

    def _picked(self, row: DuesRow | None) -> None:
        """Her dues beside the list; a form that is being filled in stays."""
        if row is None or (self._side is not None and not isinstance(self._side, WomanCard)):
            return
        if not isinstance(self._side, WomanCard) or self._side.person_id != row.person_id:
            self.show_side(WomanCard(self.context, row.person_id))

    def _give_way(self, card: SideCard | None) -> None:
        self.show_side(card)

    def _finished(self, sentence: str, changes: Changes) -> None:
        """Say it; a form about a woman gives way to her dues."""
        person_id = _person_of(changes)
        self.show_side(None if person_id is None else WomanCard(self.context, person_id))
        self.context.notify(sentence, "good")
        self.context.broadcast(changes)
        self._reload()


def _person_of(changes: Changes) -> int | None:
    return next((number for area, number in changes.touched if area == MEMBERS), None)


def _figures(desk: Desk, asked: DuesFilter) -> tuple[dict[Standing | None, int], LateFigures]:
    """The counts of the tabs, and who is late."""
    return dues_reading.count_standings(desk, asked), dues_reading.late_figures(desk, asked)
