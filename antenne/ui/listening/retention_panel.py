"""« Durées de garde », for the responsable: what is over its term this year; kept for a reason, or erased."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout

from antenne.domain.board import Target
from antenne.domain.changes import LISTENING, MEMBERS, PROTECTION, SETTINGS, Changes
from antenne.domain.retention import PERSON, OverTerm
from antenne.services import retention
from antenne.services.retention import EraseOver, KeepOver, Line, Proposal
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import EmptyState, PageTitle, button, label
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import Table
from antenne.ui.listening import rights_forms as forms
from antenne.ui.listening.ask_card import Ask
from antenne.ui.listening.fields import field_context
from antenne.ui.listening.rights_asking import AskPlace
from antenne.wording import formats
from antenne.wording import her_rights as words

_COLUMNS = (
    Column(key="kind", title="Sorte", text=lambda one: one.kind, width=210),
    Column(key="who", title="De qui", text=lambda one: one.who, width=0),
    Column(key="count", title="Fiches", text=lambda one: formats.number(one.count), align="right", width=80),
    Column(key="last", title="Dernier fait", text=lambda one: formats.day(one.over.last), width=120),
    Column(key="ended", title="Durée passée le", text=lambda one: formats.day(one.over.ended), width=140),
)
_PROPOSED_YEARS = 1


class RetentionPanel(Screen):
    """A list; Suppr erases the lines chosen, Ctrl+S answers what is asked; nothing goes by itself."""

    help_key = "listening_retention"
    hints = "Maj+flèches : choisir · Ctrl+A : tout choisir · Entrée : ouvrir · F1 : aide · F12 : masquer l’écran"

    def __init__(self, context: Context) -> None:
        """Build; the first visit reads."""
        super().__init__()
        self._context = context
        self.asking = AskPlace(context, field_context(context, self), self._decided)
        self.title = PageTitle("Durées de garde")
        self.keep_button = button("Garder…", "plain", self.keep)
        self.erase_button = button("Effacer…", "primary", self.erase)
        self.title.add_button(button("Régler les durées", "link", self._settings))
        self.title.add_button(self.keep_button)
        self.title.add_button(self.erase_button)
        self.counts = label("", "strong", wrap=True)
        said = (
            "Une fois par an, ce qui a passé sa durée au 1er janvier. Rien ne s’efface seul\u00a0: "
            "gardez avec un motif, ou effacez. Les comptes d’argent n’y sont jamais."
        )
        self.table = Table(RowsModel(_COLUMNS, parent=self), "Durées de garde", memory=context.memory)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.opened.connect(self._open)
        self.empty = EmptyState("ear", "Rien n’a passé sa durée", "La liste revient chaque année, en janvier.")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(self.title)
        whole.addWidget(label(said, "muted", wrap=True))
        whole.addLayout(self.asking)
        whole.addWidget(self.counts)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.empty, 1)

    def open(self, target: Target) -> None:  # noqa: ARG002 - the panel has one view
        """Read, and stand in the list."""
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_changes(self, changes: Changes) -> None:
        """Something was decided, erased, or the terms changed."""
        if self.isVisible() and any(changes.touch(one) for one in (LISTENING, PROTECTION, MEMBERS, SETTINGS)):
            self.refresh()

    def refresh(self) -> None:
        """Read again."""
        self._context.operations.run(
            SHORT, retention.propose, self._context.desk, owner=self, done=self._show, latest=True, key="rows"
        )

    def _show(self, found: Proposal) -> None:
        self.table.rows.show_rows(found.lines)
        self.table.setVisible(bool(found.lines))
        self.empty.setVisible(not found.lines)
        self.counts.setText(words.counted(found.counts))
        self.counts.setVisible(bool(found.lines))
        self.keep_button.setEnabled(bool(found.lines))
        self.erase_button.setEnabled(bool(found.lines))
        said = formats.plural(len(found.lines), "ligne à décider", "lignes à décider")
        self.title.subtitle.setText(f"{said} au {formats.day(found.on)}" if found.lines else "")

    def _open(self, line: Line) -> None:
        """Where it is read: her file, a civil file, her page of rights."""
        over = line.over
        if over.base_id is not None:
            area = "members" if over.kind == PERSON else "civil"
            self._context.navigator.open(Target(area, over.base_id, action="file" if area == "members" else ""))

    def _settings(self) -> None:
        self._context.navigator.open(Target("settings", field="retention.persons", action="tariffs"))

    # --- Deciding --------------------------------------------------------------------------------------------------

    def chosen(self) -> tuple[OverTerm, ...]:
        """The lines chosen."""
        return tuple(line.over for line in self.table.selected())

    def keep(self) -> None:
        """Keep the lines chosen, for a reason, and be asked again."""
        lines = self.chosen()
        if not self._some(lines):
            return

        def command(request: str, answers: dict[str, Any]) -> KeepOver:
            return KeepOver(request_id=request, lines=lines, why=answers["why"], years=answers["years"])

        hint = formats.plural(len(lines), "ligne choisie", "lignes choisies")
        asked = Ask(form=forms.KEEPING, work=retention.keep_over, command=command, said="C’est gardé.",
                    answers={"years": _PROPOSED_YEARS}, hint=hint, save="Garder")  # fmt: skip
        self.asking.ask(asked)

    def erase(self) -> None:
        """Erase the lines chosen."""
        lines = self.chosen()
        if not self._some(lines):
            return

        def command(request: str, answers: dict[str, Any]) -> EraseOver:
            return EraseOver(request_id=request, lines=lines, typed=answers["typed"])

        title = f"Effacer {formats.plural(len(lines), 'ligne', 'lignes')}"
        hint = "Les chiffres déjà publiés et les comptes d’argent ne changent pas. Ce qui est effacé ne revient pas."
        form = replace(forms.ERASING_FILE, title=title)
        self.asking.ask(Ask(form=form, work=retention.erase_over, command=command, said="C’est effacé.", hint=hint,
                      save="Effacer"))  # fmt: skip

    def _some(self, lines: tuple[OverTerm, ...]) -> bool:
        if not lines:
            self._context.notify("Choisissez d’abord des lignes.", "warning")
        return bool(lines)

    def _decided(self) -> None:
        self.refresh()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Ctrl+S: what is asked."""
        self.asking.save()

    def escape(self) -> bool:
        """Échap gives up what is asked."""
        closed = self.asking.close_card()
        if closed:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return closed
