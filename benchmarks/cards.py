"""1,000 cards on sheets ÷ the same marks drawn straight with ReportLab: no forms, no fitting, no checks."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import segno
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from antenne.domain import qr
from antenne.domain.cards import CardFace, CardKind, Variant
from antenne.domain.office import Office
from antenne.print import layout, sheets
from antenne.print.cards import HEIGHT, WIDTH
from antenne.print.layout import MM, Fonts
from antenne.services.demo_photos import portrait
from antenne.wording.cards import MONTHS
from benchmarks import common

COUNT, ROUNDS, PHOTOS = 1000, 3, 40
UNTIL = dt.date(2026, 12, 31)
OFFICE = Office(association="DANAYA SO", motto="Maison de la Confiance", name="Antenne de Mopti", town="Sévaré")
NAMES = (("Koné", "Fatoumata"), ("Coulibaly", "Mariam Bintou"), ("Diallo", "Aïssata"), ("Ɲaŋɔlɛ", "Kadiatou"))


def faces() -> tuple[CardFace, ...]:
    photos = [portrait(seed) for seed in range(PHOTOS)]
    return tuple(_face(number, photos[number % PHOTOS]) for number in range(1, COUNT + 1))


def _face(number: int, photo: bytes) -> CardFace:
    member = f"M-{number:05d}"
    last, first = NAMES[number % len(NAMES)]
    return CardFace(
        kind=CardKind.STANDARD,
        layout=1,
        number=member,
        last_name=last,
        first_name=first,
        pseudonym="",
        code=qr.payload(member, qr.control_code(bytes(32), "0" * 32, member, number, UNTIL)),
        valid_until=UNTIL,
        photo=photo,
    )


def bare(cards: Sequence[CardFace]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=layout.points(layout.A4_MM))
    for start in range(0, len(cards), 10):
        for back in (False, True):
            for position, face in enumerate(cards[start : start + 10]):
                canvas.saveState()
                canvas.translate(*sheets.place(position, back=back))
                (_verso if back else _recto)(canvas, face)
                canvas.restoreState()
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def _recto(canvas: Canvas, face: CardFace) -> None:
    canvas.setFillColor("#0E5A5E")
    canvas.rect(0, HEIGHT - 11 * MM, WIDTH, 11 * MM, stroke=0, fill=1)
    canvas.circle(20, HEIGHT - 15, 9)
    canvas.setFillColor("#FFFFFF")
    _line(canvas, Fonts.BOLD, 10.5, 36, HEIGHT - 14, OFFICE.association)
    _line(canvas, Fonts.REGULAR, 6.3, 36, HEIGHT - 24, f"{OFFICE.motto} — {OFFICE.name}")
    canvas.line(10, 20, WIDTH - 10, 20)
    assert face.photo is not None
    canvas.saveState()
    clip = canvas.beginPath()
    clip.roundRect(10, 30, 66, 82, 4)
    canvas.clipPath(clip, stroke=0)
    canvas.drawImage(ImageReader(io.BytesIO(face.photo)), 10, 30, 66, 82)
    canvas.restoreState()
    canvas.setFillColor("#1F2A30")
    lines = (("Nom", face.last_name.upper()), ("Prénom", face.first_name), ("N° de membre", face.number))
    for row, (name, text) in enumerate(lines):
        _line(canvas, Fonts.REGULAR, 5.6, 86, 110 - row * 22, name)
        _line(canvas, Fonts.BOLD, 10, 86, 100 - row * 22, text)
    _line(canvas, Fonts.REGULAR, 6.6, 10, 10, "Carte de membre")
    _line(canvas, Fonts.BOLD, 6.6, 140, 10, "Valable jusqu’au 31/12/2026")
    _code(canvas, face.code)
    canvas.roundRect(0, 0, WIDTH, HEIGHT, 8, stroke=1)


def _code(canvas: Canvas, text: str) -> None:
    path = canvas.beginPath()
    for y, row in enumerate(segno.make(text, error="m", micro=False, boost_error=False).matrix):
        cells = bytes(row)
        at = cells.find(1)
        while at >= 0:
            end = cells.find(0, at)
            end = end if end >= 0 else len(cells)
            path.rect(190 + 2 * at, 110 - 2 * y, 2 * (end - at), 2)
            at = cells.find(1, end)
    canvas.drawPath(path, stroke=0, fill=1)


def _verso(canvas: Canvas, _face: CardFace) -> None:
    _line(canvas, Fonts.BOLD, 7.2, 10, 140, "Cotisations 2026")
    for position, month in enumerate(MONTHS):
        x, y = 10 + (position % 6) * 38, 80 - (position // 6) * 50
        canvas.roundRect(x, y, 35, 47, 3)
        _line(canvas, Fonts.REGULAR, 5.6, x + 3, y + 40, month)
    _line(canvas, Fonts.REGULAR, 6.6, 10, 20, "Carte personnelle. En cas de perte, merci de la rapporter : Sévaré.")


def _line(canvas: Canvas, font: str, size: float, x: float, y: float, text: str) -> None:
    canvas.setFont(font, size)
    canvas.drawString(x, y, text)


def main() -> None:
    layout.register_fonts()
    made = faces()
    ours, straight = [], []
    for _ in range(ROUNDS):
        straight.append(common.timed(lambda: bare(made)))
        ours.append(common.timed(lambda: sheets.render_cards(made, OFFICE, Variant.SHEET)))
    ratio = min(ours) / min(straight)
    common.report(
        "1 000 cartes ÷ mêmes traits, ReportLab nu", ratio, "≤ 1,5", f"{min(ours):.2f} s ÷ {min(straight):.2f} s"
    )


if __name__ == "__main__":
    main()
