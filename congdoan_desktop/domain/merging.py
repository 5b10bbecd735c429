"""Merging small CĐCS (324/KH-LĐLĐ, section III.7): which are small, which are alike, and what would come of it.

The plan speaks of CĐCS with "dưới 10 đoàn viên" and of results with "trên 10": exactly the threshold is neither, so it
is a group of its own that the officer decides about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from congdoan_desktop.domain.period_report import Letterhead, Signature

UNDER, AT, COUNTLESS = "under", "at", "uncounted"


@dataclass(frozen=True, slots=True)
class SmallUnit:
    """A CĐCS that may be merged. `group`: UNDER the threshold, exactly AT it, COUNTLESS where nobody has counted.

    `block` and `sector` are names of the catalogues, also guessed from the union's own name; "" where nothing tells.
    """

    unit: str
    name: str
    upper: str
    upper_name: str
    members: int
    group: str
    kind: str
    place: str
    block: str
    sector: str


@dataclass(frozen=True, slots=True)
class Group:
    """CĐCS proposed to become one. `enough`: the result has more members than the threshold."""

    units: tuple[str, ...]
    reason: str
    members: int
    enough: bool


@dataclass(frozen=True, slots=True)
class MergeListRow:
    """A line of the list of a decision: the CĐCS that are there, and what they become."""

    before: tuple[tuple[str, int], ...]
    """(name, members)."""
    after: str
    members: int
    reason: str


@dataclass(frozen=True, slots=True)
class MergeList:
    """The list "Danh sách ghép công đoàn cơ sở" that goes with a decision."""

    letterhead: Letterhead
    number: str
    on: date
    rows: tuple[MergeListRow, ...]
    signature: Signature
    sample: bool = False


def group_of(members: int | None, threshold: int) -> str | None:
    """None above the threshold."""
    if members is None:
        return COUNTLESS
    if members > threshold:
        return None
    return UNDER if members < threshold else AT


def suggest(units: Iterable[SmallUnit], threshold: int) -> tuple[Group, ...]:
    """Groups by likeness, the closest first: the same block, sector, kind, place; always under the same union.

    Only units under the threshold are proposed, each in one group at most; a group has two or more units, and as few
    as give more members than `threshold`.
    """
    under = (unit for unit in units if unit.group == UNDER)
    left = sorted(under, key=lambda one: (one.members, one.name, one.unit))
    found: list[Group] = []
    for level in _LIKENESS:
        taken: set[str] = set()
        for alike, reason in _alike(left, level):
            for part in _packed(alike, threshold):
                found.append(_group(part, reason, threshold))
                taken |= {unit.unit for unit in part}
        left = [unit for unit in left if unit.unit not in taken]
    return tuple(found)


def _by_block(unit: SmallUnit) -> str:
    return f"Cùng {unit.block[:1].lower()}{unit.block[1:]}" if unit.block else ""


def _by_sector(unit: SmallUnit) -> str:
    return f"Cùng ngành: {unit.sector}" if unit.sector else ""


def _by_kind(unit: SmallUnit) -> str:
    return f"Cùng loại hình: {unit.kind}" if unit.kind else ""


def _by_place(unit: SmallUnit) -> str:
    return f"Cùng địa bàn: {unit.place}" if unit.place else ""


_LIKENESS: tuple[Callable[[SmallUnit], str], ...] = (_by_block, _by_sector, _by_kind, _by_place)


def _alike(left: Sequence[SmallUnit], level: Callable[[SmallUnit], str]) -> Iterator[tuple[list[SmallUnit], str]]:
    """Units of one union that are alike, with the words that say in what."""
    found: dict[tuple[str, str], list[SmallUnit]] = {}
    for unit in left:
        if reason := level(unit):
            found.setdefault((unit.upper, reason), []).append(unit)
    return ((units, reason) for (_, reason), units in found.items())


def _packed(alike: Sequence[SmallUnit], threshold: int) -> list[list[SmallUnit]]:
    """Cut into groups that are large enough; who is left over joins the last, and too few wait for the next level."""
    groups: list[list[SmallUnit]] = []
    open_: list[SmallUnit] = []
    for unit in alike:
        open_.append(unit)
        if len(open_) >= 2 and sum(one.members for one in open_) > threshold:
            groups.append(open_)
            open_ = []
    if groups:
        groups[-1] += open_
    return groups


def _group(units: Sequence[SmallUnit], reason: str, threshold: int) -> Group:
    members = sum(unit.members for unit in units)
    return Group(tuple(unit.unit for unit in units), reason, members, members > threshold)
