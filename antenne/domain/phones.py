"""Phone numbers: Mali's eight digits, others with their code (rules: People); kept as ``+22376123456``."""

from __future__ import annotations

import re
from typing import Final

from antenne.domain.digits import unshifted
from antenne.domain.violations import Violation

MALI: Final = "+223"
DIGITS: Final = 8
"""Length of a number of Mali without its code."""
_LONGEST: Final = 15
"""ITU-T E.164."""
_SEPARATORS: Final = re.compile(r"[\s.\-–()/\u00a0\u202f]")
_DOT: Final = "•"


def read_phone(typed: str) -> str | Violation:
    """A number as typed, in international form.

    Returns:
        ``+22376123456``, or ``phone.letters``, ``phone.length``, ``phone.unknown_range``, ``phone.foreign``.
    """
    text = unshifted(typed.strip())
    if any(char.isalpha() for char in text):
        return Violation("phone.letters", None, (("typed", typed.strip()[:40]),))
    bare = _SEPARATORS.sub("", text)
    bare = f"+{bare[2:]}" if bare.startswith("00") else bare
    if not re.fullmatch(r"\+?\d*", bare, re.ASCII):
        return Violation("phone.letters", None, (("typed", typed.strip()[:40]),))
    if bare.startswith("+") and not bare.startswith(MALI):
        return _foreign(bare)
    digits = bare.removeprefix(MALI)
    if len(digits) == DIGITS + 3 and digits.startswith(MALI[1:]):
        digits = digits[3:]
    return _malian(digits)


def _malian(digits: str) -> str | Violation:
    if len(digits) != DIGITS:
        return Violation("phone.length", None, (("count", len(digits)),))
    if not _in_mali(digits):
        return Violation("phone.unknown_range", None, (("typed", _pairs(digits)),))
    return MALI + digits


def _in_mali(digits: str) -> bool:
    """Whether Mali gives numbers that begin like this; loose, since ranges open faster than the program is renewed."""
    import phonenumbers

    metadata = phonenumbers.PhoneMetadata.metadata_for_region("ML")
    described = metadata.general_desc if metadata is not None else None
    pattern = described.national_number_pattern if described is not None else None
    return pattern is None or re.fullmatch(pattern, digits) is not None


def _foreign(bare: str) -> str | Violation:
    import phonenumbers

    unknown = Violation("phone.foreign", None, (("typed", bare[: _LONGEST + 1]),))
    if len(bare) > _LONGEST + 1:
        return unknown
    try:
        number = phonenumbers.parse(bare, None)
    except phonenumbers.NumberParseException:
        return unknown
    return str(phonenumbers.format_number(number, 0)) if phonenumbers.is_possible_number(number) else unknown


def shown(number: str) -> str:
    """« 76 12 34 56 » for Mali, « +33 6 12 34 56 78 » for elsewhere."""
    if number.startswith(MALI):
        return _pairs(number.removeprefix(MALI))
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def masked(number: str) -> str:
    """« 76 •• •• 18 »: two figures at each end, enough to know it, not to call it; empty for no number."""
    here = number.removeprefix(MALI)
    if len(here) == DIGITS and here != number:  # nearly all of them, and every row of a list asks
        return f"{here[:2]} {_DOT}{_DOT} {_DOT}{_DOT} {here[-2:]}"
    whole = shown(number)
    code, rest = ("", whole) if not whole.startswith("+") else (whole.split(" ")[0], whole.partition(" ")[2])
    places = [index for index, char in enumerate(rest) if char.isdigit()]
    hidden = set(places[2:-2] if not code else places[:-2])
    dotted = "".join(_DOT if index in hidden else char for index, char in enumerate(rest))
    return f"{code} {dotted}".strip()


def format_typing(typed: str) -> str:
    """What the field shows while she types: pairs for Mali, the country's way after « + »."""
    if any(char.isalpha() for char in typed):
        return typed
    plus = typed.lstrip().startswith("+")
    digits = re.sub(r"\D", "", typed, flags=re.ASCII)
    if not plus:
        return _pairs(digits)
    if f"+{digits}".startswith(MALI):
        return f"{MALI} {_pairs(digits[3:])}".rstrip()
    from phonenumbers import AsYouTypeFormatter

    formatter, formatted = AsYouTypeFormatter("ZZ"), "+"
    formatter.input_digit("+")
    for digit in digits:
        formatted = formatter.input_digit(digit)
    return str(formatted)


def _pairs(digits: str) -> str:
    return " ".join(digits[start : start + 2] for start in range(0, len(digits), 2))
