"""One card, both sides, drawn at any place of a page (mockup: imprimes).

What never changes from card to card is drawn once per document as a form and called; what belongs to one woman is her
texts, her photo as it is stored, and the QR code as one path. Places are millimetres from the card's upper left corner.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import segno
from PIL import Image, UnidentifiedImageError
from reportlab.lib.utils import ImageReader

from antenne.domain.cards import CardFace, CardKind
from antenne.domain.office import Heading, Office
from antenne.domain.violations import RulesBroken, Violation
from antenne.print import layout
from antenne.print.layout import CR80_MM, MM, Fonts, Ink, Paper
from antenne.wording import cards as words

WIDTH, HEIGHT = layout.points(CR80_MM)
RADIUS: Final = 3.0 * MM

_MARGIN: Final = 3.7
_BAND: Final = 11.0
_TOP: Final = 14.2
_PHOTO: Final = (23.2, 29.0)
_TEXT_LEFT: Final = 30.2
_TEXT_RIGHT: Final = 64.6
_MODULE: Final = 0.7
"""Side of a module of the QR code: 8 dots of a 300-dpi printer."""
_RULE: Final = 47.0
_NAMES_HEIGHT: Final = 8.6
_DISCREET_GROUND: Final = "#43505A"

Mark = Callable[[float, float], None]


@dataclass(frozen=True, slots=True)
class _Words:
    """What the two kinds of card say differently."""

    title: str
    under: str
    foot: str
    number: str
    grid: str
    lost: str


class _Jpeg(ImageReader):  # type: ignore[misc]  # ReportLab brings no types
    """A JPEG that goes into the PDF as it is: ReportLab's own reader decodes the pixels only to name the picture."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._dataA = None
        with Image.open(io.BytesIO(data)) as opened:
            if opened.format != "JPEG":
                raise UnidentifiedImageError
            self._size = opened.size

    def getRGBData(self) -> bytes:
        return self._data

    def jpeg_fh(self) -> io.BytesIO:
        return io.BytesIO(self._data)

    def getSize(self) -> tuple[int, int]:
        return self._size


