"""What the records know of the rows of a statistics form: `domain.statistics_forms.SOURCES` -> figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, Connection, Table, func, select

from congdoan_desktop.domain.activities import Activity
from congdoan_desktop.domain.organisation import Tree
from congdoan_desktop.domain.periods import Period
from congdoan_desktop.domain.persons import Person
from congdoan_desktop.domain.rating import Rating
from congdoan_desktop.domain.support import SupportRecord
from congdoan_desktop.services.line_counts import on_lines
from congdoan_desktop.services.tally import Lines, is_done, lines_below
from congdoan_desktop.storage.projections import TABLES

_AGREEMENT = "thoa_uoc"
_RATED = {"rated_best": "xuat_sac", "rated_good": "tot", "rated_done": "hoan_thanh", "rated_failed": "khong_hoan_thanh"}


def known(connection: Connection, tree: Tree, own: str, period: Period) -> dict[str, int]:
    """Source -> figure over our CĐCS of the period's last day; what nobody has counted is left out."""
    lines = lines_below(tree, own, period.starts, period.ends)
    elsewhere = tree.at(period.ends).without(own)
    found: dict[str, int | None] = {
        "unions": len(lines),
        **_people(connection, tree, lines, period),
        **_ratings(connection, lines, period.ends.year),
        **_done(connection, elsewhere, period),
    }
    return {source: figure for source, figure in found.items() if figure is not None}


def _people(connection: Connection, tree: Tree, lines: Lines, period: Period) -> dict[str, int | None]:
    """Workers and members of all CĐCS together; a sum that lacks a CĐCS would say too little."""
    counts = on_lines(connection, tree.at(period.ends), lines)
    whole = len(counts) == len(lines) and bool(lines)
    if not whole:
        return {}
    return {
        "workers": sum(count.workers for count in counts.values()),
        "members": sum(count.members for count in counts.values()),
        "women_members": _sum(count.women for count in counts.values()),
        "joined": _joined(connection, lines, period),
    }


def _sum(numbers: Iterable[int | None]) -> int | None:
    held = list(numbers)
    return None if None in held else sum(number for number in held if number is not None)


def _joined(connection: Connection, lines: Lines, period: Period) -> int | None:
    """From the lists of people alone; unknown where there are none.

    Those who joined are asked for whatever their union: so the index of the list answers, and no row is read.
    """
    people = TABLES[Person.TYPE].c
    units = {unit for parts in lines.values() for unit in parts}
    members = select(people.unit).where(people.member)
    if connection.execute(members.where(people.unit.in_(units)).limit(1)).first() is None:
        return None
    came = connection.scalars(members.where(people.joined.between(period.starts, period.ends)))
    return sum(unit in units for unit in came)


def _ratings(connection: Connection, lines: Lines, year: int) -> dict[str, int]:
    """Nothing before the year's first rating."""
    table = TABLES[Rating.TYPE].c
    query = (
        select(table.level, func.count()).where(table.year == year, table.unit.in_(lines.keys())).group_by(table.level)
    )
    counted = {row[0]: row[1] for row in connection.execute(query)}
    return {source: counted.get(level, 0) for source, level in _RATED.items()} if counted else {}


def _done(connection: Connection, elsewhere: frozenset[str], period: Period) -> Mapping[str, int]:
    """Activities and support of ourselves and all below, also of unions between us and the CĐCS."""
    activities, supports = TABLES[Activity.TYPE], TABLES[SupportRecord.TYPE]
    held = is_done() & _within(activities, activities.c.starts, elsewhere, period)
    given = _within(supports, supports.c.on, elsewhere, period)
    times, participants = connection.execute(
        select(func.count(), func.coalesce(func.sum(activities.c.participants), 0)).where(held)
    ).one()
    agreements = connection.execute(select(func.count()).where(held, activities.c.kind == _AGREEMENT)).scalar_one()
    helped, amount = connection.execute(
        select(func.count(), func.coalesce(func.sum(supports.c.cash + supports.c.in_kind), 0)).where(given)
    ).one()
    return {
        "agreements": int(agreements),
        "activities": int(times) - int(agreements),
        "participants": int(participants),
        "supports": int(helped),
        "support_amount": int(amount),
    }


def _within(table: Table, day: ColumnElement[object], elsewhere: frozenset[str], period: Period) -> ColumnElement[bool]:
    here = day.between(period.starts, period.ends)
    return here & table.c.unit.not_in(elsewhere) if elsewhere else here
