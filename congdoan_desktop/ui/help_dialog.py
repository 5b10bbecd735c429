"""F1: the officers' guide, opened at the section of the page in sight. Its text lives in `resources/help` alone."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from congdoan_desktop import paths
from congdoan_desktop.ui.kit.basics import Button
from congdoan_desktop.ui.kit.dialogs import fitting

CONTENTS = "muc-luc"
KEYS = "phim-tat"
SECTIONS = {
    "Trang chính": "trang-chinh",
    "Kế hoạch – phong trào": "ke-hoach",
    "Hoạt động": "ghi-so",
    "Chăm lo": "ghi-so",
    "Đơn vị – đoàn viên": "don-vi",
    "Báo cáo": "bao-cao",
    "Gửi – nhận": "gui-nhan",
    "Thiết lập": "sao-luu",
}
"""Title of a page -> the guide's section about it."""
TAB_SECTIONS = {
    "Cơ cấu tổ chức": "co-cau",
    "Ghép CĐCS nhỏ": "ghep-cdcs",
    "Đoàn viên": "doan-vien",
    "Cán bộ": "can-bo",
    "Tập huấn": "can-bo",
    "Nơi làm việc": "noi-lam-viec",
    "Xếp loại": "xep-loai",
    "Nhập Excel": "nhap-excel",
    "Nhu cầu": "nhu-cau",
    "Tờ trình": "nhu-cau",
    "Họp xét": "nhu-cau",
    "Quyết định": "nhu-cau",
}
"""Title of a tab -> the section about it; a tab without one has the section of its page."""
_WIDTH, _HEIGHT = 980, 640
_MARGIN = 16
_BEFORE_HEADING, _AFTER_BLOCK = 12, 6


class HelpDialog(QDialog):
    """The guide, with links between its sections."""

    def __init__(self, parent: QWidget, page: str, tab: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("help")
        self.setWindowTitle("Hướng dẫn")
        self.resize(fitting(parent, _WIDTH, _HEIGHT))
        self.guide = _guide()
        self.contents = Button("Mục lục", "list-checks", on_click=lambda: self.show_section(CONTENTS))
        self.keys = Button("Phím tắt", on_click=lambda: self.show_section(KEYS))
        self.back = Button("Quay lại", "arrow-left", on_click=self.guide.backward)
        self.back.setEnabled(False)
        self.guide.backwardAvailable.connect(self.back.setEnabled)
        close = Button("Đóng", role="primary", on_click=self.accept)
        close.setDefault(True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.contents, self.keys, self.back):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.addWidget(self.guide, 1)
        layout.addLayout(foot)
        self.show_section(TAB_SECTIONS.get(tab, SECTIONS[page]))

    def show_section(self, name: str) -> None:
        """A section by the name of its file, without ".md"."""
        file = paths.resources() / "help" / f"{name}.md"
        self.guide.setSource(QUrl.fromLocalFile(str(file)), QTextDocument.ResourceType.MarkdownResource)


def _guide() -> QTextBrowser:
    guide = QTextBrowser()
    guide.setObjectName("guide")
    guide.setAccessibleName("Hướng dẫn cho cán bộ công đoàn")
    guide.setFrameShape(QFrame.Shape.NoFrame)
    guide.setOpenExternalLinks(False)
    guide.document().setDocumentMargin(_MARGIN)
    guide.sourceChanged.connect(lambda _: _give_air(guide.document()))
    return guide


def _give_air(document: QTextDocument) -> None:
    """Paragraphs read from Markdown have no room between them."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        shape = block.blockFormat()
        shape.setTopMargin(_BEFORE_HEADING if shape.headingLevel() > 1 else 0)
        shape.setBottomMargin(_AFTER_BLOCK)
        cursor.setPosition(block.position())
        cursor.setBlockFormat(shape)
        block = block.next()
