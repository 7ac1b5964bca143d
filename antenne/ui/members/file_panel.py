"""Her file at the right of the list: who she is, then tabs (mock-up: adherente)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from antenne.domain.changes import CARDS, MEMBERS, Changes
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.services.members_reading import Page as Facts
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, Page, button, label
from antenne.ui.kit.pills import Pill
from antenne.ui.members import words
from antenne.ui.members.her_card import open_her_card
from antenne.ui.members.history_tab import HistoryTab
from antenne.ui.members.identity_tab import IdentityTab
from antenne.ui.members.membership_tab import MembershipTab
from antenne.ui.members.photo_crop import PhotoPanel
from antenne.ui.members.photo_frame import PhotoFrame
from antenne.ui.members.reading import read_person

_TABS = ("Identité", "Adhésion et accords", "Historique")
_IDENTITY, _MEMBERSHIP, _HISTORY = range(3)
_ON_MEMBERSHIP = frozenset({"consents", "status", "joined_on", "consent_file"})
_WITH_PHOTO = 540
"""Narrower, her name and the three buttons need the room of the picture."""

_WITH_HEAD = 500
"""Lower, the picture to frame needs the room of her name."""


class FilePanel(QWidget):
    """Header with photo and actions, tabs below."""

    front_asked = Signal(int)

    def __init__(self, context: Context) -> None:
        """Build empty."""
        super().__init__()
        self._context = context
        self.person_id = 0
        self._field = ""
        self._by_hand = False
        self.photo = PhotoFrame(84)
        self.name = label("", "title")
        self.about = label("", "muted", wrap=True)
        self.status = Pill()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Parties de la fiche")
        self.tabs.setExpanding(False)
        for text in _TABS:
            self.tabs.addTab(text)
        self.identity = IdentityTab(context)
        self.membership = MembershipTab(context)
        self.history = HistoryTab(context)
        self.photo_panel = PhotoPanel(context)
        self.photo_panel.hide()
        self.photo_panel.closed.connect(self._close_photo)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.identity)
        for tab in (self.membership, self.history):
            page = Page()
            page.body.setContentsMargins(0, 0, 4, 0)
            page.body.addWidget(tab)
            page.body.addStretch(1)
            self.pages.addWidget(page)
        self.tabs.currentChanged.connect(self._turn)
        self._lay_out()

    def _lay_out(self) -> None:
        self.head = head = Card()
        row = QHBoxLayout()
        row.setSpacing(4 * t.SPACE)
        row.addWidget(self.photo)
        middle = QVBoxLayout()
        middle.setSpacing(t.SPACE)
        middle.addWidget(self.name)
        middle.addWidget(self.about)
        pills = QHBoxLayout()
        pills.addWidget(self.status)
        pills.addStretch(1)
        middle.addLayout(pills)
        middle.addStretch(1)
        row.addLayout(middle, 1)
        actions = QVBoxLayout()
        actions.setSpacing(2 * t.SPACE)
        self.front = button("Elle est devant moi", "primary", self._ask_front)
        self.card_button = button("Sa carte…", "plain", self._open_card)
        self.photo_button = button("Photo…", "plain", self.open_photo)
        for made, right in ((self.card_button, Right.PRINT_CARDS), (self.photo_button, Right.WRITE_PERSONS)):
            if not self._context.desk.may(right):
                made.hide()
        for made in (self.front, self.card_button, self.photo_button):
            actions.addWidget(made)
        actions.addStretch(1)
        row.addLayout(actions)
        head.body.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * t.SPACE)
        column.addWidget(head)
        column.addWidget(self.photo_panel, 1)
        column.addWidget(self.tabs)
        column.addWidget(self.pages, 1)

    def show_person(self, person_id: int, field: str = "") -> None:
        """Read her file; ``field`` is where to stand."""
        if person_id != self.person_id:
            self.keep_draft()
            self.membership.close_act()
            self._close_photo()
        self.person_id, self._field, self._by_hand = person_id, field, True
        self._read()

    def on_changes(self, changes: Changes) -> None:
        """Her file changed."""
        if self.person_id and (changes.touch(MEMBERS, self.person_id) or changes.touch(CARDS, self.person_id)):
            self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window her words come before her picture."""
        super().resizeEvent(event)
        self.photo.setVisible(self.width() >= _WITH_PHOTO)

    def save(self) -> None:
        """Ctrl+S: the photo or the form in sight."""
        if not self.photo_panel.isHidden():
            self.photo_panel.save()
        elif self.tabs.currentIndex() == _MEMBERSHIP:
            self.membership.save()
        else:
            self.identity.save()

    def escape(self) -> bool:
        """Close what is open inside."""
        if not self.photo_panel.isHidden():
            self._close_photo()
            self.photo_button.setFocus()
            return True
        return self.membership.close_act()

    def keep_draft(self) -> None:
        """What is typed is kept."""
        self.identity.drafts.flush()

    def _read(self) -> None:
        read_person(self._context, self.person_id, self, self.photo, done=self._show, gone=self._gone)

    def _gone(self, _broken: tuple[Violation, ...]) -> None:
        self.name.setText("Cette fiche n’existe plus.")

    def _show(self, facts: Facts) -> None:
        person = facts.person
        if person.id != self.person_id:
            return
        self.name.setText(words.listed(person.last_name, person.first_name))
        self.about.setText(words.about(person, self._context.clock.today()))
        self.status.show_word(*words.standing(facts, self._context.clock.today()))
        field, self._field = self._field, ""
        by_hand, self._by_hand = self._by_hand, False
        tab = _MEMBERSHIP if field in _ON_MEMBERSHIP else _IDENTITY if field else self.tabs.currentIndex()
        self.tabs.setCurrentIndex(tab)
        self.identity.show_person(person, field=field if tab == _IDENTITY and field != "photo" else "", again=by_hand)
        self.membership.show_facts(facts)
        self.card_button.setEnabled(person.membership is not None and person.erased_on is None)
        self.photo_button.setEnabled(person.erased_on is None)
        if tab == _HISTORY:
            self.history.show_person(person.id)
        if field == "photo":
            self.photo_button.setFocus()

    def _turn(self, tab: int) -> None:
        self.pages.setCurrentIndex(tab)
        if tab == _HISTORY and self.person_id:
            self.history.show_person(self.person_id)

    def _ask_front(self) -> None:
        self.front_asked.emit(self.person_id)

    def _open_card(self) -> None:
        open_her_card(self._context, self.person_id, self)

    def open_photo(self) -> None:
        """The photo takes the place of the form, and in a low window of her name as well."""
        self.tabs.hide()
        self.pages.hide()
        self.head.setVisible(self.height() >= _WITH_HEAD)
        self.photo_panel.show()
        self.photo_panel.begin(self.person_id)

    def _close_photo(self) -> None:
        self.photo_panel.hide()
        self.head.show()
        self.tabs.show()
        self.pages.show()
