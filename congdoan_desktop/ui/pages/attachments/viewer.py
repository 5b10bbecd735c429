"""The window in which a picture is looked at: it is decoded in memory, and no clear file is ever made of it unasked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QResizeEvent, QShortcut, QTransform
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from congdoan_desktop.errors import AppError
from congdoan_desktop.services import attachments
from congdoan_desktop.services.attachments import AttachmentRow
from congdoan_desktop.ui.choosing import choose_target
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel, label
from congdoan_desktop.ui.kit.choice_fields import RadioField
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog, fitting
from congdoan_desktop.ui.kit.form import Form, Values
from congdoan_desktop.ui.kit.text_fields import TextField
from congdoan_desktop.ui.pages.attachments import words
from congdoan_desktop.ui.pages.attachments.thumbnails import decoded
from congdoan_desktop.ui.pages.entry.day_field import day_field
from congdoan_desktop.ui.pages.entry.values import text
from congdoan_desktop.ui.pages.history import HistoryDialog
from congdoan_desktop.ui.pages.support.ask import AskDialog

WIDTH, HEIGHT = 960, 640
_ZOOMS = (10, 15, 25, 33, 50, 67, 75, 90, 100, 125, 150, 200, 300, 400)
Shown = Sequence[tuple[str, AttachmentRow | None]]
"""(digest, its attachment); a picture of a record that is not saved has none yet."""


class PictureDialog(QDialog):
    remove_asked = Signal(int)

    def __init__(self, parent: QWidget, context: Context, shown: Shown, at: int, *, locked: bool) -> None:
        super().__init__(parent)
        self.setObjectName("picture_dialog")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._shown, self.at, self._locked = context, list(shown), at, locked
        self._image: QImage | None = None
        self._angle = 0
        self._fit = True
        self.banner = Banner()
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area = QScrollArea()
        self.area.setObjectName("paper")
        self.area.setAccessibleName("Ảnh")
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setWidget(self.picture)
        self.area.viewport().installEventFilter(self)
        self._make_buttons()
        self._lay_out()
        self._bind_keys()
        self.resize(fitting(parent, WIDTH, HEIGHT))
        self.turn(0)
        self.area.setFocus()

    def _make_buttons(self) -> None:
        def icon(name: str, tip: str, picture: str, call: object) -> Button:
            made = Button(tip, picture, "icon", on_click=call)  # type: ignore[arg-type]  # a bound method or partial
            made.setObjectName(name)
            return made

        self.previous = icon("picture_previous", "Ảnh trước (←)", "caret-left", partial(self.turn, -1))
        self.next = icon("picture_next", "Ảnh sau (→)", "caret-right", partial(self.turn, 1))
        self.smaller = icon("picture_smaller", "Thu nhỏ (−)", "magnifying-glass-minus", partial(self.zoom, -1))
        self.larger = icon("picture_larger", "Phóng to (+)", "magnifying-glass-plus", partial(self.zoom, 1))
        self.whole = icon("picture_whole", "Vừa cửa sổ (0)", "arrows-horizontal", self.fit)
        self.rotate_button = icon("picture_rotate", "Xoay (R)", "arrow-clockwise", self.rotate)
        self.edit_button = icon("picture_edit", "Sửa chú thích, ngày chụp (F2)", "pencil-simple", self.ask_words)
        self.history_button = icon("picture_history", "Lịch sử (Ctrl+H)", "clock-counter-clockwise", self.show_history)
        self.remove_button = icon("picture_remove", "Gỡ ảnh (Delete)", "trash", self.remove)
        self.erase_button = Button("Xoá vĩnh viễn", "x", on_click=self.ask_erase)
        self.erase_button.setObjectName("picture_erase")
        self.save_button = Button("Lưu bản sao", "download-simple", on_click=self.ask_copy)
        self.save_button.setObjectName("picture_save")
        self.save_button.setToolTip("Ghi một bản sao không mã hoá ra tệp (Ctrl+S)")

    def _lay_out(self) -> None:
        self.name, self.place, self.percent = ElidedLabel("", "step"), label("", "second"), label("")
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.name, 1)
        for widget in (self.previous, self.place, self.next, self.smaller, self.percent, self.larger, self.whole,
                       self.rotate_button, self.edit_button, self.history_button, self.remove_button):  # fmt: skip
            head.addWidget(widget)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.close_button = Button("Đóng", on_click=self.reject)
        for widget in (self.close_button, self.erase_button):
            foot.addWidget(widget)
        foot.addStretch(1)
        foot.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.banner)
        layout.addWidget(self.area, 1)
        layout.addLayout(foot)

    def _bind_keys(self) -> None:
        keys: tuple[tuple[str, object], ...] = (
            ("Left", partial(self.turn, -1)), ("PgUp", partial(self.turn, -1)), ("Right", partial(self.turn, 1)),
            ("PgDown", partial(self.turn, 1)), ("+", partial(self.zoom, 1)), ("=", partial(self.zoom, 1)),
            ("-", partial(self.zoom, -1)), ("0", self.fit), ("R", self.rotate), ("F2", self.ask_words),
            ("Ctrl+H", self.show_history), ("Delete", self.remove), ("Ctrl+S", self.ask_copy),
        )  # fmt: skip
        for key, call in keys:
            QShortcut(QKeySequence(key), self).activated.connect(call)

    # Which picture

    @property
    def row(self) -> AttachmentRow | None:
        return self._shown[self.at][1]

    def turn(self, step: int) -> None:
        """To another picture; the first look is a step of none."""
        goal = self.at + step
        if not 0 <= goal < len(self._shown):
            return
        self.at, self._angle, self._fit = goal, 0, True
        self._tell()
        digest, office = self._shown[goal][0], self._context.office
        self._context.runner.run(
            lambda: decoded(attachments.picture(office(), digest)),
            done=partial(self._take, goal),
            failed=partial(self._not_here, goal),
        )

    def _tell(self) -> None:
        row, count = self.row, len(self._shown)
        self.banner.clear()
        self.name.set_text(words.named(row.attachment) if row else "Ảnh sẽ đính kèm khi lưu")
        self.setWindowTitle(self.name.whole())
        self.place.setText(f"{self.at + 1} / {count}")
        self.previous.setEnabled(self.at > 0)
        self.next.setEnabled(self.at < count - 1)
        for button in (self.edit_button, self.remove_button, self.erase_button):
            button.setVisible(not self._locked)
        for button in (self.edit_button, self.erase_button, self.history_button, self.save_button):
            button.setEnabled(row is not None)

    def _take(self, at: int, image: QImage | None) -> None:
        if at == self.at:
            self._image = image
            self._draw()
            if image is None:
                self.banner.show_text("bad", "Không giải mã được ảnh này.", "Các ảnh khác không bị ảnh hưởng.")

    def _not_here(self, at: int, error: AppError) -> None:
        if at == self.at:
            self._image = None
            self._draw()
            self.banner.show_error(error)

    # How it is seen

    def rotate(self) -> None:
        self._angle = (self._angle + 90) % 360
        self._draw()

    def fit(self) -> None:
        self._fit = True
        self._draw()

    def zoom(self, step: int) -> None:
        now = self.scale()
        beyond = [z for z in _ZOOMS if z > now] if step > 0 else [z for z in reversed(_ZOOMS) if z < now]
        if beyond:
            self._fit = False
            self._draw(beyond[0])

    def scale(self) -> int:
        """Per cent of the picture's own pixels."""
        if self._image is None:
            return 100
        turned = self._image.size() if self._angle % 180 == 0 else self._image.size().transposed()
        return round(self.picture.width() * self.devicePixelRatio() * 100 / turned.width())

    def _draw(self, percent: int = 0) -> None:
        if self._image is None:
            self.picture.clear()
            self.percent.setText("")
            return
        turned = self._image.transformed(QTransform().rotate(self._angle)) if self._angle else self._image
        ratio = self.devicePixelRatio()
        room = (self.area.viewport().size() - QSize(4, 4)) * ratio
        kept = percent or self.scale()
        goal = (
            turned.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio) if self._fit else turned.size() * kept / 100
        )
        shown = QPixmap.fromImage(
            turned.scaled(goal, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
        shown.setDevicePixelRatio(ratio)
        self.picture.setPixmap(shown)
        self.picture.resize(shown.deviceIndependentSize().toSize())
        self.percent.setText(f"{self.scale()}%")

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and self._fit:
            QTimer.singleShot(0, self, self._draw)
        return False

    # What can be done with it

    def ask_words(self) -> None:
        row = self.row
        if row is None or self._locked:
            return
        form = Form()
        form.add(TextField("caption", "Chú thích", placeholder="Trao quà cho đoàn viên khó khăn", limit=200))
        form.add(RadioField("kind", "Loại", words.KIND_CHOICES))
        form.add(day_field("taken", "Ngày chụp", date.today))
        kept = row.attachment
        form.set_values({"caption": kept.caption, "kind": kept.kind, "taken": kept.taken})
        about = "Chú thích là dữ liệu cá nhân: chỉ đi trong phần mã hoá của gói."
        AskDialog(self, "Sửa chú thích", about, form, "Lưu", partial(self._mend, row)).open()

    def _mend(self, row: AttachmentRow, values: Values) -> None:
        taken = values["taken"]
        given = {"kind": text(values["kind"]), "caption": text(values["caption"])}
        day, office = taken if isinstance(taken, date) else None, self._context.office
        self._context.runner.run(
            lambda: attachments.edit(office(), row.id, **given, taken=day),
            done=lambda _: self.reject(),
            failed=self.banner.show_error,
            changes=words.CHANGES,
        )

    def show_history(self) -> None:
        if (row := self.row) is not None:
            name = words.named(row.attachment)
            HistoryDialog(self, self._context, row.id, name, words.written, words.CHANGES).open()

    def remove(self) -> None:
        if not self._locked:
            self.reject()
            self.remove_asked.emit(self.at)

    def ask_erase(self) -> None:
        if (row := self.row) is None or self._locked:
            return
        ConfirmDialog(
            self, "Xoá vĩnh viễn ảnh này?",
            "Tệp ảnh và chú thích mất hẳn trên máy này, cả khi mở lại bản sao lưu cũ; cấp trên đã nhận cũng xoá khi "
            "nhận gói sau. Việc này không hoàn tác được. Chỉ người quản trị của đơn vị làm được.",
            "Xoá vĩnh viễn", partial(self._erase, row), danger=True,
        ).open()  # fmt: skip

    def _erase(self, row: AttachmentRow) -> None:
        office = self._context.office
        self._context.runner.run(
            lambda: attachments.erase(office(), row.id),
            done=lambda _: self.reject(),
            failed=self.banner.show_error,
            changes=words.CHANGES,
        )

    def ask_copy(self) -> None:
        if (row := self.row) is None or self._image is None:
            return
        ConfirmDialog(
            self, "Lưu một bản sao không mã hoá?", words.IN_CLEAR, "Chọn nơi lưu", partial(self._choose_copy, row)
        ).open()

    def _choose_copy(self, row: AttachmentRow) -> None:
        day = f"-{row.attachment.taken:%Y%m%d}" if row.attachment.taken else ""
        choose_target(self, "Lưu bản sao", "Ảnh (*.jpg)", Path.home() / f"anh{day}.jpg", partial(self._save, row))

    def _save(self, row: AttachmentRow, path: Path) -> None:
        office = self._context.office
        self._context.runner.run(
            lambda: attachments.save_copy(office(), row.id, path),
            done=lambda _: self.banner.show_text("ok", f"Đã lưu {path.name}.", f"Trong thư mục {path.parent}."),
            failed=self.banner.show_error,
            title="Đang lưu bản sao",
        )
