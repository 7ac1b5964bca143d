"""Cards on paper: sheets of ten for both sides, pairs to fold and glue, or one card a page for a card printer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from antenne.base.progress import Progress, Silent
from antenne.domain.cards import CardFace, Offsets, Variant
from antenne.domain.office import Office
from antenne.print import layout
from antenne.print.cards import HEIGHT, RADIUS, WIDTH, CardPen, band_colour, has_band
from antenne.print.layout import A4_MM, CR80_MM, MM, Fonts, Ink, Paper

TITLE: Final = "Cartes"
COLUMNS: Final = 2
ROWS: Final = 5
PER_SHEET: Final = COLUMNS * ROWS
PAGE_WIDTH, PAGE_HEIGHT = layout.points(A4_MM)
LEFT: Final = (PAGE_WIDTH - COLUMNS * WIDTH) / 2
BOTTOM: Final = (PAGE_HEIGHT - ROWS * HEIGHT) / 2
NO_OFFSETS: Final = Offsets()

_BLEED: Final = 2.0 * MM
_STEP: Final = "cards.draw"


def render_cards(
    faces: Sequence[CardFace],
    office: Office,
    variant: Variant,
    offsets: Offsets = NO_OFFSETS,
    progress: Progress | None = None,
) -> bytes:
    """Draw cards.

    Args:
        faces: In the order they come out.
        office: What the papers say.
        variant: Sheets of ten, pairs to fold, or one card a page.
        offsets: Correction of the printer.
        progress: Told after each page, asked for a stop.

    Returns:
        A PDF; fronts and backs alternate, page by page, but for :attr:`Variant.FOLD`, which has one side.

    Raises:
        RulesBroken: A name cannot be drawn, a photo is damaged, a layout is unknown.
        Stopped: The user asked.
    """
    watched = progress or Silent()
    draw = {Variant.SHEET: _sheets, Variant.FOLD: _folds, Variant.PRINTER: _pages}[variant]
    return draw(tuple(faces), office, offsets, watched)


def _sheets(faces: Sequence[CardFace], office: Office, offsets: Offsets, progress: Progress) -> bytes:
    paper = Paper(TITLE, A4_MM)
    pen = CardPen(paper, office)
    for group in _groups(faces, PER_SHEET, progress):
        shift(paper, offsets.x, offsets.y)
        _bleed(paper, office, group)
        for position, face in enumerate(group):
            pen.recto(face, *place(position))
        _guides(paper, len(group))
        crop_marks(paper)
        paper.end_page()
        shift(paper, offsets.back_x, offsets.back_y)
        for position, face in enumerate(group):
            pen.verso(face, *place(position, back=True))
        crop_marks(paper)
        paper.end_page()
    return paper.finish()


def _folds(faces: Sequence[CardFace], office: Office, offsets: Offsets, progress: Progress) -> bytes:
    paper = Paper(TITLE, A4_MM)
    pen = CardPen(paper, office)
    for group in _groups(faces, ROWS, progress):
        shift(paper, offsets.x, offsets.y)
        for row, face in enumerate(group):
            pen.recto(face, *place(row * COLUMNS))
            pen.verso(face, *place(row * COLUMNS + 1))
        _fold_guides(paper, len(group))
        crop_marks(paper, folded=True)
        _fold_words(paper)
        paper.end_page()
    return paper.finish()


def _pages(faces: Sequence[CardFace], office: Office, offsets: Offsets, progress: Progress) -> bytes:
    paper = Paper(TITLE, CR80_MM)
    pen = CardPen(paper, office)
    for (face,) in _groups(faces, 1, progress):
        shift(paper, offsets.x, offsets.y)
        _run_over(paper, office, face)
        pen.recto(face, 0, 0)
        paper.end_page()
        shift(paper, offsets.back_x, offsets.back_y)
        pen.verso(face, 0, 0)
        paper.end_page()
    return paper.finish()


def place(position: int, *, back: bool = False) -> tuple[float, float]:
    """Lower left corner of a card on the sheet, in points; on the back the columns are mirrored for duplex."""
    row, column = divmod(position, COLUMNS)
    if back:
        column = COLUMNS - 1 - column
    return LEFT + column * WIDTH, BOTTOM + (ROWS - 1 - row) * HEIGHT


def _groups(faces: Sequence[CardFace], size: int, progress: Progress) -> Iterator[Sequence[CardFace]]:
    """The faces page by page, with a stop and a report at each."""
    for start in range(0, len(faces), size):
        progress.check()
        yield faces[start : start + size]
        progress.report(_STEP, min(start + size, len(faces)), len(faces))


def shift(paper: Paper, x: int, y: int) -> None:
    """Correct the printer on this page: tenths of a millimetre, against what it is off."""
    if x or y:
        paper.canvas.translate(-x * MM / 10, -y * MM / 10)


def _bleed(paper: Paper, office: Office, group: Sequence[CardFace]) -> None:
    """Let the colour run past the outer cuts, so that a knife a little off leaves no white line."""
    canvas = paper.canvas
    for position, face in enumerate(group):
        if not has_band(office, face.kind):
            continue
        x, y = place(position)
        top, side = y + HEIGHT, position % COLUMNS
        canvas.setFillColor(band_colour(face.kind))
        over = _BLEED if position < COLUMNS else 0.0
        canvas.rect(x - (0 if side else _BLEED), top - 11 * MM, WIDTH + _BLEED, 11 * MM + over, stroke=0, fill=1)


def _run_over(paper: Paper, office: Office, face: CardFace) -> None:
    """The same on a card of its own: the colour runs past the edge of the page."""
    if has_band(office, face.kind):
        paper.canvas.setFillColor(band_colour(face.kind))
        paper.canvas.rect(-_BLEED, HEIGHT - 11 * MM, WIDTH + 2 * _BLEED, 11 * MM + _BLEED, stroke=0, fill=1)


def _guides(paper: Paper, cards: int) -> None:
    """A hair line round each card, for scissors."""
    canvas = paper.canvas
    canvas.saveState()
    canvas.setStrokeColor(Ink.LINE)
    canvas.setLineWidth(0.2)
    for position in range(cards):
        canvas.roundRect(*place(position), WIDTH, HEIGHT, RADIUS, stroke=1, fill=0)
    canvas.restoreState()


def _fold_guides(paper: Paper, pairs: int) -> None:
    """A hair line round each pair, a dotted one where it folds."""
    canvas = paper.canvas
    canvas.saveState()
    canvas.setStrokeColor(Ink.LINE)
    canvas.setLineWidth(0.2)
    for row in range(pairs):
        canvas.roundRect(*place(row * COLUMNS), COLUMNS * WIDTH, HEIGHT, RADIUS, stroke=1, fill=0)
    canvas.setStrokeColor(Ink.RULE)
    canvas.setLineWidth(0.35)
    canvas.setDash(1, 2)
    bottom = place((pairs - 1) * COLUMNS)[1]
    canvas.line(PAGE_WIDTH / 2, bottom, PAGE_WIDTH / 2, BOTTOM + ROWS * HEIGHT)
    canvas.restoreState()


def crop_marks(paper: Paper, *, folded: bool = False) -> None:
    """Short lines in the margins where the knife goes; the fold in the middle is dashed."""
    canvas = paper.canvas
    near, far = 3.0 * MM, 8.0 * MM
    right, top = LEFT + COLUMNS * WIDTH, BOTTOM + ROWS * HEIGHT
    canvas.saveState()
    canvas.setStrokeColor(Ink.TEXT)
    canvas.setLineWidth(0.25)
    for column in range(COLUMNS + 1):
        fold = folded and column == 1
        canvas.setDash(*((2, 2) if fold else ()))
        x = LEFT + column * WIDTH
        canvas.line(x, top + (0 if fold else near), x, top + far)
        canvas.line(x, BOTTOM - (0 if fold else near), x, BOTTOM - far)
    canvas.setDash()
    for row in range(ROWS + 1):
        y = BOTTOM + row * HEIGHT
        canvas.line(LEFT - far, y, LEFT - near, y)
        canvas.line(right + near, y, right + far, y)
    canvas.restoreState()


def _fold_words(paper: Paper) -> None:
    """How to make the card, in the margins."""
    canvas = paper.canvas
    canvas.setFillColor(Ink.MUTED)
    canvas.setFont(Fonts.REGULAR, 7)
    canvas.drawString(PAGE_WIDTH / 2 + 2 * MM, PAGE_HEIGHT - BOTTOM + 4.5 * MM, "Plier ici")
    canvas.drawString(
        LEFT + 3 * MM, BOTTOM - 6.5 * MM, "Couper sur les traits, plier sur le pointillé, coller dos à dos, plastifier."
    )
