"""The demonstration office for the tests of the whole program: built once, copied for each."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from antenne.services.demo_accounts import ACCOUNT_FILE

NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


@dataclass(frozen=True)
class DemoOffice:
    """A folder of its own, and what its users type."""

    folder: Path

    def account(self, role: str) -> tuple[str, str]:
        """Label and passphrase of one role."""
        accounts = json.loads((self.folder / ACCOUNT_FILE).read_text(encoding="utf-8"))
        found = next(one for one in accounts if one["role"] == role)
        return found["label"], found["phrase"]

    def phrase(self, role: str = "secretaire") -> str:
        """The passphrase of one role."""
        return self.account(role)[1]

    def phrase_file(self, role: str = "secretaire") -> Path:
        """The same in a file beside the folder."""
        path = self.folder.parent / f"phrase-{role}.txt"
        path.write_text(f"{self.phrase(role)}\n", encoding="utf-8")
        return path


def copied(built: Path, target: Path) -> DemoOffice:
    """A copy to work in."""
    shutil.copytree(built, target)
    return DemoOffice(target)
