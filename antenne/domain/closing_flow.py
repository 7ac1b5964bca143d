"""The closing of the caisse, step by step: count, statements, review, sheet. A value, so that a draft can hold it.

Whatever is typed is kept as typed. A power cut at any step leaves either the draft of this value, or a closed day whose
sheet is still to be printed: :func:`resume` goes on from both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Final

from antenne.domain.cashbook import DENOMINATIONS, CashCount, Pieces
from antenne.domain.money import read_amount, read_count
from antenne.domain.violations import Violation

DRAFT: Final = "cash_count"
"""Form key of the draft; its subject is the cash day."""

DRAFT_VERSION: Final = 1


class Step(Enum):
    """Where the closing stands."""

    COUNT = "count"
    STATEMENTS = "statements"
    REVIEW = "review"
    SHEET = "sheet"
    DONE = "done"


_TYPING: Final = (Step.COUNT, Step.STATEMENTS, Step.REVIEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One box that is closed with the day.

    Attributes:
        opening: FCFA at the opening.
        came: In since then.
        went: Out since then.
    """

    code: str
    label: str
    is_cash: bool
    opening: int
    came: int
    went: int

    @property
    def theoretical(self) -> int:
        """What must lie in it."""
        return self.opening + self.came - self.went

    @property
    def statement_field(self) -> str:
        """Where the balance of its statement is typed."""
        return f"statement.{self.code}"

    @property
    def reason_field(self) -> str:
        """Where its gap is explained; the same word as in the service's violations."""
        return "reason" if self.is_cash else f"reason.{self.code}"


@dataclass(frozen=True, slots=True)
class Figure:
    """What the review shows of one box.

    Attributes:
        counted: Counted, or read from the statement; its own balance where nothing was typed.
        reason: The explanation as typed.
    """

    asked: Asked
    counted: int
    reason: str

    @property
    def gap(self) -> int:
        """Counted less theoretical: negative when money is missing."""
        return self.counted - self.asked.theoretical


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingFlow:
    """One closing under way.

    Attributes:
        cash_day_id: The day of the caisse.
        day: Its date.
        asked: The boxes, the caisse first.
        step: Where it stands.
        texts: Field to what was typed: ``good[500]``, ``worn[500]``, ``statement.banque``, ``reason``.
    """

    cash_day_id: int
    day: dt.date
    asked: tuple[Asked, ...]
    step: Step = Step.COUNT
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def others(self) -> tuple[Asked, ...]:
        """The boxes whose statement is read."""
        return tuple(one for one in self.asked if not one.is_cash)

    @property
    def count(self) -> CashCount:
        """Notes and coins; what cannot be read counts for nothing until it is corrected."""
        return CashCount(
            {
                value: Pieces(self._whole(good_field(value)), self._whole(worn_field(value)))
                for value in DENOMINATIONS
                if self.text(good_field(value)) or self.text(worn_field(value))
            }
        )

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Theoretical, counted and explanation of each box."""
        return tuple(Figure(one, self._counted(one), self.text(one.reason_field)) for one in self.asked)

    @property
    def gaps(self) -> tuple[Figure, ...]:
        """The boxes that are not right."""
        return tuple(one for one in self.figures if one.gap)

    @property
    def statements(self) -> dict[str, int]:
        """Box code to the balance of its statement, where one was typed."""
        return {one.code: self._counted(one) for one in self.others if self.text(one.statement_field)}

    @property
    def reasons(self) -> dict[str, str]:
        """Box code to explanation, of the boxes beside the caisse that have a gap."""
        return {one.asked.code: one.reason for one in self.gaps if not one.asked.is_cash}

    @property
    def reason(self) -> str:
        """The explanation of the caisse's gap; empty where there is none."""
        return next((one.reason for one in self.gaps if one.asked.is_cash), "")

    @property
    def body(self) -> dict[str, Any]:
        """The draft."""
        return {"step": self.step.value, "texts": dict(self.texts)}

    def text(self, name: str) -> str:
        """What is typed in a field, without spaces around."""
        return self.texts.get(name, "").strip()

    def line(self, value: int) -> int:
        """FCFA of one line of the count, worn pieces included."""
        return value * (self._whole(good_field(value)) + self._whole(worn_field(value)))

    def _whole(self, name: str) -> int:
        read = read_count(self.text(name)) if self.text(name) else 0
        return read if isinstance(read, int) else 0

    def _counted(self, one: Asked) -> int:
        if one.is_cash:
            return self.count.total
        read = read_amount(self.text(one.statement_field)) if self.text(one.statement_field) else one.theoretical
        return read if isinstance(read, int) else one.theoretical


