"""Which incidents may leave one by one, and what a line says of them."""

from __future__ import annotations

import datetime as dt

from antenne.domain import gbvims as rules
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.gbvims import COLUMNS, DESCRIBING, LeftOut, Reason, SentIncidents
from antenne.domain.incidents import Agreement, GbvType, Incident, Perpetrators, Purpose
from antenne.domain.listening import Answer, Referral, Service
from antenne.domain.sealed_codec import from_payload, to_payload
from tests.domain.test_incidents import DAY, NOW, H, incident

TO = "Réseau des abris"
FIRST, LAST = dt.date(2026, 11, 1), dt.date(2026, 11, 30)


def agreed(to: str = TO, *, statistics: bool = True) -> tuple[Agreement, ...]:
    return (
        Agreement(purpose=Purpose.STATISTICS, given=statistics, on=DAY),
        Agreement(purpose=Purpose.SHARING, recipient=to, given=True, on=DAY),
    )


def one(**values: object) -> Incident:
    return incident(**{"agreements": agreed(), **values})


def lines(*incidents: Incident) -> list[dict[str, str]]:
    made = rules.sheet([(f"{n:02x}", each) for n, each in enumerate(incidents)], TO, FIRST, LAST, DAY)
    return [dict(zip(COLUMNS, line.values, strict=True)) for line in made.lines]


def test_only_what_she_agreed_to_for_that_recipient_leaves() -> None:
    assert rules.stays(one(), TO, DAY) is None
    assert rules.stays(one(), "réseau des  ABRIS".replace("  ", " "), DAY) is None
    assert rules.stays(one(gbv_type=GbvType.NOT_GBV, agreements=()), TO, DAY) is Reason.NOT_GBV
    assert rules.stays(one(agreements=agreed(statistics=False)), TO, DAY) is Reason.NO_STATISTICS
    assert rules.stays(one(), "Une autre", DAY) is Reason.NO_SHARING
    assert rules.stays(one(reported_elsewhere=True), TO, DAY) is Reason.ELSEWHERE
    taken_back = Agreement(purpose=Purpose.SHARING, recipient=TO, given=True, on=DAY, withdrawn_on=DAY)
    assert rules.stays(one(agreements=(agreed()[0], taken_back)), TO, DAY) is Reason.NO_SHARING


def test_the_others_are_counted_by_the_first_reason() -> None:
    every = [("a", one()), ("b", one(reported_elsewhere=True)), ("c", one(agreements=())), ("d", one(agreements=()))]
    early = one(interviewed_at=NOW - dt.timedelta(days=40), happened_from=NOW - dt.timedelta(days=41))
    found = rules.sheet([*every, ("e", early)], TO, FIRST, LAST, DAY)
    assert [line.id for line in found.lines] == ["a"]
    assert found.left_out == (
        LeftOut(reason=Reason.NO_STATISTICS, count=2), LeftOut(reason=Reason.ELSEWHERE, count=1),
    )  # fmt: skip
    assert found.stay == 3


def test_a_line_says_months_groups_and_nothing_of_ours() -> None:
    (line,) = lines(
        one(
            marital="mariee", displaced=True, place_type="maison_close", commune="Sévaré", reported_elsewhere=False,
            perpetrators=Perpetrators(count=5, sex="homme", age_band="26_40", relations=("client", "forces")),
            referrals=(Referral(service=Service.HEALTH, answer=Answer.REFERRED, structure="ARCAD"),),
        )
    )  # fmt: skip
    assert line["INCIDENT ID"] == "1"
    assert line["SURVIVOR CODE"] == line["CASE MANAGER CODE"] == line["REPORTING AGENCY CODE"] == ""
    assert line["DATE OF INTERVIEW"] == "11/2026"
    assert line["DATE OF INCIDENT"] == "11/2026"
    assert line["DATE OF BIRTH"] == line["COUNTRY OF ORIGIN"] == ""
    assert line["INCIDENT LOCATION"] == "Other"
    assert line["GBV TYPE"] == "Rape"
    assert line["PREVIOUSLY REPORTED THIS INCIDENT?"] == "No"
    assert line["MONEY, GOODS, BENEFITS AND / OR SERVICES EXCHANGED ?"] == ""
    assert line["No. ALLEGED PRIMARY PERPETRATOR(S)"] == "More than 3"
    assert line["ALLEGED PERPETRATOR SEX"] == "M"
    assert line["ALLEGED PERPETRATOR AGE GROUP"] == "Age 26 - 40"
    assert line["ALLEGED PERPETRATOR - SURVIVOR RELATIONSHIP"] == "Other"
    assert line["HEALTH / MEDICAL SERVICES"] == "Referred"
    assert line["POLICE / OTHER SECURITY ACTOR"] == ""
    assert line["CONSENT GIVEN"] == "Yes"
    assert {line[title] for title in DESCRIBING} == {""}


