"""Whatever goes wrong while a backup is made ends in a sentence, and the earlier backups stay as they were."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from antenne.base.media import BUFFER, SystemMedia, Volume
from antenne.base.problems import Problem
from antenne.base.progress import Silent, Stopped
from antenne.db import cipher, keys
from antenne.db.backup import MARKER
from antenne.db.slots import Unlocked
from antenne.domain.backups import FAT32_MOST, State
from antenne.services import backup, backup_start, opening
from antenne.services.desk import Desk
from antenne.wording.backup import PROBLEMS
from tests.db.media import FaultyMedia, StopAt, roomy

STEPS = ("backup.copy", "backup.check", "backup.write", "backup.reread")


@pytest.fixture
def key(tmp_path: Path, desk: Desk) -> Path:
    """A key with one backup on it."""
    folder = tmp_path / "key"
    folder.mkdir()
    backup.make_backup(desk, folder, SystemMedia(), Silent())
    return folder


def prints(folder: Path) -> dict[str, str]:
    """Every file of a folder and its hash."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@contextlib.contextmanager
def nothing_changes(key: Path, desk: Desk, *, parts_allowed: bool = False) -> Iterator[None]:
    """The key and the data folder hold the same after the block as before it."""
    before, data = prints(key), {path.name for path in desk.folder.iterdir()}
    yield
    after = prints(key)
    for held in (before, after):
        for name in [name for name in held if parts_allowed and name.endswith(".part")]:
            del held[name]
    assert after == before
    assert {path.name for path in desk.folder.iterdir()} == data


def sentence(problem: Problem) -> str:
    return PROBLEMS[problem.code].format(**problem.values)


def calls_of_a_backup(desk: Desk, key: Path) -> list[str]:
    media = FaultyMedia()
    done = backup.make_backup(desk, key, media, Silent())
    done.value.path.unlink()
    return media.calls


@pytest.mark.parametrize("number", [errno.ENODEV, errno.EIO, errno.ENOENT])
def test_the_key_is_pulled_out_at_every_call(desk: Desk, key: Path, number: int) -> None:
    calls = calls_of_a_backup(desk, key)
    last = calls.index("rename")
    assert last > 10
    for place in range(last + 1):
        media = FaultyMedia(place, number)
        with nothing_changes(key, desk, parts_allowed=True):
            if calls[place] in {"open", "read", "size"}:  # an older file or the marker cannot be read: not fatal alone
                with contextlib.suppress(Problem):
                    backup.make_backup(desk, key, media, Silent())
                continue
            with pytest.raises(Problem) as caught:
                backup.make_backup(desk, key, media, Silent())
        assert caught.value.code in {"media.gone", "media.faulty"}, calls[place]
        assert "intactes" in sentence(caught.value)
    _still_works(desk, key)


def test_the_key_is_pulled_out_after_the_rename(desk: Desk, key: Path) -> None:
    """From the rename on the backup is there: what fails later (pruning) takes nothing away."""
    calls = calls_of_a_backup(desk, key)
    for place in range(calls.index("rename") + 1, len(calls)):
        before = prints(key)
        done = backup.make_backup(desk, key, FaultyMedia(place, errno.ENODEV), Silent())
        assert prints(key).items() > before.items()
        assert backup.check_backup(desk, done.value.path, SystemMedia(), Silent()).value.state is State.VERIFIED
        done.value.path.unlink()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "media.full"),
        (errno.EROFS, "media.read_only"),
        (errno.EACCES, "media.read_only"),
        (errno.EIO, "media.faulty"),
        (errno.EFBIG, "media.too_big"),
    ],
)
@pytest.mark.parametrize("call", ["create", "write", "sync"])
def test_every_write_may_be_refused(desk: Desk, key: Path, number: int, code: str, call: str) -> None:
    count = calls_of_a_backup(desk, key).count(call)
    assert count
    for place in range(count):
        with nothing_changes(key, desk), pytest.raises(Problem) as caught:
            backup.make_backup(desk, key, FaultyMedia(place, number, only=call, for_good=False), Silent())
        assert caught.value.code == code
        assert sentence(caught.value)
    _still_works(desk, key)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda volume: roomy(volume, free=10_000), "backup.no_space"),
        (lambda volume: roomy(volume, read_only=True), "media.read_only"),
    ],
)
def test_a_key_that_cannot_take_it_is_told_before_anything_is_written(
    desk: Desk, key: Path, change: Callable[[Volume], Volume], code: str
) -> None:
    media = FaultyMedia(change=change)
    with nothing_changes(key, desk), pytest.raises(Problem) as caught:
        backup.make_backup(desk, key, media, Silent())
    assert caught.value.code == code
    assert "create" not in media.calls
    assert sentence(caught.value)


