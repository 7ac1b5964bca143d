"""A photo from a file: upright, cropped, small, without its hidden data; anything else is refused in a sentence."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from antenne.base.problems import Problem
from antenne.domain.violations import RulesBroken
from antenne.services import photos
from antenne.services.photos import Crop
from antenne.wording import problems, violations

WHOLE = Crop(0, 0, 1, 1)


def picture(size: tuple[int, int] = (800, 1000), kind: str = "JPEG", mode: str = "RGB", **saving: object) -> bytes:
    """Red above, blue below, so that up and down can be told."""
    image = Image.new("RGB", size, "blue")
    ImageDraw.Draw(image).rectangle((0, 0, size[0], size[1] // 2), fill="red")
    out = io.BytesIO()
    image.convert(mode).save(out, kind, **saving)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def refusal(data: bytes) -> str:
    with pytest.raises(RulesBroken) as caught:
        photos.cropped(data, WHOLE)
    with pytest.raises(RulesBroken):
        photos.preview(data)
    (violation,) = caught.value.violations
    assert violation.field == "photo"
    assert violations.sentence(violation)
    return violation.code


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "LA"), ("WEBP", "RGB"),
     ("BMP", "RGB"), ("GIF", "P")],
)  # fmt: skip
def test_every_usual_format_becomes_a_small_jpeg(kind: str, mode: str) -> None:
    made = photos.cropped(picture(kind=kind, mode=mode), WHOLE)
    image = opened(made)
    assert (image.format, image.size, image.mode) == ("JPEG", photos.SIZE, "RGB")
    assert len(made) <= photos.KEPT_BYTES


def test_a_turned_photo_is_set_upright_and_loses_its_hidden_data() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "un téléphone"
    exif[0x8825] = {1: "N", 2: (14.0, 29.0, 0.0)}
    data = picture((1000, 800), exif=exif, comment=b"chez elle")
    shown = opened(photos.preview(data))
    assert shown.size == (800, 1000)
    made = photos.cropped(data, WHOLE)
    image = opened(made)
    assert not image.getexif()
    assert not {"exif", "comment", "icc_profile"} & set(image.info)
    left, right = image.getpixel((20, 300)), image.getpixel((460, 300))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[2] > 200
    assert right[0] > 200


def test_the_part_she_chose_is_kept() -> None:
    made = opened(photos.cropped(picture(), Crop(0, 0.6, 1, 0.4))).getpixel((240, 300))
    assert isinstance(made, tuple)
    assert made[2] > 200
    assert made[0] < 60
    outside = opened(photos.cropped(picture(), Crop(-0.2, 0.9, 3, 3)))
    assert outside.size == photos.SIZE


def test_the_noisiest_photo_is_small_too() -> None:
    noise = Image.effect_noise((1600, 2000), 200).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "PNG")
    assert len(photos.cropped(out.getvalue(), WHOLE)) <= photos.KEPT_BYTES


def test_transparency_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (300, 400), (0, 0, 0, 0)).save(out, "PNG")
    assert opened(photos.cropped(out.getvalue(), WHOLE)).getpixel((10, 10)) == (255, 255, 255)


def test_the_preview_is_as_large_as_a_screen() -> None:
    assert max(opened(photos.preview(picture((3000, 2000)))).size) == 1200


def huge_png(width: int, height: int) -> bytes:
    """A file of a few bytes that says it holds that many points."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(20_000, 10_000), (10_000, 10_000), (60_000, 60_000), (8000, 5001)])
def test_two_hundred_megapixels_are_refused_before_they_are_decoded(size: tuple[int, int]) -> None:
    assert refusal(huge_png(*size)) == "members.photo_too_large"


@pytest.mark.parametrize(
    "data",
    [b"", b"bonjour", b"%PDF-1.7", b"\xff\xd8\xff\xe0" + bytes(40), b"PK\x03\x04" + bytes(60), picture()[:2000],
     huge_png(800, 1000), b"<svg xmlns='http://www.w3.org/2000/svg'/>"],
)  # fmt: skip
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    assert refusal(data) == "members.photo_unreadable"


def test_a_stamp_is_too_small() -> None:
    assert refusal(picture((400, 60))) == "members.photo_too_small"


def test_a_file_is_read_or_said_why_not(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(picture())
    assert photos.read_file(path) == picture()
    with pytest.raises(Problem) as caught:
        photos.read_file(tmp_path / "absente.jpg")
    assert problems.sentence(caught.value)
    with path.open("r+b") as file:
        file.truncate(photos.MOST_BYTES + 1)
    with pytest.raises(RulesBroken) as heavy:
        photos.read_file(path)
    assert [one.code for one in heavy.value.violations] == ["members.photo_too_heavy"]
