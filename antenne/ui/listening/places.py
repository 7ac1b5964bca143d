"""The tabs and pages of the area: one line each; nothing is imported before it is seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antenne.base.problems import Problem
from antenne.domain.rights import Right
from antenne.services.shelter_state import is_sheltered
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import ClosedCard
from antenne.ui.listening.keys import RESERVED, TITLE
from antenne.ui.listening.record_page import RecordPage
from antenne.wording import problems


@dataclass(frozen=True, slots=True)
class Panel:
    """One tab: first word of a target's action, its label, its screen, the right that it needs besides the area's."""

    key: str
    label: str
    make: Callable[[Context], Screen]
    right: Right = Right.COMPARTMENT


def may(context: Context, panel: Panel) -> bool:
    """Whether the tab is there."""
    return context.desk.may(panel.right)


def _sessions(context: Context) -> Screen:
    from antenne.ui.listening.sessions_panel import SessionsPanel

    return SessionsPanel(context)


def _deposits(context: Context) -> Screen:
    from antenne.ui.listening.deposits_panel import DepositsPanel

    return DepositsPanel(context)


def _readings(context: Context) -> Screen:
    from antenne.ui.listening.readings_panel import ReadingsPanel

    return ReadingsPanel(context)


def _session(context: Context) -> RecordPage:
    from antenne.ui.listening.session_page import SessionPage

    return SessionPage(context)


PANELS: tuple[Panel, ...] = (
    Panel("sessions", "Écoutes", _sessions),
    Panel("deposits", "À classer", _deposits),
    Panel("readings", "Lectures", _readings, Right.USERS),
)
"""In the order of the day's work."""

PAGES: Mapping[str, Callable[[Context], RecordPage]] = {"session": _session}
"""First word of a target's action → the page of such a record."""

NEW: Mapping[str, str] = {"session": "session/new"}
"""Where Ctrl+N leads over a page."""


def closed_page(context: Context) -> QWidget:
    """The padlock; while the office is « à l’abri » it says so, to those who would have the right."""
    sentence = RESERVED
    if context.desk.may(Right.COMPARTMENT):
        sentence = problems.sentence(Problem("sealed.sheltered" if is_sheltered(context.desk) else "sealed.no_key"))
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(5 * t.SPACE + 2, 5 * t.SPACE, 5 * t.SPACE + 2, 5 * t.SPACE)
    column.addWidget(ClosedCard(TITLE, sentence))
    column.addStretch(1)
    return page
