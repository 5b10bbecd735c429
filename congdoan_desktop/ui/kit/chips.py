"""State chips (icon, word, colour) and filter chips.

A state is never told by colour alone: every tone has its icon, and the word stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from congdoan_desktop.ui import icons, theme
from congdoan_desktop.ui.kit.basics import Button

TONES = {
    "ok": ("ok", "ok_soft"),
    "warn": ("warn", "warn_soft"),
    "bad": ("bad", "bad_soft"),
    "neu": ("neu", "neu_soft"),
    "info": ("accent_text", "accent_soft"),
}


@dataclass(frozen=True, slots=True)
class ChipState:
    """A word with its icon and tone (ok, warn, bad, neu, info); `with_word` gives it another word."""

    word: str
    icon: str
    tone: str

    def with_word(self, word: str) -> ChipState:
        return replace(self, word=word)

    def __str__(self) -> str:
        return self.word


MET = ChipState("Đạt", "check-circle", "ok")
SHORT_OF = ChipState("Còn thiếu", "arrow-circle-right", "info")
BEHIND = ChipState("Còn thiếu", "clock", "warn")
UNLIKELY = ChipState("Khó đạt", "warning-circle", "bad")
NO_DATA = ChipState("Chưa có số liệu", "circle-dashed", "neu")
WAITING = ChipState("Chờ duyệt", "clock", "warn")
PAID = ChipState("Đã chi", "check-circle", "ok")
SAVED = ChipState("Đã lưu", "check-circle", "ok")
DRAFT = ChipState("Bản nháp", "pencil-simple", "neu")
RETURNED = ChipState("Bị trả lại", "arrow-u-up-left", "bad")
CONFLICT = ChipState("Mâu thuẫn", "git-merge", "warn")
OVERDUE = ChipState("Quá hạn", "warning-circle", "bad")
DUE = ChipState("Còn hạn", "clock", "warn")
LATER = ChipState("Còn hạn", "circle-dashed", "neu")
MISSING_PAPERS = ChipState("Thiếu chứng từ", "circle-dashed", "neu")
SENT = ChipState("Đã gửi", "paper-plane-tilt", "info")
RECEIVED = ChipState("Đã nhận", "check-circle", "ok")
SAME = ChipState("Đã có", "check", "neu")
REFUSED = ChipState("Từ chối", "prohibit", "bad")
VERIFIED = ChipState("Mã xác thực đúng", "seal-check", "ok")
UNVERIFIED = ChipState("Chưa kiểm tra", "question", "neu")
NEEDS_NEWER = ChipState("Cần bản mới", "download-simple", "info")


def days_left(days: int) -> ChipState:
    """The chip of a due date `days` from today: overdue, within a week, later."""
    if days < 0:
        return OVERDUE.with_word(f"Quá hạn {-days} ngày")
    if days == 0:
        return DUE.with_word("Hạn hôm nay")
    return (DUE if days <= 7 else LATER).with_word(f"Còn {days} ngày")


def chip_width(state: ChipState) -> float:
    look = theme.current()
    return look.px(30) + QFontMetricsF(look.font(theme.SMALL, 500)).horizontalAdvance(state.word) + look.px(9)


def paint_chip(painter: QPainter, cell: QRectF, state: ChipState, ratio: float = 1) -> None:
    """Paint a chip at the left of a cell, in its middle; a word that has no room ends in "…"."""
    look = theme.current()
    fore, ground = TONES[state.tone]
    height = look.px(21)
    box = QRectF(cell.left(), cell.center().y() - height / 2, min(chip_width(state), cell.width()), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.color(ground))
    painter.drawRoundedRect(box, height / 2, height / 2)
    size = look.px(14)
    picture = icons.pixmap(state.icon, look.color(fore), size, ratio)
    painter.drawPixmap(round(box.left() + look.px(9)), round(box.center().y() - size / 2), picture)
    font = look.font(theme.SMALL, 500)
    painter.setFont(font)
    painter.setPen(look.color(fore))
    place = box.adjusted(look.px(28), 0, -look.px(6), 0)
    word = QFontMetricsF(font).elidedText(state.word, Qt.TextElideMode.ElideRight, place.width() + 2)
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, word)
    painter.restore()


class ChipLabel(QWidget):
    """One state chip outside a table."""

    def __init__(self, state: ChipState) -> None:
        super().__init__()
        self._state = state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(state)

    def state(self) -> ChipState:
        return self._state

    def set_state(self, state: ChipState) -> None:
        self._state = state
        self.setAccessibleName(state.word)
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(chip_width(self._state)) + 1, theme.current().px(21))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_chip(QPainter(self), QRectF(self.rect()), self._state, self.devicePixelRatio())


class FilterChip(Button):
    """A round filter. Plain: on or off. With `choices`: a menu, and the chip is on while one is chosen."""

    def __init__(
        self,
        text: str,
        on_change: Callable[[object], object],
        *,
        icon: str = "",
        choices: Sequence[tuple[object, str]] = (),
    ) -> None:
        self._word = text
        self._on_change = on_change
        self._value: object = None
        self._choices: dict[object, str] = {}
        self._wanted: object = None
        super().__init__(text, icon, "chip")
        self.setCheckable(True)
        self._renew_icon()
        self._menu: QMenu | None = None
        if choices:
            self.set_choices(choices)
        else:
            self.toggled.connect(self._toggled)

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """The menu; its first line takes the filter away. What is chosen stays chosen while it is still there."""
        menu = self._menu = self._menu_of(choices)
        self.setMenu(menu)
        # The caret stands behind the word.
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.set_icon("caret-down")
        self._choices = dict(choices)
        kept = self._choices.get(self._value, "")
        self._pick(self._value if kept else None, kept, tell=False)
        if self._wanted is not None and self._wanted in self._choices:
            self.choose(self._wanted)

    def _menu_of(self, choices: Sequence[tuple[object, str]]) -> QMenu:
        menu = QMenu(self)
        for value, text in ((None, f"{self._word}: tất cả"), *choices):
            action = QAction(text, menu)
            action.triggered.connect(lambda _=False, v=value, t=text: self._pick(v, t))
            menu.addAction(action)
        return menu

    def choose(self, value: object) -> None:
        """Pick a choice as a click would; what is not offered yet is picked with the choices to come."""
        known = value in self._choices
        self._wanted = None if known else value
        if known:
            self._pick(value, self._choices[value])

    def value(self) -> object:
        """The chosen value of a menu chip; True or False of a plain one."""
        return self._value if self._menu is not None else self.isChecked()

    def clear(self) -> None:
        """Take the filter away without telling: the page renews its list once."""
        self.blockSignals(True)
        if self._menu is not None:
            self._pick(None, "", tell=False)
        else:
            self.setChecked(False)
        self.blockSignals(False)

    def _toggled(self, on: bool) -> None:
        self._on_change(on)

    def _pick(self, value: object, text: str, *, tell: bool = True) -> None:
        self._value = value
        self.setChecked(value is not None)
        self.set_text(text if value is not None else self._word)
        if tell:
            self._on_change(value)
