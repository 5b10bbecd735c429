"""How a record dataclass becomes the facts and the personal part of a revision, and back.

A record class names its type in `TYPE` and its personal fields in `PERSONAL`; `unit` is the subject unit and goes into
the revision's envelope. Field types are str, int, bool, date, tuples of these or of small dataclasses, and None beside
any.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from itertools import islice, repeat
from operator import attrgetter
from typing import Any, ClassVar, Protocol, TypeVar

from congdoan_desktop.domain.revisions import Body

ENVELOPE = frozenset({"unit"})


class Record(Protocol):
    TYPE: ClassVar[str]
    PERSONAL: ClassVar[frozenset[str]]

    @property
    def unit(self) -> str: ...


R = TypeVar("R", bound=Record)
B = TypeVar("B")
_Reader = Callable[[Record], tuple[Any, ...]]
_PLAIN = frozenset({str, int, bool, type(None)})

Columns = Mapping[str, Sequence[Any]]
"""Field -> its values in many records."""


def split(record: Record) -> tuple[Body, Body]:
    """(facts, personal) of a record, ready for the canonical form. Empty personal fields are left out."""
    open_, own, read = _halves(type(record))
    values = [value if value.__class__ in _PLAIN else plain(value) for value in read(record)]
    facts = dict(zip(open_, values, strict=False))
    told = zip(own, values[len(open_) :], strict=True)
    return facts, {name: value for name, value in told if _says(value)}


def split_columns(kind: type[Record], columns: Columns) -> tuple[list[Body], list[Body]]:
    """`split` of many records of one kind, out of the columns of their values."""
    open_, own, _ = _halves(kind)
    given = {name: _plain_column(columns[name]) for name in (*open_, *own)}
    told = [name for name in own if any(given[name]) or 0 in given[name]]
    count = len(columns["unit"])
    facts = [dict(zip(open_, row, strict=True)) for row in rows_of([given[name] for name in open_], count)]
    personal = [
        dict(zip(told, row, strict=True)) if all(row) else {n: v for n, v in zip(told, row, strict=True) if v or v == 0}
        for row in rows_of([given[name] for name in told], count)
    ]
    return facts, personal


def columns_of(records: Sequence[Record]) -> Columns:
    """The values of records of one kind by field."""
    names, read = values_of(type(records[0]))
    return dict(zip(names, zip(*map(read, records), strict=True), strict=True))


def rows_of(columns: Sequence[Iterable[Any]], count: int) -> Iterator[tuple[Any, ...]]:
    """The rows of columns, also where there is no column at all. Columns may go on beyond the rows."""
    return islice(zip(*columns, strict=False), count) if columns else repeat((), count)


def _plain_column(values: Sequence[Any]) -> Sequence[Any]:
    return values if set(map(type, values)) <= _PLAIN else [plain(value) for value in values]


def _says(value: Any) -> bool:
    """Whether a personal value is worth keeping: nought and false say something."""
    return bool(value) or value == 0


@cache
def _halves(kind: type[Record]) -> tuple[tuple[str, ...], tuple[str, ...], _Reader]:
    """The fields that are facts, the personal ones, and a reader of all their values in this order."""
    names = [name for name in field_types(kind) if name not in ENVELOPE]
    open_ = tuple(name for name in names if name not in kind.PERSONAL)
    own = tuple(name for name in names if name in kind.PERSONAL)
    return open_, own, _reader((*open_, *own))


@cache
def values_of(kind: type[Record]) -> tuple[tuple[str, ...], _Reader]:
    """All fields of such a record, and a reader of their values in one call: a list of 50,000 has a million."""
    names = tuple(field_types(kind))
    return names, _reader(names)


def _reader(names: tuple[str, ...]) -> _Reader:
    if len(names) < 2:  # for which `attrgetter` gives no tuple
        return lambda record: tuple(getattr(record, name) for name in names)
    return attrgetter(*names)


def join(kind: type[R], unit: str, facts: Body, personal: Body | None) -> R:
    """The record out of a revision; fields it does not know are left where they are, missing ones take their default.

    A personal field counts only in the personal part: what stands in the facts could never be erased.

    Raises: ValueError when a value has the wrong type or a needed one is missing.
    """
    return kind(**told(kind, unit, facts, personal))


def told(kind: type[Record], unit: str, facts: Body, personal: Body | None) -> dict[str, Any]:
    """The values of the fields that a revision tells, as `join` gives them; the others take their default.

    Raises: as `join`.
    """
    given = {**facts, "unit": unit}
    if not kind.PERSONAL.isdisjoint(facts):
        given = {name: value for name, value in given.items() if name not in kind.PERSONAL}
    if personal:
        given.update({name: value for name, value in personal.items() if name in kind.PERSONAL})
    return _read(kind, given)


def carried(old: Body, new: Body) -> Body:
    """`new` with what a newer program wrote into `old` beside the fields known here, inside lists of parts too."""
    return {**old, **{name: _carried(old.get(name), value) for name, value in new.items()}}


def _carried(old: Any, new: Any) -> Any:
    if not (isinstance(old, list) and isinstance(new, list)):
        return new
    parts = [part for part in old if isinstance(part, dict)]
    return [_part_carried(parts, part) if isinstance(part, dict) else part for part in new]


def _part_carried(parts: list[Body], part: Body) -> Body:
    """A part is the same one when its id is, or, without an id, when all that is known here stayed as it was."""
    for old in parts:
        same = old.get("id") == part["id"] if "id" in part else part.items() <= old.items()
        if same:
            return {**old, **part}
    return part


@cache
def field_types(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def plain(value: Any) -> Any:
    """The value in the types that canonical JSON knows."""
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return value


def built(kind: type[B], given: Body) -> B:
    """The dataclass of which `given` is the plain form.

    Raises: ValueError when a value has the wrong type or a needed one is missing.
    """
    return typing.cast(B, _built(kind, given))


def _built(kind: Any, given: Any) -> Any:
    if not isinstance(given, dict):
        raise ValueError(f"{kind.__name__} needs named values")
    return kind(**_read(kind, given))


def _read(kind: type, given: Body) -> dict[str, Any]:
    by_name, needed = _read_by(kind)
    values = {}
    for name, value in given.items():
        if name in by_name:
            as_they_are, hint = by_name[name]
            values[name] = value if value.__class__ in as_they_are else _typed(hint, value, name)
    if not needed <= values.keys():
        raise ValueError(f"{kind.__name__} lacks {', '.join(sorted(needed - values.keys()))}")
    return values


@cache
def _read_by(kind: type) -> tuple[Mapping[str, tuple[frozenset[type], Any]], frozenset[str]]:
    """Of each field the classes whose values are taken as they are, and its type but for None; the fields that must be
    there.

    Kept for the class: a list of 200,000 records has millions of values, nearly all of the very type of their field.
    """
    by_name = {name: (_as_they_are(hint), _beside_none(hint)) for name, hint in field_types(kind).items()}
    defaults = {one.name: (one.default, one.default_factory) for one in fields(kind)}
    return by_name, frozenset(name for name, given in defaults.items() if given == (MISSING, MISSING))


def _as_they_are(hint: Any) -> frozenset[type]:
    beside = _beside_none(hint)
    return frozenset({beside} & {str, int, bool, date}) | (frozenset() if beside is hint else {type(None)})


def _beside_none(hint: Any) -> Any:
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return next(arg for arg in typing.get_args(hint) if arg is not type(None))
    return hint


def _typed(hint: Any, value: Any, name: str) -> Any:
    if hint is date and isinstance(value, str):
        return date.fromisoformat(value)
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{name} must be a list")
        return tuple(_typed(typing.get_args(hint)[0], item, name) for item in value)
    if is_dataclass(hint):
        return _built(hint, value)
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise ValueError(f"{name} has the wrong type")
    return value
