"""« Santé, aides »: the records of the short forms, one kind at a time; never a result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox

from antenne.domain.board import Target, Tone
from antenne.domain.forms import sealed_short as forms
from antenne.domain.sealed_tests import (
    Attendance,
    Consultation,
    HealthBooklet,
    HivTest,
    LegalAid,
    MaterialAid,
    Outing,
    StiTest,
)
from antenne.services import sealed_tests
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.models import Column
from antenne.ui.listening.fields import hits
from antenne.ui.listening.keys import KEY
from antenne.ui.listening.list_panel import Listing, ListPanel
from antenne.wording import formats
from antenne.wording import listening as words


@dataclass(frozen=True, slots=True)
class CareRow:
    """One record in the list."""

    id: str
    kind: str
    record: Any
    who: str
    said: str
    state: str
    tone: Tone


def read_rows(kind: str, desk: Desk) -> tuple[CareRow, ...]:
    """The records of one form, the newest first.

    Raises:
        Forbidden: Without the right.
    """
    found = sealed_tests.list_short(desk, forms.FORMS[kind])
    ids = {getattr(one.record, "person_id", None) for one in found}
    names = {hit.id: hit.title for hit in hits(desk, tuple(one for one in ids if one is not None))}
    rows = []
    for one in found:
        code = getattr(one.record, "code", "")
        who = names.get(getattr(one.record, "person_id", None) or 0) or (words.code(code) if code else "")
        rows.append(CareRow(one.id, kind, one.record, who, *_said(desk, one.record)))
    return tuple(rows)


def _said(desk: Desk, record: Any) -> tuple[str, str, Tone]:
    """What a line says, and its pill; of a test neither positive nor negative."""
    label = desk.settings.label
    match record:
        case HivTest():
            given = record.returned_on is not None
            return record.place, "résultat rendu" if given else "à rendre", "good" if given else "warning"
        case StiTest():
            return record.place, "traitée" if record.treated_on else "", "good"
        case Consultation():
            what = "mensuelle" if record.monthly else "au besoin"
            return f"{record.centre} · {what}", label("care_payers", record.paid_by), "neutral"
        case HealthBooklet():
            renewed = "" if record.renewed_on is None else f"renouvelé le {formats.day(record.renewed_on)}"
            return renewed, "", "neutral"
        case LegalAid():
            parts = (label("legal_matters", record.matter), record.structure, record.outcome)
            over = record.closed_on is not None
            return (
                " · ".join(one for one in parts if one),
                "terminée" if over else "en cours",
                "neutral" if over else "info",
            )
        case MaterialAid():
            return record.nature, "" if record.worth is None else formats.amount(record.worth), "neutral"
        case Attendance():
            return (
                f"{record.activity} · {record.place}",
                formats.plural(len(record.present), "présente", "présentes"),
                "info",
            )
        case Outing():
            women = formats.plural(len(record.women), "femme", "femmes")
            return record.places, f"{women}, {formats.plural(len(record.minors), 'mineure', 'mineures')}", "info"
        case _:
            raise TypeError(type(record).__name__)


_COLUMNS = (
    Column(key="on", title="Le", text=lambda row: formats.day(row.record.on), width=116),
    Column(key="who", title="Qui", text=lambda row: row.who, width=240),
    Column(key="said", title="Quoi", text=lambda row: row.said, width=0),
    Column(key="state", title="", text=lambda row: row.state, width=200, pill=lambda row: row.tone),
)


class CarePanel(ListPanel):
    """One kind at a time; ``open`` takes a kind as action."""

    listing = Listing(
        title="Santé, aides",
        one="fiche",
        many="fiches",
        new_words="Nouvelle fiche",
        icon="heart",
        empty="Tests, consultations, carnets, aides, listes de présence, sorties\u00a0: une courte fiche.",
    )

    def __init__(self, context: Context) -> None:
        """The columns of any kind."""
        super().__init__(context, _COLUMNS)

    def add_controls(self) -> None:
        """Which kind."""
        self.kind = QComboBox()
        self.kind.setAccessibleName("Genre de fiche")
        for key in forms.KINDS:
            self.kind.addItem(forms.FORMS[key].title, key)
        self.kind.currentIndexChanged.connect(self.refresh)
        self.head.insertWidget(0, self.kind)

    def reader(self) -> Callable[..., tuple[Any, ...]]:
        """Of the kind chosen."""
        return partial(read_rows, self.kind.currentData())

    def open(self, target: Target) -> None:
        """A kind, or the one chosen before."""
        at = self.kind.findData(target.action)
        if at >= 0:
            self.kind.setCurrentIndex(at)
        super().open(target)

    def new(self) -> None:
        """Ctrl+N: of the kind chosen."""
        self.context.navigator.open(Target(KEY, action=f"{self.kind.currentData()}/new"))

    def place(self, row: CareRow) -> Target:
        """Its page."""
        return Target(KEY, action=f"{row.kind}/{row.id}")
