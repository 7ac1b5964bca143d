"""The state that a backup holds: nothing written meanwhile shows in it, and no lock of SQLite is lost over it."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from antenne.base.problems import Problem
from antenne.base.progress import Silent, Stopped
from antenne.db import checking, cipher, copying, keys
from antenne.db.slots import Unlocked
from tests.db.media import StopAt

ROWS = 40

OTHER_PROCESS = """
import sys
from pathlib import Path
from antenne.db import cipher

raw = cipher.connect(Path(sys.argv[1]), sys.argv[2])
raw.execute("PRAGMA busy_timeout = 0").fetchone()
raw.execute("INSERT INTO bulk (body) VALUES ('another process')")
print(raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] if sys.argv[3:] else "")
raw.close()
"""

TAKE_THE_LOCK = """
import fcntl, sys
with open(sys.argv[1], "r+b") as stream:
    try:
        fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, (1 << 30) + 2)
    except OSError:
        print("refused")
    else:
        print("taken")
"""
"""The bytes that each connection to a base in WAL mode keeps locked."""


@pytest.fixture
def raw_key(made_office: tuple[Path, dict[str, Unlocked]]) -> str:
    return keys.cipher_key(made_office[1]["secretaire"].base_key)


@pytest.fixture
def base(office_folder: Path, raw_key: str) -> Path:
    """A base of several pieces."""
    path = office_folder / "base.db"
    raw = cipher.connect(path, raw_key)
    raw.execute("CREATE TABLE bulk (id INTEGER PRIMARY KEY, body)")
    for _ in range(ROWS):
        raw.execute("INSERT INTO bulk (body) VALUES (randomblob(100000))")
    raw.close()
    return path


@pytest.fixture
def writer(base: Path, raw_key: str) -> Iterator[cipher.Connection]:
    """Somebody else at work in the same program, who does not wait."""
    raw = cipher.connect(base, raw_key)
    raw.execute("PRAGMA busy_timeout = 0").fetchone()
    raw.execute("UPDATE office SET phone = 'before'")
    yield raw
    raw.close()


@contextlib.contextmanager
def in_the_way(writer: cipher.Connection, base: Path, raw_key: str) -> Iterator[cipher.Connection]:
    """Somebody reads an older state, so that the journal cannot be emptied."""
    reader = cipher.connect(base, raw_key)
    reader.execute("BEGIN")
    reader.execute("SELECT phone FROM office").fetchone()
    writer.execute("UPDATE office SET phone = 'newer'")
    try:
        yield reader
    finally:
        reader.close()


def rows(raw: cipher.Connection) -> list[tuple[object, ...]]:
    """All that the tests change, by value."""
    found: list[tuple[object, ...]] = raw.execute("SELECT id, body FROM bulk ORDER BY id").fetchall()
    return [*found, *raw.execute("SELECT phone FROM office")]


def rows_of_copy(path: Path, raw_key: str) -> list[tuple[object, ...]]:
    """Of a copy that every check has found good."""
    checking.check_copy(path, raw_key, Silent())
    raw = cipher.connect(path, raw_key, read_only=True)
    try:
        return rows(raw)
    finally:
        raw.close()


def work(writer: cipher.Connection) -> tuple[int, ...]:
    """Rewrite old pages, add new ones, and try to bring them into the base by force."""
    writer.execute("UPDATE bulk SET body = randomblob(100000) WHERE id % 3 = 0")
    writer.execute("INSERT INTO bulk (body) VALUES (randomblob(100000))")
    writer.execute("UPDATE office SET phone = 'after'")
    told: tuple[int, ...] = writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return told


def test_what_is_written_meanwhile_is_not_in_the_copy(
    base: Path, raw_key: str, writer: cipher.Connection, tmp_path: Path
) -> None:
    copy, before = tmp_path / "copy.db", rows(writer)
    with copying.snapshot(base.parent, base, raw_key, Silent()) as state:
        assert state.path == base
        told = copying.prints(state, Silent())
        taken = []
        for piece in state.pieces():
            taken.append(piece)
            busy, written, moved = work(writer)
            assert busy == 1
            assert written > moved == 0
        assert len(taken) > 3
        copy.write_bytes(b"".join(taken))
        checking.check_rows(state, Silent())
        checking.check_structure(state, Silent())
        checking.check_seals(state)
        assert rows(state.raw) == before
        assert copying.prints(state, Silent()) == told
    assert rows_of_copy(copy, raw_key) == before
    after = rows(writer)
    assert after[-1] == ("after",)
    assert len(after) == len(before) + len(taken)
    assert writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    assert rows(writer) == after
    assert writer.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("checkpoint", [(), ("checkpoint",)])
def test_another_program_changes_nothing_either(
    base: Path, raw_key: str, writer: cipher.Connection, tmp_path: Path, checkpoint: tuple[str, ...]
) -> None:
    copy, before = tmp_path / "copy.db", rows(writer)
    with copying.snapshot(base.parent, base, raw_key, Silent()) as state:
        parts = state.pieces()
        taken = [next(parts)]
        work(writer)
        assert another_program(base, raw_key, *checkpoint) == ("1" if checkpoint else "")
        taken += parts
        copy.write_bytes(b"".join(taken))
    assert rows_of_copy(copy, raw_key) == before
    assert ("another process",) in writer.execute("SELECT body FROM bulk").fetchall()
    assert writer.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_reading_the_file_keeps_the_locks_of_this_process(base: Path, raw_key: str, writer: cipher.Connection) -> None:
    """A descriptor of the base that is closed anywhere in a process would take SQLite's lock with it."""
    with copying.snapshot(base.parent, base, raw_key, Silent()) as state:
        copying.prints(state, Silent())
    writer.execute("UPDATE office SET phone = 'in the journal'")
    arguments = [sys.executable, "-c", TAKE_THE_LOCK, str(base)]
    assert subprocess.run(arguments, capture_output=True, text=True, check=True).stdout.strip() == "refused"
    another_program(base, raw_key)
    assert base.with_name("base.db-wal").stat().st_size > 0


