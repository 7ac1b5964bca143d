"""The page of one sealed record: steps at the left, its form, what hangs on it at the right; kept as she types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain.changes import LISTENING, Changes, Done
from antenne.domain.forms.model import Answers, Form
from antenne.services.compartment import Kept
from antenne.services.desk import Desk
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, Page, PageTitle, button, label
from antenne.ui.kit.drafts import DraftKeeper
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.saving import Saving
from antenne.ui.listening.ask_card import Ask, AskCard
from antenne.ui.listening.fields import field_context
from antenne.ui.listening.keys import ASK
from antenne.ui.listening.record_page import RecordPage
from antenne.ui.listening.slips import new_request
from antenne.ui.listening.step_form import Mark, StepForm, Stepper

SIDE = 300


class SealedPage(RecordPage):
    """Override :meth:`read`, :meth:`show_start`, :meth:`work` and :meth:`command`; the rest is done here.

    Attributes:
        kept: The record in sight, or None for a new one.
        partners: Names of the open structures.
        side: The column at the right.
        origin: What a new record comes from: the id of a talk, of an outing; it stays with the draft.
    """

    form: Form
    hint = "Ctrl+Bas, Ctrl+Haut\u00a0: étape suivante, étape d’avant.\nTout est gardé, chiffré, au fur et à mesure."

    def __init__(self, context: Context) -> None:
        """Draw the page, empty."""
        super().__init__()
        self.context = context
        self.kept: Kept[Any] | None = None
        self.partners: tuple[str, ...] = ()
        self.request = ""
        self._ask: AskCard | None = None
        self._resume_ask = False
        self._field = ""
        self.origin = ""
        self.title = PageTitle(self.form.title)
        self.draft_words = label("", "hint")
        self.title.add_button(self.draft_words)
        self.save_button = button("Enregistrer  Ctrl+S", "primary", self.save)
        self.band = Band()
        self.fields = field_context(context, self, lambda: self.partners)
        self.view = StepForm(self.form, self.fields, self)
        self.steps = Stepper(self.view, self.hint, self.mark)
        self.steps.bind(self)
        self.next_button = button("", "plain", partial(self.view.turn, 1))
        self.side = QVBoxLayout()
        self.drafts = DraftKeeper(context, self.view, self.band, self.draft_words.setText)
        self.drafts.beside = self._beside
        self.drafts.brought = self._brought
        self._saving = Saving(context, self.save_button, self, done=self._saved)
        self.add_buttons()
        self.title.add_button(self.save_button)
        self._lay_out()
        self.view.changed.connect(self.follow)
        self.view.stepped.connect(self._stepped)
        self._stepped(0)

    def _lay_out(self) -> None:
        self._card = Card()
        self._card.body.addWidget(self.view)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.next_button)
        self._card.body.addSpacing(2 * t.SPACE)
        self._card.body.addLayout(row)
        self._card.body.addStretch(1)
        self._page, self._side_room = Page(), Page()
        for page in (self._page, self._side_room):
            page.body.setContentsMargins(0, 0, 0, 0)
        self._page.body.addWidget(self._card, 1)
        self.side.setSpacing(3 * t.SPACE)
        self._side_room.body.addLayout(self.side)
        self._side_room.body.addStretch(1)
        self._side_room.setFixedWidth(SIDE)
        parts = QHBoxLayout()
        parts.setSpacing(3 * t.SPACE)
        if len(self.form.sections) > 1:
            parts.addWidget(self.steps)
        parts.addWidget(self._page, 1)
        parts.addWidget(self._side_room)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(5 * t.SPACE + 2, 3 * t.SPACE, 4 * t.SPACE, 4 * t.SPACE)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(self.title)
        whole.addWidget(self.band)
        whole.addLayout(parts, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The steps shrink to their numbers where there is less room."""
        super().resizeEvent(event)
        self.steps.follow_width(self.width())

    # --- What a page gives -----------------------------------------------------------------------------------------

    @staticmethod
    def read(desk: Desk, record_id: str, person_id: int | None, rest: str) -> Any:
        """What the page begins with: a service, on the short lane."""
        raise NotImplementedError

    def reader(self) -> Callable[..., Any]:
        """What is run for it; another than :meth:`read` where one page shows several kinds."""
        return self.read

    def show_start(self, start: Any) -> Mapping[str, object]:
        """Take what was read (``kept``, ``partners``); the answers that the form shows."""
        raise NotImplementedError

    def work(self) -> Callable[..., Done[Kept[Any]]]:
        """The service that saves."""
        raise NotImplementedError

    def command(self, answers: dict[str, object]) -> object:
        """Its command."""
        raise NotImplementedError

    def add_buttons(self) -> None:
        """Buttons of the title before « Enregistrer »."""

    def asks(self) -> Mapping[str, Callable[[], None]]:
        """The short forms of this page, by their keys: a draft of one leads back to it."""
        return {}

    def mark(self, section: str, answers: Answers) -> Mark | None:  # noqa: ARG002 - most steps say nothing more
        """What a step says at the left."""
        return None

    def follow(self) -> None:
        """A keystroke: the side follows."""

    def show_kept(self) -> None:
        """A record was read or saved: title and side say it."""

    def saved_words(self) -> str:
        """The notice after a save."""
        return "Enregistré."

    # --- Beginning -------------------------------------------------------------------------------------------------

    @property
    def record_id(self) -> str:
        """Of the record in sight; empty for a new one."""
        return "" if self.kept is None else self.kept.id

    def show_place(self, rest: str, person_id: int | None) -> None:
        """``new``, ``new/<what it comes from>``, ``new/draft``; ``<id>``, ``<id>/draft``, ``<id>/<field>``."""
        place, _, then = rest.partition("/")
        self.keep_draft()
        self.close_ask()
        resume = then == "draft"
        self._field = then if place != "new" and not resume else ""
        self.origin = then if place == "new" and not resume else ""
        self.context.operations.run(
            SHORT,
            self.reader(),
            self.context.desk,
            "" if place == "new" else place,
            person_id,
            self.origin,
            owner=self,
            done=partial(self._show, resume),
            latest=True,
            key="start",
        )

    def _show(self, resume: bool, start: Any) -> None:
        self.request = new_request()
        self.view.set_answers(self.show_start(start))
        self.show_kept()
        self.drafts.begin(self.record_id, on_file=self.kept is not None, resume=resume)
        asked = self.asks().get(self._field.removeprefix(ASK))
        if asked is not None:
            self._resume_ask = True
            asked()
        elif self._field:
            self.view.focus_field(self._field)
        else:
            self.view.go(0)
        self.follow()

    def _beside(self) -> dict[str, Any]:
        return {"origin": self.origin} if self.origin and self.kept is None else {}

    def _brought(self, beside: dict[str, Any]) -> None:
        self.origin = str(beside.get("origin", self.origin))

    def _stepped(self, number: int) -> None:
        following = self.steps.next_words()
        self.next_button.setText(following)
        self.next_button.setAccessibleName(following)
        self.next_button.setVisible(bool(following))
        wide = any(len(field.columns) > 4 for field in self.form.sections[number].fields)  # noqa: PLR2004 - room
        self._side_room.setVisible(not wide)

    # --- Saving ----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """What is asked on the page, else the form itself."""
        if self._ask is not None:
            self._ask.save()
            return
        self._saving.send(self.view, self.work(), self.command)
        self.steps.refresh()

    def _saved(self, done: Done[Kept[Any]]) -> None:
        self.take(done)
        self.context.notify(self.saved_words(), "good")

    def take(self, done: Done[Kept[Any]]) -> None:
        """The record as it is now; what is typed in the form and not saved stays."""
        self.kept = done.value
        self.request = new_request()
        self.drafts.saved()
        self.drafts.shown_anew()
        self.show_kept()
        self.follow()
        self.context.broadcast(done.changes)

    def keep_draft(self) -> None:
        """The page is about to be covered or left."""
        self.drafts.flush()
        if self._ask is not None:
            self._ask.keep_draft()

    def on_changes(self, changes: Changes) -> None:
        """What lists say may be others; the form in sight stays as it is typed."""
        if changes.touch(LISTENING) and self.isVisible():
            self.follow()

    # --- What is asked on the page ---------------------------------------------------------------------------------

    def ask(self, asked: Ask) -> None:
        """Put a short form in the place of the page's own."""
        self.close_ask()
        resume, self._resume_ask = self._resume_ask, False
        card = AskCard(self.context, self.fields, replace(asked, subject=self.record_id, resume=resume))
        card.saved.connect(self._asked)
        card.left.connect(self.close_ask)
        self._ask = card
        self._page.body.insertWidget(0, card)
        self._card.hide()
        self._side_room.show()
        card.begin()

    def close_ask(self) -> None:
        """Give it up."""
        if self._ask is not None:
            card, self._ask = self._ask, None
            self._page.body.removeWidget(card)
            card.hide()
            card.deleteLater()
            self._card.show()
            self._stepped(self.view.step)

    def _asked(self, done: Done[Kept[Any]], said: str) -> None:
        self.close_ask()
        self.take(done)
        self.context.notify(said, "good")

    def escape(self) -> bool:
        """Échap gives up what is asked."""
        if self._ask is None:
            return False
        self._ask.give_up()
        self.view.go(self.view.step)
        return True


def buttons_row(*made: QWidget) -> QHBoxLayout:
    """Buttons side by side, to the left."""
    row = QHBoxLayout()
    row.setSpacing(2 * t.SPACE)
    for one in made:
        row.addWidget(one)
    row.addStretch(1)
    return row
