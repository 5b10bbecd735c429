"""The organisation as of any day: units as first entered, and the decisions about them folded in one order.

The fold knows only the set of decisions, not when they came: equal sets give equal trees on every laptop. What a day
shows follows from the decisions up to that day, so later ones cannot change a past figure (rule C06 d).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby

from congdoan_desktop.domain.org_events import ENROL, apply, ends, needs, rank
from congdoan_desktop.domain.standing import Ending, Standing
from congdoan_desktop.domain.units import GRASSROOTS, OrgEvent, Unit

_NAMES = ("name", "short_name", "code")
_Keeper = Callable[[Standing, str, date, set[str]], str]


@dataclass(frozen=True)
class Structure:
    """The tree of one day."""

    day: date
    _standing: Standing = field(repr=False)

    @property
    def units(self) -> Mapping[str, Unit]:
        """Every unit ever entered, with its attributes of the day; one that has ended as it was at its end."""
        return self._standing.units

    @property
    def endings(self) -> Mapping[str, Ending]:
        return self._standing.endings

    def exists(self, unit: str) -> bool:
        return self._standing.exists(unit, self.day)

    def founded(self, unit: str) -> date | None:
        """Its first day, None where nobody has said it."""
        return self._standing.begins.get(unit)

    def home(self, unit: str) -> str:
        """The unit that stands for one that has ended: what it was merged into, else the union it stood under."""
        return self._standing.home(unit)

    def parent(self, unit: str) -> str | None:
        return self._standing.parent(unit, self.day)

    def above(self, unit: str) -> Iterable[str]:
        """The unit itself and everything above it, nearest first."""
        return self._standing.above(unit, self.day)

    def is_enrolled(self, unit: str) -> bool:
        """Whether the root has enrolled the unit; from then on it keeps its own records."""
        return unit in self._standing.enrolled

    def custodian(self, unit: str) -> str:
        return self._standing.custodian(unit, self.day)

    def children(self, unit: str) -> tuple[str, ...]:
        return self._children.get(unit, ())

    def below(self, unit: str) -> list[str]:
        """All units of the day under `unit`, itself left out, each after the one above it."""
        found: list[str] = []
        waiting = list(reversed(self.children(unit)))
        while waiting:
            found.append(waiting.pop())
            waiting += reversed(self.children(found[-1]))
        return found

    def without(self, upper: str) -> frozenset[str]:
        """The units that neither stand under `upper` nor did until their end."""
        return frozenset(unit for unit in self._standing.units if upper not in self.above(unit))

    def rollup(self, upper: str, since: date) -> dict[str, tuple[str, ...]]:
        """Lines of a report of `upper` over the time from `since` to this day -> the units whose records they sum.

        A line is a CĐCS of this day, with those that were merged into it; or one that ended within the time without
        an heir, under the union it stood under. So every CĐCS of the time is in one line of one union, once. In the
        order of the ids.
        """
        groups: dict[str, list[str]] = {}
        for unit in sorted(self._standing.units):
            line = self._line(unit)
            if line is not None and self._is_within(line, upper, since):
                groups.setdefault(line, []).append(unit)
        return {line: tuple(groups[line]) for line in sorted(groups)}

    def _line(self, unit: str) -> str | None:
        if not self._is_grassroots(unit) or self._begins_later(unit):
            return None
        while (ending := self.endings.get(unit)) and ending.heir and self._is_grassroots(ending.heir):
            unit = ending.heir
        return unit

    def _is_grassroots(self, unit: str) -> bool:
        return self._standing.units[unit].level == GRASSROOTS

    def _begins_later(self, unit: str) -> bool:
        return self._standing.begins.get(unit, date.min) > self.day

    def _is_within(self, line: str, upper: str, since: date) -> bool:
        ending = self.endings.get(line)
        if ending is not None and ending.event.on <= since:
            return False
        return upper in self.above(line)

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for unit in sorted(self._standing.units):
            parent = self.parent(unit) if self.exists(unit) else None
            if parent is not None:
                found.setdefault(parent, []).append(unit)
        return {parent: tuple(children) for parent, children in found.items()}


@dataclass(frozen=True, slots=True)
class _History:
    """`standings[0]` is before any decision, `standings[n]` after those of `days[n - 1]`."""

    days: tuple[date, ...]
    standings: tuple[Standing, ...]
    refused: tuple[tuple[OrgEvent, str], ...]


@dataclass(frozen=True)
class Tree:
    """The organisation as known to this database. `root` is the union whose trust list counts.

    Asked without a day it answers by all decisions, also those of days to come. `entered` are the units as their
    records say, before any decision.
    """

    entered: Mapping[str, Unit]
    events: tuple[OrgEvent, ...] = ()
    root: str | None = None
    _structures: dict[date, Structure] = field(init=False, repr=False, compare=False, default_factory=dict)
    _former: dict[date, Mapping[str, tuple[str, ...]]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _above: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _ever_above: dict[str, frozenset[str]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _keepers: dict[tuple[str, str | None], tuple[str, ...]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def at(self, day: date) -> Structure:
        held = self._structures.get(day)
        if held is None:
            standing = self._history.standings[bisect_right(self._history.days, day)]
            held = self._structures[day] = Structure(day, standing)
        return held

    @property
    def now(self) -> Structure:
        return self.at(date.max)

    @property
    def refused(self) -> tuple[tuple[OrgEvent, str], ...]:
        """Decisions that do not count, with the reason."""
        return self._history.refused

    @property
    def units(self) -> Mapping[str, Unit]:
        return self.now.units

    def parent(self, unit: str) -> str | None:
        return self.now.parent(unit)

    def above(self, unit: str) -> tuple[str, ...]:
        held = self._above.get(unit)
        if held is None:
            held = self._above[unit] = tuple(self.now.above(unit))
        return held

    def ever_above(self, unit: str) -> frozenset[str]:
        """The unit itself and every union that it stood under at any time."""
        held = self._ever_above.get(unit)
        if held is None:
            days, standings = (*self._history.days, date.max), self._history.standings
            stood = (standing.above(unit, day) for standing, day in zip(standings, days, strict=True))
            held = self._ever_above[unit] = frozenset(one for above in stood for one in above)
        return held

    def is_enrolled(self, unit: str) -> bool:
        return self.now.is_enrolled(unit)

    def custodian(self, unit: str) -> str:
        return self.now.custodian(unit)

    def children(self, unit: str) -> tuple[str, ...]:
        return self.now.children(unit)

    def below(self, unit: str) -> list[str]:
        return self.now.below(unit)

    def keepers(self, unit: str) -> tuple[str, ...]:
        """Who has kept the records about a unit, from the first custodian to the present one; twice who got it back.

        A decision may be dated before an enrolment that was earlier known, so an enrolled union counts as the keeper of
        what stood under it at any time.
        """
        return self._kept(unit, None, Standing.custodian)

    def entry_keepers(self, unit: str, entered_under: str | None) -> tuple[str, ...]:
        """The same for a unit's own record while it has not enrolled: whoever keeps the union above it."""

        def keeper(standing: Standing, unit: str, day: date, enrolled: set[str]) -> str:
            if unit in enrolled:
                return standing.custodian(unit, day, enrolled)
            above = standing.places.get(unit) if unit in standing.placed else entered_under
            return standing.custodian(above or unit, day, enrolled)

        return self._kept(unit, entered_under or "", keeper)

    def _kept(self, unit: str, under: str | None, keeper: _Keeper) -> tuple[str, ...]:
        held = self._keepers.get((unit, under))
        if held is None:
            days, standings = (*self._history.days, date.max), self._history.standings
            found = [
                keeper(standing, unit, day, enrolled)
                for standing, day in zip(standings, days, strict=True)
                for enrolled in (standing.enrolled, standings[-1].enrolled)
            ]
            held = self._keepers[unit, under] = tuple(keeper for keeper, _ in groupby(found))
        return held

    def former_names(self, day: date) -> Mapping[str, tuple[str, ...]]:
        """Unit -> names and codes under which people may still look for it on a day: its own of former times, and all
        those of the units for which it is the home.
        """
        held = self._former.get(day)
        if held is None:
            held = self._former[day] = self._former_on(day)
        return held

    def _former_on(self, day: date) -> Mapping[str, tuple[str, ...]]:
        refused, then = {event for event, _ in self.refused}, self.at(day)
        borne = {id_: dict.fromkeys(_called(unit)) for id_, unit in self.entered.items()}
        for event in self.events:
            if event.on <= day and event not in refused and event.subject in borne:
                borne[event.subject] |= dict.fromkeys(c.value for c in event.changes if c.name in _NAMES)
        found: dict[str, dict[str, None]] = {}
        for id_, names in borne.items():
            home = then.home(id_)
            present = () if home != id_ else _called(then.units[id_])
            found.setdefault(home, {}).update((name, None) for name in names if name and name not in present)
        return {id_: tuple(names) for id_, names in found.items() if names}

    @cached_property
    def _history(self) -> _History:
        now = _entered(self.entered, self.events, self.root)
        days: list[date] = []
        standings = [now.copy()]
        refused: list[tuple[OrgEvent, str]] = []
        waiting = sorted(set(self.events), key=rank)
        while waiting:
            day = waiting[0].on
            today = [event for event in waiting if event.on == day]
            waiting = waiting[len(today) :]
            refused += _day_folded(now, today, self.root)
            days.append(day)
            standings.append(now.copy())
        return _History(tuple(days), tuple(standings), tuple(refused))


