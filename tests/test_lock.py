"""The lock holds for both machines, and the README's commands exist."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-nodeps.lock")


def blocks(name: str) -> list[str]:
    """Each entry of a lock: the requirement and the lines that belong to it."""
    return re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())


def pinned() -> dict[str, Requirement]:
    requirements = [Requirement(block.split(" \\\n", 1)[0]) for name in LOCKS for block in blocks(name)]
    return {requirement.name.lower().replace("_", "-"): requirement for requirement in requirements}


@pytest.mark.parametrize("name", LOCKS)
def test_every_entry_is_exact_and_hashed(name: str) -> None:
    for block in blocks(name):
        head, _, hashes = block.partition(" \\\n")
        assert re.fullmatch(r"==[\w.]+", str(Requirement(head).specifier)), head
        assert re.fullmatch(r"( +--hash=sha256:[0-9a-f]{64}( \\\n|$))+", hashes), head


@pytest.mark.parametrize("name", LOCKS)
def test_no_entry_names_an_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--?(index|extra-index|find-links|trusted|i|f)\b", text, re.MULTILINE)


def test_qt_is_the_release_that_does_not_lose_none() -> None:
    assert str(pinned()["pyside6-essentials"].specifier) == "==6.11.3"
    assert "pyside6-addons" not in pinned()


def test_what_the_project_asks_for_is_in_the_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    for requirement in map(Requirement, asked):
        found = pinned()[requirement.name.lower()]
        assert requirement.specifier.contains(str(found.specifier).removeprefix("=="))


def test_windows_gets_what_only_windows_needs() -> None:
    windows = {"sys_platform": "win32", "platform_python_implementation": "CPython", "implementation_name": "cpython"}
    for name in ("colorama", "pywin32-ctypes", "pefile"):
        marker = pinned()[name].marker
        assert marker is not None
        assert marker.evaluate(windows)
        assert not marker.evaluate({"sys_platform": "linux"})


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_names_only_developer_commands_that_exist() -> None:
    named = set(re.findall(r"python3? dev\.py ([\w]+)", readme()))
    shown = subprocess.run([sys.executable, ROOT / "dev.py", "--help"], capture_output=True, text=True, check=True)
    known = re.search(r"\{([\w,]+)\}", shown.stdout)
    assert known is not None
    assert {"demo", "test"} <= named <= set(known[1].split(","))


def test_the_readme_names_only_program_commands_that_exist() -> None:
    named = set(re.findall(r"-m antenne ([a-z]+)", readme()))
    assert named
    for command in sorted(named):
        asked = [sys.executable, "-m", "antenne", command, "--help"]
        answer = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
        assert answer.returncode == 0, answer.stderr


def test_the_readme_says_nothing_of_a_machine() -> None:
    assert not re.search(r"/(work|root|home|tmp)\b|pypi|https?://(?!www\.gnu\.org)", readme())
