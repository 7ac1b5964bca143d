"""« Encaisser »: whom, what is paid, what passes over the counter, what the paper will say, saved in one go."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QTimer

from antenne.base.problems import Problem
from antenne.domain.basket import by_person
from antenne.domain.board import Target
from antenne.domain.changes import CARDS, CASHBOOK, DUES, MEMBERS, Changes, Done
from antenne.domain.money import ROUND_CASH
from antenne.domain.receipts import Receipt
from antenne.domain.violations import Violation
from antenne.services import basket_preview, receipts
from antenne.services.basket_preview import BasketPreview
from antenne.services.receipts import Collect
from antenne.ui.cashbook.collect_draft import BasketDraft
from antenne.ui.cashbook.collect_form import CollectForm
from antenne.ui.cashbook.collect_reading import Counter, look_up, read_counter
from antenne.ui.cashbook.collect_rows import Woman
from antenne.ui.cashbook.receipts_print import print_receipts
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import SHORT
from antenne.wording import formats

_PREVIEW_AFTER: Final = 150
"""Milliseconds after the last key before the receipt is drawn again."""


class CollectPanel(CollectForm):
    """One basket. Targets: an id is a woman; ``book`` keys a receipt of the book; ``replace`` an id of a receipt."""

    help_key = "cashbook_collect"

    def __init__(self, context: Context) -> None:
        """Build the panel; nothing is read before the first visit."""
        super().__init__(context)
        self._request = uuid.uuid4().hex
        self._refused_for: Collect | None = None
        self._refusals: tuple[Violation, ...] = ()
        self._seen = False
        self._loading = False
        self._draft = BasketDraft(context, self.band, self.raw, self._resume)
        self._timer = QTimer(self, singleShot=True, interval=_PREVIEW_AFTER)
        self._timer.timeout.connect(self.preview_now)
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
            self.open_book(target.field)
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

    def _connect(self) -> None:
        self.search.changed.connect(self._picked)
        self.basket.changed.connect(self._touched)
        self.pay.changed.connect(self._touched)
        self.book.changed.connect(self._touched)

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
            self.fill(block, before["rows"])
        if "replaces" in before:
            self._replaces = before["replaces"]
            self.band.say(f"Ce panier remplace le reçu {before['name']}, annulé.", "info")
            self.pay.take_raw(before["pay"])
        if woman is not None:
            self.show_change(woman)
        first = block.first()
        (first or self.search.edit).setFocus()

    # --- What follows each key -------------------------------------------------------------------------------------

    def _touched(self) -> None:
        if self._loading:
            return
        self._loading = True  # the figures answer with a change of their own
        self.pay.show_total(self.basket.total(), rounded=self._rounds_change())
        self._loading = False
        self._draft.touch()
        self._later()

    def _rounds_change(self) -> bool:
        """The office rounds cash, and the last woman can be owed what is left."""
        groups = by_person(self.basket.lines())
        on = self._context.desk.settings.value(ROUND_CASH, self._context.clock.today())
        return bool(on) and bool(groups) and groups[-1][0] is not None

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
            replaces=self._replaces,
        )

    def preview_now(self) -> None:
        """Draw the receipt without waiting for a pause in the typing."""
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
        self.show_broken(self._refusals if same else seen.broken, typing=not same)

    def _no_preview(self, _problem: Problem) -> None:
        """The base is busy for a moment: the next key asks again, and saving says it if it lasts."""

    # --- Saving ----------------------------------------------------------------------------------------------------

    def save_basket(self, *, printing: bool) -> None:
        """Take the money in; with ``printing``, the paper follows."""
        if not self.save_button.isEnabled() or (self.book.is_on and self.book.missing()) or self.lacks_payer():
            return
        if self.pay.unread() or any(row.unread() for row in self.basket.rows):
            self.show_broken(())
            return
        self.set_busy(busy=True)
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
        self.set_busy(busy=False)
        made = done.value
        self._begin_again()
        self._draft.saved()
        names = ", ".join(one.name for one in made)
        total = formats.amount(sum(one.total for one in made))
        said = "Reçus enregistrés" if len(made) > 1 else "Reçu enregistré"
        self._context.notify(f"{said}\u00a0: {names} · {total}.", "good")
        self._context.broadcast(done.changes)
        if printing:
            print_receipts(self._context, self, tuple(one.id for one in made))

    def _begin_again(self) -> None:
        """An empty basket; with the book, the next number."""
        self._request = uuid.uuid4().hex
        self._replaces = self._refused_for = None
        self.basket.clear()
        self.pay.clear()
        self.forget_changes()
        if self.book.is_on:
            self.book.next_one()
        self.search.edit.setFocus()

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self.set_busy(busy=False)
        self._draft.touch()
        self._refused_for, self._refusals = self._command(), violations
        self.show_broken(violations)
        if any(one.code.startswith("cashbook.") for one in violations):
            self.refresh()

    def _failed(self, problem: Problem) -> None:
        self.set_busy(busy=False)
        self._draft.touch()
        self._context.operations.say_problem(problem)

    # --- Counter, book, draft --------------------------------------------------------------------------------------

    def _show_counter(self, counter: Counter) -> None:
        shown = not self.open_card.isHidden()
        self.open_card.show_state(counter.state)
        if not self.open_card.isHidden() and not shown and self.basket.is_empty:
            self.open_card.begin()
        self.pay.box.show_boxes(tuple(one.box for one in counter.state.boxes))
        self.book.show_ranges(counter.ranges)

    def _resume(self, body: dict[str, Any]) -> None:
        """Take a draft back: each woman's rows are read anew."""
        if body.get("book", {}).get("on") and not self.book.is_on:
            self.turn_book()
            self.book.take_raw(body["book"])
        self._replaces = body.get("replaces")
        self.pay.take_raw(body.get("pay", {}))
        for kept in body.get("women", []):
            self._take_back(kept)

    def _take_back(self, kept: dict[str, Any]) -> None:
        if kept["id"] is None:
            self.fill(self.basket.add(None), kept["rows"])
            return

        def found(answer: tuple[Woman | None, dict[str, Any]]) -> None:
            woman = answer[0]
            if woman is not None:
                self.fill(self.basket.add(woman), kept["rows"])

        self._context.operations.run(
            SHORT, look_up, self._context.desk, self._context.baskets, kept["id"], False, owner=self, done=found
        )