class CardPen:
    """Draws cards into one PDF."""

    def __init__(self, paper: Paper, office: Office) -> None:
        """Draw into ``paper`` what ``office`` says."""
        self._canvas = paper.canvas
        self._office = office
        self._forms: set[str] = set()

    def recto(self, face: CardFace, x: float, y: float) -> None:
        """The front, its lower left corner at ``x``, ``y`` (points).

        Raises:
            RulesBroken: ``card.letters``, ``card.layout``, ``card.photo``: nothing is printed wrong or half.
        """
        _LAYOUTS.get(face.layout, _unknown_layout)(self, face, x, y)

    def verso(self, face: CardFace, x: float, y: float) -> None:
        """The back, its lower left corner at ``x``, ``y`` (points)."""
        name = f"verso-{face.kind.value}-{face.valid_until.year}"
        self._static(name, x, y, lambda: self._verso_form(face))

    def _recto_1(self, face: CardFace, x: float, y: float) -> None:
        discreet = face.kind is CardKind.DISCREET
        self._static(f"recto-{face.kind.value}", x, y, lambda: self._recto_form(face.kind))
        canvas = self._canvas
        canvas.saveState()
        canvas.translate(x, y)
        if not discreet:
            self._photo(face)
        self._texts(face)
        self._code(face.code)
        canvas.restoreState()

    def _static(self, name: str, x: float, y: float, draw: Callable[[], None]) -> None:
        canvas = self._canvas
        if name not in self._forms:
            canvas.beginForm(name, 0, 0, WIDTH, HEIGHT)
            draw()
            canvas.endForm()
            self._forms.add(name)
        canvas.saveState()
        canvas.translate(x, y)
        canvas.doForm(name)
        canvas.restoreState()

    def _recto_form(self, kind: CardKind) -> None:
        canvas, said = self._canvas, _said(self._office, kind)
        layout.draw_watermark(canvas, self._office, WIDTH, HEIGHT)
        if said.title:
            self._band(kind, said)
        canvas.setStrokeColor(Ink.ACCENT)
        canvas.setLineWidth(0.33 * MM)
        canvas.line(_MARGIN * MM, HEIGHT - _RULE * MM, WIDTH - _MARGIN * MM, HEIGHT - _RULE * MM)

    def _band(self, kind: CardKind, said: _Words) -> None:
        canvas = self._canvas
        canvas.setFillColor(band_colour(kind))
        canvas.rect(0, HEIGHT - _BAND * MM, WIDTH, _BAND * MM, stroke=0, fill=1)
        left = _MARGIN
        if said.under:
            left = self._emblem()
        room = WIDTH - (left + _MARGIN) * MM
        title = layout.fit_text(said.title, Fonts.BOLD, 10.5, room, (4.8 if said.under else 7.4) * MM)
        under = layout.fit_text(said.under, Fonts.REGULAR, 6.3, room, 3.1 * MM)
        high = title.height + (under.height - 0.5 * MM if said.under else 0.0)
        top = HEIGHT - (_BAND * MM - high) / 2
        top -= layout.draw_fitted(canvas, title, left * MM, top, Ink.WHITE) - 0.5 * MM
        if said.under:
            layout.draw_fitted(canvas, under, left * MM, top, Ink.PALE_ON_PRIMARY)

    def _emblem(self) -> float:
        """The logo, or the ring that stands for it; returns where the text begins, in millimetres."""
        canvas, logo, side = self._canvas, self._office.logo, 8.0
        centre = HEIGHT - _BAND / 2 * MM
        if logo is None:
            canvas.setStrokeColor("#E8B678")
            canvas.setLineWidth(0.45 * MM)
            canvas.circle((_MARGIN + 3.2) * MM, centre, 3.1 * MM, stroke=1, fill=0)
            return _MARGIN + 9.0
        wide, high = layout.inside(layout.image_size(logo), (side * 1.6 * MM, (side - 1.0) * MM))
        tile = wide + 1.0 * MM
        canvas.setFillColor(Ink.WHITE)
        canvas.roundRect(_MARGIN * MM, centre - side / 2 * MM, tile, side * MM, 1.0 * MM, stroke=0, fill=1)
        canvas.drawImage(layout.image(logo), _MARGIN * MM + 0.5 * MM, centre - high / 2, wide, high, mask="auto")
        return _MARGIN + tile / MM + 2.4

    def _photo(self, face: CardFace) -> None:
        canvas = self._canvas
        wide, high = _PHOTO[0] * MM, _PHOTO[1] * MM
        x, y = _MARGIN * MM, HEIGHT - (_TOP + _PHOTO[1]) * MM
        if face.photo is None:
            self._static("silhouette", 0, 0, self._silhouette)
            return
        try:
            picture = _Jpeg(face.photo)
        except (UnidentifiedImageError, OSError) as error:
            raise RulesBroken(Violation("card.photo", None, (("number", face.number),))) from error
        across, up = picture.getSize()
        scale = max(wide / across, high / up)
        canvas.saveState()
        clip = canvas.beginPath()
        clip.roundRect(x, y, wide, high, 1.3 * MM)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.drawImage(
            picture, x - (across * scale - wide) / 2, y - (up * scale - high) / 2, across * scale, up * scale
        )
        canvas.restoreState()

    def _silhouette(self) -> None:
        canvas = self._canvas
        wide, high = _PHOTO[0] * MM, _PHOTO[1] * MM
        x, y = _MARGIN * MM, HEIGHT - (_TOP + _PHOTO[1]) * MM
        canvas.setFillColor(Ink.SAND)
        canvas.roundRect(x, y, wide, high, 1.3 * MM, stroke=0, fill=1)
        clip = canvas.beginPath()
        clip.roundRect(x, y, wide, high, 1.3 * MM)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.setFillColor("#CFC4B3")
        canvas.ellipse(x + wide * 0.14, y - high * 0.32, x + wide * 0.86, y + high * 0.36, stroke=0, fill=1)
        canvas.circle(x + wide / 2, y + high * 0.58, wide * 0.2, stroke=0, fill=1)

    def _texts(self, face: CardFace) -> None:
        said = _said(self._office, face.kind)
        lines = _name_lines(face, said)
        if missing := layout.missing_letters("".join(text for _, text in lines)):
            values = (("letters", "".join(sorted(missing))), ("number", face.number))
            raise RulesBroken(Violation("card.letters", None, values))
        left = _MARGIN if face.kind is CardKind.DISCREET else _TEXT_LEFT
        room = (_TEXT_RIGHT - left) * MM
        pen = self._canvas.beginText()
        top = HEIGHT - (_TOP - 0.6) * MM
        for label, text in lines:
            _put(pen, Fonts.REGULAR, 5.6, left * MM, top, label, Ink.MUTED)
            top -= 2.2 * MM
            fitted = layout.fit_text(text, Fonts.BOLD, 10.0, room, _NAMES_HEIGHT * MM)
            for row, line in enumerate(fitted.lines):
                _put(pen, fitted.font, fitted.size, left * MM, top - row * fitted.leading, line, Ink.TEXT)
            top -= fitted.height + 0.9 * MM
        self._foot(pen, face, said)
        self._canvas.drawText(pen)

    def _foot(self, pen: Any, face: CardFace, said: _Words) -> None:
        foot = " · ".join(part for part in (said.foot, words.duplicate(face.duplicate_no)) if part)
        top = HEIGHT - (_RULE + 1.1) * MM
        _put(pen, Fonts.REGULAR, 6.6, _MARGIN * MM, top, foot, Ink.TEXT)
        until = words.valid_until(face.valid_until)
        right = WIDTH - _MARGIN * MM - layout.text_width(until, Fonts.BOLD, 6.6)
        _put(pen, Fonts.BOLD, 6.6, right, top, until, Ink.TEXT)

    def _code(self, payload: str) -> None:
        """The QR code as one path: a rectangle for each run of dark modules."""
        rows = segno.make(payload, error="m", micro=False, boost_error=False).matrix
        side = len(rows) * _MODULE
        canvas = self._canvas
        canvas.translate(WIDTH - (_MARGIN + side) * MM, HEIGHT - (_TOP + 0.5 + side) * MM)
        canvas.scale(_MODULE * MM, _MODULE * MM)
        path = canvas.beginPath()
        for y, row in enumerate(reversed(rows)):
            start, last = 0, len(row)
            while start < last:
                if not row[start]:
                    start += 1
                    continue
                end = start + 1
                while end < last and row[end]:
                    end += 1
                path.rect(start, y, end - start, 1)
                start = end
        canvas.setFillColor(Ink.TEXT)
        canvas.drawPath(path, stroke=0, fill=1)

    def _verso_form(self, face: CardFace) -> None:
        canvas, said = self._canvas, _said(self._office, face.kind)
        layout.draw_watermark(canvas, self._office, WIDTH, HEIGHT)
        year = str(face.valid_until.year)
        title = layout.fit_text(f"{said.grid} {year}".strip(), Fonts.BOLD, 7.2, 70 * MM, 5 * MM)
        layout.draw_fitted(canvas, title, _MARGIN * MM, HEIGHT - 2.6 * MM)
        self._grid(HEIGHT - 7.2 * MM)
        lost = layout.fit_text(said.lost, Fonts.REGULAR, 6.6, WIDTH - 2 * _MARGIN * MM, 8.0 * MM)
        layout.draw_fitted(canvas, lost, _MARGIN * MM, HEIGHT - 42.6 * MM)

    def _grid(self, top: float) -> None:
        """Twelve boxes, one stamp a month."""
        canvas = self._canvas
        gap, columns, high = 1.0 * MM, 6, 16.6 * MM
        wide = (WIDTH - 2 * _MARGIN * MM - (columns - 1) * gap) / columns
        canvas.setStrokeColor(Ink.RULE)
        canvas.setLineWidth(0.17 * MM)
        canvas.setFont(Fonts.REGULAR, 5.6)
        canvas.setFillColor(Ink.MUTED)
        for position, month in enumerate(words.MONTHS):
            row, column = divmod(position, columns)
            x = _MARGIN * MM + column * (wide + gap)
            y = top - row * (high + gap) - high
            canvas.roundRect(x, y, wide, high, 1.0 * MM, stroke=1, fill=0)
            canvas.drawString(x + 1.1 * MM, y + high - 2.4 * MM, month)


