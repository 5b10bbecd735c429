"""Trang chính: what to do now, how the targets stand, who is missing, and the three daily entries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.services import home
from congdoan_desktop.services.home import Home, Todo
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, card, label, row
from congdoan_desktop.ui.kit.page import PageFrame
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.home.cards import CoverageCard, MonthsCard, WaitingCard, copier
from congdoan_desktop.ui.pages.home.lists import TargetRow, TodoRow, target_row, target_table, todo_row, todo_table

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_WEEK = 7
_RIGHT_COLUMN = 338
_LEAST_BESIDE = 860
_LEAST_TABLE = 200
_NO_LIMIT = 16_777_215


class HomePage(PageFrame):
    """One question, "what now": overdue first, one action in each row."""

    def __init__(self, context: Context) -> None:
        super().__init__("Trang chính")
        self.setObjectName("home")
        self._context = context
        self._add_quick_entries()
        left = self._set_columns()
        self._todos = todo_table()
        self._targets = target_table(lambda: context.go("campaigns", ""))
        told = context.runner.notice.emit
        self._counted = label("", "second")
        _add_titled(left, "Việc cần làm", self._todos, self._counted)
        marked = label("Vạch đứng là mốc phải đạt", "second")
        head = _add_titled(left, "Tiến độ chỉ tiêu", self._targets, marked)
        head.addWidget(copier(self._targets, "tiến độ chỉ tiêu", told))
        self._coverage = CoverageCard(self._side, lambda: context.go("units", ""), told)
        self._months = MonthsCard(self._side, lambda: context.go("activities", ""), told)
        self._waiting = WaitingCard(self._side, lambda: context.go("handoff", "outbox"))
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
        self._counted.setText(_counts(state.todos))
        self._todos.set_rows(todo_row(number, todo) for number, todo in enumerate(state.todos))
        self._targets.set_rows(target_row(target) for target in state.targets)
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
        if isinstance(line, TodoRow):
            drafted_new = line.todo.state == "draft" and not line.todo.object_
            self._context.go(line.todo.page, "new" if drafted_new else line.todo.object_)

    def _open_target(self, line: object) -> None:
        if isinstance(line, TargetRow):
            self._context.go("campaigns", line.id)


def _counts(todos: Iterable[Todo]) -> str:
    """How many are late, and how many are due within the week."""
    dated = [todo.days for todo in todos if todo.due is not None]
    late, soon = sum(days < 0 for days in dated), sum(0 <= days <= _WEEK for days in dated)
    said = (f"Quá hạn {late}" if late else "", f"7 ngày tới {soon}" if soon else "")
    return " · ".join(part for part in said if part)


def _add_titled(column: QVBoxLayout, title: str, table: TableCard, hint: QLabel) -> QHBoxLayout:
    frame, layout = card(0, (1, 8, 1, 1))
    frame.setMinimumHeight(_LEAST_TABLE)
    column.addWidget(frame, 1)
    head = row(label(title, "card"), hint, spacing=12)
    head.setContentsMargins(15, 4, 15, 8)
    layout.addLayout(head)
    table.setObjectName("inner")
    layout.addWidget(table, 1)
    return head


def _scroll_area() -> QScrollArea:
    area = QScrollArea()
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
