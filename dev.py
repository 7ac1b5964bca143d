"""The developer's door: `python dev.py demo | test | check | bench | windows`.

Standard library only, so that it runs before anything is installed. It makes `.venv`, installs exactly what the
locks say (every file checked against its hash), and starts one thing.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCKS = ("requirements.lock", "requirements-nodeps.lock")
OLDEST_PYTHON = (3, 11)

# What Qt loads from a Linux system: shared library -> Debian package.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# What Qt loads besides to show a real window and to print.
QT_WINDOW_LIBRARIES = {
    "libcups.so.2": "libcups2",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# What building the Windows program on Linux runs: program or file -> Debian package.
WINE_PARTS = {
    "wine": "wine",
    "/usr/lib/wine/wine64": "wine64",
    "/usr/share/wine/fonts": "fonts-wine",
    "/usr/share/i18n/locales/fr_FR": "locales",
    "localedef": "libc-bin",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "xprop": "x11-utils",
    "setxkbmap": "x11-xkb-utils",
    "openbox": "openbox",
}


class Refused(Exception):
    """What the machine lacks, said in French."""


def run(*command: str | Path, env: Mapping[str, str] | None = None) -> None:
    """Run one command from the root; its failure ends this program with its own status."""
    print("$", " ".join(str(part) for part in command), flush=True)
    status = subprocess.run([str(part) for part in command], cwd=ROOT, env=env, check=False).returncode
    if status:
        sys.exit(status)


def has_display() -> bool:
    """Whether a window can be shown."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def environment() -> dict[str, str]:
    """The environment of everything started here: UTF-8, and Qt without a screen where there is none."""
    env = dict(os.environ, PYTHONUTF8="1")
    if not has_display():
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
    return env


# --- what the system must have -------------------------------------------------------------------------------------


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _stands(part: str) -> bool:
    return Path(part).exists() if part.startswith("/") else shutil.which(part) is not None


def need_packages(packages: Sequence[str]) -> None:
    """Install Debian packages when that is possible here; otherwise name them.

    Raises:
        Refused: packages are missing, and only the person can install them.
    """
    if not packages:
        return
    names = " ".join(sorted(set(packages)))
    if shutil.which("apt-get") is None:
        raise Refused(f"Il manque des bibliothèques du système. Sous Debian, elles s’appellent : {names}")
    if os.geteuid() != 0:
        command = f"sudo apt-get install {names}"
        raise Refused(f"Il manque des paquets du système. Installez-les, puis recommencez :\n  {command}")
    env = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    run("apt-get", "update", "-qq", env=env)
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *names.split(), env=env)


def need_qt() -> None:
    """See that the libraries Qt links to are there (Linux only)."""
    if not sys.platform.startswith("linux"):
        return
    wanted = dict(QT_LIBRARIES)
    if has_display():
        wanted |= QT_WINDOW_LIBRARIES
    need_packages([package for library, package in wanted.items() if not _loads(library)])


# --- the environment -----------------------------------------------------------------------------------------------


def venv_python() -> Path:
    """The interpreter inside `.venv`."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def locks_stamp() -> str:
    """What the environment was made from: the interpreter's version and the text of both locks."""
    digest = hashlib.sha256(repr(sys.version_info[:3]).encode())
    for name in LOCKS:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def make_environment() -> None:
    """Make `.venv` and install the locks, unless that was done already for these very locks.

    Raises:
        Refused: this Python is too old, or cannot make an environment.
    """
    if sys.version_info[:2] < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:3])
        raise Refused(f"Il faut Python 3.11 ou plus récent ; celui-ci est {found} ({sys.executable}).")
    stamp = VENV / "antenne-locks.sha256"
    wanted = locks_stamp()
    if venv_python().exists() and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    if not venv_python().exists():
        if importlib.util.find_spec("ensurepip") is None:
            need_packages(["python3-venv"])
        run(sys.executable, "-m", "venv", "--clear", VENV)
    stamp.unlink(missing_ok=True)
    pip = (venv_python(), "-m", "pip", "--disable-pip-version-check", "--no-input")
    for name in LOCKS:
        run(*pip, "install", "-q", "--require-hashes", "--no-deps", "-r", ROOT / name)
    stamp.write_text(wanted, encoding="ascii")


# --- the commands --------------------------------------------------------------------------------------------------


def demo(extra: Sequence[str]) -> None:
    """Open the demonstration office; without a screen, build it and draw its screens into `captures/`."""
    need_qt()
    python = venv_python()
    if has_display():
        run(python, "-m", "antenne", "demo", *extra, env=environment())
        return
    print("Aucun écran ici : l’antenne de démonstration est construite, ses écrans sont dessinés dans « captures ».")
    run(python, "-m", "antenne", "demo", "--sans-fenetre", *extra, env=environment())
    run(python, "-m", "antenne", "captures", "captures", env=environment())


def test(extra: Sequence[str]) -> None:
    """Run the tests; what follows goes to pytest."""
    need_qt()
    run(venv_python(), "-m", "pytest", *extra, env=environment())


def check(extra: Sequence[str]) -> None:
    """Style, format, types, layers."""
    tools = venv_python().parent
    run(tools / "ruff", "check", *extra)
    run(tools / "ruff", "format", "--check")
    run(tools / "mypy")
    run(tools / "lint-imports", env=environment())


def bench(extra: Sequence[str]) -> None:
    """Run the measurements one after the other; each prints its own ratios."""
    need_qt()
    for script in sorted((ROOT / "benchmarks").glob("*.py")):
        if '__name__ == "__main__"' not in script.read_text(encoding="utf-8"):
            continue  # what they share
        run(venv_python(), "-m", f"benchmarks.{script.stem}", *extra, env=environment())


def windows(extra: Sequence[str]) -> None:
    """Build the Windows program: on Windows itself, or on Linux under Wine."""
    if sys.platform.startswith("linux"):
        need_packages([package for part, package in WINE_PARTS.items() if not _stands(part)])
    run(venv_python(), ROOT / "installer" / "build_windows.py", *extra, env=environment())


COMMANDS = {"demo": demo, "test": test, "check": check, "bench": bench, "windows": windows}


def main() -> None:
    """Read the command, make the environment, go."""
    parser = argparse.ArgumentParser(prog="dev.py", description="Les commandes des développeurs d’Antenne.")
    parser.add_argument("commande", choices=COMMANDS)
    known, extra = parser.parse_known_args()
    os.chdir(ROOT)
    try:
        make_environment()
        COMMANDS[known.commande](extra)
    except Refused as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
