"""Every rule of members, photos and drafts has its sentence, and every sentence its rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import antenne
from antenne.domain.persons import Purpose, Status
from antenne.wording import members, violations
from antenne.wording.violations import merged

ROOT = Path(antenne.__file__).parent
OURS = (
    "domain/members.py", "domain/duplicates.py", "domain/names.py", "domain/forms/person.py", "services/members.py",
    "services/members_agreements.py", "services/members_changing.py", "services/members_reading.py", "services/photos.py", "services/drafts.py",
)  # fmt: skip


def used(pattern: str, paths: list[Path]) -> set[str]:
    return {code for path in paths for code in re.findall(pattern, path.read_text(encoding="utf-8"))}


def sources() -> list[Path]:
    return [ROOT / path for path in OURS]


def everywhere() -> list[Path]:
    return [path for path in ROOT.rglob("*.py") if "wording" not in path.parts]


def test_every_broken_rule_has_a_sentence() -> None:
    codes = used(r'Violation\(\s*"([a-z_.]+)"', sources())
    codes |= used(r'"(members\.[a-z_]+)"', sources()) - {"members.majority", "members.photo_file"}
    assert len(codes) > 20
    assert not codes - set(merged(violations.AREAS, "VIOLATIONS"))


def test_every_sentence_has_its_rule() -> None:
    said = used(r'"(members\.[a-z_]+)"', everywhere())
    assert not set(members.VIOLATIONS) - said
    assert not set(members.PROBLEMS) - said


def test_every_action_is_in_the_historique_in_words() -> None:
    actions = used(r'"(person\.(?!not_chosen)[a-z_]+)"', [*sources(), ROOT / "services/imports.py"])
    changes = {"suspended", "resumed", "left", "rejoined", "died", "alive"}
    assert actions | {f"person.{what}" for what in changes} == set(members.HISTORY)


def test_every_reason_status_and_purpose_has_words() -> None:
    assert set(members.STATUSES) == set(Status)
    assert set(members.PURPOSES) == set(Purpose)
    reasons = used(r'points\["([a-z_]+)"\]', [ROOT / "domain/duplicates.py"])
    assert reasons == set(members.REASONS)


@pytest.mark.parametrize("code", [*members.VIOLATIONS, *members.PROBLEMS])
def test_a_sentence_is_typeset_in_french(code: str) -> None:
    sentence = (members.VIOLATIONS | members.PROBLEMS)[code]
    assert not re.search(r" [;!?:»]|« |'|\d \d|  ", sentence)
    assert sentence[0].isupper()
    assert sentence.endswith((".", ".\u00a0»"))
