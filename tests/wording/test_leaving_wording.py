"""Every word of what leaves: each code has its French, and what is said is said whole."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

import antenne
from antenne.domain.crossings import MERGED, Shown
from antenne.domain.gbvims import LeftOut, Reason
from antenne.domain.protection_trends import Axis
from antenne.domain.sendings import Left, Sending, Way
from antenne.domain.stories import Pointing, Points, Stage, Use
from antenne.wording import gbvims as words
from antenne.wording import stories

ROOT = Path(antenne.__file__).parent
AT = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
FIRST, LAST = dt.date(2026, 9, 1), dt.date(2026, 10, 31)


@pytest.mark.parametrize(("family", "sentences"), [("gbvims", words.VIOLATIONS), ("story", stories.VIOLATIONS)])
def test_codes_and_sentences_match(family: str, sentences: dict[str, str]) -> None:
    found: set[str] = set()
    for folder in ("domain", "services"):
        for path in (ROOT / folder).rglob("*.py"):
            found |= set(re.findall(rf'Violation\(\s*"({family}\.[a-z_]+)"', path.read_text(encoding="utf-8")))
    assert found == set(sentences)


def test_sentences_are_typeset_in_french() -> None:
    for code, sentence in (words.VIOLATIONS | stories.VIOLATIONS).items():
        assert not re.search(r" [;!?:»]|« |'", sentence), code
        assert sentence.endswith("."), code


def test_every_code_has_its_word() -> None:
    assert set(words.REASONS) == set(Reason)
    assert set(words.LEFT) == set(Left)
    assert set(words.WAYS) == set(Way)
    assert set(stories.USES) == set(Use)
    assert set(stories.STAGES) == set(Stage)
    assert set(stories.NEXT) == {None, *Stage}
    assert set(stories.POINTS) == set(Points)
    assert [one.code for one in stories.options("story_uses") or ()] == [use.value for use in Use]
    assert stories.options("places") is None


def test_a_crossing_says_how_it_is_read() -> None:
    assert words.crossing_title(Axis.TYPE, Axis.PLACE) == "Type par lieu"
    plain = Shown(rows=("a",), columns=("b",), values=(7,), row_totals=(7,), column_totals=(7,), total=7)
    assert len(words.crossing_notes(plain, 0, 0)) == 2
    masked = Shown(rows=("a",), columns=(MERGED,), values=(None,), row_totals=(7,), column_totals=(7,), total=7)
    assert len(words.crossing_notes(masked, 1, 0)) == 4
    assert words.ONLY_TOTAL in words.crossing_notes(Shown(total=7), 0, 2)


def test_what_left_is_named_with_its_line() -> None:
    lines = Sending(
        what=Left.INCIDENTS, at=AT, by=1, recipient="l’abri", way=Way.FILE, first=FIRST, last=LAST, line=4, own_id="1"
    )
    said = "Parti le 23/11/2026\u00a0: lignes d’incidents pour l’abri, du 01/09/2026 au 31/10/2026 (ligne 4)"
    assert words.sending(lines) == said
    slip = Sending(what=Left.SLIP, at=AT, by=None, recipient="l’abri", own_id="1")
    assert words.ask_back(slip) == ""
    assert words.taken_back(()) == "Son accord est repris."
    assert words.taken_back((lines,)).endswith("de retirer la ligne 4 de l’envoi du 23/11/2026.")
    assert "Et 1\u00a0autre envoi" in words.taken_back((slip,) * 4)


def test_who_stays_is_counted() -> None:
    out = (LeftOut(reason=Reason.NO_SHARING, count=2), LeftOut(reason=Reason.ELSEWHERE, count=1))
    assert words.stay(out).startswith("Laissés de côté\u00a0: 2 sans accord pour cette structure, 1 déjà")
    assert words.stay(()) == "Aucun n’est laissé de côté"


def test_what_still_points_at_her_is_quoted() -> None:
    found = (Pointing(Points.NAME, "Fatoumata"), Pointing(Points.QUARTER, "Gangal"))
    said = stories.remark(found)
    assert "«\u00a0Fatoumata\u00a0» (son nom)" in said
    assert stories.remark(()) == ""
