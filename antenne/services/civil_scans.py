"""Scanned pages of a civil file's pieces: made small before they are kept, encrypted with the base, never removed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.audit import FieldChange
from antenne.domain.changes import Done
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import expenses_scans
from antenne.services.civil import FilePage, changed
from antenne.services.desk import Desk
from antenne.services.expenses_scans import Scan

__all__ = ["AttachScan", "Scan", "attach_scan", "list_scans", "load_scan", "read_scan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachScan:
    """Keep one more page of a piece; ``jpeg`` is as :func:`read_scan` made it."""

    request_id: str
    file_id: int
    piece_id: int
    jpeg: bytes = field(repr=False)


def read_scan(path: Path) -> Scan:
    """A photo, a scan or the first page of a PDF as it will be kept: upright, JPEG, about 250 kB at most.

    Raises:
        RulesBroken: Too heavy (nothing is read then), no picture, too large, too small (``expense.scan_…``).
        Problem: ``expense.scan_file``.
    """
    return expenses_scans.read_scan(path)


def attach_scan(desk: Desk, command: AttachScan) -> Done[FilePage]:
    """Keep the page with its piece.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.unknown``, ``civil.piece_unknown``.
    """

    def change(uow: UnitOfWork, page: FilePage) -> tuple[FieldChange, ...]:
        piece = next((piece for piece in page.pieces if piece.id == command.piece_id), None)
        if piece is None:
            raise RulesBroken(Violation("civil.piece_unknown"))
        uow.civil.add_scan(piece.id, desk.today, command.jpeg)
        return (FieldChange(piece.label, "", f"page {piece.scans + 1}, {len(command.jpeg) // 1000} ko"),)

    return changed(desk, command.file_id, command.request_id, "civil.scan", change)


def list_scans(desk: Desk, piece_id: int) -> tuple[int, ...]:
    """Ids of a piece's pages, in the order in which they were added.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        return uow.civil.scans(piece_id)


def load_scan(desk: Desk, scan_id: int) -> bytes | None:
    """One page as JPEG, or None.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        return uow.civil.scan(scan_id)
