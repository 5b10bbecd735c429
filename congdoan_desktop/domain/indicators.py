"""Indicators: what a target counts, and whether a result meets it, on exact integers.

Percentages never travel and are never compared rounded: exactly 85 % fails "trên 85%".
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

COMPARATORS: Mapping[str, Callable[[int, int], bool]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "eq": operator.eq,
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """How a target is computed.

    `counts`: what is counted for one unit ("counted_activities", "activities", "supported_people", "support_times").
    per_unit: the target holds for each CĐCS; numerator = CĐCS that meet it, denominator = all CĐCS.
    """

    code: str
    name: str
    counts: str
    per_unit: bool


INDICATORS: Mapping[str, Indicator] = {
    indicator.code: indicator
    for indicator in (
        Indicator(
            "I17", "Số hoạt động của mỗi CĐCS (không kể tuyên truyền, Bữa cơm Công đoàn)", "counted_activities", True
        ),
        Indicator("N01", "Tổng số hoạt động được tính", "counted_activities", False),
        Indicator("N02", "Tổng số lượt chăm lo", "support_times", False),
        Indicator("N03", "Tổng số người được chăm lo", "support_people", False),
    )
}


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

    `source`: "activity" (kinds in `codes`), "union", "rating" (levels in `codes`), "plan", "support", "training",
    "merged", "member". `time`: "period", "in_force" (on the last day), "stock" (at the end), "cumulative" (until then).
    """

    name: str
    source: str
    codes: tuple[str, ...] = ()
    time: str = "period"
    least: int = 1


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator put together from parts, by the catalogue or by an officer.

    `population`: "workplaces", "unions", "members", "workers", "officers", "needs", or "" for a bare count.
    Numerator: the things of the population that meet all `criteria`, or the sum of `measure` ("activities",
    "participants", "people", "count", "supports", "members") over records of `criteria`. `within`: "numerator" or
    "denominator" of the target named in `Target.within` is the population. `source`: "records", "entered", "both".
    `per_unit`: the mark holds for each CĐCS on its own.
    """

    code: str
    name: str
    population: str = ""
    conditions: tuple[Condition, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    measure: str = ""
    per_unit: bool = False
    within: str = ""
    source: str = "records"


@dataclass(frozen=True, slots=True)
class Result:
    """A figure with its proof: numerator over denominator (None for a bare count) and whether the target is met."""

    numerator: int
    denominator: int | None
    met: bool | None


def meets(op: str, value: int, numerator: int, denominator: int | None) -> bool:
    """Whether `numerator` (out of `denominator`, then `value` is per cent) satisfies the comparator."""
    if denominator is None:
        return COMPARATORS[op](numerator, value)
    return COMPARATORS[op](numerator * 100, value * denominator)


def per_unit_result(op: str, value: int, counts: list[int]) -> Result:
    """A target every unit must reach on its own: met when all units do; None while there are no units."""
    reached = sum(1 for count in counts if COMPARATORS[op](count, value))
    return Result(reached, len(counts), reached == len(counts) if counts else None)


def evaluate(indicator: Indicator, op: str, value: int, counts: list[int]) -> Result:
    """The result over units, from the count of each."""
    if indicator.per_unit:
        return per_unit_result(op, value, counts)
    return Result(sum(counts), None, meets(op, value, sum(counts), None))
