"""« Papiers »: what can be printed of a file now."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from antenne.domain.civil_faces import FilePaper, papers_offered
from antenne.services import civil_printing
from antenne.services.civil_lookup import FileView
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.printing import PrintJob
from antenne.wording.civil_papers import FILE_NAMES, TITLES


def offered(view: FileView) -> tuple[FilePaper, ...]:
    """The papers that make sense now, the main one first."""
    page = view.page
    return papers_offered(page.route, page.standing.step, page.file, page.pieces)


def fill_papers(context: Context, made: QPushButton, view: FileView, owner: QWidget) -> None:
    """Fill the menu of ``made``; without any paper the button goes."""
    menu = made.menu()
    assert isinstance(menu, QMenu)
    menu.clear()
    papers = offered(view)
    for paper in papers:
        menu.addAction(f"{TITLES[paper]}…", partial(preview, context, view.page.file.id, paper, owner))
    made.setVisible(bool(papers))


def preview(context: Context, file_id: int, paper: FilePaper, owner: QWidget) -> None:
    """Show the paper, then print it."""
    job = PrintJob(title=TITLES[paper], file_name=FILE_NAMES[paper], render=render, args=(context.desk, file_id, paper))
    context.printing.preview(job, owner)


def render(desk: Desk, file_id: int, paper: FilePaper) -> bytes:
    """The PDF, on the long lane."""
    from antenne.print.civil import RENDERERS

    return civil_printing.render_paper(desk, file_id, RENDERERS[paper])
