"""The papers of protection: the slip with a code only, the alerts to read among colleagues.

No name, no reason, no word of the association unless the office chose it for its slips: print spools can be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from antenne.domain.alerts import AlertFace
from antenne.domain.office import Office
from antenne.domain.protection_faces import SlipFace
from antenne.print import layout
from antenne.print import money_parts as parts
from antenne.print.layout import A4_MM, A5_MM, MM, Ink, Paper
from antenne.wording import formats
from antenne.wording import protection as words

PAPER: Final = "slip"

_LEFT: Final = 14 * MM
_ROOM: Final = A5_MM[0] * MM - 2 * _LEFT
_TOP: Final = A5_MM[1] * MM - 13 * MM
_BACK_TOP: Final = 88 * MM
"""Upper edge of the part that the structure gives back."""

_LIST_LEFT: Final = 15 * MM
_LIST_ROOM: Final = A4_MM[0] * MM - 2 * _LIST_LEFT
_SHARES: Final = (0.20, 0.16, 0.32, 0.17, 0.15)
_LIST_BOTTOM: Final = 24 * MM


def render_slip(face: SlipFace, office: Office) -> bytes:
    """One referral slip, A5 portrait: where she goes above, what comes back below, the same code on both.

    Args:
        face: What it shows.
        office: Its heading of « slip » applies, neutral unless the office chose otherwise.
    """
    paper = Paper(words.SLIP_PAPER_TITLE, A5_MM)
    canvas = paper.canvas
    layout.draw_watermark(canvas, office, paper.width, paper.height)
    y = layout.draw_heading(canvas, office, PAPER, _LEFT, _TOP, _ROOM)
    y -= 5 * MM if y < _TOP else 0
    y = _title(canvas, face, y)
    if face.before is not None:
        y = _urgent(canvas, words.slip_before(formats.moment(face.before)), y)
    _where(canvas, face, y)
    _back(canvas, face)
    paper.end_page()
    return paper.finish()


def _title(canvas: Canvas, face: SlipFace, y: float) -> float:
    """Title and day on the left, the code in a frame on the right."""
    code = parts.fitted(face.code, 22, 46 * MM, 12 * MM, bold=True)
    wide, high = 52 * MM, 15 * MM
    right = _LEFT + _ROOM
    canvas.setStrokeColor(Ink.PRIMARY)
    canvas.setLineWidth(1.1)
    canvas.roundRect(right - wide, y - high, wide, high, 1.8 * MM, stroke=1, fill=0)
    parts.centred(canvas, code, right - wide / 2, y - (high - code.height) / 2, Ink.PRIMARY)
    title = parts.fitted(words.SLIP_TITLE, 15, _ROOM - wide - 5 * MM, 9 * MM, bold=True)
    below = y - 1.5 * MM - layout.draw_fitted(canvas, title, _LEFT, y - 1.5 * MM)
    day = parts.fitted(f"du {formats.long_day(face.given_on)}", 10.5, _ROOM - wide - 5 * MM)
    layout.draw_fitted(canvas, day, _LEFT, below - 0.5 * MM, Ink.MUTED)
    return y - high - 6 * MM


def _urgent(canvas: Canvas, said: str, y: float) -> float:
    """Before when she is to be received, in a filled band; not for what."""
    inner = 4 * MM
    line = parts.fitted(said, 12, _ROOM - 2 * inner, 14 * MM, bold=True)
    high = line.height + 4 * MM
    canvas.setFillColor(Ink.TEXT)
    canvas.roundRect(_LEFT, y - high, _ROOM, high, 1.6 * MM, stroke=0, fill=1)
    layout.draw_fitted(canvas, line, _LEFT + inner, y - 2 * MM, Ink.WHITE)
    return y - high - 5 * MM


def _where(canvas: Canvas, face: SlipFace, y: float) -> None:
    """The structure in large letters, then what the directory knows of it."""
    name = parts.fitted(face.structure, 15, _ROOM, 15 * MM, bold=True)
    y -= layout.draw_fitted(canvas, name, _LEFT, y) + 1.5 * MM
    at = "" if face.at is None else f"Rendez-vous\u00a0: {formats.moment(face.at)}"
    phone = f"Téléphone\u00a0: {face.phone}" if face.phone else ""
    for said in (face.place, phone, face.hours, at):
        if said:
            line = parts.fitted(said, 10.5, _ROOM, 11 * MM, bold=said == at)
            y -= layout.draw_fitted(canvas, line, _LEFT, y) + 1 * MM
    y -= 2 * MM
    for said in (words.SLIP_GO, words.SLIP_NO_NAME):
        line = parts.fitted(said, 9.5, _ROOM, 9 * MM)
        y -= layout.draw_fitted(canvas, line, _LEFT, y, Ink.MUTED) + 0.8 * MM


def _back(canvas: Canvas, face: SlipFace) -> None:
    """The contre-référence: cut along the line, filled by the structure."""
    canvas.setStrokeColor(Ink.RULE)
    canvas.setLineWidth(0.6)
    canvas.setDash(3, 3)
    canvas.line(_LEFT, _BACK_TOP, _LEFT + _ROOM, _BACK_TOP)
    canvas.setDash()
    y = _BACK_TOP - 5 * MM
    parts.tag(canvas, face.code, _LEFT + _ROOM, y, strong=False)
    title = parts.fitted(words.SLIP_BACK, 12.5, _ROOM - 45 * MM, 8 * MM, bold=True)
    y -= layout.draw_fitted(canvas, title, _LEFT, y) + 4.5 * MM
    received, done, again, stamp = words.SLIP_BACK_ASKED
    y = _blank(canvas, received, y, _ROOM * 0.55)
    x = _LEFT
    for box in words.SLIP_BOXES:
        canvas.setStrokeColor(Ink.TEXT)
        canvas.setLineWidth(0.8)
        canvas.rect(x, y - 3.6 * MM, 3.6 * MM, 3.6 * MM, stroke=1, fill=0)
        said = parts.fitted(box, 10, 30 * MM)
        layout.draw_fitted(canvas, said, x + 5 * MM, y + 0.2 * MM)
        x += 8 * MM + layout.text_width(box, said.font, said.size) + 2.5 * MM
    y = _blank(canvas, done, y - 10 * MM, _ROOM)
    y = _blank(canvas, again, y, _ROOM * 0.55)
    label = parts.fitted(stamp, 9, 50 * MM)
    layout.draw_fitted(canvas, label, _LEFT + _ROOM - 50 * MM, 38 * MM, Ink.MUTED)
    canvas.setStrokeColor(Ink.RULE)
    canvas.roundRect(_LEFT + _ROOM - 50 * MM, 10 * MM, 50 * MM, 23 * MM, 1.2 * MM, stroke=1, fill=0)


def _blank(canvas: Canvas, label: str, y: float, room: float) -> float:
    """A label and a line to write on."""
    said = parts.fitted(label, 10, 40 * MM)
    wide = layout.text_width(label, said.font, said.size) + 2.5 * MM
    layout.draw_fitted(canvas, said, _LEFT, y)
    parts.rule(canvas, _LEFT + wide, y - said.height + 1, room - wide, colour=Ink.RULE)
    return y - 9 * MM


def render_alerts(faces: Sequence[AlertFace], office: Office) -> bytes:
    """The alerts in force, to read aloud: A4 portrait, one row each; nothing tells whose they are nor which office's.

    Args:
        faces: From ``alerts.to_read``.
        office: For the demonstration's watermark.
    """
    paper = Paper(words.ALERTS_TITLE, A4_MM)
    y = _list_head(paper, office)
    for face in faces:
        cells = _cells(face)
        high = max(cell.height for cell in cells) + 4 * MM
        if y - high < _LIST_BOTTOM:
            _list_foot(paper.canvas)
            paper.end_page()
            y = _list_head(paper, office)
        x = _LIST_LEFT
        for cell, share in zip(cells, _SHARES, strict=True):
            layout.draw_fitted(paper.canvas, cell, x, y - 2 * MM)
            x += share * _LIST_ROOM
        y -= high
        parts.rule(paper.canvas, _LIST_LEFT, y, _LIST_ROOM)
    _list_foot(paper.canvas)
    paper.end_page()
    return paper.finish()


def _cells(face: AlertFace) -> tuple[layout.Fitted, ...]:
    said = (face.place, face.when, face.manner, face.vehicle, formats.day(face.expires_on))
    return tuple(
        layout.Fitted(_lines(one, share), layout.Fonts.REGULAR, _SIZE, _SIZE * layout.LEADING)
        for one, share in zip(said, _SHARES, strict=True)
    )


_SIZE: Final = 12.0


def _lines(said: str, share: float) -> tuple[str, ...]:
    """Lines of one size in every cell: it is read aloud by lamplight, so that nothing shrinks."""
    room = share * _LIST_ROOM - 3 * MM
    fitted = layout.fit_text(parts.clean(said), layout.Fonts.REGULAR, _SIZE, room, parts.ENOUGH)
    if fitted.size >= _SIZE:
        return fitted.lines
    lines: list[str] = []
    for word in (piece for whole in parts.clean(said).split() for piece in _pieces(whole, room)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and layout.text_width(longer, layout.Fonts.REGULAR, _SIZE) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def _pieces(word: str, room: float) -> tuple[str, ...]:
    """A word in pieces that fit; nearly always the word itself."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and layout.text_width(pieces[-1] + letter, layout.Fonts.REGULAR, _SIZE) > room:
            pieces.append("")
        pieces[-1] += letter
    return tuple(pieces)


def _list_head(paper: Paper, office: Office) -> float:
    canvas = paper.canvas
    layout.draw_watermark(canvas, office, paper.width, paper.height)
    top = A4_MM[1] * MM - 16 * MM
    title = parts.fitted(words.ALERTS_TITLE, 18, _LIST_ROOM, 12 * MM, bold=True)
    y = top - layout.draw_fitted(canvas, title, _LIST_LEFT, top) - 6 * MM
    x = _LIST_LEFT
    for head, share in zip(words.ALERTS_HEADS, _SHARES, strict=True):
        fitted = parts.fitted(head, 10, share * _LIST_ROOM - 2 * MM, 6 * MM, bold=True)
        layout.draw_fitted(canvas, fitted, x, y, Ink.MUTED)
        x += share * _LIST_ROOM
    y -= 6 * MM
    parts.rule(canvas, _LIST_LEFT, y, _LIST_ROOM, colour=Ink.PRIMARY, weight=1)
    return y


def _list_foot(canvas: Canvas) -> None:
    said = parts.fitted(words.ALERTS_FOOT, 9, _LIST_ROOM, 12 * MM)
    layout.draw_fitted(canvas, said, _LIST_LEFT, 18 * MM, Ink.MUTED)
