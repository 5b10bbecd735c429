"""The organisation of a day as the window shows it: the tree in one answer, and all about one union."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.persons import Person, Post
from congdoan_desktop.domain.text import search_key, sort_key
from congdoan_desktop.domain.unit_names import place_in
from congdoan_desktop.domain.units import GRASSROOTS, Unit
from congdoan_desktop.errors import NotFound
from congdoan_desktop.services import departments, line_counts, reorganisation, side_by_side, units
from congdoan_desktop.services.catalogues import catalogue
from congdoan_desktop.services.departments import DepartmentRow
from congdoan_desktop.services.office import Office
from congdoan_desktop.services.reorganisation import EventLine
from congdoan_desktop.services.side_by_side import SideBySide
from congdoan_desktop.storage.projections import TABLES

EVENT_NAMES: Mapping[str, str] = {
    "enrol": "Trao mã, giữ hồ sơ", "found": "Thành lập", "change": "Đổi thông tin", "move": "Chuyển",
    "province": "Chuyển do sắp xếp tỉnh", "merge": "Ghép", "split": "Tách", "dissolve": "Giải thể",
}  # fmt: skip
"""What decisions are called."""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A union of the day; parents stand before their children. `below` counts the CĐCS under it, `members` sums them.

    `search` is folded.
    """

    id: str
    parent: str | None
    depth: int
    name: str
    code: str
    level: str
    kind: str
    below: int
    members: int | None
    search: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The tree of a day."""

    day: date
    rows: tuple[ChartRow, ...]
    refused: int
    """Decisions that do not count."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds an office; `title` and `body` are names of the catalogues, `term` as written ("2023-2028")."""

    name: str
    title: str
    body: str
    term: str


@dataclass(frozen=True, slots=True)
class Details:
    """All about a union on a day. `path` are the short names of the unions above it, the highest first.

    `names` gives the short name of every unit that the events mention.
    """

    unit: Unit
    path: tuple[str, ...]
    founded: date | None
    custodian: str
    members: SideBySide
    workers: int | None
    events: tuple[EventLine, ...]
    departments: tuple[DepartmentRow, ...]
    committee: tuple[Holder, ...]
    """Those in office, the highest first."""
    names: dict[str, str]


def chart(office: Office, day: date | None = None) -> Chart:
    """Our union and everything under it on the day (today), in Vietnamese order level by level."""
    with office.read() as connection:
        tree = office.tree(connection)
        now = tree.at(day) if day else office.structure(connection)
        shown = day or office.clock.today()
        members = _members(connection, now, office.identity.unit)
        order = {id_: sort_key(unit.name) for id_, unit in now.units.items()}
        former = tree.former_names(now.day)
        rows: list[ChartRow] = []

        def walk(unit: str, depth: int) -> ChartRow:
            at = len(rows)
            rows.append(_row(now, unit, depth, former))
            children = [walk(child, depth + 1) for child in sorted(now.children(unit), key=order.__getitem__)]
            rows[at] = _summed(rows[at], children, members.get(unit))
            return rows[at]

        walk(office.identity.unit, 0)
        return Chart(shown, tuple(rows), len(tree.refused))


def details(office: Office, unit: str, day: date | None = None) -> Details:
    """Raises: NotFound when the unit is not known here."""
    events = tuple(reorganisation.events(office, unit))
    with office.read() as connection:
        tree = office.tree(connection)
        now = tree.at(day) if day else office.structure(connection)
        if unit not in now.units:
            raise NotFound("Không có đơn vị này trong máy.", todo="Chọn đơn vị khác trong cây.")
        shown = day or office.clock.today()
        counted = line_counts.on_lines(connection, now, now.rollup(unit, now.day)).values()
        path = [now.units[one].short_name for one in now.above(unit) if one != unit and one in now.units]
        mentioned = {one for line in events for one in (line.event.subject, line.event.parent, *line.event.others)}
        return Details(
            now.units[unit],
            tuple(reversed(path)),
            now.founded(unit),
            _name(now, now.custodian(unit)),
            side_by_side.on_lines(office, connection, now, unit),
            sum(count.workers for count in counted) if counted else None,
            events,
            departments.of_unit(connection, unit, shown),
            _committee(connection, unit, shown),
            {one: _name(now, one) for one in mentioned | {event.event.unit for event in events}},
        )


