"""What the panels of the caisse are typed into: one field with its label and its error, the search of a woman."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from antenne.domain.cashbook import Box
from antenne.domain.dates import Tense
from antenne.domain.forms.model import Field, Kind
from antenne.domain.persons import PersonRow
from antenne.domain.violations import Violation
from antenne.services import members_reading
from antenne.services.desk import Desk
from antenne.services.receipts_reading import listed
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import label
from antenne.ui.kit.fields.base import FieldContext, FieldWidget, PersonHit
from antenne.ui.kit.fields.make import make
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.theme import restyle
from antenne.wording import violations as sentences

_OFFERED: Final = 8
_BOX_WIDTH: Final = 168


def field_context(context: Context, owner: QObject) -> FieldContext:
    """What the fields of ``owner`` ask from outside."""

    def search(typed: str, reply: Callable[[tuple[PersonHit, ...]], None]) -> None:
        context.operations.run(
            SHORT, person_hits, context.desk, typed, owner=owner, done=reply, latest=True, key="person"
        )

    def known(name: str, code: str) -> str:
        return context.desk.settings.label(name, code)

    return FieldContext(
        options=lambda name: context.desk.settings.options(name, context.clock.today()),
        now=context.clock.now,
        person_search=search,
        label=known,
    )


def person_hits(desk: Desk, typed: str) -> tuple[PersonHit, ...]:
    """The first persons that the typed letters fit."""
    ids = members_reading.search_ids(desk, typed)[:_OFFERED]
    return tuple(_hit(row) for row in members_reading.rows(desk, ids))


def person_hit(desk: Desk, person_id: int) -> PersonHit | None:
    """One person, as a picker shows her."""
    rows = members_reading.rows(desk, (person_id,))
    return _hit(rows[0]) if rows else None


def _hit(row: PersonRow) -> PersonHit:
    return PersonHit(row.id, row.member_number or row.number, listed(row.last_name, row.first_name), row.quarter)


class Line(QWidget):
    """One field under its label, its error below; the label's field of the forms says how it is typed."""

    changed = Signal()

    def __init__(self, field: Field, context: FieldContext) -> None:
        """Make the field, empty."""
        super().__init__()
        self.field = field
        self.widget: FieldWidget = make(field, context, self)
        self.label = label(field.label, "label")
        self.label.setBuddy(self.widget.entry())
        self.error = label("", "error", wrap=True)
        self.error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for piece in (self.label, self.widget, self.error):
            column.addWidget(piece)
        self.widget.describe(field.label, field.hint)
        self.widget.changed.connect(self.changed)

    @property
    def edit(self) -> QLineEdit:
        """The line itself."""
        entry = self.widget.entry()
        assert isinstance(entry, QLineEdit)
        return entry

    def value(self) -> object:
        """What is typed, None when empty, or the violation."""
        return self.widget.value()

    def amount(self) -> int:
        """The figure typed; 0 for none, or for what is no figure."""
        value = self.widget.value()
        return value if isinstance(value, int) else 0

    def text(self) -> str:
        """The words typed, without spaces around."""
        return self.edit.text().strip()

    def show_error(self, said: str | Violation = "") -> None:
        """A sentence under the field; an empty one takes it away."""
        sentence = sentences.sentence(said) if isinstance(said, Violation) else said
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.widget.show_error(wrong=bool(sentence))
        self.edit.setAccessibleDescription(sentence or self.field.hint)


def money_line(key: str, words: str, context: FieldContext) -> Line:
    """A field for FCFA."""
    return Line(Field(key=key, label=words, kind=Kind.MONEY), context)


def text_line(key: str, words: str, context: FieldContext, *, longest: int = 120) -> Line:
    """A field for a few words."""
    return Line(Field(key=key, label=words, kind=Kind.TEXT, max_length=longest), context)


def date_line(key: str, words: str, context: FieldContext) -> Line:
    """A field for a day that has been."""
    return Line(Field(key=key, label=words, kind=Kind.DATE, tense=Tense.PAST), context)


def count_line(key: str, words: str, context: FieldContext) -> Line:
    """A field for a number."""
    return Line(Field(key=key, label=words, kind=Kind.COUNT), context)


class BoxChoice(QComboBox):
    """The boxes in use, the cash first."""

    def __init__(self, *, every: bool = False) -> None:
        """Begin with nothing known; ``every`` puts « Toutes les caisses » first."""
        super().__init__()
        self._every = every
        self.setMinimumWidth(_BOX_WIDTH)
        self.setAccessibleName("Caisse")

    def show_boxes(self, boxes: tuple[Box, ...]) -> None:
        """Offer these; what was chosen stays."""
        before = self.code
        self.blockSignals(True)  # the choice does not change
        self.clear()
        if self._every:
            self.addItem("Toutes les caisses", "")
        for box in boxes:
            self.addItem("Espèces" if box.is_cash and not self._every else box.label, box.code)
        self.setCurrentIndex(max(self.findData(before), 0))
        self.blockSignals(False)

    @property
    def code(self) -> str:
        """Of the chosen box, or empty."""
        return str(self.currentData() or "")

    def choose(self, code: str) -> None:
        """Choose by code."""
        self.setCurrentIndex(max(self.findData(code), 0))

    def show_error(self, sentence: str) -> None:
        """The danger line around it."""
        restyle(self, error=bool(sentence))
        self.setAccessibleDescription(sentence)