@pytest.mark.parametrize("filesystem", ["vfat", "FAT32", "msdos"])
def test_fat32_and_its_four_gigabytes(desk: Desk, key: Path, filesystem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert FAT32_MOST == 4_294_967_295
    monkeypatch.setattr("antenne.domain.backups.FAT32_MOST", 100_000)
    media = FaultyMedia(change=lambda volume: roomy(volume, filesystem=filesystem))
    with nothing_changes(key, desk), pytest.raises(Problem) as caught:
        backup.make_backup(desk, key, media, Silent())
    assert caught.value.code == "media.too_big"
    backup.make_backup(desk, key, FaultyMedia(change=lambda volume: roomy(volume, filesystem="exfat")), Silent())


def test_an_antivirus_that_holds_the_file_is_waited_for(desk: Desk, key: Path) -> None:
    class Held(FaultyMedia):
        def rename(self, source: Path, target: Path) -> None:
            if self.calls.count("wait") < 3:
                raise PermissionError(errno.EACCES, "held")
            super().rename(source, target)

    media = Held()
    done = backup.make_backup(desk, key, media, Silent())
    assert media.calls.count("wait") == 3
    assert done.value.path.is_file()


def test_an_antivirus_that_never_lets_go_ends_in_a_sentence(desk: Desk, key: Path) -> None:
    with nothing_changes(key, desk), pytest.raises(Problem) as caught:
        backup.make_backup(desk, key, FaultyMedia(0, errno.EACCES, only="rename"), Silent())
    assert caught.value.code == "media.read_only"


def test_a_key_that_gives_back_something_else(desk: Desk, key: Path) -> None:
    class Liar(FaultyMedia):
        def open_on_medium(self, path: Path):  # type: ignore[no-untyped-def]  # the reader's type is the parent's
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 1
            path.write_bytes(data)
            return super().open_on_medium(path)

    with nothing_changes(key, desk), pytest.raises(Problem) as caught:
        backup.make_backup(desk, key, Liar(), Silent())
    assert caught.value.code == "backup.not_same"


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("share", [0.0, 0.5])
def test_stop_works_at_each_step(desk: Desk, key: Path, step: str, share: float) -> None:
    _grow(desk)
    with nothing_changes(key, desk), pytest.raises(Stopped):
        backup.make_backup(desk, key, SystemMedia(), StopAt(step, share))
    _still_works(desk, key)


def test_a_damaged_base_is_never_written_over_good_backups(desk: Desk, key: Path) -> None:
    """A broken chain is found before the key is touched."""
    with desk.write() as uow:
        uow.audit.add(desk.clock.now(), 1, "person.saved", "person", 1)
        uow.audit.add(desk.clock.now(), 1, "person.saved", "person", 2)
        uow.commit()
    raw = cipher.connect(desk.folder / "base.db", keys.cipher_key(desk.keys.base))
    raw.execute("UPDATE audit SET action = 'other' WHERE id = 2")
    raw.close()
    media = FaultyMedia()
    with nothing_changes(key, desk), pytest.raises(Problem) as caught:
        backup.make_backup(desk, key, media, Silent())
    assert caught.value.code == "backup.base_damaged"
    assert "create" not in media.calls


def test_a_key_file_of_another_office_is_not_put_into_a_backup(desk: Desk, key: Path) -> None:
    path = desk.folder / keys.FILE_NAME
    text = path.read_bytes()
    path.write_bytes(text.replace(b'"generation":1', b'"generation":2'))
    with nothing_changes(key, desk), pytest.raises(Problem) as caught:
        backup.make_backup(desk, key, SystemMedia(), Silent())
    assert caught.value.code == "keys.tampered"


def test_faults_found_while_the_file_is_being_written(desk: Desk, key: Path) -> None:
    """The last checks run beside the writing: what they find takes the unnamed file away again."""
    raw = cipher.connect(desk.folder / "base.db", keys.cipher_key(desk.keys.base))
    raw.execute("CREATE TABLE bad (n CHECK (n > 0))")
    raw.execute("PRAGMA ignore_check_constraints = ON").fetchall()
    raw.execute("INSERT INTO bad VALUES (-1)")
    raw.close()
    media = FaultyMedia()
    with nothing_changes(key, desk), pytest.raises(Problem) as caught:
        backup.make_backup(desk, key, media, Silent())
    assert (caught.value.code, caught.value.values["what"]) == ("backup.base_damaged", "integrity")
    assert "rename" not in media.calls


def test_a_computer_without_room_is_told_first(desk: Desk, key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Room is needed only where the base has to be copied first."""
    usage = type("Usage", (), {"free": 1_000_000})()
    monkeypatch.setattr("antenne.db.copying.shutil.disk_usage", lambda _path: usage)
    with somebody_in_the_way(desk.folder, desk.keys.base):
        with nothing_changes(key, desk), pytest.raises(Problem) as caught:
            backup.make_backup(desk, key, SystemMedia(), Silent())
        assert caught.value.code == "backup.local_full"
        assert sentence(caught.value)
    _still_works(desk, key)


@contextlib.contextmanager
def somebody_in_the_way(folder: Path, base_key: bytes) -> Iterator[None]:
    """An older state is being read: the base cannot be held as it is, and is copied beside itself first."""
    reader, writer = (cipher.connect(folder / "base.db", keys.cipher_key(base_key)) for _ in range(2))
    reader.execute("BEGIN")
    reader.execute("SELECT phone FROM office").fetchone()
    writer.execute("UPDATE office SET phone = '21 42 11 11'")
    try:
        yield
    finally:
        reader.close()
        writer.close()


# --- real limits of the system, in a process of its own ----------------------------------------------------------------

CHILD = """
import resource, signal, sys, time
from pathlib import Path
from antenne.base.clock import SystemClock
from antenne.base.media import SystemMedia
from antenne.base.problems import Problem
from antenne.db.slots import Unlocked
from antenne.services import backup, opening

folder, key, secret, slot, limit, moment = sys.argv[1:]
step_wanted, _, share = moment.partition(" ")

class Announce:
    def report(self, step, done, total):
        if step == step_wanted and done >= float(share or 0) * total:
            print("HERE", flush=True)
            time.sleep(60)
    def check(self):
        pass

class Media(SystemMedia):
    def rename(self, source, target):
        Announce().report("before_rename", 1, 1)
        super().rename(source, target)
        Announce().report("after_rename", 1, 1)

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
unlocked = Unlocked(bytes.fromhex(secret), None, frozenset({"secretaire"}), slot)
desk = opening.open_desk(Path(folder), unlocked, SystemClock())
if int(limit):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
try:
    done = backup.make_backup(desk, Path(key), Media(), Announce())
except Problem as problem:
    print("PROBLEM", problem.code, flush=True)
else:
    print("DONE", done.value.path.name, flush=True)
desk.close()
"""


def child(
    folder: Path, key: Path, unlocked: Unlocked, limit: int = 0, prefix: tuple[str, ...] = (), moment: str = ""
) -> subprocess.Popen[str]:
    arguments = [str(folder), str(key), unlocked.base_key.hex(), unlocked.slot_id, str(limit), moment]
    return subprocess.Popen(
        [*prefix, sys.executable, "-c", CHILD, *arguments], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )


@pytest.fixture
def unlocked(made_office: tuple[Path, dict[str, Unlocked]]) -> Unlocked:
    return made_office[1]["secretaire"]


def test_a_disk_that_refuses_at_every_size(desk: Desk, key: Path, unlocked: Unlocked) -> None:
    """The system itself refuses each write past a limit: of the file on the key, or of the copy where one is needed."""
    _grow(desk)
    base = (desk.folder / "base.db").stat().st_size
    desk.close()
    for copied, code in ((False, "media.too_big"), (True, "backup.local")):
        held = somebody_in_the_way(desk.folder, unlocked.base_key) if copied else contextlib.nullcontext()
        with held:
            for limit in (4096, 40_960, base // 2, base - 4096):
                with nothing_changes(key, desk):
                    process = child(desk.folder, key, unlocked, limit)
                    said, _ = process.communicate(timeout=60)
                assert f"PROBLEM {code}" in said, said
    process = child(desk.folder, key, unlocked)
    assert "DONE" in process.communicate(timeout=60)[0]


def test_a_really_full_key(desk: Desk, key: Path, unlocked: Unlocked, tmp_path: Path) -> None:
    """A small file system where the machine lets us mount one; the same refusal by the size limit where it does not."""
    _grow(desk)
    size = (desk.folder / "base.db").stat().st_size
    desk.close()
    small = tmp_path / "small"
    small.mkdir()
    unshare = ("unshare", "-rm", "sh", "-c", f'mount -t tmpfs -o size={size // 2} tmpfs "{small}" && exec "$0" "$@"')
    process = subprocess.run([*unshare, "true"], capture_output=True, check=False)
    if process.returncode == 0:
        said, _ = child(desk.folder, small, unlocked, prefix=unshare).communicate(timeout=60)
        assert "PROBLEM backup.no_space" in said
    else:
        said, _ = child(desk.folder, key, unlocked, limit=size + 100).communicate(timeout=60)
        assert "PROBLEM media.too_big" in said


@pytest.mark.parametrize(
    "moment",
    [
        "backup.copy",
        "backup.check",
        "backup.counted",
        "backup.write 0.5",
        "backup.write",
        "backup.reread",
        "before_rename",
        "after_rename",
    ],
)
def test_a_process_killed_at_each_step(desk: Desk, key: Path, unlocked: Unlocked, moment: str, clock: object) -> None:
    _grow(desk)
    before = prints(key)
    desk.close()
    process = child(desk.folder, key, unlocked, moment=moment)
    assert process.stdout is not None
    assert process.stdout.readline() == "HERE\n"
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    after = prints(key)
    assert before.items() <= after.items()
    assert any(name.endswith(".antenne") and name not in before for name in after) == (moment == "after_rename")
    backup_start.prepare_folder(desk.folder)
    assert not [path for path in desk.folder.iterdir() if path.name.startswith("copie-")]
    again = opening.open_desk(desk.folder, unlocked, desk.clock)
    try:
        _still_works(again, key)
        assert not [path for path in key.iterdir() if path.name.endswith(".part")]
    finally:
        again.close()


def _grow(desk: Desk) -> None:
    """Several buffers of data, so that there is something to stop and to kill in the middle of."""
    raw = cipher.connect(desk.folder / "base.db", keys.cipher_key(desk.keys.base))
    raw.execute("CREATE TABLE bulk (id INTEGER PRIMARY KEY, body BLOB)")
    raw.execute("BEGIN")
    for _ in range(150):
        raw.execute("INSERT INTO bulk (body) VALUES (randomblob(?))", (BUFFER // 40,))
    raw.execute("COMMIT")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def _still_works(desk: Desk, key: Path) -> None:
    """A backup succeeds, is good, and every file of the key but the mark is a backup."""
    done = backup.make_backup(desk, key, SystemMedia(), Silent())
    assert backup.check_backup(desk, done.value.path, SystemMedia(), Silent()).value.state is State.VERIFIED
    assert all(path.name == MARKER or path.suffix == ".antenne" for path in key.iterdir())
    done.value.path.unlink()
