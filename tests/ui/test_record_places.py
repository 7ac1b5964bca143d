"""Every record that can be read has a place where it opens."""

from __future__ import annotations

import pytest

from antenne.domain.board import Target
from antenne.ui.listening.record_places import sealed_place


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        ("listening", "session/ab"),
        ("incident", "incident/ab"),
        ("minor", "minor/ab"),
        ("change_story", "story/ab"),
        ("hiv_test", "hiv_test/ab"),
        ("consultation", "consultation/ab"),
        ("material_aid", "material_aid/ab"),
        ("outing", "outing/ab"),
        ("colleague_alert", "alerts"),
        ("deposit", "deposits"),
    ],
)
def test_where_a_record_opens(kind: str, action: str) -> None:
    assert sealed_place(kind, "ab") == Target("listening", action=action)


def test_what_only_goes_with_others_opens_nowhere() -> None:
    assert sealed_place("readings", "ab") is None
    assert sealed_place("", "ab") is None
