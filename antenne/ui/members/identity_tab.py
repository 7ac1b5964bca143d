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
from antenne.services import members, members_reading
from antenne.services.members import SavePerson
from antenne.services.members_reading import Meanwhile
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, Elided, Page, button
from antenne.ui.kit.drafts import DraftKeeper
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.saving import Answers, Saving
from antenne.ui.members.fields import field_context
from antenne.wording import formats
from antenne.wording import violations as sentences

_MEANWHILE = Violation("members.changed_meanwhile")
_KEYS = {field.label: field.key for field in PERSON.fields}


class IdentityTab(QWidget):
    """Her answers, « Modifiée le … par … », Annuler, Enregistrer."""

    def __init__(self, context: Context) -> None:
        """Draw the form."""
        super().__init__()
        self._context = context
        self._before: Person | None = None
        self._request = ""
        self.band = Band()
        self.meanwhile = Band()
        self.meanwhile.acted.connect(self._reopen)
        self.view = FormView(PERSON, field_context(context, self))
        self.drafts = DraftKeeper(context, self.view, self.band, self._say_kept)
        self.foot = Elided("", "hint")
        self.cancel = button("Annuler", "plain", self.cancel_changes)
        self.save_button = button("Enregistrer  Ctrl+S", "primary", self.save)
        self._saving = Saving(context, self.save_button, self, done=self._saved, refused=self._refused)
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
        column.addWidget(self.meanwhile)
        column.addWidget(page, 1)
        column.addLayout(row)

    def show_person(self, person: Person, *, field: str = "", again: bool = False) -> None:
        """Show her answers; what is being typed is not taken away by a refresh of the same woman.

        Args:
            person: Her record.
            field: Where to stand.
            again: She was opened by hand: what others changed is laid under what is typed.
        """
        before = self._before
        if before is not None and before.id == person.id and self.drafts.dirty:
            if _asked(before) == _asked(person):
                self._before = person  # a photo, an agreement, her adhesion: nothing that she is typing over
            elif again:
                self._reopen()
            else:
                self._say_meanwhile()
        else:
            self._show(person, begin=before is None or before.id != person.id)
        if field:
            self.view.focus_field(field)

    def _show(self, person: Person, *, begin: bool) -> None:
        self._before = person
        self._request = secrets.token_hex(16)
        self.view.set_answers(rules.answers_of(person))
        self.view.setEnabled(person.erased_on is None)
        self.save_button.setEnabled(person.erased_on is None)
        self._say_changed(person)
        if begin:
            self.meanwhile.dismiss()
            self.drafts.begin(person.id, on_file=True)
        else:
            self.drafts.shown_anew()

    def cancel_changes(self) -> None:
        """Back to what is on file."""
        if self._before is not None:
            self.drafts.saved()
            self._show(self._before, begin=True)

    def save(self) -> None:
        """Say everything that does not fit, or save."""
        if self._before is not None:
            self._saving.send(self.view, members.save_person, self._command)

    def _command(self, answers: Answers) -> SavePerson:
        assert self._before is not None
        return SavePerson(request_id=self._request, before=self._before, answers=answers)

    def _refused(self, broken: tuple[Violation, ...]) -> None:
        if _MEANWHILE in broken:
            self._say_meanwhile()
        else:
            self.view.show(broken)
        self.drafts.flush(again=True)  # another window may have saved her file, and with it thrown this draft away

    def _saved(self, done: Done[Person]) -> None:
        self.drafts.saved()
        self.meanwhile.dismiss()
        self.view.clear_notes()
        self._before = done.value
        self._request = secrets.token_hex(16)
        self._say_changed(done.value)
        self._context.notify("Fiche enregistrée.", "good")
        self._context.broadcast(done.changes)

    # --- changed by others while she types --------------------------------------------------------------------------

    def _say_meanwhile(self) -> None:
        self.meanwhile.say(sentences.sentence(_MEANWHILE), "warning", "La rouvrir")

    def _reopen(self) -> None:
        """Keep the draft, then read her file and what changed in it."""
        if self._before is None:
            return
        self.drafts.flush()
        self._context.operations.run(
            SHORT,
            members_reading.reopen,
            self._context.desk,
            self._before,
            owner=self,
            done=self._lay_under,
            latest=True,
        )

    def _lay_under(self, found: Meanwhile) -> None:
        """Her file as it is now, under what was typed; each field that changed says what it was or is."""
        if self._before is None or self._before.id != found.person.id:
            return
        if found.person.erased_on is not None:
            self.drafts.thrown_away()
            self._show(found.person, begin=True)
            return
        typed = self.drafts.typed()
        self._show(found.person, begin=False)
        self.view.set_raw_answers(typed)
        named = []
        for change in found.changes:
            key = _KEYS[change.field]
            said = f"Sur la fiche à présent\u00a0: {change.new or 'rien'}"
            self.view.cell(key).show_note(
                said if key in typed else f"Changé\u202f; avant\u00a0: {change.old or 'rien'}"
            )
            named.append(change.field)
        if named:
            said = f"Fiche rouverte. Changé entre-temps\u00a0: {', '.join(named)}. Ce que vous avez tapé est resté."
            self.meanwhile.say(said, "info")
            self.view.focus_field(_KEYS[named[0]])
        else:
            self.meanwhile.dismiss()

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
