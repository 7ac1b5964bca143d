"""French words of what leaves the compartment: crossings, incidents one by one, and what a withdrawal is told."""

from __future__ import annotations

import datetime as dt

from antenne.domain.crossings import MERGED as MERGED_CODE
from antenne.domain.crossings import Shown
from antenne.domain.gbvims import LeftOut, Reason
from antenne.domain.sendings import Left, Sending, Way
from antenne.wording import formats
from antenne.wording.protection import AXES, MASKED, TYPES, left_out

__all__ = ["AXES", "MASKED", "TYPES"]

TOTAL = "Total"
_NAMED = 3
MERGED = "autres, ensemble"
CROSSING_SHEET = "Tableau"
CROSSING_TITLE = "Tableau"
"""Title of the PDF and of the preview: it says nothing."""
_MERGED_NOTE = f"«\u00a0{MERGED}\u00a0»\u00a0: trop peu d’incidents pour être dits à part."
ONLY_TOTAL = "Seul le total part\u00a0: tout autre nombre laisserait deviner des cases de moins de 5."

VIOLATIONS: dict[str, str] = {
    "gbvims.no_recipient": "Choisissez pour qui.",
    "gbvims.whole_months": "La période est faite de mois entiers.",
    "gbvims.period": "La période finit avant son début. Corrigez l’un des deux mois.",
    "gbvims.not_over": "Le dernier mois n’est pas fini. Choisissez un mois d’avant.",
    "gbvims.nothing": "Aucun incident de ces mois ne peut partir pour cette structure.",
    "gbvims.would_tell": "Ces lignes laisseraient deviner des cases cachées du tableau parti le {on} pour {recipient}. Rien ne part.",
    "gbvims.changed": "Un incident a changé depuis. Préparez de nouveau.",
}

REASONS: dict[Reason, str] = {
    Reason.NOT_GBV: "pas une violence au sens du GBVIMS",
    Reason.NO_STATISTICS: "sans accord pour les statistiques",
    Reason.NO_SHARING: "sans accord pour cette structure",
    Reason.ELSEWHERE: "déjà dits à une autre organisation",
}
DATA_SHEET = "Incident Data"
OUT_SHEET = "Laissés de côté"
READ_SHEET = "À lire"
OUT_COLUMNS = ("Motif", "Incidents")
READ_COLUMN = "Comment lire ce fichier"
READ_LINES = (
    "Une ligne par incident, par mois de l’entretien. Colonnes et réponses de l’enregistreur d’incidents du GBVIMS.",
    "Le numéro est celui de la ligne dans ce fichier\u00a0: il ne désigne personne et change d’un envoi à l’autre.",
    "Les dates sont des mois. L’âge est un groupe\u00a0; toutes les mineures sont dans un seul.",
    "Une colonne vide n’est pas demandée par notre fiche, ou sa réponse est partagée par moins de cinq lignes.",
    "Seulement les incidents dont la victime accepte les statistiques et ce partage, et non dits ailleurs.",
    "Ne pas rapprocher d’un autre fichier. À la demande d’une victime, nous vous dirons quelle ligne retirer.",
)
LEFT: dict[Left, str] = {
    Left.SLIP: "fiche",
    Left.CROSSING: "tableau croisé",
    Left.INCIDENTS: "lignes d’incidents",
    Left.STORY: "récit",
}
WAYS: dict[Way, str] = {Way.FILE: "fichier", Way.PAPER: "papier"}


def crossing_title(down: object, across: object) -> str:
    """« Type par lieu »."""
    rows, columns = AXES[down], AXES[across]  # type: ignore[index]  # both are axes
    return f"{rows} par {columns[0].lower()}{columns[1:]}"


def period(first: dt.date, last: dt.date) -> str:
    """« du 01/01/2026 au 31/12/2026 »."""
    return f"du {formats.day(first)} au {formats.day(last)}"


def crossing_notes(shown: Shown, no_consent: int, elsewhere: int) -> tuple[str, ...]:
    """What the reader of a crossing must know."""
    masked = f"«\u00a0{MASKED}\u00a0»\u00a0: moins de 5, ou une case qui en protège une autre. Les totaux sont exacts."
    return (
        *((masked,) if shown.masked else ()),
        *((_MERGED_NOTE,) if MERGED_CODE in (*shown.rows, *shown.columns) else ()),
        *(() if shown.rows else (ONLY_TOTAL,)),
        "Seulement les incidents dont la victime accepte les statistiques.",
        f"{left_out(no_consent, elsewhere)}.",
    )


def stay(found: tuple[LeftOut, ...]) -> str:
    """« Laissés de côté : 2 sans accord pour les statistiques »."""
    parts = [f"{formats.number(one.count)} {REASONS[one.reason]}" for one in found]
    return f"Laissés de côté\u00a0: {', '.join(parts)}" if parts else "Aucun n’est laissé de côté"


def sending(one: Sending) -> str:
    """« Parti le 03/11/2026 : lignes d’incidents pour X, du … au … (ligne 12) »."""
    said = f"Parti le {formats.day(one.at.date())}\u00a0: {LEFT[one.what]} pour {one.recipient}"
    if one.first is not None and one.last is not None:
        said += f", {period(one.first, one.last)}"
    return said if one.line is None else f"{said} (ligne {one.line})"


def taken_back(found: tuple[Sending, ...]) -> str:
    """« Son accord est repris », then what left under it, and what to ask of whom."""
    named = [f"{sending(one)}. {ask_back(one)}".strip() for one in found[:_NAMED]]
    if len(found) > _NAMED:
        named.append(f"Et {formats.plural(len(found) - _NAMED, 'autre envoi', 'autres envois')}, plus bas à droite.")
    return " ".join(("Son accord est repris.", *named))


def ask_back(one: Sending) -> str:
    """What she who takes her agreement back is told to have done; empty where nothing can be called back."""
    if one.line is None:
        return ""
    return f"Demandez à {one.recipient} de retirer la ligne {one.line} de l’envoi du {formats.day(one.at.date())}."
