"""What the area of members offers to the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antenne.domain.board import Action, MonthLine, SearchHit, Target, Tile, TodoLine
from antenne.domain.rights import Right
from antenne.services import drafts, members_lists, members_reading
from antenne.ui.kit.area import Area, NavEntry
from antenne.ui.members import captures, words
from antenne.ui.members.contact_card import contact_card
from antenne.ui.members.screen import MembersScreen
from antenne.wording import formats

if TYPE_CHECKING:
    from antenne.services.desk import Desk

KEY = "members"
_LOOKED_AT = 60


def search(desk: Desk, text: str, limit: int) -> tuple[SearchHit, ...]:
    """Persons for Ctrl+K."""
    hits = []
    found = members_reading.rows(desk, members_reading.search_ids(desk, text)[:_LOOKED_AT])
    digits = text.strip().lstrip("0")
    if digits.isdigit():  # the number on her card before the one of her file
        found = tuple(sorted(found, key=lambda row: row.member_number.removeprefix("M-").lstrip("0") != digits))
    for row in found[:limit]:
        pill, tone = words.row_pill(row, desk.today)
        hits.append(
            SearchHit(
                title=words.row_title(row),
                subtitle=words.row_subtitle(row),
                target=Target(KEY, row.id),
                pill=pill,
                tone=tone,
            )
        )
    return tuple(hits)


def todo(desk: Desk) -> tuple[TodoLine, ...]:
    """Drafts to resume, agreements to ask for."""
    if not desk.may(Right.WRITE_PERSONS):
        return ()
    lines = []
    for draft in drafts.list_drafts(desk):
        target = _draft_target(draft.form, draft.subject_id)
        if target is not None:
            text = f"Brouillon du {formats.moment(draft.saved_at)} à reprendre"
            lines.append(TodoLine(text=text, target=target, pill="Brouillon"))
    figures = members_lists.count_members(desk)
    if figures.without_consent:
        first = members_lists.first_without_consent(desk)
        text = f"{formats.plural(figures.without_consent, 'adhérente', 'adhérentes')}\u00a0: accord à demander"
        lines.append(TodoLine(text=text, target=Target(KEY, first, field="consents"), pill="Accord"))
    return tuple(lines)


def _draft_target(form: str, subject_id: int) -> Target | None:
    places = {"registration": Target(KEY, action="new"), "many_women": Target(KEY, action="many")}
    return places.get(form) or (Target(KEY, subject_id, action="file") if form == "person" else None)


def month(desk: Desk) -> tuple[MonthLine, ...]:
    """« Adhésions »."""
    figures = members_lists.count_members(desk)
    return (
        MonthLine(
            label="Adhésions",
            this_month=figures.joined_month,
            this_year=figures.joined_year,
            target=Target(KEY) if desk.may(Right.READ_PERSONS) else None,
        ),
    )


def tiles(desk: Desk) -> tuple[Tile, ...]:
    """« Adhérentes » and how many hold a valid card."""
    figures = members_lists.count_members(desk)
    share = 100 * figures.up_to_date // max(figures.members, 1)
    target = Target(KEY) if desk.may(Right.READ_PERSONS) else None
    return (
        Tile(
            label="Adhérentes",
            figure=formats.number(figures.members),
            note=f"{formats.plural(figures.joined_month, 'adhésion', 'adhésions')} ce mois-ci",
            target=target,
        ),
        Tile(
            label="Cartes à jour",
            figure=formats.number(figures.up_to_date),
            note=f"sur {formats.number(figures.members)} · {share}\u00a0%",
            target=target,
        ),
    )


AREA = Area(
    key=KEY,
    nav=NavEntry("Adhérentes", "F3", "people", rights=frozenset({Right.READ_PERSONS})),
    factory=MembersScreen,
    search=search,
    search_title="Personnes",
    todo=todo,
    month=month,
    tiles=tiles,
    actions=(
        Action(
            label="Nouvelle adhérente",
            target=Target(KEY, action="new"),
            words=("inscrire", "adhésion", "ajouter"),
            right=Right.WRITE_PERSONS,
            on_home=True,
            primary=True,
        ),
        Action(
            label="Plusieurs femmes",
            target=Target(KEY, action="many"),
            words=("sortie", "cahier", "saisie rapide"),
            right=Right.WRITE_PERSONS,
        ),
    ),
    person_card=contact_card,
    captures=captures.CAPTURES,
    papers=captures.PAPERS,
)
