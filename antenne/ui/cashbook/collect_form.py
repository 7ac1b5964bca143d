"""What « Encaisser » is made of on the screen, and how refusals find their place in it."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from antenne.domain.forms.model import Field, Kind
from antenne.domain.violations import Violation
from antenne.services import fees
from antenne.ui.cashbook.collect_book import BookCard
from antenne.ui.cashbook.collect_change import ChangeLine
from antenne.ui.cashbook.collect_fields import Line, field_context
from antenne.ui.cashbook.collect_open import OpenCard
from antenne.ui.cashbook.collect_pay import PayCard
from antenne.ui.cashbook.collect_rows import Basket, Block, Woman
from antenne.ui.cashbook.collect_sketch import Sketch
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, button, label
from antenne.wording import violations as sentences

FREE: Final = (
    (fees.FEES, "Frais"),
    (fees.RENT, "Loyer reçu"),
    (fees.GRANT, "Fonds d’un bailleur"),
    (fees.OTHER_INCOME, "Autre recette"),
)
"""Lines whose words are typed."""

_PAY_WIDTH: Final = 388
_ANY_WIDTH: Final = 16_777_215
"""Qt’s own word for no limit."""
_LEAST_ROWS: Final = 170
_LEAST_PAPER: Final = 72
"""Heights below which the whole panel scrolls."""
_TWO_COLUMNS_FROM: Final = 980
"""Pixels; below, the payment stands under the basket."""


class CollectForm(Screen):
    """The widgets of a basket; :class:`antenne.ui.cashbook.collect_panel.CollectPanel` reads, saves, prints."""

    def __init__(self, context: Context) -> None:
        """Build everything, empty."""
        super().__init__()
        self._context = context
        self._replaces: int | None = None
        fields = field_context(context, self)
        self.band = Band()
        self.open_card = OpenCard(context, fields)
        self.book = BookCard(fields)
        person = Field(key="person", label="Pour qui\u202f? Nom, numéro ou téléphone", kind=Kind.PERSON)
        self.search = Line(person, fields)
        self.basket = Basket(fields, FREE)
        self.pay = PayCard(fields)
        self.sketch = Sketch()
        self.changes = QVBoxLayout()
        self.save_button = button("Enregistrer et imprimer", "primary", self.save)
        self.quiet_button = button("Sans imprimer", "plain", partial(self.save_basket, printing=False))
        self.book_button = button("Reçu du carnet…", "plain", self.turn_book)
        self._number_hint = label("Le reçu prend son numéro à l’enregistrement.", "hint")
        self._build()
        self.basket.done.connect(self._go_to_money)
        self.pay.handed.edit.returnPressed.connect(self.save_button.setFocus)
        self.pay.given.edit.returnPressed.connect(self.save_button.setFocus)
        self.open_card.opened.connect(self.search.edit.setFocus)

    def save_basket(self, *, printing: bool) -> None:
        """Take the money in; with ``printing``, the paper follows."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns, or the payment under the basket."""
        super().resizeEvent(event)
        wide = self.width() >= _TWO_COLUMNS_FROM
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._pay_card.setMinimumWidth(_PAY_WIDTH if wide else 0)
        self._pay_card.setMaximumWidth(_PAY_WIDTH if wide else _ANY_WIDTH)

    # --- Building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        inside = QWidget()
        page = QVBoxLayout(inside)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(3 * t.SPACE)
        for piece in (self.band, self.open_card, self.book):
            page.addWidget(piece)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(4 * t.SPACE)
        self._columns.addWidget(self._left(), 1)
        self._pay_card = self._right()
        self._columns.addWidget(self._pay_card)
        page.addLayout(self._columns, 1)
        whole.addWidget(_scrolling(inside))

    def _left(self) -> QWidget:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(3 * t.SPACE)
        row.addWidget(self.search, 1)
        other = button("Autre recette…", "plain", self.add_nobody)
        for piece in (other, self.book_button):
            row.addWidget(piece, 0, Qt.AlignmentFlag.AlignBottom)
        card.body.addLayout(row)
        card.body.addLayout(self.changes)
        rows = _scrolling(self.basket)
        rows.setMinimumHeight(_LEAST_ROWS)
        card.body.addWidget(rows, 1)
        return card

    def _right(self) -> QWidget:
        card = Card(role="focus")
        card.body.addWidget(self.pay)
        self.quiet_button.setAccessibleName("Enregistrer sans imprimer")
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * t.SPACE)
        buttons.addWidget(self.quiet_button)
        buttons.addWidget(self.save_button, 1)
        card.body.addLayout(buttons)
        card.body.addWidget(label("Le reçu dira", "column"))
        paper = _scrolling(self.sketch)
        paper.setMinimumHeight(_LEAST_PAPER)
        card.body.addWidget(paper, 1)
        card.body.addWidget(self._number_hint)
        return card

    # --- Rows ------------------------------------------------------------------------------------------------------

    def fill(self, block: Block, rows: list[dict[str, Any]]) -> None:
        """Tick what was ticked, and nothing else; free lines are made anew."""
        words = dict(FREE)
        for row in block.rows:
            row.tick.setChecked(False)
        for raw in rows:
            known = next((row for row in block.rows if not row.free and row.fits(raw)), None)
            if known is None and raw.get("kind") in words and raw.get("free"):
                known = block.add_free(raw["kind"], words[raw["kind"]])
            if known is not None:
                known.setVisible(True)
                known.take_raw(raw)

    def show_change(self, woman: Woman) -> None:
        """What the office still owes her, with the way to give it."""
        if woman.change_due:
            line = ChangeLine(self._context, woman.hit.id, woman.change_due, woman.hit.title)
            self.changes.addWidget(line)

    def forget_changes(self) -> None:
        """Those lines go with the basket."""
        while (item := self.changes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def add_nobody(self) -> None:
        """Money that concerns no woman of the register."""
        block = self.basket.add(None)
        if not block.rows:
            block.add_free(fees.OTHER_INCOME, dict(FREE)[fees.OTHER_INCOME])

    # --- Refusals --------------------------------------------------------------------------------------------------

    def show_broken(self, broken: tuple[Violation, ...], *, typing: bool = False) -> None:
        """Each beside its row or field, the rest above the buttons; while ``typing``, an empty row is not scolded."""
        errors: dict[int, str] = {}
        others: list[Violation] = []
        for one in broken:
            place = _row_of(one)
            if place is None:
                others.append(one)
            else:
                errors[place] = " ".join(filter(None, (errors.get(place, ""), sentences.sentence(one))))
        self.basket.show_errors(errors, typing=typing)
        self.pay.say(self.book.show_errors(self.pay.show_errors(tuple(others))))

    def lacks_payer(self) -> bool:
        """Money of nobody must say who paid; says so beside the field."""
        lacking = any(line.person_id is None for line in self.basket.lines()) and not self.pay.payer.text()
        if lacking:
            self.pay.payer.show_error("Écrivez qui paie\u202f: le reçu le dira.")
            self.pay.payer.edit.setFocus()
        return lacking

    def set_busy(self, *, busy: bool) -> None:
        """No second save while one is under way."""
        for piece in (self.save_button, self.quiet_button):
            piece.setEnabled(not busy)

    def _go_to_money(self) -> None:
        (self.pay.handed.edit if self.pay.is_cash else self.pay.reference.edit).setFocus()

    # --- Book, draft -----------------------------------------------------------------------------------------------

    def turn_book(self) -> None:
        """From receipts given now to receipts of the book, and back."""
        on = not self.book.is_on
        self.book.setVisible(on)
        self.book_button.setText("Revenir aux reçus du jour" if on else "Reçu du carnet…")
        self.quiet_button.setHidden(on)
        self._number_hint.setHidden(on)
        self.save_button.setText("Enregistrer ce reçu" if on else "Enregistrer et imprimer")
        if on and not self.book.day.text():
            self.book.day.widget.set_value(self._context.clock.today())
        (self.book.number.edit if on else self.search.edit).setFocus()

    def open_book(self, stub: str) -> None:
        """Key a receipt of the book, or the stub of that number."""
        if not self.book.is_on:
            self.turn_book()
        if stub:
            self.book.begin_stub(stub)

    def raw(self) -> dict[str, Any]:
        """The basket as a draft; empty when nobody is in it."""
        if self.basket.is_empty:
            return {}
        women = [
            {"id": block.person_id, "rows": [row.raw() for row in block.rows if row.tick.isChecked() or row.free]}
            for block in self.basket.blocks
        ]
        return {"women": women, "pay": self.pay.raw(), "book": self.book.raw(), "replaces": self._replaces}


def _scrolling(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def _row_of(violation: Violation) -> int | None:
    """« lines[2].amount » → 2."""
    field = violation.field or ""
    if not field.startswith("lines["):
        return None
    return int(field[len("lines[") : field.index("]")])
