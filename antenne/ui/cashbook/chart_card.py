"""One account beside the chart: its words, what the program uses it for, its box, its Historique."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from antenne.domain import chart as rules
from antenne.domain.accounts import Account, AccountKind
from antenne.domain.cashbook import Box
from antenne.domain.changes import Done
from antenne.domain.chart import ChartRow
from antenne.domain.forms.model import Form, Option
from antenne.domain.rights import Right
from antenne.services import chart
from antenne.services.chart import AccountPage, MoveUse, SaveAccount, SaveBox
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.drafts import DraftKeeper
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.saving import Answers, Saving
from antenne.wording import accounts as words
from antenne.wording import formats

_FIXED: Final = "Des écritures le portent\u202f: il ne change plus."
_SERVES: Final = "Le programme s’en sert\u202f: il reste en service."
_KINDS: Final = tuple(Option(kind.value, name) for kind, name in words.KINDS.items())


class _Part(QWidget):
    """A form, its button and its draft; one part of the card."""

    saved = Signal(object)
    """The :class:`Done` of the service."""

    def __init__(self, context: Context, form: Form, save: str, heirs: Sequence[Account] = ()) -> None:
        super().__init__()
        self.context = context
        self.editable = context.desk.may(Right.ACCOUNTS_WRITE)
        self._request = uuid.uuid4().hex
        listed = {rules.KINDS: _KINDS, rules.HEIRS: tuple(Option(one.code, f"{one.code} {one.label}") for one in heirs)}
        fields = FieldContext(options=lambda name: listed.get(name, ()), now=context.clock.now)
        self.view = FormView(form, fields, self, titled=False)
        self.view.setEnabled(self.editable)
        self.note = label("", "hint")
        self.drafts: DraftKeeper | None = None
        self.save_button = button(save, "primary", self.save)
        self.save_button.setVisible(self.editable)
        self._saving = Saving(context, self.save_button, self, done=self._saved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * t.SPACE)
        column.addWidget(self.view)
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addWidget(self.note, 1)
        column.addLayout(row)

    def keep_drafts(self, subject_id: int, *, on_file: bool) -> None:
        """Keep what is typed from now on, and offer what was kept."""
        if self.editable:
            self.drafts = DraftKeeper(self.context, self.view, self.view.band, self.note.setText)
            self.drafts.begin(subject_id, on_file=on_file)

    def save(self) -> None:
        """Send what is typed."""
        raise NotImplementedError

    def send(self, work: Any, command: Any) -> None:
        """Run a service with the answers, unless they break the form's rules."""
        if self.editable and self.save_button.isEnabled():
            self._saving.send(self.view, work, command)

    @property
    def request(self) -> str:
        """The same until it is saved: a second click saves nothing twice."""
        return self._request

    def _saved(self, done: Done[Any]) -> None:
        self._request = uuid.uuid4().hex
        if self.drafts is not None:
            self.drafts.saved()
        self.saved.emit(done)


class AccountPart(_Part):
    """Number, words, kind, SYCEBNL, in service or at rest."""

    def __init__(self, context: Context, row: ChartRow | None) -> None:
        """Show an account, or an empty form for a new one."""
        super().__init__(context, rules.ACCOUNT, "Ajouter ce compte" if row is None else "Enregistrer")
        self._id = 0 if row is None else row.account.id
        if row is None:
            self.view.set_answers({"active": True})
        else:
            self._show(row)
        self.keep_drafts(self._id, on_file=row is not None)

    def save(self) -> None:
        """Send the account."""
        self.send(chart.save_account, self._command)

    def _show(self, row: ChartRow) -> None:
        one = row.account
        answers = {"code": one.code, "sycebnl": one.sycebnl, "label": one.label, "kind": one.kind.value}
        self.view.set_answers({**answers, "active": one.active})
        if row.used:
            for key in ("code", "kind"):
                self._fix(key, _FIXED)
        if one.role:
            self._fix("active", _SERVES)

    def _fix(self, key: str, why: str) -> None:
        self.view.field(key).setEnabled(False)
        self.view.cell(key).show_note(why)

    def _command(self, answers: Answers) -> SaveAccount:
        return SaveAccount(
            request_id=self.request,
            account_id=self._id,
            code=str(answers["code"]),
            label=str(answers["label"]),
            kind=AccountKind(answers["kind"]),
            sycebnl=str(answers["sycebnl"]),
            active=answers["active"] is True,
        )


class UsePart(_Part):
    """To which account the program's use goes from now on."""

    def __init__(self, context: Context, page: AccountPage) -> None:
        """Offer the accounts that fit."""
        super().__init__(context, rules.USE, "Confier", page.heirs)
        self._id = page.row.account.id

    def save(self) -> None:
        """Send the use to another account."""
        self.send(chart.move_use, self._command)

    def _command(self, answers: Answers) -> MoveUse:
        return MoveUse(request_id=self.request, account_id=self._id, heir=str(answers["account"]))


