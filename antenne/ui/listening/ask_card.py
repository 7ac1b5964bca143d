"""One short sealed form asked on the page of a record: follow-up, outcome, return, decision, closing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from antenne.domain.forms.model import Form
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.drafts import DraftKeeper
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.saving import Saving
from antenne.ui.listening.slips import new_request


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked.

    Attributes:
        form: The questions.
        work: The service.
        command: Makes its command from the request id and the answers.
        said: Sentence once it is done.
        answers: What is proposed.
        hint: A sentence under the title, or empty.
        save: Words of the button.
        subject: The sealed record under whose draft the answers are kept as she types; None keeps none.
        resume: Take up the draft at once: she came from the line that names it.
    """

    form: Form
    work: Callable[..., Any]
    command: Callable[[str, dict[str, object]], object]
    said: str
    answers: Mapping[str, object] = field(default_factory=dict)
    hint: str = ""
    save: str = "Enregistrer"
    subject: str | None = None
    resume: bool = False


class AskCard(Card):
    """Asks; Ctrl+S saves, Échap gives up; a lock in the middle keeps what is typed."""

    saved = Signal(object, str)
    """The service's ``Done``, and the sentence."""
    left = Signal()

    def __init__(self, context: Context, fields: FieldContext, ask: Ask) -> None:
        """Draw the questions with what is proposed."""
        super().__init__(ask.form.title, role="focus")
        self._ask = ask
        self._request = new_request()
        self.view = FormView(ask.form, fields, self, titled=False)
        self.view.set_answers(ask.answers)
        self.drafts: DraftKeeper | None = None
        self._draft_words = label("", "hint")
        if ask.subject is not None:
            band = Band()
            self.body.addWidget(band)
            self.drafts = DraftKeeper(context, self.view, band, self._draft_words.setText)
        if ask.hint:
            self.body.addWidget(label(ask.hint, "muted", wrap=True))
        self.body.addWidget(self.view)
        row = QHBoxLayout()
        row.setSpacing(2 * t.SPACE)
        row.addWidget(self._draft_words)
        row.addStretch(1)
        row.addWidget(button("Annuler", "plain", self.give_up))
        self.save_button = button(f"{ask.save}  Ctrl+S", "primary", self.save)
        row.addWidget(self.save_button)
        self.body.addLayout(row)
        self._saving = Saving(context, self.save_button, self, done=self._done)

    def begin(self) -> None:
        """Stand in the first field that is not proposed; look for what was typed before."""
        if self.drafts is not None and self._ask.subject is not None:
            self.drafts.begin(self._ask.subject, on_file=False, resume=self._ask.resume)
        answers = self.view.answers()
        empty = next((one.key for one in self.view.form.fields if answers.get(one.key) is None), "")
        self.view.focus_field(empty)

    def save(self) -> None:
        """Say everything that does not fit, or have the service do it."""
        self._saving.send(self.view, self._ask.work, lambda answers: self._ask.command(self._request, answers))

    def keep_draft(self) -> None:
        """The page is about to be covered or left."""
        if self.drafts is not None:
            self.drafts.flush()

    def give_up(self) -> None:
        """Nothing of it is kept."""
        if self.drafts is not None and self.drafts.dirty:
            self.drafts.thrown_away()
        self.left.emit()

    def _done(self, done: object) -> None:
        if self.drafts is not None:
            self.drafts.saved()
        self.saved.emit(done, self._ask.said)
