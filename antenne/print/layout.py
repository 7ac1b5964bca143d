"""What every paper shares: fonts, page sizes, ink, text that fits, headings, the demonstration's watermark.

Lengths are points (1/72 inch) unless a name ends in ``_mm``; :data:`MM` turns millimetres into points. The origin is
the lower left corner, as in PDF. Everything printed is selectable text in the embedded font, with a title and a
language.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from PIL import Image
from reportlab import rl_config
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from antenne.base.paths import resource
from antenne.domain.office import Heading, Office

MM: Final = 72 / 25.4
"""Points in a millimetre."""

A4_MM: Final = (210.0, 297.0)
A5_MM: Final = (148.0, 210.0)
A6_LANDSCAPE_MM: Final = (148.0, 105.0)
CR80_MM: Final = (85.60, 53.98)
"""ISO/IEC 7810 ID-1."""

LANGUAGE: Final = "fr-FR"
NARROW_SPACE, NO_BREAK_SPACE = "\u202f", "\u00a0"


class Fonts:
    """Names the fonts are registered under."""

    REGULAR: Final = "NotoSans"
    BOLD: Final = "NotoSans-Bold"


class Ink:
    """Colours of the papers, ``#RRGGBB``: those of the screen's tokens that paper needs."""

    TEXT: Final = "#1F2A30"
    MUTED: Final = "#5C686F"
    PRIMARY: Final = "#0E5A5E"
    PALE_ON_PRIMARY: Final = "#CFE0DF"
    ACCENT: Final = "#C2702A"
    LINE: Final = "#E2DBD0"
    RULE: Final = "#B9B1A3"
    SAND: Final = "#EAE2D6"
    WHITE: Final = "#FFFFFF"
    WATERMARK: Final = "#EEE9E2"


_ALIGNMENTS = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}


def register_fonts() -> None:
    """Make both fonts known to ReportLab; cheap when they already are.

    Raises:
        FileNotFoundError: A bundled font is missing: the installation is damaged.
    """
    rl_config.useA85 = (
        0  # pictures and pages as bytes, not as text: a fifth smaller, and drawn in two thirds of the time
    )
    known = set(pdfmetrics.getRegisteredFontNames())
    for name, file in ((Fonts.REGULAR, "NotoSans-Regular.ttf"), (Fonts.BOLD, "NotoSans-Bold.ttf")):
        if name in known:
            continue
        path = resource(f"fonts/{file}")
        if not path.is_file():
            raise FileNotFoundError(path)
        pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(
        Fonts.REGULAR, normal=Fonts.REGULAR, bold=Fonts.BOLD, italic=Fonts.REGULAR, boldItalic=Fonts.BOLD
    )


def missing_letters(words: str) -> frozenset[str]:
    """The letters that the embedded fonts cannot draw; empty when all is well."""
    register_fonts()
    drawable = pdfmetrics.getFont(Fonts.REGULAR).face.charToGlyph
    return frozenset(letter for letter in words if ord(letter) not in drawable)


def text(words: str) -> str:
    """Words for a ``Paragraph``: U+202F becomes U+00A0, where ReportLab does not break; ``& < >`` are escaped."""
    return escape(words.replace(NARROW_SPACE, NO_BREAK_SPACE))


def style(
    size: float, *, bold: bool = False, colour: str = Ink.TEXT, align: str = "left", leading: float = 1.3
) -> ParagraphStyle:
    """A paragraph style; ``leading`` is a multiple of ``size``, ``align`` is left, center or right."""
    register_fonts()
    return ParagraphStyle(
        f"{size}{bold}{colour}{align}{leading}",
        fontName=Fonts.BOLD if bold else Fonts.REGULAR,
        fontSize=size,
        leading=size * leading,
        textColor=colour,
        alignment=_ALIGNMENTS[align],
        splitLongWords=1,
    )


def points(size_mm: tuple[float, float]) -> tuple[float, float]:
    """A size in millimetres, in points."""
    return size_mm[0] * MM, size_mm[1] * MM


