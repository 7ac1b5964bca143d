"""Drafts that she brings to a court or town hall: they are hers, so no heading; what is unknown is a dotted line."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from antenne.domain.civil_faces import FatherOnPaper, FileFace, FilePaper, father_on_paper
from antenne.domain.civil_routes import Beneficiary, Result, nature_of
from antenne.domain.office import Office
from antenne.print import layout
from antenne.print import money_parts as parts
from antenne.print.civil_parts import SIGNED, Sheet, draw_fitting, reading_line, signatures
from antenne.print.layout import A4_MM, MM, Paper
from antenne.wording import civil_papers as words

_MARGINS: Final = (22 * MM, 18 * MM)
_FOOT: Final = 20 * MM
_SIZE: Final = 12
_SPLIT: Final = re.compile(r"\s*[,;\n]\s*|\s+et\s+")
_WITNESSES: Final = 2


def render_request(face: FileFace, office: Office) -> bytes:
    """The request to the president of the court, with the data of the file; one A4 without a heading.

    Its terms are those of art. 133 of loi 2011-087 as the Direction nationale de l’état civil tells it (dnec.gouv.ml,
    « Jugements supplétifs »): « prononcé d’un jugement supplétif d’acte de naissance », where the birth was not
    declared « dans les délais légaux » or its act « n’a pas été retrouvé ».
    """
    paper = Paper(words.TITLES[FilePaper.REQUEST], A4_MM)
    sheet = draw_fitting(paper, office, _MARGINS, _SIZE, partial(_request, face), _FOOT + SIGNED)
    signatures(sheet, _FOOT, ("Signature ou empreinte",))
    reading_line(sheet, 12 * MM)
    paper.end_page()
    return paper.finish()


def _asker(face: FileFace) -> str:
    """Who asks: the declarant where there is one, else the woman."""
    return face.file.declarant or face.requester


def _request(face: FileFace, sheet: Sheet) -> None:
    file = face.file
    _from_whom(face, sheet)
    sheet.skip(1.2)
    sheet.say("À Madame ou Monsieur le Président", bold=True, indent=sheet.width * 0.45)
    indented = Sheet(sheet.canvas, sheet.left + 0.45 * sheet.width, sheet.y, 0.55 * sheet.width, sheet.size)
    indented.field("Tribunal", face.place)
    sheet.y = indented.y
    sheet.skip(1.2)
    sheet.say(f"Objet\u00a0: {words.request_subject(face.route)}", bold=True)
    sheet.skip(0.8)
    sheet.say("Madame ou Monsieur le Président,")
    sheet.skip(0.5)
    sheet.say(_asks(face))
    sheet.skip(0.4)
    _identity(face, sheet)
    if nature_of(face.route).late:
        sheet.field(
            "La naissance n’a pas été déclarée dans le délai légal, ou l’acte n’a pas été retrouvé, pour ce motif",
            file.late_reason,
            lines=2,
        )
    elif face.route.result is Result.COPY:
        sheet.field("L’erreur à corriger dans l’acte", lines=2)
    else:
        sheet.field("Pour ce motif", lines=2)
    _named(face, sheet)
    _enclosed(face, sheet)
    sheet.skip(0.5)
    sheet.say("Veuillez agréer, Madame ou Monsieur le Président, l’expression de ma haute considération.")
    sheet.skip(0.5)
    sheet.say(words.made_at(face), align="right")


def _from_whom(face: FileFace, sheet: Sheet) -> None:
    sheet.field("Nom et prénoms", _asker(face))
    sheet.field("Demeurant à")
    sheet.field("Pièce d’identité", face.file.declarant_paper, share=0.55)
    sheet.field("Téléphone", face.file.declarant_phone, share=0.45, at=0.55)
    sheet.down()
    if face.file.beneficiary is not Beneficiary.SELF:
        sheet.field("Lien avec la personne désignée ci-dessous", face.link)


def _asks(face: FileFace) -> str:
    who = "me concernant" if face.file.beneficiary is Beneficiary.SELF else "concernant la personne suivante"
    return f"J’ai l’honneur de vous demander {words.request_asks(face.route)} {who}\u00a0:"


def _identity(face: FileFace, sheet: Sheet) -> None:
    """Name, sex, birth in letters, mother, father where filiation is established."""
    file = face.file
    sheet.field("Nom", file.last_name.upper(), share=0.5)
    sheet.field("Prénoms", file.first_name, share=0.5, at=0.5)
    sheet.down()
    sheet.field("Sexe", words.sex(file))
    sheet.field(f"{words.born(file).capitalize()}", words.birth_in_letters(file.birth))
    sheet.field("À", face.birth_place)
    sheet.field("Nom et prénoms de la mère", file.mother_name)
    father = father_on_paper(file)
    if father is not FatherOnPaper.LEFT_OUT:
        sheet.field("Nom et prénoms du père", file.father_name if father is FatherOnPaper.NAMED else "")


def _named(face: FileFace, sheet: Sheet) -> None:
    names = _witnesses(face)
    asked = any(not piece.paper and piece.required for piece in face.pieces)
    if not names[0] and not asked:
        return
    for number, name in enumerate(names, 1):
        sheet.field(f"Témoin {number}", name)


def _witnesses(face: FileFace) -> tuple[str, str]:
    """The two witnesses as the file names them; blanks where it names none, or more than two."""
    named = [one for one in _SPLIT.split(face.file.witnesses.strip()) if one]
    if len(named) > _WITNESSES:
        return face.file.witnesses.strip(), ""
    first, second = (*named, "", "")[:2]
    return first, second


def _enclosed(face: FileFace, sheet: Sheet) -> None:
    """What is joined: the pieces that came."""
    came = (piece for piece in face.pieces if piece.received_on is not None and piece.paper)
    joined = [piece.label for piece in came if piece.code != "request"]
    sheet.field("Pièces jointes", "\u202f; ".join(joined), lines=2)


def render_honour(face: FileFace, office: Office) -> bytes:
    """The mother's declaration on her honour that she has no act; one A4 without a heading."""
    paper = Paper(words.TITLES[FilePaper.HONOUR], A4_MM)
    sheet = draw_fitting(paper, office, _MARGINS, 12.5, partial(_honour, face), _FOOT + SIGNED)
    signatures(sheet, _FOOT, ("La déclarante", "Témoin 1", "Témoin 2"), boxed=(0, 1, 2))
    reading_line(sheet, 12 * MM)
    paper.end_page()
    return paper.finish()


