"""What the import offers to the shell: no line in the side bar, an action."""

from __future__ import annotations

from antenne.domain.board import Action, Target
from antenne.domain.rights import Right
from antenne.ui.imports.captures import CAPTURES
from antenne.ui.imports.screen import ImportScreen
from antenne.ui.kit.area import Area

AREA = Area(
    key="imports",
    nav=None,
    factory=ImportScreen,
    captures=CAPTURES,
    actions=(
        Action(
            label="Importer un registre Excel",
            target=Target("imports"),
            words=("import", "xlsx", "classeur", "reprise", "cahier"),
            right=Right.IMPORT,
        ),
    ),
)
