"""What each step and each line of the journal asks: only what it needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from antenne.domain.civil import EventKind
from antenne.domain.civil_clock import ClockState, special_register
from antenne.domain.civil_routes import LATE_JUDGMENT, Route, Step
from antenne.domain.civil_rules import NUMBERED
from antenne.domain.civil_standing import slip_of
from antenne.domain.forms.civil import ROUTES as ROUTE_LIST
from antenne.domain.forms.model import Field, Kind, Option
from antenne.services import civil
from antenne.services.civil_lookup import FileView
from antenne.ui.civil.asks import Answers, Ask
from antenne.ui.civil.asks_events import Writing, on_day, some_words, until_day
from antenne.ui.civil.fields import HANDS, PLACES, STEPS, place_words, route_options, step_options
from antenne.ui.kit.area import Context
from antenne.wording import civil as words
from antenne.wording import formats

_REGISTERS: Final = {
    True: "Naissance d’une année passée\u00a0: registre spécial de transcription des jugements supplétifs.",
    False: "Naissance de l’année\u00a0: au centre de déclaration, à la suite des naissances déclarées."
    " L’acte se fait ensuite au centre d’état civil.",
    None: "",
}


def _number(text: str, *, required: bool) -> Field:
    return Field(key="number", label=text, kind=Kind.TEXT, required=required, max_length=40)


_PLACE: Final = Field(key="place", label="Où", kind=Kind.TEXT, options=PLACES, max_length=80)
_NUMBERS: Final = {
    Step.FILED: "N° du dépôt",
    Step.JUDGED: "N° du jugement",
    Step.TRANSCRIBED: "N° au registre",
    Step.RECEIVED: "N° du papier",
}
_PLACED: Final = frozenset({Step.FILED, Step.HEARING, Step.JUDGED, Step.TRANSCRIBED})


def step_ask(context: Context, view: FileView, step: Step) -> Ask:
    """The next step: its day, its number, its place, to whom; what it does not need is not asked."""
    page, today = view.page, context.clock.today()
    fields: list[Field] = [on_day("Convocation reçue le" if step is Step.HEARING else "Fait le")]
    answers: Answers = {"on": today, "place": place_words(context, _last_place(view)) or None}
    if step is Step.HEARING:
        fields.append(until_day("Audience le"))
    if step in _NUMBERS:
        fields.append(_number(_NUMBERS[step], required=step in NUMBERED))
    if step in _PLACED:
        fields.append(_PLACE)
    if step is Step.HANDED:
        fields += (
            Field(
                key="to_whom",
                label="Remis à",
                kind=Kind.TEXT,
                required=True,
                max_length=120,
                width=2,
                hint="Nom, et pièce montrée",
            ),
            Field(key="how", label="Signature ou doigt", kind=Kind.CHOICE, options=HANDS, required=True),
        )
        answers["to_whom"] = view.requester
    first = next((one.key for one in fields if one.required and not answers.get(one.key)), "on")
    return Ask(
        title=words.step(step, page.route),
        hint=_hint(view, step, today),
        fields=tuple(fields),
        answers=answers,
        first=first,
        work=civil.write_event,
        command=Writing(context, page.file.id, EventKind.STEP, step),
        said=f"{page.file.number}\u00a0: {words.step(step, page.route)}.",
    )


def _last_place(view: FileView) -> str:
    written = [event.place for event in view.page.events if event.place]
    return written[-1] if written else view.page.file.place


def _hint(view: FileView, step: Step, today: dt.date) -> str:
    missing = view.page.missing
    if step in {Step.PIECES_READY, Step.FILED} and missing:
        return f"Il manque encore\u00a0: {', '.join(piece.label for piece in missing)}."
    if step is Step.TRANSCRIBED:
        return _REGISTERS[special_register(view.page.file.birth, today)]
    if step is Step.HANDED:
        here = [piece.label for piece in view.page.pieces if piece.is_here and piece.original]
        return f"Papiers à elle encore au bureau\u00a0: {', '.join(here)}." if here else ""
    return ""


def hearing_ask(context: Context, view: FileView, kind: EventKind) -> Ask:
    """Renvoyée, en délibéré, or a new day: as often as needed."""
    now, today = view.page.standing, context.clock.today()
    held = now.hearing_on if now.hearing_on is not None and now.since <= now.hearing_on <= today else today
    titles = {
        EventKind.POSTPONED: ("Renvoyée au…", "Nouvelle audience le", "Audience renvoyée"),
        EventKind.DELIBERATION: ("En délibéré au…", "Délibéré le", "En délibéré"),
        EventKind.HEARING_SET: ("Autre date d’audience", "Audience le", "Audience fixée"),
    }
    title, until, said = titles[kind]
    needed = kind is EventKind.POSTPONED
    reason = some_words("Motif", required=needed, hint="Juge absent, témoin absent, pièce demandée…", width=1)
    fields = (
        (on_day("Dit le"), until_day(until)) if kind is EventKind.HEARING_SET else (on_day(), until_day(until), reason)
    )
    return Ask(
        title=title,
        hint=f"Déjà renvoyée {formats.plural(now.postponed, 'fois', 'fois')}." if now.postponed else "",
        fields=fields,
        answers={"on": held},
        first="until",
        work=civil.write_event,
        command=Writing(context, view.page.file.id, kind),
        said=f"{view.page.file.number}\u00a0: {said.lower()}.",
    )


def end_ask(context: Context, view: FileView, step: Step) -> Ask:
    """Rejected or abandoned, with the reason."""
    return Ask(
        title=words.STEPS_OF_FILES[step],
        hint="Le dossier sera fini\u202f; il pourra être rouvert avec un motif.",
        fields=(on_day(), some_words("Motif")),
        answers={"on": context.clock.today()},
        first="words",
        danger=True,
        work=civil.write_event,
        command=Writing(context, view.page.file.id, EventKind.STEP, step),
        said=f"{view.page.file.number}\u00a0: {words.STEPS_OF_FILES[step].lower()}.",
    )


def reopen_ask(context: Context, view: FileView) -> Ask:
    """A closed file goes back to a step, for a reason."""
    route, now = view.page.route, view.page.standing
    reached = [step for step in route.steps[:-1] if step in now.reached]

    def options(name: str) -> Sequence[Option] | None:
        return step_options(route, reached) if name == STEPS else None

    return Ask(
        title="Rouvrir le dossier",
        fields=(
            Field(key="step", label="Revient à l’étape", kind=Kind.CHOICE, options=STEPS, required=True),
            some_words("Motif", hint="Faute sur l’acte, papier perdu…"),
        ),
        answers={"step": reached[-1].value},
        first="words",
        save="Rouvrir",
        work=civil.write_event,
        command=Writing(context, view.page.file.id, EventKind.REOPENED),
        said=f"{view.page.file.number} est rouvert.",
        options=options,
    )


def slip_ask(context: Context, view: FileView) -> Ask:
    """The last step was a slip: the file stands again where it stood before."""
    slip = slip_of(view.page.events)
    assert slip is not None
    assert slip.step is not None
    return Ask(
        title="Étape notée par erreur",
        hint=f"{words.step(slip.step, view.page.route)}, noté le {formats.day(slip.on)}, ne compte plus. "
        "La ligne reste au journal.",
        fields=(some_words("Motif", hint="Mauvais dossier, mauvaise étape…"),),
        first="words",
        save="Reprendre l’étape",
        work=civil.write_event,
        command=Writing(context, view.page.file.id, EventKind.TAKEN_BACK),
        said=f"{view.page.file.number}\u00a0: l’étape est reprise.",
    )


def reroute_ask(context: Context, view: FileView) -> Ask:
    """Another démarche; answers, pieces and journal stay."""
    others: tuple[Route, ...] = view.others
    proposed = any(one.key == LATE_JUDGMENT for one in others)
    late = proposed and view.clock is not None and view.clock.state in {ClockState.PAST, ClockState.TO_CHECK}

    def options(name: str) -> Sequence[Option] | None:
        return route_options(others, context) if name == ROUTE_LIST else None

    def command(request_id: str, given: Answers) -> civil.Reroute:
        return civil.Reroute(
            request_id=request_id, file_id=view.page.file.id, route_key=given["route_key"], reason=given["reason"]
        )

    return Ask(
        title="Autre démarche",
        hint="Rien de ce qui est saisi n’est perdu\u00a0: réponses, pièces, frais et journal restent.",
        fields=(
            Field(key="route_key", label="Nouvelle démarche", kind=Kind.CHOICE, options=ROUTE_LIST, required=True),
            Field(key="reason", label="Motif", kind=Kind.TEXT, required=True, max_length=160, width=2),
        ),
        answers={"route_key": LATE_JUDGMENT, "reason": "le délai est passé"} if late else {},
        first="reason" if late else "route_key",
        save="Changer de démarche",
        work=civil.reroute,
        command=command,
        said=f"{view.page.file.number}\u00a0: la démarche a changé.",
        options=options,
    )
