"""French sentences about backups and USB keys, for the screen and the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from antenne.domain.backups import BackupFile, BackupOnKey, Contents, Reminder, State
from antenne.domain.board import Tone
from antenne.wording.formats import moment, number

STEPS: Final[dict[str, str]] = {
    "backup.copy": "Copie de la base…",
    "backup.check": "Contrôle de la copie…",
    "backup.counted": "Comptage des adhésions…",
    "backup.write": "Écriture sur la clé…",
    "backup.reread": "Relecture de la clé…",
    "backup.verify": "Lecture de la sauvegarde…",
    "backup.restore": "Reprise de la sauvegarde…",
}
"""Steps of long work, for the progress line."""

DONE: Final[dict[str, str]] = {
    "backup.copy": "Base copiée sans fermer l’application",
    "backup.check": "Ouverte et contrôlée",
    "backup.write": "Écrite sur la clé",
    "backup.reread": "Relue sur la clé et comparée octet par octet",
    "backup.restore": "Reprise et comparée octet par octet",
}
"""The lines of the list under the bar."""

VIOLATIONS: Final[dict[str, str]] = {}

_KEPT: Final = " Les sauvegardes déjà faites sont intactes."
PROBLEMS: Final[dict[str, str]] = {
    "media.gone": (
        "La clé a été retirée, ou ne répond plus. Remettez-la et recommencez\u00a0: rien n’est perdu." + _KEPT
    ),
    "media.read_only": (
        "La clé refuse l’écriture. Si elle a un petit verrou sur le côté, poussez-le\u202f; sinon prenez une autre clé."
        + _KEPT
    ),
    "media.full": "La clé est pleine. Effacez ce qui n’est pas à l’antenne, ou prenez une autre clé." + _KEPT,
    "media.too_big": (
        "La base est devenue trop grosse pour cette clé\u00a0: son format (FAT32) ne tient pas de fichier de 4\u00a0Go. "
        "Prenez une clé au format exFAT ou NTFS." + _KEPT
    ),
    "media.faulty": (
        "La clé fait des erreurs de lecture ou d’écriture. Essayez une autre prise\u202f; si cela revient, remplacez la "
        "clé." + _KEPT
    ),
    "media.not_ejected": (
        "La clé «\u00a0{name}\u00a0» est encore utilisée par un autre programme. Fermez-le, puis éjectez-la à nouveau. "
        "La sauvegarde, elle, est finie."
    ),
    "backup.no_space": (
        "Il manque de la place sur la clé «\u00a0{name}\u00a0»\u00a0: il faut {needed_mb}\u00a0Mo, il reste {free_mb}\u00a0Mo. Effacez ce qui "
        "n’est pas à l’antenne, ou prenez une autre clé." + _KEPT
    ),
    "backup.local_full": (
        "Le disque de l’ordinateur est presque plein\u00a0: il faut {needed_mb}\u00a0Mo pour préparer ce travail. Libérez de la "
        "place, puis recommencez. Rien n’a été changé."
    ),
    "backup.local_failed": (
        "Le disque de l’ordinateur a refusé d’écrire ou de lire. Vérifiez qu’il reste de la place, puis recommencez. "
        "Rien n’a été changé."
    ),
    "backup.base_damaged": (
        "La base elle-même a un défaut\u00a0: cette sauvegarde n’est pas gardée, pour ne pas remplacer une "
        "bonne par une mauvaise. Lancez le contrôle de la base et appelez de l’aide." + _KEPT
    ),
    "backup.not_same": (
        "La clé ne rend pas ce qui y a été écrit\u00a0: elle est sans doute usée. Cette sauvegarde n’est pas gardée. "
        "Recommencez avec une autre clé." + _KEPT
    ),
    "backup.not_one": "Ce fichier n’est pas une sauvegarde d’Antenne. Choisissez un fichier «\u00a0Antenne-….antenne\u00a0».",
    "backup.damaged": (
        "Cette sauvegarde est abîmée\u00a0: au moins un octet a changé, ou il en manque. Ne la gardez pas comme seule "
        "copie\u202f; prenez-en une autre."
    ),
    "backup.forged": (
        "Cette sauvegarde a été modifiée par quelqu’un qui n’a pas les clés de l’antenne. Ne la restaurez pas\u202f; "
        "prévenez la responsable et prenez-en une autre."
    ),
    "backup.other_keys": (
        "Cette sauvegarde a été faite avec d’autres clés\u00a0: avant un changement de phrases, ou dans une autre "
        "antenne. Il faut une phrase secrète de ce temps-là, ou un code de secours."
    ),
    "backup.newer_format": (
        "Cette sauvegarde a été faite par une version plus récente d’Antenne. Installez cette version pour la lire. "
        "Rien n’a été touché."
    ),
    "backup.other_office": (
        "Cette sauvegarde est celle d’une autre antenne\u00a0: elle ne prend pas la place de la vôtre. Restaurez-la sur "
        "un autre ordinateur, ou dans un dossier vide."
    ),
    "backup.whole_office": (
        "Un bureau entier est déjà ici. Seule la responsable peut le mettre de côté\u00a0: "
        "restaurez avec sa phrase ou un code de secours."
    ),
    "backup.demo_over_office": (
        "Cette sauvegarde est celle du bureau de démonstration\u00a0: elle ne prend jamais la place d’une vraie antenne."
    ),
    "backup.not_placed": (
        "La restauration n’est pas finie\u00a0: un autre programme tient les fichiers de la base. Redémarrez "
        "l’ordinateur et ouvrez Antenne\u00a0: elle reprendra là où elle en était. Rien n’est perdu."
    ),
}

STATES: Final[dict[State, tuple[str, Tone]]] = {
    State.VERIFIED: ("Vérifiée", "good"),
    State.UNREADABLE: ("Illisible", "danger"),
    State.TO_VERIFY: ("À vérifier", "warning"),
    State.OTHER_OFFICE: ("Autre antenne", "neutral"),
}
"""Word and tone of a backup's pill."""

