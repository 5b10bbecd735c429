"""A whole stick in one go: what a run would do, by unit and kind, and what it did."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from congdoan_desktop.services.stick_summary import Group, Left, Summary, Survey
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard

_WIDTH, _TABLE_HEIGHT = 760, 200
_NAMED = 4
_NOT_MET = "USB này không có gói nào của nơi nhận. Vẫn muốn dùng USB này thì chọn gói ở thẻ Gửi bằng USB rồi bấm Ghi."
_GROUP_COLUMNS = (
    Column("sender_name", "Đơn vị gửi", least=220),
    Column("kind_name", "Gói", 150),
    Column("packages", "Trên USB", 80, "number"),
    Column("fresh", "Chưa nhập", 90, "number"),
    Column("records", "Dòng", 80, "number"),
)
_LEFT_COLUMNS = (
    Column("file_name", "Tệp để lại", 250),
    Column("what", "Vì sao", least=180),
    Column("todo", "Cần làm", least=180),
)


class SurveyDialog(Dialog):
    """Nothing has changed yet; `agreed` is sent when the officer wants the run."""

    agreed = Signal()

    def __init__(self, parent: QWidget, survey: Survey, place: str) -> None:
        super().__init__(parent.window(), f"Nhận và gửi tất cả với {place}", "usb", "accent_text")
        self.setObjectName("survey")
        self.setFixedWidth(theme.current().px(_WIDTH))
        fresh = sum(group.fresh for group in survey.groups)
        self.body.addWidget(label(_survey_text(survey, fresh), wrap=True))
        empty = Empty("tray", "Không có gói nào của đơn vị khác gửi cho đơn vị mình.")
        self.groups = _table(_GROUP_COLUMNS, empty, "groups", "Gói theo đơn vị")
        self.groups.set_rows([_group_row(at, group) for at, group in enumerate(survey.groups)])
        self.body.addWidget(self.groups)
        self.left = _left_table(survey.left)
        self.body.addWidget(self.left)
        self.add_button(Button("Thôi", on_click=self.reject))
        text = f"Nhập {fresh} gói rồi ghi gói chờ" if fresh else "Ghi gói đang chờ"
        self.go = self.add_button(Button(text, "download-simple", "primary", on_click=self._agree))
        self.go.setObjectName("runStick")
        self.go.setDefault(True)
        self.go.setFocus()

    def _agree(self) -> None:
        self.accept()
        self.agreed.emit()


class SummaryDialog(Dialog):
    """What came in, what was left and why, what was written; "Có thể rút USB" only when all of it was read back."""

    def __init__(self, parent: QWidget, summary: Summary) -> None:
        good = summary.problem is None and not summary.stopped
        title = "Có thể rút USB" if good else "Đã dừng giữa chừng" if summary.stopped else "Chưa ghi xong ra USB"
        super().__init__(parent.window(), title, "check-circle" if good else "warning", "ok" if good else "warn")
        self.setObjectName("runSummary")
        self.setFixedWidth(theme.current().px(_WIDTH))
        self.lines = _summary_lines(summary)
        for line in self.lines:
            self.body.addWidget(label(line, wrap=True))
        self.left = _left_table(summary.left)
        self.body.addWidget(self.left)
        close = self.add_button(Button("Đã xem", role="primary", on_click=self.accept))
        close.setObjectName("closeSummary")
        close.setDefault(True)
        close.setFocus()


def _table(columns: Sequence[Column], empty: Empty, name: str, spoken: str) -> TableCard:
    made = TableCard(columns, empty)
    made.table.setObjectName(name)
    made.table.setAccessibleName(spoken)
    made.setFixedHeight(theme.current().px(_TABLE_HEIGHT))
    return made


def _left_table(left: Sequence[Left]) -> TableCard:
    made = _table(_LEFT_COLUMNS, Empty("tray", "Không có tệp nào bị để lại."), "left", "Tệp để lại trên USB")
    made.set_rows([{"id": at, **_left_cells(one)} for at, one in enumerate(left)])
    made.setVisible(bool(left))
    return made


def _left_cells(left: Left) -> dict[str, object]:
    return {"file_name": left.file_name, "what": left.what, "todo": left.todo}


def _group_row(at: int, group: Group) -> dict[str, object]:
    counts = {"packages": group.packages, "fresh": group.fresh, "records": group.records}
    return {"id": at, "sender_name": group.sender_name, "kind_name": group.kind_name, **counts}


def _survey_text(survey: Survey, fresh: int) -> str:
    units = len({group.sender_name for group in survey.groups})
    parts = [f"Đã kiểm tra mã xác thực: {fresh} gói chưa nhập của {units} đơn vị."]
    if survey.left:
        parts.append(f"{len(survey.left)} tệp sẽ để lại, kèm lý do bên dưới.")
    if survey.second:
        parts.append(f"{survey.second} gói hỏng hoặc mất bản chính, đọc từ bản thứ hai trên USB.")
    if survey.signed:
        parts.append(f"{survey.signed} gói của hộp gửi đã có chữ ký của chủ tịch.")
    if survey.others:
        parts.append(f"{survey.others} gói gửi cho đơn vị khác, máy này không mở.")
    return " ".join([*parts, "Chưa có gì thay đổi trong máy."])


def _listed(names: Sequence[str]) -> str:
    rest = f" và {len(names) - _NAMED} đơn vị khác" if names[_NAMED:] else ""
    return f"{', '.join(names[:_NAMED])}{rest}"


def _summary_lines(summary: Summary) -> list[str]:
    units = {result.sender for result in summary.taken}
    records = sum(result.new + result.changed for result in summary.taken)
    refused = sum(len(result.refused) for result in summary.taken)
    given = sum(result.by_type.get("shared_file", 0) for result in summary.taken)
    conflicts = sum(result.conflicts for result in summary.taken)
    came = f"Đã nhập {len(summary.taken)} gói của {len(units)} đơn vị, {records} dòng mới hoặc sửa."
    lines = [came if summary.taken else "Trên USB không có gói mới gửi cho đơn vị mình."]
    named = (
        (summary.known, "{} gói đã nhập từ trước, không thay đổi gì."),
        (refused, "{} dòng bị giữ lại; lý do đã ghi trong biên nhận của từng đơn vị."),
        (given, "{} danh mục, biểu mẫu của cấp trên có hiệu lực; xem ở nút Danh mục, biểu mẫu."),
        (conflicts, "{} dòng có hai bản khác nhau, chọn ở thẻ Hộp nhận."),
        (summary.older, "{} danh sách tin cậy cũ hơn bản máy đang dùng, không cần nhận."),
        (summary.others, "{} gói gửi cho đơn vị khác, để nguyên trên USB."),
        (summary.second, "{} gói hỏng hoặc mất bản chính, đã đọc từ bản thứ hai trên USB."),
        (summary.mended, "Đã ghi lại bản chính của {} gói từ bản thứ hai."),
        (summary.renewed, "Đã ghi lại bản thứ hai bị hỏng hoặc mất của {} gói từ bản chính."),
        (summary.second - summary.mended, "{} gói chưa ghi lại được bản chính trên USB này."),
        (summary.signed, "Chữ ký của chủ tịch cho {} gói đã vào hộp gửi."),
        (summary.given_up, "{} khoá cũ đã đổi thôi dùng; danh sách tin cậy mới đi theo USB."),
        (summary.receipts, "Đã lập {} biên nhận."),
        (summary.written, "Đã ghi {} gói ra USB và đọc lại khớp từng byte."),
    )
    lines += [text.format(count) for count, text in named if count]
    where = "; đơn vị mình có máy khác, gói ấy có thể đã đến máy đó" if summary.shared else ""
    lines += [f"{unit}: thiếu gói số {', '.join(map(str, numbers))}{where}." for unit, numbers in summary.gaps]
    lines += [f"{fork.sender_name}: gói số {fork.seq} trùng số với gói khác; hỏi lại đơn vị." for fork in summary.forks]
    lines += [f"Chưa ghi gói gửi {_listed(summary.waiting)}: {_NOT_MET}"] if summary.waiting else []
    if summary.stopped:
        lines.append("Những gói đã nhập vẫn còn; chạy lại thì làm tiếp từ chỗ dừng.")
    if summary.problem is not None:
        lines.append(f"{summary.problem.what} {summary.problem.safe} {summary.problem.todo}".strip())
    return lines
