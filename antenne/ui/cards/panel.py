"""What stands beside the list while one thing is done with cards."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QRadioButton, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import Changes, Done
from antenne.domain.violations import Violation
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.progress_panel import ProgressPanel, step_watcher
from antenne.wording import violations as sentences
from antenne.wording.cards import STEPS

_SHOWN = 40
"""Findings listed one by one; the rest is counted."""

T = TypeVar("T")


class Panel(Card):
    """One thing to do; it says when it is done, and may give way to the next one."""

    finished = Signal(str, object)
    """A sentence and the :class:`Changes`."""
    gives_way = Signal(object)
    """The panel that follows, or None to close."""

    def __init__(self, context: Context, title: str, about: str = "") -> None:
        """Make an empty panel under ``title``; ``about`` says which card it is."""
        super().__init__(title, role="focus")
        self.context = context
        self.request_id = uuid.uuid4().hex
        self.head.addWidget(button("Fermer", "link", partial(self.gives_way.emit, None)))
        if about:
            self.body.addWidget(label(about, "strong", wrap=True))
        self.inside = QVBoxLayout()
        self.inside.setSpacing(2 * t.SPACE)
        self.body.addLayout(self.inside)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.found = QVBoxLayout()
        self.progress = ProgressPanel(context.clock)
        self.progress.hide()
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        for piece in (self.error, self.progress):
            self.body.addWidget(piece)
        self.body.addLayout(self.buttons)
        self.body.addLayout(self.found)
        self.body.addStretch(1)

    def begin(self) -> None:
        """Stand in the first control; called once it is shown."""

    def add_button(self, text: str, clicked: Callable[[], object], kind: str = "plain") -> QPushButton:
        """A button under the controls, the main one last."""
        made = button(text, kind, clicked)
        self.buttons.addWidget(made)
        return made

    def refuse(self, violations: Sequence[Violation]) -> None:
        """Say what stands against it: a sentence, or for several persons a list with a way to each."""
        self.progress.hide()
        self.set_busy(busy=False)
        of_persons = [violation for violation in violations if dict(violation.values).get("person_id")]
        others = [sentences.sentence(violation) for violation in violations if violation not in of_persons]
        self.error.setText("\n".join(others))
        self.error.setVisible(bool(others))
        self.show_found(of_persons)

    def show_found(self, violations: Sequence[Violation]) -> None:
        """List who lacks what, each with the way to the field of her form."""
        while (item := self.found.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for violation in violations[:_SHOWN]:
            self.found.addWidget(_Finding(self.context, violation))
        if len(violations) > _SHOWN:
            self.found.addWidget(label(f"… et {len(violations) - _SHOWN} autres.", "muted"))

    def set_busy(self, *, busy: bool) -> None:
        """No second click while it works."""
        for number in range(self.buttons.count()):
            item = self.buttons.itemAt(number)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setEnabled(not busy)

    def do(self, work: Callable[..., Done[T]], command: object, done: Callable[[Done[T]], None]) -> None:
        """One act on the short lane; what stands against it is said here, or by the window."""
        self.set_busy(busy=True)
        self.context.operations.run(
            SHORT, work, self.context.desk, command, owner=self, done=done, broken=self.refuse, failed=self.let_go
        )

    def watch(self, name: str) -> Callable[[str, int, int], None]:
        """Show the bar, and return what reports are told to."""
        self.set_busy(busy=True)
        self.error.hide()
        self.show_found(())
        self.progress.begin(name)
        self.progress.show()
        return step_watcher(self.progress, STEPS.__getitem__)

    def let_go(self) -> None:
        """It ended otherwise, and the window has said how: she may try again."""
        self.progress.hide()
        self.set_busy(busy=False)

    def stopped(self) -> None:
        """It was stopped: nothing was done."""
        self.let_go()
        self.error.setText("Arrêté\u00a0: aucune carte n’a été établie.")
        self.error.show()

    def tell(self, sentence: str, changes: Changes) -> None:
        """Tell the screen what was done; the next action gets a request of its own."""
        self.request_id = uuid.uuid4().hex
        self.progress.hide()
        self.set_busy(busy=False)
        self.finished.emit(sentence, changes)


class _Finding(QWidget):
    """« KONÉ Fatoumata : il manque la photo » and « Ouvrir la fiche »."""

    def __init__(self, context: Context, violation: Violation) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.addWidget(label(sentences.sentence(violation), wrap=True), 1)
        person_id = dict(violation.values)["person_id"]
        assert isinstance(person_id, int)
        target = Target("members", person_id, violation.field or "")
        way = button("Fiche", "link", partial(context.navigator.open, target))
        way.setAccessibleName(f"Ouvrir la fiche\u00a0: {dict(violation.values).get('name', '')}")
        row.addWidget(way)


class Choice(QWidget):
    """A few radio buttons, one under the other, named by codes."""

    changed = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str]], chosen: str = "") -> None:
        """Offer ``options`` (code, label)."""
        super().__init__()
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(name, "label"))
        self._group = QButtonGroup(self)
        self._codes = [code for code, _ in options]
        for number, (code, words) in enumerate(options):
            made = QRadioButton(words)
            made.setChecked(code == chosen)
            self._group.addButton(made, number)
            column.addWidget(made)
        self._group.idToggled.connect(self._tell)

    @property
    def code(self) -> str:
        """What is chosen, or empty."""
        number = self._group.checkedId()
        return self._codes[number] if number >= 0 else ""

    def choose(self, code: str) -> None:
        """Choose as if clicked."""
        self._group.button(self._codes.index(code)).setChecked(True)

    def focus_first(self) -> None:
        """Stand in the chosen one, or the first."""
        self._group.button(max(self._group.checkedId(), 0)).setFocus()

    def _tell(self, number: int, on: bool) -> None:
        if on:
            self.changed.emit(self._codes[number])