def test_what_describes_her_is_said_where_five_lines_share_it() -> None:
    married = [one(marital="mariee", displaced=False, commune="Mopti") for _ in range(5)]
    found = lines(*married, one(marital="veuve", displaced=True, commune="Fatoma"))
    assert sorted(line["CIVIL / MARITAL STATUS"] for line in found) == ["", *["Married / Cohabitating"] * 5]
    assert sorted(line["DISPLACEMENT STATUS AT REPORT"] for line in found) == ["", *["Resident"] * 5]
    assert sorted(line["INCIDENT CAMP / TOWN"] for line in found) == ["", *["Mopti"] * 5]
    assert [line["INCIDENT ID"] for line in found] == ["1", "2", "3", "4", "5", "6"]


def test_ages_are_groups_and_every_minor_is_in_one() -> None:
    def born(years: int) -> Birth:
        return Birth(Precision.DAY, DAY.replace(year=DAY.year - years, day=1))

    ages = (11, 17, 19, 30, 44, 70)
    found = lines(*(one(birth=born(years)) for years in ages for _ in range(5)))
    said = {line["AGE GROUP"] for line in found}
    assert said == {"Age 0 - 17", "Age 18 - 25", "Age 26 - 40", "Age 41 & Older"}
    grown = [one(birth=UNKNOWN, evident_adult="carte") for _ in range(5)]
    assert {line["AGE GROUP"] for line in lines(*grown)} == {"Unknown"}


def test_the_first_relation_and_any_armed_trade() -> None:
    def by(*relations: str) -> Incident:
        return one(perpetrators=Perpetrators(count=1, relations=relations))

    key = "ALLEGED PERPETRATOR - SURVIVOR RELATIONSHIP"
    assert lines(by("partenaire"))[0][key] == "Intimate Partner / Former Partner"
    assert lines(by())[0][key] == ""
    armed = lines(*(by("inconnu", "groupe_arme") for _ in range(5)))
    assert {line["ALLEGED PERPETRATOR OCCUPATION"] for line in armed} == {"Non-State Armed Actor / Rebel / Militia"}
    assert armed[0]["No. ALLEGED PRIMARY PERPETRATOR(S)"] == "1"


def test_whole_months_that_are_over() -> None:
    assert rules.months(FIRST, LAST, dt.date(2026, 12, 1)) == ()
    codes = [each.code for each in rules.months(dt.date(2026, 11, 2), dt.date(2026, 10, 31), DAY)]
    assert codes == ["gbvims.whole_months", "gbvims.period"]
    assert [each.code for each in rules.months(FIRST, LAST, DAY)] == ["gbvims.not_over"]
    assert [each.code for each in rules.months(FIRST, dt.date(2026, 11, 29), LAST)] == ["gbvims.whole_months"]


def test_what_left_knows_which_line_was_whose() -> None:
    sent = SentIncidents(
        at=NOW + H, by=1, recipient=TO, first=FIRST, last=LAST, held=("7f", "8e"),
        left_out=(LeftOut(reason=Reason.NOT_GBV, count=1),),
    )  # fmt: skip
    assert from_payload(SentIncidents, to_payload(sent)) == sent
    assert sent.line_of("8e") == 2
    assert sent.line_of("9d") is None
