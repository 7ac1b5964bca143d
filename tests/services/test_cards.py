"""The life of a card, on the real encrypted file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from antenne.base.clock import FixedClock
from antenne.base.progress import Stopped
from antenne.domain.births import Birth, Precision
from antenne.domain.cards import CardFace, CardKind, CardList, CardState, MemberCard, Offsets, ScanState, Variant
from antenne.domain.persons import Consent, Membership, Person, Purpose
from antenne.domain.search import IndexedPerson
from antenne.domain.violations import Forbidden, RulesBroken, Violation
from antenne.print import sheets
from antenne.services import cards, cards_printing, cards_reading, opening
from antenne.services.cards import HandOver, IssueCards, RenewYear, ReplaceCard, ReportLost
from antenne.services.cards_printing import DrawCards, RecordPrint
from antenne.services.desk import Desk

JOINED = dt.date(2024, 2, 1)
CONSENTS = (Consent(Purpose.FILE, JOINED, "signature"), Consent(Purpose.PHOTO, JOINED, "signature"))


def add(desk: Desk, number: int, *, photo: bool = True, **over: object) -> int:
    values: dict[str, object] = {
        "number": f"P-{number:05d}",
        "last_name": ("Koné", "Diallo", "Traoré", "Coulibaly")[number % 4],
        "first_name": f"Fatoumata {number}",
        "birth": Birth(Precision.ABOUT, dt.date(1994, 1, 1)),
        "membership": Membership(f"M-{number:05d}", JOINED),
        "consents": CONSENTS,
    }
    with desk.write() as uow:
        person = uow.persons.save(Person(**(values | over)), desk.clock.now(), 1)  # type: ignore[arg-type]  # values by name
        if photo:
            uow.persons.put_photo(person.id, b"jpeg of " + str(number).encode(), JOINED)
        uow.commit()
        for row in uow.persons.index_rows():
            desk.persons.put(IndexedPerson(row.id, row.name_norm, row.search_text))
    return person.id


def issue(desk: Desk, *person_ids: int, request: str = "r1", **over: object) -> tuple[MemberCard, ...]:
    command = IssueCards(request_id=request, person_ids=person_ids, **over)  # type: ignore[arg-type]  # by name
    return cards.issue_cards(desk, command).value.cards


def printed(desk: Desk, *person_ids: int, request: str = "r1") -> tuple[MemberCard, ...]:
    made = issue(desk, *person_ids, request=request)
    record = RecordPrint(request_id=f"{request}/print", card_ids=tuple(card.id for card in made))
    assert cards_printing.record_print(desk, record).value == len(made)
    return made


def handed(desk: Desk, person_id: int, request: str = "r1") -> MemberCard:
    (card,) = printed(desk, person_id, request=request)
    done = cards.hand_over(desk, HandOver(request_id=f"{request}/hand", card_id=card.id, how="signature"))
    return done.value


def broken(caught: pytest.ExceptionInfo[RulesBroken]) -> list[str]:
    return [violation.code for violation in caught.value.violations]


@dataclass
class Drawing:
    """Stands for the printer's drawing: keeps what it was given."""

    faces: list[CardFace] = field(default_factory=list)
    offsets: Offsets = field(default_factory=Offsets)

    def __call__(
        self, faces: Sequence[CardFace], office: object, variant: Variant, offsets: Offsets, progress: object
    ) -> bytes:
        self.faces, self.offsets = list(faces), offsets
        return b"%PDF"


@dataclass
class Stopper:
    after: int
    seen: int = 0

    def report(self, step: str, done: int, total: int) -> None:
        self.seen = done

    def check(self) -> None:
        if self.seen >= self.after:
            raise Stopped


def test_issue_is_signed_dated_audited_and_made_once(desk: Desk) -> None:
    person = add(desk, 931)
    (card,) = issue(desk, person)
    assert issue(desk, person) == (card,)
    assert (card.valid_until, card.duplicate_no) == (dt.date(2026, 12, 31), 0)
    assert card.control == cards.control_code(desk.keys, "M-00931", card)
    with desk.read() as uow:
        assert len(uow.cards.of_person(person)) == 1
        (line,) = uow.audit.history("card", card.id)
    assert (line.action, line.actor) == ("card.issued", "Agent secretaire")
    with pytest.raises(RulesBroken) as caught:
        issue(desk, person, request="r2")
    assert broken(caught) == ["card.already"]


