"""The person's forms (forms: Person / member): her file, a new member, many women in a row."""

from __future__ import annotations

from dataclasses import replace

from antenne.domain.forms.model import Answers, Field, Form, Kind, Section, Tense


def _displaced(answers: Answers) -> bool:
    return answers.get("displaced") is True


def _has_paper(answers: Answers) -> bool:
    return answers.get("id_type") not in {None, "", "aucune"}


def _joins(answers: Answers) -> bool:
    return answers.get("joined_on") is not None


def _orally(answers: Answers) -> bool:
    return answers.get("consent_how") == "orale"


def _names_somebody(answers: Answers) -> bool:
    return bool(answers.get("emergency_name"))


LAST_NAME = Field(key="last_name", label="Nom", kind=Kind.TEXT, required=True, max_length=80)
FIRST_NAME = Field(key="first_name", label="Prénom", kind=Kind.TEXT, required=True, max_length=80)
NICKNAMES = Field(
    key="nicknames",
    label="Nom d’usage, surnoms",
    kind=Kind.TEXT,
    max_length=160,
    hint="Plusieurs\u00a0: séparez-les par une virgule",
)
BIRTH = Field(
    key="birth",
    label="Naissance",
    kind=Kind.BIRTH,
    required=True,
    hint="Date, année, «\u00a0vers 1994\u00a0» ou âge déclaré",
)
BIRTH_PLACE = Field(key="birth_place", label="Lieu de naissance", kind=Kind.TEXT, options="places", max_length=80)
QUARTER = Field(key="quarter", label="Quartier, commune", kind=Kind.TEXT, options="quarters", max_length=80)
PHONES = Field(
    key="phones",
    label="Téléphone",
    kind=Kind.ROWS,
    width=3,
    columns=(
        Field(key="number", label="Numéro", kind=Kind.PHONE, required=True),
        Field(key="owner", label="À qui est-il", kind=Kind.CHOICE, options="phone_owners", required=True),
        Field(key="may_call", label="Peut-on appeler\u202f?", kind=Kind.YES_NO),
        Field(key="may_message", label="Laisser un message\u202f?", kind=Kind.YES_NO),
    ),
    paper_lines=2,
)

