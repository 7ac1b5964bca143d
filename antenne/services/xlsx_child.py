"""What runs in the child process of :mod:`antenne.services.xlsx_reader`: look, inflate, parse, send.

openpyxl does the parsing; the classes below only put a counter under it and note which cells are formulas, which its
own read-only mode forgets.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import math
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import IO, Any

from antenne.services import process_limits

_PIECE = 1 << 16
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_BATCH_ROWS = 500
_LONGEST = 2_000
"""Longest text sent of one cell; no question of the form takes more."""
_MOST_PARTS = 5_000
_MOST_SHEETS = 1_000
_REFUSED_PARTS = {
    "xl/vbaProject.bin": "import.macros",
    "xl/workbook.bin": "import.binary_workbook",
    "word/document.xml": "import.word_document",
    "ppt/presentation.xml": "import.not_a_workbook",
    "content.xml": "import.open_document",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a register may weigh; beyond, it is refused in a sentence.

    Attributes:
        seconds: Time allowed to the child.
        memory: Bytes of memory of the child.
        file_size: Bytes of the file itself.
        part_size: Inflated bytes of one part held in memory (texts, styles).
        inflated: Inflated bytes of everything together, and of the sheet.
        rows: Women's rows, those that are not empty.
        heading: Rows besides, in which a title and the header may stand.
        columns: Columns.
        cells: Cells that are not empty.
        characters: Characters of all texts together.
    """

    seconds: float = 180.0
    memory: int = 768 << 20
    file_size: int = 64 << 20
    part_size: int = 96 << 20
    inflated: int = 768 << 20
    rows: int = 100_000
    heading: int = 40
    columns: int = 200
    cells: int = 3_000_000
    characters: int = 60_000_000


