"""Gửi bằng USB: choose packages, then five large steps until "Có thể rút USB"."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from congdoan_desktop.domain.file_sizes import shown_size
from congdoan_desktop.errors import AppError
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import eject, mailbox, outgoing, stick_facts
from congdoan_desktop.services.mailbox import Sent
from congdoan_desktop.services.stick_facts import StickFacts
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel, IconLabel, card, label
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.steps import Step, StepBar
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.handoff import words
from congdoan_desktop.ui.pages.handoff.facts_card import FactsCard
from congdoan_desktop.ui.pages.handoff.stick_bar import StickBar
from congdoan_desktop.ui.tasks import Task

_STEPS = (
    Step("Cắm USB", "usb", "Chọn USB ở trên"),
    Step("Kiểm tra", "list-checks", "Chỗ trống, ghi được"),
    Step("Ghi", "download-simple", "Chờ chọn gói"),
    Step("Đọc lại", "eye", "So từng byte"),
    Step("Rút USB", "eject", "Chờ đọc lại xong"),
)
_INSERT, _CHECK, _WRITE, _READ, _EJECT = range(5)
_STEP_OF = (_CHECK, _WRITE, _READ, _READ, _READ, _EJECT)
"""Which large step runs at each small step of `stick.write`."""
_SMALL_STEPS = 5
_SLOW_MS = 15_000
_SLOW = "USB này ghi chậm. Cứ chờ, chưa rút USB; bấm Dừng nếu muốn đổi USB khác."
_DONE_LINES = {_CHECK: "Đủ chỗ, ghi được", _WRITE: "Đã ghi xong", _READ: "Khớp từng byte"}
_COLUMNS = (
    Column("kind_name", "Gói", 130),
    Column("receiver", "Nơi nhận", least=160),
    Column("subject", "Kế hoạch", 120),
    Column("period", "Kỳ", 120),
    Column("made_at", "Lập lúc", 146, "date", show=words.moment),
    Column("size", "Cỡ", 70, "number", show=lambda value: shown_size(int(str(value)))),
    Column("chip", "Tình trạng", 150, "state"),
)


class SendingTab(QWidget):
    """Packages that are not with their receiver yet, and the stick."""

    def __init__(self, context: Context, bar: StickBar) -> None:
        super().__init__()
        self._context, self._bar = context, bar
        self._task: Task | None = None
        self._wanted: frozenset[str] = frozenset()
        self.steps = StepBar(_STEPS)
        self.steps.setObjectName("steps")
        self.write = Button("Ghi ra USB", "download-simple", "primary", on_click=self._write)
        self.stop = Button("Dừng", "x", on_click=self._stop)
        self.eject = Button("Tháo USB", "eject", on_click=self._eject)
        self.eject.setObjectName("eject")
        self.write.setObjectName("write")
        self.stop.setObjectName("stopWriting")
        self.headline = ElidedLabel("", "step")
        self.headline.setObjectName("headline")
        self.detail = ElidedLabel("", "second")
        self.percent = label("", "strong")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setProperty("thick", "true")
        self.progress.setAccessibleName("Tiến độ ghi USB")
        self._icon = IconLabel("usb", "accent_text", 28)
        self.facts = FactsCard()
        sentence = "Gói chờ gửi nằm ở đây. Đóng gói báo cáo ở trang Báo cáo."
        empty = Empty("paper-plane-tilt", sentence, "Lập báo cáo", lambda: context.go("reports", ""))
        self.packages = TableCard(_COLUMNS, empty, multi=True)
        self.packages.table.setObjectName("toSend")
        self.packages.table.setAccessibleName("Gói chờ gửi")
        self.packages.table.selectionModel().selectionChanged.connect(self._count)
        self._lay_out()
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(lambda: self.detail.set_text(_SLOW))
        for part in (self.progress, self.stop, self.eject):
            part.hide()
        self._idle()
        context.runner.progressed.connect(self._step)

    def _lay_out(self) -> None:
        self.packages.setMinimumHeight(1)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self._job_card(), 5)
        middle.addWidget(self.facts, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.steps)
        layout.addLayout(middle)
        layout.addWidget(self.packages, 1)

    def _job_card(self) -> QFrame:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(self.headline)
        texts.addWidget(self.detail)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._icon)
        head.addLayout(texts, 1)
        head.addWidget(self.percent)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.eject)
        foot.addWidget(self.stop)
        foot.addWidget(self.write)
        frame, layout = card(10, (20, 14, 16, 14))
        layout.addLayout(head)
        layout.addWidget(self.progress)
        layout.addLayout(foot)
        # The table gives way first, never the words of the job.
        frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return frame

    # What is to be seen

    def reload(self) -> None:
        office = self._context.office
        self._context.runner.run(lambda: mailbox.outbox(office()), done=self._show)

    def take_stick(self) -> None:
        """Another stick: all steps begin anew."""
        if self._task is None:
            self.steps.start()
            self._icon.set_icon("usb", "accent_text")
            self.eject.hide()
        self.look_at_stick()

    def look_at_stick(self) -> None:
        path = self._bar.path
        if path is not None:
            self._context.runner.run(lambda: stick_facts.facts(path), done=self._show_facts, failed=self._no_stick)

    def _show(self, packages: list[Sent]) -> None:
        open_ones = [p for p in packages if p.state == "made" or p.waits or p.id in self._wanted]
        rows = [{"id": p.id, "sent": p, "chip": words.SENT_STATES[p.state], **_cells(p)} for p in open_ones]
        self.packages.set_rows(rows)
        table = self.packages.table
        table.clearSelection()
        for at, row in enumerate(table.rows.rows()):
            if isinstance(row, dict) and self._is_meant(row["sent"]):
                self._select(at)
        self._count()

    def want(self, packages: Iterable[str]) -> None:
        """Show packages of the outbox ready to be written, even when they were written before."""
        self._wanted = frozenset(packages)
        self.reload()

    def _is_meant(self, package: Sent) -> bool:
        return package.id in self._wanted if self._wanted else package.state == "made"

    def _select(self, at: int) -> None:
        flag = QItemSelectionModel.SelectionFlag
        table = self.packages.table
        table.selectionModel().select(table.rows.index(at, 0), flag.Select | flag.Rows)

    def _show_facts(self, facts: StickFacts) -> None:
        self.facts.show_facts(self._bar.name, facts)
        if self._task is None:
            self.steps.set_step(_INSERT, "done", self._bar.name)
        self._count()

    def _no_stick(self, error: AppError) -> None:
        self.facts.show_problem(error)
        self.steps.set_step(_INSERT, "failed", error.what)
        self._count()

    def chosen(self) -> list[Sent]:
        return [row["sent"] for row in self.packages.table.selected_rows() if isinstance(row, dict)]

    def _count(self, *_: object) -> None:
        count = len(self.chosen())
        self.write.set_text(f"Ghi {count} gói ra USB" if count else "Ghi ra USB")
        self.write.setEnabled(self._task is None and count > 0 and self._bar.path is not None)
        if all(self.steps.state(step) == "waiting" for step in range(_CHECK, _EJECT + 1)):
            self.steps.set_step(_WRITE, "waiting", f"{count} gói" if count else "")
            self._idle()

    def _idle(self) -> None:
        ready = self._bar.path is not None
        self.headline.set_text("Chọn gói bên dưới rồi bấm Ghi" if ready else "Cắm USB và chọn USB ở trên")
        self.detail.set_text("Ctrl + bấm chuột để chọn thêm hoặc bớt gói." if ready else "Gói vẫn nằm trong máy này.")

    # Writing

    def start(self) -> None:
        """Ctrl+Enter and the primary key of the page."""
        if self.write.isEnabled():
            self._write()

    def _write(self) -> None:
        folder, packages = self._bar.path, self.chosen()
        if folder is None or not packages:
            return
        self.steps.start()
        self.steps.set_step(_INSERT, "done", self._bar.name)
        self.steps.set_step(_CHECK, "active")
        self._icon.set_icon("eye", "accent_text")
        self.headline.set_text(f"Đang ghi {len(packages)} gói ra {self._bar.name}")
        self.detail.set_text("Chưa rút USB. Màn hình sẽ báo “Có thể rút USB”.")
        self.progress.setRange(0, 0)
        self.progress.show()
        self.stop.show()
        self.eject.hide()
        self._slow.start()
        self.write.setEnabled(False)
        self._task = self._context.runner.run(
            self._work, folder, packages, done=self._written, failed=self._failed, settled=self._settled,
            title="Đang ghi USB", with_progress=True, changes=frozenset({"package"}),
        )  # fmt: skip

    def _work(self, folder: Path, packages: list[Sent], progress: Progress) -> None:
        office, total = self._context.office(), len(packages) * _SMALL_STEPS
        for at, package in enumerate(packages):
            start = at * _SMALL_STEPS

            def tell(done: int, _total: int, text: str, start: int = start, name: str = package.file_name) -> None:
                progress.step(start + done, total, f"{text}: {name}")

            outgoing.write_to_stick(office, package.id, folder, Progress(tell))

    def _step(self, done: int, total: int, text: str) -> None:
        if self._task is None or not total:
            return
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.percent.setText(f"{done * 100 // total}%")
        self.headline.set_text(text)
        now = _STEP_OF[done % _SMALL_STEPS] if done < total else _EJECT
        for step in range(_CHECK, now):
            self.steps.set_step(step, "done")
        if now != _EJECT:
            self.steps.set_step(now, "active")

    def _written(self, _: object) -> None:
        self._wanted = frozenset()
        for step in (_CHECK, _WRITE, _READ):
            self.steps.set_step(step, "done", _DONE_LINES[step])
        self.steps.set_step(_EJECT, "done", "Có thể rút USB")
        self._icon.set_icon("check-circle", "ok")
        self.headline.set_text("Có thể rút USB")
        self.detail.set_text("Đã đọc lại từ USB và khớp từng byte. Gói chờ biên nhận của nơi nhận.")
        self.eject.show()

    def _eject(self) -> None:
        folder = self._bar.path
        if folder is not None:
            self._context.runner.run(
                lambda: eject.eject(folder), done=self._ejected, failed=self._not_ejected, title="Đang tháo USB"
            )

    def _ejected(self, _: object) -> None:
        self.eject.hide()
        self.detail.set_text("Hệ điều hành đã tháo USB.")

    def _not_ejected(self, error: AppError) -> None:
        self.detail.set_text(f"{error.what} {error.todo}")

    def _failed(self, error: AppError) -> None:
        running = next((at for at in range(5) if self.steps.state(at) == "active"), _WRITE)
        self.steps.set_step(running, "failed", error.what)
        self._icon.set_icon("warning-circle", "bad")
        self.headline.set_text(error.what)
        self.detail.set_text(f"{error.safe} {error.todo}".strip())

    def _settled(self) -> None:
        self._task = None
        self._slow.stop()
        self.progress.hide()
        self.percent.setText("")
        self.stop.hide()
        self.look_at_stick()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()


def _cells(package: Sent) -> dict[str, object]:
    return {name: getattr(package, name) for name in ("kind_name", "receiver", "subject", "period", "made_at", "size")}
