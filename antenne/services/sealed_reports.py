"""The report's figures that come from the compartment: published counts only, without opening anything."""

from __future__ import annotations

from typing import Final

from antenne.domain.account_papers import Period
from antenne.domain.indicators import Counted, Part, ReportLine
from antenne.domain.sealed_counts import LEFT_OUT, PUBLISHED
from antenne.services.desk import Desk
from antenne.services.sealed_counting import read_figures, read_part
from antenne.wording import reports as words

_TALKS: Final = frozenset({"ecoutes.femmes", "ecoutes.mineures"})
_INCIDENTS: Final = "protection."


def sealed_lines(desk: Desk, period: Period) -> tuple[ReportLine, ...]:
    """Every published figure of whole months, with until when it was counted; persons and sessions apart.

    Raises:
        Forbidden: Without the right to totals.
    """
    found = read_figures(desk, period.first, period.last)
    stopped = words.stopped_on(found.on)
    lines = []
    for code in PUBLISHED:
        said, figure = words.INDICATORS[code], found.figures[code]
        parts: tuple[Part, ...] = ()
        if code in _TALKS:
            parts = (Part(words.SESSIONS, figure.sessions),)
        elif code.startswith(_INCIDENTS):
            left = read_part(desk, code, LEFT_OUT, period.first, period.last)
            parts = (Part(words.LEFT_OUT, left.persons),)
        lines.append(
            ReportLine(
                code=code,
                label=said.label,
                unit=said.unit,
                definition=f"{said.definition} {stopped}",
                counted=Counted(figure.persons, parts),
            )
        )
    return tuple(lines)
