"""What stands beside the list of dues while one thing is done: a card with its form, its error, its buttons."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from antenne.domain.changes import Changes
from antenne.domain.dues import DueKind
from antenne.domain.forms.model import Field, Form, Option, Section
from antenne.domain.violations import Violation
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.wording import dues as words
from antenne.wording import violations as sentences

KIND_OPTIONS: Final = "due_kinds"
_KINDS: Final = tuple(Option(kind.value, words.KINDS[kind]) for kind in (DueKind.MEMBERSHIP, DueKind.INSURANCE))


class SideCard(Card):
    """One thing to look at or to do."""

    finished = Signal(str, object)
    """A sentence and the :class:`Changes`."""
    gives_way = Signal(object)
    """The card that follows, or None to close."""

    def __init__(self, context: Context, title: str, about: str = "") -> None:
        """Make an empty card under ``title``; ``about`` says whom it concerns."""
        super().__init__(title, role="focus")
        self.context = context
        self.request_id = uuid.uuid4().hex
        self.head.addWidget(button("Fermer", "link", partial(self.gives_way.emit, None)))
        self.about = label(about, "strong", wrap=True)
        self.inside = QVBoxLayout()
        self.inside.setSpacing(2 * t.SPACE)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.body.addWidget(self.about)
        self.about.setVisible(bool(about))  # once it stands in the card: alone it would flash as a window
        self.body.addLayout(self.inside)
        self.body.addWidget(self.error)
        self.body.addLayout(self.buttons)
        self.body.addStretch(1)

    def begin(self) -> None:
        """Stand in the first control; called once it is shown."""

    def read_again(self) -> None:
        """Something changed: show it."""

    def save(self) -> None:
        """Ctrl+S: the main button, where there is one."""

    def add_button(self, text: str, clicked: Callable[[], object], kind: str = "plain") -> QPushButton:
        """A button under the controls, the main one last."""
        made = button(text, kind, clicked)
        self.buttons.addWidget(made)
        return made

    def set_busy(self, *, busy: bool) -> None:
        """No second click while it works."""
        for number in range(self.buttons.count()):
            item = self.buttons.itemAt(number)
            if item is not None and (widget := item.widget()) is not None:
                widget.setEnabled(not busy)

    def refuse(self, violations: Sequence[Violation]) -> None:
        """Say what stands against it, under the controls."""
        self.set_busy(busy=False)
        self.error.setText("\n".join(dict.fromkeys(sentences.sentence(one) for one in violations)))
        self.error.setVisible(bool(violations))


class FormCard(SideCard):
    """A few fields and a button that saves: each refusal stands beside its field, the rest under them."""

    def __init__(self, context: Context, title: str, about: str, fields: Sequence[Field]) -> None:
        """Ask for ``fields``."""
        super().__init__(context, title, about)
        self._keys = {field.key for field in fields}
        form = Form(key="dues", version=1, title=title, sections=(Section(key="dues", title="", fields=tuple(fields)),))
        self.form = FormView(form, FieldContext(options=self._options, now=context.clock.now), titled=False)
        self.inside.addWidget(self.form)

    def _options(self, name: str) -> tuple[Option, ...]:
        return _KINDS if name == KIND_OPTIONS else ()

    def save(self) -> None:
        """The last button, unless it is at work."""
        item = self.buttons.itemAt(self.buttons.count() - 1)
        made = None if item is None else item.widget()
        if isinstance(made, QPushButton):
            made.click()

    def begin(self) -> None:
        """The first field."""
        self.form.focus_field(next(iter(self.form.answers())))

    def send(self, work: Callable[..., Any], command: Callable[[dict[str, Any]], object], said: str) -> None:
        """Save what is typed by a service, or show what is missing."""
        broken = self.form.validate()
        self.form.show(broken)
        self.error.hide()
        if broken:
            return
        self.set_busy(busy=True)

        def saved(done: Any) -> None:
            self.tell(said, done.changes)

        run = self.context.operations.run
        made = command(self.form.answers())
        run(SHORT, work, self.context.desk, made, owner=self, done=saved, broken=self.refuse, problem=self._failed)

    def refuse(self, violations: Sequence[Violation]) -> None:
        """Each beside its field."""
        beside = [one for one in violations if one.field in self._keys]
        self.form.show(beside)
        super().refuse([one for one in violations if one.field not in self._keys])

    def tell(self, sentence: str, changes: Changes) -> None:
        """It is done."""
        self.set_busy(busy=False)
        self.finished.emit(sentence, changes)

    def _failed(self, problem: Exception) -> None:
        self.set_busy(busy=False)
        self.context.operations.say_problem(problem)
