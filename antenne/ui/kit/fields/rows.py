"""Several answers of the same shape, one line each: phones, referrals, claim lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from antenne.domain.forms import validate as rules
from antenne.domain.forms.model import Answers, Field
from antenne.domain.violations import Violation
from antenne.ui.kit import icons
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import button, label
from antenne.ui.kit.fields.base import FieldContext, FieldWidget
from antenne.wording import violations as words

Make = Callable[[Field, FieldContext, QWidget | None], FieldWidget]

_GAP = 10
_REMOVE_WIDTH = 30


class RowsField(FieldWidget):
    """Rows of sub-fields under their headings; Ctrl+Entrée adds one, Ctrl+Suppr takes the present one away."""

    def __init__(self, field: Field, context: FieldContext, make: Make, parent: QWidget | None = None) -> None:
        """Begin with the headings, one empty row and the button; ``make`` makes the cells."""
        super().__init__(field, context, parent)
        self._make = make
        self._lines: list[_Line] = []
        self._answers: Answers = {}
        self._headings = {column.key: label("", "column") for column in field.columns}
        heads = _grid(field)
        heads.setColumnMinimumWidth(len(field.columns), _REMOVE_WIDTH + _GAP)
        for place, heading in enumerate(self._headings.values()):
            _keep_room(heading)
            heads.addWidget(heading, 0, place)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._add = button("Ajouter une ligne", "link", self._add_row, icon_name="plus")
        self._add.setToolTip("Ctrl+Entrée")
        self._add.setAccessibleName(f"{field.label}\u00a0: ajouter une ligne (Ctrl+Entrée)")
        self._add.installEventFilter(self)
        self._column.setSpacing(4)
        self._column.addLayout(heads)
        self._column.addLayout(self._rows)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_value(None)

    def entry(self) -> QWidget:
        """The first cell."""
        return self._lines[0].cells[0].entry() if self._lines else self._add

    def controls(self) -> tuple[QWidget, ...]:
        """Cells and buttons, in reading order."""
        cells = tuple(control for line in self._lines for control in line.controls())
        return (*cells, self._add)

    def show_error(self, *, wrong: bool) -> None:
        """Errors stand in the cells (:meth:`show_cell`); taking the field's away takes theirs too."""
        if not wrong:
            for line in self._lines:
                line.clear_errors()

    def describe(self, name: str, hint: str) -> None:
        """The group takes the name; each cell has its own."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)

    def value(self) -> tuple[dict[str, Any], ...] | None:
        """The rows that hold something; a cell that cannot be read is None there and told by :meth:`unread`."""
        return tuple(line.value() for line in self._filled()) or None

    def unread(self) -> tuple[Violation, ...]:
        """Every cell that cannot be read, « rows[2].phone »."""
        return tuple(
            Violation(found.code, f"{self.field.key}[{position}].{cell.field.key}", found.values)
            for position, line in enumerate(self._filled())
            for cell in line.shown_cells()
            for found in cell.unread()
        )

    def set_value(self, value: Any) -> None:
        """Show these rows, and one empty one where there is none."""
        self._clear()
        rows: tuple[dict[str, Any], ...] = tuple(value or ({},))
        for row in rows:
            line = self._append()
            for cell in line.cells:
                cell.set_value(row.get(cell.field.key))
        self._changed_rows()

    def raw(self) -> list[dict[str, Any]]:
        """Every row, as typed."""
        return [line.raw() for line in self._lines]

    def set_raw(self, raw: Any) -> None:
        """Every row, as it was typed."""
        self._clear()
        rows = [row for row in raw if isinstance(row, dict)] if isinstance(raw, list) else []
        for row in rows or ({},):
            line = self._append()
            for cell in line.cells:
                cell.set_raw(row.get(cell.field.key))
        self._changed_rows()

    def show_cell(self, place: str, sentence: str) -> QWidget | None:
        """Put an error in the cell ``[2].phone``; the control to stand in, or None when there is no such cell."""
        position, _, key = place.partition("].")
        filled = self._filled()
        index = int(position.removeprefix("["))
        return filled[index].show_error(key, sentence) if index < len(filled) else None

    def error_of(self, place: str) -> str:
        """The sentence in the cell ``[2].phone``, or an empty text."""
        position, _, key = place.partition("].")
        return self._filled()[int(position.removeprefix("["))].error_of(key)

    def follow(self, answers: Answers) -> None:
        """Each row asks what its own answers, then the form's, call for."""
        self._answers = answers
        starred: set[str] = set()
        for line in self._lines:
            starred |= line.follow(answers)
        for column in self.field.columns:
            star = "\u00a0*" if column.required or column.key in starred else ""
            self._headings[column.key].setText(f"{column.label}{star}")

    def _filled(self) -> list[_Line]:
        return [line for line in self._lines if line.holds_something()]

    def _clear(self) -> None:
        for line in self._lines:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []

    def _append(self) -> _Line:
        line = _Line(self.field, self.context, self._make, self)
        line.remove.clicked.connect(self._remove_sender)
        for cell in line.cells:
            cell.changed.connect(self._cell_changed)
            cell.left.connect(self._cell_left)
        for control in line.controls():
            control.installEventFilter(self)
        self._rows.addWidget(line)
        self._lines.append(line)
        return line

    def _changed_rows(self) -> None:
        for number, line in enumerate(self._lines, 1):
            line.name(self.field.label, number)
        self.follow(self._answers)
        self.rebuilt.emit()

    def _add_row(self) -> None:
        line = self._append()
        self._changed_rows()
        line.cells[0].entry().setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _remove_sender(self) -> None:
        line = next((one for one in self._lines if one.remove is self.sender()), None)
        if line is not None:
            self._remove(line)

    def _remove(self, line: _Line) -> None:
        """Take a row away and stand in the one that comes to its place; the last one is emptied."""
        at = self._lines.index(line)
        self._lines.remove(line)
        self._rows.removeWidget(line)
        line.hide()
        line.deleteLater()
        if not self._lines:
            self._append()
        self._changed_rows()
        self._lines[min(at, len(self._lines) - 1)].cells[0].entry().setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _cell_changed(self) -> None:
        self._mend(self.sender(), left=False)
        self.follow(self._answers)
        self.changed.emit()

    def _cell_left(self) -> None:
        self._mend(self.sender(), left=True)
        self.left.emit()

    def _mend(self, cell: QObject | None, *, left: bool) -> None:
        """Take back the sentence under a cell that is answered anew; say why one that she left cannot be read."""
        line = next((one for one in self._lines if cell in one.cells), None)
        if line is None or not isinstance(cell, FieldWidget):
            return
        found = cell.unread()
        if found and left:
            line.show_error(cell.field.key, words.sentence(found[0]))
        elif not found and line.answered_anew(cell):
            line.show_error(cell.field.key, "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Entrée and Ctrl+Suppr."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(watched, event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._add_row()
            return True
        line = next((one for one in self._lines if watched in one.controls()), None)
        if event.key() == Qt.Key.Key_Delete and line is not None:
            self._remove(line)
            return True
        return False


def _grid(field: Field, parent: QWidget | None = None) -> QGridLayout:
    """Columns of the same widths in the headings and in every row."""
    grid = QGridLayout(parent) if parent is not None else QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(_GAP)
    grid.setVerticalSpacing(2)
    for place, column in enumerate(field.columns):
        grid.setColumnStretch(place, column.width)
        grid.setColumnMinimumWidth(place, 1)
    grid.setColumnMinimumWidth(len(field.columns), _REMOVE_WIDTH)
    return grid


class _Line(QWidget):
    """One row: its cells side by side, an error under each, a cross to take it away."""

    def __init__(self, field: Field, context: FieldContext, make: Make, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = field
        self.cells: list[FieldWidget] = []
        self._errors: dict[str, QLabel] = {}
        self._refused: dict[str, object] = {}
        grid = _grid(field, self)
        for place, column in enumerate(field.columns):
            cell = make(column, context, self)
            error = label("", "error", wrap=True)
            _keep_room(cell)
            error.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            error.hide()
            grid.addWidget(cell, 0, place, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(error, 1, place, Qt.AlignmentFlag.AlignTop)
            self.cells.append(cell)
            self._errors[column.key] = error
        self.remove = QToolButton(self)
        self.remove.setIcon(icons.icon("close", t.MUTED, 14))
        self.remove.setFixedWidth(_REMOVE_WIDTH)
        self.remove.setToolTip("Retirer cette ligne (Ctrl+Suppr)")
        grid.addWidget(self.remove, 0, len(field.columns), Qt.AlignmentFlag.AlignVCenter)

    def name(self, group: str, number: int) -> None:
        """What a screen reader says of each cell."""
        for cell in self.cells:
            cell.describe(f"{group}, ligne {number}\u00a0: {cell.field.label}", cell.field.hint)
        self.remove.setAccessibleName(f"{group}\u00a0: retirer la ligne {number}")

    def value(self) -> dict[str, Any]:
        """One answer per column; what cannot be read or is not asked is None."""
        found = {cell.field.key: cell.value() for cell in self.cells}
        shown = {cell.field.key for cell in self.shown_cells()}
        return {
            key: None if isinstance(value, Violation) or key not in shown else value for key, value in found.items()
        }

    def shown_cells(self) -> list[FieldWidget]:
        """The cells that are asked."""
        return [cell for cell in self.cells if not cell.isHidden()]

    def raw(self) -> dict[str, Any]:
        """As typed."""
        return {cell.field.key: cell.raw() for cell in self.cells}

    def holds_something(self) -> bool:
        """Whether anything was typed or chosen."""
        return any(cell.value() is not None for cell in self.shown_cells())

    def follow(self, answers: Answers) -> set[str]:
        """Show the cells that are asked; the keys that this row needs."""
        filled = self.holds_something()
        seen = {**answers, **dict.fromkeys(self._errors), **self.value()}
        needed: set[str] = set()
        for cell in self.cells:
            hidden = not rules.shown(cell.field, seen)
            if cell.isHidden() != hidden:
                cell.setVisible(not hidden)
            if filled and not hidden and rules.needed(cell.field, seen):
                needed.add(cell.field.key)
        return needed

    def controls(self) -> tuple[QWidget, ...]:
        """Cells, then the cross."""
        return (*(control for cell in self.cells for control in cell.controls()), self.remove)

    def show_error(self, key: str, sentence: str) -> QWidget | None:
        """Put a sentence under one cell, an empty one takes it away; the control to stand in."""
        cell = next((one for one in self.cells if one.field.key == key), None)
        if cell is None:
            return None
        cell.show_error(wrong=bool(sentence))
        self._refused[key] = cell.value()
        self._errors[key].setText(sentence)
        self._errors[key].setVisible(bool(sentence))
        cell.entry().setAccessibleDescription(sentence or cell.field.hint)
        return cell.entry()

    def error_of(self, key: str) -> str:
        """The sentence under one cell."""
        return self._errors[key].text()

    def answered_anew(self, cell: FieldWidget) -> bool:
        """Whether a sentence stands under a cell, and was about another answer than the one there now."""
        key = cell.field.key
        return bool(self._errors[key].text()) and bool(cell.value() != self._refused[key])

    def clear_errors(self) -> None:
        """Take every sentence away."""
        for key in self._errors:
            self.show_error(key, "")


def _keep_room(cell: QWidget) -> None:
    """A cell that is not asked leaves its place empty, and none is wider than its column: headings stay above."""
    policy = cell.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
    cell.setSizePolicy(policy)
