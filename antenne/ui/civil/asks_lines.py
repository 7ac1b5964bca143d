"""What is asked about the lines of a file's journal: notes, what blocks it, what is to be done and was done."""

from __future__ import annotations

from antenne.domain.civil import EventKind
from antenne.domain.forms.model import Field, Kind, Tense
from antenne.services import civil
from antenne.services.civil_lookup import FileView
from antenne.ui.civil.asks import Ask
from antenne.ui.civil.asks_events import Writing, on_day, some_words
from antenne.ui.kit.area import Context


def note_ask(context: Context, view: FileView) -> Ask:
    """A line of the journal."""
    return Ask(
        title="Note au journal",
        fields=(on_day("Le"), some_words("Ce qui a été fait ou dit", hint="Appel au centre, témoins confirmés…")),
        answers={"on": context.clock.today()},
        first="words",
        work=civil.write_event,
        command=Writing(context, view.page.file.id, EventKind.NOTE),
        said="Noté au journal.",
    )


def block_ask(context: Context, view: FileView) -> Ask:
    """Blocked since, and why."""
    return Ask(
        title="Bloqué",
        fields=(on_day("Depuis le"), some_words("Motif")),
        answers={"on": context.clock.today()},
        first="words",
        work=civil.write_event,
        command=Writing(context, view.page.file.id, EventKind.BLOCKED),
        said=f"{view.page.file.number} est bloqué.",
    )


def unblock_ask(context: Context, view: FileView) -> Ask:
    """No longer blocked."""
    return Ask(
        title="Débloqué",
        fields=(on_day("Le"), some_words("Comment", required=False)),
        answers={"on": context.clock.today()},
        first="words",
        work=civil.write_event,
        command=Writing(context, view.page.file.id, EventKind.UNBLOCKED),
        said=f"{view.page.file.number} n’est plus bloqué.",
    )


def next_ask(context: Context, view: FileView) -> Ask:
    """The next action, and when to remind of it."""
    return Ask(
        title="À faire",
        fields=(
            some_words("Prochaine action", hint="Rappeler le greffe, demander l’acte à Tombouctou…"),
            Field(key="until", label="Rappeler le", kind=Kind.DATE, tense=Tense.FUTURE, hint="Par ex. 24/12 ou +7j"),
        ),
        first="words",
        work=civil.write_event,
        command=Writing(context, view.page.file.id, EventKind.NEXT_ACTION),
        said="C’est noté.",
    )


def done_ask(context: Context, view: FileView) -> Ask:
    """The next action was done."""
    return Ask(
        title="Fait",
        fields=(on_day("Le"), some_words("Ce qui a été fait", required=False)),
        answers={"on": context.clock.today(), "words": view.page.standing.next_action},
        first="words",
        work=civil.write_event,
        command=Writing(context, view.page.file.id, EventKind.DONE),
        said="Noté comme fait.",
    )
