"""« Ses droits », the tab: whom it is about, what women asked for, what was erased."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from antenne.domain.board import Target
from antenne.domain.changes import LISTENING, Changes
from antenne.domain.her_rights import Erasure, ErasureRequest, Her
from antenne.domain.listening import shown_code
from antenne.domain.rights import Right
from antenne.services import erasing, her_rights
from antenne.services.desk import Desk
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import Card, Page, PageTitle, button, label
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.saving import Saving
from antenne.ui.kit.tables import Table
from antenne.ui.listening import rights_forms as forms
from antenne.ui.listening.fields import field_context
from antenne.ui.listening.keys import KEY
from antenne.wording import formats
from antenne.wording import her_rights as words

Row = tuple[ErasureRequest, str]
"""A request and whom it is about."""


def read_panel(desk: Desk) -> tuple[tuple[Row, ...], tuple[Erasure, ...]]:
    """The requests that wait, and for the responsable what was erased."""
    requests = erasing.list_requests(desk)
    with desk.read() as uow:
        ids = tuple({one.person_id for one in requests if one.person_id is not None})
        names = {one.id: f"{one.last_name} {one.first_name}" for one in uow.persons.many(ids)}
    rows = tuple((one, names.get(one.person_id or 0, "") or f"code {shown_code(one.code)}") for one in requests)
    return rows, erasing.list_erasures(desk) if desk.may(Right.ERASE_PERSONS) else ()


def find(desk: Desk, typed: tuple[int | None, str]) -> Her:
    """Whom the form names."""
    return her_rights.find_her(desk, *typed)


def _asked(one: ErasureRequest) -> str:
    return formats.plural(len(one.ids), "fiche", "fiches") if one.ids else "tout"


_REQUESTS = (
    Column(key="at", title="Demandé le", text=lambda row: formats.moment(row[0].at), width=170),
    Column(key="who", title="Par", text=lambda row: row[1], width=230),
    Column(key="what", title="À effacer", text=lambda row: _asked(row[0]), width=120),
    Column(key="words", title="Ce qu’elle dit", text=lambda row: row[0].words, width=0),
    Column(key="user", title="Dit à", text=lambda row: row[0].user, width=160),
)
_ERASURES = (
    Column(key="at", title="Effacé le", text=lambda one: formats.moment(one.at), width=170),
    Column(key="user", title="Par", text=lambda one: one.user, width=180),
    Column(key="reason", title="Motif", text=lambda one: words.REASONS[one.reason], width=220),
    Column(key="counts", title="Quoi", text=lambda one: words.counted(one.counts), width=0),
)


class RightsPanel(Screen):
    """A question, then two lists."""

    help_key = "listening_rights"

    def __init__(self, context: Context) -> None:
        """Build; the first visit reads."""
        super().__init__()
        self._context = context
        self.title = PageTitle("Ses droits")
        self.view = FormView(forms.WHO, field_context(context, self), self, titled=False)
        self.open_button = button("Voir ce qui est gardé", "primary", self.save)
        self._saving = Saving(context, self.open_button, self, done=self._found)
        self.requests = Table(RowsModel(_REQUESTS, parent=self), "Demandes", memory=context.memory, fit_height=True)
        self.requests.opened.connect(self._open_request)
        self.erasures = Table(RowsModel(_ERASURES, parent=self), "Effacements", memory=context.memory, fit_height=True)
        self.none = label("Aucune demande n’attend.", "muted")
        self._build()

    def _build(self) -> None:
        page = Page()
        page.body.setContentsMargins(0, 0, 0, 0)
        who = Card(forms.WHO.title)
        who.body.addWidget(
            label(
                "Voir, imprimer, corriger, retirer un accord, oublier\u00a0: tout est sur sa page.", "muted", wrap=True
            )
        )
        who.body.addWidget(self.view)
        row = QHBoxLayout()
        row.addWidget(self.open_button)
        row.addStretch(1)
        who.body.addLayout(row)
        page.body.addWidget(who)
        asked = Card("Elles demandent d’être oubliées")
        asked.body.addWidget(self.none)
        asked.body.addWidget(self.requests)
        page.body.addWidget(asked)
        self._erased = Card("Ce qui a été effacé")
        self._erased.body.addWidget(label("Ni de qui, ni quelle fiche\u00a0: combien, quand et pourquoi.", "hint"))
        self._erased.body.addWidget(self.erasures)
        page.body.addWidget(self._erased)
        page.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(self.title)
        whole.addWidget(page, 1)

    def open(self, target: Target) -> None:
        """Stand in the question."""
        self.refresh()
        if not target.field:
            self.view.focus_field("person_id")
        else:
            self.requests.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_changes(self, changes: Changes) -> None:
        """A request came or was answered."""
        if changes.touch(LISTENING) and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read again."""
        self._context.operations.run(
            SHORT, read_panel, self._context.desk, owner=self, done=self._show, latest=True, key="panel"
        )

    def save(self) -> None:
        """Ctrl+S, or the button: her page."""
        self._saving.send(self.view, find, lambda answers: (answers.get("person_id"), str(answers.get("code") or "")))

    def _found(self, her: Her) -> None:
        self.view.set_answers({})
        self._open_her(her)

    def _open_her(self, her: Her) -> None:
        action = "her" if her.person_id is not None else f"her/{her.code}"
        self._context.navigator.open(Target(KEY, her.person_id, action=action))

    def _open_request(self, row: Row) -> None:
        self._open_her(Her(row[0].person_id, row[0].code))

    def _show(self, found: Any) -> None:
        rows, erased = found
        self.requests.rows.show_rows(rows)
        self.requests.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.erasures.rows.show_rows(erased)
        self._erased.setVisible(bool(erased))
        self.title.subtitle.setText(formats.plural(len(rows), "demande", "demandes") if rows else "")
