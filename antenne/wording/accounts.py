"""French words of the accounts: chart, journal, ledger, trial balance."""

from __future__ import annotations

from antenne.domain.accounts import Account, AccountKind, Use
from antenne.domain.cashbook import Box

KINDS: dict[AccountKind, str] = {
    AccountKind.FUNDS: "Fonds",
    AccountKind.ASSET: "Actif",
    AccountKind.LIABILITY: "Dettes",
    AccountKind.EXPENSE: "Charges",
    AccountKind.INCOME: "Produits",
}

USES: dict[str, str] = {
    Use.JOINING: "Droits d’adhésion",
    Use.MEMBERSHIP: "Cotisations",
    Use.INSURANCE: "Assurance maladie",
    Use.CARD: "Cartes",
    Use.FEES: "Frais de dossier",
    Use.RENT: "Loyers reçus",
    Use.GRANT: "Fonds des bailleurs",
    Use.OTHER_INCOME: "Autres recettes",
    Use.CHANGE_DUE: "Monnaie due",
    Use.ADVANCE: "Avances à justifier",
    Use.INDEMNITY: "Indemnités",
    Use.SHORTAGE: "Manquants de caisse",
    Use.SURPLUS: "Excédents de caisse",
    Use.OPENING: "Solde de départ",
    Use.CARRIED: "Report à nouveau",
}
"""What the program itself posts to an account."""

HISTORY: dict[str, str] = {
    "account.added": "Compte ajouté",
    "account.changed": "Compte modifié",
    "account.use_moved": "Usage confié à un autre compte",
    "box.changed": "Caisse modifiée",
    "accounts.exported": "Comptes exportés",
}
"""Actions of the audit chain."""

STEPS: dict[str, str] = {}

PROBLEMS: dict[str, str] = {}

VIOLATIONS: dict[str, str] = {
    "accounts.period": "La période finit le {last}, avant de commencer le {first}.",
    "accounts.unknown": "Le compte {code} n’est pas dans le plan.",
    "accounts.too_many": "Cette période a {count} lignes\u202f; {most} au plus à la fois. Choisissez une période plus "
    "courte, par exemple une année.",
    "accounts.code_form": "Tapez un numéro de 2 à 8 chiffres, par exemple 6053.",
    "accounts.code_taken": "Le numéro {code} est déjà celui de «\u00a0{label}\u00a0». Choisissez-en un autre.",
    "accounts.code_used": "Des écritures portent le numéro {code}\u202f: il ne change plus. Ajoutez plutôt un compte.",
    "accounts.label": "Écrivez l’intitulé du compte.",
    "accounts.sycebnl_form": "Tapez le compte SYCEBNL en 2 à 6 chiffres, par exemple 605.",
    "accounts.sycebnl_class": "Un compte de cette nature va dans la classe {classes} du SYCEBNL. Corrigez le premier "
    "chiffre, ou la nature.",
    "accounts.kind_used": "Des écritures sont au compte {code}\u202f: sa nature ne change plus. Ajoutez plutôt un compte.",
    "accounts.kind_use": "Le programme se sert de ce compte\u202f: cette nature ne va pas avec cet usage.",
    "accounts.rest_use": "Le programme se sert du compte {code}. Confiez d’abord cet usage à un autre compte.",
    "accounts.no_use": "Le programme ne se sert pas de ce compte.",
    "accounts.use_carried": "Des écritures sont déjà au compte {code}, et le programme y lit ce qui reste\u202f: cet usage "
    "ne change plus de compte.",
    "accounts.use_taken": "Le compte {code} sert déjà à autre chose. Choisissez-en un autre.",
    "accounts.use_resting": "Le compte {code} n’est plus utilisé. Remettez-le d’abord en service.",
    "accounts.use_kind": "La nature du compte {code} ne va pas avec cet usage.",
    "accounts.box_unknown": "Cette caisse n’existe plus. Rafraîchissez (F5).",
    "accounts.box_label": "Écrivez le nom de la caisse.",
    "accounts.box_taken": "Une autre caisse s’appelle déjà «\u00a0{label}\u00a0».",
    "accounts.box_cash": "La caisse d’espèces reste toujours en service.",
    "accounts.box_open": "Sa journée du {day} est ouverte. Clôturez la caisse d’abord (F10).",
    "accounts.box_holds": "Il y reste {holds} FCFA. Virez-les d’abord dans une autre caisse.",
}


def use(account: Account, box: Box | None = None) -> str:
    """What the program uses an account for: « Cotisations », « Caisse\u00a0: Orange Money », or nothing."""
    if box is not None:
        return f"Caisse\u00a0: {box.label}"
    return USES.get(account.role, "")


def state(*, active: bool) -> str:
    """« En service », « Au repos »."""
    return "En service" if active else "Au repos"
