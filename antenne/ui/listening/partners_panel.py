"""« Partenaires »: where to send her, with the conventions; the directory names no woman."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from antenne.domain.board import Target, Tone
from antenne.domain.changes import PARTNERS, Changes, Done
from antenne.domain.forms.partner import PARTNER, answers_of
from antenne.domain.listening import Service
from antenne.domain.partners import Partner
from antenne.services import partners
from antenne.services.desk import Desk
from antenne.services.partners import SavePartner
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, Page, PageTitle, button, label
from antenne.ui.kit.drafts import DraftKeeper
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.models import Column
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.saving import Saving
from antenne.ui.listening.fields import field_context
from antenne.ui.listening.keys import KEY
from antenne.ui.listening.list_panel import Listing, ListPanel
from antenne.ui.listening.record_page import RecordPage
from antenne.ui.listening.slips import new_request
from antenne.wording import formats
from antenne.wording import listening as words


def partner_columns(today: Callable[[], dt.date]) -> tuple[Column, ...]:
    """Name, services, phone, how far, the convention."""

    def services(one: Partner) -> str:
        return ", ".join(words.SERVICES[service] for service in Service if service in one.services)

    def agreed(one: Partner) -> str:
        if not one.is_open(today()):
            return "ne reçoit plus"
        found = one.convention(today())
        if found is None:
            return "sans convention"
        return "convention en cours" if found.ends_on is None else f"jusqu’au {formats.day(found.ends_on)}"

    def tone(one: Partner) -> Tone:
        if not one.is_open(today()):
            return "neutral"
        return "good" if one.convention(today()) is not None else "warning"

    return (
        Column(key="name", title="Structure", text=lambda one: one.name, width=320),
        Column(key="services", title="Services", text=services, width=0),
        Column(key="phone", title="Téléphone", text=lambda one: one.phone, width=130),
        Column(
            key="minutes",
            title="Minutes",
            text=lambda one: "" if one.minutes is None else str(one.minutes),
            width=84,
            align="right",
        ),
        Column(key="agreed", title="Convention", text=agreed, width=190, pill=tone),
    )


class PartnersPanel(ListPanel):
    """The directory."""

    help_key = "listening_partners"
    listing = Listing(
        title="Partenaires",
        one="structure",
        many="structures",
        new_words="Nouvelle structure",
        new_action="partner/new",
        icon="people",
        empty="Les structures où vous orientez, avec leurs services et leurs conventions.",
    )

    def __init__(self, context: Context) -> None:
        """The columns of a structure."""
        super().__init__(context, partner_columns(context.clock.today))

    @staticmethod
    def read(desk: Desk) -> tuple[Partner, ...]:
        """Every structure."""
        return partners.list_partners(desk)

    def on_changes(self, changes: Changes) -> None:
        """A structure changed."""
        if changes.touch(PARTNERS) and self.isVisible():
            self.refresh()

    def place(self, row: Partner) -> Target:
        """Its form."""
        return Target(KEY, row.id, action="partner/edit")


class PartnerPage(RecordPage):
    """The form of one structure."""

    help_key = "listening_partners"

    def __init__(self, context: Context) -> None:
        """Draw the form."""
        super().__init__()
        self._context = context
        self._partner_id = 0
        self._request = ""
        self.title = PageTitle("Structure partenaire")
        self.band = Band()
        self.view = FormView(PARTNER, field_context(context, self), self)
        self.draft_words = label("", "hint")
        self.save_button = button("Enregistrer  Ctrl+S", "primary", self.save)
        self.title.add_button(self.draft_words)
        self.title.add_button(self.save_button)
        self.drafts = DraftKeeper(context, self.view, self.band, self.draft_words.setText)
        self._saving = Saving(context, self.save_button, self, done=self._saved)
        card = Card()
        card.body.addWidget(self.view)
        page = Page()
        for piece in (self.title, self.band, card):
            page.body.addWidget(piece)
        page.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, t.SPACE)
        row = QHBoxLayout()
        row.addWidget(page)
        whole.addLayout(row)

    def show_place(self, rest: str, person_id: int | None) -> None:
        """``new``, or ``edit`` with the structure's number in the place of a person's."""
        self._partner_id = 0 if rest == "new" or person_id is None else person_id
        self._context.operations.run(
            SHORT, partners.list_partners, self._context.desk, owner=self, done=self._show, latest=True
        )

    def _show(self, every: tuple[Partner, ...]) -> None:
        found = next((one for one in every if one.id == self._partner_id), None)
        self._request = new_request()
        self.title.show_title("Nouvelle structure" if found is None else found.name)
        self.view.set_answers({} if found is None else answers_of(found))
        self.drafts.begin(self._partner_id, on_file=found is not None)
        self.view.focus_field("name")

    def save(self) -> None:
        """Say what does not fit, or keep the structure."""
        self._saving.send(self.view, partners.save_partner, self._command)

    def _command(self, answers: Mapping[str, Any]) -> SavePartner:
        return SavePartner(request_id=self._request, partner_id=self._partner_id, answers=answers)

    def _saved(self, done: Done[Partner]) -> None:
        self.drafts.saved()
        self._context.broadcast(done.changes)
        self._context.notify(f"{done.value.name}\u00a0: enregistré.", "good")
        self._context.navigator.open(Target(KEY, action="partners"))

    def keep_draft(self) -> None:
        """The page is about to be left."""
        self.drafts.flush()