HISTORY: Final[dict[str, str]] = {
    "backup.made": "Sauvegarde faite",
    "backup.key_forgotten": "Clé oubliée",
    "base.restored": "Base restaurée depuis une sauvegarde",
}
"""Actions of the audit chain."""

_KILO: Final = 1000
_UNITS: Final = ("octets", "Ko", "Mo", "Go", "To")
_ENOUGH_DIGITS: Final = 100
_MINUTE: Final = 60


def size(count: int) -> str:
    """« 184 Mo », « 14,2 Go »: decimal units, as on the key's packing; one decimal below 100 Go only."""
    figure, unit = float(count), 0
    while figure >= _KILO and unit < len(_UNITS) - 1:
        figure /= _KILO
        unit += 1
    decimals = 1 if unit >= _UNITS.index("Go") and figure < _ENOUGH_DIGITS else 0
    return f"{figure:.{decimals}f}\u00a0{_UNITS[unit]}".replace(".", ",")


def seconds(count: float) -> str:
    """« 9 s », « 2 min 5 s »."""
    whole = max(round(count), 0)
    if whole < _MINUTE:
        return f"{whole}\u00a0s"
    minutes, rest = divmod(whole, _MINUTE)
    return f"{minutes}\u00a0min {rest}\u00a0s" if rest else f"{minutes}\u00a0min"


def day(at: dt.datetime | None) -> str:
    """« 27/10/2026 », or a dash."""
    return "—" if at is None else f"{at:%d/%m/%Y}"


def counted(count: int, singular: str, plural: str) -> str:
    """« 1 adhésion », « 412 adhésions »."""
    return f"{number(count)} {singular if count <= 1 else plural}"


def holds(contents: Contents) -> str:
    """« 412 adhésions, 398 cartes »; the last receipt once there are any."""
    parts = [counted(contents.members, "adhésion", "adhésions"), counted(contents.cards, "carte", "cartes")]
    if contents.anchor.last_receipt is not None:
        parts.append(f"dernier reçu n°\u00a0{number(contents.anchor.last_receipt)}")
    return ", ".join(parts)


def closing(file: BackupFile) -> str:
    """The sentence that ends a backup: « 412 adhésions, 398 cartes, 184 Mo, relue, chiffrée »."""
    told = "" if file.contents is None else f"{holds(file.contents)}, "
    return f"Sauvegarde n°\u00a0{number(file.counter)}\u00a0: {told}{size(file.size)}, relue, chiffrée."


