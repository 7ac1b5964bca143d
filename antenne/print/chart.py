"""The chart of accounts on A4 landscape, with the national numbers (rules: Cash and accounts)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from antenne.base.progress import Progress
from antenne.domain.chart import ChartRow
from antenne.domain.office import Office
from antenne.print.paged_table import Column, Line, Table, render_table
from antenne.wording import accounts as words
from antenne.wording import formats

CHART: Final = "Plan comptable"

_COLUMNS: Final = (
    Column("Compte", 24),
    Column("Intitulé", 101),
    Column("Nature", 28),
    Column("SYCEBNL", 26),
    Column("Le programme s’en sert pour", 66),
    Column("État", 28),
)


def render_chart(rows: Sequence[ChartRow], day: dt.date, office: Office, progress: Progress | None = None) -> bytes:
    """Draw the chart: every account by number.

    Args:
        rows: In the order of the numbers.
        day: Of the print.
        office: What the papers say.
        progress: Told after each page, asked for a stop.

    Returns:
        A PDF, A4 landscape.

    Raises:
        Stopped: The user asked.
    """
    lines = tuple(Line(_cells(row)) for row in rows)
    return render_table(Table(CHART, f"Au {formats.day(day)}", _COLUMNS, lines), office, progress)


def _cells(row: ChartRow) -> tuple[str, ...]:
    one = row.account
    return (
        one.code,
        one.label,
        words.KINDS[one.kind],
        one.sycebnl,
        words.use(one, row.box),
        words.state(active=one.active),
    )
