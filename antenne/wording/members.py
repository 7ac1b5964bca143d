"""French sentences about persons, members, photos and drafts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from antenne.domain import births_rules, phones
from antenne.domain.board import Tone
from antenne.domain.persons import Person, Purpose, Status
from antenne.wording import formats

STATUSES: dict[Status, tuple[str, Tone]] = {
    Status.CONTACT: ("Sans adhésion", "neutral"),
    Status.ACTIVE: ("Active", "good"),
    Status.SUSPENDED: ("Suspendue", "warning"),
    Status.LEFT: ("Partie", "neutral"),
    Status.DECEASED: ("Décédée", "neutral"),
    Status.MINOR: ("Enfant", "info"),
    Status.ERASED: ("Effacée", "neutral"),
}
"""Word and tone of a status pill."""

PURPOSES: dict[Purpose, str] = {
    Purpose.FILE: "Être inscrite au fichier",
    Purpose.PHOTO: "Photo",
    Purpose.STATISTICS: "Statistiques sans nom",
    Purpose.CONTACT: "Être contactée",
}

REASONS: dict[str, str] = {
    "last_name": "même nom",
    "first_name": "même prénom",
    "mother": "même mère",
    "birth": "âge possible",
    "quarter": "même quartier",
    "phone": "même téléphone",
}
"""Why somebody is suggested as a duplicate."""

HISTORY: dict[str, str] = {
    "person.saved": "Fiche enregistrée",
    "person.created": "Fiche créée",
    "person.imported": "Fiche importée d’un registre",
    "person.joined": "Adhésion",
    "person.suspended": "Suspension",
    "person.resumed": "Fin de la suspension",
    "person.left": "Départ",
    "person.rejoined": "Retour",
    "person.died": "Décès noté",
    "person.alive": "Décès annulé, noté par erreur",
    "person.consent": "Accord donné",
    "person.withdrawn": "Accord retiré",
    "person.photo": "Photo changée",
    "person.evident_adult": "Majorité attestée",
    "person.erased": "Fiche effacée à sa demande",
}
"""Actions of the Historique."""

VIOLATIONS: dict[str, str] = {
    "members.minor": "Moins de {years} ans : jamais adhérente. Laissez la date d’adhésion vide et prévenez la responsable.",
    "members.uncertain": "Sa majorité n’est pas certaine. Précisez la naissance, ou laissez l’adhésion vide : la responsable pourra attester.",
    "members.no_consent": "Sans son accord, elle ne peut pas être inscrite. Lisez-lui la question, puis répondez Oui.",
    "members.died_before_birth": "Le décès ne peut pas être avant la naissance.",
    "members.same_phone": "Ce numéro est déjà sur la fiche.",
    "members.telling_pseudonym": "Ce pseudonyme laisse deviner son nom ou son numéro. Choisissez-en un autre.",
    "members.odd_nina": "Un NINA a d’ordinaire 15 signes et finit par une lettre. Vérifiez-le ; la fiche est gardée.",
    "members.photo_minor": "Pas de photo d’une mineure, ni tant que la majorité n’est pas certaine.",
    "members.photo_consent": "Elle n’a pas donné son accord pour la photo. Notez-le d’abord sous «\u00a0Accords\u00a0».",
    "members.photo_unreadable": "Ce fichier n’est pas une photo. Choisissez une image JPEG, PNG ou WebP.",
    "members.photo_too_large": "Cette image est trop grande. Prenez-la en plus petit, {most} millions de points au plus.",
    "members.photo_too_heavy": "Ce fichier est trop lourd ({megabytes}\u00a0Mo). Prenez une photo de moins de {most}\u00a0Mo.",
    "members.photo_too_small": "Cette image est trop petite pour une carte. Il faut au moins {least} points de côté.",
    "members.already": "Elle a déjà un numéro d’adhérente : {number}.",
    "members.not_dead": "Aucun décès n’est noté sur sa fiche.",
    "members.not_member": "Elle n’a pas d’adhésion.",
    "members.joined_before_birth": "L’adhésion ne peut pas être avant la naissance. Vérifiez les deux dates.",
    "members.withdrawn_before": "Elle a donné cet accord le {day}\u00a0: il ne se retire pas avant.",
    "members.not_agreed": "Elle n’a pas donné cet accord, ou l’a déjà retiré.",
    "members.already_agreed": "Cet accord est déjà noté.",
    "members.died": "Son décès est noté au {day}.",
    "members.already_left": "Son départ est déjà noté au {day}.",
    "members.already_suspended": "Elle est déjà suspendue depuis le {day}.",
    "members.not_left": "Elle n’est pas partie.",
    "members.not_suspended": "Elle n’est pas suspendue.",
    "members.before_that": "Cette date est avant le {day}, le jour que ceci doit suivre.",
    "members.before_joining": "Cette date est avant son adhésion.",
    "members.reason": "Dites sur quoi cela repose, en quelques mots.",
    "members.changed_meanwhile": "Sa fiche a changé entre-temps dans une autre fenêtre. Rouvrez-la ; ce que vous avez tapé reste en brouillon.",
    "members.gone": "Cette fiche n’existe plus.",
    "members.erased": "Cette fiche a été effacée à sa demande : elle ne se modifie plus.",
    "members.sponsor": "La marraine doit être une adhérente, et une autre femme.",
}

PROBLEMS: dict[str, str] = {
    "members.photo_file": "Le fichier de la photo ne se lit pas : {path}. Vérifiez la clé ou le dossier, puis recommencez.",
}


def side_by_side(people: Sequence[Person]) -> list[tuple[str, list[str]]]:
    """What tells two women apart, question by question; phones are masked, empty questions left out."""
    questions: tuple[tuple[str, Callable[[Person], str]], ...] = (
        ("Nom", _called),
        ("Naissance", lambda one: _joined(births_rules.spoken_birth(one.birth), one.birth_place)),
        ("Mère", lambda one: one.mother_name),
        ("Quartier", lambda one: one.quarter),
        ("Téléphone", lambda one: ", ".join(phones.masked(phone.number) for phone in one.phones)),
        ("N°", _numbered),
    )
    made = [(title, [answer(one) for one in people]) for title, answer in questions]
    return [(title, answers) for title, answers in made if any(answers)]


def _called(one: Person) -> str:
    said = f"{one.last_name} {one.first_name}"
    return f"{said}, dite «\u00a0{', '.join(one.nicknames)}\u00a0»" if one.nicknames else said


def _numbered(one: Person) -> str:
    member = one.membership
    return one.number if member is None else f"{member.number}, depuis le {formats.day(member.joined_on)}"


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
