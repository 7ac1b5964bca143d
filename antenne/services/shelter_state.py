"""Whether the compartment is sheltered: what the key file says, and what the base remembers of it.

The key file is the wall. The base remembers only so that an older ``antenne.cles``, put back beside it, does not
quietly undo the shelter in this program; somebody with tools, that older file and a right-holder's phrase opens it all
the same.
"""

from __future__ import annotations

from typing import Final

from antenne.db import keys
from antenne.db.keys import KeyFile
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.settings import EPOCH
from antenne.services.desk import Desk

SHELTERED: Final = "keys.sheltered"
"""Setting: the compartment was sheltered, and not opened again since."""


def is_sheltered(desk: Desk) -> bool:
    """Whether only the code *confidentiel* opens the compartment."""
    keyfile = keys.read_key_file(desk.folder / keys.FILE_NAME)
    with desk.read() as uow:
        return sheltered(keyfile, uow)


def sheltered(keyfile: KeyFile, uow: UnitOfWork) -> bool:
    """The same, inside a unit of work; a key file newer than the base's memory is believed."""
    return keyfile.sheltered or (remembered(uow) and keyfile.generation <= uow.office.identity().key_generation)


def remembered(uow: UnitOfWork) -> bool:
    """What the base remembers."""
    kept = uow.settings.values().get(SHELTERED, ())
    return bool(kept and kept[-1].value)


def remember(uow: UnitOfWork, keyfile: KeyFile) -> None:
    """Echo the key file in the base, its shelter too; commit is the caller's."""
    uow.office.echo_key_file(keyfile.generation, keys.digest(keyfile))
    uow.settings.set(SHELTERED, EPOCH, keyfile.sheltered)
