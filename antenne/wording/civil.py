"""French words of the civil files: steps, pieces, delays, refusals."""

from __future__ import annotations

from antenne.domain.board import Tone
from antenne.domain.civil import EventKind, Father, Payer, Sex
from antenne.domain.civil_clock import Clock, ClockState
from antenne.domain.civil_routes import Beneficiary, Place, Result, Route, Step, When
from antenne.wording import formats

STEPS_OF_FILES: dict[Step, str] = {
    Step.OPENED: "Ouvert",
    Step.PIECES_READY: "Pièces réunies",
    Step.FILED: "Déposé",
    Step.HEARING: "Audience",
    Step.JUDGED: "Jugement",
    Step.TRANSCRIBED: "Transcrit",
    Step.RECEIVED: "Reçu au bureau",
    Step.HANDED: "Remis",
    Step.REJECTED: "Rejeté",
    Step.ABANDONED: "Abandonné",
}

_RECEIVED: dict[Result, str] = {
    Result.BIRTH_ACT: "Volet n°\u00a03 reçu",
    Result.COPY: "Copie reçue",
    Result.IDENTITY_CARD: "Carte reçue",
    Result.NINA: "NINA reçu",
    Result.OTHER: "Papier reçu",
}
RESULTS: dict[Result, str] = {
    Result.BIRTH_ACT: "acte de naissance (volet n°\u00a03)",
    Result.COPY: "copie d’acte",
    Result.IDENTITY_CARD: "carte d’identité",
    Result.NINA: "fiche NINA",
    Result.OTHER: "autre papier",
}
_FILED: dict[Place, str] = {
    Place.TOWN_HALL: "Déposé à la mairie",
    Place.COURT: "Déposé au tribunal",
    Place.POLICE: "Déposé à la police",
    Place.ENROLMENT: "Enrôlée",
}

EVENTS: dict[EventKind, str] = {
    EventKind.STEP: "Étape",
    EventKind.HEARING_SET: "Audience fixée",
    EventKind.POSTPONED: "Renvoyée",
    EventKind.DELIBERATION: "En délibéré",
    EventKind.BLOCKED: "Bloqué",
    EventKind.UNBLOCKED: "Débloqué",
    EventKind.NEXT_ACTION: "À faire",
    EventKind.NOTE: "Note",
    EventKind.REOPENED: "Rouvert",
    EventKind.REROUTED: "Autre démarche",
    EventKind.TAKEN_BACK: "Étape reprise (erreur)",
    EventKind.DONE: "Fait",
}

BENEFICIARIES: dict[Beneficiary, str] = {
    Beneficiary.SELF: "elle-même",
    Beneficiary.CHILD: "son enfant",
    Beneficiary.MINOR: "une mineure",
}
SEXES: dict[Sex, str] = {Sex.FEMALE: "féminin", Sex.MALE: "masculin"}
FATHERS: dict[Father, str] = {
    Father.KNOWN: "connu",
    Father.UNKNOWN: "inconnu",
    Father.UNDECLARED: "non déclaré",
}
PAYERS: dict[Payer, str] = {Payer.SHE: "elle", Payer.PROJECT: "le projet", Payer.FREE: "gratuit"}
PLACES: dict[Place, str] = {
    Place.TOWN_HALL: "mairie",
    Place.COURT: "tribunal",
    Place.POLICE: "police",
    Place.ENROLMENT: "centre d’enrôlement",
}
WHENS: dict[When, str] = {
    When.ALWAYS: "toujours",
    When.MOTHER_WITHOUT_ACT: "la mère n’a pas d’acte",
    When.OUT_OF_WEDLOCK: "naissance hors mariage",
    When.RECOGNISED: "père marié ou qui reconnaît l’enfant",
    When.ORPHAN: "orphelin",
    When.FOREIGN_MOTHER: "mère étrangère",
    When.TWIN: "jumeau",
    When.BORN_AT_HOME: "né à la maison",
    When.WITHOUT_ACT: "sans acte",
    When.WITH_ACT: "avec un acte",
    When.MINOR: "mineure",
}

FIELDS: dict[str, str] = {
    "route_key": "Démarche",
    "opened_on": "Ouvert le",
    "requester_id": "Demandeuse",
    "beneficiary": "Pour",
    "person_id": "Sa fiche",
    "last_name": "Nom",
    "first_name": "Prénoms",
    "sex": "Sexe",
    "birth": "Naissance",
    "birth_place": "Lieu de naissance",
    "twin": "Jumeau",
    "born_at_home": "Né à la maison",
    "attended_by": "Qui a aidé à la naissance",
    "mother_name": "Nom de la mère",
    "mother_has_act": "La mère a un acte",
    "foreign_mother": "Mère étrangère",
    "orphan": "Orphelin",
    "in_wedlock": "Parents mariés",
    "father": "Père",
    "father_name": "Nom du père",
    "recognised": "Reconnu par le père",
    "declarant": "Qui déclare",
    "declarant_link": "Lien avec l’enfant",
    "declarant_paper": "Pièce de qui déclare",
    "declarant_phone": "Téléphone de qui déclare",
    "witnesses": "Témoins",
    "late_reason": "Pourquoi pas à temps",
    "school_class": "Classe",
    "school": "École",
    "has_act": "A déjà un acte",
    "nina": "NINA",
    "place": "Lieu",
    "register_ref": "Cahier",
}
"""Questions of the file, for the Historique."""

