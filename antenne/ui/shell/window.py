"""The one window: its screens in their frame, where they lead, what they are told, and the cover over all of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from antenne.base.clock import Clock
from antenne.domain.board import Badge, Target, Tone
from antenne.domain.changes import Changes
from antenne.domain.scans import Scan
from antenne.ui.kit import shortcuts
from antenne.ui.kit.area import Area, Context, NavEntry, Screen
from antenne.ui.kit.clipboard import forget_copied
from antenne.ui.kit.dialogs import WINDOW_TITLE, Dialogs
from antenne.ui.kit.memory import Memory
from antenne.ui.kit.operations import SHORT, Operations
from antenne.ui.kit.printing import Printing
from antenne.ui.kit.scanner import Scanner
from antenne.ui.shell.board import find_scan, load_badges
from antenne.ui.shell.cover import CoverPage
from antenne.ui.shell.frame import Frame, ShellInfo
from antenne.ui.shell.history import History
from antenne.ui.shell.home import HomeScreen
from antenne.ui.shell.watch import Watch

if TYPE_CHECKING:
    from antenne.services.desk import Desk

HOME = Target("home")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What ``app.py`` made and the window hands on."""

    desk: Desk
    operations: Operations
    dialogs: Dialogs
    printing: Printing
    clock: Clock
    memory: Memory
    words: Callable[[Exception], str]


