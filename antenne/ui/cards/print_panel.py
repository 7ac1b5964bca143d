"""Printing cards: the variant, the printer, the preview, and whether they came out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial

from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit

from antenne.domain import cards as rules
from antenne.domain.cards import Offsets, Variant
from antenne.domain.changes import Done
from antenne.domain.violations import Violation
from antenne.services import cards_printing
from antenne.services.cards_printing import DrawCards, RecordPrint
from antenne.ui.cards.panel import Choice, Panel
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import label
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.printing import PrintJob
from antenne.wording import cards as words
from antenne.wording import violations as sentences

_NO_PRINTER = "Sans réglage"
_PRINTER = "cards/printer"


def printer_box(context: Context) -> QComboBox:
    """The printers of this computer and those that were measured, the last used one chosen."""
    box = QComboBox()
    box.setAccessibleName("Imprimante")
    names = dict.fromkeys((*QPrinterInfo.availablePrinterNames(), *cards_printing.known_printers(context.desk)))
    box.addItems([_NO_PRINTER, *names])
    last = context.memory.recall(_PRINTER) or QPrinterInfo.defaultPrinterName()
    box.setCurrentIndex(max(box.findText(last), 0))
    return box


def chosen_printer(box: QComboBox) -> str:
    """The name of the printer, or empty."""
    return "" if box.currentIndex() == 0 else box.currentText()


class PrintPanel(Panel):
    """Print these cards."""

    def __init__(
        self, context: Context, card_ids: Sequence[int], about: str, left_out: Sequence[Violation] = ()
    ) -> None:
        """Offer to print; ``left_out`` names those who got no card."""
        super().__init__(context, f"Imprimer {words.counted(len(card_ids))}", about)
        self._ids = tuple(card_ids)
        options = [(variant.value, words.VARIANTS[variant]) for variant in Variant]
        self.variant = Choice("Sur quel papier\u202f?", options, cards_printing.own_variant(context.desk).value)
        self.printer = printer_box(context)
        self._advice = label("", "hint", wrap=True)
        self.variant.changed.connect(self._advise)
        for piece in (self.variant, label("Imprimante", "label"), self.printer, self._advice):
            self.inside.addWidget(piece)
        self.done_button = self.add_button("Elles sont sorties", self._record)
        self.done_button.setToolTip("Noter l’impression, par exemple d’un PDF imprimé ailleurs")
        self.print_button = self.add_button("Aperçu et impression…", self.preview, "primary")
        self._advise(self.variant.code)
        self.show_found(left_out)
        if left_out:
            self.error.setText("Laissées de côté\u00a0:")
            self.error.show()

    def begin(self) -> None:
        """The main button: Entrée prints."""
        self.print_button.setFocus()

    def preview(self) -> None:
        """Draw on the long lane and show."""
        from antenne.print import sheets

        variant, printer = Variant(self.variant.code), chosen_printer(self.printer)
        self.context.memory.keep(_PRINTER, self.printer.currentText())
        run = self.context.operations.run
        run(SHORT, cards_printing.keep_variant, self.context.desk, variant, owner=self, done=_ignore)
        command = DrawCards(card_ids=self._ids, variant=variant, printer=printer)
        job = PrintJob(
            title="Cartes",
            file_name="cartes.pdf",
            render=cards_printing.render_cards,
            args=(self.context.desk, command, sheets.render_cards),
            with_progress=True,
            printed=self._ask,
        )
        self.context.printing.preview(job, self)

    def _ask(self) -> None:
        """A jammed printer prints nothing: she says whether the cards are there."""
        question = (
            "La carte est-elle bien sortie\u202f?"
            if len(self._ids) == 1
            else "Les cartes sont-elles bien sorties\u202f?"
        )
        if self.context.dialogs.confirm(self.window(), question, "Oui, noter l’impression", "Non"):
            self._record()

    def _record(self) -> None:
        command = RecordPrint(request_id=self.request_id, card_ids=self._ids)
        run = self.context.operations.run
        run(SHORT, cards_printing.record_print, self.context.desk, command, owner=self, done=self._recorded)

    def _recorded(self, done: Done[int]) -> None:
        self.tell("Impression notée. Il reste à remettre.", done.changes)
        self.gives_way.emit(None)

    def _advise(self, code: str) -> None:
        advice = {
            Variant.SHEET.value: "Recto verso, reliure sur le grand côté, taille réelle (100\u00a0%). Essayez d’abord "
            "une page\u202f; si les cartes sont décalées, réglez l’imprimante.",
            Variant.FOLD.value: "Un seul côté, papier ordinaire\u00a0: couper, plier, coller, plastifier.",
            Variant.PRINTER.value: "Une carte par page, recto puis verso.",
        }
        self._advice.setText(advice[code])


class PrinterPanel(Panel):
    """Four distances measured on the calibration page, for one printer."""

    _LABELS = (
        ("x", "Recto, du bord gauche à la croix A"),
        ("y", "Recto, du bord haut à la croix A"),
        ("back_x", "Verso, du bord gauche à la croix B"),
        ("back_y", "Verso, du bord haut à la croix B"),
    )

    def __init__(self, context: Context) -> None:
        """Show what is remembered of the chosen printer."""
        super().__init__(context, "Régler l’imprimante")
        self.printer = printer_box(context)
        self.printer.currentIndexChanged.connect(self._show_kept)
        self.inside.addWidget(label("Imprimante", "label"))
        self.inside.addWidget(self.printer)
        advice = "Imprimez la page de réglage, mesurez, écrivez ce que dit la règle, en millimètres."
        self.inside.addWidget(label(advice, "hint", wrap=True))
        grid = QGridLayout()
        self.fields: dict[str, QLineEdit] = {}
        self._errors = {}
        for row, (key, words_) in enumerate(self._LABELS):
            field = QLineEdit()
            field.setFixedWidth(84)
            field.setAccessibleName(words_)
            name = label(words_, wrap=True)
            name.setBuddy(field)
            self.fields[key] = field
            self._errors[key] = label("", "error", wrap=True)
            self._errors[key].hide()
            grid.addWidget(name, 2 * row, 0)
            grid.addWidget(field, 2 * row, 1)
            grid.addWidget(self._errors[key], 2 * row + 1, 0, 1, 2)
        self.inside.addLayout(grid)
        self.add_button("Page de réglage…", self._page)
        self.add_button("Enregistrer", self.save, "primary")
        self._show_kept()

    def begin(self) -> None:
        """The printer comes first."""
        self.printer.setFocus()

    def save(self) -> None:
        """Keep what was measured."""
        self.error.hide()
        read = {key: read_tenths(field.text()) for key, field in self.fields.items()}
        bad = [key for key, value in read.items() if value is None]
        for key, shown in self._errors.items():
            shown.setText("Tapez des millimètres, par exemple 30,5." if key in bad else "")
            shown.setVisible(key in bad)
        if bad:
            self.fields[bad[0]].setFocus()
            return
        offsets = rules.measured_offsets(*(value for value in read.values() if value is not None))
        self.context.operations.run(
            SHORT,
            cards_printing.keep_offsets,
            self.context.desk,
            chosen_printer(self.printer),
            offsets,
            owner=self,
            done=self._kept,
            broken=self._refused,
        )

    def _kept(self, done: Done[Offsets]) -> None:
        self.context.memory.keep(_PRINTER, self.printer.currentText())
        self.tell("Réglage de l’imprimante gardé.", done.changes)
        self.gives_way.emit(None)

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        for violation in violations:
            shown = self._errors.get(violation.field or "", self.error)
            shown.setText(sentences.sentence(violation))
            shown.show()

    def _show_kept(self) -> None:
        offsets = cards_printing.offsets_of(self.context.desk, chosen_printer(self.printer))
        for field, tenths in zip(self.fields.values(), rules.measures(offsets), strict=True):
            field.setText(f"{tenths // 10},{tenths % 10}")

    def _page(self) -> None:
        from antenne.print import calibration

        job = PrintJob(
            title="Page de réglage", file_name="reglage-imprimante.pdf", render=partial(calibration.render_calibration)
        )
        self.context.printing.preview(job, self)


def read_tenths(typed: str) -> int | None:
    """Tenths of a millimetre from « 30,5 », « 30.5 », « 30 mm »; None where it is none."""
    whole, _, part = typed.replace("mm", "").strip().replace(".", ",").partition(",")
    if not whole.isdecimal() or not (part.isdecimal() or not part) or len(whole) > 3:  # noqa: PLR2004 - 999 mm is beyond any paper
        return None
    return int(whole) * 10 + int((part + "0")[0])


def new_request() -> str:
    """A request id of its own for one intention of the user."""
    return uuid.uuid4().hex


def _ignore(_done: object) -> None:
    """The choice is kept; nothing on the screen depends on it."""
