"""« Ajouter une utilisatrice »: who she is, what she may do, then her first phrase to copy by hand."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antenne.base.problems import Problem
from antenne.domain.changes import Done
from antenne.domain.first_run import MAX_LABEL, MAX_TEXT
from antenne.domain.forms.model import Answers, Field, Form, Kind, Option, Section
from antenne.domain.rights import Role
from antenne.domain.violations import Violation
from antenne.services import users
from antenne.services.users import AddUser, OneTimePhrase
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Page, button, label
from antenne.ui.kit.dialogs import WINDOW_TITLE
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.printing import PrintJob
from antenne.ui.settings.secret_pages import SlipsPage
from antenne.ui.settings.section import fit_window, new_request
from antenne.wording import problems
from antenne.wording import users as words

_ROLE_OPTIONS = tuple(Option(role.value, said) for role, said in words.ROLES.items())


def _roles(answers: Answers) -> frozenset[Role]:
    given = cast("tuple[str, ...]", answers.get("roles") or ())
    return frozenset(Role(code) for code in given)


def _both(answers: Answers) -> bool:
    return _roles(answers) >= {Role.SECRETAIRE, Role.ECOUTANTE}


NEWCOMER = Form(
    key="user",
    version=1,
    title="Nouvelle utilisatrice",
    sections=(
        Section(
            key="who",
            title="",
            fields=(
                Field(key="name", label="Prénom et nom", kind=Kind.TEXT, required=True, max_length=MAX_TEXT),
                Field(
                    key="label",
                    label="Étiquette à l’ouverture",
                    kind=Kind.TEXT,
                    required=True,
                    max_length=MAX_LABEL,
                    hint="Un lieu ou un animal, qui ne dit pas qui elle est",
                ),
                Field(key="roles", label="Rôles", kind=Kind.CHOICES, required=True, options="roles", width=3),
                Field(
                    key="reason",
                    label="Pourquoi secrétaire et écoutante à la fois",
                    kind=Kind.TEXT,
                    shown_if=_both,
                    required_if=_both,
                    width=3,
                ),
            ),
        ),
    ),
)


class NewcomerDialog(QDialog):
    """Two pages: the form, then the phrase."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Begin with an empty form."""
        super().__init__(parent)
        self.setWindowTitle(WINDOW_TITLE)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fit_window(self, 720, 440)
        self._context = context
        self._request = new_request()
        self.form = FormView(NEWCOMER, FieldContext(options=lambda _name: _ROLE_OPTIONS, now=context.clock.now))
        self.slips = SlipsPage("Recopiée\u00a0: terminer")
        self.slips.copied.connect(self._note)
        self.slips.finished.connect(self.accept)
        self.band = Band()
        self.stack = QStackedWidget()
        self.stack.addWidget(self._form_page())
        self.stack.addWidget(self.slips)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(5 * t.SPACE, 4 * t.SPACE, 5 * t.SPACE, 4 * t.SPACE)
        whole.addWidget(self.band)
        scrolls = Page()
        scrolls.body.setContentsMargins(0, 0, 0, 0)
        scrolls.body.addWidget(self.stack)
        whole.addWidget(scrolls, 1)
        self.form.focus_field("name")

    def _form_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * t.SPACE)
        column.addWidget(label(NEWCOMER.title, "heading"))
        column.addWidget(self.form)
        duties = "\n".join(f"{words.ROLES[role]}\u00a0: {said}." for role, said in words.DUTIES.items())
        column.addWidget(label(duties, "hint", wrap=True))
        column.addStretch(1)
        row = QHBoxLayout()
        row.addWidget(button("Feuille vierge à imprimer…", "plain", self.print_sheet, icon_name="printer"))
        row.addStretch(1)
        row.addWidget(button("Annuler", "plain", self.reject))
        self.add_button = button("Ajouter", "primary", self.add)
        self.add_button.setDefault(True)
        row.addWidget(self.add_button)
        column.addLayout(row)
        return page

    def add(self) -> None:
        """Let her in."""
        broken = self.form.validate()
        if broken:
            self.form.show(broken)
            return
        given = self.form.answers()
        command = AddUser(
            request_id=self._request,
            name=str(given["name"]),
            label=str(given["label"]),
            roles=_roles(given),
            reason=str(given["reason"] or ""),
        )
        self.add_button.setEnabled(False)
        self.band.dismiss()
        self._context.operations.run(
            SHORT,
            users.add_user,
            self._context.desk,
            command,
            owner=self,
            done=self._added,
            broken=self._refused,
            problem=self._failed,
        )

    def print_sheet(self) -> None:
        """A blank sheet with lines for four words."""
        from antenne.print.one_time_phrase import render_blank_phrases

        job = PrintJob(title="Feuille à remplir à la main", file_name="feuille.pdf", render=render_blank_phrases)
        self._context.printing.preview(job, self)

    def _added(self, done: Done[OneTimePhrase]) -> None:
        self.stack.setCurrentWidget(self.slips)
        self.slips.show_papers((done.value,))
        self._context.broadcast(done.changes)

    def _note(self, slot_id: str) -> None:
        """Her paper is written; until then the page of keys offers to draw another phrase."""
        context = self._context
        context.operations.run(
            SHORT, users.mark_handed, context.desk, slot_id, owner=self.parentWidget() or self, done=context.broadcast
        )

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self.add_button.setEnabled(True)
        self.form.show(violations)

    def _failed(self, problem: Problem) -> None:
        self.add_button.setEnabled(True)
        self.band.say(problems.sentence(problem), "danger")
