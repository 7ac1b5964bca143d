"""Finding a person while she types."""

from __future__ import annotations

import threading
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antenne.domain import names, search
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


def test_a_long_overlay_is_settled_and_answers_alike() -> None:
    index = PersonIndex([indexed(*one) for one in PEOPLE])
    people = {n: indexed(n, f"Koné {n % 13}", "Awa", (), f"M-{n:05d}", "") for n in range(1, 3 * OVERLAY)}
    for person in people.values():
        index.put(person)
    index.remove(5)
    del people[5]
    index.put(indexed(9, "Touré", "Awa", (), "M-00009", ""))
    people[9] = indexed(9, "Touré", "Awa", (), "M-00009", "")
    fresh = PersonIndex(people.values())
    for typed in ("awa", "kone 3", "toure", "9", "m9", "fati"):
        assert index.search(typed) == fresh.search(typed), typed
    assert index.all_ids() == fresh.all_ids()


def test_many_at_once_are_found_at_once() -> None:
    index = PersonIndex([indexed(*one) for one in PEOPLE])
    index.put_all(indexed(n, "Sanogo", "Sira", (), "", "") for n in range(100, 100 + 2 * OVERLAY))
    index.put_all(())
    assert len(index.search("sanogo")) == 2 * OVERLAY
    assert len(index) == 2 * OVERLAY + len(PEOPLE)


def test_what_changes_while_the_overlay_is_settled_is_kept() -> None:
    """A person amended and one removed between the copy of the overlay and its swap."""
    index = PersonIndex()

    class Slow(str):
        """The search text of a person, whose reading lets another lane save."""

        __slots__ = ()

        def split(self, *_args: object) -> list[str]:
            while meanwhile:
                meanwhile.pop()()
            return super().split()

    meanwhile = [
        lambda: index.remove(2),
        lambda: index.put(indexed(3, "Touré", "Awa", (), "", "")),
    ]
    first = indexed(1, "Koné", "Awa", (), "", "")
    index.put_all(
        [IndexedPerson(1, first.name_norm, Slow(first.search_text))]
        + [indexed(n, "Koné", "Awa", (), "", "") for n in range(2, OVERLAY + 3)]
    )
    assert not meanwhile
    assert index.search("toure") == (3,)
    assert index.search("kone") == (1, *range(4, OVERLAY + 3))
    assert index.all_ids() == (1, *range(4, OVERLAY + 3), 3)


def test_no_keystroke_breaks_it(index: PersonIndex) -> None:
    for typed in (
        "\U0010ffff",
        "#",
        "=",
        "~",
        "= =0=",
        "+",
        "-",
        "00",
        "a" * 100_000,
        "\x00",
        "\ud800",
        "\u200f",
        "🙂",
        "٣",
    ):
        assert index.search(typed) is not None


def test_a_letter_is_not_the_letter_of_a_number(index: PersonIndex) -> None:
    assert index.search("p") == index.search("m") == ()


def test_a_surnom_with_a_figure_is_found_by_its_letters() -> None:
    index = PersonIndex([indexed(1, "Koné", "Awa", ("Bébé2",), "", "")])
    index.put(indexed(2, "Koné", "Sira", ("Bébé2",), "", ""))
    assert index.search("bebe") == index.search("bébé2") == (1, 2)


def test_signs_of_the_line_find_nobody_by_themselves(index: PersonIndex) -> None:
    everybody = index.all_ids()
    assert index.search("#") == index.search("~") == index.search("=") == everybody
    assert index.search("#76123418") == index.search("76123418")


NAME_LETTERS = st.text(st.sampled_from("aàbcçdeéèfghijkllmnñoôpqrsstuwyzɛɔɲŋ"), min_size=1, max_size=9)
NAMES = st.one_of(
    NAME_LETTERS,
    st.sampled_from(
        ("Koné", "Konaté", "N’Diaye", "Ag Mohamed", "Dɛmbɛlɛ", "O", "A", "Fatoumata", "Fanta", "Marie-Thérèse", "Ya")
    ),
    st.lists(NAME_LETTERS, min_size=2, max_size=3).map("-".join),
)
SURNOMS = st.lists(st.one_of(NAMES, st.sampled_from(("La Grande", "Bébé 2", "Bébé2", "#1", "m12", "2e"))), max_size=2)
PHONES = st.one_of(st.just(""), st.integers(60_000_000, 99_999_999).map("+223{}".format), st.just("+33612345678"))


