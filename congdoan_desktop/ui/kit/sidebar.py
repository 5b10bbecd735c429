"""The navigation at the left: who we are, the find box, and the pages."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from congdoan_desktop.ui import icons, theme
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel, label
from congdoan_desktop.ui.kit.find_box import FindBox

WIDTH = 208


class NavButton(Button):
    """A page's name with its icon, and a badge with what waits there."""

    def __init__(self, text: str, icon: str) -> None:
        self._name = text
        super().__init__(text, icon, "nav")
        self.setCheckable(True)
        self._renew_icon()
        self.badge = QLabel()
        self.badge.setObjectName("badge")
        self.badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.badge.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 8, 0)
        line.addStretch(1)
        line.addWidget(self.badge)

    def set_badge(self, count: int, what: str = "") -> None:
        self.badge.setText(str(count))
        self.badge.setVisible(count > 0)
        self.setAccessibleName(f"{self._name}, {count} {what}".strip() if count else self._name)


class _Product(QWidget):
    """The picture of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(32, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("accent"))
        painter.drawRoundedRect(self.rect(), 8, 8)
        color: QColor = look.color("on_accent")
        painter.drawPixmap(7, 7, icons.pixmap("users-three", color, 18, self.devicePixelRatio()))


class Sidebar(QFrame):
    """Sends `chosen` with the key of a page."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.find_box = FindBox()
        self.unit = ElidedLabel("", "second")
        self._buttons: dict[str, NavButton] = {}
        self._group = QButtonGroup(self)
        self._top = QVBoxLayout()
        self._bottom = QVBoxLayout()
        self._lay_out()
        self._fit()

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(label("Công đoàn", "card"))
        names.addWidget(self.unit)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.setContentsMargins(2, 0, 0, 0)
        head.addWidget(_Product())
        head.addLayout(names, 1)
        rule = QFrame()
        rule.setObjectName("rule")
        for part in (self._top, self._bottom):
            part.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 10, 8, 6)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.find_box)
        layout.addLayout(self._top)
        layout.addStretch(1)
        layout.addWidget(rule)
        layout.addLayout(self._bottom)

    def add_page(self, key: str, icon: str, title: str, *, bottom: bool = False) -> NavButton:
        button = NavButton(title, icon)
        button.setObjectName(f"nav_{key}")
        self._group.addButton(button)
        (self._bottom if bottom else self._top).addWidget(button)
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._buttons[key] = button
        return button

    def add_command(self, icon: str, title: str, on_click: Callable[[], object]) -> Button:
        """Something at the foot that is not a page (help, light and dark)."""
        button = Button(title, icon, "nav", on_click=on_click)
        self._bottom.addWidget(button)
        return button

    def button(self, key: str) -> NavButton:
        """Raises: KeyError when there is no such page."""
        return self._buttons[key]

    def mark(self, key: str) -> None:
        self._buttons[key].setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(theme.current().px(WIDTH))
