"""« Tarifs et délais »: what holds today, since when, what is to come, and the next value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from antenne.domain.changes import Done
from antenne.domain.forms.model import Field, Form, Kind, Tense
from antenne.domain.forms.model import Section as FormSection
from antenne.domain.settings import EPOCH, DatedValue, SettingDefinition
from antenne.domain.violations import Violation
from antenne.services import settings
from antenne.services.desk import Desk
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.drafts import DraftKeeper
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.saving import Answers, Saving
from antenne.ui.kit.tables import Table
from antenne.ui.settings.draft_lines import DATED
from antenne.ui.settings.section import Section, new_request
from antenne.wording import formats
from antenne.wording import settings as words
from antenne.wording import violations as sentences

OF_THIS_COMPUTER = frozenset({"lock.minutes", "backup.reminder_days"})
"""Habits that « Cet ordinateur » shows."""

_SINCE = 2
_NARROW = 780
_NOW = "Aujourd’hui"
_ASKS = frozenset({"settings.past", "settings.replaces"})


class TariffsSection(Section):
    """The table of settings, and the one that is chosen."""

    def __init__(self, context: Context) -> None:
        """Show every setting of the office."""
        super().__init__(context)
        self._chosen: SettingDefinition | None = None
        self._form: FormView | None = None
        self._band: Band | None = None
        self._drafts: DraftKeeper | None = None
        self._correct = False
        desk = context.desk
        self._model = RowsModel(_columns(desk), _definitions(desk), parent=self)
        self.table = Table(self._model, "Tarifs et délais", memory=context.memory, fit_height=True)
        self.table.picked.connect(self._choose)
        self.table.opened.connect(lambda _one: self._enter())
        card = Card("Tarifs et délais")
        card.body.addWidget(self.table)
        self.body.addWidget(card)
        self.body.addWidget(self._detail())
        self.body.addStretch(1)
        self.table.setCurrentIndex(self._model.index(0, 0))

    def _detail(self) -> Card:
        self._card = Card(" ")
        self._source = label("", "muted", wrap=True)
        self._card.body.addWidget(self._source)
        self._history_model = RowsModel(_HISTORY, parent=self)
        self.history = Table(self._history_model, "Ce qui a valu, et ce qui vaudra", fit_height=True)
        left = QVBoxLayout()
        left.addWidget(self.history)
        left.addStretch(1)
        right = QVBoxLayout()
        self._place = QVBoxLayout()
        right.addLayout(self._place)
        line = QHBoxLayout()
        self._note = label("", "hint")
        line.addWidget(self._note, 1)
        self.save_button = button("Enregistrer  Ctrl+S", "primary", self.save)
        self._saving = Saving(self.context, self.save_button, self, done=self._saved, refused=self._refused)
        self.only_editable(self.save_button)
        line.addWidget(self.save_button)
        right.addLayout(line)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(5 * t.SPACE)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        self._card.body.addLayout(row)
        return self._card

    @property
    def form(self) -> FormView:
        """The form of the chosen setting."""
        assert self._form is not None
        return self._form

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, since when it holds is read in the history alone."""
        super().resizeEvent(event)
        self.table.setColumnHidden(_SINCE, self.width() < _NARROW)

    def begin(self) -> None:
        """The table."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Show what holds now; what she is typing stays."""
        row = self.table.currentIndex().row()
        self._model.show_rows(_definitions(self.context.desk))
        self.table.setCurrentIndex(self._model.index(max(row, 0), 0))

    def save(self) -> None:
        """Write the next value."""
        self._send(correct=False)

    def _send(self, *, correct: bool) -> None:
        if self._chosen is None or not self.editable or not self.save_button.isEnabled():
            return
        self._correct = correct
        self._saving.send(self.form, settings.set_value, self._command)

    def _command(self, given: Answers) -> settings.SetValue:
        assert self._chosen is not None
        since = given.get("since")
        return settings.SetValue(
            request_id=new_request(),
            key=self._chosen.key,
            since=since if isinstance(since, dt.date) else EPOCH,
            value=given["value"],
            correct=self._correct,
        )

    def keep_draft(self) -> None:
        """What is typed is kept."""
        if self._drafts is not None:
            self._drafts.flush()

    def show_field(self, key: str) -> None:
        """Choose the setting of that key."""
        row = next((number for number, one in enumerate(_definitions(self.context.desk)) if one.key == key), -1)
        if row >= 0:
            self.table.setCurrentIndex(self._model.index(row, 0))

    def _say_kept(self, sentence: str) -> None:
        self._note.setText(sentence)

    def _saved(self, done: Done[None]) -> None:
        if self._drafts is not None:
            self._drafts.thrown_away()
        name = self._chosen.label if self._chosen else ""
        self._chosen = None
        self.context.broadcast(done.changes)
        self.refresh()
        self.table.setFocus()
        self.context.notify(f"«\u00a0{name}\u00a0»\u00a0: nouvelle valeur enregistrée.", "good")

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        """What would change a day that has begun is asked about; the rest stands beside its field."""
        self.form.show(violations)
        if len(violations) == 1 and violations[0].code in _ASKS:
            question = f"{sentences.sentence(violations[0])}\n\n{words.OVERWRITE}"
            if self.context.dialogs.confirm(self.window(), question, "Enregistrer quand même", danger=True):
                self._send(correct=True)

    def _enter(self) -> None:
        if self.editable:
            self.form.focus_field("value")

    def _choose(self, definition: SettingDefinition | None) -> None:
        if definition is None:
            return
        if self._chosen is None or definition.key != self._chosen.key:
            self._chosen = definition
            self._draw_form(definition)
        self._card.heading.setText(definition.label)
        self._card.setAccessibleName(definition.label)
        said = words.setting_value(definition, definition.default)
        self._source.setText(f"Au départ\u00a0: {said} — {definition.source}")
        self._show_history(definition)

    def _draw_form(self, definition: SettingDefinition) -> None:
        self.keep_draft()
        for old in (self._band, self._form):
            if old is not None:
                self._place.removeWidget(old)
                old.deleteLater()
        fields = FieldContext(options=lambda _name: (), now=self.context.clock.now)
        self._form = FormView(_form_of(definition), fields, titled=False)
        self._band = Band()
        self._place.addWidget(self._band)
        self._place.addWidget(self._form)
        self.only_editable(self._form)
        if definition.dated:
            self._form.set_answers({"since": self.context.clock.today()})
        self._drafts = DraftKeeper(self.context, self._form, self._band, self._say_kept)
        if self.editable:
            self._drafts.begin(0, on_file=True)

    def _show_history(self, definition: SettingDefinition) -> None:
        today = self.context.clock.today()
        now = _current(self.context.desk, definition).since
        self._history_model.show_rows(
            [
                _Held(
                    "au départ" if one.since <= EPOCH else formats.day(one.since),
                    words.setting_value(definition, one.value),
                    "À venir" if one.since > today else _NOW if one.since == now else "",
                )
                for one in _held(self.context.desk, definition)
            ]
        )