class _Refused(Exception):
    """The file is not read; carries the code of the sentence and its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def main(pipe: Connection, path: str, sheet: str | None, limits: Limits) -> None:
    """Read the file and send it; entry of the child process.

    Args:
        pipe: Where the messages go.
        path: The file.
        sheet: Name of the wanted sheet, or None.
        limits: What the file may weigh.
    """
    process_limits.bound_memory(limits.memory)
    process_limits.bound_processor(limits.seconds * 2)
    warnings.simplefilter("ignore")

    def send(*message: object) -> None:
        pipe.send_bytes(json.dumps(message, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace"))

    try:
        _Reading(Path(path), limits, send).run(sheet)
    except _Refused as refused:
        send("refused", refused.code, refused.values)
    except MemoryError:
        send("refused", "import.too_heavy", {})
    except (BrokenPipeError, ConnectionError):
        sys.exit(1)
    except OSError:
        send("refused", "import.unreadable", {})
    except Exception:  # noqa: BLE001 - whatever a parser says of a stranger's file, the file is at fault
        send("refused", "import.damaged", {})


class _Counted(io.RawIOBase):
    """A part of the archive, inflated piece by piece under a common ceiling."""

    def __init__(self, archive: _Archive, source: IO[bytes]) -> None:
        super().__init__()
        self._archive = archive
        self._source = source
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(_PIECE), b""))
        data = self._source.read(min(size, _PIECE))
        self.count += len(data)
        self._archive.inflated += len(data)
        if self._archive.inflated > self._archive.ceiling:
            raise _Refused("import.bomb")
        return data

    def close(self) -> None:
        self._source.close()
        super().close()


class _Archive(zipfile.ZipFile):
    """The ZIP file, refused by its directory before anything is inflated, then counted while it is."""

    def __init__(self, handle: IO[bytes], limits: Limits) -> None:
        super().__init__(handle)
        self.inflated = 0
        self.ceiling = limits.inflated
        infos = self.infolist()
        if len(infos) > _MOST_PARTS or len({info.filename for info in infos}) != len(infos):
            raise _Refused("import.damaged")
        if sum(info.file_size for info in infos) > limits.inflated:
            raise _Refused("import.bomb")
        for info in infos:
            if info.flag_bits & 0x1:
                raise _Refused("import.encrypted")
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise _Refused("import.damaged")
            if not info.filename.startswith("xl/worksheets/") and _is_parsed(info.filename):
                _refuse_heavy(info, limits)

    def open(  # type: ignore[override] # narrower on purpose: read only, counted
        self, name: str | zipfile.ZipInfo, mode: str = "r", pwd: bytes | None = None, *, force_zip64: bool = False
    ) -> _Counted:
        """One part, read only."""
        del mode, pwd, force_zip64
        return _Counted(self, super().open(name))

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        """One whole part."""
        del pwd
        with self.open(name) as source:
            return source.read()


def _is_parsed(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _refuse_heavy(info: zipfile.ZipInfo, limits: Limits) -> None:
    if info.file_size > limits.part_size:
        raise _Refused("import.too_heavy")


def _look(path: Path, limits: Limits) -> str:
    """Refuse by its first bytes what is no .xlsx; returns the SHA-256 of the file."""
    size = path.stat().st_size
    if size == 0:
        raise _Refused("import.empty_file")
    if size > limits.file_size:
        raise _Refused("import.file_too_big", size=size, limit=limits.file_size)
    with path.open("rb") as handle:
        head = handle.read(1 << 20)
        digest = hashlib.sha256(head)
        for piece in iter(lambda: handle.read(1 << 20), b""):
            digest.update(piece)
    if head.startswith(_OLE):
        raise _Refused(_ole_kind(path))
    if not head.startswith(b"PK"):
        raise _Refused("import.text_file" if _is_text(head) else "import.not_a_workbook")
    return digest.hexdigest()


def _ole_kind(path: Path) -> str:
    """What an old Microsoft file holds, by the names of its streams (UTF-16)."""
    content = path.read_bytes()
    for stream, code in (
        ("EncryptedPackage", "import.encrypted"),
        ("WordDocument", "import.word_document"),
        ("Workbook", "import.old_workbook"),
        ("Book", "import.old_workbook"),
    ):
        if stream.encode("utf-16-le") in content:
            return code
    return "import.not_a_workbook"


def _is_text(head: bytes) -> bool:
    return b"\0" not in head[:4096] and not head.startswith((b"%PDF", b"{\\rtf"))


class _Reading:
    """One reading of one file."""

    def __init__(self, path: Path, limits: Limits, send: Callable[..., None]) -> None:
        self._path = path
        self._limits = limits
        self._send = send
        self._cells = 0
        self._characters = 0

    def run(self, wanted: str | None) -> None:
        """Read the wanted sheet, or the first visible one that is not empty."""
        digest = _look(self._path, self._limits)
        with self._path.open("rb") as handle:
            try:
                archive = _Archive(handle, self._limits)
            except zipfile.BadZipFile as error:
                raise _Refused("import.damaged") from error
            with archive:
                for part, code in _REFUSED_PARTS.items():
                    if part in archive.namelist():
                        raise _Refused(code)
                self._read(archive, handle, digest, wanted)

    def _read(self, archive: _Archive, handle: IO[bytes], digest: str, wanted: str | None) -> None:
        book, sheets = _open_book(archive, handle)
        if not sheets:
            raise _Refused("import.no_sheet")
        if len(sheets) > _MOST_SHEETS:
            raise _Refused("import.too_heavy")
        names = [(sheet.name, sheet.state != "visible") for sheet, _ in sheets]
        order = [
            index for index, (name, hidden) in enumerate(names) if (not hidden if wanted is None else name == wanted)
        ]
        if not order:
            raise _Refused("import.no_visible_sheet" if wanted is None else "import.sheet_gone", sheet=wanted or "")
        self._send("sheets", digest, names, names[order[0]][0])
        for index in order:
            self._send("again", names[index][0])
            if self._send_sheet(archive, book, sheets[index][1]):
                return
        raise _Refused("import.empty_sheet")

    def _send_sheet(self, archive: _Archive, book: Any, part: str) -> bool:
        """Send the rows of one sheet, then that it ended; False, and nothing, when it is empty."""
        total = archive.getinfo(part).file_size
        batch: list[tuple[int, list[object]]] = []
        count = 0
        with archive.open(part) as source:
            parser = _sheet_parser(source, book)
            for line, cells in parser.parse():
                values = self._values(cells)
                if not values:
                    continue
                count += 1
                if count > self._limits.rows + self._limits.heading:
                    raise _Refused("import.too_many_rows", limit=self._limits.rows)
                batch.append((line, values))
                if len(batch) >= _BATCH_ROWS:
                    self._send("rows", batch, source.count, total)
                    batch = []
        if count:
            self._send("rows", batch, total, total)
            self._send("end", parser.formulas, list(_merged(parser)))
        return count > 0

    def _values(self, cells: list[dict[str, Any]]) -> list[object]:
        """The cells of one row from column A on, without the empty tail."""
        values: list[object] = []
        for cell in cells:
            value = _plain(cell["value"])
            if value is None or value == "":
                continue
            column = int(cell["column"]) - 1
            if column >= self._limits.columns:
                raise _Refused("import.too_many_columns", limit=self._limits.columns)
            self._count(value)
            values += [None] * (column + 1 - len(values))
            values[column] = value
        return values

    def _count(self, value: object) -> None:
        self._cells += 1
        if isinstance(value, str):
            self._characters += len(value)
        if self._cells > self._limits.cells or self._characters > self._limits.characters:
            raise _Refused("import.too_heavy")


def _open_book(archive: _Archive, handle: IO[bytes]) -> tuple[Any, list[tuple[Any, str]]]:
    """The workbook without its sheets, and the sheets of cells with their parts."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet

    reader = ExcelReader(handle, read_only=True, data_only=True, keep_links=False)
    reader.archive = archive
    if "[Content_Types].xml" not in archive.namelist():
        raise _Refused("import.not_a_workbook")
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise _Refused("import.macros")
    reader.read_manifest()
    try:
        reader.read_workbook()
    except OSError as error:  # openpyxl's word for « no workbook inside »
        raise _Refused("import.not_a_workbook") from error
    reader.read_strings()
    apply_stylesheet(archive, reader.wb)
    reader.wb.shared_texts = reader.shared_strings
    parts = set(archive.namelist())
    sheets = [
        (sheet, relation.target)
        for sheet, relation in reader.parser.find_sheets()
        if relation.target in parts and "chartsheet" not in relation.Type
    ]
    return reader.wb, sheets


