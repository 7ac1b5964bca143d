"""The pieces of a file and their scanned pages, on a real encrypted base."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from PIL import Image

from antenne.base.clock import FixedClock
from antenne.db.slots import Unlocked
from antenne.domain.civil import CivilPiece
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import civil, civil_lookup, civil_pieces, civil_scans, opening
from antenne.services.civil import FilePage
from antenne.services.desk import Desk
from antenne.wording import violations
from tests.services import money
from tests.services.test_civil import TODAY, child, codes, opened


def piece(page: FilePage, code: str) -> CivilPiece:
    return next(one for one in page.pieces if one.code == code)


@pytest.fixture
def file_id(desk: Desk) -> int:
    return opened(desk, child(money.member(desk)))


def received(desk: Desk, file_id: int, piece_id: int) -> FilePage:
    command = civil_pieces.ReceivePiece(request_id=money.request(), file_id=file_id, piece_id=piece_id)
    return civil_pieces.receive_piece(desk, command).value


def returned(desk: Desk, file_id: int, piece_id: int, to_whom: str = "Awa Koné", on: dt.date = TODAY) -> FilePage:
    command = civil_pieces.ReturnPiece(
        request_id=money.request(), file_id=file_id, piece_id=piece_id, on=on, to_whom=to_whom
    )
    return civil_pieces.return_piece(desk, command).value


def described(desk: Desk, file_id: int, piece_id: int, on: dt.date | None) -> FilePage:
    command = civil_pieces.DescribePiece(
        request_id=money.request(),
        file_id=file_id,
        piece_id=piece_id,
        received_on=on,
        original=False,
        note="demandé à Tombouctou le 20/10",
    )
    return civil_pieces.describe_piece(desk, command).value


def test_one_key_receives_and_takes_back_a_slip(desk: Desk, clock: FixedClock, file_id: int) -> None:
    page = civil.load_page(desk, file_id)
    mother = piece(page, "mother_id")
    page = received(desk, file_id, mother.id)
    assert piece(page, "mother_id").received_on == TODAY
    assert "mother_id" not in {one.code for one in page.missing}
    page = received(desk, file_id, mother.id)
    assert piece(page, "mother_id").received_on is None
    received(desk, file_id, mother.id)
    clock.advance(dt.timedelta(days=1))
    assert piece(received(desk, file_id, mother.id), "mother_id").received_on == TODAY, "yesterday's is no slip"


def test_a_piece_is_given_back_once_and_may_come_again(desk: Desk, file_id: int) -> None:
    mother = piece(civil.load_page(desk, file_id), "mother_id")
    with pytest.raises(RulesBroken) as caught:
        returned(desk, file_id, mother.id)
    assert codes(caught) == ["civil.piece_absent"]
    page = described(desk, file_id, mother.id, TODAY - dt.timedelta(days=3))
    assert (piece(page, "mother_id").original, piece(page, "mother_id").note) == (
        False,
        "demandé à Tombouctou le 20/10",
    )
    with pytest.raises(RulesBroken) as caught:
        returned(desk, file_id, mother.id, to_whom=" ", on=TODAY - dt.timedelta(days=9))
    assert codes(caught) == ["civil.piece_before", "civil.hand_to"]
    page = returned(desk, file_id, mother.id)
    assert (piece(page, "mother_id").returned_to, piece(page, "mother_id").is_here) == ("Awa Koné", False)
    with pytest.raises(RulesBroken) as caught:
        returned(desk, file_id, mother.id)
    assert codes(caught) == ["civil.piece_returned"]
    with pytest.raises(RulesBroken) as caught:
        described(desk, file_id, mother.id, TODAY)
    assert codes(caught) == ["civil.piece_returned"]
    assert piece(received(desk, file_id, mother.id), "mother_id").is_here
    said = [change.new for line in civil_lookup.history(desk, file_id) for change in line.changes]
    assert any("rendu le 23/11/2026 à Awa Koné" in one for one in said)


def test_a_piece_is_added_by_hand_at_every_step(desk: Desk, file_id: int) -> None:
    def add(label: str) -> FilePage:
        command = civil_pieces.AddPiece(request_id=money.request(), file_id=file_id, label=label)
        return civil_pieces.add_piece(desk, command).value

    page = add("  Lettre du  chef de quartier ")
    assert page.pieces[-1].label == "Lettre du chef de quartier"
    assert page.pieces[-1] in page.missing
    for label, code in (("", "civil.piece_label"), ("x" * 121, "civil.piece_label")):
        with pytest.raises(RulesBroken) as caught:
            add(label)
        assert codes(caught) == [code]
    with pytest.raises(RulesBroken) as caught:
        add("lettre du chef de quartier")
    assert codes(caught) == ["civil.piece_twice"]
    with pytest.raises(RulesBroken) as caught:
        received(desk, file_id, 999)
    assert codes(caught) == ["civil.piece_unknown"]


def test_a_scan_is_made_small_kept_and_shown(desk: Desk, file_id: int, tmp_path: Path) -> None:
    mother = piece(civil.load_page(desk, file_id), "mother_id")
    photo = tmp_path / "photo.png"
    Image.effect_noise((2400, 3200), 80).convert("RGB").save(photo)
    pages = civil_scans.read_pages(photo)
    assert [len(page) < 300_000 for page in pages] == [True]
    assert len(pages[0]) < photo.stat().st_size / 4
    command = civil_scans.AttachScan(request_id="s", file_id=file_id, piece_id=mother.id, pages=pages)
    page = civil_scans.attach_scan(desk, command).value
    assert piece(page, "mother_id").scans == 1
    civil_scans.attach_scan(desk, command)
    ids = civil_scans.list_scans(desk, mother.id)
    assert len(ids) == 1, "the same click twice keeps one page"
    kept = civil_scans.load_scan(desk, ids[0])
    assert kept is not None
    assert max(Image.open(io.BytesIO(kept)).size) == 1600
    assert pages[0] not in (desk.folder / "base.db").read_bytes(), "what is kept is encrypted"


def pdf_of(path: Path, pages: int) -> Path:
    """A PDF whose pages have each their own grey."""
    leaves = [Image.new("L", (420, 594), 40 + 5 * number).convert("RGB") for number in range(pages)]
    leaves[0].save(path, "PDF", save_all=True, append_images=leaves[1:])
    return path


def test_every_page_of_a_pdf_is_kept_in_its_order(desk: Desk, file_id: int, tmp_path: Path) -> None:
    mother = piece(civil.load_page(desk, file_id), "mother_id")
    pages = civil_scans.read_pages(pdf_of(tmp_path / "acte.pdf", 5))
    assert len(pages) == 5
    command = civil_scans.AttachScan(request_id="s", file_id=file_id, piece_id=mother.id, pages=pages)
    assert piece(civil_scans.attach_scan(desk, command).value, "mother_id").scans == 5
    ids = civil_scans.list_scans(desk, mother.id)
    greys = []
    for scan_id in ids:
        kept = civil_scans.load_scan(desk, scan_id)
        assert kept is not None
        assert kept not in (desk.folder / "base.db").read_bytes()
        greys.append(Image.open(io.BytesIO(kept)).convert("L").tobytes()[0])
    assert greys == sorted(greys)
    assert len(set(greys)) == 5
    said = civil_lookup.history(desk, file_id)[0].changes[0].new
    assert said.startswith("pages 1 à 5, ")


def test_a_pdf_with_too_many_pages_is_refused_before_any_is_drawn(tmp_path: Path) -> None:
    leaf = Image.new("1", (8, 8))
    path = tmp_path / "livre.pdf"
    leaf.save(path, "PDF", save_all=True, append_images=[leaf] * civil_scans.MOST_PAGES)
    with pytest.raises(RulesBroken) as caught:
        civil_scans.read_pages(path)
    assert codes(caught) == ["civil.scan_pages"]
    assert "41 pages" in violations.sentence(caught.value.violations[0])


def test_what_is_no_picture_or_too_heavy_is_refused(desk: Desk, file_id: int, tmp_path: Path) -> None:
    heavy = tmp_path / "heavy.jpg"
    with heavy.open("wb") as made:
        made.truncate(40 * 10**6)
    with pytest.raises(RulesBroken) as caught:
        civil_scans.read_pages(heavy)
    assert codes(caught) == ["expense.scan_too_heavy"]
    text = tmp_path / "note.pdf"
    text.write_text("not a picture")
    with pytest.raises(RulesBroken) as caught:
        civil_scans.read_pages(text)
    assert codes(caught) == ["expense.scan_unreadable"]
    command = civil_scans.AttachScan(request_id="s", file_id=file_id, piece_id=999, pages=(b"x",))
    with pytest.raises(RulesBroken) as caught:
        civil_scans.attach_scan(desk, command)
    assert codes(caught) == ["civil.piece_unknown"]


def test_who_has_no_right_sees_no_scan(
    office_folder: Path, made_office: tuple[Path, dict[str, Unlocked]], clock: FixedClock
) -> None:
    cashier = opening.open_desk(office_folder, made_office[1]["caissiere"], clock)
    try:
        for read in (civil_scans.list_scans, civil_scans.load_scan, civil_lookup.load_file, civil_lookup.history):
            with pytest.raises(Forbidden):
                read(cashier, 1)
    finally:
        cashier.close()
