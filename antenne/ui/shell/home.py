"""The home page: what is to do, and the month. Every line opens its record at the right field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import ClassVar

from PySide6.QtCore import QDate, QLocale
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from antenne.domain.board import Action, Board, MonthLine, Target, Tile, TodoLine, Tone, Urgency, due_words
from antenne.domain.changes import Changes
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Area, Context, Screen
from antenne.ui.kit.cards import Card, EmptyState, Page, PageTitle, TileCard, button
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import Table
from antenne.ui.shell.board import allowed_actions, load_board

_TILE_WIDTH = 230
_SIDE_BY_SIDE = 1000
"""Pixels from which the two cards stand beside each other."""

_FILTERS: tuple[tuple[str, Callable[[TodoLine, dt.date], bool]], ...] = (
    ("Tout", lambda _line, _today: True),
    ("Aujourd’hui", lambda line, today: line.due == today),
    ("En retard", lambda line, _today: line.urgency is Urgency.LATE),
)


_MOST = 4
"""Buttons beside the day: what is begun most; Ctrl+K finds everything else."""
_WHAT = 1
"""The second column of what is to be done."""


class HomeScreen(Screen):
    """« À faire », « Ce mois-ci », a figure or two, and the first actions of the day."""

    help_key: ClassVar[str] = "home"
    hints: ClassVar[str] = (
        "Entrée : ouvrir · Ctrl+N : nouveau · Ctrl+K : chercher · Ctrl+B : soldes · F1 : aide · F12 : masquer l’écran"
    )

    def __init__(self, context: Context, areas: Sequence[Area], parent: QWidget | None = None) -> None:
        """Make the page empty; the first visit fills it."""
        super().__init__(parent)
        self._context = context
        self._areas = tuple(areas)
        self._board = Board()
        self._filter = 0
        self._shown = False
        self._tiles: list[TileCard] = []
        page = Page(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)
        self._title = PageTitle(long_date(context.clock.today()))
        self._actions = self._home_actions()
        self._buttons = [self._action_button(action) for action in self._actions]
        for made in self._buttons:
            self._title.add_button(made)
        self._tile_row = QGridLayout()
        self._tile_row.setSpacing(3 * t.SPACE)
        self._todo = self._todo_card()
        self._month = self._month_card()
        self._cards = QGridLayout()
        self._cards.setSpacing(3 * t.SPACE)
        page.body.addWidget(self._title)
        page.body.addLayout(self._tile_row)
        page.body.addLayout(self._cards, 1)
        self._arrange()

    def open(self, target: Target) -> None:  # noqa: ARG002 - the home page has no record
        """Read again at each visit: other screens and other days pass."""
        self._title.show_title(long_date(self._context.clock.today()))
        self.refresh()
        self._table.setFocus()

    def on_changes(self, changes: Changes) -> None:  # noqa: ARG002 - every change may be a line here
        """Read again when it is in sight; the next visit does otherwise."""
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Gather the board from the areas."""
        self._context.operations.run(
            SHORT, load_board, self._areas, self._context.desk, owner=self, done=self._show_board, latest=True
        )

    def new(self) -> None:
        """Ctrl+N: the first of what can be begun here."""
        if self._actions:
            self._context.navigator.open(self._actions[0].target)

    def show_hidden(self, *, shown: bool) -> None:
        """Ctrl+B."""
        self._shown = shown
        for tile in self._tiles:
            tile.show_hidden(shown=shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tiles and cards follow the width."""
        super().resizeEvent(event)
        self._arrange()

    def _home_actions(self) -> list[Action]:
        offered = [action for action in allowed_actions(self._areas, self._context.desk) if action.on_home]
        ordered = sorted(offered, key=lambda action: not action.primary)
        return [action if not place else replace(action, primary=False) for place, action in enumerate(ordered[:_MOST])]

    def _action_button(self, action: Action) -> QPushButton:
        kind = "primary" if action.primary else "plain"
        return button(action.label, kind, partial(self._context.navigator.open, action.target))

    def _todo_card(self) -> Card:
        card = Card("À faire", pill=" ", tone="danger")
        card.head.removeWidget(card.pill)
        card.head.insertWidget(1, card.pill)
        card.pill.hide()
        self._filters: list[QPushButton] = []
        for number, (words, _) in enumerate(_FILTERS):
            made = button(words, "link", partial(self._use_filter, number))
            made.setCheckable(True)
            self._filters.append(made)
            card.head.addWidget(made)
        today = self._context.clock.today
        self._todo_model = RowsModel(_todo_columns(today), parent=self)
        self._table = Table(self._todo_model, "À faire", memory=self._context.memory)
        self._table.opened.connect(self._open_line)
        self._nothing = EmptyState(
            "check",
            "Rien n’attend",
            "Les échéances, les papiers à imprimer et la sauvegarde à faire se rangent ici d’eux-mêmes.",
        )
        self._nothing.hide()
        card.body.addWidget(self._table, 1)
        card.body.addWidget(self._nothing, 1)
        self._mark_filter()
        return card

    def _month_card(self) -> Card:
        card = Card("Ce mois-ci")
        self._month_model = RowsModel(_month_columns(self._context.clock.today), parent=self)
        self._month_table = Table(self._month_model, "Ce mois-ci", memory=self._context.memory)
        self._month_table.opened.connect(self._open_line)
        card.body.addWidget(self._month_table, 1)
        return card

    def _show_board(self, board: Board) -> None:
        self._board = board
        self._show_tiles(board.tiles)
        self._month_model.show_rows(board.month)
        self._show_todo()
        self._arrange()
        order = (*self._buttons, *self._tiles, *self._filters, self._table, self._month_table)
        for one, following in pairwise(order):  # as it is read, whatever was made last
            QWidget.setTabOrder(one, following)

    def _show_tiles(self, tiles: Sequence[Tile]) -> None:
        for old in self._tiles:
            self._tile_row.removeWidget(old)
            old.deleteLater()
        self._tiles = [TileCard(tile) for tile in tiles]
        for card, tile in zip(self._tiles, tiles, strict=True):
            card.show_hidden(shown=self._shown)
            if tile.target is not None:
                card.activated.connect(partial(self._context.navigator.open, tile.target))

    def _show_todo(self) -> None:
        today = self._context.clock.today()
        keep = _FILTERS[self._filter][1]
        lines = [line for line in self._board.todo if keep(line, today)]
        self._todo_model.show_rows(lines)
        late = sum(line.urgency is Urgency.LATE for line in self._board.todo)
        words = "" if not late else "1 urgent" if late == 1 else f"{late} urgents"
        self._todo.pill.show_word(words, "danger")
        self._table.clearSpans()
        for place, line in enumerate(lines):
            if not line.who:
                self._table.setSpan(place, _WHAT, 1, 2)  # what concerns nobody by name has the room of the name
        self._table.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        if lines:
            self._table.setCurrentIndex(self._todo_model.index(0, 0))

    def _use_filter(self, number: int) -> None:
        self._filter = number
        self._mark_filter()
        self._show_todo()

    def _mark_filter(self) -> None:
        for number, made in enumerate(self._filters):
            made.setChecked(number == self._filter)

    def _open_line(self, line: TodoLine | MonthLine) -> None:
        if line.target is not None:
            self._context.navigator.open(line.target)

    def _fit_buttons(self) -> None:
        """As many buttons as the width holds: a page that scrolls sideways hides its end (Ctrl+K finds them all)."""
        room = self.width() - 17 * t.SPACE - self._title.title.sizeHint().width()
        shown = _fitting(room, [made.sizeHint().width() + 4 * t.SPACE for made in self._buttons])
        for place, made in enumerate(self._buttons):
            made.setVisible(place < shown)

    def _arrange(self) -> None:
        """Lay tiles and cards out for this width."""
        across = max(min(self.width() // _TILE_WIDTH, max(len(self._tiles), 1)), 1)
        for number, tile in enumerate(self._tiles):
            self._tile_row.addWidget(tile, number // across, number % across)
        self._fit_buttons()
        wide = self.width() >= _SIDE_BY_SIDE
        has_month = bool(self._board.month)
        self._month.setVisible(has_month)
        self._cards.addWidget(self._todo, 0, 0)
        self._cards.addWidget(self._month, 0 if wide else 1, 1 if wide else 0)
        self._cards.setColumnStretch(0, 18)
        self._cards.setColumnStretch(1, 10 if wide and has_month else 0)
        for card, least in ((self._todo, 220), (self._month, 220)):
            card.setMinimumHeight(least)


def _fitting(room: int, widths: Sequence[int]) -> int:
    """How many buttons stand beside the day; the first one always does."""
    count = 0
    for width in widths:
        room -= width
        if room < 0 and count:
            break
        count += 1
    return count


def long_date(day: dt.date) -> str:
    """« Lundi 23 novembre 2026 », « Dimanche 1er novembre 2026 »."""
    words = QLocale().toString(QDate(day.year, day.month, day.day), "dddd d MMMM yyyy")
    if day.day == 1:
        words = words.replace(" 1 ", " 1er ", 1)
    return words[:1].upper() + words[1:]


def number_words(value: int | None) -> str:
    """« 3 845 000 », or a dash."""
    return "—" if value is None else QLocale().toString(value)


def _todo_columns(today: Callable[[], dt.date]) -> tuple[Column, ...]:
    tones: dict[Urgency, Tone] = {Urgency.LATE: "danger", Urgency.SOON: "warning", Urgency.NONE: "neutral"}

    def late(line: TodoLine) -> bool:
        return line.urgency is Urgency.LATE

    return (
        Column(
            key="due",
            title="Échéance",
            text=lambda line: due_words(line.due, today()),
            width=128,
            strong=late,
            ink=lambda line: t.DANGER if late(line) else "",
        ),
        Column(key="text", title="Quoi", text=lambda line: line.text, width=0),
        Column(key="who", title="Qui", text=lambda line: line.who, width=138),
        Column(key="pill", title="", text=lambda line: line.pill, width=134, pill=lambda line: tones[line.urgency]),
    )


def _month_columns(today: Callable[[], dt.date]) -> tuple[Column, ...]:
    day = today()
    month = QLocale().toString(QDate(day.year, day.month, 1), "MMM")
    return (
        Column(key="label", title="Indicateur", text=lambda line: line.label, width=0),
        Column(
            key="month",
            title=month[:1].upper() + month[1:],
            text=lambda line: number_words(line.this_month),
            align="right",
            width=62,
        ),
        Column(
            key="year", title=str(day.year), text=lambda line: number_words(line.this_year), align="right", width=62
        ),
        Column(key="target", title="Cible", text=lambda line: number_words(line.target_value), align="right", width=62),
    )
