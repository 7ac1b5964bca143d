"""French words of the boxes, their days and the entries."""

from __future__ import annotations

import datetime as dt

from antenne.domain.cashbook import PeriodKind
from antenne.domain.closing_sheet import ReceiptsOnSheet
from antenne.domain.ledger import EntryKind, LedgerFault
from antenne.wording import formats

KINDS: dict[EntryKind, str] = {
    EntryKind.RECEIPT: "Encaissement",
    EntryKind.EXPENSE: "Dépense",
    EntryKind.ADVANCE: "Avance",
    EntryKind.JUSTIFICATION: "Justification d’avance",
    EntryKind.TRANSFER: "Virement entre caisses",
    EntryKind.CHANGE: "Monnaie rendue",
    EntryKind.GAP: "Écart de caisse",
    EntryKind.OPENING: "Solde de départ",
    EntryKind.REVERSAL: "Contre-passation",
}

PERIODS: dict[PeriodKind, str] = {PeriodKind.MONTH: "mois", PeriodKind.YEAR: "année"}

HISTORY: dict[str, str] = {
    "cash_day.opened": "Caisse ouverte",
    "cash_day.closed": "Caisse clôturée",
    "cash_day.sheet_printed": "Feuille de clôture imprimée",
    "month.closed": "Mois clôturé",
    "year.closed": "Année clôturée",
    "period.sheet_printed": "Feuille de fin de période imprimée",
    "stubs.answered": "Dernière souche dite après une restauration",
}
"""Actions of the audit chain."""

STEPS: dict[str, str] = {}

PROBLEMS: dict[str, str] = {}

VIOLATIONS: dict[str, str] = {
    "cashbook.unknown_box": "Choisissez la caisse dans la liste.",
    "cashbook.inactive": "{box}\u00a0: cette caisse n’est plus utilisée. Choisissez-en une autre.",
    "cashbook.not_open": "La caisse n’est pas ouverte. Ouvrez-la d’abord avec ce qui s’y trouve (F10).",
    "cashbook.closed_day": "La journée du {day} est clôturée\u202f: plus rien n’y entre.",
    "cashbook.yesterday_open": "La journée du {day} est restée ouverte. Comptez-la et clôturez-la d’abord (F10).",
    "cashbook.clock_back": "La caisse est ouverte au {day}, mais l’ordinateur dit {today}. Réglez la date de "
    "l’ordinateur, ou clôturez d’abord cette journée.",
    "cashbook.clock_before": "L’ordinateur dit {now}, mais la dernière écriture de la caisse est du {last}. Réglez "
    "l’horloge. Si elle est juste, fermez Antenne, rouvrez-la et tapez la date.",
    "cashbook.closed_period": "Le mois est clôturé jusqu’au {through}\u202f: rien n’y entre plus à la date du {day}.",
    "cashbook.still_open": "La journée du {day} n’est pas clôturée. Clôturez-la d’abord.",
    "cashbook.already_open": "La caisse est déjà ouverte.",
    "cashbook.before_last": "La dernière journée est datée du {last}, après le {day}. Si la date de l’ordinateur est "
    "juste aujourd’hui, écrivez pourquoi.",
    "cashbook.negative": "Écrivez ce qui se trouve dans la caisse, 0 au moins.",
    "cashbook.too_much": "C’est trop\u202f: {most} FCFA au plus.",
    "cashbook.opening_gap": "À la dernière clôture il y avait {expected} FCFA, et vous trouvez {found} FCFA. Recomptez, "
    "ou écrivez pourquoi.",
    "cashbook.denomination": "Il n’existe pas de pièce ni de billet de {value} F.",
    "cashbook.pieces": "Écrivez un nombre de pièces ou de billets, 0 au moins.",
    "cashbook.gap_unexplained": "Il y a un écart de {gap} FCFA. Recomptez, ou écrivez l’explication.",
    "cashbook.reason_long": "Écrivez l’explication en {most} signes au plus.",
    "cashbook.other_day": "Cette journée n’est plus celle qui était affichée. Rafraîchissez (F5).",
    "cashbook.moved": "{box} : de l’argent est entré ou sorti pendant le comptage. Il doit maintenant y avoir {now} "
    "FCFA. Vérifiez, puis clôturez.",
    "cashbook.no_sheet": "Cette journée n’est pas encore clôturée\u202f: elle n’a pas de feuille.",
    "period.closed": "C’est déjà clôturé, jusqu’au {last}.",
    "period.not_over": "Attendez le {last}\u00a0: on clôture quand le dernier jour est arrivé.",
    "period.open_day": "La journée du {day} est encore ouverte. Clôturez-la d’abord (F10).",
    "period.order": "Le mois du {earlier} n’est pas clôturé. Les mois se clôturent dans l’ordre.",
    "period.december": "Clôturez d’abord décembre {year}.",
    "period.blocked": "À faire d’abord\u00a0: {what}.",
    "period.unknown": "Cette période n’est pas clôturée\u202f: elle n’a pas de feuille.",
    "stubs.unanswered": "Une sauvegarde a été restaurée. Dites d’abord quel est le dernier reçu donné (F10, « Reprise des "
    "souches\u00a0»)\u202f: sans cela, un numéro pourrait être donné deux fois.",
    "stubs.answered": "La question a déjà sa réponse.",
    "stubs.other_year": "Il n’est pas demandé de numéro pour {year}.",
    "stubs.before": "La sauvegarde connaît déjà le reçu {known}. Tapez le numéro de la dernière souche du carnet, ou "
    "laissez vide si aucun reçu n’a été donné depuis.",
    "stubs.too_many": "Cela ferait {count} reçus à reprendre. Relisez le numéro de la souche.",
    "cashbook.negative_box": "{box}\u00a0: il manque {missing} FCFA pour sortir cette somme.",
    "ledger.empty": "Cette écriture n’a pas de ligne.",
    "ledger.sides": "Chaque ligne porte une somme au débit ou au crédit, pas les deux, et plus que 0.",
    "ledger.too_much": "C’est trop\u202f: {most} FCFA au plus.",
    "ledger.unbalanced": "L’écriture n’est pas équilibrée\u202f: {debit} au débit, {credit} au crédit.",
    "ledger.reversal_of_reversal": "Une contre-passation ne s’annule pas. Enregistrez l’opération à nouveau.",
    "ledger.already_reversed": "Cette écriture est déjà annulée par l’écriture n° {entry}.",
    "ledger.anchor_unreadable": "« {typed} » n’est pas un code de feuille de clôture. Recopiez-le comme il est imprimé, "
    "par exemple 1473-7F3A-91C2-0KQ8-ZZ4T.",
}