@dataclass(frozen=True, slots=True)
class _Held:
    """One line of the history: from when, how much, and whether it holds."""

    since: str
    value: str
    state: str


_HISTORY = (
    Column(key="since", title="À partir du", text=lambda one: one.since, width=110),
    Column(key="value", title="Valeur", text=lambda one: one.value, width=0, strong=lambda one: one.state == _NOW),
    Column(
        key="state",
        title="",
        text=lambda one: one.state,
        pill=lambda one: "good" if one.state == _NOW else "info",
        width=120,
    ),
)


def _form_of(definition: SettingDefinition) -> Form:
    unit = f" ({definition.unit})" if definition.unit else ""
    least, most = settings.bounds_of(definition)
    value = Field(
        key="value",
        label=f"Nouvelle valeur{unit}",
        kind=definition.kind,
        required=True,
        lowest=least,
        highest=most,
    )
    since = Field(
        key="since",
        label="À partir du",
        kind=Kind.DATE,
        required=True,
        tense=Tense.FUTURE,
        hint="Par ex. 01/01/2027 ou +7j",
    )
    fields = (value, since) if definition.dated else (value,)
    sections = (FormSection(key="value", title="", fields=fields),)
    return Form(key=f"{DATED}{definition.key}", version=1, title=definition.label, sections=sections)


def _definitions(desk: Desk) -> Sequence[SettingDefinition]:
    return [one for one in desk.settings.definitions.values() if one.key not in OF_THIS_COMPUTER]


def _held(desk: Desk, definition: SettingDefinition) -> tuple[DatedValue, ...]:
    """Every value there was or will be, the newest first; the default is the oldest."""
    kept = settings.history_of(desk, definition.key)
    return kept if any(one.since <= EPOCH for one in kept) else (*kept, DatedValue(EPOCH, definition.default))


def _current(desk: Desk, definition: SettingDefinition) -> DatedValue:
    return next(one for one in _held(desk, definition) if one.since <= desk.today)


def _next_words(desk: Desk, definition: SettingDefinition) -> str:
    coming = [one for one in _held(desk, definition) if one.since > desk.today]
    if not coming:
        return ""
    return f"{words.setting_value(definition, coming[-1].value)} le {formats.day(coming[-1].since)}"


def _columns(desk: Desk) -> tuple[Column, ...]:
    return (
        Column(key="label", title="Réglage", text=lambda one: one.label, width=0),
        Column(
            key="value",
            title="Aujourd’hui",
            text=lambda one: words.setting_value(one, _current(desk, one).value),
            align="right",
            width=130,
            strong=lambda _one: True,
        ),
        Column(key="since", title="", text=lambda one: words.setting_since(_current(desk, one)), width=170, muted=True),
        Column(key="next", title="À venir", text=lambda one: _next_words(desk, one), width=190),
    )
