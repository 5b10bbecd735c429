"""The cards beside the lists: who is missing, the months, what waits for a receipt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.services.home import Home
from congdoan_desktop.ui.kit.bars import MonthBars, ShareBar
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel, IconLabel, label, row

_MOST_MISSING = 4


def copier(shown: QWidget, what: str, told: Callable[[str], object]) -> Button:
    """A button that copies a picture of `shown`, to be pasted into Word."""

    def copy() -> None:
        QGuiApplication.clipboard().setPixmap(shown.grab())
        told(f"Đã chép hình {what}. Mở Word rồi nhấn Ctrl+V.")

    made = Button(f"Chép hình {what}", "image", "icon", on_click=copy)
    made.setObjectName("copy_picture")
    return made


class CoverageCard(QFrame):
    """How many units below have something recorded or sent, and who has not."""

    def __init__(self, side: QWidget, on_open: Callable[[], object], told: Callable[[str], object]) -> None:
        super().__init__(side)
        self.setObjectName("card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        head = row(label("Độ phủ cấp dưới", "card"))
        head.addWidget(copier(self, "độ phủ", told))
        layout.addLayout(head)
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
        kind = "đơn vị cấp dưới đã có số liệu" if found.of_unions else "CĐCS đã có hoạt động hoặc chăm lo"
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


class MonthsCard(QFrame):
    """Activities by month; the running month is hatched."""

    def __init__(self, side: QWidget, on_open: Callable[[], object], told: Callable[[str], object]) -> None:
        super().__init__(side)
        self.setObjectName("card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        self._title = label("Hoạt động theo tháng", "card")
        head = row(self._title)
        head.addWidget(copier(self, "các tháng", told))
        layout.addLayout(head)
        self._bars = MonthBars("Hoạt động theo tháng")
        self._note = label("", "second", wrap=True)
        for part in (self._bars, self._note):
            layout.addWidget(part)
        show = Button("Xem hoạt động", role="flat", on_click=on_open)
        show.setObjectName("openActivities")
        layout.addWidget(show, 0, Qt.AlignmentFlag.AlignRight)

    def show_months(self, state: Home, today: date) -> None:
        running = today.month if state.year == today.year else 13
        self._title.setText(f"Hoạt động theo tháng, năm {state.year}")
        self._bars.set_values(state.months, running)
        hatched = f" Tháng {running} (kẻ sọc) tính đến hôm nay." if running <= 12 and state.months[running - 1] else ""
        self._note.setText(f"{group_thousands(sum(state.months))} hoạt động từ đầu năm.{hatched}")


class WaitingCard(QFrame):
    """Packages sent whose receipt has not come back."""

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
