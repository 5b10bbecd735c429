"""Cần sửa rồi gửi lại: what the level above sent back, each fault with the way to its record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from congdoan_desktop.services import returned
from congdoan_desktop.services.returned import ToMend
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import label
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.handoff import words

_COLUMNS = (
    Column("message", "Cần sửa", least=160),
    Column("about", "Ở đâu", least=140),
    Column("period", "Kỳ", 110),
    Column("deadline", "Hạn gửi lại", 96, "date"),
    Column("by", "Người trả lại", 116),
    Column("open", "", 56, "action"),
)
_PAGES: Mapping[str, tuple[str, str]] = {
    "activity": ("activities", ""),
    "support": ("support", ""),
    "person": ("units", "members/"),
    "workplace": ("units", "workplaces/"),
    "unit": ("units", ""),
}
"""Type of the record at fault -> the page that opens it, and the tab there; for all else the report itself."""


class ReturnedPart(QWidget):
    """Out of sight while nothing has come back."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.list = TableCard(_COLUMNS, Empty("arrow-u-up-left", "Không có gì bị trả lại."))
        self.list.table.setObjectName("returned")
        self.list.table.setAccessibleName("Cần sửa rồi gửi lại")
        self.list.table.row_opened.connect(self._open)
        self.list.table.action_clicked.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label("Cần sửa rồi gửi lại", "card"))
        layout.addWidget(self.list, 1)
        self.hide()

    def reload(self) -> None:
        office = self._context.office
        self._context.runner.run(lambda: returned.listing(office()), done=self._show)

    def _show(self, found: list[ToMend]) -> None:
        self.list.set_rows([_row(one) for one in found])
        self.setVisible(bool(found))

    def _open(self, row: object, _column: str = "") -> None:
        assert isinstance(row, dict)
        fault: ToMend = row["fault"]
        page, tab = _PAGES.get(fault.type, ("reports", ""))
        self._context.go(page, f"{tab}{fault.record}" if fault.type in _PAGES else fault.campaign)


def _row(fault: ToMend) -> dict[str, object]:
    kind = words.TYPE_NAMES.get(fault.type, "chỉ tiêu" if fault.target else "cả báo cáo").capitalize()
    parts = (kind, fault.name, fault.field)
    return {
        "id": fault.id,
        "fault": fault,
        "message": fault.message,
        "about": ", ".join(part for part in parts if part),
        "period": fault.period,
        "deadline": date.fromisoformat(fault.deadline) if fault.deadline else None,
        "by": fault.by,
        "open": "Mở",
    }
