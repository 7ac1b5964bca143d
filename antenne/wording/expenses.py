"""French words of the money out and of the donors' projects: on screen, in refusals."""

from __future__ import annotations

import datetime as dt

from antenne.domain.board import Tone
from antenne.domain.expenses import Advance, Moved
from antenne.domain.projects import BudgetWarning
from antenne.domain.voucher_faces import VoucherKind
from antenne.wording import formats

KINDS: dict[VoucherKind, str] = {
    VoucherKind.EXPENSE: "Dépense",
    VoucherKind.INDEMNITY: "Indemnité",
    VoucherKind.ADVANCE: "Avance",
    VoucherKind.JUSTIFICATION: "Justification",
    VoucherKind.RETURN: "Retour d’avance",
    VoucherKind.TRANSFER: "Virement",
}

HISTORY: dict[str, str] = {
    "expense.written": "Pièce de dépense écrite",
    "expense.cancelled": "Pièce de dépense annulée",
    "expense.print_begun": "Impression commencée",
    "expense.print_lost": "Original pas sorti de l’imprimante",
    "expense.printed": "Pièce de dépense imprimée",
    "expense.scanned": "Justificatif ajouté",
    "project.saved": "Projet enregistré",
}
"""Actions of the audit chain."""

STEPS: dict[str, str] = {"vouchers.draw": "Pièces de dépense…"}

PROBLEMS: dict[str, str] = {
    "expense.scan_file": "Le fichier «\u00a0{path}\u00a0» ne s’ouvre pas. Vérifiez la clé ou le téléphone, puis choisissez-le à nouveau.",
}

VIOLATIONS: dict[str, str] = {
    "expense.print_unsure": "L’original de la pièce {number} est parti vers l’imprimante le {at}, et rien ne dit s’il est "
    "sorti. Cherchez-le, puis dites s’il est là.",
    "expense.unknown": "Cette pièce n’existe pas. Vérifiez son numéro.",
    "expense.no_beneficiary": "Choisissez la personne du registre, ou écrivez à qui l’argent est remis.",
    "expense.two_beneficiaries": "Une pièce a un seul bénéficiaire\u00a0: effacez l’un des deux.",
    "expense.unknown_person": "Cette personne n’est plus dans le registre. Choisissez-en une autre.",
    "expense.own": "Vous ne pouvez pas vous payer vous-même. Une collègue le fait.",
    "expense.own_cancel": "Cette pièce est à votre nom\u00a0: une collègue l’annule.",
    "expense.own_advance": "Cette avance est à votre nom\u00a0: une collègue reçoit vos justificatifs.",
    "expense.amount": "Écrivez une somme entre 1 et {most} FCFA.",
    "expense.account": "Choisissez un compte de charges dans la liste.",
    "expense.budget_line": "Choisissez la ligne de budget dans la liste.",
    "expense.already_cancelled": "Cette pièce est déjà annulée, le {day}.",
    "expense.no_reason": "Écrivez le motif de l’annulation.",
    "expense.advance_used": "Cette avance a déjà ses pièces\u00a0: {numbers}. Annulez-les d’abord.",
    "expense.advance_short": "Ce complément a servi à justifier l’avance {number}. Annulez d’abord une pièce justificative.",
    "expense.justify_past": "Ce jour est passé. Écrivez jusqu’à quand elle doit justifier.",
    "expense.not_advance": "Cette pièce n’est pas une avance. Choisissez-la dans «\u00a0Avances ouvertes\u00a0».",
    "expense.advance_closed": "L’avance {number} n’a plus rien à justifier.",
    "expense.nothing_brought": "Écrivez au moins une pièce, ou l’argent rendu.",
    "expense.return_too_much": "C’est plus qu’il ne reste\u00a0: {most} FCFA au plus.",
    "expense.advance_over": "Il restait {left} FCFA à justifier\u202f; les pièces dépassent de {over} FCFA. Écrivez-le ici pour le lui payer, ou corrigez une pièce.",
    "expense.complete_too_much": "Les pièces ne demandent pas tant\u00a0: {most} FCFA au plus.",
    "expense.same_box": "Choisissez une autre caisse que celle d’où part l’argent.",
    "expense.fee": "Les frais vont de 0 à moins que la somme. Vérifiez les chiffres.",
    "expense.fees_account": "Le compte des frais, {code}, n’est pas dans les charges du plan comptable. Changez-le dans Paramètres, Tarifs.",
    "expense.no_rows": "Ajoutez au moins une femme.",
    "expense.twice": "Elle est déjà dans la liste.",
    "expense.scan_too_heavy": "Ce fichier est trop lourd\u00a0: {most} Mo au plus. Prenez-le en photo plus petit.",
    "expense.scan_unreadable": "Ce fichier n’est ni une image ni un PDF lisible. Essayez une photo (JPEG ou PNG).",
    "expense.scan_too_large": "Cette image est trop grande\u00a0: {most} millions de points au plus.",
    "expense.scan_too_small": "Cette image est trop petite pour être lue\u00a0: {least} points de côté au moins.",
    "project.unknown": "Ce projet n’existe pas. Rafraîchissez (F5).",
    "project.code_taken": "Un autre projet s’appelle déjà «\u00a0{code}\u00a0». Choisissez un autre nom court.",
    "project.period": "Le projet finit avant de commencer. Vérifiez les deux dates.",
    "project.no_line": "Écrivez au moins une ligne de budget.",
    "project.line_twice": "Le code «\u00a0{code}\u00a0» est déjà pris par une autre ligne.",
    "project.amount": "Écrivez un budget entre 0 et {most} FCFA.",
    "project.line_used": "La ligne «\u00a0{code}\u00a0» porte déjà des écritures\u00a0: gardez-la, avec son code.",
}


