"""A scanned code is understood through either keyboard layout."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain.scans import LONGEST, Scan, from_azerty, read


@pytest.mark.parametrize(
    ("typed", "scan"),
    [
        ("M-00931", Scan("M-00931")),
        ("m-00931", Scan("M-00931")),
        ("M-00931 7F3A91C2ZK", Scan("M-00931", "7F3A91C2ZK")),
        ("M-009317F3A91C2ZK", Scan("M-00931", "7F3A91C2ZK")),
        ("P-00012", Scan("P-00012")),
        ("2026-01471", Scan("2026-01471")),
        ('?)ààç"&', Scan("M-00931")),
        (',)ààç"& èF"Qç&C!WK'.replace("!", "é"), Scan("M-00931", "7F3A91C2ZK")),
    ],
)
def test_a_code_is_read(typed: str, scan: Scan) -> None:
    assert read(typed) == scan


@pytest.mark.parametrize(
    "typed", ["", "Fatoumata", "76123456", "M-12", "M-00931 7F3A", "M-00931 IIIIIIIIII", "M" * (LONGEST + 1)]
)
def test_typing_is_not_a_code(typed: str) -> None:
    assert read(typed) is None


def test_positions_of_a_whole_keyboard() -> None:
    assert from_azerty("&é\"'(-è_çà)") == "1234567890-"
    assert from_azerty("azertyuiop qsdfghjklm wxcvbn") == "qwertyuiop asdfghjkl; zxcvbn"


@given(st.from_regex(r"[MP]-\d{5} [0-9A-HJKMNP-TV-Z]{10}", fullmatch=True))
def test_every_code_survives_the_wrong_layout(code: str) -> None:
    azerty = str.maketrans("1234567890-QWERTYUIOPASDFGHJKLZXCVBNM", "&é\"'(-è_çà)AZERTYUIOPQSDFGHJKLWXCVBN?")
    assert read(code.translate(azerty)) == read(code) == Scan(code[:7], code[8:])
