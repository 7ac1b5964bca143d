"""The figures of a signed sheet follow from what was counted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from antenne.domain.closing_sheet import BoxOnSheet

AMOUNTS = st.integers(0, 10**9)


@given(AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_a_gap_is_what_was_counted_less_what_must_be_there(opening: int, came: int, went: int, counted: int) -> None:
    box = BoxOnSheet(label="Caisse", opening=opening, came=came, went=went, counted=counted)
    assert box.theoretical == opening + came - went
    assert box.theoretical + box.gap == counted
