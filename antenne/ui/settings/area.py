"""What the settings offer to the shell."""

from __future__ import annotations

from antenne.domain.board import Action, Target, TodoLine, Urgency
from antenne.domain.rights import Right
from antenne.services.desk import Desk
from antenne.ui.kit.area import Area, Context, NavEntry, Screen
from antenne.ui.settings.captures import CAPTURES, PAPERS
from antenne.ui.settings.draft_lines import draft_lines

KEY = "settings"


def _screen(context: Context) -> Screen:
    """Imported at the first visit: the key services are not needed before."""
    from antenne.ui.settings.screen import SettingsScreen

    return SettingsScreen(context)


def todo(desk: Desk) -> tuple[TodoLine, ...]:
    """The phrases that nobody received, and those that lack the confidential key."""
    if not desk.may(Right.USERS):
        return ()
    from antenne.services.users import UNHANDED, WITHOUT, marked
    from antenne.wording.users import lacking, unhanded

    told = ((UNHANDED, unhanded), (WITHOUT, lacking))
    counted = ((len(marked(desk.settings, name)), said) for name, said in told)
    place = Target(KEY, action="users")
    return tuple(TodoLine(text=said(count), target=place, urgency=Urgency.SOON) for count, said in counted if count)


AREA = Area(
    key=KEY,
    nav=NavEntry("Paramètres", "", "settings", bottom=True, rights=frozenset()),
    factory=_screen,
    todo=lambda desk: (*todo(desk), *draft_lines(desk)),
    actions=(
        Action(label="Paramètres du bureau", target=Target(KEY, action="office"), words=("logo", "en-tête", "adresse")),
        Action(
            label="Tarifs et délais", target=Target(KEY, action="tariffs"), words=("prix", "tarif", "réglages", "fcfa")
        ),
        Action(label="Listes", target=Target(KEY, action="lists"), words=("langues", "quartiers", "motifs")),
        Action(
            label="Utilisatrices et clés",
            target=Target(KEY, action="users"),
            words=("phrase", "rôle", "départ", "enveloppe", "utilisatrice"),
            right=Right.USERS,
        ),
        Action(
            label="Mettre à l’abri",
            target=Target(KEY, action="shelter"),
            words=("abri", "danger", "fouille", "confidentiel", "cacher", "rouvrir"),
            right=Right.COMPARTMENT,
        ),
        Action(
            label="Contrôler la base",
            target=Target(KEY, action="check"),
            words=("contrôle", "vérifier", "intégrité", "ordinateur"),
        ),
    ),
    captures=CAPTURES,
    papers=PAPERS,
)
