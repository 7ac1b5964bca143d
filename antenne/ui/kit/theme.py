"""The look of the whole program: Fusion, the tokens, the bundled font, Qt's own dialogs in French.

Widgets are styled by property, so a screen never writes a colour:
``QLabel[role]`` = label, hint, error, title, subtitle, heading, muted, strong, figure, pill (with ``tone``);
``QLineEdit/QPlainTextEdit/QComboBox[error="true"]``; ``QPushButton[kind]`` = primary, danger, plain, link;
``QFrame[role]`` = card, closed, focus, alert, band (with ``tone``), separator.
"""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from antenne.base.paths import resource
from antenne.ui.kit import tokens as t
from antenne.ui.kit.stylesheet import stylesheet


def apply_theme(app: QApplication) -> None:
    """Dress the application once, before the first window.

    Raises:
        FileNotFoundError: A bundled font is missing: the installation is damaged.
    """
    app.setStyle("Fusion")
    for name in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"):
        path = resource(f"fonts/{name}")
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(path)
    app.setFont(font(t.FONT_POINT))
    app.setPalette(_palette())
    app.setStyleSheet(stylesheet())
    speak_french(app)


def speak_french(app: QApplication) -> None:
    """Give Qt's own buttons, menus and dialogs their French words, and dates their French form."""
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.Mali))
    translator = QTranslator(app)
    if translator.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def font(points: float, *, bold: bool = False) -> QFont:
    """The program's font at ``points``."""
    made = QFont(t.FONT_FAMILY)
    made.setPointSizeF(points)
    made.setBold(bold)
    return made


def restyle(widget: QWidget, **properties: object) -> None:
    """Set style properties (``error=True``, ``tone="good"``) and have the sheet applied again where one changed."""
    changed = False
    for name, value in properties.items():
        text = ("true" if value else "false") if isinstance(value, bool) else value
        if widget.property(name) != text:
            widget.setProperty(name, text)
            changed = True
    if changed:
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()


def _palette() -> QPalette:
    """The colours that Fusion paints where the sheet says nothing."""
    palette = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: t.GROUND,
        role.WindowText: t.INK,
        role.Base: t.PAPER,
        role.AlternateBase: t.GROUND,
        role.Text: t.INK,
        role.Button: t.PAPER,
        role.ButtonText: t.INK,
        role.ToolTipBase: t.INK,
        role.ToolTipText: t.PAPER,
        role.Highlight: t.PRIMARY,
        role.HighlightedText: t.PAPER,
        role.PlaceholderText: t.MUTED,
        role.Link: t.PRIMARY,
        role.LinkVisited: t.PRIMARY,
        role.Accent: t.PRIMARY,
    }
    for which, colour in pairs.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.MUTED))
    return palette
