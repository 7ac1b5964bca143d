"""A stranger's spreadsheet is read, or refused in one word; it never takes the computer with it."""

from __future__ import annotations

import datetime as dt
import io
import multiprocessing
import os
import signal
import struct
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from antenne.base.problems import Problem
from antenne.base.progress import Silent, Stopped
from antenne.domain.workbooks import Merged, SheetName
from antenne.services import xlsx_reader
from antenne.services.xlsx_child import Limits
from antenne.services.xlsx_reader import read_sheet

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
MANIFEST = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Registre" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>'
)
SHEET_HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SHEET_TAIL = "</sheetData></worksheet>"
STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>TRAORÉ</t></si></sst>'


def _by_hand(path: Path, sheet: str, *, strings: str = STRINGS, more: dict[str, bytes] | None = None) -> Path:
    """An .xlsx written part by part, so that it may be as wrong as wanted."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", MANIFEST)
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        archive.writestr("xl/sharedStrings.xml", strings)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return path


def _refusal(path: Path, limits: Limits | None = None) -> Problem:
    with pytest.raises(Problem) as caught:
        read_sheet(path, Silent(), limits=limits)
    assert not multiprocessing.active_children()
    return caught.value


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "registre.xlsx"
    book = xlsxwriter.Workbook(str(path))
    notes = book.add_worksheet("Notes")
    notes.hide()
    notes.write(0, 0, "caché")
    book.add_worksheet("Vide")
    sheet = book.add_worksheet("Registre")
    sheet.activate()
    date = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(2, 0, ["Nom", "Prénom", "Naissance", "Tél", "Âge"])
    sheet.write_row(3, 0, ["TRAORÉ", "  Fatoumata\u00a0 "])
    sheet.write_datetime(3, 2, dt.date(1994, 3, 9), date)
    sheet.write_number(3, 3, 76123456.0)
    sheet.write_formula(3, 4, "=2026-1994", None, 32)
    sheet.merge_range("A6:A7", "Sévaré")
    sheet.write_boolean(5, 1, True)
    sheet.write_formula(6, 1, "=NA()", None, "#N/A")
    book.close()
    return path


def test_values_lines_formulas_and_merged_cells(register: Path) -> None:
    book = read_sheet(register, Silent())
    assert (book.file_name, book.sheet, book.width, len(book.digest)) == ("registre.xlsx", "Registre", 5, 64)
    assert book.sheets == (SheetName("Notes", hidden=True), SheetName("Vide"), SheetName("Registre"))
    assert [row.line for row in book.rows] == [3, 4, 6, 7]
    assert book.rows[1].cells == ("TRAORÉ", "Fatoumata", dt.date(1994, 3, 9), 76123456, 32)
    assert book.rows[2].cells == ("Sévaré", True)
    assert book.rows[3].cells == (None, "#N/A")
    assert book.formulas == {(4, 4), (7, 1)}
    assert book.merged == (Merged(6, 7, 0, 0),)


def test_a_named_sheet_is_read_even_when_hidden(register: Path) -> None:
    book = read_sheet(register, Silent(), "Notes")
    assert (book.sheet, book.rows[0].cells) == ("Notes", ("caché",))
    with pytest.raises(Problem) as caught:
        read_sheet(register, Silent(), "Partie")
    assert (caught.value.code, caught.value.values["sheet"]) == ("import.sheet_gone", "Partie")


def test_openpyxl_writes_what_we_read(tmp_path: Path) -> None:
    path = tmp_path / "autre.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Nom", "Heure", "Durée", "Jour et heure"])
    sheet.append(
        ["Ɲaaba 🌸 مريم", dt.time(8, 30), dt.timedelta(hours=30), dt.datetime.fromisoformat("2024-05-06T07:08:09")]
    )
    book.save(path)
    row = read_sheet(path, Silent()).rows[1]
    assert row.cells == (
        "Ɲaaba 🌸 مريم",
        "08:30:00",
        "1 day, 6:00:00",
        dt.datetime.fromisoformat("2024-05-06T07:08:09"),
    )


def _word(path: Path) -> None:
    path.write_bytes(OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"))


def _old(path: Path) -> None:
    path.write_bytes(OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"))


def _encrypted(path: Path) -> None:
    path.write_bytes(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))


def _docx(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")


def _ods(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")


def _macros(path: Path) -> None:
    _by_hand(path, SHEET_HEAD + SHEET_TAIL, more={"xl/vbaProject.bin": OLE})


def _other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "rien")


def _cut(path: Path) -> None:
    whole = _by_hand(path, SHEET_HEAD + SHEET_TAIL).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _flipped(path: Path) -> None:
    whole = bytearray(_by_hand(path, SHEET_HEAD + '<row r="1"><c r="A1"><v>1</v></c></row>' + SHEET_TAIL).read_bytes())
    at = whole.index(b"xl/worksheets/sheet1.xml") + 40
    whole[at] ^= 0xFF
    path.write_bytes(bytes(whole))


def _wrong_reference(path: Path) -> None:
    _by_hand(path, SHEET_HEAD + '<row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row>' + SHEET_TAIL)


def _wrong_text(path: Path) -> None:
    _by_hand(path, SHEET_HEAD + '<row r="1"><c r="A1" t="s"><v>99999</v></c></row>' + SHEET_TAIL)


def _endless_number(path: Path) -> None:
    _by_hand(path, SHEET_HEAD + f'<row r="1"><c r="A1"><v>{"9" * 9000}</v></c></row>' + SHEET_TAIL)


def _no_xml(path: Path) -> None:
    _by_hand(path, "ce n’est pas du XML")


def _no_row(path: Path) -> None:
    _by_hand(path, SHEET_HEAD + '<row r="1"><c r="A1" s="0"/></row>' + SHEET_TAIL)


def _wide(path: Path) -> None:
    _by_hand(path, SHEET_HEAD + '<row r="1"><c r="GS1"><v>1</v></c></row>' + SHEET_TAIL)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.write_bytes(b""), "import.empty_file"),
        (lambda path: path.write_bytes("Nom;Prénom\nTRAORÉ;Awa\n".encode("cp1252")), "import.text_file"),
        (lambda path: path.write_bytes(b"%PDF-1.7\n"), "import.not_a_workbook"),
        (_word, "import.word_document"),
        (_old, "import.old_workbook"),
        (_encrypted, "import.encrypted"),
        (_docx, "import.word_document"),
        (_ods, "import.open_document"),
        (_macros, "import.macros"),
        (_other_zip, "import.not_a_workbook"),
        (_cut, "import.damaged"),
        (_flipped, "import.damaged"),
        (_wrong_reference, "import.damaged"),
        (_wrong_text, "import.damaged"),
        (_endless_number, "import.damaged"),
        (_no_xml, "import.damaged"),
        (_no_row, "import.empty_sheet"),
        (_wide, "import.too_many_columns"),
    ],
)
def test_what_is_no_register_is_refused(tmp_path: Path, make: Callable[[Path], object], code: str) -> None:
    path = tmp_path / "registre.xlsx"
    make(path)
    refusal = _refusal(path)
    assert (refusal.code, refusal.values["name"]) == (code, "registre.xlsx")


def test_a_file_that_is_gone_or_closed_to_us(tmp_path: Path) -> None:
    assert _refusal(tmp_path / "absent.xlsx").code == "import.unreadable"
    assert _refusal(tmp_path).code == "import.unreadable"


def _bomb(path: Path, part: str, size: int) -> Path:
    """A few hundred kilobytes that say they inflate to ``size``, and do."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", MANIFEST)
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        with archive.open(part, "w", force_zip64=True) as out:
            piece = b" " * (1 << 20)
            for _ in range(size >> 20):
                out.write(piece)
    return path


