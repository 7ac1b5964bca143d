"""What areas tell the shell: what is to do, the month's figures, search hits, actions. Records only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from antenne.domain.rights import Right

Tone = Literal["good", "warning", "danger", "info", "neutral"]
"""How a pill is coloured; a word always goes with it."""


class Urgency(Enum):
    """Where a line stands in « À faire »."""

    LATE = "late"
    SOON = "soon"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A place in the program.

    Attributes:
        area: Key of the area.
        id: The record, or None for the area's first screen.
        field: Key of the field to stand in, or empty.
        action: What to begin there (an area's own word, for example ``new``), or empty.
    """

    area: str
    id: int | None = None
    field: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TodoLine:
    """One line of « À faire ».

    Attributes:
        due: The day it is due, or None.
        urgency: Late, soon, or neither.
        text: What is to do, in French.
        who: Whom it is about; never a name that a confidential record gave.
        pill: The word of the pill, or empty.
        target: Where Entrée leads, at the right field.
        first: Hours are running: above every other line, whatever is late.
    """

    text: str
    target: Target
    first: bool = False
    due: dt.date | None = None
    urgency: Urgency = Urgency.NONE
    who: str = ""
    pill: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    """One indicator of « Ce mois-ci »: this month, this year so far, the year's target or None."""

    label: str
    this_month: int
    this_year: int
    target_value: int | None = None
    target: Target | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One figure at the head of the home page.

    Attributes:
        label: What is counted.
        figure: Formatted for the screen.
        note: One line under it, coloured by ``tone``.
        hidden: The figure is a balance: shown as « •••• » until Ctrl+B.
        target: Where a click leads, or None.
    """

    label: str
    figure: str
    note: str = ""
    tone: Tone = "neutral"
    hidden: bool = False
    target: Target | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthEndLine:
    """One line of the « Fin de mois » checklist.

    Attributes:
        text: What must be done before the month is closed, in French.
        done: It is.
        blocks: The month cannot be closed while it is not done; else it is only said.
        target: Where it is done, or None.
    """

    text: str
    done: bool
    blocks: bool = False
    target: Target | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One answer of Ctrl+K; what matched is made bold by the screen."""

    title: str
    target: Target
    subtitle: str = ""
    pill: str = ""
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something to begin, found by its words in Ctrl+K.

    Attributes:
        label: « Nouvelle adhérente ».
        target: Where it begins.
        words: Other words it is looked for by.
        right: What the user must be allowed, or None.
        on_home: Offered as a button of the home page; ``primary`` marks the first of them.
    """

    label: str
    target: Target
    words: tuple[str, ...] = ()
    right: Right | None = None
    on_home: bool = False
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A pill of the top bar, for example « Sauvegarde : il y a 27 jours »."""

    text: str
    tone: Tone
    target: Target


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the home page shows, gathered from the areas."""

    tiles: tuple[Tile, ...] = ()
    todo: tuple[TodoLine, ...] = ()
    month: tuple[MonthLine, ...] = ()
    badges: tuple[Badge, ...] = field(default=())


_ORDER = {Urgency.LATE: 0, Urgency.SOON: 1, Urgency.NONE: 2}


def in_order(lines: tuple[TodoLine, ...]) -> tuple[TodoLine, ...]:
    """Hours that run first, then late lines, then by day; what has no day comes last in its group."""

    def place(line: TodoLine) -> tuple[bool, bool, dt.date, int]:
        return not line.first, line.urgency is not Urgency.LATE, line.due or dt.date.max, _ORDER[line.urgency]

    return tuple(sorted(lines, key=place))


def due_words(due: dt.date | None, today: dt.date) -> str:
    """The first column of « À faire »: « 12 j de retard », « aujourd’hui », « mercredi », « 30 nov. »."""
    if due is None:
        return ""
    days = (due - today).days
    if days < 0:
        return f"{-days} j de retard"
    if days <= 1:
        return ("aujourd’hui", "demain")[days]
    if days < len(_WEEKDAYS):
        return _WEEKDAYS[due.weekday()]
    day = "1er" if due.day == 1 else str(due.day)
    year = "" if due.year == today.year else f" {due.year}"
    return f"{day} {_MONTHS[due.month - 1]}{year}"


_WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
