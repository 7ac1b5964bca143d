"""« Déposer une note pour l’écoutante »: anybody drops it in; only a right-holder reads it, not even who wrote it."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain.changes import Done
from antenne.domain.forms.listening import DEPOSIT
from antenne.services import deposits
from antenne.services.deposits import DropNote
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, Page, PageTitle, button, label
from antenne.ui.kit.fields.base import PersonHit
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.icons import pixmap
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.saving import Saving
from antenne.ui.listening.fields import field_context, hit_of

_SAYS = (
    "La note est chiffrée dès qu’elle est déposée. Vous ne pourrez plus la lire, ni savoir si elle a été lue. "
    "Écrivez le strict nécessaire. Rien n’en est gardé ailleurs\u00a0: pas de brouillon."
)


class NotePage(QWidget):
    """The short form; ``left`` tells that it is over."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        """Draw the form."""
        super().__init__()
        self._context = context
        self._request = ""
        self.title = PageTitle("Note pour l’écoutante")
        self.view = FormView(DEPOSIT, field_context(context, self), titled=False)
        self.save_button = button("Déposer  Ctrl+S", "primary", self.save)
        self.cancel = button("Annuler", "plain", self.left.emit)
        self._saving = Saving(context, self.save_button, self, done=self._saved)
        self._lay_out()

    def _lay_out(self) -> None:
        card = Card()
        head = QHBoxLayout()
        lock = label()
        lock.setPixmap(pixmap("lock", t.INK, 24))
        lock.setAccessibleName("Cadenas fermé")
        head.addWidget(lock)
        head.addWidget(label(_SAYS, "muted", wrap=True), 1)
        card.body.addLayout(head)
        card.body.addWidget(self.view)
        page = Page()
        page.body.addWidget(self.title)
        page.body.addWidget(card)
        page.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(5 * t.SPACE + 2, 2 * t.SPACE, 5 * t.SPACE + 2, 3 * t.SPACE)
        foot.setSpacing(3 * t.SPACE)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(page, 1)
        whole.addLayout(foot)

    def begin(self, person_id: int | None = None) -> None:
        """An empty note, about this person where she is known."""
        self._request = secrets.token_hex(16)
        self.view.set_answers({"on": self._context.clock.today()})
        self.view.focus_field("about")
        if person_id is not None:
            self._context.operations.run(
                SHORT, hit_of, self._context.desk, person_id, owner=self, done=self._name, latest=True
            )

    def _name(self, hit: PersonHit | None) -> None:
        self.view.field("person_id").set_value(hit)
        self.view.field("person_id").changed.emit()

    def save(self) -> None:
        """Say what does not fit, or drop the note in."""
        self._saving.send(self.view, deposits.drop_note, self._command)

    def _command(self, answers: dict[str, object]) -> DropNote:
        return DropNote(request_id=self._request, answers=answers)

    def _saved(self, done: Done[None]) -> None:
        self.view.set_answers({})
        self._context.broadcast(done.changes)
        self.left.emit()
        self._context.notify("Note déposée. Seules l’écoutante et la responsable la liront.", "good")
