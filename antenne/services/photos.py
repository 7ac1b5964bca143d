"""A photo from a file: checked before it is decoded, turned upright, cropped, small, without its hidden data."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from antenne.base.problems import Problem
from antenne.domain.violations import RulesBroken, Violation

MOST_BYTES = 30 * 10**6
MOST_PIXELS = 40 * 10**6
LEAST_SIDE = 120
SIZE = (480, 600)
"""What is kept: the card's own proportions, in pixels."""
KEPT_BYTES = 60_000
_PREVIEW = 1200
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "GIF", "TIFF")


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
            values = (("megabytes", size // 10**6), ("most", MOST_BYTES // 10**6))
            raise RulesBroken(Violation("members.photo_too_heavy", "photo", values))
        return path.read_bytes()
    except OSError as error:
        raise Problem("members.photo_file", path=str(path)) from error


def preview(data: bytes) -> bytes:
    """The upright picture, at most 1,200 pixels wide or high, as JPEG: what is cropped on the screen.

    Raises:
        RulesBroken: Not a picture, too large, too small.
    """
    image = _upright(data)
    image.thumbnail((_PREVIEW, _PREVIEW))
    return _jpeg(image, 85)


def cropped(data: bytes, crop: Crop) -> bytes:
    """The part she chose, as JPEG of 480 × 600 under 60 kB, without metadata.

    Raises:
        RulesBroken: Not a picture, too large, too small.
    """
    image = _upright(data)
    left, top = round(crop.left * image.width), round(crop.top * image.height)
    right = min(left + max(round(crop.width * image.width), 1), image.width)
    bottom = min(top + max(round(crop.height * image.height), 1), image.height)
    part = image.crop((max(left, 0), max(top, 0), right, bottom)).resize(SIZE, Image.Resampling.LANCZOS)
    for quality in (85, 75, 65, 50, 35):
        made = _jpeg(part, quality)
        if len(made) <= KEPT_BYTES:
            return made
    return made


def _upright(data: bytes) -> Image.Image:
    unreadable = RulesBroken(Violation("members.photo_unreadable", "photo"))
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise RulesBroken(_too_large(10**9)) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise unreadable from error
    if image.width * image.height > MOST_PIXELS:
        raise RulesBroken(_too_large(image.width * image.height))
    if min(image.width, image.height) < LEAST_SIDE:
        raise RulesBroken(Violation("members.photo_too_small", "photo", (("least", LEAST_SIDE),)))
    try:
        turned = ImageOps.exif_transpose(image)
        return _on_white(turned)
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise unreadable from error


def _too_large(pixels: int) -> Violation:
    return Violation("members.photo_too_large", "photo", (("megapixels", pixels // 10**6),))


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        solid = image.convert("RGBA")
        ground = Image.new("RGBA", solid.size, "white")
        return Image.alpha_composite(ground, solid).convert("RGB")
    return image.convert("RGB")


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
