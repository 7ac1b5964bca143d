"""What every form of money out has: fields from one definition, a draft, what saving will do, one save, the paper."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain.board import Tone
from antenne.domain.changes import Done
from antenne.domain.expenses import Expense
from antenne.domain.forms.expenses import ACCOUNTS, BOXES, LINES
from antenne.domain.forms.model import Form, Option
from antenne.domain.projects import BudgetWarning
from antenne.services import projects
from antenne.services.expenses_reading import Offered
from antenne.ui.cashbook.collect_fields import field_context
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, Page, PageTitle, button, label
from antenne.ui.kit.drafts import DraftKeeper
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.printing import PrintJob
from antenne.ui.kit.saving import Answers, Saving
from antenne.ui.kit.theme import restyle
from antenne.wording import expenses as words
from antenne.wording import formats

NOTHING = Offered(boxes=(), accounts=(), lines=())


@dataclass(slots=True)
class Choices:
    """What the form's lists offer now; read again at each visit."""

    offered: Offered = field(default=NOTHING)

    def options(self, name: str, otherwise: Callable[[str], Sequence[Option]]) -> Sequence[Option]:
        """Entries of one list: the office's own, or a dated list of the settings."""
        own = {BOXES: self.offered.boxes, ACCOUNTS: self.offered.accounts, LINES: self.offered.lines}
        return own[name] if name in own else otherwise(name)


class FormPage(QWidget):
    """One form of money out. Subclasses say what is sent, and what stands under the form before it is.

    Attributes:
        saved: Tells the vouchers that were made.
        left: She gave up.
    """

    saved = Signal(object)
    left = Signal()

    def __init__(self, context: Context, form: Form, save_words: str) -> None:
        """Draw the form; :meth:`begin` fills it."""
        super().__init__()
        self.context = context
        self.form = form
        self.choices = Choices()
        self.request_id = ""
        self.title = PageTitle(form.title)
        self.title.add_button(button("Feuille vierge…", "plain", self._print_blank))
        self.band = Band()
        self.view = FormView(form, self._fields())
        self.drafts = DraftKeeper(context, self.view, self.band, self._say_kept)
        self.effect = label("", "note", tone="neutral", wrap=True)
        self.budget = label("", "note", tone="neutral", wrap=True)
        self.budget.hide()
        self.draft_words = label("", "hint")
        self.cancel_button = button("Annuler", "plain", self.left.emit)
        self.save_button = button(f"{save_words}  Ctrl+S", "primary", self.save)
        self._saving = Saving(context, self.save_button, self, done=self._saved)
        self.card = Card()
        self.card.body.addWidget(self.view)
        self._lay_out()
        self.view.changed.connect(self.show_effect)

    def begin(self, offered: Offered, subject_id: int = 0, answers: Mapping[str, object] | None = None) -> None:
        """A new record: these answers to begin with, and her draft if there is one."""
        self.choices.offered = offered
        self.request_id = secrets.token_hex(16)
        self.view.set_answers(dict(answers or {}))
        self.drafts.begin(subject_id, on_file=False)
        self.show_effect()
        self.view.focus_field(self.first_field())

    def first_field(self) -> str:
        """Where she begins to type."""
        return self.form.fields[0].key

    def save(self) -> None:
        """Say everything that does not fit, or send it."""
        self._saving.send(self.view, self.work(), self.command)

    def work(self) -> Callable[..., Any]:
        """The service that is called."""
        raise NotImplementedError

    def command(self, answers: Answers) -> object:
        """What it is sent."""
        raise NotImplementedError

    def made(self, done: Done[Any]) -> tuple[Expense, ...]:
        """The vouchers that were made."""
        return done.value if isinstance(done.value, tuple) else (done.value,)

    def show_effect(self) -> None:
        """Say what saving will do."""

    def say_effect(self, sentence: str, tone: Tone = "neutral") -> None:
        """Under the form."""
        restyle(self.effect, tone=tone)
        self.effect.setText(sentence)
        self.effect.setVisible(bool(sentence))

    def ask_budget(self, asked: Mapping[str, int]) -> None:
        """Ask what these budget lines would have left: said, never a reason to refuse."""
        wanted = {key: amount for key, amount in asked.items() if key and amount}
        if not wanted:
            self._show_budget(())
            return
        run = self.context.operations.run
        run(
            SHORT,
            projects.budget_warnings,
            self.context.desk,
            wanted,
            owner=self,
            done=self._show_budget,
            latest=True,
            key="budget",
        )

    def keep_draft(self) -> None:
        """The page is about to be covered or left."""
        self.drafts.flush()

    def _show_budget(self, found: tuple[BudgetWarning, ...]) -> None:
        alarming = any(words.is_alarming(one) for one in found)
        restyle(self.budget, tone="danger" if alarming else "neutral")
        self.budget.setText("\n".join(words.budget_warning(one) for one in found))
        self.budget.setVisible(bool(found))

    def _saved(self, done: Done[Any]) -> None:
        self.drafts.saved()
        self.context.broadcast(done.changes)
        made = self.made(done)
        self.context.notify(_said(made), "good")
        self.saved.emit(made)

    def _fields(self) -> FieldContext:
        plain = field_context(self.context, self)
        return FieldContext(
            options=lambda name: self.choices.options(name, plain.options),
            now=plain.now,
            person_search=plain.person_search,
        )

    def _lay_out(self) -> None:
        """The form scrolls; what saving will do and the buttons stay in sight below it."""
        page = Page()
        page.body.setContentsMargins(0, 0, 0, 0)
        page.body.addWidget(self.card)
        page.body.addStretch(1)
        said = QVBoxLayout()
        said.setSpacing(0)
        for piece in (self.budget, self.effect, self.draft_words):
            said.addWidget(piece)
        foot = QHBoxLayout()
        foot.setSpacing(3 * t.SPACE)
        foot.addLayout(said, 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(self.title)
        whole.addWidget(self.band)
        whole.addWidget(page, 1)
        whole.addLayout(foot)

    def _say_kept(self, sentence: str) -> None:
        self.draft_words.setText(sentence)

    def _print_blank(self) -> None:
        from antenne.print import blank

        options = self._fields().options
        job = PrintJob(
            title=f"Feuille vierge\u00a0: {self.form.title}",
            file_name="feuille.pdf",
            render=blank.render_blank,
            args=(self.form, lambda name: () if name == LINES else options(name), ""),
        )
        self.context.printing.preview(job, self)


def _said(made: Sequence[Expense]) -> str:
    """« Pièce D-2026-0003 enregistrée : 12 500 FCFA. »."""
    if len(made) == 1:
        return f"Pièce {made[0].name} enregistrée\u00a0: {formats.amount(made[0].amount)}."
    return f"{formats.plural(len(made), 'pièce enregistrée', 'pièces enregistrées')}, {made[0].name} à {made[-1].name}."
