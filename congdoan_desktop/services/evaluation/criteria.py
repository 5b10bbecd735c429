"""What each thing of a population has done: amounts by criterion, out of the projected tables."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal_column, or_, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.campaigns import Campaign, Target
from congdoan_desktop.domain.indicators import Criterion, Definition
from congdoan_desktop.domain.persons import Training
from congdoan_desktop.domain.target_choices import MERGED, answer, levels_of
from congdoan_desktop.services.evaluation.frame import Frame
from congdoan_desktop.services.evaluation.populations import Things, baselines
from congdoan_desktop.services.tally import is_done
from congdoan_desktop.storage.projections import TABLES

Amounts = Mapping[str, int]
"""Thing -> how often, or how many people; what is not there is zero."""
_OWN_PLAN = "ke_hoach_rieng"
_SMALL = 10
"""Đoàn viên: the threshold of 324/KH-LĐLĐ, III.7."""


def amounts(frame: Frame, target: Target, definition: Definition, one: Criterion, population: Things) -> Amounts:
    """For each thing of the population."""
    if one.source == "activity":
        return _BY_ACTIVITY[definition.population](frame, definition, one)
    if one.source == "rating":
        levels = levels_of(target, one.codes)
        return {unit: 1 for unit, level in frame.ratings.items() if level in levels}
    return _BY_SOURCE[one.source](frame, target, one, population)


# Activities


def begins(frame: Frame, one: Criterion) -> date | None:
    """The first day that the criterion looks at; None where it asks what stands on the last one."""
    first = {"period": frame.starts, "year": date(frame.ends.year, 1, 1), "cumulative": frame.campaign.starts}
    return first.get(one.time)


def window(frame: Frame, one: Criterion, day: ColumnElement[date]) -> ColumnElement[bool]:
    since = begins(frame, one)
    return day <= frame.ends if since is None else day.between(since, frame.ends)


def held(frame: Frame, one: Criterion) -> ColumnElement[bool]:
    """Which activities the criterion looks at."""
    t = TABLES[Activity.TYPE].c
    found = [is_done(), window(frame, one, t.starts)]
    if one.codes:
        found.append(t.kind.in_(one.codes))
    if one.time == "in_force":
        found.append(or_(t.until.is_(None), t.until >= frame.ends))
    if one.linked:
        found.append(t.campaign == frame.id)
    if one.counted:
        found.append(t.counts)
    return and_(*found, *(_says(t.details, detail) for detail in one.details))


def _says(column: ColumnElement[str], detail: str) -> ColumnElement[bool]:
    """The column holds what `storage.projections` writes of a tuple of Detail."""
    name, _, value = detail.partition("=")
    return func.instr(column, json.dumps({"name": name, "value": value}, ensure_ascii=False)) > 0


def _at_places(frame: Frame, _: Definition, one: Criterion) -> Amounts:
    """What names no workplace was held for all those of the union."""
    t = TABLES[Activity.TYPE].c
    found: Counter[str] = Counter()
    query = select(t.workplace, t.unit, func.count()).where(held(frame, one)).group_by(t.workplace, t.unit)
    for place, unit, times in frame.connection.execute(query).all():
        for id_ in (place,) if place else frame.places_of.get(frame.line_of.get(unit, ""), ()):
            found[id_] += times
    return found


def _by_unions(frame: Frame, _: Definition, one: Criterion) -> Amounts:
    t = TABLES[Activity.TYPE].c
    found: Counter[str] = Counter()
    query = select(t.unit, func.count()).where(held(frame, one)).group_by(t.unit)
    for unit, times in frame.connection.execute(query).all():
        found[frame.line_of.get(unit, unit)] += times
    return found


def _reached(frame: Frame, definition: Definition, one: Criterion) -> Amounts:
    """People who certainly took part: those named, or those of the largest occasion, whichever are more.

    Sums over occasions would count one person many times.
    """
    t = TABLES[Activity.TYPE].c
    people = t.members if definition.population == "members" else t.participants
    named = _named(frame.connection, held(frame, one))
    found: Counter[str] = Counter()
    query = select(t.unit, func.max(people)).where(held(frame, one)).group_by(t.unit)
    for unit, most in frame.connection.execute(query).all():
        found[frame.line_of.get(unit, unit)] += max(most or 0, len(named.get(unit, ())))
    return found


def names_people() -> ColumnElement[bool]:
    """Written out, so that the index of those activities is used."""
    return TABLES[Activity.TYPE].c.people != literal_column("'[]'")


def _named(connection: Connection, here: ColumnElement[bool]) -> Mapping[str, set[str]]:
    """Unit -> the persons that activities name."""
    t = TABLES[Activity.TYPE].c
    found: dict[str, set[str]] = {}
    for unit, people in connection.execute(select(t.unit, t.people).where(here, names_people())):
        found.setdefault(unit, set()).update(json.loads(people))
    return found


_BY_ACTIVITY: Mapping[str, Callable[[Frame, Definition, Criterion], Amounts]] = {
    "workplaces": _at_places,
    "unions": _by_unions,
    "members": _reached,
    "workers": _reached,
}


# Everything else


def _has_union(frame: Frame, _: Target, __: Criterion, ___: Things) -> Amounts:
    return {place.id: 1 for place in frame.places if place.line}


def _own_plan(frame: Frame, _: Target, __: Criterion, ___: Things) -> Amounts:
    """A plan that carries ours out, held here or recorded as issued."""
    table, activity = TABLES[Campaign.TYPE], TABLES[Activity.TYPE].c
    found = Counter(_units(frame, select(table.c.unit).where(table.c.parent == frame.id, table.c.starts <= frame.ends)))
    told = Criterion("", "activity", (_OWN_PLAN,), "cumulative", linked=True)
    return found + Counter(_units(frame, select(activity.unit).where(held(frame, told))))


def _units(frame: Frame, query: Select[Any]) -> Iterable[str]:
    units = frame.connection.execute(query).scalars()
    return (frame.line_of.get(unit, unit) for unit in units)


def _trained(frame: Frame, _: Target, one: Criterion, __: Things) -> Amounts:
    t = TABLES[Training.TYPE].c
    query = select(t.person, func.count()).where(window(frame, one, t.on))
    if one.codes:
        query = query.where(t.organiser.in_(one.codes))
    return dict(frame.connection.execute(query.group_by(t.person)).all())


def _members(frame: Frame, _: Target, __: Criterion, population: Things) -> Amounts:
    """Members of the union, shared among its workplaces in their order: none counts twice."""
    left = {line: counted.members for line, counted in frame.counts.items()}
    line_of = {place.id: place.line for place in frame.places}
    found = {}
    for id_, thing in population.items():
        line = line_of.get(id_, id_) or ""
        found[id_] = min(left.get(line, 0), thing.weight)
        left[line] = left.get(line, 0) - found[id_]
    return found


def _merged(frame: Frame, target: Target, _: Criterion, population: Things) -> Amounts:
    """CĐCS of the frozen list that are one with another that was there when the list was frozen."""
    frozen = max((one.on for one in baselines(frame)), default=None)
    before = frame.tree.at(frozen) if frozen else frame.then
    needed = answer(target, MERGED)
    least = {"any": 0, "reach": _SMALL, "over": _SMALL + 1}[needed]
    found = {}
    for unit, thing in population.items():
        parts = [one for one in frame.lines.get(thing.owner, ()) if before.exists(one)]
        known = frame.counts.get(thing.owner)
        if len(parts) > 1 and (not least or (known is not None and known.members >= least)):
            found[unit] = 1
    return found


_BY_SOURCE: Mapping[str, Callable[[Frame, Target, Criterion, Things], Amounts]] = {
    "union": _has_union,
    "plan": _own_plan,
    "training": _trained,
    "member": _members,
    "merged": _merged,
}
