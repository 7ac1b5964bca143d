"""The card « État civil » of the woman's page: her open files, their next step, the papers that are missing."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import CIVIL, MEMBERS, Changes
from antenne.domain.rights import Right
from antenne.services import civil_lookup
from antenne.services.civil import FilePage
from antenne.services.civil_lookup import HerFiles
from antenne.services.desk import Desk
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, ClosedCard, button, label
from antenne.ui.kit.person_card import AreaCard
from antenne.wording import civil as words
from antenne.wording import formats

_KEY: Final = "civil"
_SHOWN: Final = 2
_PAPERS: Final = 2


class CivilCard(AreaCard):
    """Entrée on a file opens it."""

    heading_text = "État civil"

    def __init__(self, context: Context, person_id: int) -> None:
        """Begin empty; what is known comes from the short lane."""
        super().__init__(context, person_id, pill=" ")
        self._inside = QWidget()
        self.body.addWidget(self._inside)
        self.body.addStretch(1)
        row = QHBoxLayout()
        self.new_button = button("Nouveau dossier…", "plain", self._new)
        row.addWidget(self.new_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.read()

    @staticmethod
    def load(desk: Desk, person_id: int) -> HerFiles:
        """Her files."""
        return civil_lookup.files_of(desk, person_id)

    def stale(self, changes: Changes) -> bool:
        """A file, or she, changed."""
        return changes.touch(CIVIL) or changes.touch(MEMBERS, self.person_id)

    def show_facts(self, facts: HerFiles) -> None:
        """Her open files, then how many are done."""
        self._inside.hide()
        self.body.removeWidget(self._inside)
        self._inside.deleteLater()
        inside = Card()
        inside.setProperty("role", "")
        inside.body.setContentsMargins(0, 0, 0, 0)
        inside.body.setSpacing(t.SPACE)
        self._inside = inside
        count = len(facts.open) + facts.more
        self.pill.show_word(formats.plural(count, "en cours", "en cours") if count else "", "info")
        for page in facts.open[:_SHOWN]:
            self._add(inside, page)
        rest = count - min(len(facts.open), _SHOWN)
        said = [formats.plural(rest, "autre en cours", "autres en cours")] if rest else []
        if facts.done:
            said.append(formats.plural(facts.done, "dossier fini", "dossiers finis"))
        if said or not count:
            inside.body.addWidget(label(" · ".join(said) or "Aucun dossier.", "muted", wrap=True))
        self.body.insertWidget(1, inside)

    def _add(self, inside: Card, page: FilePage) -> None:
        step = words.step(page.standing.step, page.route)
        link = button(
            f"{page.file.first_name}\u00a0: {page.route.label}",
            "link",
            partial(self.context.navigator.open, Target(_KEY, page.file.id)),
        )
        link.setToolTip(page.file.number)
        inside.body.addWidget(link)
        following = "" if page.next_step is None else f"ensuite\u00a0: {words.step(page.next_step, page.route).lower()}"
        hearing = page.standing.hearing_on
        when = step if hearing is None else f"{step} le {formats.day(hearing)}"
        said = " · ".join(one for one in (when, following) if one)
        inside.body.addWidget(label(said, "muted", wrap=True))
        papers = [piece.label for piece in page.missing]
        if papers:
            more = "…" if len(papers) > _PAPERS else ""
            missing = label(f"Manque\u00a0: {', '.join(papers[:_PAPERS])}{more}", "note", wrap=True, tone="warning")
            inside.body.addWidget(missing)

    def _new(self) -> None:
        self.context.navigator.open(Target(_KEY, self.person_id, action="new"))


def person_card(context: Context, person_id: int) -> QWidget:
    """The maker that the area offers."""
    if not context.desk.may(Right.CIVIL):
        return ClosedCard("État civil", "Réservé à la secrétaire et à la responsable.")
    return CivilCard(context, person_id)
