"""The steps of an import, and what a draft of it keeps."""

from __future__ import annotations

from dataclasses import replace

from antenne.domain.import_columns import NOT_TAKEN, Mapping, guess_mapping
from antenne.domain.import_flow import ImportFlow, ImportStep
from antenne.domain.imports import Decision, Imported, ImportOptions, ImportReport, ReportRow, RowState, skip_all
from tests.domain.test_imports import AWA, TODAY, sheet


def _report(*states_: RowState) -> ImportReport:
    return ImportReport(tuple(ReportRow(line, state, AWA) for line, state in enumerate(states_, 2)), ())


def _flow() -> ImportFlow:
    book = sheet(["Nom", "Prénom", "Tél"], ["TRAORÉ", "Awa", 76123456])
    return ImportFlow().opened(book, guess_mapping(book))


def test_the_steps_of_an_import() -> None:
    flow = ImportFlow()
    assert (flow.step, flow.may_try, flow.to_add, flow.undecided, flow.may_write) == (
        ImportStep.CHOOSE,
        False,
        0,
        (),
        False,
    )
    flow = _flow()
    assert (flow.step, flow.may_try) == (ImportStep.COLUMNS, True)
    assert not flow.with_target(0, NOT_TAKEN).may_try
    flow = flow.tried(_report(RowState.NEW, RowState.TWIN, RowState.TWIN, RowState.ERROR))
    assert (flow.step, flow.to_add, len(flow.undecided), flow.may_write) == (ImportStep.REVIEW, 1, 2, False)
    flow = flow.decide(3, Decision.ADD)
    assert (flow.to_add, len(flow.undecided)) == (2, 1)
    flow = flow.skip_undecided()
    assert flow.decisions == {3: Decision.ADD, 4: Decision.SKIP}
    assert not flow.may_write
    flow = flow.with_options(replace(flow.options, skip_errors=True))
    assert flow.may_write
    assert flow.command("r").decisions == flow.decisions
    again = flow.back().tried(_report(RowState.NEW, RowState.TWIN))
    assert again.decisions == {3: Decision.ADD}
    done = flow.brought(Imported(added=1, known=0, skipped=0, errors=0))
    assert (done.step, done.workbook) == (ImportStep.DONE, None)
    assert done.back() == ImportFlow() == flow.back().back()


def test_a_draft_gives_back_what_was_corrected() -> None:
    flow = _flow().with_target(2, NOT_TAKEN).decide(5, Decision.ADD)
    flow = flow.with_options(
        ImportOptions(
            members=False,
            joined_on=TODAY,
            consent_on=TODAY,
            consent_how="orale",
            consent_witness="Sira",
            skip_errors=True,
        )
    )
    assert flow.workbook is not None
    assert flow.mapping is not None
    fresh = guess_mapping(flow.workbook)
    back = ImportFlow().opened(flow.workbook, fresh, flow.body())
    assert (back.mapping, back.options, back.decisions) == (flow.mapping, flow.options, flow.decisions)
    empty = ImportFlow().opened(flow.workbook, fresh, _flow().body())
    assert empty.options == ImportOptions()
    older = {key: value for key, value in flow.body().items() if key != "consent_witness"}
    assert ImportFlow().opened(flow.workbook, fresh, older).options.consent_witness == ""
    other = replace(flow.workbook, digest="e")
    assert ImportFlow().opened(other, fresh, flow.body()).mapping == fresh
    assert "TRAORÉ" not in str(flow.body())


def test_a_report_counts() -> None:
    report = _report(RowState.NEW, RowState.TWIN, RowState.NEW)
    assert (report.count(RowState.NEW), report.count(RowState.ERROR)) == (2, 0)
    assert skip_all(report) == {3: Decision.SKIP}
    assert isinstance(guess_mapping(sheet()), Mapping)
