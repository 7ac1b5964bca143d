"""Newcomers, leavers and the change of keys, on the real files."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from antenne.base.clock import FixedClock
from antenne.base.problems import Problem
from antenne.base.progress import Silent, Stopped
from antenne.db import cipher, keys
from antenne.db.rekey import REKEY_FILE
from antenne.db.slots import KdfParams, NewSlot
from antenne.domain.recovery import CodeKind
from antenne.domain.rights import Role
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import access, accounts, opening, rekeying, users
from antenne.services.backup import LOCAL_FOLDER
from antenne.services.desk import Desk
from tests.conftest import LABELS, PHRASES

KDF = KdfParams()
OWN = "pirogue calebasse lanterne fourmi"


def _rekey(desk: Desk, **over: object) -> rekeying.Rekey:
    everybody = {user.name: user for user in users.list_users(desk)}
    stays = (
        rekeying.Staying(user_id=everybody["Agent responsable"].id, roles=frozenset({Role.RESPONSABLE})),
        rekeying.Staying(user_id=everybody["Agent secretaire"].id, roles=frozenset({Role.SECRETAIRE})),
    )
    values: dict[str, object] = {"request_id": "r", "own_phrase": OWN, "staying": stays, "recovery": ()}
    return rekeying.Rekey(**(values | over))  # type: ignore[arg-type]  # by name, checked by the record


def test_a_newcomer_opens_with_her_paper_and_then_with_her_own_phrase(responsable_desk: Desk) -> None:
    desk = responsable_desk
    command = users.AddUser(request_id="r1", name="Agent nouvelle", label="Girafe", roles=frozenset({Role.SECRETAIRE}))
    paper = users.add_user(desk, command, KDF).value
    unlocked = access.unlock(desk.folder, paper.phrase, "Girafe")
    hers = opening.open_desk(desk.folder, unlocked, desk.clock)
    try:
        assert hers.actor.name == "Agent nouvelle"
        assert users.must_change_phrase(hers, unlocked.slot_id)
        users.change_first_phrase(hers, unlocked.slot_id, OWN, KDF)
    finally:
        hers.close()
    with pytest.raises(Problem, match="wrong_passphrase"):
        access.unlock(desk.folder, paper.phrase, "Girafe")
    assert access.unlock(desk.folder, OWN, "Girafe").roles == {"secretaire"}


def test_only_the_responsable_lets_somebody_in(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        users.add_user(desk, users.AddUser(request_id="r", name="x", label="y", roles=frozenset(Role)), KDF)


def test_two_roles_that_watch_each_other_need_a_reason() -> None:
    both = frozenset({Role.SECRETAIRE, Role.ECOUTANTE})
    assert users.role_violations(both, " ")[0].code == "users.reason"
    assert users.role_violations(both, "une seule agente en poste") == ()
    assert users.role_violations(frozenset(), "")[0].code == "users.no_role"


def test_a_rekey_shuts_out_the_leaver_even_with_the_old_files(responsable_desk: Desk, tmp_path: Path) -> None:
    desk = responsable_desk
    shutil.copy(desk.folder / keys.FILE_NAME, tmp_path / keys.FILE_NAME)
    with desk.write() as uow:
        uow.counters.next("person")
        uow.commit()
    kept = desk.folder / LOCAL_FOLDER
    kept.mkdir()
    (kept / "Antenne-20260101T000000Z-abcdefab.antenne").write_bytes(b"opens with the old phrases")
    papers = rekeying.rekey_office(desk, _rekey(desk), KDF, Silent()).value.papers
    assert [paper.name for paper in papers] == ["Agent secretaire"]
    assert list(kept.iterdir()) == []
    old = keys.unlock(keys.read_key_file(tmp_path / keys.FILE_NAME), PHRASES["caissiere"], LABELS["caissiere"])
    with pytest.raises(Problem):
        cipher.connect(desk.folder / access.BASE_FILE, keys.cipher_key(old.base_key))
    again = opening.open_desk(desk.folder, access.unlock(desk.folder, OWN, LABELS["responsable"]), desk.clock)
    try:
        with again.read() as uow:
            assert uow.counters.last("person") == 1
        left = {user.name: user.left_on for user in users.list_users(again)}
        assert left["Agent caissiere"] == desk.today
        assert left["Agent secretaire"] is None
    finally:
        again.close()
    assert access.unlock(desk.folder, papers[0].phrase, LABELS["secretaire"]).confidential_key is None


def test_she_cannot_rekey_herself_out(responsable_desk: Desk) -> None:
    with pytest.raises(RulesBroken):
        rekeying.rekey_office(responsable_desk, _rekey(responsable_desk, staying=()), KDF, Silent())


class _StopAt:
    """Progress that stops at one step."""

    def __init__(self, step: str) -> None:
        self.step, self.last = step, ""

    def report(self, step: str, done: int, total: int) -> None:
        if step == self.step:
            raise Stopped

    def check(self) -> None:
        pass


@pytest.mark.parametrize("step", ["rekey.keys", "rekey.copy", "rekey.check", "rekey.swap"])
def test_a_rekey_stopped_before_its_end_changes_no_key(responsable_desk: Desk, step: str) -> None:
    desk = responsable_desk
    with pytest.raises(Stopped):
        rekeying.rekey_office(desk, _rekey(desk), KDF, _StopAt(step))
    assert access.unlock(desk.folder, PHRASES["responsable"], LABELS["responsable"]).roles == {"responsable"}
    assert not (desk.folder / REKEY_FILE).exists()
    assert all(user.left_on is None for user in users.list_users(desk)), "somebody left, and yet still opens"


@pytest.mark.parametrize("base_gone", [False, True])
def test_a_power_cut_inside_the_swap_is_finished_at_the_next_start(
    responsable_desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, *, base_gone: bool
) -> None:
    desk = responsable_desk

    def cut(_fresh: Path, base: Path) -> None:
        if base_gone:
            base.unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("antenne.db.rekey._take_place", cut)
        with pytest.raises(KeyboardInterrupt):
            rekeying.rekey_office(desk, _rekey(desk), KDF, Silent())
    assert (desk.folder / REKEY_FILE).exists()
    assert access.look(desk.folder) is access.Folder.OFFICE
    opened = opening.open_desk(desk.folder, access.unlock(desk.folder, OWN, LABELS["responsable"]), clock)
    opened.close()
    assert not (desk.folder / REKEY_FILE).exists()


def test_recovery_slots_come_with_a_rekey(responsable_desk: Desk) -> None:
    from antenne.domain.recovery import encode

    code = encode(12345678901234567890, CodeKind.BASE)
    slot = NewSlot(
        label="Enveloppe 1",
        secret=code,
        roles=frozenset({"responsable"}),
        may_open_confidential=False,
        kind="recovery",
    )
    rekeying.rekey_office(responsable_desk, _rekey(responsable_desk, recovery=(slot,)), KDF, Silent())
    assert access.unlock(responsable_desk.folder, code, None).slot_id


def test_an_envelope_opens_the_office_and_lets_her_change_the_keys(responsable_desk: Desk, clock: FixedClock) -> None:
    desk = responsable_desk
    codes = rekeying.draw_code(CodeKind.BASE), rekeying.draw_code(CodeKind.CONFIDENTIAL)
    rekeying.rekey_office(desk, _rekey(desk, recovery=rekeying.envelopes(*codes)), KDF, Silent())
    found = []
    for code in codes:
        hers = opening.open_desk(desk.folder, access.unlock(desk.folder, code, None), clock)
        own = users.list_users(hers)[0].id
        try:
            rekeying.rekey_office(
                hers, _rekey(hers, request_id="again", own_user_id=own, own_phrase="marmite tortue ardoise girafe"), KDF
            )
        except Problem as problem:
            found.append(problem.code)
        else:
            found.append("changed")
        hers.close()
    assert found == ["rekey.no_confidential", "changed"]
    assert access.unlock(desk.folder, "marmite tortue ardoise girafe", LABELS["responsable"]).confidential_key


def test_the_state_of_the_keys_names_no_secret(responsable_desk: Desk, clock: FixedClock) -> None:
    desk = responsable_desk
    before = accounts.read_keys(desk)
    assert [one.label for one in before.accounts] == list(LABELS.values())
    assert before.envelopes == ()
    clock.advance(dt.timedelta(days=30))
    codes = rekeying.draw_code(CodeKind.BASE), rekeying.draw_code(CodeKind.CONFIDENTIAL)
    rekeying.rekey_office(desk, _rekey(desk, recovery=rekeying.envelopes(*codes)), KDF, Silent())
    again = opening.open_desk(desk.folder, access.unlock(desk.folder, OWN, LABELS["responsable"]), clock)
    after = accounts.read_keys(again)
    again.close()
    assert (after.generation, after.since) == (before.generation + 1, before.since + dt.timedelta(days=30))
    assert [one.label for one in after.envelopes] == ["Enveloppe 1", "Enveloppe 2"]
    assert [one.one_time for one in after.accounts if one.label] == [False, True]
    assert [one.user.name for one in after.accounts if not one.label] == [
        "Agent caissiere",
        "Agent ecoutante",
        "Agent lecture",
    ]


@pytest.mark.parametrize(
    ("name", "label", "codes"),
    [
        ("", "Girafe", ["first_run.missing"]),
        ("Awa Diallo", "Awa", ["first_run.label_tells"]),
        ("Awa Diallo", "Secrétaire", ["first_run.label_tells"]),
        ("Awa Diallo", "héron", ["keys.label_taken"]),
    ],
)
def test_a_newcomer_is_refused_with_a_sentence(responsable_desk: Desk, name: str, label: str, codes: list[str]) -> None:
    command = users.AddUser(request_id="r", name=name, label=label, roles=frozenset({Role.CAISSIERE}))
    with pytest.raises(RulesBroken) as caught:
        users.add_user(responsable_desk, command, KDF)
    assert [one.code for one in caught.value.violations] == codes


def test_the_reason_of_two_roles_is_written_in_the_history(responsable_desk: Desk) -> None:
    desk = responsable_desk
    both = frozenset({Role.SECRETAIRE, Role.ECOUTANTE})
    command = users.AddUser(request_id="r", name="Awa", label="Girafe", roles=both, reason="une seule agente en poste")
    users.add_user(desk, command, KDF)
    with desk.read() as uow:
        said = uow.rows("SELECT details FROM audit_detail ORDER BY audit_id DESC LIMIT 1")[0][0]
    assert "une seule agente en poste" in said
