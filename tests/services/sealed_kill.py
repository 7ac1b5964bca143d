"""A listener at work, and how it ends: run as a process of its own by ``test_sealed_proofs``.

It keeps drafts as she types, saves a talk, corrects it, takes a note in, erases one talk, begins another. Then one of:
``kill`` with a save half done; ``crash``, an error nobody awaited, reported as the program does; ``print``, a slip on
the printer; ``export``, a list and a backup. It says « prêt » and never ends orderly.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path
from types import TracebackType

from antenne.base import reports
from antenne.base.clock import FixedClock
from antenne.base.media import SystemMedia
from antenne.base.progress import Silent
from antenne.domain.forms.listening import LISTENING, answers_of
from antenne.domain.listening import ListeningSession
from antenne.domain.sealed_codec import to_payload
from antenne.services import (
    access,
    backup,
    compartment,
    deposits,
    exports,
    listening,
    listening_reading,
    opening,
    sealed_drafts,
)
from antenne.services.compartment import Kept
from antenne.services.deposits import DropNote
from antenne.services.desk import Desk
from antenne.services.exports import ExportList
from antenne.services.listening import GiveSlipCode
from antenne.services.sealed_drafts import KeepSealedDraft
from tests.conftest import LABELS, NOW, PHRASES
from tests.services import listening_help as help_

PLANTED = {
    "said": "phraseplantee-recit Ndiaye",
    "needs": "phraseplantee-besoin abri",
    "corrected": "phraseplantee-corrige",
    "erased": "phraseplantee-efface",
    "draft": "phraseplantee-brouillon",
    "note": "phraseplantee-depot",
    "open": "phraseplantee-transaction",
    "structure": "phraseplantee-structure",
}
"""What must be found nowhere."""


def holder(ending: str) -> str:
    """Whose sitting it is."""
    return "responsable" if ending == "export" else "ecoutante"


def main(folder: Path, ending: str) -> None:
    """Work, then end; who exports has the right to, the others are the écoutante."""
    who = holder(ending)
    desk = opening.open_desk(folder, access.unlock(folder, PHRASES[who], LABELS[who]), FixedClock(NOW))
    note = {"about": "test", "on": NOW.date(), "text": PLANTED["note"]}
    deposits.drop_note(desk, DropNote(request_id="note", answers=note))
    listening_reading.prepare(desk)
    for length in range(4, len(PLANTED["draft"]) + 1):
        body = {"said": PLANTED["draft"][:length]}
        sealed_drafts.keep_sealed_draft(desk, KeepSealedDraft(form=LISTENING, subject="", body=body))
    row = {"service": "health", "answer": "referred", "structure": PLANTED["structure"]}
    first = help_.save(desk, said=PLANTED["said"], needs=PLANTED["needs"], referrals=(row,))
    listening_reading.open_session(desk, first.id)
    help_.save(desk, first, **{**answers_of(first.record), "said": PLANTED["corrected"]})
    gone = help_.save(desk, said=PLANTED["erased"])
    with compartment.changing(desk) as batch:
        batch.delete(bytes.fromhex(gone.id))
        batch.commit()
    sealed_drafts.keep_sealed_draft(desk, KeepSealedDraft(form=LISTENING, subject="", body={"said": PLANTED["draft"]}))
    {"kill": _killed, "crash": _crashed, "print": _printed, "export": _exported}[ending](desk, first)


def _ready() -> None:
    sys.stdout.write("prêt\n")
    sys.stdout.flush()


def _die() -> None:
    _ready()
    os.kill(os.getpid(), signal.SIGKILL)


def _killed(desk: Desk, first: Kept[ListeningSession]) -> None:
    """In the middle of a save."""
    with compartment.changing(desk) as batch:
        row_left = compartment.opened(desk).seal(bytes(16), 1, {**to_payload(first.record), "said": PLANTED["open"]})
        batch.uow.sealed.put(row_left)
        _die()


def _crashed(desk: Desk, first: Kept[ListeningSession]) -> None:
    """An error whose message, cause and locals hold her words; the report is written beside the base."""

    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        reports.write(error, desk.folder, "1.0", desk.clock.now())
        _die()

    sys.excepthook = hook
    words = first.record.said
    try:
        int(words)
    except ValueError as cause:
        raise RuntimeError(words, PLANTED["open"]) from cause


def _printed(desk: Desk, first: Kept[ListeningSession]) -> None:
    """The slip of her referral, to a printer whose spool is a file of the temporary folder."""
    from PySide6.QtWidgets import QWidget

    from antenne.app import make_application
    from antenne.ui.kit.operations import LONG, SHORT, Lane, Operations
    from antenne.ui.kit.pdf_pages import page_sizes
    from antenne.ui.kit.printing import Printing
    from antenne.ui.listening.slips import render_referral
    from tests.ui.helpers import FakeDialogs

    application = make_application()
    now = next(one for one in compartment.kept_of(desk, ListeningSession) if one.id == first.id)
    coded = listening.give_slip_code(desk, GiveSlipCode(request_id="slip", before=now, position=0)).value
    pdf = render_referral(desk, coded.record.referrals[0])
    bugs: list[BaseException] = []
    operations = Operations(Lane(SHORT), Lane(LONG), bugs.append, bugs.append)
    printing = Printing(operations, FakeDialogs(output=Path(tempfile.gettempdir()) / "spool.pdf"), str)
    printing.send(pdf, page_sizes(pdf), QWidget(), lambda _pages: application.quit())
    application.exec()
    assert bugs == []
    _die()


def _exported(desk: Desk, _first: Kept[ListeningSession]) -> None:
    """The list of members as a workbook, then a backup, its manifest and its check."""
    place = Path(tempfile.gettempdir())
    exports.export_list(desk, ExportList(place / "liste.xlsx", "Liste", ("Nom",)), [["Koné"]])
    backup.make_backup(desk, place, SystemMedia(), Silent())
    _die()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
