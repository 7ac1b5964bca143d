"""Where the lists of protection start; the office's own screen decides afterwards (forms: Listening, Violence).

A code that a rule knows (``non_paiement``, ``refus_condom``, an outcome that says it was handled) keeps its meaning,
whatever its label becomes, and is always offered. What only a rule may change is no list at all: the types of GBVIMS,
the services, the six answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from antenne.domain.incidents import CLIENT, CONDOM, DAY_PARTS, HANDLED, OTHER, TRAFFICKING, UNPAID
from antenne.domain.listening import OFFICE

OUTING: Final = "outing"
"""How a minor of an outing came: her file begins with it."""

LISTS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "listening_motives": (
        ("health", "santé"),
        ("hiv_sti", "IST/VIH"),
        ("violence", "violence"),
        ("money", "argent"),
        ("papers", "papiers"),
        ("child", "enfant"),
        ("family", "famille"),
        ("housing", "logement"),
        ("drugs", "drogue"),
        ("other_work", "changer d’activité"),
        ("psychosocial", "psychosocial"),
    ),
    "listening_ways": (
        ("herself", "elle-même"),
        ("educator", "paire éducatrice"),
        ("member", "une adhérente"),
        (OUTING, "une sortie"),
        ("partner", "un partenaire"),
        ("radio", "la radio"),
        ("other", "autre"),
    ),
    "listening_modes": ((OFFICE, "bureau"), ("phone", "téléphone"), ("field", "terrain")),
    "incident_types": (
        ("agression_client", "agression par un client"),
        ("non_paiement", "non-paiement"),
        ("refus_condom", "refus ou retrait du condom"),
        ("proxenete", "agression ou extorsion par proxénète, gérant ou gérante"),
        ("traite", "traite (seulement si elle le dit)"),
        ("vol", "vol"),
        ("sequestration", "séquestration"),
        ("chantage", "chantage"),
        ("rafle", "rafle ou extorsion policière"),
        ("expulsion", "expulsion"),
        ("autre", "autre"),
    ),
    "incident_places": (
        ("bar_hotel", "bar ou hôtel"),
        ("rue", "rue"),
        ("maison_close", "maison close"),
        ("domicile", "domicile"),
        ("brousse", "brousse"),
        ("marche", "marché"),
        ("gare", "gare, route"),
        ("commissariat", "poste de police ou de gendarmerie"),
        ("site", "site de déplacées"),
        ("autre", "autre"),
    ),
    "day_parts": (
        ("matin", "matin (6 h à 12 h)"),
        ("apres_midi", "après-midi (12 h à 18 h)"),
        ("soir_nuit", "soir et nuit (18 h à 6 h)"),
        ("inconnu", "inconnu"),
    ),
    "marital": (
        ("celibataire", "célibataire"),
        ("mariee", "mariée"),
        ("separee", "divorcée ou séparée"),
        ("veuve", "veuve"),
    ),
    "disabilities": (
        ("aucun", "aucun"),
        ("physique", "physique"),
        ("mental", "mental"),
        ("les_deux", "physique et mental"),
    ),
    "perpetrator_sexes": (("homme", "homme"), ("femme", "femme"), ("les_deux", "homme(s) et femme(s)")),
    "perpetrator_ages": (
        ("0_11", "0 à 11 ans"),
        ("12_17", "12 à 17 ans"),
        ("18_25", "18 à 25 ans"),
        ("26_40", "26 à 40 ans"),
        ("41_60", "41 à 60 ans"),
        ("61", "61 ans et plus"),
        ("inconnu", "inconnu"),
    ),
    "perpetrator_relations": (
        ("client", "client"),
        ("client_regulier", "client régulier"),
        ("partenaire", "partenaire ou mari"),
        ("ancien", "ancien partenaire"),
        ("proxenete", "proxénète"),
        ("gerant", "gérant ou gérante"),
        ("forces", "forces de sécurité"),
        ("groupe_arme", "groupe armé"),
        ("famille", "famille"),
        ("collegue", "autre femme du lieu"),
        ("logeur", "logeur"),
        ("inconnu", "inconnu"),
    ),
    "incident_outcomes": (
        ("commissariat", "gérée avec le commissariat"),
        ("droit", "remise dans son droit"),
        ("plainte", "plainte déposée"),
        ("mediation", "médiation"),
        ("condamnation", "condamnation"),
        ("soins", "soignée"),
        ("a_sa_demande", "sans suite, à sa demande"),
        ("perdue_de_vue", "perdue de vue"),
    ),
    "closing_reasons": (
        ("besoins", "besoins satisfaits"),
        ("demande", "à sa demande"),
        ("partie", "a quitté la région"),
        ("contact_perdu", "contact perdu"),
        ("transferee", "suivie par une autre structure"),
    ),
    "separations": (
        ("aucune", "vit avec les siens"),
        ("separee", "séparée"),
        ("non_accompagnee", "non accompagnée"),
    ),
    "care_payers": (
        ("gratuit", "gratuit"),
        ("assurance", "assurance"),
        ("projet", "projet"),
        ("elle", "elle"),
    ),
    "legal_matters": (
        ("pension", "pension"),
        ("divorce", "divorce"),
        ("paternite", "paternité"),
        ("garde", "garde d’un enfant"),
        ("heritage", "héritage"),
        ("logement", "logement"),
        ("travail", "travail, salaire"),
        ("plainte", "plainte"),
        ("autre", "autre"),
    ),
    "partner_kinds": (
        ("sante", "santé"),
        ("vih", "VIH"),
        ("femme", "promotion de la femme"),
        ("police", "police"),
        ("gendarmerie", "gendarmerie"),
        ("enfant", "protection de l’enfant"),
        ("justice", "justice, barreau"),
        ("accueil", "centre d’accueil"),
        ("autre", "autre"),
    ),
}
"""Name of the list → code and label, in order."""

TIED: Final[Mapping[str, frozenset[str]]] = {
    "listening_ways": frozenset({OUTING}),
    "listening_modes": frozenset({OFFICE}),
    "incident_types": frozenset({CLIENT, UNPAID, CONDOM, TRAFFICKING, OTHER}),
    "day_parts": frozenset(DAY_PARTS),
    "incident_outcomes": HANDLED,
}
"""Codes that a rule reads, by list: their words may change, they never stop being offered."""

TITLES: Final[dict[str, str]] = {
    "listening_motives": "Écoutes\u00a0: motifs",
    "listening_ways": "Écoutes\u00a0: venue par",
    "listening_modes": "Écoutes\u00a0: modes",
    "incident_types": "Incidents\u00a0: types de l’antenne",
    "incident_places": "Incidents\u00a0: types de lieu",
    "day_parts": "Incidents\u00a0: moments",
    "marital": "Situations matrimoniales",
    "disabilities": "Handicaps",
    "perpetrator_sexes": "Auteurs présumés\u00a0: sexe",
    "perpetrator_ages": "Auteurs présumés\u00a0: âge",
    "perpetrator_relations": "Auteurs présumés\u00a0: relation",
    "incident_outcomes": "Incidents\u00a0: issues",
    "closing_reasons": "Incidents\u00a0: motifs de clôture",
    "separations": "Mineures\u00a0: séparation",
    "care_payers": "Consultations\u00a0: payées par",
    "legal_matters": "Aide juridique\u00a0: objets",
    "partner_kinds": "Structures partenaires\u00a0: genres",
}
"""French titles, for the settings screen."""
