"""Roles and what they allow (rules: Roles). They order the work; only the compartment is a wall."""

from __future__ import annotations

from enum import Enum


class Role(Enum):
    """A user's roles add up."""

    RESPONSABLE = "responsable"
    SECRETAIRE = "secretaire"
    CAISSIERE = "caissiere"
    ECOUTANTE = "ecoutante"
    LECTURE = "lecture"


class Right(Enum):
    """One permission, asked by name in every service that changes or shows something."""

    READ_PERSONS = "read_persons"
    WRITE_PERSONS = "write_persons"
    ERASE_PERSONS = "erase_persons"
    IMPORT = "import"
    EXPORT = "export"
    PRINT_CARDS = "print_cards"
    BACKUP = "backup"
    RESTORE = "restore"
    SETTINGS = "settings"
    USERS = "users"
    CASH_IN = "cash_in"
    CASH_OUT = "cash_out"
    CASH_DAY = "cash_day"
    ACCOUNTS_READ = "accounts_read"
    ACCOUNTS_WRITE = "accounts_write"
    CIVIL = "civil"
    COMPARTMENT = "compartment"
    AGGREGATES = "aggregates"


_SECRETARY = frozenset(
    {
        Right.READ_PERSONS,
        Right.WRITE_PERSONS,
        Right.IMPORT,
        Right.EXPORT,
        Right.PRINT_CARDS,
        Right.CIVIL,
        Right.BACKUP,
        Right.AGGREGATES,
    }
)

_CASHIER = frozenset(
    {
        Right.READ_PERSONS,
        Right.CASH_IN,
        Right.CASH_OUT,
        Right.CASH_DAY,
        Right.ACCOUNTS_READ,
        Right.BACKUP,
        Right.AGGREGATES,
    }
)

GRANTED: dict[Role, frozenset[Right]] = {
    Role.RESPONSABLE: frozenset(Right),
    Role.SECRETAIRE: _SECRETARY,
    Role.CAISSIERE: _CASHIER,
    Role.ECOUTANTE: frozenset({Right.READ_PERSONS, Right.COMPARTMENT, Right.AGGREGATES}),
    Role.LECTURE: frozenset({Right.AGGREGATES}),
}
"""What each role may do (rules: Roles)."""


def rights_of(roles: frozenset[Role]) -> frozenset[Right]:
    """Everything that these roles allow together."""
    return frozenset().union(*(GRANTED[role] for role in roles))
