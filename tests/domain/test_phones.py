"""Phones: Mali's eight digits, others with their code."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.domain.phones import format_typing, masked, read_phone, shown
from antenne.domain.violations import Violation

MALIAN = st.from_regex(r"[24-9][0-9]{7}", fullmatch=True)


@given(MALIAN)
def test_what_is_shown_is_read_again(digits: str) -> None:
    number = read_phone(digits)
    assert number == f"+223{digits}"
    assert read_phone(shown(str(number))) == number
    assert read_phone(format_typing(digits)) == number


@given(st.text())
def test_reading_never_raises(typed: str) -> None:
    assert isinstance(read_phone(typed), (str, Violation))
    assert isinstance(format_typing(typed), str)
    assert isinstance(masked(typed), str)


@given(st.from_regex(r"\+?[0-9 ()-]{0,20}", fullmatch=True))
def test_reading_never_raises_on_figures(typed: str) -> None:
    found = read_phone(typed)
    assert isinstance(found, Violation) or read_phone(shown(found)) == found
    assert isinstance(format_typing(typed), str)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("76 12 34 56", "+22376123456"), ("76-12-34-56", "+22376123456"), ("è-&é\"'(-", "+22376123456"),
     ("00223 76123456", "+22376123456"), ("22376123456", "+22376123456"), ("(223) 76.12.34.56", "+22376123456"),
     ("+33 6 12 34 56 78", "+33612345678"), ("0033612345678", "+33612345678"), ("+226 70 12 34 56", "+22670123456")],
)  # fmt: skip
def test_numbers_as_she_types_them(typed: str, number: str) -> None:
    assert read_phone(typed) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [("76 12 4", "phone.length"), ("761234567", "phone.length"), ("", "phone.length"), ("76 12 34 5O", "phone.letters"),
     ("76*12", "phone.letters"), ("12345678", "phone.unknown_range"), ("+1", "phone.foreign"), ("+999123", "phone.foreign"),
     ("+3361234", "phone.foreign"), ("+" + "1" * 40, "phone.foreign"), ("+223123", "phone.length")],
)  # fmt: skip
def test_what_is_not_a_number_is_refused(typed: str, code: str) -> None:
    found = read_phone(typed)
    assert isinstance(found, Violation)
    assert found.code == code


def test_shown_and_masked() -> None:
    assert shown("+22376123418") == "76 12 34 18"
    assert masked("+22376123418") == "76 •• •• 18"
    assert masked("+33612345678") == "+33 • •• •• •• 78"
    assert shown("cassé") == "cassé"
    assert masked("") == ""


@pytest.mark.parametrize(
    ("typed", "formatted"),
    [("761", "76 1"), ("76123456", "76 12 34 56"), ("+33612", "+33 6 12"), ("+2237612", "+223 76 12"), ("+", "+"), ("+223", "+223"),
     ("76 1x", "76 1x"), ("", "")],
)  # fmt: skip
def test_pairs_while_typing(typed: str, formatted: str) -> None:
    assert format_typing(typed) == formatted


def test_without_the_ranges_of_mali_eight_digits_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phonenumbers.PhoneMetadata, "metadata_for_region", lambda *_: None)
    assert read_phone("12345678") == "+22312345678"
