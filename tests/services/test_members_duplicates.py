"""Who a typed woman may already be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from antenne.domain import members as rules
from antenne.domain.births import UNKNOWN
from antenne.domain.persons import Person
from antenne.domain.violations import Violation
from antenne.services import members_reading
from antenne.services.desk import Desk
from tests.services.members_help import (
    ANSWERS,
    register,
)


def suggested(desk: Desk, own_id: int = 0, /, **answers: Any) -> list[tuple[int, tuple[str, ...]]]:
    return [(one.person.id, one.reasons) for one in members_reading.suggest_duplicates(desk, answers, own_id)]


def test_a_namesake_is_suggested_while_she_types(desk: Desk) -> None:
    coulibaly = register(desk, last_name="Coulibaly", first_name="Fatoumata", birth=UNKNOWN, joined_on=None)
    assert suggested(desk, last_name="Koulibaly") == []
    assert suggested(desk, last_name="Koulibaly", first_name="Fanta") == []
    typed: dict[str, Any] = {"last_name": "KOULIBALY", "first_name": "Fanta", "mother_name": "hawa touré"}
    assert suggested(desk, **typed) == [(coulibaly.id, ("last_name", "first_name", "mother"))]
    assert suggested(desk, coulibaly.id, **typed) == []
    unread = dict(typed) | {"birth": Violation("birth.unclear", "birth"), "phones": None}
    assert suggested(desk, **unread) == [(coulibaly.id, ("last_name", "first_name", "mother"))]
    phones = ({"number": "+22376123456", "owner": "partage"},)
    assert suggested(desk, last_name="Maïga", first_name="Oumou", phones=phones) == []
    assert suggested(desk, last_name="Maïga", first_name="Fanta", phones=phones) == [
        (coulibaly.id, ("first_name", "phone"))
    ]


def test_at_most_three_are_suggested_the_likeliest_first(desk: Desk) -> None:
    for _ in range(4):
        register(desk)
    likeliest = register(desk, quarter="Fatoma")
    found = suggested(desk, **{key: ANSWERS[key] for key in ("last_name", "first_name", "birth")}, quarter="fatoma")
    assert len(found) == 3
    assert found[0][0] == likeliest.id


def test_she_is_suggested_among_a_hundred_namesakes(desk: Desk) -> None:
    """The one that is alike stands last in the order of names."""
    with desk.write() as uow:
        for number in range(1, 101):
            person = Person(number=f"P-{number:05d}", last_name="Traoré", first_name="Fatoumata", quarter=f"Q{number}")
            saved = uow.persons.save(person, desk.clock.now(), 1)
            desk.persons.put(rules.indexed(saved))
        uow.commit()
    assert suggested(desk, last_name="Traore", first_name="Fanta") == []
    found = members_reading.suggest_duplicates(desk, {"last_name": "Traore", "first_name": "Fanta", "quarter": "q100"})
    assert replace(found[0].person, updated_by=saved.updated_by) == saved
    assert [(one.person.number, one.reasons) for one in found] == [("P-00100", ("last_name", "first_name", "quarter"))]
