"""The dialogs: an error in three parts, a question that names its object, a reason for deleting.

They open without stopping the program (`open`, not `exec`) and answer by calling back.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from congdoan_desktop.errors import AppError
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button, IconLabel, label
from congdoan_desktop.ui.kit.leaving import LeavingDialog
from congdoan_desktop.ui.kit.text_fields import NoteField

WIDTH = 460
BUG = AppError(
    "Chương trình gặp lỗi ngoài dự kiến.",
    safe="Những gì đã lưu vẫn còn; những gì đang nhập vẫn ở trên màn hình.",
    todo="Hãy thử lại. Nếu lỗi lặp lại, ghi lại việc đang làm và báo cho người hỗ trợ.",
)


def fitting(parent: QWidget, width: int, height: int) -> QSize:
    """A size at 100 % as it grows with the letters, at most that of the screen or of the window it stands over."""
    look, window = theme.current(), parent.window()
    return QSize(look.px(width), look.px(height)).boundedTo(window.screen().availableSize().expandedTo(window.size()))


class Dialog(LeavingDialog):
    """Icon, title, `banner`, and what a subclass puts into `body`; buttons at the right of the foot, Esc cancels."""

    def __init__(self, parent: QWidget | None, title: str, icon: str, token: str) -> None:
        super().__init__(parent)
        theme.dress(self)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(theme.current().px(WIDTH))
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        heading = label(title, "step", wrap=True)
        self.body.addWidget(heading)
        self.body.addWidget(self.banner)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(IconLabel(icon, token, 28), 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(self.body, 1)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(20, 20, 20, 16)
        self._whole.setSpacing(18)
        self._whole.addLayout(top)
        self._whole.addLayout(self._buttons)

    def sizeHint(self) -> QSize:
        """At its own width: Qt takes the height that the text would need in a wider dialog."""
        return QSize(self.maximumWidth(), self._whole.totalHeightForWidth(self.maximumWidth()))

    def showEvent(self, event: QShowEvent) -> None:
        """Qt shows no window higher than two thirds of the screen, and squeezes wrapped lines together for it."""
        super().showEvent(event)
        self._fit(QSize())

    def event(self, event: QEvent) -> bool:
        """What comes in later finds room too."""
        known = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._fit(self.size())
        return known

    def _fit(self, least: QSize) -> None:
        self.resize(self.sizeHint().expandedTo(least).boundedTo(self.screen().availableSize()))

    def add_button(self, button: Button) -> Button:
        self._buttons.addWidget(button)
        return button


class ErrorDialog(Dialog):
    """What happened, what is safe, what to do."""

    def __init__(self, parent: QWidget | None, error: AppError) -> None:
        super().__init__(parent, error.what, "warning-circle", "bad")
        self.error = error
        for part, role in ((error.safe, ""), (error.todo, "strong")):
            if part:
                self.body.addWidget(label(part, role, wrap=True))
        close = self.add_button(Button("Đã hiểu", role="primary", on_click=self.accept))
        close.setDefault(True)
        close.setFocus()


class ConfirmDialog(Dialog):
    """A question. The button names the act and its object ("Gửi 2 gói"); `danger` makes it red and not the default."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        action: str,
        on_yes: Callable[[], object],
        *,
        danger: bool = False,
    ) -> None:
        super().__init__(parent, title, "warning" if danger else "question", "warn" if danger else "accent")
        self.body.addWidget(label(text, wrap=True))
        self.cancel = self.add_button(Button("Thôi", on_click=self.reject))
        self.yes = self.add_button(Button(action, role="danger" if danger else "primary", on_click=self._agree))
        self._on_yes = on_yes
        (self.cancel if danger else self.yes).setDefault(True)
        (self.cancel if danger else self.yes).setFocus()

    def _agree(self) -> None:
        self.accept()
        self._on_yes()


class ReasonDialog(Dialog):
    """Deleting: the object in the title and in the button, and a reason without which nothing is deleted."""

    def __init__(
        self, parent: QWidget | None, what: str, on_yes: Callable[[str], object], *, verb: str = "Xoá"
    ) -> None:
        super().__init__(parent, f"{verb} {what}?", "trash", "bad")
        self._on_yes = on_yes
        self.body.addWidget(label("Dòng này ra khỏi sổ nhưng vẫn nằm trong Lịch sử và khôi phục được.", wrap=True))
        self.reason = NoteField("reason", "Lý do", required=True, lines=2)
        self.reason.enter_moves = True
        self.reason.moved.connect(self._entered)
        self.body.addWidget(self.reason)
        self.cancel = self.add_button(Button("Thôi", on_click=self.reject))
        self.yes = self.add_button(Button(f"{verb} {what}", "trash", "danger", on_click=self._try))
        self.reason.setFocus()

    def _entered(self, _name: str, step: int) -> None:
        if step > 0:
            self._try()

    def _try(self) -> None:
        found = self.reason.findings()
        self.reason.show_findings(found)
        if found:
            self.reason.setFocus()
            return
        self.accept()
        self._on_yes(str(self.reason.value()))


def show_error(parent: QWidget | None, error: AppError) -> ErrorDialog:
    """Open an error over the window of `parent`; over a dialog when that is what failed."""
    dialog = ErrorDialog(parent.window() if parent is not None else None, error)
    dialog.open()
    return dialog
