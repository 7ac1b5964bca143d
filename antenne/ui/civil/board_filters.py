"""The filters over board and list: démarche, place, whose paper, what to look at, a search."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from antenne.domain.civil_overview import OPEN_STEPS, BoardFilter, Scope
from antenne.domain.civil_routes import ENDED, Beneficiary, Step
from antenne.services.civil_reading import Choices
from antenne.ui.civil.board_words import SOON
from antenne.ui.kit import tokens as t
from antenne.wording import civil as words

_SEARCH_AFTER = 180


class Look(Enum):
    """What is to be looked at; the value is the word of a target."""

    ALL = "all"
    ASLEEP = "asleep"
    BLOCKED = "blocked"
    HEARING = "hearing"
    DELAY = "delay"
    CHILDREN = "children"


LOOKS = {
    Look.ALL: "Tous les états",
    Look.ASLEEP: "Endormis",
    Look.BLOCKED: "Bloqués",
    Look.HEARING: f"Audience sous {SOON}\u00a0jours",
    Look.DELAY: "Délai qui finit",
    Look.CHILDREN: "Enfants sans acte",
}
_SCOPES = {Scope.OPEN: "Ouverts", Scope.CLOSED: "Finis", Scope.ALL: "Tous"}
_WHOSE = {
    Beneficiary.SELF: "Pour elle-même",
    Beneficiary.CHILD: "Pour son enfant",
    Beneficiary.MINOR: "Pour une mineure",
}


class BoardFilters(QWidget):
    """One row of filters; those of the list alone are hidden on the board."""

    changed = Signal()

    def __init__(self) -> None:
        """Begin with everything that is open."""
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Nom ou n°…")
        self.search.setAccessibleName("Chercher un dossier")
        self.search.setClearButtonEnabled(True)
        self.route = _combo("Démarche", "Toutes les démarches")
        self.place = _combo("Lieu", "Tous les lieux")
        self.whose = _combo("Pour qui", "Pour toutes")
        for whose, said in _WHOSE.items():
            self.whose.addItem(said, whose)
        self.look = _combo("À regarder", "")
        for look, said in LOOKS.items():
            self.look.addItem(said, look)
        self.school_class = _combo("Classe", "Toutes les classes")
        self.step = _combo("Étape", "Toutes les étapes")
        for step in (*OPEN_STEPS, *(one for one in Step if one in ENDED)):
            self.step.addItem(words.STEPS_OF_FILES[step], step)
        self.scope = _combo("Ouverts ou finis", "")
        for scope, said in _SCOPES.items():
            self.scope.addItem(said, scope)
        self._listed = False
        self.look.currentIndexChanged.connect(self._arrange)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * t.SPACE)
        row.addWidget(self.search, 1)
        for box, width in (
            (self.route, 186), (self.place, 150), (self.whose, 132), (self.look, 160),
            (self.school_class, 150), (self.step, 162), (self.scope, 110),
        ):  # fmt: skip
            box.setMaximumWidth(width)
            box.setMinimumWidth(92)
            row.addWidget(box)
            box.currentIndexChanged.connect(self.changed)
        self._timer = QTimer(self, singleShot=True, interval=_SEARCH_AFTER)
        self._timer.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda _typed: self._timer.start())

    @property
    def asked(self) -> BoardFilter:
        """What is asked for now."""
        look = self.look.currentData()
        asked = BoardFilter(
            typed=self.search.text(),
            route_key=self.route.currentData() or "",
            place=self.place.currentData() or "",
            beneficiary=self.whose.currentData(),
            asleep=look is Look.ASLEEP,
            blocked=look is Look.BLOCKED,
            hearing_within=SOON if look is Look.HEARING else None,
            delay_ending=look is Look.DELAY,
            without_act=look is Look.CHILDREN,
            school_class=(self.school_class.currentData() or "") if look is Look.CHILDREN else "",
        )
        if self.step.isHidden():
            return asked
        return replace(asked, step=self.step.currentData(), scope=self.scope.currentData())

    @property
    def narrowed(self) -> bool:
        """Something more than « everything that is open » is asked for."""
        return self.asked != BoardFilter()

    def show_for(self, *, listed: bool) -> None:
        """Show or hide what the list alone asks."""
        self._listed = listed
        self._arrange()

    def _arrange(self) -> None:
        """The class is asked where children are looked at; step and scope give way to it."""
        children = self.look.currentData() is Look.CHILDREN
        self.school_class.setVisible(children)
        for box in (self.step, self.scope):
            box.setVisible(self._listed and not children)

    def choose(self, look: Look = Look.ALL, step: Step | None = None, school_class: str = "") -> None:
        """What a target asks for; a class is offered even before its list is read."""
        if school_class and self.school_class.findData(school_class) < 0:
            self.school_class.addItem(school_class, school_class)
        self.school_class.setCurrentIndex(max(self.school_class.findData(school_class or None), 0))
        self.look.setCurrentIndex(self.look.findData(look))
        self.step.setCurrentIndex(max(self.step.findData(step), 0))
        self.scope.setCurrentIndex(self.scope.findData(Scope.OPEN))

    def offer(self, choices: Choices) -> None:
        """Démarches and places; what was chosen stays."""
        offered = ((self.route, choices.routes), (self.place, choices.places), (self.school_class, choices.classes))
        for box, options in offered:
            chosen = box.currentData()
            box.blockSignals(True)
            while box.count() > 1:
                box.removeItem(1)
            for option in options:
                box.addItem(option.label, option.code)
            box.setCurrentIndex(max(box.findData(chosen), 0))
            box.blockSignals(False)


def _combo(name: str, every: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(name)
    if every:
        made.addItem(every, None)
    return made
