"""« Cet ordinateur »: lock, reminder, where the data lie, which program, and the check of the base."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QHBoxLayout

import antenne
from antenne.domain.changes import Changes, Done
from antenne.domain.forms.model import Field, Form
from antenne.domain.forms.model import Section as FormSection
from antenne.domain.settings import SettingDefinition
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import checks, settings
from antenne.services.checks import Finding
from antenne.services.desk import Desk
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.drafts import DraftKeeper
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.operations import LONG, Ticket
from antenne.ui.kit.progress_panel import ProgressPanel, step_watcher
from antenne.ui.kit.saving import Saving
from antenne.ui.kit.tables import Table
from antenne.ui.settings.section import Section, new_request
from antenne.wording import settings as words
from antenne.wording import steps

_FIELDS = {"lock": "lock.minutes", "reminder": "backup.reminder_days"}


class ComputerSection(Section):
    """Two habits, three facts, one check."""

    def __init__(self, context: Context) -> None:
        """Show them."""
        super().__init__(context)
        self._checking: Ticket | None = None
        self.body.addWidget(self._habits())
        self.body.addWidget(self._facts())
        self.body.addWidget(self._check_card())
        self.body.addStretch(1)
        self._fill()

    def _habits(self) -> Card:
        card = Card("Verrou et rappel")
        fields = FieldContext(options=lambda _name: (), now=self.context.clock.now)
        self.form = FormView(_form(self.context.desk), fields, titled=False)
        self.form.setEnabled(self.editable)
        self.drafts = DraftKeeper(self.context, self.form, self.band, self._say_kept)
        card.body.addWidget(self.form)
        row = QHBoxLayout()
        self._note = label("", "hint")
        row.addWidget(self._note, 1)
        self.save_button = button("Enregistrer  Ctrl+S", "primary", self.save)
        self._saving = Saving(self.context, self.save_button, self, done=self._saved)
        self.only_editable(self.save_button)
        row.addWidget(self.save_button)
        card.body.addLayout(row)
        return card

    def _facts(self) -> Card:
        card = Card("Le programme et ses données")
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * t.SPACE)
        grid.setColumnStretch(1, 1)
        facts = (
            ("Version du programme", antenne.__version__),
            ("Dossier des données", str(self.context.desk.folder)),
        )
        for row, (name, said) in enumerate(facts):
            shown = label(said, wrap=True)
            shown.setAccessibleName(f"{name}\u00a0: {said}")
            grid.addWidget(label(name, "muted"), row, 0)
            grid.addWidget(shown, row, 1)
        card.body.addLayout(grid)
        card.body.addWidget(label(words.DATA_FOLDER, "hint", wrap=True))
        return card

    def _check_card(self) -> Card:
        card = Card("Contrôle de la base")
        card.pill.hide()
        self._card = card
        self._words = label(
            "Relit toute la base\u00a0: intégrité, sceau de chaque page, liens, historique, numéros.",
            "muted",
            wrap=True,
        )
        self.check_button = button("Contrôler la base", "plain", self.check_now, icon_name="check")
        self.panel = ProgressPanel(self.context.clock)
        self.panel.stop_requested.connect(self._stop)
        self.panel.hide()
        self._model = RowsModel(_COLUMNS, parent=self)
        self.findings = Table(self._model, "Résultats du contrôle", memory=self.context.memory, fit_height=True)
        self.findings.hide()
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        row.addWidget(self.check_button)
        card.body.addLayout(row)
        card.body.addWidget(self.panel)
        card.body.addWidget(self.findings)
        return card

    def begin(self) -> None:
        """The lock's minutes, or the check where they can only be read."""
        if self.editable:
            self.form.focus_field("lock")
        else:
            self.check_button.setFocus()

    def refresh(self) -> None:
        """Show what is saved, unless she is typing."""
        if not self.drafts.dirty:
            self._fill()

    def save(self) -> None:
        """Write both habits."""
        if not self.editable or not self.save_button.isEnabled():
            return
        self._saving.send(self.form, _save_habits, dict)

    def check_now(self) -> None:
        """Read the whole base, on the long lane."""
        if self._checking is not None and not self._checking.finished:
            return
        self.check_button.setEnabled(False)
        self.findings.hide()
        self._card.pill.hide()
        self.panel.begin("Contrôle de la base…")
        self.panel.show()
        self.panel.stop_button.setFocus()
        self._checking = self.context.operations.run(
            LONG,
            checks.check_base,
            self.context.desk,
            (*checks.GENERAL, *self.context.checks),
            owner=self,
            done=self._checked,
            progress=step_watcher(self.panel, steps.title),
            problem=self._check_failed,
            stopped=self._check_stopped,
        )

    def _stop(self) -> None:
        if self._checking is not None:
            self._checking.stop()

    def _checked(self, found: tuple[Finding, ...]) -> None:
        faults = sum(not one.ok for one in found)
        said = (
            "Tout est en ordre."
            if not faults
            else "Des défauts ont été trouvés\u00a0: n’effacez rien, prévenez la responsable."
        )
        self._end_check(said)
        self._card.pill.show_word("En ordre" if not faults else "À voir", "good" if not faults else "danger")
        self._model.show_rows(found)
        self.findings.show()
        self.findings.setFocus()

    def _check_failed(self, problem: Exception) -> None:
        self._end_check("Le contrôle n’a pas pu aller au bout.")
        self.context.operations.say_problem(problem)

    def _check_stopped(self) -> None:
        self._end_check("Contrôle arrêté. Rien n’a été changé.")

    def _end_check(self, sentence: str) -> None:
        self.panel.hide()
        self._words.setText(sentence)
        self.check_button.setEnabled(True)
        self.check_button.setFocus()

    def keep_draft(self) -> None:
        """What is typed is kept."""
        self.drafts.flush()

    def _say_kept(self, sentence: str) -> None:
        self._note.setText(sentence)

    def _fill(self) -> None:
        desk = self.context.desk
        self.form.set_answers({name: desk.settings.value(key, desk.today) for name, key in _FIELDS.items()})
        if self.editable:
            self.drafts.begin(0, on_file=True)

    def _saved(self, changes: Changes) -> None:
        self.drafts.thrown_away()
        self.context.broadcast(changes)
        self.context.notify("Enregistré. Le nouveau délai du verrou vaut dès la prochaine ouverture.", "good")


