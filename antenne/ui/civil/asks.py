"""One thing that is asked on the page of a file: a few fields, what is done with them, what is said afterwards."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from antenne.domain.forms.model import Field, Form, Option, Section
from antenne.domain.violations import Violation
from antenne.ui.civil.fields import field_context
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT

Answers = dict[str, Any]


def nothing_more(_name: str) -> None:
    """No list of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked.

    Attributes:
        title: Of the card.
        hint: A sentence under the title, or empty.
        fields: The questions.
        answers: What is proposed.
        first: Key of the field to stand in.
        save: Words of the button.
        danger: The button is red.
        work: The service.
        command: Makes its command from the request id and the answers.
        said: Sentence once it is done.
        options: Lists that only this card knows.
        extras: Other buttons: words and what they do.
        follow: Told at each keystroke, to propose what follows from it; or None.
    """

    title: str
    hint: str = ""
    fields: tuple[Field, ...]
    answers: Mapping[str, object] = field(default_factory=dict)
    first: str = ""
    save: str = "Enregistrer"
    danger: bool = False
    work: Callable[..., Any]
    command: Callable[[str, Answers], object]
    said: str
    options: Callable[[str], Sequence[Option] | None] = nothing_more
    extras: tuple[tuple[str, Callable[[], object]], ...] = ()
    follow: Callable[[FormView], object] | None = None


class AskCard(Card):
    """Asks; Ctrl+S or Ctrl+Entrée saves, Échap gives up."""

    saved = Signal(object, str)
    """The service's ``Done``, and the sentence."""
    left = Signal()

    def __init__(self, context: Context, ask: Ask) -> None:
        """Draw the fields with what is proposed."""
        super().__init__(ask.title, role="focus")
        self._context = context
        self._ask = ask
        self._request = uuid.uuid4().hex
        hint = label(ask.hint, "muted", wrap=True)
        form = Form(
            key="civil_ask",
            version=1,
            title=ask.title,
            sections=(Section(key="ask", title="", fields=ask.fields),),
        )
        self.view = FormView(form, field_context(context, self, ask.options), titled=False)
        self.view.set_answers(ask.answers)
        if ask.follow is not None:
            self.view.changed.connect(partial(ask.follow, self.view))
        self.body.addWidget(hint)
        hint.setVisible(bool(ask.hint))  # not before it has a parent, or it would be a window of its own
        self.body.addWidget(self.view)
        row = QHBoxLayout()
        row.setSpacing(2 * t.SPACE)
        for text, act in ask.extras:
            row.addWidget(button(text, "plain", act))
        row.addStretch(1)
        row.addWidget(button("Annuler", "plain", self.left.emit))
        kind = "danger" if ask.danger else "primary"
        self.save_button = button(f"{ask.save}  Ctrl+S", kind, self.save)
        row.addWidget(self.save_button)
        self.body.addLayout(row)

    def begin(self) -> None:
        """Stand in the first field that is to be filled in."""
        self.view.focus_field(self._ask.first)

    def save(self) -> None:
        """Say everything that does not fit, or have the service do it."""
        if not self.save_button.isEnabled():
            return
        broken = self.view.validate()
        if broken:
            self.view.show(broken)
            return
        self.save_button.setEnabled(False)
        self._context.operations.run(
            SHORT,
            self._ask.work,
            self._context.desk,
            self._ask.command(self._request, self.view.answers()),
            owner=self,
            done=self._done,
            broken=self._refused,
            problem=self._failed,
        )

    def _done(self, done: object) -> None:
        self.saved.emit(done, self._ask.said)

    def _refused(self, broken: tuple[Violation, ...]) -> None:
        self.save_button.setEnabled(True)
        self.view.show(broken)

    def _failed(self, problem: Exception) -> None:
        self.save_button.setEnabled(True)
        self._context.operations.say_problem(problem)
