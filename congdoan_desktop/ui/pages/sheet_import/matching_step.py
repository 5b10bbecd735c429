"""The row of choices over the matched columns: sheet, row of the head, union of the whole list, name to remember."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.domain.dates import parse_day
from congdoan_desktop.services.sheet_columns import ListKind, Matching, brings_counts, brings_union
from congdoan_desktop.services.sheet_preview import Look, Opened
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.choice_fields import Combo
from congdoan_desktop.ui.kit.line_edit import LineEdit
from congdoan_desktop.ui.pages.sheet_import.glance_view import GlanceView
from congdoan_desktop.ui.pages.sheet_import.matching_view import MatchingView

_ROOM_FOR_BOTH = 440
_HEAD_WIDTH, _NAME_WIDTH, _DAY_WIDTH = 48, 180, 108


class MatchingStep(QWidget):
    """Holds the matching that is being corrected."""

    sheet_chosen = Signal()
    head_chosen = Signal(int)
    """The row in which the head begins."""
    matching_changed = Signal()
    """Columns, the union of the whole list, or the day of its numbers."""
    remember_asked = Signal(object, str)
    """Matching, name."""
    forget_asked = Signal(object)
    """The Matching whose remembered columns are to be forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self._today = date.max
        self._look: Look | None = None
        self._matching: Matching | None = None
        self.view = MatchingView()
        self.sheets, self.unions = Combo(), Combo()
        self.head_row, self.name, self.counted_on = LineEdit(), LineEdit(), LineEdit()
        self._dress()
        self.keep = Button("Nhớ mẫu ghép", "floppy-disk", role="flat", on_click=self._remember)
        self.keep.setObjectName("remember")
        self.forget = Button("Quên mẫu", "x", role="flat", on_click=self._forget)
        self.forget.setObjectName("forget")
        self.forget.setToolTip("Bỏ mẫu ghép đã nhớ của các tiêu đề này và ghép lại tự động")
        self._into = label("CĐCS của cả danh sách", "second")
        self._on = label("Số liệu chốt ngày", "second")
        self._bars = self._lines()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._bars)
        self.glance = GlanceView()
        self.glance.setMinimumHeight(1)  # else it would hold the window open for itself
        layout.addWidget(self.view, 5)
        layout.addWidget(self.glance, 4)
        self.view.changed.connect(self._take)
        self.sheets.activated.connect(lambda _at: self.sheet_chosen.emit())
        self.head_row.editingFinished.connect(self._head_left)
        self.unions.activated.connect(lambda _at: self.matching_changed.emit())
        self.counted_on.editingFinished.connect(self.matching_changed)
        self.setFocusProxy(self.sheets)

    def _lines(self) -> QBoxLayout:
        """What is chosen, and the name under which the matching is remembered."""
        line = QHBoxLayout()
        line.setSpacing(8)
        chosen: tuple[QWidget, ...] = (
            label("Trang tính", "second"), self.sheets, label("Tiêu đề ở dòng", "second"), self.head_row, self._into,
            self.unions, self._on, self.counted_on,
        )  # fmt: skip
        for widget in chosen:
            line.addWidget(widget)
        line.addStretch(1)
        memory = QHBoxLayout()
        memory.setSpacing(8)
        memory.addStretch(1)
        for widget in (self.name, self.keep, self.forget):
            memory.addWidget(widget)
        self._parts = (line, memory)
        both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        both.setSpacing(8)
        both.addLayout(line)
        both.addLayout(memory)
        return both

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large letters on a small screen the columns need all of it; the rows come with the next step."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Choices for which there is no room beside each other stand on two lines; what is written beside the columns
        is whole while the rows stand below.
        """
        tight = sum(line.sizeHint().width() for line in self._parts) + self._bars.spacing() > self.width()
        ways = QBoxLayout.Direction
        self._bars.setDirection(ways.TopToBottom if tight else ways.LeftToRight)
        both = self.height() >= theme.current().px(_ROOM_FOR_BOTH)
        self.glance.setVisible(both)
        self.view.setMinimumHeight(self.view.minimumSizeHint().height() if both else 1)

    def _dress(self) -> None:
        named: tuple[tuple[QWidget, str, str], ...] = (
            (self.sheets, "sheets", "Trang tính"),
            (self.unions, "into", "Công đoàn cơ sở của cả danh sách"),
            (self.head_row, "head_row", "Dòng tiêu đề"),
            (self.name, "matching_name", "Tên mẫu ghép"),
            (self.counted_on, "counted_on", "Ngày chốt số lao động, đoàn viên"),
        )
        for widget, key, words in named:
            widget.setObjectName(key)
            widget.setAccessibleName(words)
        self.head_row.setFixedWidth(theme.current().px(_HEAD_WIDTH))
        self.head_row.setMaxLength(4)
        self.counted_on.setFixedWidth(theme.current().px(_DAY_WIDTH))
        self.counted_on.setPlaceholderText("hôm nay")
        self.counted_on.setToolTip("Ngày của số lao động, đoàn viên trong danh sách; để trống là hôm nay")
        self.name.setPlaceholderText("Tên mẫu ghép để nhớ")
        self.name.setFixedWidth(theme.current().px(_NAME_WIDTH))
        self.sheets.setMinimumContentsLength(12)
        self.unions.setMinimumContentsLength(16)

    def set_choices(self, units: Sequence[tuple[str, str]], today: date) -> None:
        """`units`: id and short name."""
        self._today = today
        held = self.into()
        self.unions.clear()
        self.unions.addItem("Chọn đơn vị…", "")
        for id_, name in units:
            self.unions.addItem(name, id_)
        self.unions.setCurrentIndex(max(0, self.unions.findData(held)))

    def set_book(self, opened: Opened) -> None:
        """The sheets in sight first; the first one is chosen."""
        self.sheets.clear()
        for info in sorted(opened.book.sheets, key=lambda info: info.hidden):
            self.sheets.addItem(f"{info.name} ({info.rows} dòng)" + (" – ẩn" if info.hidden else ""), info.name)

    def sheet(self) -> str:
        return str(self.sheets.currentData())

    def into(self) -> str:
        return str(self.unions.currentData() or "")

    def day(self) -> date | None:
        """The day of the numbers, None for today. Raises: NotADate."""
        typed = self.counted_on.text().strip() if self.counted_on.isVisibleTo(self) else ""
        return parse_day(typed, today=self._today) if typed else None

    def head(self) -> int | None:
        typed = self.head_row.text().strip()
        return int(typed) if typed.isdecimal() and int(typed) > 0 else None

    def rows(self) -> int:
        return max(0, self._look.rows - self._look.matching.head.last) if self._look else 0

    def matching(self) -> Matching | None:
        return self._matching

    def show_look(self, look: Look) -> None:
        self._look = look
        self.head_row.setText(str(look.matching.head.first or 1))
        self.name.setText(look.remembered)
        self.forget.setVisible(bool(look.remembered))
        self._take(look.matching)

    def _take(self, matching: Matching) -> None:
        self._matching = matching
        self.view.show_matching(matching)
        QTimer.singleShot(0, self, self._share)  # when the new samples have their letters
        alone = matching.kind is ListKind.MEMBERS and not brings_union(matching)
        for widget in (self._into, self.unions):
            widget.setVisible(alone)
        dated = matching.kind is not ListKind.MEMBERS and brings_counts(matching)
        self._on.setVisible(dated)
        self.counted_on.setVisible(dated)
        self.matching_changed.emit()

    def _head_left(self) -> None:
        head = self.head()
        if head is not None and self._look is not None and head != self._look.matching.head.first:
            self.head_chosen.emit(head)

    def _forget(self) -> None:
        if self._matching is not None:
            self.forget_asked.emit(self._matching)

    def _remember(self) -> None:
        if self._matching is not None:
            self.remember_asked.emit(self._matching, self.name.text())
