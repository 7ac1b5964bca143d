"""A birth: how well it is known, and what is known. Typing alone can choose the precision."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from antenne.domain import births_rules
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.forms.model import Field
from antenne.domain.violations import Violation
from antenne.ui.kit.fields.base import FieldContext, FieldWidget
from antenne.ui.kit.fields.lines import FigureEdit
from antenne.ui.kit.theme import restyle
from antenne.wording import formats

_PLACEHOLDERS = {
    Precision.DAY: "jj/mm/aaaa",
    Precision.MONTH: "mm/aaaa",
    Precision.YEAR: "aaaa",
    Precision.ABOUT: "aaaa",
    Precision.AGE: "32 ans",
    Precision.EVENT: "l’année de la crue",
    Precision.UNKNOWN: "",
}
_ORDER = tuple(Precision)
_COMBO_WIDTH = 132


class BirthField(FieldWidget):
    """The precision beside one line."""

    def __init__(self, field: Field, context: FieldContext, parent: QWidget | None = None) -> None:
        """Make the list and the line."""
        super().__init__(field, context, parent)
        self._edit = FigureEdit(self)
        self._precision = QComboBox(self)
        self._precision.setFixedWidth(_COMBO_WIDTH)
        self._precision.addItems([formats.PRECISIONS[one] for one in _ORDER])
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._precision)
        row.addWidget(self._edit, 1)
        self._column.addLayout(row)
        self.watch(self._edit)
        self._edit.textEdited.connect(self._typed)
        self._precision.currentIndexChanged.connect(self._chosen)
        self._follow_precision()

    def entry(self) -> QWidget:
        """The line: she types first, the precision follows."""
        return self._edit if self._edit.isEnabled() else self._precision

    def controls(self) -> tuple[QWidget, ...]:
        """The precision, then the line."""
        return (self._precision, self._edit)

    def show_error(self, *, wrong: bool) -> None:
        """Around the line."""
        restyle(self._edit, error=wrong)

    def describe(self, name: str, hint: str) -> None:
        """Name both controls."""
        self._edit.setAccessibleName(name)
        self._edit.setAccessibleDescription(hint)
        self._precision.setAccessibleName(f"{name}\u00a0: précision")

    def value(self) -> Birth | Violation | None:
        """The birth, None when nothing is said, or why it cannot be read."""
        precision, text = self._chosen_precision(), self._edit.text()
        if precision is Precision.UNKNOWN or self._says_unknown():
            return UNKNOWN
        if not text.strip():
            return None
        found = births_rules.read_birth(text, self.context.today(), precision)
        return self.named(found) if isinstance(found, Violation) else found

    def set_value(self, value: Any) -> None:
        """Show a birth; an age keeps the day on which it was declared."""
        birth = value if isinstance(value, Birth) else None
        self._choose(birth.precision if birth else Precision.DAY)
        self._edit.setText(births_rules.shown_birth(birth) if birth else "")
        self._edit.setCursorPosition(0)

    def raw(self) -> dict[str, str]:
        """Precision and text."""
        return {"precision": self._chosen_precision().value, "text": self._edit.text()}

    def set_raw(self, raw: Any) -> None:
        """Precision and text as they stood."""
        said = raw if isinstance(raw, dict) else {}
        known = {one.value: one for one in _ORDER}
        self._choose(known.get(str(said.get("precision", "")), Precision.DAY))
        self._edit.setText(str(said.get("text", "")))

    def understood(self) -> str:
        """Her age today."""
        value = self.value()
        return formats.age(value, self.context.today()) if isinstance(value, Birth) else ""

    def settle(self) -> None:
        """Show what was understood: « 32 ans le 23/11/2026 » keeps its day."""
        value = self.value()
        if isinstance(value, Birth):
            self.set_value(value)

    def _says_unknown(self) -> bool:
        """« inconnue » and « ? » typed in the line; taken when she leaves it, not under her fingers."""
        said = births_rules.guess_precision(self._edit.text())
        return said is Precision.UNKNOWN and self._chosen_precision() is not Precision.EVENT

    def _chosen_precision(self) -> Precision:
        return _ORDER[max(self._precision.currentIndex(), 0)]

    def _choose(self, precision: Precision) -> None:
        """Choose without telling."""
        with QSignalBlocker(self._precision):
            self._precision.setCurrentIndex(_ORDER.index(precision))
        self._follow_precision()

    def _typed(self, text: str) -> None:
        """The text may choose; « 1994 » stays « vers » when she chose « vers », a landmark stays a landmark."""
        chosen, guessed = self._chosen_precision(), births_rules.guess_precision(text)
        kept = chosen is Precision.EVENT or (chosen is Precision.ABOUT and guessed is Precision.YEAR)
        if guessed is not None and guessed is not chosen and guessed is not Precision.UNKNOWN and not kept:
            self._choose(guessed)
        self.changed.emit()

    def _chosen(self, _index: int) -> None:
        self._follow_precision()
        self.changed.emit()

    def _follow_precision(self) -> None:
        precision = self._chosen_precision()
        self._edit.setPlaceholderText(_PLACEHOLDERS[precision])
        self._edit.setEnabled(precision is not Precision.UNKNOWN)