def band_colour(kind: CardKind) -> str:
    """Colour of the band at the head of that kind of card."""
    return _DISCREET_GROUND if kind is CardKind.DISCREET else Ink.PRIMARY


def has_band(office: Office, kind: CardKind) -> bool:
    """Whether that kind of card has a coloured band at its head."""
    return bool(_said(office, kind).title)


def _name_lines(face: CardFace, said: _Words) -> tuple[tuple[str, str], ...]:
    if face.kind is CardKind.DISCREET:
        return (("Nom", face.pseudonym), (said.number, face.number))
    return (("Nom", face.last_name.upper()), ("Prénom", face.first_name), (said.number, face.number))


def _put(pen: Any, font: str, size: float, x: float, top: float, line: str, colour: str) -> None:
    """Add one line to a text object, its box below ``top``."""
    pen.setFont(font, size)
    pen.setFillColor(colour)
    pen.setTextOrigin(x, top - layout.ascent(font, size))
    pen.textOut(line)


def _said(office: Office, kind: CardKind) -> _Words:
    """What a card of that kind says: only the association's own heading names it."""
    paper = "discreet_card" if kind is CardKind.DISCREET else "card"
    heading = office.heading(paper)
    named = heading is Heading.ASSOCIATION
    title = {Heading.ASSOCIATION: office.association, Heading.NEUTRAL: office.neutral_heading, Heading.NONE: ""}[
        heading
    ]
    under = " — ".join(part for part in (office.motto, office.name) if part) if named else ""
    discreet = kind is CardKind.DISCREET
    return _Words(
        title=title,
        under=under,
        foot="" if discreet else ("Carte de membre" if named else "Carte personnelle"),
        number="N°" if discreet or not named else "N° de membre",
        grid="" if discreet else "Cotisations",
        lost=_lost(office),
    )


def _lost(office: Office) -> str:
    """« Carte personnelle. En cas de perte, merci de la rapporter : … »; a phone number is never split."""
    phone = f"tél.\u00a0{office.phone}".replace(" ", "\u00a0") if office.phone else ""
    box = office.postal_box.replace(" ", "\u00a0")
    where = ", ".join(part for part in (office.town, phone, box) if part)
    return f"Carte personnelle. En cas de perte, merci de la rapporter\u00a0: {where}."


def _unknown_layout(_pen: CardPen, face: CardFace, _x: float, _y: float) -> None:
    raise RulesBroken(Violation("card.layout", None, (("number", face.number),)))


_LAYOUTS: Final[dict[int, Callable[[CardPen, CardFace, float, float], None]]] = {
    1: CardPen._recto_1,  # noqa: SLF001 - the drawings are the pen's own, listed by version
}
"""The drawings by version; a version that has been printed is never changed, a new one is added."""
