"""A sealed body opens in its own place only, and its length tells nothing."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from antenne.base.problems import Problem
from antenne.db import sealing
from antenne.db.sealing import Context, Opener
from antenne.db.slots import deposit_public_key, sealed_key
from antenne.domain.violations import RulesBroken

CONFIDENTIAL = bytes(range(32))
KEY = sealed_key(CONFIDENTIAL)
PUBLIC = deposit_public_key(CONFIDENTIAL)
HERE = Context("a" * 32, 1)
ONE, TWO = b"1" * 16, b"2" * 16

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
payloads = st.dictionaries(
    texts, st.one_of(texts, st.integers(), st.booleans(), st.none(), st.lists(texts, max_size=4)), max_size=6
)


def refused(body: bytes, *, key: bytes = KEY, context: Context = HERE, record: bytes = ONE, version: int = 1) -> None:
    with pytest.raises(Problem) as caught:
        sealing.unseal(key, context, record, version, body)
    assert caught.value.code == "sealed.damaged"
    assert caught.value.values == {"id": record.hex()}


@given(payloads)
@settings(max_examples=60, deadline=None)
@example({"note": "é" * 2_000})
def test_what_is_sealed_comes_back_whole(payload: dict[str, object]) -> None:
    body = sealing.seal(KEY, HERE, ONE, 1, payload)
    dropped = sealing.deposit(PUBLIC, HERE, ONE, payload)
    assert sealing.unseal(KEY, HERE, ONE, 1, body) == payload
    assert sealing.open_deposit(CONFIDENTIAL, HERE, ONE, dropped) == payload
    assert len(body) == len(dropped)
    assert len(body) - sealing.OVERHEAD in sealing.SIZES


@given(st.integers(0, 65_536 - 4 - 8))
@settings(max_examples=60, deadline=None)
@example(4_096 - 4 - 8)
@example(4_096 - 4 - 7)
@example(16_384 - 4 - 8)
@example(16_384 - 4 - 7)
@example(65_536 - 4 - 8)
def test_only_three_lengths_exist(length: int) -> None:
    size = len(sealing.padded({"t": "x" * length}))
    assert size == min(size for size in sealing.SIZES if size >= length + 4 + 8)


def test_a_text_too_long_is_a_broken_rule() -> None:
    with pytest.raises(RulesBroken, match=r"sealed\.too_long"):
        sealing.seal(KEY, HERE, ONE, 1, {"t": "x" * (65_536 - 4 - 7)})
    with pytest.raises(RulesBroken, match=r"sealed\.too_long"):
        sealing.deposit(PUBLIC, HERE, ONE, {"t": "é" * 40_000})


def test_a_body_opens_in_its_own_place_only() -> None:
    body = sealing.seal(KEY, HERE, ONE, 1, {"kind": "incident"})
    refused(body, record=TWO)
    refused(body, version=2)
    refused(body, context=Context(HERE.db_id, 2))
    refused(body, context=Context("b" * 32, 1))
    refused(body, key=sealed_key(bytes(32)))


def test_two_bodies_swapped_or_an_older_one_put_back_are_refused() -> None:
    first = sealing.seal(KEY, HERE, ONE, 1, {"note": "avant"})
    sealing.seal(KEY, HERE, ONE, 2, {"note": "après"})
    other = sealing.seal(KEY, HERE, TWO, 1, {"note": "autre"})
    refused(first, version=2)
    refused(other)
    refused(first, record=TWO)


@given(st.integers(0, 4_096 + sealing.OVERHEAD - 1), st.integers(1, 255))
@settings(max_examples=200, deadline=None)
def test_any_altered_byte_is_refused(place: int, mask: int) -> None:
    opener = Opener(CONFIDENTIAL, HERE)
    for body in (BODY, DROPPED):
        altered = bytearray(body)
        altered[place] ^= mask
        with pytest.raises(Problem, match=r"sealed\.damaged"):
            opener.open(ONE, 1, bytes(altered))


@pytest.mark.parametrize("end", [0, 1, 31, 32, 44, 60, 4_095, 4_155])
def test_truncated_bodies_are_refused(end: int) -> None:
    refused(BODY[:end])
    with pytest.raises(Problem, match=r"sealed\.damaged"):
        sealing.open_deposit(CONFIDENTIAL, HERE, ONE, DROPPED[:end])
    refused(BODY + b"\0")


def test_a_point_of_small_order_is_refused() -> None:
    with pytest.raises(Problem, match=r"sealed\.damaged"):
        sealing.open_deposit(CONFIDENTIAL, HERE, ONE, bytes(32) + DROPPED[32:])


def test_the_opener_reads_both_and_says_which() -> None:
    opener = Opener(CONFIDENTIAL, HERE)
    assert opener.open(ONE, 1, BODY) == sealing.Opened({"note": "séance"}, deposited=False)
    assert opener.open(ONE, 1, DROPPED) == sealing.Opened({"note": "une mineure est venue"}, deposited=True)
    later = sealing.seal(KEY, HERE, ONE, 2, {"note": "séance"})
    assert not opener.open(ONE, 2, later).deposited
    for version, body in ((1, later), (2, DROPPED)):
        with pytest.raises(Problem):
            opener.open(ONE, version, body)


def test_who_deposits_cannot_read_back() -> None:
    """The sealing key and the public key together open nothing that was deposited, nor does another compartment."""
    refused(DROPPED)
    refused(DROPPED, key=PUBLIC)
    with pytest.raises(Problem):
        sealing.open_deposit(bytes(32), HERE, ONE, DROPPED)
    with pytest.raises(Problem):
        sealing.open_deposit(CONFIDENTIAL, HERE, TWO, DROPPED)


def test_the_same_text_twice_gives_nothing_in_common() -> None:
    left, right = (sealing.seal(KEY, HERE, ONE, 1, {"note": "x"}) for _ in range(2))
    assert left[:32] != right[:32]
    assert left[32:44] != right[32:44]
    assert sealing.new_id() != sealing.new_id()
    with pytest.raises(ValueError, match="16 bytes"):
        sealing.seal(KEY, HERE, b"short", 1, {})


BODY = sealing.seal(KEY, HERE, ONE, 1, {"note": "séance"})
DROPPED = sealing.deposit(PUBLIC, HERE, ONE, {"note": "une mineure est venue"})
