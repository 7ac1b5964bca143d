"""The command line as a responsable types it: real processes on a real demonstration office."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
import xlsxwriter
from openpyxl import load_workbook

from tests.services.register_sample import write_register

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    status: int
    out: str
    err: str


def antenne(*arguments: object) -> Said:
    """Run one command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "antenne", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode().replace("\xa0", " ").replace("\u202f", " "))


@dataclass(frozen=True)
class Office:
    """A demonstration office and what ``demo --json`` said of it."""

    folder: Path
    users: tuple[dict[str, str], ...]

    def options(self, role: str = "responsable", folder: Path | None = None) -> list[object]:
        """What most commands are given."""
        phrase = next(one["phrase"] for one in self.users if one["role"] == role)
        file = self.folder.parent / f"{role}.txt"
        file.write_text(f"{phrase}\n", encoding="utf-8")
        return ["--dossier", folder or self.folder, "--phrase-fichier", file]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The demonstration, as the command builds it."""
    folder = tmp_path_factory.mktemp("cli") / "data"
    done = antenne("demo", "--sans-fenetre", "--json", "--dossier", folder)
    assert done.status == 0, done.err
    said = json.loads(done.out)
    assert said["dossier"] == str(folder)
    return Office(folder, tuple(said["utilisatrices"]))


@pytest.fixture
def office(built: Office, tmp_path: Path) -> Office:
    """A copy to work in."""
    shutil.copytree(built.folder, tmp_path / "data")
    return Office(tmp_path / "data", built.users)


@pytest.fixture(scope="session")
def backup(built: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup made by the command: the last line of stdout is its path."""
    target = tmp_path_factory.mktemp("cle")
    done = antenne("sauvegarder", *built.options("secretaire"), target)
    assert done.status == 0, done.err
    assert "relue, chiffrée" in done.err
    path = Path(done.out.splitlines()[-1])
    assert path.parent == target
    assert path.is_file()
    return path


def test_demo_describes_its_users_and_is_not_built_twice(built: Office) -> None:
    assert [one["role"] for one in built.users] == ["responsable", "secretaire", "caissiere", "ecoutante", "lecture"]
    for one in built.users:
        assert set(one) == {"nom", "role", "etiquette", "phrase"}
        assert all(one.values())
    again = antenne("demo", "--sans-fenetre", "--dossier", built.folder)
    assert (again.status, again.out) == (0, "")
    assert built.users[1]["phrase"] in again.err


def test_controler_names_every_check(built: Office) -> None:
    done = antenne("controler", *built.options(), "--json")
    assert done.status == 0, done.err
    said = json.loads(done.out)
    assert said["ok"] is True
    assert len({one["nom"] for one in said["controles"]}) == len(said["controles"]) > 3
    assert all(one["ok"] is True and one["detail"] for one in said["controles"])
    plain = antenne("controler", *built.options())
    assert plain.out.count("juste") == len(said["controles"])
    assert "FAUTE" not in plain.out


def test_the_data_folder_may_be_named_before_the_command(built: Office, tmp_path: Path) -> None:
    _, folder, *phrase = built.options()
    done = antenne("--dossier", folder, "controler", *phrase)
    assert done.status == 0, done.err
    after = antenne("--dossier", tmp_path / "vide", "controler", "--dossier", folder, *phrase)
    assert after.status == 0, after.err


