"""The page of a file: its way, its pieces, fees and journal; one thing is asked at a time, in its place on the page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import CASHBOOK, CIVIL, EXPENSES, MEMBERS, Changes
from antenne.domain.civil import CivilFee, CivilPiece, EventKind, Payer
from antenne.domain.civil_clock import ClockState
from antenne.domain.civil_routes import Step
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import civil_lookup, civil_pieces, civil_scans, expenses_reading
from antenne.services.civil_lookup import FileView
from antenne.services.civil_scans import AttachScan, Scan
from antenne.ui.civil import asks_fees, asks_pieces, asks_steps
from antenne.ui.civil.asks import Ask, AskCard
from antenne.ui.civil.file_cards import FeesCard, JournalCard, PiecesCard
from antenne.ui.civil.file_words import status_lines, subtitle
from antenne.ui.civil.history_card import HistoryCard
from antenne.ui.civil.itinerary import Itinerary, stages
from antenne.ui.civil.papers_menu import fill_papers
from antenne.ui.civil.scan_viewer import ScanViewer
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, Page, PageTitle, button, label
from antenne.ui.kit.operations import LONG, SHORT
from antenne.wording import formats
from antenne.wording import violations as sentences

_PICTURES = "Photos, scans et PDF (*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp *.pdf)"


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
        self.pieces.received.connect(self.receive)
        self.pieces.opened.connect(self._open_piece)
        self.pieces.add_asked.connect(lambda: self._ask(asks_pieces.add_ask))
        self.fees.opened.connect(self._open_fee)
        self.fees.add_asked.connect(self.ask_fee)
        self.fees.collect_asked.connect(self._collect)
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
        self.fees.show_fees(view, may_collect=self._context.desk.may(Right.CASH_IN))
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

    def _show_buttons(self, view: FileView) -> None:
        now, step = view.page.standing, view.page.next_step
        self.hearing_button.setVisible(now.step is Step.HEARING)
        self.next_button.setVisible(step is not None)
        menu = self.more_button.menu()
        assert isinstance(menu, QMenu)
        menu.clear()
        if now.closed:
            menu.addAction("Rouvrir le dossier…", partial(self._ask, partial(asks_steps.reopen_ask, self._context)))
        else:
            self._open_actions(menu, view)
        menu.addSeparator()
        menu.addAction("Modifier les réponses…  Ctrl+M", self.edit)
        menu.addAction("Note au journal…  Ctrl+J", self.ask_note)
        menu.addAction("Historique", self.show_history)
        menu.addAction("Page de la femme", self._open_woman)

    def _open_actions(self, menu: QMenu, view: FileView) -> None:
        now, context = view.page.standing, self._context
        if now.step is Step.HEARING:
            menu.addAction("Renvoyée au…  Ctrl+D", partial(self.ask_hearing, EventKind.POSTPONED))
            menu.addAction("En délibéré au…", partial(self.ask_hearing, EventKind.DELIBERATION))
            menu.addAction("Autre date d’audience…", partial(self.ask_hearing, EventKind.HEARING_SET))
            menu.addSeparator()
        if now.blocked_since is None:
            menu.addAction("Bloqué…", partial(self._ask, partial(asks_steps.block_ask, context)))
        else:
            menu.addAction("Débloqué…", partial(self._ask, partial(asks_steps.unblock_ask, context)))
        menu.addAction("À faire, avec rappel…", partial(self._ask, partial(asks_steps.next_ask, context)))
        if _has_action(view):
            menu.addAction("C’est fait…", partial(self._ask, partial(asks_steps.done_ask, context)))
        menu.addAction("Autre démarche…", self.ask_reroute)
        menu.addAction("Rejeté…", partial(self.ask_end, Step.REJECTED))
        menu.addAction("Abandonné…", partial(self.ask_end, Step.ABANDONED))

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
        elif _has_action(view):
            action = "C’est fait…"
        self.band.say("\n".join(text for text, _ in found), found[0][1], action)

    def _acted(self) -> None:
        view = self.view
        if view is not None and view.clock is not None and view.clock.state in {ClockState.PAST, ClockState.TO_CHECK}:
            self.ask_reroute()
        else:
            self._ask(partial(asks_steps.done_ask, self._context))

    # --- Asking ----------------------------------------------------------------------------------------------------

    def _ask(self, make: Callable[[FileView], Ask]) -> None:
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
        self._tell(done, said)

    def _tell(self, done: object, said: str) -> None:
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
            self._ask(lambda view: asks_steps.step_ask(self._context, view, step))

    def ask_hearing(self, kind: EventKind) -> None:
        """« Renvoyée au… », « En délibéré au… », another date."""
        if self.view is not None and self.view.page.standing.step is Step.HEARING:
            self._ask(lambda view: asks_steps.hearing_ask(self._context, view, kind))

    def ask_end(self, step: Step) -> None:
        """« Rejeté », « Abandonné »."""
        self._ask(lambda view: asks_steps.end_ask(self._context, view, step))

    def ask_note(self) -> None:
        """A line of the journal."""
        self._ask(partial(asks_steps.note_ask, self._context))

    def ask_reroute(self) -> None:
        """Another démarche."""
        self._ask(partial(asks_steps.reroute_ask, self._context))

    def ask_fee(self) -> None:
        """A fee."""
        self._ask(partial(asks_fees.fee_ask, self._context))

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

    def _open_woman(self) -> None:
        if self.view is not None:
            self._context.navigator.open(Target("members", self.view.page.file.requester_id))

    # --- Pieces ----------------------------------------------------------------------------------------------------

    def receive(self, piece_id: int) -> None:
        """One key: it is here today."""
        command = civil_pieces.ReceivePiece(request_id=uuid.uuid4().hex, file_id=self.file_id, piece_id=piece_id)
        self._context.operations.run(
            SHORT, civil_pieces.receive_piece, self._context.desk, command, owner=self, done=self._received
        )

    def _received(self, done: object) -> None:
        self._context.broadcast(asks_fees.changes_of(done))
        self.read()

    def _piece(self, piece_id: int) -> CivilPiece | None:
        pieces = () if self.view is None else self.view.page.pieces
        return next((piece for piece in pieces if piece.id == piece_id), None)

    def _open_piece(self, piece_id: int) -> None:
        piece = self._piece(piece_id)
        if piece is None:
            return
        extras: list[tuple[str, Callable[[], object]]] = [("Numériser…", partial(self.ask_scan, piece.id))]
        if piece.scans:
            pages = formats.plural(piece.scans, "page", "pages")
            extras.append((f"Voir ({pages})", partial(self._look, piece)))
        if piece.is_here:
            back = partial(asks_pieces.return_ask, self._context, piece=piece)
            extras.append(("Rendre…", partial(self._ask, back)))
        self._ask(lambda view: asks_pieces.piece_ask(view, piece, tuple(extras)))

    def ask_scan(self, piece_id: int) -> None:
        """A photo, a scan or a PDF from a file."""
        path = self._context.dialogs.ask_file_open(self, "Photo ou scan de la pièce", _PICTURES)
        if path is not None:
            self._context.operations.run(
                LONG,
                _read_scan,
                piece_id,
                path,
                owner=self,
                done=self._attach,
                broken=self._scan_refused,
            )

    def _attach(self, read: tuple[int, Scan]) -> None:
        piece_id, scan = read
        command = AttachScan(request_id=uuid.uuid4().hex, file_id=self.file_id, piece_id=piece_id, jpeg=scan.jpeg)
        more = " Seule la première page du PDF est gardée." if scan.pages > 1 else ""

        def attached(done: object) -> None:
            self.close_ask()
            self.pieces.list.setFocus()
            self._tell(done, f"Page numérisée.{more}")

        self._context.operations.run(
            SHORT, civil_scans.attach_scan, self._context.desk, command, owner=self, done=attached
        )

    def _scan_refused(self, broken: tuple[Violation, ...]) -> None:
        self._context.operations.say_problem(RulesBroken(*broken))

    def _look(self, piece: CivilPiece) -> None:
        def show(ids: tuple[int, ...]) -> None:
            ScanViewer(self._context, piece.label, ids, self).open()

        self._context.operations.run(SHORT, civil_scans.list_scans, self._context.desk, piece.id, owner=self, done=show)

    # --- Fees ------------------------------------------------------------------------------------------------------

    def _open_fee(self, fee_id: int) -> None:
        view = self.view
        fee = next((one for one in view.page.fees if one.id == fee_id), None) if view is not None else None
        if view is None or fee is None:
            return
        if view.paid.get(fee.id):
            self._context.notify(f"{fee.label}\u00a0: payé, {view.paid[fee.id]}.", "info")
        elif fee.payer is Payer.PROJECT and self._context.desk.may(Right.CASH_OUT):
            self._pay(fee)
        else:
            self._ask(lambda shown: asks_fees.cancel_ask(shown, fee))

    def _pay(self, fee: CivilFee) -> None:
        def show(offered: expenses_reading.Offered) -> None:
            self._ask(lambda view: _with_cancel(asks_fees.pay_ask(view, fee, offered), cancel))

        cancel = partial(self._ask, lambda view: asks_fees.cancel_ask(view, fee))
        self._context.operations.run(SHORT, expenses_reading.read_offered, self._context.desk, owner=self, done=show)

    def _collect(self) -> None:
        if self.view is not None:
            self._context.navigator.open(Target("cashbook", self.view.page.file.requester_id, action="collect"))


def _menu_button(text: str) -> QPushButton:
    """A button that opens a menu: Espace or Entrée, then the arrows."""
    made = button(text, "plain")
    menu = QMenu(made)
    made.setMenu(menu)
    return made


def _has_action(view: FileView) -> bool:
    said = view.page.standing.next_action
    return bool(said) and not said.startswith(asks_steps.DONE_PREFIX)


def _with_cancel(ask: Ask, cancel: Callable[[], object]) -> Ask:
    from dataclasses import replace

    return replace(ask, extras=(("Retirer du dossier…", cancel),))


def _read_scan(piece_id: int, path: Path) -> tuple[int, Scan]:
    return piece_id, civil_scans.read_scan(path)
