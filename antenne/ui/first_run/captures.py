"""The pages of the wizard that ``captures`` draws, answered with an office, words and codes plainly invented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from antenne.domain import recovery
from antenne.domain.cards import Variant
from antenne.domain.first_run import (
    KINDS,
    CodeTyped,
    Confirm,
    Copied,
    Draw,
    Input,
    NewCode,
    Printer,
    Responsable,
    TypedBack,
)
from antenne.domain.office import Office
from antenne.ui.first_run.window import FirstRunWindow

_WORDS = "exemple fictif sans valeur"
_VALUES = (0, 1)
"""Random bits of nobody: the codes are zeros, and zeros with a one."""


def _code(place: int) -> tuple[Input, ...]:
    """One envelope, whose drawn code gives way to an invented one."""
    return (Copied(), NewCode(_VALUES[place]), Copied(), CodeTyped(recovery.encode(_VALUES[place], KINDS[place])))


_OFFICE = (
    Office(association="Association Exemple", name="Antenne d’essai", town="Ville fictive", postal_box="BP 000"),
)
_RESPONSABLE = (*_OFFICE, Responsable("Aminata Exemple", "Baobab"))
_WORDS_SHOWN = (*_RESPONSABLE, Draw(_WORDS))
_PHRASE = (*_WORDS_SHOWN, TypedBack(_WORDS))
_CODES = (*_PHRASE, *_code(0), *_code(1))
_REVIEW = (*_CODES, Printer(Variant.FOLD))


def _answer(given: tuple[Input, ...], window: QWidget, *, forward: bool = False) -> None:
    """Go through the pages as their own buttons do; ``forward`` presses the main button of the last one."""
    assert isinstance(window, FirstRunWindow)
    for one in given:
        window.page.given.emit(one)
    if forward:
        window.page.forward()


STEPS: Mapping[str, Callable[[QWidget], None] | None] = {
    "premiere-ouverture": None,
    "premiere-ouverture-responsable": partial(_answer, _OFFICE),
    "premiere-ouverture-phrase": partial(_answer, _WORDS_SHOWN),
    "premiere-ouverture-phrase-retapee": partial(_answer, _WORDS_SHOWN, forward=True),
    "premiere-ouverture-codes": partial(_answer, (*_PHRASE, *_code(0)[:2])),
    "premiere-ouverture-code-retape": partial(_answer, (*_PHRASE, *_code(0)[:3])),
    "premiere-ouverture-cartes": partial(_answer, _CODES),
    "premiere-ouverture-relecture": partial(_answer, _REVIEW),
    "premiere-ouverture-prete": partial(_answer, (*_REVIEW, Confirm())),
}
"""Name of the picture to what is answered before it; None for the first page as it opens."""