def test_everything_that_anyone_lacks_is_told_and_nothing_is_issued(desk: Desk) -> None:
    fine = add(desk, 1)
    no_photo = add(desk, 2, photo=False)
    minor = add(desk, 3, birth=Birth(Precision.DAY, dt.date(2010, 1, 1)))
    stranger = add(desk, 4, membership=None)
    with pytest.raises(RulesBroken) as caught:
        issue(desk, fine, no_photo, minor, stranger)
    found = {(v.code, dict(v.values)["person_id"], v.field) for v in caught.value.violations}
    assert found == {
        ("card.no_photo", no_photo, "photo"),
        ("card.minor", minor, "birth"),
        ("card.not_member", stranger, "joined_on"),
    }
    with desk.read() as uow:
        assert uow.rows("SELECT count(*) FROM member_card") == [(0,)]
    command = IssueCards(
        request_id="r2", person_ids=(fine, no_photo, minor, stranger), without_photo=True, leave_out=True
    )
    done = cards.issue_cards(desk, command).value
    assert [card.person_id for card in done.cards] == [fine, no_photo]
    assert [violation.code for violation in done.left_out] == ["card.minor", "card.not_member"]


def test_bounds_of_a_batch(desk: Desk) -> None:
    for ids, code in (((), "card.none"), (tuple(range(1, 1002)), "card.too_many"), ((99,), "card.unknown_person")):
        with pytest.raises(RulesBroken) as caught:
            issue(desk, *ids)
        assert broken(caught) == [code]
    with pytest.raises(RulesBroken) as caught:
        issue(desk, add(desk, 1), year=2030)
    assert broken(caught) == ["card.year"]


def test_a_stop_leaves_no_card(desk: Desk) -> None:
    ids = tuple(add(desk, number) for number in range(1, 8))
    with pytest.raises(Stopped):
        cards.issue_cards(desk, IssueCards(request_id="r1", person_ids=ids), Stopper(3))
    with desk.read() as uow:
        assert uow.rows("SELECT count(*) FROM member_card") == [(0,)]
        assert uow.audit.last_instant() is None


def test_only_who_prints_cards_may(made_office: object, desk: Desk) -> None:
    person = add(desk, 1)
    reader = replace(desk, actor=replace(desk.actor, roles=frozenset()))
    with pytest.raises(Forbidden):
        issue(reader, person)
    with pytest.raises(Forbidden):
        cards_reading.card_by_scan(reader, "M-00001")


def test_drawing_gets_her_words_her_photo_by_consent_and_the_code(desk: Desk) -> None:
    agreed = add(desk, 1)
    silent = add(desk, 2, consents=CONSENTS[:1])
    discreet = add(desk, 3, pseudonym="Colombe")
    made = (*issue(desk, agreed, silent), *issue(desk, discreet, request="r2", kind=CardKind.DISCREET))
    drawing = Drawing()
    command = DrawCards(card_ids=tuple(card.id for card in made), variant=Variant.SHEET)
    assert cards_printing.render_cards(desk, command, drawing) == b"%PDF"
    assert [face.photo for face in drawing.faces] == [b"jpeg of 1", None, None]
    assert drawing.faces[2].pseudonym == "Colombe"
    assert drawing.faces[0].code == f"M-00001 {made[0].control}"
    lost = handed_lost(desk, add(desk, 4))
    with pytest.raises(RulesBroken) as caught:
        cards_printing.render_cards(desk, replace(command, card_ids=(lost.id,)), drawing)
    assert broken(caught) == ["card.not_to_print.lost"]


def handed_lost(desk: Desk, person_id: int, request: str = "lost") -> MemberCard:
    card = handed(desk, person_id, request)
    report = ReportLost(request_id=f"{request}/lost", card_id=card.id, on=desk.today, how="perdue")
    return cards.report_lost(desk, report).value


def test_a_real_pdf_comes_out(desk: Desk) -> None:
    person = add(desk, 1, photo=False)
    (card,) = issue(desk, person, without_photo=True)
    command = DrawCards(card_ids=(card.id,), variant=Variant.FOLD)
    assert cards_printing.render_cards(desk, command, sheets.render_cards).startswith(b"%PDF")


def test_print_is_noted_once(desk: Desk, clock: FixedClock) -> None:
    (card,) = printed(desk, add(desk, 1))
    clock.advance(dt.timedelta(hours=1))
    again = RecordPrint(request_id="again", card_ids=(card.id, card.id))
    assert cards_printing.record_print(desk, again).value == 0
    with desk.read() as uow:
        found = uow.cards.get(card.id)
    assert found is not None
    assert found.printed_at == dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)


def test_printed_is_not_handed_over(desk: Desk) -> None:
    (card,) = issue(desk, add(desk, 1))
    with pytest.raises(RulesBroken) as caught:
        cards.hand_over(desk, HandOver(request_id="h", card_id=card.id, how="empreinte"))
    assert broken(caught) == ["card.not_to_hand.to_print", "card.finger"]
    cards_printing.record_print(desk, RecordPrint(request_id="p", card_ids=(card.id,)))
    command = HandOver(request_id="h", card_id=card.id, how="empreinte", finger="pouce gauche")
    done = cards.hand_over(desk, command)
    assert (done.value.handed_on, done.value.handed_how) == (desk.today, "empreinte : pouce gauche")
    assert cards.hand_over(desk, command).value == done.value
    assert cards_reading.count_handed(desk) == (1, 1)


