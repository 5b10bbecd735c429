"""Danh mục, biểu mẫu: what a union gives to those below it, and what came from above; each can be put out of use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from congdoan_desktop.services import shared_files
from congdoan_desktop.services.shared_files import Shared
from congdoan_desktop.ui import theme
from congdoan_desktop.ui.choosing import choose_file
from congdoan_desktop.ui.context import Context
from congdoan_desktop.ui.kit import chips
from congdoan_desktop.ui.kit.basics import Button, label
from congdoan_desktop.ui.kit.columns import Column
from congdoan_desktop.ui.kit.dialogs import Dialog, ReasonDialog
from congdoan_desktop.ui.kit.empty import Empty
from congdoan_desktop.ui.kit.table import TableCard
from congdoan_desktop.ui.pages.handoff import words

_WIDTH, _HEIGHT = 860, 240
_COLUMNS = (
    Column("title", "Danh mục, biểu mẫu", least=190),
    Column("unit_name", "Của đơn vị", 150),
    Column("at", "Từ", 136, "date", show=words.moment),
    Column("state", "Tình trạng", 112, "state"),
    Column("switch", "", 90, "action"),
    Column("drop", "", 44, "action"),
)
_SAID = (
    "Biểu thống kê, danh mục cấp trên giao xuống đi cùng kế hoạch và danh sách tin cậy trên USB, có hiệu lực khi nhập; "
    "trang đã mở cho chọn mục mới khi mở lại trang. Rút lại gói thì danh mục trong gói thôi hiệu lực."
)
_USED, _OFF = chips.MET.with_word("Đang dùng"), chips.WAITING.with_word("Không dùng ở đây")


class SharedDialog(Dialog):
    """`changed` is sent after something was added, removed or switched."""

    changed = Signal()

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent.window(), "Danh mục, biểu mẫu giao xuống", "list-checks", "accent_text")
        self.setObjectName("sharedFiles")
        self.setFixedWidth(theme.current().px(_WIDTH))
        self._context = context
        self.table = TableCard(_COLUMNS, Empty("list-checks", "Chưa có danh mục, biểu mẫu nào ngoài của chương trình."))
        self.table.table.setObjectName("sharedTable")
        self.table.table.setAccessibleName("Danh mục, biểu mẫu")
        self.table.setFixedHeight(theme.current().px(_HEIGHT))
        self.table.table.action_clicked.connect(self._act)
        for widget in (label(_SAID, "second", wrap=True), self.table):
            self.body.addWidget(widget)
        add = self.add_button(Button("Thêm tệp…", "plus", on_click=self._choose))
        add.setObjectName("addShared")
        self.add_button(Button("Đóng", role="primary", on_click=self.accept)).setDefault(True)
        self._reload()

    def _reload(self) -> None:
        self._context.runner.run(lambda: shared_files.listing(self._context.office()), done=self._show)

    def _show(self, found: list[Shared]) -> None:
        self.table.set_rows([_row(one) for one in found])

    def _choose(self) -> None:
        choose_file(self, "Chọn biểu hoặc danh mục", "Biểu, danh mục (*.toml)", Path.home(), self.add_file)

    def add_file(self, path: Path) -> None:
        self._work(lambda: shared_files.add(self._context.office(), path))

    def _act(self, row: object, column: str) -> None:
        assert isinstance(row, dict)
        one: Shared = row["shared"]
        if column == "switch":
            self._work(lambda: shared_files.switch(self._context.office(), one.id, used=not one.used))
        elif one.own:
            ReasonDialog(
                self,
                one.file.title,
                lambda reason: self._work(lambda: shared_files.remove(self._context.office(), one.id, reason)),
            ).open()

    def _work(self, act: Callable[[], object]) -> None:
        self._context.runner.run(
            act, done=lambda _: self._done(), failed=self.banner.show_error, changes=frozenset({"shared_file"})
        )

    def _done(self) -> None:
        self.banner.clear()
        self._reload()
        self.changed.emit()


def _row(one: Shared) -> dict[str, object]:
    return {
        "id": one.id, "shared": one, "title": one.file.title, "unit_name": one.unit_name, "at": one.at,
        "state": _USED if one.used else _OFF, "switch": "Ngừng dùng" if one.used else "Dùng lại",
        "drop": "Bỏ" if one.own else "",
    }  # fmt: skip
