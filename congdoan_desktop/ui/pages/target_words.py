"""How a target's state is said, on its own page and on the home page."""

from __future__ import annotations

from collections.abc import Mapping

from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.domain.indicators import Definition, Result
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.domain.pace import LATE, MET, MISSED, NO_DATA, ON_THE_WAY, OVER, UNLIKELY, Pace
from congdoan_desktop.domain.target_choices import op_of
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.bars import BarValue
from congdoan_desktop.ui.kit.chips import ChipState

COMPARATOR_NAMES: Mapping[str, str] = {
    "gte": "ít nhất",
    "gt": "trên",
    "eq": "đúng bằng",
    "lte": "không quá",
    "lt": "dưới",
}


def goal(pace: Pace, result: Result) -> int:
    """What the result is measured against: the whole population, or the number itself."""
    return result.denominator if result.denominator is not None else pace.needed


def progress(pace: Pace, result: Result) -> BarValue:
    """The bar of a share runs to the whole with the mark on it, that of a count to its mark."""
    whole = goal(pace, result)
    mark = round(100 * pace.needed / whole) if whole else None
    return BarValue(result.numerator, whole, mark, _TONES[pace.state])


def target_state(pace: Pace, definition: Definition | None) -> ChipState:
    """Met, or how much is lacking: "Còn thiếu 7 doanh nghiệp"."""
    noun = f" {definition.noun}" if definition and definition.noun else ""
    if pace.state == NO_DATA:
        return _waiting_for(definition)
    return _CHIPS[pace.state].with_word(_SAID[pace.state].format(count=group_thousands(pace.lacking), noun=noun))


def _waiting_for(definition: Definition | None) -> ChipState:
    if definition is None:
        return chips.NEEDS_NEWER
    is_rating = any(one.source == "rating" for one in definition.criteria)
    return chips.NO_DATA.with_word("Chờ xếp loại") if is_rating else chips.NO_DATA


_SAID: Mapping[str, str] = {
    MET: "Đạt",
    ON_THE_WAY: "Còn thiếu {count}{noun}",
    LATE: "Còn thiếu {count}{noun}",
    UNLIKELY: "Thiếu {count}{noun}",
    MISSED: "Thiếu {count}{noun}",
    OVER: "Vượt mức {count}{noun}",
}
_CHIPS: Mapping[str, ChipState] = {
    MET: chips.MET,
    ON_THE_WAY: chips.SHORT_OF,
    LATE: chips.BEHIND,
    UNLIKELY: chips.UNLIKELY,
    MISSED: chips.UNLIKELY,
    OVER: chips.UNLIKELY,
}
_TONES: Mapping[str, str] = {
    MET: "ok", ON_THE_WAY: "accent", LATE: "warn", UNLIKELY: "bad", MISSED: "bad", OVER: "bad", NO_DATA: "neu",
}  # fmt: skip


def mark(target: Target) -> str:
    """The mark as computed: "trên 85%", "ít nhất 500 đoàn viên"."""
    value = f"{target.value / 10**target.decimals:.{target.decimals}f}".replace(".", ",")
    gap = "" if target.unit_of_measure == "%" else " "
    return f"{COMPARATOR_NAMES[op_of(target)]} {value}{gap}{target.unit_of_measure}"


def figure(result: Result) -> str:
    """41 of 48 as "41/48", or the bare count."""
    whole = group_thousands(result.numerator)
    return whole if result.denominator is None else f"{whole}/{group_thousands(result.denominator)}"