def test_lost_then_duplicate(desk: Desk) -> None:
    person = add(desk, 931)
    lost = handed_lost(desk, person)
    assert cards_reading.card_by_scan(desk, f"M-00931 {lost.control}").state is ScanState.LOST
    command = ReplaceCard(request_id="d", card_id=lost.id, reason="perdue")
    duplicate = cards.replace_card(desk, command).value
    assert cards.replace_card(desk, command).value == duplicate
    assert (duplicate.duplicate_no, duplicate.reason, duplicate.valid_until) == (1, "perdue", lost.valid_until)
    assert duplicate.control != lost.control
    answer = cards_reading.card_by_scan(desk, f"M-00931 {lost.control}")
    assert (answer.state, answer.person_id) == (ScanState.LOST, person)
    assert answer.card is not None
    assert answer.card.lost_on == desk.today
    hers = cards_reading.cards_of_person(desk, person)
    assert (hers.current, hers.state) == (duplicate, CardState.TO_PRINT)


def test_a_duplicate_for_a_loss_notes_the_loss(desk: Desk) -> None:
    card = handed(desk, add(desk, 1))
    cards.replace_card(desk, ReplaceCard(request_id="d", card_id=card.id, reason="volee"))
    with desk.read() as uow:
        old = uow.cards.get(card.id)
    assert old is not None
    assert (old.lost_on, old.lost_how) == (desk.today, "volee")
    with pytest.raises(RulesBroken) as caught:
        cards.replace_card(desk, ReplaceCard(request_id="d2", card_id=card.id, reason=""))
    assert broken(caught) == ["card.already_replaced", "card.reason"]


def test_renewal_takes_everyone_due_in_one_go_by_the_same_date_rule(desk: Desk) -> None:
    ids = [add(desk, number) for number in range(1, 6)]
    first = printed(desk, *ids[:4])
    never, left = ids[4], ids[3]
    with desk.write() as uow:
        gone = uow.persons.get(left)
        assert gone is not None
        assert gone.membership is not None
        uow.persons.save(replace(gone, membership=replace(gone.membership, left_on=desk.today)), desk.clock.now(), 1)
        uow.commit()
    assert cards_reading.next_year(desk) == 2027
    due = cards_reading.due_for_renewal(desk, 2027)
    assert {row.person_id for row in due} == set(ids[:3])
    done = cards.renew_year(desk, RenewYear(request_id="y", year=2027)).value
    assert {card.valid_until for card in done.cards} == {dt.date(2027, 12, 31)}
    assert cards.renew_year(desk, RenewYear(request_id="y", year=2027)).value.cards == ()
    with pytest.raises(RulesBroken) as caught:
        cards.renew_year(desk, RenewYear(request_id="y2", year=2027))
    assert broken(caught) == ["card.none_due"]
    (alone,) = issue(desk, never, request="alone", year=2027)
    assert alone.valid_until == dt.date(2027, 12, 31)
    assert first[0].valid_until == dt.date(2026, 12, 31)


def test_the_end_month_is_a_setting_for_every_path(desk: Desk) -> None:
    with desk.write() as uow:
        uow.settings.set("cards.end_month", dt.date(2000, 1, 1), 6)
        uow.commit()
    opening.reload_settings(desk)
    (card,) = printed(desk, add(desk, 1))
    assert card.valid_until == dt.date(2027, 6, 30)
    lost = ReplaceCard(request_id="d", card_id=card.id, reason="abimee")
    assert cards.replace_card(desk, lost).value.valid_until == dt.date(2027, 6, 30)
    other = add(desk, 2)
    with desk.write() as uow:
        uow.cards.save(MemberCard(person_id=other, issued_on=JOINED, valid_until=dt.date(2026, 6, 30)))
        uow.commit()
    renewed = cards.renew_year(desk, RenewYear(request_id="y", year=2027)).value.cards
    assert [(made.person_id, made.valid_until) for made in renewed] == [(other, dt.date(2027, 6, 30))]


def test_an_old_layout_stays_at_renewal(desk: Desk) -> None:
    person = add(desk, 1)
    with desk.write() as uow:
        uow.cards.save(MemberCard(person_id=person, layout=7, issued_on=JOINED, valid_until=dt.date(2025, 12, 31)))
        uow.commit()
    (renewed,) = cards.renew_year(desk, RenewYear(request_id="y", year=2026)).value.cards
    assert renewed.layout == 7


