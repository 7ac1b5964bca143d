"""A photo from a file: checked before it is decoded, turned upright, cropped, small, without its hidden data."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from PIL import ExifTags, Image

from antenne.base.problems import Problem
from antenne.domain.violations import RulesBroken, Violation

MOST_BYTES = 30 * 10**6
MOST_PIXELS = 40 * 10**6
LEAST_SIDE = 120
SIZE = (480, 600)
"""What is kept: the card's own proportions, in pixels."""
KEPT_BYTES = 60_000
_PREVIEW = 1200
_LEAST_SHARE = 0.05
_QUALITIES = (85, 75, 65, 50, 35, 20, 10)
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF")
_BAD_DATA = (OSError, ValueError, SyntaxError, EOFError, LookupError, ArithmeticError, struct.error, zlib.error)
"""What Pillow's readers raise on a damaged file."""
_UNREADABLE = Violation("members.photo_unreadable", "photo")
_TOO_LARGE = Violation("members.photo_too_large", "photo", (("most", MOST_PIXELS // 10**6),))
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation to what makes the picture upright."""


@dataclass(frozen=True, slots=True)
class Crop:
    """The part of the upright picture that is kept, as shares of its width and height (0 to 1)."""

    left: float
    top: float
    width: float
    height: float


def read_file(path: Path) -> bytes:
    """The bytes of a photo's file.

    Raises:
        RulesBroken: ``members.photo_too_heavy``.
        Problem: ``members.photo_file``.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            values = (("megabytes", -(-size // 10**6)), ("most", MOST_BYTES // 10**6))
            raise RulesBroken(Violation("members.photo_too_heavy", "photo", values))
        return path.read_bytes()
    except OSError as error:
        raise Problem("members.photo_file", path=str(path)) from error


def preview(data: bytes) -> bytes:
    """The upright picture, at most 1,200 pixels wide or high, as JPEG: what is cropped on the screen.

    Raises:
        RulesBroken: Not a picture, too large, too small.
    """
    image = _upright(data, _PREVIEW)
    image.thumbnail((_PREVIEW, _PREVIEW))
    return _jpeg(image, 85)


def cropped(data: bytes, crop: Crop) -> bytes:
    """The part she chose, as JPEG of 480 × 600 under 60 kB, without metadata.

    Raises:
        RulesBroken: Not a picture, too large, too small.
    """
    share = max(min(crop.width, crop.height, 1.0), _LEAST_SHARE)
    image = _upright(data, round(max(SIZE) / share))
    left, right = _span(crop.left, crop.width, image.width)
    top, bottom = _span(crop.top, crop.height, image.height)
    part = image.resize(SIZE, Image.Resampling.LANCZOS, box=(left, top, right, bottom))
    made = b""
    for quality in _QUALITIES:
        made = _jpeg(part, quality)
        if len(made) <= KEPT_BYTES:
            break
    return made


def _span(start: float, length: float, size: int) -> tuple[int, int]:
    """First pixel and the one after the last, always inside the picture and at least one wide."""
    first = min(max(round(start * size), 0), size - 1)
    return first, min(max(round((start + length) * size), first + 1), size)


def _upright(data: bytes, wanted: int) -> Image.Image:
    """The picture turned as it was held, in RGB, decoded no larger than it takes to have ``wanted`` pixels a side."""
    image = _opened(data)
    if image.width * image.height > MOST_PIXELS:
        raise RulesBroken(_TOO_LARGE)
    if min(image.width, image.height) < LEAST_SIDE:
        raise RulesBroken(Violation("members.photo_too_small", "photo", (("least", LEAST_SIDE),)))
    try:
        image.draft("RGB", (wanted, wanted))
        solid = _on_white(image)
    except _BAD_DATA as error:
        raise RulesBroken(_UNREADABLE) from error
    return _turned(solid, _orientation(image))


def _opened(data: bytes) -> Image.Image:
    """The picture's header; nothing is decoded yet."""
    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RulesBroken(_TOO_LARGE) from error
    except _BAD_DATA as error:
        raise RulesBroken(_UNREADABLE) from error


def _orientation(image: Image.Image) -> int:
    """How the camera was held, 1 for upright; a damaged note about it is no reason to refuse the picture."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except (*_BAD_DATA, TypeError):
        return 1


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        solid = image.convert("RGBA")
        ground = Image.new("RGBA", solid.size, "white")
        return Image.alpha_composite(ground, solid).convert("RGB")
    return image.convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    """As JPEG; a new picture, since the old one would carry its comment into the file."""
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