def _sheet_parser(source: _Counted, book: Any) -> Any:
    """The library's parser of one sheet, which also notes the formulas."""
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

    class NotingParser(WorkSheetParser):  # type: ignore[misc] # openpyxl has no types
        """Keeps line and column (from 0) of each formula whose value is read."""

        def __init__(self) -> None:
            super().__init__(
                source,
                book.shared_texts,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,  # noqa: SLF001 - openpyxl's own reader passes the same
                timedelta_formats=book._timedelta_formats,  # noqa: SLF001 - same
            )
            self.formulas: list[tuple[int, int]] = []

        def parse_cell(self, element: Any) -> dict[str, Any]:
            cell: dict[str, Any] = super().parse_cell(element)
            if element.find(FORMULA_TAG) is not None:
                self.formulas.append((cell["row"], cell["column"] - 1))
            return cell

    return NotingParser()


def _merged(parser: Any) -> Iterator[tuple[int, int, int, int]]:
    """First and last line, first and last column (from 0) of the merged cells."""
    if parser.merged_cells is None:
        return
    from openpyxl.utils import range_boundaries

    for cell in parser.merged_cells.mergeCell:
        left, top, right, bottom = range_boundaries(cell.ref)
        yield top, bottom, left - 1, right - 1


def _plain(value: object) -> object:
    """A value that JSON can carry; dates tagged, texts cut, what is no finite number as text."""
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return {"d": value.date().isoformat()} if midnight else {"t": value.isoformat(timespec="seconds")}
    if isinstance(value, dt.date):
        return {"d": value.isoformat()}
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return str(value).strip()[:_LONGEST]