CLOCK_TONES: dict[ClockState, Tone] = {
    ClockState.IN_TIME: "good",
    ClockState.SOON: "warning",
    ClockState.TO_CHECK: "warning",
    ClockState.PAST: "danger",
}
CLOCK_WORDS: dict[ClockState, str] = {
    ClockState.IN_TIME: "Dans le délai",
    ClockState.SOON: "Délai bientôt fini",
    ClockState.TO_CHECK: "À vérifier",
    ClockState.PAST: "Délai passé",
}

HISTORY: dict[str, str] = {
    "civil.opened": "Dossier ouvert",
    "civil.saved": "Dossier modifié",
    "civil.rerouted": "Démarche changée",
    "civil.fee": "Frais notés",
    "civil.fee_cancelled": "Frais retirés",
    "civil.fee_paid": "Frais payés par le projet",
    "civil.piece": "Pièce",
    "civil.piece_added": "Pièce ajoutée",
    "civil.piece_returned": "Pièce rendue",
    "civil.scan": "Page numérisée",
    "civil.route": "Démarche modifiée",
    "civil.route_new": "Démarche créée",
    **{f"civil.{kind.value}": words for kind, words in EVENTS.items()},
    "civil_trip.saved": "Tournée préparée",
    "civil_trip.results": "Résultats de tournée notés",
    "civil_trip.closed": "Tournée close",
}
"""Actions of the audit chain."""

STEPS: dict[str, str] = {}

PROBLEMS: dict[str, str] = {}

