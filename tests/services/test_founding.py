"""Founding an office on a real disk: what was answered opens it, and a failure leaves nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from antenne.base.clock import FixedClock
from antenne.base.problems import Problem
from antenne.base.progress import Silent, Stopped
from antenne.db.slots import MIN_MEMORY, KdfParams
from antenne.domain import first_run
from antenne.domain.cards import Variant
from antenne.domain.first_run import FirstRun, Founding, Responsable
from antenne.domain.office import Heading, Office
from antenne.domain.passphrases import WordList
from antenne.domain.rights import Role
from antenne.domain.violations import RulesBroken
from antenne.services import access, cards_printing, founding, opening
from antenne.wording.login import STEPS, violation_words
from tests.conftest import KDF

OFFICE = Office(
    association="DANAYA SO",
    name="Antenne de Mopti",
    town="Sévaré",
    headings={"receipt": Heading.NONE},
    phone="21420000",
)


def answered(state: FirstRun, words: WordList) -> FirstRun:
    """Every page answered as a careful hand would."""
    for given in (
        OFFICE,
        Responsable("Aminata Diarra", "Baobab"),
        first_run.TypedBack(state.offered),
        first_run.Copied(),
        first_run.CodeTyped(state.codes[0].lower()),
        first_run.Copied(),
        first_run.CodeTyped(state.codes[1]),
        first_run.Printer(Variant.SHEET),
        first_run.Confirm(),
    ):
        outcome = founding.advance(state, given, words)
        assert isinstance(outcome, FirstRun), outcome
        state = outcome
    return state


@pytest.fixture(scope="module")
def given() -> Founding:
    state, words = founding.begin()
    return first_run.result(answered(state, words))


def test_the_office_opens_by_the_phrase_and_by_both_codes(given: Founding, tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / "data"
    unlocked = founding.found_office(folder, given, clock, Silent(), KDF)
    assert unlocked.roles == {"responsable"}
    assert unlocked.confidential_key is not None
    again = access.unlock(folder, given.passphrase, "baobab")
    base = access.unlock(folder, given.base_code, None)
    both = access.unlock(folder, given.confidential_code.lower().replace("-", " "), None)
    assert again.base_key == base.base_key == both.base_key
    assert base.confidential_key is None
    assert both.confidential_key == unlocked.confidential_key

    desk = opening.open_desk(folder, unlocked, clock)
    try:
        assert desk.office.name == "Antenne de Mopti"
        assert desk.office.heading("receipt") is Heading.NONE
        assert desk.actor.name == "Aminata Diarra"
        assert desk.actor.roles == {Role.RESPONSABLE}
        assert cards_printing.own_variant(desk) is Variant.SHEET
    finally:
        desk.close()


def test_the_key_file_tells_neither_names_nor_which_envelope_is_which(
    given: Founding, tmp_path: Path, clock: FixedClock
) -> None:
    founding.found_office(tmp_path / "data", given, clock, Silent(), KDF)
    written = (tmp_path / "data" / "antenne.cles").read_text(encoding="utf-8")
    for telling in ("Aminata", "Diarra", "responsable", "confidentiel", *given.passphrase.split()):
        assert telling not in written
    door = access.read_door(tmp_path / "data")
    assert door.labels == ("Baobab",)
    assert [slot.label for slot in door.keyfile.slots] == ["Baobab", "Enveloppe 1", "Enveloppe 2"]


def test_no_secret_is_left_on_the_disk(given: Founding, tmp_path: Path, clock: FixedClock) -> None:
    founding.found_office(tmp_path / "data", given, clock, Silent(), KDF)
    for path in (tmp_path / "data").rglob("*"):
        content = path.read_bytes()
        for secret in (given.passphrase, given.base_code, given.confidential_code, given.base_code.replace("-", "")):
            assert secret.encode() not in content
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["antenne.cles", "base.db"]


def test_an_office_is_never_founded_over_another(given: Founding, office_folder: Path, clock: FixedClock) -> None:
    before = (office_folder / "antenne.cles").read_bytes()
    with pytest.raises(Problem, match=r"office\.exists"):
        founding.found_office(office_folder, given, clock, Silent(), KDF)
    assert (office_folder / "antenne.cles").read_bytes() == before


def test_half_an_office_is_not_founded_over_either(given: Founding, tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / "base.db").write_bytes(bytes(4096))
    with pytest.raises(Problem, match=r"office\.half"):
        founding.found_office(tmp_path, given, clock, Silent(), KDF)


class StopAt:
    """Asks to stop once a step was begun."""

    def __init__(self, step: str) -> None:
        self._step = step
        self.steps: list[str] = []

    def report(self, step: str, done: int, total: int) -> None:
        self.steps.append(step)

    def check(self) -> None:
        if self._step in self.steps:
            raise Stopped


def test_stopping_before_the_base_is_made_leaves_nothing(given: Founding, tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(Stopped):
        founding.found_office(tmp_path / "data", given, clock, StopAt("founding.measure"), KDF)
    assert not (tmp_path / "data").exists()


def test_every_step_has_words(given: Founding, tmp_path: Path, clock: FixedClock) -> None:
    watched = StopAt("never")
    founding.found_office(tmp_path / "data", given, clock, watched, KDF)
    assert watched.steps == list(STEPS)


def test_a_phrase_of_a_demonstration_is_refused_in_a_real_office(
    given: Founding, tmp_path: Path, clock: FixedClock
) -> None:
    phrase = "demo girafe mangue pirogue calebasse"
    with pytest.raises(RulesBroken) as caught:
        founding.found_office(tmp_path / "data", replace(given, passphrase=phrase), clock, Silent(), KDF)
    assert "démonstration" in violation_words(caught.value.violations[0])
    assert not (tmp_path / "data").exists()
    state, words = founding.begin()
    at_phrase = replace(state, step=first_run.Step.PASSPHRASE)
    outcome = founding.advance(at_phrase, first_run.OwnPhrase(f"  DEMO {phrase}", phrase), words)
    assert isinstance(outcome, tuple)
    assert outcome[0].code == "founding.demo_phrase"


@pytest.mark.parametrize(("text", "code"), [("", "passphrase.empty"), ("é" * 100_000, "passphrase.too_long")])
def test_an_empty_or_endless_phrase_is_refused_before_anything_slow(text: str, code: str) -> None:
    state, words = founding.begin()
    outcome = founding.advance(replace(state, step=first_run.Step.PASSPHRASE), first_run.OwnPhrase(text, text), words)
    assert isinstance(outcome, tuple)
    assert outcome[0].code == code


def test_a_label_is_never_that_of_an_envelope() -> None:
    state, words = founding.begin()
    at_name = replace(state, step=first_run.Step.RESPONSABLE)
    outcome = founding.advance(at_name, Responsable("Aminata Diarra", " enveloppe  2 "), words)
    assert isinstance(outcome, tuple)
    assert outcome[0].code == "keys.label_taken"


def test_the_cost_keeps_to_64_mib() -> None:
    found = founding.unlock_cost()
    assert found.memory == MIN_MEMORY
    assert KdfParams().passes <= found.passes <= 16


def test_what_is_drawn_differs_each_time() -> None:
    (first, words), (second, _) = founding.begin(), founding.begin()
    assert first.codes != second.codes
    assert founding.new_code() != founding.new_code()
    assert len(founding.new_words(words).phrase.split()) == 4
