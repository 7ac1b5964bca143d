"""« À classer »: the notes that the others dropped in; each becomes a record, or is set aside for a reason."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import LISTENING, Changes, Done
from antenne.domain.deposits import About, Deposit
from antenne.domain.violations import Violation
from antenne.services import deposits
from antenne.services.compartment import Kept
from antenne.services.deposits import FileDeposit
from antenne.services.desk import Desk
from antenne.services.listening_reading import prepare
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import Card, EmptyState, PageTitle, button, label
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import Table
from antenne.ui.listening.fields import hits
from antenne.ui.listening.keys import KEY
from antenne.wording import formats
from antenne.wording import listening as words
from antenne.wording import violations as sentences


@dataclass(frozen=True, slots=True)
class Waiting:
    """One note, and the name of whom it concerns."""

    kept: Kept[Deposit]
    name: str

    @property
    def note(self) -> Deposit:
        """The note."""
        return self.kept.record


def read_waiting(desk: Desk) -> tuple[Waiting, ...]:
    """Notes « à classer », the oldest first; those dropped since the opening are taken in.

    Raises:
        Forbidden: Without the right.
    """
    prepare(desk)
    found = deposits.waiting_deposits(desk)
    ids = tuple({one.record.person_id for one in found if one.record.person_id is not None})
    names = {hit.id: hit.title for hit in hits(desk, ids)}
    return tuple(Waiting(one, names.get(one.record.person_id or 0, "")) for one in found)


_COLUMNS = (
    Column(key="on", title="Le", text=lambda one: formats.day(one.note.on), width=104),
    Column(key="about", title="Sujet", text=lambda one: words.ABOUT[one.note.about], width=220),
    Column(key="name", title="Personne", text=lambda one: one.name, width=0),
    Column(key="user", title="Déposée par", text=lambda one: one.note.user, width=140, muted=True),
)


class DepositsPanel(Screen):
    """The list at the left, the note in sight at the right."""

    help_key = "listening"
    hints = "Entrée : lire · Tab : classer · Ctrl+Page suiv. : onglet suivant · F1 : aide · F12 : masquer l’écran"

    def __init__(self, context: Context) -> None:
        """Build; the first visit reads."""
        super().__init__()
        self._context = context
        self.title = PageTitle("À classer")
        self.table = Table(RowsModel(_COLUMNS, parent=self), "Notes à classer", memory=context.memory)
        self.empty = EmptyState(
            "check",
            "Rien à classer",
            "Toutes peuvent déposer une note ici (Ctrl+K, « note »), sans la relire. Elle attend dans cette liste.",
        )
        self.card = Card("Note")
        self._head = label("", "strong", wrap=True)
        self._text = label("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.listen = button("Noter une écoute", "primary", self._listen)
        self.filed = button("C’est fait", "plain", self._file_done)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Ce qui a été fait, ou pourquoi rien")
        self.reason.setAccessibleName("Ce qui a été fait, ou pourquoi rien")
        self._error = label("", "error", wrap=True)
        self.stack = QStackedWidget()
        self._build()

    def _build(self) -> None:
        self.card.setMinimumWidth(360)
        self.card.body.addWidget(self._head)
        self.card.body.addWidget(self._text)
        self.card.body.addSpacing(3 * t.SPACE)
        self.card.body.addWidget(self.listen)
        self.card.body.addWidget(label("Classer", "label"))
        self.card.body.addWidget(self.reason)
        self.card.body.addWidget(self._error)
        self.card.body.addWidget(self.filed)
        self.card.body.addStretch(1)
        parts = QWidget()
        row = QHBoxLayout(parts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3 * t.SPACE)
        row.addWidget(self.table, 3)
        row.addWidget(self.card, 2)
        self._parts = parts
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(self.title)
        self.stack.addWidget(parts)
        self.stack.addWidget(self.empty)
        whole.addWidget(self.stack, 1)
        self.table.picked.connect(self._show_note)
        self.table.opened.connect(self._to_card)
        self.reason.returnPressed.connect(self._file_done)

    def open(self, target: Target) -> None:  # noqa: ARG002 - the panel has one view
        """Read what waits."""
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_changes(self, changes: Changes) -> None:
        """A note came, or was filed."""
        if changes.touch(LISTENING) and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read again."""
        self._context.operations.run(SHORT, read_waiting, self._context.desk, owner=self, done=self._show, latest=True)

    def _show(self, rows: tuple[Waiting, ...]) -> None:
        self.table.rows.show_rows(rows)
        self.title.subtitle.setText(formats.plural(len(rows), "note", "notes"))
        self.stack.setCurrentWidget(self._parts if rows else self.empty)
        if rows:
            self.table.setCurrentIndex(self.table.rows.index(0, 0))
        self._show_note(rows[0] if rows else None)

    def _show_note(self, one: Waiting | None) -> None:
        self._error.setText("")
        self.reason.clear()
        self.card.setEnabled(one is not None)
        if one is None:
            return
        about = words.ABOUT[one.note.about].capitalize()
        self._head.setText(" · ".join(part for part in (about, one.name, formats.day(one.note.on)) if part))
        self._text.setText(one.note.text)
        self.listen.setText("Ouvrir la fiche de la mineure" if one.note.about is About.MINOR else "Noter une écoute")

    def _to_card(self, _one: Waiting) -> None:
        self.listen.setFocus(Qt.FocusReason.TabFocusReason)

    def _listen(self) -> None:
        one = self.table.current()
        if isinstance(one, Waiting):
            action = "minor/new" if one.note.about is About.MINOR else "session/new"
            self._context.navigator.open(Target(KEY, one.note.person_id, action=action))

    def _file_done(self) -> None:
        one = self.table.current()
        if not isinstance(one, Waiting):
            return
        command = FileDeposit(request_id=secrets.token_hex(16), before=one.kept, reason=self.reason.text())
        self._context.operations.run(
            SHORT, deposits.file_deposit, self._context.desk, command, owner=self, done=self._filed, broken=self._refuse
        )

    def _filed(self, done: Done[Kept[Deposit]]) -> None:
        self._context.notify("Note classée.", "good")
        self._context.broadcast(done.changes)

    def _refuse(self, broken: tuple[Violation, ...]) -> None:
        self._error.setText(" ".join(sentences.sentence(one) for one in broken))
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
