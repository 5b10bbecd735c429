"""F1: what a page is for, and the keys that work everywhere."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.dialogs import Dialog

_JOBS = {
    "Trang chính": "Việc cần làm theo hạn, tiến độ chỉ tiêu và độ phủ cấp dưới.",
    "Kế hoạch – phong trào": "Kế hoạch với chỉ tiêu, đợt, sự kiện và chế độ báo cáo; gửi xuống đơn vị.",
    "Hoạt động": "Ghi hoạt động của từng CĐCS: loại, ngày, nơi, số người, kinh phí.",
    "Chăm lo": "Ghi từng khoản chăm lo: người nhận, lý do, quỹ, số tiền, quyết định.",
    "Đơn vị – đoàn viên": "Cây tổ chức, số lao động và đoàn viên theo ngày.",
    "Báo cáo": "Chọn kế hoạch và kỳ, xem trước, in, lưu PDF, đóng gói gửi lên.",
    "Gửi – nhận": "Ghi gói ra USB, nhập gói từ USB, biên nhận, khoá và tin cậy.",
    "Thiết lập": "Nơi để dữ liệu, cán bộ, sao lưu, cỡ chữ và màu.",
}
_KEYS = (
    ("Ctrl+N", "việc chính của trang"),
    ("Ctrl+S", "lưu"),
    ("Ctrl+Enter", "lưu và thêm mới"),
    ("Enter / Shift+Enter", "ô sau / ô trước"),
    ("Esc", "đóng ngăn bên, giữ bản nháp"),
    ("Ctrl+F", "tìm trong danh sách"),
    ("F8 / Shift+F8", "chỗ cần sửa sau / trước"),
    ("Ctrl+H", "lịch sử của dòng đang chọn"),
    ("Delete", "xoá, có ghi lý do"),
    ("Ctrl+1 … 8", "chuyển trang"),
    ("Ctrl+K", "tìm nhanh"),
    ("Ctrl+P", "in"),
    ("Ctrl + / Ctrl − / Ctrl 0", "cỡ chữ"),
)


class HelpDialog(Dialog):
    """The page's job and the keyboard."""

    def __init__(self, parent: QWidget, page: str) -> None:
        super().__init__(parent, page, "question", "accent_text")
        self.setObjectName("help")
        self.body.addWidget(label(_JOBS[page], wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(6)
        for at, (keys, does) in enumerate(_KEYS):
            grid.addWidget(label(keys, "strong"), at, 0)
            grid.addWidget(label(does), at, 1)
        self.body.addLayout(grid)
        close = self.add_button(Button("Đóng", role="primary", on_click=self.accept))
        close.setDefault(True)
