"""The question before a report is packed, and which photos and scans go along: none unless somebody says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from congdoan_desktop.domain.attachments import PHOTO, SCAN
from congdoan_desktop.domain.file_sizes import shown_size
from congdoan_desktop.services import outgoing
from congdoan_desktop.services.reporting import Prepared, ReportRequest
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import label
from congdoan_desktop.ui.kit.dialogs import ConfirmDialog

_WHAT = {PHOTO: "Kèm ảnh", SCAN: "Kèm bản quét (danh sách ký nhận, giấy tờ)"}


class PackDialog(ConfirmDialog):
    """`on_yes` is given the kinds of attachments that were chosen."""

    def __init__(
        self,
        parent: QWidget,
        context: Context,
        report: Prepared,
        request: ReportRequest,
        on_yes: Callable[[tuple[str, ...]], object],
    ) -> None:
        about = report.report
        super().__init__(
            parent,
            "Đóng gói báo cáo?",
            f"Gói gửi {about.receiver} gồm báo cáo {about.period_name}, các số liệu và bản ghi của kế hoạch. "
            "Dữ liệu cá nhân được mã hoá, chỉ nơi nhận mở được. Đóng gói xong, ghi gói ra USB ở trang Gửi – nhận.",
            "Đóng gói báo cáo",
            lambda: on_yes(self.chosen()),
        )
        self.setObjectName("pack_dialog")
        self.yes.setObjectName("pack_yes")
        self.boxes: dict[str, QCheckBox] = {}
        office = context.office
        context.runner.run(lambda: outgoing.pictures_offered(office(), request), done=partial(self._offer))

    def chosen(self) -> tuple[str, ...]:
        return tuple(kind for kind, box in self.boxes.items() if box.isChecked())

    def _offer(self, found: Mapping[str, tuple[int, int]]) -> None:
        for kind, what in _WHAT.items():
            if kind in found:
                count, weight = found[kind]
                box = QCheckBox(f"{what}: {count} ảnh, {shown_size(weight)}")
                box.setObjectName(f"pack_{kind}")
                self.boxes[kind] = box
                self.body.addWidget(box)
        if self.boxes:
            self.body.addWidget(label("Ảnh đi trong phần mã hoá; không chọn thì ở lại máy này.", "second", wrap=True))
