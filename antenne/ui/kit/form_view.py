"""A form on the screen: three columns of labelled fields, each error beside its field, nothing typed ever lost."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from antenne.domain.forms import validate as rules
from antenne.domain.forms.model import Answers, Field, Form, Section
from antenne.domain.violations import Violation
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import label
from antenne.ui.kit.fields.base import FieldContext, FieldWidget
from antenne.ui.kit.fields.make import make
from antenne.ui.kit.fields.rows import RowsField
from antenne.ui.kit.theme import restyle
from antenne.wording import violations as words

_CELL = re.compile(r"(?P<field>\w+)(?P<place>\[\d+\]\.\w+)")
_THREE_FROM = 640
"""Pixels from which three columns stand side by side (the card beside a list at 1366)."""
_TWO_FROM = 420
_COLUMNS = 3
_ROOM_ABOVE = 60
"""Pixels kept around a field that is scrolled to: its label and what is under it."""


class FieldCell(QWidget):
    """A field with its label above, and below it an error, else what was understood, else the hint."""

    def __init__(self, field: Field, context: FieldContext, parent: QWidget | None = None) -> None:
        """Make the label, the widget and the line under it."""
        super().__init__(parent)
        self.field = field
        self.widget = make(field, context, self)
        self.label = label("", "label")
        self.label.setBuddy(self.widget.entry())
        self.below = label(field.hint, "hint", wrap=True)
        self._error = ""
        self._note = ""
        self._refused: object = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.label)
        column.addWidget(self.widget)
        column.addWidget(self.below)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.show_needed(needed=field.required)
        self.widget.describe(field.label, field.hint)
        self.refresh()

    def show_needed(self, *, needed: bool) -> None:
        """The star of a question that must be answered."""
        words_shown = self.field.label.replace("&", "&&")
        self.label.setText(f"{words_shown}\u00a0*" if needed else words_shown)

    def show_error(self, sentence: str) -> None:
        """A sentence under the field; an empty one takes it away."""
        self._error = sentence
        self._refused = self.widget.value()
        self.widget.show_error(wrong=bool(sentence))
        self.widget.entry().setAccessibleDescription(sentence or self.field.hint)
        self.refresh()

    def refresh(self) -> None:
        """Write what belongs under the field now."""
        under = self._error or self._note or self.widget.understood() or self.field.hint
        role = "error" if self._error else "note" if self._note else "hint"
        restyle(self.below, role=role, tone="warning" if role == "note" else None)
        self.below.setText(under)
        self.below.setVisible(bool(under))

    def show_note(self, sentence: str) -> None:
        """A remark under the field, where no error stands; an empty one takes it away."""
        self._note = sentence
        self.refresh()

    def error(self) -> str:
        """The sentence that stands there, or an empty text."""
        return self._error

    def answered_anew(self) -> bool:
        """Whether the answer is another than the one that the error was about."""
        return bool(self.widget.value() != self._refused)


class _Group(QWidget):
    """One section: its title and its fields on a grid that follows the width."""

    def __init__(self, section: Section, context: FieldContext, *, titled: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.cells = [FieldCell(field, context, self) for field in section.fields]
        self.title = label(section.title, "heading")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        self.title.setVisible(titled and bool(section.title))
        column.addLayout(self._grid)

    def arrange(self, columns: int) -> None:
        """Lay the shown fields out in so many columns; wide fields take what they ask for."""
        while self._grid.count():
            self._grid.takeAt(0)
        for position in range(_COLUMNS):
            self._grid.setColumnStretch(position, 1 if position < columns else 0)
        row = at = 0
        for cell in self.cells:
            if cell.isHidden():
                continue
            width = min(cell.field.width, columns)
            if at + width > columns:
                row, at = row + 1, 0
            self._grid.addWidget(cell, row, at, 1, width)
            at += width
        self.setVisible(any(not cell.isHidden() for cell in self.cells))


class FormView(QWidget):
    """Draws a form, gives typed answers back, shows violations, keeps drafts. No rule is written here."""

    changed = Signal()

    def __init__(
        self, form: Form, context: FieldContext, parent: QWidget | None = None, *, titled: bool = True
    ) -> None:
        """Draw every field; ``titled`` shows the sections' titles."""
        super().__init__(parent)
        self.form = form
        self._context = context
        self._cells: dict[str, FieldCell] = {}
        self._groups: list[_Group] = []
        self._columns = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(18)
        self.band = Band(self)
        column.addWidget(self.band)
        for section in form.sections:
            group = _Group(section, context, titled=titled, parent=self)
            self._groups.append(group)
            column.addWidget(group)
            for cell in group.cells:
                self._hear(cell)
        column.addStretch(1)
        self._order_tabs()
        self._follow(force=True)

    def _hear(self, cell: FieldCell) -> None:
        """Follow what she does in a field."""
        cell.widget.changed.connect(self._changed)
        cell.widget.left.connect(self._left)
        cell.widget.rebuilt.connect(self._order_tabs)
        self._cells[cell.field.key] = cell

    def cell(self, key: str) -> FieldCell:
        """The cell of one field."""
        return self._cells[key]

    def field(self, key: str) -> FieldWidget:
        """The widget of one field."""
        return self._cells[key].widget

    def answers(self) -> dict[str, object]:
        """One typed answer for every field; None where it is empty, hidden or cannot be read."""
        found = {key: cell.widget.value() for key, cell in self._cells.items()}
        readable = {key: None if isinstance(value, Violation) else value for key, value in found.items()}
        return rules.asked_answers(self.form, readable)

    def set_answers(self, answers: Answers) -> None:
        """Show these answers; a field that is not named is emptied. A person is shown by her ``PersonHit``."""
        for key, cell in self._cells.items():
            cell.widget.set_value(answers.get(key))
        self._begin_anew()

    def raw_answers(self) -> dict[str, Any]:
        """What is typed, hidden fields and half-typed texts included: JSON, for a draft."""
        return {key: cell.widget.raw() for key, cell in self._cells.items()}

    def set_raw_answers(self, raw: Mapping[str, Any]) -> None:
        """Put a draft back; a question that the draft does not know stays as it is."""
        for key, cell in self._cells.items():
            if key in raw:
                cell.widget.set_raw(raw[key])
        self._begin_anew()

    def keep_repeats(self) -> None:
        """Empty everything but the fields that repeat from one record to the next, and begin again (quick keying)."""
        for cell in self._cells.values():
            if not cell.field.repeats:
                cell.widget.set_value(None)
        self._begin_anew()
        first = next((cell for cell in self._cells.values() if not cell.field.repeats and not cell.isHidden()), None)
        if first is not None:
            self.focus_field(first.field.key)

    def _begin_anew(self) -> None:
        """No error and no remark is left from the record before."""
        for cell in self._cells.values():
            cell.show_error("")
        self.clear_notes()
        self.band.dismiss()
        self._follow(force=True)

    def validate(self) -> tuple[Violation, ...]:
        """What cannot be read and what breaks the form's rules, in the order of the form; then rules between fields."""
        answers = self.answers()
        unread = [
            found for cell in self._cells.values() if rules.shown(cell.field, answers) for found in cell.widget.unread()
        ]
        told = {found.field for found in unread}
        broken = rules.validate(self.form, answers, self._context.today())
        every = (*unread, *(one for one in broken if one.field not in told))
        order = list(self._cells)
        return tuple(sorted(every, key=lambda one: _place_in(order, one.field)))

    def show(self, violations: Sequence[Violation] | None = None) -> None:
        """Put each violation beside its field, the others in the band on top, and stand in the first one.

        Without violations: Qt's own ``show``.
        """
        if violations is None:
            super().show()
            return
        for cell in self._cells.values():
            cell.show_error("")
        self.band.dismiss()
        general: list[str] = []
        first: QWidget | None = None
        for violation in violations:
            place = self._show_one(violation)
            if place is None:
                general.append(words.sentence(violation))
            first = first or place
        if general:
            self.band.say("\n".join(dict.fromkeys(general)), "danger")
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll_to(self.band if general else first)

    def _show_one(self, violation: Violation) -> QWidget | None:
        """Write the sentence where it belongs; the control to stand in, or None for the band."""
        key, sentence = violation.field or "", words.sentence(violation)
        in_rows = _CELL.fullmatch(key)
        if in_rows is not None and in_rows["field"] in self._cells:
            widget = self._cells[in_rows["field"]].widget
            return widget.show_cell(in_rows["place"], sentence) if isinstance(widget, RowsField) else None
        cell = self._cells.get(key)
        if cell is None or cell.isHidden():
            return None
        if not cell.error():
            cell.show_error(sentence)
        return cell.widget.entry()

    def clear_notes(self) -> None:
        """Take every remark away."""
        for cell in self._cells.values():
            cell.show_note("")

    def focus_field(self, key: str) -> None:
        """Stand in a field, or in the first one when the key is unknown."""
        entry = (self._cells.get(key) or next(iter(self._cells.values()))).widget.entry()
        entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll_to(entry)

    def error_of(self, key: str) -> str:
        """The sentence beside a field or in a cell (``rows[2].phone``), or an empty text."""
        in_rows = _CELL.fullmatch(key)
        if in_rows is None:
            return self._cells[key].error()
        widget = self._cells[in_rows["field"]].widget
        return widget.error_of(in_rows["place"]) if isinstance(widget, RowsField) else ""

    def _scroll_to(self, place: QWidget | None) -> None:
        """Bring a place into view where the form stands in a page that scrolls."""
        above = self.parentWidget()
        while above is not None and place is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(place, _ROOM_ABOVE, _ROOM_ABOVE)
            above = above.parentWidget()

    def _sender_cell(self) -> FieldCell | None:
        widget = self.sender()
        return next((cell for cell in self._cells.values() if cell.widget is widget), None)

    def _changed(self) -> None:
        """A keystroke: what it hides, stars or mends."""
        cell = self._sender_cell()
        answers = self._follow()
        if cell is not None:
            self._take_back(cell, answers)
            cell.refresh()
        self.changed.emit()

    def _left(self) -> None:
        """She left a field: say at once when it cannot be read."""
        cell = self._sender_cell()
        answers = self._follow()
        if cell is None:
            return
        unread = () if isinstance(cell.widget, RowsField) else cell.widget.unread()
        if unread:
            cell.show_error(words.sentence(unread[0]))
        else:
            self._take_back(cell, answers)
            cell.refresh()

    def _take_back(self, cell: FieldCell, answers: Answers) -> None:
        """An error leaves once its field is answered anew and fits: a service may know more than the form's rules."""
        if not cell.error() or not cell.answered_anew() or cell.widget.unread():
            return
        if not any(rules.check_field(cell.field, answers, self._context.today())):
            cell.show_error("")

    def _follow(self, *, force: bool = False) -> Answers:
        """Show, hide and star the questions that depend on other answers."""
        answers = self.answers()
        moved = force
        for cell in self._cells.values():
            cell.show_needed(needed=rules.needed(cell.field, answers))
            cell.widget.follow(answers)
            hidden = not rules.shown(cell.field, answers)
            if cell.isHidden() != hidden:
                cell.setVisible(not hidden)
                moved = True
        if moved:
            self._arrange()
        return answers

    def _arrange(self) -> None:
        self._columns = self._wanted_columns()
        for group in self._groups:
            group.arrange(self._columns)

    def _wanted_columns(self) -> int:
        width = self.width()
        return _COLUMNS if width >= _THREE_FROM else 2 if width >= _TWO_FROM else 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer columns where there is less room."""
        super().resizeEvent(event)
        if self._wanted_columns() != self._columns:
            self._arrange()

    def _order_tabs(self) -> None:
        """Reading order, whatever the grid."""
        chain = [control for cell in self._cells.values() for control in cell.widget.controls()]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)


def _place_in(order: Sequence[str], key: str | None) -> int:
    """Where a violation comes: with its field, or after all fields."""
    name = (key or "").partition("[")[0]
    return order.index(name) if name in order else len(order)
