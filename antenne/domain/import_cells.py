"""Single cells of a register: a birth told in one of ten ways, two names in one cell, days, counts, numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from antenne.domain import births_rules, names
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.dates import Tense, add_months, read_date
from antenne.domain.forms.model import Option
from antenne.domain.import_columns import as_text
from antenne.domain.imports import Severity
from antenne.domain.text import fold
from antenne.domain.violations import Violation
from antenne.domain.workbooks import CellValue

T = TypeVar("T")

_SERIALS = range(10_000, 60_000)
"""Days since 1900 that a spreadsheet shows as a number when a date lost its format: 1927 to 2064."""
_SERIAL_START = dt.date(1899, 12, 30)
_YES = frozenset(("oui", "o", "1", "x", "vrai"))
_NO = frozenset(("non", "n", "0", "faux"))
_OLDEST_AGE = 120
_OLDEST = dt.date(1900, 1, 1)
_DATED = (Precision.DAY, Precision.MONTH, Precision.YEAR)


@dataclass(frozen=True, slots=True)
class Fault:
    """What was found in a cell; becomes a finding once its line and column are known."""

    code: str
    severity: Severity = Severity.ERROR
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """What a cell says, and what must be said about it."""

    value: T
    faults: tuple[Fault, ...] = ()


def fault(code: str, severity: Severity = Severity.ERROR, **values: object) -> Fault:
    """A fault with its values."""
    return Fault(code, severity, tuple(values.items()))


def split_name(text: str, *, first_name_first: bool) -> Read[tuple[str, str]]:
    """Nom and prénom written in one cell.

    Words in capitals at one end are the family name; where capitals tell nothing, the order of the header decides, and
    that is said.

    Args:
        text: The cell.
        first_name_first: The header says « Prénom et nom ».
    """
    words = text.split()
    if len(words) < 2:  # noqa: PLR2004 - a nom and a prénom
        return Read((text, ""))
    capitals = [_is_capital(word) for word in words]
    if any(capitals) and not all(capitals):
        count = capitals.index(False)
        if count:
            return Read((" ".join(words[:count]), " ".join(words[count:])))
        count = capitals[::-1].index(False)
        if count:
            return Read((" ".join(words[-count:]), " ".join(words[:-count])))
    last, first = (words[-1], words[:-1]) if first_name_first else (words[0], words[1:])
    read = (last, " ".join(first))
    return Read(read, (fault("name_split", Severity.WARNING, last=read[0], first=read[1]),))


def _is_capital(word: str) -> bool:
    letters = [char for char in word if char.isalpha()]
    return len(letters) > 1 and all(char.isupper() for char in letters)


def read_birth(value: CellValue, today: dt.date) -> Read[Birth]:
    """A birth as a register tells it: a date, a year, « vers 1994 », « 32 ans », a serial number, a landmark.

    What is typed is read by :func:`antenne.domain.births_rules.read_birth`; this undoes what spreadsheets and
    registers do to it before.

    Args:
        value: The cell.
        today: The day of the import, on which an age counts as declared.
    """
    if isinstance(value, dt.datetime):
        return _day(value.date(), today)
    if isinstance(value, dt.date):
        return _day(value, today)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(float(value), today)
    text = as_text(value)
    if match := _EXACT_DAY.fullmatch(text):
        exact = births_rules.read_birth(match[1], today)
        return Read(exact) if isinstance(exact, Birth) else Read(UNKNOWN, (fault("birth_unread", value=text),))
    return _birth_text(text, today) if text else Read(UNKNOWN)


def read_age(value: CellValue, today: dt.date) -> Read[Birth]:
    """An age column: « 32 », « 32 ans », « environ 32 »."""
    text = as_text(value)
    if not text:
        return Read(UNKNOWN)
    found = re.fullmatch(r"(?:environ|env\.?|vers|~)? ?(\d{1,3}) ?(?:ans?)?", fold(text))
    return _told(f"{found[1]} ans", text, today) if found else Read(UNKNOWN, (fault("birth_unread", value=text),))


def _number(value: float, today: dt.date) -> Read[Birth]:
    whole = int(value)
    if value == whole and whole in _SERIALS:
        day = _SERIAL_START + dt.timedelta(days=whole)
        read = _day(day, today)
        return Read(read.value, (*read.faults, fault("birth_serial", Severity.WARNING, value=whole, day=day)))
    if value == whole and 0 < whole <= _OLDEST_AGE:
        return _told(f"{whole} ans", str(whole), today)
    if value == whole and len(str(whole)) == 4:  # noqa: PLR2004 - digits of a year
        return _told(str(whole), str(whole), today)
    return Read(UNKNOWN, (fault("birth_unread", value=as_text(value)),))


_ABOUT = re.compile(r"(?:vers|env|environ|ca|circa|~|±)\.? ?(?:en |l'an )?(\d{4})")
_YEAR = re.compile(r"(?:en |l'an |an |annee )?(\d{4})")
_AGE = re.compile(r"(?:agee? de )?(?:environ |env\.? ?|~ ?|± ?)?(\d{1,3}) ?(?:ans?|a)")
_NO_YEAR = re.compile(r"\d{1,2}[/.\- ]\d{1,2}")
_BORN = re.compile(r"^n[eé]+\(?e?\)? *(?:le )?|^le ")
_HOUR = re.compile(r"[ t]\d{1,2}:\d{2}(?::\d{2})?$")
_EXACT = "jour exact"
"""Said of a 1st of January that is really one."""
_EXACT_DAY = re.compile(rf"(\d{{1,2}}/\d{{1,2}}/\d{{4}}), {_EXACT}")
_TOLD_LANDMARK = re.compile(r"(?i)rep[eè]re ?:.*")
_UNKNOWN = frozenset(
    ("?", "??", "inconnu", "inconnue", "nsp", "ne sait pas", "neant", "x", "/", "-", "non", "non connue")
)


def birth_cell(birth: Birth) -> str | dt.date | None:
    """A birth as :func:`read_birth` finds it again, to the letter; the day itself where it is known."""
    if birth.precision is Precision.UNKNOWN:
        return None
    if birth.precision is not Precision.DAY or birth.value is None:
        return births_rules.spoken_birth(birth)
    january = (birth.value.month, birth.value.day) == (1, 1)
    return f"{births_rules.shown_birth(birth)}, {_EXACT}" if january else birth.value


def _birth_text(text: str, today: dt.date) -> Read[Birth]:
    """A birth written as text."""
    said = _HOUR.sub("", _BORN.sub("", fold(text).replace("’", "'"))).strip(" .;,")
    if not any(char.isalnum() for char in said) or said in _UNKNOWN:
        return Read(UNKNOWN)
    if match := _ABOUT.fullmatch(said):
        return _told(f"vers {match[1]}", text, today)
    if match := _YEAR.fullmatch(said):
        return _told(match[1], text, today)
    if match := _AGE.fullmatch(said):
        return _told(f"{match[1]} ans", text, today)
    if _NO_YEAR.fullmatch(said):
        return Read(UNKNOWN, (fault("birth_unread", value=text),))
    if said.isdecimal() and len(said) <= 5:  # noqa: PLR2004 - an age, a year, or a serial number kept as text
        return _number(float(said), today)
    figures = not any(char.isalpha() for char in said)
    read = _told(re.sub(r"[/.\- ]+", "/", said) if figures else said, text, today)
    if not _is_words(said) or not any(found.code == "birth_unread" for found in read.faults):
        return read
    landmark = Birth(Precision.EVENT, event=text)
    return Read(landmark, (fault("birth_landmark", Severity.WARNING, value=text),))


def _is_words(said: str) -> bool:
    """« l'annee de la grande secheresse », and not « 12 mrs 1994 »."""
    few = 3
    return len(said.split()) >= few and not said[0].isdigit()


