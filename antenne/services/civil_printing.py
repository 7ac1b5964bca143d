"""Civil papers: what each one shows, drawn by whoever is passed in; nothing of it touches the disk.

For the page of a file: ``papers_of(desk, file_id)`` says which papers make sense now; each is made by
``render_paper(desk, file_id, RENDERERS[paper])`` with ``RENDERERS`` of ``print.civil``, titled and filed by
``wording.civil_papers.TITLES`` and ``FILE_NAMES``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.civil import EventKind
from antenne.domain.civil_faces import (
    FileFace,
    FilePaper,
    TripFace,
    TripGroup,
    TripRow,
    WarnFace,
    WarnRow,
    papers_offered,
)
from antenne.domain.civil_routes import Step
from antenne.domain.civil_trips import Purpose, Trip
from antenne.domain.members import consents_in_force
from antenne.domain.office import Office
from antenne.domain.persons import Person, Phone
from antenne.domain.persons import Purpose as Consented
from antenne.domain.phones import shown
from antenne.domain.rights import Right
from antenne.services.civil import FilePage, page_of
from antenne.services.civil_trips import TripLine, known_trip, load_trip
from antenne.services.desk import Desk
from antenne.wording import civil_papers as words

RenderFile = Callable[[FileFace, Office], bytes]
RenderTrip = Callable[[TripFace, Office], bytes]
RenderWarn = Callable[[WarnFace, Office], bytes]

_RESULTS = frozenset({Step.JUDGED, Step.TRANSCRIBED, Step.RECEIVED})


def papers_of(desk: Desk, file_id: int) -> tuple[FilePaper, ...]:
    """Which papers make sense for a file now.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.unknown``.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        page = page_of(uow, file_id)
    return papers_offered(page.route, page.standing.step, page.file, page.pieces)


def render_paper(desk: Desk, file_id: int, render: RenderFile) -> bytes:
    """One paper of a file, as a PDF held in memory.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.unknown``.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        face = file_face(desk, uow, page_of(uow, file_id))
    return render(face, desk.office)


def file_face(desk: Desk, uow: UnitOfWork, page: FilePage) -> FileFace:
    """What the papers of a file show."""
    person = uow.persons.get(page.file.requester_id)
    handed = next(
        (one for one in reversed(page.events) if one.kind is EventKind.STEP and one.step is Step.HANDED), None
    )
    here = handed if page.standing.step is Step.HANDED else None
    numbers = [one.number for one in page.events if one.number and one.step in _RESULTS]
    return FileFace(
        file=page.file,
        route=page.route,
        step=page.standing.step,
        pieces=page.pieces,
        requester="" if person is None else _name(person),
        place=desk.settings.label("civil_places", page.file.place),
        birth_place=desk.settings.label("places", page.file.birth_place),
        link=desk.settings.label("declarant_links", page.file.declarant_link),
        today=desk.today,
        town=desk.office.town,
        judgment=numbers[-1] if numbers else "",
        handed_to="" if here is None else here.to_whom,
        handed_on=None if here is None else here.on,
    )


def render_trip(desk: Desk, trip_id: int, render: RenderTrip) -> bytes:
    """The grouped list of a trip: by place, then by what the files go there for.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.trip_unknown``.
    """
    found = load_trip(desk, trip_id)
    groups: dict[tuple[str, Purpose], list[TripLine]] = {}
    for line in found.lines:
        groups.setdefault((line.row.place or found.place, line.purpose), []).append(line)
    order = list(Purpose)
    ordered = sorted(groups, key=lambda key: (key[0] != found.place, key[0], order.index(key[1])))
    face = TripFace(
        on=found.trip.on,
        place=found.place,
        words=found.trip.words,
        groups=tuple(
            TripGroup(place, purpose, tuple(_trip_row(line) for line in groups[place, purpose]))
            for place, purpose in ordered
        ),
    )
    return render(face, desk.office)


def _trip_row(line: TripLine) -> TripRow:
    return TripRow(
        number=line.row.number,
        name=line.row.name,
        step=line.row.step_words,
        reference=line.reference,
        hearing_on=line.row.hearing_on,
        missing=line.missing,
        result=line.result,
    )


def render_warn(desk: Desk, trip_id: int, render: RenderWarn) -> bytes:
    """Whom to warn before a trip: phones only where she may be called.

    Raises:
        Forbidden: Without the rights to civil files and to persons.
        RulesBroken: ``civil.trip_unknown``.
    """
    desk.require(Right.CIVIL)
    desk.require(Right.READ_PERSONS)
    with desk.read() as uow:
        trip = known_trip(uow, trip_id)
        rows = tuple(_warned(desk, uow, trip))
    return render(WarnFace(on=trip.on, place=desk.settings.label("civil_places", trip.place), rows=rows), desk.office)


def _warned(desk: Desk, uow: UnitOfWork, trip: Trip) -> Iterable[WarnRow]:
    """One row for each woman, however many files she has, in the order of the names."""
    pages: dict[int, list[FilePage]] = {}
    for one in trip.files:
        page = page_of(uow, one.file_id)
        pages.setdefault(page.file.requester_id, []).append(page)
    persons = sorted(uow.persons.many(sorted(pages)), key=_name)
    for person in persons:
        asked = any(one.purpose is Consented.CONTACT for one in person.consents)
        refused = asked and Consented.CONTACT not in consents_in_force(person, desk.today)
        callable_ones = [] if refused else [phone for phone in person.phones if phone.may_call]
        yield WarnRow(
            name=_name(person),
            phones=tuple(_phone(desk, phone) for phone in callable_ones),
            may_call=bool(callable_ones),
            files=tuple(f"{page.file.number} · {_child(page)}" for page in pages[person.id]),
            witnesses=tuple(dict.fromkeys(page.file.witnesses for page in pages[person.id] if page.file.witnesses)),
        )


def _phone(desk: Desk, phone: Phone) -> str:
    return words.phone(shown(phone.number), desk.settings.label("phone_owners", phone.owner), message=phone.may_message)


def _name(person: Person) -> str:
    return f"{person.last_name.upper()} {person.first_name}".strip() or person.number


def _child(page: FilePage) -> str:
    return f"{page.file.last_name.upper()} {page.file.first_name}".strip()
