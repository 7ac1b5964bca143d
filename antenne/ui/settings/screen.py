"""« Paramètres »: a list of pages at the left, the page at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout

from antenne.domain.board import Target
from antenne.domain.changes import CARDS, SETTINGS, USERS, Changes
from antenne.domain.rights import Right
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import Card, PageTitle
from antenne.ui.settings.computer import ComputerSection
from antenne.ui.settings.lists import ListsSection
from antenne.ui.settings.office import OfficeSection
from antenne.ui.settings.printers import PrintersSection
from antenne.ui.settings.section import Section
from antenne.ui.settings.shelter import ShelterSection
from antenne.ui.settings.tariffs import TariffsSection
from antenne.ui.settings.users import UsersSection

_LIST_WIDTH = 188


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the list: its key is the ``action`` of a target."""

    key: str
    label: str
    make: Callable[[Context], Section]
    right: Right | None = None


_ENTRIES = (
    _Entry("office", "Le bureau", OfficeSection),
    _Entry("tariffs", "Tarifs et délais", TariffsSection),
    _Entry("lists", "Listes", ListsSection),
    _Entry("printers", "Imprimantes", PrintersSection),
    _Entry("users", "Utilisatrices et clés", UsersSection, Right.USERS),
    _Entry("shelter", "Mise à l’abri", ShelterSection, Right.COMPARTMENT),
    _Entry("computer", "Cet ordinateur", ComputerSection),
)


class SettingsScreen(Screen):
    """Makes each page at its first visit."""

    help_key = "settings"
    hints = "Flèches : choisir la page · Entrée : y entrer · Ctrl+S : enregistrer · Échap : revenir à la liste"

    def __init__(self, context: Context) -> None:
        """Make the frame."""
        super().__init__()
        self._context = context
        self._entries = tuple(one for one in _ENTRIES if one.right is None or context.desk.may(one.right))
        self._pages: dict[str, Section] = {}
        self.title = PageTitle("Paramètres")
        self.menu = QListWidget()
        self.menu.setAccessibleName("Pages des paramètres")
        for entry in self._entries:
            item = QListWidgetItem(entry.label)
            item.setSizeHint(QSize(0, t.CONTROL_HEIGHT))
            self.menu.addItem(item)
        self.menu.setStyleSheet(f"QListWidget::item {{ padding-left: {2 * t.SPACE}px; }}")
        self.menu.currentRowChanged.connect(self._show)
        self.menu.itemActivated.connect(lambda _item: self._enter())
        card = Card()
        card.setFixedWidth(_LIST_WIDTH)
        card.body.setContentsMargins(4, 6, 4, 6)
        card.body.addWidget(self.menu)
        self._stack = QStackedWidget()
        row = QHBoxLayout()
        row.setSpacing(3 * t.SPACE)
        row.addWidget(card)
        row.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(5 * t.SPACE + 2, 4 * t.SPACE + 2, 3 * t.SPACE, 2 * t.SPACE)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(self.title)
        whole.addLayout(row, 1)

    @property
    def section(self) -> Section | None:
        """The page in sight."""
        page = self._stack.currentWidget()
        return page if isinstance(page, Section) else None

    def open(self, target: Target) -> None:
        """The page that ``target.action`` names (``check`` also begins the check), else the last one."""
        wanted = "computer" if target.action == "check" else target.action
        row = next((number for number, one in enumerate(self._entries) if one.key == wanted), -1)
        if row >= 0:
            self.menu.setCurrentRow(row)
            self._enter()
        elif self.menu.currentRow() < 0:
            self.menu.setCurrentRow(0)
            self.menu.setFocus()
        else:
            self.menu.setFocus()
        if row >= 0 and target.field and self.section is not None:
            self.section.show_field(target.field)
        if target.action == "check" and isinstance(self.section, ComputerSection):
            self.section.check_now()

    def on_changes(self, changes: Changes) -> None:
        """A setting, a list, a user or a printer changed."""
        if any(changes.touch(area) for area in (SETTINGS, USERS, CARDS)):
            for page in self._pages.values():
                page.refresh()

    def refresh(self) -> None:
        """Read the page again."""
        if self.section is not None:
            self.section.refresh()

    def save(self) -> None:
        """Ctrl+S."""
        if self.section is not None:
            self.section.save()

    def new(self) -> None:
        """Ctrl+N."""
        if self.section is not None:
            self.section.new()

    def print_(self) -> None:
        """Ctrl+P."""
        if self.section is not None:
            self.section.print_()

    def keep_draft(self) -> None:
        """What is typed on any page is kept."""
        for page in self._pages.values():
            page.keep_draft()

    def escape(self) -> bool:
        """From the page to the list; from the list to the place before."""
        if self.section is not None and self.section.isAncestorOf(self.focusWidget() or self):
            self.menu.setFocus()
            return True
        return False

    def _show(self, row: int) -> None:
        entry = self._entries[row]
        page = self._pages.get(entry.key)
        if page is None:
            page = entry.make(self._context)
            self._pages[entry.key] = page
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.refresh()

    def _enter(self) -> None:
        if self.section is not None:
            self.section.begin()
