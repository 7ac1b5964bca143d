"""The places of this area that ``captures`` draws from the demonstration office, and its papers."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from antenne.base.problems import Problem
from antenne.domain.board import Target
from antenne.domain.listening import Answer
from antenne.domain.protection_trends import Axis
from antenne.domain.stories import Stage, stage
from antenne.services import incidents, listening_reading, minors, stories
from antenne.services.listening_reading import SessionQuery
from antenne.ui.kit.area import Capture, PaperCapture, Screen
from antenne.ui.listening.keys import KEY
from antenne.ui.listening.reading import to_follow

if TYPE_CHECKING:
    from antenne.services.desk import Desk


def _place(action: str, _desk: Desk) -> Target:
    return Target(KEY, action=action)


def _session(desk: Desk) -> Target:
    """The latest talk that sends her somewhere, else the list."""
    found = to_follow(desk)
    return Target(KEY, action=f"session/{found[-1].session_id}" if found else "sessions")


def _incident(desk: Desk) -> Target:
    """The newest incident: its hours still run on the day after the records."""
    found = incidents.list_incidents(desk)
    return Target(KEY, action=f"incident/{found[0].id}" if found else "incidents")


def _minor(desk: Desk) -> Target:
    """A minor who refuses LAKANA SO: the responsable decides."""
    found = minors.list_minors(desk)
    waiting = [one for one in found if one.record.awaits_decision] or list(found)
    return Target(KEY, action=f"minor/{waiting[0].id}" if waiting else "minors")


def _woman(desk: Desk) -> Target:
    """The page of a woman who was listened to."""
    lines = listening_reading.list_sessions(desk, SessionQuery()).lines
    person_id = next((line.person_id for line in lines if line.person_id is not None), None)
    return Target("members", person_id)


def _her(desk: Desk) -> Target:
    """The page of rights of a woman who was listened to."""
    return Target(KEY, _woman(desk).id, action="her")


def _ask_erasing(screen: Screen) -> None:
    from antenne.ui.listening.rights_page import RightsPage
    from antenne.ui.listening.screen import ListeningScreen

    assert isinstance(screen, ListeningScreen)
    if isinstance(screen.page, RightsPage):
        screen.page.erase_all()


def _show_forget(screen: Screen) -> None:
    from antenne.ui.listening.rights_page import RightsPage
    from antenne.ui.listening.screen import ListeningScreen

    assert isinstance(screen, ListeningScreen)
    if isinstance(screen.page, RightsPage):
        screen.page.show_forget()


def _held(sealed: int, desk: Desk) -> bytes:
    from antenne.domain.her_rights import Her
    from antenne.ui.listening.rights_page import render_paper

    return render_paper(desk, Her(_woman(desk).id), bool(sealed))


def _story(desk: Desk) -> Target:
    """One that two others have read: it may leave."""
    found = [one for one in stories.list_stories(desk) if stage(one.record, desk.today) is Stage.READ]
    return Target(KEY, action=f"story/{found[0].id}" if found else "stories")


def _leaving(screen: Screen) -> None:
    """A crossing and incidents one by one, as they are shown before they leave."""
    from antenne.ui.listening.screen import ListeningScreen
    from antenne.ui.listening.trends_panel import TrendsPanel

    assert isinstance(screen, ListeningScreen)
    if isinstance(screen.panel, TrendsPanel):
        screen.panel.show_leaving()


def _step(number: int, screen: Screen) -> None:
    from antenne.ui.listening.screen import ListeningScreen
    from antenne.ui.listening.sealed_page import SealedPage
    from antenne.ui.listening.session_page import SessionPage

    assert isinstance(screen, ListeningScreen)
    if isinstance(screen.page, SealedPage | SessionPage):
        screen.page.view.go(number)


def _plan(screen: Screen) -> None:
    from antenne.ui.listening.incident_page import IncidentPage
    from antenne.ui.listening.screen import ListeningScreen

    assert isinstance(screen, ListeningScreen)
    if isinstance(screen.page, IncidentPage):
        screen.page.ask_plan()


def _slip(desk: Desk) -> bytes:
    """The slip of a talk's referral, with a code of the demonstration.

    Raises:
        Problem: ``cli.old_demo``: an older program made this office, without what is drawn today.
    """
    from dataclasses import replace

    from antenne.domain.listening import ListeningSession
    from antenne.services.compartment import kept_of
    from antenne.ui.listening.slips import render_referral

    rows = (row for one in kept_of(desk, ListeningSession) for row in one.record.referrals)
    row = next((one for one in rows if one.answer is Answer.REFERRED and one.structure), None)
    if row is None:
        raise Problem("cli.old_demo")
    return render_referral(desk, replace(row, code=row.code or "K7Q2MX"))


def _alerts(desk: Desk) -> bytes:
    from antenne.ui.listening.alerts_panel import render_alerts

    return render_alerts(desk)


CAPTURES: tuple[Capture, ...] = (
    Capture("ecoutes", partial(_place, "sessions/all")),
    Capture("ecoutes-a-suivre", partial(_place, "sessions/follow")),
    Capture("ecoutes-rendez-vous", partial(_place, "sessions/next")),
    Capture("ecoute-nouvelle", partial(_place, "session/new")),
    Capture("ecoute", _session, partial(_step, 2)),
    Capture("ecoute-orientations", _session, partial(_step, 4)),
    Capture("ecoute-accord", _session, partial(_step, 7)),
    Capture("ecoute-femme", _woman),
    Capture("incidents", partial(_place, "incidents")),
    Capture("incident", _incident),
    Capture("incident-type", _incident, partial(_step, 2)),
    Capture("incident-services", _incident, partial(_step, 4)),
    Capture("incident-plan", _incident, _plan),
    Capture("mineures", partial(_place, "minors")),
    Capture("mineure", _minor),
    Capture("ecoutes-sante-aides", partial(_place, "care")),
    Capture("ecoutes-test", partial(_place, "hiv_test/new")),
    Capture("ecoutes-sortie", partial(_place, "outing/new")),
    Capture("ecoutes-a-classer", partial(_place, "deposits")),
    Capture("ecoutes-note", partial(_place, "note")),
    Capture("ecoutes-alertes", partial(_place, "alerts")),
    Capture("ecoutes-alerte", partial(_place, "alert/new")),
    Capture("partenaires", partial(_place, "partners")),
    Capture("recits", partial(_place, "stories")),
    Capture("recit", _story, partial(_step, 2)),
    Capture("recit-accord", _story, partial(_step, 1)),
    Capture("tendances", partial(_place, "trends")),
    Capture("tendances-envoi", partial(_place, "trends"), _leaving),
    Capture("lectures", partial(_place, "readings")),
    Capture("ses-droits", partial(_place, "rights")),
    Capture("ses-droits-page", _her),
    Capture("ses-droits-effacer", _her, _ask_erasing),
    Capture("ses-droits-oublier", _her, _show_forget),
    Capture("durees-de-garde", partial(_place, "retention")),
)


def _crossing(desk: Desk) -> bytes:
    """Every incident since 2024 by type and place, as it would leave."""
    from antenne.print.crossing import render_crossing
    from antenne.services import protection_trends as trends

    command = trends.SendCrossing(
        request_id="capture", recipient="Bailleur", down=Axis.LOCAL_TYPE, across=Axis.COMMUNE,
        first=dt.date(desk.today.year - 2, 1, 1), last=desk.today,
    )  # fmt: skip
    return trends.draw_crossing(desk, trends.prepare_crossing(desk, command), render_crossing)


def _paper_story(desk: Desk) -> bytes:
    from antenne.print.story import render_story

    one = next(one.record for one in stories.list_stories(desk) if one.record.validated_on is not None)
    return render_story(one.title, one.text, desk.office)


PAPERS: tuple[PaperCapture, ...] = (
    PaperCapture("fiche-orientation", _slip),
    PaperCapture("alertes-a-lire", _alerts),
    PaperCapture("tableau-croise", _crossing),
    PaperCapture("recit-imprime", _paper_story),
    PaperCapture("ce-qui-est-garde-fiche", partial(_held, 0)),
    PaperCapture("ce-qui-est-garde-tout", partial(_held, 1)),
)
