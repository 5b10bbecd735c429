"""Step 1: what kind of list, which file; and below it the imports of the past."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congdoan_desktop.services.import_history import PastImport
from congdoan_desktop.services.sheet_columns import ListKind
from congdoan_desktop.ui.kit.basics import Button, card, label, row
from congdoan_desktop.ui.kit.choice_fields import RadioField
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.sheet_import.words import KINDS, PAST, past_row

_TEXT = (
    "Nhận tệp .xlsx, .xls, .ods, .csv gõ bằng Unicode, TCVN3 hay VNI. Chương trình cho xem từng dòng trước khi ghi; "
    "dòng chưa đúng được trả lại trong một tệp Excel kèm lý do."
)


class StartView(QWidget):
    """Which list comes in; `undo_asked` names an import of the past."""

    undo_asked = Signal(object)
    """A PastImport."""
    template_asked = Signal()
    file_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        frame, inner = card(10)
        self.kind = RadioField("kind", "Danh sách", KINDS, required=True)
        self.kind.set_value(ListKind.MEMBERS)
        inner.addWidget(self.kind)
        inner.addWidget(label(_TEXT, "second", wrap=True))
        self.choose = Button("Chọn tệp…", "folder-open", "primary", on_click=self.file_asked.emit)
        self.choose.setObjectName("choose_file")
        self.template = Button("Lưu tệp mẫu…", "download-simple", on_click=self.template_asked.emit)
        self.template.setObjectName("template")
        self.template.setToolTip("Tệp Excel trống đúng cột, có trang Hướng dẫn")
        inner.addLayout(row(self.choose, self.template))
        self.past = TableCard(PAST, Empty("table", "Chưa nhập danh sách nào. Mỗi lần nhập sẽ có một dòng ở đây."))
        self.past.table.setObjectName("past_imports")
        self.past.table.setAccessibleName("Các lần nhập")
        self.past.table.action_clicked.connect(lambda line, _key: self._ask_undo(line))
        self.past.table.row_opened.connect(self._ask_undo)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(frame)
        layout.addWidget(label("Các lần nhập", "card"))
        layout.addWidget(self.past, 1)
        self.setFocusProxy(self.choose)

    def show_past(self, past: Sequence[PastImport]) -> None:
        self.past.set_rows([past_row(one) for one in past])

    def _ask_undo(self, line: object) -> None:
        past = line["past"] if isinstance(line, dict) else None
        if isinstance(past, PastImport) and not past.undone_at:
            self.undo_asked.emit(past)
