"""What units did for a campaign in a period: activities, support, money; figures of targets: `services.evaluation`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, case, func, select

from congdoan_desktop.domain.activities import DONE, Activity
from congdoan_desktop.domain.organisation import Tree
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.storage.projections import TABLES

PROPAGANDA = "tuyen_truyen"


@dataclass(frozen=True, slots=True)
class UnitTally:
    """What one unit did for the campaign in the period. Money in đồng."""

    propaganda: int = 0
    activities: int = 0
    counted_activities: int = 0
    participants: int = 0
    women: int = 0
    activity_cost: int = 0
    support_times: int = 0
    support_people: int = 0
    support_amount: int = 0


Lines = Mapping[str, tuple[str, ...]]
"""CĐCS of the end of a period -> the units whose records it sums: itself, and what was merged into it."""


def lines_below(tree: Tree, unit: str, starts: date, ends: date) -> Lines:
    """The lines of a unit's report on a period, in order of id; the unit itself when it is a CĐCS."""
    return tree.at(ends).rollup(unit, starts)


def gather(counted: Mapping[str, UnitTally], lines: Lines) -> dict[str, UnitTally]:
    """Per line. A person helped by two units that are one now counts once for each."""
    found = {}
    for line, units in lines.items():
        parts = [counted[unit] for unit in units if unit in counted]
        if parts:
            found[line] = UnitTally(**{f.name: sum(getattr(one, f.name) for one in parts) for f in fields(UnitTally)})
    return found


def tally(connection: Connection, campaign: str, starts: date, ends: date) -> dict[str, UnitTally]:
    """Per unit, over all units that recorded something."""
    done = _activity_sums(connection, campaign, starts, ends)
    given = _support_sums(connection, campaign, starts, ends)
    return _joined(done, given)


def _joined(done: Mapping[str, dict[str, int]], given: Mapping[str, dict[str, int]]) -> dict[str, UnitTally]:
    return {unit: UnitTally(**{**done.get(unit, {}), **given.get(unit, {})}) for unit in {*done, *given}}


def done_and_helped(connection: Connection, campaign: str, starts: date, ends: date) -> dict[str, UnitTally]:
    """Per unit only how many activities there were and how many people were helped: indexes alone tell that."""
    period = (campaign, starts, ends)
    activity, support = TABLES[Activity.TYPE], TABLES[SupportRecord.TYPE]
    done = _by_unit(connection, activity, activity.c.starts, {"activities": func.count()}, *period)
    given = _by_unit(connection, support, support.c.on, {"support_people": _people_helped(support)}, *period)
    return _joined(done, given)


def in_period(table: Table, day: ColumnElement[Any], campaign: str, starts: date, ends: date) -> ColumnElement[bool]:
    """Of one campaign; "" asks for all records of the period, also those of none."""
    here = (table.c.campaign == campaign) & day.between(starts, ends) if campaign else day.between(starts, ends)
    return here & is_done() if table is TABLES[Activity.TYPE] else here


def is_done() -> ColumnElement[bool]:
    """An activity that is only planned counts nowhere."""
    return TABLES[Activity.TYPE].c.state == DONE


def _activity_sums(connection: Connection, campaign: str, starts: date, ends: date) -> dict[str, dict[str, int]]:
    t = TABLES[Activity.TYPE]
    columns = {
        "propaganda": func.sum(case(((t.c.kind == PROPAGANDA) & ~t.c.counts, 1), else_=0)),
        "activities": func.count(),
        "counted_activities": func.sum(case((t.c.counts, 1), else_=0)),
        "participants": func.sum(t.c.participants),
        "women": func.sum(t.c.women),
        "activity_cost": func.sum(t.c.cost),
    }
    return _by_unit(connection, t, t.c.starts, columns, campaign, starts, ends)


def _support_sums(connection: Connection, campaign: str, starts: date, ends: date) -> dict[str, dict[str, int]]:
    t = TABLES[SupportRecord.TYPE]
    columns = {
        "support_times": func.count(),
        "support_people": _people_helped(t),
        "support_amount": func.sum(t.c.cash + t.c.in_kind),
    }
    return _by_unit(connection, t, t.c.on, columns, campaign, starts, ends)


def _people_helped(support: Table) -> ColumnElement[int]:
    return func.count(func.nullif(support.c.person, "").distinct())


def _by_unit(
    connection: Connection,
    table: Table,
    day: ColumnElement[Any],
    columns: Mapping[str, ColumnElement[Any]],
    campaign: str,
    starts: date,
    ends: date,
) -> dict[str, dict[str, int]]:
    query = (
        select(table.c.unit, *(column.label(name) for name, column in columns.items()))
        .where(in_period(table, day, campaign, starts, ends))
        .group_by(table.c.unit)
    )
    return {row["unit"]: {name: int(row[name]) for name in columns} for row in connection.execute(query).mappings()}