def _honour(face: FileFace, sheet: Sheet) -> None:
    sheet.skip(1)
    sheet.title("Déclaration sur l’honneur", align="center")
    sheet.skip(2)
    sheet.say("Je soussignée\u00a0:")
    sheet.skip(0.3)
    sheet.field("Nom et prénoms", face.file.mother_name)
    sheet.field("Née le (ou vers)", share=0.5)
    sheet.field("à", share=0.5, at=0.5)
    sheet.down()
    sheet.field("Fille de")
    sheet.field("et de")
    sheet.field("Demeurant à")
    sheet.skip(1)
    sheet.say("déclare sur l’honneur n’avoir ni acte de naissance ni jugement supplétif, et être la mère de\u00a0:")
    sheet.skip(0.3)
    sheet.field("Nom", face.file.last_name.upper(), share=0.5)
    sheet.field("Prénoms", face.file.first_name, share=0.5, at=0.5)
    sheet.down()
    sheet.field("Sexe", words.sex(face.file))
    sheet.field(words.born(face.file).capitalize(), words.birth_in_letters(face.file.birth))
    sheet.field("À", face.birth_place)
    sheet.skip(1)
    sheet.say("Je sais qu’une fausse déclaration est punie par la loi.")
    sheet.skip(0.5)
    sheet.say("Fait pour servir et valoir ce que de droit.")
    sheet.skip(1)
    sheet.say(words.made_at(face), align="right")


def render_witnesses(face: FileFace, office: Office) -> bytes:
    """The sheet of the two witnesses, each with a box for a signature or a thumb; one A4 without a heading."""
    paper = Paper(words.TITLES[FilePaper.WITNESSES], A4_MM)
    draw_fitting(paper, office, (20 * MM, 16 * MM), 11.5, partial(_two_witnesses, face), 14 * MM)
    paper.end_page()
    return paper.finish()


def _two_witnesses(face: FileFace, sheet: Sheet) -> None:
    sheet.title("Fiche des témoins")
    sheet.say(f"Dossier {face.file.number} · {face.route.label}", muted=True)
    sheet.skip(0.5)
    sheet.field("Pour", face.name)
    sheet.field(f"{words.born(face.file).capitalize()}", _birth_line(face))
    sheet.field("Mère", face.file.mother_name)
    for number, name in enumerate(_witnesses(face), 1):
        sheet.skip(0.9)
        _witness(sheet, number, name)
    sheet.skip(0.5)
    sheet.say(words.made_at(face), muted=True)


def _birth_line(face: FileFace) -> str:
    """« le deux février deux mille vingt et un, Sévaré »."""
    where = f"à {face.birth_place}" if face.birth_place else ""
    return ", ".join(part for part in (words.birth_in_letters(face.file.birth), where) if part)


def _witness(sheet: Sheet, number: int, name: str) -> None:
    """One witness: who he is, what he says, his box."""
    parts.rule(sheet.canvas, sheet.left, sheet.y, sheet.width, colour=layout.Ink.RULE)
    sheet.skip(0.5)
    sheet.say(f"Témoin {number}", bold=True, scale=1.1)
    sheet.skip(0.3)
    sheet.field("Nom et prénoms", name)
    sheet.field("Né(e) le", share=0.5)
    sheet.field("à", share=0.5, at=0.5)
    sheet.down()
    sheet.field("Profession", share=0.5)
    sheet.field("Téléphone", share=0.5, at=0.5)
    sheet.down()
    sheet.field("Demeurant à")
    sheet.field("Pièce d’identité (genre, n°, date)")
    sheet.field("Connaît la personne depuis (année), et comment")
    top = sheet.y
    sheet.width -= parts.BOX_WIDTH + 34 * MM
    sheet.skip(0.4)
    sheet.say("J’atteste connaître la personne désignée ci-dessus, et que ce qui est dit d’elle est vrai.")
    sheet.width += parts.BOX_WIDTH + 34 * MM
    right = sheet.left + sheet.width - parts.BOX_WIDTH
    parts.signature_box(sheet.canvas, right, top - parts.BOX_HEIGHT - 1 * MM)
    said = parts.fitted("Signature ou empreinte (quel doigt\u00a0: ………)", 8.5, 28 * MM, 12 * MM)
    layout.draw_fitted(sheet.canvas, said, right - 30 * MM, top - 4 * MM, layout.Ink.MUTED)
    sheet.y = min(sheet.y, top - parts.BOX_HEIGHT - 2 * MM)
