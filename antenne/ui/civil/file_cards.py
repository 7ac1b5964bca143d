"""The three cards of a file's page: pieces, fees, journal (mock-up: etatcivil)."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from antenne.domain.civil import CivilEvent, CivilFee, CivilPiece, EventKind, Payer
from antenne.services.civil_lookup import FileView
from antenne.ui.civil.fields import place_words
from antenne.ui.civil.lines import Line, LineList
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.wording import civil as words
from antenne.wording import formats


class PiecesCard(Card):
    """The checklist: Espace, the piece is here today; Entrée, the rest."""

    received = Signal(object)
    opened = Signal(object)
    add_asked = Signal()

    def __init__(self, context: Context) -> None:
        """Begin empty."""
        super().__init__("Pièces", pill=" ")
        self._today = context.clock.today
        self.list = LineList("Pièces du dossier")
        self.list.marked.connect(self.received)
        self.list.opened.connect(self.opened)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(label("Espace\u00a0: reçue aujourd’hui · Entrée\u00a0: le reste", "hint"))
        row = QHBoxLayout()
        self.add_button = button("Ajouter une pièce…", "link", self.add_asked.emit, icon_name="plus")
        row.addWidget(self.add_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_pieces(self, view: FileView) -> None:
        """Show them; those that are no longer asked for come last, in grey."""
        pieces = sorted(view.page.pieces, key=lambda piece: not (piece.required or piece.received_on))
        missing = {piece.id for piece in view.page.missing}
        ways = Counter(piece.alternative for piece in view.page.missing if piece.alternative)
        self.list.show_lines(
            [
                _piece(
                    piece,
                    missing=piece.id in missing,
                    one_of=ways[piece.alternative] > 1,
                    today=self._today(),
                )
                for piece in pieces
            ]
        )
        count = len({piece.alternative or piece.id for piece in view.page.missing})
        said = f"{formats.plural(count, 'manque', 'manquent')}" if count else "Complet"
        self.pill.show_word(said if pieces else "", "warning" if count else "good")


def _piece(piece: CivilPiece, *, missing: bool, one_of: bool, today: dt.date) -> Line:
    had = piece.received_on is not None
    said = []
    if piece.received_on is not None:
        kind = ("original" if piece.original else "copie") if piece.paper else "vus"
        when = formats.days_ago(piece.received_on, today)
        said.append((f"{kind}, reçu {when}" if piece.paper else f"{kind} {when}") if piece.came else kind)
    if piece.returned_on is not None:
        said.append(f"rendu le {formats.day(piece.returned_on)} à {piece.returned_to}")
    if piece.scans:
        said.append(formats.plural(piece.scans, "page numérisée", "pages numérisées"))
    if missing and one_of:
        said.append("l’une de ces pièces suffit")
    if not piece.required and not had:
        said.append("facultative")
    if piece.note:
        said.append(piece.note)
    ink = t.WARNING if missing else t.INK if had else t.MUTED
    return Line(
        key=piece.id,
        title=piece.label,
        subtitle=" · ".join(said),
        icon="box-checked" if had else "box",
        said=("reçue" if piece.paper else "vus") if had else "manque" if missing else "pas demandée",
        ink=ink,
    )


class FeesCard(Card):
    """The fees: Entrée, collect it, pay it from the project, or take it off."""

    opened = Signal(object)
    add_asked = Signal()
    collect_asked = Signal()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__("Frais", pill=" ")
        self.list = LineList("Frais du dossier")
        self.list.opened.connect(self.opened)
        self.list.marked.connect(self.opened)
        self.body.addWidget(self.list, 1)
        row = QHBoxLayout()
        self.add_button = button("Ajouter des frais…", "link", self.add_asked.emit, icon_name="plus")
        self.collect_button = button("Encaisser…", "link", self.collect_asked.emit)
        row.addWidget(self.add_button)
        row.addStretch(1)
        row.addWidget(self.collect_button)
        self.body.addLayout(row)

    def show_fees(self, view: FileView, today: dt.date, *, may_collect: bool) -> None:
        """Show them with who bears each, and whether it is paid."""
        fees = view.page.fees
        self.list.show_lines([_fee(fee, view.paid.get(fee.id, ""), today) for fee in fees])
        total = sum(fee.amount for fee in fees)
        self.pill.show_word(
            formats.amount(total) if total else "Gratuit" if fees else "", "neutral" if total else "good"
        )
        hers = any(fee.payer is Payer.SHE and not view.paid.get(fee.id) for fee in fees)
        self.collect_button.setVisible(may_collect and hers)


def _fee(fee: CivilFee, paid: str, today: dt.date) -> Line:
    owed = fee.amount > 0 and not paid
    state = "à payer" if owed else f"payé, {paid}" if paid else ""
    who = words.PAYERS[fee.payer]
    return Line(
        key=fee.id,
        lead=_short(fee.on, today),
        title=fee.label,
        subtitle=" · ".join(part for part in (who, state) if part),
        right=formats.number(fee.amount),
        ink=t.WARNING if owed else t.INK,
    )


class JournalCard(Card):
    """What happened, the newest on top."""

    note_asked = Signal()
    history_asked = Signal()

    def __init__(self, context: Context) -> None:
        """Begin empty."""
        super().__init__("Journal")
        self._context = context
        self.list = LineList("Journal du dossier")
        self.body.addWidget(self.list, 1)
        row = QHBoxLayout()
        self.note_button = button("Note…", "link", self.note_asked.emit, icon_name="plus")
        self.history_button = button("Historique", "link", self.history_asked.emit)
        row.addWidget(self.note_button)
        row.addStretch(1)
        row.addWidget(self.history_button)
        self.body.addLayout(row)

    def show_events(self, view: FileView) -> None:
        """Show the journal down to the opening of the file."""
        today = self._context.clock.today()
        lines = [_event(self._context, view, place, event, today) for place, event in enumerate(view.page.events)]
        opened = Line(
            key=-1,
            lead=_short(view.page.file.opened_on, today),
            title="Dossier ouvert",
            subtitle=words.BENEFICIARIES[view.page.file.beneficiary],
        )
        self.list.show_lines([*reversed(lines), opened])


def _short(day: dt.date, today: dt.date) -> str:
    return f"{day:%d/%m}" if day.year == today.year else f"{day:%d/%m/%y}"


def _event(context: Context, view: FileView, place: int, event: CivilEvent, today: dt.date) -> Line:
    title = words.EVENTS[event.kind]
    if event.kind is EventKind.STEP and event.step is not None:
        title = words.step(event.step, view.page.route)
    if event.kind in {EventKind.NOTE, EventKind.NEXT_ACTION}:
        title = event.words
    if event.kind is EventKind.DONE and event.words:
        title = f"{title}\u00a0: {event.words}"
    if event.kind in {EventKind.REOPENED, EventKind.TAKEN_BACK} and event.step is not None:
        title = f"{title}, retour à «\u00a0{words.step(event.step, view.page.route)}\u00a0»"
    if event.number:
        title = f"{title}, n°\u00a0{event.number}"
    if event.until is not None:
        title = f"{title}, {_until(event)} {formats.day(event.until)}"
    said = [place_words(context, event.place), f"à {event.to_whom}" if event.to_whom else "", event.how]
    if event.words and event.words not in title:
        said.append(event.words)
    return Line(
        key=place,
        lead=_short(event.on, today),
        title=title,
        subtitle=" · ".join(part for part in said if part),
    )


def _until(event: CivilEvent) -> str:
    if event.kind is EventKind.NEXT_ACTION:
        return "rappel le"
    return "au" if event.kind in {EventKind.POSTPONED, EventKind.DELIBERATION} else "le"