@dataclass(frozen=True, slots=True)
class Leaving:
    """A unit of a union that is to be dissolved, and the union proposed for it by the words of its name and place."""

    unit: str
    name: str
    proposed: str | None


def leaving(office: Office, union: str, day: date) -> tuple[tuple[Leaving, ...], tuple[tuple[str, str], ...]]:
    """The units directly under a union on a day, with a proposal each, and the unions they may go to: (id, name)."""
    with office.read() as connection:
        now = office.tree(connection).at(day)
        upper = now.parent(union) or ""
        goals = [u for u in (now.units[c] for c in now.children(upper)) if u.level != GRASSROOTS and u.unit != union]
        goals.sort(key=lambda unit: sort_key(unit.name))
        places = {goal.unit: f" {search_key(place_in(goal.name) or goal.name)} " for goal in goals}
        below = sorted((now.units[child] for child in now.children(union)), key=lambda unit: sort_key(unit.name))
        lines = tuple(Leaving(unit.unit, unit.short_name, _goal(unit, places)) for unit in below)
        above = [(upper, _name(now, upper))] if upper in now.units else []
        return lines, (*((goal.unit, goal.short_name) for goal in goals), *above)


def _goal(unit: Unit, places: dict[str, str]) -> str | None:
    """The union whose place stands in the unit's name, place or address; the longest where several do."""
    words = f" {search_key(f'{unit.name} {unit.place} {unit.address}')} "
    found = [goal for goal, place in places.items() if place.strip() and place in words]
    return max(found, key=lambda goal: len(places[goal]), default=None)


def _row(now: Structure, id_: str, depth: int, former: Mapping[str, tuple[str, ...]]) -> ChartRow:
    unit = now.units[id_]
    search = units.searched(unit, former)
    parent = now.parent(id_) if depth else None
    return ChartRow(id_, parent, depth, unit.short_name, unit.code, unit.level, unit.kind, 0, None, search)


def _summed(row: ChartRow, children: list[ChartRow], own: int | None) -> ChartRow:
    known = [count for count in (own, *(child.members for child in children)) if count is not None]
    below = sum(child.below + (child.level == GRASSROOTS) for child in children)
    return replace(row, below=below, members=sum(known) if known else None)


def _members(connection: Connection, now: Structure, own: str) -> dict[str, int]:
    counted = line_counts.on_lines(connection, now, now.rollup(own, now.day))
    return {line: count.members for line, count in counted.items()}


def _committee(connection: Connection, unit: str, day: date) -> tuple[Holder, ...]:
    posts, people = TABLES[Post.TYPE], TABLES[Person.TYPE]
    rows = connection.execute(
        select(posts.c.title, posts.c.body, posts.c.term, posts.c.since, posts.c.until, people.c.name)
        .join(people, people.c.record == posts.c.person)
        .where(posts.c.unit == unit, posts.c.since <= day)
    )
    ranks = {code: number for number, code in enumerate(catalogue().codes("officer_titles"))}
    held = sorted(
        (row for row in rows if row.until is None or day <= row.until),
        key=lambda row: (ranks.get(row.title, len(ranks)), sort_key(row.name or "")),
    )
    name = catalogue().name
    return tuple(
        Holder(row.name or "–", name("officer_titles", row.title), name("committees", row.body), row.term)
        for row in held
    )


def _name(now: Structure, unit: str) -> str:
    return now.units[unit].short_name if unit in now.units else "đơn vị chưa có hồ sơ"
