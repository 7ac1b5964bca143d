"""« Reçu du carnet »: the number and the day of a receipt that was written by hand, or of a stub to be keyed again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from antenne.domain.receipts import MANUAL, ORDINARY, StubRange, read_number
from antenne.domain.violations import Violation
from antenne.services.receipts import HandWritten
from antenne.ui.cashbook.collect_fields import count_line, date_line
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, label
from antenne.ui.kit.fields.base import FieldContext


class BookCard(Card):
    """Number and day; after one receipt the next number stands there, and the day stays."""

    changed = Signal()

    def __init__(self, fields: FieldContext) -> None:
        """Begin hidden: money is taken in now, on a receipt that the program numbers."""
        super().__init__("Reçu du carnet")
        self.which = QComboBox()
        self.which.setAccessibleName("D’où vient ce numéro")
        self.which.addItem("Carnet des coupures", MANUAL)
        self.number = count_line("number", "Numéro du carnet", fields)
        self.day = date_line("day", "Date du papier", fields)
        self.number.setFixedWidth(160)
        self.day.setFixedWidth(200)
        self._hint = label("", "hint", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(3 * t.SPACE)
        beside = QVBoxLayout()
        beside.setSpacing(3)
        beside.addWidget(label("Papier", "label"))
        beside.addWidget(self.which)
        beside.addStretch(1)
        row.addLayout(beside)
        row.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.day, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._hint, 1)
        self.body.addLayout(row)
        self.number.changed.connect(self.changed)
        self.day.changed.connect(self.changed)
        self.which.activated.connect(self._choose)
        self._series = MANUAL
        self.show_ranges(())
        self.hide()

    @property
    def is_on(self) -> bool:
        """A paper was already given."""
        return not self.isHidden()

    def show_ranges(self, ranges: tuple[StubRange, ...]) -> None:
        """Offer the stubs to be keyed again, where there are any."""
        while self.which.count() > 1:
            self.which.removeItem(1)
        said = "La femme a déjà son papier\u00a0: rien ne s’imprime."
        if ranges:
            self.which.addItem("Souche à reprendre", ORDINARY)
            said += " Souches à reprendre\u00a0: " + ", ".join(
                f"{one.year}-{one.first:05d} à {one.last:05d}" for one in ranges
            )
        self._hint.setText(said)
        self.which.setEnabled(bool(ranges))
        self.which.setCurrentIndex(max(self.which.findData(self._series), 0))

    def begin_stub(self, name: str) -> None:
        """Key this number of a lost stub again; its date is on the stub."""
        read = read_number(name)
        if read is not None:
            self._series = read[0]
            self.which.setCurrentIndex(max(self.which.findData(self._series), 0))
            self.number.widget.set_value(read[2])
            self.day.widget.set_value(None)
            self.day.edit.setFocus()

    def _choose(self) -> None:
        self._series = str(self.which.currentData())
        self.changed.emit()

    def paper(self) -> HandWritten | None:
        """What is typed; None where nothing was written by hand, or where it cannot be read."""
        number, day = self.number.value(), self.day.value()
        if not self.is_on or not isinstance(number, int) or not isinstance(day, dt.date):
            return None
        return HandWritten(number, day, self._series)

    def show_errors(self, broken: tuple[Violation, ...]) -> tuple[Violation, ...]:
        """Beside number and day; returns what belongs elsewhere."""
        lines = {"number": self.number, "day": self.day}
        found = {one.field: one for one in broken if one.field in lines}
        for key, line in lines.items():
            line.show_error(found.get(key, ""))
        return tuple(one for one in broken if one.field not in lines)

    def missing(self) -> bool:
        """Say what is not typed yet; whether anything is."""
        wanted = {"number": "Écrivez le numéro imprimé sur le carnet.", "day": "Écrivez la date du papier."}
        lacking = False
        for line in (self.number, self.day):
            value = line.value()
            said: str | Violation = value if isinstance(value, Violation) else wanted[line.field.key]
            bad = value is None or isinstance(value, Violation)
            line.show_error(said if bad else "")
            lacking = lacking or bad
        return lacking

    def next_one(self) -> None:
        """The following number of the book; the day repeats."""
        number = self.number.value()
        if isinstance(number, int):
            self.number.widget.set_value(number + 1)

    def raw(self) -> dict[str, Any]:
        """For the draft."""
        return {"on": self.is_on, "number": self.number.edit.text(), "day": self.day.edit.text()}

    def take_raw(self, raw: dict[str, Any]) -> None:
        """From the draft."""
        self.number.widget.set_raw(raw.get("number"))
        self.day.widget.set_raw(raw.get("day"))
