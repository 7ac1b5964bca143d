"""French words of the cards: printed, on screen, in refusals."""

from __future__ import annotations

import datetime as dt

from antenne.domain.cards import CardKind, CardState, MemberCard, ScanAnswer, ScanState, Variant

MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
"""Short months, as in the grid of the verso."""

VARIANTS: dict[Variant, str] = {
    Variant.SHEET: "Planche de dix cartes (A4, recto verso)",
    Variant.FOLD: "À plier, coller et plastifier (A4, un seul côté)",
    Variant.PRINTER: "Imprimante à cartes (format CR80)",
}

KINDS: dict[CardKind, str] = {CardKind.STANDARD: "Ordinaire", CardKind.DISCREET: "Discrète"}

STATES: dict[CardState, str] = {
    CardState.TO_PRINT: "À imprimer",
    CardState.PRINTED: "À remettre",
    CardState.HANDED: "Remise",
    CardState.LOST: "Perdue",
    CardState.REPLACED: "Remplacée",
    CardState.EXPIRED: "Expirée",
}

FINGERS: tuple[tuple[str, str], ...] = (
    ("pouce_gauche", "pouce gauche"),
    ("pouce_droit", "pouce droit"),
    ("index_gauche", "index gauche"),
    ("index_droit", "index droit"),
    ("autre", "autre doigt"),
)

HISTORY: dict[str, str] = {
    "card.issued": "Carte établie",
    "card.printed": "Carte imprimée",
    "card.handed": "Carte remise",
    "card.lost": "Carte déclarée perdue",
    "card.replaced": "Duplicata établi",
    "card.renewed": "Carte renouvelée",
}
"""Actions of the audit chain."""

STEPS: dict[str, str] = {
    "cards.issue": "Les cartes sont établies",
    "cards.gather": "Les cartes sont réunies",
    "cards.draw": "Les cartes sont dessinées",
    "cards.record": "L’impression est notée",
}
"""Steps of long work."""

VIOLATIONS: dict[str, str] = {
    "card.none": "Choisissez au moins une carte.",
    "card.too_many": "Mille cartes au plus à la fois ; vous en avez choisi {count}.",
    "card.none_due": "Toutes les cartes {year} sont déjà établies.",
    "card.none_waiting": "Aucune carte n’attend d’être imprimée.",
    "card.no_card": "{number}\u00a0: pas de carte valable à ce numéro.",
    "card.printer": "Choisissez l’imprimante.",
    "card.photo": "La photo de la carte {number} est illisible\u202f; choisissez-en une autre.",
    "card.not_to_print.lost": "Une des cartes est perdue\u202f; établissez un duplicata.",
    "card.not_to_print.replaced": "Une des cartes est remplacée par un duplicata\u202f; imprimez le duplicata.",
    "card.not_to_print.expired": "Une des cartes est expirée\u202f; renouvelez-la.",
    "card.unknown": "Cette carte n’existe plus ; rafraîchissez la liste (F5).",
    "card.unknown_person": "Cette personne n’existe plus ; rafraîchissez la liste (F5).",
    "card.not_member": "{name} : pas d’adhésion. Notez d’abord la date d’adhésion.",
    "card.minor": "{name} : moins de 18 ans, ou âge à vérifier ; pas de carte.",
    "card.not_active": "{name} : adhésion suspendue ou terminée.",
    "card.no_consent": "{name} : elle a retiré son accord pour la fiche ; pas de carte.",
    "card.no_name": "{name} : il manque le nom ou le prénom.",
    "card.no_pseudonym": "{name} : il manque le pseudonyme de la carte discrète.",
    "card.no_photo": "{name} : elle est d’accord pour la photo, mais il n’y en a pas.",
    "card.already": "{name} : elle a déjà une carte valable jusqu’au {day:%d/%m/%Y}.",
    "card.letters": "La police des imprimés n’a pas les lettres « {letters} » (carte {number}).",
    "card.layout": "La carte {number} a été dessinée par une version plus récente du programme.",
    "card.not_to_hand.to_print": "Cette carte n’est pas encore imprimée.",
    "card.not_to_hand.handed": "Cette carte est déjà remise.",
    "card.not_to_hand.lost": "Cette carte est perdue ; établissez un duplicata.",
    "card.not_to_hand.replaced": "Cette carte est remplacée par un duplicata.",
    "card.not_to_hand.expired": "Cette carte est expirée ; renouvelez-la.",
    "card.how": "Dites si elle a signé ou posé son doigt.",
    "card.finger": "Dites quel doigt elle a posé.",
    "card.already_lost": "Cette carte est déjà notée perdue, le {day:%d/%m/%Y}.",
    "card.already_replaced": "Cette carte est déjà remplacée par un duplicata.",
    "card.never_printed": "Cette carte n’a jamais été imprimée ; imprimez-la simplement.",
    "card.lost_later": "Écrivez un jour passé, ou aujourd’hui.",
    "card.lost_before": "La carte a été établie le {day:%d/%m/%Y} ; écrivez un jour à partir de cette date.",
    "card.lost_how": "Dites si la carte est perdue ou volée.",
    "card.expired": "Cette carte a expiré le {day:%d/%m/%Y} ; renouvelez-la au lieu d’un duplicata.",
    "card.reason": "Choisissez le motif du duplicata.",
    "card.year": "Écrivez une année entre {first} et {last}.",
    "card.offset": "Écrivez un décalage de {most} mm au plus.",
}

