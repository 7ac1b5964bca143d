"""Papers of one civil file: receipt for documents, missing pieces in large letters, hand-over, drafts.

``RENDERERS`` gives, for each :class:`FilePaper`, a function of a ``FileFace`` and the office to PDF bytes; pass it to
``services.civil_printing.render_paper``. No PDF bears a name in its title, and none says whose the office is unless
the office set the heading of its civil papers so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from antenne.domain.civil import CivilPiece
from antenne.domain.civil_faces import FileFace, FilePaper
from antenne.domain.office import Office
from antenne.print.civil_drafts import render_honour, render_request, render_witnesses
from antenne.print.civil_parts import SIGNED, Sheet, draw_fitting, reading_line, signatures
from antenne.print.layout import A4_MM, A5_MM, MM, Paper
from antenne.wording import civil_papers as words
from antenne.wording import formats

_MARGINS: Final = (13 * MM, 11 * MM)
_A5_FOOT: Final = 17 * MM
_COPIES: Final = ("Votre exemplaire", "Exemplaire du bureau")


def render_deposit(face: FileFace, office: Office) -> bytes:
    """The receipt for documents left at the office: two A5, one for each side."""
    paper = Paper(words.TITLES[FilePaper.DEPOSIT], A5_MM)
    for copy in _COPIES:
        sheet = draw_fitting(paper, office, _MARGINS, 10.5, partial(_deposit, face, office, copy), _A5_FOOT + SIGNED)
        signatures(sheet, _A5_FOOT, ("La personne qui dépose (signature ou empreinte)", "Pour le bureau"))
        reading_line(sheet, 10 * MM)
        paper.end_page()
    return paper.finish()


def _deposit(face: FileFace, office: Office, copy: str, sheet: Sheet) -> None:
    sheet.head(office)
    sheet.title("Récépissé de pièces", tag=copy)
    _subject(face, sheet)
    sheet.field("Déposé par", face.file.declarant or face.requester)
    sheet.skip(0.8)
    rows = [
        (piece.label, words.form_of(piece), "" if piece.received_on is None else formats.day(piece.received_on))
        for piece in face.here
    ]
    if rows:
        sheet.table(("Pièce", "Forme", "Reçue le"), (0.62, 0.17, 0.21), rows)
        sheet.skip(0.8)
        sheet.say("Ces papiers restent à vous. Ils vous seront rendus contre ce récépissé.")
    else:
        sheet.say("Aucune pièce n’est au bureau.")
    sheet.say(words.made_at(face), muted=True)


def _subject(face: FileFace, sheet: Sheet) -> None:
    sheet.say(f"Dossier {face.file.number} · {face.route.label}", muted=True)
    sheet.skip(0.7)
    sheet.field("Pour", face.name)


def render_missing(face: FileFace, office: Office) -> bytes:
    """What is still missing, in simple words and large letters: one A4 that she takes with her."""
    paper = Paper(words.TITLES[FilePaper.MISSING], A4_MM)
    draw_fitting(paper, office, (20 * MM, 16 * MM), 21, partial(_missing, face, office), 20 * MM)
    paper.end_page()
    return paper.finish()


def _missing(face: FileFace, office: Office, sheet: Sheet) -> None:
    sheet.head(office)
    sheet.title("Papiers à apporter", scale=1.35)
    sheet.say(f"Dossier {face.file.number}", scale=0.6, muted=True)
    sheet.skip(0.3)
    sheet.say(f"Pour {face.name}", scale=0.85)
    sheet.skip(0.8)
    asked = _asked([piece for piece in face.missing if piece.paper])
    persons = [piece.label for piece in face.missing if not piece.paper]
    for one in asked:
        sheet.ticked(one, bold=True)
        sheet.skip(0.5)
    if persons:
        sheet.say("Venez avec\u00a0:", scale=0.8)
        sheet.skip(0.2)
    for one in persons:
        sheet.ticked(one, bold=True)
        sheet.skip(0.5)
    if not face.missing:
        sheet.say("Il ne manque rien.", bold=True)
    sheet.skip(0.4)
    if asked:
        sheet.say("Revenez avec ces papiers. S’il en manque un, revenez quand même\u00a0: nous chercherons avec vous.",
                  scale=0.8)  # fmt: skip


def _asked(pieces: Sequence[CivilPiece]) -> list[str]:
    """One line each; pieces that stand for each other on one line."""
    lines: dict[str, list[str]] = {}
    for piece in pieces:
        lines.setdefault(piece.alternative or f"/{piece.code}/{piece.label}", []).append(piece.label)
    return [", ou ".join((labels[0], *(_lowered(one) for one in labels[1:]))) for labels in lines.values()]


def _lowered(words_said: str) -> str:
    """Inside a sentence: « certificat », but « CPN »."""
    first = words_said[:2]
    return first.lower() + words_said[2:] if first[1:].islower() else words_said


def render_handover(face: FileFace, office: Office) -> bytes:
    """The discharge that she signs when the paper is in her hands: one A5 that the office keeps."""
    paper = Paper(words.TITLES[FilePaper.HANDOVER], A5_MM)
    sheet = draw_fitting(paper, office, _MARGINS, 11, partial(_handover, face, office), _A5_FOOT + SIGNED)
    signatures(
        sheet, _A5_FOOT, ("La personne qui reçoit (signature, ou empreinte\u00a0: quel doigt)", "Pour le bureau")
    )
    reading_line(sheet, 10 * MM)
    paper.end_page()
    return paper.finish()


def _handover(face: FileFace, office: Office, sheet: Sheet) -> None:
    sheet.head(office)
    sheet.title("Décharge de remise")
    _subject(face, sheet)
    sheet.field("Remis", words.paper_given(face.route))
    sheet.field("Numéro sur le papier", face.judgment)
    who = "Reçu par (nom, pièce présentée)"
    sheet.field(who, face.handed_to, lines=2)
    sheet.field("Le", "" if face.handed_on is None else formats.long_day(face.handed_on))
    returned = [f"{piece.label} ({words.form_of(piece)})" for piece in face.here]
    if returned:
        sheet.skip(0.5)
        sheet.say("Papiers rendus en même temps\u00a0:", muted=True)
        for one in returned:
            sheet.ticked(one)
    sheet.skip(0.6)
    sheet.say("J’ai reçu ce papier et j’ai vérifié avec le bureau les noms et les dates qui y sont écrits.")


RENDERERS: Final[Mapping[FilePaper, Callable[[FileFace, Office], bytes]]] = {
    FilePaper.DEPOSIT: render_deposit,
    FilePaper.MISSING: render_missing,
    FilePaper.REQUEST: render_request,
    FilePaper.WITNESSES: render_witnesses,
    FilePaper.HONOUR: render_honour,
    FilePaper.HANDOVER: render_handover,
}
