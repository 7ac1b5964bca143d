"""A photo from a file: upright, cropped, small, without its hidden data; anything else is refused in a sentence."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import subprocess
import sys
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


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_telephone_held_any_way_gives_an_upright_picture(orientation: int) -> None:
    """The upper left quarter is red, the rest blue."""
    upright = Image.new("RGB", (600, 800), "blue")
    upright.paste((255, 0, 0), (0, 0, 300, 400))
    ways = Image.Transpose
    held_by = {
        2: ways.FLIP_LEFT_RIGHT, 3: ways.ROTATE_180, 4: ways.FLIP_TOP_BOTTOM, 5: ways.TRANSPOSE, 6: ways.ROTATE_90,
        7: ways.TRANSVERSE, 8: ways.ROTATE_270,
    }  # fmt: skip
    held = upright.transpose(held_by[orientation]) if orientation in held_by else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    held.save(out, "JPEG", exif=exif, quality=95)
    shown = opened(photos.preview(out.getvalue()))
    assert shown.size == (600, 800)
    corners = [shown.getpixel(at) for at in ((30, 30), (570, 30), (30, 770))]
    assert [isinstance(pixel, tuple) and pixel[0] > 200 for pixel in corners] == [True, False, False]


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
@pytest.mark.parametrize("note", [b"Exif\0\0garbage", b"Exif\0\0MM\0*\xff\xff\xff\xff", b"Exif\0\0"])
def test_a_damaged_camera_note_is_no_reason_to_refuse(note: bytes) -> None:
    assert opened(photos.preview(picture(exif=note))).size == (800, 1000)


@pytest.mark.parametrize(("kind", "value"), [(2, b"abc\0"), (3, b"\0\x63\0\0"), (9, b"\xff\xff\xff\xff")])
def test_a_camera_note_that_says_nothing_turns_nothing(kind: int, value: bytes) -> None:
    entry = struct.pack(">HHI", 0x0112, kind, len(value) if kind == 2 else 1) + value
    note = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    assert opened(photos.preview(picture(exif=note))).size == (800, 1000)


def test_a_huge_picture_costs_no_memory(tmp_path: Path) -> None:
    """200 megapixels would be 600 MB."""
    path = tmp_path / "huge.png"
    path.write_bytes(huge_png(20_000, 10_000))
    code = (
        "import resource, sys, pathlib\n"
        "from antenne.services import photos\n"
        "from antenne.domain.violations import RulesBroken\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "before = peak()\n"
        "try:\n"
        "    photos.preview(photos.read_file(pathlib.Path(sys.argv[1])))\n"
        "except RulesBroken:\n"
        "    print(peak() - before)\n"
    )
    said = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert int(said.stdout) < 20_000, said.stdout


@pytest.mark.parametrize(
    "crop", [Crop(0, 0, 0.4, 0.4), Crop(-0.5, -0.5, 0.9, 0.9), Crop(0.1, 0.1, 0, 0), Crop(-3, -3, 1, 1)]
)
def test_a_part_outside_the_picture_is_moved_into_it(crop: Crop) -> None:
    made = opened(photos.cropped(picture((1800, 2400)), crop))
    pixels = [made.getpixel(at) for at in ((10, 10), (240, 300), (470, 590))]
    assert made.size == photos.SIZE
    assert all(isinstance(pixel, tuple) and pixel[0] > 200 for pixel in pixels)


def test_the_first_picture_of_an_animation() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (300, 400), colour) for colour in ("red", "green")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=50)
    pixel = opened(photos.preview(out.getvalue())).getpixel((20, 20))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_file_cut_short_by_a_pulled_key(kind: str) -> None:
    out = io.BytesIO()
    noise = Image.frombytes("RGB", (400, 500), random.Random(1).randbytes(600_000))
    noise.save(out, kind)
    assert refusal(out.getvalue()[: len(out.getvalue()) // 3]) == "members.photo_unreadable"


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_no_damage_breaks_more_than_a_rule() -> None:
    chance = random.Random(2026)
    files = [picture((160, 200), kind) for kind in ("JPEG", "PNG", "WEBP", "BMP", "GIF")]
    for _ in range(400):
        data = bytearray(chance.choice(files))
        for _ in range(chance.choice((1, 3, 10))):
            data[chance.randrange(min(len(data), chance.choice((60, len(data)))))] = chance.randrange(256)
        with contextlib.suppress(RulesBroken):
            assert opened(photos.preview(bytes(data)))
