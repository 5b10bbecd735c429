"""The left side of the first windows: what the program is, and what it promises."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop import __version__
from congdoan_desktop.ui import icons, theme
from congdoan_desktop.ui.kit.basics import Button, IconLabel, label

WIDTH = 440
_PROMISES = (
    ("wifi-slash", "Không cần mạng", "Mọi việc làm trên máy này. Gửi và nhận bằng USB hoặc thư điện tử."),
    ("floppy-disk", "Không mất việc đang làm", "Bản nháp tự giữ mỗi 2 giây."),
    ("shield-check", "Giữ kín dữ liệu cá nhân", "Dữ liệu được mã hoá; chỉ cán bộ có mật khẩu mở được."),
)


class Emblem(QWidget):
    """The picture of the program, large."""

    def __init__(self) -> None:
        super().__init__()
        self._side = theme.current().px(48)
        self.setFixedSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent"))
        painter.drawRoundedRect(self.rect(), 10, 10)
        size = self._side // 2
        picture = icons.pixmap("users-three", look.color("on_accent"), size, self.devicePixelRatio())
        painter.drawPixmap((self._side - size) // 2, (self._side - size) // 2, picture)


class BrandPanel(QFrame):
    """Name and promises; `other_ways` stand at its foot under `question`."""

    def __init__(self, question: str = "", other_ways: tuple[Button, ...] = ()) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setFixedWidth(theme.current().px(WIDTH))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(48, 64, 40, 32)
        layout.setSpacing(18)
        layout.addWidget(Emblem())
        layout.addWidget(label("Công đoàn", "figure"))
        layout.addWidget(
            label("Sổ sách phong trào, chăm lo và báo cáo của công đoàn cơ sở và cấp trên cơ sở.", wrap=True)
        )
        layout.addSpacing(10)
        for promise in _PROMISES:
            layout.addLayout(_promise(*promise))
        layout.addStretch(1)
        if other_ways:
            layout.addWidget(label(question, "strong"))
            line = QHBoxLayout()
            for button in other_ways:
                line.addWidget(button)
            line.addStretch(1)
            layout.addLayout(line)
        layout.addWidget(label(f"Phiên bản {__version__}", "second"))


def _promise(icon: str, title: str, text: str) -> QHBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(title, "strong"))
    words.addWidget(label(text, "second", wrap=True))
    line = QHBoxLayout()
    line.setSpacing(16)
    line.addWidget(IconLabel(icon, "accent_text", 20))
    line.addLayout(words, 1)
    return line