def transfer_purpose(source: str, target: str) -> str:
    """« Virement Caisse vers Banque »."""
    return f"Virement {source} vers {target}"


def with_fee(purpose: str, sent: Moved) -> str:
    """The purpose with what the operator took, as the paper says it: « … (frais : 500 FCFA, arrivé : 50 000 FCFA) »."""
    if not sent.fee:
        return purpose
    fee, arrives = formats.amount(sent.fee), formats.amount(sent.arrives)
    return f"{purpose} (frais\u00a0: {fee}, arrivé\u00a0: {arrives})"


def transfer_effect(sent: Moved, source: str, target: str) -> str:
    """« Sort de Caisse : 50 500 FCFA · arrive à Banque : 50 000 FCFA · frais : 500 FCFA »."""
    parts = [
        f"Sort de {source}\u00a0: {formats.amount(sent.leaves)}",
        f"arrive à {target}\u00a0: {formats.amount(sent.arrives)}",
    ]
    if sent.fee:
        parts.append(f"frais\u00a0: {formats.amount(sent.fee)}")
    return " · ".join(parts)


def budget_warning(found: BudgetWarning) -> str:
    """What is said before an expense is put on a line: what is left, or by how much it is exceeded."""
    said = f"{found.label}\u00a0: il restera {formats.amount(found.left)} sur {formats.amount(found.budget)}."
    if found.exceeded:
        said = (
            f"Attention, {found.label}\u00a0: dépassée de {formats.amount(-found.left)} (budget "
            f"{formats.amount(found.budget)}, déjà dépensé {formats.amount(found.spent)})."
        )
    if found.ended_on is not None:
        said += f" Ce projet est terminé depuis le {formats.day(found.ended_on)}."
    return said


def is_alarming(found: BudgetWarning) -> bool:
    """Whether the warning is more than a remark."""
    return found.exceeded or found.ended_on is not None


def late(advance: Advance, today: dt.date) -> str:
    """« 12 jours de retard », « à justifier au plus tard le 08/12/2026 »."""
    days = advance.days_late(today)
    if days:
        return f"{formats.plural(days, 'jour', 'jours')} de retard"
    due = advance.expense.justify_by
    return "" if due is None else f"à justifier au plus tard le {formats.day(due)}"


def settlement_effect(left: int) -> str:
    """What an advance has left after what is typed."""
    if left > 0:
        return f"Il restera {formats.amount(left)} à justifier."
    if left == 0:
        return "L’avance sera soldée."
    return f"Les pièces dépassent l’avance de {formats.amount(-left)}\u00a0: à compléter, ou à corriger."


def state(kind: VoucherKind, *, printed: bool, cancelled_on: dt.date | None, left: int, late_days: int) -> str:
    """The word of the pill."""
    if cancelled_on is not None:
        return "Annulée"
    if late_days:
        return f"{formats.plural(late_days, 'jour', 'jours')} de retard"
    if not printed:
        return "À imprimer"
    if left > 0:
        return "À justifier"
    return "Payée" if kind in {VoucherKind.EXPENSE, VoucherKind.INDEMNITY} else "Faite"


def state_tone(*, printed: bool, cancelled_on: dt.date | None, left: int, late_days: int) -> Tone:
    """The tone of the pill."""
    if cancelled_on is not None:
        return "neutral"
    if late_days:
        return "danger"
    return "good" if printed and not left else "warning"