class Paper:
    """A PDF being drawn into memory: title, language, fonts set; nothing of it touches the disk."""

    def __init__(self, title: str, size_mm: tuple[float, float]) -> None:
        """Begin the first page. ``title`` shows in viewers: it names the paper, never a person."""
        register_fonts()
        self._bytes = io.BytesIO()
        self.width, self.height = points(size_mm)
        self.canvas = Canvas(
            self._bytes, pagesize=(self.width, self.height), lang=LANGUAGE, initialFontName=Fonts.REGULAR, invariant=1
        )
        self.canvas.setTitle(title)
        self.canvas.setAuthor("Antenne")
        self.canvas.setCreator("Antenne")
        self.canvas.setProducer("Antenne")
        self.canvas.setViewerPreference("DisplayDocTitle", "true")

    def end_page(self) -> None:
        """Finish the page and begin the next."""
        self.canvas.showPage()

    def finish(self) -> bytes:
        """The whole PDF."""
        self.canvas.save()
        return self._bytes.getvalue()


def text_width(words: str, font: str, size: float) -> float:
    """Width in points."""
    return float(pdfmetrics.stringWidth(words, font, size))


def ascent(font: str, size: float) -> float:
    """How far the highest letter of the font rises above the baseline, in points."""
    return float(pdfmetrics.getAscent(font, size))


def descent(font: str, size: float) -> float:
    """How far the lowest letter sinks below the baseline, in points, positive."""
    return -float(pdfmetrics.getDescent(font, size))


@dataclass(frozen=True, slots=True)
class Fitted:
    """Text that fits its box.

    Attributes:
        lines: One or more.
        font: One of :class:`Fonts`.
        size: In points.
        leading: Distance of two baselines, in points.
    """

    lines: tuple[str, ...]
    font: str
    size: float
    leading: float

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last, in points."""
        return ascent(self.font, self.size) + descent(self.font, self.size) + self.leading * (len(self.lines) - 1)


LEADING: Final = 1.18
SHRINK_TO: Final = 0.75
"""Share of the largest size down to which a line shrinks before it wraps."""

_STEP = 0.94
_PIECES: Final = {" ": r"[^ ]+ *", "-": r"[^ -]*[ -]+|[^ -]+", "": r"[^ -]*[ -]+|[^ -]+"}


def fit_text(words: str, font: str, largest: float, width: float, height: float) -> Fitted:
    """Text that fits a box, whatever its length: it shrinks, then wraps, then breaks words; it is never cut.

    Args:
        words: As they are; runs of ordinary spaces become one.
        font: One of :class:`Fonts`.
        largest: The size wanted, in points.
        width: Of the box, in points.
        height: Of the box, in points.

    Returns:
        One line between ``largest`` and :data:`SHRINK_TO` of it, or as many lines as the box holds at the largest size
        that fits. A word is broken, after its own hyphen or without one, only where it is longer than a line.
    """
    line = " ".join(words.split(" ")).strip()
    wide = text_width(line, font, 1.0)
    size = min(largest, width / wide) if wide else largest
    one = Fitted((line,), font, size, size * LEADING)
    if size >= largest * SHRINK_TO and one.height <= height:
        return one
    size = largest
    while True:
        for cut in (" ", "-", "") if size <= largest * SHRINK_TO else (" ",):
            lines = _wrapped(line, font, size, width, cut)
            fitted = Fitted(lines, font, size, size * LEADING)
            if lines and fitted.height <= height:
                return fitted
        size *= _STEP


def _wrapped(line: str, font: str, size: float, width: float, cut: str) -> tuple[str, ...]:
    """Lines no wider than ``width``, cut after spaces, also after hyphens (« - »), or anywhere (empty).

    Empty when a piece that may not be cut is too wide.
    """
    lines: list[str] = []
    current = ""
    for piece in re.findall(_PIECES[cut], line):
        if text_width(current + piece.rstrip(), font, size) <= width:
            current += piece
            continue
        if current:
            lines.append(current.rstrip())
        parts = _broken(piece, font, size, width)
        if cut and len(parts) > 1:
            return ()
        lines += parts[:-1]
        current = parts[-1]
    return (*lines, current.rstrip())


def _broken(word: str, font: str, size: float, width: float) -> list[str]:
    """The word in pieces no wider than ``width``; an accent stays with its letter."""
    if text_width(word.rstrip(), font, size) <= width:
        return [word]
    parts, current = [], ""
    for letter in word:
        joins = bool(unicodedata.combining(letter))
        if current and not joins and text_width(current + letter, font, size) > width:
            parts.append(current)
            current = letter
        else:
            current += letter
    return [*parts, current]


def draw_fitted(canvas: Canvas, fitted: Fitted, x: float, top: float, colour: str = Ink.TEXT) -> float:
    """Draw lines below ``top``, left-aligned at ``x``; returns the height used, in points."""
    canvas.setFillColor(colour)
    canvas.setFont(fitted.font, fitted.size)
    y = top - ascent(fitted.font, fitted.size)
    for line in fitted.lines:
        canvas.drawString(x, y, line)
        y -= fitted.leading
    return fitted.height


def image(data: bytes) -> ImageReader:
    """A JPEG or PNG for ``canvas.drawImage``; drawn once however often it appears when the same object is passed."""
    return ImageReader(io.BytesIO(data))


def image_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, without decoding the picture."""
    with Image.open(io.BytesIO(data)) as opened:
        return opened.size


