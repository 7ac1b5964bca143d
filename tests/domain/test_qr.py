"""The control code and the text of the QR code."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from antenne.domain import qr, scans

KEY, BASE = bytes(range(32)), "0f" * 16
UNTIL = dt.date(2026, 12, 31)


def test_a_code_is_ten_crockford_characters_and_stays_the_same() -> None:
    code = qr.control_code(KEY, BASE, "M-00931", 7, UNTIL)
    assert code == qr.control_code(KEY, BASE, "M-00931", 7, UNTIL)
    assert len(code) == 10
    assert set(code) <= set(qr.CROCKFORD)


def test_every_part_counts() -> None:
    codes = {
        qr.control_code(KEY, BASE, "M-00931", 7, UNTIL),
        qr.control_code(bytes(32), BASE, "M-00931", 7, UNTIL),
        qr.control_code(KEY, "0e" * 16, "M-00931", 7, UNTIL),
        qr.control_code(KEY, BASE, "M-00932", 7, UNTIL),
        qr.control_code(KEY, BASE, "M-00931", 8, UNTIL),
        qr.control_code(KEY, BASE, "M-00931", 7, dt.date(2027, 12, 31)),
    }
    assert len(codes) == 6


def test_parts_cannot_slide_into_each_other() -> None:
    assert qr.control_code(KEY, "a", "bM-1", 1, UNTIL) != qr.control_code(KEY, "ab", "M-1", 1, UNTIL)


@given(st.integers(1, 9_999_999), st.integers(1, 10**9), st.binary(min_size=32, max_size=32))
def test_what_is_printed_is_read_back_by_both_keyboards(number: int, card_id: int, key: bytes) -> None:
    member = f"M-{number:05d}"
    control = qr.control_code(key, BASE, member, card_id, UNTIL)
    text = qr.payload(member, control)
    assert len(text) <= 20  # the smallest QR code with a quarter of repair
    for typed in (text, text.lower(), _on_azerty(text)):
        scan = qr.parse(typed)
        assert scan is not None
        assert (scan.number, scan.control) == (member, control)


def test_other_papers_are_no_cards() -> None:
    assert qr.parse("P-00001") is None
    assert qr.parse("bonjour madame") is None
    assert qr.genuine("ABC", "ABC")
    assert not qr.genuine("ABC", "ABD")


def _on_azerty(text: str) -> str:
    """What a scanner set for an American keyboard types on a French one."""
    back = {scans.from_azerty(key): key for key in "&é\"'(-è_çà)" + "qwertyuiopasdfghjklmzxcvbn,;:" + "QWAZM?"}
    upper = {scans.from_azerty(key): key for key in "AZERTYUIOPQSDFGHJKLMWXCVBN?./§°"}
    return "".join(upper.get(letter) or back.get(letter) or letter for letter in text)
