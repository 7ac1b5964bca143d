"""The places and papers of « Journée » that ``captures`` draws from the demonstration office."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from antenne.domain.board import Target
from antenne.domain.cashbook import PeriodKind
from antenne.domain.periods import Period
from antenne.services import day_reading, periods
from antenne.ui.kit.area import Capture, PaperCapture, Screen

if TYPE_CHECKING:
    from antenne.services.desk import Desk
    from antenne.ui.cashbook.closing_page import ClosingPage

_KEY = "cashbook"
_COUNTED = {"good[10000]": "2", "good[5000]": "3", "good[1000]": "7", "good[500]": "11", "worn[250]": "3"}


def _at(action: str, _desk: Desk) -> Target:
    return Target(_KEY, action=action)


def _closing(screen: Screen) -> ClosingPage:
    """The closing, inside the panel in sight."""
    from antenne.ui.cashbook.closing_page import ClosingPage

    found = screen.findChild(ClosingPage)
    assert found is not None
    return found


def _count(screen: Screen) -> None:
    page = _closing(screen)
    for name, text in _COUNTED.items():
        page.count.typed.emit(name, text)


def _review(screen: Screen) -> None:
    _count(screen)
    page = _closing(screen)
    for _ in range(2):
        if page.flow is not None and page.flow.step.value != "review":
            page.go_on()


def _day_sheet(desk: Desk) -> bytes:
    """The sheet of the last closed day with a gap, or of the last one."""
    from antenne.print.closing import render_closing

    rows = [row for row in day_reading.list_days(desk, 0, 400).rows if row.counted is not None]
    chosen = next((row for row in rows if row.gap), rows[0])
    return render_closing(day_reading.read_sheet(desk, chosen.cash_day_id), desk.office)


def _period_sheet(kind: PeriodKind, desk: Desk) -> bytes:
    from antenne.print.closing import render_period

    closed = [one for one in periods.read_periods(desk).closed if one.kind is kind]
    return render_period(periods.read_period_sheet(desk, Period(kind, closed[0].first_day)), desk.office)


CAPTURES = (
    Capture("caisse-jour", partial(_at, "day")),
    Capture("caisse-compter", partial(_at, "day/close"), _count),
    Capture("caisse-verifier", partial(_at, "day/close"), _review),
    Capture("caisse-journees", partial(_at, "day/days")),
    Capture("caisse-fin-de-mois", partial(_at, "day/months")),
    Capture("caisse-souches", partial(_at, "day/stubs")),
)

PAPERS = (
    PaperCapture("feuille-de-cloture", _day_sheet),
    PaperCapture("feuille-de-mois", partial(_period_sheet, PeriodKind.MONTH)),
)
