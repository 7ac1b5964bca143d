"""Every code of her rights has its sentence, and every sentence its code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import antenne
from antenne.domain.backups import BackupMade
from antenne.domain.her_rights import Agreed, ErasureReason, KindCount, Settled
from antenne.domain.retention import TERMS
from antenne.domain.sealed_kinds import KINDS
from antenne.domain.sendings import Left
from antenne.wording import her_rights as words
from tests.conftest import NOW

ROOT = Path(antenne.__file__).parent
SENTENCES = {
    **words.VIOLATIONS, **words.EFFECTS, "danger": words.DANGER, "free": words.FREE, "rights": words.RIGHTS,
    **{f"paper {number}": said for number, said in enumerate(words.PAPER_RIGHTS)},
}  # fmt: skip


def test_codes_and_sentences_match() -> None:
    found: set[str] = set()
    for folder in ("domain", "services"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            found |= set(re.findall(r'Violation\(\s*"((?:rights|retention)\.[a-z_]+)"', text))
    assert found == set(words.VIOLATIONS)


@pytest.mark.parametrize("said", SENTENCES.values())
def test_sentences_are_typeset_in_french(said: str) -> None:
    assert not re.search(r" [;!?:»]|« |'|  ", said)
    assert said.endswith(".")


def test_every_code_has_its_word() -> None:
    assert set(words.AGREED) == set(words.EFFECTS) == set(Agreed)
    assert set(words.REASONS) == set(ErasureReason)
    assert set(words.LEFT) == set(Left)
    assert set(words.PART_OF.values()) <= set(words.PARTS)
    assert {kind for term in TERMS for kind in term.kinds} <= set(words.KINDS)
    assert all(words.kind(kind) for kind in KINDS)
    assert words.kind("a kind of tomorrow") == words.OTHER_KIND


def test_counts_agreements_backups_and_dues_in_words() -> None:
    assert words.counted((KindCount("listening", 2), KindCount("hiv_test", 1))) == "Écoute\u00a0: 2 · Test VIH\u00a0: 1"
    assert words.agreement(Agreed.SHARING, "ARCAD CESAC") == "Partager ce qui est arrivé avec ARCAD CESAC"
    made = BackupMade(1, NOW, "CLE", "f", 10, verified=True)
    assert "nulle part" in words.held_by(())
    assert "La sauvegarde du 23/11/2026" in words.held_by((made,))
    assert words.held_by((made, made)).startswith("2 sauvegardes")
    assert words.unpaid(Settled()) == ""
    assert words.unpaid(Settled(unpaid=1000)) == ("1\u202f000\u00a0FCFA de cotisations ne lui seront plus demandés.")
    assert words.left(Left.SLIP, "le CSRéf", NOW.date()) == "fiche d’orientation pour le CSRéf, le 23/11/2026"
