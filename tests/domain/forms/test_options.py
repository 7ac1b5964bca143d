"""What a few letters mean in a list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain.forms.model import Option
from antenne.domain.forms.options import enough, exact, matching

LIST = (Option("son", "Songhaï"), Option("bam", "Bambara"), Option("soe", "La Sœur de Sévaré"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("so", [("son", "So")]),
        ("la s", [("soe", "La S")]),
        ("sév", [("soe", "Sév")]),
        ("SEVARE", [("soe", "Sévaré")]),
        ("s", [("son", "S"), ("soe", "S")]),
        ("ongh", []),
        ("", [("son", ""), ("bam", ""), ("soe", "")]),
    ],
)
def test_words_that_begin_with_the_letters(typed: str, found: list[tuple[str, str]]) -> None:
    assert [
        (one.option.code, one.option.label[one.start : one.start + one.length]) for one in matching(LIST, typed)
    ] == found


@given(st.text(), st.lists(st.builds(Option, st.text(), st.text()), max_size=5))
def test_any_letters_in_any_list(typed: str, options: list[Option]) -> None:
    for one in matching(options, typed):
        assert 0 <= one.start <= one.start + one.length <= len(one.option.label)
    assert exact(options, typed) in (None, *options)


def test_the_only_meaning_is_taken() -> None:
    assert exact(LIST, "bamb") == LIST[1]
    assert exact(LIST, "BAM") == LIST[1]
    assert exact(LIST, "songhai") == LIST[0]
    assert exact(LIST, "s") is None
    assert exact(LIST, "") is None


def test_long_lists_wait_for_the_second_letter() -> None:
    assert enough(LIST, "s")
    assert not enough(LIST, " ")
    assert not enough(LIST * 10, "s")
    assert enough(LIST * 10, "so")
