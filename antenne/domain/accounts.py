"""The chart of accounts: small, editable, mapped to SYCEBNL for the accountant's export (rules: Cash and accounts)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class AccountKind(Enum):
    """Where an account stands, and on which side it grows."""

    FUNDS = "funds"
    ASSET = "asset"
    LIABILITY = "liability"
    EXPENSE = "expense"
    INCOME = "income"

    @property
    def grows_by_debit(self) -> bool:
        """Assets and expenses grow by debit, the others by credit."""
        return self in {AccountKind.ASSET, AccountKind.EXPENSE}

    @property
    def begins_anew(self) -> bool:
        """Income and expenses begin each year at nothing; what they left is carried."""
        return self in {AccountKind.INCOME, AccountKind.EXPENSE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account.

    Attributes:
        id: 0 before it is saved.
        code: The office's own, unique; it never changes once an entry stands on it.
        label: French words.
        kind: Where it stands.
        sycebnl: The account of the national chart it goes to, for the accountant.
        role: What the program uses it for (one of :class:`Use`), or empty.
        active: Offered for new entries.
    """

    id: int = 0
    code: str
    label: str
    kind: AccountKind
    sycebnl: str = ""
    role: str = ""
    active: bool = True


class Use:
    """Names of what the program itself posts to; the chart says which account serves for it."""

    BOX: Final = "box:"
    """Prefix: ``box:caisse`` is the account of the box ``caisse``."""
    JOINING: Final = "joining"
    MEMBERSHIP: Final = "membership"
    INSURANCE: Final = "insurance"
    CARD: Final = "card"
    FEES: Final = "fees"
    RENT: Final = "rent"
    GRANT: Final = "grant"
    OTHER_INCOME: Final = "other_income"
    CHANGE_DUE: Final = "change_due"
    ADVANCE: Final = "advance"
    INDEMNITY: Final = "indemnity"
    SHORTAGE: Final = "shortage"
    SURPLUS: Final = "surplus"
    OPENING: Final = "opening"
    CARRIED: Final = "carried"
    """What earlier years' income and expenses left: no entry is written, the books compute it at each new year."""


def _account(code: str, label: str, kind: AccountKind, role: str = "", sycebnl: str = "") -> Account:
    return Account(code=code, label=label, kind=kind, sycebnl=sycebnl or code, role=role)


CHART: Final = (
    _account("101", "Fonds de l’association", AccountKind.FUNDS, Use.OPENING),
    _account("121", "Report à nouveau", AccountKind.FUNDS, Use.CARRIED, "12"),
    _account("401", "Fournisseurs", AccountKind.LIABILITY),
    _account("4191", "Monnaie due", AccountKind.LIABILITY, Use.CHANGE_DUE, "419"),
    _account("4210", "Avances à justifier", AccountKind.ASSET, Use.ADVANCE, "421"),
    _account("521", "Banque", AccountKind.ASSET, f"{Use.BOX}banque"),
    _account("5521", "Orange Money", AccountKind.ASSET, f"{Use.BOX}orange", "552"),
    _account("5522", "Moov", AccountKind.ASSET, f"{Use.BOX}moov", "552"),
    _account("5523", "Wave", AccountKind.ASSET, f"{Use.BOX}wave", "552"),
    _account("5524", "Sama", AccountKind.ASSET, f"{Use.BOX}sama", "552"),
    _account("571", "Caisse", AccountKind.ASSET, f"{Use.BOX}caisse"),
    _account("6011", "Matières et fournitures des activités", AccountKind.EXPENSE, "", "601"),
    _account("6012", "Condoms et produits de prévention", AccountKind.EXPENSE, "", "601"),
    _account("6051", "Eau et électricité", AccountKind.EXPENSE, "", "605"),
    _account("6055", "Fournitures de bureau", AccountKind.EXPENSE, "", "605"),
    _account("618", "Transport et déplacements", AccountKind.EXPENSE),
    _account("622", "Loyer", AccountKind.EXPENSE),
    _account("624", "Entretien et réparations", AccountKind.EXPENSE),
    _account("628", "Téléphone et communications", AccountKind.EXPENSE),
    _account("631", "Frais de banque et de monnaie électronique", AccountKind.EXPENSE),
    _account("6371", "Indemnités des paires éducatrices", AccountKind.EXPENSE, Use.INDEMNITY, "637"),
    _account("6521", "Frais d’état civil pris en charge", AccountKind.EXPENSE, "", "652"),
    _account("6522", "Aide matérielle et soins", AccountKind.EXPENSE, "", "652"),
    _account("6523", "Frais scolaires", AccountKind.EXPENSE, "", "652"),
    _account("6581", "Manquants de caisse", AccountKind.EXPENSE, Use.SHORTAGE, "658"),
    _account("6582", "Charges diverses", AccountKind.EXPENSE, "", "658"),
    _account("7011", "Droits d’adhésion", AccountKind.INCOME, Use.JOINING, "701"),
    _account("7012", "Cotisations des adhérentes", AccountKind.INCOME, Use.MEMBERSHIP, "701"),
    _account("7013", "Cotisations d’assurance maladie", AccountKind.INCOME, Use.INSURANCE, "701"),
    _account("7071", "Cartes de membre", AccountKind.INCOME, Use.CARD, "707"),
    _account("7072", "Frais de dossier et participations", AccountKind.INCOME, Use.FEES, "707"),
    _account("7073", "Loyers reçus", AccountKind.INCOME, Use.RENT, "707"),
    _account("713", "Fonds reçus des bailleurs", AccountKind.INCOME, Use.GRANT),
    _account("7581", "Excédents de caisse", AccountKind.INCOME, Use.SURPLUS, "758"),
    _account("7582", "Produits divers", AccountKind.INCOME, Use.OTHER_INCOME, "758"),
)
"""The chart of a new office. Codes follow SYCEBNL (in force since 1 January 2024); the office's accountant confirms the
mapping, which is edited on a screen.

Numbers and names were compared with the SYCEBNL template of Odoo (``addons/l10n_syscohada/data/template/
account.account-syscebnl.csv``) and, for classes 1 and 4, with the extract of the official text in LnDevAi/ComptaEBNL-IA
(``docs/plan_comptable_sycebnl_extraction.md``): 101 dotation, 419 adhérents créditeurs, 421 avances, 521 banques
locales, 552 monnaie électronique par téléphone, 571 caisse, 601 achats liés à l'activité, 605 autres achats, 618 autres
frais de transport, 622 locations, 624 entretien, 628 télécommunications, 631 frais bancaires, 637 personnel extérieur,
652 subventions (aides) accordées, 658 charges diverses, 701 cotisations des adhérents, 707 produits accessoires, 713
subventions d'organismes nationaux et internationaux, 758 produits divers. Where the statutes make the joining fee an
endowment, SYCEBNL has 103 « droit d'entrée » instead of 701."""
