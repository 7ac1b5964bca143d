"""What a business area offers to the shell, and what the shell hands to its screens.

``app.py`` holds one literal tuple of :class:`Area`; nothing registers itself. To add an area: write its package under
``antenne/ui/``, give it an ``area.py`` with one ``AREA = Area(...)``, and name it in that tuple.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from antenne.base.clock import Clock
from antenne.domain.board import Action, Badge, MonthEndLine, MonthLine, SearchHit, Target, Tile, TodoLine, Tone
from antenne.domain.changes import Changes
from antenne.domain.rights import Right
from antenne.domain.scans import Scan
from antenne.ui.kit.dialogs import Dialogs
from antenne.ui.kit.memory import Memory
from antenne.ui.kit.navigator import Navigator
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.printing import Printing

if TYPE_CHECKING:
    from antenne.services.basket import BasketSource
    from antenne.services.checks import Check
    from antenne.services.desk import Desk

MonthEnd = Callable[["Desk", dt.date], MonthEndLine]
"""One line of the « Fin de mois » checklist; the month's first day is given. Runs on the short lane."""

PersonCard = Callable[["Context", int], QWidget]
"""Makes an area's card of the woman's page; the person's id is given."""


class Screen(QWidget):
    """Base of every screen an area's factory makes. Override what the screen can do; the rest does nothing.

    Attributes:
        help_key: Name of its page in ``resources/help``.
        hints: What the status bar says: « Entrée : ouvrir · Ctrl+N : nouveau ».
    """

    help_key: ClassVar[str] = "general"
    hints: ClassVar[str] = ""

    def open(self, target: Target) -> None:
        """Show ``target.id``, stand in ``target.field``, begin ``target.action``; called at each visit."""

    def on_changes(self, changes: Changes) -> None:
        """Something changed somewhere: read again what is stale."""

    def refresh(self) -> None:
        """F5: read everything again."""

    def new(self) -> None:
        """Ctrl+N."""

    def save(self) -> None:
        """Ctrl+S."""

    def print_(self) -> None:
        """Ctrl+P."""

    def escape(self) -> bool:
        """Échap: close what is open inside the screen and return True; False lets the shell go back."""
        return False

    def keep_draft(self) -> None:
        """The screen is about to be covered or left: have what was typed kept."""

    def show_hidden(self, *, shown: bool) -> None:
        """Ctrl+B: show or hide balances."""


@dataclass(frozen=True, slots=True)
class NavEntry:
    """An area's line in the side bar.

    Attributes:
        label: « Adhérentes ».
        key: ``F3``; empty for the entries below the line.
        icon: Name of an SVG of ``resources/icons``.
        bottom: Below the line (backup, settings).
        rights: Shown when the user has one of these; to everybody when empty.
    """

    label: str
    key: str
    icon: str
    bottom: bool = False
    rights: frozenset[Right] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a screen is made with. Services are run as ``operations.run(SHORT, service, desk, command, …)``.

    Attributes:
        broadcast: Tells every open screen what changed; call it with ``done.changes``.
        notify: Shows a sentence in a band on top.
        person_cards: Card makers of the woman's page, in the order of the areas.
        baskets: What the areas bring to « Encaisser ».
        month_ends: Every line of « Fin de mois ».
        memory: Column widths and the like.
        checks: What « Contrôler la base » asks of the areas, besides the general checks.
    """

    desk: Desk
    operations: Operations
    navigator: Navigator
    dialogs: Dialogs
    printing: Printing
    clock: Clock
    broadcast: Callable[[Changes], None]
    notify: Callable[[str, Tone], None]
    memory: Memory
    person_cards: tuple[PersonCard, ...] = ()
    baskets: tuple[BasketSource, ...] = ()
    month_ends: tuple[MonthEnd, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Capture:
    """A place that ``captures`` draws from the demonstration office.

    Attributes:
        name: Of the picture: ``adherentes-liste``.
        find: Where it is, asked on the short lane (a record is looked up there).
        prepare: What is typed or opened once the place is shown, on the GUI thread; None when nothing is.
    """

    name: str
    find: Callable[[Desk], Target]
    prepare: Callable[[Screen], None] | None = None


@dataclass(frozen=True, slots=True)
class PaperCapture:
    """A printed document that ``captures`` makes from the demonstration office, as PDF and PNG."""

    name: str
    render: Callable[[Desk], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One business area. The callables that take a desk run on the short lane.

    Attributes:
        key: Same noun as in every layer: ``members``.
        nav: Its line in the side bar, or None.
        factory: Makes its screen, once, at the first visit.
        search: Ctrl+K: ``(desk, text, limit)``.
        search_title: Head of its group in Ctrl+K; the nav label by default.
        todo: Lines of « À faire ».
        month: Lines of « Ce mois-ci ».
        tiles: Figures at the head of the home page.
        badge: Pill of the top bar, or None when there is nothing to say.
        begin: A question to settle before anything else, or None: the sitting begins there instead of at home.
        scan: Where a scanned code leads, or None when the code is not this area's.
        actions: What can be begun from Ctrl+K and the home page.
        person_card: Its card of the woman's page.
        basket: What it brings to « Encaisser ».
        month_end: What it asks before a month is closed: each gives a sentence and whether it is done.
        captures: Its places in ``captures``.
        papers: Its printed documents in ``captures``.
        checks: What ``controler`` asks of it, besides the general checks.
    """

    key: str
    nav: NavEntry | None
    factory: Callable[[Context], Screen]
    search: Callable[[Desk, str, int], tuple[SearchHit, ...]] | None = None
    search_title: str = ""
    todo: Callable[[Desk], tuple[TodoLine, ...]] | None = None
    month: Callable[[Desk], tuple[MonthLine, ...]] | None = None
    tiles: Callable[[Desk], tuple[Tile, ...]] | None = None
    badge: Callable[[Desk], Badge | None] | None = None
    begin: Callable[[Desk], Target | None] | None = None
    scan: Callable[[Desk, Scan], Target | None] | None = None
    actions: tuple[Action, ...] = field(default=())
    person_card: PersonCard | None = None
    basket: BasketSource | None = None
    month_end: tuple[MonthEnd, ...] = ()
    captures: tuple[Capture, ...] = ()
    papers: tuple[PaperCapture, ...] = ()
    checks: tuple[Check, ...] = ()
