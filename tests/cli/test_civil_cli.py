"""``delai-naissance``, ``etat-civil``, ``rapport`` as a script runs them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from antenne.base.clock import FixedClock
from antenne.cli.main import main
from antenne.db.slots import Unlocked
from antenne.domain.civil import EventKind, Payer
from antenne.domain.civil_clock import Delay
from antenne.domain.civil_first_routes import ROUTES
from antenne.domain.civil_routes import Step
from antenne.services import opening
from antenne.services.civil_routes_editing import SaveRoute, save_route
from antenne.services.desk import Desk
from tests.cli.test_cli import Said
from tests.conftest import LABELS, PHRASES
from tests.services import civil_help as files
from tests.services import money

Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """One command, without any office."""

    def call(*arguments: object) -> Said:
        try:
            status = main([str(one) for one in arguments])
        except SystemExit as left:
            status = int(str(left.code))
        said = capsys.readouterr()
        return Said(status, said.out, said.err.replace("\xa0", " ").replace("\u202f", " "))

    return call


@pytest.fixture
def office(
    made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, clock: FixedClock, tmp_path: Path
) -> list[object]:
    """Options for an office with a judgment received in 2024, a declaration of 2025 and a file at its hearing."""
    desk = opening.open_desk(office_folder, made_office[1]["secretaire"], clock)
    awa = money.member(desk)
    paid = files.finished(desk, awa, dt.date(2024, 5, 14), handed=dt.date(2025, 1, 9))
    files.fee(desk, paid, Payer.PROJECT, 1000, dt.date(2024, 5, 2))
    files.finished(desk, awa, dt.date(2024, 8, 1), "declaration")
    files.finished(desk, awa, dt.date(2025, 3, 3), "identity_card_old")
    waits = files.opened(desk, awa, dt.date(2026, 3, 2))
    files.went(desk, waits, "late_judgment", Step.HEARING, dict.fromkeys(Step, dt.date(2026, 4, 1)))
    until = dt.date(2026, 5, 4)
    files.wrote(desk, waits, dt.date(2026, 4, 2), EventKind.POSTPONED, until=until, words="juge absent")
    desk.close()
    return ["--dossier", office_folder, *phrase("lecture", tmp_path)]


def phrase(role: str, folder: Path) -> list[object]:
    path = folder / f"{role}.txt"
    path.write_text(f"{PHRASES[role]}\n", encoding="utf-8")
    return ["--phrase-fichier", path, "--etiquette", LABELS[role]]


def test_the_delay_of_a_birth_needs_no_office(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("delai-naissance", "2026-11-01", "--au", "2026-11-23", "--json")
    assert (done.status, done.err) == (0, "")
    said = json.loads(done.out)
    assert set(said) == {"dernier_jour", "jours_restants", "etat", "explication"}
    assert (said["dernier_jour"], said["jours_restants"], said["etat"]) == ("2026-12-02", 9, "bientot")
    assert "2 décembre 2026" in said["explication"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("born", "on", "left", "state"),
    [
        ("2024-02-29", "2024-03-01", 30, "dans_le_delai"),
        ("2026-10-23", "2026-11-23", 0, "a_verifier"),
        ("2026-10-22", "2026-11-23", -1, "a_verifier"),
        ("2026-10-21", "2026-11-23", -2, "depasse"),
        ("01/11/2026", "01/11/2026", 31, "dans_le_delai"),
    ],
)
def test_states_of_the_delay(run: Run, born: str, on: str, left: int, state: str) -> None:
    said = json.loads(run("delai-naissance", born, "--au", on, "--json").out)
    assert (said["jours_restants"], said["etat"]) == (left, state)


def test_the_delay_in_words_and_from_today(run: Run) -> None:
    done = run("delai-naissance", "2020-01-01")
    assert done.status == 0
    assert "Délai passé" in done.out
    assert "jugement supplétif" in done.out


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("2026-11-24", "--au", "2026-11-23"), 1, "La naissance est après le 23/11/2026."),
        (("9999-12-31", "--au", "9999-12-31"), 1, "Cette date est après 2199."),
        (("2023-02-29",), 2, "« 2023-02-29 » n’est pas une date"),
        (("hier",), 2, "n’est pas une date"),
        ((), 2, "il manque"),
    ],
)
def test_a_birth_that_cannot_be_counted_is_refused_in_a_sentence(
    run: Run, arguments: tuple[str, ...], status: int, words: str
) -> None:
    done = run("delai-naissance", *arguments, "--json")
    assert (done.status, done.out) == (status, "")
    assert words in done.err
    assert "Traceback" not in done.err


def test_the_delay_of_an_office_is_the_one_that_it_set_for_the_day(
    run: Run, responsable_desk: Desk, office: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    declaration = next(route for route in ROUTES if route.key == "declaration")
    longer = replace(declaration, since=dt.date(2026, 12, 1), delay=Delay(60, 50, 58, 62))
    save_route(responsable_desk, SaveRoute(request_id="d", route=longer))
    for on, last, state in (
        ("2026-11-30", "2026-12-02", "bientot"),
        ("2026-12-01", "2027-01-01", "dans_le_delai"),
    ):
        done = run("delai-naissance", "2026-11-01", "--au", on, "--json", *office)
        assert done.status == 0, done.err
        said = json.loads(done.out)
        assert (said["dernier_jour"], said["etat"]) == (last, state)
    assert said["explication"].startswith("Soixante jours francs")
    without = json.loads(run("delai-naissance", "2026-11-01", "--au", "2026-12-01", "--json").out)
    assert without["dernier_jour"] == "2026-12-02", "without a phrase, where every office begins"


def test_a_past_day_is_told_by_the_versions_of_that_day(run: Run, responsable_desk: Desk, office: list[object]) -> None:
    """The démarche was renamed since, and lost the step at which the file stood that day."""
    judgment = next(route for route in ROUTES if route.key == "late_judgment")
    steps = (Step.OPENED, Step.PIECES_READY, Step.FILED, Step.RECEIVED, Step.HANDED)
    renamed = replace(judgment, label="Jugement (nouveau)", since=responsable_desk.today, steps=steps)
    save_route(responsable_desk, SaveRoute(request_id="v", route=renamed))
    made = save_route(responsable_desk, SaveRoute(request_id="n", route=replace(renamed, key="", label="Autre"))).value
    for on, label, known in (("2026-04-15", "Jugement supplétif", False), ("2026-11-23", "Jugement (nouveau)", True)):
        done = run("etat-civil", *office, "--au", on, "--json")
        assert done.status == 0, done.err
        said = json.loads(done.out)
        assert {one["code"]: one["nombre"] for one in said["etapes"]}["hearing"] == 1
        routes = {one["code"]: one for one in said["demarches"]}
        assert routes["late_judgment"]["libelle"] == label
        assert (made.key in routes) is known


def test_files_by_step_on_a_day(run: Run, office: list[object]) -> None:
    done = run("etat-civil", *office, "--au", "2026-06-30", "--json")
    assert done.status == 0, done.err
    said = json.loads(done.out)
    steps = {one["code"]: one["nombre"] for one in said["etapes"]}
    assert (said["au"], said["dossiers"], said["en_cours"]) == ("2026-06-30", 4, 3)
    assert {code: count for code, count in steps.items() if count} == {"handed": 1, "received": 2, "hearing": 1}
    assert sum(one["en_cours"] for one in said["demarches"]) == 3
    assert all(one["libelle"] for one in (*said["etapes"], *said["demarches"]))
    before = json.loads(run("etat-civil", *office, "--au", "2024-05-20", "--json").out)
    assert (before["dossiers"], {one["code"]: one["nombre"] for one in before["etapes"]}["received"]) == (1, 1)
    plain = run("etat-civil", *office, "--au", "2026-06-30").out
    assert "Au 30/06/2026" in plain
    assert "Jugement supplétif" in plain


def test_the_report_of_a_year_is_written_as_a_file(run: Run, office: list[object], tmp_path: Path) -> None:
    target = tmp_path / "rapport.json"
    done = run("rapport", *office, "2024", "--format", "json", "--sortie", target)
    assert done.status == 0, done.err
    assert done.out.strip() == str(target)
    said = json.loads(target.read_text(encoding="utf-8"))
    assert set(said) == {"periode", "indicateurs"}
    assert said["periode"] == {"du": "2024-01-01", "au": "2024-12-31"}
    assert {frozenset(one) for one in said["indicateurs"]} == {
        frozenset({"code", "libelle", "unite", "valeur", "cible"})
    }
    found = {one["code"]: one["valeur"] for one in said["indicateurs"]}
    assert found["etat_civil.actes_de_naissance_etablis"] == 2
    assert found["etat_civil.actes_de_naissance_gratuits"] == 1
    assert found["etat_civil.cartes_identite"] == 0


def test_the_report_of_whole_months_in_words(run: Run, office: list[object]) -> None:
    done = run("rapport", *office, "--du", "2024-08", "--au", "2025-03")
    assert done.status == 0, done.err
    assert "du 01/08/2024 au 31/03/2025" in done.out
    lines = [line.replace("\xa0", " ").strip() for line in done.out.splitlines()]
    assert "Actes de naissance établis : 1" in lines
    assert "Cartes d’identité obtenues : 1" in lines
    assert "remis dans la période : 1" in lines
    said = json.loads(run("rapport", *office, "--du", "2024-02", "--au", "2024-02", "--format", "json").out)
    assert said["periode"] == {"du": "2024-02-01", "au": "2024-02-29"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "donnez une année"),
        (("2024", "--du", "2024-01", "--au", "2024-02"), "donnez une année"),
        (("--du", "2024-01"), "donnez une année"),
        (("--du", "2024-03", "--au", "2024-02"), "--du doit être avant --au"),
        (("24",), "n’est pas une année"),
        (("--du", "2024-13", "--au", "2024-13"), "n’est pas un mois"),
        (("0000",), "n’est pas une année"),
        (("2024", "--format", "pdf"), "choix inconnu"),
    ],
)
def test_a_period_that_means_nothing_is_wrong_usage(run: Run, arguments: tuple[str, ...], words: str) -> None:
    done = run("rapport", *arguments)
    assert (done.status, done.out) == (2, "")
    assert words in done.err


def test_a_report_that_cannot_be_written_says_so(run: Run, office: list[object], tmp_path: Path) -> None:
    done = run("rapport", *office, "2024", "--sortie", tmp_path / "absent" / "rapport.json")
    assert (done.status, done.out) == (1, "")
    assert done.err.strip()
    assert "Traceback" not in done.err
