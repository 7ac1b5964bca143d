"""A long form in steps, in the order of a talk: one step in sight, the others a key away, none ever in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from antenne.domain.board import Tone
from antenne.domain.forms.model import Answers, Form
from antenne.domain.forms.validate import answered, shown
from antenne.domain.violations import Violation
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, label
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.icons import pixmap
from antenne.ui.kit.pills import Pill

NEXT, BEFORE = "Ctrl+Down", "Ctrl+Up"
_WIDTH = 214
_NARROW = 58
_NARROW_BELOW = 960
_ROW = 36
_MARK = 14

_SHEET = f"""
QPushButton {{ text-align: left; padding: 0 10px; min-height: {_ROW - 2}px; max-height: {_ROW - 2}px;
    font-weight: normal; border: none; border-bottom: 1px solid {t.LINE}; border-radius: 0; background: transparent; }}
QPushButton:hover {{ background: {t.GROUND}; }}
QPushButton:checked {{ background: {t.PRIMARY_TINT}; color: {t.INK}; font-weight: bold;
    border-bottom: 1px solid {t.LINE}; }}
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands at the right of a step: a check, or a word on a tint; nothing where nothing was answered."""

    done: bool = False
    word: str = ""
    tone: Tone = "neutral"

    def spoken(self) -> str:
        """For a screen reader."""
        return self.word or ("répondu" if self.done else "rien encore")


class StepRow(QPushButton):
    """One step: its name and its mark."""

    def __init__(self, number: int, title: str) -> None:
        """« 3. Ce qu’elle dit »."""
        self._short = f"{number}."
        self._long = f"{number}. {title.partition(',')[0]}".replace("&", "&&")
        super().__init__(self._long)
        self._name = f"Étape {number}\u00a0: {title}"
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setStyleSheet(_SHEET)
        self._check = QLabel()
        self._check.setPixmap(pixmap("check", t.PRIMARY, _MARK))
        self._check.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._pill = Pill()
        self._pill.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 2 * t.SPACE, 0)
        row.addStretch(1)
        row.addWidget(self._check)
        row.addWidget(self._pill)
        self._narrow, self._shown = False, Mark()
        self.show_mark(self._shown)

    def set_narrow(self, *, narrow: bool) -> None:
        """The number alone, where there is no room; its name stays for who hears it."""
        self._narrow = narrow
        self.setText(self._short if narrow else self._long)
        self.show_mark(self._shown)

    def show_mark(self, mark: Mark) -> None:
        """Change the mark."""
        self._shown = mark
        self._check.setVisible(mark.done and not mark.word and not self._narrow)
        self._pill.show_word("" if self._narrow else mark.word, mark.tone)
        self.setAccessibleName(f"{self._name}, {mark.spoken()}")


class StepList(Card):
    """The steps at the left; ``chosen`` tells a click."""

    chosen = Signal(int)

    def __init__(self, form: Form, hint: str) -> None:
        """A row per section of ``form``."""
        super().__init__()
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName("Étapes")
        self.body.setContentsMargins(2 * t.SPACE, 2 * t.SPACE, 2 * t.SPACE, 3 * t.SPACE)
        self.body.setSpacing(0)
        self.rows: list[StepRow] = []
        for number, section in enumerate(form.sections):
            row = StepRow(number + 1, _bare(section.title))
            row.clicked.connect(partial(self._clicked, number))
            self.rows.append(row)
            self.body.addWidget(row)
        self._said = label(hint, "hint", wrap=True)
        self._said.setContentsMargins(2 * t.SPACE, 3 * t.SPACE, t.SPACE, 0)
        self.body.addWidget(self._said)
        self.body.addStretch(1)

    def set_narrow(self, *, narrow: bool) -> None:
        """Numbers alone below the width of two columns."""
        self.setFixedWidth(_NARROW if narrow else _WIDTH)
        self._said.setVisible(not narrow)
        for row in self.rows:
            row.set_narrow(narrow=narrow)

    def show_current(self, number: int) -> None:
        """The step in sight."""
        self.rows[number].setChecked(True)

    def _clicked(self, number: int, _checked: object = None) -> None:
        self.chosen.emit(number)


class StepForm(FormView):
    """A form view that shows one section at a time; what is wrong in another step is gone to."""

    stepped = Signal(int)

    def __init__(self, form: Form, context: FieldContext, parent: QWidget | None = None) -> None:
        """Begin at the first step."""
        self._step = 0
        super().__init__(form, context, parent)
        for cell in self._cells.values():
            cell.label.setWordWrap(True)

    @property
    def step(self) -> int:
        """The step in sight, from 0."""
        return self._step

    def go(self, number: int, *, focus: bool = True) -> None:
        """Show that step; stand in its first field."""
        self._step = max(0, min(number, len(self._groups) - 1))
        self._arrange()
        self.stepped.emit(self._step)
        if focus:
            first = next((cell for cell in self._groups[self._step].cells if not cell.isHidden()), None)
            if first is not None:
                first.widget.entry().setFocus(Qt.FocusReason.TabFocusReason)

    def turn(self, by: int) -> None:
        """The next step, or the one before; it stops at the ends."""
        if 0 <= self._step + by < len(self._groups):
            self.go(self._step + by)

    def step_of(self, key: str) -> int:
        """The step that asks a field; the present one for a rule that belongs to none."""
        name = key.partition("[")[0]
        for number, section in enumerate(self.form.sections):
            if any(field.key == name for field in section.fields):
                return number
        return self._step

    def focus_field(self, key: str) -> None:
        """Stand in a field, in its step."""
        self.go(self.step_of(key), focus=False)
        super().focus_field(key)

    def show(self, violations: Sequence[Violation] | None = None) -> None:
        """Go to the step of the first violation, then as every form."""
        if violations:
            self.go(self.step_of(violations[0].field or ""), focus=False)
        super().show(violations)

    def marks(self, special: Callable[[str, Answers], Mark | None]) -> list[Mark]:
        """The mark of each step; ``special`` gives that of a section which says more than « answered »."""
        answers = self.answers()
        found = []
        for section, group in zip(self.form.sections, self._groups, strict=True):
            wrong = sum(bool(cell.error()) for cell in group.cells if not cell.isHidden())
            own = special(section.key, answers)
            if wrong:
                found.append(Mark(word="à revoir", tone="danger"))
            elif own is not None:
                found.append(own)
            else:
                asked = [field for field in section.fields if shown(field, answers)]
                missing = any(field.required and not answered(answers.get(field.key)) for field in asked)
                found.append(Mark(done=not missing and any(answered(answers.get(field.key)) for field in asked)))
        return found

    def _arrange(self) -> None:
        """The section in sight, alone."""
        super()._arrange()
        for number, group in enumerate(self._groups):
            group.title.setVisible(group.title.text() not in ("", group.cells[0].field.label))
            if number != self._step:
                group.hide()


class Stepper(QWidget):
    """The list of steps beside the card of the form: the page gives what stands at the right."""

    def __init__(self, view: StepForm, hint: str, special: Callable[[str, Answers], Mark | None]) -> None:
        """Tie list, form and keys together."""
        super().__init__()
        self.view = view
        self.list = StepList(view.form, hint)
        self._special = special
        row = QVBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list)
        self.list.chosen.connect(view.go)
        view.stepped.connect(self._follow)
        view.changed.connect(self.refresh)
        self._follow(view.step)

    def bind(self, page: QWidget) -> None:
        """Ctrl+↓ and Ctrl+↑ anywhere in ``page``."""
        for keys, by in ((NEXT, 1), (BEFORE, -1)):
            shortcut = QShortcut(QKeySequence(keys), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.view.turn, by))

    def follow_width(self, width: int) -> None:
        """The page is so wide now."""
        self.list.set_narrow(narrow=width < _NARROW_BELOW)

    def refresh(self) -> None:
        """The marks of the answers as they are now."""
        for row, mark in zip(self.list.rows, self.view.marks(self._special), strict=True):
            row.show_mark(mark)

    def next_words(self) -> str:
        """« Ensuite : 4. Besoins et conseils », empty at the end."""
        number = self.view.step + 1
        sections = self.view.form.sections
        return f"Ensuite\u00a0: {number + 1}. {_bare(sections[number].title)}" if number < len(sections) else ""

    def _follow(self, number: int) -> None:
        self.list.show_current(number)
        self.refresh()


def _bare(title: str) -> str:
    """A title without a number of its own."""
    head, dot, rest = title.partition(". ")
    return rest if dot and head.isdigit() else title
