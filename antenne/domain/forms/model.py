"""What a form is: one definition that the screen, the validation, the paper sheet and the import read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from antenne.domain.dates import Tense
from antenne.domain.violations import Violation

__all__ = ["Answers", "Check", "Field", "Form", "Kind", "Option", "Section", "Tense"]

Answers = Mapping[str, object]
"""Field key to typed value; None (or absent) means not answered."""

Check = Callable[[Answers], tuple[Violation, ...]]
"""A rule between fields, pure."""


class Kind(Enum):
    """How a field is typed, shown and stored."""

    TEXT = "text"
    NOTE = "note"
    MONEY = "money"
    COUNT = "count"
    DATE = "date"
    MOMENT = "moment"
    BIRTH = "birth"
    PHONE = "phone"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    PERSON = "person"
    ROWS = "rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question.

    Attributes:
        key: Attribute of the command record.
        label: French words: screen, paper, import column.
        kind: How it is typed.
        required: An answer is needed.
        required_if: Needed when this holds for the other answers.
        shown_if: Asked only when this holds; paper prints it with its hint.
        options: Name of a dated list of the settings (CHOICE, CHOICES; suggestions for TEXT).
        columns: Fields of one row (ROWS).
        tense: How an incomplete date is read.
        lowest: Inclusive bound, FCFA for MONEY, plain number for COUNT.
        highest: Inclusive bound.
        max_length: Longest text, in characters.
        repeats: Kept for the next record in quick keying.
        width: Of 3 columns, on screen and paper.
        paper_lines: Writing lines on the blank sheet.
        hint: A short French sentence under the field.
    """

    key: str
    label: str
    kind: Kind
    required: bool = False
    required_if: Callable[[Answers], bool] | None = None
    shown_if: Callable[[Answers], bool] | None = None
    options: str = ""
    columns: tuple[Field, ...] = ()
    tense: Tense = Tense.PAST
    lowest: int | None = None
    highest: int | None = None
    max_length: int = 200
    repeats: bool = False
    width: int = 1
    paper_lines: int = 1
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled group of fields, in the order of the talk."""

    key: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A whole form.

    Attributes:
        key: Stable name; drafts and paper sheets carry it.
        version: Raised when questions change.
        title: French title.
        sections: In order.
        sealed: Its drafts and records live in the confidential compartment.
        checks: Rules between fields.
    """

    key: str
    version: int
    title: str
    sections: tuple[Section, ...]
    sealed: bool = False
    checks: tuple[Check, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, section after section."""
        return tuple(field for section in self.sections for field in section.fields)


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a dated list: ``code`` is stored, ``label`` is shown."""

    code: str
    label: str
