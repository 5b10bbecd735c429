"""Trying the program out: which side of the sample to sit at; the sample is made when it is not there yet."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from congdoan_desktop.clock import Clock
from congdoan_desktop.errors import AppError
from congdoan_desktop.ui.kit import dialogs
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.tasks import Task, TaskRunner

if TYPE_CHECKING:
    from congdoan_desktop.progress import Progress
    from congdoan_desktop.services.office import Office

_SIDES = (
    ("xa", "Mở sổ công đoàn xã mẫu", "primary"),
    ("tinh", "Mở sổ LĐLĐ tỉnh mẫu", ""),
    ("tinh-lon", "Tỉnh mẫu đủ 600 đơn vị", ""),
)
_TEXT = (
    "Một tỉnh mẫu với một công đoàn xã, sáu CĐCS, một kế hoạch, vài hoạt động, khoản chăm lo, nhu cầu. Sửa, xoá, gửi "
    "nhận thoải mái; giấy in ra đều ghi “DỮ LIỆU MẪU” và không lẫn vào dữ liệu thật. Tỉnh mẫu đủ có 600 đơn vị, 1.500 "
    "nơi làm việc và 50.000 đoàn viên; lần đầu mở phải chờ nửa phút đến vài phút để tạo."
)


class SampleDialog(Dialog):
    """Hands over the opened office."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None, runner: TaskRunner, folder: Path, clock: Clock) -> None:
        super().__init__(parent, "Dùng thử với tỉnh mẫu", "play", "accent_text")
        self.setObjectName("sampleDialog")
        self._runner, self._folder, self._clock = runner, folder, clock
        self._task: Task | None = None
        self.body.addWidget(label(_TEXT, wrap=True))
        self.text = label("", "second")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Tiến độ tạo tỉnh mẫu")
        self.body.addWidget(self.text)
        self.body.addWidget(self.bar)
        self.bar.hide()
        self.stop = self.add_button(Button("Thôi", on_click=self.reject))
        self.stop.setObjectName("stop")
        self.buttons = {}
        for side, text, role in reversed(_SIDES):
            button = self.add_button(Button(text, role=role, on_click=partial(self._open, side)))
            button.setObjectName(side)
            self.buttons[side] = button
        self.buttons["xa"].setDefault(True)
        runner.progressed.connect(self._step)

    def reject(self) -> None:
        """Stop what runs; an unfinished sample is thrown away by the next attempt."""
        if self._task is not None:
            self._task.cancel()
        super().reject()

    def _open(self, side: str) -> None:
        def work(progress: Progress) -> Office:
            from congdoan_desktop.services import sample

            return sample.enter(self._folder, side, clock=self._clock, progress=progress)

        for button in self.buttons.values():
            button.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        self._task = self._runner.run(
            work, done=self._opened, failed=self._failed, title="Đang tạo tỉnh mẫu", with_progress=True
        )

    def _step(self, done: int, total: int, text: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.text.setText(text)

    def _opened(self, office: Office) -> None:
        self._task = None
        self.accept()
        self.opened.emit(office)

    def _failed(self, error: AppError) -> None:
        self._task = None
        super().reject()
        dialogs.show_error(self.parentWidget(), error)
