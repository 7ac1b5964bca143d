"""Every base that a release has written opens with this program and checks well."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from antenne.base.clock import SystemClock
from antenne.base.progress import Silent
from antenne.domain import seeds
from antenne.services import access, checks, opening
from antenne.services.backup import back_up_before_migration

RELEASES = sorted(path for path in (Path(__file__).parent.parent / "fixtures" / "db").iterdir() if path.is_dir())


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_a_base_of_an_earlier_release_opens_and_holds_its_women(release: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(release, folder)
    unlocked = access.unlock(folder, "calebasse tabouret fourmi rideau", "Héron")
    desk = opening.open_desk(folder, unlocked, SystemClock(), back_up_before_migration(folder, unlocked))
    try:
        with desk.read() as uow:
            people = uow.persons.many(uow.persons.all_ids())
        assert [person.number for person in sorted(people, key=lambda one: one.number)] == [
            f"P-{number:05d}" for number in range(1, 6)
        ]
        assert [one.name for one in checks.check_base(desk, checks.GENERAL, Silent()) if not one.ok] == []
        assert set(desk.settings.lists) == {entry.list_name for entry in seeds.starting_lists()}
    finally:
        desk.close()


def test_there_is_a_base_for_each_release() -> None:
    assert [path.name for path in RELEASES] == ["0.1.0"]
