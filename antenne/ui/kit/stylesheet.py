"""The style sheet, written from the tokens."""

from __future__ import annotations

from antenne.base.paths import resource
from antenne.ui.kit import tokens as t


def stylesheet() -> str:
    """The whole sheet, part after part."""
    parts = (
        _labels(),
        _frames(),
        _buttons(),
        _pill_buttons(),
        _inputs(),
        _choices(),
        _lists(),
        _tabs_and_bars(),
        _rest(),
    )
    return "\n".join(parts)


def _icon(name: str) -> str:
    """A sheet's address of an icon; forward slashes work on every system."""
    return f'url("{resource(f"icons/{name}.svg").as_posix()}")'


def _labels() -> str:
    roles = f"""
    QLabel {{ background: transparent; }}
    QLabel[role="label"] {{ color: {t.MUTED}; font-size: {t.SMALL_POINT}pt; }}
    QLabel[role="hint"] {{ color: {t.MUTED}; font-size: {t.HINT_POINT}pt; }}
    QLabel[role="error"] {{ color: {t.DANGER}; font-size: {t.HINT_POINT}pt; }}
    QLabel[role="title"] {{ font-size: {t.TITLE_POINT}pt; font-weight: bold; }}
    QLabel[role="subtitle"], QLabel[role="muted"] {{ color: {t.MUTED}; }}
    QLabel[role="heading"] {{ font-size: {t.HEADING_POINT}pt; font-weight: bold; }}
    QLabel[role="strong"] {{ font-weight: bold; }}
    QLabel[role="column"] {{ color: {t.MUTED}; font-size: {t.SMALL_POINT}pt; font-weight: bold; }}
    QLabel[role="figure"] {{ font-size: {t.FIGURE_POINT}pt; font-weight: bold; }}
    QLabel[role="pill"] {{
        font-size: {t.SMALL_POINT}pt; font-weight: bold; border-radius: 11px; padding: 2px 11px;
        min-height: 18px; max-height: 18px; }}
    """
    for tone, (ink, tint) in t.TONES.items():
        roles += f"""
        QLabel[role="pill"][tone="{tone}"] {{ color: {ink}; background: {tint}; }}
        QFrame[role="band"][tone="{tone}"] {{ background: {tint}; border: 1px solid {ink};
            border-radius: {t.RADIUS}px; }}
        QLabel[role="figure"][tone="{tone}"] {{ color: {t.INK if tone in ("neutral", "info") else ink}; }}
        QLabel[role="note"][tone="{tone}"] {{ color: {ink}; font-size: {t.SMALL_POINT}pt; font-weight: bold; }}
        """
    return (
        roles
        + f"""
    QLabel[role="note"][tone="neutral"] {{ color: {t.MUTED}; font-size: {t.SMALL_POINT}pt; font-weight: normal; }}
    """
    )


def _pill_buttons() -> str:
    """Pills that open something."""
    sheet = f"""
    QPushButton[kind="pill"] {{ border: 2px solid transparent; border-radius: 12px; padding: 0 10px;
        min-height: 20px; max-height: 20px; font-size: {t.SMALL_POINT}pt; }}
    QPushButton[kind="pill"]:focus {{ border: 2px solid {t.PRIMARY}; }}
    """
    for tone, (ink, tint) in t.TONES.items():
        sheet += f'QPushButton[kind="pill"][tone="{tone}"] {{ color: {ink}; background: {tint}; }}'
        sheet += f'QPushButton[kind="pill"][tone="{tone}"]:hover {{ border-color: {ink}; }}'
    return sheet


def _frames() -> str:
    card = f"border-radius: {t.CARD_RADIUS}px;"
    return f"""
    QFrame[role="card"] {{ background: {t.PAPER}; border: 1px solid {t.LINE}; {card} }}
    QFrame[role="closed"] {{ background: {t.CLOSED_GROUND}; border: 1px solid {t.LINE}; {card} }}
    QFrame[role="focus"] {{ background: {t.PAPER}; border: 2px solid {t.PRIMARY}; {card} }}
    QFrame[role="alert"] {{ background: {t.PAPER}; border: 2px solid {t.DANGER}; {card} }}
    QFrame[role="separator"] {{ background: {t.LINE}; border: none; max-height: 1px; min-height: 1px; }}
    """