def _told(said: str, text: str, today: dt.date) -> Read[Birth]:
    """What the form would read if she typed it; ``text`` is quoted where it would not."""
    iso = re.fullmatch(r"(\d{4})/(\d{1,2})/(\d{1,2})", said)
    read = births_rules.read_birth(f"{iso[3]}/{iso[2]}/{iso[1]}" if iso else said, today)
    if isinstance(read, Violation):
        future, old = read.code == "birth.future", read.code in ("birth.too_old", "birth.age")
        code = "birth_future" if future else "birth_too_old" if old else "birth_unread"
        return Read(UNKNOWN, (fault(code, value=text),))
    if read.precision is Precision.DAY and read.value is not None:
        return _day(read.value, today)
    if read.precision is Precision.EVENT:
        whole = births_rules.read_birth(text, today)  # with its accents
        event = whole.event if isinstance(whole, Birth) and whole.event else text
        plainly = _TOLD_LANDMARK.fullmatch(text) is not None
        said_so = () if plainly else (fault("birth_landmark", Severity.WARNING, value=text),)
        return Read(replace(read, event=event), said_so)
    return Read(read)


def _day(day: dt.date, today: dt.date) -> Read[Birth]:
    """A whole date; the first of January is what people write when only the year is known (rules: People)."""
    if day > today:
        return Read(UNKNOWN, (fault("birth_future", value=as_text(day)),))
    if day < _OLDEST:
        return Read(UNKNOWN, (fault("birth_too_old", value=as_text(day)),))
    if (day.month, day.day) == (1, 1):
        return Read(Birth(Precision.YEAR, day), (fault("birth_first_january", Severity.WARNING, year=day.year),))
    return Read(Birth(Precision.DAY, day))


