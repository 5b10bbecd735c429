"""The two lists of the home page: what to do, and how the targets stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from congdoan_desktop.domain.money import format_ratio, group_thousands
from congdoan_desktop.services.home import TargetState, Todo
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.bars import BarValue
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages import target_words

_FIXED = {
    "returned": chips.RETURNED,
    "draft": chips.DRAFT,
    "conflict": chips.CONFLICT,
    "newer": chips.NEEDS_NEWER,
    "clock": chips.OVERDUE.with_word("Sai đồng hồ"),
    "ended": chips.WAITING.with_word("Chờ bàn giao"),
}
"""Chips of what has no day."""


@dataclass(frozen=True, slots=True)
class TodoRow:
    """A line of what to do; `todo` says where its action leads."""

    id: int
    day: str
    state: ChipState
    title: str
    detail: str
    action: str
    todo: Todo


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A line of a target; `campaign` is the id of the plan it stands in."""

    id: str
    wording: str
    mark: str
    bar: BarValue
    figures: str
    ratio: str
    state: ChipState
    campaign: str


def todo_table() -> TableCard:
    columns = (
        Column("day", "Hạn", 64),
        Column("state", "Tình trạng", 158, "state"),
        Column("title", "Việc", None, "name", under="detail", least=220),
        Column("action", "", 110, "action"),
    )
    table = TableCard(columns, Empty("check-circle", "Không còn việc nào đến hạn."))
    table.table.setObjectName("todos")
    table.table.setAccessibleName("Việc cần làm")
    return table


def target_table(on_empty: Callable[[], object]) -> TableCard:
    columns = (
        Column("wording", "Chỉ tiêu", None, "name", under="mark", least=200),
        Column("bar", "Tiến độ so với mốc", 130, "bar"),
        Column("figures", "Đã đạt", 118, "number"),
        Column("ratio", "Tỷ lệ", 64, "strong"),
        Column("state", "Tình trạng", 184, "state"),
    )
    empty = Empty(
        "flag",
        "Chưa có kế hoạch nào. Nhận kế hoạch của cấp trên qua USB, hoặc tự lập.",
        "Mở Kế hoạch – phong trào",
        on_empty,
    )
    table = TableCard(columns, empty)
    table.table.setObjectName("targets")
    table.table.setAccessibleName("Tiến độ chỉ tiêu")
    return table


def todo_row(number: int, todo: Todo) -> TodoRow:
    state = _FIXED.get(todo.state) or chips.days_left(todo.days)
    day = f"{todo.due:%d/%m}" if todo.due else "–"
    return TodoRow(number, day, state, todo.title, todo.detail, todo.action, todo)


def target_row(target: TargetState) -> TargetRow:
    result, total = target.result, target_words.goal(target.pace, target.result)
    counted = result.met is not None and bool(total)
    return TargetRow(
        f"{target.campaign}:{target.target.id}",
        target.target.wording,
        f"{target.target.level_text} · {target.campaign_title}",
        target_words.progress(target.pace, result) if counted else BarValue(0, 0),
        f"{group_thousands(result.numerator)}/{group_thousands(total)}" if counted else "–",
        format_ratio(result.numerator, total) if counted else "–",
        target_words.target_state(target.pace, target.definition),
        target.campaign,
    )
