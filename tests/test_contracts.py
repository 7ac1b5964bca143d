"""Each rule between layers refuses what it is there to refuse: the violation is planted in a copy of the package."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

PLANTED = [
    ("layers", "base/clock.py", "import antenne.services.desk"),
    ("layers", "wording/problems.py", "import antenne.db.engine"),
    ("layers", "undeclared.py", ""),
    ("pure-domain", "domain/text.py", "import os"),
    ("pure-domain", "domain/text.py", "import pathlib"),
    ("pure-domain", "domain/text.py", "from PySide6.QtCore import QDate"),
    ("paper", "print/layout.py", "import antenne.db.engine"),
    ("paper", "print/layout.py", "from PySide6.QtGui import QImage"),
    ("screens-through-services", "ui/kit/tokens.py", "import antenne.db.engine"),
    ("screens-through-services", "ui/kit/tokens.py", "import sqlalchemy"),
    ("qt", "services/desk.py", "from PySide6.QtCore import QObject"),
    ("qt", "cli/main.py", "from PySide6.QtCore import QObject"),
    ("sqlalchemy", "services/desk.py", "from sqlalchemy import text"),
    ("sqlalchemy", "cli/main.py", "import sqlcipher3"),
    ("screens", "ui/cards/__init__.py", "import antenne.ui.shell.window"),
    ("screens", "ui/kit/tokens.py", "import antenne.ui.cards"),
    ("screens", "ui/undeclared/__init__.py", ""),
    ("no-cycles", "domain/violations.py", "import antenne.domain.text"),
    ("inside-db", "db/engine.py", "import antenne.db.unit_of_work"),
    ("inside-db", "db/models/base.py", "import antenne.db.repositories.audit"),
    ("inside-db", "db/undeclared.py", ""),
]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "antenne", tmp_path / "antenne", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / ".importlinter", tmp_path / ".importlinter")
    return tmp_path


@pytest.mark.parametrize(("contract", "file", "line"), PLANTED)
def test_a_planted_violation_breaks_its_contract(copy: Path, contract: str, file: str, line: str) -> None:
    target = copy / "antenne" / file
    target.parent.mkdir(exist_ok=True)
    with target.open("a", encoding="utf-8") as text:
        text.write(f"\n{line}\n")
    program = str(Path(sys.executable).with_name("lint-imports"))
    command = [program, "--no-cache", "--contract", contract]
    checked = subprocess.run(command, cwd=copy, capture_output=True, text=True, encoding="utf-8", check=False)
    assert checked.returncode == 1
    assert "0 kept, 1 broken" in checked.stdout
    planted = "antenne." + file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert planted.rsplit(".", 1)[1] in checked.stdout.split("Broken contracts", 1)[1]
