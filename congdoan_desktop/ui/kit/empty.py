"""What an empty list says: what belongs here, and the first step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button, IconLabel, label


@dataclass(frozen=True, slots=True)
class Empty:
    """The words of an empty state; `link` is a second, quieter way in ("Nhập từ Excel")."""

    icon: str
    sentence: str
    action: str = ""
    on_action: Callable[[], object] | None = None
    link: str = ""
    on_link: Callable[[], object] | None = None


class EmptyState(QFrame):
    """The words in the middle of the place where rows would be."""

    def __init__(self, empty: Empty) -> None:
        super().__init__()
        self.setObjectName("empty")
        self.setAccessibleName(empty.sentence)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(1)
        self._picture = IconLabel(empty.icon, "text3", 32)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        sentence = label(empty.sentence, wrap=True)
        sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(sentence)
        for text, role, call in ((empty.action, "", empty.on_action), (empty.link, "flat", empty.on_link)):
            if text:
                button = Button(text, role=role, on_click=call)
                layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
                if self.focusProxy() is None:
                    self.setFocusProxy(button)
        layout.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words matter more than the picture where there is little height."""
        self._picture.setVisible(self.height() > theme.current().px(180))
        super().resizeEvent(event)