def _buttons() -> str:
    inner = t.CONTROL_HEIGHT - 2
    return f"""
    QPushButton {{
        background: {t.PAPER}; color: {t.INK}; border: 1px solid {t.CONTROL_LINE}; border-radius: {t.RADIUS}px;
        padding: 0 15px; min-height: {inner}px; max-height: {inner}px; font-weight: bold; }}
    QPushButton:hover {{ background: {t.GROUND}; border-color: {t.MUTED}; }}
    QPushButton:pressed {{ background: {t.FOOT}; }}
    QPushButton:focus {{ border: 2px solid {t.PRIMARY}; padding: 0 14px;
        min-height: {inner - 2}px; max-height: {inner - 2}px; }}
    QPushButton:disabled {{ color: {t.MUTED}; background: {t.FOOT}; border-color: {t.LINE}; }}
    QPushButton:checked {{ background: {t.PRIMARY_TINT}; color: {t.PRIMARY}; border-color: {t.PRIMARY}; }}
    QPushButton[kind="primary"] {{ background: {t.PRIMARY}; color: {t.PAPER}; border-color: {t.PRIMARY}; }}
    QPushButton[kind="primary"]:hover {{ background: {t.PRIMARY_DARK}; }}
    QPushButton[kind="primary"]:focus {{ border: 2px solid {t.ACCENT}; }}
    QPushButton[kind="danger"] {{ background: {t.DANGER}; color: {t.PAPER}; border-color: {t.DANGER}; }}
    QPushButton[kind="danger"]:hover {{ background: {t.DANGER_DARK}; }}
    QPushButton[kind="danger"]:focus {{ border: 2px solid {t.INK}; }}
    QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled {{
        background: {t.FOOT}; color: {t.MUTED}; border-color: {t.LINE}; }}
    QPushButton[kind="link"] {{ background: transparent; border: 2px solid transparent; color: {t.PRIMARY};
        padding: 0 4px; min-height: 24px; max-height: 24px; text-align: left; font-weight: normal; }}
    QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
    QPushButton[kind="link"]:focus {{ border-color: {t.PRIMARY}; }}
    QPushButton[kind="link"]:checked {{ color: {t.INK}; text-decoration: underline; background: transparent; }}
    QToolButton {{ background: transparent; border: 2px solid transparent; border-radius: {t.RADIUS}px; padding: 3px; }}
    QToolButton:hover {{ background: {t.FOOT}; }}
    QToolButton:focus {{ border-color: {t.PRIMARY}; }}
    """


def _inputs() -> str:
    inner = t.CONTROL_HEIGHT - 2
    every = "QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox"
    one_line = "QLineEdit, QComboBox, QAbstractSpinBox"
    focus = ", ".join(f"{name}:focus" for name in every.split(", "))
    wrong = ", ".join(f'{name}[error="true"]' for name in every.split(", "))
    return f"""
    {every} {{ background: {t.PAPER}; color: {t.INK}; border: 1px solid {t.CONTROL_LINE};
        border-radius: {t.RADIUS}px; padding: 0 10px;
        selection-background-color: {t.PRIMARY}; selection-color: {t.PAPER}; }}
    {one_line} {{ min-height: {inner}px; max-height: {inner}px; }}
    {focus} {{ border: 2px solid {t.PRIMARY}; padding: 0 9px; }}
    QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {{
        min-height: {inner - 2}px; max-height: {inner - 2}px; }}
    {wrong} {{ border: 2px solid {t.DANGER}; padding: 0 9px; }}
    QLineEdit[error="true"], QComboBox[error="true"] {{ min-height: {inner - 2}px; max-height: {inner - 2}px; }}
    QLineEdit[compact="true"], QLineEdit[compact="true"]:focus, QLineEdit[compact="true"][error="true"] {{
        min-height: 22px; max-height: 22px; }}
    QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {{ background: {t.FOOT}; color: {t.MUTED}; }}
    QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {t.GROUND}; }}
    QPlainTextEdit, QTextEdit {{ padding: 6px 8px; }}
    QPlainTextEdit:focus, QTextEdit:focus {{ padding: 5px 7px; }}
    QComboBox::drop-down {{ border: none; width: 26px; }}
    QComboBox::down-arrow {{ image: {_icon("chevron-down")}; width: 14px; height: 14px; }}
    QComboBox QAbstractItemView {{ background: {t.PAPER}; border: 1px solid {t.CONTROL_LINE}; outline: none;
        selection-background-color: {t.PRIMARY_TINT}; selection-color: {t.INK}; }}
    QComboBox QAbstractItemView::item {{ min-height: 30px; }}
    QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {{ border: none; padding: 0 6px; min-height: 0;
        background: transparent; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; width: 20px; background: transparent; }}
    QAbstractSpinBox::up-arrow {{ image: {_icon("chevron-up")}; width: 12px; height: 12px; }}
    QAbstractSpinBox::down-arrow {{ image: {_icon("chevron-down")}; width: 12px; height: 12px; }}
    """


