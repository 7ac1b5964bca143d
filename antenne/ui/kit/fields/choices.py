"""One of a list, several of a list, yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from antenne.domain.forms import options
from antenne.domain.forms.model import Field, Option
from antenne.domain.text import fold
from antenne.domain.violations import Violation
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import label
from antenne.ui.kit.fields.base import FieldContext, FieldWidget
from antenne.ui.kit.fields.flow import FlowLayout
from antenne.ui.kit.fields.suggestions import Suggestion, Suggestions
from antenne.ui.kit.icons import icon

_CHIP = 28
_SEGMENT = 72


class ChoiceField(FieldWidget):
    """One entry of a dated list, found by typing; flèche bas shows them all."""

    def __init__(self, field: Field, context: FieldContext, parent: QWidget | None = None) -> None:
        """Make the line and its list."""
        super().__init__(field, context, parent)
        self._code = ""
        self._edit = QLineEdit(self)
        self._edit.setPlaceholderText("Choisir…")
        self.take(self._edit)
        self._edit.textEdited.connect(self._typed)
        self._suggestions = Suggestions(self._edit, self._ask)
        self._suggestions.taken.connect(self._take)
        arrow = QAction(icon("chevron-down", t.MUTED, 14), "Voir la liste", self)
        arrow.triggered.connect(self._open)
        self._edit.addAction(arrow, QLineEdit.ActionPosition.TrailingPosition)

    def entry(self) -> QLineEdit:
        """The line."""
        return self._edit

    def value(self) -> str | Violation | None:
        """The code chosen, None when empty, or that no entry is meant."""
        text = self._edit.text().strip()
        if not text:
            return None
        if self._code and text == self._label(self._code):
            return self._code
        meant = options.exact(self._options(), text)
        return meant.code if meant else Violation("choice.unknown", self.field.key, (("typed", text[:40]),))

    def set_value(self, value: Any) -> None:
        """Show the label of a code, also of one that is no longer offered."""
        self._code = str(value or "")
        self._edit.setText(self._label(self._code) if self._code else "")
        self._edit.setCursorPosition(0)

    def raw(self) -> dict[str, str]:
        """The code where one was chosen, and the text as it stands."""
        return {"code": self._code, "text": self._edit.text()}

    def set_raw(self, raw: Any) -> None:
        """The choice or the text as it stood."""
        said = raw if isinstance(raw, dict) else {}
        self._code = str(said.get("code", ""))
        self._edit.setText(str(said.get("text", "")))

    def settle(self) -> None:
        """Write the label that was meant in full."""
        value = self.value()
        if isinstance(value, str):
            self.set_value(value)

    def _options(self) -> Sequence[Option]:
        return self.context.options(self.field.options)

    def _label(self, code: str) -> str:
        return self.context.words(self.field.options, code)

    def _open(self) -> None:
        self._edit.setFocus(Qt.FocusReason.MouseFocusReason)
        self._ask("")

    def _ask(self, typed: str) -> None:
        """Everything for an empty line or the choice already made; else what the letters mean, from the second one."""
        listed = self._options()
        everything = not typed.strip() or (self._code and typed == self._label(self._code))
        found = options.matching(listed, "" if everything else typed, len(listed))
        if not everything and not options.enough(listed, typed):
            found = ()
        lines = (Suggestion(one.option.code, one.option.label, ((one.start, one.start + one.length),)) for one in found)
        self._suggestions.offer(tuple(lines))

    def _typed(self, text: str) -> None:
        self._code = ""
        if not text:
            self._suggestions.close()
        self.changed.emit()

    def _take(self, code: object) -> None:
        self.set_value(code)
        self.changed.emit()


class Toggle(QPushButton):
    """A rounded button that stays down; a check mark says so, not the colour alone."""

    def __init__(self, text: str, radius: int, height: int, parent: QWidget) -> None:
        """Take the word and the shape."""
        super().__init__(text.replace("&", "&&"), parent)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(12, 12))
        self.setStyleSheet(_toggle_sheet(radius, height))
        self.toggled.connect(self._mark)

    def show_chosen(self, *, chosen: bool) -> None:
        """Put it down or up without telling."""
        with QSignalBlocker(self):
            self.setChecked(chosen)
        self._mark(chosen)

    def _mark(self, chosen: bool) -> None:
        self.setIcon(icon("check", t.PRIMARY, 12) if chosen else QIcon())


def _toggle_sheet(radius: int, height: int) -> str:
    """The look of chips and segments, from the tokens; the width of the border never moves the text."""
    size = f"min-height: {height - 4}px; max-height: {height - 4}px; border-radius: {radius}px;"
    return f"""
    QPushButton {{ {size} background: {t.NEUTRAL_TINT}; color: {t.NEUTRAL}; border: 2px solid {t.NEUTRAL_TINT};
        padding: 0 11px; font-size: {t.SMALL_POINT}pt; font-weight: bold; }}
    QPushButton:hover {{ border-color: {t.CONTROL_LINE}; }}
    QPushButton:checked {{ background: {t.PRIMARY_TINT}; color: {t.PRIMARY}; border-color: {t.PRIMARY_TINT}; }}
    QPushButton:focus {{ border-color: {t.PRIMARY}; padding: 0 11px; {size} }}
    QPushButton[error="true"] {{ border-color: {t.DANGER}; }}
    """


class ChoicesField(FieldWidget):
    """Several entries, as chips: one stop of Tab; arrows or a first letter walk, Espace or Entrée ticks."""

    def __init__(self, field: Field, context: FieldContext, parent: QWidget | None = None) -> None:
        """Make a chip per entry offered today."""
        super().__init__(field, context, parent)
        self._chips: dict[str, Toggle] = {}
        self._shown: tuple[Option, ...] = ()
        self._holder = QWidget(self)
        self._flow = FlowLayout(self._holder)
        self._column.addWidget(self._holder)
        self._offer(())

    def _offer(self, wanted: Sequence[str]) -> None:
        """A chip for each entry offered today, then for each of the wanted ones that is no longer offered."""
        listed = tuple(self.context.options(self.field.options))
        known = {option.code for option in listed}
        past = (Option(code, self.context.words(self.field.options, code)) for code in wanted if code not in known)
        shown = (*listed, *past)
        if shown == self._shown:
            return
        self._shown = shown
        stood = any(chip.hasFocus() for chip in self._chips.values())
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        for option in shown:
            self._add_chip(option)
        first = next(iter(self._chips.values()), None)
        self._stand_in(first)
        if stood and first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rebuilt.emit()

    def _add_chip(self, option: Option) -> None:
        chip = Toggle(option.label, _CHIP // 2, _CHIP, self._holder)
        chip.setAccessibleName(f"{self.field.label}\u00a0: {option.label}")
        chip.toggled.connect(self._ticked)
        chip.show()
        self.watch(chip)
        self._flow.addWidget(chip)
        self._chips[option.code] = chip

    def entry(self) -> QWidget:
        """The chip that Tab comes to."""
        chips = self._chips.values()
        return next((chip for chip in chips if chip.focusPolicy() == Qt.FocusPolicy.StrongFocus), self)

    def controls(self) -> tuple[QWidget, ...]:
        """Every chip."""
        return tuple(self._chips.values())

    def describe(self, name: str, hint: str) -> None:
        """Each chip is named already; the group takes the field's name."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)

    def value(self) -> tuple[str, ...] | None:
        """The codes ticked, in the order of the list; those that are no longer offered come last."""
        return tuple(code for code, chip in self._chips.items() if chip.isChecked()) or None

    def set_value(self, value: Any) -> None:
        """Tick these codes; one that is no longer offered keeps its chip here."""
        wanted = tuple(dict.fromkeys(str(code) for code in value or ()))
        self._offer(wanted)
        for code, chip in self._chips.items():
            chip.show_chosen(chosen=code in wanted)

    def raw(self) -> list[str]:
        """The codes ticked."""
        return list(self.value() or ())

    def set_raw(self, raw: Any) -> None:
        """The codes that were ticked."""
        self.set_value(raw if isinstance(raw, list) else ())

    def _ticked(self, _on: bool) -> None:
        self.changed.emit()

    def _stand_in(self, chosen: QWidget | None) -> None:
        """Tab stops at one chip only."""
        for chip in self._chips.values():
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chip is chosen else Qt.FocusPolicy.ClickFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and first letters walk among the chips, Entrée ticks."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, Toggle):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
                watched.toggle()
                return True
            target = self._towards(watched, event)
            if target is not None:
                self._stand_in(target)
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _towards(self, chip: Toggle, event: QKeyEvent) -> Toggle | None:
        """The chip that a key leads to."""
        chips = list(self._chips.values())
        at = chips.index(chip)
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key())
        )
        if step is not None:
            return chips[(at + step) % len(chips)]
        letter = fold(event.text())
        if not letter or event.modifiers():
            return None
        onwards = chips[at + 1 :] + chips[: at + 1]
        return next((one for one in onwards if fold(one.text()).startswith(letter)), None)


