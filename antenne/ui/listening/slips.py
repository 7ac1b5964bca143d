"""Referral slips: A5, a random code, where to go and when; nothing else."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from antenne.domain.changes import Done
from antenne.domain.listening import Referral
from antenne.domain.protection_faces import slip_face
from antenne.domain.violations import Violation
from antenne.services import partners as directory
from antenne.services.desk import Desk
from antenne.services.protection_printing import Drawn
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.printing import PrintJob

TITLE = "Fiche d’orientation"
FILE_NAME = "fiche.pdf"


def preview_referral(context: Context, referral: Referral, owner: QWidget) -> None:
    """Show the slip of one referral of a talk, then print it."""
    job = PrintJob(title=TITLE, file_name=FILE_NAME, render=render_referral, args=(context.desk, referral))
    context.printing.preview(job, owner)


def render_referral(desk: Desk, referral: Referral) -> bytes:
    """The PDF, on the long lane."""
    from antenne.print.protection import render_slip

    known = {one.name.casefold(): one for one in directory.list_partners(desk)}
    return render_slip(slip_face(referral, known.get(referral.structure.casefold()), desk.today), desk.office)


def draw(
    context: Context,
    work: Callable[..., Done[Drawn]],
    command: Any,
    owner: QWidget,
    done: Callable[[Done[Drawn]], None],
    refused: Callable[[tuple[Violation, ...]], None],
) -> None:
    """Have a service draw the slip of an incident (its code is kept with it), then show it."""
    from antenne.print.protection import render_slip

    context.operations.run(
        SHORT,
        work,
        context.desk,
        command,
        render_slip,
        owner=owner,
        done=partial(_show, context, owner, done),
        broken=refused,
    )


def _show(context: Context, owner: QWidget, done: Callable[[Done[Drawn]], None], drawn: Done[Drawn]) -> None:
    done(drawn)
    context.printing.preview(PrintJob(title=TITLE, file_name=FILE_NAME, render=_made, args=(drawn.value.pdf,)), owner)


def _made(pdf: bytes) -> bytes:
    return pdf


def new_request() -> str:
    """The id of a click."""
    return secrets.token_hex(16)
