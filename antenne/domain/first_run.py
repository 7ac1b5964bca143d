"""The first run: what is asked before an office exists, as a state machine without any screen.

Nothing is written until the last step: closing the wizard before leaves nothing behind. Whatever is random (the offered
words, the bits of the codes) comes in; :func:`result` hands all of it to the service that founds the office.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from antenne.domain import passphrases, recovery
from antenne.domain.cards import Variant
from antenne.domain.office import PAPERS, Office
from antenne.domain.passphrases import WordList
from antenne.domain.recovery import CodeKind
from antenne.domain.violations import Violation

MAX_TEXT: Final = 120
MAX_LABEL: Final = 40
MAX_LOGO_BYTES: Final = 2 * 1024 * 1024
_PHONE: Final = re.compile(r"\+?\d{8,15}", re.ASCII)
_PHONE_SPACERS: Final = re.compile(r"[\s.\-()\u00a0\u202f]")
_IMAGES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_TELLING: Final = frozenset(
    ("responsable", "secretaire", "caissiere", "caisse", "ecoutante", "ecoute", "confidentiel", "directrice", "admin")
)


class Step(Enum):
    """Pages of the wizard, in their order."""

    OFFICE = "bureau"
    RESPONSABLE = "responsable"
    PASSPHRASE = "phrase"  # noqa: S105 - the name of a page
    CODES = "codes"
    PRINTER = "imprimante"
    REVIEW = "relecture"
    DONE = "fini"


STEPS: Final = tuple(Step)


@dataclass(frozen=True, slots=True)
class Responsable:
    """Who founds the office, and the neutral name she picks at login; also the input of the second page."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Draw:
    """Other words to offer: the draw of :func:`antenne.domain.passphrases.pick_words`."""

    phrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TypedBack:
    """The offered words, typed back from her own paper."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OwnPhrase:
    """A phrase of her own instead, typed twice."""

    text: str = field(repr=False)
    again: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Keep:
    """Go on with what an earlier visit of this page already settled."""


@dataclass(frozen=True, slots=True)
class Copied:
    """The code shown is on paper; it is hidden from now on."""


@dataclass(frozen=True, slots=True)
class CodeTyped:
    """The code, typed back whole from the paper."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewCode:
    """The paper was wrong: a fresh code, of 130 other random bits, takes the place of the hidden one."""

    value: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Printer:
    """How cards will be printed."""

    cards: Variant


@dataclass(frozen=True, slots=True)
class Confirm:
    """All was read again: found the office."""


Input = Office | Responsable | Draw | TypedBack | OwnPhrase | Keep | Copied | CodeTyped | NewCode | Printer | Confirm


@dataclass(frozen=True, slots=True)
class FirstRun:
    """Where the wizard stands.

    Attributes:
        step: The page.
        offered: The words offered now; the page shows them.
        codes: The two recovery codes, base first; only :func:`shown_code` may be put on the screen.
        office: Once answered; the page's input is the same record.
        responsable: Once answered.
        passphrase: Once typed back.
        codes_done: How many codes were typed back whole (0 to 2).
        code_hidden: The present code is on paper and waits to be typed back.
        printer: Once answered.
    """

    step: Step
    offered: str = field(repr=False)
    codes: tuple[str, str] = field(repr=False)
    office: Office | None = None
    responsable: Responsable | None = None
    passphrase: str | None = field(default=None, repr=False)
    codes_done: int = 0
    code_hidden: bool = False
    printer: Variant | None = None


@dataclass(frozen=True, slots=True)
class Founding:
    """All that founds an office, complete and checked."""

    office: Office
    responsable: Responsable
    passphrase: str = field(repr=False)
    base_code: str = field(repr=False)
    confidential_code: str = field(repr=False)
    printer: Variant


Outcome = FirstRun | tuple[Violation, ...]
KINDS: Final = (CodeKind.BASE, CodeKind.CONFIDENTIAL)


def begin(phrase: str, base_value: int, confidential_value: int) -> FirstRun:
    """Open the wizard.

    Args:
        phrase: First words to offer.
        base_value: 130 random bits.
        confidential_value: 130 other random bits.
    """
    codes = (recovery.encode(base_value, KINDS[0]), recovery.encode(confidential_value, KINDS[1]))
    return FirstRun(Step.OFFICE, phrase, codes)


def advance(state: FirstRun, given: Input, words: WordList) -> Outcome:
    """Take the page's answer.

    Args:
        state: Where the wizard stands.
        given: One of the page's own inputs.
        words: To estimate a phrase of her own.

    Returns:
        The next state (perhaps the same page), or every violation of the page; the state is then as it was.

    Raises:
        ValueError: The input belongs to another page: a fault of the screen, not of the user.
    """
    match state.step, given:
        case Step.OFFICE, Office():
            return office_violations(given) or replace(state, step=Step.RESPONSABLE, office=_tidy_office(given))
        case Step.RESPONSABLE, Responsable():
            tidy = Responsable(_tidy(given.name), _tidy(given.label))
            return responsable_violations(tidy) or replace(state, step=Step.PASSPHRASE, responsable=tidy)
        case Step.PASSPHRASE, Draw() | TypedBack() | OwnPhrase() | Keep():
            return _passphrase(state, given, words)
        case Step.CODES, Copied() | CodeTyped() | NewCode() | Keep():
            return _codes(state, given)
        case Step.PRINTER, Printer():
            return replace(state, step=Step.REVIEW, printer=given.cards)
        case Step.REVIEW, Confirm():
            return replace(state, step=Step.DONE)
    raise ValueError(f"{type(given).__name__} at {state.step}")


