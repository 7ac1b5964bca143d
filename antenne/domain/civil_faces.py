"""What the civil papers show: records only; ``print/civil*.py`` draws them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from antenne.domain.civil import CivilFile, CivilPiece, Father
from antenne.domain.civil_routes import Place, Route, Step
from antenne.domain.civil_rules import missing_pieces
from antenne.domain.civil_trips import Purpose


class FilePaper(Enum):
    """A paper made from one file."""

    DEPOSIT = "deposit"
    REQUEST = "request"
    WITNESSES = "witnesses"
    MISSING = "missing"
    HONOUR = "honour"
    HANDOVER = "handover"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFace:
    """One file, as its papers need it.

    Attributes:
        file: Its answers.
        route: Its démarche.
        step: Where it stands.
        pieces: Its checklist.
        requester: The woman who asks, « KONÉ Awa ».
        place: Court or town hall in words, or empty.
        birth_place: In words.
        link: What the declarant is to the child, in words.
        today: The day of the paper.
        town: Where it is made.
        judgment: Number of the judgment or of the act that came, or empty.
        handed_to: Who received the paper, with what piece, or empty.
        handed_on: When, or None.
    """

    file: CivilFile
    route: Route
    step: Step
    pieces: tuple[CivilPiece, ...]
    requester: str
    place: str = ""
    birth_place: str = ""
    link: str = ""
    today: dt.date
    town: str
    judgment: str = ""
    handed_to: str = ""
    handed_on: dt.date | None = None

    @property
    def name(self) -> str:
        """Name on the act, « TRAORÉ Ibrahim »."""
        return f"{self.file.last_name.upper()} {self.file.first_name}".strip()

    @property
    def here(self) -> tuple[CivilPiece, ...]:
        """Pieces that lie at the office."""
        return tuple(piece for piece in self.pieces if piece.is_here)

    @property
    def missing(self) -> tuple[CivilPiece, ...]:
        """Required pieces that never came."""
        return missing_pieces(self.pieces)


def papers_offered(route: Route, step: Step, file: CivilFile, pieces: Sequence[CivilPiece]) -> tuple[FilePaper, ...]:
    """Which papers make sense for a file now, in the order of its way."""
    witnesses = {piece.code for piece in route.pieces if piece.witnesses}
    held = {
        FilePaper.DEPOSIT: any(piece.is_here for piece in pieces),
        FilePaper.MISSING: bool(missing_pieces(pieces)) and step in {Step.OPENED, Step.PIECES_READY},
        FilePaper.REQUEST: route.place is Place.COURT,
        FilePaper.WITNESSES: any(piece.required and piece.code in witnesses for piece in pieces),
        FilePaper.HONOUR: file.mother_has_act is False,
        FilePaper.HANDOVER: step in {Step.RECEIVED, Step.HANDED},
    }
    return tuple(paper for paper, offered in held.items() if offered)


class FatherOnPaper(Enum):
    """How the father stands on a draft: his name only where filiation is established (rules: État civil)."""

    NAMED = "named"
    BLANK = "blank"
    LEFT_OUT = "left_out"


def father_on_paper(file: CivilFile) -> FatherOnPaper:
    """Born in wedlock or recognised: named, or a line to fill; else left out; a line where it was not asked."""
    if file.in_wedlock or file.recognised:
        return FatherOnPaper.NAMED if file.father_name.strip() else FatherOnPaper.BLANK
    asked = file.in_wedlock is not None and file.recognised is not None
    if asked or file.father in {Father.UNKNOWN, Father.UNDECLARED}:
        return FatherOnPaper.LEFT_OUT
    return FatherOnPaper.BLANK


@dataclass(frozen=True, slots=True, kw_only=True)
class TripRow:
    """One file of a trip's list: no more than is needed there.

    Attributes:
        number: Of the file.
        name: On the act.
        step: In words.
        reference: Number of the filing or hearing, or empty.
        hearing_on: Day that is awaited, or None.
        missing: Pieces still missing, in words.
        result: What came of it, in words, or empty: room to write.
    """

    number: str
    name: str
    step: str
    reference: str = ""
    hearing_on: dt.date | None = None
    missing: tuple[str, ...] = ()
    result: str = ""


@dataclass(frozen=True, slots=True)
class TripGroup:
    """The files of one place that go there for the same thing."""

    place: str
    purpose: Purpose
    rows: tuple[TripRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TripFace:
    """A trip's list on paper."""

    on: dt.date
    place: str
    words: str
    groups: tuple[TripGroup, ...]

    @property
    def count(self) -> int:
        """Files in all."""
        return sum(len(group.rows) for group in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class WarnRow:
    """One woman to warn.

    Attributes:
        name: « KONÉ Awa ».
        phones: Those on which she may be called, as shown, each with « message » or « sans message ».
        may_call: False: she is not to be called; somebody goes to her, or waits for her.
        files: Numbers of her files, with the name on the act.
        witnesses: As the file names them.
    """

    name: str
    phones: tuple[str, ...]
    may_call: bool
    files: tuple[str, ...]
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WarnFace:
    """Whom to warn before a trip."""

    on: dt.date
    place: str
    rows: tuple[WarnRow, ...]
