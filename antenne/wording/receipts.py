"""French words of the receipts: on paper, on screen, in refusals."""

from __future__ import annotations

from antenne.domain.receipts import Copy

HISTORY: dict[str, str] = {
    "receipt.issued": "Reçu donné",
    "receipt.cancelled": "Reçu annulé",
    "receipt.print_begun": "Impression commencée",
    "receipt.print_lost": "Original pas sorti de l’imprimante",
    "receipt.printed": "Reçu imprimé",
    "receipt.replaced": "Reçu remplacé",
    "receipt.change_returned": "Monnaie rendue",
}
"""Actions of the audit chain."""

STEPS: dict[str, str] = {}

PROBLEMS: dict[str, str] = {}

VIOLATIONS: dict[str, str] = {
    "receipt.empty": "Ajoutez au moins une ligne à encaisser.",
    "receipt.own": "Vous ne pouvez pas encaisser pour vous-même. Une collègue le fait.",
    "receipt.twice": "Cette ligne est déjà dans le panier.",
    "receipt.unknown_kind": "Choisissez dans la liste ce qui est payé.",
    "receipt.no_line": "Un reçu porte au moins une ligne.",
    "receipt.too_many_lines": "Un reçu porte {most} lignes au plus. Faites un second reçu.",
    "receipt.amount": "Écrivez une somme entre 1 et {most} FCFA.",
    "receipt.label": "Écrivez le libellé du reçu.",
    "receipt.handed_short": "Il manque {missing} FCFA. Retirez une ligne ou payez-en une partie seulement.",
    "receipt.given_too_much": "Vous rendez trop\u202f: {most} FCFA au plus.",
    "receipt.mobile_exact": "Par téléphone ou à la banque, la somme reçue est celle du reçu.",
    "receipt.due_to_nobody": "Il reste {due} FCFA à rendre. La monnaie due ne se garde que pour une femme du registre.",
    "receipt.negative": "Écrivez une somme, 0 au moins.",
    "receipt.too_much": "C’est trop\u202f: {most} FCFA au plus.",
    "receipt.manual_number": "Écrivez le numéro du carnet, 1 au moins.",
    "receipt.manual_taken": "Le numéro {number} est déjà saisi.",
    "receipt.manual_one": "Un reçu du carnet se saisit seul, pour une seule femme.",
    "receipt.future": "Le {day} n’est pas encore passé. Écrivez la date du papier.",
    "receipt.not_reserved": "Le numéro {number} n’est pas parmi les souches à reprendre.",
    "receipt.already_cancelled": "Ce reçu est déjà annulé, le {day}.",
    "receipt.no_reason": "Écrivez le motif de l’annulation.",
    "receipt.change_returned": "La monnaie due de ce reçu a déjà été rendue. Il ne s’annule plus.",
    "receipt.change_amount": "Écrivez une somme entre 1 et {due} FCFA.",
    "receipt.not_replaced": "Le reçu {number} n’est pas annulé, ou il est déjà remplacé.",
    "receipt.print_unsure": "L’original du reçu {number} est parti vers l’imprimante le {at}, et rien ne dit s’il est "
    "sorti. Cherchez-le, puis dites s’il est là.",
    "receipt.unknown": "Ce reçu n’existe pas. Vérifiez son numéro.",
}


def copy(which: Copy) -> str:
    """« Original », « DUPLICATA 2 »."""
    return "Original" if which.is_original else f"DUPLICATA {which.number}"
