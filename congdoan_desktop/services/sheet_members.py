"""A row of a list of members: the person it brings, and who that may be already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from congdoan_desktop.domain.births import birth_year_of
from congdoan_desktop.domain.persons import Person, faults_of_person
from congdoan_desktop.domain.records import Record
from congdoan_desktop.domain.text import clean, search_key
from congdoan_desktop.services.likeness import WORDS, Known, Likely, Somebody, Why, somebody
from congdoan_desktop.services.sheet_names import UnitNames, code_of
from congdoan_desktop.services.sheet_rows import LINE, UNKNOWN, Likeness, Made, Match, stopping
from congdoan_desktop.services.sheet_sections import Placed, Section, Sections, named

_NOTED = (
    ("education", "Trình độ"),
    ("union_role", "Chức vụ công đoàn"),
    ("started_work", "Ngày vào làm"),
    ("ethnicity", "Dân tộc"),
    ("note", ""),
)
"""Fields of a list of members that have no place of their own in a record, with what stands before them in the note."""
_ONLY_NOTED = frozenset(field for field, _ in _NOTED) - {"ethnicity"}


class Members:
    """A row is a member of a CĐCS."""

    type = Person.TYPE

    def __init__(self, connection: Connection, names: UnitNames, into: str, today: date) -> None:
        """`into`: the union of rows that name none."""
        self._names, self._into, self._today = names, into, today
        self._sections = Sections(names, into)
        self._known = Known.read(connection)
        self._met: dict[str, int] = {}

    def sections(self) -> tuple[Section, ...]:
        return self._sections.told()

    def made(self, values: Mapping[str, Any], labels: Sequence[str]) -> Made:
        unit, problem = self._unit(values.get("unit", ""), labels)
        if problem:
            return Made(None, (("unit", *problem),))
        birth = values.get("birth", "")
        ethnicity = code_of("ethnicities", values.get("ethnicity", ""))
        person = Person(
            unit,
            True,
            values.get("name", ""),
            birth_year_of(birth),
            values.get("citizen_id", ""),
            values.get("sex", ""),
            values.get("joined"),
            birth=birth,
            ethnicity=ethnicity,
            home=values.get("home", ""),
            address=values.get("address", ""),
            phone=values.get("phone", ""),
            old_id=values.get("old_id", ""),
            insurance=values.get("insurance", ""),
            card=values.get("card", ""),
            work=_work(values.get("job", ""), values.get("position", "")),
            batch=values.get("batch", ""),
            party_introduced=values.get("party_introduced"),
            party_admitted=values.get("party_admitted"),
            note=_note(values, ethnicity),
        )
        faults = faults_of_person(person, self._today)
        return Made(person, stopping(faults) if faults else ())

    def match(self, number: int, record: Record) -> Match:
        assert isinstance(record, Person)
        who = somebody(record, f"{LINE}{number}")
        likely = self._known.find(who)
        match = self._likeliest(who, likely) if likely else UNKNOWN
        if match.likeness is Likeness.SAME:
            first = self._met.setdefault(match.id, number)
            return match if first == number else Match(Likeness.REPEATED, "", f"{match.why} ({LINE}{first})")
        self._known.add(who)
        return match

    def _likeliest(self, who: Somebody, likely: list[Likely]) -> Match:
        other, why = likely[0].who, likely[0].why
        said = f"{WORDS[why]}: {other.name}" + (f" · {other.birth[:4]}" if other.birth else "")
        if other.id.startswith(LINE):
            repeated = Likeness.NEAR if why is Why.NEAR else Likeness.REPEATED
            return Match(repeated, "", f"{said} ({other.id})")
        if other.unit not in self._names.ours:
            return Match(Likeness.NEAR, "", f"{said}, do đơn vị khác giữ hồ sơ")
        if who.unit != other.unit:
            return Match(Likeness.NEAR, other.id, f"{said}, đang ở đơn vị khác")
        doubtful = search_key(who.name) != search_key(other.name) if why is Why.NUMBER else len(likely) > 1
        sure = why is not Why.NEAR and not doubtful
        return Match(Likeness.SAME if sure else Likeness.NEAR, other.id, said)

    def _unit(self, name: str, labels: Sequence[str]) -> Placed:
        """The id of the union, and what is wrong about its name."""
        if name:
            unit, problem = named(self._names, name, self._names.find(name))
        elif labels:
            unit, problem = self._sections.place(labels)
        else:
            unit, problem = self._into, None if self._into else ("Thiếu công đoàn cơ sở.", "")
        if unit and unit not in self._names.ours:
            return "", (f"“{self._names.units[unit].short_name}” tự giữ hồ sơ đoàn viên của mình.", "")
        return unit, problem


def _work(job: str, position: str) -> str:
    return f"{job}, {position}" if job and position and job != position else job or position


def _note(values: Mapping[str, Any], ethnicity: str) -> str:
    if ethnicity and _ONLY_NOTED.isdisjoint(values):
        return ""  # as in nearly every row
    parts = []
    for name, said in _NOTED:
        value = values.get(name)
        if value and not (name == "ethnicity" and ethnicity):
            shown = value.strftime("%d/%m/%Y") if isinstance(value, date) else value
            parts.append(f"{said}: {shown}" if said else shown)
    return clean("\n".join(parts)) if parts else ""