class YesNoField(FieldWidget):
    """Oui, Non, or « non renseigné »; « o » and « n » answer, Suppr or the same again takes the answer back."""

    def __init__(self, field: Field, context: FieldContext, parent: QWidget | None = None) -> None:
        """Make the two buttons and the words that say there is no answer yet."""
        super().__init__(field, context, parent)
        row = QHBoxLayout()
        row.setSpacing(6)
        self._buttons: dict[bool, Toggle] = {}
        for answer, word in ((True, "Oui"), (False, "Non")):
            made = Toggle(word, t.RADIUS, t.CONTROL_HEIGHT, self)
            made.setMinimumWidth(_SEGMENT)
            made.setAccessibleName(f"{field.label}\u00a0: {word}")
            made.clicked.connect(self._answer_yes if answer else self._answer_no)
            self.watch(made)
            row.addWidget(made)
            self._buttons[answer] = made
        self._nothing: QLabel = label("non renseigné", "hint")
        row.addSpacing(4)
        row.addWidget(self._nothing)
        row.addStretch(1)
        self._column.addLayout(row)

    def entry(self) -> QWidget:
        """The answer given, else « Oui »."""
        return self._buttons[self.value() is not False]

    def controls(self) -> tuple[QWidget, ...]:
        """Both."""
        return tuple(self._buttons.values())

    def describe(self, name: str, hint: str) -> None:
        """Each button is named already."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)

    def value(self) -> bool | None:
        """The answer, or None."""
        return next((answer for answer, made in self._buttons.items() if made.isChecked()), None)

    def set_value(self, value: Any) -> None:
        """Show an answer."""
        for answer, made in self._buttons.items():
            made.show_chosen(chosen=value is answer)
        self._nothing.setVisible(not isinstance(value, bool))

    def raw(self) -> bool | None:
        """The answer."""
        return self.value()

    def set_raw(self, raw: Any) -> None:
        """The answer given."""
        self.set_value(raw)

    def _answer_yes(self, on: bool) -> None:
        self._answer(True if on else None)

    def _answer_no(self, on: bool) -> None:
        self._answer(False if on else None)

    def _answer(self, answer: bool | None) -> None:
        self.set_value(answer)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """« o », « n », Suppr, and the arrows."""
        keyed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, Toggle)
        if keyed and isinstance(event, QKeyEvent) and not event.modifiers() and self._pressed(event, watched):
            return True
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent, watched: QObject) -> bool:
        letter, key = event.text().casefold(), event.key()
        if letter in ("o", "n"):
            self._answer(letter == "o")
            self.entry().setFocus(Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._answer(None)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._buttons[watched is self._buttons[False]].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            return False
        return True
