"""Civil files: rows to records and back; lists and boards read the columns folded from the events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from antenne.db.models.base import Base, table_of
from antenne.db.models.civil import (
    CivilEventModel,
    CivilFeeModel,
    CivilFileModel,
    CivilPieceModel,
    CivilRouteModel,
    CivilScanModel,
)
from antenne.db.repositories.civil_bodies import body_of, route_of
from antenne.domain.births import Birth, Precision
from antenne.domain.civil import CivilEvent, CivilFee, CivilFile, CivilPiece, EventKind, Father, Payer, Sex
from antenne.domain.civil_routes import Beneficiary, Route, Step
from antenne.domain.civil_standing import Standing
from antenne.domain.text import fold

_SAME = (
    "number", "route_key", "route_version", "opened_on", "requester_id", "person_id", "last_name", "first_name",
    "birth_place", "twin", "born_at_home", "attended_by", "mother_name", "mother_has_act", "foreign_mother", "orphan",
    "in_wedlock", "father_name", "recognised", "declarant", "declarant_link", "declarant_paper", "declarant_phone",
    "witnesses", "late_reason", "school_class", "school", "has_act", "nina", "place", "register_ref",
)  # fmt: skip
_PIECE = (
    "code", "label", "required", "alternative", "received_on", "original", "returned_on", "returned_to", "note",
    "paper",
)  # fmt: skip
_FORGOTTEN = (
    "birth_place", "attended_by", "mother_name", "father_name", "declarant", "declarant_link", "declarant_paper",
    "declarant_phone", "witnesses", "late_reason", "school", "nina", "register_ref",
)  # fmt: skip
"""Words of a file that name, or could name, whom it is about."""
_FEE = ("label", "amount", "on", "receipt_id", "expense_id")
_EVENT = (
    "on", "written_at", "actor_id", "until", "place", "number", "words", "to_whom", "how", "left_key",
    "left_version",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownChild:
    """A file that may be about the same child."""

    file_id: int
    number: str
    name: str
    birth: dt.date | None
    mother_name: str


@dataclass(frozen=True, slots=True)
class WholeFile:
    """A file with everything under it, for writing many at once; each record carries its id."""

    file: CivilFile
    now: Standing
    events: tuple[CivilEvent, ...]
    pieces: tuple[CivilPiece, ...]
    fees: tuple[CivilFee, ...]


class CivilRepository:
    """Files with their events, pieces and fees."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def routes(self) -> tuple[Route, ...]:
        """Every version of every démarche, in the order of the list."""
        query = select(CivilRouteModel).order_by(CivilRouteModel.position, CivilRouteModel.version)
        return tuple(route_of(row) for row in self._session.scalars(query))

    def route(self, key: str, version: int) -> Route | None:
        """One version of one démarche."""
        row = self._session.get(CivilRouteModel, (key, version))
        return None if row is None else route_of(row)

    def put_route(self, route: Route, position: int) -> None:
        """Write a version of a démarche; an earlier one is only ended, never changed."""
        self._session.merge(
            CivilRouteModel(
                key=route.key,
                version=route.version,
                since=route.since,
                until=route.until,
                position=position,
                body=body_of(route),
            )
        )
        self._session.flush()

    def add(self, file: CivilFile, now: Standing) -> int:
        """Write a new file; its id."""
        values = {**_values(file), **_folded(now)}
        result = self._session.execute(insert(CivilFileModel).returning(CivilFileModel.id), values)
        return int(result.scalar_one())

    def write(self, files: Sequence[WholeFile]) -> None:
        """Write many new files with all that is under them, under the ids that they carry."""
        known = [(one.file.id, one) for one in files]
        rows: tuple[tuple[type[Base], list[dict[str, Any]]], ...] = (
            (CivilFileModel, [{"id": key, **_values(one.file), **_folded(one.now)} for key, one in known]),
            (CivilEventModel, [_event_row(key, event) for key, one in known for event in one.events]),
            (
                CivilPieceModel,
                [_piece_row(key, place, piece) for key, one in known for place, piece in enumerate(one.pieces)],
            ),
            (CivilFeeModel, [_fee_row(key, fee) for key, one in known for fee in one.fees]),
        )
        for model, values in rows:
            if values:
                self._session.execute(insert(table_of(model)), values)

    def save(self, file: CivilFile) -> None:
        """Change the answers of a file."""
        self._session.execute(update(CivilFileModel).where(CivilFileModel.id == file.id).values(**_values(file)))

    def fold(self, file_id: int, now: Standing) -> None:
        """Write where a file stands, after an event."""
        self._session.execute(update(CivilFileModel).where(CivilFileModel.id == file_id).values(**_folded(now)))

    def get(self, file_id: int) -> CivilFile | None:
        """One file."""
        row = self._session.get(CivilFileModel, file_id, populate_existing=True)
        return None if row is None else _file(row)

    def by_number(self, number: str) -> int | None:
        """The id of a file by its number."""
        return self._session.scalar(select(CivilFileModel.id).where(CivilFileModel.number == number))

    def of_requester(self, person_id: int) -> tuple[int, ...]:
        """Files that a woman asked for, the newest first."""
        query = select(CivilFileModel.id).where(CivilFileModel.requester_id == person_id)
        return tuple(self._session.scalars(query.order_by(CivilFileModel.id.desc())))

    def same_child(self, file: CivilFile) -> tuple[KnownChild, ...]:
        """Open or ended files about a child of that name: suggested, never merged."""
        query = select(CivilFileModel).where(CivilFileModel.child_norm == _norm(file), CivilFileModel.id != file.id)
        rows = self._session.scalars(query.order_by(CivilFileModel.id).limit(20))
        return tuple(
            KnownChild(row.id, row.number, f"{row.first_name} {row.last_name}", row.birth_value, row.mother_name)
            for row in rows
        )

    def events(self, file_id: int) -> tuple[CivilEvent, ...]:
        """The journal, in the order in which it was written."""
        query = select(CivilEventModel).where(CivilEventModel.file_id == file_id).order_by(CivilEventModel.id)
        return tuple(_event(row) for row in self._session.scalars(query))

    def add_event(self, file_id: int, event: CivilEvent) -> int:
        """One more line of the journal; its id."""
        values = {name: getattr(event, name) for name in _EVENT}
        values |= {
            "file_id": file_id,
            "kind": event.kind.value,
            "step": None if event.step is None else event.step.value,
        }
        result = self._session.execute(insert(CivilEventModel).returning(CivilEventModel.id), values)
        return int(result.scalar_one())

    def pieces(self, file_id: int) -> tuple[CivilPiece, ...]:
        """The checklist, with how many pages of each are stored."""
        scans = (
            select(CivilScanModel.piece_id, func.count().label("pages"))
            .join(CivilPieceModel, CivilPieceModel.id == CivilScanModel.piece_id)
            .where(CivilPieceModel.file_id == file_id)
            .group_by(CivilScanModel.piece_id)
            .subquery()
        )
        query = (
            select(CivilPieceModel, scans.c.pages)
            .outerjoin(scans, scans.c.piece_id == CivilPieceModel.id)
            .where(CivilPieceModel.file_id == file_id)
            .order_by(CivilPieceModel.position, CivilPieceModel.id)
        )
        return tuple(_piece(row, pages or 0) for row, pages in self._session.execute(query))

    def piece(self, piece_id: int) -> tuple[int, CivilPiece] | None:
        """One piece and its file's id."""
        row = self._session.get(CivilPieceModel, piece_id)
        return None if row is None else (row.file_id, _piece(row, 0))

    def put_pieces(self, file_id: int, pieces: Sequence[CivilPiece]) -> None:
        """Write the checklist in this order: new pieces are added, known ones amended, none removed."""
        for position, piece in enumerate(pieces):
            values = {"file_id": file_id, "position": position, **{name: getattr(piece, name) for name in _PIECE}}
            if piece.id:
                change = update(CivilPieceModel).where(CivilPieceModel.id == piece.id)
                self._session.execute(change.values(**values))
            else:
                self._session.execute(insert(table_of(CivilPieceModel)), values)

    def add_scan(self, piece_id: int, on: dt.date, jpeg: bytes) -> int:
        """Store one scanned page; its id."""
        result = self._session.execute(
            insert(CivilScanModel).returning(CivilScanModel.id),
            {"piece_id": piece_id, "added_on": on, "jpeg": jpeg},
        )
        return int(result.scalar_one())

    def scans(self, piece_id: int) -> tuple[int, ...]:
        """Ids of a piece's pages, in order."""
        query = select(CivilScanModel.id).where(CivilScanModel.piece_id == piece_id).order_by(CivilScanModel.id)
        return tuple(self._session.scalars(query))

    def scan(self, scan_id: int) -> bytes | None:
        """One page."""
        return self._session.scalar(select(CivilScanModel.jpeg).where(CivilScanModel.id == scan_id))

    def about(self, person_id: int) -> tuple[int, ...]:
        """Files that she asked for, and files about her, the oldest first."""
        hers = (CivilFileModel.requester_id == person_id) | (CivilFileModel.person_id == person_id)
        return tuple(self._session.scalars(select(CivilFileModel.id).where(hers).order_by(CivilFileModel.id)))

    def is_closed(self, file_id: int) -> bool:
        """Whether it ended."""
        return bool(self._session.scalar(select(CivilFileModel.closed).where(CivilFileModel.id == file_id)))

    def forget(self, file_id: int) -> None:
        """Forget whom a file is about: names, words, numbers, pictures; its steps and their days stay to be counted."""
        row = self._session.get_one(CivilFileModel, file_id)
        year = None if row.birth_value is None else row.birth_value.replace(month=1, day=1)
        words = dict.fromkeys(_FORGOTTEN, "") | {"last_name": "—", "first_name": "dossier effacé"}
        precision = Precision.UNKNOWN if year is None else Precision.YEAR
        birth = {"birth_precision": precision.value, "birth_value": year, "birth_age": None,
                 "birth_declared_on": None, "birth_event": ""}  # fmt: skip
        change = update(CivilFileModel).where(CivilFileModel.id == file_id)
        self._session.execute(change.values(**words, **birth, child_norm=""))
        events = update(CivilEventModel).where(CivilEventModel.file_id == file_id)
        self._session.execute(events.values(words="", to_whom="", number="", how=""))
        pieces = select(CivilPieceModel.id).where(CivilPieceModel.file_id == file_id)
        self._session.execute(delete(CivilScanModel).where(CivilScanModel.piece_id.in_(pieces)))
        change = update(CivilPieceModel).where(CivilPieceModel.file_id == file_id)
        self._session.execute(change.values(note="", returned_to=""))
        self._session.execute(change.where(CivilPieceModel.code == "").values(label="pièce"))

    def fees(self, file_id: int) -> tuple[CivilFee, ...]:
        """The fees of a file that were not cancelled."""
        query = select(CivilFeeModel).where(CivilFeeModel.file_id == file_id, ~CivilFeeModel.cancelled)
        return tuple(_fee(row) for row in self._session.scalars(query.order_by(CivilFeeModel.id)))

    def fee(self, fee_id: int) -> tuple[int, CivilFee] | None:
        """One fee and its file's id."""
        row = self._session.get(CivilFeeModel, fee_id)
        return None if row is None or row.cancelled else (row.file_id, _fee(row))

    def add_fee(self, file_id: int, fee: CivilFee) -> int:
        """One more fee; its id."""
        values = {name: getattr(fee, name) for name in _FEE}
        values |= {"file_id": file_id, "payer": fee.payer.value, "cancelled": False}
        result = self._session.execute(insert(CivilFeeModel).returning(CivilFeeModel.id), values)
        return int(result.scalar_one())

    def pay_fee(self, fee_id: int, *, receipt_id: int | None, expense_id: int | None) -> None:
        """Tie a fee to the receipt or expense that paid it, or untie it."""
        change = update(CivilFeeModel).where(CivilFeeModel.id == fee_id)
        self._session.execute(change.values(receipt_id=receipt_id, expense_id=expense_id))

    def cancel_fee(self, fee_id: int) -> None:
        """Take a fee off the file; the row stays."""
        self._session.execute(update(CivilFeeModel).where(CivilFeeModel.id == fee_id).values(cancelled=True))


