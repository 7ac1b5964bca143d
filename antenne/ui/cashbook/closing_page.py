"""« Clôturer la journée »: count, statements, review, close, sheet, backup. What is typed is kept as it is typed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antenne.base.media import Media
from antenne.base.problems import Problem
from antenne.domain import closing_flow as flows
from antenne.domain.cashbook import Closing
from antenne.domain.changes import Done
from antenne.domain.closing_flow import ClosingFlow, Step
from antenne.domain.violations import Violation
from antenne.services import cash_days, day_reading
from antenne.services.cash_days import CloseDay
from antenne.ui.cashbook.closing_count import CountGrid
from antenne.ui.cashbook.closing_done import DoneCard
from antenne.ui.cashbook.closing_parts import Lines, Review, Statements
from antenne.ui.cashbook.collect_fields import field_context
from antenne.ui.cashbook.day_print import print_day
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, Page, PageTitle, button, label
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.preview import PreviewDialog
from antenne.ui.kit.progress_panel import Step as BarStep
from antenne.ui.kit.progress_panel import StepBar
from antenne.wording import formats, problems
from antenne.wording import violations as sentences

_KEEP_AFTER: Final = 500
"""Milliseconds after the last key before the count is put down."""
_SIDE, _SLIM_SIDE, _SLIM_BELOW = 330, 230, 940
_STEPS: Final = (
    (Step.COUNT, "Compter", "billets et pièces"),
    (Step.STATEMENTS, "Autres caisses", "soldes des relevés"),
    (Step.REVIEW, "Vérifier", "écarts expliqués"),
    (Step.SHEET, "Feuille", "imprimer et signer"),
)


class ClosingPage(QWidget):
    """One closing; ``left`` asks to go back to the caisse."""

    left = Signal()

    def __init__(self, context: Context, media: Media) -> None:
        """Build the page; :meth:`begin` reads the day.

        Args:
            context: Of the screen.
            media: Where the key for the backup is looked for.
        """
        super().__init__()
        self._context = context
        self._request = uuid.uuid4().hex
        self._dirty = False
        self._closing = False
        self.flow: ClosingFlow | None = None
        fields = field_context(context, self)
        self.title = PageTitle("Clôturer la journée")
        self.band = Band()
        self.bar = StepBar()
        self.count, self.statements, self.review = CountGrid(), Statements(fields), Review(fields)
        self.done_card = DoneCard(context, media, self.print_sheet)
        self._side = Card(role="focus")
        self._timer = QTimer(self, singleShot=True, interval=_KEEP_AFTER)
        self._timer.timeout.connect(self.keep)
        self._build()
        self._connect()

    # --- Building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2 * t.SPACE)
        for piece in (self.title, self.band, self.bar):
            whole.addWidget(piece)
        self.pages = QStackedWidget()
        self._held: dict[Step, QWidget] = {}
        for step, inside in (
            (Step.COUNT, self.count),
            (Step.STATEMENTS, self.statements),
            (Step.REVIEW, self.review),
        ):
            card = Card()
            card.body.addWidget(inside)
            card.body.addStretch(1)
            page = Page()
            page.body.setContentsMargins(0, 0, 0, 0)
            page.body.addWidget(card, 1)
            self._held[step] = page
            self.pages.addWidget(page)
        self._held[Step.SHEET] = self._held[Step.DONE] = self.done_card
        self.pages.addWidget(self.done_card)
        row = QHBoxLayout()
        row.setSpacing(3 * t.SPACE)
        row.addWidget(self.pages, 1)
        self._build_side()
        row.addWidget(self._side)
        whole.addLayout(row, 1)

    def _build_side(self) -> None:
        """At the right: what is counted so far, and the buttons."""
        self._side.setFixedWidth(_SIDE)
        self.figure = label("", "figure")
        self.parts = label("", "muted", wrap=True)
        self.kept = label("", "hint", wrap=True)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.next_button = button("Continuer", "primary", self.go_on)
        self.back_button = button("Revenir", "plain", self.go_back)
        self.again_button = button("Recommencer le comptage", "link", self._begin_again)
        for piece in (label("Total compté", "muted"), self.figure, self.parts, self.kept, self.error):
            self._side.body.addWidget(piece)
        self._side.body.addStretch(1)
        for made in (self.next_button, self.back_button, self.again_button):
            self._side.body.addWidget(made)

    def _connect(self) -> None:
        for part in (self.count, self.statements, self.review):
            part.typed.connect(self._typed)
            part.finished.connect(self.go_on)
        self.done_card.left.connect(self.left)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The count keeps its room in a narrow window."""
        super().resizeEvent(event)
        self._side.setFixedWidth(_SIDE if self.width() >= _SLIM_BELOW else _SLIM_SIDE)

    # --- The day ---------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Read the open day and the count that was typed before; another visit reads the figures again."""
        self.keep()
        self._context.operations.run(
            SHORT, day_reading.read_closing, self._context.desk, owner=self, done=self._take, latest=True
        )

    def _take(self, flow: ClosingFlow | None) -> None:
        if flow is None:
            if self.flow is None or self.flow.step not in (Step.SHEET, Step.DONE):
                self._context.notify("Aucune journée n’est ouverte.", "info")
                self.left.emit()
            return
        fresh = self.flow is None or self.flow.cash_day_id != flow.cash_day_id
        resumed = fresh and bool(flow.texts)
        if not fresh and self.flow is not None and self._dirty:  # typed while the day was read again
            flow = flows.resume(flow.cash_day_id, flow.day, flow.asked, self.flow.body)
        if fresh:
            self._request = uuid.uuid4().hex
            self._say("")
        late = flow.day < self._context.clock.today()
        self.title.show_title(
            "Clôturer la journée",
            subtitle=formats.weekday(flow.day),
            pill="Restée ouverte" if late else "",
            tone="warning",
        )
        if late:
            self.band.say(
                f"Vous clôturez la journée du {formats.long_day(flow.day)}, restée ouverte. Comptez ce qui est dans la "
                "caisse maintenant\u202f; la journée d’aujourd’hui s’ouvre ensuite.",
                "warning",
            )
        elif self.band.text:
            self.band.dismiss()
        if resumed:
            self.kept.setText("Le comptage commencé a été retrouvé.")
        self._show(flow, focus=True)

    def _show(self, flow: ClosingFlow, *, focus: bool = False) -> None:
        """Everything as this value says."""
        moved = self.flow is None or self.flow.step is not flow.step
        self.flow = flow
        parts: dict[Step, Lines] = {Step.STATEMENTS: self.statements, Step.REVIEW: self.review}
        self.count.show_flow(flow)
        if flow.step in parts:  # made when it is reached, not at each key of the count
            parts[flow.step].show_flow(flow)
        self.figure.setText(formats.amount(flow.count.total))
        self.parts.setText(
            f"{formats.amount(flow.count.good)} en bon état, {formats.amount(flow.count.worn)} abîmés ou refusés"
        )
        typing = flow.step in (Step.COUNT, Step.STATEMENTS, Step.REVIEW)
        self._side.setVisible(typing)
        self.back_button.setVisible(flow.step is not Step.COUNT)
        self.again_button.setVisible(flow.step is Step.COUNT and bool(flow.texts))
        self.next_button.setText("Clôturer la journée" if flow.step is Step.REVIEW else "Continuer")
        self.next_button.setAccessibleName(self.next_button.text())
        self.bar.show_steps(_bar(flow))
        self.pages.setCurrentWidget(self._held[flow.step])
        if focus or moved:
            self._focus(flow)

    def _focus(self, flow: ClosingFlow) -> None:
        begin: dict[Step, Callable[[], object]] = {
            Step.COUNT: self.count.begin,
            Step.STATEMENTS: self.statements.begin,
            Step.REVIEW: self.review.begin if flow.gaps else self.next_button.setFocus,
        }
        begin.get(flow.step, self.done_card.print_button.setFocus)()

    # --- Typing ----------------------------------------------------------------------------------------------------

    def _typed(self, name: str, text: str) -> None:
        if self.flow is None or self.flow.step in (Step.SHEET, Step.DONE):
            return
        self._dirty = True
        self._timer.start()
        self._show(flows.write(self.flow, name, text))

    def keep(self) -> None:
        """Put the count down now."""
        self._timer.stop()
        if not self._dirty or self.flow is None:
            return
        self._dirty = False
        self._context.operations.run(
            SHORT,
            cash_days.keep_count,
            self._context.desk,
            self.flow.cash_day_id,
            self.flow.body,
            owner=self,
            done=self._kept,
        )

    def _kept(self, _done: object) -> None:
        self.kept.setText(f"Comptage gardé à {formats.hour(self._context.clock.now())}.")

    def _begin_again(self) -> None:
        """Away with the count; asked first, since it cannot come back."""
        if self.flow is None or not self._context.dialogs.confirm(
            self, "Effacer tout ce qui est compté et recommencer\u202f?", "Recommencer", danger=True
        ):
            return
        self._dirty = False
        self._timer.stop()
        self.kept.setText("")
        run, number = self._context.operations.run, self.flow.cash_day_id
        run(SHORT, cash_days.discard_count, self._context.desk, number, owner=self, done=lambda _done: self.begin())
        self._show(flows.resume(number, self.flow.day, self.flow.asked), focus=True)

    # --- Steps -----------------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """The next step, or the closing itself once everything was shown and explained."""
        if self.flow is None or self._closing or self.flow.step in (Step.SHEET, Step.DONE):
            return
        broken = flows.check(self.flow)
        self._say("")
        if broken:
            self._refuse(broken)
        elif flows.may_close(self.flow):
            self._close()
        else:
            self._dirty = True
            self._show(flows.forward(self.flow))
            self.keep()

    def go_back(self) -> bool:
        """The step before; False where there is none."""
        if self.flow is None or self._closing or flows.back(self.flow) == self.flow:
            return False
        self._dirty = True
        self._say("")
        self._show(flows.back(self.flow))
        self.keep()
        return True

    def _close(self) -> None:
        assert self.flow is not None
        self.keep()
        self._hold(closing=True)
        command = CloseDay(
            request_id=self._request,
            cash_day_id=self.flow.cash_day_id,
            count=self.flow.count,
            reason=self.flow.reason,
            statements=self.flow.statements,
            reasons=self.flow.reasons,
            shown={one.code: one.theoretical for one in self.flow.asked},
        )
        self._context.operations.run(
            SHORT,
            cash_days.close_day,
            self._context.desk,
            command,
            owner=self,
            done=self._closed,
            broken=self._refused,
            problem=self._failed,
        )

    def _hold(self, *, closing: bool) -> None:
        self._closing = closing
        self.next_button.setEnabled(not closing)
        self.back_button.setEnabled(not closing)

    def _closed(self, done: Done[tuple[Closing, ...]]) -> None:
        assert self.flow is not None
        self._hold(closing=False)
        self._request = uuid.uuid4().hex
        self.done_card.show_closed(self.flow.day, done.value[0])
        if self.band.text:
            self.band.dismiss()
        self._show(flows.closed(self.flow))
        self._context.broadcast(done.changes)
        self.print_sheet().finished.connect(self.done_card.back_up)

    def _refused(self, broken: tuple[Violation, ...]) -> None:
        self._hold(closing=False)
        self._refuse(broken)
        if any(one.field is None for one in broken):
            self.begin()  # the day is not what was shown: read it again, under the sentence

    def _failed(self, problem: Problem) -> None:
        self._hold(closing=False)
        self._say(problems.sentence(problem))

    def _refuse(self, broken: tuple[Violation, ...]) -> None:
        """Beside the fields of this step; what belongs to none stands over the button."""
        assert self.flow is not None
        parts: dict[Step, CountGrid | Lines] = {Step.COUNT: self.count, Step.STATEMENTS: self.statements}
        parts.get(self.flow.step, self.review).show_errors(broken)
        known = set(flows.fields_of(self.flow, self.flow.step))
        self._say(" ".join(dict.fromkeys(sentences.sentence(one) for one in broken if one.field not in known)))

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    # --- Sheet -----------------------------------------------------------------------------------------------------

    def print_sheet(self) -> PreviewDialog:
        """Show the sheet; the printer notes it."""
        assert self.flow is not None
        return print_day(self._context, self, self.flow.cash_day_id)

    def print_again(self) -> None:
        """Ctrl+P: the sheet, once the day is closed."""
        if self.flow is not None and self.flow.step in (Step.SHEET, Step.DONE):
            self.print_sheet()


def _bar(flow: ClosingFlow) -> tuple[BarStep, ...]:
    """The itinerary; « Autres caisses » is not in it when the caisse is alone."""
    left_out = () if flow.others else (Step.STATEMENTS,)
    steps = [one for one in _STEPS if one[0] not in left_out]
    order = [step for step, _, _ in steps]
    now = len(order) if flow.step is Step.DONE else order.index(flow.step)
    return tuple(
        BarStep(title, note, "done" if place < now else "now" if place == now else "next")
        for place, (_, title, note) in enumerate(steps)
    )
