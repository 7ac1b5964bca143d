"""Fields of one line that are read as she types, and notes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from antenne.domain import money, phones
from antenne.domain.digits import spaced_out, unshifted_key
from antenne.domain.forms import options, reading
from antenne.domain.forms.model import Field, Kind
from antenne.domain.text import clean
from antenne.domain.violations import Violation
from antenne.ui.kit import tokens as t
from antenne.ui.kit.fields.base import FieldContext, FieldWidget
from antenne.ui.kit.fields.suggestions import Suggestion, Suggestions
from antenne.wording import formats

_FIGURES = frozenset({Kind.MONEY, Kind.COUNT})
_READ_AS_FIGURES = _FIGURES | {Kind.DATE, Kind.MOMENT, Kind.PHONE}
_PLACEHOLDERS = {
    Kind.DATE: "jj/mm/aaaa",
    Kind.MOMENT: "jj/mm à 10\u00a0h\u00a041",
    Kind.PHONE: "76 12 34 56",
}
_LINE_HEIGHT = 21


class FigureEdit(QLineEdit):
    """A line whose unshifted AZERTY row types digits; ``group`` writes the figure anew at each keystroke."""

    def __init__(
        self, parent: QWidget | None = None, group: Callable[[str], str] | None = None, *, hours: bool = False
    ) -> None:
        """Take the function that groups digits, if any; with ``hours``, « à » after a space stays the word."""
        super().__init__(parent)
        self._hours = hours
        self._on_row = False
        self._group = group
        if group is not None:
            self.textEdited.connect(self._regroup)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type the digit that was meant; « - » and « ( » are digits once the figure is typed on that row."""
        typed = event.text()
        if event.key() == Qt.Key.Key_Delete and self._group is not None:
            self._step_over_space()
        if len(typed) == 1 and not self._is_word(typed) and self._may_be_digit(event):
            meant = unshifted_key(typed, marks=self._on_row)
            if meant != typed:
                self._begin_on_row()
                super().keyPressEvent(QKeyEvent(event.type(), Qt.Key.Key_unknown, event.modifiers(), meant))
                return
            if typed.isdigit():
                self._on_row = False
        super().keyPressEvent(event)

    def _is_word(self, typed: str) -> bool:
        """« à » between a day and an hour: « 22/11 à 20h30 »."""
        before = self.text()[: self.cursorPosition()]
        return self._hours and typed in "àÀ" and before[-1:].isspace()

    def _may_be_digit(self, event: QKeyEvent) -> bool:
        """Not on the number pad, and not inside a word (« aujourd’hui », « décembre »)."""
        pad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
        if not self.text():
            self._on_row = False
        text = re.split("[àÀhH]", self.text())[-1] if self._hours else self.text()
        return not pad and not any(char.isalpha() for char in text)

    def _begin_on_row(self) -> None:
        """A first « - » or « ( » turns out to have been a digit too."""
        self._on_row = True
        if self.text() in ("-", "("):
            with QSignalBlocker(self):
                self.setText(unshifted_key(self.text(), marks=True))

    def _step_over_space(self) -> None:
        """Suppr before a space takes the digit behind it."""
        at = self.cursorPosition()
        if not self.hasSelectedText() and self.text()[at : at + 1].isspace():
            self.setCursorPosition(at + 1)

    def _regroup(self, text: str) -> None:
        """Write the figure anew; the caret keeps the digits at its right."""
        assert self._group is not None  # connected only then
        shown = self._group(text)
        if shown == text:
            return
        behind = sum(not char.isspace() for char in text[self.cursorPosition() :])
        with QSignalBlocker(self):
            self.setText(shown)
        at = len(shown)
        while at > 0 and (behind > 0 or shown[at - 1].isspace()):
            at -= 1
            behind -= not shown[at].isspace()
        self.setCursorPosition(at)


_LONGEST_FIGURE = 30


def _grouped(text: str) -> str:
    """Thousands apart while the text is a figure; what is no figure stays as typed."""
    digits = spaced_out(text)
    figure = digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_FIGURE
    return money.grouped(int(digits)) if figure else text


