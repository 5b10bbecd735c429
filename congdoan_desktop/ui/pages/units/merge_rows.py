"""Rows and groups of the tab "Ghép CĐCS nhỏ"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from congdoan_desktop.domain.merging import AT, COUNTLESS, UNDER, MergeListRow, SmallUnit
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column

_GROUPS = {
    UNDER: ChipState("Dưới mức", "warning", "warn"),
    AT: ChipState("Bằng mức", "question", "info"),
    COUNTLESS: ChipState("Chưa có số", "circle-dashed", "neu"),
}
_ENOUGH = ChipState("Đủ", "check-circle", "ok")
_TOO_FEW = ChipState("Chưa đủ", "warning", "warn")
UNITS = (
    Column("name", "Công đoàn cơ sở", least=190, under="upper"),
    Column("members", "ĐV", 46, "number"),
    Column("state", "Mức", 110, "state"),
    Column("group", "Nhóm", 62, "number"),
    Column("block", "Khối", 118, "quiet"),
)
PROPOSED = (
    Column("number", "Nhóm", 62, "number"),
    Column("after", "Sau khi ghép", least=110, under="units"),
    Column("members", "ĐV", 46, "number"),
    Column("go", "", 70, "action"),
    Column("state", "Kết quả", 104, "state"),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A group on the desk; `name` is that of the union after the merge."""

    units: tuple[str, ...]
    reason: str
    name: str


def name_after(units: tuple[str, ...], known: Mapping[str, SmallUnit]) -> str:
    """A name to begin with: that of the block when all are of one, else that of the largest."""
    blocks = {known[unit].block for unit in units}
    block = blocks.pop() if len(blocks) == 1 else ""
    return f"CĐCS {block}" if block else max((known[unit] for unit in units), key=lambda unit: unit.members).name


def list_row(one: Proposal, known: Mapping[str, SmallUnit]) -> MergeListRow:
    before = tuple((known[unit].name, known[unit].members) for unit in one.units)
    return MergeListRow(before, one.name, sum(members for _, members in before), one.reason)


def unit_row(unit: SmallUnit, group: int | None) -> dict[str, object]:
    return {
        "id": unit.unit,
        "name": unit.name,
        "upper": unit.upper_name,
        "members": None if unit.group == COUNTLESS else unit.members,
        "state": _GROUPS[unit.group],
        "block": unit.block or unit.sector or None,
        "group": group,
    }


def group_row(number: int, one: Proposal, known: Mapping[str, SmallUnit], threshold: int) -> dict[str, object]:
    members = sum(known[unit].members for unit in one.units)
    return {
        "id": number,
        "number": number,
        "after": one.name,
        "units": ", ".join(known[unit].name for unit in one.units),
        "members": members,
        "state": _ENOUGH if members > threshold else _TOO_FEW,
        "go": "Ghép…",
    }
