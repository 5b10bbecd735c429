"""Bare counts by unit: activities, what they count, people; and the people whom support reached.

A person counts once in a unit; summed over units, somebody helped in two of them counts in both.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, func, or_, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.indicators import Criterion, Definition
from congdoan_desktop.domain.needs import HOUSES, Need
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.services.evaluation.criteria import Amounts, begins, held, names_people, window
from congdoan_desktop.services.evaluation.frame import Frame
from congdoan_desktop.storage.projections import TABLES

_MEMBER = "doan_vien"
"""Who a need is about: a member; the needs of others are none of members in difficulty."""


def counted(frame: Frame, definition: Definition) -> Amounts:
    """Owner -> the sum of the measure over the records of the one criterion."""
    (one,) = definition.criteria
    by_unit = _MEASURES[definition.measure](frame, one)
    found: Counter[str] = Counter()
    for unit, count in by_unit.items():
        owner = frame.owner_of(unit)
        if owner is not None:
            found[owner] += count
    return found


def helped_members(frame: Frame, one: Criterion) -> Amounts:
    """Owner -> members who were helped for one of the causes; the need cases that were answered.

    Somebody whose record has not come counts until it says that he was none. The others are taken away here: to look
    each one up costs four times as much as to read who is no member.
    """
    t, person = TABLES[SupportRecord.TYPE].c, TABLES[Person.TYPE].c
    never = ~person.member, person.left.is_(None), person.earlier == "[]"
    others = set(frame.connection.scalars(select(person.record).where(*never)))
    given_to = select(t.unit, t.person).where(given(frame, one), t.person.is_not(None))
    found: Counter[str] = Counter()
    for unit, helped in {*frame.connection.execute(given_to).all()}:
        owner = frame.owner_of(unit) if helped not in others else None
        if owner is not None:
            found[owner] += 1
    return found


def unanswered(frame: Frame, one: Criterion) -> Amounts:
    """Owner -> members with a need for one of the causes that no help has answered and nobody has closed."""
    t = TABLES[Need.TYPE].c
    asked = [window(frame, one, t.on), t.beneficiary == _MEMBER, t.person.is_not(None)]
    asked.append(or_(t.closed_on.is_(None), t.closed_on > frame.ends))
    if one.codes:
        asked.append(t.cause.in_(one.codes))
    support, needy = TABLES[SupportRecord.TYPE].c, select(t.person).where(*asked)
    helped = select(support.person).where(given(frame, one), support.person.in_(needy))
    found: Counter[str] = Counter()
    query = select(t.unit, func.count(t.person.distinct())).where(*asked, t.person.not_in(helped)).group_by(t.unit)
    for unit, people in frame.connection.execute(query):
        owner = frame.owner_of(unit)
        if owner is not None:
            found[owner] += people
    return found


def given(frame: Frame, one: Criterion) -> ColumnElement[bool]:
    """Which support the criterion looks at."""
    t = TABLES[SupportRecord.TYPE].c
    found = [window(frame, one, t.on)]
    if one.codes:
        found.append(t.cause.in_(one.codes))
    if one.linked:
        found.append(t.campaign == frame.id)
    return and_(*found)


def houses(frame: Frame, one: Criterion) -> Iterator[tuple[date, RowMapping]]:
    """Mái ấm Công đoàn that reached one of the stages, each on the day of the first, whichever came after."""
    t = TABLES[Need.TYPE].c
    asked = [t.kind.in_(HOUSES), t.stages != "[]", *([t.campaign == frame.id] if one.linked else [])]
    since = begins(frame, one)
    for row in frame.connection.execute(select(t.record, t.unit, t.stages).where(*asked)).mappings():
        days = [date.fromisoformat(stage["on"]) for stage in json.loads(row["stages"]) if stage["stage"] in one.codes]
        if days and (since is None or since <= min(days)) and min(days) <= frame.ends:
            yield min(days), row


def _of_houses(frame: Frame, one: Criterion) -> Amounts:
    return Counter(row["unit"] for _, row in houses(frame, one))


def _of_activities(column: ColumnElement[Any]) -> Callable[[Frame, Criterion], Amounts]:
    def made(frame: Frame, one: Criterion) -> Amounts:
        t = TABLES[Activity.TYPE].c
        rows = frame.connection.execute(select(t.unit, column).where(held(frame, one)).group_by(t.unit))
        return {unit: int(count or 0) for unit, count in rows}

    return made


def _of_supports(column: ColumnElement[Any]) -> Callable[[Frame, Criterion], Amounts]:
    def made(frame: Frame, one: Criterion) -> Amounts:
        t = TABLES[SupportRecord.TYPE].c
        rows = frame.connection.execute(select(t.unit, column).where(given(frame, one)).group_by(t.unit))
        return {unit: int(count) for unit, count in rows}

    return made


def _persons(frame: Frame, one: Criterion) -> Amounts:
    """Those named, each once, and of the others as many as were counted."""
    t = TABLES[Activity.TYPE].c
    every = select(t.unit, func.sum(t.count)).where(held(frame, one)).group_by(t.unit)
    found = Counter({unit: int(count or 0) for unit, count in frame.connection.execute(every)})
    named: dict[str, set[str]] = {}
    for unit, people, count in frame.connection.execute(
        select(t.unit, t.people, t.count).where(held(frame, one), names_people())
    ):
        ids = json.loads(people)
        named.setdefault(unit, set()).update(ids)
        found[unit] -= min(count or 0, len(ids))
    return found + Counter({unit: len(ids) for unit, ids in named.items()})


_MEASURES: Mapping[str, Callable[[Frame, Criterion], Amounts]] = {
    "activities": _of_activities(func.count()),
    "participants": _of_activities(func.sum(TABLES[Activity.TYPE].c.participants)),
    "count": _persons,
    "supports": _of_supports(func.count()),
    "people": _of_supports(func.count(func.nullif(TABLES[SupportRecord.TYPE].c.person, "").distinct())),
    "houses": _of_houses,
}
