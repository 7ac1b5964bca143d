"""Which actions a list offers for what is selected: what cannot be begun is not offered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from antenne.domain import cards as rules
from antenne.domain.cards import CardList, CardRow, CardState
from antenne.wording import cards as words

_PRINTABLE = frozenset({CardState.TO_PRINT, CardState.PRINTED})
_SINGLE: tuple[tuple[str, str, frozenset[CardState]], ...] = (
    ("hand", "Remettre…", frozenset({CardState.PRINTED})),
    ("print", "Imprimer…", frozenset({CardState.TO_PRINT})),
    ("print", "Réimprimer…", frozenset({CardState.PRINTED})),
    ("report_lost", "Perdue…", frozenset({CardState.HANDED, CardState.PRINTED})),
    ("replace", "Duplicata…", frozenset({CardState.HANDED, CardState.PRINTED, CardState.LOST})),
)
"""Action, words, and the states in which it may begin."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One button: what it begins, its words; ``every`` takes the whole list, else the selection."""

    action: str
    text: str
    every: bool = False


def printable(rows: Sequence[CardRow], today: dt.date) -> tuple[CardRow, ...]:
    """Those that may be drawn: once a card is handed over, it is a duplicate that is wanted."""
    return tuple(row for row in rows if row.card is not None and rules.state(row.card, today) in _PRINTABLE)


def single_offers(row: CardRow, today: dt.date) -> list[Offer]:
    """What may be begun with one card."""
    if row.card is None:
        return []
    now = rules.state(row.card, today)
    return [Offer(action, text) for action, text, states in _SINGLE if now in states]


def offers(which: CardList, count: int, rows: Sequence[CardRow], today: dt.date, year: int) -> list[Offer]:
    """The buttons of a list of ``count`` lines with ``rows`` selected, the main one first."""
    every = words.counted(min(count, rules.MOST_AT_ONCE))
    some = f"la sélection ({len(rows)})…"
    wholes = {
        CardList.TO_ISSUE: Offer("issue", f"Établir {every}…", every=True),
        CardList.TO_PRINT: Offer("print", f"Imprimer {every}…", every=True),
        CardList.TO_RENEW: Offer("renew", f"Renouveler {words.counted(count)} {year}…", every=True),
    }
    parts = {
        CardList.TO_ISSUE: Offer("issue", f"Établir {some}"),
        CardList.TO_PRINT: Offer("print", f"Imprimer {some}"),
        CardList.TO_RENEW: Offer("issue_year", f"Renouveler {some}"),
    }
    if which in wholes:
        found = [wholes[which]] if count else []
        return [*found, parts[which]] if rows else found
    if len(rows) == 1:
        return single_offers(rows[0], today)
    drawn = printable(rows, today)
    return [Offer("print", f"Imprimer la sélection ({len(drawn)})…")] if drawn else []