@st.composite
def woman(draw: st.DrawFn, person_id: int) -> tuple[IndexedPerson, list[str]]:
    """A person, and texts that each must find her."""
    last, first, surnoms = draw(NAMES), draw(NAMES), draw(SURNOMS)
    phone = draw(PHONES)
    number = f"M-{person_id:05d}"
    line = names.search_text([last, first, *surnoms], [f"P-{person_id:05d}", number], [phone])
    shouted = draw(st.sampled_from((str.upper, str.lower, str.title, unaccented)))
    ways = [shouted(text) for text in (last, first, f"{first} {last}", f"{last} {first}", *surnoms)]
    ways += [number, number.lower().replace("-", ""), f"p{person_id}", f"{last} {number}", last[:1], first[:2]]
    local = phone.removeprefix("+223")
    if phone:
        ways += [phone, local, local[:4], local[-4:], local[2:7], local[-3:], phone.replace("+", "00")]
        ways += [" ".join(local[at : at + 2] for at in range(0, len(local), 2)), f"{first} {local[:3]}"]
    return IndexedPerson(person_id, names.sort_key(last, first), line), [way for way in ways if way.strip()]


def unaccented(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


@st.composite
def women(draw: st.DrawFn) -> list[tuple[IndexedPerson, list[str]]]:
    return [draw(woman(number)) for number in range(1, draw(st.integers(1, 9)) + 1)]


@settings(max_examples=150, deadline=None)
@given(people=women(), overlay=st.booleans())
def test_everybody_is_found_by_whatever_she_is_called(
    people: list[tuple[IndexedPerson, list[str]]], overlay: bool
) -> None:
    index = PersonIndex(() if overlay else [person for person, _ in people])
    if overlay:
        for person, _ in people:
            index.put(person)
    for person, ways in people:
        for way in ways:
            assert person.id in index.search(way), way


def counted_by_hand(rows: dict[int, IndexedPerson], typed: str) -> tuple[int, ...]:
    """The rule in the plainest words: every typed word must fit; numbers first, family names next, in their order."""
    wanted = names.needles(typed)

    def fits(person: IndexedPerson, ways: tuple[str, ...]) -> bool:
        return any(says(word, way) for word in person.search_text.split() for way in ways)

    def says(word: str, way: str) -> bool:
        part = way.strip()
        if not way.startswith(" "):
            return word.startswith("#") and (word.endswith(part) if way.endswith(" ") else part in word)
        number = word[:2] in {"p-", "m-"}
        return word == part if way.endswith(" ") else word.startswith(part) and number <= ("-" in part)

    def rank(person: IndexedPerson) -> int:
        words, firsts = person.search_text.split(), [ways[0] for ways in wanted]
        if any(first.endswith(" ") and first.strip() in words for first in firsts):
            return 0
        letters = [first[1:] for first in firsts if not first[1].isdigit() and "-" not in first]
        return 1 if any(person.name_norm.startswith(part) for part in letters) else 2

    found = [person for person in rows.values() if all(fits(person, ways) for ways in wanted)]
    return tuple(p.id for p in sorted(found, key=lambda p: (rank(p) if wanted else 0, p.name_norm, p.id)))


ACTS = st.lists(st.tuples(st.sampled_from(("put", "put", "remove", "many")), st.integers(1, 12), NAMES, NAMES, PHONES))


@settings(max_examples=150, deadline=None)
@given(
    before=st.lists(st.tuples(NAMES, NAMES, PHONES), max_size=10),
    acts=ACTS,
    typed=st.lists(
        st.one_of(NAMES, st.sampled_from(("fanta", "k", "p", "m", "7", "931", "m2", "7612", "12", "2e"))), max_size=2
    ),
    overlay=st.sampled_from((1, 3, OVERLAY)),
)
def test_the_index_answers_as_a_count_by_hand(
    before: list[tuple[str, str, str]],
    acts: list[tuple[str, int, str, str, str]],
    typed: list[str],
    overlay: int,
) -> None:
    def made(person_id: int, last: str, first: str, phone: str) -> IndexedPerson:
        return indexed(person_id, last, first, (), f"M-{person_id:05d}", phone)

    rows = {number: made(number, *one) for number, one in enumerate(before, 1)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "OVERLAY", overlay)
        index = PersonIndex(rows.values())
        for act, person_id, last, first, phone in acts:
            if act == "remove":
                rows.pop(person_id, None)
                index.remove(person_id)
                continue
            several = range(person_id, person_id + 3) if act == "many" else (person_id,)
            persons = [made(one, last, first, phone) for one in several]
            rows |= {person.id: person for person in persons}
            index.put_all(persons)
        query = " ".join(typed)
        assert index.search(query) == counted_by_hand(rows, query)
        assert index.all_ids() == counted_by_hand(rows, "")
        assert len(index) == len(rows)