VIOLATIONS: dict[str, str] = {
    "civil.route_label": "Écrivez le nom de la démarche.",
    "civil.route_steps": "Les étapes vont d’«\u00a0ouvert\u00a0» à «\u00a0remis\u00a0», dans l’ordre.",
    "civil.route_needs": "Une étape manque\u00a0: l’audience suit le dépôt, le jugement suit l’audience, "
    "la transcription suit le jugement, la remise suit la réception.",
    "civil.route_piece": "Chaque pièce a un nom, un nombre d’exemplaires, et n’est dans la liste qu’une fois.",
    "civil.route_fee": "Chaque frais a un nom et une somme, 0 au moins.",
    "civil.route_dates": "La démarche finit avant de commencer. Corrigez les dates.",
    "civil.route_stale": "Écrivez un nombre de jours, 1 au moins.",
    "civil.route_delay": "Ces jours ne se suivent pas : « presse » vient d’abord, puis « à vérifier », "
    "qui entoure le dernier jour (jours francs + 1).",
    "civil.route_whom": "Cochez pour qui elle se fait.",
    "civil.route_twice": "Une démarche porte déjà ce nom.",
    "civil.route": "Choisissez une démarche en cours à cette date.",
    "civil.unknown": "Ce dossier n’existe plus. Rafraîchissez la liste (F5).",
    "civil.unknown_person": "Choisissez la femme qui demande.",
    "civil.closed": "Ce dossier est fini. Rouvrez-le d’abord, avec le motif.",
    "civil.not_closed": "Ce dossier est encore ouvert.",
    "civil.not_next": "Une étape manque avant celle-ci. Notez les étapes dans l’ordre.",
    "civil.step": "Choisissez l’étape à laquelle le dossier revient.",
    "civil.future": "Le {day} n’est pas encore passé. Écrivez le jour où cela a été fait.",
    "civil.before_last": "L’étape d’avant est du {last}. Écrivez un jour à partir de cette date.",
    "civil.hearing_day": "Écrivez le jour de l’audience : le {day} ou après pour une date fixée, après pour un renvoi ou un délibéré.",
    "civil.before_hearing": "L’audience attendue est le {day}. Écrivez un jour à partir de cette date, ou notez d’abord "
    "que l’audience a changé de date.",
    "civil.no_hearing": "Il n’y a pas d’audience à ce moment du dossier\u00a0: elle vient après le dépôt et avant le "
    "jugement.",
    "civil.number": "Écrivez le numéro qui est sur le papier.",
    "civil.hand_to": "Écrivez à qui, et avec quelle pièce.",
    "civil.hand_how": "Dites si elle a signé ou posé son doigt.",
    "civil.reason": "Écrivez le motif.",
    "civil.nothing_to_do": "Rien n’est à faire dans ce dossier.",
    "civil.no_slip": "Aucune étape n’est à reprendre.",
    "civil.slip_old": "Ce papier est compté en {year}, et ce compte ne change plus. Écrivez une note au journal.",
    "civil.reroute_received": "Le papier de ce dossier est déjà venu, le {day}. Pour un autre papier, ouvrez un autre "
    "dossier.",
    "civil.whom": "Cette démarche n’est pas prévue pour cette personne. Choisissez-en une autre, ou changez pour qui "
    "elle se fait (onglet Démarches).",
    "civil.words": "Écrivez ce qu’il faut retenir.",
    "civil.name": "Écrivez le nom et le prénom qui seront sur l’acte.",
    "civil.sex": "Dites si c’est une fille ou un garçon.",
    "civil.mother": "Écrivez le nom de la mère.",
    "civil.father": "Dites si le père est connu, inconnu ou non déclaré.",
    "civil.opened_future": "Le {day} n’est pas encore passé.",
    "civil.born_after": "La naissance est après l’ouverture du dossier, le {day}. Corrigez la date.",
    "civil.late_reason": "Écrivez pourquoi la naissance n’a pas été déclarée à temps.",
    "civil.piece_person": "Des témoins ne se rendent pas\u00a0: ce n’est pas un papier.",
    "civil.scan_pages": "Ce PDF a {pages} pages, {most} au plus. Séparez-le en plusieurs.",
    "civil.piece_absent": "Cette pièce n’est pas au bureau.",
    "civil.piece_returned": "Cette pièce a déjà été rendue, le {day}.",
    "civil.piece_before": "Cette pièce est arrivée le {day}. Écrivez un jour à partir de cette date.",
    "civil.trip_place": "Choisissez où l’on va.",
    "civil.trip_files": "Cochez au moins un dossier.",
    "civil.trip_unknown": "Cette tournée n’existe plus. Rafraîchissez la liste (F5).",
    "civil.trip_closed": "Cette tournée est close.",
    "civil.trip_done": "Un dossier dont le résultat est noté reste dans la tournée.",
    "civil.trip_nothing": "Cochez les dossiers dont vous notez le résultat.",
    "civil.trip_stranger": "Ce dossier n’est pas dans cette tournée.",
    "civil.trip_entered": "Le résultat de ce dossier est déjà noté.",
    "civil.piece_unknown": "Cette pièce n’est plus dans le dossier. Rafraîchissez la page.",
    "civil.piece_label": "Écrivez le nom de la pièce, en {most} signes au plus.",
    "civil.piece_twice": "Cette pièce est déjà dans la liste.",
    "civil.route_unknown": "Cette démarche n’existe pas.",
    "civil.route_past": "Une nouvelle version vaut à partir d’aujourd’hui ou plus tard.",
    "civil_fee.unknown": "Ces frais ne sont plus dans le dossier. Rafraîchissez la page.",
    "civil_fee.paid": "C’est déjà payé\u00a0: {number}. Annulez d’abord ce papier à la caisse.",
    "civil_fee.payer": "Ces frais ne sont pas au projet.",
    "civil_fee.not_hers": "Ces frais ne sont pas à cette femme.",
    "civil_fee.amount": "Ces frais se paient en une fois\u00a0: {amount} FCFA.",
    "civil.fee_label": "Écrivez ce qui est payé.",
    "civil.fee_amount": "Écrivez une somme, ou «\u00a0gratuit\u00a0» sans somme.",
}


def step(which: Step, route: Route) -> str:
    """A step in the words of its route: « Déposé au tribunal », « Volet n° 3 reçu »."""
    if which is Step.RECEIVED:
        return _RECEIVED[route.result]
    return _FILED[route.place] if which is Step.FILED else STEPS_OF_FILES[which]


def _in_letters(value: int) -> str:
    from num2words import num2words

    return str(num2words(value, lang="fr")).capitalize()


def explain(clock: Clock) -> str:
    """Why the clock says what it says, in a sentence for the screen and the command line."""
    if clock.last_day is None or clock.days_left is None:
        if clock.state is ClockState.PAST:
            return "La naissance n’est pas connue au jour près, mais le délai est passé dans tous les cas."
        return "La naissance n’est pas connue au jour près\u00a0: vérifiez la date avant de compter le délai."
    francs = clock.delay.free_days
    rule = (
        f"{_in_letters(francs)} {'jour franc' if francs == 1 else 'jours francs'} : ni le jour de la naissance ni le dernier jour ne comptent. "
        f"Dernier jour\u00a0: {formats.long_day(clock.last_day)}."
    )
    left = clock.days_left
    if clock.state is ClockState.PAST:
        return f"{rule} Le délai est passé\u00a0: il faut un jugement supplétif."
    if clock.state is ClockState.TO_CHECK:
        return f"{rule} C’est à vérifier avec le centre d’état civil\u00a0: la façon de compter varie."
    rest = f"Il reste {formats.plural(left, 'jour', 'jours')}."
    return f"{rule} {rest}" + (" C’est pressé." if clock.state is ClockState.SOON else "")
