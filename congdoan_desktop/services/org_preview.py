"""A reorganisation before and after: the units it touches, and what stands under the unions concerned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.figures import PeriodFigures
from congdoan_desktop.domain.needs import Need
from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.reorganising import Draft
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.domain.text import sort_key
from congdoan_desktop.domain.units import Headcount
from congdoan_desktop.errors import Finding
from congdoan_desktop.services import line_counts, membership
from congdoan_desktop.storage.projections import TABLES

_ABOUT = (Activity.TYPE, SupportRecord.TYPE, Need.TYPE, Person.TYPE, PeriodFigures.TYPE)


DEED_NAMES: Mapping[str, str] = {
    "new": "Thành lập", "ended": "Kết thúc", "moved": "Chuyển", "changed": "Đổi", "grown": "Nhận thêm",
}  # fmt: skip
"""What an order does to a unit, in words."""


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit that the order touches. `what` is a key of DEED_NAMES; "grown" takes members over.

    `before` and `after` name the union above it, "" where it does not exist; members None where nobody counted.
    `records` keep the unit.
    """

    unit: str
    name: str
    name_after: str
    what: str
    before: str
    after: str
    members_before: int | None
    members_after: int | None
    records: int


@dataclass(frozen=True, slots=True)
class UpperChange:
    """A union with the CĐCS and members under it, before and after."""

    name: str
    units_before: int
    units_after: int
    members_before: int
    members_after: int


@dataclass(frozen=True, slots=True)
class Preview:
    units: tuple[UnitChange, ...]
    uppers: tuple[UpperChange, ...]
    findings: tuple[Finding, ...]

    @property
    def possible(self) -> bool:
        return all(finding.warning for finding in self.findings)


def compared(
    connection: Connection, before: Structure, after: Structure, draft: Draft, findings: tuple[Finding, ...]
) -> Preview:
    """Both sides on the day of the decision."""
    counts, people = line_counts.counts_on(connection, before.day), membership.by_lists(connection, before.day)
    new = {**counts, **{one.unit: one for one in draft.counts}}
    members = _members(counts, people, before), _members(new, people, after)
    touched = [unit for unit in after.units if _state(before, unit) != _state(after, unit) or _grows(unit, members)]
    about = records_about(connection)
    lines = (_unit_change(unit, before, after, members, about) for unit in _by_name(after, touched))
    uppers = {now.parent(unit) or "" for unit in touched for now in (before, after) if now.exists(unit)}
    sums = (_upper_change(one, before, after, members) for one in _by_name(after, uppers & after.units.keys()))
    return Preview(tuple(lines), tuple(sums), findings)


_Members = tuple[Mapping[str, int], Mapping[str, int]]
"""Members of the lines before and after."""


def _unit_change(
    unit: str, before: Structure, after: Structure, members: _Members, about: Mapping[str, int]
) -> UnitChange:
    name = _name(after, unit)
    return UnitChange(
        unit,
        _name(before, unit) or name,
        name,
        _what(before, after, unit),
        _upper_name(before, unit),
        _upper_name(after, unit),
        members[0].get(unit),
        members[1].get(unit),
        about.get(unit, 0),
    )


def _upper_change(upper: str, before: Structure, after: Structure, members: _Members) -> UpperChange:
    was, is_ = (list(now.rollup(upper, now.day)) for now in (before, after))
    sums = (sum(known.get(line, 0) for line in lines) for known, lines in zip(members, (was, is_), strict=True))
    return UpperChange(_name(after, upper), len(was), len(is_), *sums)


def _by_name(now: Structure, units: Iterable[str]) -> list[str]:
    return sorted(units, key=lambda unit: (sort_key(now.units[unit].name), unit))


def _state(now: Structure, unit: str) -> object:
    if unit not in now.units or not now.exists(unit):
        return None
    return now.parent(unit), now.units[unit]


def _what(before: Structure, after: Structure, unit: str) -> str:
    was, is_ = _state(before, unit), _state(after, unit)
    if was is None or is_ is None:
        return "new" if was is None else "ended"
    if was == is_:
        return "grown"
    return "moved" if before.parent(unit) != after.parent(unit) else "changed"


def _grows(unit: str, members: _Members) -> bool:
    before, after = (known.get(unit) for known in members)
    return before is not None and after is not None and before != after


def _members(
    counts: Mapping[str, Headcount], people: Mapping[str, line_counts.Listed], now: Structure
) -> dict[str, int]:
    lines = {one: group for top in _tops(now) for one, group in now.rollup(top, now.day).items()}
    return {unit: count.members for unit, count in line_counts.of_lines(counts, people, now, lines).items()}


def _tops(now: Structure) -> list[str]:
    return [unit for unit in now.units if now.exists(unit) and (now.parent(unit) or "") not in now.units]


def _upper_name(now: Structure, unit: str) -> str:
    return _name(now, now.parent(unit) or "") if now.exists(unit) else ""


def _name(now: Structure, unit: str) -> str:
    return now.units[unit].short_name if unit in now.units else ""


def records_about(connection: Connection) -> dict[str, int]:
    """Unit -> how many activities, supports, people and reported figures name it."""
    found: dict[str, int] = {}
    for type_ in _ABOUT:
        table = TABLES[type_]
        for unit, times in connection.execute(select(table.c.unit, func.count()).group_by(table.c.unit)):
            found[unit] = found.get(unit, 0) + times
    return found