@pytest.mark.parametrize("shape", ["{number} {control}", "{number}{control}", "{number}/{control}"])
def test_scans(desk: Desk, shape: str) -> None:
    person = add(desk, 931)
    card = handed(desk, person)
    answer = cards_reading.card_by_scan(desk, shape.format(number="M-00931", control=card.control).lower())
    assert (answer.state, answer.person_id) == (ScanState.VALID, person)


def test_scans_that_prove_nothing(desk: Desk, clock: FixedClock) -> None:
    person = add(desk, 931)
    card = handed(desk, person)
    states = {
        "M-00931 0000000000": ScanState.FORGED,
        f"M-00932 {card.control}": ScanState.ELSEWHERE,
        "P-00001": ScanState.NOT_A_CARD,
        "bonjour": ScanState.NOT_A_CARD,
        "M-00931": ScanState.VALID,
    }
    assert {text: cards_reading.card_by_scan(desk, text).state for text in states} == states
    assert cards_reading.card_by_scan(desk, "M-00931 0000000000").person_id is None
    other = add(desk, 5)
    stolen_code = cards_reading.card_by_scan(desk, f"M-00005 {card.control}")
    assert stolen_code.state is ScanState.FORGED
    assert cards_reading.card_by_scan(desk, "M-00005").person_id == other
    clock.advance(dt.timedelta(days=60))
    assert cards_reading.card_by_scan(desk, f"M-00931 {card.control}").state is ScanState.EXPIRED


def test_a_card_altered_behind_the_program_no_longer_scans(desk: Desk) -> None:
    card = handed(desk, add(desk, 931))
    with desk.write() as uow:
        uow.cards.save(replace(card, valid_until=dt.date(2030, 12, 31)))
        uow.commit()
    assert cards_reading.card_by_scan(desk, f"M-00931 {card.control}").state is ScanState.FORGED


def test_lists_and_counts(desk: Desk) -> None:
    ids = [add(desk, number) for number in range(1, 7)]
    issue(desk, ids[0])
    printed(desk, ids[1], request="b")
    handed_lost(desk, ids[2], "c")
    handed(desk, ids[3], "d")
    counts = cards_reading.count_cards(desk)
    assert counts == {
        CardList.TO_ISSUE: 2,
        CardList.TO_PRINT: 1,
        CardList.TO_HAND: 1,
        CardList.TO_RENEW: 4,
        CardList.LOST: 1,
        CardList.ALL: 4,
    }
    query = cards_reading.query_for(desk, CardList.ALL, sort="number", descending=True)
    rows, total = cards_reading.list_cards(desk, query, 1, 2)
    assert (total, [row.number for row in rows]) == (4, ["M-00003", "M-00002"])
    found, total = cards_reading.list_cards(desk, cards_reading.query_for(desk, CardList.TO_ISSUE, "fatou 5"), 0, 10)
    assert (total, [row.person_id for row in found]) == (1, [ids[4]])
    assert found[0].card is None


def test_numbers_for_the_command_line(desk: Desk) -> None:
    first, second = add(desk, 1), add(desk, 2)
    with pytest.raises(RulesBroken) as caught:
        cards_printing.cards_of_numbers(desk)
    assert broken(caught) == ["card.none_waiting"]
    made = issue(desk, first, second)
    assert set(cards_printing.cards_of_numbers(desk)) == {card.id for card in made}
    assert cards_printing.cards_of_numbers(desk, ("m-00002",)) == (made[1].id,)
    with pytest.raises(RulesBroken) as caught:
        cards_printing.cards_of_numbers(desk, ("M-00002", "M-09999"))
    assert caught.value.violations == (Violation("card.no_card", None, (("number", "M-09999"),)),)


def test_offsets_are_remembered_per_printer(desk: Desk) -> None:
    assert cards_printing.offsets_of(desk, "Canon") == Offsets()
    cards_printing.keep_offsets(desk, "Canon", Offsets(7, -3, 2, 0))
    cards_printing.keep_offsets(desk, "Evolis", Offsets(1, 1, 1, 1))
    opening.reload_settings(desk)
    assert cards_printing.known_printers(desk) == ("Canon", "Evolis")
    drawing = Drawing()
    (card,) = issue(desk, add(desk, 1))
    command = DrawCards(card_ids=(card.id,), variant=Variant.SHEET, printer="Canon")
    cards_printing.render_cards(desk, command, drawing)
    assert drawing.offsets == Offsets(7, -3, 2, 0)
    with pytest.raises(RulesBroken) as caught:
        cards_printing.keep_offsets(desk, " ", Offsets(x=500))
    assert broken(caught) == ["card.offset", "card.printer"]
