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
