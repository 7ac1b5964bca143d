"""Every rule of the money out and of the projects has its sentence, and every sentence its rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import antenne
from antenne.domain.voucher_faces import VoucherKind
from antenne.wording import expenses

ROOT = Path(antenne.__file__).parent
OURS = (
    "domain/expenses.py", "domain/projects.py", "domain/forms/expenses.py", "services/expenses.py",
    "services/expenses_scans.py", "services/expenses_printing.py", "services/expenses_reading.py",
    "services/advances.py", "services/transfers.py", "services/projects.py",
)  # fmt: skip


def used(pattern: str) -> set[str]:
    return {code for path in OURS for code in re.findall(pattern, (ROOT / path).read_text(encoding="utf-8"))}


def test_every_broken_rule_has_a_sentence_and_every_sentence_its_rule() -> None:
    codes = used(r'Violation\(\s*"((?:expense|project)\.[a-z_]+)"')
    assert codes == set(expenses.VIOLATIONS)
    assert used(r'Problem\(\s*"([a-z_.]+)"') == set(expenses.PROBLEMS)


def test_every_action_is_in_the_historique_in_words() -> None:
    said = used(r'"((?:expense|project)\.[a-z_]+)"') - set(expenses.VIOLATIONS) - set(expenses.PROBLEMS)
    assert said == set(expenses.HISTORY)


def test_every_kind_has_words() -> None:
    assert set(expenses.KINDS) == set(VoucherKind)


@pytest.mark.parametrize("code", [*expenses.VIOLATIONS, *expenses.PROBLEMS])
def test_a_sentence_is_typeset_in_french(code: str) -> None:
    sentence = (expenses.VIOLATIONS | expenses.PROBLEMS)[code]
    assert not re.search(r" [;!?:»]|« |'|\d \d|  ", sentence)
    assert sentence[0].isupper()
    assert sentence.endswith((".", ".\u00a0»", ")."))