def trial(contents: Contents, taken: float) -> str:
    """The sentence of a trial: nothing was changed."""
    return (
        f"Essai réussi en {seconds(taken)}\u00a0: la sauvegarde s’ouvre, tout a été contrôlé ({holds(contents)}). "
        "Rien n’a été changé dans votre base."
    )


def verdict(file: BackupFile) -> str:
    """One sentence about a file that was read whole."""
    when = f"du {moment(file.created)}"
    if not file.authentic:
        return (
            f"Sauvegarde intacte {when}\u00a0: {size(file.size)}. Sans phrase secrète, son origine n’est pas prouvée."
        )
    told = "" if file.contents is None else f"\u00a0: {holds(file.contents)}"
    return f"Sauvegarde authentique {when}{told}, {size(file.size)}."


def badge(reminder: Reminder) -> str:
    """The pill of the top bar: « Sauvegarde : il y a 27 jours »."""
    if reminder.days is None:
        return "Sauvegarde\u00a0: jamais faite"
    if reminder.days == 0:
        return "Sauvegarde\u00a0: aujourd’hui"
    return f"Sauvegarde\u00a0: il y a {counted(reminder.days, 'jour', 'jours')}"


def todo(reminder: Reminder) -> str:
    """The line of « À faire »."""
    if reminder.days is None:
        return "Faire la première sauvegarde sur clé USB"
    which = f" — clé «\u00a0{reminder.suggested.label}\u00a0»" if reminder.suggested else ""
    return f"Sauvegarder sur clé USB{which}"


def turn(reminder: Reminder) -> str:
    """Which key to take, or why a second one."""
    if reminder.suggested is None:
        return "Branchez une clé USB réservée à l’antenne. Deux clés à tour de rôle valent mieux qu’une."
    if reminder.wants_second:
        return "Une seule clé est connue\u00a0: prenez-en une deuxième, et gardez-les à deux endroits."
    return f"C’est le tour de la clé «\u00a0{reminder.suggested.label}\u00a0»\u202f; gardez l’autre ailleurs."


def room(free: int, total: int, filesystem: str) -> str:
    """« 14,2 Go libres sur 15,6 Go · FAT32 »."""
    kind = {"vfat": "FAT32", "msdos": "FAT", "exfat": "exFAT", "ntfs3": "NTFS", "fuseblk": "NTFS"}.get(filesystem)
    return f"{size(free)} libres sur {size(total)} · {kind or filesystem.upper()}"


def key_name(label: str, place: str) -> str:
    """« Clé « ANTENNE-1 » (E:) »; the place is left out where it says the same."""
    if not label:
        return f"Clé {place}"
    return f"Clé «\u00a0{label}\u00a0»" + (f" ({place})" if place != label else "")


def since(reminder: Reminder) -> str:
    """« Dernière sauvegarde : il y a 27 jours »."""
    if reminder.days is None:
        return "Aucune sauvegarde n’a encore été faite."
    when = "aujourd’hui" if reminder.days == 0 else f"il y a {counted(reminder.days, 'jour', 'jours')}"
    return f"Dernière sauvegarde\u00a0: {when}."


def restored(file: BackupFile, aside: str | None, *, older_keys: bool) -> str:
    """What the one who restores must know before she decides."""
    told = f"La sauvegarde du {file.created:%d/%m/%Y} est reprise et contrôlée"
    told += f"\u00a0: {holds(file.contents)}." if file.contents is not None else "."
    if aside is not None:
        told += f"\n\nVos données actuelles seront mises de côté dans\u00a0:\n{aside}"
    if older_keys:
        told += (
            "\n\nLes phrases secrètes seront celles de ce jour-là\u00a0: revoyez les utilisatrices avant de travailler."
        )
    return told


def listing(found: Sequence[BackupOnKey]) -> str:
    """One line over the list: « 4 sauvegardes, 1 illisible »."""
    bad = sum(one.state is State.UNREADABLE for one in found)
    told = counted(len(found), "sauvegarde", "sauvegardes") if found else "Aucune sauvegarde"
    return f"{told}, {counted(bad, 'illisible', 'illisibles')}" if bad else told