class MainWindow(QMainWindow):
    """Shows the areas; it is the :class:`antenne.ui.kit.navigator.Navigator`."""

    lock_requested = Signal(bool)
    """The page is covered, drafts are kept: a fresh process may take over. True: show the neutral page."""
    closing = Signal()
    """The window is about to close, drafts are kept."""

    def __init__(self, areas: Sequence[Area], tools: Tools, info: ShellInfo, parent: QWidget | None = None) -> None:
        """Build the frame; screens are made at their first visit."""
        super().__init__(parent)
        self._tools = tools
        self._info = info
        self._areas = tuple(areas)
        self._screens: dict[str, Screen] = {}
        self._history = History(HOME)
        self._hidden_shown = False
        self._covered = False
        self.setWindowTitle(WINDOW_TITLE)
        self.setMinimumSize(QSize(560, 420))
        self.context = Context(
            desk=tools.desk,
            operations=tools.operations,
            navigator=self,
            dialogs=tools.dialogs,
            printing=tools.printing,
            clock=tools.clock,
            broadcast=self.broadcast,
            notify=self.notify,
            memory=tools.memory,
            person_cards=tuple(area.person_card for area in self._areas if area.person_card is not None),
            baskets=tuple(area.basket for area in self._areas if area.basket is not None),
            month_ends=tuple(line for area in self._areas for line in area.month_end),
            checks=tuple(check for area in self._areas for check in area.checks),
        )
        home = Area(key=HOME.area, nav=NavEntry("Accueil", shortcuts.HOME, "home"), factory=self._make_home)
        self._known = {area.key: area for area in (home, *self._areas)}
        self._build()
        self._bind_keys()
        self._watch_application()
        tools.operations.report_to(self.show_problem, self.show_bug)
        self.open(HOME)
        self._read_badges()
        self._ask_where_to_begin()

    # --- Navigator -----------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """Show that place and remember the present one."""
        self._history.visit(target)
        self._show(target)

    def back(self) -> None:
        """Return to the place before this one."""
        target = self._history.back()
        if target is not None:
            self._show(target)

    def _ask_where_to_begin(self) -> None:
        """An area may have a question to settle first (the last stub, after a restore)."""
        asked = tuple(area.begin for area in self._areas if area.begin is not None)
        if asked:
            self._tools.operations.run(
                SHORT, _first_place, self._tools.desk, asked, owner=self, done=self._begin_there, key="begin"
            )

    def _begin_there(self, target: Target | None) -> None:
        if target is not None and self._history.here == HOME:
            self.open(target)

    # --- What screens and ``app.py`` say to the window -------------------------------------------------------------

    def broadcast(self, changes: Changes) -> None:
        """Tell every open screen what changed."""
        for screen in self._screens.values():
            screen.on_changes(changes)
        self._read_badges()

    def notify(self, sentence: str, tone: Tone = "good") -> None:
        """Show a sentence in the band on top."""
        self.band.say(sentence, tone)

    def show_problem(self, error: Exception) -> None:
        """Show what the user can act on."""
        self.band.say(self._tools.words(error), "danger")

    def show_bug(self, error: BaseException) -> None:
        """Say that the program is at fault; ``app.py`` writes the report before it calls this."""
        name = type(error).__name__
        sentence = (
            f"Le programme s’est trompé ({name}). Rien de ce qui était enregistré n’est perdu\u202f; recommencez."
        )
        self.band.say(sentence, "danger")

    @property
    def current_screen(self) -> Screen:
        """The screen in sight."""
        return self._screens[self._history.here.area]

    def show_help(self) -> None:
        """F1: the help of the screen in sight, or away with it."""
        self._frame.toggle_help(self.current_screen.help_key)

    def search(self, text: str) -> None:
        """Ctrl+K with these letters typed; an empty text closes the search."""
        if text:
            self._frame.search(text)
        else:
            self._frame.close_search()

    # --- Covering ------------------------------------------------------------------------------------------------

    def hide_everything(self) -> None:
        """« Masquer », F12, Ctrl+Espace: the neutral page, at once; then the lock is asked for."""
        if not self._covered:
            self._cover.show_neutral(self._tools.clock.today())
            self._cover_now(hide=True)

    def lock(self) -> None:
        """« Verrouiller », or nobody there: cover, then the lock is asked for."""
        if not self._covered:
            self._cover.show_locked()
            self._cover_now(hide=False)

    def uncover(self) -> None:
        """The lock could not be taken: back to work."""
        self._covered = False
        self._pages.setCurrentWidget(self._frame)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the drafts, tell ``app.py``."""
        self._keep_drafts()
        self._watch.end()
        self._scanner.end()
        forget_copied()
        self.closing.emit()
        super().closeEvent(event)

    # --- Building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._frame = frame = Frame(self._info, self._entries(), self._areas, self._tools.desk, self._tools.operations)
        frame.side.chosen.connect(self._open_area)
        frame.top.hide_asked.connect(self.hide_everything)
        frame.top.lock_asked.connect(self.lock)
        frame.top.badge_opened.connect(self.open)
        frame.found.connect(self.open)
        frame.help_left.connect(self._focus_screen)
        self.band = frame.band
        self._cover = CoverPage()
        self._pages = QStackedWidget()
        self._pages.addWidget(frame)
        self._pages.addWidget(self._cover)
        self.setCentralWidget(self._pages)

    def _entries(self) -> list[tuple[str, NavEntry]]:
        """The lines of the side bar that the user may see."""
        entries = []
        for key, area in self._known.items():
            nav = area.nav
            if nav is not None and (not nav.rights or any(self._tools.desk.may(right) for right in nav.rights)):
                entries.append((key, nav))
        return entries

    def _bind_keys(self) -> None:
        """Every key belongs to the frame, so that none works under the cover."""
        frame = self._frame
        keys: dict[str, Callable[[], object]] = {
            shortcuts.HELP: self.show_help,
            shortcuts.SEARCH: frame.focus_search,
            shortcuts.NEW: self._new,
            shortcuts.SAVE: self._save,
            shortcuts.PRINT: self._print,
            shortcuts.REFRESH: self._refresh,
            shortcuts.BALANCES: self._toggle_hidden,
            shortcuts.BACK: self._escape,
            shortcuts.LOCK: self.lock,
        }
        for key, nav in self._entries():
            if nav.key:
                keys[nav.key] = partial(self._open_area, key)
        for sequence, slot in keys.items():
            shortcuts.bind(frame, sequence, slot)

    def _watch_application(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._watch = Watch(app, self._tools.clock, self._info.idle_minutes)
        self._watch.hide_pressed.connect(self.hide_everything)
        self._watch.idle.connect(self.lock)
        self._scanner = Scanner(app, self)
        self._scanner.scanned.connect(self._scanned)

    def _make_home(self, context: Context) -> Screen:
        return HomeScreen(context, self._areas)

    # --- Moving --------------------------------------------------------------------------------------------------

    def _open_area(self, key: str) -> None:
        self.open(Target(key))

    def _show(self, target: Target) -> None:
        """Make the screen if need be, and show it."""
        before = self._frame.stack.currentWidget()
        if isinstance(before, Screen):
            before.keep_draft()
        screen = self._screens.get(target.area)
        if screen is None:
            screen = self._known[target.area].factory(self.context)
            self._screens[target.area] = screen
            self._frame.stack.addWidget(screen)
            screen.show_hidden(shown=self._hidden_shown)
        self._frame.close_search()
        if self.band.text and before is not screen:
            self.band.dismiss()
        self._frame.stack.setCurrentWidget(screen)
        self._frame.side.show_current(target.area)
        screen.setFocus()
        screen.open(target)
        self._frame.show_hints(screen.hints or HomeScreen.hints)
        if self._frame.help.isVisible():
            self._frame.help.show_page(screen.help_key)

    def _escape(self) -> None:
        """Close the nearest open thing, else go back."""
        searching = self._frame.answers.isVisible()
        if self._frame.escape():
            if searching:
                self._focus_screen()
        elif not self.current_screen.escape():
            self.back()

    def _new(self) -> None:
        self.current_screen.new()

    def _save(self) -> None:
        self.current_screen.save()

    def _print(self) -> None:
        self.current_screen.print_()

    def _refresh(self) -> None:
        self.current_screen.refresh()

    def _focus_screen(self) -> None:
        held = self.current_screen.focusWidget()
        (held or self.current_screen).setFocus()

    # --- Balances, badges, scans -----------------------------------------------------------------------------------

    def _toggle_hidden(self) -> None:
        self._hidden_shown = not self._hidden_shown
        for screen in self._screens.values():
            screen.show_hidden(shown=self._hidden_shown)

    def _read_badges(self) -> None:
        self._tools.operations.run(
            SHORT, load_badges, self._areas, self._tools.desk, owner=self, done=self._show_badges, latest=True
        )

    def _show_badges(self, badges: tuple[Badge, ...]) -> None:
        self._frame.top.show_badges(badges)

    def _scanned(self, scan: Scan) -> None:
        if not self._covered and QApplication.activeModalWidget() is None:
            self._tools.operations.run(
                SHORT,
                _with_scan,
                self._areas,
                self._tools.desk,
                scan,
                owner=self,
                done=self._open_scan,
            )

    def _open_scan(self, found: tuple[Scan, Target | None]) -> None:
        scan, target = found
        if target is not None:
            self.open(target)
        else:
            self.notify(f"Ce code n’est pas connu ici\u00a0: {scan.number}", "warning")

    # --- Covering, in detail -------------------------------------------------------------------------------------

    def _cover_now(self, *, hide: bool) -> None:
        """Cover first, then everything else: what follows may take a moment."""
        self._covered = True
        self._pages.setCurrentWidget(self._cover)
        self._cover.setFocus()
        self._cover.repaint()
        self._close_other_windows()
        forget_copied()
        self._hidden_shown = False
        self._keep_drafts()
        self.lock_requested.emit(hide)

    def _close_other_windows(self) -> None:
        """Dialogs and menus go with the page they stood on."""
        for other in QApplication.topLevelWidgets():
            if other is not self and other.isVisible():
                other.close()
                other.hide()

    def _keep_drafts(self) -> None:
        for screen in self._screens.values():
            screen.keep_draft()


def _with_scan(areas: Sequence[Area], desk: Desk, scan: Scan) -> tuple[Scan, Target | None]:
    """The scan and where it leads."""
    return scan, find_scan(areas, desk, scan)


def _first_place(desk: Desk, asked: Sequence[Callable[[Desk], Target | None]]) -> Target | None:
    """The first question that an area has to settle (short lane)."""
    return next((target for question in asked if (target := question(desk)) is not None), None)
