"""What runs longer than a second: its sentence, a bar, and "Dừng"."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from congdoan_desktop.ui.kit.basics import Button, ElidedLabel
from congdoan_desktop.ui.tasks import Task, TaskRunner

_AFTER_MS = 1000


class TaskStrip(QFrame):
    """Listens to a runner; out of sight while nothing takes long."""

    def __init__(self, runner: TaskRunner) -> None:
        super().__init__()
        self.setObjectName("taskStrip")
        self._task: Task | None = None
        self.text = ElidedLabel("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(260)
        self.stop = Button("Dừng", "x", on_click=self._stop)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 16, 6)
        line.setSpacing(12)
        line.addWidget(self.text, 1)
        line.addWidget(self.bar)
        line.addWidget(self.stop)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_AFTER_MS)
        self._wait.timeout.connect(self.show)
        runner.started.connect(self._started)
        runner.progressed.connect(self._progressed)
        runner.ended.connect(self._ended)
        self.hide()

    def _started(self, task: Task) -> None:
        if self._task is not None and self._task.cancellable:
            return  # a save beside it is over before anybody could read of it
        self._task = task
        self.text.set_text(task.title or "Đang làm…")
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(task.title or "Đang làm")
        self.stop.setVisible(task.cancellable)
        self.stop.setEnabled(True)
        self._wait.start()

    def _progressed(self, done: int, total: int, text: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if text and self._task is not None:
            self.text.set_text(f"{self._task.title}: {text}" if self._task.title else text)

    def _ended(self, task: Task) -> None:
        if task is self._task:
            self._wait.stop()
            self._task = None
            self.hide()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.stop.setEnabled(False)
            self.text.set_text("Đang dừng…")
