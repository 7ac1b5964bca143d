"""A small office for the shell's tests: two areas with made-up rows, a desk without a base."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, NoReturn

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from antenne.base.clock import FixedClock
from antenne.domain.board import (
    Action,
    Badge,
    MonthLine,
    SearchHit,
    Target,
    Tile,
    TodoLine,
    Urgency,
)
from antenne.domain.changes import Changes
from antenne.domain.office import Office
from antenne.domain.rights import Right, Role
from antenne.domain.search import PersonIndex
from antenne.domain.settings import Settings
from antenne.domain.users import Actor
from antenne.domain.violations import Forbidden
from antenne.services.desk import Desk, Keys
from antenne.ui.kit.area import Area, Context, NavEntry, Screen
from antenne.ui.kit.cards import Card, EmptyState, Page, PageTitle, button
from antenne.ui.kit.memory import SittingMemory
from antenne.ui.kit.models import RowsModel
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.person_list import PersonList, TwoLines, line_column
from antenne.ui.kit.printing import Printing
from antenne.ui.shell.frame import ShellInfo
from antenne.ui.shell.window import MainWindow, Tools
from tests.ui.helpers import FakeDialogs

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()

PEOPLE = (
    TwoLines("KONÉ Fatoumata", "M-00931 · Sévaré · 76 •• •• 18", "À jour", "good"),
    TwoLines("KONÉ Fatim", "M-00408 · Mopti · 66 •• •• 02", "Expirée", "warning"),
    TwoLines("KONATÉ Fatoumata", "M-01120 · Mopti", "À jour", "good"),
    TwoLines("COULIBALY Fatou, dite « Koné »", "M-00077 · Bankass", "Partie", "neutral"),
)


def line(row: TwoLines) -> TwoLines:
    return row


class PeopleScreen(Screen):
    """A list and a form of one field."""

    help_key: ClassVar[str] = "general"
    hints: ClassVar[str] = "Entrée : ouvrir · Ctrl+N : nouvelle"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.told: list[object] = []
        page = Page(self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)
        title = PageTitle("Adhérentes")
        title.show_title("Adhérentes", pill="1 284")
        title.add_button(button("Nouvelle", "primary", self.new, icon_name="plus"))
        card = Card()
        card.body.setContentsMargins(2, 2, 2, 2)
        model = RowsModel((line_column(line),), PEOPLE, parent=self)
        self.people = PersonList(model, line, "Adhérentes")
        self.people.show_typed("kone fat")
        card.body.addWidget(self.people)
        self.name = QLineEdit()
        self.name.setAccessibleName("Nom")
        page.body.addWidget(title)
        page.body.addWidget(self.name)
        page.body.addWidget(card, 1)

    def open(self, target: Target) -> None:
        self.told.append(target)
        if target.field == "name":
            self.name.setFocus()

    def on_changes(self, changes: Changes) -> None:
        self.told.append(changes)

    def new(self) -> None:
        self.told.append("new")

    def save(self) -> None:
        self.told.append("save")

    def print_(self) -> None:
        self.told.append("print")

    def keep_draft(self) -> None:
        self.told.append("draft")

    def show_hidden(self, *, shown: bool) -> None:
        self.told.append(("hidden", shown))


class EmptyScreen(Screen):
    """A place with nothing in it yet."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        whole = QVBoxLayout(self)
        self.begun: list[bool] = []
        whole.addWidget(
            EmptyState(
                "usb",
                "Aucune sauvegarde",
                "Ici se fait la sauvegarde sur clé USB.",
                "Sauvegarder",
                lambda: self.begun.append(True),
            )
        )


def _search(desk: Desk, text: str, limit: int) -> tuple[SearchHit, ...]:
    from antenne.domain.names import needles, search_text

    def fits(said: TwoLines) -> bool:
        where = f" {search_text([said.title], numbers=[said.subtitle.split(' ')[0]])} "
        return all(any(way in where for way in ways) for ways in needles(text))

    return tuple(
        SearchHit(title=p.title, subtitle=p.subtitle, pill=p.pill, tone=p.tone, target=Target("members", number))
        for number, p in enumerate(PEOPLE, start=1)
        if fits(p)
    )[:limit]


