"""The list of files: its columns and how its pages are fetched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from antenne.domain.board import Tone
from antenne.domain.civil_overview import BoardFilter, BoardRow
from antenne.services import civil_reading
from antenne.ui.civil.board_words import state
from antenne.ui.kit.models import Column, Fetch, PageOfRows
from antenne.wording import formats

if TYPE_CHECKING:
    from antenne.services.desk import Desk


def fetcher(desk: Desk, asked: BoardFilter) -> Fetch:
    """Pages of the list, on the short lane."""

    def fetch(offset: int, limit: int, sort: str, descending: bool) -> PageOfRows:
        return PageOfRows(*civil_reading.list_files(desk, asked, offset, limit, sort, descending=descending))

    return fetch


def _class(row: BoardRow) -> str:
    return row.school_class.removesuffix(" année")


def list_columns(today: Callable[[], dt.date]) -> tuple[Column, ...]:
    """Number, names, démarche, where it stands and since when, the first thing to know, place."""

    def tone(row: BoardRow) -> Tone:
        return state(row, today())[1]

    return (
        Column(key="number", title="Dossier", text=lambda row: row.number, width=104),
        Column(key="name", title="Nom sur l’acte", text=lambda row: row.name, width=0, strong=lambda _row: True),
        Column(key="requester", title="Demandé par", text=lambda row: row.requester, width=136),
        Column(key="route", title="Démarche", text=lambda row: row.route, width=140, muted=True),
        Column(key="step", title="Étape", text=lambda row: row.step_words, width=132),
        Column(key="since", title="Depuis le", text=lambda row: formats.day(row.since), width=102),
        Column(key="hearing", title="État", text=lambda row: state(row, today())[0], pill=tone, width=144),
        Column(key="place", title="Lieu", text=lambda row: row.place, width=118, muted=True),
        Column(key="class", title="Classe", text=_class, width=64, muted=True),
    )
