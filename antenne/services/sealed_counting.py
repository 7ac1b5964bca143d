"""The published counts: rewritten when a right-holder's sitting ends, read by everybody who may see totals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from antenne.domain.her_rights_erasing import CountResidue, added
from antenne.domain.rights import Right
from antenne.domain.sealed_counts import Counted, CountRow, Figure, count_rows, figure, figures, month_key
from antenne.domain.sealed_kinds import KINDS, counted_of, counts
from antenne.domain.settings import EPOCH
from antenne.services.compartment import Compartment, every_kept
from antenne.services.desk import Desk
from antenne.services.listening import aliases_of
from antenne.services.sealed_memory import COUNTED_ON


@dataclass(frozen=True, slots=True)
class SealedFigures:
    """Published figures of whole months.

    Attributes:
        figures: Code of the report → persons and sessions.
        on: « arrêté au »: the day when they were last counted, or None before the first time.
    """

    figures: Mapping[str, Figure]
    on: dt.date | None


def rewrite_counts(desk: Desk) -> None:
    """Count again and put all the rows in the place of the old ones; nothing where nobody opened the compartment.

    Called where a sitting ends. Stopped in the middle, the counts stay those of the time before.

    Raises:
        Problem: Of the machine; the counts stay those of the time before.
    """
    own = desk.sealed.compartment
    if own is None:
        return
    residue = (page.record.rows for page in every_kept(own, CountResidue))
    rows, today = added(count_rows(_events(own)), *residue), desk.today.isoformat()
    with desk.write() as uow:
        kept = uow.settings.values().get(COUNTED_ON, ())
        if uow.sealed.counts() == rows and kept and kept[-1].value == today:
            return
        uow.sealed.rewrite_counts(rows)
        uow.settings.set(COUNTED_ON, EPOCH, today)
        uow.commit()


def read_figures(desk: Desk, first: dt.date, last: dt.date) -> SealedFigures:
    """Every published figure from the month of ``first`` to that of ``last``, without opening anything.

    Raises:
        Forbidden: Without the right to see totals.
    """
    rows, on = _published(desk)
    return SealedFigures(figures(rows, month_key(first), month_key(last)), on)


def read_part(desk: Desk, indicator: str, cell: str, first: dt.date, last: dt.date) -> Figure:
    """One part of a figure (``sealed_counts.LEFT_OUT``, a band of age…) over whole months.

    Raises:
        Forbidden: Without the right to see totals.
    """
    rows, _ = _published(desk)
    return figure(rows, indicator, month_key(first), month_key(last), cell)


def _published(desk: Desk) -> tuple[tuple[CountRow, ...], dt.date | None]:
    desk.require(Right.AGGREGATES)
    with desk.read() as uow:
        rows, kept = uow.sealed.counts(), uow.settings.values().get(COUNTED_ON, ())
    return rows, dt.date.fromisoformat(str(kept[-1].value)) if kept else None


def _events(own: Compartment) -> tuple[Counted, ...]:
    aliases = aliases_of(own)
    return tuple(
        event
        for kind in KINDS.values()
        if counts(kind)
        for event in counted_of((one.record for one in every_kept(own, kind)), aliases)
    )