def back(state: FirstRun) -> FirstRun:
    """The page before; what was answered stays, a code already on paper is not shown again."""
    if state.step in {Step.OFFICE, Step.DONE}:
        return state
    return replace(state, step=STEPS[STEPS.index(state.step) - 1])


def shown_code(state: FirstRun) -> str | None:
    """The code to show now, or None: not its page, already on paper, or both done."""
    if state.step is not Step.CODES or state.code_hidden or state.codes_done == len(state.codes):
        return None
    return state.codes[state.codes_done]


def present_kind(state: FirstRun) -> CodeKind | None:
    """Which envelope is being prepared; None once both are done."""
    return KINDS[state.codes_done] if state.codes_done < len(KINDS) else None


def result(state: FirstRun) -> Founding:
    """What the service needs to found the office.

    Raises:
        ValueError: The wizard is not finished.
    """
    office, responsable, phrase, printer = state.office, state.responsable, state.passphrase, state.printer
    if state.step is not Step.DONE or office is None or responsable is None or phrase is None or printer is None:
        raise ValueError("the first run is not finished")
    return Founding(office, responsable, phrase, *state.codes, printer)


def office_violations(office: Office) -> tuple[Violation, ...]:
    """All that is wrong with the first page."""
    found = [
        *_text("association", office.association, needed=True),
        *_text("motto", office.motto, needed=False),
        *_text("name", office.name, needed=True),
        *_text("town", office.town, needed=True),
        *_text("postal_box", office.postal_box, needed=False),
        *_text("neutral_heading", office.neutral_heading, needed=False),
    ]
    if _tidy(office.phone) and not _PHONE.fullmatch(_PHONE_SPACERS.sub("", office.phone)):
        found.append(Violation("first_run.phone", "phone"))
    if office.logo is not None and len(office.logo) > MAX_LOGO_BYTES:
        found.append(Violation("first_run.logo_too_large", "logo", (("longest", MAX_LOGO_BYTES),)))
    elif office.logo is not None and not office.logo.startswith(_IMAGES):
        found.append(Violation("first_run.logo_not_image", "logo"))
    if not office.headings.keys() <= set(PAPERS):
        raise ValueError("a heading of an unknown paper")
    return tuple(found)


def responsable_violations(given: Responsable) -> tuple[Violation, ...]:
    """All that is wrong with the second page; a label must not tell who she is nor what she may open."""
    found = [*_text("name", given.name, needed=True), *_text("label", given.label, needed=True, longest=MAX_LABEL)]
    label = set(re.findall(r"\w+", _folded(given.label)))
    if label & _TELLING or label & {part for part in re.findall(r"\w+", _folded(given.name)) if len(part) > 1}:
        found.append(Violation("first_run.label_tells", "label"))
    return tuple(found)


def _passphrase(state: FirstRun, given: Draw | TypedBack | OwnPhrase | Keep, words: WordList) -> Outcome:
    match given:
        case Draw(phrase):
            return replace(state, offered=phrase)
        case TypedBack(text):
            if passphrases.normalise(text) != passphrases.normalise(state.offered):
                return (Violation("first_run.words_differ", "passphrase"),)
            return replace(state, step=Step.CODES, passphrase=passphrases.normalise(text))
        case OwnPhrase(text, again):
            if weak := passphrases.violations(text, words):
                return weak
            if passphrases.normalise(text) != passphrases.normalise(again):
                return (Violation("first_run.words_differ", "again"),)
            return replace(state, step=Step.CODES, passphrase=passphrases.normalise(text))
        case _ if state.passphrase is None:
            return (Violation("passphrase.empty", "passphrase"),)
        case _:
            return replace(state, step=Step.CODES)


def _codes(state: FirstRun, given: Copied | CodeTyped | NewCode | Keep) -> Outcome:
    done = state.codes_done
    if done == len(state.codes):
        return replace(state, step=Step.PRINTER)
    match given:
        case Copied():
            return replace(state, code_hidden=True)
        case NewCode(value):
            fresh = recovery.encode(value, KINDS[done])
            codes = (fresh, state.codes[1]) if done == 0 else (state.codes[0], fresh)
            return replace(state, codes=codes, code_hidden=False)
        case CodeTyped(text) if state.code_hidden:
            if differs := recovery.compare(text, state.codes[done]):
                return (differs,)
            step = Step.PRINTER if done + 1 == len(state.codes) else Step.CODES
            return replace(state, step=step, codes_done=done + 1, code_hidden=False)
        case _:
            return (Violation("first_run.code_not_copied", "code"),)


def _text(key: str, text: str, *, needed: bool, longest: int = MAX_TEXT) -> list[Violation]:
    tidy = _tidy(text)
    if not tidy:
        return [Violation("first_run.missing", key)] if needed else []
    if len(tidy) > longest:
        return [Violation("first_run.too_long", key, (("longest", longest),))]
    if not tidy.isprintable() or not any(char.isalnum() for char in tidy):
        return [Violation("first_run.unfit", key)]
    return []


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _tidy_office(office: Office) -> Office:
    return replace(
        office,
        association=_tidy(office.association),
        motto=_tidy(office.motto),
        name=_tidy(office.name),
        town=_tidy(office.town),
        postal_box=_tidy(office.postal_box),
        phone=_tidy(office.phone),
        neutral_heading=_tidy(office.neutral_heading),
    )


def _folded(text: str) -> str:
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in split if not unicodedata.combining(char))
