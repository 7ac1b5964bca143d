"""What is asked about a piece: received, described, given back, added by hand."""

from __future__ import annotations

from collections.abc import Callable

from antenne.domain.civil import CivilPiece
from antenne.domain.forms.model import Field, Kind
from antenne.services import civil_pieces
from antenne.services.civil_lookup import FileView
from antenne.ui.civil.asks import Answers, Ask
from antenne.ui.civil.fields import COPY, KINDS_OF_COPY, ORIGINAL
from antenne.ui.kit.area import Context
from antenne.wording import formats

Extras = tuple[tuple[str, Callable[[], object]], ...]
"""Other buttons: words and what they do."""

_NOTE = Field(
    key="note",
    label="Remarque",
    kind=Kind.TEXT,
    max_length=160,
    hint="Par ex. demandé à Tombouctou le 20/10",
)


def piece_ask(view: FileView, piece: CivilPiece, extras: Extras) -> Ask:
    """When it came, original or copy, a note."""

    def command(request_id: str, given: Answers) -> civil_pieces.DescribePiece:
        return civil_pieces.DescribePiece(
            request_id=request_id,
            file_id=view.page.file.id,
            piece_id=piece.id,
            received_on=given["received_on"],
            original=given["kind"] != COPY,
            note=given["note"] or "",
        )

    if not piece.paper:
        return _person_ask(view, piece, extras)
    back = f"Rendu le {formats.day(piece.returned_on)} à {piece.returned_to}." if piece.returned_on is not None else ""
    return Ask(
        title=piece.label,
        hint=back,
        fields=(
            Field(key="received_on", label="Reçu le", kind=Kind.DATE, hint="Vide\u00a0: manque encore"),
            Field(key="kind", label="Original ou copie", kind=Kind.CHOICE, options=KINDS_OF_COPY, required=True),
            _NOTE,
        ),
        answers={
            "received_on": piece.received_on,
            "kind": ORIGINAL if piece.original else COPY,
            "note": piece.note or None,
        },
        first="received_on",
        work=civil_pieces.describe_piece,
        command=command,
        said=f"{piece.label}\u00a0: enregistré.",
        extras=extras,
    )


def _person_ask(view: FileView, piece: CivilPiece, extras: Extras) -> Ask:
    """Witnesses are seen; nothing of them is an original, a copy, or given back."""

    def command(request_id: str, given: Answers) -> civil_pieces.DescribePiece:
        return civil_pieces.DescribePiece(
            request_id=request_id,
            file_id=view.page.file.id,
            piece_id=piece.id,
            received_on=given["received_on"],
            original=True,
            note=given["note"] or "",
        )

    return Ask(
        title=piece.label,
        hint="Leurs noms s’écrivent dans les réponses (Ctrl+M).",
        fields=(
            Field(key="received_on", label="Vus le", kind=Kind.DATE, hint="Vide\u00a0: manquent encore"),
            _NOTE,
        ),
        answers={"received_on": piece.received_on, "note": piece.note or None},
        first="received_on",
        work=civil_pieces.describe_piece,
        command=command,
        said=f"{piece.label}\u00a0: enregistré.",
        extras=extras,
    )


def return_ask(context: Context, view: FileView, piece: CivilPiece) -> Ask:
    """To whom it is given back."""

    def command(request_id: str, given: Answers) -> civil_pieces.ReturnPiece:
        return civil_pieces.ReturnPiece(
            request_id=request_id,
            file_id=view.page.file.id,
            piece_id=piece.id,
            on=given["on"],
            to_whom=given["to_whom"],
        )

    return Ask(
        title=f"Rendre\u00a0: {piece.label}",
        fields=(
            Field(key="on", label="Rendu le", kind=Kind.DATE, required=True),
            Field(key="to_whom", label="À qui", kind=Kind.TEXT, required=True, max_length=120, width=2),
        ),
        answers={"on": context.clock.today(), "to_whom": view.requester},
        first="to_whom",
        save="Rendre",
        work=civil_pieces.return_piece,
        command=command,
        said=f"{piece.label}\u00a0: rendu.",
    )


def add_ask(view: FileView) -> Ask:
    """One more piece."""

    def command(request_id: str, given: Answers) -> civil_pieces.AddPiece:
        return civil_pieces.AddPiece(
            request_id=request_id,
            file_id=view.page.file.id,
            label=given["label"],
            note=given["note"] or "",
            required=given["required"] is not False,
        )

    return Ask(
        title="Ajouter une pièce",
        fields=(
            Field(key="label", label="Pièce", kind=Kind.TEXT, required=True, max_length=120),
            Field(key="required", label="Nécessaire\u202f?", kind=Kind.YES_NO),
            _NOTE,
        ),
        answers={"required": True},
        first="label",
        save="Ajouter",
        work=civil_pieces.add_piece,
        command=command,
        said="Pièce ajoutée.",
    )
