"""Cards as PDF: every letter inside its card, the QR code read back from a 300-dpi picture, both sides in register."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from antenne.base.progress import Stopped
from antenne.domain import qr
from antenne.domain.cards import CardFace, CardKind, Offsets, Variant
from antenne.domain.office import Heading, Office
from antenne.domain.violations import RulesBroken
from antenne.print import calibration, layout, sheets
from antenne.print.cards import HEIGHT, WIDTH
from antenne.print.layout import MM

OFFICE = Office(
    association="DANAYA SO",
    motto="Maison de la Confiance",
    name="Antenne de Mopti",
    town="Sévaré",
    postal_box="BP 100 Mopti",
    phone="21 42 00 00",
)
UNTIL = dt.date(2026, 12, 31)
NARROW_NAMES = st.text(st.sampled_from("abcdeéèïôwmɛɔɲŋƝƐỌ -’ABMW"), min_size=1, max_size=200).filter(str.strip)


def _jpeg(size: tuple[int, int] = (48, 60)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#A05030").save(out, "JPEG")
    return out.getvalue()


def _face(number: int = 931, **over: Any) -> CardFace:
    member = f"M-{number:05d}"
    values: dict[str, Any] = {
        "kind": CardKind.STANDARD,
        "layout": 1,
        "number": member,
        "last_name": "Koné",
        "first_name": "Fatoumata",
        "pseudonym": "Colombe",
        "code": qr.payload(member, qr.control_code(b"k" * 32, "ab" * 16, member, number, UNTIL)),
        "valid_until": UNTIL,
    }
    return CardFace(**(values | over))


def _text(pdf: bytes, page: int = 0) -> str:
    document = pypdfium2.PdfDocument(pdf)
    found: str = document[page].get_textpage().get_text_bounded()
    document.close()
    return " ".join(found.split())


def _picture(pdf: bytes, page: int = 0, dpi: int = 300) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    found: Image.Image = document[page].render(scale=dpi / 72).to_pil().convert("RGB")
    document.close()
    return found


def _red(picture: Image.Image, x: int, y: int) -> int:
    colour = picture.getpixel((x, y))
    assert isinstance(colour, tuple)
    return int(colour[0])


def _letter_boxes(pdf: bytes, page: int = 0) -> list[tuple[float, float, float, float]]:
    document = pypdfium2.PdfDocument(pdf)
    words = document[page].get_textpage()
    boxes = [words.get_charbox(index) for index in range(words.count_chars())]
    document.close()
    return boxes


def test_recto_and_verso_say_what_they_must() -> None:
    pdf = sheets.render_cards((_face(duplicate_no=2),), OFFICE, Variant.PRINTER)
    front, back = _text(pdf, 0), _text(pdf, 1)
    for words in ("DANAYA SO", "Maison de la Confiance — Antenne de Mopti", "KONÉ", "Fatoumata", "M-00931"):
        assert words in front
    assert "Carte de membre · Duplicata n°" in front
    assert "Valable jusqu’au 31/12/2026" in front
    assert "Cotisations 2026" in back
    assert "janv." in back
    assert "déc." in back
    assert "merci de la rapporter" in back


def test_the_document_is_named_and_french_without_a_name_of_hers() -> None:
    pdf = sheets.render_cards((_face(),), OFFICE, Variant.PRINTER)
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_metadata_dict()["Title"] == "Cartes"
    assert document.get_page_size(0) == pytest.approx((85.60 * MM, 53.98 * MM), abs=0.01)
    told = " ".join(document.get_metadata_dict().values())
    document.close()
    assert b"/Lang (fr-FR)" in pdf
    assert "Kon" not in told


def test_the_discreet_card_tells_nothing() -> None:
    pdf = sheets.render_cards((_face(kind=CardKind.DISCREET, photo=_jpeg()),), OFFICE, Variant.PRINTER)
    both = _text(pdf, 0) + _text(pdf, 1)
    for word in ("DANAYA", "Confiance", "Antenne", "KONÉ", "Fatoumata", "Cotisations", "membre"):
        assert word.casefold() not in both.casefold()
    assert "Colombe" in both
    assert b"DCTDecode" not in pdf


def test_headings_are_the_office_s_choice() -> None:
    named = replace(OFFICE, headings={"discreet_card": Heading.ASSOCIATION, "card": Heading.NONE})
    discreet = sheets.render_cards((_face(kind=CardKind.DISCREET),), named, Variant.PRINTER)
    bare = sheets.render_cards((_face(),), named, Variant.PRINTER)
    assert "DANAYA SO" in _text(discreet)
    assert "DANAYA" not in _text(bare)
    assert _picture(bare, dpi=72).getpixel((120, 5)) == (255, 255, 255)


def test_demonstration_papers_are_marked() -> None:
    shown = sheets.render_cards((_face(),), replace(OFFICE, demo=True), Variant.PRINTER)
    assert "DÉMONSTRATION" in _text(shown, 1)
    assert "DÉMONSTRATION" not in _text(sheets.render_cards((_face(),), OFFICE, Variant.PRINTER), 1)


def test_every_code_of_a_sheet_is_read_at_300_dpi() -> None:
    faces = tuple(_face(number) for number in range(1, 11))
    pdf = sheets.render_cards(faces, OFFICE, Variant.SHEET)
    found = zxingcpp.read_barcodes(_picture(pdf).convert("L"))
    assert {code.text for code in found} == {face.code for face in faces}
    assert {code.ec_level for code in found} == {"M"}


def test_a_code_is_read_from_a_worn_and_slanted_card() -> None:
    picture = _picture(sheets.render_cards((_face(),), replace(OFFICE, demo=True), Variant.PRINTER)).convert("L")
    worn = picture.rotate(11, expand=True, fillcolor=255).resize((picture.width // 2, picture.height // 2))
    (code,) = zxingcpp.read_barcodes(worn)
    assert code.text == _face().code


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NARROW_NAMES, NARROW_NAMES, st.sampled_from(list(CardKind)))
def test_no_letter_leaves_its_place(last: str, first: str, kind: CardKind) -> None:
    face = _face(last_name=last, first_name=first, pseudonym=first, kind=kind, duplicate_no=12)
    boxes = _letter_boxes(sheets.render_cards((face,), OFFICE, Variant.PRINTER))
    for left, bottom, right, top in boxes:
        assert 0 <= left <= right <= WIDTH
        assert 0 <= bottom <= top <= HEIGHT
    rule = HEIGHT - 47 * MM
    code_left = WIDTH - (3.7 + 14.7) * MM
    middle = [box for box in boxes if rule < box[1] < HEIGHT - 11 * MM]
    assert all(box[2] < code_left - 2 * MM for box in middle)
    foot = [box for box in boxes if box[3] < rule]
    assert len(foot) >= len("Valable jusqu’au 31/12/2026")


@given(NARROW_NAMES)
@settings(max_examples=60, deadline=None)
def test_no_letter_is_lost_in_fitting(words: str) -> None:
    fitted = layout.fit_text(words, layout.Fonts.BOLD, 10, 97, 24)
    assert "".join(fitted.lines).replace(" ", "") == words.replace(" ", "")
    assert all(layout.text_width(line, fitted.font, fitted.size) <= 97.001 for line in fitted.lines)
    assert fitted.height <= 24


def test_a_name_shrinks_before_it_wraps_and_wraps_before_it_breaks() -> None:
    def fit(words: str) -> layout.Fitted:
        return layout.fit_text(words, layout.Fonts.BOLD, 10, 97, 24)

    assert (fit("KONÉ").size, len(fit("KONÉ").lines)) == (10, 1)
    assert (fit("Fatoumata Bintou B.").lines, fit("Fatoumata Bintou B.").size < 10) == (("Fatoumata Bintou B.",), True)
    assert fit("Mariam Bintou Oumou Kalsoum").lines == ("Mariam Bintou", "Oumou Kalsoum")
    assert fit("Anna-Maria-Concepción-Évangéline").lines == ("Anna-Maria-Concepción-", "Évangéline")


def test_the_back_of_a_card_lies_behind_its_front() -> None:
    for position in range(10):
        front, back = sheets.place(position), sheets.place(position, back=True)
        assert front[0] + WIDTH == pytest.approx(sheets.PAGE_WIDTH - back[0])
        assert front[1] == back[1]
    assert sheets.place(8) == pytest.approx((19.4 * MM, 13.55 * MM), abs=0.1)
    leaves = (2 * sheets.LEFT / MM, 2 * sheets.BOTTOM / MM)
    assert leaves == pytest.approx((38.8, 27.1))
    faces = (_face(1), _face(2, kind=CardKind.DISCREET))
    pdf = sheets.render_cards(faces, OFFICE, Variant.SHEET)
    document = pypdfium2.PdfDocument(pdf)
    words = document[1].get_textpage()
    assert "Cotisations" not in words.get_text_bounded(right=sheets.PAGE_WIDTH / 2)
    assert "Cotisations" in words.get_text_bounded(left=sheets.PAGE_WIDTH / 2)
    document.close()


def test_the_pair_to_fold_has_both_sides_on_one_page() -> None:
    pdf = sheets.render_cards(tuple(_face(number) for number in range(1, 8)), OFFICE, Variant.FOLD)
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 2
    document.close()
    assert _text(pdf).count("Cotisations 2026") == 5
    assert _text(pdf).count("Valable") == 5
    assert "plier sur le pointillé" in _text(pdf)


def _ink_left(pdf: bytes, page: int) -> int:
    """First column of the middle row of cards that has a dark band."""
    picture = _picture(pdf, page, 254)  # ten dots a millimetre
    row = round((297 - 13.55 - 53.98 * 5 + 2) * 10)
    return next(x for x in range(picture.width) if _red(picture, x, row) < 60)


def test_offsets_move_the_print_against_the_printer() -> None:
    face = (_face(),)
    still = sheets.render_cards(face, OFFICE, Variant.SHEET)
    moved = sheets.render_cards(face, OFFICE, Variant.SHEET, Offsets(x=15, back_x=-20))
    assert _ink_left(still, 0) - _ink_left(moved, 0) == pytest.approx(15, abs=1)


def test_letters_that_the_font_lacks_are_named() -> None:
    with pytest.raises(RulesBroken) as caught:
        sheets.render_cards((_face(first_name="Awa 🌸"),), OFFICE, Variant.SHEET)
    (violation,) = caught.value.violations
    assert (violation.code, dict(violation.values)) == ("card.letters", {"letters": "🌸", "number": "M-00931"})


def test_a_damaged_photo_and_an_unknown_layout_are_refused() -> None:
    for over, code in (({"photo": b"GIF89a"}, "card.photo"), ({"layout": 99}, "card.layout")):
        with pytest.raises(RulesBroken) as caught:
            sheets.render_cards((_face(**over),), OFFICE, Variant.SHEET)
        assert caught.value.violations[0].code == code


def test_a_photo_goes_into_the_document_as_it_is() -> None:
    photo = _jpeg((60, 60))
    pdf = sheets.render_cards((_face(photo=photo),), OFFICE, Variant.PRINTER)
    assert photo in pdf
    assert abs(_red(_picture(pdf, dpi=100), 60, 110) - 0xA0) < 6


class _Stopper:
    def __init__(self) -> None:
        self.reports: list[tuple[str, int, int]] = []

    def report(self, step: str, done: int, total: int) -> None:
        self.reports.append((step, done, total))

    def check(self) -> None:
        if len(self.reports) == 2:
            raise Stopped


def test_a_stop_stops_between_pages() -> None:
    watcher = _Stopper()
    with pytest.raises(Stopped):
        sheets.render_cards(tuple(_face(n) for n in range(1, 41)), OFFICE, Variant.SHEET, progress=watcher)
    assert watcher.reports == [("cards.draw", 10, 40), ("cards.draw", 20, 40)]


def test_the_calibration_crosses_stand_where_it_says() -> None:
    pdf = calibration.render_calibration()
    for page in (0, 1):
        picture = _picture(pdf, page, 254)
        column = [_red(picture, x, 250) for x in range(200, 400)]
        row = [_red(picture, 250, y) for y in range(200, 400)]
        assert 200 + min(range(200), key=lambda i: column[i]) == pytest.approx(300, abs=2)
        assert 200 + min(range(200), key=lambda i: row[i]) == pytest.approx(300, abs=2)
    assert "taille réelle" in _text(pdf)
    assert "corrigée" in _text(calibration.render_calibration(Offsets(x=3)))


def test_headings_of_other_papers() -> None:
    paper = layout.Paper("Bon", layout.A4_MM)
    top = layout.draw_heading(paper.canvas, OFFICE, "slip", 50, 800, 400)
    assert top < 800
    assert (
        layout.draw_heading(paper.canvas, replace(OFFICE, headings={"slip": Heading.NONE}), "slip", 50, 700, 400) == 700
    )
    layout.draw_heading(paper.canvas, OFFICE, "receipt", 50, 600, 400)
    words = _text(paper.finish())
    assert words.startswith("Bureau de Sévaré")
    assert "DANAYA SO — Antenne de Mopti BP 100 Mopti · 21 42 00 00" in words


def test_narrow_spaces_become_ordinary_ones_in_paragraphs() -> None:
    assert layout.text("12\u202f500 & moins") == "12\u00a0500 &amp; moins"
    assert layout.missing_letters("ɛɔɲŋ\u202fƝ") == frozenset()
