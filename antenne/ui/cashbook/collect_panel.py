"""« Encaisser »: whom, what is paid, what passes over the counter, what the paper will say, saved in one go."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from antenne.base.problems import Problem
from antenne.domain.board import Target
from antenne.domain.changes import CARDS, CASHBOOK, DUES, MEMBERS, Changes, Done
from antenne.domain.forms.model import Field, Kind
from antenne.domain.receipts import Receipt
from antenne.domain.violations import Violation
from antenne.services import basket_preview, fees, receipts
from antenne.services.basket_preview import BasketPreview
from antenne.services.receipts import Collect
from antenne.ui.cashbook.collect_book import BookCard
from antenne.ui.cashbook.collect_change import ChangeLine
from antenne.ui.cashbook.collect_draft import BasketDraft
from antenne.ui.cashbook.collect_fields import Line, field_context
from antenne.ui.cashbook.collect_open import OpenCard
from antenne.ui.cashbook.collect_pay import PayCard
from antenne.ui.cashbook.collect_reading import Counter, look_up, read_counter
from antenne.ui.cashbook.collect_rows import Basket, Block, Woman
from antenne.ui.cashbook.collect_sketch import Sketch
from antenne.ui.cashbook.receipts_print import print_receipts
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.operations import SHORT
from antenne.wording import formats

FREE: Final = (
    (fees.FEES, "Frais"),
    (fees.RENT, "Loyer reçu"),
    (fees.GRANT, "Fonds d’un bailleur"),
    (fees.OTHER_INCOME, "Autre recette"),
)
"""Lines whose words are typed."""

_PAY_WIDTH: Final = 388
_LEAST_ROWS: Final = 170
_LEAST_PAPER: Final = 72
"""Heights below which the whole panel scrolls."""
_PREVIEW_AFTER: Final = 150
"""Milliseconds after the last key before the receipt is drawn again."""


class CollectPanel(Screen):
    """One basket. Targets: an id is a woman; ``book`` keys a receipt of the book; ``replace`` an id of a receipt."""

    help_key = "cashbook_collect"

    def __init__(self, context: Context) -> None:
        """Build the panel; nothing is read before the first visit."""
        super().__init__()
        self._context = context
        self._request = uuid.uuid4().hex
        self._replaces: int | None = None
        self._refused_for: Collect | None = None
        self._refusals: tuple[Violation, ...] = ()
        self._seen = False
        self._loading = False
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
        self.book_button = button("Reçu du carnet…", "plain", self._turn_book)
        self._number_hint = label("Le reçu prend son numéro à l’enregistrement.", "hint")
        self._draft = BasketDraft(context, self.band, self.raw, self._resume)
        self._timer = QTimer(self, singleShot=True, interval=_PREVIEW_AFTER)
        self._timer.timeout.connect(self._preview)
        self._build()
        self._connect()

    # --- Screen ----------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """Add a woman, begin with the book, take a cancelled receipt's place, or go on."""
        if not self._seen:
            self._seen = True
            self._draft.look()
        self.refresh()
        if target.action == "replace" and target.id is not None:
            self._look_up(target.id, receipt=True)
        elif target.id is not None:
            self._look_up(target.id)
        if target.action == "book":
            self._open_book(target.field)
        elif target.id is None:
            self.search.edit.setFocus()

    def refresh(self) -> None:
        """Read whether the caisse is open, and what each woman owes, again."""
        self._context.operations.run(
            SHORT, read_counter, self._context.desk, owner=self, done=self._show_counter, latest=True, key="counter"
        )

    def on_changes(self, changes: Changes) -> None:
        """The caisse was opened or closed; what she owes changed elsewhere."""
        if any(changes.touch(area) for area in (CASHBOOK, DUES, CARDS, MEMBERS)):
            self.refresh()
            self._later()

    def new(self) -> None:
        """Ctrl+N: the next woman of this basket."""
        self.search.edit.setFocus()

    def save(self) -> None:
        """Ctrl+S: save, then print."""
        self.save_basket(printing=not self.book.is_on)

    def keep_draft(self) -> None:
        """What is typed is kept."""
        self._draft.flush()

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
        columns = QHBoxLayout()
        columns.setSpacing(4 * t.SPACE)
        columns.addWidget(self._left(), 1)
        columns.addWidget(self._right())
        page.addLayout(columns, 1)
        whole.addWidget(_scrolling(inside))

    def _left(self) -> QWidget:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(3 * t.SPACE)
        row.addWidget(self.search, 1)
        other = button("Autre recette…", "plain", self._add_nobody)
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
        card.setFixedWidth(_PAY_WIDTH)
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

    def _connect(self) -> None:
        self.search.changed.connect(self._picked)
        self.basket.changed.connect(self._touched)
        self.basket.done.connect(self._go_to_money)
        self.pay.changed.connect(self._touched)
        self.book.changed.connect(self._touched)
        self.pay.handed.edit.returnPressed.connect(self.save_button.setFocus)
        self.pay.given.edit.returnPressed.connect(self.save_button.setFocus)
        self.open_card.opened.connect(self.search.edit.setFocus)

    # --- Whom ------------------------------------------------------------------------------------------------------

    def _picked(self) -> None:
        """Somebody was chosen in the search: her rows come."""
        chosen = self.search.value()
        if isinstance(chosen, int):
            self.search.widget.set_value(None)
            self._look_up(chosen)

    def _look_up(self, number: int, *, receipt: bool = False) -> None:
        self._context.operations.run(
            SHORT,
            look_up,
            self._context.desk,
            self._context.baskets,
            number,
            receipt,
            owner=self,
            done=self._add,
            broken=self.pay.say,
        )

    def _add(self, found: tuple[Woman | None, dict[str, Any]]) -> None:
        """Her block, and what a draft or a cancelled receipt had ticked in it."""
        woman, before = found
        block = self.basket.add(woman)
        if "rows" in before:
            self._fill(block, before["rows"])
        if "replaces" in before:
            self._replaces = before["replaces"]
            self.band.say(f"Ce panier remplace le reçu {before['name']}, annulé.", "info")
            self.pay.take_raw(before["pay"])
        if woman is not None:
            self._show_change(woman)
        first = block.first()
        (first or self.search.edit).setFocus()

    def _fill(self, block: Block, rows: list[dict[str, Any]]) -> None:
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

    def _show_change(self, woman: Woman) -> None:
        if woman.change_due:
            line = ChangeLine(self._context, woman.hit.id, woman.change_due, woman.hit.title)
            self.changes.addWidget(line)

    def _add_nobody(self) -> None:
        block = self.basket.add(None)
        if not block.rows:
            block.add_free(fees.OTHER_INCOME, dict(FREE)[fees.OTHER_INCOME])

    # --- What follows each key -------------------------------------------------------------------------------------

    def _touched(self) -> None:
        if self._loading:
            return
        self._loading = True  # the figures answer with a change of their own
        self.pay.show_total(self.basket.total())
        self._loading = False
        self._draft.touch()
        self._later()

    def _later(self) -> None:
        self._timer.start()

    def _command(self) -> Collect:
        paid = self.pay.paid()
        return Collect(
            request_id=self._request,
            lines=self.basket.lines(),
            box=paid.box,
            handed=paid.handed,
            given=paid.given,
            payer=paid.payer,
            reference=paid.reference,
            by_hand=self.book.paper(),
        )

    def _preview(self) -> None:
        self._context.operations.run(
            SHORT,
            basket_preview.preview_basket,
            self._context.desk,
            self._command(),
            self._context.baskets,
            owner=self,
            done=self._show_preview,
            problem=self._no_preview,
            latest=True,
            key="preview",
        )

    def _show_preview(self, seen: BasketPreview) -> None:
        self.sketch.show_preview(seen, self.pay.payer.text())
        same = self._refused_for is not None and self._command() == self._refused_for
        self._show_broken(self._refusals if same else seen.broken)

    def _no_preview(self, _problem: Problem) -> None:
        """The base is busy for a moment: the next key asks again, and saving says it if it lasts."""

    def _show_broken(self, broken: tuple[Violation, ...]) -> None:
        """Each beside its row or field, the rest above the buttons."""
        errors: dict[int, str] = {}
        others: list[Violation] = []
        for one in broken:
            place = _row_of(one)
            if place is None:
                others.append(one)
            else:
                errors[place] = " ".join(filter(None, (errors.get(place, ""), _sentence(one))))
        self.basket.show_errors(errors)
        self.pay.say(self.book.show_errors(self.pay.show_errors(tuple(others))))

    # --- Saving ----------------------------------------------------------------------------------------------------

    def save_basket(self, *, printing: bool) -> None:
        """Take the money in; with ``printing``, the paper follows."""
        if not self.save_button.isEnabled() or (self.book.is_on and self.book.missing()):
            return
        if self.pay.unread() or any(row.unread() for row in self.basket.rows):
            self._show_broken(())
            return
        self._set_busy(busy=True)
        self._draft.pause()
        self._context.operations.run(
            SHORT,
            receipts.collect,
            self._context.desk,
            self._command(),
            self._context.baskets,
            owner=self,
            done=partial(self._saved, printing),
            broken=self._refused,
            problem=self._failed,
        )

    def _saved(self, printing: bool, done: Done[tuple[Receipt, ...]]) -> None:
        self._set_busy(busy=False)
        made, replaced = done.value, self._replaces
        self._begin_again()
        self._draft.saved()
        names = ", ".join(one.name for one in made)
        total = formats.amount(sum(one.total for one in made))
        said = "Reçus enregistrés" if len(made) > 1 else "Reçu enregistré"
        self._context.notify(f"{said}\u00a0: {names} · {total}.", "good")
        self._context.broadcast(done.changes)
        if replaced is not None:
            self._link(replaced, made[0].id)
        if printing:
            print_receipts(self._context, self, tuple(one.id for one in made))

    def _link(self, cancelled_id: int, new_id: int) -> None:
        from antenne.services import receipts_printing

        def linked(done: Done[None]) -> None:
            self._context.broadcast(done.changes)

        run = self._context.operations.run
        run(
            SHORT,
            receipts_printing.note_replacement,
            self._context.desk,
            cancelled_id,
            new_id,
            owner=self,
            done=linked,
        )

    def _begin_again(self) -> None:
        """An empty basket; with the book, the next number."""
        self._request = uuid.uuid4().hex
        self._replaces = self._refused_for = None
        self.basket.clear()
        self.pay.clear()
        self._forget_changes()
        if self.book.is_on:
            self.book.next_one()
        self.search.edit.setFocus()

    def _forget_changes(self) -> None:
        while (item := self.changes.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self._set_busy(busy=False)
        self._draft.touch()
        self._refused_for, self._refusals = self._command(), violations
        self._show_broken(violations)
        if any(one.code.startswith("cashbook.") for one in violations):
            self.refresh()

    def _failed(self, problem: Problem) -> None:
        self._set_busy(busy=False)
        self._draft.touch()
        self._context.operations.say_problem(problem)

    def _set_busy(self, *, busy: bool) -> None:
        for piece in (self.save_button, self.quiet_button):
            piece.setEnabled(not busy)

    def _go_to_money(self) -> None:
        (self.pay.handed.edit if self.pay.is_cash else self.pay.reference.edit).setFocus()

    # --- Counter, book, draft --------------------------------------------------------------------------------------

    def _show_counter(self, counter: Counter) -> None:
        shown = not self.open_card.isHidden()
        self.open_card.show_state(counter.state)
        if not self.open_card.isHidden() and not shown and self.basket.is_empty:
            self.open_card.begin()
        self.pay.box.show_boxes(tuple(one.box for one in counter.state.boxes))
        self.book.show_ranges(counter.ranges)

    def _turn_book(self) -> None:
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

    def _open_book(self, stub: str) -> None:
        if not self.book.is_on:
            self._turn_book()
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

    def _resume(self, body: dict[str, Any]) -> None:
        """Take a draft back: each woman's rows are read anew."""
        if body.get("book", {}).get("on") and not self.book.is_on:
            self._turn_book()
            self.book.take_raw(body["book"])
        self._replaces = body.get("replaces")
        self.pay.take_raw(body.get("pay", {}))
        for kept in body.get("women", []):
            self._take_back(kept)

    def _take_back(self, kept: dict[str, Any]) -> None:
        if kept["id"] is None:
            self._fill(self.basket.add(None), kept["rows"])
            return

        def found(answer: tuple[Woman | None, dict[str, Any]]) -> None:
            woman = answer[0]
            if woman is not None:
                self._fill(self.basket.add(woman), kept["rows"])

        self._context.operations.run(
            SHORT, look_up, self._context.desk, self._context.baskets, kept["id"], False, owner=self, done=found
        )


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


def _sentence(violation: Violation) -> str:
    from antenne.wording import violations as sentences

    return sentences.sentence(violation)