def _todo(desk: Desk) -> tuple[TodoLine, ...]:
    def day(number: int) -> dt.date:
        return TODAY + dt.timedelta(days=number)

    return (
        TodoLine(due=TODAY, text="2 reçus à imprimer", who="2026-01471, 01472", target=Target("members")),
        TodoLine(
            due=day(-12),
            urgency=Urgency.LATE,
            text="Échéance de crédit 25 750 FCFA",
            who="DIALLO Awa",
            pill="Relancer",
            target=Target("members", 7, "name"),
        ),
        TodoLine(due=TODAY, text="Audience (6 dossiers)", who="TGI de Mopti", target=Target("members")),
        TodoLine(
            due=day(2),
            urgency=Urgency.SOON,
            text="Naissance : fin du délai de 30 jours",
            who="Enfant d’Oumou S.",
            pill="2 jours",
            target=Target("members"),
        ),
        TodoLine(
            due=day(4), text="Facture CSCOM Sévaré 2 — 18 bons à vérifier", who="186 400 FCFA", target=Target("members")
        ),
        TodoLine(due=day(7), text="Sauvegarde mensuelle sur clé USB", target=Target("backup")),
    )


def _month(desk: Desk) -> tuple[MonthLine, ...]:
    rows = (("Adhésions", 7, 64, 60), ("Cartes remises", 12, 301, 400), ("Causeries-débats", 19, 214, 230))
    return (
        *(MonthLine(label=a, this_month=b, this_year=c, target_value=d) for a, b, c, d in rows),
        MonthLine(label="… dont gratuits", this_month=5, this_year=61, target=Target("members")),
    )


def _tiles(desk: Desk) -> tuple[Tile, ...]:
    return (
        Tile(label="Caisse du jour", figure="125 000", note="9 opérations", hidden=True),
        Tile(label="Encours de crédit", figure="3 845 000", note="6,2 % en retard de plus de 30 jours", tone="danger"),
        Tile(label="Assurées à jour", figure="318", note="sur 402 · 79 %"),
        Tile(
            label="Dossiers d’état civil ouverts",
            figure="41",
            note="7 sans suite depuis 30 jours",
            tone="warning",
            target=Target("members"),
        ),
    )


def _forbidden(desk: Desk) -> NoReturn:
    raise Forbidden("aggregates")


MEMBERS = Area(
    key="members",
    nav=NavEntry("Adhérentes", "F3", "people", rights=frozenset({Right.READ_PERSONS})),
    factory=PeopleScreen,
    search=_search,
    todo=_todo,
    month=_month,
    tiles=_tiles,
    scan=lambda _desk, scan: Target("members", 931) if scan.number == "M-00931" else None,
    actions=(
        Action(
            label="Nouvelle adhérente",
            target=Target("members", action="new"),
            words=("ajouter", "inscrire", "adhésion"),
            right=Right.WRITE_PERSONS,
            on_home=True,
            primary=True,
        ),
    ),
)
CASHBOOK = Area(
    key="cashbook",
    nav=NavEntry("Caisse du jour", "F10", "cash", rights=frozenset({Right.CASH_IN})),
    factory=EmptyScreen,
    todo=_forbidden,
    actions=(Action(label="Encaisser", target=Target("cashbook"), right=Right.CASH_IN, on_home=True),),
)
BACKUP = Area(
    key="backup",
    nav=NavEntry("Sauvegarde USB", "", "usb", bottom=True),
    factory=EmptyScreen,
    badge=lambda _desk: Badge(text="Sauvegarde : il y a 27 jours", tone="warning", target=Target("backup")),
    actions=(Action(label="Sauvegarder sur clé USB", target=Target("backup"), on_home=True),),
)
SETTINGS = Area(key="settings", nav=NavEntry("Paramètres", "", "settings", bottom=True), factory=EmptyScreen)
AREAS = (MEMBERS, CASHBOOK, BACKUP, SETTINGS)


def _no_base(_write: bool) -> NoReturn:
    raise AssertionError("the shell itself never opens the base")


def make_desk(clock: FixedClock, *roles: Role) -> Desk:
    return Desk(
        folder=Path(),
        clock=clock,
        actor=Actor(1, "Mariam T.", frozenset(roles or (Role.SECRETAIRE,))),
        keys=Keys(b"", None, b"", ""),
        open_unit=_no_base,
        close=lambda: None,
        persons=PersonIndex(),
        settings=Settings(),
        office=Office(association="", name="Antenne", town="Sévaré"),
    )


def make_window(
    operations: Operations, *roles: Role, areas: tuple[Area, ...] = AREAS, demo: bool = False, minutes: int = 5
) -> MainWindow:
    clock = FixedClock(NOW)
    dialogs = FakeDialogs()
    tools = Tools(
        desk=make_desk(clock, *roles),
        operations=operations,
        dialogs=dialogs,
        printing=Printing(operations, dialogs, str),
        clock=clock,
        memory=SittingMemory(),
        words=lambda error: f"Problème : {error}",
    )
    info = ShellInfo(
        office_line="Mopti — Sévaré",
        user_line="Mariam T. · Secrétaire",
        foot="Exercice 2026",
        demo=demo,
        idle_minutes=minutes,
    )
    return MainWindow(areas, tools, info)


Maker = Callable[..., MainWindow]