def test_a_backup_is_verified_with_and_without_a_phrase(built: Office, backup: Path, tmp_path: Path) -> None:
    without = antenne("verifier", backup)
    assert without.status == 0, without.err
    assert "intacte" in without.out
    assert "authentique" not in without.out
    phrase = built.options()[2:]
    assert "authentique" in antenne("verifier", *phrase, backup).out
    said = json.loads(antenne("verifier", *phrase, "--json", backup).out)
    assert said["etat"] == "authentique"
    assert said["octets"] == backup.stat().st_size
    assert said["contenu"]
    assert json.loads(antenne("verifier", "--json", backup).out)["etat"] == "intacte"

    broken = tmp_path / backup.name
    data = bytearray(backup.read_bytes())
    data[len(data) // 2] ^= 1
    broken.write_bytes(data)
    refused = antenne("verifier", broken)
    assert refused.status == 1
    assert refused.out == ""
    assert_sentence(refused.err)
    told = antenne("verifier", "--json", broken)
    assert told.status == 1
    assert json.loads(told.out)["etat"] == "illisible"


def test_a_backup_is_restored_into_a_new_folder_only(built: Office, backup: Path, tmp_path: Path) -> None:
    new = tmp_path / "nouveau"
    options = built.options(folder=new)
    done = antenne("restaurer", *options, backup)
    assert done.status == 0, done.err
    assert done.out.strip() == str(new)
    assert "Restaurée" in done.err
    assert json.loads(antenne("controler", *options, "--json").out)["ok"] is True
    again = antenne("restaurer", *options, backup)
    assert again.status == 1
    assert "contient déjà un bureau" in again.err
    missing = antenne("restaurer", *options[2:], backup)
    assert missing.status == 2
    assert "--dossier" in missing.err


def test_cards_are_drawn_into_one_pdf(office: Office, tmp_path: Path) -> None:
    target = tmp_path / "cartes.pdf"
    done = antenne("cartes", *office.options("secretaire"), "--sortie", target)
    assert done.status == 0, done.err
    assert done.out.strip() == str(target)
    with pypdfium2.PdfDocument(target) as document:
        assert len(document) >= 1
        assert "M-0" in document[0].get_textpage().get_text_bounded()
    two = tmp_path / "deux.pdf"
    named = antenne("cartes", *office.options("secretaire"), "--numeros", "M-00001,M-00002", "--sortie", two)
    assert named.status == 0, named.err
    with pypdfium2.PdfDocument(two) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert "M-00001" in text
    assert "M-00002" in text
    unknown = antenne("cartes", *office.options("secretaire"), "--numeros", "M-99999", "--sortie", tmp_path / "x.pdf")
    assert unknown.status == 1
    assert "M-99999" in unknown.err
    assert not (tmp_path / "x.pdf").exists()


def test_a_register_is_tried_then_imported(office: Office, tmp_path: Path) -> None:
    faulty = tmp_path / "registre.xlsx"
    sample = write_register(faulty)
    options = office.options()
    tried = antenne("importer", *options, "--essai", "--json", faulty)
    said = json.loads(tried.out)
    assert tried.status == 1
    assert said["lignes"] == sample.rows
    assert said["erreurs"] >= len(sample.errors)
    assert {one["ligne"] for one in said["constats"]} >= sample.errors
    assert said["ajoutees"] is None

    good = tmp_path / "bon.xlsx"
    write_good_register(good)
    before = count_members(office, tmp_path / "avant.xlsx")
    tried = antenne("importer", *options, "--essai", "--json", good)
    assert tried.status == 0, tried.err
    assert (json.loads(tried.out)["nouvelles"], json.loads(tried.out)["ajoutees"]) == (3, None)
    assert count_members(office, tmp_path / "essai.xlsx") == before
    done = antenne("importer", *options, good)
    assert done.status == 0, done.err
    assert done.out == ""
    assert count_members(office, tmp_path / "apres.xlsx") == before + 3
    again = antenne("importer", *options, "--json", good)
    assert again.status == 0, "a register recognised whole is no refusal"
    assert (json.loads(again.out)["connues"], json.loads(again.out)["ajoutees"]) == (3, 0)
    assert "rien à inscrire" in again.err
    assert count_members(office, tmp_path / "encore.xlsx") == before + 3


def write_good_register(path: Path) -> None:
    """Three women whom nobody knows."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Registre")
    sheet.write_row(0, 0, ("Nom", "Prénom", "Date naiss.", "Tél", "Date d'adhésion"))
    women = (
        ("Zouboye", "Naïssatou", "vers 1994"),
        ("Yattassaye", "Ouleymatou", "1988"),
        ("Xéwa", "Pendo", "12/03/1990"),
    )
    for place, (last, first, birth) in enumerate(women, 1):
        sheet.write_row(place, 0, (last, first, birth, f"7655443{place}", "06/01/2026"))
    book.close()


def count_members(office: Office, path: Path) -> int:
    """Lines of an exported list."""
    done = antenne("exporter", *office.options(), "adherentes", "--sortie", path)
    assert done.status == 0, done.err
    assert done.out.strip() == str(path)
    book = load_workbook(path, read_only=True)
    try:
        return sum(1 for row in book.active.iter_rows(values_only=True) if any(row)) - 1
    finally:
        book.close()


def assert_sentence(text: str) -> None:
    """One French sentence, no traceback."""
    assert "Traceback" not in text
    assert text.strip().endswith((".", "!"))
    assert text.strip()[0].isupper() or text.startswith("«")


@pytest.mark.parametrize(
    ("content", "word"), [("calebasse tabouret fourmi rideau\n", "phrase"), ("", "phrase"), ("\xff\xfe", "phrase")]
)
def test_a_phrase_that_opens_nothing_is_refused_in_french(
    built: Office, tmp_path: Path, content: str, word: str
) -> None:
    file = tmp_path / "phrase.txt"
    file.write_bytes(content.encode("latin-1"))
    done = antenne("controler", "--dossier", built.folder, "--phrase-fichier", file)
    assert (done.status, done.out) == (1, "")
    assert_sentence(done.err)
    assert word in done.err


def test_what_is_missing_is_said(built: Office, tmp_path: Path) -> None:
    phrase = built.options()[2:]
    for arguments in (
        ["controler", "--dossier", built.folder, "--phrase-fichier", tmp_path / "rien.txt"],
        ["controler", *phrase, "--dossier", tmp_path / "vide"],
        ["verifier", tmp_path / "rien.antenne"],
        ["sauvegarder", *built.options(), tmp_path / "rien"],
        ["restaurer", *phrase, "--dossier", tmp_path / "neuf", tmp_path / "rien.antenne"],
        ["importer", *built.options(), tmp_path / "rien.xlsx"],
        ["exporter", *built.options(), "adherentes", "--sortie", tmp_path / "non" / "liste.xlsx"],
        ["cartes", *built.options(), "--sortie", tmp_path / "non" / "cartes.pdf"],
    ):
        done = antenne(*arguments)
        assert (done.status, done.out) == (1, ""), (arguments, done)
        assert_sentence(done.err)
        assert "clé a été retirée" not in done.err
    assert not (tmp_path / "neuf").exists()


def test_a_folder_without_an_office_or_copied_by_half_is_left_as_it_is(office: Office, tmp_path: Path) -> None:
    nobody = antenne("controler", "--dossier", tmp_path / "vide", *office.options()[2:])
    assert (nobody.status, nobody.out) == (1, "")
    assert "pas de bureau" in nobody.err
    assert not (tmp_path / "vide").exists()
    base = office.folder / "base.db"
    for size in (0, 5000, 4096 * 100):
        with base.open("r+b") as file:
            file.truncate(size)
        done = antenne("controler", *office.options())
        assert (done.status, done.out) == (1, ""), size
        assert_sentence(done.err)
        assert base.stat().st_size == size
    (office.folder / "antenne.cles").unlink()
    without = antenne("controler", *office.options())
    assert (without.status, without.out) == (1, "")
    assert "antenne.cles" in without.err


def test_whoever_may_not_is_told(built: Office, tmp_path: Path) -> None:
    for arguments in (
        ["exporter", *built.options("lecture"), "adherentes", "--sortie", tmp_path / "liste.xlsx"],
        ["cartes", *built.options("lecture"), "--sortie", tmp_path / "cartes.pdf"],
        ["importer", *built.options("lecture"), "--essai", tmp_path / "liste.xlsx"],
    ):
        done = antenne(*arguments)
        assert (done.status, done.out) == (1, ""), (arguments, done)
        assert_sentence(done.err)
    assert not list(tmp_path.glob("*.pdf"))


def test_wrong_usage_is_said_in_french() -> None:
    for arguments in (["danser"], ["verifier"], ["cartes", "--sortie"], ["controler", "--jason"], ["exporter", "rien"]):
        done = antenne(*arguments)
        assert (done.status, done.out) == (2, ""), arguments
        assert done.err.startswith("emploi : ")
        assert not any(word in done.err for word in ("usage:", "error:", "invalid", "required", "choose", "expected"))
    helped = antenne("--aide")
    assert helped.status == 0
    assert "sauvegarder" in helped.out
    assert "optional" not in helped.out


def test_a_reader_that_leaves_is_no_accident() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "antenne", "delai-naissance", "2026-11-01", "--au", "2026-11-22", "--json"],
        cwd=ROOT,
        stdout=writer,
        stderr=subprocess.PIPE,
        timeout=120,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")
