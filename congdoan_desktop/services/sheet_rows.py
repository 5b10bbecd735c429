"""What a row of a list means: the record it brings, whom it may be about, and what is counted beside it.

One class for each kind of list, with the same methods; `services/sheet_check` walks the rows.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, select

from congdoan_desktop.domain.ids import new_id
from congdoan_desktop.domain.records import Record
from congdoan_desktop.domain.text import one_line, search_key
from congdoan_desktop.domain.unit_names import short_name_of
from congdoan_desktop.domain.units import GRASSROOTS, Headcount, Unit, validate_headcount, validate_unit
from congdoan_desktop.domain.workplaces import Workforce, Workplace, validate_workforce, validate_workplace
from congdoan_desktop.errors import Finding
from congdoan_desktop.services.sheet_names import UnitNames, code_of, place_kind, union_kind
from congdoan_desktop.services.sheet_sections import Placed, Section, Sections, named
from congdoan_desktop.spreadsheets.fields import ListKind, fields_of
from congdoan_desktop.storage.projections import TABLES

Counts = Headcount | Workforce
LINE = "dòng "
_COLUMNS = {"work": "job", "union": "unit"}
"""Field of a record -> that of the list, where they differ."""


class Likeness(StrEnum):
    """How sure it is that a row is about a record that is known."""

    NONE = "none"
    SAME = "same"
    NEAR = "near"
    REPEATED = "repeated"
    """It is about the same as a row above it."""


class Match(NamedTuple):
    """`id` is the record's, or "" where there is none; `why` says in words what is alike."""

    likeness: Likeness
    id: str = ""
    why: str = ""


UNKNOWN = Match(Likeness.NONE)


class Made(NamedTuple):
    """What a row brings. `problems`: (field, sentence, mend) for each thing that stops it, "" for no mend."""

    record: Record | None
    problems: tuple[tuple[str, str, str], ...] = ()
    counted: Callable[[str, date], Counts] | None = None
    """Makes the record of the numbers of people that stand in the row, for the record of this id and for a day."""


class Rows(Protocol):
    """The rows of one kind of list."""

    type: str

    def sections(self) -> tuple[Section, ...]:
        """The labels over the rows that name no union."""

    def made(self, values: Mapping[str, Any], labels: Sequence[str], /) -> Made:
        """`labels` stand over the row, the outer ones first."""

    def match(self, number: int, record: Record) -> Match:
        """Whom the record of a row may be about; remembers it for the rows below."""


def merged(old: Record, new: Record) -> Record:
    """`old` with everything that `new` says; what it leaves empty stays, and so does the union."""
    kept = ("unit", "parent", "member")
    given = {f.name: value for f in fields(new) if (value := getattr(new, f.name)) not in ("", None, ())}  # type: ignore[arg-type]  # every record is a dataclass
    said: Any = {name: value for name, value in given.items() if name not in kept}
    note = getattr(old, "note", "")
    if note and said.get("note", "") not in ("", note):
        said["note"] = note if said["note"] in note else f"{note}\n{said['note']}"
    if len(getattr(old, "birth", "")) > len(said.get("birth", "")):
        said.pop("birth", None)
        said.pop("birth_year", None)
    return replace(old, **said)  # type: ignore[type-var]  # see above


def news(old: Record, new: Record, kind: ListKind) -> str:
    """What a row says otherwise than the known record, and what it adds, by the titles of the template; "" nothing."""
    columns = fields_of(kind)
    replaced: list[str] = []
    added: list[str] = []
    for one in fields(new):  # type: ignore[arg-type]  # see above
        column = columns.get(_COLUMNS.get(one.name, one.name))
        before = getattr(old, one.name)
        if column is not None and before != getattr(new, one.name):
            (added if before in ("", None, ()) else replaced).append(column.name)
    said = (("thay", replaced), ("thêm", added))
    return "; ".join(f"{word}: {', '.join(names)}" for word, names in said if names)


class Workplaces:
    """A row is a workplace; its record is kept by our union."""

    type = Workplace.TYPE

    def __init__(self, connection: Connection, names: UnitNames, own: str) -> None:
        self._names, self._own = names, own
        table = TABLES[Workplace.TYPE].c
        columns = (table.record, table.unit, table.name, table.tax_code, table.budget_code)
        rows = connection.execute(select(*columns)).all()
        self._keys = _Keys(
            ((row.record, (f"tax:{row.tax_code}", f"budget:{row.budget_code}", search_key(row.name))) for row in rows),
            {row.record for row in rows if row.unit in names.ours},
        )

    def sections(self) -> tuple[Section, ...]:
        return ()

    def made(self, values: Mapping[str, Any], _labels: Sequence[str], /) -> Made:
        name = values.get("name", "")
        kind, ownership, line = place_kind(name, values.get("ownership", ""))
        union = self._names.find(values["unit"]) if values.get("unit") else ()
        if values.get("unit") and len(union) != 1:
            near = self._names.nearest(values["unit"])
            return Made(None, (("unit", f"Không có “{values['unit']}” trong các đơn vị.", near),))
        place = Workplace(
            self._own,
            name,
            kind,
            ownership,
            code_of("lines", values.get("line", "")) or line,
            values.get("tax_code", ""),
            values.get("budget_code", ""),
            address=values.get("address", ""),
            union=union[0] if union else None,
            contact=values.get("phone", ""),
            note=values.get("note", ""),
        )
        problems = stopping(validate_workplace(place))
        figures = (
            _figures(values, {"workers": "workers", "women": "women", "eligible": "eligible"})
            if "workers" in values
            else None
        )
        counted = (lambda id_, on: Workforce(self._own, id_, on, **figures)) if figures else None
        if counted:
            problems += stopping(validate_workforce(counted("", date.min)))
        return Made(place, problems, counted)

    def match(self, number: int, record: Record) -> Match:
        assert isinstance(record, Workplace)
        keys = (f"tax:{record.tax_code}", f"budget:{record.budget_code}", search_key(record.name))
        return self._keys.match(number, keys, ("trùng mã số thuế", "trùng mã quan hệ ngân sách", "trùng tên"))


