"""The steps of the import screen, without any screen: what is known at each, and where one may go from there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from antenne.domain.import_columns import BY_KEY, NOT_TAKEN, Mapping
from antenne.domain.imports import (
    Decision,
    Imported,
    ImportOptions,
    ImportPersons,
    ImportReport,
    ReportRow,
    RowState,
)
from antenne.domain.workbooks import Workbook

FORM = "import"
"""Key of its draft."""
FORM_VERSION = 1


class ImportStep(Enum):
    """Where she stands."""

    CHOOSE = "choose"
    COLUMNS = "columns"
    REVIEW = "review"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFlow:
    """One import on its way; every change makes a new one.

    Attributes:
        step: Where she stands.
        workbook: The sheet, from COLUMNS on.
        mapping: Where its columns go, as guessed and corrected.
        options: What she said for the whole register.
        report: The dry run, from REVIEW on.
        decisions: What she decided for possible duplicates, by line.
        done: What was brought in.
    """

    step: ImportStep = ImportStep.CHOOSE
    workbook: Workbook | None = None
    mapping: Mapping | None = None
    options: ImportOptions = field(default_factory=ImportOptions)
    report: ImportReport | None = None
    decisions: Map[int, Decision] = field(default_factory=dict)
    done: Imported | None = None

    def opened(self, workbook: Workbook, mapping: Mapping, draft: Map[str, Any] | None = None) -> ImportFlow:
        """A register was read; a draft of the same sheet gives back what she had corrected."""
        flow = ImportFlow(step=ImportStep.COLUMNS, workbook=workbook, mapping=mapping)
        return flow if draft is None else _with_draft(flow, draft)

    def with_target(self, column: int, key: str) -> ImportFlow:
        """One column goes elsewhere."""
        assert self.mapping is not None
        return replace(self, mapping=self.mapping.with_target(column, key))

    def with_options(self, options: ImportOptions) -> ImportFlow:
        """Something else holds for every row."""
        return replace(self, options=options)

    def tried(self, report: ImportReport) -> ImportFlow:
        """The dry run is over; decisions stay for the lines that still need one."""
        lines = {row.line for row in report.of(RowState.TWIN)}
        kept = {line: decision for line, decision in self.decisions.items() if line in lines}
        return replace(self, step=ImportStep.REVIEW, report=report, decisions=kept)

    def decide(self, line: int, decision: Decision) -> ImportFlow:
        """She decided for one possible duplicate."""
        return replace(self, decisions={**self.decisions, line: decision})

    def skip_undecided(self) -> ImportFlow:
        """Every duplicate not decided yet is left aside."""
        return replace(self, decisions={row.line: Decision.SKIP for row in self.undecided} | dict(self.decisions))

    def brought(self, done: Imported) -> ImportFlow:
        """It is written; the register is let go."""
        return ImportFlow(step=ImportStep.DONE, done=done)

    def back(self) -> ImportFlow:
        """One step back; the end leads to another register."""
        if self.step is ImportStep.REVIEW:
            return replace(self, step=ImportStep.COLUMNS, report=None)
        return ImportFlow()

    @property
    def undecided(self) -> tuple[ReportRow, ...]:
        """Possible duplicates that wait for her."""
        twins = self.report.of(RowState.TWIN) if self.report else ()
        return tuple(row for row in twins if row.line not in self.decisions)

    @property
    def to_add(self) -> int:
        """How many persons would be written."""
        if self.report is None:
            return 0
        return self.report.count(RowState.NEW) + sum(one is Decision.ADD for one in self.decisions.values())

    @property
    def may_try(self) -> bool:
        """Whether the columns name anybody."""
        return self.mapping is not None and self.mapping.names_somebody

    @property
    def may_write(self) -> bool:
        """Whether nothing is left to decide, and somebody to write."""
        errors = self.report.count(RowState.ERROR) if self.report else 0
        return bool(self.to_add) and not self.undecided and (not errors or self.options.skip_errors)

    def command(self, request_id: str) -> ImportPersons:
        """The order to write."""
        assert self.workbook is not None
        assert self.mapping is not None
        return ImportPersons(
            request_id=request_id,
            workbook=self.workbook,
            mapping=self.mapping,
            options=self.options,
            decisions=self.decisions,
        )

    def body(self) -> dict[str, Any]:
        """What a draft keeps: no name, only what she corrected and decided."""
        assert self.workbook is not None
        assert self.mapping is not None
        joined, consent = self.options.joined_on, self.options.consent_on
        pairs = zip(self.mapping.headers, self.mapping.targets, strict=True)
        return {
            "digest": self.workbook.digest,
            "sheet": self.workbook.sheet,
            "targets": {str(header.column): key for header, key in pairs},
            "members": self.options.members,
            "joined_on": joined.isoformat() if joined else "",
            "consent_on": consent.isoformat() if consent else "",
            "consent_how": self.options.consent_how,
            "consent_witness": self.options.consent_witness,
            "evident_adult": self.options.evident_adult,
            "skip_errors": self.options.skip_errors,
            "decisions": {str(line): decision.value for line, decision in self.decisions.items()},
        }


def _with_draft(flow: ImportFlow, draft: Map[str, Any]) -> ImportFlow:
    """The corrections of an earlier sitting on the same sheet; anything else is left alone."""
    assert flow.workbook is not None
    assert flow.mapping is not None
    if (draft.get("digest"), draft.get("sheet")) != (flow.workbook.digest, flow.workbook.sheet):
        return flow
    kept: Map[str, str] = draft["targets"]
    targets = tuple(
        key if (key := kept.get(str(header.column), guessed)) in BY_KEY else NOT_TAKEN
        for header, guessed in zip(flow.mapping.headers, flow.mapping.targets, strict=True)
    )
    options = ImportOptions(
        members=draft["members"],
        joined_on=_day(draft["joined_on"]),
        consent_on=_day(draft["consent_on"]),
        consent_how=draft["consent_how"],
        consent_witness=draft.get("consent_witness", ""),
        evident_adult=draft["evident_adult"],
        skip_errors=draft["skip_errors"],
    )
    decisions = {int(line): Decision(value) for line, value in draft["decisions"].items()}
    mapping = Mapping(flow.mapping.header_line, flow.mapping.headers, targets)
    return replace(flow, mapping=mapping, options=options, decisions=decisions)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
