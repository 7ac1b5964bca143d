"""Every code of protection has its sentence, and every sentence its code."""

from __future__ import annotations

import re
from pathlib import Path

import antenne
from antenne.domain.alerts import Reason
from antenne.domain.births import UNKNOWN
from antenne.domain.forms import minor, sealed_short
from antenne.domain.incidents import GbvType, Purpose
from antenne.domain.partners import Nearest, Partner
from antenne.domain.protection_clock import Care, Left
from antenne.domain.protection_trends import Axis
from antenne.wording import protection as words

ROOT = Path(antenne.__file__).parent
FAMILIES = "protection|incident|minor|notice|test|aid|attendance|outing|alert|partner|trends"
PUBLISHED = {
    "protection.agressions_par_clients_gerees",
    "protection.refus_de_condom_geres",
    "protection.non_paiements_geres",
}


def test_codes_and_sentences_match() -> None:
    found: set[str] = set()
    for folder in ("domain", "services"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            found |= set(re.findall(rf'Violation\(\s*"((?:{FAMILIES})\.[a-z_]+)"', text))
    found |= {f"test.{name}_before" for name in ("returned", "linked", "treated")}
    assert found == set(words.VIOLATIONS)


def test_sentences_are_typeset_in_french() -> None:
    for code, sentence in words.VIOLATIONS.items():
        assert not re.search(r" [;!?:»]|« |'", sentence), code
        assert sentence.endswith("."), code


def test_every_code_has_its_word() -> None:
    assert set(words.TYPES) == set(GbvType)
    assert set(words.PURPOSES) == set(Purpose)
    assert set(words.REASONS) == set(Reason)
    assert set(words.AXES) == set(Axis)
    for name in (minor.RETURNS, minor.DECISIONS, sealed_short.RESULTS):
        assert words.options(name)
    assert words.options("places") is None


def test_what_is_left_is_said_and_never_after_the_end() -> None:
    assert words.left(Left(Care.PEP, 9 * 3600 + 20 * 60, 0, estimated=False))[0] == "Encore 9\u00a0h\u00a020"
    assert "72\u00a0h" in words.left(Left(Care.PEP, 1, 0, estimated=False))[1]
    assert "la plus ancienne" in words.left(Left(Care.CONTRACEPTION, 60, 0, estimated=True))[1]
    assert words.left(Left(Care.PEP, 0, 0, estimated=False))[0] == "Délai passé"
    one = Partner(name="ARCAD CESAC")
    assert words.nearest(Nearest(one, agreed=True)) == "ARCAD CESAC · convention en cours"
    assert words.nearest(Nearest(one, agreed=False)).endswith("sans convention en cours")
    assert words.nearest(None)
    assert words.left_out(2, 1).startswith("Laissés de côté\u00a0: 2 sans accord")
    assert words.left_out(0, 0) == "Aucun n’est laissé de côté"
    assert UNKNOWN.value is None
