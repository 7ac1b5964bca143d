"""French words of the cards: printed, on screen, in refusals."""

from __future__ import annotations

import datetime as dt

from antenne.domain.board import Tone
from antenne.domain.cards import CardKind, CardList, CardState, MemberCard, ScanAnswer, ScanState, Variant
from antenne.wording import formats

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

TONES: dict[CardState, Tone] = {
    CardState.TO_PRINT: "warning",
    CardState.PRINTED: "warning",
    CardState.HANDED: "good",
    CardState.LOST: "danger",
    CardState.REPLACED: "neutral",
    CardState.EXPIRED: "neutral",
}

LISTS: dict[CardList, str] = {
    CardList.TO_ISSUE: "Sans carte",
    CardList.TO_PRINT: "À imprimer",
    CardList.TO_HAND: "À remettre",
    CardList.TO_RENEW: "À renouveler",
    CardList.LOST: "Perdues",
    CardList.ALL: "Toutes",
}

EMPTY: dict[CardList, tuple[str, str]] = {
    CardList.TO_ISSUE: ("Toutes les adhérentes ont une carte", "Une nouvelle adhérente apparaît ici dès son adhésion."),
    CardList.TO_PRINT: ("Rien à imprimer", "Une carte établie attend ici jusqu’à ce qu’elle soit sortie."),
    CardList.TO_HAND: ("Aucune carte dans le tiroir", "Une carte imprimée attend ici jusqu’à sa remise à la femme."),
    CardList.TO_RENEW: ("Rien à renouveler", "Les cartes qui arrivent à leur fin apparaissent ici."),
    CardList.LOST: ("Aucune carte perdue", "Une carte déclarée perdue ou volée reste ici."),
    CardList.ALL: ("Aucune carte", "Les cartes établies se retrouvent ici, année après année."),
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
    "card.already": "{name} : elle a déjà une carte valable jusqu’au {day}.",
    "card.letters": "La police des imprimés n’a pas les lettres « {letters} » (carte {number}).",
    "card.layout": "La carte {number} a été dessinée par une version plus récente du programme.",
    "card.not_to_hand.to_print": "Cette carte n’est pas encore imprimée.",
    "card.not_to_hand.handed": "Cette carte est déjà remise.",
    "card.not_to_hand.lost": "Cette carte est perdue ; établissez un duplicata.",
    "card.not_to_hand.replaced": "Cette carte est remplacée par un duplicata.",
    "card.not_to_hand.expired": "Cette carte est expirée ; renouvelez-la.",
    "card.how": "Dites si elle a signé ou posé son doigt.",
    "card.finger": "Dites quel doigt elle a posé.",
    "card.already_lost": "Cette carte est déjà notée perdue, le {day}.",
    "card.already_replaced": "Cette carte est déjà remplacée par un duplicata.",
    "card.never_printed": "Cette carte n’a jamais été imprimée ; imprimez-la simplement.",
    "card.lost_later": "Écrivez un jour passé, ou aujourd’hui.",
    "card.lost_before": "La carte a été établie le {day} ; écrivez un jour à partir de cette date.",
    "card.lost_how": "Dites si la carte est perdue ou volée.",
    "card.expired": "Cette carte a expiré le {day} ; renouvelez-la au lieu d’un duplicata.",
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


def counted(count: int, one: str = "carte", many: str = "cartes") -> str:
    """« 1 carte », « 1 300 cartes »."""
    return formats.plural(count, one, many)


def number(count: int) -> str:
    """« 1 300 »."""
    return formats.number(count)


def duplicate(nth: int) -> str:
    """« Duplicata n° 1 », or nothing for a first card."""
    return f"Duplicata n°\u00a0{nth}" if nth else ""


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
        return f"Imprimée le {day(card.printed_at.date())}"
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
