"""The lock with real processes: the old one is gone within a second, the fresh one holds the folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from antenne.base.problems import Problem
from antenne.ui.shell import session_watch, takeover
from antenne.ui.shell.takeover import LOCK_FILE, OfficeLock, Takeover
from antenne.wording.login import sentence

ROOT = Path(__file__).resolve().parents[2]

PROGRAM = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from antenne.ui.shell import takeover
from antenne.ui.shell.login import LoginWindow
import datetime as dt

folder, notes = Path(sys.argv[1]), Path(sys.argv[2])
application = QApplication([])
mode = takeover.taking_over()
lock = takeover.OfficeLock(folder)
lock.acquire(takeover.WAIT_SECONDS if mode else 0)
neutral = dt.date(2026, 11, 23) if mode is takeover.Takeover.HIDDEN else None
window = LoginWindow(folder, lambda *_: None, lambda _: None, neutral_on=neutral, modules=())
window.show()
import os
(notes / str(os.getpid())).write_text(f"{mode.value if mode else 'debut'} {window._cover is not None}")
if mode is None:
    closed = []
    def go():
        def leave(status):
            (notes / "left").write_text(f"{len(closed)} {lock.held()}")
            os._exit(status)
        takeover.start(folder, hidden=sys.argv[3] == "1", lock=lock, idle=lambda: True,
                       close=lambda: closed.append(1), program=[sys.executable, *sys.argv], leave=leave)
    QTimer.singleShot(200, go)
application.exec()
"""


def alive(pid: int) -> bool:
    """Whether a process runs: a zombie of ours does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_for(what: object, seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while not what():  # type: ignore[operator]  # a callable
        assert time.monotonic() < limit, "nothing happened"
        time.sleep(0.02)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "program.py"
    path.write_text(PROGRAM, encoding="utf-8")
    return path


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[Path]:
    """Where each process says that it lives; those still there at the end are ended, by their own number."""
    folder = tmp_path / "notes"
    folder.mkdir()
    yield folder
    for note in folder.iterdir():
        if note.name.isdigit() and alive(int(note.name)):
            os.kill(int(note.name), signal.SIGKILL)


@pytest.mark.parametrize(("hidden", "mode", "covered"), [("1", "masque", "True"), ("0", "verrou", "False")])
def test_a_fresh_process_takes_over_and_the_old_one_is_gone(
    office_folder: Path, program: Path, notes: Path, hidden: str, mode: str, covered: str
) -> None:
    old = subprocess.Popen(
        [sys.executable, str(program), str(office_folder), str(notes), hidden],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
    )
    assert old.wait(30) == 0
    wait_for(lambda: len([note for note in notes.iterdir() if note.name.isdigit()]) == 2)
    closed, held = (notes / "left").read_text().split()
    assert (closed, held) == ("1", "False")
    fresh = next(int(note.name) for note in notes.iterdir() if note.name.isdigit() and int(note.name) != old.pid)
    wait_for(lambda: (notes / str(fresh)).read_text() == f"{mode} {covered}")
    assert alive(fresh)
    lock = OfficeLock(office_folder)
    assert lock.holder() == fresh
    with pytest.raises(Problem) as caught:
        lock.acquire()
    assert "déjà ouverte" in sentence(caught.value)

    os.kill(fresh, signal.SIGKILL)
    wait_for(lambda: not alive(fresh))
    lock.acquire(15)  # the killed process counts until its end was taken note of
    assert lock.holder() == os.getpid()
    lock.release()


def test_a_folder_is_held_once_and_given_back(tmp_path: Path, qapp: QApplication) -> None:
    folder = tmp_path / "data"
    first, second = OfficeLock(folder), OfficeLock(folder)
    first.acquire()
    with pytest.raises(Problem, match=r"office\.in_use"):
        second.acquire()
    first.release()
    assert not folder.exists()
    folder.mkdir()
    second.acquire()
    second.release()
    assert not list(folder.iterdir())


def test_a_folder_that_takes_no_lock_is_left_to_its_own_check(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    lock = OfficeLock(tmp_path / "data")
    lock.acquire()
    assert not lock.held()


def test_the_stale_lock_of_a_killed_process_is_taken_over(tmp_path: Path) -> None:
    hold = (
        "import sys, time; from pathlib import Path; from antenne.ui.shell.takeover import OfficeLock\n"
        "lock = OfficeLock(Path(sys.argv[1])); lock.acquire(); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(tmp_path)], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        lock = OfficeLock(tmp_path)
        with pytest.raises(Problem):
            lock.acquire()
        other.kill()
    assert (tmp_path / LOCK_FILE).exists()
    lock.acquire()
    assert lock.held()
    lock.release()


def test_when_nothing_can_be_started_this_process_ends_all_the_same(tmp_path: Path, qapp: QApplication) -> None:
    lock = OfficeLock(tmp_path)
    lock.acquire()
    left: list[int] = []
    takeover.start(
        tmp_path,
        hidden=True,
        lock=lock,
        idle=lambda: False,
        close=lambda: None,
        program=[str(tmp_path / "absent")],
        leave=left.append,
    )
    assert left == [0]
    assert not lock.held()


def test_it_ends_even_when_closing_fails(tmp_path: Path, qapp: QApplication) -> None:
    left: list[int] = []

    def close() -> None:
        raise OSError("disk gone")

    with pytest.raises(OSError, match="disk gone"):
        takeover.start(
            tmp_path,
            hidden=False,
            lock=OfficeLock(tmp_path),
            idle=lambda: True,
            close=close,
            program=[str(tmp_path / "absent")],
            leave=left.append,
        )
    assert left == [0]


def test_how_it_begins_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(takeover.VARIABLE, "masque")
    assert takeover.taking_over() is Takeover.HIDDEN
    assert takeover.taking_over() is None
    monkeypatch.setenv(takeover.VARIABLE, "autre chose")
    assert takeover.taking_over() is None


def test_what_is_started_names_the_folder_and_nothing_else(tmp_path: Path) -> None:
    assert takeover.command(tmp_path)[-4:] == ("-m", "antenne", "--dossier", str(tmp_path))


@pytest.mark.parametrize(
    ("message", "parameter", "leaving"),
    [(0x02B1, 0x7, True), (0x02B1, 0x8, False), (0x0218, 0x4, True), (0x0218, 0x12, False), (0x0111, 0x7, False)],
)
def test_which_messages_mean_that_nobody_sits_there(message: int, parameter: int, leaving: bool) -> None:
    assert session_watch.means_leaving(message, parameter) is leaving


def test_watching_the_session_elsewhere_does_nothing(qapp: QCoreApplication) -> None:
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    watch = session_watch.SessionWatch(window)
    watch.end()
    window.deleteLater()
