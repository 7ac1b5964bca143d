"""Founding an office: what the first run gathered becomes a base, its keys and its first user, or nothing at all."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from antenne.base.clock import Clock
from antenne.base.progress import Progress
from antenne.db import keys
from antenne.db.slots import MAX_PASSES, MIN_MEMORY, KdfParams, NewSlot, Unlocked
from antenne.db.slots import label_key as slot_label
from antenne.domain import first_run, passphrases, recovery
from antenne.domain.first_run import FirstRun, Founding, Input, Outcome
from antenne.domain.passphrases import WordList
from antenne.domain.recovery import BITS, CodeKind
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import access, cards_printing, opening
from antenne.services.demo_accounts import is_demo_phrase
from antenne.services.users import draw_phrase, word_list

ENVELOPES: Final = (recovery.ENVELOPES[CodeKind.BASE], recovery.ENVELOPES[CodeKind.CONFIDENTIAL])
"""Labels of the two recovery slots: which one opens the compartment is told by neither."""

UNLOCK_SECONDS: Final = 0.7
"""What one try of a phrase may cost on the office's own computer (storage: under one second)."""

_RESPONSABLE: Final = frozenset({"responsable"})


def begin() -> tuple[FirstRun, WordList]:
    """Open the first run: words and codes drawn from the system's random source; nothing is written."""
    words = word_list()
    return first_run.begin(draw_phrase(words), secrets.randbits(BITS), secrets.randbits(BITS)), words


def new_words(words: WordList) -> first_run.Draw:
    """Four other words to offer."""
    return first_run.Draw(draw_phrase(words))


def new_code() -> first_run.NewCode:
    """Another code in the place of the one that was copied wrong."""
    return first_run.NewCode(secrets.randbits(BITS))


def advance(state: FirstRun, given: Input, words: WordList) -> Outcome:
    """Take a page's answer; a phrase of a demonstration is refused besides what the pages refuse."""
    typed = given.text if isinstance(given, first_run.OwnPhrase | first_run.TypedBack) else ""
    if is_demo_phrase(passphrases.normalise(typed[: passphrases.MAX_LENGTH])):
        return (Violation("founding.demo_phrase", "passphrase"),)
    if isinstance(given, first_run.Responsable) and slot_label(given.label) in map(slot_label, ENVELOPES):
        return (Violation("keys.label_taken", "label"),)
    return first_run.advance(state, given, words)


def unlock_cost() -> KdfParams:
    """The cost of a phrase on this computer: 64 MiB whatever its speed, so that 4 GB are enough, and more passes."""
    found = keys.calibrate(UNLOCK_SECONDS)
    return found if found.memory == MIN_MEMORY else KdfParams(MIN_MEMORY, MAX_PASSES)


def found_office(
    folder: Path, given: Founding, clock: Clock, progress: Progress, kdf: KdfParams | None = None
) -> Unlocked:
    """Make the base, its key file, the responsable and the two envelopes.

    Args:
        folder: A data folder without an office, made when it is not there.
        given: From :func:`antenne.domain.first_run.result`.
        clock: The time.
        progress: Told at each of the four steps; stopping is possible until the base is made.
        kdf: Cost of the slots; None measures this computer.

    Returns:
        What her phrase opens: she need not type it again.

    Raises:
        RulesBroken: A phrase of a demonstration; a label that does not fit.
        Problem: The folder cannot be worked in, is not empty, or cannot be written.
    """
    if is_demo_phrase(given.passphrase):
        raise RulesBroken(Violation("founding.demo_phrase", "passphrase"))
    progress.report("founding.measure", 0, 4)
    access.check_folder(folder)
    cost = kdf or unlock_cost()
    progress.check()
    progress.report("founding.create", 1, 4)
    opening.create_office(folder, given.office, [_first_user(given)], _envelopes(given), clock, cost)
    progress.report("founding.check", 2, 4)
    unlocked = access.unlock(folder, given.passphrase, given.responsable.label)
    progress.report("founding.settings", 3, 4)
    desk = opening.open_desk(folder, unlocked, clock)
    try:
        cards_printing.keep_variant(desk, given.printer)
    finally:
        desk.close()
    progress.report("founding.done", 4, 4)
    return unlocked


def _first_user(given: Founding) -> opening.NewUser:
    slot = NewSlot(
        label=given.responsable.label,
        secret=given.passphrase,
        roles=_RESPONSABLE,
        may_open_confidential=True,
        slot_id=secrets.token_hex(16),
    )
    return opening.NewUser(name=given.responsable.name, slot=slot)


def _envelopes(given: Founding) -> list[NewSlot]:
    codes = ((given.base_code, False), (given.confidential_code, True))
    return [
        NewSlot(label=label, secret=code, roles=_RESPONSABLE, may_open_confidential=confidential, kind="recovery")
        for label, (code, confidential) in zip(ENVELOPES, codes, strict=True)
    ]
