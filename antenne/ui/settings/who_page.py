"""First page of a change of keys: who keeps her access, with which roles."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from antenne.domain.rights import Role
from antenne.domain.violations import Violation
from antenne.services.accounts import Account
from antenne.services.rekeying import Staying
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Page, label
from antenne.wording import users as words
from antenne.wording import violations as sentences

_BOTH = frozenset({Role.SECRETAIRE, Role.ECOUTANTE})


class StayRow(QFrame):
    """One user: she stays or not, her roles, and why where two of them watch each other."""

    def __init__(self, account: Account) -> None:
        """Begin with what she has."""
        super().__init__()
        self.account = account
        name = account.user.name
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(2 * t.SPACE)
        grid.setVerticalSpacing(2)
        self.stays = QCheckBox(f"{name} · {account.label}".replace("&", "&&"))
        self.stays.setAccessibleName(f"{name} garde son accès")
        self.stays.setChecked(True)
        self.stays.toggled.connect(self._follow)
        grid.addWidget(self.stays, 0, 0)
        self.roles: dict[Role, QCheckBox] = {}
        for place, (role, said) in enumerate(words.ROLES.items(), 1):
            box = QCheckBox(said)
            box.setChecked(role in account.user.roles)
            box.setAccessibleName(f"{name}\u00a0: {said}")
            box.setToolTip(words.DUTIES[role])
            box.toggled.connect(self._follow)
            self.roles[role] = box
            grid.addWidget(box, 0, place)
        grid.setColumnStretch(0, 1)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Pourquoi secrétaire et écoutante à la fois")
        self.reason.setAccessibleName(f"{name}\u00a0: pourquoi secrétaire et écoutante à la fois")
        self.error = label("", "error", wrap=True)
        grid.addWidget(self.reason, 1, 0, 1, len(words.ROLES) + 1)
        grid.addWidget(self.error, 2, 0, 1, len(words.ROLES) + 1)
        self.complain("")
        self._follow()

    def be_herself(self, *, own: bool) -> None:
        """She who changes the keys stays, as responsable."""
        for box in (self.stays, self.roles[Role.RESPONSABLE]):
            if own:
                box.setChecked(True)
            box.setEnabled(not own)
        self._follow()

    def answer(self) -> Staying | None:
        """With which roles she stays, or None."""
        if not self.stays.isChecked():
            return None
        held = frozenset(role for role, box in self.roles.items() if box.isChecked())
        reason = self.reason.text() if held >= _BOTH else ""
        return Staying(user_id=self.account.user.id, roles=held, reason=reason)

    def complain(self, sentence: str) -> None:
        """What is wrong with her roles."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _follow(self) -> None:
        stays = self.stays.isChecked()
        for role, box in self.roles.items():
            box.setVisible(stays)
            if role is not Role.RESPONSABLE:
                box.setEnabled(stays)
        held = {role for role, box in self.roles.items() if box.isChecked()}
        self.reason.setVisible(stays and held >= _BOTH)


class WhoPage(QWidget):
    """A row for each user; who is unticked opens nothing any more."""

    def __init__(self, accounts: Sequence[Account], actor_id: int) -> None:
        """Show those who have access.

        Args:
            accounts: Everybody; those who left have no row.
            actor_id: Who is at the keyboard; 0 where an envelope opened the office, and she is asked who she is.
        """
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label(words.WHO_STAYS, "muted", wrap=True))
        self.rows = [StayRow(one) for one in accounts if one.label]
        self.own = QComboBox()
        self._actor_id = actor_id
        if not actor_id:
            column.addLayout(self._ask_herself())
        page = Page()
        page.body.setContentsMargins(0, 0, 2 * t.SPACE, 0)
        page.body.setSpacing(t.SPACE)
        for row in self.rows:
            page.body.addWidget(row)
        page.body.addStretch(1)
        column.addWidget(page, 1)
        self._mark_own()

    def _ask_herself(self) -> QHBoxLayout:
        line = QHBoxLayout()
        name = label("Vous avez ouvert avec une enveloppe. Vous êtes", "label")
        name.setBuddy(self.own)
        self.own.setAccessibleName("Vous êtes")
        for row in self.rows:
            self.own.addItem(row.account.user.name, row.account.user.id)
        responsable = next((n for n, row in enumerate(self.rows) if Role.RESPONSABLE in row.account.user.roles), 0)
        self.own.setCurrentIndex(responsable)
        self.own.currentIndexChanged.connect(self._mark_own)
        line.addWidget(name)
        line.addWidget(self.own, 1)
        return line

    @property
    def own_user_id(self) -> int:
        """Who changes the keys."""
        return self._actor_id or int(self.own.currentData() or 0)

    def begin(self) -> None:
        """The first row that can be changed."""
        free = next((row.stays for row in self.rows if row.stays.isEnabled()), None)
        if free is not None:
            free.setFocus()

    def answers(self) -> tuple[Staying, ...]:
        """Who stays."""
        return tuple(answer for row in self.rows if (answer := row.answer()) is not None)

    def show_violations(self, found: Sequence[tuple[int, Violation]]) -> None:
        """Each under its row."""
        said: dict[int, str] = {}
        for user_id, violation in found:
            said.setdefault(user_id, sentences.sentence(violation))
        for row in self.rows:
            row.complain(said.get(row.account.user.id, ""))

    def _mark_own(self) -> None:
        for row in self.rows:
            row.be_herself(own=row.account.user.id == self.own_user_id)
