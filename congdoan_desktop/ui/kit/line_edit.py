"""One-line inputs: the bare line with icons of the palette, and the search box."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from congdoan_desktop.ui import icons, theme

_SEARCH_PAUSE_MS = 200
_AROUND_WORDS = 52
_BARE = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class LineEdit(QLineEdit):
    """A line edit whose icons follow the palette. It never completes or changes text while someone types."""

    def __init__(self) -> None:
        super().__init__()
        self._icons: list[tuple[QAction, str]] = []
        self._icons_of = theme.current()

    def add_icon(self, name: str, tip: str = "", on_click: Callable[[], object] | None = None) -> QAction:
        """An icon at the right end when it does something, at the left when it only explains."""
        place = QLineEdit.ActionPosition.TrailingPosition if on_click else QLineEdit.ActionPosition.LeadingPosition
        action = self.addAction(icons.icon(name), place)
        action.setToolTip(tip)
        action.setText(tip)
        if on_click:
            action.triggered.connect(lambda _on: on_click())
        self._icons.append((action, name))
        return action

    def replace_icon(self, action: QAction, name: str, tip: str) -> None:
        self._icons = [(a, name if a is action else n) for a, n in self._icons]
        action.setIcon(icons.icon(name))
        action.setToolTip(tip)
        action.setText(tip)

    def type_over(self, text: str) -> None:
        """Replace the text as typing would: it can be undone, and counts as edited."""
        self.selectAll()
        self.insert(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._icons_of is not theme.current():
            self._icons_of = theme.current()
            for action, name in self._icons:
                action.setIcon(icons.icon(name))


class SearchBox(LineEdit):
    """Text to look for; `searched` follows a short pause in typing, or Enter at once. Down leads to what was found."""

    searched = Signal(str)
    left_down = Signal()

    def __init__(self, placeholder: str = "Tìm trong danh sách", width: int = 200) -> None:
        super().__init__()
        self._base_width = width
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setProperty("role", "search")
        self.setClearButtonEnabled(True)
        self.add_icon("magnifying-glass")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SEARCH_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textChanged.connect(self._pause.start)
        self.returnPressed.connect(self._search)
        self._fit()

    def sizeHint(self) -> QSize:
        """Wide enough for what may be looked for, as far as the box may grow."""
        usual, look = super().sizeHint(), theme.current()
        wanted = self.fontMetrics().horizontalAdvance(self.placeholderText()) + look.px(_AROUND_WORDS)
        return usual.expandedTo(QSize(min(wanted, look.px(self._base_width)), 0))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._search()
            return
        if event.key() == Qt.Key.Key_Down and event.modifiers() in _BARE:
            self.left_down.emit()
            return
        super().keyPressEvent(event)

    def clear_silently(self) -> None:
        """Empty without telling. Signals are not blocked: the button that clears goes by them."""
        self.clear()
        self._pause.stop()

    def _fit(self) -> None:
        self.setMaximumWidth(theme.current().px(self._base_width))
        self.setMinimumWidth(theme.current().px(min(self._base_width, 96)))

    def _search(self) -> None:
        self._pause.stop()
        self.searched.emit(self.text())
