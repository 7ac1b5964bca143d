"""What every question about an event of a file shares: its day, its words, the command that writes it."""

from __future__ import annotations

from dataclasses import dataclass

from antenne.domain.civil import CivilEvent, EventKind
from antenne.domain.civil_routes import Step
from antenne.domain.forms.model import Field, Kind, Tense
from antenne.services import civil
from antenne.ui.civil.asks import Answers
from antenne.ui.civil.fields import place_code
from antenne.ui.kit.area import Context


def on_day(text: str = "Fait le") -> Field:
    """The day of the event."""
    return Field(key="on", label=text, kind=Kind.DATE, required=True)


def until_day(text: str) -> Field:
    """The next day that counts."""
    return Field(
        key="until", label=text, kind=Kind.DATE, required=True, tense=Tense.FUTURE, hint="Par ex. 24/12 ou +7j"
    )


def some_words(text: str, *, required: bool = True, hint: str = "", width: int = 2) -> Field:
    """A reason, what was said, what is to be done."""
    return Field(key="words", label=text, kind=Kind.TEXT, required=required, max_length=200, width=width, hint=hint)


@dataclass(frozen=True, slots=True)
class Writing:
    """Makes the command of one event from the answers."""

    context: Context
    file_id: int
    kind: EventKind
    step: Step | None = None

    def __call__(self, request_id: str, given: Answers) -> civil.WriteEvent:
        """The event as it was answered."""
        chosen = given.get("step")
        event = CivilEvent(
            kind=self.kind,
            on=given.get("on") or self.context.clock.today(),
            written_at=self.context.clock.now(),
            actor_id=0,
            step=Step(chosen) if chosen else self.step,
            until=given.get("until"),
            place=place_code(self.context, given.get("place")),
            number=given.get("number") or "",
            words=given.get("words") or "",
            to_whom=given.get("to_whom") or "",
            how=given.get("how") or "",
        )
        return civil.WriteEvent(request_id=request_id, file_id=self.file_id, event=event)
