"""The items of a reading, by group: a tab for each group that has any, a table, and the item under the cursor."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QTabBar, QVBoxLayout, QWidget

from congdoan_desktop.services.plan_item import Group, Item
from congdoan_desktop.services.plan_review import Decision, Review
from congdoan_desktop.ui.kit.basics import label
from congdoan_desktop.ui.kit.chips import FilterChip
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.plan_reading import words
from congdoan_desktop.ui.pages.plan_reading.item_panel import ItemPanel

_COLUMNS = (
    Column("number", "Số", 44, "number"),
    Column("text", "Trong văn bản", None, under="becomes", least=160),
    Column("state", "Tình trạng", 126, "state"),
)
_KEYS = "Enter nhận · Delete bỏ qua · F2 sửa · ↑ ↓ mục khác · Ctrl+Z lùi lại"
_NONE = {Group.TARGETS: "Không tìm thấy chỉ tiêu nào trong văn bản này."}


class ItemList(QWidget):
    """`chosen` carries the item under the cursor."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._review: Review | None = None
        self._group = Group.HEADER
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setObjectName("item_groups")
        self.tabs.setAccessibleName("Nhóm mục")
        for group in Group:
            self.tabs.addTab(words.GROUP_TITLES[group])
        self.waiting_only = FilterChip("Chỉ mục chờ", lambda _: self.renew(), icon="funnel")
        self.waiting_only.setObjectName("waiting_only")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Đã xét")
        self.list = TableCard(_COLUMNS, Empty("list-checks", _NONE[Group.TARGETS]))
        self.table = self.list.table
        self.table.setObjectName("items")
        self.table.setAccessibleName("Các mục đọc được")
        self.table.setSortingEnabled(False)
        self.panel = ItemPanel()
        self._lay_out()
        self.list.filter_cleared.connect(lambda: self.waiting_only.setChecked(False))
        self.tabs.currentChanged.connect(self._turn)
        self.table.row_selected.connect(self._follow)
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.tabs, 1)
        top.addWidget(self.waiting_only)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.bar)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.panel)
        layout.addWidget(label(_KEYS, "second", wrap=True))

    # Showing

    def open(self, review: Review) -> None:
        """Show a reading; the first that is asked about gets the cursor."""
        self._review = review
        first = review.next_waiting()
        if first is not None:
            self.go_to(first)
        else:
            self.renew()

    def selected(self) -> str:
        row = self.table.selected_row()
        return str(row["id"]) if isinstance(row, dict) else ""

    def go_to(self, item: Item) -> None:
        """Put the cursor on an item, in its group."""
        self._group = item.group
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(list(Group).index(item.group))
        self.tabs.blockSignals(False)
        self.renew()
        if not self.table.select_id(item.id):
            self.waiting_only.setChecked(False)
            self.table.select_id(item.id)

    def renew(self) -> None:
        review = self._review
        if review is None:
            return
        for at, group in enumerate(Group):
            count = sum(1 for item in review.items if item.group is group)
            self.tabs.setTabText(at, f"{words.GROUP_TITLES[group]} {count}" if count else words.GROUP_TITLES[group])
            self.tabs.setTabVisible(at, count > 0 or group is Group.TARGETS)
        self.bar.setRange(0, max(len(review.items), 1))
        self.bar.setValue(len(review.items) - review.count(Decision.WAITING))
        items = [(number, item) for number, item in enumerate(review.items, 1) if item.group is self._group]
        shown = [pair for pair in items if not self.waiting_only.value() or _waits(review, pair[1])]
        self.list.set_rows([_row(number, item, review) for number, item in shown], filtered=len(shown) < len(items))
        self._follow(self.table.selected_row())

    def _turn(self, at: int) -> None:
        self._group = list(Group)[at]
        self.renew()
        if self.table.selected_row() is None and self.table.rows.rowCount():
            self.table.selectRow(0)

    def _follow(self, row: object) -> None:
        id_ = str(row["id"]) if isinstance(row, dict) else ""
        item = self._review.item(id_) if self._review is not None and id_ else None
        self.panel.show_item(item, self._review)
        self.chosen.emit(id_)


def _waits(review: Review, item: Item) -> bool:
    return review.decision(item.id) is Decision.WAITING


def _row(number: int, item: Item, review: Review) -> dict[str, object]:
    decision = review.decision(item.id)
    state = words.confidence(item) if decision is Decision.WAITING else words.DECISIONS[decision]
    return {
        "id": item.id,
        "number": number,
        "text": item.text,
        "becomes": words.becomes(item, review.part(item.id)),
        "state": state,
    }