def _norm(file: CivilFile) -> str:
    return " ".join(sorted(fold(f"{file.last_name} {file.first_name}").split()))


def _values(file: CivilFile) -> dict[str, Any]:
    birth = file.birth
    return {name: getattr(file, name) for name in _SAME} | {
        "beneficiary": file.beneficiary.value,
        "child_norm": _norm(file),
        "sex": None if file.sex is None else file.sex.value,
        "father": None if file.father is None else file.father.value,
        "birth_precision": birth.precision.value,
        "birth_value": birth.value,
        "birth_age": birth.age,
        "birth_declared_on": birth.declared_on,
        "birth_event": birth.event,
    }


def _folded(now: Standing) -> dict[str, Any]:
    return {
        "step": now.step.value,
        "since": now.since,
        "last_on": now.last_on,
        "hearing_on": now.hearing_on,
        "deliberating": now.deliberating,
        "blocked_since": now.blocked_since,
        "remind_on": now.remind_on,
        "received_on": now.received_on,
        "handed_on": now.handed_on,
        "reopened_on": now.reopened_on,
        "closed": now.closed,
    }


def _event_row(file_id: int, event: CivilEvent) -> dict[str, Any]:
    step = None if event.step is None else event.step.value
    own = {"id": event.id, "file_id": file_id, "kind": event.kind.value, "step": step}
    return own | {name: getattr(event, name) for name in _EVENT}


