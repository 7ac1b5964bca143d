"""« Mineures »: each accompanied minor, LAKANA SO, her returns."""

from __future__ import annotations

from dataclasses import dataclass

from antenne.domain.board import Target, Tone
from antenne.domain.listening import Lakana
from antenne.domain.minors import Minor, Return
from antenne.services import minors
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.models import Column
from antenne.ui.listening.keys import KEY
from antenne.ui.listening.list_panel import Listing, ListPanel
from antenne.wording import formats
from antenne.wording import listening as talk_words


@dataclass(frozen=True, slots=True)
class MinorRow:
    """One minor in the list."""

    id: str
    minor: Minor
    age: str


def read_rows(desk: Desk) -> tuple[MinorRow, ...]:
    """Every accompanied minor, the last met first.

    Raises:
        Forbidden: Without the right.
    """
    return tuple(
        MinorRow(one.id, one.record, formats.age(one.record.birth, desk.today)) for one in minors.list_minors(desk)
    )


def _name(row: MinorRow) -> str:
    one = row.minor
    return " ".join(part for part in (one.first_name, one.last_name) if part) or talk_words.code(one.code)


def _lakana(row: MinorRow) -> str:
    return "à décider" if row.minor.awaits_decision else talk_words.LAKANA[row.minor.lakana]


def _tone(row: MinorRow) -> Tone:
    if row.minor.awaits_decision:
        return "danger"
    return "good" if row.minor.lakana is Lakana.TOLD else "warning"


def _back(row: MinorRow) -> str:
    family, school = row.minor.returned(Return.FAMILY), row.minor.returned(Return.SCHOOL)
    parts = ["" if family is None else f"famille\u00a0: {family.where}", "" if school is None else "école"]
    return ", ".join(part for part in parts if part)


_COLUMNS = (
    Column(key="met", title="Rencontrée le", text=lambda row: formats.day(row.minor.met_on), width=116),
    Column(key="number", title="N°", text=lambda row: row.minor.number, width=124),
    Column(key="name", title="Qui", text=_name, width=0),
    Column(key="age", title="Âge", text=lambda row: row.age, width=120, muted=True),
    Column(key="back", title="Retours", text=_back, width=250),
    Column(key="lakana", title="LAKANA SO", text=_lakana, width=150, pill=_tone),
)


class MinorsPanel(ListPanel):
    """The list of minors."""

    listing = Listing(
        title="Mineures accompagnées",
        one="mineure",
        many="mineures",
        new_words="Nouvelle mineure",
        new_action="minor/new",
        icon="child",
        empty="Une fille de moins de 18 ans n’est jamais adhérente. Sa fiche prévient la responsable aussitôt.",
    )

    def __init__(self, context: Context) -> None:
        """The columns of a minor."""
        super().__init__(context, _COLUMNS)

    read = staticmethod(read_rows)

    def place(self, row: MinorRow) -> Target:
        """Her file."""
        return Target(KEY, action=f"minor/{row.id}")
