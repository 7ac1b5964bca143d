"""Editing the chart: what an account may be called, which uses it keeps, when it and a box may rest.

The program posts to accounts by their use (:class:`antenne.domain.accounts.Use`); each use has one account at any time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from antenne.domain import text as texts
from antenne.domain.accounts import Account, AccountKind, Use
from antenne.domain.cashbook import Box, CashDay
from antenne.domain.forms.model import Field, Form, Kind, Section
from antenne.domain.violations import Violation

MOST_LABEL: Final = 60
KINDS: Final = "account_kinds"
"""Name of the list of kinds, given by who shows the form."""
HEIRS: Final = "account_heirs"
"""Name of the list of accounts that a use may go to."""

_CODE: Final = re.compile(r"[1-9][0-9]{1,7}")
_SYCEBNL: Final = re.compile(r"[1-9][0-9]{1,5}")
_CLASSES: Final[Mapping[AccountKind, str]] = {
    AccountKind.FUNDS: "1",
    AccountKind.ASSET: "2345",
    AccountKind.LIABILITY: "145",
    AccountKind.EXPENSE: "68",
    AccountKind.INCOME: "78",
}
"""Classes of SYCEBNL in which an account of a kind may stand."""

_INCOME: Final = frozenset({AccountKind.INCOME})
_EXPENSE: Final = frozenset({AccountKind.EXPENSE})
_FITTING: Final[Mapping[str, frozenset[AccountKind]]] = {
    Use.JOINING: frozenset({AccountKind.INCOME, AccountKind.FUNDS}),
    Use.MEMBERSHIP: _INCOME,
    Use.INSURANCE: _INCOME,
    Use.CARD: _INCOME,
    Use.FEES: _INCOME,
    Use.RENT: _INCOME,
    Use.GRANT: frozenset({AccountKind.INCOME, AccountKind.FUNDS, AccountKind.LIABILITY}),
    Use.OTHER_INCOME: _INCOME,
    Use.SURPLUS: _INCOME,
    Use.CHANGE_DUE: frozenset({AccountKind.LIABILITY}),
    Use.ADVANCE: frozenset({AccountKind.ASSET}),
    Use.INDEMNITY: _EXPENSE,
    Use.SHORTAGE: _EXPENSE,
    Use.OPENING: frozenset({AccountKind.FUNDS}),
    Use.CARRIED: frozenset({AccountKind.FUNDS}),
}
"""Kinds of account that a use may have; the joining fee is an endowment where the statutes say so (SYCEBNL 103)."""

_CARRIED: Final = frozenset({Use.CHANGE_DUE, Use.ADVANCE})
"""Uses whose account says what is still owed: with boxes, they stay where their entries are."""

ACCOUNT: Final = Form(
    key="account",
    version=1,
    title="Compte",
    sections=(
        Section(
            key="account",
            title="",
            fields=(
                Field(key="code", label="Numéro", kind=Kind.TEXT, required=True, max_length=8, hint="Par ex. 6053"),
                Field(
                    key="sycebnl",
                    label="SYCEBNL",
                    kind=Kind.TEXT,
                    required=True,
                    max_length=6,
                    hint="Compte national, pour le comptable",
                ),
                Field(key="label", label="Intitulé", kind=Kind.TEXT, required=True, max_length=MOST_LABEL, width=3),
                Field(key="kind", label="Nature", kind=Kind.CHOICE, options=KINDS, required=True),
                Field(key="active", label="Proposé pour les écritures", kind=Kind.YES_NO, required=True),
            ),
        ),
    ),
)
"""An account, added or changed."""

USE: Final = Form(
    key="account_use",
    version=1,
    title="Usage d’un compte",
    sections=(
        Section(
            key="use",
            title="",
            fields=(Field(key="account", label="Confier à", kind=Kind.CHOICE, options=HEIRS, required=True, width=3),),
        ),
    ),
)
"""To which account a use goes."""

BOX: Final = Form(
    key="box",
    version=1,
    title="Caisse",
    sections=(
        Section(
            key="box",
            title="",
            fields=(
                Field(
                    key="box_label",
                    label="Nom de la caisse",
                    kind=Kind.TEXT,
                    required=True,
                    max_length=MOST_LABEL,
                    width=2,
                ),
                Field(key="box_active", label="Utilisée", kind=Kind.YES_NO, required=True),
            ),
        ),
    ),
)
"""The name of a box, and whether it is used."""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One account as the chart shows it.

    Attributes:
        account: The account.
        used: An entry stands on it: number and kind are fixed.
        box: The box whose account it is, or None.
    """

    account: Account
    used: bool
    box: Box | None = None


def is_box(use: str) -> bool:
    """Whether a use is that of a box."""
    return use.startswith(Use.BOX)


def fits(use: str, kind: AccountKind) -> bool:
    """Whether an account of that kind may have that use."""
    return kind is AccountKind.ASSET if is_box(use) else kind in _FITTING.get(use, frozenset())


