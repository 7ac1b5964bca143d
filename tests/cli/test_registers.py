"""``importer`` and ``exporter`` as a script runs them: status, JSON on stdout, sentences on stderr."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from antenne.cli.main import main
from antenne.db.slots import Unlocked
from antenne.domain.persons import Person
from antenne.services import exports, opening
from antenne.ui.shell.takeover import OfficeLock
from tests.cli.test_cli import Said
from tests.conftest import LABELS, PHRASES

HEADS = ("Nom", "Prénom", "Naissance", "Tél", "Date d’adhésion")
AWA = ("TRAORÉ", "Awa", "1990", "76123456", "04/03/2024")
SIRA = ("DIALLO", "Sira", "vers 1985", "66987654", "04/03/2024")
WRONG = ("KEÏTA", "Oumou", "1980", "7612", "04/03/2024")


class Script:
    """Runs commands on a fresh office."""

    def __init__(self, folder: Path, work: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._work = work
        self._capture = capture
        self.role = "secretaire"

    def run(self, *arguments: object) -> Said:
        """One command."""
        phrase = self._work / "phrase.txt"
        phrase.write_text(f"{PHRASES[self.role]}\n", encoding="utf-8")
        common = ["--dossier", self.folder, "--phrase-fichier", phrase, "--etiquette", LABELS[self.role]]
        name, *rest = arguments
        try:
            status = main([str(one) for one in (name, *common, *rest)])
        except SystemExit as left:
            status = int(str(left.code))
        said = self._capture.readouterr()
        return Said(status, said.out, said.err.replace("\xa0", " ").replace("\u202f", " "))

    def register(self, *rows: tuple[Any, ...], heads: tuple[str, ...] = HEADS) -> Path:
        """A register with these rows."""
        path = self._work / "registre.xlsx"
        exports.export_table(path, "Registre", heads, rows)
        return path


@pytest.fixture
def script(office_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Script:
    return Script(office_folder, tmp_path, capsys)


@pytest.fixture
def people(script: Script, made_office: tuple[Path, dict[str, Unlocked]], clock: Any) -> Any:
    """Reads who is on file, by first name."""

    def read() -> dict[str, Person]:
        desk = opening.open_desk(script.folder, made_office[1]["secretaire"], clock)
        try:
            with desk.read() as uow:
                return {person.first_name: person for person in uow.persons.many(uow.persons.all_ids())}
        finally:
            desk.close()

    return read


def test_one_row_in_error_stops_everything_unless_told(script: Script, people: Any) -> None:
    path = script.register(AWA, WRONG, SIRA)
    refused = script.run("importer", path)
    assert (refused.status, refused.out) == (1, "")
    assert "Ligne 3, colonne Tél : « 7612 »" in refused.err
    assert "--ignorer-erreurs" in refused.err
    assert people() == {}
    tried = script.run("importer", "--ignorer-erreurs", "--essai", path)
    assert (tried.status, people()) == (0, {})
    assert "Ligne 3 laissée de côté : KEÏTA Oumou (erreur)." in tried.err
    done = script.run("importer", "--ignorer-erreurs", path)
    assert (done.status, done.out) == (0, "")
    assert "Ligne 3 laissée de côté : KEÏTA Oumou (erreur)." in done.err
    assert "2 personnes inscrites" in done.err
    assert people().keys() == {"Awa", "Sira"}


def test_rows_left_aside_are_named_in_the_json(script: Script) -> None:
    path = script.register(AWA, WRONG, AWA, (None, None, "1980", None, None))
    blocked = script.run("importer", "--json", path)
    said = json.loads(blocked.out)
    assert (blocked.status, said["erreurs"], said["laissees_de_cote"], said["ajoutees"]) == (1, 2, [], None)
    assert "Rien n’a été importé" in blocked.err
    done = script.run("importer", "--json", "--ignorer-erreurs", path)
    said = json.loads(done.out)
    assert (done.status, said["ajoutees"]) == (0, 1)
    assert said["laissees_de_cote"] == [
        {"ligne": 3, "nom": "KEÏTA Oumou", "raison": "Erreur"},
        {"ligne": 4, "nom": "TRAORÉ Awa", "raison": "Doublon possible"},
        {"ligne": 5, "nom": "ligne 5", "raison": "Erreur"},
    ]


def test_a_register_recognised_whole_is_no_refusal(script: Script) -> None:
    path = script.register(AWA, SIRA)
    first = script.run("importer", "--json", path)
    assert (first.status, json.loads(first.out)["ajoutees"]) == (0, 2)
    again = script.run("importer", "--json", path)
    said = json.loads(again.out)
    assert (again.status, said["ajoutees"], said["connues"], said["nouvelles"]) == (0, 0, 2, 0)
    assert "rien à inscrire" in again.err
    plain = script.run("importer", path)
    assert (plain.status, plain.out) == (0, "")
    assert "0 nouvelle, 2 déjà connues, 0 doublon possible (laissé de côté), 0 en erreur." in plain.err
    assert "rien à inscrire" in plain.err


def test_a_register_that_holds_nobody_is_refused(script: Script) -> None:
    for path in (script.register(WRONG), script.register(("TOTAL", None, None, None, None))):
        refused = script.run("importer", "--json", "--ignorer-erreurs", path)
        assert refused.status == 1
        assert json.loads(refused.out)["ajoutees"] is None
        assert "aucune ligne ne peut être reprise" in refused.err


def test_what_holds_for_every_row(script: Script, people: Any) -> None:
    heads = ("Nom", "Prénom", "Naissance")
    path = script.register(("TRAORÉ", "Awa", "1990"), heads=heads)
    assert script.run("importer", path).status == 1, "no date of adhesion"
    done = script.run(
        "importer", "--adhesion", "04/03/2024", "--consentement", "orale", "--consentement-le", "5/3/2024",
        "--temoin", " Sira  DIALLO ", path,
    )  # fmt: skip
    assert done.status == 0, done.err
    assert "Accord à recueillir" not in done.err
    awa = people()["Awa"]
    assert awa.membership is not None
    assert awa.membership.joined_on == dt.date(2024, 3, 4)
    assert [(one.given_on, one.how, one.witness) for one in awa.consents] == [
        (dt.date(2024, 3, 5), "orale", "Sira DIALLO")
    ]
    contact = script.register(("DIALLO", "Oumou", "1990"), heads=heads)
    outside = script.run("importer", "--sans-adhesion", contact)
    assert outside.status == 0, outside.err
    assert "Accord à recueillir pour 1 femme" in outside.err
    assert people()["Oumou"].membership is None


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--consentement", "fax", "--consentement-le", "05/03/2024"), "forme d’accord"),
        (("--consentement", "orale", "--consentement-le", "05/03/2024"), "témoin"),
        (("--consentement", "signature", "--consentement-le", "05/03/2190"), "jour où l’accord"),
        (("--adhesion", "05/03/2190"), "date d’adhésion"),
        (("--majeures-evidentes", "connues du quartier"), "responsable"),
        (("--feuille", "Autre"), "« Autre »"),
    ],
)
def test_what_does_not_fit_is_refused(script: Script, people: Any, options: tuple[str, ...], sentence: str) -> None:
    refused = script.run("importer", *options, script.register(AWA))
    assert (refused.status, refused.out) == (1, ""), refused.err
    assert sentence in refused.err
    assert people() == {}


@pytest.mark.parametrize(
    "options",
    [
        ("--consentement", "signature"),
        ("--consentement-le", "05/03/2024"),
        ("--adhesion", "31/02/2024"),
        ("--adhesion", "hier"),
    ],
)
def test_wrong_usage(script: Script, options: tuple[str, ...]) -> None:
    done = script.run("importer", *options, script.register(AWA))
    assert (done.status, done.out) == (2, "")
    assert "antenne : " in done.err


def test_the_responsable_attests(script: Script, people: Any) -> None:
    script.role = "responsable"
    path = script.register(("CISSÉ", "Nana", None, None, "04/03/2024"))
    assert script.run("importer", path).status == 1
    done = script.run("importer", "--majeures-evidentes", "connues du quartier", path)
    assert done.status == 0, done.err
    assert people()["Nana"].evident_adult == "connues du quartier"


def test_what_is_exported_is_recognised(script: Script, tmp_path: Path) -> None:
    heads = (*HEADS, "Statut", "Marraine")
    path = script.register((*AWA, None, None), (*SIRA, None, "Awa Traoré"), ("BÂ", "Une", None, None, None, "Enfant", None),
                           heads=heads)  # fmt: skip
    assert script.run("importer", path).status == 0
    out = tmp_path / "liste.xlsx"
    assert script.run("exporter", "adherentes", "--sortie", out).out.strip() == str(out)
    again = script.run("importer", "--json", out)
    said = json.loads(again.out)
    assert (again.status, said["connues"], said["constats"]) == (0, 3, [])


def test_an_import_waits_for_the_window_to_be_closed(script: Script) -> None:
    lock = OfficeLock(script.folder)
    lock.acquire()
    try:
        said = script.run("importer", script.register(AWA))
        assert (said.status, "déjà ouverte sur ce dossier" in said.err) == (1, True)
        assert script.run("importer", script.register(AWA), "--essai").status == 0
    finally:
        lock.release()
    assert script.run("importer", script.register(AWA)).status == 0
