"""The left side of the report page: what is asked, and what to know before printing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.services.report_checks import Check
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button, IconLabel, card, label
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.pages.reports.form import ReportForm

WIDTH = 328
_ICONS = {"ok": "check-circle", "warn": "warning", "bad": "warning-circle"}


class OptionsColumn(QWidget):
    """The form in its card, and under it the checks, always in sight."""

    def __init__(self, form: ReportForm) -> None:
        super().__init__()
        upper, inside = card(8, (1, 12, 1, 1))
        inside.addWidget(_indented(label("Lập văn bản", "card")))
        inside.addWidget(ScrollColumn(form), 1)
        self.save_words = Button("Lưu lời văn", "floppy-disk")
        self.save_words.setObjectName("save_words")
        self.save_words.setToolTip("Giữ lời văn của kỳ này (Ctrl+Enter)")
        self.copy_words = Button("Lấy kỳ trước", "download-simple")
        self.copy_words.setObjectName("copy_words")
        self.copy_words.setToolTip("Chép lời văn kỳ trước vào các ô còn trống (Ctrl+D)")
        self.words_history = Button("Lịch sử lời văn (Ctrl+H)", "clock-counter-clockwise", "icon")
        self.words_history.setObjectName("words_history")
        self._words = _beside(self.save_words, self.copy_words, self.words_history)
        inside.addWidget(self._words)
        self.fill_in = Button("Nhập số liệu của biểu…", "pencil-simple")
        self.fill_in.setObjectName("fill_in_form")
        self._figures = _beside(self.fill_in)
        self._figures.hide()
        inside.addWidget(self._figures)
        lower, self._lines = card(8)
        self._lines.addWidget(label("Trước khi in", "card"))
        self._checks = lower
        self._shown: list[QWidget] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(upper, 1)
        layout.addWidget(lower)
        lower.hide()
        self._fit()

    def show_deeds(self, *, words: bool, figures: bool) -> None:
        """Whether the kind of paper has words of the officer's own, or figures to be entered."""
        self._words.setVisible(words)
        self._figures.setVisible(figures)

    def show_checks(self, checks: Iterable[Check]) -> None:
        for old in self._shown:
            self._lines.removeWidget(old)
            old.deleteLater()
        self._shown = [_line(check) for check in checks]
        for line in self._shown:
            self._lines.addWidget(line)
        self._checks.setVisible(bool(self._shown))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(theme.current().px(WIDTH))


def _line(check: Check) -> QWidget:
    line = QWidget()
    line.setAccessibleName(check.sentence)
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.current().px(6))
    layout.addWidget(IconLabel(_ICONS[check.tone], check.tone, 14), 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(label(check.sentence, "second", check.tone, wrap=True), 1)
    return line


def _indented(widget: QWidget) -> QWidget:
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(16, 0, 16, 0)
    layout.addWidget(widget)
    return holder


def _beside(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(12, 4, 12, 10)
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return holder
