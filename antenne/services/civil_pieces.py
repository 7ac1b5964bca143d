"""The pieces of a civil file: received, described, added by hand, given back; at every step, closed files included."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import civil_rules as rules
from antenne.domain.audit import FieldChange
from antenne.domain.changes import Done
from antenne.domain.civil import CivilPiece
from antenne.domain.text import clean_line
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.civil import FilePage, changed
from antenne.services.desk import Desk
from antenne.wording import formats

MOST_LABEL = 120
_ORIGINAL = {True: "original", False: "copie"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivePiece:
    """One key: the piece is here today; the same key again takes back a slip of the same day."""

    request_id: str
    file_id: int
    piece_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribePiece:
    """When it came, whether it is the original, and a note such as « demandé à Tombouctou le 20/10 »."""

    request_id: str
    file_id: int
    piece_id: int
    received_on: dt.date | None
    original: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPiece:
    """One more piece, that no checklist asked for."""

    request_id: str
    file_id: int
    label: str
    note: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnPiece:
    """The piece is given back."""

    request_id: str
    file_id: int
    piece_id: int
    on: dt.date
    to_whom: str


def receive_piece(desk: Desk, command: ReceivePiece) -> Done[FilePage]:
    """The piece came today, or came back; received today already: the slip is taken back.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.unknown``, ``civil.piece_unknown``.
    """

    def change(uow: UnitOfWork, page: FilePage) -> tuple[FieldChange, ...]:
        piece = _piece(page, command.piece_id)
        slip = piece.came and piece.received_on == desk.today
        day = None if slip else piece.received_on if piece.came else desk.today
        return _put(uow, page, piece, replace(piece, received_on=day, returned_on=None, returned_to=""))

    return changed(desk, command.file_id, command.request_id, "civil.piece", change)


def describe_piece(desk: Desk, command: DescribePiece) -> Done[FilePage]:
    """Change what is known of a piece.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.unknown``, ``civil.piece_unknown``, ``civil.future``, ``civil.piece_returned`` (it was
            given back: only its note changes).
    """

    def change(uow: UnitOfWork, page: FilePage) -> tuple[FieldChange, ...]:
        piece = _piece(page, command.piece_id)
        day = command.received_on
        if day is not None and day > desk.today:
            raise RulesBroken(Violation("civil.future", "received_on", (("day", day),)))
        if piece.returned_on is not None and day != piece.received_on:
            raise RulesBroken(Violation("civil.piece_returned", "received_on", (("day", piece.returned_on),)))
        after = replace(piece, received_on=day, original=command.original, note=clean_line(command.note))
        return _put(uow, page, piece, after)

    return changed(desk, command.file_id, command.request_id, "civil.piece", change)


def add_piece(desk: Desk, command: AddPiece) -> Done[FilePage]:
    """Add a piece by hand.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.unknown``, ``civil.piece_label``, ``civil.piece_twice``.
    """

    def change(uow: UnitOfWork, page: FilePage) -> tuple[FieldChange, ...]:
        label = clean_line(command.label)
        if not label or len(label) > MOST_LABEL:
            raise RulesBroken(Violation("civil.piece_label", "label", (("most", MOST_LABEL),)))
        if any(piece.label.casefold() == label.casefold() for piece in page.pieces):
            raise RulesBroken(Violation("civil.piece_twice", "label"))
        made = CivilPiece(label=label, note=clean_line(command.note), required=command.required)
        uow.civil.put_pieces(page.file.id, (*page.pieces, made))
        return (FieldChange("Pièce", "", label),)

    return changed(desk, command.file_id, command.request_id, "civil.piece_added", change)


def return_piece(desk: Desk, command: ReturnPiece) -> Done[FilePage]:
    """Give a piece back: to whom, when.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.unknown``, ``civil.piece_unknown``; from ``civil.check_return``.
    """

    def change(uow: UnitOfWork, page: FilePage) -> tuple[FieldChange, ...]:
        piece = _piece(page, command.piece_id)
        broken = rules.check_return(piece, command.on, command.to_whom, desk.today)
        if broken:
            raise RulesBroken(*broken)
        after = replace(piece, returned_on=command.on, returned_to=clean_line(command.to_whom))
        return _put(uow, page, piece, after)

    return changed(desk, command.file_id, command.request_id, "civil.piece_returned", change)


def _piece(page: FilePage, piece_id: int) -> CivilPiece:
    found = next((piece for piece in page.pieces if piece.id == piece_id), None)
    if found is None:
        raise RulesBroken(Violation("civil.piece_unknown"))
    return found


def _put(uow: UnitOfWork, page: FilePage, before: CivilPiece, after: CivilPiece) -> tuple[FieldChange, ...]:
    uow.civil.put_pieces(page.file.id, tuple(after if piece.id == after.id else piece for piece in page.pieces))
    return (FieldChange(before.label, piece_words(before), piece_words(after)),)


def piece_words(piece: CivilPiece) -> str:
    """Where a piece is, for the Historique: « original reçu le 17/10/2026 · rendu le 20/11/2026 à Awa Koné »."""
    said = []
    if piece.received_on is not None:
        said.append(f"{_ORIGINAL[piece.original]} du {formats.day(piece.received_on)}")
    if piece.returned_on is not None:
        said.append(f"rendu le {formats.day(piece.returned_on)} à {piece.returned_to}")
    if piece.note:
        said.append(piece.note)
    return " · ".join(said) or "manque"
