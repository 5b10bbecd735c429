"""How many records stand behind a figure, and which figures can be computed again from what a report brings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from sqlalchemy import func, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.figures import EnteredFigure, ToDate
from congdoan_desktop.domain.indicators import RECORDS, Criterion, Definition
from congdoan_desktop.domain.needs import Need
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.services.evaluation.criteria import Amounts, held
from congdoan_desktop.services.evaluation.figures import Evaluated, bare
from congdoan_desktop.services.evaluation.frame import Frame
from congdoan_desktop.services.evaluation.sums import given, houses
from congdoan_desktop.storage.projections import TABLES

Counted = Mapping[str, Counter[str]]
"""Unit of a figure -> type of record -> how many of them."""
_BROUGHT = frozenset({"activity", "support"})
_TYPES: Mapping[str, str] = {
    "rating": "rating", "training": "training", "plan": "campaign", "merged": "org_event", "union": "workplace",
    "member": "workplace",
}  # fmt: skip


def travels(definition: Definition) -> bool:
    """Whether a report on the campaign brings all records that it is counted from.

    It brings what was recorded for the campaign. Workplaces, ratings, courses, lists of members and what was recorded
    for no campaign stay with the union that keeps them: its figure stands then, with nothing to hold against it.
    """
    known = {one.field for one in definition.conditions} <= {"level", "kind"}
    is_told = definition.source != RECORDS or definition.population not in ("", "unions")
    return known and not is_told and all(one.linked and one.source in _BROUGHT for one in definition.criteria)


def records_behind(frame: Frame, one: Evaluated) -> Counted:
    """By the units of `one.cells`; a record that serves two criteria counts once for each."""
    found: dict[str, Counter[str]] = {owner: Counter() for owner in one.cells}
    if one.definition is None:
        return found
    for at, criterion in enumerate(one.definition.criteria):
        count = _BY_QUERY.get(criterion.source)
        if count is not None:
            count(frame, one, criterion, found)
        elif at < len(one.amounts):
            _by_things(one, criterion, one.amounts[at], found)
    for owner in one.entered:
        if owner in found:
            found[owner][EnteredFigure.TYPE] += 1
    return found


def to_date(frame: Frame, found: Mapping[str, Evaluated]) -> tuple[ToDate, ...]:
    """What goes upward for the plan as a whole: each unit's own part, with how many records it rests on."""
    made = []
    for target_id, one in found.items():
        behind = records_behind(frame, one)
        for unit, cell in sorted(one.cells.items()):
            brought = one.brought.get(unit)
            records = brought.records if brought else behind[unit].total()
            told = unit in one.entered
            made.append(ToDate(target_id, unit, *bare(one, unit, cell), cell.parts, records, told))
    return tuple(made)


def _activities(frame: Frame, one: Evaluated, criterion: Criterion, found: Mapping[str, Counter[str]]) -> None:
    """Those of a workplace count with the unit in whose figure the workplace stands."""
    t = TABLES[Activity.TYPE].c
    query = select(t.workplace, t.unit, func.count()).where(held(frame, criterion)).group_by(t.workplace, t.unit)
    for place, unit, times in frame.connection.execute(query):
        thing = one.things.get(place or "")
        _add(found, thing.owner if thing else frame.owner_of(unit), Activity.TYPE, times)


def _supports(frame: Frame, _: Evaluated, criterion: Criterion, found: Mapping[str, Counter[str]]) -> None:
    t = TABLES[SupportRecord.TYPE].c
    query = select(t.unit, func.count()).where(given(frame, criterion)).group_by(t.unit)
    for unit, times in frame.connection.execute(query):
        _add(found, frame.owner_of(unit), SupportRecord.TYPE, times)


def _houses(frame: Frame, _: Evaluated, criterion: Criterion, found: Mapping[str, Counter[str]]) -> None:
    for _day, row in houses(frame, criterion):
        _add(found, frame.owner_of(row["unit"]), Need.TYPE, 1)


def _by_things(one: Evaluated, criterion: Criterion, done: Amounts, found: Mapping[str, Counter[str]]) -> None:
    type_ = _TYPES[criterion.source]
    for id_, thing in one.things.items():
        times = min(done.get(id_, 0), 1) if type_ == "workplace" else done.get(id_, 0)
        _add(found, thing.owner, type_, times)


def _add(found: Mapping[str, Counter[str]], owner: str | None, type_: str, times: int) -> None:
    if owner is not None and owner in found and times:
        found[owner][type_] += times


_BY_QUERY: Mapping[str, Callable[[Frame, Evaluated, Criterion, Mapping[str, Counter[str]]], None]] = {
    "activity": _activities,
    "support": _supports,
    "house": _houses,
}
