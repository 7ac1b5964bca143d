"""What every field of a form can do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antenne.domain.forms.model import Answers, Field, Option
from antenne.domain.violations import Violation
from antenne.ui.kit.theme import restyle


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person that a picker offers: « KONÉ Fatoumata », « M-00931 », « Sévaré · 76 •• •• 18 »."""

    id: int
    number: str
    title: str
    subtitle: str = ""


PersonSearch = Callable[[str, Callable[[Sequence[PersonHit]], None]], None]
"""Searches off the GUI thread, and gives the answer to the callable on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldContext:
    """What fields need from outside.

    Attributes:
        options: Entries of a dated list, by its name; from memory.
        now: The present instant.
        person_search: For PERSON fields; None where the form has none.
        label: Words of a code of a list, also of one that is no longer offered; None where every code is offered.
    """

    options: Callable[[str], Sequence[Option]]
    now: Callable[[], dt.datetime]
    person_search: PersonSearch | None = None
    label: Callable[[str, str], str] | None = None

    def words(self, list_name: str, code: str) -> str:
        """The words of a code, also of one that an old record has and that is no longer offered."""
        offered = next((one.label for one in self.options(list_name) if one.code == code), "")
        return offered or (self.label(list_name, code) if self.label is not None else code)

    def today(self) -> dt.date:
        """The present day."""
        return self.now().date()


class FieldWidget(QWidget):
    """Base of the widgets; ``changed`` tells every keystroke, ``left`` that the focus went away."""

    changed = Signal()
    left = Signal()
    rebuilt = Signal()
    """Its controls are others than before: the tab order must be made again."""

    def __init__(self, field: Field, context: FieldContext, parent: QWidget | None = None) -> None:
        """Keep the definition."""
        super().__init__(parent)
        self.field = field
        self.context = context
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def value(self) -> Any | Violation:
        """The typed value, None when empty, or why what is typed is not one."""
        raise NotImplementedError

    def unread(self) -> tuple[Violation, ...]:
        """Why what is typed cannot be read; empty when it can."""
        value = self.value()
        return (value,) if isinstance(value, Violation) else ()

    def set_value(self, value: Any) -> None:
        """Show a value; None empties the field."""
        raise NotImplementedError

    def raw(self) -> Any:
        """What is typed, for a draft: JSON only, half-typed text included."""
        raise NotImplementedError

    def set_raw(self, raw: Any) -> None:
        """Put a draft back; what is no such draft empties the field."""
        raise NotImplementedError

    def entry(self) -> QWidget:
        """The control that takes the focus."""
        raise NotImplementedError

    def controls(self) -> tuple[QWidget, ...]:
        """Every control that takes the focus, in reading order."""
        return (self.entry(),)

    def show_error(self, *, wrong: bool) -> None:
        """Draw the danger line around the control, or take it away."""
        for control in self.controls():
            restyle(control, error=wrong)

    def describe(self, name: str, hint: str) -> None:
        """Give the control its accessible name and description."""
        self.entry().setAccessibleName(name)
        self.entry().setAccessibleDescription(hint)

    def understood(self) -> str:
        """What the program made of the text, where that is worth a word: « mardi 24 novembre 2026 », « 32 ans »."""
        return ""

    def follow(self, answers: Answers) -> None:
        """The other answers changed: show, hide or star the parts that depend on them."""

    def settle(self) -> None:
        """Show what was understood, once she leaves the field."""

    def watch(self, control: QWidget) -> None:
        """Hear the control lose the focus."""
        control.installEventFilter(self)

    def take(self, control: QWidget) -> None:
        """Hold a control and hear it lose the focus."""
        self._column.addWidget(control)
        self.watch(control)

    def named(self, violation: Violation) -> Violation:
        """The same, beside this field."""
        return Violation(violation.code, self.field.key, violation.values)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell that the focus left."""
        if event.type() == QEvent.Type.FocusOut and watched in self.controls():
            self.settle()
            self.left.emit()
        return super().eventFilter(watched, event)
