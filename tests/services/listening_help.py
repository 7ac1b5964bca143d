"""Talks for the tests of the compartment."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from typing import Any

from antenne.domain.births import Birth, Precision
from antenne.domain.listening import ListeningSession
from antenne.domain.members import indexed
from antenne.domain.persons import Person
from antenne.domain.users import User
from antenne.services import listening
from antenne.services.compartment import Kept
from antenne.services.desk import Desk
from antenne.services.listening import SaveSession

_REQUESTS = itertools.count()
ADULT = Birth(Precision.YEAR, dt.date(1994, 1, 1))
GIRL = Birth(Precision.YEAR, dt.date(2011, 1, 1))


def request() -> str:
    """A click of its own."""
    return f"click-{next(_REQUESTS)}"


def person(desk: Desk, name: str = "Awa", birth: Birth = ADULT) -> int:
    """A woman with a file."""
    with desk.write() as uow:
        number = f"P-{uow.counters.next('person'):05d}"
        made = uow.persons.save(
            Person(number=number, last_name="Koné", first_name=name, birth=birth), desk.clock.now(), 1
        )
        uow.commit()
    desk.persons.put(indexed(made))
    return made.id


def answers(**changes: object) -> dict[str, object]:
    """Enough for an anonymous talk."""
    kept: dict[str, object] = {
        "at": dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC),
        "mode": "office",
        "anonymous": True,
        "minor": False,
        "first": "first",
        "motives": ("violence", "papers"),
        "said": "Elle est venue à la suite d’une dispute.",
        "consent_listen": True,
        "consent_record": True,
    }
    return kept | changes


def save(desk: Desk, before: Kept[ListeningSession] | None = None, **changes: object) -> Kept[ListeningSession]:
    """A talk, saved."""
    command = SaveSession(request_id=request(), answers=answers(**changes), before=before)
    return listening.save_session(desk, command).value


def named(person_id: int, **changes: object) -> Mapping[str, Any]:
    """The changes of a talk with a woman who has a file."""
    return {"anonymous": False, "person_id": person_id, **changes}


def link_user(desk: Desk, person_id: int) -> None:
    """The user at this desk is that woman herself."""
    with desk.write() as uow:
        mine = next(user for user in uow.users.all() if user.id == desk.actor.user_id)
        uow.users.save(User(mine.id, mine.slot_id, mine.name, mine.roles, person_id, mine.created_on, mine.left_on))
        uow.commit()
