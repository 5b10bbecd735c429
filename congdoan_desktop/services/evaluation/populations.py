"""Who stands in a population on the last day: workplaces, unions, officers one by one, people as counts of unions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select

from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.domain.indicators import COMPARATORS, Condition, Definition
from congdoan_desktop.domain.persons import Post
from congdoan_desktop.domain.target_choices import HEADCOUNT_DAY, answer
from congdoan_desktop.domain.units import GRASSROOTS, Baseline
from congdoan_desktop.services.evaluation.frame import Frame, Place
from congdoan_desktop.storage.projections import TABLES, value_of


@dataclass(frozen=True, slots=True)
class Thing:
    """One of a population. `owner`: the unit in whose figure it stands. `weight`: people it stands for, else 1."""

    owner: str
    weight: int = 1


Things = Mapping[str, Thing]
"""Id of a workplace, union or person -> the thing."""


def things(frame: Frame, target: Target, definition: Definition) -> Things:
    """The whole population; "needs" and a bare count have none of their own."""
    asked = (frame.campaign.unit, definition.population, definition.conditions, answer(target, HEADCOUNT_DAY))
    if asked not in frame.populations:
        maker = _MAKERS.get(definition.population)
        frame.populations[asked] = dict(maker(frame, target, definition)) if maker else {}
    found: Things = frame.populations[asked]
    return found


def _workplaces(frame: Frame, target: Target, definition: Definition) -> Iterator[tuple[str, Thing]]:
    kept: Iterable[Place] = frame.places
    for one in definition.conditions:
        kept = [place for place in kept if _place_fits(frame, target, place, one)]
    return ((place.id, Thing(place.owner)) for place in kept)


def _place_workers(frame: Frame, target: Target, definition: Definition) -> Iterator[tuple[str, Thing]]:
    kept = dict(_workplaces(frame, target, definition))
    for place in frame.places:
        if place.id in kept:
            yield place.id, Thing(place.owner, frame.workers(place, frame.ends))


def _place_fits(frame: Frame, target: Target, place: Place, one: Condition) -> bool:
    if one.field == "headcount":
        workers, times = _headcount(frame, target, place)
        return COMPARATORS[one.op](workers, one.value * times)
    if one.field == "has_union":
        return (place.line is not None) == bool(one.value)
    return getattr(place, one.field) in one.codes


def _headcount(frame: Frame, target: Target, place: Place) -> tuple[int, int]:
    """(workers, times): an average is kept as the sum of two, so that it stays whole."""
    day = answer(target, HEADCOUNT_DAY)
    days = {"end": (frame.ends,), "start": (frame.starts,), "average": (frame.starts, frame.ends)}[day]
    return sum(frame.workers(place, on) for on in days), len(days)


def _unions(frame: Frame, _: Target, definition: Definition) -> Iterator[tuple[str, Thing]]:
    frozen = [one for one in definition.conditions if one.field == "baseline"]
    others = [one for one in definition.conditions if one.field not in ("baseline", "level")]
    for unit in _baseline_units(frame) if frozen else _of_level(frame, definition):
        owner = frame.owner_of(unit)
        if owner is not None and all(_union_fits(frame, unit, one) for one in others):
            yield unit, Thing(owner)


def _of_level(frame: Frame, definition: Definition) -> Iterator[str]:
    levels = next((one.codes for one in definition.conditions if one.field == "level"), (GRASSROOTS,))
    if GRASSROOTS in levels:
        yield from frame.lines
    uppers = [frame.own, *frame.then.below(frame.own)]
    yield from (u for u in uppers if frame.then.units[u].level in levels and frame.then.units[u].level != GRASSROOTS)


def _union_fits(frame: Frame, unit: str, one: Condition) -> bool:
    if one.field == "kind":
        return frame.then.units[unit].kind in one.codes
    if one.field == "rated":
        return (unit in frame.ratings) == bool(one.value)
    known = frame.counts.get(unit)
    return known is not None and COMPARATORS[one.op](known.members, one.value)


def baselines(frame: Frame) -> list[Baseline]:
    """The latest list by the last day: that of whoever gave the plan, else our own, else those of all."""
    table = TABLES[Baseline.TYPE]
    rows = frame.connection.execute(select(table).where(table.c.on <= frame.ends).order_by(table.c.on, table.c.hash))
    latest: dict[str, Baseline] = {row["unit"]: value_of(Baseline.TYPE, row) for row in rows.mappings()}
    return next(([latest[unit]] for unit in (frame.campaign.unit, frame.own) if unit in latest), [*latest.values()])


def _baseline_units(frame: Frame) -> list[str]:
    """The CĐCS of these lists, by id."""
    return sorted({unit for one in baselines(frame) for unit in one.units if unit in frame.then.units})


def _of_lines(count: str) -> Callable[[Frame, Target, Definition], Iterator[tuple[str, Thing]]]:
    def made(frame: Frame, _: Target, definition: Definition) -> Iterator[tuple[str, Thing]]:
        for line, counted in frame.counts.items():
            if all(_union_fits(frame, line, one) for one in definition.conditions):
                yield line, Thing(line, getattr(counted, count))

    return made


def _officers(frame: Frame, _: Target, definition: Definition) -> Iterator[tuple[str, Thing]]:
    """Who holds a post on the last day, once, in the unit of the first post."""
    t = TABLES[Post.TYPE].c
    held = select(t.person, t.unit, t.full_time).where(
        t.since <= frame.ends, or_(t.until.is_(None), t.until >= frame.ends)
    )
    seen: set[str] = set()
    for person, unit, full_time in frame.connection.execute(held.order_by(t.record)).all():
        owner = frame.owner_of(unit)
        if owner is None or person in seen:
            continue
        if all(_post_fits(frame, owner, one, full_time=full_time) for one in definition.conditions):
            seen.add(person)
            yield person, Thing(owner)


def _post_fits(frame: Frame, unit: str, one: Condition, *, full_time: bool) -> bool:
    if one.field == "full_time":
        return full_time == bool(one.value)
    return frame.then.units[unit].level in one.codes


_MAKERS: Mapping[str, Callable[[Frame, Target, Definition], Iterator[tuple[str, Thing]]]] = {
    "workplaces": _workplaces,
    "workplace_workers": _place_workers,
    "unions": _unions,
    "members": _of_lines("members"),
    "workers": _of_lines("workers"),
    "officers": _officers,
}