def another_program(base: Path, raw_key: str, *more: str) -> str:
    """What a program beside this one says that opens the base, writes and closes it."""
    arguments = [sys.executable, "-c", OTHER_PROCESS, str(base), raw_key, *more]
    return subprocess.run(arguments, capture_output=True, text=True, check=True, cwd=Path.cwd()).stdout.strip()


def test_when_somebody_is_in_the_way_the_base_is_copied(
    base: Path, raw_key: str, writer: cipher.Connection, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    names = {path.name for path in base.parent.iterdir()}
    with in_the_way(writer, base, raw_key):
        before = rows(writer)
        with copying.snapshot(base.parent, base, raw_key, Silent()) as state:
            assert state.path != base
            work(writer)
            copy.write_bytes(b"".join(state.pieces()))
        assert rows_of_copy(copy, raw_key) == before
    assert {path.name for path in base.parent.iterdir()} <= {*names, "base.db-wal", "base.db-shm"}


def test_somebody_who_leaves_in_time_is_waited_for(base: Path, raw_key: str, writer: cipher.Connection) -> None:
    class LeavesAtTheSecondTry(Silent):
        tries = 0

        def check(self) -> None:
            self.tries += 1
            if self.tries == 2:
                reader.execute("ROLLBACK")

    progress = LeavesAtTheSecondTry()
    with (
        in_the_way(writer, base, raw_key) as reader,
        copying.snapshot(base.parent, base, raw_key, progress) as state,
    ):
        assert state.path == base
        assert rows(state.raw) == rows(writer)


def test_a_base_that_reaches_sqlites_lock_page_is_copied(
    base: Path, raw_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_LOCK_PAGE", 1 << 20)
    with copying.snapshot(base.parent, base, raw_key, Silent()) as state:
        assert state.path != base
        assert sum(map(len, state.pieces())) == state.size


def test_a_stop_during_the_copy_leaves_nothing(base: Path, raw_key: str, writer: cipher.Connection) -> None:
    with in_the_way(writer, base, raw_key):
        names = {path.name for path in base.parent.iterdir()}
        with pytest.raises(Stopped), copying.snapshot(base.parent, base, raw_key, StopAt("backup.copy")):
            pass
        assert {path.name for path in base.parent.iterdir()} == names


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (("CREATE TABLE bad (n CHECK (n > 0))", "PRAGMA ignore_check_constraints = ON", "INSERT INTO bad VALUES (-1)"), "integrity"),
        (("CREATE TABLE bad (n REFERENCES bulk (id))", "PRAGMA foreign_keys = OFF", "INSERT INTO bad VALUES (9999)"), "foreign_keys"),
    ],
)  # fmt: skip
def test_every_check_finds_its_fault(base: Path, raw_key: str, statements: tuple[str, ...], found: str) -> None:
    raw = cipher.connect(base, raw_key)
    for statement in statements:
        raw.execute(statement).fetchall()
    raw.close()
    with pytest.raises(Problem) as caught:
        checking.check_copy(base, raw_key, Silent())
    assert (caught.value.code, caught.value.values["what"]) == ("backup.base_damaged", found)


def test_a_page_that_nothing_uses_is_checked_too(base: Path, raw_key: str) -> None:
    raw = cipher.connect(base, raw_key)
    raw.execute("DROP TABLE bulk")
    raw.close()
    with base.open("r+b") as stream:
        stream.seek(-2000, 2)
        was = stream.read(1)
        stream.seek(-2000, 2)
        stream.write(bytes([was[0] ^ 1]))
    with pytest.raises(Problem) as caught:
        checking.check_copy(base, raw_key, Silent())
    assert (caught.value.code, caught.value.values["what"]) == ("backup.base_damaged", "cipher")