class Units:
    """A row is a CĐCS."""

    type = Unit.TYPE

    def __init__(self, names: UnitNames, own: str) -> None:
        self._names, self._own = names, own
        units = names.units.values()
        keys = ((unit.unit, (f"code:{unit.code}", search_key(unit.name))) for unit in units)
        self._sections = Sections(names, own)
        self._keys = _Keys(keys, names.ours)

    def sections(self) -> tuple[Section, ...]:
        return self._sections.told()

    def made(self, values: Mapping[str, Any], labels: Sequence[str]) -> Made:
        name = one_line(values.get("name", ""))
        parent, problem = self._parent(values.get("parent", ""), labels)
        if problem:
            return Made(None, (("parent", *problem),))
        code = values.get("code", "").upper()
        kind = union_kind(name, values.get("kind", ""))
        unit = Unit(
            new_id(), code, name, short_name_of(name), GRASSROOTS, kind, parent,
            address=values.get("address", ""), founded=values.get("founded"),
        )  # fmt: skip
        problems = stopping(validate_unit(replace(unit, code=code or "X")))
        if not kind:
            problems += (("kind", "Chưa rõ loại đơn vị. Ghi loại, ví dụ: đơn vị sự nghiệp công lập.", ""),)
        figures = _figures(
            values, {"workers": "workers", "members": "members", "women_members": "women", "eligible": "eligible"}
        )
        if figures and not {"workers", "members"} <= figures.keys():
            return Made(unit, (*problems, ("members", "Ghi cả số lao động và số đoàn viên, hoặc để trống cả hai.", "")))
        counted = (lambda id_, on: Headcount(id_, on, **figures)) if figures else None
        if counted:
            problems += stopping(validate_headcount(counted("", date.min)))
        return Made(unit, problems, counted)

    def _parent(self, above: str, labels: Sequence[str]) -> Placed:
        if above:
            return named(self._names, above, self._names.find(above))
        return self._sections.place(labels) if labels else (self._own, None)

    def match(self, number: int, record: Record) -> Match:
        assert isinstance(record, Unit)
        return self._keys.match(number, (f"code:{record.code}", search_key(record.name)), ("trùng mã", "trùng tên"))


class FreeCodes:
    """Codes for new units whose list gave none."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._taken = {unit.code for unit in units}
        self._numbers = itertools.count(1)

    def coded(self, record: Record) -> Record:
        if not isinstance(record, Unit) or record.code:
            return record
        code = next(code for number in self._numbers if (code := f"CS-{number:04d}") not in self._taken)
        return replace(record, code=code)


class _Keys:
    """Records by keys of which one is enough; empty ones count for nothing."""

    def __init__(self, records: Iterable[tuple[str, tuple[str, ...]]], ours: Container[str]) -> None:
        """`ours`: the ids that we may revise."""
        self._ids = {key: id_ for id_, keys in records for key in keys if not key.endswith(":")}
        self._ours = ours
        self._met: dict[str, int] = {}

    def match(self, number: int, keys: tuple[str, ...], words: tuple[str, ...]) -> Match:
        found = next(((self._ids[k], w) for k, w in zip(keys, words, strict=True) if k in self._ids), None)
        for key in keys:
            if not key.endswith(":"):
                self._ids.setdefault(key, f"{LINE}{number}")
        if found is None:
            return UNKNOWN
        id_, why = found
        if id_.startswith(LINE):
            return Match(Likeness.REPEATED, "", f"{why} ({id_})")
        if id_ in self._met:
            return Match(Likeness.REPEATED, "", f"{why} ({LINE}{self._met[id_]})")
        self._met[id_] = number
        if id_ not in self._ours:
            return Match(Likeness.NEAR, "", f"{why}, nhưng do đơn vị khác giữ hồ sơ")
        return Match(Likeness.SAME, id_, why)


def stopping(findings: Iterable[Finding]) -> tuple[tuple[str, str, str], ...]:
    return tuple([(finding.field, finding.message, "") for finding in findings if not finding.warning])


def _figures(values: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, int] | None:
    found = {ours: values[theirs] for theirs, ours in names.items() if theirs in values}
    return found or None
