"""A throw-away Windows machine made of Wine, for building and trying the program on Linux.

Everything lives under one folder (home, prefix, locale), so nothing of the person's own Wine or desktop is touched.
The facts behind each setting were found by trying: Wine 8 needs its stand-ins, a pipe for output, a display for every
call, and a French locale of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

STAND_INS = Path(__file__).resolve().parent / "wine"
# Library -> what it is compiled from.
STAND_IN_SOURCES: dict[str, tuple[str, ...]] = {
    "windows.ui.dll": ("windows.ui.c", "windows.ui.def"),
    "icuuc.dll": ("icuuc.c",),
    "mscms.dll": ("mscms.c",),
    "bcryptprimitives.dll": ("bcryptprimitives.c",),
}
COMPILER = "x86_64-w64-mingw32-gcc"
WINRT_CLASSES = (
    "Windows.UI.ViewManagement.UISettings",
    "Windows.UI.ViewManagement.AccessibilitySettings",
)
SCREEN = "1366x768x24"


class WineFailed(RuntimeError):
    """A program under Wine failed, or did not do what was waited for."""


class WineMachine:
    """One prefix and one virtual screen."""

    def __init__(self, folder: Path, display: str) -> None:
        """Live in ``folder`` and show windows on ``display`` (an X display such as ``:99``)."""
        self.folder = folder
        self.prefix = folder / "prefix"
        self.env = {
            **os.environ,
            "HOME": str(folder / "home"),
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            # wbemprox: CPython 3.12 asks it for the machine's name and crashes; winemenubuilder: no shortcuts.
            "WINEDLLOVERRIDES": "mscoree=;mshtml=;wbemprox=;winemenubuilder.exe=d;mscms=n,b",
            "DISPLAY": display,
            "LOCPATH": str(folder / "locale"),
            "LC_ALL": "fr_FR.UTF-8",
            "PYTHONUTF8": "1",
        }
        self.env.pop("QT_QPA_PLATFORM", None)

    def make(self) -> None:
        """Make the prefix once: locale, `wineboot`, Windows 10, the stand-ins."""
        done = self.folder / "machine-made"
        if done.exists():
            return
        for name in ("home", "locale"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        french = self.folder / "locale" / "fr_FR.UTF-8"
        subprocess.run(["localedef", "-i", "fr_FR", "-f", "UTF-8", str(french)], check=True)
        self.run(["wineboot", "--init"], limit=300)
        self._settle()
        self._registry(r"HKCU\Software\Wine", "Version", "win10")
        self._add_stand_ins()
        done.touch()

    def _registry(self, key: str, name: str, value: str) -> None:
        self.run(["reg", "add", key, "/v", name, "/t", "REG_SZ", "/d", value, "/f"], limit=120)

    def _add_stand_ins(self) -> None:
        """Compile the few libraries that Wine 8 lacks into this prefix, and nowhere else."""
        built = self.folder / "stand-ins"
        built.mkdir(exist_ok=True)
        strings = built / "libwinstr.a"
        tool = COMPILER.replace("gcc", "dlltool")
        subprocess.run([tool, "-d", str(STAND_INS / "winstr.def"), "-l", str(strings)], check=True)
        system = self.prefix / "drive_c" / "windows" / "system32"
        for name, parts in STAND_IN_SOURCES.items():
            target = built / name
            inputs = [str(STAND_INS / part) for part in parts]
            subprocess.run(
                [COMPILER, "-shared", "-O1", "-w", "-o", str(target), *inputs, str(strings), "-ladvapi32"], check=True
            )
            (system / name).unlink(missing_ok=True)
            shutil.copyfile(target, system / name)
        for class_name in WINRT_CLASSES:
            key = rf"HKLM\Software\Microsoft\WindowsRuntime\ActivatableClassId\{class_name}"
            self._registry(key, "DllPath", r"C:\windows\system32\windows.ui.dll")

    def start(self, command: Sequence[str | Path], cwd: Path | None = None, *, echo: bool = True) -> RunningProgram:
        """Start one Windows program; its output is passed on line by line unless ``echo`` is off."""
        words = [str(part) for part in command]
        process = subprocess.Popen(
            ["wine", *words],
            env=self.env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        return RunningProgram(words, process, echo=echo)

    def run(
        self, command: Sequence[str | Path], *, limit: int, cwd: Path | None = None, echo: bool = True
    ) -> list[str]:
        """Run one Windows program to its end, ``limit`` seconds at most, and return its lines.

        Raises:
            WineFailed: it ended with another status than 0, or not at all.
        """
        program = self.start(command, cwd, echo=echo)
        status = program.wait(limit)
        if status != 0:
            raise WineFailed(f"{' '.join(program.words[:4])} ended with {status}")
        return program.lines

    def _settle(self) -> None:
        subprocess.run(["wineserver", "--wait"], env=self.env, check=False, timeout=120)

    def stop(self) -> None:
        """End every program of this prefix (of no other one)."""
        subprocess.run(["wineserver", "--kill"], env=self.env, check=False, timeout=60)


class RunningProgram:
    """A program under Wine. Its output goes through a pipe: written to a file, Wine loses it."""

    def __init__(self, words: list[str], process: subprocess.Popen[bytes], *, echo: bool) -> None:
        """Follow ``process``, started as ``words``."""
        self._echo = echo
        self.words = words
        self.process = process
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for raw in self.process.stdout:
            line = raw.decode("utf-8", errors="replace").rstrip()
            if "wine32" in line or line.startswith("it looks like"):
                continue
            self.lines.append(line)
            if self._echo:
                print("   |", line, flush=True)

    def wait(self, limit: int) -> int:
        """Wait for its end and return its status.

        Raises:
            WineFailed: it still runs after ``limit`` seconds; it is ended.
        """
        try:
            status = self.process.wait(timeout=limit)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise WineFailed(f"{' '.join(self.words[:4])} still ran after {limit} s") from None
        # Wine's own services may keep the pipe open: what is read a moment later is all there is.
        self._reader.join(timeout=3)
        return status


@contextmanager
def virtual_screen() -> Iterator[str]:
    """A screen of the secretary's size with a French keyboard and a window manager; yields its display."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-noreset", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    if not number:
        raise WineFailed("Xvfb did not start")
    display = f":{number}"
    env = dict(os.environ, DISPLAY=display)
    manager = subprocess.Popen(["openbox"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        subprocess.run(["setxkbmap", "-layout", "fr", "-variant", "oss"], env=env, check=True)
        yield display
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(timeout=20)
