"""What the état civil offers to the shell."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING

from antenne.domain.board import Action, MonthLine, SearchHit, Target, TodoLine, Urgency
from antenne.domain.civil_clock import ClockState
from antenne.domain.civil_overview import BoardRow
from antenne.domain.rights import Right
from antenne.services import civil_lookup, drafts
from antenne.services.civil_checks import CIVIL_CHECKS
from antenne.services.civil_fees import SOURCE
from antenne.services.civil_lookup import Reminder
from antenne.ui.civil import captures, captures_board
from antenne.ui.civil.board_todo import ACTIONS, todo_board
from antenne.ui.civil.fields import step_tone
from antenne.ui.civil.person_card import person_card
from antenne.ui.civil.screen import KEY, CivilScreen
from antenne.ui.kit.area import Area, NavEntry
from antenne.wording import formats

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_NAMED = 4
"""Lines of one kind that are named one by one; the others are counted."""


def search(desk: Desk, text: str, limit: int) -> tuple[SearchHit, ...]:
    """A file, by its number, the name on the act, or who asked."""
    return tuple(_hit(row) for row in civil_lookup.find_files(desk, text, limit))


def _hit(row: BoardRow) -> SearchHit:
    return SearchHit(
        title=f"{row.name} · {row.number}",
        subtitle=" · ".join(one for one in (row.route, f"demandé par {row.requester}") if one),
        target=Target(KEY, row.file_id),
        pill=row.step_words,
        tone=step_tone(row.step),
    )


def todo(desk: Desk) -> tuple[TodoLine, ...]:
    """Delays that end, hearings, reminders, drafts; trips to close, children without an act, files asleep."""
    found = civil_lookup.waiting(desk)
    today = desk.today
    return (
        *_drafts(desk),
        *_delays(found.delays),
        *_awaited(found.awaited),
        *_hearings(found.hearings),
        *_reminders(found.reminders, today),
        *todo_board(desk),
    )


def _drafts(desk: Desk) -> tuple[TodoLine, ...]:
    return tuple(
        TodoLine(
            text=f"Dossier du {formats.moment(draft.saved_at)} à reprendre",
            pill="Brouillon",
            target=Target(KEY, draft.subject_id, action="edit") if draft.subject_id else Target(KEY, action="new"),
        )
        for draft in drafts.list_drafts(desk)
        if draft.form == "civil_file"
    )


def _delays(rows: tuple[BoardRow, ...]) -> tuple[TodoLine, ...]:
    """Births that are not declared yet: how long it is still possible, or another démarche."""
    lines = []
    for row in rows[:_NAMED]:
        past = row.delay_state is ClockState.PAST
        check = row.delay_state is not ClockState.SOON
        lines.append(
            TodoLine(
                text=f"Naissance à déclarer\u00a0: {row.name}",
                due=row.last_day,
                urgency=Urgency.LATE if past else Urgency.SOON,
                who=row.number,
                pill="Délai passé" if past else "À vérifier" if check else "Délai",
                target=Target(KEY, row.file_id, action="reroute" if past else ""),
            )
        )
    rest = len(rows) - _NAMED
    if rest > 0:
        said = formats.plural(rest, "autre naissance à déclarer", "autres naissances à déclarer")
        lines.append(TodoLine(text=said, urgency=Urgency.SOON, target=Target(KEY, action="board")))
    return tuple(lines)


def _awaited(rows: tuple[BoardRow, ...]) -> tuple[TodoLine, ...]:
    """Hearings that are past, by day: their result is to be written."""
    return _by_day(rows, "résultat à noter", Urgency.LATE)


def _hearings(rows: tuple[BoardRow, ...]) -> tuple[TodoLine, ...]:
    """Hearings of the seven days to come, by day."""
    return _by_day(rows, "", Urgency.SOON)


def _by_day(rows: tuple[BoardRow, ...], pill: str, urgency: Urgency) -> tuple[TodoLine, ...]:
    dated = sorted((row for row in rows if row.hearing_on is not None), key=lambda row: (row.hearing_on, row.place))
    lines = []
    for (day, place), group in groupby(dated, key=lambda row: (row.hearing_on, row.place)):
        found = list(group)
        what = "Délibéré" if all(row.deliberating for row in found) else "Audience"
        count = formats.plural(len(found), "dossier", "dossiers")
        one = len(found) == 1
        lines.append(
            TodoLine(
                text=f"{what}\u00a0: {found[0].name if one else count}",
                due=day,
                urgency=urgency,
                who=place or (found[0].number if one else ""),
                pill=pill.capitalize(),
                target=Target(KEY, found[0].file_id) if one else Target(KEY, action="trips"),
            )
        )
    return tuple(lines)


def _reminders(found: tuple[Reminder, ...], today: dt.date) -> tuple[TodoLine, ...]:
    lines = [
        TodoLine(
            text=one.words,
            due=one.on,
            urgency=Urgency.LATE if one.on < today else Urgency.SOON,
            who=one.name,
            pill="Rappel",
            target=Target(KEY, one.file_id),
        )
        for one in found[:_NAMED]
    ]
    rest = len(found) - _NAMED
    if rest > 0:
        said = formats.plural(rest, "autre rappel", "autres rappels")
        lines.append(TodoLine(text=said, urgency=Urgency.SOON, target=Target(KEY, action="board")))
    return tuple(lines)


def month(desk: Desk) -> tuple[MonthLine, ...]:
    """« Actes de naissance » and « Cartes d’identité » that came to the office."""
    found = civil_lookup.given(desk)
    target = Target(KEY, action="board")
    return (
        MonthLine(label="Actes de naissance", this_month=found.acts_month, this_year=found.acts_year, target=target),
        MonthLine(label="Cartes d’identité", this_month=found.cards_month, this_year=found.cards_year, target=target),
    )


AREA = Area(
    key=KEY,
    nav=NavEntry("État civil", "F7", "paper", rights=frozenset({Right.CIVIL})),
    factory=CivilScreen,
    search=search,
    search_title="État civil",
    todo=todo,
    month=month,
    actions=(
        Action(
            label="Nouveau dossier",
            target=Target(KEY, action="new"),
            words=("état civil", "naissance", "acte", "jugement", "carte d’identité", "NINA", "copie", "déclaration"),
            right=Right.CIVIL,
            on_home=True,
        ),
        *ACTIONS,
        Action(
            label="Démarches d’état civil",
            target=Target(KEY, action="routes"),
            words=("pièces", "frais", "étapes", "réglage"),
            right=Right.CIVIL,
        ),
    ),
    person_card=person_card,
    basket=SOURCE,
    checks=CIVIL_CHECKS,
    captures=(*captures.CAPTURES, *captures_board.CAPTURES),
    papers=captures_board.PAPERS,
)
