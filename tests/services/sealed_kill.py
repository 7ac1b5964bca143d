"""A listener at work, killed in the middle of a draft: run as a process of its own by ``test_sealed_proofs``.

It keeps drafts as she types, saves a talk, corrects it, takes a note in, erases one talk, begins another, prints
« prêt » and waits to be killed with a save half done.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from antenne.base.clock import FixedClock
from antenne.domain.forms.listening import LISTENING, answers_of
from antenne.domain.sealed_codec import to_payload
from antenne.services import access, compartment, deposits, listening_reading, opening, sealed_drafts
from antenne.services.deposits import DropNote
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


def main(folder: Path) -> None:
    """Work, then die."""
    desk = opening.open_desk(folder, access.unlock(folder, PHRASES["ecoutante"], LABELS["ecoutante"]), FixedClock(NOW))
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
    with compartment.changing(desk) as batch:
        row_left = compartment.opened(desk).seal(bytes(16), 1, {**to_payload(first.record), "said": PLANTED["open"]})
        batch.uow.sealed.put(row_left)
        sys.stdout.write("prêt\n")
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
