"""The tabs and pages of the area: one line each; nothing is imported before it is seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antenne.base.problems import Problem
from antenne.domain.forms.sealed_short import KINDS as SHORT_KINDS
from antenne.domain.rights import Right
from antenne.services.shelter_state import is_sheltered
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import ClosedCard
from antenne.ui.kit.tabbed import Panel
from antenne.ui.listening.keys import RESERVED, TITLE
from antenne.ui.listening.record_page import RecordPage
from antenne.wording import problems


def _sessions(context: Context) -> Screen:
    from antenne.ui.listening.sessions_panel import SessionsPanel

    return SessionsPanel(context)


def _incidents(context: Context) -> Screen:
    from antenne.ui.listening.incidents_panel import IncidentsPanel

    return IncidentsPanel(context)


def _minors(context: Context) -> Screen:
    from antenne.ui.listening.minors_panel import MinorsPanel

    return MinorsPanel(context)


def _care(context: Context) -> Screen:
    from antenne.ui.listening.care_panel import CarePanel

    return CarePanel(context)


def _alerts(context: Context) -> Screen:
    from antenne.ui.listening.alerts_panel import AlertsPanel

    return AlertsPanel(context)


def _partners(context: Context) -> Screen:
    from antenne.ui.listening.partners_panel import PartnersPanel

    return PartnersPanel(context)


def _trends(context: Context) -> Screen:
    from antenne.ui.listening.trends_panel import TrendsPanel

    return TrendsPanel(context)


def _stories(context: Context) -> Screen:
    from antenne.ui.listening.stories_panel import StoriesPanel

    return StoriesPanel(context)


def _deposits(context: Context) -> Screen:
    from antenne.ui.listening.deposits_panel import DepositsPanel

    return DepositsPanel(context)


def _readings(context: Context) -> Screen:
    from antenne.ui.listening.readings_panel import ReadingsPanel

    return ReadingsPanel(context)


def _rights(context: Context) -> Screen:
    from antenne.ui.listening.rights_panel import RightsPanel

    return RightsPanel(context)


def _retention(context: Context) -> Screen:
    from antenne.ui.listening.retention_panel import RetentionPanel

    return RetentionPanel(context)


def _her(context: Context) -> RecordPage:
    from antenne.ui.listening.rights_page import RightsPage

    return RightsPage(context)


def _session(context: Context) -> RecordPage:
    from antenne.ui.listening.session_page import SessionPage

    return SessionPage(context)


def _incident(context: Context) -> RecordPage:
    from antenne.ui.listening.incident_page import IncidentPage

    return IncidentPage(context)


def _minor(context: Context) -> RecordPage:
    from antenne.ui.listening.minor_page import MinorPage

    return MinorPage(context)


def _story(context: Context) -> RecordPage:
    from antenne.ui.listening.story_page import StoryPage

    return StoryPage(context)


def _alert(context: Context) -> RecordPage:
    from antenne.ui.listening.alert_page import AlertPage

    return AlertPage(context)


def _partner(context: Context) -> RecordPage:
    from antenne.ui.listening.partners_panel import PartnerPage

    return PartnerPage(context)


def _short(key: str, context: Context) -> RecordPage:
    from antenne.ui.listening.short_page import PAGES as SHORT_PAGES

    return SHORT_PAGES[key](context)


PANELS: tuple[Panel, ...] = (
    Panel("sessions", "Écoutes", _sessions),
    Panel("incidents", "Incidents", _incidents),
    Panel("minors", "Mineures", _minors),
    Panel("care", "Santé, aides", _care),
    Panel("stories", "Récits", _stories),
    Panel("deposits", "À classer", _deposits),
    Panel("alerts", "Alertes", _alerts),
    Panel("partners", "Partenaires", _partners),
    Panel("trends", "Tendances", _trends, frozenset({Right.USERS})),
    Panel("readings", "Lectures", _readings, frozenset({Right.USERS})),
    Panel("rights", "Droits", _rights),
    Panel("retention", "Durées", _retention, frozenset({Right.ERASE_PERSONS})),
)
"""In the order of the day's work."""

PAGES: Mapping[str, Callable[[Context], RecordPage]] = {
    "session": _session,
    "incident": _incident,
    "minor": _minor,
    "story": _story,
    "alert": _alert,
    "partner": _partner,
    "her": _her,
    **{key: partial(_short, key) for key in SHORT_KINDS},
}
"""First word of a target's action → the page of such a record."""

NEW: Mapping[str, str] = {key: f"{key}/new" for key in PAGES}
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