def _paired(text: str) -> str:
    """Digits in pairs; separators that she typed are taken for spaces, anything else stays."""
    return phones.format_typing(text) if all(char.isdigit() or char in "+ -./()\u00a0\u202f" for char in text) else text


_GROUPS: dict[Kind, Callable[[str], str]] = {
    Kind.MONEY: _grouped,
    Kind.COUNT: _grouped,
    Kind.PHONE: _paired,
}


class LineField(FieldWidget):
    """Text, amount, count, date, moment or phone; free text may have suggestions."""

    def __init__(self, field: Field, context: FieldContext, parent: QWidget | None = None) -> None:
        """Make the line."""
        super().__init__(field, context, parent)
        figures = field.kind in _READ_AS_FIGURES
        group, hours = _GROUPS.get(field.kind), field.kind is Kind.MOMENT
        self._edit = FigureEdit(self, group, hours=hours) if figures else QLineEdit(self)
        self._edit.setPlaceholderText(_PLACEHOLDERS.get(field.kind, ""))
        if field.kind in _FIGURES:
            self._edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.take(self._edit)
        self._edit.textEdited.connect(self._typed)
        if field.kind is Kind.TEXT and field.options:
            self._suggestions = Suggestions(self._edit, self._ask, choose_first=False)
            self._suggestions.taken.connect(self._take)

    def entry(self) -> QLineEdit:
        """The line."""
        return self._edit

    def value(self) -> Any | Violation:
        """What is typed, read by its kind."""
        return reading.read(self.field, self._edit.text(), self.context.now())

    def set_value(self, value: Any) -> None:
        """Show a value as the office writes it."""
        self._edit.setText(reading.show(self.field, value))
        self._edit.setCursorPosition(0)

    def raw(self) -> str:
        """The text as it stands."""
        return self._edit.text()

    def set_raw(self, raw: Any) -> None:
        """The text as it stood."""
        self._edit.setText(raw if isinstance(raw, str) else "")

    def understood(self) -> str:
        """The weekday and the month in words, so that « lundi » or « 3/4 » is seen for what it is."""
        value = self.value() if self.field.kind in (Kind.DATE, Kind.MOMENT) else None
        return formats.weekday(value) if isinstance(value, dt.date) else ""

    def settle(self) -> None:
        """Show the date, phone or amount that was understood; leave text and errors alone."""
        value = self.value()
        if value is not None and not isinstance(value, Violation) and self.field.kind is not Kind.TEXT:
            self.set_value(value)

    def _typed(self, _text: str) -> None:
        self.changed.emit()

    def _ask(self, typed: str) -> None:
        listed = self.context.options(self.field.options)
        found = options.matching(listed, typed) if options.enough(listed, typed) else ()
        self._suggestions.offer(
            tuple(
                Suggestion(one.option.label, one.option.label, ((one.start, one.start + one.length),)) for one in found
            )
        )

    def _take(self, label: object) -> None:
        self._edit.setText(str(label))
        self.changed.emit()


class NoteField(FieldWidget):
    """Several lines; Tab leaves it."""

    def __init__(self, field: Field, context: FieldContext, parent: QWidget | None = None) -> None:
        """Make the note, as high as its paper lines."""
        super().__init__(field, context, parent)
        self._edit = QPlainTextEdit(self)
        self._edit.setTabChangesFocus(True)
        self._edit.setFixedHeight(4 * t.SPACE + _LINE_HEIGHT * max(field.paper_lines, 2))
        self.take(self._edit)
        self._edit.textChanged.connect(self.changed)

    def entry(self) -> QPlainTextEdit:
        """The note."""
        return self._edit

    def value(self) -> str | None:
        """The text, cleaned; None when there is none."""
        return clean(self._edit.toPlainText()) or None

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self.set_raw(value)

    def raw(self) -> str:
        """The text as it stands."""
        return self._edit.toPlainText()

    def set_raw(self, raw: Any) -> None:
        """The text as it stood."""
        with QSignalBlocker(self._edit):
            self._edit.setPlainText(raw if isinstance(raw, str) else "")
