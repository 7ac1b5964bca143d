"""What the backup area offers to the shell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from antenne.base.media import Media
from antenne.domain.board import Action, Badge, Target, TodoLine, Urgency
from antenne.domain.rights import Right
from antenne.ui.backup.captures import CAPTURES
from antenne.ui.kit.area import Area, Context, NavEntry, Screen
from antenne.wording import backup as words

if TYPE_CHECKING:
    from antenne.services.desk import Desk

KEY = "backup"
HERE = Target(KEY)


def area(media: Media, restart: Callable[[], None]) -> Area:
    """The backup area.

    Args:
        media: What is plugged in.
        restart: Ends this sitting and starts a fresh program (the shell's lock), so that a restored base takes its
            place.
    """
    return Area(
        key=KEY,
        nav=NavEntry("Sauvegarde USB", "", "usb", bottom=True, rights=frozenset({Right.BACKUP})),
        factory=partial(_screen, media, restart),
        todo=todo,
        badge=badge,
        captures=CAPTURES,
        actions=(
            Action(
                label="Sauvegarder sur clé USB",
                target=HERE,
                words=("sauvegarde", "copie", "clé", "usb", "exporter la base"),
                right=Right.BACKUP,
            ),
            Action(
                label="Restaurer une sauvegarde",
                target=Target(KEY, action="restore"),
                words=("restaurer", "reprendre", "récupérer"),
                right=Right.RESTORE,
            ),
        ),
    )


def _screen(media: Media, restart: Callable[[], None], context: Context) -> Screen:
    from antenne.ui.backup.screen import BackupScreen

    return BackupScreen(context, media, restart)


def todo(desk: Desk) -> tuple[TodoLine, ...]:
    """The backup that is due."""
    if not desk.may(Right.BACKUP):
        return ()
    from antenne.services import backup

    told = backup.reminder(desk)
    if not told.due:
        return ()
    after = desk.settings.count("backup.reminder_days", desk.today)
    late = 0 if told.days is None else told.days - after
    return (
        TodoLine(
            text=words.todo(told),
            target=HERE,
            due=desk.today - dt.timedelta(days=late),
            urgency=Urgency.LATE if late > 0 else Urgency.SOON,
        ),
    )


def badge(desk: Desk) -> Badge | None:
    """« Sauvegarde : il y a 27 jours », once it is due."""
    if not desk.may(Right.BACKUP):
        return None
    from antenne.services import backup

    told = backup.reminder(desk)
    return Badge(text=words.badge(told), tone="warning", target=HERE) if told.due else None