def read_day(value: CellValue, today: dt.date) -> Read[dt.date | None]:
    """A past day: a date, a serial number, « 06/2024 » or « 2024 » (their first day, and that is said)."""
    value = _dated(value)
    if isinstance(value, dt.date):
        return _past(value, today)
    text = as_text(value)
    if not text:
        return Read(None)
    read = _birth_text(text, today)
    told = read.value
    if told.precision not in _DATED or told.value is None:
        future = any(found.code == "birth_future" for found in read.faults)
        return Read(None, (fault("day_future" if future else "day_unread", value=text),))
    if told.precision is Precision.DAY or any(found.code == "birth_first_january" for found in read.faults):
        return Read(told.value)
    return Read(told.value, (fault("day_completed", Severity.WARNING, value=text, day=told.value),))


def read_expiry(value: CellValue, today: dt.date) -> Read[dt.date | None]:
    """The last day of a paper, past or to come; « 06/2030 » and « 2030 » mean their last day, and that is said."""
    value = _dated(value)
    if isinstance(value, dt.date):
        return Read(value)
    text = as_text(value)
    if not text:
        return Read(None)
    if (match := _MONTH_YEAR.fullmatch(text)) and 1 <= int(match[1] or 12) <= 12 and int(match[2]):  # noqa: PLR2004 - months
        first = dt.date(int(match[2]), int(match[1] or 12), 1)
        day = add_months(first, 1) - dt.timedelta(days=1)
        return Read(day, (fault("day_completed", Severity.WARNING, value=text, day=day),))
    found = read_date(_HOUR.sub("", text), today, Tense.ANY)
    return Read(None, (fault("day_unread", value=text),)) if isinstance(found, Violation) else Read(found)


_MONTH_YEAR = re.compile(r"(?:(\d{1,2})[/.\- ])?(\d{4})")


def _dated(value: CellValue) -> CellValue:
    """A day that a spreadsheet keeps with an hour, or as a number, as a day; anything else as it is."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and value in _SERIALS:
        return _SERIAL_START + dt.timedelta(days=value)
    return value.date() if isinstance(value, dt.datetime) else value


def _past(day: dt.date, today: dt.date) -> Read[dt.date | None]:
    return Read(None, (fault("day_future", value=as_text(day)),)) if day > today else Read(day)


def read_count(value: CellValue) -> Read[int | None]:
    """A small whole number."""
    text = as_text(value)
    if not text:
        return Read(None)
    if re.fullmatch(r"\d{1,2}", text):
        return Read(int(text))
    return Read(None, (fault("count_unread", value=text),))


def read_yes_no(value: CellValue) -> Read[bool | None]:
    """« oui », « non », a cross."""
    text = as_text(value)
    said = fold(text)
    if said in _YES | _NO:
        return Read(said in _YES)
    return Read(None, (fault("yes_no_unread", value=text),) if text else ())


def read_number(value: CellValue, letter: str) -> Read[str]:
    """« M-00931 », « M 931 », « 931 »; « 931/2024 » is not one.

    Args:
        value: The cell.
        letter: ``M`` for a member's number, ``P`` for a person's.
    """
    text = as_text(value)
    if not text:
        return Read("")
    match = re.fullmatch(rf"(?i:{letter}\s*[-–. ]?\s*)?(\d{{1,5}})", text)
    if match is None or int(match[1]) == 0:
        return Read("", (fault("number_unread", value=text, example=f"{letter}-00931"),))
    return Read(f"{letter}-{int(match[1]):05d}")


def listed(text: str, offered: Sequence[Option]) -> Option | None:
    """The list's entry that a text means, by its label or code; None when it is none, or several."""
    said = names.plain(text)
    fitting = [
        option
        for option in offered
        if said in (names.plain(option.label), names.plain(option.code), names.plain(option.label.split("—")[-1]))
    ]
    return fitting[0] if len(fitting) == 1 else None
