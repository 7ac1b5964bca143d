"""Bringing in a register kept in a spreadsheet: read, tried without writing, then written whole or not at all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from antenne.base.progress import Progress, Silent
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import import_rows, import_rules, import_sponsors
from antenne.domain.audit import FieldChange
from antenne.domain.changes import MEMBERS
from antenne.domain.import_cells import Fault
from antenne.domain.import_columns import Mapping
from antenne.domain.import_columns import guess_mapping as guess_columns
from antenne.domain.import_flow import FORM, FORM_VERSION, ImportFlow
from antenne.domain.import_judgement import Columns, Judged, Known, NameKey, NameKeys, judge
from antenne.domain.import_row_cells import Check, Office
from antenne.domain.import_rows import Candidate
from antenne.domain.imports import (
    Decision,
    Imported,
    ImportOptions,
    ImportPersons,
    ImportReport,
    ReportRow,
    RowState,
)
from antenne.domain.persons import Person
from antenne.domain.rights import Right
from antenne.domain.search import IndexedPerson
from antenne.domain.violations import RulesBroken, Violation
from antenne.domain.workbooks import Workbook
from antenne.services import xlsx_reader
from antenne.services.desk import Changes, Desk, Done

CHECK_STEP = "import.check"
WRITE_STEP = "import.write"
"""Steps of the progress, in rows."""

_ACTION = "person.imported"
_ACTION_ALL = "persons.imported"
_SLICE = 500
"""Persons asked for at once."""
_FINGERPRINT = re.compile(r"\(([0-9a-f]{24})\)")


def read_workbook(path: Path, progress: Progress, sheet: str | None = None) -> Workbook:
    """Read a sheet of the register in a process of its own.

    Args:
        path: The .xlsx file.
        progress: Its stop kills the reading.
        sheet: Its name; None takes the first visible one that is not empty.

    Raises:
        Problem: ``import.…``.
        Stopped: The user asked to stop.
    """
    return xlsx_reader.read_sheet(path, progress, sheet)


@dataclass(frozen=True, slots=True)
class Opened:
    """A register that was read: its sheet, where its columns seem to go, and the draft of an earlier sitting."""

    workbook: Workbook
    mapping: Mapping
    draft: dict[str, Any] | None


def open_register(desk: Desk, path: Path, sheet: str | None, progress: Progress) -> Opened:
    """Read a register and look for a draft.

    Raises:
        Forbidden: The user may not import.
        Problem: ``import.…``.
        Stopped: The user asked to stop.
    """
    desk.require(Right.IMPORT)
    workbook = read_workbook(path, progress, sheet)
    with desk.read() as uow:
        draft = uow.drafts.get(FORM, 0, desk.actor.user_id)
    return Opened(workbook, guess_mapping(workbook), None if draft is None else draft.body)


def keep_draft(desk: Desk, flow: ImportFlow) -> None:
    """Keep what she corrected and decided, as she does it; no name goes into it."""
    with desk.write() as uow:
        uow.drafts.keep(FORM, FORM_VERSION, 0, desk.actor.user_id, desk.clock.now(), flow.body())
        uow.commit()


def guess_mapping(workbook: Workbook) -> Mapping:
    """Where each column goes, by the labels of the person's form and the usual words of registers."""
    return guess_columns(workbook)


