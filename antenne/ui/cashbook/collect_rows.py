"""The basket: a block for each woman, a row for each thing that she may pay, with the figure that she pays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from antenne.domain.basket import BasketLine, Owed
from antenne.domain.receipts import MOST_LINES
from antenne.domain.violations import Violation
from antenne.services import fees
from antenne.ui.cashbook.collect_fields import money_line, text_line
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import button, label
from antenne.ui.kit.fields.base import FieldContext, PersonHit
from antenne.ui.kit.pills import Pill
from antenne.wording import formats
from antenne.wording import violations as sentences

_AMOUNT_WIDTH: Final = 128
_ONE_BY_ONE: Final = 3
"""Ticked rows from which one key unticks them together."""
_SHOWN_AHEAD: Final = 4
"""Rows shown of what is not asked for yet; the others are a click away."""


@dataclass(frozen=True, slots=True)
class Woman:
    """Who is in front of the counter, what she may pay, what the office owes her."""

    hit: PersonHit
    owed: tuple[Owed, ...]
    change_due: int = 0


class PayRow(QFrame):
    """One thing that may be paid: Espace ticks it, the figure beside it can be lowered (a part payment)."""

    changed = Signal()
    left = Signal(object)
    """This row, whose free line is not wanted any more."""

    def __init__(self, owed: Owed, context: FieldContext, *, free: bool = False) -> None:
        """Show what is owed; a ``free`` row has words of its own and can be taken away."""
        super().__init__()
        self.owed = owed
        self.free = free
        self.tick = QCheckBox("" if free else owed.label.replace("&", "&&"))
        self.tick.setAccessibleName(f"{owed.label}, {formats.amount(owed.amount)}" if owed.amount else owed.label)
        self.tick.setChecked(owed.ticked or free)
        self.words = text_line("label", "Libellé du reçu", context, longest=fees.MOST_LABEL)
        self.amount = money_line("amount", "Somme", context)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self._build()
        self.tick.toggled.connect(self._ticked)
        self.amount.changed.connect(self._typed)
        self.words.changed.connect(self.changed)
        if owed.amount:
            self.amount.widget.set_value(owed.amount)
        self.amount.edit.setReadOnly(not owed.part and bool(owed.amount))

    def line(self) -> BasketLine | None:
        """What is paid, or None where it is not ticked; a figure that cannot be read counts as 0."""
        if not self.tick.isChecked():
            return None
        return BasketLine(
            kind=self.owed.kind,
            person_id=self.owed.person_id,
            amount=self.amount.amount(),
            label=self.words.text() if self.free else "",
            subject_id=self.owed.subject_id,
        )

    @property
    def is_unfilled(self) -> bool:
        """A free line whose words or figure are still to come."""
        return self.free and not (self.words.text() and self.amount.edit.text().strip())

    def unread(self) -> Violation | None:
        """Why the figure of a ticked row cannot be read."""
        value = self.amount.value()
        return value if self.tick.isChecked() and isinstance(value, Violation) else None

    def show_error(self, sentence: str) -> None:
        """Under the row; an empty one takes it away."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.amount.widget.show_error(wrong=bool(sentence))
        self.amount.edit.setAccessibleDescription(sentence)

    def raw(self) -> dict[str, Any]:
        """For the draft."""
        own = self.owed
        return {
            "kind": own.kind,
            "subject": own.subject_id,
            "label": own.label,
            "free": self.free,
            "words": self.words.text(),
            "ticked": self.tick.isChecked(),
            "amount": self.amount.edit.text(),
        }

    def take_raw(self, raw: dict[str, Any]) -> None:
        """From the draft."""
        self.tick.setChecked(bool(raw.get("ticked")))
        self.amount.widget.set_raw(raw.get("amount"))
        self.words.widget.set_raw(raw.get("words"))

    def fits(self, raw: dict[str, Any]) -> bool:
        """Whether a draft's row is this one."""
        own = self.owed
        return (raw.get("kind"), raw.get("subject"), raw.get("label")) == (own.kind, own.subject_id, own.label)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 1)
        column.setSpacing(1)
        row = QHBoxLayout()
        row.setSpacing(2 * t.SPACE)
        row.addWidget(self.tick, 0 if self.free else 1)
        if self.free:
            self.words.label.hide()
            self.words.edit.setPlaceholderText(self.owed.label)
            row.addWidget(self.words, 1)
            row.addWidget(button("Retirer", "link", partial(self.left.emit, self)))
        elif self.owed.late:
            row.addWidget(Pill("En retard", "danger", self))
        elif self.owed.due_on is not None:
            row.addWidget(label(f"pour le {formats.day(self.owed.due_on)}", "hint"))
        self.amount.label.hide()
        self.amount.setFixedWidth(_AMOUNT_WIDTH)
        self.amount.edit.setAccessibleName(f"Somme payée\u00a0: {self.owed.label}")
        row.addWidget(self.amount)
        column.addLayout(row)
        self.error.setAlignment(Qt.AlignmentFlag.AlignRight)
        column.addWidget(self.error)

    def _ticked(self, on: bool) -> None:
        if on and self.amount.amount() == 0 and self.owed.amount:
            self.amount.widget.set_value(self.owed.amount)
        if on and not self.owed.amount:
            self.amount.edit.setFocus()
        self.changed.emit()

    def _typed(self) -> None:
        """A figure typed in a row ticks it; an emptied one takes the tick away."""
        self.tick.blockSignals(True)  # one change is told once
        self.tick.setChecked(bool(self.amount.edit.text().strip()))
        self.tick.blockSignals(False)
        self.changed.emit()


