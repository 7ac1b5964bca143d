"""The phones of one cell: several numbers, and in brackets whose each one is and what may be done with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from antenne.domain import names, phones
from antenne.domain.forms.model import Option
from antenne.domain.import_cells import Read, fault, listed, read_yes_no
from antenne.domain.import_columns import as_text
from antenne.domain.persons import Phone
from antenne.domain.violations import Violation
from antenne.domain.workbooks import CellValue

_APART = re.compile(r"[/;,|](?![^(]*\))|\bet\b(?![^(]*\))|\bou\b(?![^(]*\))| - (?![^(]*\))")
"""What stands between two numbers; never inside brackets."""
_NOTED = re.compile(r"(.*\S)\s*\(([^()]*[^()\d\s+][^()]*)\)")
"""A number and the words in brackets behind it."""
_MAY = re.compile(r"(appel|message)\w* ?:? ?(\w+)")
_OWN = "elle"


def split_phones(value: CellValue) -> tuple[str, ...]:
    """The numbers of one cell: « 76 12 34 56 / 66 98 76 54 », « 7612345666987654 », 76123456.0."""
    text = as_text(re.sub(r"[\r\n]+", " / ", value) if isinstance(value, str) else value)
    pieces = [piece.strip() for piece in _APART.split(text) if piece.strip()]
    found: list[str] = []
    for piece in pieces:
        digits = re.sub(r"\D", "", piece)
        local = not piece.startswith(("+", "00"))
        if local and len(digits) in (16, 24) and not re.search("[a-zA-Z]", piece):
            found += [digits[at : at + 8] for at in range(0, len(digits), 8)]
        else:
            found.append(piece)
    return tuple(found)


def read_number(text: str) -> Read[str]:
    """One number as the form would read it; dashes separate here, they are no key typed without Shift."""
    typed = re.sub(r"(?i)^(?:t[ée]l|gsm|cel)[ .:]*", "", text).replace("-", " ")
    read = phones.read_phone(typed)
    if isinstance(read, Violation):
        return Read("", (fault("phone_unread", value=text, why=read),))
    return Read(read)


def read_phone(piece: str, owners: Sequence[Option], told: Phone) -> Read[Phone | None]:
    """One number with what is said of it.

    Args:
        piece: « 76 12 34 56 », « 76 12 34 56 (partagé ; appeler non ; message oui) ».
        owners: The list ``phone_owners``.
        told: What the other columns of the row say of a number that says nothing itself.
    """
    match = _NOTED.fullmatch(piece)
    read = read_number(match[1] if match else piece)
    if read.faults:
        return Read(None, read.faults)
    phone = replace(told, number=read.value)
    return _with_note(phone, match[2], owners) if match else Read(phone)


def _with_note(phone: Phone, note: str, owners: Sequence[Option]) -> Read[Phone | None]:
    """A word that is not understood is an error: a number taken for hers could be called."""
    for part in (one.strip() for one in re.split("[;,]", note) if one.strip()):
        may = _MAY.fullmatch(names.plain(part))
        answer = read_yes_no(may[2]).value if may else None
        owner = listed(part, owners)
        if may and answer is not None:
            call = may[1] == "appel"
            phone = replace(phone, may_call=answer) if call else replace(phone, may_message=answer)
        elif owner is not None:
            phone = replace(phone, owner=owner.code)
        else:
            return Read(None, (fault("phone_note", value=part),))
    return Read(phone)


def phones_words(them: Sequence[Phone], owners: Sequence[Option]) -> str:
    """The phones of a person in one cell, as :func:`split_phones` and :func:`read_phone` find them again."""
    return " / ".join(_words(phone, {option.code: option.label for option in owners}) for phone in them)


def _words(phone: Phone, owners: dict[str, str]) -> str:
    notes = [] if phone.owner == _OWN else [owners.get(phone.owner, phone.owner)]
    for word, answer in (("appeler", phone.may_call), ("message", phone.may_message)):
        if answer is not None:
            notes.append(f"{word} {'oui' if answer else 'non'}")
    shown = phones.shown(phone.number)
    return f"{shown} ({'; '.join(notes)})" if notes else shown
