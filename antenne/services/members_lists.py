"""Lists of persons: what was typed and a filter, page by page; and what the home page says of members."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from antenne.domain.persons import PersonRow
from antenne.domain.rights import Right
from antenne.services import members_reading
from antenne.services.desk import Desk
from antenne.services.figures import counted_once


class Which(Enum):
    """Filters above the list."""

    ALL = "all"
    UP_TO_DATE = "up_to_date"
    EXPIRED = "expired"
    LEFT = "left"
    OTHERS = "others"


_FILTERS: dict[Which, str] = {
    Which.UP_TO_DATE: (
        "SELECT DISTINCT c.person_id FROM member_card c JOIN membership m ON m.person_id = c.person_id"
        " JOIN person p ON p.id = m.person_id WHERE p.died_on IS NULL AND p.erased_on IS NULL"
        " AND m.left_on IS NULL AND c.lost_on IS NULL AND c.replaced_by IS NULL AND c.valid_until >= :today"
    ),
    Which.EXPIRED: (
        "SELECT m.person_id FROM membership m JOIN person p ON p.id = m.person_id WHERE m.left_on IS NULL"
        " AND p.died_on IS NULL AND NOT EXISTS (SELECT 1 FROM member_card c WHERE c.person_id = m.person_id"
        " AND c.lost_on IS NULL AND c.replaced_by IS NULL AND c.valid_until >= :today)"
    ),
    Which.LEFT: (
        "SELECT m.person_id FROM membership m JOIN person p ON p.id = m.person_id"
        " WHERE m.left_on IS NOT NULL OR p.died_on IS NOT NULL"
    ),
    Which.OTHERS: "SELECT id FROM person WHERE id NOT IN (SELECT person_id FROM membership)",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A page of rows, and how many there are in all."""

    rows: tuple[PersonRow, ...]
    total: int


def list_ids(desk: Desk, typed: str, which: Which) -> tuple[int, ...]:
    """Everybody the typed words and the filter keep, in the order of names."""
    if which is Which.ALL:
        return members_reading.search_ids(desk, typed)
    desk.require(Right.READ_PERSONS)
    found = desk.persons.search(typed, len(desk.persons)) if typed.strip() else desk.persons.all_ids()
    with desk.read() as uow:
        kept = {row[0] for row in uow.rows(_FILTERS[which], today=desk.today.isoformat())}
    return tuple(one for one in found if one in kept)


def list_persons(desk: Desk, typed: str, which: Which, offset: int, limit: int) -> Found:
    """One page of the list."""
    found = list_ids(desk, typed, which)
    return Found(members_reading.rows(desk, found[offset : offset + limit]), len(found))


@dataclass(frozen=True, slots=True)
class Figures:
    """What the home page says of members."""

    members: int
    up_to_date: int
    joined_month: int
    joined_year: int
    without_consent: int
    uncertain: int


def count_members(desk: Desk) -> Figures:
    """The figures of the home page.

    Raises:
        Forbidden: The user may not see totals.
    """
    desk.require(Right.AGGREGATES)
    return counted_once(desk, "members", _count)


def _count(desk: Desk) -> Figures:
    today = desk.today
    first = today.replace(day=1)
    with desk.read() as uow:
        return Figures(
            uow.persons.count_members(),
            uow.rows(f"SELECT count(*) FROM ({_FILTERS[Which.UP_TO_DATE]})", today=today.isoformat())[0][0],  # noqa: S608 - a literal of ours
            uow.persons.count_joined(first, today),
            uow.persons.count_joined(dt.date(today.year, 1, 1), today),
            uow.rows(
                "SELECT count(*) FROM membership m WHERE m.left_on IS NULL AND NOT EXISTS (SELECT 1 FROM consent c"
                " WHERE c.person_id = m.person_id AND c.purpose = 'file' AND c.withdrawn_on IS NULL)"
            )[0][0],
            0,
        )


def first_without_consent(desk: Desk) -> int | None:
    """A member whose agreement to be on file is still to be asked, or None."""
    with desk.read() as uow:
        found = uow.rows(
            "SELECT m.person_id FROM membership m WHERE m.left_on IS NULL AND NOT EXISTS (SELECT 1 FROM consent c"
            " WHERE c.person_id = m.person_id AND c.purpose = 'file' AND c.withdrawn_on IS NULL)"
            " ORDER BY m.joined_on DESC LIMIT 1"
        )
    return found[0][0] if found else None
