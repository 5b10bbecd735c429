"""Workers and members of the lines of a report on its last day, each person counted once through merges and splits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, RowMapping, select

from congdoan_desktop.domain.organisation import Structure
from congdoan_desktop.domain.units import Headcount
from congdoan_desktop.services import membership
from congdoan_desktop.services.membership import Standing
from congdoan_desktop.services.tally import Lines
from congdoan_desktop.storage.projections import TABLES, value_of

Listed = tuple[int, int]
"""Members in the list of a unit, and the women among them."""


def counts_on(connection: Connection, day: date) -> dict[str, Headcount]:
    """Unit -> its latest count up to the day; the first one after it where nobody had counted before."""
    table = TABLES[Headcount.TYPE]
    found: dict[str, RowMapping] = {}
    for row in connection.execute(select(table).order_by(table.c.on, table.c.hash)).mappings():
        if row["on"] <= day or row["unit"] not in found:
            found[row["unit"]] = row
    return {unit: value_of(Headcount.TYPE, row) for unit, row in found.items()}


def on_lines(connection: Connection, then: Structure, lines: Lines) -> dict[str, Headcount]:
    """Line -> workers and members on the structure's day; lines of which nothing is known are left out."""
    return of_lines(counts_on(connection, then.day), membership.by_lists(connection, then.day), then, lines)


def standings(connection: Connection, then: Structure, lines: Lines) -> dict[str, Standing]:
    """Line -> its list beside its count on the structure's day; lines of which nothing is known are left out."""
    counts, people = counts_on(connection, then.day), membership.by_lists(connection, then.day)
    known = {line: _standing(line, units, counts, people, then) for line, units in lines.items()}
    return {line: held for line, held in known.items() if held.members is not None}


def of_lines(
    counts: Mapping[str, Headcount], people: Mapping[str, Listed], then: Structure, lines: Lines
) -> dict[str, Headcount]:
    """Line -> the sum over its units, by their lists of people where these stand for the counts (`membership`).

    A count of a unit that went into another is in the other's figure once that was counted anew; one of a unit that was
    split is in those of its parts.
    """
    summed = {}
    for line, units in lines.items():
        told = _by_people(line, _standing(line, units, counts, people, then), then.day)
        if told is not None:
            summed[line] = told
    return summed


def _standing(
    line: str,
    units: Iterable[str],
    counts: Mapping[str, Headcount],
    people: Mapping[str, Listed],
    then: Structure,
) -> Standing:
    own = tuple(units)
    parts = [counts[unit] for unit in own if unit in counts and not _is_counted_anew(counts, then, unit)]
    listed = [people[unit] for unit in own if unit in people]
    counted = _sum(line, parts) if parts else None
    return Standing(sum(members for members, _ in listed), sum(women for _, women in listed), counted)


def _by_people(line: str, held: Standing, day: date) -> Headcount | None:
    """The count, with members by the list when it is nearly whole."""
    counted = held.count
    if not held.listed or not held.by_list:
        return counted
    if counted is None:
        return Headcount(line, day, held.listed, held.listed, held.listed_women)
    return replace(counted, members=held.listed, women=held.listed_women)


def _is_counted_anew(counts: Mapping[str, Headcount], then: Structure, unit: str) -> bool:
    """Whether a later count of what became of the unit holds its people."""
    while (ending := then.endings.get(unit)) is not None:
        heirs = (ending.heir,) if ending.heir else ending.event.others
        if any(heir in counts and counts[heir].on >= ending.event.on for heir in heirs):
            return True
        if ending.heir is None:
            return False
        unit = ending.heir
    return False


def _sum(line: str, parts: Sequence[Headcount]) -> Headcount:
    first, *more = parts
    if not more:
        return replace(first, unit=line)
    return Headcount(
        line,
        max(part.on for part in parts),
        sum(part.workers for part in parts),
        sum(part.members for part in parts),
        _known(part.women for part in parts),
        _known(part.eligible for part in parts),
    )


def _known(numbers: Iterable[int | None]) -> int | None:
    """The sum, None where one is not known."""
    held = list(numbers)
    return None if None in held else sum(number for number in held if number is not None)
