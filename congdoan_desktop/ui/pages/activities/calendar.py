"""Lịch: a month with activities, reports due, phases and events of plans; beside it the selected day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from congdoan_desktop.services import agenda
from congdoan_desktop.services.agenda import Item
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.basics import Button, card, label
from congdoan_desktop.ui.kit.chips import ChipState
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.month_grid import WEEKDAYS, Mark, MonthGrid
from congdoan_desktop.ui.kit.table import TableCard

AWAITED = ChipState("Dự kiến", "clock", "info")
PAST = ChipState("Quá ngày", "warning-circle", "warn")
_FIXED: Mapping[str, ChipState] = {
    "done": ChipState("Đã tổ chức", "check-circle", "ok"),
    "reported": ChipState("Đã báo cáo", "check-circle", "ok"),
    "on_behalf": ChipState("Ghi thay", "pencil-simple", "warn"),
    "received": ChipState("Cấp dưới nộp", "tray", "neu"),
    "event": ChipState("Sự kiện", "megaphone", "info"),
    "phase": ChipState("Đợt", "flag", "neu"),
    "statistics": ChipState("Chốt thống kê", "chart-bar", "warn"),
}
_COLUMNS = (
    Column("title", "Việc", None, "name", under="detail", least=150),
    Column("state", "Tình trạng", 140, "state"),
)
_DAY_WIDTH = 372


class CalendarView(QWidget):
    """Enter on a day goes to its list, Enter on a line opens what it is about, Esc goes back to the month."""

    opened = Signal(str, str)
    """Page and object of what was opened."""

    def __init__(self, context: Context, campaign: Callable[[], str | None]) -> None:
        super().__init__()
        self._context, self._campaign = context, campaign
        self._items: tuple[Item, ...] = ()
        self._asked = 0
        self._span: tuple[date, date, str | None] | None = None
        self.grid = MonthGrid("Lịch")
        self.grid.setObjectName("month")
        self.month = label("", "card")
        self.today_button = Button("Hôm nay", on_click=lambda: self.grid.choose(self.grid.today))
        self.today_button.setObjectName("today")
        self.day = label("", "card")
        self.list = TableCard(_COLUMNS, Empty("calendar-blank", "Ngày này không có việc nào."))
        self.list.setObjectName("inner")
        self.list.table.setObjectName("day_items")
        self.list.table.setAccessibleName("Việc trong ngày")
        self._lay_out()
        self.setFocusProxy(self.grid)
        self.grid.day_chosen.connect(self._chosen)
        self.grid.day_opened.connect(lambda _: self._to_list())
        back = QShortcut(QKeySequence("Esc"), self.list)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(lambda: self.grid.setFocus(Qt.FocusReason.OtherFocusReason))
        self.list.table.row_opened.connect(self._open)
        context.runner.changed.connect(self._changed)

    def _lay_out(self) -> None:
        month, inside = card(0, (1, 8, 1, 1))
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 6)
        head.addWidget(self.month, 1)
        for text, icon, step in (("Tháng trước (PgUp)", "caret-left", -1), ("Tháng sau (PgDn)", "caret-right", 1)):
            head.addWidget(Button(text, icon, "icon", on_click=partial(self.grid.step_month, step)))
        head.addWidget(self.today_button)
        inside.addLayout(head)
        inside.addWidget(self.grid, 1)
        side, beside = card(0, (1, 8, 1, 1))
        side.setFixedWidth(theme.current().px(_DAY_WIDTH))
        title = QHBoxLayout()
        title.setContentsMargins(15, 4, 15, 8)
        title.addWidget(self.day)
        beside.addLayout(title)
        beside.addWidget(self.list, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(month, 1)
        whole.addWidget(side)

    # What is shown

    def begin(self, today: date) -> None:
        """Show the month of today, unless another one is open already."""
        if self._span is None:
            self.grid.begin(today, today)
        self.reload()

    def reload(self) -> None:
        self._span = None
        self._chosen(self.grid.day)

    def _changed(self, changes: frozenset[str]) -> None:
        if self.isVisible() and changes & {"activity", "campaign", "period_figures", "unit", "package"}:
            self.reload()

    def _chosen(self, day: date) -> None:
        self.month.setText(f"Tháng {day.month} năm {day.year}")
        self.day.setText(f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}")
        span = (self.grid.first(), self.grid.last(), self._campaign())
        if span == self._span:
            self._show_day()
            return
        self._span = span
        self._asked += 1
        office, asked = self._context.office, self._asked
        self._context.runner.run(lambda: agenda.between(office(), *span), done=partial(self._show, asked))

    def _show(self, asked: int, found: Sequence[Item]) -> None:
        if asked != self._asked:
            return
        self._items = tuple(found)
        bands_first = sorted(found, key=lambda item: item.kind != "phase")
        today = self.grid.today
        self.grid.set_marks([Mark(one.title, state_of(one, today), one.starts, one.ends) for one in bands_first])
        self._show_day()

    def _show_day(self) -> None:
        """What goes on for weeks stands last."""
        day = self.grid.day
        self.list.set_rows(
            {
                "id": str(number),
                "title": item.title,
                "detail": item.detail,
                "state": state_of(item, self.grid.today),
                "item": item,
            }
            for number, item in enumerate(sorted(self._items, key=lambda item: item.kind == "phase"))
            if item.starts <= day <= item.ends
        )

    def _to_list(self) -> None:
        if self.list.table.rows.rowCount():
            self.list.table.selectRow(0)
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, row: object) -> None:
        if isinstance(row, Mapping) and isinstance(item := row["item"], Item):
            self.opened.emit(item.page, item.object_)


def state_of(item: Item, today: date) -> ChipState:
    """The state of one thing, seen from today: what is due tells how many days are left."""
    if item.kind == "duty":
        return chips.days_left((item.ends - today).days)
    if item.kind == "planned":
        return PAST if item.ends < today else AWAITED
    return _FIXED[item.kind]
