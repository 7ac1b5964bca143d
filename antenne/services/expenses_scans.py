"""The picture of a supporting document: a photo, a scan or one page of a PDF, small, inside the encrypted base."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

from antenne.base.problems import Problem
from antenne.domain.audit import FieldChange
from antenne.domain.changes import EXPENSES, Changes, Done
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk
from antenne.services.expenses import known_expense, note
from antenne.services.projects import require_reading

MOST_BYTES: Final = 30 * 10**6
MOST_PIXELS: Final = 60 * 10**6
"""A page of A4 at 600 dpi has 35 million."""
LEAST_SIDE: Final = 200
SIDE: Final = 1600
"""Pixels of the longer side that is kept: a page of A4 at 137 dpi."""
KEPT_BYTES: Final = 250_000
_QUALITIES: Final = (75, 60, 45, 30, 20)
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")
_PDF: Final = b"%PDF-"
_HEAD: Final = 1024
"""Where a PDF says what it is, within its first bytes."""
_BAD_DATA = (OSError, ValueError, SyntaxError, EOFError, LookupError, ArithmeticError, struct.error, zlib.error)
"""What Pillow's readers raise on a damaged file."""
_UNREADABLE = Violation("expense.scan_unreadable", "scan")
_TOO_LARGE = Violation("expense.scan_too_large", "scan", (("most", MOST_PIXELS // 10**6),))


@dataclass(frozen=True, slots=True)
class Scan:
    """A picture ready to be kept: JPEG bytes, and how many pages the file had (the first is kept)."""

    jpeg: bytes
    pages: int = 1


@dataclass(frozen=True, slots=True)
class AttachScan:
    """Keep the picture of a voucher's supporting document, in place of one before."""

    request_id: str
    expense_id: int
    jpeg: bytes


def read_scan(path: Path) -> Scan:
    """A file as it will be kept: upright, JPEG, at most 1,600 pixels and about 250 kB, without its hidden data.

    Raises:
        RulesBroken: ``expense.scan_too_heavy``, ``expense.scan_unreadable``, ``expense.scan_too_large``,
            ``expense.scan_too_small``.
        Problem: ``expense.scan_file``.
    """
    return prepare_scan(read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """A file that is not too heavy.

    Raises:
        RulesBroken: ``expense.scan_too_heavy``; nothing is read then.
        Problem: ``expense.scan_file``.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            values = (("most", MOST_BYTES // 10**6),)
            raise RulesBroken(Violation("expense.scan_too_heavy", "scan", values))
        return path.read_bytes()
    except OSError as error:
        raise Problem("expense.scan_file", path=str(path)) from error


def prepare_scan(data: bytes) -> Scan:
    """The same of bytes that are already here; see :func:`read_scan`."""
    pages = pictures_of(data)
    with closing(pages.images):
        return Scan(kept(next(pages.images)), pages.count)


def kept(image: Image.Image) -> bytes:
    """A picture as it is kept.

    Raises:
        RulesBroken: ``expense.scan_too_small``.
    """
    if min(image.size) < LEAST_SIDE:
        raise RulesBroken(Violation("expense.scan_too_small", "scan", (("least", LEAST_SIDE),)))
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    made = b""
    for quality in _QUALITIES:
        made = _jpeg(image, quality)
        if len(made) <= KEPT_BYTES:
            break
    return made


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pages of a file, each drawn when it is asked for, and how many there are."""

    count: int
    images: Generator[Image.Image, None, None]


def pictures_of(data: bytes) -> Pictures:
    """The one picture of a photo or scan, or every page of a PDF.

    Raises:
        RulesBroken: ``expense.scan_unreadable``, ``expense.scan_too_large``; also while pages are drawn.
    """
    return _pages(data) if _PDF in data[:_HEAD] else Pictures(1, _one(_picture(data)))


def _one(image: Image.Image) -> Generator[Image.Image, None, None]:
    yield image


def _picture(data: bytes) -> Image.Image:
    """The picture upright, in RGB on white; nothing is decoded before its size is known."""
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RulesBroken(_TOO_LARGE) from error
    except _BAD_DATA as error:
        raise RulesBroken(_UNREADABLE) from error
    if image.width * image.height > MOST_PIXELS:
        raise RulesBroken(_TOO_LARGE)
    try:
        image.draft("RGB", (SIDE, SIDE))
        upright = ImageOps.exif_transpose(image)
        return _on_white(upright)
    except (*_BAD_DATA, Image.DecompressionBombError) as error:
        raise RulesBroken(_UNREADABLE) from error


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        solid = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", solid.size, "white"), solid).convert("RGB")
    return image.convert("RGB")


def _pages(data: bytes) -> Pictures:
    """The pages of a PDF, drawn at the size that is kept."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise RulesBroken(_UNREADABLE) from error
    count = len(document)
    if count == 0:
        document.close()
        raise RulesBroken(_UNREADABLE)

    def drawn() -> Generator[Image.Image, None, None]:
        try:
            for page in document:
                longest = max(page.get_size())
                if longest <= 0:
                    raise RulesBroken(_UNREADABLE)
                yield page.render(scale=SIDE / longest).to_pil().convert("RGB")
        except pypdfium2.PdfiumError as error:
            raise RulesBroken(_UNREADABLE) from error
        finally:
            document.close()

    return Pictures(count, drawn())


def _jpeg(image: Image.Image, quality: int) -> bytes:
    """As JPEG; a new picture, since the old one would carry its comment into the file."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def attach_scan(desk: Desk, command: AttachScan) -> Done[None]:
    """Keep the picture with its voucher.

    Raises:
        Forbidden: Without the right to pay out.
        RulesBroken: ``expense.unknown``.
    """
    desk.require(Right.CASH_OUT)
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id):
            return Done(None)
        expense = known_expense(uow, command.expense_id)
        uow.expenses.put_scan(expense.id, desk.today, command.jpeg)
        said = FieldChange("Justificatif", "", f"{len(command.jpeg) // 1000} ko")
        note(desk, uow, "expense.scanned", expense.id, said, command.request_id)
        uow.commit()
    return Done(None, Changes.of(EXPENSES, id=command.expense_id))


def find_scan(desk: Desk, expense_id: int) -> bytes | None:
    """The picture of a voucher's supporting document, or None.

    Raises:
        Forbidden: Without the right to pay out or to read the accounts.
    """
    require_reading(desk)
    with desk.read() as uow:
        return uow.expenses.scan(expense_id)
