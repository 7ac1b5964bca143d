"""How receipts are worded in lists and verdicts."""

from __future__ import annotations

from typing import Final

from antenne.domain import receipts as rules
from antenne.domain.board import Tone
from antenne.domain.receipts import MANUAL, Receipt
from antenne.services.receipts_reading import ReceiptList, ReceiptRow, Verdict
from antenne.ui.kit.models import Column
from antenne.wording import formats

LISTS: Final = {
    ReceiptList.ALL: "Tous",
    ReceiptList.TO_PRINT: "À imprimer",
    ReceiptList.CHANGE: "Monnaie due",
    ReceiptList.CANCELLED: "Annulés",
    ReceiptList.BY_HAND: "Carnet",
}

EMPTY: Final = {
    ReceiptList.ALL: (
        "Aucun reçu",
        "Chaque somme encaissée donne un reçu numéroté. Retrouvez-le par numéro, nom, jour ou code.",
    ),
    ReceiptList.TO_PRINT: ("Rien à imprimer", "Un reçu dont l’impression a échoué attend ici, avec son original."),
    ReceiptList.CHANGE: ("Aucune monnaie due", "Quand la monnaie manque, ce qui reste dû à une femme se note ici."),
    ReceiptList.CANCELLED: ("Aucun reçu annulé", "Un reçu annulé garde son numéro\u202f; il reste ici avec son motif."),
    ReceiptList.BY_HAND: (
        "Aucun reçu du carnet",
        "Pendant une coupure, le reçu s’écrit à la main. Il se saisit ensuite sous le numéro du carnet.",
    ),
}

VERDICTS: Final[dict[Verdict, tuple[str, Tone, str]]] = {
    Verdict.GENUINE: ("Authentique", "good", "Ce code est bien le nôtre. Le papier doit dire exactement ceci."),
    Verdict.CANCELLED: (
        "Authentique, annulé",
        "warning",
        "Ce reçu est bien le nôtre, mais il a été annulé\u202f: il ne vaut plus rien.",
    ),
    Verdict.NUMBER_ONLY: (
        "À comparer",
        "info",
        "Ce numéro existe. Il ne prouve rien seul\u202f: comparez le papier, code de contrôle compris.",
    ),
    Verdict.BY_HAND: (
        "Reçu du carnet",
        "info",
        "Ce reçu a été écrit à la main\u202f: il n’a pas de code. Comparez avec la souche du carnet.",
    ),
    Verdict.FORGED: (
        "Faux code",
        "danger",
        "Ce numéro existe, mais pas avec ce code. Gardez le papier et prévenez la responsable.",
    ),
    Verdict.ALTERED: (
        "Enregistrement modifié",
        "danger",
        "Ce reçu a été changé dans la base en dehors du programme. Prévenez la responsable.",
    ),
    Verdict.UNKNOWN: (
        "Inconnu",
        "danger",
        "Aucun reçu de cette antenne ne porte ce numéro ou ce code. Vérifiez la saisie\u202f: 0 et O se valent.",
    ),
}


def row_state(row: ReceiptRow) -> tuple[str, Tone]:
    """« Annulé », « Carnet », « À imprimer », « DUPLICATA 2 », « Imprimé »."""
    if row.cancelled_on is not None:
        return "Annulé", "danger"
    if row.series == MANUAL:
        return "Carnet", "neutral"
    if row.copies:
        return f"DUPLICATA {row.copies}", "neutral"
    return ("Imprimé", "good") if row.printed else ("À imprimer", "warning")


def printed_as(receipt: Receipt) -> str:
    """« Original imprimé le 23/11/2026 à 10 h 41, 2 duplicata »."""
    if receipt.series == MANUAL:
        given = "Original donné à la main"
    elif receipt.printed_at is None:
        return "Original à imprimer"
    else:
        given = f"Original imprimé le {formats.moment(receipt.printed_at)}"
    return f"{given}, {receipt.copies} duplicata" if receipt.copies else given


def print_words(receipt: Receipt) -> str:
    """What the button says: the original once, then the next DUPLICATA."""
    copy = rules.next_copy(receipt)
    return "Imprimer l’original…" if copy.is_original else f"Imprimer le duplicata {copy.number}…"


COLUMNS: Final = (
    Column(key="number", title="N°", text=lambda row: row.name, width=110, strong=lambda _row: True),
    Column(key="day", title="Date", text=lambda row: formats.day(row.day), width=96),
    Column(key="who", title="Reçu de", text=lambda row: row.who, width=190),
    Column(key="paid", title="Objet", text=lambda row: row.paid, width=0, sortable=False, muted=True),
    Column(key="total", title="FCFA", text=lambda row: formats.number(row.total), width=92, align="right"),
    Column(key="box", title="Caisse", text=lambda row: row.box, width=112, sortable=False, muted=True),
    Column(
        key="state",
        title="État",
        text=lambda row: row_state(row)[0],
        pill=lambda row: row_state(row)[1],
        width=132,
        sortable=False,
    ),
)
"""Of the list, on screen and in the exported workbook."""