def fault(found: LedgerFault) -> str:
    """« écriture n° 12\u00a0: modifiée »."""
    said = {"altered": "modifiée", "missing": "il manque des écritures avant elle", "unbalanced": "pas équilibrée"}
    return f"écriture n°\u00a0{found.entry_id}\u00a0: {said[found.what]}"


def period_name(kind: PeriodKind, first_day: dt.date) -> str:
    """« novembre 2026 », « année 2026 »."""
    if kind is PeriodKind.YEAR:
        return f"année {first_day.year}"
    return f"{formats.MONTHS[first_day.month - 1]} {first_day.year}"


def signed(gap: int) -> str:
    """« –250 FCFA », « +500 FCFA », « 0 FCFA »: a gap always shows its side."""
    sign = "" if not gap else "+" if gap > 0 else "–"
    return f"{sign}{formats.amount(abs(gap))}"


def gap_word(gap: int) -> str:
    """« juste », « manque 250 FCFA », « 500 FCFA de trop »: colour never speaks alone."""
    if not gap:
        return "juste"
    return f"manque {formats.amount(-gap)}" if gap < 0 else f"{formats.amount(gap)} de trop"


def receipts_line(receipts: ReceiptsOnSheet) -> str:
    """« Reçus 2026-01470 à 2026-01473 (4, dont 1 annulé) : 12 500 FCFA. »."""
    by_hand = formats.plural(receipts.by_hand, "reçu écrit à la main repris", "reçus écrits à la main repris")
    if not receipts.count and not receipts.by_hand:
        return "Aucun reçu."
    if not receipts.count:
        return f"{by_hand} : {formats.amount(receipts.total)}."
    which = receipts.first if receipts.count == 1 else f"{receipts.first} à {receipts.last}"
    many = "annulés" if receipts.cancelled > 1 else "annulé"
    cancelled = f", dont {receipts.cancelled} {many}" if receipts.cancelled else ", aucun annulé"
    plus = f" ; et {by_hand}" if receipts.by_hand else ""
    word = "Reçu" if receipts.count == 1 else "Reçus"
    return f"{word} {which} ({formats.number(receipts.count)}{cancelled}){plus} : {formats.amount(receipts.total)}."
