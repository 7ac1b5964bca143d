"""The compartment in memory: every body opened once, and the index that no missing or older body escapes.

The base shows only random ids. What a right-holder sees lives here and goes with the process. The index is sealed too,
in pages of a few dozen lines (id → version, hash), each the size of an ordinary record; one root holds the version of
every page. A record, its page and the root change in one transaction: a body that is deleted, swapped or put back is
then named, even together with its page.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from antenne.base.problems import Problem
from antenne.db import sealing
from antenne.db.repositories.sealed import SealedRow
from antenne.db.sealing import Context, Opener
from antenne.db.slots import sealed_key
from antenne.db.unit_of_work import UnitOfWork

T = TypeVar("T")

KIND: Final = "kind"
DEPOSIT: Final = "deposit"
"""The kind that anybody may drop in: its first version has no line of the index."""

COUNTED_ON: Final = "sealed.counted_on"
"""Setting: the day when the published counts were last written."""

_PAGE: Final = "index"
_ROOT: Final = "index_root"
_PAGE_LINES: Final = 45
"""What fits the smallest size of a body."""

_Line = tuple[int, str]
_GONE: Final[_Line] = (0, "")
"""The line of a deposit that was taken away: its first body, put back, would pass for a new one."""


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """One opened record.

    Attributes:
        id: Its random id.
        version: From 1, one more at each change.
        payload: Its fields, ``kind`` among them.
    """

    id: bytes
    version: int
    payload: Mapping[str, Any] = field(repr=False)


@dataclass(slots=True)
class _Page:
    id: bytes
    version: int
    lines: dict[str, _Line]


@dataclass(slots=True)
class _Contents:
    """All that was opened."""

    records: dict[bytes, SealedRecord] = field(default_factory=dict)
    decoded: dict[bytes, Any] = field(default_factory=dict)
    kinds: dict[str, dict[bytes, SealedRecord]] = field(default_factory=dict)
    pages: dict[int, _Page] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    root: tuple[bytes, int, list[int]] | None = None
    damaged: tuple[bytes, ...] = ()
    used_before: bool = False

    def keep(self, record: SealedRecord) -> None:
        self.forget(record.id)
        self.records[record.id] = record
        self.kinds.setdefault(str(record.payload.get(KIND)), {})[record.id] = record

    def forget(self, record_id: bytes) -> str:
        """The kind it had, or an empty text."""
        known = self.records.pop(record_id, None)
        self.decoded.pop(record_id, None)
        if known is None:
            return ""
        kind = str(known.payload.get(KIND))
        self.kinds[kind].pop(record_id, None)
        return kind


class Compartment:
    """Every record of the compartment, in memory; dropped with the process.

    Attributes:
        lock: Held by whoever changes it; taken before a unit of work is begun, never inside one.
    """

    def __init__(self, confidential: bytes, db_id: str, epoch: int) -> None:
        """Begin empty."""
        self.lock = threading.RLock()
        self._key = sealed_key(confidential)
        self._context = Context(db_id, epoch)
        self._opener = Opener(confidential, self._context)
        self._held = _Contents()
        self._revisions: dict[str, int] = {}
        self._made: dict[str, tuple[tuple[int, ...], Any]] = {}

    # --- Reading -------------------------------------------------------------------------------------------------

    def load(self, uow: UnitOfWork) -> None:
        """Open every body; what does not open is kept in :attr:`damaged`, by id."""
        fresh, damaged = _Contents(), []
        for row in uow.sealed.all():
            try:
                payload = self._opener.open(row.id, row.version, row.body).payload
            except Problem:
                damaged.append(row.id)
                continue
            _take_in(fresh, row, payload)
        fresh.damaged = tuple(damaged)
        fresh.used_before = bool(uow.settings.values().get(COUNTED_ON, ()))
        with self.lock:
            kinds = {*self._held.kinds, *fresh.kinds}
            self._held = fresh
            for kind in kinds:
                self._revisions[kind] = self._revisions.get(kind, 0) + 1

    def catch_up(self, uow: UnitOfWork) -> None:
        """Load again where the base is not what was loaded: another connection has written since."""
        root = self._held.root
        if root is None:
            stale = uow.sealed.count() != len(self._held.records) + len(self._held.damaged)
        else:
            stale = uow.sealed.version(root[0]) != root[1]
        if stale:
            self.load(uow)

    @property
    def damaged(self) -> tuple[bytes, ...]:
        """Ids of the bodies that do not open."""
        return self._held.damaged

    def records(self, kind: str = "") -> tuple[SealedRecord, ...]:
        """Every record, or those of one kind."""
        with self.lock:
            return tuple((self._held.kinds.get(kind, {}) if kind else self._held.records).values())

    def get(self, record_id: bytes) -> SealedRecord | None:
        """One record."""
        return self._held.records.get(record_id)

    def decoded(self, record: SealedRecord, make: Callable[[SealedRecord], T]) -> T:
        """What ``make`` gives for this record, until it changes; a kind has one ``make``."""
        cache = self._held.decoded
        if record.id not in cache:
            cache[record.id] = make(record)
        return cache[record.id]  # type: ignore[no-any-return]  # kept under the record of the same kind

    def made_once(self, name: str, kinds: tuple[str, ...], make: Callable[[], T]) -> T:
        """What ``make`` gave for these records; made again after one of these kinds has changed.

        Args:
            name: One for each ``make``.
            kinds: Of the records that it reads.
            make: Reads the compartment; its value must not be changed by who receives it.
        """
        with self.lock:
            state = tuple(self._revisions.get(kind, 0) for kind in kinds)
            kept = self._made.get(name)
            if kept is not None and kept[0] == state:
                return kept[1]  # type: ignore[no-any-return]  # kept under the name of the same « make »
            value = make()
            self._made[name] = (state, value)
            return value

    def forget_made(self) -> None:
        """Drop what was made of the records: something was erased, and its words must not stay in memory."""
        with self.lock:
            self._made.clear()

    def hear(self, row: SealedRow) -> None:
        """Take in a note that was dropped at this very desk."""
        with self.lock:
            _take_in(self._held, row, self._opener.open(row.id, row.version, row.body).payload)
            self._revisions[DEPOSIT] = self._revisions.get(DEPOSIT, 0) + 1

    # --- Proving -------------------------------------------------------------------------------------------------

    def unlisted(self) -> tuple[SealedRecord, ...]:
        """Deposits that nobody has taken in yet."""
        with self.lock:
            return tuple(one for one in self._held.records.values() if self._is_new_deposit(one))

    def faults(self) -> tuple[str, ...]:
        """Ids, in hex, of the bodies that do not open, are missing, older, other, or not of the index.

        A deposit waits for its line until it is taken in: it is no fault. ``index`` is the root itself.
        """
        with self.lock:
            return tuple(sorted(self._record_faults() | self._page_faults() | {one.hex() for one in self.damaged}))

    def _record_faults(self) -> set[str]:
        held = self._held
        wanted = {key: line for page in held.pages.values() for key, line in page.lines.items()}
        wrong = set()
        for key, line in wanted.items():
            found = held.records.get(bytes.fromhex(key))
            if line == _GONE:
                wrong |= set() if found is None else {key}
            elif found is None or (found.version, body_hash(found.payload)) != line:
                wrong.add(key)
        unlisted = {one.id.hex() for one in held.records.values() if one.id.hex() not in wanted}
        return wrong | (unlisted - {one.id.hex() for one in self.unlisted()})

    def _page_faults(self) -> set[str]:
        held = self._held
        if held.root is None:
            return {"index"} if held.pages or held.used_before else set()
        versions = held.root[2]
        wrong = {page.id.hex() for number, page in held.pages.items() if number >= len(versions)}
        for number, version in enumerate(versions):
            page = held.pages.get(number)
            if page is None:
                wrong.add("index")
            elif page.version != version:
                wrong.add(page.id.hex())
        return wrong

    def _is_new_deposit(self, record: SealedRecord) -> bool:
        return record.version == 1 and record.payload.get(KIND) == DEPOSIT and record.id.hex() not in self._held.places

    # --- Changing: only :class:`Batch` calls these -----------------------------------------------------------------

    def seal(self, record_id: bytes, version: int, payload: Mapping[str, Any]) -> SealedRow:
        """A row to write.

        Raises:
            RulesBroken: ``sealed.too_long``.
        """
        body = sealing.seal(self._key, self._context, record_id, version, payload)
        return SealedRow(record_id, self._context.epoch, version, body)

    def index_after(self, lines: Mapping[str, _Line | None]) -> _NewIndex:
        """The pages and the root as these lines change them (None takes one away); nothing is changed yet."""
        held = self._held
        changed: dict[int, dict[str, _Line]] = {}
        placed: dict[str, int | None] = {}

        def lines_of(number: int) -> dict[str, _Line]:
            if number not in changed:
                changed[number] = dict(held.pages[number].lines) if number in held.pages else {}
            return changed[number]

        roomy = 0
        for key, line in lines.items():
            number = held.places.get(key)
            if line is None:
                if number is not None:
                    lines_of(number).pop(key, None)
                placed[key] = None
                continue
            if number is None:
                while len(changed.get(roomy, held.pages[roomy].lines if roomy in held.pages else {})) >= _PAGE_LINES:
                    roomy += 1
                number = roomy
            lines_of(number)[key] = line
            placed[key] = number
        return self._sealed_index(changed, placed)

    def _sealed_index(self, changed: Mapping[int, dict[str, _Line]], placed: Mapping[str, int | None]) -> _NewIndex:
        held, rows, pages = self._held, [], {}
        versions = list(held.root[2]) if held.root is not None else []
        for number in sorted(changed):
            before = held.pages.get(number)
            page = _Page(
                before.id if before is not None else sealing.new_id(),
                before.version + 1 if before is not None else 1,
                changed[number],
            )
            pages[number] = page
            versions += [0] * (number + 1 - len(versions))
            versions[number] = page.version
            rows.append(self.seal(page.id, page.version, {KIND: _PAGE, "page": number, "lines": page.lines}))
        root_id, root_version = (held.root[0], held.root[1] + 1) if held.root is not None else (sealing.new_id(), 1)
        rows.append(self.seal(root_id, root_version, {KIND: _ROOT, "pages": versions}))
        return _NewIndex(tuple(rows), pages, dict(placed), (root_id, root_version, versions))

    def accept(self, changed: Mapping[bytes, SealedRecord | None], index: _NewIndex) -> None:
        """Take in what has just been committed."""
        held = self._held
        for record_id, record in changed.items():
            touched = {held.forget(record_id)}
            if record is not None:
                held.keep(record)
                touched.add(str(record.payload.get(KIND)))
            for kind in touched - {""}:
                self._revisions[kind] = self._revisions.get(kind, 0) + 1
        held.pages |= index.pages
        held.root = index.root
        for key, number in index.placed.items():
            if number is None:
                held.places.pop(key, None)
            else:
                held.places[key] = number


@dataclass(frozen=True, slots=True)
class _NewIndex:
    rows: tuple[SealedRow, ...]
    pages: dict[int, _Page]
    placed: dict[str, int | None]
    root: tuple[bytes, int, list[int]]


class Batch:
    """Changes of one transaction: nothing is written, and memory stays as it is, before :meth:`commit`.

    Attributes:
        uow: The unit of work, for what changes in the base itself with them.
    """

    def __init__(self, compartment: Compartment, uow: UnitOfWork) -> None:
        """Begin; the caller holds the compartment's lock (``compartment.changing``)."""
        self.uow = uow
        self._compartment = compartment
        self._rows: dict[bytes, SealedRow] = {}
        self._changed: dict[bytes, SealedRecord | None] = {}
        self._deposits_gone: set[bytes] = set()

    def get(self, record_id: bytes) -> SealedRecord | None:
        """One record, as this batch leaves it."""
        if record_id in self._changed:
            return self._changed[record_id]
        return self._compartment.get(record_id)

    def put(self, payload: Mapping[str, Any], record_id: bytes | None = None) -> SealedRecord:
        """A new record, or the next version of one.

        Raises:
            RulesBroken: ``sealed.too_long``.
        """
        own = record_id or sealing.new_id()
        known = self._compartment.get(own)
        version = known.version + 1 if known is not None else 1
        self._rows[own] = self._compartment.seal(own, version, payload)
        record = SealedRecord(own, version, dict(payload))
        self._changed[own] = record
        return record

    def delete(self, record_id: bytes) -> None:
        """Take a record away."""
        known = self._compartment.get(record_id)
        self._rows.pop(record_id, None)
        self._changed[record_id] = None
        if known is not None and known.payload.get(KIND) == DEPOSIT:
            self._deposits_gone.add(record_id)

    def commit(self) -> None:
        """Write all of it, its lines of the index too, in one transaction; then memory follows."""
        if not self._changed:
            self.uow.commit()
            return
        lines: dict[str, _Line | None] = {}
        for record_id, record in self._changed.items():
            if record is not None:
                lines[record_id.hex()] = (record.version, body_hash(record.payload))
            else:
                lines[record_id.hex()] = _GONE if record_id in self._deposits_gone else None
                self.uow.sealed.delete(record_id)
        index = self._compartment.index_after(lines)
        for row in (*self._rows.values(), *index.rows):
            self.uow.sealed.put(row)
        self.uow.commit()
        self._compartment.accept(self._changed, index)


@dataclass(slots=True)
class Sitting:
    """Where an opened compartment is kept while its user sits there.

    Attributes:
        lock: Held while it is opened: who asks meanwhile waits, and it is opened once.
        compartment: None until somebody who may has asked.
    """

    lock: threading.RLock = field(default_factory=threading.RLock)
    compartment: Compartment | None = None


def body_hash(payload: Mapping[str, Any]) -> str:
    """Of what the body says, not of its bytes: a change of keys seals every body anew and leaves the index true."""
    said = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _take_in(fresh: _Contents, row: SealedRow, payload: dict[str, Any]) -> None:
    kind = payload.get(KIND)
    if kind == _ROOT:
        fresh.root = (row.id, row.version, [int(version) for version in payload["pages"]])
    elif kind == _PAGE and "page" in payload:
        lines = {str(key): (int(line[0]), str(line[1])) for key, line in payload["lines"].items()}
        number = int(payload["page"])
        fresh.pages[number] = _Page(row.id, row.version, lines)
        fresh.places |= dict.fromkeys(lines, number)
    else:
        fresh.keep(SealedRecord(row.id, row.version, payload))