def test_a_bomb_is_refused_by_its_directory_at_once(tmp_path: Path) -> None:
    path = _bomb(tmp_path / "bombe.xlsx", "xl/worksheets/sheet1.xml", 1200 << 20)
    assert path.stat().st_size < 2 << 20
    assert _refusal(path).code == "import.bomb"


def test_a_bomb_in_the_texts_is_refused(tmp_path: Path) -> None:
    assert _refusal(_bomb(tmp_path / "bombe.xlsx", "xl/sharedStrings.xml", 100 << 20)).code == "import.too_heavy"


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    """The directory says one kilobyte; the part inflates to a hundred megabytes."""
    path = _bomb(tmp_path / "bombe.xlsx", "xl/worksheets/sheet1.xml", 100 << 20)
    content = path.read_bytes()
    true_size = (100 << 20).to_bytes(4, "little")
    assert content.count(true_size) >= 1
    path.write_bytes(content.replace(true_size, (1024).to_bytes(4, "little")))
    assert _refusal(path).code in {"import.damaged", "import.bomb"}


def test_a_bomb_of_many_parts_is_counted_together(tmp_path: Path) -> None:
    """Each sheet is modest; inflated one after the other they pass the ceiling."""
    path = tmp_path / "feuilles.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for number in range(30):
        sheet = book.add_worksheet(f"F{number}")
        for line in range(300):
            sheet.write_blank(line, 0, None, book.add_format({"bold": True}) if line == 0 else None)
    book.close()
    assert _refusal(path, Limits(inflated=20_000)).code == "import.bomb"


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE sst [<!ENTITY a0 "ha">{laughs}]>'
    path = _by_hand(
        tmp_path / "rires.xlsx",
        SHEET_HEAD + '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' + SHEET_TAIL,
        strings=f"{doctype}{STRINGS.replace('TRAORÉ', '&a9;')}",
    )
    assert path.stat().st_size < 4096
    assert _refusal(path).code == "import.damaged"


