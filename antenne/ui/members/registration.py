"""« Nouvelle adhérente » and « Plusieurs femmes »: the form, duplicates while typing, one save."""

from __future__ import annotations

import secrets

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain.changes import Done
from antenne.domain.forms.model import Form
from antenne.domain.forms.person import MANY_WOMEN, REGISTRATION
from antenne.domain.persons import Person
from antenne.services import members
from antenne.services.members import Register
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, Page, PageTitle, button, label
from antenne.ui.kit.drafts import DraftKeeper
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.printing import PrintJob
from antenne.ui.kit.saving import Answers, Saving
from antenne.ui.members import words
from antenne.ui.members.duplicates_band import DuplicatesBand
from antenne.ui.members.fields import field_context
from antenne.wording import formats


class RegistrationPage(QWidget):
    """A new file; ``registered`` tells the id, ``left`` that she gave up, ``looked`` that a known woman is wanted."""

    registered = Signal(int)
    left = Signal()
    looked = Signal(int)

    def __init__(self, context: Context, form: Form = REGISTRATION) -> None:
        """Draw the form."""
        super().__init__()
        self._context = context
        self._form = form
        self._many = form is MANY_WOMEN
        self._request = ""
        self._kept: list[str] = []
        self.title = PageTitle(form.title)
        self.title.add_button(button("Feuille vierge…", "plain", self._print_blank))
        self.band = Band()
        self.view = FormView(form, field_context(context, self))
        self.drafts = DraftKeeper(context, self.view, self.band, self._say_kept)
        self._settled = QTimer(self, singleShot=True, interval=0)  # once the page has taken its new height
        self._settled.timeout.connect(self._keep_in_sight)
        self.duplicates = DuplicatesBand(context, self.view)
        self.duplicates.opened.connect(self.looked)
        self.duplicates.resized.connect(self._settled.start)
        self.draft_words = label("", "hint")
        self.cancel = button("Annuler", "plain", self.left.emit)
        self.save_button = button("Enregistrer  Ctrl+S", "primary", self.save)
        self._saving = Saving(context, self.save_button, self, done=self._registered)
        self._lay_out()

    def _lay_out(self) -> None:
        """The form scrolls; its buttons stay in sight below it."""
        card = Card()
        card.body.addWidget(self.view)
        self._page = page = Page()
        for widget in (self.title, self.band, self.duplicates, card):
            page.body.addWidget(widget)
        page.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(5 * t.SPACE + 2, 2 * t.SPACE, 5 * t.SPACE + 2, 3 * t.SPACE)
        foot.setSpacing(3 * t.SPACE)
        foot.addWidget(self.draft_words, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(page, 1)
        whole.addLayout(foot)

    def _keep_in_sight(self) -> None:
        """What came above the form must not push the field she types in out of the window."""
        field = self.view.focusWidget()
        if field is not None and field.hasFocus():
            self._page.ensureWidgetVisible(field, 0, 2 * t.CONTROL_HEIGHT)

    def begin(self) -> None:
        """A new woman: empty fields, today's date, her draft if there is one."""
        self._request = secrets.token_hex(16)
        self.view.set_answers({"joined_on": self._context.clock.today()})
        self.title.show_title(self._form.title)
        self.duplicates.begin(0)
        self.drafts.begin(0, on_file=False)
        self.view.focus_field("last_name" if not self._many else "joined_on")

    def save(self) -> None:
        """Say everything that does not fit, or register her."""
        self._saving.send(self.view, members.register_person, self._command)

    def _command(self, answers: Answers) -> Register:
        return Register(request_id=self._request, form=self._form.key, answers=answers)

    def keep_draft(self) -> None:
        """The page is about to be covered or left."""
        self.drafts.flush()

    def _registered(self, done: Done[Person]) -> None:
        self.drafts.saved()
        self._context.broadcast(done.changes)
        person = done.value
        number = person.membership.number if person.membership else person.number
        said = f"{words.listed(person.last_name, person.first_name)} est inscrite\u00a0: {number}."
        self._context.notify(said, "good")
        if not self._many:
            self.registered.emit(person.id)
            return
        self._kept.append(number)
        self._request = secrets.token_hex(16)
        self.view.keep_repeats()
        self.duplicates.begin(0)
        self.title.show_title(
            self._form.title, subtitle=f"{formats.plural(len(self._kept), 'inscrite', 'inscrites')}, dont {number}"
        )
        self.view.focus_field("last_name")

    def _say_kept(self, sentence: str) -> None:
        self.draft_words.setText(sentence)

    def _print_blank(self) -> None:
        from antenne.print import blank

        settings, today = self._context.desk.settings, self._context.clock.today()
        job = PrintJob(
            title=f"Feuille vierge\u00a0: {self._form.title}",
            file_name="feuille.pdf",
            render=blank.render_blank,
            args=(self._form, lambda name: settings.options(name, today), ""),
        )
        self._context.printing.preview(job, self)
