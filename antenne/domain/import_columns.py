"""What each column of a paper register typed into a spreadsheet is about: guessed from its header, corrected by her.

The labels of the person's form come first, then the words that registers use for the same thing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from antenne.domain import names
from antenne.domain.forms.person import REGISTRATION
from antenne.domain.workbooks import CellValue, SheetRow, Workbook, column_letter

FULL_NAME = "full_name"
BIRTH = "birth"
BIRTH_YEAR = "birth_year"
AGE = "age"
PHONES = "phones"
MEMBER_NUMBER = "member_number"
JOINED_ON = "joined_on"
PERSON_NUMBER = "person_number"
STATUS = "status"
SPONSOR = "sponsor_id"
PHONE_OWNER = "phone_owner"
PHONE_CALL = "phone_call"
PHONE_MESSAGE = "phone_message"
NOT_TAKEN = ""
"""The column is left aside."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Something a column can go into.

    Attributes:
        key: Attribute of :class:`antenne.domain.persons.Person`, or one of this module's own keys.
        label: French words shown to her.
        words: Other headers that mean the same, folded by :func:`antenne.domain.names.plain`.
        several: Several columns may go into it; their values are put one after the other.
    """

    key: str
    label: str
    words: tuple[str, ...] = ()
    several: bool = False


_DESTINATIONS: tuple[Destination, ...] = (
    Destination(
        FULL_NAME, "Nom et prénom ensemble",
        ("nom prenom", "noms prenoms", "nom complet", "identite", "adherente", "nom adherente", "nom membre", "membre",
         "beneficiaire", "nom beneficiaire", "femme", "personne"),
    ),
    Destination("last_name", "Nom", ("noms", "nom famille", "patronyme")),
    Destination("first_name", "Prénom", ("prenoms",)),
    Destination("nicknames", "Surnoms, noms d’usage",
                ("surnom", "surnoms", "nom usage", "dite", "appelee", "alias", "sobriquet", "petit nom"), several=True),
    Destination("pseudonym", "Pseudonyme", ("nom carte discrete",)),
    Destination(BIRTH, "Naissance",
                ("date naissance", "ne", "nee", "nee vers", "date naissance ou age", "date lieu naissance", "ddn")),
    Destination(BIRTH_YEAR, "Année de naissance", ("annee naissance", "an naissance")),
    Destination(AGE, "Âge", ("age declare", "ans", "age actuel")),
    Destination("birth_place", "Lieu de naissance", ("nee a", "lieu naissance", "originaire", "origine")),
    Destination("nationality", "Nationalité", ("pays", "pays origine")),
    Destination("languages", "Langues", ("langue", "langue parlee", "langues parlees"), several=True),
    Destination(PHONES, "Téléphones",
                ("telephone", "telephones", "tel", "numero telephone", "portable", "mobile", "contact", "contacts",
                 "cellulaire", "gsm", "whatsapp", "orange", "moov", "malitel"), several=True),
    Destination(PHONE_OWNER, "À qui est le téléphone", ("a qui est il", "proprietaire telephone", "telephone de qui")),
    Destination(PHONE_CALL, "Peut-on appeler\u202f?", ("appeler", "accord appel", "appel possible")),
    Destination(PHONE_MESSAGE, "Laisser un message\u202f?", ("message", "accord message", "message possible")),
    Destination("quarter", "Quartier ou commune",
                ("quartier", "residence", "lieu residence", "adresse", "domicile", "commune", "localite", "village",
                 "secteur", "quartier village", "quartier residence")),
    Destination("emergency_name", "Personne à prévenir",
                ("personne contact", "personne prevenir", "contact urgence", "urgence", "personne ressource",
                 "nom personne prevenir", "tuteur", "proche")),
    Destination("emergency_phone", "Téléphone de la personne à prévenir",
                ("telephone personne prevenir", "telephone urgence", "telephone proche", "contact personne prevenir",
                 "numero urgence")),
    Destination("emergency_knows", "Personne à prévenir\u00a0: connaît l’association", ("connait association",)),
    Destination("never_tell", "Ne jamais renseigner",
                ("ne pas renseigner", "ne rien dire", "ne pas informer", "ne jamais informer", "ne pas prevenir")),
    Destination("recognition_question", "Question de reconnaissance", ("question secrete", "mot reconnaissance")),
    Destination("mother_name", "Nom de la mère", ("mere", "nom mere", "nom prenom mere", "prenom mere", "fille mere")),
    Destination("children_count", "Enfants à charge",
                ("enfants", "nombre enfants", "nb enfants", "nbre enfants", "nombre enfants charge")),
    Destination("schooling", "Scolarisation",
                ("niveau etudes", "niveau etude", "niveau scolaire", "niveau instruction", "instruction", "etudes",
                 "ecole", "niveau")),
    Destination("literate", "Alphabétisée", ("sait lire", "alphabetisation", "lit ecrit")),
    Destination("activity", "Activité",
                ("profession", "metier", "activite generatrice revenus", "agr", "occupation", "activite principale")),
    Destination("displaced", "Déplacée", ("pdi", "deplacee interne")),
    Destination("displaced_from", "Déplacée, venue de",
                ("provenance", "lieu provenance", "deplacee venue", "venue", "lieu deplacement")),
    Destination("displaced_on", "Déplacée depuis",
                ("date deplacement", "annee deplacement", "depuis quand deplacee")),
    Destination("id_type", "Pièce d’identité", ("piece", "type piece", "nature piece", "document identite")),
    Destination("id_number", "N° de la pièce",
                ("numero piece", "numero piece identite", "numero cni", "cni", "numero carte identite",
                 "carte identite", "reference piece")),
    Destination("id_expires_on", "Pièce\u00a0: expire le",
                ("expiration", "date expiration", "expiration piece", "date expiration piece", "validite piece",
                 "date validite", "piece expire", "piece valable jusqu", "expiration cni")),
    Destination("nina", "NINA", ("numero nina", "code nina")),
    Destination(MEMBER_NUMBER, "N° d’adhérente",
                ("numero carte", "numero adherente", "numero membre", "numero adhesion", "matricule", "carte", "code",
                 "code adherente", "carte membre", "numero carte membre")),
    Destination(JOINED_ON, "Date d’adhésion",
                ("adhesion", "date inscription", "inscription", "inscrite", "date entree", "date adhesion",
                 "annee adhesion", "membre depuis", "date")),
    Destination(SPONSOR, "Marraine",
                ("parrain", "parrainee", "parrainage", "numero marraine", "nom marraine", "amenee par", "presentee par",
                 "recommandee par")),
    Destination("exempt", "Exemptée de cotisation\u202f?",
                ("exemptee", "exempte", "exemption", "exoneree", "dispensee")),
    Destination(STATUS, "Statut", ("statut adherente", "statut membre")),
    Destination("suspended_on", "Suspendue depuis", ("suspension", "date suspension", "suspendue")),
    Destination("left_on", "Partie le", ("date depart", "depart", "date sortie", "sortie", "sortie association")),
    Destination("left_reason", "Motif du départ", ("motif sortie",)),
    Destination("died_on", "Décédée le", ("deces", "date deces")),
    Destination("evident_adult", "Majeure évidente", ("majorite", "majorite attestee")),
    Destination("consent_file", "Accord\u00a0: être inscrite au fichier",
                ("accord", "consentement", "accord fichier", "consentement fichier", "date accord", "date consentement",
                 "inscrite fichier")),
    Destination("consent_photo", "Accord\u00a0: photo"),
    Destination("consent_statistics", "Accord\u00a0: statistiques sans nom", ("statistiques", "statistiques sans nom")),
    Destination("consent_contact", "Accord\u00a0: être contactée", ("contactee", "accord contact")),
    Destination("consent_how", "Accord\u00a0: comment", ("forme accord", "forme consentement")),
    Destination("consent_witness", "Accord\u00a0: témoin", ("temoin", "temoin accord")),
    Destination(PERSON_NUMBER, "N° de personne", ("numero fiche",)),
    Destination("register_ref", "Référence au cahier",
                ("cahier", "page", "folio", "page cahier", "ligne cahier", "reference", "registre"), several=True),
)  # fmt: skip
_FORM_LABELS = {field.key: field.label for field in REGISTRATION.fields}
OUT_OF_PLACE = frozenset({
    "displaced_from", "displaced_on", "emergency_phone", "emergency_knows", "id_expires_on", "consent_file",
    "consent_photo", "consent_statistics", "consent_contact", "consent_how", "consent_witness",
})  # fmt: skip
"""Their labels (« D’où », « Son téléphone ») say nothing away from the question above them."""
_MISLEADING = frozenset({"consent_photo", "consent_how"})
"""A column « Photo » or « Comment » of a register is about something else: it never becomes a consent."""


def _labelled(item: Destination) -> Destination:
    """A destination under the label of the form, its own words kept."""
    label = _FORM_LABELS.get(item.key)
    if label is None:
        return item
    kept = item.label if item.key in OUT_OF_PLACE else label
    own = () if item.key in _MISLEADING else (label,)
    return replace(item, label=kept, words=(*own, item.label, *item.words))


DESTINATIONS: tuple[Destination, ...] = tuple(map(_labelled, _DESTINATIONS))
"""Everything a column can go into, in the order of the form and under its labels."""

BY_KEY = {destination.key: destination for destination in DESTINATIONS}
_BY_LABEL = {names.plain(_FORM_LABELS[key]): key for key in _FORM_LABELS.keys() & BY_KEY.keys() - _MISLEADING} | {
    names.plain(destination.label): destination.key for destination in DESTINATIONS
}

_IGNORED = frozenset(
    {
        "ordre",
        "observation",
        "observations",
        "remarque",
        "remarques",
        "signature",
        "emargement",
        "photo",
        "matrimonial",
        "matrimoniale",
        "marital",
        "maritale",
        "civil",
        "civile",
    }
)
_EMPTY_WORDS = frozenset(
    ("de", "du", "des", "la", "le", "les", "l", "d", "a", "au", "aux", "et", "ou", "en", "cas", "s", "e")
)
_SHORT = {
    "n": "numero", "no": "numero", "num": "numero", "nb": "nombre", "nbre": "nombre", "tel": "telephone",
    "tels": "telephone", "ddn": "ddn", "naiss": "naissance", "nais": "naissance", "dn": "ddn", "adr": "adresse",
    "qtier": "quartier", "qrt": "quartier", "qt": "quartier", "prof": "profession", "telephones": "telephone",
    "nationalites": "nationalite", "prenoms": "prenom", "noms": "nom", "numeros": "numero", "portables": "portable",
}  # fmt: skip
_BORN_AT = re.compile(r"ne ?e?\(?e?\)?s? a$")
_CARD_NUMBER = re.compile(r"[mM] ?-? ?\d{1,6}")
_FILE_NUMBER = re.compile(r"[pP] ?-? ?\d{1,6}")
_HEAD_LINES = 40
"""The header stands among the first lines, or the sheet is no register."""
_SURE = 1.0
_LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Header:
    """One column of the sheet.

    Attributes:
        column: From 0.
        title: Its header as written, empty when there is none.
        samples: The first values below it, as text.
    """

    column: int
    title: str
    samples: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What findings call it: its header, or « colonne C »."""
        return self.title or f"colonne {column_letter(self.column)}"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Where each column goes.

    Attributes:
        header_line: Line of the headers in the sheet; rows below it are persons.
        headers: Every column that has a header or a value.
        targets: For each header, the key of its destination, or :data:`NOT_TAKEN`.
    """

    header_line: int
    headers: tuple[Header, ...]
    targets: tuple[str, ...]

    def columns(self, key: str) -> tuple[Header, ...]:
        """The columns that go into ``key``."""
        return tuple(header for header, target in zip(self.headers, self.targets, strict=True) if target == key)

    def with_target(self, column: int, key: str) -> Mapping:
        """The same, one column going elsewhere; what takes one column only gives the other one up."""
        single = key != NOT_TAKEN and not BY_KEY[key].several
        targets = [
            key if header.column == column else NOT_TAKEN if single and target == key else target
            for header, target in zip(self.headers, self.targets, strict=True)
        ]
        return Mapping(self.header_line, self.headers, tuple(targets))

    @property
    def names_somebody(self) -> bool:
        """Whether a name can be read at all."""
        return bool(self.columns(FULL_NAME)) or (bool(self.columns("last_name")) and bool(self.columns("first_name")))


def as_text(value: CellValue) -> str:
    """A cell as text: whole numbers without « .0 », dates as 23/11/2026, single ordinary spaces."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, dt.date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    return clean(str(value))