def _called(unit: Unit) -> tuple[str, ...]:
    return tuple(getattr(unit, name) for name in _NAMES)


def _entered(units: Mapping[str, Unit], events: Iterable[OrgEvent], root: str | None) -> Standing:
    """Before any decision. A union that entered itself names no parent: it stood where it was enrolled later."""
    enrolments = sorted((e for e in events if e.kind == ENROL and e.unit == root), key=rank, reverse=True)
    first = {event.subject: event.parent for event in enrolments}
    places = {id_: unit.parent or first.get(id_) or None for id_, unit in units.items()}
    for unit in _in_circles(places):
        places[unit] = None
    begins = {id_: unit.founded for id_, unit in units.items() if unit.founded is not None}
    return Standing(dict(units), places, begins)


def _in_circles(places: Mapping[str, str | None]) -> list[str]:
    """Of each circle of units that stand under each other, the one with the least id."""
    found: set[str] = set()
    free: set[str] = set()
    for start in sorted(places):
        path: dict[str, None] = {}
        current: str | None = start
        while current is not None and current not in path and current not in free:
            path[current] = None
            current = places.get(current)
        if current is not None and current in path:
            circle = list(path)[list(path).index(current) :]
            found.add(min(circle))
        free |= path.keys()
    return sorted(found)


def _day_folded(now: Standing, today: list[OrgEvent], root: str | None) -> list[tuple[OrgEvent, str]]:
    """The decisions of one day: none ends a unit that another one still builds on, whatever their order in the books.

    Returns those that do not count, tried again as long as one makes room for another.
    """
    refused: list[tuple[OrgEvent, str]] = []
    while today:
        builds_on = Counter(unit for event in today for unit in needs(event))
        ready = [all(builds_on[unit] == (unit in needs(event)) for unit in ends(event)) for event in today]
        if not any(ready):
            ready[0] = True  # they end each other's units: the first in order goes first
        now_due = [event for event, is_ready in zip(today, ready, strict=True) if is_ready]
        today = [event for event, is_ready in zip(today, ready, strict=True) if not is_ready]
        refused += [(event, reason) for event in now_due if (reason := apply(now, event, root))]
    while refused:
        still = [(event, reason) for event, _ in refused if (reason := apply(now, event, root))]
        if len(still) == len(refused):
            break
        refused = still
    return refused
