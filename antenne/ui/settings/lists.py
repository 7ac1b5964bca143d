"""« Listes »: what the forms offer. An entry ends; it is never removed, since old records say it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from antenne.domain import seeds
from antenne.domain.board import Tone
from antenne.domain.changes import Done
from antenne.domain.settings import EPOCH, ListEntry
from antenne.domain.violations import Violation
from antenne.services import settings
from antenne.services.settings import PutEntry
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import Table
from antenne.ui.kit.theme import restyle
from antenne.ui.settings.section import Section, new_request
from antenne.wording import formats
from antenne.wording import settings as words
from antenne.wording import violations as sentences


class ListsSection(Section):
    """One list at a time: its entries, their dates, and what can be done with each."""

    def __init__(self, context: Context) -> None:
        """Show the first list."""
        super().__init__(context)
        self._names = tuple(seeds.LIST_TITLES)
        self.choice = QComboBox()
        self.choice.addItems([seeds.LIST_TITLES[name] for name in self._names])
        self.choice.setMaxVisibleItems(len(self._names))
        self.choice.currentIndexChanged.connect(self._choose_list)
        self._model = RowsModel(_columns(context.clock.today), parent=self)
        self.table = Table(self._model, "Entrées de la liste", memory=context.memory)
        self.table.picked.connect(self._show_entry)
        self.table.opened.connect(lambda _one: self._rename_current())
        self.table.setMinimumHeight(300)
        card = Card("Listes proposées dans les fiches")
        card.body.addLayout(self._top())
        card.body.addWidget(self.table, 1)
        card.body.addLayout(self._bottom())
        self._error = label("", "error", wrap=True)
        self._error.hide()
        card.body.addWidget(self._error)
        card.body.addWidget(label(words.NOTHING_ERASED, "hint", wrap=True))
        card.body.addWidget(label(words.FIXED_LISTS, "hint", wrap=True))
        self.body.addWidget(card, 1)

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        name = label("Liste", "label")
        name.setBuddy(self.choice)
        self.choice.setAccessibleName("Liste")
        self.choice.setMinimumWidth(280)
        self._count = label("", "muted")
        row.addWidget(name)
        row.addWidget(self.choice)
        row.addWidget(self._count)
        row.addStretch(1)
        return row

    def _bottom(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * t.SPACE)
        self.line = QLineEdit()
        self.line.setAccessibleName("Nom de l’entrée")
        self.line.setPlaceholderText("Nouvelle entrée, ou nom corrigé")
        self.line.returnPressed.connect(self.add)
        self.line.textEdited.connect(lambda _text: self._complain(""))
        self.add_button = button("Ajouter", "primary", self.add, icon_name="plus")
        self.rename_button = button("Renommer", "plain", self.rename)
        self.end_button = button("Ne plus proposer", "plain", self.end)
        self.again_button = button("Proposer de nouveau", "plain", self.offer_again)
        row.addWidget(self.line, 1)
        buttons = (self.add_button, self.rename_button, self.end_button, self.again_button)
        for made in buttons:
            row.addWidget(made)
        self.only_editable(self.line, *buttons)
        return row

    @property
    def list_name(self) -> str:
        """The list in sight."""
        return self._names[self.choice.currentIndex()]

    def begin(self) -> None:
        """The choice of the list."""
        self.choice.setFocus()

    def new(self) -> None:
        """Ctrl+N: write a new entry."""
        self.line.clear()
        self.line.setFocus()

    def refresh(self) -> None:
        """Show the entries again, the same one chosen."""
        code = _code(self.table.current())
        entries = _in_order(self.context.desk.settings.lists.get(self.list_name, ()), self.context.clock.today())
        self._model.show_rows(entries)
        row = next((number for number, one in enumerate(entries) if one.option.code == code), 0)
        if entries:
            self.table.setCurrentIndex(self._model.index(row, 0))
        self._count.setText(formats.plural(len(entries), "entrée", "entrées"))
        self._show_entry(self.table.current())

    def add(self) -> None:
        """Write a new entry, offered from today on."""
        if self.editable:
            self._put("", self.line.text(), self.context.clock.today(), None, "Ajouté.")

    def rename(self) -> None:
        """Give the chosen entry the name that is typed."""
        self._amend(lambda one: (self.line.text(), one.since, one.until), "Nom changé.")

    def end(self) -> None:
        """Offer the chosen entry no longer, from today on."""
        today = self.context.clock.today()
        self._amend(lambda one: (one.option.label, min(one.since, today), today), "N’est plus proposé.")

    def offer_again(self) -> None:
        """Offer it once more."""
        self._amend(lambda one: (one.option.label, one.since, None), "De nouveau proposé.")

    def _amend(self, change: Callable[[ListEntry], tuple[str, dt.date, dt.date | None]], sentence: str) -> None:
        entry = self.table.current()
        if not self.editable or not isinstance(entry, ListEntry):
            return
        name, since, until = change(entry)
        self._put(entry.option.code, name, since, until, sentence)

    def _put(self, code: str, name: str, since: dt.date, until: dt.date | None, sentence: str) -> None:
        command = PutEntry(
            request_id=new_request(), list_name=self.list_name, code=code, label=name, since=since, until=until
        )

        def done(saved: Done[None]) -> None:
            self.line.clear()
            self._complain("")
            self.context.broadcast(saved.changes)
            self.context.notify(f"{sentence} {command.label}", "good")

        self.context.operations.run(
            SHORT, settings.put_entry, self.context.desk, command, owner=self, done=done, broken=self._refused
        )

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self._complain(" ".join(map(sentences.sentence, violations)))
        self.line.setFocus()

    def _complain(self, sentence: str) -> None:
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        restyle(self.line, error=bool(sentence))
        self.line.setAccessibleDescription(sentence)

    def _choose_list(self) -> None:
        self._complain("")
        self.line.clear()
        self.table.clearSelection()
        self.refresh()

    def _rename_current(self) -> None:
        """Entrée on a row: its name, ready to be corrected."""
        entry = self.table.current()
        if self.editable and isinstance(entry, ListEntry):
            self.line.setText(entry.option.label)
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.line.selectAll()

    def _show_entry(self, entry: ListEntry | None) -> None:
        offered = entry is not None and _offered(entry, self.context.clock.today())
        self.rename_button.setEnabled(entry is not None)
        ended = entry is not None and not offered
        tied = entry is not None and settings.is_tied(entry.list_name, entry.option.code)
        self.end_button.setEnabled(offered and not tied)
        self.again_button.setEnabled(ended)
        self.end_button.setVisible(self.editable and not ended)
        self.again_button.setVisible(self.editable and ended)


def _code(entry: object) -> str:
    return entry.option.code if isinstance(entry, ListEntry) else ""


def _offered(entry: ListEntry, today: dt.date) -> bool:
    return entry.since <= today and (entry.until is None or today < entry.until)


def _in_order(entries: Sequence[ListEntry], today: dt.date) -> list[ListEntry]:
    """Offered ones first, each group in the list's own order."""
    return sorted(entries, key=lambda one: (not _offered(one, today), one.position))


def _dates(entry: ListEntry) -> str:
    begun = "" if entry.since <= EPOCH else f"depuis le {formats.day(entry.since)}"
    ended = f"jusqu’au {formats.day(entry.until - dt.timedelta(days=1))}" if entry.until is not None else ""
    if entry.until is not None and entry.until <= entry.since:
        ended = "jamais proposée"
    return " ".join(part for part in (begun, ended) if part) or "depuis toujours"


def _columns(today: Callable[[], dt.date]) -> tuple[Column, ...]:
    def tone(entry: ListEntry) -> Tone:
        if settings.is_tied(entry.list_name, entry.option.code):
            return "info"
        return "good" if _offered(entry, today()) else "neutral"

    def state(entry: ListEntry) -> str:
        if settings.is_tied(entry.list_name, entry.option.code):
            return "Liée à une règle"
        return "Proposée" if _offered(entry, today()) else "Plus proposée"

    return (
        Column(key="label", title="Nom", text=lambda one: one.option.label, width=0),
        Column(key="dates", title="Dates", text=_dates, width=250, muted=True),
        Column(
            key="state",
            title="",
            text=state,
            pill=tone,
            width=150,
        ),
    )
