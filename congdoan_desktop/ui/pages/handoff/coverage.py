"""Độ phủ: which units below have been heard, and which not."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congdoan_desktop.services import coverage
from congdoan_desktop.services.coverage import CoverageRow
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.bars import ShareBar
from congdoan_desktop.ui.kit.basics import card, label, row
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.handoff import words

_STATES = {
    "received": chips.RECEIVED,
    "recorded": chips.SAVED.with_word("Đã có số liệu"),
    "silent": chips.NO_DATA,
    "former": chips.NO_DATA.with_word("Không còn trực thuộc"),
    "owing": chips.MISSING_PAPERS.with_word("Chưa bàn giao hồ sơ"),
}
_GONE = frozenset({"former", "owing"})
_COLUMNS = (
    Column("name", "Đơn vị", least=200),
    Column("way", "Cách ghi", 130),
    Column("activities", "Hoạt động", 90, "number"),
    Column("supports", "Chăm lo", 80, "number"),
    Column("period", "Kỳ gần nhất", 150),
    Column("received_at", "Nhận lúc", 146, "date", show=words.moment),
    Column("missing", "Thiếu gói số", 110),
    Column("chip", "Tình trạng", 176, "state"),
)


class CoverageTab(QWidget):
    """Share, then one row for each unit directly below."""

    counted = Signal(int, int)
    """Heard, of all."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.figure = label("–", "figure")
        self.text = label("", "second")
        self.bar = ShareBar("Độ phủ")
        sentence = "Đơn vị cấp dưới nằm ở đây: đơn vị nào đã gửi số liệu, đơn vị nào chưa."
        self.list = TableCard(
            _COLUMNS, Empty("tree-structure", sentence, "Thêm đơn vị", lambda: context.go("units", ""))
        )
        self.list.table.setObjectName("coverage")
        self.list.table.setAccessibleName("Độ phủ cấp dưới")
        head, inside = card(8)
        inside.addLayout(row(self.figure, self.text, spacing=14))
        inside.addWidget(self.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(head)
        layout.addWidget(self.list, 1)

    def reload(self) -> None:
        office = self._context.office
        self._context.runner.run(lambda: coverage.coverage(office()), done=self._show)

    def _show(self, rows: list[CoverageRow]) -> None:
        received = sum(one.state == "received" for one in rows)
        recorded = sum(one.state == "recorded" for one in rows)
        heard, expected = received + recorded, sum(one.state not in _GONE for one in rows)
        self.figure.setText(f"{heard}/{expected}")
        self.text.setText(f"đơn vị có số liệu, trong đó {received} đơn vị tự gửi · còn thiếu {expected - heard}")
        self.bar.set_parts([(received, "ok"), (recorded, "accent")], expected)
        self.list.set_rows([_row(one) for one in rows])
        self.counted.emit(heard, expected)


def _row(one: CoverageRow) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "way": "" if one.state in _GONE else "Tự gửi gói" if one.sends else "Cấp trên ghi hộ",
        "activities": one.activities,
        "supports": one.supports,
        "period": one.period,
        "received_at": one.received_at,
        "missing": ", ".join(map(str, one.missing)),
        "chip": _STATES[one.state],
    }
