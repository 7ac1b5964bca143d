"""« Redonner une phrase »: who, then the words to copy, one paper after the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antenne.base.problems import Problem
from antenne.domain.changes import Done
from antenne.domain.rights import Role
from antenne.domain.violations import Violation
from antenne.services import handing, users
from antenne.services.accounts import Account, KeyState
from antenne.services.handing import GiveAgain
from antenne.services.users import OneTimePhrase
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Page, button, label
from antenne.ui.kit.dialogs import WINDOW_TITLE
from antenne.ui.kit.operations import SHORT
from antenne.ui.settings.secret_pages import SlipsPage
from antenne.ui.settings.section import fit_window, new_request
from antenne.wording import problems
from antenne.wording import users as words
from antenne.wording import violations as sentences


class GiveDialog(QDialog):
    """Two pages: a tick for each, then the slips."""

    def __init__(self, context: Context, state: KeyState, parent: QWidget) -> None:
        """Those who never received theirs are ticked already."""
        super().__init__(parent)
        self.setWindowTitle(WINDOW_TITLE)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fit_window(self, 720, 480)
        self._context = context
        self._request = new_request()
        self.boxes = {one.user.id: self._box(one) for one in state.to_give()}
        self._roles = {one.user.id: one.user.roles for one in state.to_give()}
        self.band = Band()
        self.slips = SlipsPage("Recopiée\u00a0: terminer")
        self.slips.copied.connect(self._note)
        self.slips.finished.connect(self.accept)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._who_page(state))
        self.stack.addWidget(self.slips)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(5 * t.SPACE, 4 * t.SPACE, 5 * t.SPACE, 4 * t.SPACE)
        whole.addWidget(self.band)
        whole.addWidget(self.stack, 1)
        next(iter(self.boxes.values())).setFocus()

    @staticmethod
    def _box(account: Account) -> QCheckBox:
        said = f"{account.user.name} · {account.label} · {words.roles(account.user.roles)}"
        box = QCheckBox(said.replace("&", "&&"))
        box.setAccessibleName(f"Redonner une phrase à {said}")
        box.setChecked(account.unhanded or account.without)
        return box

    def _who_page(self, state: KeyState) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * t.SPACE)
        column.addWidget(label("Redonner une phrase", "heading"))
        told = words.GIVE_AFTER_ENVELOPE if state.by_envelope else words.GIVE_AGAIN
        column.addWidget(label(told, "muted", wrap=True))
        if not state.confidential:
            column.addWidget(label(words.GIVEN_WITHOUT, "muted", wrap=True))
        scrolls = Page()
        scrolls.body.setContentsMargins(0, 0, 0, 0)
        for box in self.boxes.values():
            scrolls.body.addWidget(box)
        scrolls.body.addStretch(1)
        column.addWidget(scrolls, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("Annuler", "plain", self.reject))
        self.give_button = button("Tirer d’autres mots", "primary", self.give)
        self.give_button.setDefault(True)
        row.addWidget(self.give_button)
        column.addLayout(row)
        return page

    def chosen(self) -> tuple[tuple[int, frozenset[Role]], ...]:
        """Who is ticked, with the roles that stand beside her name."""
        return tuple((user_id, self._roles[user_id]) for user_id, box in self.boxes.items() if box.isChecked())

    def give(self) -> None:
        """Draw and wrap; the present phrases stop opening when this comes back."""
        self.give_button.setEnabled(False)
        self.band.dismiss()
        self._context.operations.run(
            SHORT,
            handing.give_again,
            self._context.desk,
            GiveAgain(request_id=self._request, chosen=self.chosen()),
            owner=self,
            done=self._given,
            broken=self._refused,
            problem=self._failed,
        )

    def _given(self, done: Done[tuple[OneTimePhrase, ...]]) -> None:
        self.stack.setCurrentWidget(self.slips)
        self.slips.show_papers(done.value)
        self._context.broadcast(done.changes)

    def _note(self, slot_id: str) -> None:
        context = self._context
        context.operations.run(
            SHORT, users.mark_handed, context.desk, slot_id, owner=self.parentWidget() or self, done=context.broadcast
        )

    def _refused(self, violations: Sequence[Violation]) -> None:
        self._say(" ".join(map(sentences.sentence, violations)))

    def _failed(self, problem: Problem) -> None:
        self._say(problems.sentence(problem))

    def _say(self, sentence: str) -> None:
        self._request = new_request()
        self.give_button.setEnabled(True)
        self.band.say(sentence, "danger")
