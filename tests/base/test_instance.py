"""A data folder that cannot be worked in is refused in plain words before anything is opened."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from antenne.base.instance import PAGE_BYTES, SystemMachine, check_place, check_whole
from antenne.base.problems import Problem
from antenne.wording.login import sentence


class FakeMachine:
    """Says of every folder what the test wants."""

    def __init__(self, *, removable: bool = False, remote: bool = False, error: int = 0) -> None:
        self._removable = removable
        self._remote = remote
        self._error = error
        self.asked: list[Path] = []

    def removable(self, folder: Path) -> bool:
        self.asked.append(folder)
        return self._removable

    def remote(self, folder: Path) -> bool:
        return self._remote

    def try_writing(self, folder: Path) -> None:
        if self._error:
            raise OSError(self._error, os.strerror(self._error))


def test_an_ordinary_folder_is_fine_and_nothing_stays_in_it(tmp_path: Path) -> None:
    check_place(tmp_path, SystemMachine())
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_yet_is_judged_by_the_one_above(tmp_path: Path) -> None:
    machine = FakeMachine()
    check_place(tmp_path / "a" / "b", machine)
    assert machine.asked == [tmp_path]
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    ("machine", "code", "word"),
    [
        (FakeMachine(removable=True), "office.removable", "clé"),
        (FakeMachine(remote=True), "office.network", "réseau"),
        (FakeMachine(error=errno.EROFS), "db.read_only", "lecture seule"),
        (FakeMachine(error=errno.EACCES), "db.read_only", "lecture seule"),
        (FakeMachine(error=errno.ENOSPC), "db.full", "plein"),
    ],
)
def test_a_bad_place_is_refused_in_words(tmp_path: Path, machine: FakeMachine, code: str, word: str) -> None:
    with pytest.raises(Problem) as caught:
        check_place(tmp_path, machine)
    assert caught.value.code == code
    assert word in sentence(caught.value)


def test_a_folder_that_nobody_may_write_in_is_read_only(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)
    locked.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        with pytest.raises(Problem) as caught:
            check_place(locked, SystemMachine())
    finally:
        if root:
            os.seteuid(0)
        locked.chmod(0o755)
    assert caught.value.code == "db.read_only"


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    with pytest.raises(Problem) as caught:
        check_place(tmp_path / "data", SystemMachine())
    assert caught.value.code == "office.not_folder"
    assert "data" in sentence(caught.value)


def test_an_empty_folder_is_whole(tmp_path: Path) -> None:
    check_whole(tmp_path / "base.db", tmp_path / "antenne.cles")


def test_either_file_alone_is_half_a_copy(tmp_path: Path) -> None:
    base, keys, pending = tmp_path / "base.db", tmp_path / "antenne.cles", tmp_path / "base.rekey"
    base.write_bytes(bytes(PAGE_BYTES))
    with pytest.raises(Problem) as caught:
        check_whole(base, keys, pending)
    assert caught.value.values == {"missing": "antenne.cles"}
    base.unlink()
    keys.write_text("{}")
    with pytest.raises(Problem) as caught:
        check_whole(base, keys, pending)
    assert caught.value.values == {"missing": "base.db"}
    assert "à moitié copié" in sentence(caught.value)


def test_an_unfinished_change_of_keys_stands_for_the_base(tmp_path: Path) -> None:
    (tmp_path / "antenne.cles").write_text("{}")
    (tmp_path / "base.rekey").write_bytes(bytes(PAGE_BYTES))
    check_whole(tmp_path / "base.db", tmp_path / "antenne.cles", tmp_path / "base.rekey")


@pytest.mark.parametrize("size", [0, 100, PAGE_BYTES + 1])
def test_a_base_whose_end_is_missing_is_half_a_copy(tmp_path: Path, size: int) -> None:
    (tmp_path / "antenne.cles").write_text("{}")
    (tmp_path / "base.db").write_bytes(bytes(size))
    with pytest.raises(Problem) as caught:
        check_whole(tmp_path / "base.db", tmp_path / "antenne.cles")
    assert caught.value.values == {"missing": "la fin de base.db"}
