"""A register comes in whole or not at all, once, and tells line by line what it found."""

from __future__ import annotations

import datetime as dt
import shutil
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from antenne.base.clock import FixedClock
from antenne.base.progress import Silent, Stopped
from antenne.db.slots import Unlocked
from antenne.domain.audit import chain_faults
from antenne.domain.births import Precision
from antenne.domain.changes import MEMBERS
from antenne.domain.imports import Decision, ImportOptions, ImportPersons, ImportReport, RowState, Severity, skip_all
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.domain.workbooks import Workbook
from antenne.services import imports, opening
from antenne.services.desk import Desk
from antenne.wording import imports as words
from tests.conftest import LABELS, NOW, PHRASES
from tests.services.register_sample import ERRORS, HEADER_LINE, Sample, write_register

SKIP = ImportOptions(skip_errors=True)


@pytest.fixture
def register(tmp_path: Path) -> tuple[Path, Sample]:
    path = tmp_path / "registre.xlsx"
    return path, write_register(path)


def _write(path: Path, rows: list[list[Any]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Registre")
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(line, column, value)
    book.close()
    return path


def _command(book: Workbook, request_id: str = "r1", **more: Any) -> ImportPersons:
    return ImportPersons(request_id=request_id, workbook=book, mapping=imports.guess_mapping(book), **more)


def _try(desk: Desk, book: Workbook, options: ImportOptions | None = None) -> ImportReport:
    return imports.dry_run(desk, book, imports.guess_mapping(book), options)


def _sentences(report: ImportReport, line: int) -> list[str]:
    return [words.sentence(finding) for finding in report.findings if finding.line == line]


def test_the_dry_run_tells_every_line(desk: Desk, register: tuple[Path, Sample]) -> None:
    path, sample = register
    book = imports.read_workbook(path, Silent())
    report = _try(desk, book)
    assert {row.line for row in report.of(RowState.ERROR)} == sample.errors
    assert {row.line for row in report.of(RowState.TWIN)} == sample.twins
    assert report.count(RowState.NEW) == sample.rows - len(sample.errors) - len(sample.twins)
    assert len(report.rows) == sample.rows, "the line of the total is no person"
    first = HEADER_LINE + 1
    landmark, unknown, count, phone, future, minor, nameless, emoji, letters = (first + position for position in ERRORS)
    assert _sentences(report, phone)[0].startswith(f"Ligne {phone}, colonne Tél\u00a0: «\u00a07612\u00a0» — ")
    assert _sentences(report, future) == [
        f"Ligne {future}, colonne Date naiss.\u00a0: «\u00a023/11/2031\u00a0» est dans l’avenir."
    ]
    for line in (landmark, unknown):
        assert _sentences(report, line)[-1].startswith(
            f"Ligne {line}, colonne Date naiss.\u00a0: majorité non certaine"
        )
    assert "moins de 18 ans" in _sentences(report, minor)[0]
    assert "il n’y a pas de nom" in _sentences(report, nameless)[0]
    assert [f.code for f in report.findings if f.line == emoji] == ["rule"]
    assert "«\u00a0trois\u00a0»" in _sentences(report, count)[0]
    assert "sept six douze" in _sentences(report, letters)[0]
    assert len(desk.persons) == 0, "nothing is written"
    with desk.read() as uow:
        assert uow.persons.all_ids() == ()


def test_odd_cells_are_read_and_said(desk: Desk, register: tuple[Path, Sample]) -> None:
    book = imports.read_workbook(register[0], Silent())
    report = _try(desk, book)
    first = HEADER_LINE + 1
    by_line = {row.line: row.person for row in report.rows}

    def person(position: int) -> Any:
        return by_line[first + position]

    assert [phone.number for phone in person(4).phones] == ["+22376123456", "+22366987654"]
    assert person(9).nicknames == ("Mamou", "La Grande")
    assert (person(14).last_name, person(14).first_name) == ("DIALLO", "Fatoumata Bâ")
    assert person(19).birth.value == dt.date(1991, 3, 12)
    assert person(24).birth.value == dt.date(1990, 5, 7)
    assert person(44).membership.joined_on == dt.date(2024, 6, 1)
    assert person(49).phones[0].number == "+22670123456"
    assert person(54).membership.number == ""
    assert person(0).quarter == "Mopti — Komoguel"
    assert "lu : 07/05/1990" in _sentences(report, first + 24)[0].replace("\u00a0", " ")
    assert any(f.code == "column_left" and f.column == "Observations" for f in report.findings) is False
    assert any(f.code == "merged_across" for f in report.findings) is False, "the merged title stands above the headers"


def test_the_register_comes_in_once(desk: Desk, register: tuple[Path, Sample]) -> None:
    path, sample = register
    book = imports.read_workbook(path, Silent())
    report = _try(desk, book, SKIP)
    done = imports.import_persons(desk, _command(book, options=SKIP, decisions=skip_all(report)))
    added = sample.rows - len(sample.errors) - len(sample.twins)
    assert (done.value.added, done.value.errors, done.value.skipped) == (added, len(sample.errors), len(sample.twins))
    assert done.value.first_number == "M-00001"
    assert done.changes.touch(MEMBERS)
    assert len(desk.persons) == added
    assert desk.persons.search("M-00001"), "found at once"
    with desk.read() as uow:
        first = uow.persons.by_member_number("M-00001")
        assert first is not None
        assert first.number == "P-00001"
        assert first.membership is not None
        assert uow.counters.last("member") == 121, "numbers kept, the one without gets the next"
        assert uow.counters.last("person") == added
        assert chain_faults(uow.audit.links()) == ()
        line = uow.audit.history("person", first.id)[0]
        assert line.action == "person.imported"
        assert "registre.xlsx, ligne 4" in line.changes[0].new
    again = _try(desk, book, SKIP)
    assert again.count(RowState.NEW) == 0
    assert again.count(RowState.KNOWN) >= added
    with pytest.raises(RulesBroken) as caught:
        imports.import_persons(desk, _command(book, "r2", options=SKIP, decisions=skip_all(again)))
    assert [violation.code for violation in caught.value.violations] == ["import.nothing"]


def test_a_double_click_brings_it_in_once(desk: Desk, register: tuple[Path, Sample]) -> None:
    book = imports.read_workbook(register[0], Silent())
    command = _command(book, options=SKIP, decisions=skip_all(_try(desk, book, SKIP)))
    first = imports.import_persons(desk, command)
    second = imports.import_persons(desk, command)
    assert second.value.added == first.value.added
    assert len(desk.persons) == first.value.added


def test_what_is_undecided_stops_everything(desk: Desk, register: tuple[Path, Sample]) -> None:
    book = imports.read_workbook(register[0], Silent())
    with pytest.raises(RulesBroken) as caught:
        imports.import_persons(desk, _command(book))
    assert [violation.code for violation in caught.value.violations] == ["import.errors", "import.undecided"]
    with desk.read() as uow:
        assert uow.persons.all_ids() == ()


def test_a_namesake_may_be_added(desk: Desk, register: tuple[Path, Sample]) -> None:
    path, sample = register
    book = imports.read_workbook(path, Silent())
    decisions = dict.fromkeys(sample.twins, Decision.ADD)
    done = imports.import_persons(desk, _command(book, options=SKIP, decisions=decisions))
    assert (done.value.added, done.value.skipped) == (sample.rows - len(sample.errors), 0)


def test_an_amended_register_brings_the_new_lines_only(desk: Desk, tmp_path: Path) -> None:
    head = ["N° carte", "Nom", "Prénom", "Date naiss.", "Tél", "Date adhésion"]
    rows = [
        head,
        ["M-00010", "TRAORÉ", "Awa", "vers 1990", "76123456", "03/04/2024"],
        ["", "DIALLO", "Sira", "12/03/1991", "", "05/04/2024"],
    ]
    book = imports.read_workbook(_write(tmp_path / "a.xlsx", rows), Silent())
    imports.import_persons(desk, _command(book))
    rows = [
        head,
        ["", "COULIBALY", "Fatoumata", "1988", "", "06/04/2024"],
        rows[2],
        ["M-00010", "TRAORE", "Awa", "vers 1990", "66987654", "03/04/2024"],
        ["M-00010", "KEÏTA", "Oumou", "1980", "", "06/04/2024"],
        ["", "DIALLO", "Sira", "1991", "70112233", "07/05/2025"],
        ["", "DIALLO", "Sira", "12/08/1979", "70445566", "07/05/2025"],
    ]
    book = imports.read_workbook(_write(tmp_path / "b.xlsx", rows), Silent())
    report = _try(desk, book)
    assert [row.state for row in report.rows] == [
        RowState.NEW, RowState.KNOWN, RowState.KNOWN, RowState.ERROR, RowState.TWIN, RowState.NEW,
    ]  # fmt: skip
    assert _sentences(report, 5) == ["Ligne 5, colonne N° carte\u00a0: le numéro M-00010 est déjà celui de TRAORÉ Awa."]
    twin = report.rows[4].twins[0]
    assert (twin.person.first_name, twin.reasons) == ("Sira", ("last_name", "first_name", "birth"))
    options = replace(SKIP, consent_on=dt.date(2026, 11, 1), consent_how="empreinte")
    done = imports.import_persons(desk, _command(book, "r2", options=options, decisions={6: Decision.SKIP}))
    assert (done.value.added, done.value.known, done.value.consents_missing) == (2, 2, 0)
    with desk.read() as uow:
        brought = uow.persons.by_member_number("M-00012")
        assert brought is not None
        assert brought.last_name == "COULIBALY"
        assert brought.consents[0].how == "empreinte"


def test_without_adhesion_they_are_persons(desk: Desk, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Nom", "Prénom", "Âge"], ["TRAORÉ", "Awa", 32], ["DIALLO", "Sira", 12]]
    book = imports.read_workbook(_write(tmp_path / "a.xlsx", rows), Silent())
    report = _try(desk, book)
    assert [finding.code for finding in report.findings] == ["joined_missing", "joined_missing"]
    contacts = ImportOptions(members=False)
    assert _try(desk, book, contacts).count(RowState.NEW) == 2
    dated = ImportOptions(joined_on=dt.date(2026, 1, 5))
    assert [row.state for row in _try(desk, book, dated).rows] == [RowState.NEW, RowState.ERROR]
    done = imports.import_persons(desk, _command(book, options=contacts))
    assert (done.value.first_number, done.value.last_number) == ("P-00001", "P-00002")


def test_only_the_responsable_attests(desk: Desk, responsable_desk: Desk, register: tuple[Path, Sample]) -> None:
    book = imports.read_workbook(register[0], Silent())
    attested = replace(SKIP, evident_adult="connues du quartier")
    with pytest.raises(Forbidden):
        _try(desk, book, attested)
    report = _try(responsable_desk, book, attested)
    assert report.count(RowState.ERROR) == len(register[1].errors) - 2
    doubted = next(row for row in report.rows if row.line == HEADER_LINE + 1 + 29)
    assert doubted.person is not None
    assert (doubted.person.evident_adult, doubted.person.birth.precision) == ("connues du quartier", Precision.EVENT)
    certain = report.rows[0].person
    assert certain is not None
    assert certain.evident_adult == ""


def test_no_name_no_import(desk: Desk, tmp_path: Path) -> None:
    book = imports.read_workbook(_write(tmp_path / "a.xlsx", [["Quartier", "Tél"], ["Gangal", "76123456"]]), Silent())
    for call in (lambda: _try(desk, book), lambda: imports.import_persons(desk, _command(book))):
        with pytest.raises(RulesBroken) as caught:
            call()
        assert caught.value.violations[0].code == "import.no_name"


@pytest.mark.parametrize("role", ["caissiere", "ecoutante", "lecture"])
def test_other_roles_may_not(
    made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, clock: FixedClock, role: str
) -> None:
    desk = opening.open_desk(office_folder, made_office[1][role], clock)
    book = Workbook(file_name="a.xlsx", digest="", sheets=(), sheet="")
    with pytest.raises(Forbidden):
        _try(desk, book)
    with pytest.raises(Forbidden):
        imports.import_persons(desk, _command(book))
    desk.close()


class _StopWhileWriting:
    def __init__(self, step: str, at: int) -> None:
        self._step, self._at = step, at
        self._stop = False

    def report(self, step: str, done: int, total: int) -> None:
        self._stop = step == self._step and done == self._at

    def check(self) -> None:
        if self._stop:
            raise Stopped


@pytest.mark.parametrize("step", [imports.CHECK_STEP, imports.WRITE_STEP])
def test_a_stop_undoes_everything(desk: Desk, register: tuple[Path, Sample], step: str) -> None:
    book = imports.read_workbook(register[0], Silent())
    command = _command(book, options=SKIP, decisions=skip_all(_try(desk, book, SKIP)))
    with pytest.raises(Stopped):
        imports.import_persons(desk, command, _StopWhileWriting(step, 50))
    with desk.read() as uow:
        assert uow.persons.all_ids() == ()
        assert uow.counters.last("member") == 0
    assert len(desk.persons) == 0
    assert imports.import_persons(desk, command).value.added > 100, "and it can begin again"


def test_somebody_who_wrote_meanwhile_is_seen(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the snapshot and the writing the same woman was registered by hand."""
    rows: list[list[Any]] = [
        ["N° carte", "Nom", "Prénom", "Âge", "Adhésion"],
        ["M-00005", "TRAORÉ", "Awa", 32, "03/04/2024"],
    ]
    book = imports.read_workbook(_write(tmp_path / "a.xlsx", rows), Silent())
    command = _command(book)
    other = _command(book, "by hand")
    write = desk.write

    def write_after_another() -> Any:
        monkeypatch.setattr(type(desk), "write", lambda _self: write())
        imports.import_persons(desk, other)
        return write()

    monkeypatch.setattr(type(desk), "write", lambda _self: write_after_another())
    with pytest.raises(RulesBroken) as caught:
        imports.import_persons(desk, command)
    assert caught.value.violations[0].code == "import.nothing"
    assert len(desk.persons) == 1


def test_killed_while_writing_nothing_is_left(
    made_office: tuple[Path, dict[str, Unlocked]],
    office_folder: Path,
    clock: FixedClock,
    register: tuple[Path, Sample],
    tmp_path: Path,
) -> None:
    script = textwrap.dedent(
        f"""
        import sys, time
        from pathlib import Path
        from antenne.base.clock import FixedClock
        from antenne.base.progress import Silent
        from antenne.domain.imports import ImportOptions, ImportPersons, skip_all
        from antenne.services import access, imports, opening
        import datetime as dt

        class Slow:
            def report(self, step, done, total):
                if step == imports.WRITE_STEP and done == 40:
                    print("writing", flush=True)
                    time.sleep(60)
            def check(self):
                pass

        if __name__ == "__main__":
            folder, path = Path(sys.argv[1]), Path(sys.argv[2])
            clock = FixedClock(dt.datetime.fromisoformat({NOW.isoformat()!r}))
            desk = opening.open_desk(folder, access.unlock(folder, {PHRASES["secretaire"]!r}, {LABELS["secretaire"]!r}), clock)
            book = imports.read_workbook(path, Silent())
            mapping, options = imports.guess_mapping(book), ImportOptions(skip_errors=True)
            report = imports.dry_run(desk, book, mapping, options)
            imports.import_persons(desk, ImportPersons(request_id="k", workbook=book, mapping=mapping, options=options,
                                                       decisions=skip_all(report)), Slow())
        """
    )
    program = tmp_path / "run.py"
    program.write_text(script, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(program), str(office_folder), str(register[0])], stdout=subprocess.PIPE, text=True,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""},
    ) as running:  # fmt: skip
        assert running.stdout is not None
        assert running.stdout.readline().strip() == "writing"
        running.send_signal(signal.SIGKILL)
    desk = opening.open_desk(office_folder, made_office[1]["secretaire"], clock)
    with desk.read() as uow:
        assert uow.persons.all_ids() == ()
        assert uow.counters.last("member") == 0
        assert chain_faults(uow.audit.links()) == ()
    book = imports.read_workbook(register[0], Silent())
    report = _try(desk, book, SKIP)
    assert imports.import_persons(desk, _command(book, options=SKIP, decisions=skip_all(report))).value.added > 100
    desk.close()
    shutil.rmtree(office_folder)


SYLLABLES = ("ba", "du", "ko", "lé", "mi", "na", "po", "ra", "si", "tou")


def _name(number: int) -> str:
    """A first name of its own for each number."""
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:05d}").capitalize()


def test_a_thousand_rows_are_taken_in(desk: Desk, tmp_path: Path) -> None:
    rows: list[list[Any]] = [["N° carte", "Nom et prénom", "Naissance", "Tél", "Date adhésion"]]
    rows += [[f"M-{n:05d}", f"TRAORÉ {_name(n)}", 1950 + n % 50, 76000000 + n, "03/04/2024"] for n in range(1, 1001)]
    book = imports.read_workbook(_write(tmp_path / "a.xlsx", rows), Silent())
    assert imports.import_persons(desk, _command(book)).value.added == 1000


def test_twenty_thousand_rows_are_tried(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "grand.xlsx"
    made = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(tmp_path)})
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, ["N° carte", "Nom et prénom", "Naissance", "Tél", "Date adhésion"])
    for n in range(1, 20_001):
        sheet.write_row(n, 0, [f"M-{n:05d}", f"TRAORÉ {_name(n % 10_000)}", 1950 + n % 50, 76000000 + n, "03/04/2024"])
    made.close()
    book = imports.read_workbook(path, Silent())
    report = _try(desk, book)
    assert len(report.rows) == 20_000


def test_every_finding_has_its_sentence(desk: Desk, register: tuple[Path, Sample]) -> None:
    report = _try(desk, imports.read_workbook(register[0], Silent()))
    for finding in report.findings:
        assert words.sentence(finding)
        assert finding.severity in Severity
