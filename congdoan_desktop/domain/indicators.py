"""Indicators as data: what a target counts, of what, on which day; and whether a result meets it, on exact integers.

Percentages never travel and are never compared rounded: exactly 85 % fails "trên 85%".
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from congdoan_desktop.domain.catalogue import CatalogueFault, Entry
from congdoan_desktop.domain.records import built, plain

COMPARATORS: Mapping[str, Callable[[int, int], bool]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "eq": operator.eq,
}
RECORDS, ENTERED, BOTH = "records", "entered", "both"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a thing must be to stand in the population: a figure compared with `value`, or a code among `codes`.

    `field`: "headcount", "members", "kind", "ownership", "level", "has_union", "full_time", "rated", "baseline".
    """

    field: str
    op: str = "eq"
    value: int = 0
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a thing of the population must have done to count in the numerator; several hold together.

    `source`: "activity" (kinds in `codes`), "union", "rating" (levels in `codes`), "plan", "support" (causes in
    `codes`), "training" (levels of organisers in `codes`), "merged", "member", "house" (a Mái ấm Công đoàn that has
    reached one of the stages in `codes`, on the day of the first of them). `time`: "period", "year" (that of the
    last day), "cumulative" (until the last day), "in_force" (then), "stock" (then).
    """

    name: str
    source: str
    codes: tuple[str, ...] = ()
    time: str = "period"
    least: int = 1
    details: tuple[str, ...] = ()
    """What the kind's own fields must say, each "name=value"."""
    linked: bool = False
    """Only what was recorded for the campaign."""
    counted: bool = False
    """Only activities that are marked as counting."""


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator put together from parts, by the catalogue or by an officer.

    Numerator: the things of `population` that meet all `criteria`; for a population of people without names what the
    one criterion reached in each union; for a bare count (population "") the sum of `measure` ("activities", "count",
    "participants", "supports", "people", "houses"). `within`: whether a target inside another ("trong đó") is taken of
    the other's "numerator" or "denominator". `source`: "records", "entered", "both". `per_unit`: the mark holds for
    each CĐCS on its own.
    """

    code: str
    name: str
    population: str = ""
    conditions: tuple[Condition, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    measure: str = ""
    per_unit: bool = False
    within: str = ""
    source: str = RECORDS
    noun: str = ""
    """What is counted, in a sentence: "doanh nghiệp"."""


@dataclass(frozen=True, slots=True)
class Result:
    """A figure with its proof: numerator over denominator (None for a bare count) and whether the target is met."""

    numerator: int
    denominator: int | None
    met: bool | None


def meets(op: str, value: int, numerator: int, denominator: int | None, decimals: int = 0) -> bool:
    """Whether `numerator` (out of `denominator`, then `value` is per cent) satisfies the comparator.

    `value` is in units of 10 to the power of -`decimals`.
    """
    scale: int = 10**decimals
    if denominator is None:
        return COMPARATORS[op](numerator * scale, value)
    return COMPARATORS[op](numerator * 100 * scale, value * denominator)


def edge(op: str, value: int, denominator: int | None, decimals: int = 0) -> int:
    """The least numerator that meets "gt", "gte" and "eq", or the greatest that meets "lt" and "lte"."""
    scale: int = 10**decimals
    mark, whole = (value, scale) if denominator is None else (value * denominator, 100 * scale)
    if op in ("gt", "lte"):
        return mark // whole + (op == "gt")
    return -(-mark // whole) - (op == "lt")


POPULATIONS: Mapping[str, frozenset[str]] = {
    "workplaces": frozenset({"headcount", "kind", "ownership", "has_union"}),
    "workplace_workers": frozenset({"headcount", "kind", "ownership", "has_union"}),
    "unions": frozenset({"level", "kind", "members", "rated", "baseline"}),
    "members": frozenset({"kind", "members"}),
    "workers": frozenset({"kind", "members"}),
    "officers": frozenset({"level", "full_time"}),
    "needs": frozenset(),
    "": frozenset(),
}
"""Population -> what its conditions may ask. "workers" and "members" are those of CĐCS, not named one by one."""
SOURCES: Mapping[str, frozenset[str]] = {
    "workplaces": frozenset({"activity", "union"}),
    "workplace_workers": frozenset({"member"}),
    "unions": frozenset({"activity", "rating", "plan", "merged"}),
    "members": frozenset({"activity"}),
    "workers": frozenset({"activity", "member"}),
    "officers": frozenset({"training"}),
    "needs": frozenset({"support"}),
    "": frozenset({"activity", "support", "house"}),
}
"""Population -> what its criteria may look at."""
OF_PEOPLE = frozenset({"workplace_workers", "members", "workers"})
"""Populations that are summed from counts."""
MEASURES = {
    "activity": ("activities", "count", "participants"),
    "support": ("supports", "people"),
    "house": ("houses",),
}
ADDING = frozenset({"period", "year", "cumulative"})
"""Times over which a figure grows; the others are stocks of the last day."""
_TIMES = frozenset({"period", "year", "cumulative", "in_force", "stock"})


def faults(definition: Definition) -> tuple[str, ...]:
    """What does not fit together, in sentences; empty when it can be evaluated."""
    population = definition.population
    if population not in POPULATIONS:
        return (f"không có tổng thể “{population}”",)
    found = [
        f"điều kiện “{one.field}” không dùng được ở đây"
        for one in definition.conditions
        if one.field not in POPULATIONS[population] or one.op not in COMPARATORS
    ]
    found += [
        f"tiêu chí “{one.name}” không dùng được ở đây"
        for one in definition.criteria
        if one.source not in SOURCES[population] or one.time not in _TIMES
    ]
    return (*found, *_misfits(definition))


def _misfits(definition: Definition) -> list[str]:
    count, population = len(definition.criteria), definition.population
    found = []
    if not (definition.code and definition.name):
        found.append("thiếu mã hoặc tên")
    if definition.source not in (RECORDS, ENTERED, BOTH) or definition.within not in ("", "numerator", "denominator"):
        found.append("nguồn số liệu hoặc phạm vi “trong đó” không rõ")
    if count == 0 and definition.source != ENTERED:
        found.append("chưa có tiêu chí nào")
    if count > 1 and (population in OF_PEOPLE or not population):
        found.append("chỉ tính được một tiêu chí khi đếm người hoặc đếm tổng")
    if not population and count and definition.measure not in MEASURES.get(definition.criteria[0].source, ()):
        found.append("chưa chọn cái được đếm")
    if definition.per_unit and (population != "unions" or count != 1):
        found.append("mức cho từng CĐCS chỉ đặt được với công đoàn và một tiêu chí")
    return found


def definition_of(entry: Entry) -> Definition:
    """The definition that a catalogue entry holds; its code is written in capitals.

    Raises: CatalogueFault when its parts do not fit together.
    """
    try:
        made = Definition(entry.code.upper(), entry.name, **_parts(entry.more))
        wrong = faults(built(Definition, plain(made)))
    except (TypeError, ValueError, AttributeError):
        wrong = ("có mục không đúng tên hoặc kiểu",)
    if wrong:
        raise CatalogueFault([f"indicators, {entry.code}: {fault}" for fault in wrong])
    return made


def _parts(more: Mapping[str, Any]) -> dict[str, Any]:
    made = {
        "conditions": tuple(Condition(**_tuples(row)) for row in more.get("conditions", ())),
        "criteria": tuple(Criterion(**_tuples(row)) for row in more.get("criteria", ())),
    }
    return {**more, **made}


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
