"""The first run from the first page to the founding, and every way to go wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from antenne.domain import first_run, recovery
from antenne.domain.cards import Variant
from antenne.domain.first_run import (
    CodeTyped,
    Confirm,
    Copied,
    Draw,
    FirstRun,
    Input,
    Keep,
    NewCode,
    OwnPhrase,
    Printer,
    Responsable,
    Step,
    TypedBack,
)
from antenne.domain.office import Heading, Office
from antenne.domain.passphrases import WordList
from antenne.domain.violations import Violation

LIST = WordList.of(f"mot{number}" for number in range(8000))
PHRASE = "tambour galette rivière hamac"
BASE, CONFIDENTIAL = 2**129 + 7, 2**128 + 11
OFFICE = Office(
    association="  Danaya   So ",
    name="Antenne de Mopti",
    town="Sévaré",
    postal_box="BP 12",
    phone="+223 76 12 34 56",
    logo=b"\x89PNG\r\n\x1a\n...",
    headings={"receipt": Heading.NONE},
)
WHO = Responsable("Awa Coulibaly", "Le Fleuve")
START = first_run.begin(PHRASE, BASE, CONFIDENTIAL)
BASE_CODE, CONFIDENTIAL_CODE = START.codes


def go(state: FirstRun, *inputs: Input) -> FirstRun:
    for given in inputs:
        outcome = first_run.advance(state, given, LIST)
        assert isinstance(outcome, FirstRun), outcome
        state = outcome
    return state


def refused(state: FirstRun, given: Input) -> tuple[Violation, ...]:
    outcome = first_run.advance(state, given, LIST)
    assert isinstance(outcome, tuple)
    return outcome


def codes_of(found: tuple[Violation, ...]) -> list[tuple[str, str | None]]:
    return [(violation.code, violation.field) for violation in found]


AT_PHRASE = go(START, OFFICE, WHO)
AT_CODES = go(AT_PHRASE, TypedBack(f" {PHRASE} "))
AT_PRINTER = go(AT_CODES, Copied(), CodeTyped(BASE_CODE.lower()), Copied(), CodeTyped(CONFIDENTIAL_CODE))
FINISHED = go(AT_PRINTER, Printer(Variant.FOLD), Confirm())


def test_the_whole_way() -> None:
    founding = first_run.result(FINISHED)
    assert founding.office == replace(OFFICE, association="Danaya So")
    assert founding.responsable == WHO
    assert founding.passphrase == PHRASE
    assert recovery.decode(founding.base_code) == recovery.Code(BASE, recovery.CodeKind.BASE)
    assert recovery.decode(founding.confidential_code) == recovery.Code(CONFIDENTIAL, recovery.CodeKind.CONFIDENTIAL)
    assert founding.printer is Variant.FOLD


def test_secrets_never_show() -> None:
    inputs = (Draw(PHRASE), TypedBack(PHRASE), OwnPhrase(PHRASE, PHRASE), CodeTyped(BASE_CODE), NewCode(BASE))
    for shown in map(repr, (START, AT_CODES, FINISHED, first_run.result(FINISHED), *inputs)):
        assert "tambour" not in shown
        assert BASE_CODE not in shown
        assert CONFIDENTIAL_CODE not in shown
        assert str(BASE) not in shown


def test_headings_are_those_of_known_papers() -> None:
    with pytest.raises(ValueError, match="heading"):
        first_run.advance(START, replace(OFFICE, headings={"poster": Heading.NONE}), LIST)


def test_all_faults_of_the_office_at_once() -> None:
    bad = Office(
        association="",
        name=" ",
        town="x" * 500,
        postal_box="\u202e12",
        phone="soixante-seize",
        logo=b"GIF89a",
        motto="!",
        neutral_heading="\x00",
    )
    assert codes_of(refused(START, bad)) == [
        ("first_run.missing", "association"),
        ("first_run.unfit", "motto"),
        ("first_run.missing", "name"),
        ("first_run.too_long", "town"),
        ("first_run.unfit", "postal_box"),
        ("first_run.unfit", "neutral_heading"),
        ("first_run.phone", "phone"),
        ("first_run.logo_not_image", "logo"),
    ]
    large = b"\xff\xd8\xff" + bytes(first_run.MAX_LOGO_BYTES)
    assert codes_of(refused(START, replace(OFFICE, logo=large))) == [("first_run.logo_too_large", "logo")]
    assert codes_of(refused(START, replace(OFFICE, name="😀"))) == [("first_run.unfit", "name")]
    assert go(START, Office(association="Danaya So", name="Antenne", town="Sévaré")).step is Step.RESPONSABLE


@pytest.mark.parametrize(
    ("name", "label", "found"),
    [
        ("", "", [("first_run.missing", "name"), ("first_run.missing", "label")]),
        ("Awa Coulibaly", "awa", [("first_run.label_tells", "label")]),
        ("Awa Coulibaly", "Chez COULIBALY", [("first_run.label_tells", "label")]),
        ("Awa Coulibaly", "l’Écoute", [("first_run.label_tells", "label")]),
        ("Awa Coulibaly", "La responsable", [("first_run.label_tells", "label")]),
        ("Awa Coulibaly", "x" * 41, [("first_run.too_long", "label")]),
    ],
)
def test_a_label_is_neutral(name: str, label: str, found: list[tuple[str, str]]) -> None:
    assert codes_of(refused(go(START, OFFICE), Responsable(name, label))) == found


def test_words_drawn_anew_and_typed_wrong() -> None:
    other = go(AT_PHRASE, Draw("girafe pirogue mangue nuage"))
    assert (other.step, other.offered) == (Step.PASSPHRASE, "girafe pirogue mangue nuage")
    assert codes_of(refused(other, TypedBack(PHRASE))) == [("first_run.words_differ", "passphrase")]
    assert go(other, TypedBack("girafe  pirogue mangue nuage")).passphrase == "girafe pirogue mangue nuage"
    assert codes_of(refused(AT_PHRASE, TypedBack(""))) == [("first_run.words_differ", "passphrase")]


def test_a_phrase_of_her_own() -> None:
    own = "mot1 mot2 mot3 mot4"
    assert go(AT_PHRASE, OwnPhrase(own, f"{own} ")).passphrase == own
    assert codes_of(refused(AT_PHRASE, OwnPhrase(own, "mot1"))) == [("first_run.words_differ", "again")]
    assert codes_of(refused(AT_PHRASE, OwnPhrase("mopti", "mopti"))) == [("passphrase.too_weak", "passphrase")]


def test_a_code_is_hidden_while_it_is_typed_back() -> None:
    assert first_run.shown_code(AT_PHRASE) is None
    assert first_run.shown_code(AT_CODES) == BASE_CODE
    assert first_run.present_kind(AT_CODES) is recovery.CodeKind.BASE
    assert codes_of(refused(AT_CODES, CodeTyped(BASE_CODE))) == [("first_run.code_not_copied", "code")]
    assert codes_of(refused(AT_CODES, Keep())) == [("first_run.code_not_copied", "code")]
    hidden = go(AT_CODES, Copied())
    assert first_run.shown_code(hidden) is None
    wrong = BASE_CODE.replace(BASE_CODE[:4], "2222", 1)
    assert refused(hidden, CodeTyped(wrong))[0].values == (("group", 1),)
    second = go(hidden, CodeTyped(BASE_CODE))
    assert first_run.shown_code(second) == CONFIDENTIAL_CODE
    assert first_run.present_kind(second) is recovery.CodeKind.CONFIDENTIAL
    assert first_run.shown_code(AT_PRINTER) is None
    assert first_run.present_kind(AT_PRINTER) is None


def test_a_spoilt_paper_gets_a_fresh_code() -> None:
    fresh = go(AT_CODES, Copied(), NewCode(5))
    assert first_run.shown_code(fresh) == recovery.encode(5, recovery.CodeKind.BASE)
    assert fresh.codes[1] == CONFIDENTIAL_CODE
    second = go(AT_CODES, Copied(), CodeTyped(BASE_CODE), Copied(), NewCode(6))
    assert second.codes == (BASE_CODE, recovery.encode(6, recovery.CodeKind.CONFIDENTIAL))


def test_back_keeps_the_answers_and_shows_no_code_again() -> None:
    assert first_run.back(START) == START
    assert first_run.back(FINISHED) == FINISHED
    again = first_run.back(AT_PRINTER)
    assert again.step is Step.CODES
    assert first_run.shown_code(again) is None
    assert go(again, Keep()) == AT_PRINTER
    first = first_run.back(first_run.back(first_run.back(again)))
    assert (first.step, first.office) == (Step.OFFICE, AT_PRINTER.office)
    assert go(first, OFFICE, WHO, Keep(), Keep()) == AT_PRINTER
    assert codes_of(refused(AT_PHRASE, Keep())) == [("passphrase.empty", "passphrase")]
    hidden = first_run.back(go(AT_CODES, Copied()))
    assert first_run.shown_code(go(hidden, Keep())) is None


def test_an_input_of_another_page_is_our_fault() -> None:
    for state, given in ((START, WHO), (AT_CODES, OFFICE), (FINISHED, Confirm()), (AT_PHRASE, Copied())):
        with pytest.raises(ValueError, match=type(given).__name__):
            first_run.advance(state, given, LIST)
    assert len(get_args(Input)) == 11
    with pytest.raises(ValueError, match="not finished"):
        first_run.result(AT_PRINTER)