def _choices() -> str:
    return f"""
    QCheckBox, QRadioButton {{ spacing: 8px; min-height: 24px; background: transparent; }}
    QCheckBox::indicator, QRadioButton::indicator {{ width: 16px; height: 16px; background: {t.PAPER};
        border: 2px solid {t.MUTED}; border-radius: 4px; }}
    QRadioButton::indicator {{ border-radius: 10px; }}
    QCheckBox::indicator:checked {{ background: {t.PRIMARY}; border-color: {t.PRIMARY};
        image: {_icon("check-white")}; }}
    QRadioButton::indicator:checked {{ border-color: {t.PRIMARY}; image: {_icon("radio-dot")}; }}
    QCheckBox::indicator:indeterminate {{ background: {t.PRIMARY_TINT}; border-color: {t.PRIMARY}; }}
    QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: 2px solid {t.ACCENT}; }}
    QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ background: {t.FOOT}; border-color: {t.LINE}; }}
    """


def _lists() -> str:
    return f"""
    QAbstractItemView {{ background: {t.PAPER}; border: 1px solid transparent; border-radius: {t.RADIUS}px;
        outline: none; selection-background-color: {t.PRIMARY_TINT}; selection-color: {t.INK}; }}
    QAbstractItemView:focus {{ border: 1px solid {t.PRIMARY}; }}
    QTableView {{ gridline-color: {t.LINE}; }}
    QTableView::item {{ padding: 0 8px; border-bottom: 1px solid {t.LINE}; }}
    QTableView::item:selected {{ background: {t.PRIMARY_TINT}; color: {t.INK}; }}
    QHeaderView {{ background: transparent; border: none; }}
    QHeaderView, QHeaderView::section {{ font-family: "{t.FONT_FAMILY}"; }}
    QHeaderView::section {{ background: {t.PAPER}; color: {t.MUTED}; font-size: {t.SMALL_POINT}pt; font-weight: bold;
        border: none; border-bottom: 1px solid {t.CONTROL_LINE}; padding: 6px 10px; }}
    QHeaderView::section:hover {{ color: {t.INK}; }}
    QHeaderView::up-arrow {{ image: {_icon("sort-up")}; width: 16px; height: 16px;
        subcontrol-position: center right; }}
    QHeaderView::down-arrow {{ image: {_icon("sort-down")}; width: 16px; height: 16px;
        subcontrol-position: center right; }}
    QTableCornerButton::section {{ background: {t.PAPER}; border: none; }}
    """


def _tabs_and_bars() -> str:
    return f"""
    QTabWidget::pane {{ border: none; border-top: 1px solid {t.LINE}; top: -1px; }}
    QTabBar {{ background: transparent; qproperty-drawBase: 0; }}
    QTabBar::tab {{ background: transparent; color: {t.MUTED}; font-weight: bold; padding: 9px 14px;
        border: 2px solid transparent; border-bottom: 3px solid transparent; }}
    QTabBar[dense="true"]::tab {{ padding: 9px 8px; }}
    QTabBar::tab:selected {{ color: {t.PRIMARY}; border-bottom: 3px solid {t.PRIMARY}; }}
    QTabBar::tear {{ width: 0; border: none; image: none; }}
    QTabBar::tab:hover {{ color: {t.INK}; }}
    QTabBar::tab:selected:focus {{ border: 2px solid {t.PRIMARY}; border-bottom: 3px solid {t.PRIMARY}; }}
    QProgressBar {{ background: {t.NEUTRAL_TINT}; border: none; border-radius: 7px; min-height: 14px;
        max-height: 14px; color: transparent; }}
    QProgressBar::chunk {{ background: {t.PRIMARY}; border-radius: 7px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
    QScrollBar::handle {{ background: {t.CONTROL_LINE}; border-radius: 4px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::handle:hover {{ background: {t.MUTED}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def _rest() -> str:
    return f"""
    QScrollArea {{ background: transparent; border: none; }}
    QScrollArea > QWidget > QWidget {{ background: transparent; }}
    QAbstractScrollArea::corner {{ background: transparent; border: none; }}
    QTextBrowser, QTextBrowser:focus {{ border: none; border-radius: 0; padding: 4px 12px; }}
    QMenu {{ background: {t.PAPER}; border: 1px solid {t.CONTROL_LINE}; padding: 4px; }}
    QMenu::item {{ padding: 7px 22px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.PRIMARY_TINT}; color: {t.INK}; }}
    QMenu::item:disabled {{ color: {t.MUTED}; }}
    QMenu::separator {{ height: 1px; background: {t.LINE}; margin: 4px 8px; }}
    QToolTip {{ background: {t.INK}; color: {t.PAPER}; border: none; padding: 5px 8px; }}
    QSplitter::handle {{ background: transparent; }}
    """