def test_no_file_of_the_computer_is_drawn_in(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    path = _by_hand(
        tmp_path / "externe.xlsx",
        SHEET_HEAD + '<row r="1"><c r="A1" t="s"><v>0</v></c></row>' + SHEET_TAIL,
        strings=f'<!DOCTYPE sst [<!ENTITY x SYSTEM "file://{secret}">]>{STRINGS.replace("TRAORÉ", "&x;")}',
    )
    assert _refusal(path).code == "import.damaged"


def test_memory_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "lourd.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for line in range(18_000):
        sheet.write_string(line, 0, f"{line:06d}" * 600)
    book.close()
    assert _refusal(path, Limits(memory=80 << 20)).code == "import.too_heavy"


def test_a_file_that_is_too_big_is_not_opened(register: Path) -> None:
    refusal = _refusal(register, Limits(file_size=1000))
    assert (refusal.code, refusal.values["limit"]) == ("import.file_too_big", 1000)


def test_too_many_cells_or_letters(register: Path) -> None:
    assert _refusal(register, Limits(cells=3)).code == "import.too_heavy"
    assert _refusal(register, Limits(characters=3)).code == "import.too_heavy"


def test_too_many_rows(register: Path) -> None:
    refusal = _refusal(register, Limits(rows=2, heading=1))
    assert (refusal.code, refusal.values["limit"]) == ("import.too_many_rows", 2)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundred thousand women below a header."""
    path = tmp_path_factory.mktemp("large") / "grand.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["N° carte", "Nom", "Prénom", "Téléphone", "Quartier"])
    for line in range(100_000):
        sheet.write_row(line + 1, 0, [f"M-{line:05d}", "TRAORÉ", f"Awa {line}", 76000000 + line, "Sévaré"])
    book.close()
    return path


def test_a_hundred_thousand_rows_are_read_within_the_limit(large: Path) -> None:
    book = read_sheet(large, Silent())
    assert len(book.rows) == 1 + 100_000
    assert book.rows[-1].cells == ("M-99999", "TRAORÉ", "Awa 99999", 76099999, "Sévaré")


def test_time_is_bounded(large: Path) -> None:
    assert _refusal(large, Limits(seconds=0.5)).code == "import.too_slow"


class _StopAfter:
    """Asks to stop at the second report."""

    def __init__(self) -> None:
        self.reports: list[tuple[str, int, int]] = []

    def report(self, step: str, done: int, total: int) -> None:
        self.reports.append((step, done, total))

    def check(self) -> None:
        if len(self.reports) >= 2:
            raise Stopped


def test_the_stop_kills_the_child(large: Path) -> None:
    progress = _StopAfter()
    with pytest.raises(Stopped):
        read_sheet(large, progress)
    assert not multiprocessing.active_children()
    step, done, total = progress.reports[1]
    assert step == "import.read"
    assert 0 < done < total


def test_a_child_killed_from_outside_is_a_sentence(large: Path) -> None:
    def kill() -> None:
        while not (children := multiprocessing.active_children()):
            time.sleep(0.01)
        time.sleep(0.7)
        assert children[0].pid is not None
        os.kill(children[0].pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    assert _refusal(large).code == "import.reader_died"
    killer.join()


def test_a_child_killed_in_the_middle_of_a_message_is_a_sentence(tmp_path: Path) -> None:
    receiver, sender = multiprocessing.Pipe(duplex=False)
    sender.send_bytes(b'["again", "Feuille"]')
    os.write(sender.fileno(), struct.pack("!i", 33_029) + b'["rows", [[1')
    sender.close()
    with pytest.raises(Problem) as caught:
        xlsx_reader._gather(tmp_path / "a.xlsx", receiver, Silent(), Limits())
    assert caught.value.code == "import.reader_died"
    receiver.close()


def test_two_hundred_sheets(tmp_path: Path) -> None:
    path = tmp_path / "feuilles.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for number in range(200):
        sheet = book.add_worksheet(f"Feuille {number}")
        if number == 150:
            sheet.write(0, 0, "Nom")
    book.close()
    read = read_sheet(path, Silent())
    assert (read.sheet, len(read.sheets)) == ("Feuille 150", 200)


def test_only_hidden_sheets(tmp_path: Path) -> None:
    path = _by_hand(tmp_path / "caché.xlsx", SHEET_HEAD + SHEET_TAIL)
    content = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(b'sheetId="1"', b'sheetId="1" state="hidden"'))
    path.write_bytes(content.getvalue())
    assert _refusal(path).code == "import.no_visible_sheet"
