"""Sentences beside a field: what to type."""

from __future__ import annotations

VIOLATIONS: dict[str, str] = {
    "form.required": "À remplir : {label}.",
    "form.characters": "Ces signes ne peuvent pas être imprimés ({characters}). Retirez-les.",
    "form.too_long": "Trop long : {length} signes, {most} au plus.",
    "form.too_low": "Tapez {lowest} ou davantage.",
    "form.too_high": "Tapez {highest} au plus.",
    "form.unknown_choice": "Choisissez dans la liste : tapez deux lettres, puis Entrée.",
    "money.not_a_number": "Tapez un montant en chiffres, par ex. 12 500.",
    "money.decimals": "Pas de centimes : le franc CFA n’en a pas. Tapez un nombre entier.",
    "money.negative": "Un montant ne peut pas être négatif.",
    "money.too_much": "Ce montant dépasse {most} FCFA. Vérifiez les zéros.",
    "count.not_a_number": "Tapez un nombre entier, par ex. 3.",
    "count.too_much": "Ce nombre est trop grand.",
    "date.unreadable": "Tapez une date, par ex. 23/11/2026, 23/11 ou hier.",
    "date.impossible": "Ce jour n’existe pas dans le calendrier.",
    "date.out_of_range": "Cette date est trop ancienne ou trop lointaine.",
    "date.future": "Cette date est dans le futur. Tapez un jour passé, ou aujourd’hui.",
    "moment.unreadable": "Tapez une heure, par ex. 10 h 41.",
    "moment.no_hour": "Ajoutez l’heure, par ex. 23/11 10 h 41.",
    "birth.unreadable": "Tapez une date, une année, « vers 1994 » ou un âge, par ex. 32 ans.",
    "birth.future": "La naissance ne peut pas être dans le futur. Vérifiez l’année.",
    "birth.too_old": "Cette naissance est avant 1900. Vérifiez l’année.",
    "phone.letters": "Un téléphone n’a que des chiffres, par ex. 76 12 34 56.",
    "phone.length": "8 chiffres attendus, par ex. 76 12 34 56.",
    "phone.unknown": "Ce numéro n’existe pas. Pour l’étranger, commencez par + et le code du pays.",
    "yes_no.unreadable": "Tapez o pour oui, n pour non.",
}
