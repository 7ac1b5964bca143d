"""One incident: intake in the compulsory order, its type as it comes out, the hours that are left, what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from antenne.domain.board import Target
from antenne.domain.changes import Done
from antenne.domain.forms import incident as forms
from antenne.domain.forms.model import Answers
from antenne.domain.incidents import CONDOM, GbvType, Incident, Purpose, classify, intake_of
from antenne.domain.listening import Answer, Service
from antenne.domain.partners import Nearest, Partner, open_on
from antenne.domain.protection_clock import Span, start_watch
from antenne.domain.sendings import Sending, concerned
from antenne.domain.violations import Violation
from antenne.services import incidents, protection_printing
from antenne.services import partners as directory
from antenne.services.compartment import Kept
from antenne.services.desk import Desk
from antenne.services.incidents import GiveSlip, Note, Plain, SaveIncident, Withdraw
from antenne.services.protection_printing import Drawn, UrgentSlip
from antenne.services.sendings import sendings_of
from antenne.ui.kit.area import Context
from antenne.ui.kit.fields.base import PersonHit
from antenne.ui.kit.operations import SHORT
from antenne.ui.listening import notices, slips
from antenne.ui.listening.ask_card import Ask
from antenne.ui.listening.clocks import Running, running
from antenne.ui.listening.fields import hit_of
from antenne.ui.listening.incident_side import IncidentSide
from antenne.ui.listening.keys import KEY
from antenne.ui.listening.reading import talk_of
from antenne.ui.listening.sealed_page import SealedPage
from antenne.ui.listening.slips import new_request
from antenne.ui.listening.step_form import Mark
from antenne.wording import gbvims as left_words
from antenne.wording import protection as words
from antenne.wording import violations as sentences

_SEXUAL = frozenset({GbvType.RAPE, GbvType.SEXUAL_ASSAULT})


@dataclass(frozen=True, slots=True)
class _Start:
    """What the page begins with."""

    partners: tuple[Partner, ...]
    nearest: Nearest | None
    kept: Kept[Incident] | None
    hit: PersonHit | None
    sendings: tuple[Sending, ...] = ()


class IncidentPage(SealedPage):
    """The file of one incident."""

    help_key = "listening_incident"
    form = forms.INCIDENT

    def __init__(self, context: Context) -> None:
        """Draw the page, empty."""
        self._nearest: Nearest | None = None
        self._sendings: tuple[Sending, ...] = ()
        self._span: object = None
        super().__init__(context)
        self.panel = IncidentSide(context.clock, self.print_urgent)
        self.side.addWidget(self.panel)
        panel = self.panel.after
        panel.plan_asked.connect(self.ask_plan)
        panel.follow_up_asked.connect(self.ask_follow_up)
        panel.outcome_asked.connect(self.ask_outcome)
        panel.closing_asked.connect(self.ask_closing)
        panel.alert_asked.connect(self._write_alert)
        self.panel.consents.withdrawn.connect(self.withdraw)

    @staticmethod
    def read(desk: Desk, record_id: str, person_id: int | None, rest: str) -> _Start:
        """The directory, the incident (its reading logged), the talk that it comes from."""
        every = open_on(directory.list_partners(desk), desk.today)
        nearest = directory.nearest_partner(desk, Service.HEALTH)
        if record_id:
            kept = incidents.read_incident(desk, record_id)
            notices.seen(desk, record_id)
            return _Start(every, nearest, kept, hit_of(desk, kept.record.person_id), sendings_of(desk, record_id))
        session = talk_of(desk, rest)
        whose = person_id if session is None else session.person_id
        return _Start(every, nearest, None, hit_of(desk, whose))

    def show_start(self, start: _Start) -> Mapping[str, object]:
        """Its answers, or those of a new one."""
        self.partners = tuple(one.name for one in start.partners)
        self.kept, self._nearest, self._sendings = start.kept, start.nearest, start.sendings
        self._span = None
        if start.kept is not None:
            return {**forms.answers_of(start.kept.record), "person_id": start.hit}
        return {"interviewed_at": self.context.clock.now().replace(second=0), "person_id": start.hit}

    @property
    def incident(self) -> Incident | None:
        """The record in sight."""
        return None if self.kept is None else self.kept.record

    def work(self) -> Callable[..., Done[Kept[Any]]]:
        """The service that saves."""
        return incidents.save_incident

    def command(self, answers: dict[str, object]) -> SaveIncident:
        """Its command."""
        return SaveIncident(request_id=self.request, answers=answers, before=self.kept, session_id=self.origin)

    def saved_words(self) -> str:
        """« I-2026-0007 enregistré »."""
        assert self.incident is not None
        return f"{self.incident.number} enregistré\u00a0: {words.TYPES[self.incident.gbv_type]}."

    # --- What it shows ---------------------------------------------------------------------------------------------

    def show_kept(self) -> None:
        """Title, hours, agreements, what follows."""
        one = self.incident
        self.title.show_title(
            "Nouvel incident" if one is None else f"Incident {one.number}",
            subtitle="" if one is None else self.context.desk.settings.label("incident_types", one.local_type),
            pill="Clos" if one is not None and one.closing is not None else "Confidentiel",
            tone="neutral" if one is not None and one.closing is not None else "info",
        )
        self._span = None
        self.panel.show_incident(one, self._outcome_words, self._sendings)

    def _outcome_words(self, code: str) -> str:
        return self.context.desk.settings.label("incident_outcomes", code)

    def follow(self) -> None:
        """The type as the answers give it; the hours as soon as the facts are dated."""
        answers = self.view.answers()
        found = classify(intake_of(answers)) if answers.get("local_type") else None
        self.panel.kind.show_type(found, child=self.incident is not None and self.incident.child_exploitation())
        sexual = found in _SEXUAL or answers.get("local_type") == CONDOM
        span = (answers.get("happened_from"), answers.get("happened_to"), sexual, self.record_id)
        if span != self._span:
            self._span = span
            self.panel.clocks.show_counts(self._counts(answers, sexual=sexual))

    def _counts(self, answers: Answers, *, sexual: bool) -> tuple[Running, ...]:
        """Of the record that is saved, else of what is typed."""
        clock, began = self.context.clock, answers.get("happened_from")
        if self.incident is not None:
            one = running(clock, self.record_id, self.incident, self._nearest)
            return () if one is None else (one,)
        if not sexual or began is None or answers.get("cared_at") is not None:
            return ()
        ended: Any = answers.get("happened_to") or began
        first: Any = began
        return (Running("", Span(first, ended), start_watch(clock.now(), clock.monotonic()), self._nearest),)

    def mark(self, section: str, answers: Answers) -> Mark | None:
        """How many services; the type."""
        if section == "services":
            rows: Any = answers.get("referrals") or ()
            return Mark(word=str(len(rows)), tone="info") if rows else Mark()
        if section == "what" and answers.get("local_type"):
            done = classify(intake_of(answers)) is not None
            return Mark(done=done, word="" if done else "à finir", tone="warning")
        return None

    # --- What follows ----------------------------------------------------------------------------------------------

    def _note(self, request_id: str, answers: dict[str, object]) -> Note:
        assert self.kept is not None
        return Note(request_id=request_id, before=self.kept, answers=answers)

    def asks(self) -> Mapping[str, Callable[[], None]]:
        """Plan, follow-up, outcome; the closing of a file that is open."""
        closing = {} if self.incident is None or self.incident.closing else {forms.CLOSING.key: self.ask_closing}
        return {
            forms.SAFETY_PLAN.key: self.ask_plan,
            forms.FOLLOW_UP.key: self.ask_follow_up,
            forms.OUTCOME.key: self.ask_outcome,
            **closing,
        }

    def ask_plan(self) -> None:
        """The safety plan, made with her."""
        plan = None if self.incident is None else self.incident.plan
        keys = [field.key for field in forms.SAFETY_PLAN.fields]
        known = {} if plan is None else {key: getattr(plan, key) or None for key in keys}
        self.ask(
            Ask(
                form=forms.SAFETY_PLAN,
                hint="Fait avec elle. Elle le garde en mémoire\u202f: rien ne s’imprime.",
                answers={**known, "made_on": self.context.clock.today()},
                work=incidents.make_plan,
                command=self._note,
                said="Plan de sécurité gardé.",
            )
        )

    def ask_follow_up(self) -> None:
        """One contact after the first."""
        self.ask(
            Ask(
                form=forms.FOLLOW_UP,
                answers={"on": self.context.clock.today()},
                work=incidents.add_follow_up,
                command=self._note,
                said="Suivi ajouté.",
            )
        )

    def ask_outcome(self) -> None:
        """What came of it."""
        self.ask(
            Ask(
                form=forms.OUTCOME,
                hint="L’issue est comptée au jour où elle est obtenue.",
                answers={"on": self.context.clock.today()},
                work=incidents.add_outcome,
                command=self._note,
                said="Issue ajoutée.",
            )
        )

    def ask_closing(self) -> None:
        """The checklist at the end; a closed file is opened again at once."""
        assert self.kept is not None
        if self.kept.record.closing is not None:
            self._run(incidents.reopen_incident, Plain(request_id=new_request(), before=self.kept))
            return
        self.ask(
            Ask(
                form=forms.CLOSING,
                answers={"on": self.context.clock.today()},
                work=incidents.close_incident,
                command=self._note,
                said="Dossier clos. Elle peut revenir à tout moment.",
                save="Clore",
            )
        )

    def withdraw(self, purpose: Purpose, recipient: str) -> None:
        """She takes an agreement back; what already left is said, for it cannot be called back."""
        assert self.kept is not None
        command = Withdraw(request_id=new_request(), before=self.kept, purpose=purpose, recipient=recipient)
        self.context.operations.run(
            SHORT,
            _taken_back,
            self.context.desk,
            command,
            owner=self,
            done=partial(self._withdrawn, command),
            broken=self._refused,
        )

    def _withdrawn(self, command: Withdraw, found: tuple[Done[Kept[Incident]], tuple[Sending, ...]]) -> None:
        done, self._sendings = found
        self._shown_anew(done)
        out = concerned(self._sendings, command.purpose, command.recipient)
        self.context.notify(left_words.taken_back(out), "warning" if out else "good")

    def _run(self, work: Callable[..., Done[Kept[Incident]]], command: object) -> None:
        self.context.operations.run(
            SHORT, work, self.context.desk, command, owner=self, done=self._done, broken=self._refused
        )

    def _done(self, done: Done[Kept[Incident]]) -> None:
        self._shown_anew(done)
        self.context.notify("Enregistré.", "good")

    def _shown_anew(self, done: Done[Kept[Incident]]) -> None:
        self.take(done)
        hit: Any = self.view.field("person_id").raw().get("picked")
        person = PersonHit(*hit) if hit else None
        self.view.set_answers({**forms.answers_of(done.value.record), "person_id": person})
        self.drafts.saved()
        self.drafts.shown_anew()

    def _refused(self, broken: tuple[Violation, ...]) -> None:
        self.context.notify(" ".join(sentences.sentence(one) for one in broken), "warning")

    def _write_alert(self) -> None:
        self.keep_draft()
        self.context.navigator.open(Target(KEY, action=f"alert/new/{self.record_id}"))

    # --- Slips -----------------------------------------------------------------------------------------------------

    def print_(self) -> None:
        """Ctrl+P: while the hours run, the slip of the counter; else that of the first service she is sent to."""
        if self.incident is None or self.drafts.dirty or self.drafts.typed():
            self.context.notify("Enregistrez d’abord (Ctrl+S)\u00a0: le code de la fiche est gardé avec elle.", "info")
            return
        if self.panel.clocks.cards:
            self.print_urgent(self.record_id)
            return
        row = next((one for one in self.incident.referrals if one.answer is Answer.REFERRED and one.structure), None)
        if row is None:
            self.context.notify("Aucune orientation à imprimer\u00a0: étape 5, réponse «\u00a0orientée\u00a0».", "info")
            return
        assert self.kept is not None
        command = GiveSlip(request_id=new_request(), before=self.kept, service=row.service)
        slips.draw(self.context, protection_printing.draw_slip, command, self, self._drawn, self._refused)

    def print_urgent(self, _incident_id: str) -> None:
        """To the nearest structure, at once."""
        assert self.kept is not None
        watch = start_watch(self.context.clock.now(), self.context.clock.monotonic(), self.kept.record.latest)
        command = UrgentSlip(request_id=new_request(), before=self.kept, watch=watch)
        slips.draw(self.context, protection_printing.draw_urgent_slip, command, self, self._drawn, self._refused)

    def _drawn(self, done: Done[Drawn]) -> None:
        self._done(Done(done.value.incident, done.changes))
        self.context.operations.run(
            SHORT, sendings_of, self.context.desk, self.record_id, owner=self, done=self._left, latest=True, key="left"
        )

    def _left(self, found: tuple[Sending, ...]) -> None:
        self._sendings = found
        self.panel.show_incident(self.incident, self._outcome_words, found)


def _taken_back(desk: Desk, command: Withdraw) -> tuple[Done[Kept[Incident]], tuple[Sending, ...]]:
    """Her agreement taken back, with what left before."""
    done = incidents.withdraw_agreement(desk, command)
    return done, sendings_of(desk, done.value.id)
