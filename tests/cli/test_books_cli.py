"""``balance``, ``recu`` and ``controler --ancre`` as a script runs them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from antenne.base.clock import FixedClock
from antenne.db.slots import Unlocked
from antenne.services import cash_days, opening
from tests.cli.test_registers import Script
from tests.conftest import NOW
from tests.services import money


@pytest.fixture
def script(office_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Script:
    """The cashier's commands."""
    made = Script(office_folder, tmp_path, capsys)
    made.role = "caissiere"
    return made


@pytest.fixture
def anchor(script: Script, made_office: tuple[Path, dict[str, Unlocked]]) -> Iterator[str]:
    """A closed day of two receipts; the code that its sheet prints."""
    desk = opening.open_desk(script.folder, made_office[1]["caissiere"], FixedClock(NOW))
    awa = money.member(desk)
    day = money.opened(desk, 1000)
    for amount in (500, 250):
        money.paid(desk, awa, amount)
    money.closed(desk, day, 1750)
    code = cash_days.cash_state(desk).last_anchor
    desk.close()
    return iter((code,))


def _text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    page = document[0]
    words: str = page.get_textpage().get_text_bounded()
    document.close()
    return words


def test_the_balance_of_a_period_is_balanced_and_machine_readable(script: Script, anchor: Iterator[str]) -> None:
    assert next(anchor)
    said = script.run("balance", "--du", "2026-11-23", "--au", "2026-11-23", "--json")
    told = json.loads(said.out)
    assert (said.status, told["equilibre"]) == (0, True)
    sums = {one["code"]: (one["debit"], one["credit"], one["solde"]) for one in told["comptes"]}
    assert sums == {"101": (0, 1000, -1000), "571": (1750, 0, 1750), "7072": (0, 750, -750)}
    assert "1\u202f750" in script.run("balance").out
    assert script.run("balance", "--du", "2026-11-24", "--au", "2026-11-23").status == 1
    assert script.run("balance", "--du", "hier").status == 2


def test_a_receipt_comes_out_once_as_the_original(script: Script, anchor: Iterator[str], tmp_path: Path) -> None:
    assert next(anchor)
    target = tmp_path / "recu.pdf"
    assert script.run("recu", "2026-00002", "--sortie", target).status == 0
    assert "DUPLICATA" not in _text(target)
    assert "2026-00002" in _text(target)
    assert script.run("recu", "2026-00002", "--sortie", target).status == 0
    assert "DUPLICATA 1" in _text(target)
    for wrong, sentence in (("2026-00009", "n’existe pas"), ("neuf", "pas un numéro de reçu")):
        said = script.run("recu", wrong, "--sortie", target)
        assert (said.status, sentence in said.err) == (1, True)


def test_the_signed_sheet_s_code_is_compared(script: Script, anchor: Iterator[str]) -> None:
    code = next(anchor)
    script.role = "responsable"
    good = script.run("controler", "--json", "--ancre", code)
    assert (good.status, json.loads(good.out)["ok"]) == (0, True)
    wrong = script.run("controler", "--json", "--ancre", code.replace("3-", "2-", 1))
    told = json.loads(wrong.out)
    assert wrong.status == 1
    assert [one["nom"] for one in told["controles"] if not one["ok"]] == ["Ancre de la feuille"]
    assert script.run("controler", "--ancre", "bonjour").status == 1
