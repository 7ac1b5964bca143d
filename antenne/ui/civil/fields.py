"""What the forms of this area ask from outside: lists of the settings, lists of the program, the search of a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject

from antenne.domain.board import Tone
from antenne.domain.civil import Payer
from antenne.domain.civil_routes import Place, Result, Route, Step, When
from antenne.domain.forms import civil as forms
from antenne.domain.forms.model import Option
from antenne.domain.text import fold
from antenne.services import members_reading
from antenne.services.civil_routes_editing import PAPER, PERSONS
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.fields.base import FieldContext, PersonHit
from antenne.ui.kit.operations import SHORT
from antenne.wording import civil as words
from antenne.wording import formats

PLACES = "civil_places"
PAYERS = "civil_payers"
HANDS = "civil_hands"
KINDS_OF_COPY = "civil_copies"
STEPS = "civil_steps"
WHENS = "civil_whens"
FILED_AT = "civil_filed_at"
RESULTS = "civil_results_given"
WHOM = "civil_whom"
PIECE_KINDS = "civil_piece_kinds"
ORIGINAL, COPY = "original", "copie"

_OFFERED = 8

HAND_WAYS = ("signature", "empreinte, pouce droit", "empreinte, pouce gauche", "empreinte, autre doigt")
"""How she confirms that she received her paper (forms: Signatures)."""

_FIXED: Mapping[str, tuple[Option, ...]] = {
    forms.BENEFICIARIES: tuple(Option(one.value, said) for one, said in words.BENEFICIARIES.items()),
    forms.SEXES: tuple(Option(one.value, said) for one, said in words.SEXES.items()),
    forms.FATHERS: tuple(Option(one.value, said) for one, said in words.FATHERS.items()),
    PAYERS: tuple(Option(one.value, words.PAYERS[one]) for one in Payer),
    HANDS: tuple(Option(way, way) for way in HAND_WAYS),
    KINDS_OF_COPY: (Option(ORIGINAL, "original"), Option(COPY, "copie")),
    WHENS: tuple(Option(one.value, words.WHENS[one]) for one in When),
    RESULTS: tuple(Option(one.value, words.RESULTS[one]) for one in Result),
    WHOM: tuple(Option(one.value, said) for one, said in words.BENEFICIARIES.items()),
    PIECE_KINDS: (Option(PAPER, "papier"), Option(PERSONS, "personnes")),
    FILED_AT: tuple(Option(one.value, words.PLACES[one]) for one in Place),
}


def route_options(routes: Sequence[Route], context: Context) -> tuple[Option, ...]:
    """The démarches, and until when one that has ended was taken."""
    today = context.clock.today()
    return tuple(
        Option(one.key, one.label if one.until is None or one.until >= today else _ended(one)) for one in routes
    )


def _ended(route: Route) -> str:
    assert route.until is not None
    return f"{route.label}, jusqu’au {formats.day(route.until)}"


def step_options(route: Route, steps: Sequence[Step]) -> tuple[Option, ...]:
    """Steps in the words of their route."""
    return tuple(Option(one.value, words.step(one, route)) for one in steps)


def field_context(
    context: Context, owner: QObject, more: Callable[[str], Sequence[Option] | None] = lambda _name: None
) -> FieldContext:
    """The context of a form that lives in ``owner``; ``more`` gives the lists that only it knows."""

    def search(typed: str, reply: Callable[[tuple[PersonHit, ...]], None]) -> None:
        context.operations.run(
            SHORT, person_hits, context.desk, typed, owner=owner, done=reply, latest=True, key="person"
        )

    def listed(name: str) -> Sequence[Option]:
        own = more(name)
        if own is not None:
            return own
        return _FIXED.get(name) or context.desk.settings.options(name, context.clock.today())

    def known(name: str, code: str) -> str:
        return context.desk.settings.label(name, code)

    return FieldContext(options=listed, now=context.clock.now, person_search=search, label=known)


def person_hits(desk: Desk, typed: str) -> tuple[PersonHit, ...]:
    """The first persons that the typed letters fit."""
    rows = members_reading.rows(desk, members_reading.search_ids(desk, typed)[:_OFFERED])
    return tuple(
        PersonHit(row.id, row.member_number or row.number, f"{row.last_name.upper()} {row.first_name}", row.quarter)
        for row in rows
    )


def place_code(context: Context, typed: object) -> str:
    """The code of a place of the list whose name was typed, or the words themselves."""
    said = str(typed or "").strip()
    listed = context.desk.settings.options(PLACES, context.clock.today())
    return next((one.code for one in listed if fold(one.label) == fold(said)), said)


def place_words(context: Context, code: str) -> str:
    """A place in words."""
    return context.desk.settings.label(PLACES, code) if code else ""


def step_tone(step: Step) -> Tone:
    """How the pill of a step is coloured."""
    if step is Step.HANDED:
        return "good"
    return "danger" if step is Step.REJECTED else "neutral" if step is Step.ABANDONED else "info"
