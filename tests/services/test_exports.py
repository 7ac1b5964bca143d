"""An exported list says what it says: texts as texts, whole or not there at all."""

from __future__ import annotations

import datetime as dt
import resource
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from antenne.base.clock import FixedClock
from antenne.base.problems import Problem
from antenne.base.progress import Silent, Stopped
from antenne.db.slots import Unlocked
from antenne.domain.imports import ImportOptions, ImportPersons, RowState, skip_all
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import exports, imports, opening
from antenne.services.desk import Desk
from antenne.services.exports_persons import PERSON_COLUMNS
from tests.services.register_sample import write_register

COLUMNS = ("Nom", "Naissance", "Enfants")


def _sheet(path: Path) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(path).worksheets[0]


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_text_is_text(tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    texts = [
        "=1+1",
        "+223 76",
        "-5",
        "@SUM(A1)",
        "http://exemple.ml",
        "00123",
        "12/03/1991",
        "{=A1}",
        "ɛ ɔ ɲ ŋ 🌸 مريم",
        "\x07cloche",
    ]
    assert exports.export_table(path, "Liste", ("Texte",), [(text,) for text in texts]) == len(texts)
    cells = [row[0] for row in _sheet(path).iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * len(texts)
    assert [cell.value for cell in cells[:-1]] == texts[:-1]
    assert all(cell.hyperlink is None for cell in cells)


def test_dates_amounts_and_unknown_births(tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    exports.export_table(
        path,
        "Adhérentes / 2026 : tout",
        COLUMNS,
        [("TRAORÉ", dt.date(1994, 3, 9), 12_500), ("DIALLO", "vers 1994", None), ("BÂ", dt.date(1894, 3, 9), True)],
    )
    sheet = _sheet(path)
    assert sheet.title == "Adhérentes   2026   tout"
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert (sheet["B2"].value, sheet["B2"].number_format) == (dt.datetime.fromisoformat("1994-03-09"), "dd/mm/yyyy")
    assert (sheet["C2"].value, sheet["C2"].data_type) == (12_500, "n")
    assert (sheet["B3"].value, sheet["C3"].value) == ("vers 1994", None)
    assert (sheet["B4"].value, sheet["C4"].value) == ("09/03/1894", "oui")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C4")


def test_an_empty_list_still_has_its_headers(tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    assert exports.export_table(path, "", COLUMNS, []) == 0
    assert _sheet(path).title == "Liste"


def test_names_say_nothing() -> None:
    assert exports.neutral_name(dt.date(2026, 11, 23)) == "liste-2026-11-23.xlsx"


@pytest.mark.parametrize(
    ("folder", "service"),
    [("OneDrive", "OneDrive"), ("OneDrive - DANAYA SO", "OneDrive"), ("dropbox", "Dropbox"), ("Documents", "")],
)
def test_a_synchronised_folder_is_asked_about(tmp_path: Path, folder: str, service: str) -> None:
    path = tmp_path / folder / "liste.xlsx"
    assert exports.synchronised_by(path) == service
    exports.check_place(path, accepted=True)
    if service:
        with pytest.raises(RulesBroken) as caught:
            exports.check_place(path, accepted=False)
        assert caught.value.violations[0].values == (("service", service),)
    else:
        exports.check_place(path, accepted=False)


def test_a_file_replaced_is_whole_before_it_counts(tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    path.write_bytes(b"ancien")

    class StopAtTwo:
        def report(self, step: str, done: int, total: int) -> None:
            self.done = done

        def check(self) -> None:
            if getattr(self, "done", 0) == 2:
                raise Stopped

    with pytest.raises(Stopped):
        exports.export_table(path, "Liste", ("Nom",), [("A",)] * 5, StopAtTwo())
    assert path.read_bytes() == b"ancien"
    assert _names(tmp_path) == ["liste.xlsx"]


def test_a_full_disk_is_a_sentence_and_no_half_file(tmp_path: Path) -> None:
    """The system refuses the second kilobyte, as a full disk would."""
    path = tmp_path / "liste.xlsx"
    path.write_bytes(b"ancien")
    script = textwrap.dedent(
        """
        import resource, sys
        from pathlib import Path
        from antenne.base.problems import Problem
        from antenne.services import exports
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        try:
            exports.export_table(Path(sys.argv[1]), "Liste", ("Nom",), [(str(n),) for n in range(2000)])
        except Problem as problem:
            print(problem.code)
        """
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "export.full"
    assert path.read_bytes() == b"ancien"
    assert _names(tmp_path) == ["liste.xlsx"]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 1024


def test_a_device_that_is_full(tmp_path: Path) -> None:
    target = tmp_path / "liste.xlsx.part"
    target.symlink_to("/dev/full")
    with pytest.raises(Problem) as caught:
        exports.write_in_place(tmp_path / "liste.xlsx", b"x" * 100_000)
    assert caught.value.code == "export.full"
    assert _names(tmp_path) == []


def test_a_place_that_is_closed_or_not_there(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        exports.write_in_place(tmp_path / "absent" / "liste.xlsx", b"x")
    assert caught.value.code == "export.failed"
    (tmp_path / "liste.xlsx").mkdir()
    (tmp_path / "liste.xlsx" / "dedans").touch()
    with pytest.raises(Problem) as caught:
        exports.write_in_place(tmp_path / "liste.xlsx", b"x")
    assert caught.value.code == "export.failed"
    assert _names(tmp_path) == ["liste.xlsx"]
    with pytest.raises(Problem) as caught:
        exports.write_in_place(Path("/proc/liste.xlsx"), b"x")
    assert caught.value.code in {"export.denied", "export.failed"}


@pytest.fixture
def brought(desk: Desk, tmp_path: Path) -> Desk:
    """A desk whose base holds the sample register."""
    path = tmp_path / "registre.xlsx"
    write_register(path)
    book = imports.read_workbook(path, Silent())
    mapping, options = imports.guess_mapping(book), ImportOptions(skip_errors=True)
    decisions = skip_all(imports.dry_run(desk, book, mapping, options))
    imports.import_persons(
        desk, ImportPersons(request_id="r", workbook=book, mapping=mapping, options=options, decisions=decisions)
    )
    return desk


def test_the_list_of_persons_can_come_back(brought: Desk, tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    done = exports.export_persons(brought, exports.ExportPersons(path=path))
    assert done.value == len(brought.persons)
    sheet = _sheet(path)
    assert [cell.value for cell in sheet[1]] == list(PERSON_COLUMNS)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    book = imports.read_workbook(path, Silent())
    report = imports.dry_run(brought, book, imports.guess_mapping(book))
    assert report.count(RowState.KNOWN) == done.value, "every line is recognised by its number"
    with brought.read() as uow:
        assert uow.rows("SELECT action FROM audit ORDER BY id DESC LIMIT 1") == [("persons.exported",)]


def test_some_persons_in_the_order_asked(brought: Desk, tmp_path: Path) -> None:
    path = tmp_path / "liste.xlsx"
    ids = tuple(reversed(brought.persons.all_ids()[:3]))
    assert exports.export_persons(brought, exports.ExportPersons(path=path, person_ids=ids)).value == 3
    with brought.read() as uow:
        wanted = [person.last_name for person in uow.persons.many(ids)]
    assert [row[2].value for row in _sheet(path).iter_rows(min_row=2)] == wanted


def test_an_export_asks_before_a_synchronised_folder(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    command = exports.ExportPersons(path=folder / "liste.xlsx")
    with pytest.raises(RulesBroken):
        exports.export_persons(desk, command)
    assert _names(folder) == []
    exports.export_persons(desk, replace(command, accepted=True))
    assert _names(folder) == ["liste.xlsx"]


@pytest.mark.parametrize("role", ["caissiere", "ecoutante", "lecture"])
def test_other_roles_export_nothing(
    made_office: tuple[Path, dict[str, Unlocked]], office_folder: Path, clock: FixedClock, tmp_path: Path, role: str
) -> None:
    desk = opening.open_desk(office_folder, made_office[1][role], clock)
    with pytest.raises(Forbidden):
        exports.export_persons(desk, exports.ExportPersons(path=tmp_path / "liste.xlsx"))
    with pytest.raises(Forbidden):
        exports.export_findings(desk, tmp_path / "remarques.xlsx", [])
    desk.close()
    assert not (tmp_path / "liste.xlsx").exists()


def test_remarks_go_to_a_file(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "remarques.xlsx"
    exports.export_findings(desk, path, [(37, "Téléphone", "Erreur", "8 chiffres attendus")])
    assert [cell.value for cell in _sheet(path)[2]] == [37, "Téléphone", "Erreur", "8 chiffres attendus"]
