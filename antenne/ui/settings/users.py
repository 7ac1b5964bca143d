"""« Utilisatrices et clés »: who opens the office, and changing that."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QVBoxLayout

from antenne.domain.board import Tone
from antenne.domain.rights import Right
from antenne.services import accounts
from antenne.services.accounts import Account, KeyState
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import Table
from antenne.ui.settings import rekey_state
from antenne.ui.settings.give_dialog import GiveDialog
from antenne.ui.settings.newcomer_dialog import NewcomerDialog
from antenne.ui.settings.rekey_dialog import RekeyDialog
from antenne.ui.settings.rekey_state import Prepared
from antenne.ui.settings.review_pages import BACKUP_COLUMNS
from antenne.ui.settings.section import Section
from antenne.wording import formats
from antenne.wording import users as words


@runtime_checkable
class Lockable(Protocol):
    """The window: it covers itself and asks for a fresh process."""

    def lock(self) -> None:
        """Cover and lock."""
        ...


class UsersSection(Section):
    """Accounts, envelopes, backups; a newcomer; a change of keys."""

    def __init__(self, context: Context) -> None:
        """Show what :meth:`refresh` reads."""
        super().__init__(context, Right.USERS)
        self.dialog: NewcomerDialog | RekeyDialog | GiveDialog | None = None
        self.state: KeyState | None = None
        self._model = RowsModel(_COLUMNS, parent=self)
        self.table = Table(self._model, "Utilisatrices", memory=context.memory, fit_height=True)
        card = Card("Utilisatrices")
        self.add_button = button("Ajouter…", "plain", self.new, icon_name="plus")
        self.rekey_button = button("Changer les clés…", "primary", self.rekey, icon_name="lock")
        self.give_button = button("Redonner une phrase…", "plain", self.give_again)
        self.give_button.hide()
        self.told = label("", "strong", wrap=True, tone="warning")
        self.told.hide()
        card.body.addWidget(self.told)
        card.head.addWidget(self.add_button)
        card.head.addWidget(self.give_button)
        card.head.addWidget(self.rekey_button)
        card.body.addWidget(self.table)
        card.body.addWidget(label(words.WHEN_TO_REKEY, "hint", wrap=True))
        self.body.addWidget(card)
        self.body.addWidget(self._keys_card())
        self.body.addWidget(self._backups_card())
        self.body.addStretch(1)

    def _keys_card(self) -> Card:
        self._keys = Card("Clés et enveloppes")
        self._keys.pill.hide()
        self._lines = QVBoxLayout()
        self._keys.body.addLayout(self._lines)
        return self._keys

    def _backups_card(self) -> Card:
        self._backups = Card("Sauvegardes faites avant les clés actuelles")
        self._backups_words = label("", "muted", wrap=True)
        self._backups_model = RowsModel(BACKUP_COLUMNS, parent=self)
        self.backups = Table(self._backups_model, "Sauvegardes aux anciennes phrases", fit_height=True)
        self._backups.body.addWidget(self._backups_words)
        self._backups.body.addWidget(self.backups)
        self._backups.hide()
        return self._backups

    def begin(self) -> None:
        """The table."""
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the key file and the users."""
        if self.editable:
            self.context.operations.run(
                SHORT, accounts.read_keys, self.context.desk, owner=self, done=self._show, latest=True
            )

    def new(self) -> None:
        """Ctrl+N: a newcomer."""
        if self.editable:
            self._open(NewcomerDialog(self.context, self.window()))

    def give_again(self) -> None:
        """Another phrase on paper for those who never used theirs."""
        if self.state is not None and self.state.to_give():
            self._open(GiveDialog(self.context, self.state, self.window()))

    def rekey(self) -> None:
        """Read and draw what the change needs, then open it."""
        self.rekey_button.setEnabled(False)
        self.context.operations.run(
            SHORT,
            rekey_state.prepare,
            self.context.desk,
            owner=self,
            done=self._begin_rekey,
            problem=self._failed,
        )

    def _begin_rekey(self, prepared: Prepared) -> None:
        self.rekey_button.setEnabled(True)
        if not prepared.state.confidential:
            state = prepared.state
            said = words.no_rekey(sheltered=state.sheltered, by_envelope=state.by_envelope)
            self.band.say(said, "warning")
            return
        self._open(RekeyDialog(self.context, prepared, self._lock, self.window()))

    def _failed(self, problem: Exception) -> None:
        self.rekey_button.setEnabled(True)
        self.context.operations.say_problem(problem)

    def _open(self, dialog: NewcomerDialog | RekeyDialog | GiveDialog) -> None:
        self.dialog = dialog
        dialog.destroyed.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _lock(self) -> None:
        window = self.window()
        if isinstance(window, Lockable):
            window.lock()

    def _show(self, state: KeyState) -> None:
        self.state = state
        self._model.show_rows(state.accounts)
        self.give_button.setVisible(bool(state.to_give()))
        self._say_waiting(state)
        self._show_keys(state)
        old = tuple(made for made in state.backups if made.made_at.date() < state.since)
        self._backups_words.setText(words.OLD_BACKUPS)
        self._backups_model.show_rows(old)
        self._backups.setVisible(bool(old))

    def _say_waiting(self, state: KeyState) -> None:
        """What she must know before she looks at the table."""
        unhanded = sum(one.unhanded for one in state.accounts)
        lacking = sum(one.without for one in state.accounts)
        said = [words.OLDER_FILE] if state.older_file else []
        said += [words.unhanded(unhanded)] if unhanded else []
        said += [words.lacking(lacking)] if lacking else []
        said += [words.BY_BASE_ENVELOPE] if state.by_envelope and not state.confidential else []
        self.told.setText("\n".join(said))
        self.told.setVisible(bool(said))

    def _show_keys(self, state: KeyState) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        said = [f"Clés en service depuis le {formats.long_day(state.since)} (génération {state.generation})."]
        said += [
            f"{one.label}\u00a0: code en service depuis le {formats.long_day(one.since)}." for one in state.envelopes
        ]
        if state.sheltered:
            said.append(words.SHELTER_ON)
        complete = len(state.envelopes) >= _ENVELOPES
        if not complete:
            said.append(words.ENVELOPE_MISSING)
        for line in said:
            self._lines.addWidget(label(line, wrap=True))
        self._keys.pill.show_word("Complètes" if complete else "À faire", "good" if complete else "danger")


_ENVELOPES = 2


def _state(account: Account) -> str:
    if account.user.left_on is not None:
        return f"Partie le {formats.day(account.user.left_on)}"
    if not account.label:
        return "Sans accès"
    if account.unhanded:
        return "Phrase à donner"
    if account.one_time:
        return "Phrase à changer"
    return "Sans confidentiel" if account.without else "En service"


def _tone(account: Account) -> Tone:
    if account.user.left_on is not None or not account.label:
        return "neutral"
    return "warning" if account.one_time or account.without else "good"


_COLUMNS = (
    Column(key="name", title="Nom", text=lambda one: one.user.name, width=0),
    Column(key="label", title="Étiquette", text=lambda one: one.label, width=130),
    Column(key="roles", title="Rôles", text=lambda one: words.roles(one.user.roles), width=260),
    Column(key="state", title="", text=_state, pill=_tone, width=170),
)
