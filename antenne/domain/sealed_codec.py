"""Sealed records to JSON values and back, by the types of their fields.

Every field is always written and a yes is as long as a no, so that two records that differ only in an answer have
bodies of one length; kinds whose answers are codes keep those codes equally long.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache, partial
from types import UnionType
from typing import Any, ClassVar, Protocol, TypeVar, get_args, get_origin, get_type_hints

KIND = "kind"

Decode = Callable[[Any], Any]


class Sealed(Protocol):
    """A kind of sealed record: a frozen dataclass whose fields are text, numbers, yes/no, days, instants, enums, rows.

    Attributes:
        KIND: Its name in the body.
    """

    KIND: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


R = TypeVar("R")


def to_payload(record: Sealed) -> dict[str, Any]:
    """What is sealed of a record, its kind first."""
    return {KIND: record.KIND, **_encoded_fields(record)}


def from_payload(kind: type[R], payload: Mapping[str, Any]) -> R:
    """The record of a body; a field that an older version of the program did not write takes its default.

    Raises:
        ValueError: A required field is not there, or a value is not of its type (a bug of ours).
    """
    values: dict[str, Any] = {}
    plan = _plan(kind)  # type: ignore[arg-type]  # mypy does not see that a class is hashable
    for name, decode, required in plan:
        if name in payload:
            raw = payload[name]
            values[name] = raw if raw is None or decode is None else decode(raw)
        elif required:
            raise ValueError(name)
    return kind(**values)


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Field and old value, as JSON values, of everything that differs; the new value is in the record itself."""
    keys = dict.fromkeys((*before, *after))
    return tuple((key, before.get(key)) for key in keys if before.get(key) != after.get(key))


def _encoded_fields(record: Any) -> dict[str, Any]:
    return {one.name: _encoded(getattr(record, one.name)) for one in fields(record)}


def _encoded(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case bool():
            return int(value)
        case dt.date():  # an instant is one too
            return value.isoformat()
        case tuple() | list():
            return [_encoded(one) for one in value]
        case _:
            return _encoded_fields(value) if is_dataclass(value) else value


@cache
def _plan(kind: Any) -> tuple[tuple[str, Decode | None, bool], ...]:
    """Name, decoder and whether it must be there, for each field; made once for each kind."""
    hints = get_type_hints(kind)
    return tuple(
        (one.name, _decoder(hints[one.name]), one.default is MISSING and one.default_factory is MISSING)
        for one in fields(kind)
    )


def _decoder(hint: Any) -> Decode | None:
    """How a value of this type is read; None where it is what the body holds."""
    if hint in (Any, str, int, float):
        return None
    if get_origin(hint) is UnionType:
        return _decoder(next(one for one in get_args(hint) if one is not type(None)))
    if get_origin(hint) is tuple:
        return partial(_decoded_row, _decoder(get_args(hint)[0]))
    if is_dataclass(hint):
        return partial(from_payload, hint)  # type: ignore[arg-type]  # a class, not an instance: it comes from a hint
    if hint in (dt.datetime, dt.date):
        return hint.fromisoformat  # type: ignore[no-any-return]  # the method of the one or the other
    return hint  # type: ignore[no-any-return]  # bool, or an enum: called with the value


def _decoded_row(decode: Decode | None, raw: list[Any]) -> tuple[Any, ...]:
    return tuple(raw) if decode is None else tuple(None if one is None else decode(one) for one in raw)