_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f]")
_ESCAPED = re.compile(r"_x00[01][0-9A-Fa-f]_")


def clean(text: str) -> str:
    """Without what cannot be seen (marks of direction, soft hyphens), no-break spaces as plain ones."""
    return " ".join(_INVISIBLE.sub("", _ESCAPED.sub(" ", text)).split())


def guess_mapping(workbook: Workbook) -> Mapping:
    """Find the header line and what each column is about.

    Args:
        workbook: The sheet.
    """
    known = _known()
    header_row = _header_row(workbook.rows, known)
    line = header_row.line if header_row else 0
    below = [row for row in workbook.rows if row.line > line]
    headers = tuple(
        Header(column, as_text(header_row.cell(column)) if header_row else "", _samples(below, column))
        for column in range(workbook.width)
    )
    kept = tuple(header for header in headers if header.title or header.samples)
    return Mapping(line, kept, _assign(kept, known))


def guess(title: str) -> str:
    """The destination a header speaks of, or :data:`NOT_TAKEN`."""
    return _best(title, _known())[0]


def _words(text: str) -> tuple[str, ...]:
    """The words that count in a header, abbreviations spelled out, numbering dropped."""
    found = re.findall(r"[a-z]+", re.sub(r"n\s*[°º]", "numero ", names.plain(text)))
    spelled = [_SHORT.get(word, word) for word in found]
    return tuple(word for word in spelled if word not in _EMPTY_WORDS)


