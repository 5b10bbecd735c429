"""Hộp gửi: every package made here, where it was written, and what came back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from congdoan_desktop.domain.file_sizes import shown_size
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import consolidated, mailbox, sheets
from congdoan_desktop.services.consolidated import MadeAgain
from congdoan_desktop.services.mailbox import Sent
from congdoan_desktop.services.receipts import Answer
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.banner import Banner
from congdoan_desktop.ui.kit.basics import Button, ElidedLabel, label
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.handoff import words
from congdoan_desktop.ui.pages.handoff.confirm_bar import ConfirmBar
from congdoan_desktop.ui.pages.handoff.returned import ReturnedPart
from congdoan_desktop.ui.printing import print_pdf

_COLUMNS = (
    Column("kind_name", "Gói", 130, under="subject"),
    Column("receiver", "Nơi nhận", least=160, under="period", show=words.union),
    Column("seq", "Số", 48, "number"),
    Column("made_at", "Lập lúc", 146, "date", show=words.moment),
    Column("waiting", "Chưa có biên nhận", 130, sort="days"),
    Column("chip", "Tình trạng", 150, "state"),
)
_SHEETS = {
    "enrolment": (sheets.enrolment, "Phiếu đăng ký mã xác thực"),
    "receipt": (sheets.receipt_again, "Phiếu biên nhận"),
}
"""Kinds that go with a paper."""
_SHOWN = ("kind_name", "receiver", "subject", "period", "seq", "made_at")
_VERDICTS = {"accepted": "Nhận toàn bộ", "returned": "Trả lại để sửa", "quarantined": "Giữ lại để xem"}


class OutboxTab(QWidget):
    """The list, and the facts of the selected package beside it."""

    send_wanted = Signal(object)
    """The ids of the packages to be written (again)."""
    carry_wanted = Signal(str)
    """The package that is to go to the chair at another computer."""
    counted = Signal(int)
    """How many wait for a receipt."""

    def __init__(self, context: Context, banner: Banner) -> None:
        super().__init__()
        self._context, self._banner = context, banner
        sentence = "Gói làm ra ở máy này nằm ở đây cho đến khi có biên nhận."
        empty = Empty("paper-plane-tilt", sentence, "Lập báo cáo", lambda: context.go("reports", ""))
        self.list = TableCard(_COLUMNS, empty)
        self.list.table.setObjectName("outbox")
        self.list.table.setAccessibleName("Hộp gửi")
        self.list.table.row_selected.connect(self._select)
        self.facts = _Facts(self._send, self._print, self._make_again)
        self.returned = ReturnedPart(context)
        self.confirming = ConfirmBar(context)
        self.confirming.confirmed.connect(lambda said: self._banner.show_text("ok", said))
        self.confirming.failed.connect(self._banner.show_error)
        self.confirming.carry_wanted.connect(self.carry_wanted)
        self._waiting: tuple[str, ...] = ()
        self.again = Button("", "download-simple", on_click=self._send_waiting)
        self.again.setObjectName("writeWaiting")
        self.again.hide()
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(self.returned, 2)
        left.addWidget(self.again, 0, Qt.AlignmentFlag.AlignRight)
        left.addWidget(self.list, 3)
        left.addWidget(self.confirming)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(left, 1)
        layout.addWidget(self.facts)

    def reload(self) -> None:
        self.returned.reload()
        office = self._context.office
        self._context.runner.run(lambda: mailbox.outbox(office()), done=self._show)

    def _show(self, packages: list[Sent]) -> None:
        self.list.set_rows([_row(package) for package in packages])
        if packages and self.list.table.selected_row() is None:
            self.list.table.selectRow(0)
        self._waiting = tuple(package.id for package in packages if package.waits)
        self.again.setVisible(bool(self._waiting))
        self.again.set_text(f"Ghi lại {len(self._waiting)} gói chưa có biên nhận")
        self.counted.emit(len(self._waiting))

    def _select(self, row: object) -> None:
        package = row["sent"] if isinstance(row, dict) else None
        self.facts.show_package(package)
        self.confirming.show_package(package)

    def _send(self, package: Sent) -> None:
        self.send_wanted.emit((package.id,))

    def _send_waiting(self) -> None:
        self.send_wanted.emit(self._waiting)

    def _print(self, package: Sent) -> None:
        office = self._context.office
        make, title = _SHEETS[package.kind]
        self._context.runner.run(
            lambda: make(office(), package.id),
            done=lambda pdf: print_pdf(self, self._context.runner, pdf, title), failed=self._banner.show_error,
        )  # fmt: skip

    def _make_again(self, package: Sent) -> None:
        office = self._context.office

        def work(progress: Progress) -> MadeAgain:
            return consolidated.make_again(office(), package.id, progress)

        self._context.runner.run(
            work, done=self._made_again, failed=self._banner.show_error, title="Đang lập lại báo cáo",
            with_progress=True,
        )  # fmt: skip

    def _made_again(self, made: MadeAgain) -> None:
        if made.same:
            said = "Số liệu, bản in và danh sách gói nguồn lập lại giống từng byte với gói đã làm."
            self._banner.show_text("ok", said, made.file_name)
        else:
            said = f"Lập lại {made.file_name} ra khác: {', '.join(words.made_otherwise(made))}."
            self._banner.show_text(
                "warn", said, "Gói đã gửi không đổi. Bản chương trình khác hoặc mẫu giấy khác có thể vẽ bản in khác."
            )


class _Facts(QFrame):
    """What is known of one package; its receipt in full."""

    def __init__(
        self,
        send: Callable[[Sent], None],
        print_sheet: Callable[[Sent], None],
        make_again: Callable[[Sent], None],
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFixedWidth(theme.current().px(320))
        self._send_package, self._print_sheet, self._make_again = send, print_sheet, make_again
        self._package: Sent | None = None
        self._title = ElidedLabel("", "card")
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(12)
        self.again = Button("Ghi ra USB…", "download-simple", on_click=self._send)
        self.sheet = Button("In phiếu", "printer", on_click=self._print)
        self.remake = Button("Lập lại và so", "arrow-clockwise", on_click=self._remake)
        self.remake.setToolTip("Lập lại báo cáo từ đúng các gói và hồ sơ lúc đóng gói, rồi so từng byte")
        self.again.setObjectName("writeAgain")
        self.remake.setObjectName("makeAgain")
        self.sheet.setObjectName("printSheet")
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._title)
        inside.addLayout(self._grid)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 10)
        foot.addWidget(self.again)
        foot.addWidget(self.sheet)
        foot.addWidget(self.remake)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(ScrollColumn(holder), 1)
        layout.addLayout(foot)
        self.show_package(None)

    def show_package(self, package: Sent | None) -> None:
        self._package = package
        self.again.setVisible(package is not None)
        self.sheet.setVisible(package is not None and package.kind in _SHEETS)
        self.remake.setVisible(package is not None and package.kind == "report")
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._title.set_text(package.kind_name if package else "Chọn một gói để xem")
        for at, (name, text) in enumerate(_lines(package) if package else ()):
            self._grid.addWidget(label(name, "second"), at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(_text(text), at, 1)

    def _send(self) -> None:
        if self._package is not None:
            self._send_package(self._package)

    def _print(self) -> None:
        if self._package is not None:
            self._print_sheet(self._package)

    def _remake(self) -> None:
        if self._package is not None:
            self._make_again(self._package)


def _text(text: str) -> QLabel:
    made = label(text, wrap=True)
    made.setAccessibleName(text)
    return made


def _row(package: Sent) -> dict[str, object]:
    shown = {name: getattr(package, name) for name in _SHOWN}
    waiting = {"waiting": words.age(package.days) if package.waits else "", "days": package.days}
    return {"id": package.id, "sent": package, **waiting, "chip": words.sent_state(package), **shown}


def _lines(package: Sent) -> list[tuple[str, str]]:
    lines = [
        ("Nơi nhận", package.receiver),
        ("Lập lúc", words.moment(package.made_at)),
        ("Tệp", package.file_name.replace("-", "-\u200b")),
        ("Cỡ", shown_size(package.size)),
        ("Đã ghi vào", "\n".join(package.places) or "chưa ghi USB"),
    ]
    return lines + (_answer_lines(package.answer) if package.answer else [])


def _answer_lines(answer: Answer) -> list[tuple[str, str]]:
    lines = [
        ("Biên nhận", _VERDICTS.get(answer.verdict, answer.verdict)),
        ("Người nhận", f"{answer.by}, {answer.unit_name}"),
        ("Nhận lúc", words.moment(answer.received_at)),
        ("Đã nhập", f"{answer.new} mới, {answer.changed} sửa, {answer.same} đã có"),
    ]
    if answer.approved:
        lines.append(("Kỳ báo cáo", "đã duyệt và khoá"))
    if answer.deadline:
        lines.append(("Hạn gửi lại", f"{date.fromisoformat(answer.deadline):%d/%m/%Y}"))
    if answer.note:
        lines.append(("Lời dặn", answer.note))
    if answer.report_code:
        lines.append(("Mã báo cáo", answer.report_code))
    if answer.gaps:
        lines.append(("Thiếu gói số", ", ".join(map(str, answer.gaps))))
    return lines + [("Cần sửa", message) for _, message in answer.findings]
