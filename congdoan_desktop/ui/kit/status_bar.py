"""The line at the foot of the window: unit, officer, and how safe the data are."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from congdoan_desktop.ui.kit.basics import ElidedLabel, IconLabel

_NOTICE_MS = 6000


class StatusItem(QWidget):
    """An icon and a few words; hidden while it has nothing to say."""

    def __init__(self, icon: str, ink: str = "text2") -> None:
        super().__init__()
        self._icon_name = icon
        self._icon = IconLabel(icon, ink, 14)
        self._text = ElidedLabel("", "second")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self._icon)
        line.addWidget(self._text, 1)
        self.hide()

    def say(self, text: str, ink: str = "text2") -> None:
        self._icon.set_icon(self._icon_name, ink)
        self._text.set_text(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        return self._text.whole()


class StatusBar(QFrame):
    """Unit and officer at the left, notices in the middle, saved, backup and packages at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusBar")
        self.unit = StatusItem("buildings")
        self.officer = StatusItem("user")
        self.notice = StatusItem("info", "accent_text")
        self.saved = StatusItem("check-circle", "ok")
        self.backup = StatusItem("database")
        self.waiting = StatusItem("hourglass", "warn")
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.setInterval(_NOTICE_MS)
        self._fade.timeout.connect(self._forget)
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 0, 16, 0)
        line.setSpacing(24)
        for item in (self.unit, self.officer):
            line.addWidget(item)
        line.addStretch(1)
        for item in (self.notice, self.saved, self.backup, self.waiting):
            line.addWidget(item)

    def show_notice(self, text: str) -> None:
        """A quiet sentence that goes by itself."""
        self.notice.say(text, "accent_text")
        self._fade.start()

    def _forget(self) -> None:
        self.notice.say("")
