"""« Bilan »: success, delay, cost and free share by démarche and by place; children without an act, by class."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.civil_overview import ClassCount, GroupFigures, Overview
from antenne.services import civil_reading
from antenne.services.desk import Desk
from antenne.ui.civil.board_words import KEY, percent
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, Page, label
from antenne.ui.kit.exporting import export_list
from antenne.ui.kit.models import Column, PageOfRows
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import Table, rows_table
from antenne.wording import formats

_YEARS = 6
_NARROW = 420


def _figure(value: int) -> str:
    return formats.number(value) if value else "—"


def figure_columns(name: str, said: Callable[[str], str]) -> tuple[Column, ...]:
    """One line a group; ``said`` names it."""

    def right(key: str, title: str, text: Callable[[GroupFigures], str], width: int) -> Column:
        return Column(key=key, title=title, text=text, align="right", width=width, sortable=False)

    return (
        Column(
            key="group", title=name, text=lambda row: said(row.group), width=0, sortable=False,
            strong=lambda row: row.group == _TOTAL,
        ),
        right("opened", "Ouverts", lambda row: _figure(row.opened), 84),
        right("received", "Reçus", lambda row: _figure(row.received), 76),
        right("handed", "Remis / finis", lambda row: f"{row.handed} / {row.ended}" if row.ended else "—", 118),
        right("success", "Réussite", lambda row: percent(row.success), 92),
        right("days", "Durée médiane", lambda row: "—" if row.days is None else f"{row.days}\u00a0j", 134),
        right("she", "Elle (moy.)", lambda row: _figure(row.she), 104),
        right("project", "Projet (moy.)", lambda row: _figure(row.project), 118),
        right("free", "Gratuits", lambda row: percent(row.free_share), 90),
    )  # fmt: skip


_TOTAL = "\u0000total"
_CLASS = (
    Column(key="class", title="Classe", text=lambda row: row[0], width=0, sortable=False),
    Column(
        key="count", title="Enfants", text=lambda row: formats.number(row[1]), align="right", width=80, sortable=False
    ),
)


class OverviewPage(Page):
    """The overview of one year."""

    read = Signal()

    def __init__(self, context: Context) -> None:
        """Build the cards, empty."""
        super().__init__()
        self._context = context
        self._routes: dict[str, str] = {}
        self._found: Overview | None = None
        self.year = QComboBox()
        self.year.setAccessibleName("Année")
        this = context.clock.today().year
        for year in range(this, this - _YEARS, -1):
            self.year.addItem(str(year), year)
        self.body.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(label("Année", "label"))
        head.addWidget(self.year)
        head.addWidget(
            label("Montants en FCFA, pour un papier reçu. Durée\u00a0: de l’ouverture à la réception.", "muted")
        )
        head.addStretch(1)
        self.body.addLayout(head)
        self.routes = rows_table(figure_columns("Démarche", self._route_words), (), "Bilan par démarche")
        self.places = rows_table(figure_columns("Lieu", self._place_words), (), "Bilan par lieu")
        self.classes = rows_table(_CLASS, (), "Enfants sans acte, par classe")
        self.exam = label("", "muted", wrap=True)
        self._card("Par démarche", self.routes)
        self._card("Par tribunal ou mairie", self.places)
        children = self._made("Enfants sans acte", self.classes, self.exam)
        children.setMaximumWidth(_NARROW)
        self.body.addWidget(children)
        self.body.addStretch(1)
        self.year.currentIndexChanged.connect(self.reload)
        self.classes.opened.connect(self._open_class)

    def reload(self) -> None:
        """Read the year in sight."""
        year = self.year.currentData()
        self._context.operations.run(
            SHORT, _read, self._context.desk, dt.date(year, 1, 1), dt.date(year, 12, 31), owner=self, done=self._show,
            latest=True,
        )  # fmt: skip

    def _show(self, answer: tuple[Overview, dict[str, str]]) -> None:
        found, self._routes = answer
        whole = _as_total(found.whole)
        self.routes.rows.show_rows((*found.routes, whole))
        self.places.rows.show_rows((*found.places, whole))
        self._found = found
        self.classes.rows.show_rows(tuple(self._class_words(one) for one in found.classes))
        many = sum(one.count for one in found.classes)
        self.exam.setText(
            f"{formats.plural(many, 'enfant attend', 'enfants attendent')} un acte. Inscription aux examens jusqu’au "
            f"{formats.long_day(found.exam_on)}. Entrée sur une classe\u00a0: leurs noms."
        )
        self.read.emit()

    def _route_words(self, group: str) -> str:
        return "Ensemble" if group == _TOTAL else self._routes.get(group, group)

    def _place_words(self, group: str) -> str:
        if group == _TOTAL:
            return "Ensemble"
        return self._context.desk.settings.label("civil_places", group) if group else "sans lieu"

    def _class_words(self, one: ClassCount) -> tuple[str, int, str]:
        return self._context.desk.settings.label("school_classes", one.school_class), one.count, one.school_class

    def _open_class(self, row: tuple[str, int, str]) -> None:
        """The children of that class, by name."""
        self._context.navigator.open(Target(KEY, action=f"board/list/children/{row[2]}"))

    def export(self) -> None:
        """Write both tables to .xlsx, the places under the démarches."""
        found = self._found
        if found is None:
            return
        groups = [(self._route_words, one) for one in (*found.routes, _as_total(found.whole))]
        groups += [(self._place_words, one) for one in found.places]
        lines = tuple((said(one.group), one) for said, one in groups)
        first = Column(key="group", title="Démarche, puis lieu", text=lambda line: line[0], width=0, sortable=False)
        others = (replace(one, text=partial(_second, one.text)) for one in figure_columns("", str)[1:])

        def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> PageOfRows:
            return PageOfRows(lines[offset : offset + limit], len(lines))

        export_list(self._context, self, f"Bilan {self.year.currentText()}", (first, *others), fetch)

    def _card(self, title: str, table: Table) -> None:
        self.body.addWidget(self._made(title, table))

    @staticmethod
    def _made(title: str, table: Table, *more: QWidget) -> Card:
        card = Card(title)
        card.body.addWidget(table)
        for one in more:
            card.body.addWidget(one)
        stretch = QVBoxLayout()
        stretch.addStretch(1)
        card.body.addLayout(stretch)
        return card


def _second(text: Callable[[GroupFigures], str], line: tuple[str, GroupFigures]) -> str:
    return text(line[1])


def _as_total(whole: GroupFigures) -> GroupFigures:
    return replace(whole, group=_TOTAL)


def _read(desk: Desk, first: dt.date, last: dt.date) -> tuple[Overview, dict[str, str]]:
    """The overview and the names of the démarches."""
    routes = {option.code: option.label for option in civil_reading.choices(desk).routes}
    return civil_reading.overview(desk, first, last), routes
