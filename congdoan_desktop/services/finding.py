"""One question to everything: unions, people, workplaces whose name or number holds what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from congdoan_desktop.domain.births import show_birth
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.text import search_key
from congdoan_desktop.domain.units import Unit
from congdoan_desktop.domain.workplaces import Workplace
from congdoan_desktop.services import members, units, workplaces
from congdoan_desktop.services.office import Office

EACH = 6
"""Hits of one kind; who wants more uses the list itself."""


@dataclass(frozen=True, slots=True)
class Hit:
    """`kind` is the record's type; `second` tells namesakes apart."""

    kind: str
    id: str
    text: str
    second: str


def find(office: Office, typed: str) -> list[Hit]:
    """Unions, then people, then workplaces, the best of each first; nothing for an empty text."""
    if not search_key(typed):
        return []
    return [*_units(office, typed), *_people(office, typed), *_workplaces(office, typed)]


def _units(office: Office, typed: str) -> list[Hit]:
    words = search_key(typed).split()
    found = [row for row in units.listing(office) if all(word in row.search for word in words)]
    with office.read() as connection:
        former = office.tree(connection).former_names(office.structure(connection).day)
    return [Hit(Unit.TYPE, row.id, row.name, _told(row, words, former.get(row.id, ()))) for row in found[:EACH]]


def _told(row: units.UnitRow, words: list[str], former: Sequence[str]) -> str:
    """The code, and the former name if it is that which was looked for."""
    present = search_key(f"{row.name} {row.short_name} {row.code}")
    if all(word in present for word in words):
        return row.code
    named = next((name for name in former if all(word in search_key(name) for word in words)), former[0])
    return f"{row.code} · trước đây: {named}"


def _people(office: Office, typed: str) -> list[Hit]:
    found = members.rows(office, members.Wanted(search=typed), 0, EACH)
    return [Hit(Person.TYPE, row.id, row.person.name, _about(row)) for row in found]


def _workplaces(office: Office, typed: str) -> list[Hit]:
    found = workplaces.rows(office, workplaces.Wanted(search=typed), 0, EACH)
    return [Hit(Workplace.TYPE, row.id, row.workplace.name, row.workplace.place) for row in found]


def _about(row: members.MemberRow) -> str:
    return " · ".join(part for part in (row.unit_name, show_birth(row.person.birth)) if part)
