"""« La caisse n’est pas ouverte »: said where money would be taken in, and opened right there."""

from __future__ import annotations

import uuid
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from antenne.domain.board import Target
from antenne.domain.cashbook import CashDay
from antenne.domain.changes import Done
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.services import cash_days
from antenne.services.cash_days import CashState, OpenDay
from antenne.ui.cashbook.collect_fields import money_line, text_line
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.operations import SHORT
from antenne.wording import formats
from antenne.wording import violations as sentences


class OpenCard(Card):
    """What is found in the box, why it differs, and the button; or the way to yesterday's day, still open."""

    opened = Signal()

    def __init__(self, context: Context, fields: FieldContext) -> None:
        """Begin hidden; :meth:`show_state` says whether it is wanted."""
        super().__init__("La caisse n’est pas ouverte", role="alert")
        self._context = context
        self._request = uuid.uuid4().hex
        self._expected = 0
        self.said = label("", "", wrap=True)
        self.found = money_line("found", "Trouvé dans la caisse", fields)
        self.reason = text_line("reason", "Explication de la différence", fields, longest=500)
        self.open_button = button("Ouvrir la caisse", "primary", self.open_it)
        self.day_button = button(
            "Compter et clôturer cette journée", "primary", partial(context.navigator.open, _CLOSING)
        )
        self.found.setFixedWidth(170)
        row = QHBoxLayout()
        row.setSpacing(3 * t.SPACE)
        row.addWidget(self.said, 2)
        for piece in (self.found, self.reason):
            row.addWidget(piece, 3 if piece is self.reason else 0)
        row.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.day_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        self.found.changed.connect(self._compare)
        self.found.edit.returnPressed.connect(self._entered)
        self.reason.edit.returnPressed.connect(self.open_it)
        self.hide()

    def show_state(self, state: CashState) -> None:
        """Show what stands in the way, or go."""
        day = state.cash.day
        may = self._context.desk.may(Right.CASH_DAY)
        if state.cash.is_open and not state.is_late:
            self.hide()
            return
        self._expected = state.expected
        late = state.is_late and day is not None
        self.heading.setText("La caisse d’hier est restée ouverte" if late else "La caisse n’est pas ouverte")
        for piece in (self.found, self.open_button):
            piece.setVisible(may and not late)
        self.day_button.setVisible(may and late)
        if late and day is not None:
            self.said.setText(f"La journée du {formats.day(day.day)} se clôture d’abord, sous sa date.")
        elif day is not None and day.day == state.today:
            self.said.setText("La journée d’aujourd’hui est déjà clôturée\u202f: rien n’y entre plus.")
            self.found.hide()
            self.open_button.hide()
        else:
            self.said.setText("Comptez ce qui s’y trouve, puis ouvrez-la\u202f: la journée commence.")
            if not self.found.edit.text():
                self.found.widget.set_value(state.expected)
        self._compare()
        self.show()

    def begin(self) -> None:
        """Stand where the day begins."""
        for piece in (self.found.edit, self.day_button):
            if piece.isVisibleTo(self):
                piece.setFocus()
                return

    def open_it(self) -> None:
        """Open the caisse with what is typed."""
        value = self.found.value()
        if not isinstance(value, int):
            self.found.show_error(value if isinstance(value, Violation) else "Écrivez ce qui se trouve dans la caisse.")
            self.found.edit.setFocus()
            return
        self.open_button.setEnabled(False)
        command = OpenDay(request_id=self._request, found=value, reason=self.reason.text())
        self._context.operations.run(
            SHORT,
            cash_days.open_day,
            self._context.desk,
            command,
            owner=self,
            done=self._opened,
            broken=self._refused,
        )

    def _entered(self) -> None:
        if self.reason.isVisible() and not self.reason.text():
            self.reason.edit.setFocus()
        else:
            self.open_it()

    def _compare(self) -> None:
        """A reason is asked for only where the figure differs from the last closing."""
        self.reason.setVisible(self.found.isVisibleTo(self) and self.found.amount() != self._expected)

    def _opened(self, done: Done[CashDay]) -> None:
        self._request = uuid.uuid4().hex
        self.open_button.setEnabled(True)
        self.hide()
        self._context.notify(f"Caisse ouverte avec {formats.amount(self.found.amount())}.", "good")
        self._context.broadcast(done.changes)
        self.opened.emit()

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self.open_button.setEnabled(True)
        lines = {"found": self.found, "reason": self.reason}
        for line in lines.values():
            line.show_error()
        others = []
        for one in violations:
            if one.field in lines:
                lines[one.field].show()
                lines[one.field].show_error(one)
            else:
                others.append(sentences.sentence(one))
        if others:
            self.said.setText(" ".join(others))


_CLOSING = Target("cashbook", action="day/close")