def inside(size: tuple[float, float], box: tuple[float, float]) -> tuple[float, float]:
    """The largest size of these proportions that stands inside the box."""
    scale = min(box[0] / size[0], box[1] / size[1])
    return size[0] * scale, size[1] * scale


def heading_lines(office: Office, paper: str) -> tuple[str, str]:
    """What stands at the head of a paper: a title and a line under it; both empty for :attr:`Heading.NONE`."""
    heading = office.heading(paper)
    if heading is Heading.NONE:
        return "", ""
    if heading is Heading.NEUTRAL:
        return office.neutral_words(paper), ""
    return f"{office.association} — {office.name}", _joined((office.postal_box, office.phone))


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(part for part in parts if part)


def draw_heading(canvas: Canvas, office: Office, paper: str, x: float, top: float, width: float) -> float:
    """Draw the head of a paper as the office set it for ``paper`` (one of ``domain.office.PAPERS``).

    Args:
        canvas: Where.
        office: What the office is.
        paper: Which heading applies.
        x: Left edge, in points.
        top: Upper edge, in points.
        width: Room, in points; a long name shrinks, then wraps.

    Returns:
        The ``y`` below the heading, in points; ``top`` itself when the paper has none.
    """
    title, under = heading_lines(office, paper)
    if not title:
        return top
    indent = 0.0
    if office.logo and office.heading(paper) is Heading.ASSOCIATION:
        side = 12 * MM
        wide, high = inside(image_size(office.logo), (side * 2, side))
        canvas.drawImage(image(office.logo), x, top - high, wide, high, mask="auto")
        indent = wide + 3 * MM
    y = top - draw_fitted(
        canvas, fit_text(title, Fonts.BOLD, 14, width - indent, 14 * MM), x + indent, top, Ink.PRIMARY
    )
    if under:
        y -= draw_fitted(canvas, fit_text(under, Fonts.REGULAR, 9, width - indent, 10 * MM), x + indent, y, Ink.MUTED)
    return min(y, top - 12 * MM) if indent else y


def draw_watermark(canvas: Canvas, office: Office, width: float, height: float) -> None:
    """Write « DÉMONSTRATION » across the area, from its lower left origin, when this is the demonstration office.

    Drawn first, so that the text stands over it: a form knows no transparency.
    """
    if not office.demo:
        return
    words = "DÉMONSTRATION"
    size = 0.62 * (width**2 + height**2) ** 0.5 / text_width(words, Fonts.BOLD, 1.0)
    canvas.saveState()
    canvas.setFillColor(Ink.WATERMARK)
    canvas.setFont(Fonts.BOLD, size)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(30 if width >= height else 55)
    canvas.drawCentredString(0, -size * 0.35, words)
    canvas.restoreState()
