"""What is held about one woman: her file, agreements, cards, dues, receipts, papers; with the right, what is sealed.

Two variants, one function: without the right to the compartment (or where it is not asked for) nothing says that there
is one, and the paper is the same whatever lies in it. Each sealed record that is told is logged as read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import cards as card_rules
from antenne.domain import her_rights as rules
from antenne.domain import members
from antenne.domain.forms import civil as civil_forms
from antenne.domain.forms import reading
from antenne.domain.forms.model import Field, Kind, Option
from antenne.domain.forms.person import PERSON
from antenne.domain.her_rights import Fact, Held, HeldPart, HeldRecord, Her, Hers
from antenne.domain.listening import Trace, read_code
from antenne.domain.office import Office
from antenne.domain.persons import Person
from antenne.domain.rights import Right
from antenne.domain.sealed_codec import Sealed, from_payload
from antenne.domain.sealed_kinds import KINDS
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import civil
from antenne.services.compartment import Compartment, opened
from antenne.services.desk import Desk
from antenne.services.erasing import bodies_of, hers_of
from antenne.services.her_rights_facts import Teller
from antenne.services.members_changing import differences, known
from antenne.services.reading_log import note_readings
from antenne.wording import cards as card_words
from antenne.wording import civil as civil_words
from antenne.wording import dues as due_words
from antenne.wording import expenses as expense_words
from antenne.wording import formats, history, listening
from antenne.wording import her_rights as words
from antenne.wording.members import PURPOSES

Render = Callable[[Held, Office], bytes]
"""``print.her_rights.render_held``."""

_RECEIPTS = 10_000
_AT_CASHIER = "À demander à la caissière."
_AT_SECRETARY = "À demander à la secrétaire."
_DAY = ("on", "at", "interviewed_at", "met_on", "told_on", "agreed_on", "saved_at", "created_at")
"""Where the day of a record is looked for, in this order."""


def find_her(desk: Desk, person_id: int | None, typed: str) -> Her:
    """Whom the page is about: a file, or the code of a woman who gave no name.

    Raises:
        Forbidden: A code, without the right to the compartment.
        RulesBroken: ``rights.who``, ``listening.code_unreadable``, ``rights.unknown_code``.
    """
    if person_id is not None:
        return Her(person_id)
    if not typed.strip():
        raise RulesBroken(Violation("rights.who", "person_id"))
    code = read_code(typed)
    if isinstance(code, Violation):
        raise RulesBroken(code)
    hers = hers_of(desk, Her(None, code))
    if not hers.chosen and not hers.ties:
        raise RulesBroken(Violation("rights.unknown_code", "code"))
    return Her(min(hers.people)) if hers.people else Her(None, code)


def read_held(desk: Desk, person_id: int) -> Held:
    """What the base holds about her, and nothing else.

    Raises:
        Forbidden: The user may not see persons.
        RulesBroken: ``members.gone``.
    """
    desk.require(Right.READ_PERSONS)
    with desk.read() as uow:
        person = known(uow, person_id)
        parts = _base_parts(desk, uow, person)
    return Held(her=Her(person_id), name=_name(person), on=desk.today, parts=parts)


def read_sealed(desk: Desk, her: Her) -> Held:
    """Everything: the base, then the compartment, its readings logged before they are given.

    Raises:
        Forbidden: Without the right; it is the user herself.
        RulesBroken: ``members.gone``.
        Problem: The compartment is sheltered; the log could not be written.
    """
    own, hers = opened(desk), hers_of(desk, her)
    note_readings(desk, tuple(sorted(hers.chosen)))
    with desk.read() as uow:
        person = None if her.person_id is None else known(uow, her.person_id)
        base = () if person is None else _base_parts(desk, uow, person)
        sealed = _sealed_parts(Teller(desk, uow, hers.people), own, hers)
    name = listening.code(her.code) if person is None else _name(person)
    return Held(her=her, name=name, on=desk.today, parts=(*base, *sealed), sealed=True)


def draw(desk: Desk, her: Her, render: Render, *, sealed: bool) -> bytes:
    """The paper, in memory; ``render`` is ``print.her_rights.render_held``.

    Raises:
        Forbidden: As :func:`read_held` or :func:`read_sealed`.
        RulesBroken: As above; ``rights.who``: a code has no file.
    """
    if sealed:
        return render(read_sealed(desk, her), desk.office)
    if her.person_id is None:
        raise RulesBroken(Violation("rights.who", "person_id"))
    return render(read_held(desk, her.person_id), desk.office)


def _name(person: Person) -> str:
    return f"{person.first_name} {person.last_name}"


# --- The base --------------------------------------------------------------------------------------------------------


def _base_parts(desk: Desk, uow: UnitOfWork, person: Person) -> tuple[HeldPart, ...]:
    cash = desk.may(Right.CASH_IN) or desk.may(Right.ACCOUNTS_READ)
    made: tuple[tuple[str, bool, str, Callable[[], tuple[HeldRecord, ...]]], ...] = (
        ("identity", True, "", lambda: _identity(desk, uow, person)),
        ("membership", True, "", lambda: _membership(desk, uow, person)),
        ("cards", True, "", lambda: _cards(desk, uow, person)),
        ("dues", cash, _AT_CASHIER, lambda: _dues(uow, person)),
        ("receipts", cash, _AT_CASHIER, lambda: _receipts(uow, person)),
        ("expenses", cash, _AT_CASHIER, lambda: _expenses(uow, person)),
        ("civil", desk.may(Right.CIVIL), _AT_SECRETARY, lambda: _civil(uow, person)),
        ("history", True, "", lambda: _history(uow, person)),
    )
    return tuple(
        HeldPart(key=key, title=words.PARTS[key], records=make() if may else (), elsewhere="" if may else where)
        for key, may, where, make in made
    )


def _facts(*pairs: tuple[str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(label, value) for label, value in pairs if value)


def _identity(desk: Desk, uow: UnitOfWork, person: Person) -> tuple[HeldRecord, ...]:
    said = differences(desk, uow, PERSON, {}, members.answers_of(person))
    users = [user.name for user in uow.users.all() if user.person_id == person.id]
    facts = (
        *_facts(("Numéro", person.number)),
        *(Fact(one.field.rstrip("\u202f?"), one.new) for one in said),
        *_facts(
            ("Majeure évidente", person.evident_adult),
            ("Cahier", person.register_ref),
            ("Photo", "oui" if uow.persons.photo(person.id) is not None else "non"),
            ("Décédée le", "" if person.died_on is None else formats.day(person.died_on)),
            ("Compte d’utilisatrice", ", ".join(users)),
        ),
    )
    return (HeldRecord(kind="identity", title="Fiche", facts=tuple(dict.fromkeys(facts)), base_id=person.id),)


def _membership(desk: Desk, uow: UnitOfWork, person: Person) -> tuple[HeldRecord, ...]:
    found = []
    member = person.membership
    if member is not None:
        sponsor = None if member.sponsor_id is None else uow.persons.get(member.sponsor_id)
        left = "" if member.left_on is None else formats.day(member.left_on)
        why = desk.settings.label("exit_reasons", member.left_reason) if member.left_reason else ""
        facts = _facts(
            ("Numéro d’adhérente", member.number),
            ("Adhésion le", formats.day(member.joined_on)),
            (
                "Marraine",
                "" if sponsor is None else sponsor.membership.number if sponsor.membership else sponsor.number,
            ),
            ("Exemptée de cotisation", "oui" if member.exempt else ""),
            ("Suspendue depuis le", "" if member.suspended_on is None else formats.day(member.suspended_on)),
            ("Partie le", f"{left}{f' ({why})' if why else ''}"),
        )
        found.append(HeldRecord(kind="membership", title="Adhésion", on=member.joined_on, facts=facts,
                                base_id=person.id))  # fmt: skip
    for one in person.consents:
        how = desk.settings.label("consent_ways", one.how)
        facts = _facts(
            ("Donné le", f"{formats.day(one.given_on)} ({how})"),
            ("Témoin", one.witness),
            ("Retiré le", "" if one.withdrawn_on is None else formats.day(one.withdrawn_on)),
        )
        title = f"Accord\u00a0: {PURPOSES[one.purpose]}"
        found.append(HeldRecord(kind="consents", title=title, on=one.given_on, facts=facts, base_id=person.id))
    debtors = uow.dues.debtors(person.id)
    facts = tuple(Fact("Cotisations", due_words.stretch(one)) for debtor in debtors for one in debtor.subscriptions)
    if facts:
        found.append(HeldRecord(kind="membership", title="Assurance, exemptions", facts=facts, base_id=person.id))
    return tuple(found)


def _cards(desk: Desk, uow: UnitOfWork, person: Person) -> tuple[HeldRecord, ...]:
    found = []
    for card in reversed(uow.cards.of_person(person.id)):
        facts = _facts(
            ("Sorte", card_words.KINDS[card.kind]),
            ("Valable jusqu’au", formats.day(card.valid_until)),
            ("État", card_words.state_words(card, card_rules.state(card, desk.today))),
            ("Remise contre", card.handed_how),
            ("Duplicata", card_words.duplicate(card.duplicate_no)),
        )
        found.append(HeldRecord(kind="card", title=f"Carte du {formats.day(card.issued_on)}", on=card.issued_on,
                                facts=facts, base_id=card.id))  # fmt: skip
    return tuple(found)


def _dues(uow: UnitOfWork, person: Person) -> tuple[HeldRecord, ...]:
    found = []
    for due in uow.dues.of_person(person.id):
        said = f"{formats.amount(due.amount)}, payé {formats.amount(due.paid)}"
        if due.exempt:
            said = f"exemptée{f' ({due.exempt_reason})' if due.exempt_reason else ''}"
        if due.cancelled_on is not None:
            said = f"annulée le {formats.day(due.cancelled_on)}"
        found.append(Fact(due_words.screen_label(due), said))
    if not found:
        return ()
    return (HeldRecord(kind="due", title="Ce qui m’est demandé", facts=tuple(found), base_id=person.id),)


def _receipts(uow: UnitOfWork, person: Person) -> tuple[HeldRecord, ...]:
    found = []
    for one in uow.receipts.of_person(person.id, _RECEIPTS):
        lines = " ; ".join(f"{line.label}\u00a0: {formats.amount(line.amount)}" for line in one.lines)
        facts = _facts(
            ("Pour", lines),
            ("Total", formats.amount(one.total)),
            ("Payé par", one.payer),
            ("Monnaie due", formats.amount(one.change_due) if one.change_due else ""),
            ("Annulé le", "" if one.cancelled_on is None else formats.day(one.cancelled_on)),
        )
        title = f"Reçu n°\u00a0{one.name} du {formats.day(one.day)}"
        found.append(HeldRecord(kind="receipt", title=title, on=one.day, facts=facts, base_id=one.id))
    return tuple(found)


def _expenses(uow: UnitOfWork, person: Person) -> tuple[HeldRecord, ...]:
    ids = [row[0] for row in uow.rows("SELECT id FROM expense WHERE person_id = :who ORDER BY id", who=person.id)]
    found = []
    for one in uow.expenses.many(ids):
        scanned = "une image de la pièce est gardée" if uow.expenses.has_scan(one.id) else ""
        facts = _facts(("Pour", one.purpose), ("Somme", formats.amount(one.amount)), ("Pièce", scanned))
        title = f"{expense_words.KINDS[one.kind]} {one.name} du {formats.day(one.day)}"
        found.append(HeldRecord(kind="expense", title=title, on=one.day, facts=facts, base_id=one.id))
    return tuple(found)


def _civil(uow: UnitOfWork, person: Person) -> tuple[HeldRecord, ...]:
    found = []
    for file_id in uow.civil.about(person.id):
        page = civil.page_of(uow, file_id)
        answers = civil_forms.answers_of(page.file)
        facts = [
            Fact(one.label.rstrip("\u202f?"), reading.show(one, answers.get(one.key), _civil_options(one)))
            for one in civil_forms.CIVIL_FILE.fields
            if one.kind not in (Kind.ROWS, Kind.PERSON)
        ]
        for event in page.events:
            step = civil_words.step(event.step, page.route) if event.step is not None else ""
            said = (step or civil_words.EVENTS[event.kind], event.place, event.number, event.words,
                    event.to_whom, event.how)  # fmt: skip
            facts.append(Fact(f"Le {formats.day(event.on)}", ", ".join(filter(None, said))))
        for piece in page.pieces:
            here = "gardée ici" if piece.is_here else "rendue" if piece.returned_on is not None else ""
            pages = formats.plural(piece.scans, "image", "images") if piece.scans else ""
            facts.append(Fact(f"Pièce\u00a0: {piece.label}", ", ".join(filter(None, (here, pages, piece.note)))))
        facts += [Fact(f"Frais\u00a0: {fee.label}", formats.amount(fee.amount)) for fee in page.fees]
        title = f"Dossier {page.file.number} du {formats.day(page.file.opened_on)}"
        shown = tuple(one for one in facts if one.value)
        found.append(HeldRecord(kind="civil", title=title, on=page.file.opened_on, facts=shown, base_id=file_id))
    return tuple(found)


def _civil_options(one: Field) -> tuple[Option, ...]:
    lists: Mapping[str, Mapping[Any, str]] = {
        civil_forms.BENEFICIARIES: civil_words.BENEFICIARIES,
        civil_forms.SEXES: civil_words.SEXES,
        civil_forms.FATHERS: civil_words.FATHERS,
    }
    return tuple(Option(code.value, word) for code, word in lists.get(one.options, {}).items())


def _history(uow: UnitOfWork, person: Person) -> tuple[HeldRecord, ...]:
    lines = uow.audit.history("person", person.id)
    counts: dict[str, int] = {}
    for line in lines:
        said = history.action(line.action)
        counts[said] = counts.get(said, 0) + 1
    facts = [Fact(said, formats.plural(count, "fois", "fois")) for said, count in counts.items()]
    drafts = uow.rows(
        "SELECT count(*) FROM draft WHERE form = :form AND subject_id = :who", form=PERSON.key, who=person.id
    )[0][0]
    if drafts:
        facts.append(Fact("Brouillons", formats.number(drafts)))
    if not facts:
        return ()
    return (HeldRecord(kind="history", title="Changements notés", facts=tuple(facts), base_id=person.id),)


# --- The compartment -------------------------------------------------------------------------------------------------


def _sealed_parts(tell: Teller, own: Compartment, hers: Hers) -> tuple[HeldPart, ...]:
    bodies = bodies_of(own)
    traces: dict[str, list[Trace]] = {}
    for key in rules.traces_of(bodies, hers.own):
        trace = from_payload(Trace, bodies[key])
        traces.setdefault(trace.record, []).append(trace)
    made: dict[str, list[HeldRecord]] = {}
    for key in hers.chosen | hers.drafts:
        kind = str(bodies[key]["kind"])
        record = from_payload(KINDS[kind], bodies[key])
        one = _sealed_record(tell, key, record, traces.get(key, []))
        made.setdefault(words.PART_OF.get(kind, "other"), []).append(one)
    keys = [key for key in words.PARTS if key in made]
    return tuple(HeldPart(key=key, title=words.PARTS[key], records=rules.in_order(made[key])) for key in keys)


def _sealed_record(tell: Teller, key: str, record: Sealed, traces: list[Trace]) -> HeldRecord:
    return HeldRecord(
        kind=record.KIND,
        title=title_of(record),
        on=day_of(record),
        facts=tell.facts(record),
        before=tell.before(record, traces),
        sealed_id=key,
        shared=record.KIND in rules.SHARED,
    )


def title_of(record: Sealed) -> str:
    """« Écoute E-2026-0007 », « Test VIH du 12/03/2026 »."""
    number, day = getattr(record, "number", ""), day_of(record)
    of = number or ("" if day is None else f"du {formats.day(day)}")
    return f"{words.kind(record.KIND)} {of}".strip()


def day_of(record: Any) -> dt.date | None:
    """The day that a record is filed under, or None."""
    found = next((getattr(record, name) for name in _DAY if getattr(record, name, None) is not None), None)
    return found.date() if isinstance(found, dt.datetime) else found
