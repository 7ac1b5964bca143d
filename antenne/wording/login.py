"""Sentences of the door: where the data may stand, and what the login window says.

Light enough for the first window: no other area's words are imported before they are needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from antenne.base.problems import Problem

if TYPE_CHECKING:
    from antenne.domain.violations import Violation

PROBLEMS: Final[dict[str, str]] = {
    "office.network": (
        "Ce dossier est sur un autre ordinateur du réseau. La base doit rester sur le disque de cet ordinateur\u00a0: une "
        "coupure du réseau l’abîmerait."
    ),
    "first_run.logo_unreadable": "Le fichier {name} ne peut pas être lu. Copiez-le sur l’ordinateur, puis choisissez-le de nouveau.",
    "office.not_folder": "{path} n’est pas un dossier. Donnez le dossier des données avec --dossier.",
}

VIOLATIONS: Final[dict[str, str]] = {
    "founding.demo_phrase": (
        "Cette phrase est celle d’un bureau de démonstration, que tout le monde peut lire. Prenez les quatre mots proposés."
    ),
}

STEPS: Final[dict[str, str]] = {
    "founding.measure": "Mesure de cet ordinateur…",
    "founding.create": "Création de la base chiffrée et de ses clés…",
    "founding.check": "Ouverture d’essai avec votre phrase…",
    "founding.settings": "Premiers réglages…",
    "founding.done": "Le bureau est prêt.",
}

BUG: Final = (
    "Le programme a rencontré une erreur qui vient de lui, pas de vous. Rien n’a été changé. Recommencez\u202f; si elle "
    "revient, gardez l’heure et appelez de l’aide."
)


def sentence(error: BaseException) -> str:
    """What the login and the first run say of an error: the door's own words, or everybody's."""
    from antenne.domain.violations import RulesBroken

    if isinstance(error, RulesBroken):
        return "\n".join(map(violation_words, error.violations))
    if not isinstance(error, Problem):
        return BUG
    from antenne.wording import access, cli

    for words in (PROBLEMS, access.PROBLEMS, cli.PROBLEMS):
        if error.code in words:
            return words[error.code].format(**error.values)
    from antenne.wording import problems

    return problems.sentence(error)


def violation_words(violation: Violation) -> str:
    """The sentence of one broken rule."""
    from antenne.wording import access

    for words in (VIOLATIONS, access.VIOLATIONS):
        if violation.code in words:
            return words[violation.code].format(**dict(violation.values))
    from antenne.wording import violations

    return violations.sentence(violation)