_Known = Sequence[tuple[frozenset[str], str]]


def _known() -> _Known:
    """Every known header as a set of words, with its destination."""
    every = [(item.key, text) for item in DESTINATIONS for text in (item.label, *item.words)]
    return [(frozenset(words), key) for key, text in every if (words := _words(text))]


def _best(title: str, known: _Known) -> tuple[str, float]:
    """The best destination of a header and how sure it is."""
    plain = names.plain(title)
    if plain in _BY_LABEL:
        return _BY_LABEL[plain], _SURE
    if _BORN_AT.match(plain):
        return "birth_place", _SURE
    said = frozenset(_words(title))
    if not said or said & _IGNORED:
        return NOT_TAKEN, 0.0
    best, best_score = NOT_TAKEN, 0.0
    for words, key in known:
        if words == said:
            return key, _SURE
        score = len(words) / len(said) if words < said else 0.0
        if score > best_score:
            best, best_score = key, score
    return (best, best_score) if best_score >= _LIKELY else (NOT_TAKEN, best_score)


def _header_row(rows: Sequence[SheetRow], known: _Known) -> SheetRow | None:
    """The line with the most recognised headers; without two of them, there is no header."""
    best, most = None, 1
    for row in rows[:_HEAD_LINES]:
        found = {_best(as_text(cell), known)[0] for cell in row.cells if isinstance(cell, str)} - {NOT_TAKEN}
        if len(found) > most:
            best, most = row, len(found)
    return best