def good_field(value: int) -> str:
    """Field of the good pieces of a denomination."""
    return f"good[{value}]"


def worn_field(value: int) -> str:
    """Field of its « abîmés / refusés »."""
    return f"worn[{value}]"


def fields_of(flow: ClosingFlow, step: Step) -> tuple[str, ...]:
    """The fields of a step, in the order Entrée goes through them: all the good pieces, then all the worn ones."""
    if step is Step.COUNT:
        return tuple(make(value) for make in (good_field, worn_field) for value in DENOMINATIONS)
    if step is Step.STATEMENTS:
        return tuple(one.statement_field for one in flow.others)
    return tuple(one.asked.reason_field for one in flow.gaps) if step is Step.REVIEW else ()


def write(flow: ClosingFlow, name: str, text: str) -> ClosingFlow:
    """What was typed in a field; what the day has become is not changed by it.

    Raises:
        ValueError: The day is closed: nothing is typed any more (a bug of the screen).
    """
    if flow.step not in _TYPING:
        raise ValueError(flow.step.value)
    return replace(flow, texts={**flow.texts, name: text})


def check(flow: ClosingFlow) -> tuple[Violation, ...]:
    """What stands against leaving this step, each beside its field.

    Returns:
        ``count.…`` for pieces, ``money.…`` for a statement, ``cashbook.gap_unexplained`` for a gap.
    """
    if flow.step is Step.COUNT:
        return _unread(flow, read_count)
    if flow.step is Step.STATEMENTS:
        return _unread(flow, read_amount)
    if flow.step is Step.REVIEW:
        return tuple(
            Violation("cashbook.gap_unexplained", one.asked.reason_field, (("gap", one.gap),))
            for one in flow.gaps
            if not one.reason
        )
    return ()


def _unread(flow: ClosingFlow, read: Any) -> tuple[Violation, ...]:
    found = []
    for name in fields_of(flow, flow.step):
        value = read(flow.text(name)) if flow.text(name) else 0
        if isinstance(value, Violation):
            found.append(Violation(value.code, name, value.values))
    return tuple(found)


def forward(flow: ClosingFlow) -> ClosingFlow:
    """The next step of typing; the same value where something stands against it, or where closing itself is next."""
    if flow.step not in _TYPING or check(flow):
        return flow
    after = {Step.COUNT: Step.STATEMENTS if flow.others else Step.REVIEW, Step.STATEMENTS: Step.REVIEW}
    return replace(flow, step=after.get(flow.step, flow.step))


def back(flow: ClosingFlow) -> ClosingFlow:
    """The step before; a closed day is not opened again."""
    before = {Step.REVIEW: Step.STATEMENTS if flow.others else Step.COUNT, Step.STATEMENTS: Step.COUNT}
    return replace(flow, step=before.get(flow.step, flow.step))


def may_close(flow: ClosingFlow) -> bool:
    """Everything was shown and explained: the day may be closed."""
    return flow.step is Step.REVIEW and not check(flow)


def closed(flow: ClosingFlow) -> ClosingFlow:
    """The day is closed; its sheet is to be printed."""
    return replace(flow, step=Step.SHEET)


def printed(flow: ClosingFlow) -> ClosingFlow:
    """The sheet came out."""
    return replace(flow, step=Step.DONE) if flow.step is Step.SHEET else flow


def resume(
    cash_day_id: int, day: dt.date, asked: tuple[Asked, ...], body: Mapping[str, Any] | None = None
) -> ClosingFlow:
    """A closing from its draft, or a new one.

    A draft that holds something else than texts, fields of boxes that are no longer open, or a step that no longer
    exists, is taken for what can be used of it. A box whose day moved since keeps what was typed: the gap says so.
    """
    flow = ClosingFlow(cash_day_id=cash_day_id, day=day, asked=asked)
    kept = (body or {}).get("texts")
    texts = kept if isinstance(kept, Mapping) else {}
    allowed = {*fields_of(flow, Step.COUNT), *fields_of(flow, Step.STATEMENTS), *(one.reason_field for one in asked)}
    flow = replace(
        flow, texts={name: text for name, text in texts.items() if name in allowed and isinstance(text, str)}
    )
    wanted = (body or {}).get("step")
    for step in (Step.STATEMENTS, Step.REVIEW):
        if wanted in {step.value, Step.REVIEW.value} and flow.step is not Step.REVIEW:
            flow = forward(flow)
    return flow
