"""The page of a file: its way, its pieces, fees and journal; one thing is asked at a time, in its place on the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import CASHBOOK, CIVIL, EXPENSES, MEMBERS, Changes
from antenne.domain.civil import EventKind
from antenne.domain.civil_clock import ClockState
from antenne.domain.civil_routes import Step
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.services import civil_lookup
from antenne.services.civil_lookup import FileView
from antenne.ui.civil import asks_fees, asks_lines, asks_pieces, asks_steps
from antenne.ui.civil.asks import Ask, AskCard
from antenne.ui.civil.file_cards import FeesCard, JournalCard, PiecesCard
from antenne.ui.civil.file_fees import FeeActs
from antenne.ui.civil.file_menu import fill_more
from antenne.ui.civil.file_pieces import PieceActs
from antenne.ui.civil.file_words import status_lines, subtitle
from antenne.ui.civil.history_card import HistoryCard
from antenne.ui.civil.itinerary import Itinerary, stages
from antenne.ui.civil.papers_menu import fill_papers
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, Page, PageTitle, button, label
from antenne.ui.kit.operations import SHORT
from antenne.wording import violations as sentences


class FilePage(Page):
    """One file."""

    edit_asked = Signal(int)
    left = Signal()

    def __init__(self, context: Context) -> None:
        """Build the empty page."""
        super().__init__()
        self._context = context
        self.file_id = 0
        self.view: FileView | None = None
        self.ask: AskCard | None = None
        self._then: Callable[[], object] | None = None
        self.title = PageTitle()
        self.papers_button = _menu_button("Papiers")
        self.hearing_button = button("Renvoyée au…", "plain", partial(self.ask_hearing, EventKind.POSTPONED))
        self.more_button = _menu_button("Plus")
        self.next_button = button("Étape suivante", "primary", self.ask_next)
        self.next_button.setToolTip("Ctrl+Entrée")
        for made in (self.papers_button, self.hearing_button, self.more_button, self.next_button):
            self.title.add_button(made)
        self.about = label("", "subtitle", wrap=True)
        self.band = Band()
        self.band.acted.connect(self._acted)
        self.itinerary = Itinerary()
        self.pieces = PiecesCard(context)
        self.fees = FeesCard()
        self.journal = JournalCard(context)
        self.piece_acts = PieceActs(context, self, self)
        self.fee_acts = FeeActs(context, self, self)
        self.history = HistoryCard(context)
        self._place = QVBoxLayout()
        self.below = QStackedWidget()
        self._build()
        self._connect()

    def _build(self) -> None:
        way = Card()
        way.body.setContentsMargins(4 * t.SPACE, 3 * t.SPACE + 2, 4 * t.SPACE, 2 * t.SPACE)
        way.body.addWidget(self.itinerary)
        cards = QWidget()
        row = QHBoxLayout(cards)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3 * t.SPACE)
        for card in (self.pieces, self.fees, self.journal):
            row.addWidget(card, 1)
        self.below.addWidget(cards)
        self.below.addWidget(self.history)
        self.body.setSpacing(3 * t.SPACE)
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.title)
        head.addWidget(self.about)
        self.body.addLayout(head)
        self.body.addWidget(self.band)
        self.body.addWidget(way)
        self.body.addLayout(self._place)
        self.body.addWidget(self.below, 1)

    def _connect(self) -> None:
        self.pieces.received.connect(self.piece_acts.receive)
        self.pieces.opened.connect(self.piece_acts.open)
        self.pieces.add_asked.connect(partial(self.ask_for, asks_pieces.add_ask))
        self.fees.opened.connect(self.fee_acts.open)
        self.fees.add_asked.connect(self.ask_fee)
        self.fees.collect_asked.connect(self.fee_acts.collect)
        self.journal.note_asked.connect(self.ask_note)
        self.journal.history_asked.connect(self.show_history)
        for keys, act in (
            ("Ctrl+Return", self.ask_next),
            ("Ctrl+Enter", self.ask_next),
            ("Ctrl+D", partial(self.ask_hearing, EventKind.POSTPONED)),
            ("Ctrl+J", self.ask_note),
            ("Ctrl+M", self.edit),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # --- Reading ---------------------------------------------------------------------------------------------------

    def show_file(self, file_id: int, then: Callable[[], object] | None = None) -> None:
        """Read a file and show it; ``then`` is done once it is there (a step is asked, a field is stood in)."""
        if file_id != self.file_id:
            self.view = None
            self.close_ask()
            self.below.setCurrentIndex(0)
        self.file_id = file_id
        self._then = then
        self.read()

    def read(self) -> None:
        """Read it again."""
        if self.file_id:
            self._context.operations.run(
                SHORT,
                civil_lookup.load_file,
                self._context.desk,
                self.file_id,
                owner=self,
                done=self._show,
                broken=self._gone,
                latest=True,
                key="file",
            )

    def on_changes(self, changes: Changes) -> None:
        """The file, its fees' receipts, or the woman changed."""
        mine = changes.touch(CIVIL, self.file_id) or changes.touch(CASHBOOK) or changes.touch(EXPENSES)
        if self.file_id and (mine or changes.touch(MEMBERS)):
            self.read()

    def _gone(self, broken: tuple[Violation, ...]) -> None:
        self._context.notify(" ".join(sentences.sentence(one) for one in broken), "warning")
        self.left.emit()

    def _show(self, view: FileView) -> None:
        first = self.view is None
        self.view = view
        page, today = view.page, self._context.clock.today()
        self.title.show_title(f"Dossier {page.file.number}", pill=page.route.label, tone="info")
        self.about.setText(subtitle(view, today))
        self.itinerary.show_stages(stages(page.route, page.standing, today))
        self.pieces.show_pieces(view)
        self.fees.show_fees(view, today, may_collect=self._context.desk.may(Right.CASH_IN))
        self.journal.show_events(view)
        self._show_buttons(view)
        self._show_status(view)
        fill_papers(self._context, self.papers_button, view, self)
        if self.below.currentWidget() is self.history:
            self.history.show_file(self.file_id)
        then, self._then = self._then, None
        if then is not None:
            then()
        elif first and self.ask is None:
            self.rest()

    def rest(self) -> None:
        """Stand on what comes next."""
        (self.next_button if self.next_button.isVisibleTo(self) else self.pieces.list).setFocus()

    def stand_on_pieces(self) -> None:
        """The keyboard goes to the list of pieces."""
        self.pieces.list.setFocus()

    def _show_buttons(self, view: FileView) -> None:
        self.hearing_button.setVisible(view.page.standing.step is Step.HEARING)
        self.next_button.setVisible(view.page.next_step is not None)
        menu = self.more_button.menu()
        assert isinstance(menu, QMenu)
        fill_more(menu, self._context, view, self)

    def _show_status(self, view: FileView) -> None:
        """The most pressing thing on top, with what can be done about it."""
        found = status_lines(view, self._context.clock.today())
        if not found or self.ask is not None:
            self.band.dismiss()
            return
        clock = view.clock
        action = ""
        if clock is not None and clock.state in {ClockState.PAST, ClockState.TO_CHECK}:
            action = "Autre démarche…"
        elif view.page.standing.next_action:
            action = "C’est fait…"
        self.band.say("\n".join(text for text, _ in found), found[0][1], action)

    def _acted(self) -> None:
        view = self.view
        if view is not None and view.clock is not None and view.clock.state in {ClockState.PAST, ClockState.TO_CHECK}:
            self.ask_reroute()
        else:
            self.ask_for(partial(asks_lines.done_ask, self._context))

    # --- Asking ----------------------------------------------------------------------------------------------------

    def ask_for(self, make: Callable[[FileView], Ask]) -> None:
        """Show one card in its place; the one before gives way."""
        if self.view is None:
            return
        self.close_ask()
        card = AskCard(self._context, make(self.view))
        card.saved.connect(self._saved)
        card.left.connect(self._give_up)
        self.ask = card
        self._place.addWidget(card)
        card.show()  # at once: what is hidden takes no focus
        self.band.dismiss()
        self.below.setCurrentIndex(0)
        card.begin()

    def close_ask(self) -> None:
        """Take the card away."""
        if self.ask is not None:
            self._place.removeWidget(self.ask)
            self.ask.hide()
            self.ask.deleteLater()
            self.ask = None
            if self.view is not None:
                self._show_status(self.view)

    def _give_up(self) -> None:
        self.close_ask()
        self.rest()

    def _saved(self, done: object, said: str) -> None:
        self.close_ask()
        self.rest()
        self.tell(done, said)

    def tell(self, done: object, said: str) -> None:
        """Say what was done; who shows it reads again."""
        self._context.notify(said, "good")
        self._context.broadcast(asks_fees.changes_of(done))
        self.read()

    def escape(self) -> bool:
        """Give up what is asked, or come back from the Historique."""
        if self.ask is not None:
            self._give_up()
            return True
        if self.below.currentWidget() is self.history:
            self.below.setCurrentIndex(0)
            self.rest()
            return True
        return False

    def save(self) -> None:
        """What is asked."""
        if self.ask is not None:
            self.ask.save()

    def ask_next(self) -> None:
        """« Étape suivante »; where something is asked already, the same key saves it."""
        if self.ask is not None:
            self.ask.save()
            return
        step = None if self.view is None else self.view.page.next_step
        if step is not None:
            self.ask_for(lambda view: asks_steps.step_ask(self._context, view, step))

    def ask_hearing(self, kind: EventKind) -> None:
        """« Renvoyée au… », « En délibéré au… », another date."""
        if self.view is not None and self.view.page.standing.step is Step.HEARING:
            self.ask_for(lambda view: asks_steps.hearing_ask(self._context, view, kind))

    def ask_end(self, step: Step) -> None:
        """« Rejeté », « Abandonné »."""
        self.ask_for(lambda view: asks_steps.end_ask(self._context, view, step))

    def ask_slip(self) -> None:
        """The last step was written by mistake."""
        self.ask_for(partial(asks_steps.slip_ask, self._context))

    def ask_note(self) -> None:
        """A line of the journal."""
        self.ask_for(partial(asks_lines.note_ask, self._context))

    def ask_reroute(self) -> None:
        """Another démarche."""
        self.ask_for(partial(asks_steps.reroute_ask, self._context))

    def ask_fee(self) -> None:
        """A fee."""
        self.ask_for(partial(asks_fees.fee_ask, self._context))

    def edit(self) -> None:
        """The answers of the file."""
        if self.file_id:
            self.edit_asked.emit(self.file_id)

    def show_papers(self) -> None:
        """Ctrl+P: the menu of papers, its first one chosen."""
        menu = self.papers_button.menu()
        if isinstance(menu, QMenu) and menu.actions():
            menu.popup(self.papers_button.mapToGlobal(self.papers_button.rect().bottomLeft()))
            menu.setActiveAction(menu.actions()[0])

    def show_history(self) -> None:
        """« Historique » in the place of the three cards; again, back."""
        if self.below.currentWidget() is self.history:
            self.below.setCurrentIndex(0)
            return
        self.close_ask()
        self.history.show_file(self.file_id)
        self.below.setCurrentWidget(self.history)
        self.history.table.setFocus()

    def open_woman(self) -> None:
        """The page of the woman who asked."""
        if self.view is not None:
            self._context.navigator.open(Target("members", self.view.page.file.requester_id))


def _menu_button(text: str) -> QPushButton:
    """A button that opens a menu: Espace or Entrée, then the arrows."""
    made = button(text, "plain")
    menu = QMenu(made)
    made.setMenu(menu)
    return made
