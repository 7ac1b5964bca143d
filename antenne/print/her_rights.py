"""« Ce qui est gardé sur moi »: an A4 in plain French that a woman may ask for, page after page, part after part.

Without the compartment it says nothing that there is one. Title, heading and foot name nobody: her name stands once, at
the head, as she gave it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from antenne.domain.her_rights import Fact, Held, HeldPart, HeldRecord
from antenne.domain.office import Office
from antenne.print import layout
from antenne.print import money_parts as parts
from antenne.print.layout import A4_MM, MM, Fonts, Ink, Paper
from antenne.wording import formats
from antenne.wording import her_rights as words
from antenne.wording import papers as paper_words

PAPER: Final = "her_rights"

_LEFT: Final = 16 * MM
_ROOM: Final = A4_MM[0] * MM - 2 * _LEFT
_TOP: Final = A4_MM[1] * MM - 14 * MM
_BOTTOM: Final = 18 * MM
_INDENT: Final = 5 * MM
_KEPT: Final = 12 * MM
"""A heading is not left alone at the foot of a page."""

_LEAD = "lead"
_PART = "part"
_RECORD = "record"
_FACT = "fact"
_BEFORE = "before"


@dataclass(frozen=True, slots=True)
class _Line:
    """One paragraph: its role, and its words already escaped for ReportLab."""

    role: str
    markup: str

    @property
    def heads(self) -> bool:
        """Whether something must follow on the same page."""
        return self.role in (_PART, _RECORD)


_STYLES: Final = {
    _LEAD: (10.5, False, Ink.TEXT, 0.0, 1.5),
    _PART: (13.0, True, Ink.PRIMARY, 5.0, 1.6),
    _RECORD: (10.5, True, Ink.TEXT, 2.6, 0.6),
    _FACT: (10.0, False, Ink.TEXT, 0.3, 0.3),
    _BEFORE: (9.0, False, Ink.MUTED, 0.3, 0.3),
}
"""Size, bold, colour, millimetres before and after."""


def render_held(held: Held, office: Office) -> bytes:
    """The paper.

    Args:
        held: What is told; ``held.sealed`` decides nothing but what is in it.
        office: Its heading of « her_rights » applies, neutral unless the office chose otherwise.
    """
    count = _draw(Paper(words.PAPER_TITLE, A4_MM), held, office, 0)
    paper = Paper(words.PAPER_TITLE, A4_MM)
    _draw(paper, held, office, count)
    return paper.finish()


def _draw(paper: Paper, held: Held, office: Office, count: int) -> int:
    """Draw every page and return how many; ``count`` is said at the foot (0: it is not known yet)."""
    canvas, page = paper.canvas, 1
    layout.draw_watermark(canvas, office, paper.width, paper.height)
    y = _head(canvas, held, office)
    lines = tuple(_lines(held))
    for line in lines:
        for piece, before, after in _pieces(line):
            high = piece.wrap(_width(line), 10_000)[1]
            if y - before - high < _BOTTOM + (_KEPT if line.heads else 0):
                _foot(canvas, page, count)
                paper.end_page()
                page += 1
                layout.draw_watermark(canvas, office, paper.width, paper.height)
                y = _TOP
            y -= before + high
            piece.drawOn(canvas, _LEFT + _ROOM - _width(line), y)
            y -= after
    _foot(canvas, page, count)
    paper.end_page()
    return page


def _head(canvas: Canvas, held: Held, office: Office) -> float:
    y = layout.draw_heading(canvas, office, PAPER, _LEFT, _TOP, _ROOM)
    y -= 6 * MM if y < _TOP else 0
    y -= layout.draw_fitted(canvas, parts.fitted(words.PAPER_TITLE, 18, _ROOM, 12 * MM, bold=True), _LEFT, y)
    y -= 1.5 * MM
    name = parts.fitted(held.name, 13, _ROOM, 14 * MM, bold=True)
    y -= layout.draw_fitted(canvas, name, _LEFT, y, Ink.PRIMARY)
    y -= 2 * MM
    parts.rule(canvas, _LEFT, y, _ROOM, colour=Ink.RULE)
    return y - 2 * MM


def _foot(canvas: Canvas, page: int, count: int) -> None:
    canvas.setFillColor(Ink.MUTED)
    canvas.setFont(Fonts.REGULAR, 8)
    canvas.drawString(_LEFT, 9 * MM, words.PAPER_TITLE)
    canvas.drawRightString(_LEFT + _ROOM, 9 * MM, paper_words.page(page, count) if count else "")


def _width(line: _Line) -> float:
    return _ROOM - (_INDENT if line.role in (_FACT, _BEFORE) else 0)


def _pieces(line: _Line) -> Iterator[tuple[Paragraph, float, float]]:
    """The paragraph in pieces that fit half a page: a long talk breaks between its lines."""
    size, bold, colour, before, after = _STYLES[line.role]
    whole = Paragraph(line.markup, layout.style(size, bold=bold, colour=colour, leading=1.35))
    rest: list[Paragraph] = [whole]
    first = True
    while rest:
        made = rest.pop(0)
        split = made.split(_width(line), 60 * MM)
        if len(split) > 1:
            made, rest = split[0], [*split[1:], *rest]
        yield made, before * MM if first else 0.0, 0.0 if rest else after * MM
        first = False


def _lines(held: Held) -> Iterator[_Line]:
    yield _Line(_LEAD, _text(words.paper_lead(held.on)))
    for part in held.parts:
        yield from _part(part)
    yield _Line(_PART, _text(words.PAPER_RIGHTS_TITLE))
    for said in words.PAPER_RIGHTS:
        yield _Line(_LEAD, _text(said))


def _part(part: HeldPart) -> Iterator[_Line]:
    yield _Line(_PART, _text(part.title))
    if part.elsewhere:
        yield _Line(_FACT, _text(part.elsewhere))
    elif not part.records:
        yield _Line(_FACT, _text(words.PAPER_NOTHING))
    for record in part.records:
        yield from _record(record)


def _record(record: HeldRecord) -> Iterator[_Line]:
    yield _Line(_RECORD, _text(record.title))
    for fact in record.facts:
        yield _Line(_FACT, _fact(fact))
    if record.before:
        yield _Line(_BEFORE, _text(words.PAPER_BEFORE))
        for fact in record.before:
            yield _Line(_BEFORE, _fact(fact))


def _fact(fact: Fact) -> str:
    value = "<br/>".join(_text(line) for line in fact.value.splitlines())
    return f"<b>{_text(fact.label)}{formats.NBSP}:</b> {value}"


def _text(said: str) -> str:
    return layout.text(parts.clean(said))
