"""Who stands behind a target's figure: CĐCS that lack, that have reached it, and the unions that report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget

from congdoan_desktop.domain.campaigns import Target
from congdoan_desktop.domain.money import format_ratio
from congdoan_desktop.services.campaign_ledger import GrassrootsLine, TargetView
from congdoan_desktop.services.consolidation import UnitLine
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.campaigns import words

_GRASSROOTS = (
    Column("name", "Công đoàn cơ sở", None, "name", least=200, sort="order"),
    Column("upper", "Công đoàn cấp trên", 200, "quiet"),
    Column("count", "Đã có", 80, "number"),
    Column("state", "Tình trạng", 150, "state"),
)
_UNIONS = (
    Column("name", "Đơn vị", None, "name", least=130, sort="order"),
    Column("period", "Kỳ báo cáo", 138, "quiet"),
    Column("reported", "Báo cáo", 74, "number"),
    Column("recorded", "Theo sổ", 70, "number"),
    Column("ratio", "Kết quả", 72, "strong"),
    Column("state", "Tình trạng", 172, "state"),
    Column("packages", "Gói", 200, "quiet", hidden=True),
)
DIFFERS = ChipState("Lệch với sổ", "warning", "warn")
_NOT_YET = ChipState("Chưa nhận", "circle-dashed", "neu")


@dataclass(frozen=True, slots=True)
class Part:
    """One tab of the detail; `of_unions` picks the columns."""

    title: str
    rows: tuple[dict[str, object], ...]
    of_unions: bool = False


class UnitTables(QStackedWidget):
    """A table of CĐCS and one of unions, of which one is in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.grassroots = TableCard(_GRASSROOTS, Empty("check-circle", "Không có đơn vị nào ở mục này."))
        self.unions = TableCard(_UNIONS, Empty("tray", "Chưa có đơn vị cấp dưới nào gửi số liệu."))
        for table, name, said in (
            (self.grassroots, "target_grassroots", "Công đoàn cơ sở của chỉ tiêu"),
            (self.unions, "target_unions", "Đơn vị báo cáo chỉ tiêu"),
        ):
            table.setObjectName("inner")
            table.table.setObjectName(name)
            table.table.setAccessibleName(said)
            self.addWidget(table)

    def show_part(self, part: Part) -> None:
        shown = self.unions if part.of_unions else self.grassroots
        if not part.of_unions:
            self.grassroots.table.setColumnHidden(1, not any(row["upper"] for row in part.rows))
        shown.set_rows(part.rows)
        self.setCurrentWidget(shown)


def parts(one: TargetView) -> tuple[Part, ...]:
    """What is worth looking at first comes first: the unions that report to us, then who is lacking."""
    target, below = one.sum.target, one.grassroots
    found = []
    if any(line.packages or line.reported is None for line in one.sum.lines):
        found.append(Part("Đơn vị báo cáo", tuple(_union_rows(target, one.sum.lines)), of_unions=True))
    if any(line.met is not None for line in below):
        found.append(Part("CĐCS còn thiếu", tuple(_rows(target, (line for line in below if not line.met)))))
        found.append(Part("CĐCS đã đạt", tuple(_rows(target, (line for line in below if line.met)))))
    elif below or not found:
        found.append(Part("Công đoàn cơ sở", tuple(_rows(target, below))))
    return tuple(found)


def _rows(target: Target, below: Iterable[GrassrootsLine]) -> Iterable[dict[str, object]]:
    for line in below:
        yield {
            "id": line.unit,
            "name": line.name,
            "order": line.name,
            "upper": line.upper,
            "count": line.count,
            "state": _grassroots_state(target, line),
        }


def _grassroots_state(target: Target, line: GrassrootsLine) -> ChipState | None:
    if line.met is None:
        return None
    if line.met:
        return chips.MET
    if target.op in ("lt", "lte"):
        return chips.UNLIKELY.with_word("Vượt mức")
    lacking = target.value - line.count + (target.op == "gt")
    return chips.SHORT_OF.with_word(f"Còn thiếu {lacking}" if lacking > 0 else "Chưa đạt")


def _union_rows(target: Target, lines: Iterable[UnitLine]) -> Iterable[dict[str, object]]:
    for line in lines:
        told = line.reported
        goal = words.goal(target, told) if told else 0
        yield {
            "id": line.unit,
            "name": line.name,
            "order": line.name,
            "period": line.period_name or None,
            "reported": words.figure(told) if told else None,
            "recorded": words.figure(line.from_records) if line.from_records else None,
            "ratio": format_ratio(told.numerator, goal) if told and goal else None,
            "state": _NOT_YET if told is None else DIFFERS if line.differs else words.target_state(target, told),
            "packages": ", ".join(line.packages) or None,
        }
