"""What the tests of papers read from a PDF."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Letter:
    """One printed letter: left, bottom, right, top in points."""

    sign: str
    box: Box


def page_count(pdf: bytes) -> int:
    """How many pages."""
    document = pypdfium2.PdfDocument(pdf)
    count = len(document)
    document.close()
    return count


def page_size(pdf: bytes, page: int = 0) -> tuple[float, float]:
    """Width and height in points."""
    document = pypdfium2.PdfDocument(pdf)
    width, height = document.get_page_size(page)
    document.close()
    return width, height


def text(pdf: bytes, page: int = 0, **bounds: float) -> str:
    """The words of a page, or of a part of it (left, bottom, right, top), with single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    found: str = document[page].get_textpage().get_text_bounded(**bounds)
    document.close()
    return " ".join(found.split())


def letters(pdf: bytes, page: int = 0) -> list[Letter]:
    """Every letter of a page with its place, spaces left out."""
    document = pypdfium2.PdfDocument(pdf)
    words = document[page].get_textpage()
    count = words.count_chars()
    found = [Letter(words.get_text_range(place, 1), words.get_charbox(place)) for place in range(count)]
    document.close()
    return [letter for letter in found if letter.sign.strip()]


def outside(pdf: bytes, page: int = 0) -> list[Letter]:
    """The letters that leave the page."""
    width, height = page_size(pdf, page)
    return [
        letter
        for letter in letters(pdf, page)
        if letter.box[0] < 0 or letter.box[1] < 0 or letter.box[2] > width or letter.box[3] > height
    ]


def within(pdf: bytes, area: Box, page: int = 0) -> list[Letter]:
    """The letters that reach into an area."""
    left, bottom, right, top = area
    return [
        letter
        for letter in letters(pdf, page)
        if letter.box[2] > left and letter.box[0] < right and letter.box[3] > bottom and letter.box[1] < top
    ]


def metadata(pdf: bytes) -> dict[str, str]:
    """Title, author… of the document."""
    document = pypdfium2.PdfDocument(pdf)
    found: dict[str, str] = document.get_metadata_dict()
    document.close()
    return found


def collisions(pdf: bytes, page: int = 0) -> list[tuple[str, str]]:
    """Letters printed over each other: more than a quarter of the smaller one's box is shared."""
    placed = sorted((one for one in letters(pdf, page)), key=lambda one: one.box[0])
    found = []
    for place, one in enumerate(placed):
        for other in placed[place + 1 :]:
            if other.box[0] >= one.box[2]:
                break
            wide = min(one.box[2], other.box[2]) - other.box[0]
            high = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
            if wide > 0 and high > 0 and wide * high > 0.25 * min(_area(one), _area(other)):
                found.append((one.sign, other.sign))
    return found


def _area(letter: Letter) -> float:
    left, bottom, right, top = letter.box
    return (right - left) * (top - bottom)
