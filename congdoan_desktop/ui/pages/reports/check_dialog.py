"""Kiểm tra bản in: the code of a printed report typed or scanned, and what is known here of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from congdoan_desktop.domain.dates import short_date
from congdoan_desktop.domain.money import group_thousands
from congdoan_desktop.progress import Progress
from congdoan_desktop.services import paper_check, sheet_pictures
from congdoan_desktop.services.paper_check import PaperCheck, Standing
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.choosing import PICTURES, choose_file
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.dialogs import Dialog
from congdoan_desktop.ui.kit.scroll import ScrollColumn
from congdoan_desktop.ui.kit.text_fields import TextField

_WIDTH, _FIGURES_HEIGHT = 620, 260
_LONGEST = 200
_SAID = {
    Standing.CURRENT: (
        "ok", "Mã khớp với báo cáo đang được tính.",
        "So các số dưới đây với bản in: khác một số nào thì bản in đã bị sửa.",
    ),
    Standing.REPLACED: (
        "warn", "Mã khớp với một báo cáo cũ.", "Đơn vị đã báo cáo lại cho kỳ này; số đang tính khác bản in này."
    ),
    Standing.PRINTED: (
        "warn", "Bản này từng in hoặc lưu ở máy này nhưng chưa đóng gói gửi đi.",
        "Số liệu của bản in không được giữ lại, nên không so được từng số.",
    ),
    Standing.UNKNOWN: (
        "bad", "Không có báo cáo nào mang mã này ở máy này.",
        "Xem lại từng ký tự; nếu đúng, gói của báo cáo chưa được nhận ở đây, hoặc bản in không do phần mềm lập.",
    ),
}  # fmt: skip


class CheckDialog(Dialog):
    """Enter checks; a scanner types the code and Enter by itself."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent.window(), "Kiểm tra bản in", "seal-check", "accent_text")
        self.setObjectName("check_dialog")
        self.setFixedWidth(theme.current().px(_WIDTH))
        self._context = context
        self.code = TextField(
            "code",
            "Mã báo cáo",
            hint="12 ký tự cạnh mã QR ở cuối báo cáo; quét hoặc chụp mã cũng được",
            limit=_LONGEST,
        )
        self.code.moved.connect(self._entered)
        self._figures = QWidget()
        self._grid = QGridLayout(self._figures)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        self._shown = ScrollColumn(self._figures)
        self._shown.setMinimumHeight(theme.current().px(_FIGURES_HEIGHT))
        for part in (self.code, self.banner, self._shown):
            self.body.addWidget(part)
        self._shown.hide()
        self.add_button(Button("Đóng", on_click=self.reject))
        picture = self.add_button(Button("Đọc từ ảnh chụp…", "image", on_click=self._choose_picture))
        picture.setObjectName("check_picture")
        self.yes = self.add_button(Button("Kiểm tra", "seal-check", "primary", on_click=self.check))
        self.yes.setObjectName("check_code")
        self.yes.setDefault(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.code.setFocus()

    def _entered(self, _name: str, step: int) -> None:
        if step > 0:
            self.check()

    def _choose_picture(self) -> None:
        choose_file(self, "Ảnh chụp hoặc bản quét của báo cáo", PICTURES, Path.home(), self.read_picture)

    def read_picture(self, picture: Path) -> None:
        """Check the code that is seen in a photo or a scan."""
        self._shown.hide()

        def read(progress: Progress) -> str:
            progress.step(0, 1, picture.name)
            return sheet_pictures.report_code(picture)

        self._context.runner.run_beside(read, self._read, self.banner.show_error, "Đang đọc ảnh")

    def _read(self, code: str) -> None:
        self.code.set_value(code)
        self.check()

    def check(self) -> None:
        typed, office = str(self.code.value() or ""), self._context.office
        self._shown.hide()
        self._context.runner.run(
            lambda: paper_check.check(office(), typed), done=self._show, failed=self.banner.show_error
        )

    def _show(self, found: PaperCheck) -> None:
        self.forget_typed()
        tone, what, more = _SAID[found.standing]
        self.banner.show_text(tone, f"{found.code}: {what}", more)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for row, (left, right) in enumerate(lines(found)):
            self._grid.addWidget(label(left, "second", wrap=True), row, 0)
            value = label(right, "strong" if row > 2 else "", wrap=row <= 2)
            value.setAccessibleName(f"{left}: {right}")
            align = Qt.AlignmentFlag.AlignRight if row > 2 else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(value, row, 1, align)
        self._shown.setVisible(bool(found.figures))
        self.adjustSize()


def lines(found: PaperCheck) -> Iterator[tuple[str, str]]:
    """Who, on which plan, for when, then each figure as it must stand on the paper."""
    if not found.figures:
        return
    yield "Đơn vị", found.unit_name or "Chưa biết"
    yield "Kế hoạch", found.plan or "Chưa có ở máy này"
    days = f" ({short_date(found.starts)} – {short_date(found.ends)})" if found.starts and found.ends else ""
    yield "Kỳ", f"{found.period_name}{days}"
    for figure in found.figures:
        below = "" if figure.denominator is None else f"/{group_thousands(figure.denominator)}"
        yield figure.wording, f"{group_thousands(figure.numerator)}{below}"