def dry_run(
    desk: Desk,
    workbook: Workbook,
    mapping: Mapping,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Try the import without writing anything.

    Args:
        desk: The office.
        workbook: The sheet.
        mapping: Where its columns go.
        options: What holds for every row.
        progress: Told the rows checked.

    Raises:
        Forbidden: The user may not import.
        RulesBroken: ``import.no_name``: no column names anybody; what does not fit in the options.
    """
    said = options or ImportOptions()
    _allow(desk, mapping, said)
    candidates = _read(desk, workbook, mapping, said, progress or Silent())
    with desk.read() as uow:
        judged = _judge(uow, candidates, mapping)
    lines = frozenset(candidate.line for candidate in candidates)
    findings = import_rows.sheet_findings(workbook, mapping, lines) + tuple(
        found for one in judged for found in one.findings
    )
    return ImportReport(tuple(one.row for one in judged), tuple(sorted(findings, key=lambda found: found.line)))


def import_persons(desk: Desk, command: ImportPersons, progress: Progress | None = None) -> Done[Imported]:
    """Bring the register in, in one transaction: everything she decided, or nothing.

    The rows are read and judged on a snapshot first; only if somebody wrote meanwhile are they judged again inside.

    Args:
        desk: The office.
        command: The register and her decisions.
        progress: Told the rows read and written; its stop undoes everything.

    Raises:
        Forbidden: The user may not import.
        RulesBroken: ``import.no_name``, ``import.errors``, ``import.undecided``, ``import.nothing``; the options.
        Problem: Disk full, key removed…
        Stopped: The user asked to stop; nothing was written.
    """
    _allow(desk, command.mapping, command.options)
    watched = progress or Silent()
    candidates = _read(desk, command.workbook, command.mapping, command.options, watched)
    with desk.read() as uow:
        seen = _last_link(uow)
        rows = [one.row for one in _judge(uow, candidates, command.mapping)]
    with desk.write() as uow:
        if old := uow.audit.by_request(command.request_id):
            return Done(Imported(added=old[1], known=0, skipped=0, errors=0))
        if _last_link(uow) != seen:
            rows = [one.row for one in _judge(uow, candidates, command.mapping)]
        writer = _Writer(desk, uow, command, watched)
        done = writer.write(_chosen(rows, command), rows)
        indexed = writer.indexed()
        uow.drafts.discard(FORM, 0, desk.actor.user_id)
        uow.commit()
    for person in indexed:
        desk.persons.put(person)
    return Done(done, Changes.of(MEMBERS))


def _allow(desk: Desk, mapping: Mapping, options: ImportOptions) -> None:
    """Who may import, and who may attest a majority; and that a column names somebody."""
    desk.require(Right.IMPORT)
    if options.evident_adult:
        desk.require(Right.USERS)
    broken = import_rules.options_violations(options, desk.settings.options("consent_ways", desk.today), desk.today)
    if not mapping.names_somebody:
        broken = (Violation("import.no_name"), *broken)
    if broken:
        raise RulesBroken(*broken)


def _read(
    desk: Desk, workbook: Workbook, mapping: Mapping, options: ImportOptions, progress: Progress
) -> list[Candidate]:
    """Every row read; the base is not asked."""
    office = Office(
        today=desk.today,
        lists={name: desk.settings.options(name, desk.today) for name in desk.settings.lists},
        check=_rules(desk),
        of_age=desk.settings.count("members.majority", desk.today),
        may_attest=desk.may(Right.USERS),
    )
    total = len(workbook.rows)
    found: list[Candidate] = []
    for candidate in import_rows.read_candidates(workbook, mapping, options, office):
        progress.check()
        found.append(candidate)
        progress.report(CHECK_STEP, len(found), total)
    return found


def _rules(desk: Desk) -> Check:
    """What every person keeps to, as the form and the règlement have it today."""
    today, of_age = desk.today, desk.settings.count("members.majority", desk.today)

    def check(person: Person) -> tuple[Fault, ...]:
        return import_rules.faults(person, today, of_age)

    return check


def _last_link(uow: UnitOfWork) -> int:
    """The newest link of the audit chain: whether anybody wrote since."""
    return int(uow.rows("SELECT coalesce(max(id), 0) FROM audit")[0][0])


def _judge(uow: UnitOfWork, candidates: Sequence[Candidate], mapping: Mapping) -> list[Judged]:
    """Tell for each row whether she is new, known, perhaps known, or in error."""
    keys = NameKeys()
    return judge(candidates, _known(uow, candidates, keys), Columns.of(mapping), keys)


def _known(uow: UnitOfWork, candidates: Sequence[Candidate], keys: NameKeys) -> Known:
    """What the base knows of the women in these rows; full records only of those who may be one of them."""
    persons = [one.person for one in candidates if one.person is not None]
    wanted = {keys(person.last_name, person.first_name) for person in persons}
    by_name: dict[NameKey, list[int]] = defaultdict(list)
    asked = {person.number for person in persons} - {""}
    person_numbers: dict[str, int] = {}
    for person_id, number, last, first in uow.rows("SELECT id, number, last_name, first_name FROM person"):
        if number in asked:
            person_numbers[number] = person_id
        if (key := keys(last, first)) in wanted:
            by_name[key].append(person_id)
    taken = {person.membership.number for person in persons if person.membership} - {""}
    numbers = {
        number: owner for number, owner in uow.rows("SELECT number, person_id FROM membership") if number in taken
    }
    prints = {one.fingerprint for one in candidates if one.fingerprint}
    fingerprints = {mark: owner for mark, owner in _imported(uow) if mark in prints}
    ids = {owner for found in by_name.values() for owner in found} | set(numbers.values()) | set(fingerprints.values())
    ids |= set(person_numbers.values())
    records: dict[int, Person] = {}
    for some in _slices(sorted(ids)):
        records |= {person.id: person for person in uow.persons.many(some)}
    return Known(fingerprints, numbers, person_numbers, by_name, records, _sponsors(uow, candidates))


def _sponsors(uow: UnitOfWork, candidates: Sequence[Candidate]) -> dict[str, list[int]]:
    """The members whom the marraines of these rows may be, by what names them."""
    wanted = {import_sponsors.reference(one.sponsor) for one in candidates if one.sponsor}
    found: dict[str, list[int]] = defaultdict(list)
    if not wanted:
        return found
    rows = uow.rows(
        "SELECT p.id, p.number, m.number, p.last_name, p.first_name FROM person p"
        " JOIN membership m ON m.person_id = p.id WHERE p.erased_on IS NULL"
    )
    for person_id, *named in rows:
        for key in wanted.intersection(import_sponsors.references(*named)):
            found[key].append(person_id)
    return found


def _imported(uow: UnitOfWork) -> Iterator[tuple[str, int]]:
    """Fingerprints of the rows imported before, and whom they made; those of an erased person are forgotten."""
    rows = uow.rows(
        "SELECT d.subject_id, d.details FROM audit_detail d JOIN audit a ON a.id = d.audit_id "
        "WHERE a.action = :action AND d.details IS NOT NULL",
        action=_ACTION,
    )
    for person_id, details in rows:
        if found := _FINGERPRINT.search(details):
            yield found[1], person_id


def _slices(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + _SLICE] for at in range(0, len(ids), _SLICE))


def _chosen(rows: Sequence[ReportRow], command: ImportPersons) -> list[ReportRow]:
    """The rows to write.

    Raises:
        RulesBroken: Something is still to be decided, or nothing is left to bring in.
    """
    found: list[Violation] = []
    errors = [row for row in rows if row.state is RowState.ERROR]
    if errors and not command.options.skip_errors:
        found.append(Violation("import.errors", None, (("count", len(errors)), ("first", errors[0].line))))
    twins = [row for row in rows if row.state is RowState.TWIN]
    undecided = [row for row in twins if row.line not in command.decisions]
    if undecided:
        found.append(Violation("import.undecided", None, (("count", len(undecided)), ("first", undecided[0].line))))
    added = {row.line for row in twins if command.decisions.get(row.line) is Decision.ADD}
    chosen = [row for row in rows if row.state is RowState.NEW or row.line in added]
    if not chosen and not found:
        found.append(Violation("import.nothing"))
    if found:
        raise RulesBroken(*found)
    return chosen


class _Writer:
    """Writes the chosen rows inside one transaction."""

    def __init__(self, desk: Desk, uow: UnitOfWork, command: ImportPersons, progress: Progress) -> None:
        self._desk = desk
        self._uow = uow
        self._command = command
        self._progress = progress
        self._now = desk.clock.now()
        self._actor = desk.actor.user_id
        self._first_id = int(uow.rows("SELECT coalesce(max(id), 0) FROM person")[0][0]) + 1
        self._ids: dict[int, int] = {}

    def write(self, chosen: Sequence[ReportRow], rows: Sequence[ReportRow]) -> Imported:
        """Write everybody, then the link that names the whole import."""
        for series, brought in (("member", map(_member_number, chosen)), ("person", map(_person_number, chosen))):
            self._uow.counters.reserve(series, max(brought, default=0))
        chosen = import_sponsors.among(chosen, rows)
        saved: list[Person] = []
        for done, row in enumerate(chosen, 1):
            self._progress.check()
            saved.append(self._save(row))
            self._ids[row.line] = saved[-1].id
            self._progress.report(WRITE_STEP, done, len(chosen))
        self._late_sponsors(chosen, saved)
        states = [row.state for row in rows]
        numbers = [one.membership.number for one in saved if one.membership] or [one.number for one in saved]
        name = self._command.workbook.file_name
        counted = FieldChange("Registre", "", f"{name} : {len(saved)}")
        self._uow.audit.add(
            self._now, self._actor, _ACTION_ALL, "import", len(saved), (counted,), self._command.request_id
        )
        return Imported(
            added=len(saved),
            known=states.count(RowState.KNOWN),
            skipped=states.count(RowState.TWIN) - sum(row.state is RowState.TWIN for row in chosen),
            errors=states.count(RowState.ERROR),
            first_number=min(numbers),
            last_number=max(numbers),
            consents_missing=sum(not person.consents for person in saved),
        )

    def indexed(self) -> list[IndexedPerson]:
        """What the search index needs of those just written."""
        found = self._uow.rows("SELECT id, name_norm, search_text FROM person WHERE id >= :first", first=self._first_id)
        return [IndexedPerson(*row) for row in found]

    def _late_sponsors(self, chosen: Sequence[ReportRow], saved: list[Person]) -> None:
        """A marraine who stands below the women she brought has her record only now."""
        for place, row in enumerate(chosen):
            member = saved[place].membership
            if row.sponsor_line and member is not None and member.sponsor_id is None:
                self._progress.check()
                brought = replace(saved[place], membership=replace(member, sponsor_id=self._ids[row.sponsor_line]))
                saved[place] = self._uow.persons.save(brought, self._now, self._actor)

    def _save(self, row: ReportRow) -> Person:
        person = row.person
        assert person is not None
        if not person.number:
            person = replace(person, number=f"P-{self._uow.counters.next('person'):05d}")
        member = person.membership
        if member is not None:
            number = member.number or f"M-{self._uow.counters.next('member'):05d}"
            sponsor = self._ids.get(row.sponsor_line, member.sponsor_id)
            person = replace(person, membership=replace(member, number=number, sponsor_id=sponsor))
        saved = self._uow.persons.save(person, self._now, self._actor)
        source = f"{self._command.workbook.file_name}, ligne {row.line} ({row.fingerprint})"
        change = FieldChange("Registre", "", source)
        self._uow.audit.add(self._now, self._actor, _ACTION, "person", saved.id, (change,))
        return saved


def _person_number(row: ReportRow) -> int:
    """The number of the person that the register brings, 0 for none."""
    return int(row.person.number.removeprefix("P-")) if row.person and row.person.number else 0


def _member_number(row: ReportRow) -> int:
    """The number of the member that the register brings, 0 for none."""
    member = row.person.membership if row.person else None
    return int(member.number.removeprefix("M-")) if member and member.number else 0
