"""French words of the money papers: receipts, « pièces de dépense », journal, trial balance, ledger."""

from __future__ import annotations

import datetime as dt
from typing import Final

from antenne.domain.account_papers import Period
from antenne.domain.cashbook import Box
from antenne.domain.receipt_faces import Reading, ReceiptFace, ReceiptOptions
from antenne.domain.receipts import MANUAL, Copy, Receipt, shown_control
from antenne.domain.voucher_faces import VoucherFace, VoucherKind
from antenne.wording import formats
from antenne.wording import receipts as receipt_words
from antenne.wording.formats import NBSP

BANK: Final = "banque"
STUB: Final = "Souche"
VOUCHER_TITLE: Final = "PIÈCE DE DÉPENSE"
TOTAL: Final = "Total"
CARRIED_FORWARD: Final = "À reporter"
BROUGHT_FORWARD: Final = "Report"
MOVEMENTS: Final = "Mouvements"
NO_ENTRY: Final = "Aucune écriture pendant cette période."
BALANCED: Final = "Débit et crédit sont égaux."
UNBALANCED: Final = "Débit et crédit ne sont pas égaux\u202f: lancez le contrôle des comptes."
_BLANK: Final = "…" * 10

STEPS: dict[str, str] = {
    "receipts.draw": "Les reçus sont dessinés",
    "vouchers.draw": "Les pièces sont dessinées",
    "accounts.draw": "Les pages sont dessinées",
}
"""Steps of long work."""

VOUCHERS: dict[VoucherKind, str] = {
    VoucherKind.EXPENSE: "Dépense",
    VoucherKind.INDEMNITY: "Indemnité",
    VoucherKind.ADVANCE: "Avance à justifier",
    VoucherKind.JUSTIFICATION: "Justification d’avance",
    VoucherKind.RETURN: "Retour d’avance",
    VoucherKind.TRANSFER: "Virement entre caisses",
}

VOUCHER_CLOSING: dict[VoucherKind, str] = {
    VoucherKind.EXPENSE: "Arrêtée la présente pièce à la somme de",
    VoucherKind.INDEMNITY: "Arrêtée la présente pièce à la somme de",
    VoucherKind.ADVANCE: "Reçu en avance, à justifier, la somme de",
    VoucherKind.JUSTIFICATION: "Justifiée sur l’avance la somme de",
    VoucherKind.RETURN: "Rendue à la caisse sur l’avance la somme de",
    VoucherKind.TRANSFER: "Virée d’une caisse à l’autre la somme de",
}


def number_title(receipt: Receipt) -> str:
    """« REÇU n° 2026-01473 »."""
    return f"REÇU n°{NBSP}{receipt.name.replace(' ', NBSP)}"


def written(receipt: Receipt) -> str:
    """« 23/11/2026 à 10 h 42 »; the paper's own date alone where it was keyed on another day."""
    if receipt.issued_at.date() == receipt.day and receipt.series != MANUAL:
        return formats.moment(receipt.issued_at)
    return formats.day(receipt.day)


def keyed_later(receipt: Receipt) -> str:
    """« Écrit à la main, saisi le … », or empty for a receipt that the program gave."""
    if receipt.issued_at.date() == receipt.day and receipt.series != MANUAL:
        return ""
    return f"Écrit à la main, saisi le {formats.moment(receipt.issued_at)}."


def paid_by(box: Box, reference: str) -> str:
    """« en espèces », « par Orange Money (réf. CI2611.1042) »."""
    if box.is_cash:
        return "en espèces"
    means = "par la banque" if box.code == BANK else f"par {box.label}"
    return f"{means} (réf.{NBSP}{reference})" if reference else means


def total(face: ReceiptFace) -> str:
    """« Total reçu, en espèces »."""
    return f"Total reçu, {paid_by(face.box, face.receipt.reference)}"


def in_letters(closing: str, amount: int) -> str:
    """« Arrêté le présent reçu à la somme de trente mille francs CFA. »."""
    return f"{closing} {formats.amount_in_letters(amount)}.".strip()


def tender(receipt: Receipt) -> str:
    """« Remis : 35 000 FCFA · rendu : 4 000 FCFA · monnaie due : 1 000 FCFA », or empty when it was exact."""
    if not receipt.change_given and not receipt.change_due:
        return ""
    parts = (("Remis", receipt.handed), ("rendu", receipt.change_given), ("monnaie due", receipt.change_due))
    return " · ".join(f"{name}{NBSP}: {formats.amount(value)}" for name, value in parts if value)


