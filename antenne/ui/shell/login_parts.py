"""Parts of the login that come after the first paint: the demonstration's band, the closed door, the help."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QMessageBox, QTextBrowser, QVBoxLayout, QWidget

from antenne.services.demo_accounts import DemoUser
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.icons import pixmap
from antenne.wording.typesetting import typeset

_HELP_WIDTH = 360
_PER_ROW = 2

_ROLES = {
    "responsable": "responsable",
    "secretaire": "secrétaire",
    "caissiere": "caissière",
    "ecoutante": "écoutante",
    "lecture": "lecture seule",
}


def demo_band(accounts: Sequence[DemoUser], chosen: Callable[[DemoUser], None]) -> QWidget:
    """« Bureau de démonstration »: its users, each filling in her own label and phrase."""
    band = QFrame()
    band.setProperty("role", "band")
    band.setProperty("tone", "info")
    column = QVBoxLayout(band)
    column.setContentsMargins(4 * t.SPACE, 3 * t.SPACE, 4 * t.SPACE, 3 * t.SPACE)
    column.setSpacing(2 * t.SPACE)
    words = "Bureau de démonstration\u00a0: des personnes fictives. Choisissez qui ouvre."
    column.addWidget(label(words, wrap=True))
    grid = QGridLayout()
    grid.setSpacing(2 * t.SPACE)
    for place, account in enumerate(accounts):
        made = button(f"{account.name} · {_ROLES.get(account.role, account.role)}")
        made.clicked.connect(lambda _checked=False, one=account: chosen(one))
        grid.addWidget(made, place // _PER_ROW, place % _PER_ROW)
    column.addLayout(grid)
    return band


def closed_door(sentence: str, restore: Callable[[], object] | None, leave: Callable[[], object]) -> Card:
    """What stands in the place of the form when the folder cannot be opened: why, and what to do."""
    card = Card(role="alert")
    card.body.setContentsMargins(6 * t.SPACE, 5 * t.SPACE, 6 * t.SPACE, 6 * t.SPACE)
    card.body.setSpacing(4 * t.SPACE)
    head = QHBoxLayout()
    head.setSpacing(3 * t.SPACE)
    picture = QLabel()
    picture.setPixmap(pixmap("warning", t.DANGER, 28))
    picture.setAccessibleName("Attention")
    head.addWidget(picture)
    head.addWidget(label("Antenne ne peut pas s’ouvrir ici", "title"))
    head.addStretch(1)
    card.body.addLayout(head)
    card.body.addWidget(label(sentence, wrap=True))
    card.setAccessibleName(sentence)
    row = QHBoxLayout()
    row.setSpacing(2 * t.SPACE)
    buttons = [button("Quitter", "plain", leave)]
    if restore is not None:
        buttons.insert(0, button("Restaurer une sauvegarde…", "primary", restore))
    for made in buttons:
        row.addWidget(made)
    row.addStretch(1)
    card.body.addLayout(row)
    card.setFocusProxy(buttons[0])
    return card


def help_page(words: str, close: Callable[[], object], parent: QWidget) -> QFrame:
    """The help of this window, at its right edge; Échap closes it."""
    frame = QFrame(parent)
    frame.setObjectName("doorHelp")
    frame.setStyleSheet(f"#doorHelp {{ background: {t.PAPER}; border: none; border-left: 1px solid {t.LINE}; }}")
    frame.setFixedWidth(_HELP_WIDTH)
    column = QVBoxLayout(frame)
    column.setContentsMargins(4 * t.SPACE, 3 * t.SPACE, 3 * t.SPACE, 3 * t.SPACE)
    head = QHBoxLayout()
    head.addWidget(label("Aide", "heading"))
    head.addStretch(1)
    head.addWidget(button("Fermer", "plain", close))
    browser = QTextBrowser()
    browser.setFrameShape(QFrame.Shape.NoFrame)
    browser.setOpenLinks(False)
    browser.setMarkdown(typeset(words))
    browser.setAccessibleName("Aide de cet écran")
    column.addLayout(head)
    column.addWidget(browser, 1)
    return frame


def in_use_notice(sentence: str) -> QMessageBox:
    """« Antenne est déjà ouverte »: all that a second start shows. Shown by the caller; closing it ends the program."""
    box = QMessageBox()
    box.setWindowTitle("Antenne")
    box.setIcon(QMessageBox.Icon.Information)
    box.setText(sentence)
    box.addButton("Fermer", QMessageBox.ButtonRole.AcceptRole)
    return box
