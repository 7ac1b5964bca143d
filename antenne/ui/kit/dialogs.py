"""Questions to the user, injected so that a test answers them.

File dialogs are Qt's own, not the system's: they speak French, and the system keeps no list of the files chosen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

WINDOW_TITLE = "Antenne"
"""Of every window: no name, no subject (ui: Habits)."""


class Dialogs(Protocol):
    """Everything that is asked in a window of its own."""

    def ask_file_open(self, parent: QWidget, title: str, pattern: str) -> Path | None:
        """A file to read; ``pattern`` is « Classeur (*.xlsx) »; None when she gave up."""
        ...

    def ask_file_save(self, parent: QWidget, title: str, name: str, pattern: str) -> Path | None:
        """A file to write, ``name`` proposed; None when she gave up."""
        ...

    def ask_folder(self, parent: QWidget, title: str) -> Path | None:
        """A folder; None when she gave up."""
        ...

    def confirm(
        self, parent: QWidget, text: str, yes_label: str, no_label: str = "Annuler", *, danger: bool = False
    ) -> bool:
        """A question; « no » is what Entrée answers where ``danger``."""
        ...

    def print_dialog(self, parent: QWidget, printer: QPrinter, pages: int) -> bool:
        """The system's print dialog, which sets ``printer``; False when she gave up."""
        ...


class QtDialogs:
    """The real questions."""

    def ask_file_open(self, parent: QWidget, title: str, pattern: str) -> Path | None:
        """A file to read."""
        chosen, _ = QFileDialog.getOpenFileName(
            parent, title, str(Path.home()), pattern, options=QFileDialog.Option.DontUseNativeDialog
        )
        return Path(chosen) if chosen else None

    def ask_file_save(self, parent: QWidget, title: str, name: str, pattern: str) -> Path | None:
        """A file to write; replacing one is asked first. A missing extension is added."""
        chosen, _ = QFileDialog.getSaveFileName(
            parent, title, str(Path.home() / name), pattern, options=QFileDialog.Option.DontUseNativeDialog
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(Path(name).suffix)

    def ask_folder(self, parent: QWidget, title: str) -> Path | None:
        """A folder."""
        options = QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly
        chosen = QFileDialog.getExistingDirectory(parent, title, str(Path.home()), options)
        return Path(chosen) if chosen else None

    def confirm(
        self, parent: QWidget, text: str, yes_label: str, no_label: str = "Annuler", *, danger: bool = False
    ) -> bool:
        """A question with two worded buttons."""
        box = QMessageBox(parent)
        box.setWindowTitle(WINDOW_TITLE)
        box.setText(text)
        box.setIcon(QMessageBox.Icon.Warning if danger else QMessageBox.Icon.Question)
        yes = box.addButton(yes_label, QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(no_label, QMessageBox.ButtonRole.RejectRole)
        yes.setProperty("kind", "danger" if danger else "primary")
        box.setDefaultButton(no if danger else yes)
        box.setEscapeButton(no)
        box.exec()
        answer = box.clickedButton() is yes
        box.deleteLater()
        return answer

    def print_dialog(self, parent: QWidget, printer: QPrinter, pages: int) -> bool:
        """The system's print dialog."""
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(WINDOW_TITLE)
        dialog.setMinMax(1, pages)
        dialog.setFromTo(1, pages)
        accepted = dialog.exec() == QPrintDialog.DialogCode.Accepted
        dialog.deleteLater()
        return bool(accepted)