def _piece_row(file_id: int, position: int, piece: CivilPiece) -> dict[str, Any]:
    return {"id": piece.id, "file_id": file_id, "position": position, **{name: getattr(piece, name) for name in _PIECE}}


def _fee_row(file_id: int, fee: CivilFee) -> dict[str, Any]:
    own = {"id": fee.id, "file_id": file_id, "payer": fee.payer.value, "cancelled": False}
    return own | {name: getattr(fee, name) for name in _FEE}


def _file(row: CivilFileModel) -> CivilFile:
    return CivilFile(
        id=row.id,
        beneficiary=Beneficiary(row.beneficiary),
        sex=None if row.sex is None else Sex(row.sex),
        father=None if row.father is None else Father(row.father),
        birth=Birth(
            Precision(row.birth_precision), row.birth_value, row.birth_age, row.birth_declared_on, row.birth_event
        ),
        **{name: getattr(row, name) for name in _SAME},
    )


def _event(row: CivilEventModel) -> CivilEvent:
    values = {name: getattr(row, name) for name in _EVENT}
    step = None if row.step is None else Step(row.step)
    return CivilEvent(id=row.id, kind=EventKind(row.kind), step=step, **values)


def _piece(row: CivilPieceModel, pages: int) -> CivilPiece:
    return CivilPiece(id=row.id, scans=pages, **{name: getattr(row, name) for name in _PIECE})


def _fee(row: CivilFeeModel) -> CivilFee:
    return CivilFee(id=row.id, payer=Payer(row.payer), **{name: getattr(row, name) for name in _FEE})
