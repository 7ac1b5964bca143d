"""Changing the keys, step by step, without any screen: who stays, her phrase, two envelopes, then all at once.

Phrase and envelopes are those of the first run (:mod:`antenne.domain.first_run`): the same words, the same checks.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from antenne.domain import first_run
from antenne.domain.first_run import FirstRun
from antenne.domain.passphrases import WordList
from antenne.domain.recovery import CodeKind
from antenne.domain.rights import Role
from antenne.domain.violations import Violation
from antenne.services import accounts, rekeying, users
from antenne.services.accounts import KeyState
from antenne.services.desk import Desk
from antenne.services.rekeying import Rekey, Staying


class Stage(Enum):
    """Where she is, in order."""

    WHO = "who"
    PHRASE = "phrase"
    CODES = "codes"
    REVIEW = "review"
    WORK = "work"
    PAPERS = "papers"


STAGES = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is read and drawn before the first page."""

    state: KeyState
    words: WordList
    run: FirstRun = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rekeying:
    """Where the change of keys stands; nothing is written before :data:`Stage.WORK`."""

    stage: Stage
    run: FirstRun = field(repr=False)
    own_user_id: int = 0
    staying: tuple[Staying, ...] = ()


def prepare(desk: Desk) -> Prepared:
    """Read the accounts and the words, draw a phrase and two codes; runs on the short lane."""
    words = users.word_list()
    codes = (rekeying.draw_code(CodeKind.BASE), rekeying.draw_code(CodeKind.CONFIDENTIAL))
    run = FirstRun(first_run.Step.PASSPHRASE, users.draw_phrase(words), codes)
    return Prepared(accounts.read_keys(desk), words, run)


def decide(
    state: Rekeying, own_user_id: int, staying: tuple[Staying, ...]
) -> Rekeying | tuple[tuple[int, Violation], ...]:
    """Take who stays; or each violation with the user it belongs to."""
    broken = [(one.user_id, violation) for one in staying for violation in users.role_violations(one.roles, one.reason)]
    own = next((one for one in staying if one.user_id == own_user_id), None)
    if own is None or Role.RESPONSABLE not in own.roles:
        broken.append((own_user_id, Violation("users.no_responsable", "staying")))
    if broken:
        return tuple(broken)
    return replace(state, stage=Stage.PHRASE, own_user_id=own_user_id, staying=staying)


def give(state: Rekeying, given: first_run.Input, words: WordList) -> Rekeying | tuple[Violation, ...]:
    """Take an answer about the phrase or the codes."""
    moved = first_run.advance(state.run, given, words)
    if isinstance(moved, tuple):
        return moved
    stage = {first_run.Step.PASSPHRASE: Stage.PHRASE, first_run.Step.CODES: Stage.CODES}.get(moved.step, Stage.REVIEW)
    return replace(state, stage=stage, run=moved)


def back(state: Rekeying) -> Rekeying:
    """The page before; a phrase or a code that is already on paper is not asked again."""
    match state.stage:
        case Stage.PHRASE:
            return replace(state, stage=Stage.WHO)
        case Stage.CODES:
            return replace(state, stage=Stage.PHRASE, run=first_run.back(state.run))
        case Stage.REVIEW:
            return replace(state, stage=Stage.CODES, run=first_run.back(state.run))
        case _:
            return state


def command(state: Rekeying, request_id: str) -> Rekey:
    """What the service is asked, once all is answered.

    Raises:
        ValueError: Something is missing.
    """
    phrase = state.run.passphrase
    if phrase is None or state.run.codes_done < len(state.run.codes) or not state.staying:
        raise ValueError("the change of keys is not finished")
    return Rekey(
        request_id=request_id,
        own_phrase=phrase,
        staying=state.staying,
        recovery=rekeying.envelopes(*state.run.codes),
        own_user_id=state.own_user_id,
    )
