"""French words of the dues, the cards sold and the free lines: on paper, on screen, in refusals."""

from __future__ import annotations

from antenne.domain.board import Tone
from antenne.domain.dues import Due, DueKind, Period, Standing, Subscription
from antenne.wording import formats

KINDS: dict[DueKind, str] = {
    DueKind.JOINING: "Droit d’adhésion",
    DueKind.MEMBERSHIP: "Cotisation annuelle",
    DueKind.INSURANCE: "Assurance",
}

STANDINGS: dict[Standing, str] = {
    Standing.LATE: "En retard",
    Standing.UP_TO_DATE: "À jour",
    Standing.EXEMPT: "Exemptée",
}

LISTS: dict[Standing | None, str] = {
    Standing.LATE: "En retard",
    Standing.UP_TO_DATE: "À jour",
    Standing.EXEMPT: "Exemptées",
    None: "Toutes",
}
"""Tabs of the list."""

TONES: dict[Standing, Tone] = {Standing.LATE: "danger", Standing.UP_TO_DATE: "good", Standing.EXEMPT: "info"}

EMPTY: dict[Standing | None, tuple[str, str]] = {
    Standing.LATE: ("Aucun retard", "Toutes celles qui doivent une cotisation l’ont payée à temps."),
    Standing.UP_TO_DATE: ("Personne dans cette liste", "Les femmes à jour de leurs cotisations sont ici."),
    Standing.EXEMPT: ("Aucune exemption", "Les femmes exemptées sont ici\u202f: rien ne leur est réclamé."),
    None: ("Aucune adhérente", "Les adhérentes et leurs cotisations sont ici."),
}
"""Title and sentence of a list without lines."""

CARD = "Carte de membre"
CARD_DUPLICATE = "Duplicata de la carte"

HISTORY: dict[str, str] = {
    "due.cancelled": "Cotisation annulée",
    "due.exempted": "Exemptée de cotisation",
    "due.exemption_ended": "Exemption terminée",
    "due.subscribed": "Assurance commencée",
    "due.unsubscribed": "Assurance terminée",
    "due.year_prepared": "Cotisations de l’année préparées",
}
"""Actions of the audit chain."""

STEPS: dict[str, str] = {
    "dues.read": "Lecture du registre…",
    "dues.write": "Cotisations de l’année…",
    "dues.done": "Cotisations prêtes.",
}

PROBLEMS: dict[str, str] = {}

VIOLATIONS: dict[str, str] = {
    "due.unknown": "Cette cotisation n’existe pas. Rafraîchissez (F5).",
    "due.not_member": "Elle n’est pas adhérente\u202f: elle ne doit pas de cotisation.",
    "due.not_hers": "Cette cotisation n’est pas la sienne. Choisissez-la à nouveau.",
    "due.not_owed": "Elle ne doit rien pour cette période. Vérifiez son adhésion ou son assurance.",
    "due.nothing": "Elle ne doit rien de ce genre. Choisissez une autre ligne.",
    "due.no_person": "Choisissez la femme qui paie cette cotisation.",
    "due.cancelled": "Cette cotisation est annulée, depuis le {day}.",
    "due.exempt": "Elle est exemptée de cette cotisation. Pour encaisser quand même, terminez d’abord son exemption "
    "(Cotisations), ou encaissez un don en «\u00a0Autre recette\u00a0».",
    "due.paid": "Cette cotisation est déjà payée.",
    "due.amount": "Écrivez une somme entre 1 et {left} FCFA\u202f: c’est ce qui reste à payer.",
    "due.has_payments": "{paid} FCFA sont déjà payés. Annulez d’abord le reçu.",
    "due.no_reason": "Écrivez le motif de l’annulation.",
    "due.exempt_kind": "Une exemption porte sur la cotisation annuelle ou sur l’assurance. Le droit d’adhésion "
    "s’annule, avec son motif.",
    "due.exempt_already": "Elle est déjà exemptée à cette date.",
    "due.exempt_by_file": "Sa fiche dit qu’elle est exemptée de tout. Décochez «\u00a0exemptée\u00a0» sur sa fiche.",
    "due.not_exempt": "Elle n’est pas exemptée le {day}.",
    "due.no_exempt_reason": "Écrivez pourquoi elle est exemptée.",
    "due.no_reason_end": "Écrivez pourquoi l’exemption se termine.",
    "due.not_insured": "Elle n’est pas à l’assurance le {day}.",
    "due.insured_already": "Elle est déjà à l’assurance à cette date, ou après.",
    "due.before": "Elle a adhéré le {day}\u202f: choisissez une date à partir de ce jour.",
    "due.stopped": "Elle n’est plus adhérente depuis le {day}.",
    "due.too_far": "C’est trop loin\u202f: {most} mois au plus.",
    "due.year": "Choisissez une année entre {first} et {last}.",
    "card_sale.no_person": "Choisissez la femme à qui est la carte.",
    "card_sale.not_hers": "Cette carte n’est pas la sienne. Choisissez-la à nouveau.",
    "card_sale.paid": "Cette carte est déjà payée.",
    "card_sale.kind": "Cette carte n’est pas de ce genre\u202f: carte, ou duplicata. Choisissez l’autre ligne.",
    "card_sale.free": "Cette carte est gratuite\u202f: son prix est 0 FCFA dans les réglages.",
    "card_sale.price": "Une carte se paie en une fois\u202f: {price} FCFA.",
    "card_sale.not_member": "Elle n’est pas adhérente\u202f: elle n’a pas de carte.",
    "fee.no_person": "Choisissez la femme que cette somme concerne.",
    "fee.amount": "Écrivez une somme entre 1 et {most} FCFA.",
    "fee.label": "Écrivez à quoi correspond cette somme\u202f: le reçu le dira.",
    "fee.label_long": "Écrivez-le en {most} signes au plus.",
    "fee.unknown_line": "Choisissez la ligne de budget dans la liste.",
    "fee.no_line": "Une ligne de budget ne se choisit que pour des fonds reçus d’un bailleur.",
}


def due_label(kind: DueKind, period: Period, insurance_words: str) -> str:
    """Neutral words for the paper: « Droit d’adhésion », « Cotisation 2026 », « Cotisation novembre 2026 »."""
    if kind is DueKind.JOINING:
        return KINDS[kind]
    if kind is DueKind.MEMBERSHIP:
        return f"Cotisation {period.start.year}"
    return f"{insurance_words.strip() or 'Cotisation'} {month(period)}"


def screen_label(due: Due) -> str:
    """The same for the screen, where insurance may be named."""
    return due_label(due.kind, due.period, KINDS[DueKind.INSURANCE])


def month(period: Period) -> str:
    """« novembre 2026 »."""
    return f"{formats.MONTHS[period.start.month - 1]} {period.start.year}"


def left_note(label: str, left: int) -> str:
    """« Reste dû : 450 FCFA (Cotisation 2026) », below the total; empty when all is paid."""
    return f"Reste dû\u00a0: {formats.amount(left)} ({label})" if left else ""


def stretch(one: Subscription) -> str:
    """« Assurance depuis le 01/03/2026 », « Exemptée de cotisation annuelle du … au … : motif »."""
    what = f"Exemptée ({KINDS[one.kind].lower()})" if one.exempt else KINDS[one.kind]
    when = f"depuis le {formats.day(one.since)}"
    if one.until is not None:
        when = f"du {formats.day(one.since)} au {formats.day(one.until)}"
    why = f"\u00a0: {one.reason}" if one.reason else ""
    return f"{what} {when}{why}"


def women(count: int) -> str:
    """« 12 femmes »."""
    return formats.plural(count, "femme", "femmes")