def is_carried(use: str) -> bool:
    """Whether the use stays with its account once entries stand there: what is owed or held is read from it."""
    return is_box(use) or use in _CARRIED


def heirs(use: str, accounts: Sequence[Account]) -> tuple[Account, ...]:
    """The accounts that a use may go to: of a fitting kind, offered, without a use of their own."""
    return tuple(one for one in accounts if one.active and not one.role and fits(use, one.kind))


def check_account(
    wanted: Account, before: Account | None, others: Sequence[Account], *, used: bool
) -> tuple[Violation, ...]:
    """Whether an account may be written so.

    Args:
        wanted: As it would be.
        before: As it is; None for a new one.
        others: Every other account.
        used: An entry stands on it.

    Returns:
        ``accounts.code_form``, ``accounts.code_taken``, ``accounts.code_used``, ``accounts.label``,
        what ``text.violations`` finds, ``accounts.sycebnl_form``, ``accounts.sycebnl_class``, ``accounts.kind_used``,
        ``accounts.kind_use``, ``accounts.rest_use``.
    """
    found = [*_check_code(wanted, others), *_check_words(wanted)]
    if before is not None and used and wanted.code != before.code:
        found.append(Violation("accounts.code_used", "code", (("code", before.code),)))
    if before is not None and used and wanted.kind is not before.kind:
        found.append(Violation("accounts.kind_used", "kind", (("code", before.code),)))
    if wanted.role and not fits(wanted.role, wanted.kind):
        found.append(Violation("accounts.kind_use", "kind"))
    if wanted.role and not wanted.active:
        found.append(Violation("accounts.rest_use", "active", (("code", wanted.code),)))
    return tuple(found)


def _check_code(wanted: Account, others: Sequence[Account]) -> tuple[Violation, ...]:
    if not _CODE.fullmatch(wanted.code):
        return (Violation("accounts.code_form", "code"),)
    taken = next((one for one in others if one.code == wanted.code), None)
    if taken is None:
        return ()
    return (Violation("accounts.code_taken", "code", (("code", taken.code), ("label", taken.label))),)


def _check_words(wanted: Account) -> tuple[Violation, ...]:
    found: list[Violation] = []
    if not wanted.label:
        found.append(Violation("accounts.label", "label"))
    found.extend(texts.violations(wanted.label, "label", MOST_LABEL))
    if not _SYCEBNL.fullmatch(wanted.sycebnl):
        found.append(Violation("accounts.sycebnl_form", "sycebnl"))
    elif wanted.sycebnl[0] not in _CLASSES[wanted.kind]:
        classes = ", ".join(_CLASSES[wanted.kind])
        found.append(Violation("accounts.sycebnl_class", "sycebnl", (("classes", classes),)))
    return tuple(found)


def check_use(use: str, holder: Account, heir: Account, *, used: bool) -> tuple[Violation, ...]:
    """Whether a use of the program may go from one account to another.

    Args:
        use: One of ``accounts.Use``.
        holder: Who has it.
        heir: Who would have it.
        used: An entry stands on the holder.

    Returns:
        ``accounts.use_carried``, ``accounts.use_taken``, ``accounts.use_resting``, ``accounts.use_kind``.
    """
    found: list[Violation] = []
    if used and is_carried(use):
        found.append(Violation("accounts.use_carried", "account", (("code", holder.code),)))
    if heir.role:
        found.append(Violation("accounts.use_taken", "account", (("code", heir.code),)))
    if not heir.active:
        found.append(Violation("accounts.use_resting", "account", (("code", heir.code),)))
    if not fits(use, heir.kind):
        found.append(Violation("accounts.use_kind", "account", (("code", heir.code),)))
    return tuple(found)


def check_box(wanted: Box, others: Sequence[Box], day: CashDay | None, holds: int) -> tuple[Violation, ...]:
    """Whether a box may be renamed or put to rest.

    Args:
        wanted: As it would be.
        others: Every other box.
        day: Its day that was opened last, or None.
        holds: What lies in it, in FCFA.

    Returns:
        ``accounts.box_label``, what ``text.violations`` finds, ``accounts.box_taken``, ``accounts.box_cash``,
        ``accounts.box_open``, ``accounts.box_holds``.
    """
    found: list[Violation] = []
    if not wanted.label:
        found.append(Violation("accounts.box_label", "box_label"))
    found.extend(texts.violations(wanted.label, "box_label", MOST_LABEL))
    if any(one.label.casefold() == wanted.label.casefold() for one in others):
        found.append(Violation("accounts.box_taken", "box_label", (("label", wanted.label),)))
    return (*found, *(() if wanted.active else _check_rest(wanted, day, holds)))


def _check_rest(wanted: Box, day: CashDay | None, holds: int) -> tuple[Violation, ...]:
    if wanted.is_cash:
        return (Violation("accounts.box_cash", "box_active"),)
    if day is not None and day.is_open:
        return (Violation("accounts.box_open", "box_active", (("day", day.day),)),)
    if holds:
        return (Violation("accounts.box_holds", "box_active", (("holds", holds),)),)
    return ()