def reading(told: Reading, *, blank: bool) -> str:
    """« Lu et traduit en peul par Awa T., témoin : Oumou K. »; with ``blank``, dots to fill in by hand."""
    if told.language or told.reader:
        first = f"Lu et traduit en {told.language}" if told.language else "Lu"
        who = f" par {told.reader}" if told.reader else ""
        seen = f", témoin{NBSP}: {told.witness}" if told.witness else ""
        return f"{first}{who}{seen}".rstrip(".") + "."
    return f"Lu et traduit en {_BLANK} par{NBSP}{_BLANK}{_BLANK}" if blank else ""


def below_total(face: ReceiptFace, options: ReceiptOptions) -> tuple[str, ...]:
    """The lines under the amount in letters, without the empty ones."""
    receipt = face.receipt
    found = (tender(receipt), receipt.note, keyed_later(receipt), reading(face.reading, blank=options.reading_line))
    return tuple(line for line in found if line)


def control(receipt: Receipt) -> str:
    """« Contrôle : 7F3A9-1C2K0 », or empty for a hand-written receipt."""
    shown = shown_control(receipt.control)
    return f"Contrôle{NBSP}: {shown}" if shown else ""


def signed_by(told: Reading, who: str) -> str:
    """« La partie versante (signature ou empreinte) », « La partie versante (pouce gauche) »."""
    return f"{who} ({told.finger or 'signature ou empreinte'})"


def stub(copy: Copy) -> str:
    """« Souche », « Souche — DUPLICATA 2 »."""
    return STUB if copy.is_original else f"{STUB} — {receipt_words.copy(copy)}"


def cancelled(day: dt.date, reason: str, replaced_by: str = "") -> tuple[str, str]:
    """« ANNULÉ le 24/11/2026 » and, under it, why and by which receipt it is replaced."""
    why = [reason] if reason else []
    if replaced_by:
        why.append(f"remplacé par le n°{NBSP}{replaced_by}")
    return f"ANNULÉ le {formats.day(day)}", " · ".join(why)


def page(number: int, count: int) -> str:
    """« Page 3 / 200 »."""
    return f"Page {formats.number(number)}{NBSP}/{NBSP}{formats.number(count)}"


def period(value: Period) -> str:
    """« Du 01/11/2026 au 30/11/2026 »."""
    return f"Du {formats.day(value.first)} au {formats.day(value.last)}"


def figure(value: int) -> str:
    """« 12 500 », « -500 » with the typographic minus, or nothing for 0."""
    return formats.number(value).replace("-", "−") if value else ""


def voucher_lines(face: VoucherFace) -> tuple[tuple[str, str], ...]:
    """Label and value of each line of a voucher; a value may be empty."""
    transfer, back = face.kind is VoucherKind.TRANSFER, face.kind is VoucherKind.RETURN
    box = f"{face.box} (réf.{NBSP}{face.reference})" if face.reference else face.box
    return (
        ("Remis par" if back else "Remis à", face.beneficiary),
        ("Objet", face.purpose),
        (("De la caisse" if transfer else "Vers la caisse" if back else "Payé par"), box),
        ("Vers la caisse", face.to_box),
        ("Compte", face.account),
        ("Ligne budgétaire", face.budget_line),
        ("Pièce justificative", face.document or ("" if transfer else "—")),
        ("Sur l’avance n°", face.advance),
        ("À justifier au plus tard le", formats.long_day(face.justify_by) if face.justify_by else ""),
    )


def voucher_signatures(face: VoucherFace) -> tuple[tuple[str, str], ...]:
    """Who signs below, and the name that is already known."""
    if face.kind is VoucherKind.TRANSFER:
        middle = "Remis ou reçu par (signature)"
    elif face.kind is VoucherKind.RETURN:
        middle = signed_by(face.reading, "Remis par")
    else:
        middle = signed_by(face.reading, "Reçu par")
    return (("La caissière", face.cashier), (middle, ""), ("La responsable", ""))


def balance(value: int) -> str:
    """« 12 500 D », « 12 500 C », « 0 »: on which side an account stands."""
    return f"{formats.number(abs(value))}{NBSP}{'D' if value > 0 else 'C'}" if value else "0"


def opening(value: Period) -> str:
    """« Solde avant le 01/11/2026 »."""
    return f"Solde avant le {formats.day(value.first)}"


def closing_of(value: Period) -> str:
    """« Solde au 30/11/2026 »."""
    return f"Solde au {formats.day(value.last)}"
