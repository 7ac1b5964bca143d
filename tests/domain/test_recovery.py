"""Recovery codes survive a hand, and a slip is named."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antenne.domain import recovery
from antenne.domain.recovery import ALPHABET, Code, CodeKind
from antenne.domain.violations import Violation

values = st.integers(0, 2**130 - 1)
kinds = st.sampled_from(CodeKind)
SAMPLE = random.Random(7).getrandbits(130)
CODE = recovery.encode(SAMPLE, CodeKind.BASE)


def refused(text: str, expected: CodeKind | None = None) -> Violation:
    found = recovery.decode(text, expected)
    assert isinstance(found, Violation)
    return found


@given(values, kinds)
@settings(max_examples=200)
def test_round_trip_and_shape(value: int, kind: CodeKind) -> None:
    text = recovery.encode(value, kind)
    groups = text.split("-")
    assert [len(group) for group in groups] == [4] * 7
    assert set("".join(groups)) <= set(ALPHABET)
    assert recovery.decode(text) == Code(value, kind)
    assert recovery.decode(text, kind) == Code(value, kind)


@given(values, kinds)
@settings(max_examples=100)
def test_hands_and_keyboards_are_forgiven(value: int, kind: CodeKind) -> None:
    text = recovery.encode(value, kind)
    for typed in (
        text.lower(),
        text.replace("-", ""),
        text.replace("-", " \u202f"),
        text.replace("0", "O").replace("1", "l"),
        text.lower().replace("0", "o").replace("1", "i"),
        f"  {text}\n",
    ):
        assert recovery.decode(typed) == Code(value, kind)
        assert recovery.compare(typed, text) is None


def test_every_single_slip_and_every_swap_is_seen() -> None:
    for kind in CodeKind:
        chars = recovery.clean(recovery.encode(SAMPLE, kind))
        for place, char in itertools.product(range(28), ALPHABET):
            wrong = chars[:place] + char + chars[place + 1 :]
            if wrong != chars:
                assert refused(wrong).code == "recovery.mistyped"
        for left, right in itertools.combinations(range(26), 2):
            swapped = list(chars)
            swapped[left], swapped[right] = chars[right], chars[left]
            if swapped != list(chars):
                assert refused("".join(swapped)).code == "recovery.mistyped"


def test_the_bad_group_is_named() -> None:
    groups = CODE.split("-")
    bad = "-".join([*groups[:3], "AB?D", *groups[4:]])
    assert refused(bad).values == (("group", 4), ("character", "?"))
    assert refused("-".join(groups[:5])) == Violation(
        "recovery.too_short", "code", (("group", 6), ("count", 20), ("expected", 28))
    )
    assert refused(CODE + "7").code == "recovery.too_long"
    assert refused("u" * 28).code == "recovery.bad_character"
    assert refused("é" * 100_000).values[0] == ("group", 1)
    assert refused(" - ").code == "recovery.empty"


def test_the_other_envelope_is_told() -> None:
    other = recovery.encode(SAMPLE, CodeKind.CONFIDENTIAL)
    assert other[:-2] == CODE[:-2]
    found = refused(other, CodeKind.BASE)
    assert (found.code, found.values) == ("recovery.other_envelope", (("kind", "confidentiel"),))


@pytest.mark.parametrize("group", range(1, 8))
def test_typed_back_the_differing_group_is_named(group: int) -> None:
    groups = CODE.split("-")
    groups[group - 1] = "0000" if groups[group - 1] != "0000" else "2222"
    assert recovery.compare(" ".join(groups), CODE) == Violation("recovery.group_differs", "code", (("group", group),))


def test_typed_back_short_long_or_empty() -> None:
    def code_of(text: str) -> tuple[str, object]:
        found = recovery.compare(text, CODE)
        assert found is not None
        return found.code, dict(found.values).get("group")

    assert code_of(CODE[:-5]) == ("recovery.too_short", 7)
    assert code_of(CODE[:-1]) == ("recovery.group_differs", 7)
    assert code_of(CODE + "ABCD") == ("recovery.too_long", 7)
    assert code_of("") == ("recovery.empty", None)


def test_only_130_bits_fit_and_repr_hides_them() -> None:
    for value in (-1, 2**130):
        with pytest.raises(ValueError, match="130"):
            recovery.encode(value, CodeKind.BASE)
    assert str(SAMPLE) not in repr(Code(SAMPLE, CodeKind.BASE))


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(recovery.decode(text), Violation | Code)
