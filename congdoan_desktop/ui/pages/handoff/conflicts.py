"""Mâu thuẫn: records with two versions. Both are shown with author and claimed time; none is called the newer one."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from congdoan_desktop.services import conflicts
from congdoan_desktop.services.conflicts import Conflict
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.basics import label
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.handoff import words
from congdoan_desktop.ui.pages.history import HistoryDialog

_COLUMNS = (
    Column("what", "Loại", 130),
    Column("name", "Bản ghi", least=220),
    Column("unit_name", "Đơn vị", 240),
    Column("chip", "Tình trạng", 140, "state"),
    Column("action", "", 110, "action"),
)
_OTHER_PAGES: Mapping[str, tuple[str, str]] = {
    "activity": ("activities", ""),
    "support": ("support", ""),
    "person": ("units", "members/"),
    "post": ("units", "officers/"),
    "training": ("units", "trainings/"),
    "workplace": ("units", "workplaces/"),
}
"""Type -> the page that shows both versions in its own words, and the tab there."""
_LABELS: Mapping[str, str] = {
    "name": "Tên",
    "short_name": "Tên gọn",
    "code": "Mã",
    "kind": "Loại",
    "place": "Địa danh",
    "abbreviation": "Viết tắt",
    "on": "Ngày",
    "workers": "Số lao động",
    "members": "Số đoàn viên",
    "title": "Trích yếu",
    "number": "Số",
    "starts": "Từ ngày",
    "ends": "Đến ngày",
    "birth_year": "Năm sinh",
    "member": "Là đoàn viên",
    "period_name": "Kỳ",
}


class ConflictsPart(QWidget):
    """Out of sight while there is nothing to choose."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.list = TableCard(_COLUMNS, Empty("git-merge", "Không có mâu thuẫn nào."), row_id="record")
        self.list.table.setObjectName("conflicts")
        self.list.table.setAccessibleName("Mâu thuẫn cần chọn")
        self.list.table.row_opened.connect(self._open)
        self.list.table.action_clicked.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label("Mâu thuẫn cần chọn", "card"))
        layout.addWidget(self.list, 1)
        self.hide()

    def reload(self) -> None:
        office = self._context.office
        self._context.runner.run(lambda: conflicts.listing(office()), done=self._show)

    def _show(self, found: list[Conflict]) -> None:
        self.list.set_rows([_row(one) for one in found])
        self.setVisible(bool(found))

    def _open(self, row: object, _column: str = "") -> None:
        assert isinstance(row, dict)
        one: Conflict = row["conflict"]
        if one.type in _OTHER_PAGES:
            page, tab = _OTHER_PAGES[one.type]
            self._context.go(page, f"{tab}{one.record}")
            return
        dialog = HistoryDialog(
            self.window(), self._context, one.record, f"{row['what']} {one.name}", _say, frozenset({one.type})
        )
        dialog.restored.connect(self.reload)
        dialog.open()


def _row(one: Conflict) -> dict[str, object]:
    return {
        "record": one.record,
        "conflict": one,
        "what": words.TYPE_NAMES.get(one.type, one.type).capitalize(),
        "name": one.name,
        "unit_name": one.unit_name,
        "chip": chips.CONFLICT,
        "action": "Xem và chọn",
    }


def _say(field: str, value: object) -> tuple[str, str]:
    if field not in _LABELS:
        return "", ""
    if isinstance(value, bool):
        return _LABELS[field], "có" if value else "không"
    return _LABELS[field], "–" if value is None else str(value)
