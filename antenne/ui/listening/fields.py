"""What the forms of this area ask from outside: its own lists, the directory of partners, the search of a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from antenne.domain.forms import listening as forms
from antenne.domain.forms.model import Option
from antenne.services import members_reading
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.fields.base import FieldContext, PersonHit
from antenne.ui.kit.operations import SHORT
from antenne.wording import listening as words
from antenne.wording import protection, stories

_OFFERED = 8
_PARTNERS = frozenset({forms.STRUCTURES, "partners"})


def field_context(context: Context, owner: QObject, partners: Callable[[], Sequence[str]] = tuple) -> FieldContext:
    """The context of a form that lives in ``owner``; ``partners`` gives the names of the open structures."""

    def search(typed: str, reply: Callable[[tuple[PersonHit, ...]], None]) -> None:
        context.operations.run(
            SHORT, person_hits, context.desk, typed, owner=owner, done=reply, latest=True, key="person"
        )

    def listed(name: str) -> Sequence[Option]:
        if name in _PARTNERS:
            return tuple(Option(one, one) for one in partners())
        own = words.options(name) or protection.options(name) or stories.options(name)
        return own if own is not None else context.desk.settings.options(name, context.clock.today())

    def known(name: str, code: str) -> str:
        return context.desk.settings.label(name, code)

    return FieldContext(options=listed, now=context.clock.now, person_search=search, label=known)


def person_hits(desk: Desk, typed: str) -> tuple[PersonHit, ...]:
    """The first persons that the typed letters fit."""
    return hits(desk, members_reading.search_ids(desk, typed)[:_OFFERED])


def hits(desk: Desk, person_ids: Sequence[int]) -> tuple[PersonHit, ...]:
    """Persons as a picker shows them."""
    return tuple(
        PersonHit(row.id, row.member_number or row.number, f"{row.last_name.upper()} {row.first_name}", row.quarter)
        for row in members_reading.rows(desk, person_ids)
    )


def hit_of(desk: Desk, person_id: int | None) -> PersonHit | None:
    """One person as a picker shows her; None where nobody is named, or her file is gone."""
    return next(iter(hits(desk, (person_id,))), None) if person_id is not None else None
