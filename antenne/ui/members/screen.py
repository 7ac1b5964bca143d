"""The screen « Adhérentes »: list and file, the woman's page, new files."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import CARDS, MEMBERS, SETTINGS, Changes
from antenne.domain.forms.person import MANY_WOMEN, REGISTRATION
from antenne.domain.rights import Right
from antenne.services import exports, members_lists
from antenne.services.exports import ExportPersons
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import EmptyState
from antenne.ui.kit.exporting import ask_place
from antenne.ui.kit.operations import LONG, SHORT
from antenne.ui.members.file_panel import FilePanel
from antenne.ui.members.her_card import open_her_card
from antenne.ui.members.list_panel import ListPanel
from antenne.ui.members.registration import RegistrationPage
from antenne.ui.members.woman_page import WomanPage
from antenne.wording import formats


class MembersScreen(Screen):
    """Three places in one stack: the list with a file, one woman, a new file."""

    help_key = "members"
    hints = (
        "Entrée : elle est devant moi · Ctrl+N : nouvelle · Ctrl+S : enregistrer · F1 : aide · F12 : masquer l’écran"
    )

    def __init__(self, context: Context) -> None:
        """Build the list; the rest at its first use."""
        super().__init__()
        self._context = context
        self._loaded = False
        self.list = ListPanel(context)
        self.file = FilePanel(context)
        self.woman = WomanPage(context)
        self._new: dict[str, RegistrationPage] = {}
        self.detail = QStackedWidget()
        self.detail.addWidget(
            EmptyState(
                "people",
                "Toutes les femmes du registre",
                "Tapez deux lettres d’un nom, un numéro ou un téléphone\u202f; Entrée ouvre sa page.",
                "Nouvelle adhérente",
                self.new if context.desk.may(Right.WRITE_PERSONS) else None,
            )
        )
        self.detail.addWidget(self.file)
        split = QWidget()
        row = QHBoxLayout(split)
        row.setContentsMargins(5 * t.SPACE + 2, 4 * t.SPACE + 2, 5 * t.SPACE + 2, 4 * t.SPACE + 2)
        row.setSpacing(4 * t.SPACE)
        row.addWidget(self.list)
        row.addWidget(self.detail, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(split)
        self.stack.addWidget(self.woman)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self._connect()

    def _connect(self) -> None:
        self.list.opened.connect(self._open_woman)
        self.list.picked.connect(self._show_file)
        self.list.new_asked.connect(self.new)
        self.list.export_asked.connect(self._export)
        self.list.import_asked.connect(self._import)
        self.file.front_asked.connect(self._open_woman)
        self.woman.file_asked.connect(self._open_file)
        self.woman.left.connect(self._show_list)

    # --- Screen --------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A woman (``id``), her file (``action`` « file », or a field), a new one (« new », « many »), or the list."""
        if not self._loaded:
            self._loaded = True
            self.list.reload()
            self.list.count_again()
        if target.action in {"new", "many"}:
            self._begin(target.action)
        elif target.id is not None and (target.field or target.action == "file"):
            self.stack.setCurrentIndex(0)
            self._show_file(target.id, target.field)
        elif target.id is not None:
            self.woman.show_person(target.id)
            self.stack.setCurrentWidget(self.woman)
            self.woman.file_button.setFocus()
        else:
            self._show_list()

    def on_changes(self, changes: Changes) -> None:
        """Read again what is stale."""
        if changes.touch(MEMBERS) or changes.touch(CARDS) or changes.touch(SETTINGS):
            self.list.reload()
            self.list.count_again()
        self.file.on_changes(changes)
        self.woman.on_changes(changes)

    def refresh(self) -> None:
        """Read the list again."""
        self.list.reload()

    def new(self) -> None:
        """A new member."""
        if self._context.desk.may(Right.WRITE_PERSONS):
            self._context.navigator.open(Target("members", action="new"))

    def save(self) -> None:
        """The form in sight."""
        page = self.stack.currentWidget()
        if isinstance(page, RegistrationPage):
            page.save()
        elif page is not self.woman and self.detail.currentWidget() is self.file:
            self.file.save()

    def print_(self) -> None:
        """Her card."""
        person_id = self.woman.person_id if self.stack.currentWidget() is self.woman else self.file.person_id
        if person_id and self._context.desk.may(Right.PRINT_CARDS):
            open_her_card(self._context, person_id, self)

    def escape(self) -> bool:
        """Close what is open in the file; a search that holds letters is emptied first."""
        if self.stack.currentIndex() != 0:
            return False
        if self.detail.currentWidget() is self.file and self.file.escape():
            return True
        if self.list.search.text():
            self.list.search.clear()
            self.list.search.setFocus()
            return True
        return False

    def keep_draft(self) -> None:
        """What is typed anywhere is kept."""
        self.file.keep_draft()
        for page in self._new.values():
            page.keep_draft()

    # --- Places --------------------------------------------------------------------------------------------------

    def _show_list(self) -> None:
        self.stack.setCurrentIndex(0)
        self.list.search.setFocus()
        self.list.search.selectAll()

    def _open_woman(self, person_id: int) -> None:
        self._context.navigator.open(Target("members", person_id))

    def _open_file(self, person_id: int, field: str) -> None:
        self._context.navigator.open(Target("members", person_id, field=field, action="file"))

    def _show_file(self, person_id: int, field: str = "") -> None:
        self.file.show_person(person_id, field)
        self.detail.setCurrentWidget(self.file)

    def _begin(self, action: str) -> None:
        page = self._new.get(action)
        if page is None:
            page = RegistrationPage(self._context, MANY_WOMEN if action == "many" else REGISTRATION)
            page.registered.connect(self._open_woman)
            page.left.connect(self._context.navigator.back)
            page.looked.connect(self._open_woman)
            self._new[action] = page
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        page.begin()

    def page(self, action: str) -> RegistrationPage:
        """The page of new files that was begun by ``action``."""
        return self._new[action]

    def _import(self) -> None:
        self._context.navigator.open(Target("imports"))

    # --- Export --------------------------------------------------------------------------------------------------

    def _export(self) -> None:
        typed, which = self.list.shown_ids()
        self._context.operations.run(
            SHORT, members_lists.list_ids, self._context.desk, typed, which, owner=self, done=self._ask_place
        )

    def _ask_place(self, ids: tuple[int, ...]) -> None:
        path = ask_place(self._context, self)
        if path is not None:
            command = ExportPersons(path=path, person_ids=ids, accepted=True)
            self._context.operations.run(
                LONG, exports.export_persons, self._context.desk, command, owner=self, done=self._exported
            )

    def _exported(self, done: object) -> None:
        count = getattr(done, "value", 0)
        self._context.notify(f"{formats.plural(count, 'fiche exportée', 'fiches exportées')}.", "good")
