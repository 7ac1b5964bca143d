"""What board and trips tell the home page and Ctrl+K: children without an act, trips to close, files asleep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antenne.domain.board import Action, Target, TodoLine, Urgency
from antenne.domain.rights import Right
from antenne.services import civil_reading, civil_trips
from antenne.ui.civil.board_words import KEY
from antenne.wording import formats

if TYPE_CHECKING:
    from antenne.services.desk import Desk


def todo_board(desk: Desk) -> tuple[TodoLine, ...]:
    """Lines of « À faire »; nobody is named.

    Raises:
        Forbidden: Without the right to civil files.
    """
    return (*_trips(desk), *_exams(desk), *_asleep(desk))


def _trips(desk: Desk) -> tuple[TodoLine, ...]:
    return tuple(
        TodoLine(
            text=f"Tournée du {formats.day(row.trip.on)}\u00a0: résultats à noter",
            due=row.trip.on,
            urgency=Urgency.LATE if row.trip.on < desk.today else Urgency.SOON,
            who=row.place,
            pill="Tournée",
            target=Target(KEY, row.trip.id, action="trips"),
        )
        for row in civil_trips.to_close(desk)
    )


def _exams(desk: Desk) -> tuple[TodoLine, ...]:
    """Two months before: « 12 enfants sans acte avant l’inscription aux examens », by class."""
    found = civil_reading.exam_warning(desk)
    if found is None:
        return ()
    day, classes = found
    many = sum(one.count for one in classes)
    named = [f"{desk.settings.label('school_classes', one.school_class)}\u00a0: {one.count}" for one in classes]
    return (
        TodoLine(
            text=f"{formats.plural(many, 'enfant', 'enfants')} sans acte avant l’inscription aux examens",
            due=day,
            urgency=Urgency.SOON,
            who=", ".join(named),
            pill="Examens",
            target=Target(KEY, action="board/overview"),
        ),
    )


def _asleep(desk: Desk) -> tuple[TodoLine, ...]:
    count = civil_reading.alerts(desk).asleep
    if not count:
        return ()
    said = f"{formats.plural(count, 'dossier endormi', 'dossiers endormis')}, sans étape depuis longtemps"
    return (TodoLine(text=said, pill="Relancer", target=Target(KEY, action="board/list/asleep")),)


ACTIONS = (
    Action(
        label="Dossiers d’état civil par étape",
        target=Target(KEY, action="board/board"),
        words=("tableau", "dossier", "acte", "jugement", "étape"),
        right=Right.CIVIL,
    ),
    Action(
        label="Bilan de l’état civil",
        target=Target(KEY, action="board/overview"),
        words=("réussite", "délai", "coût", "gratuit", "classe", "examen"),
        right=Right.CIVIL,
    ),
    Action(
        label="Nouvelle tournée",
        target=Target(KEY, action="trips/new"),
        words=("tribunal", "mairie", "audience", "foraine", "sortie"),
        right=Right.CIVIL,
    ),
)
"""For the area's actions of Ctrl+K."""