IDENTITY = Section(
    key="identity",
    title="Identité",
    fields=(
        LAST_NAME,
        FIRST_NAME,
        NICKNAMES,
        BIRTH,
        BIRTH_PLACE,
        Field(key="nationality", label="Nationalité", kind=Kind.CHOICE, options="nationalities"),
        Field(key="mother_name", label="Nom de la mère", kind=Kind.TEXT, max_length=120),
        Field(
            key="pseudonym",
            label="Pseudonyme (carte discrète)",
            kind=Kind.TEXT,
            max_length=40,
            hint="Sans rapport avec son nom ni son numéro",
        ),
        Field(
            key="register_ref", label="Cahier", kind=Kind.TEXT, max_length=40, hint="Page et ligne du registre papier"
        ),
        Field(key="languages", label="Langues", kind=Kind.CHOICES, options="languages", width=3),
    ),
)
CONTACT = Section(
    key="contact",
    title="Pour la joindre",
    fields=(
        PHONES,
        QUARTER,
        Field(key="emergency_name", label="Personne à prévenir", kind=Kind.TEXT, max_length=120),
        Field(key="emergency_phone", label="Son téléphone", kind=Kind.PHONE),
        Field(
            key="emergency_knows",
            label="Connaît-elle l’association\u202f?",
            kind=Kind.YES_NO,
            shown_if=_names_somebody,
            hint="Si une personne à prévenir est nommée",
        ),
        Field(
            key="never_tell",
            label="Ne jamais renseigner",
            kind=Kind.TEXT,
            options="relations",
            max_length=120,
            hint="À qui ne rien dire (lien)",
        ),
        Field(
            key="recognition_question",
            label="Question de reconnaissance",
            kind=Kind.TEXT,
            max_length=160,
            hint="Pour la reconnaître au téléphone",
        ),
    ),
)
SITUATION = Section(
    key="situation",
    title="Situation",
    fields=(
        Field(key="children_count", label="Enfants à charge", kind=Kind.COUNT, lowest=0, highest=30),
        Field(key="schooling", label="Scolarisation", kind=Kind.CHOICE, options="schooling"),
        Field(key="literate", label="Sait lire et écrire\u202f?", kind=Kind.YES_NO),
        Field(key="activity", label="Activité génératrice de revenus", kind=Kind.CHOICE, options="activities"),
        Field(key="displaced", label="Déplacée\u202f?", kind=Kind.YES_NO),
        Field(
            key="displaced_from",
            label="D’où",
            kind=Kind.TEXT,
            options="places",
            shown_if=_displaced,
            max_length=80,
            hint="Si déplacée",
        ),
        Field(key="displaced_on", label="Depuis quand", kind=Kind.DATE, shown_if=_displaced, hint="Si déplacée"),
        Field(key="id_type", label="Pièce d’identité", kind=Kind.CHOICE, options="id_types"),
        Field(
            key="id_number",
            label="N° de la pièce",
            kind=Kind.TEXT,
            shown_if=_has_paper,
            max_length=40,
            hint="Si elle a une pièce",
        ),
        Field(
            key="id_expires_on",
            label="Expire le",
            kind=Kind.DATE,
            tense=Tense.ANY,
            shown_if=_has_paper,
            hint="Si elle a une pièce",
        ),
        Field(key="nina", label="Numéro NINA", kind=Kind.TEXT, max_length=40, hint="15 signes, une lettre à la fin"),
    ),
)
ADHESION = Section(
    key="adhesion",
    title="Adhésion",
    fields=(
        Field(
            key="joined_on",
            label="Date d’adhésion",
            kind=Kind.DATE,
            repeats=True,
            hint="Vide\u00a0: une fiche sans adhésion",
        ),
        Field(
            key="sponsor_id",
            label="Marraine",
            kind=Kind.PERSON,
            shown_if=_joins,
            repeats=True,
            hint="Qui l’a amenée, si elle adhère",
        ),
        Field(
            key="exempt",
            label="Exemptée de cotisation\u202f?",
            kind=Kind.YES_NO,
            shown_if=_joins,
            hint="Si elle adhère",
        ),
    ),
)
CONSENT = Section(
    key="consent",
    title="Son accord, demandé point par point",
    fields=(
        Field(key="consent_file", label="Être inscrite au fichier", kind=Kind.YES_NO, required=True),
        Field(key="consent_photo", label="Photo", kind=Kind.YES_NO),
        Field(key="consent_statistics", label="Statistiques sans nom", kind=Kind.YES_NO),
        Field(key="consent_contact", label="Être contactée", kind=Kind.YES_NO),
        Field(key="consent_how", label="Comment", kind=Kind.CHOICE, options="consent_ways", required=True),
        Field(
            key="consent_witness",
            label="Témoin",
            kind=Kind.TEXT,
            required_if=_orally,
            shown_if=_orally,
            max_length=120,
            hint="Si l’accord est oral",
        ),
    ),
)

PERSON = Form(key="person", version=1, title="Fiche d’une personne", sections=(IDENTITY, CONTACT, SITUATION))
"""Her file, once it exists, without an adhesion."""

MEMBER = Form(
    key=PERSON.key,
    version=PERSON.version,
    title="Fiche d’une adhérente",
    sections=(
        IDENTITY,
        CONTACT,
        SITUATION,
        Section(
            key=ADHESION.key,
            title=ADHESION.title,
            fields=tuple(
                replace(field, required=True, hint="") if field.key == "joined_on" else field
                for field in ADHESION.fields
            ),
        ),
    ),
)
"""The same for a member: her adhesion can be corrected, never emptied. Both share their drafts."""

REGISTRATION = Form(
    key="registration",
    version=1,
    title="Nouvelle adhérente",
    sections=(IDENTITY, ADHESION, CONSENT, CONTACT, SITUATION),
)
"""A new file, with adhesion and consent: what is read aloud comes before what is merely useful."""

MANY_WOMEN = Form(
    key="many_women",
    version=1,
    title="Plusieurs femmes",
    sections=(
        Section(
            key="same",
            title="Pour toutes",
            fields=(
                Field(key="joined_on", label="Date d’adhésion", kind=Kind.DATE, required=True, repeats=True),
                Field(
                    key="quarter",
                    label="Quartier, commune",
                    kind=Kind.TEXT,
                    options="quarters",
                    repeats=True,
                    max_length=80,
                ),
                Field(key="sponsor_id", label="Marraine", kind=Kind.PERSON, repeats=True),
            ),
        ),
        Section(
            key="one",
            title="Cette femme",
            fields=(
                LAST_NAME,
                FIRST_NAME,
                NICKNAMES,
                BIRTH,
                Field(key="phone", label="Téléphone", kind=Kind.PHONE),
                Field(key="register_ref", label="Cahier", kind=Kind.TEXT, max_length=40, hint="Page et ligne"),
            ),
        ),
        CONSENT,
    ),
)
"""Quick keying after an outing or from the paper register: what is the same for all repeats, consent does not."""
