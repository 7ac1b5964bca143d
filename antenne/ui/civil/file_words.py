"""The lines at the head of a file's page: who it is about, what presses."""

from __future__ import annotations

import datetime as dt

from antenne.domain.births import Birth, Precision
from antenne.domain.board import Tone
from antenne.domain.civil import Sex
from antenne.domain.civil_clock import ClockState
from antenne.domain.civil_routes import Beneficiary
from antenne.domain.civil_rules import odd_nina
from antenne.services.civil_lookup import FileView
from antenne.wording import civil as words
from antenne.wording import formats


def subtitle(view: FileView, today: dt.date) -> str:
    """« Ibrahim TRAORÉ, né le 2 février 2021 · demandé par KONÉ Awa, M-00931 · 5 ans »."""
    file = view.page.file
    name = f"{file.first_name} {file.last_name.upper()}"
    born = birth_words(file.birth, male=file.sex is Sex.MALE)
    age = formats.age(file.birth, today)
    who = f"{view.requester}, {view.requester_number}"
    asked = who if file.beneficiary is Beneficiary.SELF else f"demandé par {who}"
    return " · ".join(part for part in (f"{name}, {born}", age, asked) if part)


def birth_words(birth: Birth, *, male: bool) -> str:
    """« né le 2 février 2021 », « née vers 2019 », « naissance inconnue »."""
    said = formats.birth(birth)
    known = birth.precision not in {Precision.EVENT, Precision.AGE, Precision.UNKNOWN} and birth.value is not None
    return said.replace("née ", "né ", 1) if male and known else said


def status_lines(view: FileView, today: dt.date) -> tuple[tuple[str, Tone], ...]:
    """What presses, the worst first."""
    now, found = view.page.standing, list[tuple[str, Tone]]()
    if view.clock is not None and view.clock.state is not ClockState.IN_TIME:
        found.append((words.explain(view.clock), words.CLOCK_TONES[view.clock.state]))
    if now.reopened_on is not None and now.received_on is not None and not now.closed:
        paper, year = formats.day(now.received_on), now.received_on.year
        said = f"Rouvert le {formats.day(now.reopened_on)}. Le papier venu le {paper} reste compté en {year}."
        found.append((said, "info"))
    if now.blocked_since is not None:
        since = formats.day(now.blocked_since)
        found.append((f"Bloqué depuis le {since}\u00a0: {now.blocked_reason}", "danger"))
    if now.hearing_on is not None and now.hearing_on < today:
        what = "Le délibéré" if now.deliberating else "L’audience"
        found.append((f"{what} du {formats.day(now.hearing_on)} est passée\u00a0: notez ce qui a été dit.", "warning"))
    if now.next_action:
        when = "" if now.remind_on is None else f" ({formats.days_ago(now.remind_on, today)})"
        late = now.remind_on is not None and now.remind_on <= today
        found.append((f"À faire\u00a0: {now.next_action}{when}", "warning" if late else "info"))
    if view.asleep:
        found.append((f"Rien depuis le {formats.day(now.last_on)}.", "warning"))
    if odd_nina(view.page.file.nina):
        found.append(("Ce NINA n’a pas 15 signes avec une lettre à la fin\u00a0: à vérifier.", "warning"))
    order = {"danger": 0, "warning": 1, "info": 2}
    return tuple(sorted(found, key=lambda one: order[one[1]]))
