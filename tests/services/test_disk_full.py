"""A disk that fills up while she registers women: a sentence, nothing half-written, and all goes on once there is room."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from antenne.base.problems import Problem
from antenne.base.progress import Silent
from antenne.domain.persons import Person
from antenne.services import checks, members, members_reading
from antenne.services.desk import Desk
from antenne.services.members import Register
from antenne.wording import problems
from tests.services.members_help import ANSWERS

ROOMS = (0, 1, 2, 3, 5, 8, 13)
"""Pages that are left, so that the disk is full at another write of the same save each time."""


def named(desk: Desk, number: int, request_id: str) -> Person:
    """A woman whose file takes pages of its own."""
    answers = ANSWERS | {
        "last_name": f"Zou{'bcdfgh'[number % 6]}é",
        "first_name": "Awa" + "aeiou"[number // 6 % 5] * (1 + number // 30),
        "phones": (),
        "nicknames": ", ".join(f"Nom {'abcdefghij'[place]}" * 2 for place in range(8)),
    }
    return members.register_person(desk, Register(request_id=request_id, form="registration", answers=answers)).value


@contextmanager
def room(desk: Desk, pages: int) -> Iterator[None]:
    """So many pages more, and the disk is full: SQLite's own limit, on the connection that writes."""
    with desk.write() as uow:
        [(now,)] = uow.rows("PRAGMA page_count")
        [(whole,)] = uow.rows("PRAGMA max_page_count")
        assert uow.rows(f"PRAGMA max_page_count = {now + pages}") == [(now + pages,)]
    try:
        yield
    finally:
        with desk.write() as uow:
            uow.rows(f"PRAGMA max_page_count = {whole}")


def on_file(desk: Desk) -> tuple[int, ...]:
    with desk.read() as uow:
        return tuple(sorted(uow.persons.all_ids()))


@pytest.mark.parametrize("pages", ROOMS)
def test_a_full_disk_is_said_and_nothing_is_half_written(desk: Desk, pages: int) -> None:
    saved: list[int] = []
    refused: Problem | None = None
    with room(desk, pages):
        for number in itertools.count():
            assert number < 400, "the disk never filled up"
            try:
                saved.append(named(desk, number, f"full {number}").id)
            except Problem as problem:
                refused = problem
                break
        assert refused is not None
        assert refused.code == "db.full"
        assert "plein" in problems.sentence(refused)
        assert on_file(desk) == tuple(saved)
        assert sorted(members_reading.search_ids(desk, "zou")) == saved
    again = named(desk, len(saved), f"full {len(saved)}")
    assert on_file(desk) == (*saved, again.id)
    assert [
        one for one in checks.check_base(desk, (checks.audit_chain, checks.foreign_keys), Silent()) if not one.ok
    ] == []