PROBLEMS: dict[str, str] = {}


def day(value: dt.date) -> str:
    """23/11/2026."""
    return f"{value:%d/%m/%Y}"


def valid_until(value: dt.date) -> str:
    """« Valable jusqu’au 31/12/2026 »."""
    return f"Valable jusqu’au {day(value)}"


def duplicate(number: int) -> str:
    """« Duplicata n° 1 », or nothing for a first card."""
    return f"Duplicata n° {number}" if number else ""


def lost(card: MemberCard) -> str:
    """« Perdue le 03/11/2026 », « Volée le … »."""
    word = "Volée" if card.lost_how == "volee" else "Perdue"
    return f"{word} le {day(card.lost_on)}" if card.lost_on else ""


def state_words(card: MemberCard, state: CardState) -> str:
    """One cell of a list: the state, and the day where it has one."""
    if state is CardState.LOST:
        return lost(card)
    if state is CardState.HANDED and card.handed_on:
        return f"Remise le {day(card.handed_on)}"
    if state is CardState.EXPIRED:
        return f"Expirée le {day(card.valid_until)}"
    if state is CardState.PRINTED and card.printed_at:
        return f"Imprimée le {day(card.printed_at.date())}, à remettre"
    return STATES[state]


def scan_words(answer: ScanAnswer) -> str:
    """The sentence a scan is answered with."""
    card = answer.card
    if card is not None:
        sentences = {
            ScanState.VALID: f"Carte {answer.number}, valable jusqu’au {day(card.valid_until)}.",
            ScanState.TO_HAND: f"Carte {answer.number}, pas encore notée remise.",
            ScanState.LOST: f"Carte {answer.number} : {lost(card).lower()}. Gardez-la et prévenez la responsable.",
            ScanState.REPLACED: f"Carte {answer.number} : remplacée par un duplicata. Gardez l’ancienne.",
            ScanState.EXPIRED: f"Carte {answer.number} : expirée le {day(card.valid_until)}.",
        }
        return sentences[answer.state]
    if answer.person_id is not None:
        return f"{answer.number}\u00a0: pas de carte en cours."
    if answer.state is ScanState.FORGED:
        return f"Le numéro {answer.number} existe, mais le code de contrôle est faux : carte contrefaite ou abîmée."
    if answer.state is ScanState.ELSEWHERE:
        return f"La carte {answer.number} n’est pas de cette antenne."
    return "Ce code n’est pas celui d’une carte."