def _save_habits(desk: Desk, answers: dict[str, object]) -> Changes:
    """Both, or neither: what is wrong with each is found before the first is written."""
    broken = [
        Violation(one.code, name, one.values)
        for name, key in _FIELDS.items()
        for one in settings.value_violations(desk.settings.definitions[key], answers[name])
    ]
    if broken:
        raise RulesBroken(*broken)
    changes = Changes()
    for name, key in _FIELDS.items():
        if answers[name] != desk.settings.value(key, desk.today):
            command = settings.SetValue(request_id=new_request(), key=key, since=desk.today, value=answers[name])
            done: Done[None] = settings.set_value(desk, command)
            changes |= done.changes
    return changes


def _form(desk: Desk) -> Form:
    fields = tuple(_field(name, desk.settings.definitions[key]) for name, key in _FIELDS.items())
    sections = (FormSection(key="habits", title="", fields=fields),)
    return Form(key="settings.computer", version=1, title="Cet ordinateur", sections=sections)


def _field(name: str, definition: SettingDefinition) -> Field:
    least, most = settings.bounds_of(definition)
    label_ = f"{definition.label} ({definition.unit})"
    return Field(key=name, label=label_, kind=definition.kind, required=True, lowest=least, highest=most)


_COLUMNS = (
    Column(key="name", title="Contrôle", text=lambda one: one.name, width=240),
    Column(key="detail", title="Résultat", text=lambda one: one.detail, width=0),
    Column(
        key="ok",
        title="",
        text=lambda one: "En ordre" if one.ok else "Défaut",
        pill=lambda one: "good" if one.ok else "danger",
        width=110,
    ),
)
