"""« Préparer l’année »: what would be made, then the batch with its progress."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox

from antenne.domain.changes import Done
from antenne.domain.dues import YearPlan
from antenne.domain.violations import Violation
from antenne.services import dues_keeping
from antenne.services.dues_keeping import PrepareYear
from antenne.ui.cashbook.dues_side import SideCard
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import label
from antenne.ui.kit.operations import LONG, SHORT
from antenne.ui.kit.progress_panel import ProgressPanel, step_watcher
from antenne.wording import dues as words
from antenne.wording import formats


class YearCard(SideCard):
    """The year, what it would make, the button, the bar."""

    def __init__(self, context: Context) -> None:
        """Propose the present year, and from December on the next one."""
        super().__init__(context, "Préparer l’année")
        today = context.clock.today()
        self.year = QComboBox()
        self.year.setAccessibleName("Année à préparer")
        for year in range(today.year - 1, today.year + 2):
            self.year.addItem(str(year), year)
        self.year.setCurrentText(str((today + dt.timedelta(days=31)).year))
        self.plan = label("", wrap=True)
        hint = (
            "Chaque adhérente reçoit sa cotisation de l’année, et ses mois si elle est à l’assurance. Ce qui existe "
            "déjà ne change pas\u202f: on peut recommencer sans risque."
        )
        self.progress = ProgressPanel(context.clock)
        self.progress.hide()
        for piece in (label("Année", "label"), self.year, self.plan, label(hint, "hint", wrap=True), self.progress):
            self.inside.addWidget(piece)
        self.prepare_button = self.add_button("Préparer", self.prepare, "primary")
        self.prepare_button.setEnabled(False)
        self.year.currentIndexChanged.connect(self.read_again)
        self.progress.stop_requested.connect(self._stop)

    def begin(self) -> None:
        """The year."""
        self.read_again()
        self.year.setFocus()

    def read_again(self) -> None:
        """What this year would make."""
        self.plan.setText("Calcul…")
        self.prepare_button.setEnabled(False)
        self.context.operations.run(
            SHORT,
            dues_keeping.plan_year,
            self.context.desk,
            self.year.currentData(),
            owner=self,
            done=self._show,
            broken=self.refuse,
            latest=True,
        )

    def _show(self, plan: YearPlan) -> None:
        self.prepare_button.setEnabled(plan.dues > 0)
        self.plan.setText(plan_words(plan))

    def prepare(self) -> None:
        """Make them, on the long lane."""
        self.set_busy(busy=True)
        self.year.setEnabled(False)
        self.error.hide()
        self.progress.begin("Cotisations de l’année…")
        self.progress.show()
        command = PrepareYear(request_id=self.request_id, year=self.year.currentData())
        self._ticket = self.context.operations.run(
            LONG,
            dues_keeping.prepare_year,
            self.context.desk,
            command,
            owner=self,
            done=self._made,
            broken=self.refuse,
            problem=self._failed,
            progress=step_watcher(self.progress, words.STEPS.__getitem__),
            stopped=self._stopped,
        )

    def refuse(self, violations: Sequence[Violation]) -> None:
        """The bar goes, the sentence stays."""
        self.progress.hide()
        self.year.setEnabled(True)
        super().refuse(violations)

    def _stop(self) -> None:
        self._ticket.stop()

    def _stopped(self) -> None:
        self.refuse(())
        self.error.setText("Arrêté\u00a0: aucune cotisation n’a été préparée.")
        self.error.show()

    def _failed(self, problem: Exception) -> None:
        self.refuse(())
        self.context.operations.say_problem(problem)

    def _made(self, done: Done[YearPlan]) -> None:
        made = formats.plural(done.value.dues, "ligne préparée", "lignes préparées")
        self.finished.emit(f"{done.value.year}\u00a0: {made}.", done.changes)


def plan_words(plan: YearPlan) -> str:
    """« 812 femmes, 1 240 lignes, 1 240 000 FCFA en tout. Exemptées, laissées de côté : 12. »."""
    left = f" Exemptées, laissées de côté\u00a0: {formats.number(plan.exempt)}." if plan.exempt else ""
    there = f" Déjà prêtes\u00a0: {formats.number(plan.already)}." if plan.already else ""
    if not plan.dues:
        return f"Rien à préparer pour {plan.year}.{there}{left}"
    lines = formats.plural(plan.dues, "ligne", "lignes")
    return f"{words.women(plan.women)}, {lines}, {formats.amount(plan.amount)} en tout.{there}{left}"
