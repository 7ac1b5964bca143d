"""The forms of money out and of the donors' projects (issue: money out).

The lists ``boxes``, ``expense_accounts`` and ``budget_lines`` are what the office has now, given by who shows the form;
``expense_documents`` is a dated list of the settings.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from antenne.domain.forms.model import Answers, Field, Form, Kind, Section, Tense
from antenne.domain.violations import Violation

BOXES: Final = "boxes"
ACCOUNTS: Final = "expense_accounts"
LINES: Final = "budget_lines"
DOCUMENTS: Final = "expense_documents"

MOST_PURPOSE: Final = 120
MOST_NAME: Final = 80


def _not_in_register(answers: Answers) -> bool:
    return answers.get("person_id") is None


def _has_beneficiary(answers: Answers) -> tuple[Violation, ...]:
    """Somebody is paid: of the register, or by name."""
    if answers.get("person_id") is None and not answers.get("beneficiary"):
        return (Violation("expense.no_beneficiary", "beneficiary"),)
    return ()


def _money_moves(answers: Answers) -> bool:
    return bool(answers.get("returned")) or bool(answers.get("completed"))


_BOX: Final = Field(key="box", label="Payé par", kind=Kind.CHOICE, options=BOXES, required=True, repeats=True)
_PERSON: Final = Field(key="person_id", label="Bénéficiaire du registre", kind=Kind.PERSON)
_BENEFICIARY: Final = Field(
    key="beneficiary",
    label="Ou autre bénéficiaire",
    kind=Kind.TEXT,
    max_length=MOST_NAME,
    shown_if=_not_in_register,
    hint="Fournisseur, chauffeur… hors du registre",
)
_PURPOSE: Final = Field(
    key="purpose",
    label="Objet",
    kind=Kind.TEXT,
    required=True,
    max_length=MOST_PURPOSE,
    width=2,
    hint="Mots neutres\u00a0: la pièce peut être lue par d’autres",
)
_AMOUNT: Final = Field(key="amount", label="Somme (FCFA)", kind=Kind.MONEY, required=True, lowest=1)
_ACCOUNT: Final = Field(key="account", label="Compte", kind=Kind.CHOICE, options=ACCOUNTS, required=True)
_LINE: Final = Field(
    key="budget_line",
    label="Ligne de budget",
    kind=Kind.CHOICE,
    options=LINES,
    hint="Si un bailleur paie",
)
_DOCUMENT: Final = Field(key="document", label="Pièce justificative", kind=Kind.CHOICE, options=DOCUMENTS)
_DOCUMENT_REF: Final = Field(
    key="document_ref",
    label="N°, date, de qui",
    kind=Kind.TEXT,
    max_length=MOST_NAME,
    hint="Par ex. n° 112 du 20/11, Traoré",
)

EXPENSE: Final = Form(
    key="expense",
    version=1,
    title="Pièce de dépense",
    sections=(
        Section(key="who", title="À qui, de quelle caisse", fields=(_BOX, _PERSON, _BENEFICIARY)),
        Section(
            key="what",
            title="Pour quoi, sur quelle pièce",
            fields=(
                _PURPOSE,
                _AMOUNT,
                _ACCOUNT,
                _LINE,
                replace(_DOCUMENT, required=True),
                replace(_DOCUMENT_REF, width=2, hint="Par ex. n° 112 du 20/11/2026, quincaillerie Traoré"),
            ),
        ),
    ),
    checks=(_has_beneficiary,),
)
"""One expense that is paid now."""

ADVANCE: Final = Form(
    key="expense_advance",
    version=1,
    title="Avance à justifier",
    sections=(
        Section(key="who", title="À qui, de quelle caisse", fields=(_BOX, _PERSON, _BENEFICIARY)),
        Section(
            key="what",
            title="Pour quoi",
            fields=(
                _PURPOSE,
                _AMOUNT,
                Field(
                    key="justify_by",
                    label="À justifier au plus tard le",
                    kind=Kind.DATE,
                    tense=Tense.FUTURE,
                    required=True,
                ),
            ),
        ),
    ),
    checks=(_has_beneficiary,),
)
"""Money given before it is spent."""

JUSTIFICATION: Final = Form(
    key="expense_justification",
    version=1,
    title="Justification d’une avance",
    sections=(
        Section(
            key="documents",
            title="Pièces apportées",
            fields=(
                Field(
                    key="lines",
                    label="Pièces",
                    kind=Kind.ROWS,
                    width=3,
                    columns=(
                        Field(
                            key="purpose",
                            label="Objet",
                            kind=Kind.TEXT,
                            required=True,
                            max_length=MOST_PURPOSE,
                            width=2,
                        ),
                        Field(
                            key="account", label="Compte", kind=Kind.CHOICE, options=ACCOUNTS, required=True, width=2
                        ),
                        Field(key="amount", label="Somme", kind=Kind.MONEY, required=True, lowest=1),
                        Field(
                            key="document",
                            label="Pièce",
                            kind=Kind.CHOICE,
                            options=DOCUMENTS,
                            required=True,
                        ),
                        Field(key="document_ref", label="N°, date", kind=Kind.TEXT, max_length=MOST_NAME),
                        Field(key="budget_line", label="Ligne de budget", kind=Kind.CHOICE, options=LINES, width=2),
                    ),
                    paper_lines=6,
                ),
            ),
        ),
        Section(
            key="money",
            title="Argent",
            fields=(
                Field(key="returned", label="Rendu à la caisse (FCFA)", kind=Kind.MONEY),
                Field(
                    key="completed",
                    label="À compléter (FCFA)",
                    kind=Kind.MONEY,
                    hint="Payé en plus, si elle a dépensé davantage",
                ),
                Field(
                    key="box",
                    label="Caisse",
                    kind=Kind.CHOICE,
                    options=BOXES,
                    shown_if=_money_moves,
                    required_if=_money_moves,
                    hint="Si de l’argent est rendu ou complété",
                ),
            ),
        ),
    ),
)
"""What was bought with an advance, what comes back, what is added."""

TRANSFER: Final = Form(
    key="expense_transfer",
    version=1,
    title="Virement entre caisses",
    sections=(
        Section(
            key="transfer",
            title="",
            fields=(
                Field(key="from_box", label="De", kind=Kind.CHOICE, options=BOXES, required=True),
                Field(key="to_box", label="Vers", kind=Kind.CHOICE, options=BOXES, required=True),
                _AMOUNT,
                Field(key="fee", label="Frais (FCFA)", kind=Kind.MONEY, hint="Banque ou opérateur"),
                Field(key="purpose", label="Objet", kind=Kind.TEXT, max_length=MOST_PURPOSE, width=2),
                Field(
                    key="document_ref",
                    label="Référence",
                    kind=Kind.TEXT,
                    max_length=MOST_NAME,
                    hint="Du bordereau ou du message",
                ),
            ),
        ),
    ),
)
"""Caisse to bank, Orange Money to caisse."""

INDEMNITIES: Final = Form(
    key="expense_indemnities",
    version=1,
    title="Indemnités des paires éducatrices",
    sections=(
        Section(
            key="all",
            title="Pour toutes",
            fields=(
                _BOX,
                Field(key="activity_on", label="Jour de l’activité", kind=Kind.DATE, required=True),
                _LINE,
                _PURPOSE,
                _DOCUMENT,
                _DOCUMENT_REF,
            ),
        ),
        Section(
            key="women",
            title="Chacune signe sa pièce",
            fields=(
                Field(
                    key="lines",
                    label="Paires éducatrices",
                    kind=Kind.ROWS,
                    width=3,
                    columns=(
                        Field(key="person_id", label="Qui", kind=Kind.PERSON, required=True, width=3),
                        Field(key="amount", label="Somme (FCFA)", kind=Kind.MONEY, required=True, lowest=1),
                    ),
                    paper_lines=12,
                ),
            ),
        ),
    ),
)
"""One voucher for each woman, printed together."""

PROJECT: Final = Form(
    key="project",
    version=1,
    title="Projet d’un bailleur",
    sections=(
        Section(
            key="project",
            title="Projet",
            fields=(
                Field(
                    key="code",
                    label="Nom court",
                    kind=Kind.TEXT,
                    required=True,
                    max_length=24,
                    hint="Par ex. UNFPA 2026",
                ),
                Field(key="name", label="Titre", kind=Kind.TEXT, required=True, max_length=MOST_PURPOSE, width=2),
                Field(key="donor", label="Bailleur", kind=Kind.TEXT, required=True, max_length=MOST_NAME),
                Field(key="starts_on", label="Du", kind=Kind.DATE, tense=Tense.ANY, required=True),
                Field(key="ends_on", label="Au", kind=Kind.DATE, tense=Tense.ANY, required=True),
            ),
        ),
        Section(
            key="budget",
            title="Budget",
            fields=(
                Field(
                    key="lines",
                    label="Lignes de budget",
                    kind=Kind.ROWS,
                    width=3,
                    columns=(
                        Field(key="code", label="Code", kind=Kind.TEXT, required=True, max_length=16),
                        Field(
                            key="label", label="Libellé", kind=Kind.TEXT, required=True, max_length=MOST_NAME, width=4
                        ),
                        Field(key="amount", label="Budget (FCFA)", kind=Kind.MONEY, required=True, width=2),
                    ),
                    paper_lines=12,
                ),
            ),
        ),
    ),
)
"""A donor's project and its budget."""

FORMS: Final = {form.key: form for form in (EXPENSE, ADVANCE, JUSTIFICATION, TRANSFER, INDEMNITIES, PROJECT)}
"""Every form of this module by its key."""
