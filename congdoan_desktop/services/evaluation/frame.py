"""What all targets of a campaign share over one period: the organisation of its last day, workplaces, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from congdoan_desktop.domain.campaigns import Campaign
from congdoan_desktop.domain.organisation import Structure, Tree
from congdoan_desktop.domain.rating import Rating
from congdoan_desktop.domain.units import Headcount
from congdoan_desktop.domain.workplaces import Workforce, Workplace
from congdoan_desktop.services import line_counts
from congdoan_desktop.services.tally import Lines
from congdoan_desktop.storage.projections import TABLES


@dataclass(frozen=True, slots=True)
class Place:
    """A workplace of the last day. `owner`: the line of its union, else the union that keeps its record.

    `line` None where it has no union.
    """

    id: str
    owner: str
    line: str | None
    kind: str
    ownership: str


@dataclass(frozen=True)
class Frame:
    """A campaign over one period, seen from `own`. What is asked for once is read once."""

    connection: Connection
    tree: Tree
    own: str
    id: str
    campaign: Campaign
    starts: date
    ends: date
    structure_on: date | None = None
    """The day whose organisation is taken; None: the period's last."""

    @cached_property
    def then(self) -> Structure:
        return self.tree.at(self.structure_on or self.ends)

    @cached_property
    def lines(self) -> Lines:
        return self.then.rollup(self.own, self.starts)

    @cached_property
    def line_of(self) -> Mapping[str, str]:
        """CĐCS of any time in the period -> the line that holds its records."""
        return {unit: line for line, units in self.lines.items() for unit in units}

    @cached_property
    def counts(self) -> Mapping[str, Headcount]:
        """Line -> workers and members of the last day."""
        return line_counts.on_lines(self.connection, self.then, self.lines)

    def for_plan(self, id_: str, campaign: Campaign) -> Frame:
        """The same unions on the same days for another plan; what was read of them is not read again."""
        other = replace(self, id=id_, campaign=campaign)
        vars(other).update({name: held for name, held in vars(self).items() if name not in ("id", "campaign")})
        return other

    def above(self, unit: str) -> tuple[str, ...]:
        """The unit itself and everything above it, nearest first."""
        held = self._above.get(unit)
        if held is None:
            held = self._above[unit] = tuple(self.then.above(unit))
        return held

    @cached_property
    def _above(self) -> dict[str, tuple[str, ...]]:
        return {}

    def is_within(self, unit: str) -> bool:
        return self.own in self.above(unit)

    def owner_of(self, unit: str) -> str | None:
        """The line of a CĐCS, an upper union itself; None for what stands elsewhere."""
        if unit not in self._owners:
            self._owners[unit] = self._found_owner(unit)
        return self._owners[unit]

    @cached_property
    def _owners(self) -> dict[str, str | None]:
        return {}

    def _found_owner(self, unit: str) -> str | None:
        if unit in self.line_of:
            return self.line_of[unit]
        home = self.then.home(unit)
        home = self.line_of.get(home, home)
        return home if home in self.then.units and self.is_within(home) else None

    @cached_property
    def populations(self) -> dict[object, Any]:
        """Who stands in the populations that were asked for (`populations.things`): many targets share theirs."""
        return {}

    @cached_property
    def ratings(self) -> Mapping[str, str]:
        """Union -> its level for the year of the last day; after a merge the line's own rating alone counts."""
        t = TABLES[Rating.TYPE].c
        query = select(t.unit, t.level).where(t.year == self.ends.year).order_by(t.hash)
        return dict(self.connection.execute(query).all())

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Workplaces of the last day, one for each tax code, those with a union first."""
        t = TABLES[Workplace.TYPE].c
        rows = self.connection.execute(
            select(t.record, t.unit, t.union, t.kind, t.ownership, t.tax_code, t.since, t.until).order_by(
                t.union.is_(None), t.record
            )
        ).all()
        found: dict[str, Place] = {}
        for row in rows:
            if (row.since and row.since > self.ends) or (row.until and row.until < self.ends):
                continue
            line = self.line_of.get(row.union or "")
            line = line if line and self.then.exists(line) else None
            owner = line or self.owner_of(row.unit)
            if owner is not None:
                found.setdefault(row.tax_code or row.record, Place(row.record, owner, line, row.kind, row.ownership))
        return tuple(found.values())

    @cached_property
    def places_of(self) -> Mapping[str, tuple[str, ...]]:
        """Line -> its workplaces."""
        found: dict[str, tuple[str, ...]] = {}
        for place in self.places:
            if place.line:
                found[place.line] = (*found.get(place.line, ()), place.id)
        return found

    def workers(self, place: Place, day: date) -> int:
        """Of the latest count up to the day, else the first one after it, else the union's own count."""
        counted = self._workforce.get(place.id)
        if counted:
            before = [workers for on, workers in counted if on <= day]
            return before[-1] if before else counted[0][1]
        known = self.counts.get(place.line or "")
        return known.workers if known and len(self.places_of[known.unit]) == 1 else 0

    @cached_property
    def _workforce(self) -> Mapping[str, list[tuple[date, int]]]:
        t = TABLES[Workforce.TYPE].c
        found: dict[str, list[tuple[date, int]]] = {}
        for place, on, workers in self.connection.execute(
            select(t.workplace, t.on, t.workers).order_by(t.workplace, t.on, t.hash)
        ).all():
            found.setdefault(place, []).append((on, workers))
        return found
