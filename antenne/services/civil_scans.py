"""Scanned pages of a civil file's pieces: made small before they are kept, encrypted with the base, never removed."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.audit import FieldChange
from antenne.domain.changes import Done
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.civil import FilePage, changed
from antenne.services.desk import Desk
from antenne.services.expenses_scans import kept, pictures_of, read_bytes

MOST_PAGES: Final = 40
"""Pages of one PDF that are kept: at most 10 MB in the base."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachScan:
    """Keep more pages of a piece; ``pages`` are as :func:`read_pages` made them."""

    request_id: str
    file_id: int
    piece_id: int
    pages: tuple[bytes, ...] = field(repr=False)


def read_pages(path: Path) -> tuple[bytes, ...]:
    """A photo, a scan or every page of a PDF as they will be kept: upright, JPEG, about 250 kB at most each.

    Raises:
        RulesBroken: Too heavy (nothing is read then), no picture, too large, too small (``expense.scan_…``),
            ``civil.scan_pages`` (nothing is drawn then).
        Problem: ``expense.scan_file``.
    """
    found = pictures_of(read_bytes(path))
    if found.count > MOST_PAGES:
        raise RulesBroken(Violation("civil.scan_pages", "scan", (("pages", found.count), ("most", MOST_PAGES))))
    with closing(found.images):
        return tuple(kept(image) for image in found.images)


def attach_scan(desk: Desk, command: AttachScan) -> Done[FilePage]:
    """Keep the pages with their piece, in their order.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.unknown``, ``civil.piece_unknown``.
    """

    def change(uow: UnitOfWork, page: FilePage) -> tuple[FieldChange, ...]:
        piece = next((piece for piece in page.pieces if piece.id == command.piece_id), None)
        if piece is None:
            raise RulesBroken(Violation("civil.piece_unknown"))
        for jpeg in command.pages:
            uow.civil.add_scan(piece.id, desk.today, jpeg)
        weight = sum(map(len, command.pages)) // 1000
        first, last = piece.scans + 1, piece.scans + len(command.pages)
        said = f"page {first}" if first == last else f"pages {first} à {last}"
        return (FieldChange(piece.label, "", f"{said}, {weight} ko"),)

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
