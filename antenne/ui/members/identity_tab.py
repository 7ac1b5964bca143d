"""The tab « Identité » of her file: the form, saved with what was seen, never over another's change."""

from __future__ import annotations

import secrets

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain import members as rules
from antenne.domain.changes import Done
from antenne.domain.forms.person import PERSON
from antenne.domain.persons import Person
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.services import members
from antenne.services.members import SavePerson
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, Page, button, label
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.ui.members.draft_keeper import DraftKeeper
from antenne.ui.members.fields import field_context
from antenne.wording import formats


class IdentityTab(QWidget):
    """Her answers, « Modifiée le … par … », Annuler, Enregistrer."""

    def __init__(self, context: Context) -> None:
        """Draw the form."""
        super().__init__()
        self._context = context
        self._before: Person | None = None
        self._request = ""
        self._saving = False
        self.band = Band()
        self.view = FormView(PERSON, field_context(context, self))
        self.drafts = DraftKeeper(context, self.view, self.band, self._say_kept)
        self.foot = label("", "hint")
        self.cancel = button("Annuler", "plain", self.cancel_changes)
        self.save_button = button("Enregistrer  Ctrl+S", "primary", self.save)
        if not context.desk.may(Right.WRITE_PERSONS):
            self.cancel.hide()
            self.save_button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * t.SPACE)
        card = Card()
        card.body.addWidget(self.view)
        page = Page()
        page.body.setContentsMargins(0, 0, t.SPACE, 0)
        page.body.addWidget(card)
        page.body.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(3 * t.SPACE)
        row.addWidget(self.foot, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.save_button)
        column.addWidget(self.band)
        column.addWidget(page, 1)
        column.addLayout(row)

    def show_person(self, person: Person, *, field: str = "") -> None:
        """Show her answers; what is being typed is not taken away by a refresh of the same woman."""
        same = self._before is not None and self._before.id == person.id
        if same and self.drafts.dirty:
            if self._before is not None and _asked(self._before) == _asked(person):
                self._before = person  # a photo, an agreement, her adhesion: nothing that she is typing over
            return
        self._before = person
        self._request = secrets.token_hex(16)
        self.view.set_answers(rules.answers_of(person))
        self.view.setEnabled(person.erased_on is None)
        self.save_button.setEnabled(person.erased_on is None)
        self._say_changed(person)
        if not same:
            self.drafts.begin(person.id)
        if field:
            self.view.focus_field(field)

    def cancel_changes(self) -> None:
        """Back to what is on file."""
        if self._before is not None:
            person = self._before
            self.drafts.saved()
            self._before = None
            self.show_person(person)

    def save(self) -> None:
        """Say everything that does not fit, or save."""
        if self._before is None or self._saving:
            return
        broken = self.view.validate()
        if broken:
            self.view.show(broken)
            return
        self._busy(busy=True)
        command = SavePerson(request_id=self._request, before=self._before, answers=self.view.answers())
        self._context.operations.run(
            SHORT,
            members.save_person,
            self._context.desk,
            command,
            owner=self,
            done=self._saved,
            broken=self._refused,
            problem=self._failed,
        )

    def _refused(self, broken: tuple[Violation, ...]) -> None:
        self._busy(busy=False)
        self.view.show(broken)
        self.drafts.flush()  # also when another window saved her file, and with it threw this draft away

    def _failed(self, error: Exception) -> None:
        self._busy(busy=False)
        self._context.operations.say_problem(error)

    def _saved(self, done: Done[Person]) -> None:
        self._busy(busy=False)
        self.drafts.saved()
        self._before = done.value
        self._request = secrets.token_hex(16)
        self._say_changed(done.value)
        self._context.notify("Fiche enregistrée.", "good")
        self._context.broadcast(done.changes)

    def _busy(self, *, busy: bool) -> None:
        self._saving = busy
        self.save_button.setEnabled(not busy)

    def _say_changed(self, person: Person) -> None:
        if person.updated_at is not None:
            by = f" par {person.updated_by}" if person.updated_by else ""
            said = f"Modifiée le {formats.day(person.updated_at.date())}{by}"
            self.foot.setText(said if said.endswith(".") else f"{said}.")

    def _say_kept(self, sentence: str) -> None:
        if sentence:
            self.foot.setText(sentence)
        elif self._before is not None:
            self._say_changed(self._before)


def _asked(person: Person) -> dict[str, object]:
    """What this form shows of her."""
    answers = rules.answers_of(person)
    return {field.key: answers[field.key] for field in PERSON.fields}
