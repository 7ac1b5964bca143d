"""Papers whose original comes out once: shown first, noted before they leave and once they have left, asked between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from antenne.domain.changes import Done
from antenne.domain.violations import Violation
from antenne.services.originals import SettlePrint
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.preview import PreviewDialog
from antenne.ui.kit.printing import PrintJob, PrintQuestion

_YES: Final = "Oui, il est là"
_NO: Final = "Non, il n’est pas sorti"


@dataclass(frozen=True, slots=True, kw_only=True)
class Originals:
    """Papers to print, and the services that keep their copies.

    Attributes:
        title: Head of the preview.
        file_name: Neutral: ``recus.pdf``.
        render: Service that draws them; ``args`` its arguments, the desk first.
        begin: Service: the copies are about to leave.
        record: Service: they are out.
        settle: Service: whether an original came out.
        unsure: Code of the violation that asks.
        noted: Whether the user may note copies; else nothing is noted.
    """

    title: str
    file_name: str
    ids: tuple[int, ...]
    render: Callable[..., bytes]
    args: tuple[Any, ...]
    begin: Callable[..., None]
    record: Callable[..., Done[None]]
    settle: Callable[..., Done[None]]
    unsure: str
    noted: bool = True


def print_originals(context: Context, owner: QWidget, papers: Originals) -> PreviewDialog:
    """Show them; when the printer has taken them, the original is used up."""
    run, desk = context.operations.run, context.desk

    def noted(done: Done[None]) -> None:
        context.broadcast(done.changes)

    def printed() -> None:
        run(SHORT, papers.record, desk, papers.ids, owner=context.printing, done=noted)
        if isValid(dialog):
            dialog.close()  # the same sheet, printed or saved again, would be a second original

    def answer(asked: Violation, came_out: bool, again: Callable[[], None]) -> None:
        def settled(done: Done[None]) -> None:
            dialog.finished.connect(lambda _result: noted(done))  # sooner, its own card would be made anew
            again()

        paper_id = dict(asked.values)["id"]
        assert isinstance(paper_id, int)
        run(SHORT, papers.settle, desk, SettlePrint(paper_id, came_out), owner=dialog, done=settled)

    job = PrintJob(
        title=papers.title,
        file_name=papers.file_name,
        render=papers.render,
        args=papers.args,
        with_progress=True,
        printed=printed if papers.noted else None,
        once=True,
        saved=printed if papers.noted else None,
        starting=partial(papers.begin, desk, papers.ids) if papers.noted else None,
        question=PrintQuestion(code=papers.unsure, yes=_YES, no=_NO, answer=answer) if papers.noted else None,
    )
    dialog = context.printing.preview(job, owner)
    return dialog
