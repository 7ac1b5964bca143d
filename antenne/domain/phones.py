"""Phone numbers: +223 and eight digits at home, foreign ones with their code (rules: People)."""

from __future__ import annotations

import phonenumbers

from antenne.domain.digits import spaced_out, unshifted
from antenne.domain.violations import Violation

HOME = "ML"
_HOME_CODE = "+223"
_HOME_LENGTH = 8


def read_phone(typed: str) -> str | Violation:
    """Read a number as ``+22376123456``.

    Returns:
        The international form, or ``phone.letters``, ``phone.length`` (« 8 chiffres attendus »), ``phone.unknown``.
    """
    text = spaced_out(typed).replace(".", "").replace("/", "")
    if text.startswith("00"):
        text = f"+{text[2:]}"
    plus, digits = text.startswith("+"), unshifted(text.removeprefix("+"), dash=True)
    if plus:
        digits = unshifted(text.removeprefix("+").replace("-", "").replace("(", "").replace(")", ""))
    if not (digits.isascii() and digits.isdigit()):
        return Violation("phone.letters")
    if not plus and len(digits) == _HOME_LENGTH + 3 and digits.startswith("223"):
        plus = True
    return _international(digits) if plus else _home(digits)


def _home(digits: str) -> str | Violation:
    if len(digits) != _HOME_LENGTH:
        return Violation("phone.length", None, (("count", len(digits)),))
    return _known(f"{_HOME_CODE}{digits}")


def _international(digits: str) -> str | Violation:
    if digits.startswith("223") and len(digits) != _HOME_LENGTH + 3:
        return Violation("phone.length", None, (("count", max(len(digits) - 3, 0)),))
    return _known(f"+{digits}")


def _known(number: str) -> str | Violation:
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return Violation("phone.unknown")
    return number if phonenumbers.is_possible_number(parsed) else Violation("phone.unknown")


def shown(number: str) -> str:
    """« 76 12 34 56 » at home, « +226 70 12 34 56 » from abroad."""
    if number.startswith(_HOME_CODE) and len(number) == len(_HOME_CODE) + _HOME_LENGTH:
        local = number.removeprefix(_HOME_CODE)
        return " ".join(local[at : at + 2] for at in range(0, len(local), 2))
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def masked(number: str) -> str:
    """« 76 •• •• 18 »: enough to recognise, too little to call."""
    parts = shown(number).split(" ")
    few = 2
    if len(parts) <= few:
        return "•" * len(number)
    hidden = ["•" * len(part) for part in parts[1:-1]]
    return " ".join((parts[0], *hidden, parts[-1]))
