"""What the forms of this area ask from outside: dated lists, the clock, the search of a person."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from antenne.services import members_reading
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.fields.base import FieldContext, PersonHit
from antenne.ui.kit.operations import SHORT
from antenne.ui.members import words

_OFFERED = 8


def field_context(context: Context, owner: QObject) -> FieldContext:
    """The context of a form that lives in ``owner``."""

    def search(typed: str, reply: Callable[[tuple[PersonHit, ...]], None]) -> None:
        context.operations.run(
            SHORT, person_hits, context.desk, typed, owner=owner, done=reply, latest=True, key="person"
        )

    def known(name: str, code: str) -> str:
        return context.desk.settings.label(name, code)

    return FieldContext(
        options=lambda name: context.desk.settings.options(name, context.clock.today()),
        now=context.clock.now,
        person_search=search,
        label=known,
    )


def person_hits(desk: Desk, typed: str) -> tuple[PersonHit, ...]:
    """The first persons that the typed letters fit."""
    rows = members_reading.rows(desk, members_reading.search_ids(desk, typed)[:_OFFERED])
    return tuple(
        PersonHit(row.id, row.member_number or row.number, words.listed(row.last_name, row.first_name), row.quarter)
        for row in rows
    )


def person_hit(desk: Desk, person_id: int) -> PersonHit | None:
    """One person, as a picker shows her."""
    rows = members_reading.rows(desk, (person_id,))
    if not rows:
        return None
    row = rows[0]
    return PersonHit(row.id, row.member_number or row.number, words.listed(row.last_name, row.first_name), row.quarter)
