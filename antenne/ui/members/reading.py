"""Her page and her photo, read together on the short lane."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from antenne.domain.violations import Violation
from antenne.services import members_reading
from antenne.services.members_reading import Page as Facts
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import SHORT
from antenne.ui.members.photo_frame import PhotoFrame


def read_person(
    context: Context,
    person_id: int,
    owner: QWidget,
    photo: PhotoFrame,
    *,
    done: Callable[[Facts], None],
    gone: Callable[[tuple[Violation, ...]], None],
) -> None:
    """Read her; an older question of the same place is dropped.

    Args:
        context: Where the lanes and the desk are.
        person_id: Who.
        owner: The place that asks.
        photo: Shows her photo, or none.
        done: Takes her facts.
        gone: Told when there is no such person any more.
    """
    run, desk = context.operations.run, context.desk
    run(SHORT, members_reading.load_page, desk, person_id, owner=owner, done=done, broken=gone, latest=True)
    run(SHORT, members_reading.load_photo, desk, person_id, owner=photo, done=photo.show_photo, latest=True)
