"""Labels, buttons and cards in the roles of the stylesheet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from congdoan_desktop.ui import icons, theme

_ICON_SIZES = {"nav": 18, "chip": 14}
_GAPS = {"chip": 1}
_ICON_TOKENS = {"primary": "on_accent", "tinted": "accent_text", "flat": "accent_text", "danger": "bad"}


def set_state(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the stylesheet selects by, and dress the widget again when it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def label(text: str = "", role: str = "", tone: str = "", *, wrap: bool = False) -> QLabel:
    """A label in a role (title, step, card, strong, label, second, words) and a tone (ok, warn, bad, accent)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    return made


class ElidedLabel(QLabel):
    """One line that gives way: cut with "…" when there is no room, with the whole text as tooltip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.set_text(text)

    def whole(self) -> str:
        return self._whole

    def set_text(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._elide()
        self.updateGeometry()

    def setText(self, text: str) -> None:
        """`set_text`, for whoever takes it for a plain label."""
        self.set_text(text)

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        super().setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class IconLabel(QWidget):
    """One icon in the colour of a token; hidden from the keyboard, named by the text beside it."""

    def __init__(self, name: str, ink: str = "text2", size: int = 16) -> None:
        super().__init__()
        self._name, self._ink, self._size = name, ink, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, ink: str) -> None:
        self._name, self._ink = name, ink
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.current().px(self._size)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        size = look.px(self._size)
        picture = icons.pixmap(self._name, look.color(self._ink), size, self.devicePixelRatio())
        painter.drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, picture)


class Button(QPushButton):
    """A push button in a role (default, primary, tinted, flat, danger, icon, nav, chip) with an icon of its colour.

    `text` is also the accessible name; an icon-only button shows it as tooltip.
    """

    def __init__(
        self,
        text: str,
        icon: str = "",
        role: str = "",
        size: str = "",
        on_click: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._icon_name = icon
        self._role = role
        self._begins_work = role in ("primary", "danger")
        self.setProperty("role", role)
        self.setProperty("size", size)
        self.setAutoDefault(False)
        if role == "icon":
            self.setToolTip(text)
            self.setAccessibleName(text)
        else:
            self.set_text(text)
        self._renew_icon()
        self._on_click = on_click
        self.clicked.connect(self._clicked)

    def set_text(self, text: str) -> None:
        self.setAccessibleName(text)
        gap = " " * _GAPS.get(self._role, 2) if self._icon_name else ""
        shown = text.replace("&", "&&")  # a letter here, not a mnemonic
        self.setText(shown + gap if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else gap + shown)

    def set_role(self, role: str) -> None:
        """Look like another one: what is to be done next may change. What it does stays what it is."""
        self._role = role
        set_state(self, "role", role)
        self.set_text(self.accessibleName())
        self._renew_icon()

    def set_icon(self, name: str) -> None:
        self._icon_name = name
        self._renew_icon()

    def _clicked(self) -> None:
        if self._on_click is not None:
            self._on_click()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """What begins a piece of work begins one, also for who clicks twice out of habit."""
        if not self._begins_work:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses what has the cursor; else a dialog takes it for its default button, whatever that does."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and not event.isAutoRepeat() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._icon_of is not theme.current():
            self._renew_icon()

    def _renew_icon(self) -> None:
        self._icon_of = theme.current()
        self.setIcon(self._make_icon())
        side = theme.current().px(_ICON_SIZES.get(self._role, 16))
        self.setIconSize(QSize(side, side))

    def _make_icon(self) -> QIcon:
        if not self._icon_name:
            return QIcon()
        checked = "accent_text" if self.isCheckable() else ""
        return icons.icon(self._icon_name, _ICON_TOKENS.get(self._role, "text2"), checked)


def card(spacing: int = 8, margins: tuple[int, int, int, int] = (16, 12, 16, 12)) -> tuple[QFrame, QVBoxLayout]:
    """A white card with a border, and its layout."""
    frame = QFrame()
    frame.setObjectName("card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return frame, layout


def row(*widgets: QWidget, spacing: int = 8, stretch_last: bool = False) -> QHBoxLayout:
    """Widgets side by side; the rest of the width goes to the last one or stays empty behind it."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        layout.addWidget(widget)
    if stretch_last:
        layout.setStretch(len(widgets) - 1, 1)
    else:
        layout.addStretch(1)
    return layout
