"""French words of the civil papers; dates in letters where the law wants them."""

from __future__ import annotations

import datetime as dt
from typing import Final

from antenne.domain.births import Birth, Precision
from antenne.domain.civil import CivilEvent, CivilFile, CivilPiece, EventKind, Sex
from antenne.domain.civil_faces import FileFace, FilePaper
from antenne.domain.civil_routes import Result, Route, Step, nature_of
from antenne.domain.civil_trips import Purpose, TripResult
from antenne.wording import civil, formats
from antenne.wording.formats import MONTHS, NBSP

BLANK: Final = ""
"""What a draft does not know: the drawing leaves a line to fill by hand."""

TITLES: Final[dict[FilePaper, str]] = {
    FilePaper.DEPOSIT: "Récépissé",
    FilePaper.MISSING: "Pièces à apporter",
    FilePaper.REQUEST: "Requête",
    FilePaper.WITNESSES: "Fiche des témoins",
    FilePaper.HONOUR: "Déclaration sur l’honneur",
    FilePaper.HANDOVER: "Décharge de remise",
}
"""Title of the PDF and head of its preview: they name no one."""

FILE_NAMES: Final[dict[FilePaper, str]] = {
    FilePaper.DEPOSIT: "recepisse.pdf",
    FilePaper.MISSING: "pieces.pdf",
    FilePaper.REQUEST: "requete.pdf",
    FilePaper.WITNESSES: "temoins.pdf",
    FilePaper.HONOUR: "declaration.pdf",
    FilePaper.HANDOVER: "decharge.pdf",
}
TRIP_TITLE: Final = "Liste de tournée"
TRIP_FILE_NAME: Final = "tournee.pdf"
WARN_TITLE: Final = "Personnes à prévenir"
WARN_FILE_NAME: Final = "a-prevenir.pdf"

PURPOSES: Final[dict[Purpose, str]] = {
    Purpose.FILE: "À déposer",
    Purpose.HEAR: "Audiences",
    Purpose.FETCH: "À retirer, à suivre",
    Purpose.OTHER: "Autres",
}
RESULTS: Final[dict[TripResult, str]] = {
    TripResult.FILED: "Déposé",
    TripResult.HEARING: "Audience fixée",
    TripResult.POSTPONED: "Renvoyée",
    TripResult.DELIBERATION: "En délibéré",
    TripResult.JUDGED: "Jugement rendu",
    TripResult.TRANSCRIBED: "Transcrit",
    TripResult.RECEIVED: "Papier reçu",
    TripResult.REJECTED: "Rejeté",
    TripResult.NOTE: "Rien de fait",
}

_PAPERS_GIVEN: Final[dict[Result, str]] = {
    Result.BIRTH_ACT: "l’acte de naissance (volet n°\u00a03)",
    Result.COPY: "la copie d’acte",
    Result.IDENTITY_CARD: "la carte d’identité",
    Result.NINA: "la fiche NINA",
    Result.OTHER: "le papier demandé",
}
_CODE: Final = "de la loi n°\u00a02011-087 du 30 décembre 2011 portant Code des personnes et de la famille"


def letters(value: int) -> str:
    """A number of a date in letters: « vingt et un »; « mille neuf cent quatre-vingt », where it is a rank."""
    from num2words import num2words

    words = str(num2words(value, lang="fr"))
    return words.removesuffix("s") if words.endswith(("cents", "quatre-vingts")) else words


def date_in_letters(day: dt.date) -> str:
    """« le deux février deux mille vingt et un », « le premier mars mille neuf cent quatre-vingt »."""
    number = "premier" if day.day == 1 else letters(day.day)
    return f"le {number} {MONTHS[day.month - 1]} {letters(day.year)}"


def birth_in_letters(birth: Birth) -> str:
    """The date of a birth as a judgment needs it, as precise as it is known; empty where no year is known."""
    when = birth.value
    if when is None:
        return BLANK
    if birth.precision is Precision.DAY:
        return date_in_letters(when)
    if birth.precision is Precision.MONTH:
        return f"en {MONTHS[when.month - 1]} {letters(when.year)}"
    return f"en {letters(when.year)}" if birth.precision is Precision.YEAR else f"vers {letters(when.year)}"


def born(file: CivilFile) -> str:
    """« née », « né », « né(e) »."""
    return {Sex.FEMALE: "née", Sex.MALE: "né"}.get(file.sex, "né(e)") if file.sex else "né(e)"


def sex(file: CivilFile) -> str:
    """« féminin », « masculin », or a line to fill."""
    return BLANK if file.sex is None else civil.SEXES[file.sex]


def paper_given(route: Route) -> str:
    """What the file gives: « l’acte de naissance (volet n° 3) »."""
    return _PAPERS_GIVEN[route.result]


def request_subject(route: Route) -> str:
    """« demande de jugement supplétif d’acte de naissance »; other démarches of a court by their own name."""
    if nature_of(route).late:
        return "demande de jugement supplétif d’acte de naissance"
    if route.key == "rectification":
        return "demande de rectification d’un acte de naissance"
    return f"demande{NBSP}: {route.label[:1].lower()}{route.label[1:]}"


def request_asks(route: Route) -> str:
    """What the president of the court is asked for (art. 133: dnec.gouv.ml, « Jugements supplétifs »)."""
    if nature_of(route).late:
        law = f"en application de l’article 133 {_CODE}"
        return f"de bien vouloir prononcer, {law}, un jugement supplétif d’acte de naissance"
    if route.key == "rectification":
        return "de bien vouloir ordonner la rectification de l’acte de naissance"
    return f"de bien vouloir donner suite à ma {request_subject(route)}"


def form_of(piece: CivilPiece) -> str:
    """« original », « copie »."""
    return "original" if piece.original else "copie"


def made_at(face: FileFace) -> str:
    """« Fait à Sévaré, le 23 novembre 2026 »."""
    where = f"Fait à {face.town}, le " if face.town else "Fait le "
    return f"{where}{formats.long_day(face.today)}"


def phone(number: str, owner: str, *, message: bool | None) -> str:
    """« 76 12 34 56 (partagé, sans message) »."""
    return f"{number} ({owner}, {'message possible' if message else 'sans message'})"


def result(event: CivilEvent, route: Route) -> str:
    """What came of a file on a trip: « Renvoyée au 12/12/2026 », « Jugement n° 412 »."""
    parts = [_what(event, route)]
    if event.number:
        parts.append(f"n°{NBSP}{event.number}")
    if event.until is not None:
        parts.append(f"au {formats.day(event.until)}")
    if event.words:
        parts.append(f"({event.words})")
    return " ".join(parts)


def _what(event: CivilEvent, route: Route) -> str:
    if event.kind is EventKind.STEP and event.step is not None:
        return "Audience" if event.step is Step.HEARING else civil.step(event.step, route)
    return civil.EVENTS[event.kind]
