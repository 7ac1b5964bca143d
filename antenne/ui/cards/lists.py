"""The lists of cards: their columns, and how their pages are fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antenne.domain import cards as rules
from antenne.domain.board import Tone
from antenne.domain.cards import CardKind, CardList, CardRow
from antenne.services import cards_reading
from antenne.ui.kit.models import Column, Fetch, PageOfRows
from antenne.wording import cards as words

if TYPE_CHECKING:
    from antenne.services.desk import Desk


def fetcher(desk: Desk, which: CardList, typed: str) -> Fetch:
    """Pages of one list, on the short lane."""

    def fetch(offset: int, limit: int, sort: str, descending: bool) -> PageOfRows:
        query = cards_reading.query_for(desk, which, typed, sort, descending=descending)
        return PageOfRows(*cards_reading.list_cards(desk, query, offset, limit))

    return fetch


def columns(desk: Desk) -> tuple[Column, ...]:
    """Name, number, quarter, kind, last day, state."""

    def state_of(row: CardRow) -> str:
        if row.card is None:
            return "Sans carte"
        return words.state_words(row.card, rules.state(row.card, desk.today))

    def tone_of(row: CardRow) -> Tone:
        return "neutral" if row.card is None else words.TONES[rules.state(row.card, desk.today)]

    return (
        Column(key="name", title="Nom", text=full_name, width=0, strong=lambda _row: True),
        Column(key="number", title="N°", text=lambda row: row.number, width=86, spare=True),
        Column(key="quarter", title="Quartier", text=lambda row: row.quarter, width=164, muted=True, spare=True),
        Column(key="kind", title="Carte", text=_kind, width=124, sortable=False, spare=True),
        Column(key="until", title="Jusqu’au", text=_until, width=98, spare=True),
        Column(key="state", title="État", text=state_of, pill=tone_of, width=190, sortable=False),
    )


def full_name(row: CardRow) -> str:
    """NOM Prénom."""
    return f"{row.last_name.upper()} {row.first_name}".strip()


def _kind(row: CardRow) -> str:
    if row.card is None:
        return ""
    kind = "Discrète" if row.card.kind is CardKind.DISCREET else "Ordinaire"
    return f"{kind}, dupl. {row.card.duplicate_no}" if row.card.duplicate_no else kind


def _until(row: CardRow) -> str:
    return words.day(row.card.valid_until) if row.card is not None else ""
