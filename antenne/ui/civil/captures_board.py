"""The places and papers of board and trips that ``captures`` draws from the demonstration office."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from antenne.domain.board import Target
from antenne.domain.civil_faces import FilePaper
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import civil_printing
from antenne.ui.civil.board_words import KEY
from antenne.ui.kit.area import Capture, PaperCapture

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_FILES = {
    FilePaper.DEPOSIT: "SELECT file_id FROM civil_piece WHERE paper = 1 AND received_on IS NOT NULL"
    " AND returned_on IS NULL GROUP BY file_id ORDER BY count(*) DESC, file_id LIMIT 1",
    FilePaper.MISSING: "SELECT f.id FROM civil_file f JOIN civil_piece p ON p.file_id = f.id WHERE p.required = 1"
    " AND p.received_on IS NULL AND f.closed = 0 GROUP BY f.id ORDER BY count(*) DESC, f.id LIMIT 1",
    FilePaper.REQUEST: "SELECT id FROM civil_file WHERE route_key = 'late_judgment' ORDER BY closed, id DESC LIMIT 1",
    FilePaper.WITNESSES: "SELECT id FROM civil_file WHERE witnesses <> ''"
    " AND route_key = 'late_judgment' ORDER BY closed, id DESC LIMIT 1",
    FilePaper.HONOUR: "SELECT id FROM civil_file WHERE mother_has_act = 0 ORDER BY closed, id DESC LIMIT 1",
    FilePaper.HANDOVER: "SELECT id FROM civil_file WHERE step IN ('received', 'handed')"
    " ORDER BY closed, id DESC LIMIT 1",
}
_TRIP = (
    "SELECT t.id FROM civil_trip t JOIN civil_trip_file f ON f.trip_id = t.id GROUP BY t.id"
    " ORDER BY t.closed_on IS NOT NULL, count(*) DESC, t.id LIMIT 1"
)
_NAMES = {
    FilePaper.DEPOSIT: "etat-civil-recepisse",
    FilePaper.MISSING: "etat-civil-pieces",
    FilePaper.REQUEST: "etat-civil-requete",
    FilePaper.WITNESSES: "etat-civil-temoins",
    FilePaper.HONOUR: "etat-civil-honneur",
    FilePaper.HANDOVER: "etat-civil-decharge",
}


def _place(action: str, _desk: Desk) -> Target:
    return Target(KEY, action=action)


def _first(desk: Desk, query: str) -> int | None:
    with desk.read() as uow:
        found = uow.rows(query)
    return found[0][0] if found else None


def _trip(desk: Desk) -> Target:
    return Target(KEY, _first(desk, _TRIP), action="trips")


def _file_paper(paper: FilePaper, desk: Desk) -> bytes:
    from antenne.print.civil import RENDERERS

    file_id = _first(desk, _FILES[paper])
    if file_id is None:
        raise RulesBroken(Violation("civil.unknown"))
    return civil_printing.render_paper(desk, file_id, RENDERERS[paper])


def _trip_id(desk: Desk) -> int:
    trip_id = _first(desk, _TRIP)
    if trip_id is None:
        raise RulesBroken(Violation("civil.trip_unknown"))
    return trip_id


def _trip_paper(desk: Desk) -> bytes:
    from antenne.print.civil_trips import render_trip

    return civil_printing.render_trip(desk, _trip_id(desk), render_trip)


def _warn_paper(desk: Desk) -> bytes:
    from antenne.print.civil_trips import render_warn

    return civil_printing.render_warn(desk, _trip_id(desk), render_warn)


CAPTURES = (
    Capture("etat-civil-tableau", partial(_place, "board/board")),
    Capture("etat-civil-liste", partial(_place, "board/list")),
    Capture("etat-civil-enfants", partial(_place, "board/list/children")),
    Capture("etat-civil-bilan", partial(_place, "board/overview")),
    Capture("tournee", _trip),
    Capture("tournee-nouvelle", partial(_place, "trips/new")),
)

PAPERS = (
    *(PaperCapture(name, partial(_file_paper, paper)) for paper, name in _NAMES.items()),
    PaperCapture("tournee-liste", _trip_paper),
    PaperCapture("tournee-prevenir", _warn_paper),
)
