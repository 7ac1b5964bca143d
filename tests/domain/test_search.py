"""Finding a person while she types."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antenne.domain import names
from antenne.domain.search import MOST, OVERLAY, IndexedPerson, PersonIndex

PEOPLE = (
    (1, "Koné", "Fatoumata", ("Fati",), "M-00931", "+22376123418"),
    (2, "Koné", "Fatim", (), "M-00408", "+22366554402"),
    (3, "Konaté", "Fatoumata", (), "M-01120", ""),
    (4, "Coulibaly", "Fatou", ("Koné",), "M-00077", "+33612345678"),
    (5, "Diallo", "Aïssata", (), "M-00005", "+22390000931"),
    (6, "Cissé", "Ɲɛlɛ", (), "", "+22376123419"),
    (7, "N’Diaye", "Awa", ("La grande",), "M-07612", ""),
)


def indexed(person_id: int, last: str, first: str, surnoms: tuple[str, ...], number: str, phone: str) -> IndexedPerson:
    line = names.search_text([last, first, *surnoms], [f"P-{person_id:05d}", number], [phone])
    return IndexedPerson(person_id, names.sort_key(last, first), line)


@pytest.fixture(params=["base", "overlay", "both"])
def index(request: pytest.FixtureRequest) -> PersonIndex:
    """The same persons, indexed at once, one by one, or half and half: every way must answer alike."""
    people = [indexed(*one) for one in PEOPLE]
    if request.param == "base":
        return PersonIndex(people)
    made = PersonIndex(people[::2] if request.param == "both" else ())
    for person in people if request.param == "overlay" else people[1::2]:
        made.put(person)
    return made


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("", (6, 4, 5, 3, 2, 1, 7)),
        ("kone fat", (2, 1, 4)),
        ("fat kone", (2, 1, 4)),
        ("KONÉ", (2, 1, 4)),
        ("kon", (3, 2, 1, 4)),
        ("fanta", (4, 3, 2, 1)),
        ("fatou koulibaly", (4,)),
        ("jallo", (5,)),
        ("sissé", (6,)),
        ("nyele", (6,)),
        ("ɲɛlɛ", (6,)),
        ("aissata", (5,)),
        ("aicha", (5,)),
        ("ndiaye", (7,)),
        ("n'diaye", (7,)),
        ("hawa", (7,)),
        ("grande", (7,)),
        ("931", (1, 5)),
        ("M-00931", (1,)),
        ("m931", (1,)),
        ("p-00003", (3,)),
        ("76123418", (1,)),
        ("76 12 34", (6, 1)),
        ("7612", (7, 6, 1)),
        ("418", (1,)),
        ("2341", (6, 1)),
        ("+223 66 55 44 02", (2,)),
        ("+33612", (4,)),
        ("kone 931", (1,)),
        ("xyz", ()),
        ("kone xyz", ()),
        ("99999999", ()),
    ],
)
def test_who_is_found_and_in_what_order(index: PersonIndex, typed: str, ids: tuple[int, ...]) -> None:
    assert index.search(typed) == ids


def test_an_amended_person_is_found_by_what_she_is_called_now(index: PersonIndex) -> None:
    index.put(indexed(1, "Sangaré", "Fatoumata", (), "M-00931", ""))
    assert index.search("kone") == (2, 4)
    assert index.search("sang") == (1,)
    assert index.all_ids() == (6, 4, 5, 3, 2, 7, 1)
    assert len(index) == 7


def test_a_removed_person_is_not_found(index: PersonIndex) -> None:
    index.remove(1)
    index.remove(1)
    index.remove(99)
    assert index.search("kone") == (2, 4)
    assert index.all_ids() == (6, 4, 5, 3, 2, 7)
    assert len(index) == 6


def test_no_more_than_asked() -> None:
    index = PersonIndex(indexed(n, "Koné", "Awa", (), "", "") for n in range(1, MOST + 500))
    assert index.search("kone") == tuple(range(1, MOST + 1))
    assert index.search("awa", most=3) == (1, 2, 3)
    index.put(indexed(2, "Koné", "Awa", (), "", ""))
    assert index.search("awa", most=3) == (1, 2, 3)
    assert index.search("", most=2) == (1, 2)


def test_the_overlay_is_settled_when_it_is_long() -> None:
    index = PersonIndex()
    for number in range(1, OVERLAY + 3):
        index.put(indexed(number, "Koné", f"Awa {number % 7}", (), "", ""))
    expected = PersonIndex(
        indexed(number, "Koné", f"Awa {number % 7}", (), "", "") for number in range(1, OVERLAY + 3)
    ).all_ids()
    assert len(index.search("kone awa")) == OVERLAY + 2
    assert index.all_ids() == expected


def test_an_empty_index() -> None:
    index = PersonIndex()
    assert index.search("kone") == ()
    assert index.search("") == ()
    assert index.all_ids() == ()


def test_both_lanes_may_use_it() -> None:
    index = PersonIndex(indexed(*one) for one in PEOPLE)
    faults: list[BaseException] = []

    def write() -> None:
        try:
            for number in range(100, 100 + 2 * OVERLAY):
                index.put(indexed(number, "Koné", "Awa", (), "", ""))
        except BaseException as error:  # noqa: BLE001 - handed to the test
            faults.append(error)

    thread = threading.Thread(target=write)
    thread.start()
    while thread.is_alive():
        assert 1 in index.search("kone fati")
    thread.join()
    assert not faults
    assert len(index.search("kone")) == 2 * OVERLAY + 3


WORDS = st.sampled_from(
    ["koné", "Fatou", "fanta", "diallo", "jallo", "cissé", "awa", "n'diaye", "7612", "31", "m-00012"]
)


@settings(max_examples=60, deadline=None)
@given(
    people=st.lists(st.tuples(WORDS, WORDS), max_size=12),
    amended=st.lists(st.tuples(st.integers(1, 12), WORDS, WORDS), max_size=6),
    typed=st.lists(WORDS, min_size=1, max_size=2),
)
def test_saving_one_by_one_answers_as_a_fresh_index(
    people: list[tuple[str, str]], amended: list[tuple[int, str, str]], typed: list[str]
) -> None:
    rows = {n: indexed(n, last, first, (), f"M-{n:05d}", "") for n, (last, first) in enumerate(people, 1)}
    index = PersonIndex(rows.values())
    for person_id, last, first in amended:
        rows[person_id] = indexed(person_id, last, first, (), f"M-{person_id:05d}", "")
        index.put(rows[person_id])
    fresh = PersonIndex(rows.values())
    assert index.all_ids() == fresh.all_ids()
    assert index.search(" ".join(typed)) == fresh.search(" ".join(typed))