class BoxPart(_Part):
    """The name of the box, and whether it is used."""

    def __init__(self, context: Context, box: Box) -> None:
        """Show the box."""
        super().__init__(context, rules.BOX, "Enregistrer la caisse")
        self._id = box.id
        self.view.set_answers({"box_label": box.label, "box_active": box.active})
        if box.is_cash:
            self.view.field("box_active").setEnabled(False)
            self.view.cell("box_active").show_note("La caisse d’espèces reste toujours en service.")
        self.keep_drafts(box.id, on_file=True)

    def save(self) -> None:
        """Send the box."""
        self.send(chart.save_box, self._command)

    def _command(self, answers: Answers) -> SaveBox:
        return SaveBox(
            request_id=self.request,
            box_id=self._id,
            label=str(answers["box_label"]),
            active=answers["box_active"] is True,
        )


class AccountCard(Card):
    """Everything about one account; a new one has only its words."""

    closed = Signal()
    saved = Signal(int)
    """Id of the account to show now."""

    def __init__(self, context: Context, page: AccountPage | None) -> None:
        """Show an account, or the form of a new one."""
        row = None if page is None else page.row
        title = "Nouveau compte" if row is None else f"Compte {row.account.code}"
        super().__init__(title, role="focus")
        self._context = context
        self.account_id = 0 if row is None else row.account.id
        self.head.addWidget(button("Fermer", "link", self.closed.emit))
        self.account = AccountPart(context, row)
        self.use = UsePart(context, page) if page is not None and page.heirs and self.account.editable else None
        self.box = None if row is None or row.box is None else BoxPart(context, row.box)
        self.body.addWidget(self.account)
        self.account.saved.connect(self._account_saved)
        if page is not None:
            self._say_use(page)
        if self.box is not None:
            self.body.addWidget(label("La caisse de ce compte", "column"))
            self.body.addWidget(self.box)
            self.box.saved.connect(partial(self._done, "Caisse enregistrée."))
        if page is not None:
            self._say_history(page)
        self.body.addStretch(1)

    @property
    def parts(self) -> tuple[_Part, ...]:
        """Every form of the card."""
        return tuple(part for part in (self.account, self.use, self.box) if part is not None)

    @property
    def dirty(self) -> bool:
        """Something typed is not saved yet."""
        return any(part.drafts is not None and part.drafts.dirty for part in self.parts)

    def begin(self) -> None:
        """Stand in the first field that can be typed into."""
        if not self.account.editable:
            closing = next(iter(self.findChildren(QPushButton)), None)
            if closing is not None:
                closing.setFocus()
            return
        self.account.view.focus_field("code" if self.account.view.field("code").isEnabled() else "sycebnl")

    def save(self) -> None:
        """Ctrl+S: the form that holds the keyboard, else the account."""
        held = self.window().focusWidget()
        own = next((part for part in self.parts if held is not None and part.isAncestorOf(held)), self.account)
        own.save()

    def keep_draft(self) -> None:
        """What is typed is kept."""
        for part in self.parts:
            if part.drafts is not None:
                part.drafts.flush()

    def _say_use(self, page: AccountPage) -> None:
        row = page.row
        use = words.use(row.account, row.box)
        if not use:
            return
        self.body.addWidget(label("Le programme s’en sert", "column"))
        self.body.addWidget(label(use, "strong", wrap=True))
        if row.used and rules.is_carried(row.account.role):
            said = "Des écritures disent ici ce qui reste\u202f: cet usage ne change plus de compte."
            self.body.addWidget(label(said, "hint", wrap=True))
        elif self.use is not None:
            said = "Ce qui est déjà écrit reste ici\u202f; la suite ira à l’autre compte."
            self.body.addWidget(label(said, "hint", wrap=True))
            self.body.addWidget(self.use)
            self.use.saved.connect(partial(self._done, "Usage confié."))
        elif self.account.editable:
            said = "Pour le confier à un autre compte, ajoutez d’abord un compte de même nature."
            self.body.addWidget(label(said, "hint", wrap=True))

    def _say_history(self, page: AccountPage) -> None:
        if not page.history:
            return
        self.body.addWidget(label("Historique", "column"))
        for line in page.history:
            told = f"{formats.moment(line.at)} · {line.actor} · {words.HISTORY.get(line.action, line.action)}"
            changes = " · ".join(
                f"{change.field}\u00a0: {change.new}" for change in line.changes if change.new and not line.erased
            )
            self.body.addWidget(label(f"{told}\n{changes}" if changes else told, "hint", wrap=True))

    def _account_saved(self, done: Done[Account]) -> None:
        self.account_id = done.value.id
        self._done(f"Compte {done.value.code} enregistré.", done)

    def _done(self, sentence: str, done: Done[Any]) -> None:
        self._context.notify(sentence, "good")
        self.saved.emit(self.account_id)
        self._context.broadcast(done.changes)
