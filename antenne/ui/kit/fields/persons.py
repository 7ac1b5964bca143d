"""A person, found by two letters of her name, her number or her phone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from antenne.domain.forms.model import Field
from antenne.domain.highlights import Marker
from antenne.domain.violations import Violation
from antenne.ui.kit.fields.base import FieldContext, FieldWidget, PersonHit
from antenne.ui.kit.fields.suggestions import Suggestion, Suggestions

_ENOUGH = 2


class PersonField(FieldWidget):
    """A line that searches; its value is the person's id."""

    def __init__(self, field: Field, context: FieldContext, parent: QWidget | None = None) -> None:
        """Make the line."""
        super().__init__(field, context, parent)
        self._hit: PersonHit | None = None
        self._edit = QLineEdit(self)
        self._edit.setPlaceholderText("Nom, numéro ou téléphone")
        self.take(self._edit)
        self._edit.textEdited.connect(self._typed)
        self._suggestions = Suggestions(self._edit, self._ask)
        self._suggestions.taken.connect(self._take)

    def entry(self) -> QLineEdit:
        """The line."""
        return self._edit

    def value(self) -> int | Violation | None:
        """The id, None when empty, or that nobody was picked."""
        text = self._edit.text().strip()
        if not text:
            return None
        if self._hit is not None:
            return self._hit.id
        return Violation("person.not_chosen", self.field.key, (("typed", text[:40]),))

    def set_value(self, value: Any) -> None:
        """Show a :class:`PersonHit`, or an id whose name is not known here, or nobody."""
        self._hit = PersonHit(value, "", f"n°\u00a0{value}") if isinstance(value, int) else None
        if isinstance(value, PersonHit):
            self._hit = value
        self._edit.setText(_words(self._hit) if self._hit else "")
        self._edit.setCursorPosition(0)

    def raw(self) -> dict[str, Any]:
        """Whom, and what is typed."""
        hit = self._hit
        picked = None if hit is None else [hit.id, hit.number, hit.title, hit.subtitle]
        return {"picked": picked, "text": self._edit.text()}

    def set_raw(self, raw: Any) -> None:
        """Whom, and what was typed."""
        match raw:
            case {"picked": [int() as person_id, str() as number, str() as title, str() as subtitle]}:
                self.set_value(PersonHit(person_id, number, title, subtitle))
            case {"text": str() as text}:
                self.set_value(None)
                self._edit.setText(text)
            case _:
                self.set_value(None)

    def understood(self) -> str:
        """What else is known of whom she chose."""
        return self._hit.subtitle if self._hit is not None else ""

    def _typed(self, _text: str) -> None:
        self._hit = None
        self.changed.emit()

    def _ask(self, typed: str) -> None:
        if self.context.person_search is None or len(typed.strip()) < _ENOUGH:
            self._suggestions.offer(())
            return
        self.context.person_search(typed, partial(self._answer, typed))

    def _answer(self, asked: str, hits: Sequence[PersonHit]) -> None:
        """Show the hits, unless she typed on meanwhile, or took the row away."""
        if not isValid(self._edit) or self._edit.text() != asked or self._hit is not None:
            return
        marker = Marker(asked)
        self._suggestions.offer(
            tuple(
                Suggestion(
                    hit, hit.title, marker.spans(hit.title), " · ".join(filter(None, (hit.number, hit.subtitle)))
                )
                for hit in hits
            )
        )

    def _take(self, hit: object) -> None:
        self.set_value(hit)
        self.changed.emit()


def _words(hit: PersonHit) -> str:
    return f"{hit.title} · {hit.number}" if hit.number else hit.title