class Block(QFrame):
    """One woman: her name, her rows; or the money that concerns nobody of the register."""

    changed = Signal()
    left = Signal(object)
    """This block."""

    def __init__(self, woman: Woman | None, context: FieldContext, free: tuple[tuple[str, str], ...]) -> None:
        """Show her.

        Args:
            woman: None for money that concerns nobody.
            context: Of the fields.
            free: Kinds and words of the lines that can be added.
        """
        super().__init__()
        self.woman = woman
        self._context = context
        self.rows: list[PayRow] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 2 * t.SPACE)
        self.column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(2 * t.SPACE)
        name = woman.hit.title if woman is not None else "Argent qui ne concerne aucune femme du registre"
        self.setAccessibleName(name)
        head.addWidget(label(name, "strong"))
        if woman is not None:
            head.addWidget(label(" · ".join(filter(None, (woman.hit.number, woman.hit.subtitle))), "muted"))
        head.addStretch(1)
        self.all_button = button("Tout décocher", "link", self.turn_all)
        self.all_button.hide()
        head.addWidget(self.all_button)
        away = button("Retirer", "link", partial(self.left.emit, self))
        away.setAccessibleName(f"Retirer du panier\u00a0: {name}")
        head.addWidget(away)
        self.column.addLayout(head)
        self.place = QVBoxLayout()
        self.column.addLayout(self.place)
        for owed in woman.owed if woman is not None else ():
            self._add(PayRow(owed, context))
        for row in self.ticked[MOST_LINES:]:  # the oldest fit one receipt; the rest is ticked on the next one
            row.tick.setChecked(False)
        if len(self.ticked) > _ONE_BY_ONE:
            self.all_button.show()
        foot = QHBoxLayout()
        ahead = [row for row in self.rows if not (row.owed.ticked or row.owed.late)][_SHOWN_AHEAD:]
        self._ahead = button(f"Voir la suite ({len(ahead)})", "link", self.show_ahead)
        if not ahead:
            self._ahead.hide()
        for row in ahead:
            row.hide()
        foot.addWidget(self._ahead)
        for kind, words in free:
            foot.addWidget(button(f"+ {words}", "link", partial(self.add_free, kind, words)))
        foot.addStretch(1)
        self.column.addLayout(foot)

    @property
    def person_id(self) -> int | None:
        """Whom it is about."""
        return self.woman.hit.id if self.woman is not None else None

    def add_free(self, kind: str, words: str) -> PayRow:
        """One more line with words of its own."""
        row = PayRow(Owed(kind=kind, label=words, amount=0, person_id=self.person_id), self._context, free=True)
        row.left.connect(self._take_away)
        self._add(row)
        row.words.edit.setFocus()
        self.changed.emit()
        return row

    @property
    def ticked(self) -> list[PayRow]:
        """The rows that are paid."""
        return [row for row in self.rows if row.tick.isChecked()]

    def turn_all(self) -> None:
        """No row, or the oldest that fit one receipt."""
        on = not self.ticked
        for place, row in enumerate(self.rows):
            row.tick.setChecked(on and (row.owed.late or row.owed.ticked) and place < MOST_LINES)
        self.all_button.setText("Tout décocher" if on else "Tout cocher")

    def show_ahead(self) -> None:
        """Show what is not asked for yet, too."""
        hidden = [row for row in self.rows if row.isHidden()]
        for row in hidden:
            row.show()
        self._ahead.hide()
        if hidden and self.isVisible():
            hidden[0].tick.setFocus()

    def first(self) -> QWidget | None:
        """Where work begins: the first ticked row, else the first."""
        rows = self.ticked or self.rows
        return rows[0].tick if rows else None

    def _add(self, row: PayRow) -> None:
        self.rows.append(row)
        self.place.addWidget(row)
        row.changed.connect(self.changed)

    def _take_away(self, row: PayRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self.changed.emit()


class Basket(QWidget):
    """Every block, one under the other; arrows go from row to row, Entrée to the next field."""

    changed = Signal()
    done = Signal()
    """Entrée in the last figure."""

    def __init__(self, context: FieldContext, free: tuple[tuple[str, str], ...]) -> None:
        """Begin empty; ``free`` are the kinds and words of the lines that can be added."""
        super().__init__()
        self._context = context
        self._free = free
        self.blocks: list[Block] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addStretch(1)

    @property
    def rows(self) -> list[PayRow]:
        """Every row, from top to bottom."""
        return [row for block in self.blocks for row in block.rows]

    @property
    def ticked(self) -> list[PayRow]:
        """The rows that are paid."""
        return [row for row in self.rows if row.tick.isChecked()]

    @property
    def is_empty(self) -> bool:
        """Nobody is in it."""
        return not self.blocks

    def lines(self) -> tuple[BasketLine, ...]:
        """What is paid, in the order of :attr:`ticked`."""
        return tuple(line for row in self.rows if (line := row.line()) is not None)

    def total(self) -> int:
        """FCFA, of what can be read."""
        return sum(line.amount for line in self.lines())

    def block_of(self, person_id: int | None) -> Block | None:
        """The block of a woman who is already there."""
        return next((block for block in self.blocks if block.person_id == person_id), None)

    def add(self, woman: Woman | None) -> Block:
        """Add a woman's block, or the one without a woman; who is there already stays as she is."""
        known = self.block_of(None if woman is None else woman.hit.id)
        if known is not None:
            return known
        free = tuple(one for one in self._free if (one[0] in _FOR_A_WOMAN) is (woman is not None))
        block = Block(woman, self._context, free)
        block.changed.connect(self._changed)
        block.left.connect(self.remove)
        self.blocks.append(block)
        self.column.insertWidget(self.column.count() - 1, block)
        self._changed()
        return block

    def remove(self, block: Block) -> None:
        """Take a woman out of the basket."""
        self.blocks.remove(block)
        block.hide()
        block.deleteLater()
        self.changed.emit()

    def clear(self) -> None:
        """Empty it."""
        for block in tuple(self.blocks):
            self.remove(block)

    def show_errors(self, errors: dict[int, str], *, typing: bool = False) -> None:
        """Sentences by place among the ticked rows; the others lose theirs. What cannot be read says so first.

        While she is ``typing``, a free row that is not filled yet is left alone.
        """
        places = {id(row): place for place, row in enumerate(self.ticked)}
        for row in self.rows:
            unread = row.unread()
            said = sentences.sentence(unread) if unread is not None else errors.get(places.get(id(row), -1), "")
            row.show_error("" if typing and row.is_unfilled else said)

    def _changed(self) -> None:
        for row in self.rows:
            for control in (row.tick, row.amount.edit, row.words.edit):
                control.installEventFilter(self)  # twice is once
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down among the rows, Entrée to what comes next."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                return self._step(watched, 1 if event.key() == Qt.Key.Key_Down else -1)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                return self._go_on(watched)
        return super().eventFilter(watched, event)

    def _step(self, watched: QObject, by: int) -> bool:
        figures = isinstance(watched, QLineEdit)
        column = [row.amount.edit if figures else row.tick for row in self.rows if not row.isHidden()]
        if watched not in column:
            return False
        place = column.index(watched) + by
        if 0 <= place < len(column):
            column[place].setFocus()
        return True

    def _go_on(self, watched: QObject) -> bool:
        rows = [row for row in self.rows if not row.isHidden()]
        for place, row in enumerate(rows):
            if watched in (row.tick, row.words.edit):
                row.amount.edit.setFocus()
                row.amount.edit.selectAll()
                return True
            if watched is row.amount.edit:
                if place + 1 < len(rows):
                    rows[place + 1].tick.setFocus()
                else:
                    self.done.emit()
                return True
        return False


_FOR_A_WOMAN: Final = frozenset({fees.FEES})
"""Free lines offered in a woman's own block; the rest concerns nobody of the register."""
