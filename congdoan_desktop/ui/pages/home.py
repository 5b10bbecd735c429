"""Trang chính: what to do now, how the targets stand, who is missing, and the three daily entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import format_ratio, group_thousands
from congdoan_desktop.services import home
from congdoan_desktop.services.home import Home, TargetState, Todo
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.bars import BarValue, MonthBars, ShareBar
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel, IconLabel, card, label, row
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.kit.table import TableCard

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_RIGHT_COLUMN = 338
_MOST_MISSING = 4
_LEAST_BESIDE = 860
_LEAST_TABLE = 200
_NO_LIMIT = 16_777_215


@dataclass(frozen=True, slots=True)
class _TodoRow:
    id: int
    day: str
    state: ChipState
    title: str
    detail: str
    action: str
    todo: Todo


@dataclass(frozen=True, slots=True)
class _TargetRow:
    id: str
    wording: str
    mark: str
    bar: BarValue
    figures: str
    ratio: str
    state: ChipState
    campaign: str


class HomePage(PageFrame):
    """One question, "what now": overdue first, one action in each row."""

    def __init__(self, context: Context) -> None:
        super().__init__("Trang chính")
        self.setObjectName("home")
        self._context = context
        self._add_quick_entries()
        left = self._set_columns()
        self._todos = _todo_table()
        self._targets = _target_table(lambda: context.go("campaigns", ""))
        _add_titled(left, "Việc cần làm", self._todos)
        _add_titled(left, "Tiến độ chỉ tiêu", self._targets, "Vạch đứng là mốc phải đạt")
        self._coverage = _CoverageCard(self._side, lambda: context.go("units", ""))
        self._months = _MonthsCard(self._side)
        self._waiting = _WaitingCard(self._side, lambda: context.go("handoff", "outbox"))
        self._stack_cards()
        self.setFocusProxy(self._first)
        self._todos.table.action_clicked.connect(self._open_todo)
        self._todos.table.row_opened.connect(self._open_todo)
        self._targets.table.row_opened.connect(self._open_target)
        context.runner.changed.connect(self._refresh)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _add_quick_entries(self) -> None:
        entries = (
            ("Ghi hoạt động", "calendar-plus", "activities", "quickActivity"),
            ("Ghi chăm lo", "heart", "support", "quickSupport"),
            ("Lập báo cáo", "chart-bar", "reports", "quickReport"),
        )
        made = [
            Button(text, icon, role="tinted", size="quick", on_click=partial(self._quick, page))
            for text, icon, page, _ in entries
        ]
        for button, (_, _, _, name) in zip(made, entries, strict=True):
            button.setObjectName(name)
            self.add_action(button)
        self.primary = self._first = made[0]

    def _quick(self, page: str) -> None:
        self._context.go(page, "" if page == "reports" else "new")

    def _set_columns(self) -> QVBoxLayout:
        """From the page inwards: whatever gets another parent is dressed again with all that is in it."""
        area = _scroll_area()
        self.set_body(area)
        whole = QWidget()
        area.setWidget(whole)
        self._side = QWidget()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, whole)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(16)
        self._both.addLayout(left, 1)
        self._both.addWidget(self._side)
        return left

    def _stack_cards(self) -> None:
        right = QVBoxLayout(self._side)
        right.setSpacing(16)
        right.setContentsMargins(0, 0, 0, 0)
        for part in (self._coverage, self._months, self._waiting):
            right.addWidget(part)
        right.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_both"):
            self._fit()

    def _fit(self) -> None:
        """Large letters on a small screen: the cards go below the tables, and the page scrolls."""
        look = theme.current()
        beside = self.width() >= look.px(_LEAST_BESIDE)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._both.setDirection(direction)
        self._side.setMinimumWidth(look.px(_RIGHT_COLUMN) if beside else 0)
        self._side.setMaximumWidth(look.px(_RIGHT_COLUMN) if beside else _NO_LIMIT)

    def _refresh(self, _changes: object = None) -> None:
        if self.isVisible():
            self._context.runner.run(self._ask, done=self._show)

    def _ask(self) -> tuple[Home, date]:
        office = self._context.office()
        return home.overview(office), office.clock.today()

    def _show(self, found: tuple[Home, date]) -> None:
        state, today = found
        self.subtitle.set_text(f"{_WEEKDAYS[today.weekday()]}, {short_date(today)}")
        self._todos.set_rows(_todo_row(number, todo) for number, todo in enumerate(state.todos))
        self._targets.set_rows(_target_row(target) for target in state.targets)
        self._coverage.show_coverage(state)
        self._months.show_months(state, today)
        self._waiting.show_waiting(state)
        self._take_focus(self._todos.table if state.todos else self._first)

    def _take_focus(self, goal: QWidget) -> None:
        """Keys must reach what there is to do, unless the officer is somewhere already."""
        nowhere = QApplication.focusWidget() in (None, self, self.focusProxy())
        self.setFocusProxy(goal)
        if nowhere:
            goal.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_todo(self, line: object, _column: str = "") -> None:
        if isinstance(line, _TodoRow):
            drafted_new = line.todo.state == "draft" and not line.todo.object_
            self._context.go(line.todo.page, "new" if drafted_new else line.todo.object_)

    def _open_target(self, line: object) -> None:
        if isinstance(line, _TargetRow):
            self._context.go("campaigns", line.campaign)


class _CoverageCard(QFrame):
    def __init__(self, side: QWidget, on_open: Callable[[], object]) -> None:
        super().__init__(side)
        self.setObjectName("card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(label("Độ phủ cấp dưới", "card"))
        self._figure = label("–", "figure")
        self._what = label("", wrap=True)
        layout.addLayout(row(self._figure, self._what, spacing=12, stretch_last=True))
        self._bar = ShareBar("Độ phủ")
        layout.addWidget(self._bar)
        self._missing = QVBoxLayout()
        self._missing.setSpacing(4)
        layout.addLayout(self._missing)
        self._open = Button("Xem đủ", role="flat", on_click=on_open)
        self._open.setObjectName("openUnits")
        layout.addWidget(self._open, 0, Qt.AlignmentFlag.AlignRight)

    def show_coverage(self, state: Home) -> None:
        found = state.coverage
        self._figure.setText(f"{found.done}/{found.total}")
        kind = "đơn vị đã gửi báo cáo" if found.of_unions else "CĐCS đã có hoạt động hoặc chăm lo"
        left = found.total - found.done
        self._what.setText(kind + (f"\nCòn thiếu {left}" if left else "\nĐã đủ") if found.total else "Chưa có CĐCS nào")
        self._bar.set_parts(((found.done, "ok"),), found.total)
        while (item := self._missing.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for name in found.missing[:_MOST_MISSING]:
            self._missing.addWidget(ElidedLabel(name, "second"))
        more = len(found.missing) - _MOST_MISSING
        self._open.set_text(f"Xem đủ {len(found.missing)} đơn vị" if more > 0 else "Xem đơn vị")


class _MonthsCard(QFrame):
    def __init__(self, side: QWidget) -> None:
        super().__init__(side)
        self.setObjectName("card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        self._title = label("Hoạt động theo tháng", "card")
        self._bars = MonthBars("Hoạt động theo tháng")
        self._note = label("", "second", wrap=True)
        for part in (self._title, self._bars, self._note):
            layout.addWidget(part)

    def show_months(self, state: Home, today: date) -> None:
        running = today.month if state.year == today.year else 13
        self._title.setText(f"Hoạt động theo tháng, năm {state.year}")
        self._bars.set_values(state.months, running)
        hatched = f" Tháng {running} (kẻ sọc) tính đến hôm nay." if running <= 12 and state.months[running - 1] else ""
        self._note.setText(f"{group_thousands(sum(state.months))} hoạt động từ đầu năm.{hatched}")


class _WaitingCard(QFrame):
    def __init__(self, side: QWidget, on_open: Callable[[], object]) -> None:
        super().__init__(side)
        self.setObjectName("card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(label("Gói chờ biên nhận", "card"))
        self._words = label("", "second", wrap=True)
        open_button = Button("Gửi – nhận", on_click=on_open)
        open_button.setObjectName("openHandoff")
        line = QHBoxLayout()
        line.addWidget(IconLabel("hard-drive", "accent"))
        line.addWidget(self._words, 1)
        line.addWidget(open_button)
        layout.addLayout(line)

    def show_waiting(self, state: Home) -> None:
        if not state.waiting:
            self._words.setText("Không có gói nào đang chờ.")
            return
        since = date.fromisoformat((state.oldest_waiting or "")[:10])
        self._words.setText(f"{state.waiting} gói, sớm nhất từ ngày {short_date(since)}")


def _todo_table() -> TableCard:
    columns = (
        Column("day", "Hạn", 64),
        Column("state", "Tình trạng", 130, "state"),
        Column("title", "Việc", None, "name", under="detail", least=220),
        Column("action", "", 110, "action"),
    )
    table = TableCard(columns, Empty("check-circle", "Không còn việc nào đến hạn."))
    table.table.setObjectName("todos")
    table.table.setAccessibleName("Việc cần làm")
    return table


def _target_table(on_empty: Callable[[], object]) -> TableCard:
    columns = (
        Column("wording", "Chỉ tiêu", None, "name", under="mark", least=200),
        Column("bar", "Tiến độ so với mốc", 136, "bar"),
        Column("figures", "Đã đạt", 72, "number"),
        Column("ratio", "Tỷ lệ", 64, "strong"),
        Column("state", "Tình trạng", 166, "state"),
    )
    words = Empty(
        "flag",
        "Chưa có kế hoạch nào. Nhận kế hoạch của cấp trên qua USB, hoặc tự lập.",
        "Mở Kế hoạch – phong trào",
        on_empty,
    )
    table = TableCard(columns, words)
    table.table.setObjectName("targets")
    table.table.setAccessibleName("Tiến độ chỉ tiêu")
    return table


def _todo_row(number: int, todo: Todo) -> _TodoRow:
    fixed = {"draft": chips.DRAFT, "conflict": chips.CONFLICT, "clock": chips.OVERDUE.with_word("Sai đồng hồ")}
    state = fixed.get(todo.state) or chips.days_left(todo.days)
    day = f"{todo.due:%d/%m}" if todo.due else "–"
    return _TodoRow(number, day, state, todo.title, todo.detail, todo.action, todo)


def _target_row(target: TargetState) -> _TargetRow:
    result = target.result
    total = result.denominator if result.denominator is not None else target.target.value
    ratio = format_ratio(result.numerator, total) if total else "–"
    return _TargetRow(
        f"{target.campaign}:{target.target.id}",
        target.target.wording,
        f"{target.target.level_text} · {target.campaign_title}",
        BarValue(result.numerator, total, 100, _tone(target)),
        f"{group_thousands(result.numerator)}/{group_thousands(total)}",
        ratio,
        _state(target, total),
        target.campaign,
    )


def _tone(target: TargetState) -> str:
    return "ok" if target.result.met else "accent"


def _state(target: TargetState, total: int) -> ChipState:
    if target.result.met is None or not total:
        return chips.NO_DATA
    if target.result.met:
        return chips.MET
    what = "CĐCS" if target.result.denominator is not None else ""
    return chips.SHORT_OF.with_word(f"Còn thiếu {total - target.result.numerator} {what}".strip())


def _add_titled(column: QVBoxLayout, title: str, table: TableCard, hint: str = "") -> None:
    frame, layout = card(0, (1, 8, 1, 1))
    frame.setMinimumHeight(_LEAST_TABLE)
    column.addWidget(frame, 1)
    head = row(label(title, "card"), label(hint, "second"), spacing=12)
    head.setContentsMargins(15, 4, 15, 8)
    layout.addLayout(head)
    table.setObjectName("inner")
    layout.addWidget(table, 1)


def _scroll_area() -> QScrollArea:
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
