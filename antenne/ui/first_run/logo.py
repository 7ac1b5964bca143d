"""The office's logo, from a picture file: read safely, made small, without what a camera writes beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from antenne.base.problems import Problem
from antenne.domain.first_run import MAX_LOGO_BYTES
from antenne.domain.violations import RulesBroken, Violation

SIDE: Final = 600
"""Pixels of the longer side that is kept: five centimetres at 300 dpi."""

_MOST_FILE: Final = 40 * 1024 * 1024
_MOST_PIXELS: Final = 60_000_000
_MEMORY_MIB: Final = 300


def read_logo(path: Path) -> bytes:
    """The picture of a file as a small PNG; runs in a worker thread.

    Raises:
        RulesBroken: ``first_run.logo_not_image`` or ``first_run.logo_too_large``, beside the field ``logo``.
        Problem: ``first_run.logo_unreadable``.
    """
    try:
        if path.stat().st_size > _MOST_FILE:
            raise RulesBroken(Violation("first_run.logo_too_large", "logo"))
        data = path.read_bytes()
    except OSError as error:
        raise Problem("first_run.logo_unreadable", name=path.name) from error
    return fitted(data)


def fitted(data: bytes) -> bytes:
    """A PNG or JPEG, cropped of its even margin and fitted into :data:`SIDE` pixels.

    Raises:
        RulesBroken: As :func:`read_logo`.
    """
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    reader.setAllocationLimit(_MEMORY_MIB)
    size = reader.size()
    if bytes(reader.format().data()) not in {b"png", b"jpeg"} or not size.isValid():
        raise RulesBroken(Violation("first_run.logo_not_image", "logo"))
    if size.width() * size.height() > _MOST_PIXELS:
        raise RulesBroken(Violation("first_run.logo_too_large", "logo"))
    if max(size.width(), size.height()) > 2 * SIDE:
        reader.setScaledSize(size.scaled(QSize(2 * SIDE, 2 * SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    picture = reader.read()
    if picture.isNull():
        raise RulesBroken(Violation("first_run.logo_not_image", "logo"))
    picture = picture.copy(_content(picture))
    if max(picture.width(), picture.height()) > SIDE:
        smooth = Qt.TransformationMode.SmoothTransformation
        picture = picture.scaled(SIDE, SIDE, Qt.AspectRatioMode.KeepAspectRatio, smooth)
    return _png(picture)


def _content(picture: QImage) -> QRect:
    """The picture without an even margin; all of it where there is none."""
    small = picture.scaled(120, 120, Qt.AspectRatioMode.KeepAspectRatio).convertToFormat(QImage.Format.Format_ARGB32)
    ground = small.pixel(0, 0)
    inked = [
        (x, y)
        for y in range(small.height())
        for x in range(small.width())
        if _far(small.pixel(x, y), ground)
    ]  # fmt: skip
    if not inked:
        return picture.rect()
    across, down = picture.width() / small.width(), picture.height() / small.height()
    left, right = min(x for x, _ in inked) - 1, max(x for x, _ in inked) + 2
    top, bottom = min(y for _, y in inked) - 1, max(y for _, y in inked) + 2
    found = QRect(int(left * across), int(top * down), int((right - left) * across), int((bottom - top) * down))
    return found.intersected(picture.rect())


def _far(one: int, other: int) -> bool:
    """Whether two colours differ by more than the noise of a scan."""
    return any(abs((one >> shift & 255) - (other >> shift & 255)) > 24 for shift in (0, 8, 16, 24))  # noqa: PLR2004 - a tenth


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.setText("", "")
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide's stub wants str; the C++ takes a const char*
    data = bytes(buffer.data().data())
    if not data or len(data) > MAX_LOGO_BYTES:
        raise RulesBroken(Violation("first_run.logo_too_large", "logo"))
    return data