def _samples(rows: Sequence[SheetRow], column: int) -> tuple[str, ...]:
    found: list[str] = []
    for row in rows[:200]:
        text = as_text(row.cell(column))
        if text and text not in found:
            found.append(text)
        if len(found) == 3:  # noqa: PLR2004 - three samples tell what a column holds
            break
    return tuple(found)


def _assign(headers: Sequence[Header], known: _Known) -> tuple[str, ...]:
    """Each destination goes to the surest column; a second one alike is left aside unless several may go there."""
    guesses = [_best(header.title, known) for header in headers]
    for index, header in enumerate(headers):
        if guesses[index][0] != NOT_TAKEN or not header.samples:
            continue
        for pattern, key in ((_CARD_NUMBER, MEMBER_NUMBER), (_FILE_NUMBER, PERSON_NUMBER)):
            if all(map(pattern.fullmatch, header.samples)):
                guesses[index] = (key, _LIKELY)
    taken: Counter[str] = Counter()
    targets = [NOT_TAKEN] * len(headers)
    for index in sorted(range(len(headers)), key=lambda index: (-guesses[index][1], index)):
        key = guesses[index][0]
        if key == NOT_TAKEN or (taken[key] and not BY_KEY[key].several):
            continue
        taken[key] += 1
        targets[index] = key
    if taken[FULL_NAME] and (taken["last_name"] or taken["first_name"]):
        targets = _one_way_of_naming(targets)
    return tuple(targets)


def _one_way_of_naming(targets: list[str]) -> list[str]:
    """Nom and Prénom apart win over a column that says both; « Nom » beside « Prénom » alone is no full name."""
    apart = "last_name" in targets and "first_name" in targets
    dropped = {FULL_NAME} if apart else {"last_name", "first_name"}
    return [NOT_TAKEN if target in dropped else target for target in targets]
