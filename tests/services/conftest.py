"""Desks of every role."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from antenne.base.clock import FixedClock
from antenne.db.slots import Unlocked
from antenne.services import opening
from antenne.services.desk import Desk


@pytest.fixture
def desk_of(
    made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, clock: FixedClock
) -> Iterator[Callable[[str], Desk]]:
    """The desk of any role in the same office."""
    opened: list[Desk] = []

    def make(role: str) -> Desk:
        opened.append(opening.open_desk(office_folder, made_office[1][role], clock))
        return opened[-1]

    yield make
    for one in opened:
        one.close()
