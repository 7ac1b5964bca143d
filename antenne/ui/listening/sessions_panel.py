"""« Écoutes »: the talks by day and motive, referrals that wait for an answer, appointments; search inside only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from antenne.domain.board import Target, Tone
from antenne.domain.changes import LISTENING, MEMBERS, SETTINGS, Changes
from antenne.domain.forms.listening import MOTIVES
from antenne.services import listening_reading
from antenne.services.desk import Desk
from antenne.services.listening_reading import Ready, SessionLine, SessionQuery
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import EmptyState, PageTitle, button
from antenne.ui.kit.models import Column, Fetch, PageOfRows, RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import PagedTable, Table
from antenne.ui.listening.keys import KEY
from antenne.ui.listening.reading import Followed, to_follow, who_words
from antenne.wording import formats
from antenne.wording import listening as words

VIEWS = {"all": "Toutes", "today": "Aujourd’hui", "follow": "À suivre", "next": "Rendez-vous"}
_AHEAD = dt.timedelta(days=60)
_BEHIND = dt.timedelta(days=30)


def fetcher(desk: Desk, query: Callable[[], SessionQuery], counted: Callable[[int, int], None]) -> Fetch:
    """The query of the list, run on the short lane; ``counted`` keeps sessions and persons."""

    def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> PageOfRows:
        asked = query()
        found = listening_reading.list_sessions(
            desk,
            SessionQuery(
                first=asked.first, last=asked.last, motive=asked.motive, typed=asked.typed, most=offset + limit
            ),
        )
        counted(found.sessions, found.persons)
        return PageOfRows(found.lines[offset : offset + limit], found.sessions)

    return fetch


def session_columns(today: Callable[[], dt.date]) -> tuple[Column, ...]:
    """What the list shows: nothing of what she said."""

    def state(line: SessionLine) -> str:
        if line.in_danger:
            return "en danger"
        return "mineure" if line.minor else ""

    def tone(line: SessionLine) -> Tone:
        return "danger" if line.in_danger else "warning"

    def day(line: SessionLine) -> str:
        return f"{formats.hour(line.at)}" if line.at.date() == today() else formats.day(line.at.date())

    return (
        Column(key="at", title="Quand", text=day, width=104, sortable=False),
        Column(key="number", title="N°", text=lambda line: line.number, width=112, sortable=False),
        Column(key="who", title="Qui", text=who_words, width=190, sortable=False),
        Column(key="rank", title="Fois", text=lambda line: words.follow_up(line.rank), width=104, muted=True,
               sortable=False),
        Column(key="motives", title="Motifs", text=lambda line: line.motives, width=0, sortable=False),
        Column(key="state", title="", text=state, width=104, pill=tone, sortable=False),
        Column(key="listener", title="Écoutante", text=lambda line: line.listener, width=112, muted=True,
               sortable=False),
    )  # fmt: skip


def _follow_columns(today: Callable[[], dt.date]) -> tuple[Column, ...]:
    def waited(one: Followed) -> str:
        if one.at is not None and one.at.date() >= today():
            return f"rendez-vous {formats.day(one.at.date())}"
        return "à demander"

    return (
        Column(key="sent", title="Depuis le", text=lambda one: formats.day(one.sent_on), width=104),
        Column(key="number", title="Écoute", text=lambda one: one.number, width=112),
        Column(key="who", title="Qui", text=lambda one: one.who, width=200),
        Column(key="service", title="Service", text=lambda one: words.SERVICES[one.service], width=170),
        Column(key="structure", title="Structure", text=lambda one: one.structure, width=0),
        Column(key="state", title="Réponse", text=waited, width=170,
               pill=lambda one: "info" if one.at is not None and one.at.date() >= today() else "warning"),
    )  # fmt: skip


def _next_columns(today: Callable[[], dt.date]) -> tuple[Column, ...]:
    def when(line: SessionLine) -> str:
        return "" if line.next_at is None else formats.moment(line.next_at)

    def state(line: SessionLine) -> str:
        assert line.next_at is not None
        return formats.days_ago(line.next_at.date(), today())

    def tone(line: SessionLine) -> Tone:
        assert line.next_at is not None
        return "danger" if line.next_at.date() < today() else "info"

    return (
        Column(key="next", title="Rendez-vous", text=when, width=170),
        Column(key="who", title="Qui", text=who_words, width=220),
        Column(key="motives", title="Motifs de la dernière écoute", text=lambda line: line.motives, width=0),
        Column(key="state", title="", text=state, width=130, pill=tone),
        Column(key="listener", title="Écoutante", text=lambda line: line.listener, width=112, muted=True),
    )


class SessionsPanel(Screen):
    """``open`` takes a view as action: ``follow``, ``next``, ``today``."""

    help_key = "listening"
    hints = "Entrée : ouvrir · Ctrl+N : nouvelle écoute · Ctrl+F : chercher ici · Ctrl+Page suiv. : onglet"

    def __init__(self, context: Context) -> None:
        """Build the views; the first visit reads them."""
        super().__init__()
        self._context = context
        self._view = "all"
        self._counts = (0, 0)
        self.title = PageTitle("Écoutes")
        self.title.add_button(button("Nouvelle écoute  Ctrl+N", "primary", self.new))
        self.search = QLineEdit()
        self.search.setPlaceholderText("Nom, n°, code, mots de l’écoute…")
        self.search.setAccessibleName("Chercher dans les écoutes")
        self.search.setClearButtonEnabled(True)
        self.motive = QComboBox()
        self.motive.setAccessibleName("Motif")
        self._list_motives()
        today = context.clock.today
        self.table = PagedTable(
            context.operations, session_columns(today), self._fetcher(), "Écoutes", memory=context.memory
        )
        self.follow = Table(RowsModel(_follow_columns(today), parent=self), "Orientations à suivre")
        self.next = Table(RowsModel(_next_columns(today), parent=self), "Rendez-vous")
        self.empty = EmptyState(
            "ear",
            "Aucune écoute ici",
            "Chaque entretien se note dans son ordre, et n’est lu que par les écoutantes et la responsable.",
            "Nouvelle écoute",
            self.new,
        )
        self.nothing = EmptyState(
            "check", "Rien à suivre", "Les orientations sans réponse et les rendez-vous sont ici."
        )
        self.stack = QStackedWidget()
        self._chips: dict[str, QPushButton] = {}
        self._build()

    def _build(self) -> None:
        filters = QHBoxLayout()
        filters.setSpacing(3 * t.SPACE)
        self.search.setMinimumWidth(280)
        filters.addWidget(self.search, 1)
        filters.addWidget(self.motive)
        for view, said in VIEWS.items():
            chip = button(said, "link", partial(self.show_view, view))
            chip.setCheckable(True)
            self._chips[view] = chip
            filters.addWidget(chip)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(self.title)
        whole.addLayout(filters)
        for place in (self.table, self.follow, self.next, self.empty, self.nothing):
            self.stack.addWidget(place)
        whole.addWidget(self.stack, 1)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self.search.setFocus)
        self.search.textChanged.connect(self._filtered)
        self.motive.currentIndexChanged.connect(self._filtered)
        self.search.returnPressed.connect(self._to_rows)
        self.table.opened.connect(self._open_line)
        self.next.opened.connect(self._open_line)
        self.follow.opened.connect(self._open_followed)
        self.table.paged.total_changed.connect(self._counted)

    # --- Screen ----------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A view; the list of every talk at first."""
        run = self._context.operations.run
        run(SHORT, listening_reading.prepare, self._context.desk, owner=self, done=self._prepared, latest=True)
        self.show_view(target.action if target.action in VIEWS else self._view)
        self._place().setFocus(Qt.FocusReason.OtherFocusReason)

    def _list_motives(self) -> None:
        """Every motive that a talk may have, also one that is no longer offered; the one chosen stays."""
        chosen = self.motive.currentData()
        with QSignalBlocker(self.motive):
            self.motive.clear()
            self.motive.addItem("Tous les motifs", "")
            for entry in self._context.desk.settings.lists.get(MOTIVES, ()):
                self.motive.addItem(entry.option.label.capitalize(), entry.option.code)
            self.motive.setCurrentIndex(max(0, self.motive.findData(chosen)))

    def on_changes(self, changes: Changes) -> None:
        """A talk, a woman's name, or a list changed."""
        if changes.touch(SETTINGS):
            self._list_motives()
        if (changes.touch(LISTENING) or changes.touch(MEMBERS)) and self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the view in sight again."""
        desk, run, today = self._context.desk, self._context.operations.run, self._context.clock.today()
        if self._view == "follow":
            run(SHORT, to_follow, desk, owner=self, done=self._show_follow, latest=True)
        elif self._view == "next":
            run(
                SHORT,
                listening_reading.appointments,
                desk,
                today - _BEHIND,
                today + _AHEAD,
                owner=self,
                done=self._show_next,
                latest=True,
            )
        else:
            self.table.reload(self._fetcher())

    def new(self) -> None:
        """Ctrl+N."""
        self._context.navigator.open(Target(KEY, action="session/new"))

    def escape(self) -> bool:
        """A search that holds letters is emptied first."""
        if self.search.text():
            self.search.clear()
            self.search.setFocus()
            return True
        return False

    def show_view(self, view: str) -> None:
        """One of the four, read anew."""
        self._view = view
        for name, chip in self._chips.items():
            chip.setChecked(name == view)
        listed = view in ("all", "today")
        self.search.setEnabled(listed)
        self.motive.setEnabled(listed)
        self.stack.setCurrentWidget(self._place())
        self.refresh()

    # --- What came -------------------------------------------------------------------------------------------------

    def _place(self) -> QWidget:
        return {"follow": self.follow, "next": self.next}.get(self._view, self.table)

    def _query(self) -> SessionQuery:
        today = self._context.clock.today() if self._view == "today" else None
        return SessionQuery(
            first=today, last=today, motive=self.motive.currentData() or "", typed=self.search.text().strip()
        )

    def _fetcher(self) -> Fetch:
        asked = self._query()
        return fetcher(self._context.desk, lambda: asked, self._keep_counts)

    def _keep_counts(self, sessions: int, persons: int) -> None:
        self._counts = (sessions, persons)

    def _prepared(self, ready: Ready) -> None:
        if ready.damaged:
            said = formats.plural(ready.damaged, "fiche ne s’ouvre pas", "fiches ne s’ouvrent pas")
            self._context.notify(f"{said}. Lancez «\u00a0Contrôler la base\u00a0» dans Sauvegarde.", "danger")

    def _counted(self, total: int) -> None:
        if self._view not in ("all", "today"):
            return
        sessions, persons = self._counts
        self.title.subtitle.setText(
            f"{formats.plural(sessions, 'écoute', 'écoutes')} · {formats.plural(persons, 'personne', 'personnes')}"
        )
        bare = not total and not self.search.text() and not self.motive.currentData() and self._view == "all"
        self.stack.setCurrentWidget(self.empty if bare else self.table)

    def _show_follow(self, rows: tuple[Followed, ...]) -> None:
        if self._view == "follow":
            self.follow.rows.show_rows(rows)
            self._say(len(rows), "orientation sans réponse", "orientations sans réponse")
            self.stack.setCurrentWidget(self.follow if rows else self.nothing)

    def _show_next(self, rows: tuple[SessionLine, ...]) -> None:
        if self._view == "next":
            self.next.rows.show_rows(rows)
            self._say(len(rows), "rendez-vous", "rendez-vous")
            self.stack.setCurrentWidget(self.next if rows else self.nothing)

    def _say(self, count: int, one: str, many: str) -> None:
        self.title.subtitle.setText(formats.plural(count, one, many))

    def _filtered(self) -> None:
        self.refresh()

    def _to_rows(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_line(self, line: SessionLine) -> None:
        self._context.navigator.open(Target(KEY, action=f"session/{line.id}"))

    def _open_followed(self, one: Followed) -> None:
        self._context.navigator.open(Target(KEY, action=f"session/{one.session_id}/referrals"))
